//! M05: a whole month of an office is blank, and later ones are not.

use crate::check::desk::{Desk, Reading};
use crate::check::ledger::depends_on;
use crate::check::rules::M05;
use crate::check::say::{about_submission, facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::{Entry, EntryState, last_in_earnest};
use crate::model::{Finding, Month, count, join_it};
use crate::plan::{Indicator, Role, Voce};

type Cell<'a> = (&'a Indicator, &'a Voce, &'a Entry);

/// Judges each month of each office up to the reporting month.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        let last = last_filled(desk);
        for month in ctx.month.month.up_to() {
            let cells = due_in(ctx, desk, month);
            if cells.is_empty() {
                continue;
            }
            if last.is_some_and(|last| month < last) && all_blank(ledger, desk, &cells) {
                ledger.fail(finding(desk, month, last, &cells));
            } else if let Some(code) = all_unusable(ledger, desk, &cells) {
                ledger.skip(&M05, depends_on(code));
            } else {
                ledger.pass(&M05);
            }
        }
    }
}

/// The months of an office that are wholly blank before its last filled one.
pub(in crate::check) fn gaps(ctx: &Context<'_>, ledger: &Ledger, desk: &Desk<'_>) -> Vec<Month> {
    let last = last_filled(desk);
    ctx.month
        .month
        .up_to()
        .filter(|month| last.is_some_and(|last| *month < last))
        .filter(|month| all_blank(ledger, desk, &due_in(ctx, desk, *month)))
        .collect()
}

/// What is due from the office for `month`.
fn due_in<'a>(ctx: &Context<'a>, desk: &Desk<'a>, month: Month) -> Vec<Cell<'a>> {
    desk.voci()
        .filter(|(_, voce)| voce.time.by_month() && voce.role != Role::Baseline)
        .filter(|(_, voce)| voce.is_due(&desk.submission.office, ctx.month.month, Some(month)))
        .filter_map(|(indicator, voce)| Some((indicator, voce, desk.entry(&voce.key, Some(month))?)))
        .collect()
}

/// The last month that the office has filled in earnest in the cells of the months: a cell that has strayed
/// further on makes no gap.
fn last_filled(desk: &Desk<'_>) -> Option<Month> {
    let typed = desk
        .voci()
        .filter(|(_, voce)| voce.time.by_month())
        .flat_map(|(_, voce)| desk.entries(&voce.key).iter().copied())
        .filter(|entry| !matches!(entry.state, EntryState::Blank | EntryState::Lost))
        .filter_map(|entry| entry.id.month);
    last_in_earnest(typed)
}

fn all_blank(ledger: &Ledger, desk: &Desk<'_>, cells: &[Cell<'_>]) -> bool {
    let blank = |entry| desk.read(ledger, entry) == Reading::Blank;
    !cells.is_empty() && cells.iter().all(|(_, _, entry)| blank(entry))
}

fn all_unusable(ledger: &Ledger, desk: &Desk<'_>, cells: &[Cell<'_>]) -> Option<&'static str> {
    let mut codes = cells.iter().map(|(_, _, entry)| desk.read(ledger, entry).unusable());
    let first = codes.next()??;
    codes.all(|code| code.is_some()).then_some(first)
}

fn finding(desk: &Desk<'_>, month: Month, last: Option<Month>, cells: &[Cell<'_>]) -> Finding {
    let mut finding = Finding { month: Some(month), ..about_submission(&M05, desk.submission) };
    let entries: Vec<&Entry> = cells.iter().map(|(_, _, entry)| *entry).collect();
    desk.name_cells(&mut finding, &entries);
    if let [(indicator, voce, _)] = cells {
        finding.scheda = Some(indicator.scheda);
        finding.indicator = Some(indicator.code.clone());
        finding.voce = Some(voce.key.clone());
    }
    let last = last.map_or("un mese dopo", Month::name);
    let expected = count(cells.len(), "valore", "valori");
    let finding = facts(finding, format!("{month} vuoto, {last} compilato"), expected);
    let place = format!("{}, {month}", sheets_words(&entries));
    told(finding, &place, &format!("tutto il mese è vuoto, mentre {last} è compilato"))
}

/// The sheets in words: `Scheda 1 e Scheda 3`.
fn sheets_words(entries: &[&Entry]) -> String {
    let mut sheets: Vec<&str> = Vec::new();
    for entry in entries {
        if !sheets.contains(&entry.place.sheet.as_str()) {
            sheets.push(&entry.place.sheet);
        }
    }
    join_it(&sheets)
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn emptied(months: &[u32]) -> World {
        let mut world = World::at(6).filled("metrico");
        for month in months {
            for key in ["S03.orafi_ispezionati", "S03.supermercati", "S03.prodotti", "S07.schede_crm"] {
                world = world.set("metrico", key, *month, "");
            }
        }
        world
    }

    #[test]
    fn a_whole_month_skipped_is_one_finding() {
        let world = emptied(&[4]);
        let finding = world.finding("M05");
        assert_eq!(finding.month.unwrap().number(), 4);
        assert_eq!((finding.cells.len(), finding.related.len()), (3, 1));
        assert_eq!(finding.sheet.as_deref(), Some("Scheda 3"));
        assert!(finding.message.contains("mentre giugno è compilato"), "{}", finding.message);
        assert!(world.findings("V01").is_empty());
    }

    #[test]
    fn the_last_months_are_late_not_skipped() {
        let world = emptied(&[5, 6]);
        assert!(world.findings("M05").is_empty());
        assert_eq!(world.findings("V01").len(), 4);
    }

    #[test]
    fn a_cell_strayed_into_december_makes_no_gap() {
        let strayed = emptied(&[5, 6]).set("metrico", "S03.prodotti", 12, "3");
        assert!(strayed.findings("M05").is_empty());
        assert_eq!(strayed.findings("V01").len(), 4);
    }

    #[test]
    fn one_voce_left_blank_is_not_a_month() {
        let world = World::at(6).filled("metrico").set("metrico", "S03.prodotti", 4, "");
        assert!(world.findings("M05").is_empty());
        assert_eq!(world.tally("M05"), (6, 0, 0));
    }
}
