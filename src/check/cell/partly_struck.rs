//! C24: a value with pieces beside it that are struck out, raised or not to be seen.

use crate::check::counting::left_out;
use crate::check::rules::C24;
use crate::check::say::{about_submission, at, facts, told};
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::interpret::{EntryState, Mark, Submission, Writing};
use crate::model::{Finding, Place, Severity, join_it, quoted};

/// Judges every entry, then notes, evidence and sign-off, where such a piece decides nothing.
pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::entries(
        context,
        ledger,
        &C24,
        |_| true,
        |item| {
            let writing = item.submission.traits.written.get(&item.entry.place)?;
            let judged = !matches!(item.entry.state, EntryState::Wrong(_) | EntryState::Lost);
            let seen = match &item.entry.normalised {
                Some(read) => format!("è stato letto {}{}", quoted(&read.taken), left_out(item)),
                None => "il resto è stato letto".to_owned(),
            };
            let pieces = pieces(writing).filter(|_| judged)?;
            Some(("il solo valore".to_owned(), format!("{pieces}: {seen}")))
        },
    );
    for submission in context.submissions {
        for place in submission.text_places.values() {
            let writing = submission.traits.written.get(place);
            match writing.and_then(pieces) {
                Some(pieces) => ledger.fail(of_a_text(submission, place, &pieces)),
                None => ledger.pass(&C24),
            }
        }
    }
}

/// The pieces left out, in words: `«1» è barrato`.
fn pieces(writing: &Writing) -> Option<String> {
    let told = |(mark, text): &(Mark, String)| match mark {
        Mark::Unseen | Mark::Format | Mark::Conditional => format!("{} non si vede", quoted(text)),
        mark => format!("{} è {}", quoted(text), mark.label()),
    };
    let words: Vec<String> = writing.left_out.iter().take(NAMED).map(told).collect();
    let more = writing.left_out.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| format!("altre {more} parti anche"));
    let words: Vec<String> = words.into_iter().chain(more).collect();
    (!words.is_empty()).then(|| join_it(&words))
}

/// Pieces named in a sentence.
const NAMED: usize = 6;

fn of_a_text(submission: &Submission, place: &Place, pieces: &str) -> Finding {
    let base = Finding { severity: Severity::Nota, ..at(about_submission(&C24, submission), place) };
    let what = format!("{pieces}: il testo è stato letto senza");
    told(facts(base, pieces, "il solo testo"), &format!("Foglio {}", quoted(&place.sheet)), &what)
}
