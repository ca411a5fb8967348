//! Cells beside the template's: locked texts, live cells, what is filled outside, formats.

use std::collections::BTreeSet;

use super::{FormatClash, LiveCell, LiveState, LockedText, Office, Pair, Tampering, prefix, sheets};
use crate::interpret::cell::tidy;
use crate::interpret::displayed::Display;
use crate::interpret::formula_text;
use crate::interpret::manifest::Manifest;
use crate::interpret::submission::{EntryState, StructureFact};
use crate::model::{CellRef, Number, Place, Value};
use crate::read::{RawCell, RawContent, RawWorkbook};

/// Locked texts and live cells.
pub(super) fn locked(office: &Office<'_>, pair: &Pair<'_>, facts: &mut Tampering) {
    let header = pair.template.cells.iter().find_map(|(cell, raw)| {
        let marked = cell.col == 0 && plain(raw) == crate::interpret::layout::MONTHS;
        marked.then_some(cell.row)
    });
    for (home, wanted) in pair.template.cells.iter().filter(|(cell, _)| cell.col > 0) {
        if pair.inputs.contains(home) {
            continue;
        }
        let places: Vec<CellRef> = pair.places(*home).collect();
        if let Some(formula) = &wanted.formula {
            if let Some(live) = live(office, pair, *home, formula, wanted, &places) {
                facts.live.push(live);
            }
            continue;
        }
        let constant = |cell: &CellRef| {
            office.shown.iter().any(|shown| shown.place.cell == *cell && shown.place.sheet == pair.found.name)
        };
        // The headings of months are another check's; so are the values that the plan fixes.
        let month = Some(home.row) == header && is_period(&plain(wanted));
        if month || places.iter().any(constant) {
            continue;
        }
        facts.texts.extend(locked_text(pair, *home, wanted, &places));
    }
}

fn locked_text(pair: &Pair<'_>, home: CellRef, wanted: &RawCell, places: &[CellRef]) -> Option<LockedText> {
    let expected = plain(wanted);
    let now = |cell: &CellRef| pair.found.cell(*cell).map(plain).unwrap_or_default();
    if expected.is_empty() || places.iter().any(|cell| now(cell) == expected) {
        return None;
    }
    // A row with a key that is gone is another check's.
    if places.is_empty() && sheets::text(pair.template, CellRef { col: 0, ..home }).is_some() {
        return None;
    }
    let place = places.first().copied().unwrap_or(home);
    Some(LockedText {
        place: Place { sheet: pair.found.name.clone(), cell: place },
        key: pair.key(home.row).to_owned(),
        found: places.first().map(now).unwrap_or_default(),
        expected,
    })
}

fn is_period(text: &str) -> bool {
    text.eq_ignore_ascii_case("anno") || crate::model::Month::from_name(text).is_some()
}

fn live(
    office: &Office<'_>,
    pair: &Pair<'_>,
    home: CellRef,
    formula: &str,
    wanted: &RawCell,
    places: &[CellRef],
) -> Option<LiveCell> {
    let keyed = sheets::text(pair.template, CellRef { col: 0, ..home });
    let key = pair.key(home.row);
    // Without its row there is nothing to say here.
    let first = *places.first()?;
    let found = places.iter().find_map(|cell| {
        let raw = pair.found.cell(*cell)?;
        raw.formula.is_some().then_some((*cell, raw))
    });
    let (cell, raw) = found.map_or((first, pair.found.cell(first)), |(cell, raw)| (cell, Some(raw)));
    let hole = hole(office, prefix(key));
    let state = match raw {
        None => LiveState::Cleared,
        Some(raw) => match &raw.formula {
            None if plain(raw).is_empty() => LiveState::Cleared,
            None => LiveState::Constant(plain(raw)),
            // A kind of formula whose text does not come out.
            Some(text) if text.is_empty() => LiveState::Intact,
            Some(text) if !formula_text::same(text, formula, &pair.alignment) => {
                LiveState::Different(text.clone(), formula.trim_start_matches('=').to_owned())
            }
            Some(_) => match unsure(office, pair, key, keyed.is_none()) {
                Some(code) => LiveState::Unjudged(code),
                None => calculated(raw, wanted, office.raw.traits.recalculates),
            },
        },
    };
    let state = match (state, hole) {
        (LiveState::Intact, _) => LiveState::Intact,
        (_, Some(code)) => LiveState::Unjudged(code),
        (state, None) => state,
    };
    let place = Place { sheet: pair.found.name.clone(), cell };
    Some(LiveCell { place, key: key.to_owned(), result: keyed.is_none(), state })
}

