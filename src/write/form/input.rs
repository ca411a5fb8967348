//! Input cells: what is typed in them, what Excel lets in, what it says to the clerk.

use std::ops::RangeInclusive;

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, XlsxError};

use super::cells::is_one_of;

use crate::excel::bounds::MESSAGE;
use crate::excel::{Call, Formula, Own, Sign, spelt};
use crate::model::{CellRef, Number, VoceType, date_it};
use crate::plan::{ANSWERS, Domain, MONTHS, NOT_APPLICABLE, NOT_APPLICABLE_WORDS, Numbers};
use crate::write::style;

/// What Excel lets in some cells, the first of them `cell`, and what it says of it.
pub(super) fn validation(
    domain: &Domain<'_>,
    cell: CellRef,
    guide: Option<&str>,
) -> Result<DataValidation, XlsxError> {
    let wanted = wanted(domain);
    let dates = dates(domain).map_or_else(String::new, |days| {
        format!(" Un numero fra {} e {} è una data diventata un numero.", days.start(), days.end())
    });
    let rule = admitted(domain, cell)?;
    // In a row of months the balloon would cover the verdict.
    let rule = match guide {
        Some(guide) => rule
            .set_input_title(title(domain))?
            .set_input_message(shortened(&help(domain, guide, &wanted)))?,
        None => rule,
    };
    rule
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("Controlla il dato")?
        .set_error_message(shortened(&format!(
            "{wanted}{dates} Se la voce non riguarda il tuo ufficio scrivi {NOT_APPLICABLE} e il motivo a destra; \
             se il dato non c'è ancora lascia vuoto."
        )))
}

/// The declaration of a register: the number of a month.
pub(super) fn month_validation(cell: CellRef) -> Result<DataValidation, XlsxError> {
    admitted(&Domain::Month, cell)?
        .set_input_title(title(&Domain::Month))?
        .set_input_message(
            "Scrivi il numero dell'ultimo mese per cui il registro è completo: 6 = fino a giugno. Scrivilo anche \
             se non c'è stato nessun evento: il registro vuoto e completo vale zero.",
        )?
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("Controlla il mese")?
        .set_error_message("Qui serve il numero di un mese, da 1 (gennaio) a 12 (dicembre).")
}

/// A free text, with its help.
pub(super) fn text_validation(title: &str, message: &str) -> Result<DataValidation, XlsxError> {
    DataValidation::new().allow_any_value().set_input_title(title)?.set_input_message(shortened(message))
}

/// What Excel lets in without asking: nothing is always let in.
fn admitted(domain: &Domain<'_>, cell: CellRef) -> Result<DataValidation, XlsxError> {
    let rule = DataValidation::new();
    Ok(match domain {
        Domain::Text => rule.allow_any_value(),
        // The list only helps: whatever hand writes yes is understood, and the verdict speaks of the rest.
        Domain::Answer => {
            let list = rule.allow_list_strings(&[ANSWERS.as_slice(), &[NOT_APPLICABLE]].concat())?;
            list.show_error_message(false)
        }
        Domain::Month | Domain::Day(_) | Domain::Number(_) => rule
            .allow_custom(rust_xlsxwriter::Formula::new(format!("={}", spelt(&condition(domain, cell), "")))),
    })
}

/// What is let in in `cell`: a number within its bounds, or the words for "does not apply".
fn condition(domain: &Domain<'_>, cell: CellRef) -> Formula {
    let typed = Formula::Own(Own { cell, fixed: false });
    let wrong = [broken(domain, &typed), beyond(domain, &typed), day(domain, &typed)];
    let wrong: Vec<Formula> = wrong.into_iter().flatten().collect();
    let sound = if wrong.is_empty() { Formula::Flag(true) } else { Formula::Call(Call::Or, wrong).negated() };
    let text = match domain {
        Domain::Month => Formula::Flag(false),
        _ => is_one_of(&typed, &NOT_APPLICABLE_WORDS),
    };
    // With a text in the cell a number cannot be taken from it: the text is settled first.
    Formula::choose(typed.is_number(), sound, text)
}

