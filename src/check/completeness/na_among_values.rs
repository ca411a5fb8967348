//! V13: «n.a.» in a voce that applies in other months, or in most of the months due; in the only entry of a
//! year; in a row of a register that has other fields.

use crate::check::desk::{Desk, Reading, months_words, place};
use crate::check::ledger::depends_on;
use crate::check::rules::V13;
use crate::check::say::{facts, told, told_why};
use crate::check::{Context, Ledger};
use crate::interpret::{Entry, EntryState};
use crate::model::{Finding, count, join_it, quoted};
use crate::plan::{Indicator, Voce};

const YEAR_GONE: &str = "Un «n.a.» toglie dal risultato l'unico dato che l'ufficio dà per l'anno, e l'esito può essere quello degli altri uffici soli. La nota dell'indicatore non basta.";
const FIELD_GONE: &str = "Un «n.a.» in una riga che ha altri dati non è una data né un nome: la riga conta come non conclusa, o non conta affatto. La nota dell'indicatore non basta.";
/// For a row of a register.
const FIELD_REMEDY: &str = "Inserisci il dato, o lascia vuota la casella se non c'è ancora, oppure fai confermare il motivo all'unità performance, che lo registra come deroga.";

/// Judges each voce of each office that holds an «n.a.» up to the reporting month.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        for (indicator, voce) in desk.voci() {
            match &voce.register {
                Some(_) => in_rows(ledger, desk, indicator, voce),
                None if voce.time.by_month() => judge(ledger, desk, indicator, voce),
                None => in_the_year(ledger, desk, indicator, voce),
            }
        }
    }
}

fn judge(ledger: &mut Ledger, desk: &Desk<'_>, indicator: &Indicator, voce: &Voce) {
    let due: Vec<&Entry> = desk.counting(voce).collect();
    let typed: Vec<&Entry> =
        due.iter().copied().filter(|entry| entry.state == EntryState::NotApplicable).collect();
    let Some(first) = typed.first() else { return };
    let told = |entry: &Entry| told_elsewhere(ledger, desk, indicator, entry);
    let open: Vec<&Entry> = typed.iter().copied().filter(|entry| told(entry).is_none()).collect();
    if let Some(code) = told(first).filter(|_| open.is_empty()) {
        return ledger.skip(&V13, depends_on(code));
    }
    let valued = due.iter().filter(|entry| matches!(desk.read(ledger, entry), Reading::Value(_))).count();
    // In every month, with a note: it does not apply to the office at all.
    let answered = typed.len() == due.len() || typed.len() * 2 <= due.len();
    if valued == 0 && answered {
        return ledger.pass(&V13);
    }
    ledger.fail(finding(desk, indicator, voce, &open, (valued, due.len())));
}

/// The only entry of the year: a note says why, and the unit confirms it.
fn in_the_year(ledger: &mut Ledger, desk: &Desk<'_>, indicator: &Indicator, voce: &Voce) {
    let mut due = desk.counting(voce);
    let Some(entry) = due.find(|entry| entry.state == EntryState::NotApplicable) else { return };
    if let Some(code) = told_elsewhere(ledger, desk, indicator, entry) {
        return ledger.skip(&V13, depends_on(code));
    }
    let finding = desk.finding(&V13, indicator, Some(voce), &[entry]);
    let finding = facts(finding, "n.a. per l'anno", "un valore, o il motivo confermato dall'unità");
    let what = "hai scritto «n.a.» nell'unica casella dell'anno";
    ledger.fail(told_why(finding, &place(indicator, voce, None), what, YEAR_GONE));
}

/// The rows of a register with an «n.a.» beside other fields.
fn in_rows(ledger: &mut Ledger, desk: &Desk<'_>, indicator: &Indicator, voce: &Voce) {
    for (row, fields) in desk.rows(&voce.key) {
        let typed: Vec<&Entry> =
            fields.values().copied().filter(|entry| entry.state == EntryState::NotApplicable).collect();
        let other = fields.values().any(|entry| matches!(entry.state, EntryState::Value(_)));
        let Some(first) = typed.first().filter(|_| other) else { continue };
        match told_elsewhere(ledger, desk, indicator, first) {
            Some(code) => ledger.skip(&V13, depends_on(code)),
            None => ledger.fail(of_the_row(desk, indicator, voce, row, &typed)),
        }
    }
}

fn of_the_row(desk: &Desk<'_>, indicator: &Indicator, voce: &Voce, row: u32, typed: &[&Entry]) -> Finding {
    let label = |entry: &&Entry| {
        let column = voce.register.as_ref()?.column(entry.id.column.as_deref()?)?;
        Some(quoted(&column.label))
    };
    let labels = join_it(&typed.iter().filter_map(label).collect::<Vec<_>>());
    let mut finding = desk.finding(&V13, indicator, Some(voce), typed);
    finding.remedy = FIELD_REMEDY.to_owned();
    let finding = facts(finding, format!("n.a. alla riga {row} per {labels}"), "il dato, o la casella vuota");
    let place = format!("{}, riga {row}", place(indicator, voce, None));
    told_why(
        finding,
        &place,
        &format!("hai scritto «n.a.» per {labels}, ma la riga ha altri dati"),
        FIELD_GONE,
    )
}

