//! Why a workbook could not be composed.

use std::fmt;

use rust_xlsxwriter::XlsxError;

use crate::model::{CellRef, Number};
use crate::package::Flaw;

/// Why a workbook could not be composed.
#[derive(Debug)]
pub enum WriteError {
    /// The plan has no such office.
    UnknownOffice(String),
    /// A value was given for a cell that this office's workbook does not have.
    UnknownInput(String),
    /// The library refused something: a text too long, a wrong sheet name.
    Library(XlsxError),
    /// A sheet would have more rows than Excel has: its name, and how many.
    TooLong(&'static str, usize),
    /// The parts of the workbook could not be put together.
    Package(String),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::UnknownOffice(id) => {
                write!(f, "Il piano non ha un ufficio «{id}»: controlla il nome con `schede piano`.")
            }
            WriteError::UnknownInput(key) => {
                write!(f, "La cartella di questo ufficio non ha la casella {key}: controlla la chiave.")
            }
            WriteError::TooLong(sheet, rows) => write!(
                f,
                "Il foglio «{sheet}» avrebbe {} righe, e un foglio di Excel ne ha {}: dividi il piano, per esempio per sedi, e consolida ogni parte per conto suo.",
                Number::from(*rows).to_italian(0),
                Number::from(CellRef::ROWS as usize).to_italian(0)
            ),
            WriteError::Library(error) => write!(f, "Non riesco a comporre la cartella di lavoro: {error}."),
            WriteError::Package(error) => write!(f, "Non riesco a comporre la cartella di lavoro: {error}."),
        }
    }
}

impl std::error::Error for WriteError {}

impl From<Flaw> for WriteError {
    fn from(flaw: Flaw) -> Self {
        WriteError::Package(flaw.words())
    }
}

impl From<XlsxError> for WriteError {
    fn from(error: XlsxError) -> Self {
        WriteError::Library(error)
    }
}

#[cfg(test)]
mod tests {
    use super::WriteError;

    #[test]
    fn a_sheet_too_long_is_told_in_the_words_of_who_can_do_something() {
        let told = WriteError::TooLong("Dati", 1_100_000).to_string();
        assert!(told.starts_with("Il foglio «Dati» avrebbe 1.100.000 righe"), "{told}");
        assert!(told.contains("ne ha 1.048.576"), "{told}");
    }
}
