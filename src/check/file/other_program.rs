//! F16: the file was saved by another program than Excel.

use super::sent::{Judged, finding};
use crate::check::rules::F16;
use crate::interpret::Submission;
use crate::model::quoted;
use crate::read::BookTraits;

pub(super) fn judge(submission: &Submission) -> Judged {
    let book = &submission.traits.book;
    let program = other_program(book);
    if book.open_document {
        let by = program
            .as_deref()
            .map(|program| format!(", salvato con {}", quoted(program)))
            .unwrap_or_default();
        let what = format!("il file è in formato .ods{by}");
        let found = program.as_deref().unwrap_or("ods");
        return Ok(Some(finding(&F16, submission, found, "Microsoft Excel, in formato .xlsx", &what)));
    }
    let Some(program) = program else { return Ok(None) };
    let what = format!("il file è stato salvato con {}", quoted(&program));
    Ok(Some(finding(&F16, submission, &program, "Microsoft Excel", &what)))
}

/// The name of the program, when it says a name and it is not Excel's.
fn other_program(book: &BookTraits) -> Option<String> {
    let name = book.application.as_deref()?.trim();
    let lower = name.to_lowercase();
    let excel = lower.starts_with("microsoft") && lower.contains("excel") && !lower.contains("compatible");
    let version = book.app_version.as_deref().unwrap_or_default();
    let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    match (excel, major) {
        // Programs that borrow Excel's name keep their own, lower, number.
        (true, Some(major)) if major < 9 => Some(format!("{name} {version}")),
        (true, _) => None,
        (false, _) => Some(book.program()).filter(|program| !program.is_empty()),
    }
}

#[cfg(test)]
mod tests {
    use super::other_program;
    use crate::read::BookTraits;

    fn program(application: &str, version: &str) -> Option<String> {
        let (application, app_version) = (Some(application.to_owned()), Some(version.to_owned()));
        other_program(&BookTraits { application, app_version, ..BookTraits::default() })
    }

    #[test]
    fn excel_is_told_from_who_borrows_its_name() {
        assert_eq!(program("Microsoft Excel", "16.0300"), None);
        assert_eq!(program("Microsoft Macintosh Excel", "16.0300"), None);
        assert_eq!(program("Microsoft Excel", "3.1").as_deref(), Some("Microsoft Excel 3.1"));
        assert_eq!(program("MicrosoftOffice/16.0 MicrosoftExcel/16.0", ""), None);
        let named = program("LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/40$Build-2", "15.0000");
        assert_eq!(named.as_deref(), Some("LibreOffice 7.4.7.2"));
        assert!(program("Microsoft Excel Compatible / Openpyxl 3.1.5", "3.1").is_some());
        assert_eq!(other_program(&BookTraits::default()), None);
    }
}
