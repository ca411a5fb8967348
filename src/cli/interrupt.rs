//! Ctrl-C, or the system that asks to end: what is half written is taken away first.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The exit code of a program that somebody interrupts.
const INTERRUPTED: i32 = 130;

/// The temporary files that are being written.
static IN_HAND: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A temporary file is being written as long as this lives.
pub(super) struct InHand(PathBuf);

impl InHand {
    pub(super) fn of(path: &Path) -> Self {
        IN_HAND.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
        Self(path.to_owned())
    }
}

impl Drop for InHand {
    fn drop(&mut self) {
        IN_HAND.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

/// From now on an interruption leaves nothing behind. Where the system does not let it be heard, what is left
/// is taken away by the next run.
pub(super) fn listen() {
    let _ = ctrlc::set_handler(end);
}

#[expect(clippy::exit, reason = "somebody asked the program to end, and nothing of it is to go on")]
fn end() {
    // Kept locked to the end: nothing new is begun.
    let mut in_hand = IN_HAND.lock().unwrap_or_else(PoisonError::into_inner);
    take_away(&mut in_hand);
    std::process::exit(INTERRUPTED);
}

fn take_away(in_hand: &mut BTreeSet<PathBuf>) {
    for path in std::mem::take(in_hand) {
        let _ = std::fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{IN_HAND, InHand, take_away};

    #[test]
    fn what_is_half_written_is_known_as_long_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let (half, other) = (folder.path().join("mezzo"), folder.path().join("altro"));
        let known = || IN_HAND.lock().unwrap().contains(&half);
        let held = InHand::of(&half);
        assert!(known());
        drop(held);
        assert!(!known());
        for path in [&half, &other] {
            std::fs::write(path, b"x").unwrap();
        }
        take_away(&mut BTreeSet::from([half.clone(), folder.path().join("mai scritto")]));
        assert!(!half.exists() && other.exists());
    }
}