/// When a number has more decimals than it may; `None` when it may have any.
pub(super) fn broken(domain: &Domain<'_>, typed: &Formula) -> Option<Formula> {
    let most = match domain {
        Domain::Number(numbers) => numbers.decimals()?,
        Domain::Month | Domain::Day(_) => 0,
        Domain::Answer | Domain::Text => return None,
    };
    Some(typed.clone().signed(Sign::Unlike, rounded(typed.clone(), most)))
}

/// When a number is beyond its bounds; `None` when it has none.
pub(super) fn beyond(domain: &Domain<'_>, typed: &Formula) -> Option<Formula> {
    let (least, most) = match domain {
        Domain::Number(numbers) => {
            (numbers.least().map(Formula::Number), numbers.most().map(Formula::Number))
        }
        Domain::Month => {
            let (first, last) = MONTHS.into_inner();
            (Some(Formula::whole(first.into())), Some(Formula::whole(last.into())))
        }
        Domain::Day(days) => (Some(Formula::date(days.first)), Some(Formula::date(days.last))),
        Domain::Answer | Domain::Text => (None, None),
    };
    let under = least.map(|least| typed.clone().signed(Sign::Under, least));
    let above = most.map(|most| typed.clone().signed(Sign::Above, most));
    let beyond: Vec<Formula> = under.into_iter().chain(above).collect();
    (!beyond.is_empty()).then_some(Formula::Call(Call::Or, beyond))
}

/// When a number can only be a day.
pub(super) fn day(domain: &Domain<'_>, typed: &Formula) -> Option<Formula> {
    let days = dates(domain)?;
    let (first, last) = (Formula::whole(*days.start()), Formula::whole(*days.end()));
    let after = typed.clone().signed(Sign::AtLeast, first);
    let before = typed.clone().signed(Sign::AtMost, last);
    let whole = typed.clone().is(rounded(typed.clone(), 0));
    Some(Formula::call(Call::And, [after, before, whole]))
}

/// A number without its decimals beyond the first `decimals`.
fn rounded(number: Formula, decimals: usize) -> Formula {
    match i64::try_from(decimals) {
        Ok(decimals @ 1..) => Formula::call(Call::Round, [number, Formula::whole(decimals)]),
        _ => Formula::call(Call::Int, [number]),
    }
}

/// The numbers that only a date taken for a number can be.
fn dates<'d>(domain: &'d Domain<'_>) -> Option<&'d RangeInclusive<i64>> {
    match domain {
        Domain::Number(numbers) => numbers.days(),
        _ => None,
    }
}

