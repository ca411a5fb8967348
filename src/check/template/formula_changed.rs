//! T12: a live formula calculates something else.

use super::beside::by_live;
use crate::check::rules::T12;
use crate::check::{Context, Ledger};
use crate::interpret::LiveState;
use crate::model::quoted;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    by_live(context, ledger, &T12, |live| {
        let LiveState::Different(found, expected) = &live.state else { return None };
        let (found, expected) = (format!("={found}"), format!("={expected}"));
        let what = format!("la formula è {}, nel modello è {}", quoted(&found), quoted(&expected));
        Some((found, expected, what))
    });
}
