//! Input cells: what is typed in them, what Excel lets in, what it says to the clerk.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DataValidation, DataValidationRule, Format, Formula, XlsxError};

use super::canvas::Canvas;
use super::fill::FillValue;
use crate::excel::serial_of;
use crate::model::{CellRef, Number, VoceType, date_it};
use crate::plan::Voce;

/// Longest message that Excel shows beside a cell.
const MESSAGE: usize = 255;

/// Types `value` in a cell.
pub(super) fn put(
    sheet: &mut dyn Canvas,
    cell: CellRef,
    value: &FillValue,
    format: &Format,
) -> Result<(), XlsxError> {
    let CellRef { row, col } = cell;
    match value {
        FillValue::Number(number) => sheet.number(row, col, *number, Some(format)),
        FillValue::Date(date) => {
            sheet.number(row, col, Number::from(serial_of(*date)).to_f64(), Some(format))
        }
        FillValue::Text(text) => sheet.text(row, col, text, Some(format)),
        FillValue::Blank => sheet.blank(row, col, format),
    }
}

/// What Excel lets in the cells of a voce, `cell` being the first of them; of `days`, the numbers that only a date taken
/// for a number can be, none.
pub(super) fn validation(
    voce: &Voce,
    kind: VoceType,
    cell: &str,
    guide: &str,
    days: Option<&RangeInclusive<i64>>,
) -> Result<DataValidation, XlsxError> {
    let rule = DataValidation::new();
    let rule = match kind {
        VoceType::SiNo => rule.allow_list_strings(&["Sì", "No", "n.a."])?,
        VoceType::Testo => rule.allow_any_value(),
        _ => rule.allow_custom(Formula::new(condition(voce, kind, cell, days))),
    };
    let wanted = wanted(voce, kind);
    let rule = rule
        .set_input_title(title(kind))?
        .set_input_message(shortened(&help(kind, guide, &wanted)))?
        .set_error_title("Valore non ammesso")?;
    let dates = days.map_or_else(String::new, |days| {
        format!(" Un numero fra {} e {} è una data diventata un numero.", days.start(), days.end())
    });
    rule.set_error_message(shortened(&format!(
        "{wanted}{dates} Se la voce non riguarda il tuo ufficio scrivi n.a. e spiega perché nella nota; se il dato non \
         c'è ancora lascia vuoto."
    )))
}

/// The declaration of a register: a whole number from 1 to 12.
pub(super) fn month_validation() -> Result<DataValidation, XlsxError> {
    DataValidation::new()
        .allow_whole_number(DataValidationRule::Between(1, 12))
        .set_input_title("Numero del mese (1-12)")?
        .set_input_message(
            "Scrivi il numero dell'ultimo mese per cui il registro è completo: 6 = fino a giugno. Scrivilo anche \
             se non c'è stato nessun evento: il registro vuoto e completo vale zero.",
        )?
        .set_error_title("Mese non ammesso")?
        .set_error_message("Qui serve il numero di un mese, da 1 (gennaio) a 12 (dicembre).")
}

/// A free text, with its help.
pub(super) fn text_validation(title: &str, message: &str) -> Result<DataValidation, XlsxError> {
    DataValidation::new().allow_any_value().set_input_title(title)?.set_input_message(shortened(message))
}

fn condition(voce: &Voce, kind: VoceType, cell: &str, days: Option<&RangeInclusive<i64>>) -> String {
    let mut all = vec![format!("ISNUMBER({cell})")];
    match kind {
        VoceType::Data => {
            let bound = |date: NaiveDate| format!("DATE({},{},{})", date.year(), date.month(), date.day());
            let (from, to) = voce.period;
            all.extend([format!("{cell}>={}", bound(from)), format!("{cell}<={}", bound(to))]);
            all.push(format!("{cell}=INT({cell})"));
        }
        _ => {
            let zero = (!voce.free_sign).then(|| "0".to_owned());
            let low = voce.min.as_ref().map(|min| min.to_plain()).or(zero);
            all.extend(low.map(|low| format!("{cell}>={low}")));
            let high = voce.max.as_ref().map(|max| max.to_plain());
            if let Some(high) = high.or((kind == VoceType::Percentuale).then(|| "1".to_owned())) {
                all.push(format!("{cell}<={high}"));
            }
            match kind.most_decimals() {
                Some(0) => all.push(format!("{cell}=INT({cell})")),
                Some(decimals) => all.push(format!("{cell}=ROUND({cell},{decimals})")),
                None => {}
            }
            if let Some(days) = days {
                let (first, last) = days.clone().into_inner();
                all.push(format!("OR({cell}<{first},{cell}>{last},{cell}<>INT({cell}))"));
            }
        }
    }
    let condition = all.join(",");
    // With a text in the cell a number cannot be taken from it: the text is settled first.
    format!("=IF(ISNUMBER({cell}),AND({condition}),{cell}=\"n.a.\")")
}