fn title(domain: &Domain<'_>) -> &'static str {
    match domain {
        Domain::Month => "Numero del mese (1-12)",
        Domain::Day(_) => "Data (giorno/mese/anno)",
        Domain::Answer => "Sì oppure No",
        Domain::Text => "Testo",
        Domain::Number(numbers) => match numbers.kind() {
            VoceType::Conteggio => "Numero intero",
            VoceType::Ore => "Ore",
            VoceType::Giorni => "Giorni",
            VoceType::GiorniLavorativi => "Giorni lavorativi",
            VoceType::Percentuale => "Percentuale",
            VoceType::Importo => "Importo in euro",
            VoceType::Minuti => "Minuti",
            VoceType::Numero | VoceType::Data | VoceType::SiNo | VoceType::Testo => "Numero",
        },
    }
}

/// What is wanted, with its bounds.
pub(super) fn wanted(domain: &Domain<'_>) -> String {
    match domain {
        Domain::Number(numbers) => wanted_number(numbers, domain.wanted()),
        Domain::Day(days) => {
            let (first, last) = (date_it(days.first), date_it(days.last));
            format!("Qui serve {} fra il {first} e il {last}, per esempio {first}.", domain.wanted())
        }
        Domain::Answer => "Qui serve Sì oppure No: sceglilo dall'elenco.".to_owned(),
        Domain::Month | Domain::Text => format!("Qui serve {}.", domain.wanted()),
    }
}

fn wanted_number(numbers: &Numbers<'_>, what: &str) -> String {
    let bounds = bounds(numbers);
    match numbers.kind() {
        VoceType::Conteggio => format!("Qui serve {what} {bounds}, per esempio 12."),
        VoceType::Ore => format!("Qui servono le ore, un numero {bounds}, per esempio 7,5."),
        VoceType::Giorni => format!("Qui servono i giorni, un numero {bounds}, per esempio 30."),
        VoceType::GiorniLavorativi => {
            format!("Qui servono i giorni lavorativi, un numero {bounds}, per esempio 3.")
        }
        VoceType::Percentuale => format!("Qui serve {what} {bounds}, per esempio 15%."),
        VoceType::Importo => {
            format!(
                "Qui serve un importo in euro {bounds}, con al massimo due decimali, per esempio 1.234,50."
            )
        }
        VoceType::Minuti => format!("Qui servono i minuti, un numero {bounds}, per esempio 15."),
        VoceType::Numero | VoceType::Data | VoceType::SiNo | VoceType::Testo => {
            format!("Qui serve {what} {bounds}, per esempio 12,5.")
        }
    }
}

/// Between which ends, in words.
fn bounds(numbers: &Numbers<'_>) -> String {
    let share = numbers.kind() == VoceType::Percentuale;
    let show = |number: &Number| match share {
        true => format!("{}%", (number.clone() * &Number::from(100_i64)).to_italian(4)),
        false => number.to_italian(4),
    };
    match (numbers.low(), numbers.least(), numbers.most()) {
        (_, Some(least), Some(most)) => format!("fra {} e {}", show(&least), show(&most)),
        (_, None, Some(most)) => format!("non maggiore di {}", show(&most)),
        (Some(low), _, None) => format!("non minore di {}", show(low)),
        (None, Some(_), None) => "da zero in su".to_owned(),
        (None, None, None) => "anche negativo".to_owned(),
    }
}

fn help(domain: &Domain<'_>, guide: &str, wanted: &str) -> String {
    let closing = match domain {
        Domain::Text => "",
        Domain::Day(_) | Domain::Answer => "Vuoto = non ancora; n.a. = non riguarda l'ufficio.",
        Domain::Month | Domain::Number(_) => {
            "Zero si scrive 0; vuoto = dato non comunicato; n.a. = non riguarda l'ufficio."
        }
    };
    let opening = if guide.trim().is_empty() { wanted } else { guide.trim() };
    [opening, closing].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Cut at the longest message that Excel admits, at the end of a word.
fn shortened(text: &str) -> String {
    style::cut(text, MESSAGE)
}

#[cfg(test)]
mod tests {
    use super::{condition, shortened};
    use crate::excel::spelt;
    use crate::model::{CellRef, VoceKey};
    use crate::plan::{DEFAULT_PLAN, read_plan};

    #[test]
    fn a_number_that_only_a_date_can_be_is_refused_where_the_plan_says_so() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        let rule = |key: &str| {
            let (_, voce) = plan.voce(&VoceKey::from_text(key)).unwrap();
            let domain = voce.domain(None).without_days(plan.days_beyond(voce));
            spelt(&condition(&domain, CellRef::parse("E25").unwrap()), "")
        };
        assert_eq!(
            rule("S03.prodotti"),
            "IF(ISNUMBER(E25),NOT(OR(E25<>INT(E25),OR(E25<0),AND(E25>=43101,E25<=44196,E25=INT(E25)))),\
             OR(TRIM(E25)=\"n.a.\",TRIM(E25)=\"n. a.\",TRIM(E25)=\"n.a\",TRIM(E25)=\"na\",TRIM(E25)=\"n/a\",\
             TRIM(E25)=\"non applicabile\",TRIM(E25)=\"non si applica\"))"
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
