//! Values that were read otherwise than typed.

use crate::check::desk::Desk;
use crate::check::ledger::depends_on;
use crate::check::walk::{self, Item};
use crate::check::{Context, Ledger};
use crate::interpret::Normalisation;
use crate::model::{EntryRef, Rule, VoceType};
use std::cell::LazyCell;
use std::collections::BTreeSet;

/// Judges the entries of these types: one finding for each that was read by `rule` and counts. What another
/// finding keeps out, or what lies beyond the reporting month (R10), is *non valutato*: «il valore conta»
/// would be false.
pub(super) fn readings(
    context: &Context<'_>,
    ledger: &mut Ledger,
    rule: &'static Rule,
    applies: impl Fn(VoceType) -> bool,
    sentence: impl Fn(&Item<'_>, &Normalisation) -> (String, String),
) {
    // Asked for only where something was read by this rule.
    let beyond = LazyCell::new(|| beyond(context));
    let out = |item: &Item<'_>| read_by(item, rule).is_some() && beyond.contains(&item.entry.at);
    for item in walk::items(context).filter(|item| applies(item.kind()) && out(item)) {
        if !ledger.skip_blocked(rule, item.entry.at) {
            ledger.skip(rule, depends_on("R10"));
        }
    }
    let applies = |item: &Item<'_>| applies(item.kind()) && !out(item);
    walk::entries(context, ledger, rule, applies, |item| {
        let read = read_by(item, rule)?;
        let (expected, what) = sentence(item, read);
        Some((expected, format!("{what}{}", if read.is_text { left_out(item) } else { "" })))
    });
}

/// What the office's own sheet makes of a text that is read here as a number or a date: nothing.
pub(in crate::check) fn left_out(item: &Item<'_>) -> &'static str {
    let adds_up = item.kind().is_number() || item.kind() == VoceType::Data;
    match (adds_up, item.entry.id.month) {
        (false, _) => "",
        (true, Some(_)) => "; il totale nel foglio dell'ufficio lo lascia fuori",
        (true, None) => "; i calcoli nel foglio dell'ufficio lo lasciano fuori",
    }
}

pub(super) fn read_by<'a>(item: &Item<'a>, rule: &Rule) -> Option<&'a Normalisation> {
    item.entry.normalised.as_ref().filter(|read| read.code == rule.code)
}

/// The entries that lie beyond the reporting month or beyond their voce's cut-off.
pub(super) fn beyond(context: &Context<'_>) -> BTreeSet<EntryRef> {
    let entries = context.desks.iter().flat_map(Desk::ignored);
    entries.map(|(entry, _)| entry.at).collect()
}
