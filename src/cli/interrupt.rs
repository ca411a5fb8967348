//! Ctrl-C, or the system that asks to end: what is half written is taken away first.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// The exit code of a program that somebody interrupts.
const INTERRUPTED: i32 = 130;

/// The temporary files that are being written.
static IN_HAND: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// What to do when some files are new and others are not.
const AGAIN: &str = "gli altri sono come prima. Lancia di nuovo lo stesso comando: li fa tutti.";

/// How many files are written, whole and in their place.
static WRITTEN: AtomicUsize = AtomicUsize::new(0);

/// A file is written, whole and in its place.
pub(super) fn written() {
    WRITTEN.fetch_add(1, Ordering::Relaxed);
}

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
    let _ = writeln!(std::io::stderr(), "\n{}", told(WRITTEN.load(Ordering::Relaxed)));
    std::process::exit(INTERRUPTED);
}

/// What an interruption leaves, for whoever asked for it.
fn told(written: usize) -> String {
    match written {
        0 => "Interrotto: non ho scritto nulla.".to_owned(),
        1 => format!("Interrotto: 1 file è già al suo posto, intero; {AGAIN}"),
        some => format!("Interrotto: {some} file sono già al loro posto, interi; {AGAIN}"),
    }
}

fn take_away(in_hand: &mut BTreeSet<PathBuf>) {
    for path in std::mem::take(in_hand) {
        let _ = std::fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{IN_HAND, InHand, take_away, told};

    #[test]
    fn what_an_interruption_leaves_is_said() {
        assert_eq!(told(0), "Interrotto: non ho scritto nulla.");
        assert!(told(1).starts_with("Interrotto: 1 file è già al suo posto, intero;"), "{}", told(1));
        assert!(told(3).starts_with("Interrotto: 3 file sono già al loro posto, interi;"), "{}", told(3));
    }

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
