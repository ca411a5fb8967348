//! What is wanted in the place of a wrong value.

use crate::check::walk::Item;
use crate::model::VoceType;

/// What is wanted in the cell, in words: `un numero intero`.
pub(in crate::check) fn wanted(item: &Item<'_>) -> &'static str {
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
