//! V14: numbers, texts and days beyond what a cell can hold or a count can be.

use crate::check::say::{about_submission, at, facts, told};
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::interpret::{EntryState, Fault, Submission};
use crate::model::{Finding, Place, Rule, Severity, count, quoted};
use crate::read::CELL_TEXT;

pub(super) const RULE: Rule = Rule {
    code: "V14",
    name: "Valore smisurato",
    severity: Severity::Errore,
    why: "Oltre questi limiti Excel stesso perde cifre o testo, e un valore così falserebbe ogni somma in cui entra.",
    remedy: "Correggi il valore se è un errore di battitura o un'incolla fuori posto, oppure, se è un codice o un testo, scrivilo come testo e più corto.",
    missing: false,
};

/// The bound of a number's magnitude, for people.
const BOUND: &str = "1.000.000.000.000.000";

/// Judges every entry, then notes, evidence and sign-off for their length.
pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::entries(
        context,
        ledger,
        &RULE,
        |_| true,
        |item| {
            let EntryState::Wrong(fault) = &item.entry.state else { return None };
            words(fault, &item.entry.raw)
        },
    );
    for submission in context.submissions {
        let is_text = |place: &Place| submission.text_places.values().any(|own| own == place);
        for (place, length) in submission.traits.oversize.iter().filter(|(place, _)| is_text(place)) {
            ledger.fail(of_a_text(submission, place, *length));
        }
    }
}

/// What is expected and what is said of a fault of measure.
fn words(fault: &Fault, raw: &str) -> Option<(String, String)> {
    Some(match fault {
        Fault::TooGreat => {
            let length = raw.chars().count();
            let long = if length > 40 { format!("un numero di {length} caratteri, ") } else { String::new() };
            let what = format!("hai scritto {long}{}: è ammesso un numero sotto {BOUND}", quoted(raw));
            (format!("un numero sotto {BOUND}"), what)
        }
        Fault::TooLong => (at_most(), format!("nella cella c'è {raw}: {}", holds())),
        Fault::NoSuchDay => {
            let days = "un giorno dal 1/1/1900 al 31/12/9999".to_owned();
            (
                days,
                format!(
                    "{} non è un giorno del calendario di Excel, che va dal 1/1/1900 al 31/12/9999",
                    quoted(raw)
                ),
            )
        }
        _ => return None,
    })
}

fn at_most() -> String {
    format!("al massimo {}", count(CELL_TEXT, "carattere", "caratteri"))
}

fn holds() -> String {
    format!("Excel ne tiene {}", at_most())
}

/// A note, a reference or a name that is longer than a cell.
fn of_a_text(submission: &Submission, place: &Place, length: usize) -> Finding {
    let seen = format!("un testo di {}", count(length, "carattere", "caratteri"));
    let base = at(about_submission(&RULE, submission), place);
    let what = format!("nella cella c'è {seen}, che non è stato letto: {}", holds());
    told(facts(base, seen, at_most()), &format!("Foglio {}", quoted(&place.sheet)), &what)
}
