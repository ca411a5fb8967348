//! F08: the workbook of another office, or of one that the plan does not know.

use crate::check::walk::{self, file_finding};
use crate::check::{Context, Fate, Ledger, Received};
use crate::model::{Finding, OfficeId, Rule, Severity, quoted};
use crate::plan::Plan;

pub(super) const RULE: Rule = Rule {
    code: "F08",
    name: "Ufficio diverso da quello atteso",
    severity: Severity::Errore,
    why: "I valori finirebbero sotto un altro ufficio: finché non si chiarisce, il file non conta.",
    remedy: "Compila il file del tuo ufficio e invia quello, oppure correggi il nome del file se il contenuto è giusto.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::files(context, ledger, &RULE, 4, |file| match &file.fate {
        Fate::UnknownOffice(office, nearest) => Some(unknown(context.plan, file, office, nearest.as_ref())),
        Fate::Accepted => misnamed(context.plan, file),
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
    let finding = file_finding(&RULE, file, office, "un ufficio del piano", &what);
    Finding { remedy: remedy.to_owned(), ..finding }
}

/// A file named after one office that holds another office's workbook.
fn misnamed(plan: &Plan, file: &Received) -> Option<Finding> {
    let inside = file.office.as_ref()?;
    let other = named_office(plan, &file.name).filter(|other| *other != inside)?;
    let what =
        format!("il nome dice {}, ma il contenuto è il file di {}", named(plan, other), named(plan, inside));
    Some(file_finding(&RULE, file, inside.as_str(), other.as_str(), &what))
}

/// The whole name of an office.
fn named(plan: &Plan, office: &OfficeId) -> String {
    format!("«{}»", plan.office_name(office))
}

/// The office in a name like `schede-2019-metrico (1).xlsx`.
fn named_office<'a>(plan: &'a Plan, name: &str) -> Option<&'a OfficeId> {
    let name = name.to_lowercase();
    let (year, rest) = name.strip_prefix("schede-")?.split_once('-')?;
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let id = rest.get(..end)?;
    plan.offices.iter().map(|office| &office.id).find(|office| office.as_str() == id)
}
