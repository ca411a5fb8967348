//! F08: the workbook of another office, or of one that the plan does not know.

use crate::check::rules::F08;
use crate::check::walk::{self, file_finding};
use crate::check::{Context, Fate, Ledger, Received};
use crate::interpret::named_otherwise;
use crate::model::{Finding, OfficeId, quoted};
use crate::plan::Plan;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::files(context, ledger, &F08, 4, |file| match &file.fate {
        Fate::UnknownOffice(office, nearest) => Some(unknown(context.plan, file, office, nearest.as_ref())),
        Fate::Accepted => misnamed(context.plan, file),
        Fate::Misnamed(_) => misnamed(context.plan, file).map(beside_its_own),
        _ => None,
    });
}

fn unknown(plan: &Plan, file: &Received, office: &str, nearest: Option<&OfficeId>) -> Finding {
    let mut what = format!("il file è dell'ufficio {}, che nel piano non c'è", quoted(office));
    if let Some(nearest) = nearest {
        what.push_str(&format!("; il più simile è {}", named(plan, nearest)));
    }
    let remedy =
        "Compila il file di un ufficio del piano e invia quello, oppure aggiungi l'ufficio al piano.";
    let finding = file_finding(&F08, file, office, "un ufficio del piano", &what);
    Finding { remedy: remedy.to_owned(), ..finding }
}

/// A file named after one office that holds another office's workbook.
fn misnamed(plan: &Plan, file: &Received) -> Option<Finding> {
    let (inside, other) = (file.office.as_ref()?, named_otherwise(plan, file)?);
    let what =
        format!("il nome dice {}, ma il contenuto è il file di {}", named(plan, other), named(plan, inside));
    Some(file_finding(&F08, file, inside.as_str(), other.as_str(), &what))
}

/// The office inside has a file of its own, which counts.
fn beside_its_own(finding: Finding) -> Finding {
    let remedy = "Chiedi all'ufficio del nome di compilare e inviare il suo file: quello dell'altro ufficio c'è già e conta.";
    Finding { remedy: remedy.to_owned(), ..finding }
}

/// The whole name of an office.
fn named(plan: &Plan, office: &OfficeId) -> String {
    format!("«{}»", plan.office_name(office))
}
