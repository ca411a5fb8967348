//! F22: the workbook came in a signed envelope; the signature is not verified.

use super::sent::workbooks;
use crate::check::rules::F22;
use crate::check::{Context, Ledger};
use crate::model::count;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    workbooks(context, ledger, &F22, |submission| {
        let Some(envelope) = &submission.traits.book.envelope else { return Ok(None) };
        let how = match envelope.layers {
            1 => "in una busta firmata".to_owned(),
            layers => format!(
                "in {}, una dentro l'altra",
                count(usize::from(layers), "busta firmata", "buste firmate")
            ),
        };
        let what = format!(
            "la cartella di lavoro è arrivata {how} (.p7m) ed è stata letta; la firma non è stata verificata"
        );
        Ok(Some(super::sent::finding(&F22, submission, &how, "una firma verificata a parte", &what)))
    });
}