/// The check that speaks of what a scheda has lost, on which its formulas depend.
fn hole(office: &Office<'_>, scheda: &str) -> Option<&'static str> {
    office.structure.iter().find_map(|fact| match fact {
        StructureFact::Missing { key, .. } if prefix(key) == scheda => Some("T06"),
        StructureFact::Duplicated { key, .. } if prefix(key) == scheda => Some("T07"),
        _ => None,
    })
}

/// Why the result of a live cell cannot be worked out from the entries.
fn unsure(office: &Office<'_>, pair: &Pair<'_>, key: &str, result: bool) -> Option<&'static str> {
    if office.raw.date1904 {
        return Some("C11");
    }
    if office.raw.traits.manual {
        return Some("F18");
    }
    let scheda = prefix(key);
    let own = office.entries.iter().filter(|(slot, _)| prefix(&slot.key) == scheda);
    for (_, entry) in own {
        let raw = pair.found.cell(entry.place.cell).filter(|_| entry.place.sheet == pair.found.name);
        match raw.map(|raw| &raw.content) {
            Some(RawContent::Error(_) | RawContent::Unreadable(_)) => return Some("T13"),
            Some(RawContent::Bool(_) | RawContent::IsoDate(_)) => return Some("C21"),
            Some(RawContent::Empty) => return Some("T13"),
            _ => {}
        }
    }
    let changed = |shown: &&crate::interpret::submission::Shown| prefix(shown.voce.as_str()) == scheda;
    let other = office.shown.iter().filter(changed).any(|shown| {
        let home = pair.homes(shown.place.cell).find_map(|home| pair.template.cell(home));
        home.is_none_or(|home| pair.found.cell(shown.place.cell).map(plain) != Some(plain(home)))
    });
    let grown = || {
        let ordinal = |key: &str| key.split_once('#').is_some_and(|(_, row)| !row.is_empty());
        let keys = pair.found.cells.keys().filter(|cell| cell.col == 0);
        let rows = keys.filter(|cell| sheets::text(pair.found, **cell).is_some_and(ordinal)).count();
        let own = pair.keys.iter().filter(|(row, _)| {
            sheets::text(pair.template, CellRef { row: **row, col: 0 }).is_some_and(ordinal)
        });
        rows != own.count()
    };
    (result && other).then_some("T10").or_else(|| grown().then_some("T05"))
}

/// Whether a result follows from the entries; one to be calculated again at the next opening proves nothing.
fn calculated(found: &RawCell, wanted: &RawCell, recalculates: bool) -> LiveState {
    let blank = |raw: &RawCell| plain(raw).is_empty();
    match (number(found), number(wanted)) {
        (Some(found), Some(wanted)) if close(&found, &wanted) => LiveState::Intact,
        _ if found.content == RawContent::Empty => LiveState::Uncalculated,
        (None, None) if blank(found) && blank(wanted) => LiveState::Intact,
        _ if recalculates => LiveState::Pending,
        _ => LiveState::Stale(plain(found), plain(wanted)),
    }
}

fn number(raw: &RawCell) -> Option<Number> {
    match raw.content {
        RawContent::Number(number) | RawContent::Serial(number) | RawContent::Duration(number) => {
            Number::from_f64(number)
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
    match &raw.content {
        RawContent::Empty => String::new(),
        RawContent::Number(number) | RawContent::Serial(number) | RawContent::Duration(number) => {
            Number::from_f64(*number).map_or_else(|| number.to_string(), |number| number.to_plain())
        }
        RawContent::Text(text) | RawContent::IsoDate(text) => tidy(text),
        RawContent::Bool(true) => "VERO".to_owned(),
        RawContent::Bool(false) => "FALSO".to_owned(),
        RawContent::Error(error) | RawContent::Unreadable(error) => error.clone(),
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
    let mut cells = Vec::new();
    for (cell, raw) in &pair.found.cells {
        let text = plain(raw);
        let known = |home: CellRef| pair.inputs.contains(&home) || pair.template.cells.contains_key(&home);
        if text.is_empty() || entries.contains(cell) || pair.homes(*cell).any(known) {
            continue;
        }
        // Rows with a key of their own, or one that stands twice, are other checks'.
        let key = sheets::text(pair.found, CellRef { col: 0, ..*cell });
        let foreign = key.is_some_and(|key| key.contains(['.', '#']));
        if foreign && pair.alignment.home_row(cell.row).is_none() {
            continue;
        }
        cells.push((*cell, text));
    }
    if !cells.is_empty() {
        facts.outside.push((pair.found.name.clone(), cells));
    }
}

/// Entries whose format shows something else than they hold.
pub(super) fn formats(
    office: &Office<'_>,
    template: &RawWorkbook,
    manifest: &Manifest,
    facts: &mut Tampering,
) {
    for (slot, entry) in &office.entries {
        if !matches!(entry.state, EntryState::Value(_)) {
            continue;
        }
        let seen = || {
            let sheet = office.raw.sheet(&entry.place.sheet)?;
            let stored = number(sheet.cell(entry.place.cell)?)?;
            let found = office.raw.number_format(sheet, entry.place.cell)?;
            let (name, home) = manifest.cells.get(slot)?;
            let expected = template.number_format(template.sheet(name)?, *home)?;
            Some((stored, found, expected))
        };
        let Some((stored, found, expected)) = seen() else { continue };
        facts.formats_seen += 1;
        if found == expected {
            continue;
        }
        let (ours, theirs) = (Display::of(expected, &stored), Display::of(found, &stored));
        let percent = theirs.is_percent() && !ours.is_percent() && !stored.is_zero();
        let shown = match (theirs.hides(&stored), ours.hides(&stored)) {
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
