//! The progress bar: a reader of events; the only file that names indicatif.

use indicatif::{ProgressBar, ProgressStyle};

use crate::pipeline::Event;

/// Files from which a bar is worth showing.
const LONG: usize = 10;

/// Draws on standard error, only on a terminal and only when the work is long.
pub(super) struct Progress {
    bar: ProgressBar,
    quiet: bool,
}

impl Progress {
    pub(super) fn new(quiet: bool) -> Self {
        Self { bar: ProgressBar::hidden(), quiet }
    }

    /// Takes note of an event.
    pub(super) fn note(&mut self, event: Event) {
        match event {
            Event::Read { done: 1, total } if !self.quiet && total >= LONG => {
                self.bar = ProgressBar::new(u64::try_from(total).unwrap_or(u64::MAX));
                let style = ProgressStyle::with_template("Lettura {bar:30} {pos} di {len} file");
                self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
                self.bar.set_position(1);
            }
            Event::Read { done, .. } => self.bar.set_position(u64::try_from(done).unwrap_or(u64::MAX)),
            Event::Checking | Event::Writing => self.bar.finish_and_clear(),
        }
    }
}
