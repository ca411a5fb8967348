//! A08: the same item in the registers of several offices: counted once.

use std::collections::BTreeMap;

use super::co_owners::{finding, of};
use crate::check::desk::{Desk, NEEDS_ALL, Reading, place};
use crate::check::ledger::depends_on;
use crate::check::rules::A08;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Value, count, join_it, quoted};
use crate::plan::{Indicator, Register, Voce};

/// The remedy where the day is the key, and there is no name to change.
const SAME_DAY: &str = "Non devi fare nulla: qui contano i giorni, e lo stesso giorno conta una volta sola anche se è in più registri.";

/// A row: whose it is, its key and its event.
struct Row<'d, 'a> {
    desk: &'d Desk<'a>,
    key: &'a Entry,
    said: &'a Value,
    event: Option<&'a Value>,
}

/// Judges each key of each register that several offices keep.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let desks = ctx.desks;
    for (indicator, voce) in ctx.plan.voci().filter(|(indicator, _)| indicator.is_shared()) {
        let Some(register) = &voce.register else { continue };
        if !ctx.whole {
            ledger.skip(&A08, NEEDS_ALL);
            continue;
        }
        for rows in by_key(ledger, &of(desks, indicator), voce, register).values() {
            judge(ctx, ledger, indicator, voce, rows);
        }
    }
}

fn by_key<'d, 'a>(
    ledger: &Ledger,
    desks: &[&'d Desk<'a>],
    voce: &Voce,
    register: &Register,
) -> BTreeMap<String, Vec<Row<'d, 'a>>> {
    let mut keys: BTreeMap<String, Vec<Row<'d, 'a>>> = BTreeMap::new();
    for desk in desks {
        for fields in desk.rows(&voce.key).into_values() {
            let Some(key) = fields.get(register.identity.as_str()) else { continue };
            let Reading::Value(said) = desk.read(ledger, key) else { continue };
            let event = fields.get(register.event.as_str()).map(|entry| desk.read(ledger, entry));
            let event = match event {
                Some(Reading::Value(value)) => Some(value),
                _ => None,
            };
            keys.entry(said.joining_key()).or_default().push(Row { desk, key, said, event });
        }
    }
    keys
}

fn judge(ctx: &Context<'_>, ledger: &mut Ledger, indicator: &Indicator, voce: &Voce, rows: &[Row<'_, '_>]) {
    let mut said: Vec<(&Desk<'_>, Vec<&Entry>)> = Vec::new();
    for row in rows {
        match said.iter_mut().find(|(desk, _)| desk.submission.office == row.desk.submission.office) {
            Some((_, entries)) => entries.push(row.key),
            None => said.push((row.desk, vec![row.key])),
        }
    }
    let first = rows.first().and_then(|row| row.event);
    if said.len() < 2 {
        return ledger.pass(&A08);
    }
    if rows.iter().any(|row| row.event != first) {
        return ledger.skip(&A08, depends_on("A04"));
    }
    let names: Vec<&str> =
        said.iter().map(|(desk, _)| ctx.plan.office_name(&desk.submission.office)).collect();
    let key = rows.first().map_or_else(String::new, |row| row.said.to_people());
    let base = facts(
        finding(&A08, indicator, voce, &said),
        format!("{} in {}", quoted(&key), count(said.len(), "registro", "registri")),
        "una riga sola",
    );
    let what = format!("{} è nei registri di {}: conta una volta sola", quoted(&key), join_it(&names));
    let mut finding = told(base, &place(indicator, voce, None), &what);
    if voce.register.as_ref().is_some_and(|register| register.identity == register.event) {
        finding.remedy = SAME_DAY.to_owned();
    }
    ledger.fail(finding);
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn row(world: World, office: &str, title: &str, date: &str) -> World {
        world.field(office, "S07.campagne", 1, "titolo", title).field(
            office,
            "S07.campagne",
            1,
            "invio",
            date,
        )
    }

    #[test]
    fn a_common_item_is_told_once() {
        let world = World::at(6).filled("urp").filled("comunicazione");
        let world = row(world, "urp", "Estate  Sicura", "2019-05-02");
        let same = row(world, "comunicazione", "estate sicura", "2019-05-02");
        let finding = same.finding("A08");
        assert_eq!((finding.cells.len(), finding.related.len()), (1, 1));
        let other = row(same, "comunicazione", "estate sicura", "2019-05-03");
        assert!(other.findings("A08").is_empty());
        assert_eq!(other.skipped("A08", "dipende da A04"), 1);
    }

    #[test]
    fn where_the_day_is_the_key_no_name_is_asked_for() {
        let closed = |world: World, office: &str| {
            world.field(office, "S11.chiusure_brevetti", 1, "giorno", "2019-05-02")
        };
        let world = World::at(6).filled("urp").filled("protesti");
        let finding = closed(closed(world, "urp"), "protesti").finding("A08");
        assert!(
            finding.remedy.starts_with("Non devi fare nulla: qui contano i giorni"),
            "{}",
            finding.remedy
        );
    }
}
