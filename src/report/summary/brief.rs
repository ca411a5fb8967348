//! Long texts made short, so that all that matters has its place on one page.

/// How many letters of the long texts are shown; the whole text is where the row leads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Brevity {
    /// Of the name of a strategic objective.
    pub objective: usize,
    /// Of the text of an indicator at risk.
    pub indicator: usize,
}

impl Default for Brevity {
    fn default() -> Self {
        Self { objective: usize::MAX, indicator: 100 }
    }
}

/// What is tried next, when the page is too small.
pub(super) const BREVITIES: [Brevity; 5] = [
    Brevity { objective: usize::MAX, indicator: 66 },
    Brevity { objective: 96, indicator: 100 },
    Brevity { objective: 96, indicator: 66 },
    Brevity { objective: 62, indicator: 100 },
    Brevity { objective: 62, indicator: 66 },
];
