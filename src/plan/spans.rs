//! The months in which offices answer.

use std::collections::BTreeMap;

use crate::model::{OfficeId, Span};

/// In which months each office answers for a voce.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans(BTreeMap<OfficeId, Option<Span>>);

impl Spans {
    /// The months of each office; the plainest form when every office answers for the whole year.
    pub(super) fn of(offices: impl IntoIterator<Item = (OfficeId, Option<Span>)>) -> Self {
        let all: BTreeMap<OfficeId, Option<Span>> = offices.into_iter().collect();
        if all.values().all(|span| *span == Some(Span::YEAR)) { Self::default() } else { Self(all) }
    }

    /// Whether every office answers for the whole year.
    pub fn is_plain(&self) -> bool {
        self.0.is_empty()
    }

    /// The months of `office`; `None` when it never answers.
    pub fn of_office(&self, office: &OfficeId) -> Option<Span> {
        self.0.get(office).copied().unwrap_or(Some(Span::YEAR))
    }

    /// The months of every office that answers; none of a plain one.
    pub(super) fn known(&self) -> impl Iterator<Item = Span> {
        self.0.values().flatten().copied()
    }
}
