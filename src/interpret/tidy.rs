//! A text without what the eye does not see.

use crate::model::is_invisible;

/// Edge blanks, hard spaces and invisible characters off; inner runs of blanks to one.
pub(super) fn tidy(text: &str) -> String {
    let visible: String = text
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c })
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}
