//! V11: keys of a register that differ by a slip of the keyboard, in one office or across offices.

use std::collections::BTreeMap;

use crate::check::alike;
use crate::check::desk::{Desk, Reading};
use crate::check::ledger::depends_on;
use crate::check::rules::V11;
use crate::check::say::{facts, told, voce_words};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Finding, VoceType, join_it, quoted};
use crate::plan::{Indicator, Register, Voce};

/// The rows with one key: whose file and the field with the key.
type Keyed<'d, 'a> = Vec<(&'d Desk<'a>, &'a Entry)>;

/// Judges the keys of each register over the files of all its offices; days are told apart by A04 and V08
/// alone.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let desks = ctx.desks;
    for (indicator, voce) in ctx.plan.voci() {
        let Some(register) = &voce.register else { continue };
        let is_text = |key: &str| register.column(key).is_some_and(|column| column.kind == VoceType::Testo);
        if is_text(&register.identity) {
            let own = desks.iter().filter(|desk| indicator.offices.contains(&desk.submission.office));
            judge(ctx, ledger, &own.collect::<Vec<_>>(), indicator, voce, register);
        }
    }
}

fn judge<'a>(
    ctx: &Context<'a>,
    ledger: &mut Ledger,
    desks: &[&Desk<'a>],
    indicator: &Indicator,
    voce: &Voce,
    register: &Register,
) {
    let mut keys: BTreeMap<String, Keyed<'_, 'a>> = BTreeMap::new();
    for desk in desks {
        for fields in desk.rows(&voce.key).into_values() {
            let Some(entry) = fields.get(register.identity.as_str()) else { continue };
            match desk.read(ledger, entry) {
                Reading::Value(key) => keys.entry(key.joining_key()).or_default().push((desk, entry)),
                Reading::Unusable(code) => ledger.skip(&V11, depends_on(code)),
                Reading::Blank | Reading::Placeholder | Reading::NotApplicable => {}
            }
        }
    }
    let (names, rows): (Vec<&str>, Vec<&Keyed<'_, 'a>>) =
        keys.iter().map(|(key, rows)| (key.as_str(), rows)).unzip();
    let groups = alike::groups(&names);
    ledger.passes(&V11, names.len().saturating_sub(groups.iter().map(Vec::len).sum()));
    for group in groups {
        let alike: Vec<&Keyed<'_, 'a>> = group.iter().filter_map(|place| rows.get(*place).copied()).collect();
        ledger.fail(finding(ctx, indicator, voce, &alike));
    }
}

/// One finding for keys that look alike: it names the field of each row.
fn finding(ctx: &Context<'_>, indicator: &Indicator, voce: &Voce, alike: &[&Keyed<'_, '_>]) -> Finding {
    let mut finding: Option<Finding> = None;
    for (desk, entry) in alike.iter().flat_map(|rows| rows.iter()) {
        match &mut finding {
            None => finding = Some(desk.finding(&V11, indicator, Some(voce), &[*entry])),
            Some(known) => desk.name_cells(known, &[*entry]),
        }
    }
    let words: Vec<String> = alike.iter().map(|rows| in_words(ctx, indicator, rows)).collect();
    let base =
        facts(finding.unwrap_or_else(|| Finding::of(&V11)), words.join("; "), "un titolo per ogni fatto");
    let what = format!("{} si somigliano e contano come {} fatti diversi", join_it(&words), alike.len());
    told(base, &voce_words(indicator, voce), &what)
}

/// A key as it was first typed, with its offices where there are several.
fn in_words(ctx: &Context<'_>, indicator: &Indicator, rows: &Keyed<'_, '_>) -> String {
    let typed = quoted(rows.first().map_or("", |(_, entry)| entry.raw.trim()));
    if !indicator.is_shared() {
        return typed;
    }
    let mut offices: Vec<&str> =
        rows.iter().map(|(desk, _)| ctx.plan.office_name(&desk.submission.office)).collect();
    offices.dedup();
    format!("{typed} ({})", join_it(&offices))
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn sent(world: World, office: &str, row: u32, title: &str) -> World {
        let field =
            |world: World, column: &str, text: &str| world.field(office, "S07.campagne", row, column, text);
        field(field(world, "titolo", title), "invio", "2019-05-02")
    }

    fn two() -> World {
        World::at(6).filled("urp").filled("comunicazione")
    }

    #[test]
    fn a_slip_across_offices_names_both_cells_and_both_titles() {
        let world = sent(sent(two(), "urp", 1, "Newsletter giugno"), "comunicazione", 2, "Newsletter giungo");
        let finding = world.finding("V11");
        assert_eq!((finding.cells.len(), finding.related.len()), (1, 1));
        assert!(
            finding.message.contains("«Newsletter giugno» (Servizio Relazioni Esterne URP)"),
            "{}",
            finding.message
        );
        assert!(finding.message.contains("contano come 2 fatti diversi"), "{}", finding.message);
    }

    #[test]
    fn a_slip_in_one_office_is_one_finding_however_many_rows() {
        let world = ["Estate sicura", "Estate sicure", "Estate  SICURA"];
        let world = (1..).zip(world).fold(two(), |world, (row, title)| sent(world, "urp", row, title));
        assert_eq!(world.finding("V11").cells.len(), 3);
    }

    #[test]
    fn other_things_and_the_same_thing_are_no_slip() {
        let titles = ["Newsletter maggio", "Newsletter giugno", "Bando 1"];
        let world = (1..).zip(titles).fold(two(), |world, (row, title)| sent(world, "urp", row, title));
        let world =
            sent(sent(world, "comunicazione", 1, "Bando 2"), "comunicazione", 2, "newsletter  GIUGNO");
        assert!(world.findings("V11").is_empty());
        assert_eq!(world.tally("V11"), (4, 0, 0));
    }

    #[test]
    fn days_are_not_compared() {
        let closed = |world: World, row: u32, day: &str| {
            world.field("ri", "S11.chiusure_protesti", row, "giorno", day)
        };
        let world = closed(closed(World::at(6).filled("ri"), 1, "2019-03-04"), 2, "2019-03-05");
        assert!(world.findings("V11").is_empty());
    }
}
