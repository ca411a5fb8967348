//! Each cell alone: the right kind of value, read without guessing.

mod ambiguous_number;
mod date_for_number;
mod decimals_in_count;
mod negative;
mod not_a_date;
mod not_a_number;
mod not_in_list;
mod number_with_remark;
mod placeholder;

use super::walk::Item;
use crate::model::VoceType;

checks! {
    Cella:
    C01 not_a_number,
    C03 ambiguous_number,
    C06 decimals_in_count,
    C07 negative,
    C08 not_a_date,
    C10 date_for_number,
    C15 placeholder,
    C16 number_with_remark,
    C21 not_in_list,
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
    }
}