fn title(kind: VoceType) -> &'static str {
    match kind {
        VoceType::Conteggio => "Numero intero",
        VoceType::Ore => "Ore",
        VoceType::Giorni => "Giorni",
        VoceType::GiorniLavorativi => "Giorni lavorativi",
        VoceType::Data => "Data (giorno/mese/anno)",
        VoceType::SiNo => "Sì oppure No",
        VoceType::Percentuale => "Percentuale",
        VoceType::Testo => "Testo",
        VoceType::Importo => "Importo in euro",
        VoceType::Numero => "Numero",
        VoceType::Minuti => "Minuti",
    }
}

/// What is wanted, with its bounds.
fn wanted(voce: &Voce, kind: VoceType) -> String {
    let bounds = match (&voce.min, &voce.max) {
        (Some(min), Some(max)) => format!("fra {} e {}", min.to_italian(4), max.to_italian(4)),
        (None, Some(max)) if voce.free_sign => format!("non maggiore di {}", max.to_italian(4)),
        (None, None) if voce.free_sign => "anche negativo".to_owned(),
        (None, Some(max)) => format!("fra 0 e {}", max.to_italian(4)),
        (Some(min), None) => format!("non minore di {}", min.to_italian(4)),
        (None, None) => "da zero in su".to_owned(),
    };
    match kind {
        VoceType::Conteggio => format!("Qui serve un numero intero {bounds}, per esempio 12."),
        VoceType::Ore => format!("Qui servono le ore, un numero {bounds}, per esempio 7,5."),
        VoceType::Giorni => format!("Qui servono i giorni, un numero {bounds}, per esempio 30."),
        VoceType::GiorniLavorativi => {
            format!("Qui servono i giorni lavorativi, un numero {bounds}, per esempio 3.")
        }
        VoceType::Data => {
            let (from, to) = voce.period;
            format!(
                "Qui serve una data fra il {} e il {}, per esempio {}.",
                date_it(from),
                date_it(to),
                date_it(from)
            )
        }
        VoceType::SiNo => "Qui serve Sì oppure No: sceglilo dall'elenco.".to_owned(),
        VoceType::Percentuale => "Qui serve una percentuale fra 0% e 100%, per esempio 15%.".to_owned(),
        VoceType::Testo => "Qui serve un testo.".to_owned(),
        VoceType::Importo => {
            format!(
                "Qui serve un importo in euro {bounds}, con al massimo due decimali, per esempio 1.234,50."
            )
        }
        VoceType::Numero => format!("Qui serve un numero {bounds}, per esempio 12,5."),
        VoceType::Minuti => format!("Qui servono i minuti, un numero {bounds}, per esempio 15."),
    }
}

fn help(kind: VoceType, guide: &str, wanted: &str) -> String {
    let closing = match kind {
        VoceType::Testo => "",
        VoceType::Data | VoceType::SiNo => "Vuoto = non ancora; n.a. = non riguarda l'ufficio.",
        _ => "Zero si scrive 0; vuoto = dato non comunicato; n.a. = non riguarda l'ufficio.",
    };
    let opening = if guide.trim().is_empty() { wanted } else { guide.trim() };
    [opening, closing].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Cut at the longest message that Excel admits, at the end of a word.
fn shortened(text: &str) -> String {
    if text.chars().count() <= MESSAGE {
        return text.to_owned();
    }
    let head: String = text.chars().take(MESSAGE - 1).collect();
    let whole = head.rsplit_once(' ').map_or(head.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use super::{condition, shortened};
    use crate::model::VoceKey;
    use crate::plan::{DEFAULT_PLAN, read_plan};

    #[test]
    fn a_number_that_only_a_date_can_be_is_refused_where_the_plan_says_so() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        let rule = |key: &str| {
            let (_, voce) = plan.voce(&VoceKey::from_text(key)).unwrap();
            condition(voce, voce.kind, "E25", plan.days_beyond(voce).as_ref())
        };
        assert_eq!(
            rule("S03.prodotti"),
            "=IF(ISNUMBER(E25),AND(ISNUMBER(E25),E25>=0,E25=INT(E25),OR(E25<43101,E25>44196,E25<>INT(E25))),E25=\"n.a.\")"
        );
        assert!(!rule("S11.istanze_evase").contains("43101"), "the plan does not say how many they may be");
    }

    #[test]
    fn messages_fit_and_end_at_a_word() {
        assert_eq!(shortened("breve"), "breve");
        let long = "parola ".repeat(60);
        let cut = shortened(&long);
        assert!(cut.chars().count() <= 255);
        assert!(cut.ends_with("parola…"), "{cut}");
    }
}
