//! What is wanted in the place of a wrong value.

use crate::check::walk::Item;

/// What is wanted in the cell, in words: `un numero intero`.
pub(in crate::check) fn wanted(item: &Item<'_>) -> &'static str {
    item.domain().wanted()
}
