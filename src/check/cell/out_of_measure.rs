//! V14: numbers, texts and days beyond what a cell can hold or a count can be.

use crate::check::rules::V14;
use crate::check::say::{about_submission, at, facts, told};
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::excel::bounds::CELL_TEXT;
use crate::interpret::{EntryState, Fault, Submission};
use crate::model::{Finding, Place, VoceType, count, quoted};

/// The bound of a number's magnitude, for people.
const BOUND: &str = "1.000.000.000.000.000";

/// What to do with a text.
const SHORTER: &str = "Accorcia il testo, oppure mettilo in un documento e scrivi qui dove si trova.";

/// What to do with a number where a text is wanted.
const AS_TEXT: &str =
    "Scrivilo come testo, con un apostrofo davanti, se è un codice, oppure scrivi il testo giusto.";

/// Judges every entry, then notes, evidence and sign-off for their length.
pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::findings(
        context,
        ledger,
        &V14,
        |_| true,
        |item| {
            let EntryState::Wrong(fault) = &item.entry.state else { return None };
            let (expected, what) = words(fault, &item.entry.raw)?;
            let finding = item.finding(context, &V14, &expected, &what);
            Some(match (fault, item.kind()) {
                (Fault::TooLong, _) => Finding { remedy: SHORTER.to_owned(), ..finding },
                (Fault::TooGreat, VoceType::Testo) => Finding { remedy: AS_TEXT.to_owned(), ..finding },
                _ => finding,
            })
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
    let base = Finding { remedy: SHORTER.to_owned(), ..at(about_submission(&V14, submission), place) };
    let what = format!("nella cella c'è {seen}, che non è stato letto: {}", holds());
    told(facts(base, seen, at_most()), &format!("Foglio {}", quoted(&place.sheet)), &what)
}
