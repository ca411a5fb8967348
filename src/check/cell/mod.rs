//! Each cell alone: the right kind of value, read without guessing.

mod ambiguous_number;
mod cut_text;
mod date_for_number;
mod dates_from_1904;
mod decimals_in_count;
mod negative;
mod not_a_date;
mod not_a_number;
mod not_in_list;
mod number_with_remark;
pub(super) mod other_workbook;
mod out_of_measure;
mod overgrown_sheet;
mod partly_struck;
mod percent_scale;
mod placeholder;
mod sentinel;
mod serial_for_number;
mod struck_or_unseen;

use super::walk::Item;
use crate::model::VoceType;

checks! {
    Cella:
    C01 not_a_number,
    C03 ambiguous_number,
    C05 percent_scale,
    C06 decimals_in_count,
    C07 negative,
    C08 not_a_date,
    C10 date_for_number,
    C11 dates_from_1904,
    C15 placeholder,
    C16 number_with_remark,
    C18 other_workbook,
    C20 cut_text,
    C21 not_in_list,
    C23 overgrown_sheet,
    C24 partly_struck,
    C25 struck_or_unseen,
    C26 serial_for_number,
    V07 sentinel,
    V14 out_of_measure,
}

/// What is wanted in the cell, in words: `un numero intero`.
pub(super) fn wanted(item: &Item<'_>) -> &'static str {
    if item.completeness {
        return "il numero di un mese, da 1 a 12";
    }
    match item.kind() {
        VoceType::Conteggio => "un numero intero",
        VoceType::Ore => "un numero di ore",
        VoceType::Giorni => "un numero di giorni",
        VoceType::GiorniLavorativi => "un numero di giorni lavorativi",
        VoceType::Data => "una data",
        VoceType::SiNo => "Sì o No",
        VoceType::Percentuale => "una percentuale",
        VoceType::Testo => "un testo",
        VoceType::Importo => "un importo in euro con al massimo due decimali",
        VoceType::Numero => "un numero",
        VoceType::Minuti => "un numero di minuti",
    }
}
