//! T11: a live formula was replaced by a constant, or cleared.

use super::beside::by_live;
use crate::check::rules::T11;
use crate::check::{Context, Ledger};
use crate::interpret::LiveState;
use crate::model::quoted;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    by_live(context, ledger, &T11, |live| match &live.state {
        LiveState::Constant(found) => {
            let what = format!("al posto della formula c'è {}", quoted(found));
            Some((found.clone(), "la formula del modello".to_owned(), what))
        }
        LiveState::Cleared => {
            let what = "la formula è stata cancellata".to_owned();
            Some((String::new(), "la formula del modello".to_owned(), what))
        }
        _ => None,
    });
}
