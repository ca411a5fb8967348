//! F17: the file was saved again after the sign-off.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::sent::workbooks;
use crate::check::rules::F17;
use crate::check::{Context, Ledger, say};
use crate::model::{date_it, quoted};
use crate::read::BookTraits;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    workbooks(context, ledger, &F17, |submission| {
        let Some(signed) = submission.sign_off_of(context.signs(submission)).date else {
            return Err("manca la data della conferma".to_owned());
        };
        let Ok(day) = NaiveDate::parse_from_str(&signed.text, "%d/%m/%Y") else {
            return Err("la data della conferma non si legge".to_owned());
        };
        let Some(saved) = saved(&submission.traits.book, context.plan.year) else {
            return Err("il file non dice quando è stato salvato".to_owned());
        };
        if saved <= day {
            return Ok(None);
        }
        let what = format!(
            "i dati sono confermati il {}, il file è stato salvato il {}",
            date_it(day),
            date_it(saved)
        );
        let base = say::at(say::about_submission(&F17, submission), &signed.place);
        let base = say::facts(base, saved.to_string(), format!("non dopo il {day}"));
        Ok(Some(say::told(base, &format!("File {}", quoted(&submission.file)), &what)))
    });
}

/// The day of the last saving, when it can be believed: well formed, after the file was created, and not so
/// late that the file was only opened again from an archive.
fn saved(book: &BookTraits, year: i32) -> Option<NaiveDate> {
    let time = |text: &Option<String>| {
        let text = text.as_deref()?.trim_end_matches('Z');
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()
    };
    let (created, modified) = (time(&book.created)?, time(&book.modified)?);
    (modified > created && modified.year() <= year + 1).then(|| modified.date())
}

#[cfg(test)]
mod tests {
    use super::saved;
    use crate::read::BookTraits;

    fn believed(created: &str, modified: &str) -> Option<String> {
        let (created, modified) = (Some(created.to_owned()), Some(modified.to_owned()));
        let book = BookTraits { created, modified, ..BookTraits::default() };
        saved(&book, 2019).map(|date| date.to_string())
    }

    #[test]
    fn a_date_is_believed_only_when_a_program_has_set_it() {
        let new_year = "2019-01-01T00:00:00Z";
        assert_eq!(believed(new_year, "2019-07-09T08:30:00Z").as_deref(), Some("2019-07-09"));
        assert_eq!(believed(new_year, new_year), None);
        assert_eq!(believed(new_year, "9 luglio"), None);
        assert_eq!(believed("2019-08-01T00:00:00Z", "2019-07-09T08:30:00Z"), None);
        assert_eq!(believed(new_year, "2026-07-09T08:30:00Z"), None);
    }
}
