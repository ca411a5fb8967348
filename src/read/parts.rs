//! The parts of a package as they lie in it: for who compares whole files.

use std::collections::BTreeMap;

use super::package;
use super::refusal::Refusal;

/// The parts of a package: name → bytes.
pub type Parts = BTreeMap<String, Vec<u8>>;

/// The parts of a package, within the same bounds as a file that arrives.
///
/// # Errors
/// When it is no package, or passes a bound.
pub fn parts(bytes: &[u8]) -> Result<Parts, Refusal> {
    package::unpacked(bytes)
}
