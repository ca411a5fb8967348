//! Bounds on a package: far above any real workbook, far below what hurts.

use super::flaw::MEBI;

/// Parts.
pub(super) const PARTS: usize = 4_096;
/// All the parts unpacked, in bytes.
pub(super) const UNPACKED: u64 = 256 * MEBI;
/// All the parts of a workbook that this program has written, unpacked, in bytes: as many rows as a sheet can
/// hold take about two thirds of it.
pub(super) const UNPACKED_OF_OURS: u64 = 1_536 * MEBI;
/// How many times such a workbook may grow as a whole when unpacked; what it writes grows ten- or elevenfold.
pub(super) const GROWTH_OF_OURS: u64 = 20;
/// Rows of a sheet that are held at once, in bytes.
pub(super) const WINDOW: usize = 16 * 1_048_576;
/// The lists of parts and of their relationships unpacked, in bytes.
pub(super) const BONDS: u64 = 8 * MEBI;
/// How many times a part may grow when unpacked, once it is over `GRACE`.
pub(super) const RATIO: u64 = 250;
/// A part up to this size may have any ratio.
pub(super) const GRACE: u64 = MEBI;
/// Elements one inside the other in a part that is read as a tree; deeper ones make it unreadable.
pub(super) const DEPTH: usize = 200;

/// Room asked for at once, whatever a package says that it needs; more comes as it is filled.
pub(super) const AT_ONCE: u64 = 64 * MEBI;
