//! Cells beside the template's: locked texts, live cells, what is filled outside, formats.

use std::collections::{BTreeMap, BTreeSet};

use super::pair::{Office, Pair, prefix};
use super::sheets;
use crate::interpret::cell::{float_words, oversize_words, read};
use crate::interpret::displayed::Display;
use crate::interpret::submission::{EntryState, StructureFact};
use crate::interpret::tampering::{FormatClash, LiveCell, LiveState, LockedText, Tampering};
use crate::interpret::template::{Seen, Template};
use crate::interpret::tidy::tidy;
use crate::model::{CellRef, Number, Place, Value, VoceType};
use crate::read::{RawCell, RawContent};

/// Why live cells cannot be judged: what their sheet has lost, or what their results cannot be worked out
/// from.
struct Doubts {
    /// The check that speaks of rows or columns that the scheda has lost.
    lost: Option<&'static str>,
    /// The check on which every result depends.
    all: Option<&'static str>,
    /// The check on which the results of the indicators depend.
    results: Option<&'static str>,
}

/// Locked texts and live cells.
pub(super) fn locked(office: &Office<'_>, pair: &Pair<'_>, grown: &BTreeSet<&str>, facts: &mut Tampering) {
    let header = pair.template.cells().find_map(|(cell, wanted)| {
        let marked = cell.col == 0 && told(wanted.content) == crate::interpret::layout::MONTHS;
        marked.then_some(cell.row)
    });
    let doubts = doubts(office, pair, grown);
    let constants: BTreeSet<CellRef> =
        office.shown.iter().filter(|s| s.place.sheet == pair.found.name).map(|s| s.place.cell).collect();
    for (home, wanted) in pair.template.cells().filter(|(cell, _)| cell.col > 0) {
        if pair.is_input(home) || pair.is_aid(home) {
            continue;
        }
        if let Some(formula) = wanted.formula {
            facts.live.extend(live(pair, home, (formula, wanted.content), &doubts));
            continue;
        }
        // Nearly always: the same words in the same place.
        let still = pair.alignment.now(home).and_then(|cell| pair.found.cell(cell));
        if still.is_some_and(|raw| raw.content == *wanted.content) {
            continue;
        }
        // The headings of months are another check's; so are the values that the plan fixes.
        let month = Some(home.row) == header && is_period(&told(wanted.content));
        if !month && !pair.places(home).any(|cell| constants.contains(&cell)) {
            facts.texts.extend(locked_text(pair, home, wanted.content));
        }
    }
}

fn locked_text(pair: &Pair<'_>, home: CellRef, wanted: &RawContent) -> Option<LockedText> {
    let expected = told(wanted);
    let places: Vec<CellRef> = pair.places(home).collect();
    let now = |cell: &CellRef| pair.found.cell(*cell).map(plain).unwrap_or_default();
    if expected.is_empty() || places.iter().any(|cell| now(cell) == expected) {
        return None;
    }
    let own_row = pair.text(CellRef { col: 0, ..home }).is_some();
    // A row with a key that is gone is another check's.
    if places.is_empty() && own_row {
        return None;
    }
    let place = places.first().copied().unwrap_or(home);
    Some(LockedText {
        place: Place { sheet: pair.found.name.clone(), cell: place },
        key: pair.key(home.row).to_owned(),
        own_row,
        found: places.first().map(now).unwrap_or_default(),
        expected,
    })
}

fn is_period(text: &str) -> bool {
    text.eq_ignore_ascii_case("anno") || crate::model::Month::from_name(text).is_some()
}

fn live(
    pair: &Pair<'_>,
    home: CellRef,
    (formula, wanted): (&str, &RawContent),
    doubts: &Doubts,
) -> Option<LiveCell> {
    let result = pair.text(CellRef { col: 0, ..home }).is_some_and(is_result);
    // Without its row there is nothing to say here.
    let first = pair.places(home).next()?;
    let found = pair.places(home).find_map(|cell| {
        let raw = pair.found.cell(cell)?;
        raw.formula.is_some().then_some((cell, raw))
    });
    let (cell, raw) = found.map_or((first, pair.found.cell(first)), |(cell, raw)| (cell, Some(raw)));
    let state = match raw.map(|raw| (raw, &raw.formula)) {
        None => LiveState::Cleared,
        Some((raw, None)) if plain(raw).is_empty() => LiveState::Cleared,
        Some((raw, None)) => LiveState::Constant(plain(raw)),
        // A kind of formula whose text does not come out.
        Some((_, Some(text))) if text.is_empty() => LiveState::Intact,
        Some((_, Some(text))) if !pair.has_formula(text, formula) => {
            LiveState::Different(text.clone(), formula.to_owned())
        }
        Some((raw, Some(_))) => match doubts.all.or(doubts.results.filter(|_| result)) {
            Some(code) => LiveState::Unjudged(code),
            None => calculated(raw, wanted, pair.recalculates),
        },
    };
    let state = match (state, doubts.lost) {
        (LiveState::Intact, _) => LiveState::Intact,
        (_, Some(code)) => LiveState::Unjudged(code),
        (state, None) => state,
    };
    let place = Place { sheet: pair.found.name.clone(), cell };
    Some(LiveCell { place, key: pair.key(home.row).to_owned(), result, state })
}