/// The check that has already spoken of an «n.a.»: one that keeps it out, the one that asks for a note where
/// there is none, or the one that tells of a file with hardly anything else.
fn told_elsewhere(
    ledger: &Ledger,
    desk: &Desk<'_>,
    indicator: &Indicator,
    entry: &Entry,
) -> Option<&'static str> {
    let poor = || {
        let office = Some(&desk.submission.office);
        ledger.already(&["K03"], office, |finding| finding.entries.contains(&entry.at))
    };
    let silent = (!desk.explains(indicator)).then_some("V09");
    ledger.blocked(entry.at).or(silent).or_else(poor)
}

fn finding(
    desk: &Desk<'_>,
    indicator: &Indicator,
    voce: &Voce,
    typed: &[&Entry],
    (valued, due): (usize, usize),
) -> Finding {
    let months = months_words(typed);
    let rest = match valued {
        0 => format!("sono {} su {due}", count(typed.len(), "mese", "mesi")),
        valued => format!("ma in {} la voce ha un valore", count(valued, "altro mese", "altri mesi")),
    };
    let finding = desk.finding(&V13, indicator, Some(voce), typed);
    let month = finding.month;
    let finding =
        facts(finding, format!("n.a. per {months}"), "un valore, o il motivo confermato dall'unità");
    told(finding, &place(indicator, voce, month), &format!("hai scritto «n.a.» per {months}, {rest}"))
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::{World, cells};

    const VOCE: &str = "S03.prodotti";

    fn world(month: u32, na: &[u32]) -> World {
        let world = World::at(month).filled("metrico").note("metrico", "3.3");
        na.iter().fold(world, |world, month| world.set("metrico", VOCE, *month, "n.a."))
    }

    #[test]
    fn what_applies_in_february_applies_in_march_whatever_the_note_says() {
        let finding = world(6, &[3, 5, 6]).about("V13", VOCE).remove(0);
        assert_eq!((finding.found.as_str(), cells(&finding).len()), ("n.a. per marzo, maggio e giugno", 3));
        assert!(finding.message.contains("ma in 3 altri mesi la voce ha un valore"), "{}", finding.message);
        assert!(!finding.keeps_out());
        assert_eq!(world(6, &[2]).about("V13", VOCE).len(), 1);
    }

    #[test]
    fn most_of_the_months_without_any_value_too() {
        assert!(world(3, &[1, 2, 3]).about("V13", VOCE).is_empty(), "it does not apply at all");
        let blank = |na: &[u32]| {
            let world = (1..=6).fold(world(6, &[]), |world, month| world.set("metrico", VOCE, month, ""));
            na.iter().fold(world, |world, month| world.set("metrico", VOCE, *month, "n.a."))
        };
        assert!(blank(&[1, 2, 3]).about("V13", VOCE).is_empty(), "half of the months, and no value");
        assert!(blank(&[1, 2, 3, 4]).about("V13", VOCE)[0].message.contains("sono 4 mesi su 6"));
    }

    #[test]
    fn without_a_note_v09_asks_first() {
        let world = World::at(6).filled("metrico").set("metrico", VOCE, 2, "n.a.");
        assert_eq!((world.findings("V09").len(), world.findings("V13").len()), (1, 0));
        assert_eq!(world.skipped("V13", "dipende da V09"), 1);
    }

    #[test]
    fn later_months_and_other_voci_are_not_judged() {
        let world = World::at(3).filled("metrico").note("metrico", "3.3").set("metrico", VOCE, 5, "n.a.");
        assert_eq!(world.tally("V13"), (0, 0, 0));
    }

    #[test]
    fn the_only_entry_of_the_year_is_never_taken_out_by_a_note() {
        for (office, key, code) in [
            ("qualita", "S08.individuazione_indicatore", "8.4"),
            ("asl", "S07.coinvolto", "7.1"),
            ("albo_gestori", "S04.adozione_delibera", "4.1"),
            ("metrico", "S03.orafi_iscritti", "3.1"),
        ] {
            let world = World::at(12).filled(office).set(office, key, 0, "n.a.");
            assert!(world.about("V13", key).is_empty(), "{key}: V09 asks first");
            let found = world.note(office, code).about("V13", key);
            assert_eq!(found.len(), 1, "{key}");
            assert_eq!((found[0].found.as_str(), cells(&found[0]).len()), ("n.a. per l'anno", 1));
        }
    }

    #[test]
    fn a_row_of_a_register_with_other_fields_has_no_na() {
        let row = |end: &str| {
            let world = World::at(12).filled("promozione").note("promozione", "1.1");
            let fields = [("titolo", "A"), ("scadenza", "2019-02-01"), ("approvazione", end)];
            let put = |world: World, (column, text)| world.field("promozione", "S01.bandi", 1, column, text);
            fields.into_iter().fold(world, put)
        };
        let found = row("n.a.").about("V13", "S01.bandi");
        assert_eq!((found.len(), cells(&found[0]).len()), (1, 1));
        assert!(found[0].found.starts_with("n.a. alla riga 1 per «"), "{}", found[0].found);
        assert!(row("2019-03-03").about("V13", "S01.bandi").is_empty());
        assert!(row("").about("V13", "S01.bandi").is_empty(), "blank is not yet done");
    }
}
