//! *Rilievi* and *Dal mese scorso*: what was told, since when, and what nobody had explained.

use super::offices::offices;
use super::refused::Refused;
use super::table::Table;
use crate::memory::{Memory, Pending, Said, Slot, Told};
use crate::model::{Month, OfficeId, Severity, Value, VoceType, YearMonth};
use crate::plan::Plan;
use crate::read::RawWorkbook;
use crate::report::{Findings, Kind, Previous, State, answers_in, is_waived};

/// The findings, in order.
pub(super) fn findings(plan: &Plan, book: &RawWorkbook, memory: &mut Memory) -> Result<(), Refused> {
    let table = Table::<Findings>::read(book)?;
    let offices = offices(plan, book);
    for row in table.rows() {
        let message = table.text(row, Findings::Message);
        let office = table.text(row, Findings::Office);
        let code = table.text(row, Findings::Code);
        if code.is_empty() {
            continue;
        }
        let answer = |(who, why): (&str, &str)| {
            offices.get(who.trim()).map(|office| ((*office).clone(), why.to_owned()))
        };
        let since = month_in_words(&table.text(row, Findings::Since));
        if let Some(from) = since.filter(|from| *from >= memory.month) {
            return Err(Refused::Forged(format!(
                "dice che un rilievo c'è da {}, che viene dopo",
                from.in_words()
            )));
        }
        memory.findings.push(Told {
            code,
            scheda: table.count(row, Findings::Scheda).and_then(|number| u8::try_from(number).ok()),
            indicator: table.text(row, Findings::Indicator),
            voce: table.text(row, Findings::Voce),
            month: Month::from_name(&table.text(row, Findings::Month)),
            found: table.text(row, Findings::Found),
            file: if office.is_empty() { table.text(row, Findings::File) } else { String::new() },
            office,
            waived: is_waived(&message),
            answers: answers_in(&message).into_iter().filter_map(answer).collect(),
            since,
        });
    }
    Ok(())
}

/// How many findings of an issue are errors that nobody has accepted; `None` where its list cannot be read.
pub fn open_errors(book: &RawWorkbook) -> Option<usize> {
    let table = Table::<Findings>::read(book).ok()?;
    let serious = [Severity::Errore, Severity::Bloccante].map(Severity::label);
    let open = |row: &u32| {
        serious.contains(&after_symbol(&table.text(*row, Findings::Severity)).as_str())
            && !is_waived(&table.text(*row, Findings::Message))
    };
    Some(table.rows().iter().filter(|row| open(row)).count())
}

/// What the issue itself remembered: the findings of which it could say nothing, and the changes that nobody
/// had explained.
pub(super) fn earlier(plan: &Plan, book: &RawWorkbook, memory: &mut Memory) -> Result<(), Refused> {
    let Some(table) = Table::<Previous>::find(book)? else { return Ok(()) };
    let offices = offices(plan, book);
    for row in table.rows() {
        let kind = table.text(row, Previous::Kind);
        let Some(from) = month_in_words(&table.text(row, Previous::From)) else { continue };
        if from >= memory.month {
            return Err(Refused::Forged(format!("ricorda {}, che viene dopo", from.in_words())));
        }
        if kind == Kind::Unseen.label() {
            let told = Told::about(&table.text(row, Previous::Key));
            memory.findings.extend(told.map(|told| Told {
                found: table.text(row, Previous::Before),
                since: Some(from),
                ..told
            }));
        }
        if kind == Kind::Correction.label()
            && State::is_open(&after_symbol(&table.text(row, Previous::State)))
        {
            let office = offices.get(table.text(row, Previous::Office).as_str());
            let slot = office.and_then(|office| slot(plan, memory, &table, row, office));
            memory.pending.extend(slot.map(|slot| {
                let before = before(plan, &table, row, &slot);
                (slot, Pending { before, since: from })
            }));
        }
    }
    Ok(())
}

pub(super) fn after_symbol(text: &str) -> String {
    text.split_once(' ').map_or("", |(_, label)| label).trim().to_owned()
}

pub(super) fn month_in_words(words: &str) -> Option<YearMonth> {
    let (month, year) = words.split_once(' ')?;
    Some(YearMonth { year: year.parse().ok()?, month: Month::from_name(month)? })
}

pub(super) fn slot(
    plan: &Plan,
    memory: &Memory,
    table: &Table<'_, Previous>,
    row: u32,
    office: &OfficeId,
) -> Option<Slot> {
    let key = table.text(row, Previous::Key);
    let (voce, declared) = match key.strip_suffix(".completo") {
        Some(voce) => (voce.to_owned(), true),
        None => (key, false),
    };
    let voce = memory.key_of_now(&voce);
    let (_, known) = plan.voce(&voce)?;
    let filled = |text: String| Some(text).filter(|text| !text.is_empty());
    let is_row = known.register.is_some() && !declared;
    Some(Slot {
        office: office.clone(),
        voce,
        month: table.month(row, Previous::Month),
        row: is_row.then(|| table.text(row, Previous::Row)),
        column: filled(table.text(row, Previous::Column)),
        declared,
    })
}

/// The value before a change, of the kind of its voce.
pub(super) fn before(plan: &Plan, table: &Table<'_, Previous>, row: u32, slot: &Slot) -> Said {
    let kind = plan.voce(&slot.voce).map(|(_, voce)| voce.kind_of(slot.column.as_deref()));
    match (table.said(row, Previous::Before), kind) {
        (Said::Value(Value::Text(text)), _) if text == crate::plan::NOT_APPLICABLE => Said::NotApplicable,
        (Said::Value(Value::Text(text)), Some(VoceType::SiNo)) => Said::Value(Value::Flag(text == "Sì")),
        (Said::Value(Value::Text(text)), Some(kind)) if kind != VoceType::Testo => Said::Other(text),
        (said, _) => said,
    }
}
