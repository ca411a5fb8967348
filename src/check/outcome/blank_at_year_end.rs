//! K14: the year is closed, a target is missed, and a cell left blank counts as not done.
//!
//! Some cells are never due: a date that counts one by one, the date that ends a row of a register. Blank
//! they say «not yet», and in the closed year nothing tells «not done» from «forgotten».

use std::collections::BTreeSet;

use super::case::{Case, cases};
use super::not_yet::{Blank, known};
use crate::check::desk::Desk;
use crate::check::ledger::depends_on;
use crate::check::rules::K14;
use crate::check::say::{facts, told, voce_words};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Finding, Severity, Status, join_it, quoted};
use crate::plan::Voce;

/// Judges each voce of the closed year of which a blank cell counts as not done.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    if !ctx.month.closes_year() {
        return;
    }
    for case in cases(ctx, ledger, &K14) {
        for voce in &case.indicator.voci {
            let Some(blank) = Blank::of(case.indicator.formula.expr(), voce) else { continue };
            match case.result.status {
                Status::NonVerificabile | Status::DatoMancante | Status::TargetMancante => {
                    ledger.skip(&K14, case.without_value());
                }
                Status::NonValutabile => ledger.pass(&K14),
                _ if blank.is_harmless(&case) => ledger.pass(&K14),
                _ => judge(ctx, ledger, &case, voce, &blank),
            }
        }
    }
}

fn judge<'a>(ctx: &Context<'a>, ledger: &mut Ledger, case: &Case<'a>, voce: &Voce, blank: &Blank) {
    let mut lacking: Vec<(&Desk<'a>, Vec<&'a Entry>)> = Vec::new();
    let mut because = (ctx.whole && case.desks.len() < case.indicator.offices.len()).then_some("K01");
    let known = known(&case.desks, voce);
    let month = ctx.month.month;
    for desk in case.desks.iter().filter(|desk| voce.is_answered_by(&desk.submission.office, month)) {
        let (cells, wrong) = blank.cells(ledger, desk, voce, &known);
        because = because.or(wrong);
        if !cells.is_empty() {
            lacking.push((desk, cells));
        }
    }
    // Nobody says why the target is missed: that is asked first.
    let mut before = ledger.findings().iter().filter(|told| told.is_open() && told.rule.code == "K05");
    let asked = before.any(|told| told.indicator.as_ref() == Some(&case.indicator.code));
    match (lacking.is_empty(), because) {
        (true, None) => ledger.pass(&K14),
        (true, Some(code)) => ledger.skip(&K14, depends_on(code)),
        (false, _) if asked => ledger.skip(&K14, depends_on("K05")),
        (false, _) => {
            if let Some(finding) = finding(ctx, case, voce, &lacking) {
                ledger.fail(finding);
            }
        }
    }
}

fn finding<'a>(
    ctx: &Context<'a>,
    case: &Case<'a>,
    voce: &Voce,
    lacking: &[(&Desk<'a>, Vec<&'a Entry>)],
) -> Option<Finding> {
    let ((first, cells), others) = lacking.split_first()?;
    let mut finding = first.finding(&K14, case.indicator, Some(voce), cells);
    for (desk, cells) in others {
        desk.name_cells(&mut finding, cells);
    }
    // A note of the office says that it has looked; only the unit can say that nothing was forgotten.
    if lacking.iter().all(|(desk, _)| desk.explains(case.indicator)) {
        finding.severity = Severity::Nota;
    }
    let who: Vec<String> = lacking.iter().map(|(desk, cells)| who(ctx, desk, voce, cells)).collect();
    let finding = facts(finding, format!("vuota: {}", join_it(&who)), "il dato, o una deroga");
    let (target, status) = (quoted(&case.indicator.target.printed), case.result.status.label());
    let what = format!(
        "l'anno è chiuso, il target {target} è {status} e manca il dato di {}, che vale come non fatto",
        join_it(&who)
    );
    Some(told(finding, &voce_words(case.indicator, voce), &what))
}