/// The scheda of a sheet, as its keys begin.
pub(super) fn scheda_of<'a>(pair: &Pair<'a>) -> &'a str {
    let is_scheda = |key: &&str| key.starts_with('S') && key.len() == 3;
    pair.keys.values().map(|key| prefix(key)).find(is_scheda).unwrap_or_default()
}

/// Whether the registers of a sheet have other rows than the template's.
pub(super) fn has_grown(pair: &Pair<'_>) -> bool {
    registers(Seen::of(pair.found)) != registers(pair.template.seen())
}

/// Whether a key is that of the row on which an indicator's result stands.
fn is_result(key: &str) -> bool {
    key.ends_with(".risultato")
}

fn doubts(office: &Office<'_>, pair: &Pair<'_>, grown: &BTreeSet<&str>) -> Doubts {
    let scheda = scheda_of(pair);
    let lost = office.structure.iter().find_map(|fact| match fact {
        StructureFact::Missing { key, .. } if prefix(key) == scheda => Some("T06"),
        StructureFact::HeaderMissing { sheet, .. } if *sheet == pair.found.name => Some("T06"),
        StructureFact::Duplicated { key, .. } if prefix(key) == scheda => Some("T07"),
        _ => None,
    });
    let odd = office
        .entries
        .iter()
        .filter(|(slot, _)| prefix(&slot.key) == scheda)
        .filter_map(|(_, entry)| office.raw.sheet(&entry.place.sheet)?.cell(entry.place.cell))
        .find_map(|raw| match raw.content {
            RawContent::Error(_) | RawContent::Unreadable(_) | RawContent::Empty => Some("T13"),
            RawContent::Bool(_) | RawContent::IsoDate(_) => Some("C21"),
            _ => None,
        });
    let changed = office.shown.iter().filter(|shown| shown.place.sheet == pair.found.name).any(|shown| {
        let home = pair.homes(shown.place.cell).find_map(|home| pair.template.cell(home));
        home.is_none_or(|home| pair.found.cell(shown.place.cell).map(plain) != Some(told(home.content)))
    });
    let general = if office.raw.date1904 {
        Some("C11")
    } else if office.raw.traits.manual {
        Some("F18")
    } else {
        None
    };
    let added = office.structure.iter().any(|fact| match fact {
        StructureFact::RowsWithoutKey { register, rows, .. } => {
            prefix(register.as_str()) == scheda && !rows.is_empty()
        }
        _ => false,
    });
    let grown = grown.contains(scheda).then_some("T05");
    let grown = added.then_some("T25").or(grown);
    Doubts { lost, all: general.or(odd).or(grown), results: changed.then_some("T10") }
}

/// How many rows of registers a sheet has.
fn registers(sheet: Seen<'_>) -> usize {
    let keys = sheet.first_column().map(|(_, key)| key);
    keys.filter(|key| key.split_once('#').is_some_and(|(_, row)| !row.is_empty())).count()
}

/// Whether a result follows from the entries; one to be calculated again at the next opening proves nothing.
fn calculated(found: &RawCell, wanted: &RawContent, recalculates: bool) -> LiveState {
    match (number(&found.content), number(wanted)) {
        (Some(found), Some(wanted)) if close(&found, &wanted) => LiveState::Intact,
        _ if found.content == RawContent::Empty => LiveState::Uncalculated,
        (None, None) if plain(found) == told(wanted) => LiveState::Intact,
        _ if recalculates => LiveState::Pending,
        _ => LiveState::Stale(plain(found), told(wanted)),
    }
}

fn number(content: &RawContent) -> Option<Number> {
    match content {
        RawContent::Number(number) | RawContent::Serial(number) | RawContent::Duration(number) => {
            Number::from_f64(*number)
        }
        _ => None,
    }
}

/// Within one part in a thousand million.
fn close(found: &Number, wanted: &Number) -> bool {
    let gap = (found.clone() - wanted).abs();
    gap * &Number::from(1_000_000_000_i64) <= wanted.abs().max(found.abs())
}

/// What a cell says, for people and for comparing.
pub(super) fn plain(raw: &RawCell) -> String {
    told(&raw.content)
}

fn told(content: &RawContent) -> String {
    match content {
        RawContent::Empty => String::new(),
        RawContent::Number(number) | RawContent::Serial(number) | RawContent::Duration(number) => {
            float_words(*number)
        }
        RawContent::Text(text) | RawContent::IsoDate(text) => tidy(text),
        RawContent::Bool(true) => "VERO".to_owned(),
        RawContent::Bool(false) => "FALSO".to_owned(),
        RawContent::Error(error) | RawContent::Unreadable(error) => error.clone(),
        RawContent::Oversize(length) => oversize_words(*length),
    }
}

