//! Why a workbook could not be composed.

use std::fmt;

use rust_xlsxwriter::XlsxError;

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
