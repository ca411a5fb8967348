//! The progress bar: a reader of events; the only file that names indicatif.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::pipeline::Event;

/// Work that takes less is done before a bar could be read.
const LONG: Duration = Duration::from_secs(1);

/// Draws on standard error, only on a terminal and only when the work is long: the last file, how many of how
/// many, how long it may still take.
pub(super) struct Progress {
    bar: ProgressBar,
    quiet: bool,
    shown: bool,
}

impl Progress {
    pub(super) fn new(quiet: bool) -> Self {
        Self { bar: ProgressBar::hidden(), quiet, shown: false }
    }

    /// Takes note of an event.
    pub(super) fn note(&mut self, event: Event<'_>) {
        match event {
            Event::Read { done, total, name } => self.step("Lettura", (done, total), name),
            Event::Checking | Event::Writing => self.end(),
        }
    }

    /// So many of so many are done, the last one with this name. `work` is what is being done.
    pub(super) fn step(&mut self, work: &'static str, (done, total): (usize, usize), name: &str) {
        let count = |files: usize| u64::try_from(files).unwrap_or(u64::MAX);
        self.bar.set_length(count(total));
        self.bar.set_position(count(done));
        if !self.quiet && !self.shown && self.bar.elapsed() >= LONG {
            self.show(work);
        }
        if self.shown {
            self.bar.set_message(name.to_owned());
        }
    }

    /// Nothing more comes.
    pub(super) fn end(&mut self) {
        self.bar.finish_and_clear();
    }

    fn show(&mut self, work: &'static str) {
        let style =
            ProgressStyle::with_template("{prefix} {bar:24} {pos} di {len} file, ancora {eta}  {wide_msg}");
        self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        self.bar.set_prefix(work);
        self.bar.set_draw_target(ProgressDrawTarget::stderr());
        self.shown = true;
    }
}
