//! Each cell alone: the right kind of value, read without guessing.

mod ambiguous_number;
mod cut_text;
mod date_as_text;
mod date_for_number;
mod date_with_time;
mod decimals_in_count;
mod duration;
mod formula;
mod negative;
mod not_a_date;
mod not_a_number;
mod not_in_list;
mod number_as_text;
mod number_with_remark;
mod number_with_unit;
mod other_workbook;
mod other_yes_no;
mod percent_scale;
mod placeholder;
mod sentinel;
mod stray_signs;

use super::walk::Item;
use crate::model::VoceType;

checks! {
    Cella:
    C01 not_a_number,
    C02 number_as_text,
    C03 ambiguous_number,
    C04 number_with_unit,
    C05 percent_scale,
    C06 decimals_in_count,
    C07 negative,
    C08 not_a_date,
    C09 date_as_text,
    C10 date_for_number,
    C12 duration,
    C13 date_with_time,
    C14 stray_signs,
    C15 placeholder,
    C16 number_with_remark,
    C17 formula,
    C18 other_workbook,
    C20 cut_text,
    C21 not_in_list,
    C22 other_yes_no,
    V07 sentinel,
}

/// What is wanted in the cell, in words: `un numero intero`.
fn wanted(item: &Item<'_>) -> &'static str {
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