/// An office, with the names of the rows that lack something.
fn who(ctx: &Context<'_>, desk: &Desk<'_>, voce: &Voce, cells: &[&Entry]) -> String {
    let office = ctx.plan.office_name(&desk.submission.office);
    let Some(register) = &voce.register else { return office.to_owned() };
    let rows: BTreeSet<u32> = cells.iter().filter_map(|cell| cell.id.row).collect();
    let name = |row: u32| {
        let fields = desk.row(&voce.key, row);
        let key = fields.iter().find(|field| field.id.column.as_ref() == Some(&register.identity));
        key.map_or_else(|| format!("riga {row}"), |key| quoted(key.raw.trim()))
    };
    format!("{office} ({})", join_it(&rows.into_iter().map(name).collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::{World, cells};
    use crate::model::{OfficeId, Severity};
    use crate::plan::{DEFAULT_PLAN, read_plan};

    const OFFICES: [&str; 4] = ["ambiente", "ri", "informatico", "archivio_protocollo"];

    /// The four offices of 9.1 in December, with a date but for the one named; one of the others explains.
    fn world(blank: &str) -> World {
        let mut world = World::at(12);
        for office in OFFICES {
            world = world.filled(office);
            if office != blank {
                world = world.set(office, "S09.attivazione", 0, "2019-10-07");
            }
        }
        world.note("ri", "9.1")
    }

    #[test]
    fn a_blank_date_that_counts_is_asked_for_when_the_year_is_closed() {
        let finding = world("ambiente").finding("K14");
        assert_eq!((finding.severity, cells(&finding).len()), (Severity::DaMotivare, 1));
        assert_eq!(finding.voce.as_ref().unwrap().as_str(), "S09.attivazione");
        assert!(finding.message.contains("«>= 4» è parzialmente raggiunto"), "{}", finding.message);
        // All four are needed and there: nothing is asked.
        assert_eq!(world("nobody").findings("K14"), []);
        assert_eq!(world("ambiente").now(11).findings("K14"), []);
    }

    #[test]
    fn a_note_of_the_office_makes_it_lighter_and_no_note_at_all_is_another_matter() {
        let noted = world("ambiente").note("ambiente", "9.1");
        assert_eq!(noted.finding("K14").severity, Severity::Nota);
        let mut alone = World::at(12);
        for office in OFFICES {
            alone = alone.filled(office);
        }
        assert!(alone.about("K14", "S09.attivazione").is_empty());
        assert!(alone.skipped("K14", "dipende da K05") > 0);
        let said = world("ambiente").set("ambiente", "S09.attivazione", 0, "n.d.");
        assert!(said.about("K14", "S09.attivazione").is_empty());
        assert!(said.skipped("K14", "dipende da C15") > 0);
    }

    #[test]
    fn offices_without_a_date_are_told_together() {
        let finding = world("ambiente").set("informatico", "S09.attivazione", 0, "").finding("K14");
        assert_eq!((finding.cells.len(), finding.related.len()), (1, 1));
    }

    /// Rows of the same key are one: what one office leaves blank another has written.
    #[test]
    fn a_row_that_another_office_ends_lacks_nothing() {
        let mut plan = read_plan(DEFAULT_PLAN).unwrap();
        let indicators = plan.schede.iter_mut().flat_map(|scheda| &mut scheda.actions);
        let mut indicators = indicators.flat_map(|action| &mut action.indicators);
        indicators.find(|own| own.code.as_str() == "1.1").unwrap().offices.extend([OfficeId::new("ri")]);
        let mut world = World::of(plan, 12);
        for (office, title, approved) in [("promozione", "Voucher", ""), ("ri", "VOUCHER", "2019-07-31")] {
            world = world.filled(office).complete(office, "S01.bandi", "12");
            for (column, text) in [("titolo", title), ("scadenza", "2019-02-28"), ("approvazione", approved)]
            {
                world = world.field(office, "S01.bandi", 1, column, text);
            }
            world = world.note(office, "1.1");
        }
        assert!(world.about("K14", "S01.bandi").is_empty());
        let apart = world.field("ri", "S01.bandi", 1, "titolo", "Turismo");
        assert_eq!(apart.about("K14", "S01.bandi").len(), 1);
    }

    /// A call of February without its list, in December: 306 days against 90.
    fn call(approved: &str) -> World {
        let world = World::at(12).filled("promozione").complete("promozione", "S01.bandi", "12");
        let field =
            |world: World, column: &str, text: &str| world.field("promozione", "S01.bandi", 1, column, text);
        let world = field(field(world, "titolo", "Voucher"), "scadenza", "2019-02-28");
        field(world, "approvazione", approved).note("promozione", "1.1")
    }

    #[test]
    fn a_row_that_runs_on_to_the_end_of_the_year_is_asked_for() {
        let finding = call("").about("K14", "S01.bandi").remove(0);
        assert!(finding.found.ends_with("(«Voucher»)"), "{}", finding.found);
        assert_eq!(finding.severity, Severity::Nota);
        assert!(call("2019-07-31").about("K14", "S01.bandi").is_empty(), "late, but there");
        // Closed in time so far: what lacks can only be better.
        let young = call("").field("promozione", "S01.bandi", 1, "scadenza", "2019-12-10");
        assert!(young.about("K14", "S01.bandi").is_empty());
    }
}
