//! F04: a lock file or a temporary copy; ignored.

use crate::check::rules::F04;
use crate::check::walk::file_finding;
use crate::check::{Fate, Received};
use crate::model::Finding;
use crate::read::Refusal;

pub(super) fn judge(file: &Received) -> Option<Finding> {
    let Fate::Refused(Refusal::Temporary) = &file.fate else { return None };
    let seen = seen(&file.name);
    let what = format!("è {seen} e non è stato considerato");
    let finding = file_finding(&F04, file, seen, "il file dell'ufficio", &what);
    Some(match lock(&file.name) {
        true => finding,
        false => Finding { remedy: "Nulla da fare.".to_owned(), ..finding },
    })
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
