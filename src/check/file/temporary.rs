//! F04: a lock file or a temporary copy; ignored.

use crate::check::walk::{self, file_finding};
use crate::check::{Context, Fate, Ledger};
use crate::model::{Finding, Rule, Severity};
use crate::read::Refusal;

pub(super) const RULE: Rule = Rule {
    code: "F04",
    name: "File temporaneo o di sistema",
    severity: Severity::Nota,
    why: "Lo crea da sé il computer: non contiene i dati di un ufficio.",
    remedy: "Nulla da fare; se il file vero è ancora aperto in Excel, salvalo e chiudilo.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::files(context, ledger, &RULE, 0, |file| {
        (file.fate == Fate::Refused(Refusal::Temporary)).then(|| {
            let seen = seen(&file.name);
            let what = format!("è {seen} e non è stato considerato");
            let finding = file_finding(&RULE, file, seen, "il file dell'ufficio", &what);
            match lock(&file.name) {
                true => finding,
                false => Finding { remedy: "Nulla da fare.".to_owned(), ..finding },
            }
        })
    });
}

/// A lock file, that stands beside a workbook while it is open.
fn lock(name: &str) -> bool {
    name.starts_with("~$") || name.starts_with(".~")
}

fn seen(name: &str) -> &'static str {
    match name.to_lowercase().as_str() {
        ".ds_store" => "un file di servizio del Mac",
        "thumbs.db" | "desktop.ini" => "un file di servizio di Windows",
        _ if name.starts_with("~$") => "un file temporaneo di Excel",
        _ if lock(name) => "un file temporaneo di LibreOffice",
        _ => "un file nascosto",
    }
}

#[cfg(test)]
mod tests {
    use super::seen;

    #[test]
    fn a_file_of_the_system_is_not_called_an_excel_copy() {
        assert_eq!(seen("~$schede-2019-urp.xlsx"), "un file temporaneo di Excel");
        assert_eq!(seen(".~lock.schede-2019-urp.xlsx#"), "un file temporaneo di LibreOffice");
        assert_eq!(seen(".DS_Store"), "un file di servizio del Mac");
        assert_eq!(seen("Thumbs.db"), "un file di servizio di Windows");
        assert_eq!(seen(".bozza.xlsx"), "un file nascosto");
    }
}
