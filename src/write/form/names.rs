//! The names that the workbook gives to its cells: what one sheet asks of another goes by a name, so that
//! rows put in or taken out there change no formula here.

use std::sync::Arc;

use crate::excel::Formula;
use crate::model::VoceKey;

/// The number of the chosen month, 0 while none is.
pub(super) const MONTH: &str = "mese_scelto";
/// The month up to which entries count: the chosen one, December while none is.
pub(super) const UP_TO: &str = "conta_fino_a";
/// The last day of the chosen month, 0 while none is.
pub(super) const LAST_DAY: &str = "fine_mese_scelto";
/// The name of the chosen month, with a capital.
pub(super) const MONTH_NAME: &str = "nome_mese";

/// What the sheet of a scheda sums up, in the order of its hidden columns.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sum {
    Due,
    Have,
    Gaps,
    Wrong,
    Owed,
}

impl Sum {
    /// Its name in the sheet of a scheda.
    pub(super) fn name(self, scheda: u8) -> String {
        let what = match self {
            Sum::Due => "dovuti",
            Sum::Have => "presenti",
            Sum::Gaps => "mancanti_prima",
            Sum::Wrong => "da_correggere",
            Sum::Owed => "da_spiegare",
        };
        format!("scheda_{scheda}_{what}")
    }
}

/// The month up to which a register is declared complete.
pub(super) fn declared(register: &VoceKey) -> String {
    format!("registro_{}_completo", plain(register))
}

/// What the rows of a register give to a formula, by the place of its column.
pub(super) fn live(register: &VoceKey, place: usize) -> String {
    format!("registro_{}_conta_{}", plain(register), place + 1)
}

/// How many rows of a register are to be put right.
pub(super) fn wrong(register: &VoceKey) -> String {
    format!("registro_{}_da_correggere", plain(register))
}

/// A cell by its name.
pub(super) fn known(name: &str) -> Formula {
    Formula::Known(Arc::from(name))
}

/// Cells by their name.
pub(super) fn many(name: &str) -> Formula {
    Formula::Many(Arc::from(name))
}

fn plain(key: &VoceKey) -> String {
    key.as_str().to_lowercase().replace(|letter: char| !letter.is_ascii_alphanumeric(), "_")
}
