//! What was typed, and whether it counts: said last, when every error on the entry is known.

mod closed_day;
mod date_as_text;
mod date_with_time;
mod duration;
mod formula;
mod ignored_entry;
mod number_as_text;
mod number_with_unit;
mod other_yes_no;
mod stray_signs;

use std::collections::BTreeSet;

use super::ledger::depends_on;
use super::walk::{self, Item};
use super::{Context, Ledger};
use crate::admit::ignored;
use crate::interpret::Normalisation;
use crate::model::{Place, Rule, VoceType};

checks! {
    Esito:
    C02 number_as_text: Fact,
    C04 number_with_unit: Fact,
    C09 date_as_text: Fact,
    C12 duration: Value,
    C13 date_with_time: Fact,
    C14 stray_signs: Fact,
    C17 formula: Fact,
    C22 other_yes_no: Fact,
    D08 closed_day: Fact,
    R10 ignored_entry: Fact,
}

/// Judges the entries of these types: one finding for each that was read by `rule` and counts. What another
/// finding keeps out, or what lies beyond the reporting month (R10), is *non valutato*: «il valore conta»
/// would be false.
fn readings(
    context: &Context<'_>,
    ledger: &mut Ledger,
    rule: &'static Rule,
    applies: impl Fn(VoceType) -> bool,
    sentence: impl Fn(&Item<'_>, &Normalisation) -> (String, String),
) {
    let beyond = beyond(context);
    let out = |item: &Item<'_>| {
        read_by(item, rule).is_some() && beyond.contains(&(item.submission.file.as_str(), &item.entry.place))
    };
    for item in walk::items(context).iter().filter(|item| applies(item.kind()) && out(item)) {
        if !ledger.skip_blocked(rule, &item.submission.file, &item.entry.place) {
            ledger.skip(rule, depends_on(ignored_entry::RULE.code));
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
pub(super) fn left_out(item: &Item<'_>) -> &'static str {
    let adds_up = item.kind().is_number() || item.kind() == VoceType::Data;
    match (adds_up, item.entry.id.month) {
        (false, _) => "",
        (true, Some(_)) => "; il totale nel foglio dell'ufficio lo lascia fuori",
        (true, None) => "; i calcoli nel foglio dell'ufficio lo lasciano fuori",
    }
}

fn read_by<'a>(item: &Item<'a>, rule: &Rule) -> Option<&'a Normalisation> {
    item.entry.normalised.as_ref().filter(|read| read.code == rule.code)
}

/// The entries that lie beyond the reporting month or beyond their voce's cut-off.
fn beyond<'a>(context: &Context<'a>) -> BTreeSet<(&'a str, &'a Place)> {
    let of = |submission: &'a crate::interpret::Submission| {
        let why = ignored(context.plan, context.month, submission);
        let entries = submission.entries.iter().zip(why).filter(|(_, why)| why.is_some());
        entries.map(|(entry, _)| (submission.file.as_str(), &entry.place))
    };
    context.submissions.iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn metrico(text: &str) -> World {
        World::at(6).filled("metrico").read_as_text("metrico", "S03.supermercati", 3, text)
    }

    #[test]
    fn a_reading_that_counts_is_said() {
        assert_eq!(metrico("12").finding("C02").found, "12");
    }

    #[test]
    fn a_reading_that_another_error_keeps_out_is_not_said_to_count() {
        for (text, code) in [("-3", "C07"), ("1.5", "C06")] {
            let world = metrico(text);
            assert_eq!(world.findings(code).len(), 1, "{code}");
            assert!(world.findings("C02").is_empty(), "{code}");
            assert_eq!(world.skipped("C02", &format!("dipende da {code}")), 1, "{code}");
        }
        let share = World::at(6).filled("informatico");
        let share = share.read_as_text("informatico", "S12.quota_2018", 0, "15");
        assert_eq!((share.findings("V04").len(), share.findings("C02").len()), (1, 0));
        assert_eq!(share.skipped("C02", "dipende da V04"), 1);
    }

    #[test]
    fn two_offices_that_disagree_make_no_reading_count() {
        let world = World::at(6)
            .filled("sanzioni_protesti")
            .filled("protesti")
            .set("sanzioni_protesti", "S11.verbali_pendenti", 0, "318")
            .read_as_text("protesti", "S11.verbali_pendenti", 0, "381");
        assert_eq!(world.about("A04", "S11.verbali_pendenti").len(), 1);
        assert!(world.findings("C02").is_empty());
        assert_eq!(world.skipped("C02", "dipende da A04"), 2, "both offices' entries");
    }

    #[test]
    fn a_reading_beyond_the_reporting_month_is_left_to_r10() {
        let world = World::at(3).filled("metrico").read_as_text("metrico", "S03.supermercati", 5, "12");
        assert_eq!((world.findings("R10").len(), world.findings("C02").len()), (1, 0));
        assert_eq!(world.skipped("C02", "dipende da R10"), 1);
    }
}
