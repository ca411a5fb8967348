//! C20: a text as long as a program's limit: its end may be lost.

use crate::check::rules::C20;
use crate::check::say::{about_submission, at, facts, told};
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::excel::bounds::CELL_TEXT;
use crate::interpret::{Submission, TextCell};
use crate::model::{Finding, IndicatorCode, VoceType};

/// The longest text that older programs hand on.
const OLD: usize = 255;

/// Judges the texts of the registers, the notes and the evidence.
pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let applies = |item: &walk::Item<'_>| item.kind() == VoceType::Testo;
    walk::entries(context, ledger, &C20, applies, |item| {
        item.value().and_then(|_| cut(&item.entry.raw)).map(|what| ("un testo intero".to_owned(), what))
    });
    for submission in context.submissions {
        let notes = submission.notes.iter().map(|(code, cell)| (code, cell, "nota"));
        let evidence = submission.evidence.iter().map(|(code, cell)| (code, cell, "fonte"));
        for (code, cell, which) in notes.chain(evidence) {
            if ledger.skip_blocked(&C20, cell.at) {
                continue;
            }
            match cut(&cell.text) {
                Some(what) => ledger.fail(finding(context, submission, code, cell, which, &what)),
                None => ledger.pass(&C20),
            }
        }
    }
}

/// What is said of a text whose length is a limit; Excel counts a sign outside the basic plane twice.
fn cut(text: &str) -> Option<String> {
    let length = text.encode_utf16().count();
    if length == OLD {
        Some("il testo è lungo esattamente 255 caratteri, il limite oltre il quale molti programmi lo tagliano".to_owned())
    } else if length >= CELL_TEXT {
        Some("il testo riempie la cella: Excel non ne ammette uno più lungo di 32.767 caratteri".to_owned())
    } else {
        None
    }
}

fn finding(
    context: &Context<'_>,
    submission: &Submission,
    code: &IndicatorCode,
    cell: &TextCell,
    which: &str,
    what: &str,
) -> Finding {
    let scheda = context.plan.indicator(code).map(|indicator| indicator.scheda);
    let place = match scheda {
        Some(scheda) => format!("Scheda {scheda}, {which} dell'indicatore {code}"),
        None => format!("{which} dell'indicatore {code}"),
    };
    let base = Finding { scheda, indicator: Some(code.clone()), ..about_submission(&C20, submission) };
    let length = format!("{} caratteri", cell.text.encode_utf16().count());
    told(facts(at(base, &cell.place), length, "un testo intero"), &place, what)
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn only_the_exact_limits_are_suspect() {
        for (length, suspect) in [(254, false), (255, true), (256, false), (32_766, false), (32_767, true)] {
            assert_eq!(cut(&"à".repeat(length)).is_some(), suspect, "{length}");
        }
    }
}