/// The same as it is seen: a date is a date.
pub(super) fn shown(raw: &RawCell, date1904: bool) -> String {
    match &raw.content {
        RawContent::Serial(_) | RawContent::IsoDate(_) => {
            tidy(&read(VoceType::Data, Some(raw), date1904).raw)
        }
        _ => plain(raw),
    }
}

/// What is filled where the template has nothing.
pub(super) fn outside(office: &Office<'_>, pair: &Pair<'_>, facts: &mut Tampering) {
    let entries: BTreeSet<CellRef> = office
        .entries
        .iter()
        .filter(|(_, entry)| entry.place.sheet == pair.found.name)
        .map(|(_, entry)| entry.place.cell)
        .collect();
    let added = added_rows(office, pair);
    let mut cells = Vec::new();
    for (cell, raw) in &pair.found.cells {
        if pair.alignment.home(*cell).is_some_and(|home| pair.is_filled(home)) {
            continue;
        }
        let text = plain(raw);
        let known = |home: CellRef| pair.is_input(home) || pair.is_filled(home);
        if text.is_empty() || entries.contains(cell) || pair.homes(*cell).any(known) {
            continue;
        }
        // A row added to a register has its number and its calculated cells as the others.
        let as_others = added.get(&cell.row).is_some_and(|row| known(CellRef { row: *row, ..*cell }));
        if as_others && (raw.formula.is_some() || matches!(raw.content, RawContent::Number(_))) {
            continue;
        }
        // Rows with a key of their own, or one that stands twice, are other checks'.
        let key = sheets::text(pair.found, CellRef { col: 0, ..*cell });
        let foreign = key.is_some_and(|key| key.contains(['.', '#']));
        if foreign && pair.alignment.home_row(cell.row).is_none() {
            continue;
        }
        cells.push((*cell, shown(raw, office.raw.date1904)));
    }
    if !cells.is_empty() {
        facts.outside.push((pair.found.name.clone(), cells));
    }
}

/// The rows of registers without a key, each with the template's first row of its register.
fn added_rows(office: &Office<'_>, pair: &Pair<'_>) -> BTreeMap<u32, u32> {
    let mut added = BTreeMap::new();
    for fact in office.structure {
        let StructureFact::RowsWithoutKey { sheet, register, rows, blank } = fact else { continue };
        let first = format!("{register}#1");
        let home = pair.keys.iter().find(|(_, key)| **key == first).map(|(row, _)| *row);
        if let Some(home) = home.filter(|_| *sheet == pair.found.name) {
            let rows = rows.iter().map(|(_, row)| row).chain(blank);
            added.extend(rows.map(|row| (*row, home)));
        }
    }
    added
}

/// Entries whose format shows something else than they hold.
pub(super) fn formats(office: &Office<'_>, template: &Template, facts: &mut Tampering) {
    // Each input cell of the template is asked for by its slot; most lists are the template's own.
    let other = (!template.has_list(office.manifest)).then(|| template.manifest());
    let manifest = other.as_ref().unwrap_or(office.manifest);
    for (slot, entry) in &office.entries {
        if !matches!(entry.state, EntryState::Value(_)) {
            continue;
        }
        let seen = || {
            let sheet = office.raw.sheet(&entry.place.sheet)?;
            let stored = number(&sheet.cell(entry.place.cell)?.content)?;
            let found = office.raw.number_format(sheet, entry.place.cell)?;
            let (name, home) = manifest.cells.get(slot)?;
            let expected = *template.sheet(name)?.mould.inputs.get(home)?;
            Some((stored, found, expected))
        };
        let Some((stored, found, expected)) = seen() else { continue };
        facts.formats_seen += 1;
        if found == expected {
            continue;
        }
        let (ours, theirs) = (Display::of(expected, &stored), Display::of(found, &stored));
        // A share shown as a percentage is what it is; a count is not.
        let percent = theirs.is_percent() && !ours.is_percent() && stored.abs() >= Number::one();
        let shown = match (theirs.hides(&stored), ours.hides(&stored)) {
            // The template hides them too: decimals in a count are another check's.
            (Some(_), Some(_)) if ours.is_whole_number() => continue,
            (Some(seen), usual) if usual.as_ref() != Some(&seen) => seen,
            _ if percent => {
                let hundredfold = stored.clone() * &Number::from(100_i64);
                format!("{}%", hundredfold.to_italian(2))
            }
            _ => continue,
        };
        facts.formats.push(FormatClash {
            id: entry.id.clone(),
            place: entry.place.clone(),
            stored: match &entry.state {
                EntryState::Value(Value::Number(number)) => number.to_italian(4),
                _ => entry.raw.clone(),
            },
            seen: shown,
            found: found.to_owned(),
            expected: expected.to_owned(),
        });
    }
}
