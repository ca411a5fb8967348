//! Each cell alone: the right kind of value, read without guessing.

mod ambiguous_number;
mod cut_text;
mod decimals_in_count;
mod negative;
mod not_a_date;
pub(super) mod other_workbook;
mod out_of_measure;
mod overgrown_sheet;
mod partly_struck;
mod placeholder;
mod sentinel;
mod serial_for_number;
mod struck_or_unseen;
mod wanted;

pub(in crate::check) use wanted::wanted;

use super::rules::C11;
use super::walk::{Item, entries};
use super::{Context, Ledger, say};
use crate::interpret::{EntryState, Fault};
use crate::model::{Number, Value, VoceType, quoted};

// Of entries: which ones; what is wanted and what is said where one is not in order.
checks! {
    Cella:
    C01: entries(of_numbers, not_a_number),
    C03: entries(of_numbers, ambiguous_number::told),
    C05: entries(|item| item.kind() == VoceType::Percentuale, percent_scale),
    C06: decimals_in_count::run,
    C07: negative::run,
    C08: entries(|item| item.kind() == VoceType::Data, not_a_date::told),
    C10: entries(of_numbers, date_for_number),
    C11: dates_from_1904,
    C15: placeholder::run,
    C16: entries(of_numbers, number_with_remark),
    C18: entries(|item| item.entry.formula.is_some(), other_workbook::told),
    C20: cut_text::run,
    C21: entries(|item| item.kind() == VoceType::SiNo, not_in_list),
    C23: overgrown_sheet::run,
    C24: partly_struck::run,
    C25: struck_or_unseen::run,
    C26: serial_for_number::run,
    V07: sentinel::run,
    V14: out_of_measure::run,
}

fn of_numbers(item: &Item<'_>) -> bool {
    item.kind().is_number()
}

fn not_a_number(item: &Item<'_>) -> Option<(String, String)> {
    let EntryState::Wrong(Fault::NotANumber) = &item.entry.state else { return None };
    let what = format!("qui serve {}: hai scritto {}", wanted(item), quoted(&item.entry.raw));
    Some((wanted(item).to_owned(), what))
}

/// `0,15` typed in a cell shown as a percentage; what is above 100 % is V04's.
fn percent_scale(item: &Item<'_>) -> Option<(String, String)> {
    let share = item.value().and_then(Value::number)?;
    let percent = share * &Number::from(100_i64);
    if percent <= Number::zero() || percent >= Number::one() {
        return None;
    }
    let meant = percent.clone() * &Number::from(100_i64);
    let what = format!("hai scritto {} %: volevi dire {} %?", percent.to_italian(6), meant.to_italian(4));
    Some(("una quota da 1 % in su, o 0".to_owned(), what))
}

/// `3/4` became 3 April.
fn date_for_number(item: &Item<'_>) -> Option<(String, String)> {
    let EntryState::Wrong(Fault::DateForNumber) = &item.entry.state else { return None };
    let raw = &item.entry.raw;
    let seen = match raw.strip_suffix(" (ora)") {
        Some(hour) => format!("l'ora {hour}"),
        None => format!("la data {}", raw.trim_end_matches(" (data)")),
    };
    let what = format!("qui serve {}, ma nella cella c'è {seen}", wanted(item));
    Some((wanted(item).to_owned(), what))
}

fn dates_from_1904(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        if !submission.traits.date1904 {
            ledger.pass(&C11);
            continue;
        }
        let base = say::facts(say::about_submission(&C11, submission), "dal 1904", "dal 1900");
        let what = "il file conta le date dal 1904 invece che dal 1900";
        ledger.fail(say::told(base, &format!("File {}", quoted(&submission.file)), what));
    }
}

fn number_with_remark(item: &Item<'_>) -> Option<(String, String)> {
    let EntryState::Wrong(Fault::NumberWithRemark) = &item.entry.state else { return None };
    let what = format!("qui serve solo {}: hai scritto {}", wanted(item), quoted(&item.entry.raw));
    Some((wanted(item).to_owned(), what))
}

/// With the nearest answer of the list.
fn not_in_list(item: &Item<'_>) -> Option<(String, String)> {
    let EntryState::Wrong(Fault::NotInList { suggestion }) = &item.entry.state else { return None };
    let mut what = format!("qui serve {}: hai scritto {}", wanted(item), quoted(&item.entry.raw));
    if let Some(suggestion) = suggestion {
        what.push_str(&format!("; forse intendevi {}", quoted(suggestion)));
    }
    Some((wanted(item).to_owned(), what))
}
