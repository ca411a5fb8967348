//! A notice on an indicator, and what several of them look for.

use std::sync::LazyLock;

use regex::Regex;

use crate::plan::types::{Indicator, Notice};

/// A year. `None` only if the pattern were wrong, which a test would tell.
pub(super) static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b(19|20)\d\d\b").ok());

/// Whether a text has what a pattern looks for.
pub(super) fn says(pattern: &Option<Regex>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// Adds a notice on an indicator.
pub(super) fn add(
    notices: &mut Vec<Notice>,
    code: &'static str,
    indicator: &Indicator,
    found: impl Into<String>,
    message: String,
) {
    notices.push(Notice {
        code,
        scheda: Some(indicator.scheda),
        indicator: Some(indicator.code.clone()),
        other: None,
        found: found.into(),
        message,
    });
}
