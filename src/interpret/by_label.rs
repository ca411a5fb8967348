//! What a workbook says to the eye where its hidden keys, the names of its months or its hidden list are
//! gone: rows are known by their labels, as in the office's own template. Nothing of it counts: it is what
//! is typed again in the workbook that goes back, for the office to look at.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::{MONTHS, folded};
use super::manifest::{MANIFEST, REGISTER_SHEET};
use super::recognise::read_by;
use super::submission::{Entry, EntryState, SignOff, StructureFact, Submission};
use super::template::Templates;
use crate::model::{CellRef, OfficeId, VoceKey};
use crate::plan::Plan;
use crate::read::{RawContent, RawSheet, RawWorkbook};

/// Of the template's labels, in hundredths, how many a sheet must have to be the same one.
const ALIKE: usize = 50;

/// Rows of a register are looked for as far as this.
const ROWS: usize = 1_000;

/// A file, and what is known of it.
pub(super) struct File<'a> {
    pub name: &'a str,
    pub sha256: &'a str,
    pub raw: &'a RawWorkbook,
}

/// The submission with what its labels tell in the place of what its keys do not; `None` when the keys tell
/// all, or the labels nothing more.
pub(super) fn completed(
    plan: &Plan,
    file: &File<'_>,
    own: &Submission,
    templates: Templates<'_>,
) -> Option<Box<Submission>> {
    let displaced = displaced(own);
    let all = || own.entries.iter().chain(own.completeness.values());
    let gone = |fact: &StructureFact| matches!(fact, StructureFact::Missing { .. });
    let wanting = all().any(|entry| entry.state == EntryState::Lost) || own.structure.iter().any(gone);
    let list_changed = own.tampering.as_ref().is_some_and(|found| !found.manifest.is_empty());
    if !wanting && !list_changed && displaced.is_empty() {
        return None;
    }
    let seen = seen(plan, file, &own.office, templates)?;
    let mut whole = own.clone();
    let changed = merge(&mut whole, seen, &displaced);
    changed.then(|| Box::new(whole))
}

/// What a workbook without its hidden list, or with one that names no office, says, when the office and the
/// year of its titles are the plan's and it is not named after another office (`named`).
pub(super) fn of_unlisted(
    plan: &Plan,
    file: &File<'_>,
    named: Option<&OfficeId>,
    templates: Templates<'_>,
) -> Option<Box<Submission>> {
    let office = titled(plan, file.raw)?;
    if named.is_some_and(|named| named != office) {
        return None;
    }
    let seen = seen(plan, file, office, templates)?;
    seen.entries.iter().any(says).then(|| Box::new(seen))
}

/// The only office of which the title stands in a cell.
fn titled<'p>(plan: &'p Plan, raw: &RawWorkbook) -> Option<&'p OfficeId> {
    let cells = raw.sheets.iter().flat_map(|sheet| sheet.cells.values());
    let texts: BTreeSet<String> = cells.filter_map(|cell| text_of(&cell.content)).collect();
    let named = |office: &OfficeId| {
        let titles = [plan.workbook_title(office), plan.sheet_title(office)];
        titles.iter().any(|title| texts.contains(&folded(title)))
    };
    let mut known = plan.offices.iter().filter(|office| named(&office.id));
    let one = known.next()?;
    known.next().is_none().then_some(&one.id)
}

/// The voci of which the label stands beside the key of others.
fn displaced(own: &Submission) -> BTreeSet<VoceKey> {
    let told = own.structure.iter().filter_map(|fact| match fact {
        StructureFact::OtherLabel { key, voci, .. } => Some((key, voci)),
        _ => None,
    });
    // The row on which a register is declared has the register's label.
    let own = |key: &str| VoceKey::from_text(key.strip_suffix(".completo").unwrap_or(key));
    told.flat_map(|(key, voci)| voci.iter().cloned().chain([own(key)])).collect()
}

/// Puts what is seen in the place of what is lost; whether anything was.
fn merge(own: &mut Submission, seen: Submission, displaced: &BTreeSet<VoceKey>) -> bool {
    let mut changed = false;
    let mut by_id: BTreeMap<_, Entry> =
        seen.entries.into_iter().map(|entry| (entry.id.clone(), entry)).collect();
    for entry in &mut own.entries {
        changed |= by_id.remove(&entry.id).is_some_and(|other| replace(entry, other, displaced));
    }
    // Rows of a register of which no key is left.
    let rows: Vec<Entry> = by_id.into_values().filter(|entry| entry.id.row.is_some()).collect();
    changed |= rows.iter().any(says);
    own.entries.extend(rows);
    for (voce, other) in seen.completeness {
        let own = own.completeness.get_mut(&voce);
        changed |= own.is_some_and(|entry| replace(entry, other, displaced));
    }
    changed |= texts(&mut own.notes, seen.notes);
    changed |= texts(&mut own.evidence, seen.evidence);
    changed |= texts(&mut own.causes, seen.causes);
    changed |= texts(&mut own.reasons, seen.reasons);
    changed |= texts(&mut own.idle, seen.idle);
    changed |= texts(&mut own.sign_offs, seen.sign_offs);
    let SignOff { name, role, date } = seen.sign_off;
    let of_year = &mut own.sign_off;
    for (part, seen) in [(&mut of_year.name, name), (&mut of_year.role, role), (&mut of_year.date, date)] {
        changed |= part.is_none() && seen.is_some();
        *part = part.take().or(seen);
    }
    changed
}

/// Puts what is seen of an entry in its place, where it is lost or stands beside another's key.
fn replace(entry: &mut Entry, seen: Entry, displaced: &BTreeSet<VoceKey>) -> bool {
    // A row of a register is another sheet's.
    let elsewhere = displaced.contains(&entry.id.voce) && entry.id.row.is_none() && seen.state != entry.state;
    let better = elsewhere || entry.state == EntryState::Lost && says(&seen);
    if better {
        *entry = Entry { at: entry.at, ..seen };
    }
    better
}

/// Whether anything stands there.
fn says(entry: &Entry) -> bool {
    !matches!(entry.state, EntryState::Blank | EntryState::Lost)
}

/// What one has and the other has not.
fn texts<K: Ord, V>(own: &mut BTreeMap<K, V>, seen: BTreeMap<K, V>) -> bool {
    let before = own.len();
    for (key, text) in seen {
        own.entry(key).or_insert(text);
    }
    own.len() > before
}

/// The file as its labels tell it: the office's template, with what stands in the same rows and columns.
fn seen(plan: &Plan, file: &File<'_>, office: &OfficeId, templates: Templates<'_>) -> Option<Submission> {
    let template = templates(office, Some(register_rows(file.raw)), &[])?;
    let manifest = template.manifest();
    let mut sheets: Vec<RawSheet> = template.sheets.iter().map(|own| own.mould.sheet.clone()).collect();
    let names: BTreeSet<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let mut taken = BTreeSet::new();
    for sheet in &mut sheets {
        let inputs: Vec<CellRef> =
            manifest.cells.values().filter(|(name, _)| *name == sheet.name).map(|(_, cell)| *cell).collect();
        if inputs.is_empty() {
            continue;
        }
        let Some((index, other)) = same_sheet(sheet, file.raw, &names, &taken) else { continue };
        taken.insert(index);
        let way = Way::of(sheet, other);
        let found = inputs.into_iter().filter_map(|cell| Some((cell, other.cell(way.now(cell)?)?.clone())));
        let found: Vec<_> = found.collect();
        sheet.cells.extend(found);
    }
    let book = RawWorkbook { sheets, date1904: file.raw.date1904, ..RawWorkbook::default() };
    Some(read_by(plan, (office, &manifest), (file.name, file.sha256), &book))
}

/// Enough rows for the longest register.
fn register_rows(raw: &RawWorkbook) -> u32 {
    let rows = raw.sheets.iter().filter(|sheet| sheet.name.starts_with(REGISTER_SHEET)).map(|sheet| {
        let rows: BTreeSet<u32> = sheet.cells.keys().map(|cell| cell.row).collect();
        rows.len().min(ROWS)
    });
    rows.max().and_then(|rows| u32::try_from(rows).ok()).unwrap_or(0).max(40)
}

/// The sheet of a file that has the labels of the template's: its own name first, and none with the name of
/// another one of the template (`names`), or with keys that are not of this one. Registers may have the same
/// labels: of one only the name tells.
fn same_sheet<'r>(
    sheet: &RawSheet,
    raw: &'r RawWorkbook,
    names: &BTreeSet<String>,
    taken: &BTreeSet<usize>,
) -> Option<(usize, &'r RawSheet)> {
    let labels: BTreeSet<String> = signatures(sheet).into_values().map(|(_, text)| text).collect();
    let keys: BTreeSet<String> = marks(sheet).into_iter().map(|(_, mark)| key_of(&mark).to_owned()).collect();
    let alike = |other: &RawSheet| {
        let theirs: BTreeSet<String> = signatures(other).into_values().map(|(_, text)| text).collect();
        labels.intersection(&theirs).count()
    };
    let is_another = |other: &RawSheet| {
        let named = other.name != sheet.name
            && (names.contains(&other.name) || sheet.name.starts_with(REGISTER_SHEET));
        named || marks(other).iter().any(|(_, mark)| is_key(mark) && !keys.contains(key_of(mark)))
    };
    let free = raw.sheets.iter().enumerate().filter(|(index, other)| {
        !taken.contains(index) && other.damage.is_none() && other.name != MANIFEST && !is_another(other)
    });
    let all = free.map(|(index, other)| (alike(other), other.name == sheet.name, index, other));
    let best = all.max_by_key(|(alike, named, index, _)| (*alike, *named, std::cmp::Reverse(*index)));
    best.filter(|(alike, ..)| *alike > 0 && *alike * 100 >= labels.len() * ALIKE)
        .map(|(.., index, other)| (index, other))
}

/// What a row says first, by row: its column, its text as labels are compared; keys say nothing.
fn signatures(sheet: &RawSheet) -> BTreeMap<u32, (u16, String)> {
    let mut rows = BTreeMap::new();
    for (cell, raw) in sheet.cells.iter().filter(|(_, raw)| raw.formula.is_none()) {
        let Some(text) = text_of(&raw.content).filter(|text| cell.col > 0 || !is_mark(text)) else {
            continue;
        };
        // A mark, a short unit or a choice is no label.
        if text.chars().count() >= 4 {
            rows.entry(cell.row).or_insert((cell.col, text));
        }
    }
    rows
}

/// Whether a text is a key, or the mark of a row of headings.
fn is_mark(text: &str) -> bool {
    text == MONTHS || text.ends_with('#') || is_key(text)
}

fn text_of(content: &RawContent) -> Option<String> {
    match content {
        RawContent::Text(text) => Some(folded(text)),
        _ => None,
    }
}

/// Where the rows and the columns of a template stand in a file: what cannot be told for certain is nowhere.
struct Way {
    rows: BTreeMap<u32, u32>,
    /// The columns of the texts of those rows.
    columns: BTreeMap<u16, u16>,
}

impl Way {
    fn of(model: &RawSheet, file: &RawSheet) -> Self {
        let mut rows = paired(&signatures(model), &signatures(file));
        let columns = columns(&rows, model, file);
        let used: BTreeSet<u32> = rows.values().copied().collect();
        let keyed: Vec<(u32, u32)> = keyed(model, file).filter(|(_, now)| !used.contains(now)).collect();
        for (home, now) in keyed {
            rows.entry(home).or_insert(now);
        }
        let below = register_below(&rows, model, file);
        rows.extend(below);
        Self { rows, columns }
    }

    /// Where a cell of the template is in the file: in the column under the same text; between two such
    /// columns that went as far one as the other.
    fn now(&self, cell: CellRef) -> Option<CellRef> {
        let row = *self.rows.get(&cell.row)?;
        if let Some(col) = self.columns.get(&cell.col) {
            return Some(CellRef { row, col: *col });
        }
        let moved = |(home, now): (&u16, &u16)| i32::from(*now) - i32::from(*home);
        let before = self.columns.range(..cell.col).next_back().map(moved)?;
        let after = self.columns.range(cell.col..).next().map(moved);
        let sure = after.is_none_or(|after| after == before);
        let col = u16::try_from(i32::from(cell.col) + before).ok().filter(|_| sure)?;
        Some(CellRef { row, col })
    }
}

/// The rows that say the same, wherever they stand; where a text stands more than once, as many times in
/// both, in their order.
fn paired(model: &BTreeMap<u32, (u16, String)>, file: &BTreeMap<u32, (u16, String)>) -> BTreeMap<u32, u32> {
    let (there, here) = (by_text(model), by_text(file));
    let same = there.into_iter().filter_map(|(text, homes)| {
        let now = here.get(text).filter(|now| now.len() == homes.len())?;
        Some(homes.into_iter().zip(now.clone()))
    });
    same.flatten().collect()
}

fn by_text(rows: &BTreeMap<u32, (u16, String)>) -> BTreeMap<&str, Vec<u32>> {
    let mut by_text: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (row, (_, text)) in rows {
        by_text.entry(text).or_default().push(*row);
    }
    by_text
}

/// The columns of the texts that stand once in a row and in the same one of the other sheet; one of which
/// rows say different things is left out.
fn columns(rows: &BTreeMap<u32, u32>, model: &RawSheet, file: &RawSheet) -> BTreeMap<u16, u16> {
    let mut found: BTreeMap<u16, BTreeSet<u16>> = BTreeMap::new();
    for (home, now) in rows {
        let theirs = row_texts(file, *now);
        for (text, own) in row_texts(model, *home) {
            if let ([home], Some([now])) = (own.as_slice(), theirs.get(&text).map(Vec::as_slice)) {
                found.entry(*home).or_default().insert(*now);
            }
        }
    }
    let one =
        |(home, now): (u16, BTreeSet<u16>)| Some((home, now.first().copied().filter(|_| now.len() == 1)?));
    found.into_iter().filter_map(one).collect()
}

/// The texts of a row, each with its columns.
fn row_texts(sheet: &RawSheet, row: u32) -> BTreeMap<String, Vec<u16>> {
    let mut texts: BTreeMap<String, Vec<u16>> = BTreeMap::new();
    let own = sheet.cells.range(CellRef { row, col: 0 }..=CellRef { row, col: u16::MAX });
    for (cell, raw) in own {
        if let Some(text) = text_of(&raw.content).filter(|text| cell.col > 0 || !is_mark(text)) {
            texts.entry(text).or_default().push(cell.col);
        }
    }
    texts
}

/// The texts of the first column, with their rows.
fn marks(sheet: &RawSheet) -> Vec<(u32, String)> {
    let first = sheet.cells.iter().filter(|(cell, _)| cell.col == 0);
    first.filter_map(|(cell, raw)| Some((cell.row, text_of(&raw.content)?))).collect()
}

/// Whether a mark is the key of a row.
fn is_key(mark: &str) -> bool {
    let parts = mark.split_once('.').filter(|_| !mark.contains(' '));
    parts.is_some_and(|(first, rest)| first.starts_with(char::is_alphabetic) && !rest.is_empty())
}

/// A key without the number of a row of a register.
fn key_of(mark: &str) -> &str {
    mark.split_once('#').map_or(mark, |(key, _)| key)
}

/// The rows with the same key, where it stands once.
fn keyed(model: &RawSheet, file: &RawSheet) -> impl Iterator<Item = (u32, u32)> {
    let once = |sheet: &RawSheet| {
        let mut rows: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (row, mark) in marks(sheet).into_iter().filter(|(_, mark)| is_key(mark)) {
            rows.entry(mark).or_default().push(row);
        }
        rows
    };
    let theirs = once(file);
    once(model).into_iter().filter_map(move |(key, homes)| {
        match (homes.as_slice(), theirs.get(&key)?.as_slice()) {
            ([home], [now]) => Some((*home, *now)),
            _ => None,
        }
    })
}

/// The rows of a register, that have no label: one after the other under the headings, where no key tells
/// them.
fn register_below(rows: &BTreeMap<u32, u32>, model: &RawSheet, file: &RawSheet) -> Vec<(u32, u32)> {
    let Some((head, _)) = marks(model).into_iter().find(|(_, mark)| mark.ends_with('#')) else {
        return Vec::new();
    };
    let keyed = marks(file)
        .iter()
        .any(|(_, mark)| mark.split_once('#').is_some_and(|(key, row)| key.contains('.') && !row.is_empty()));
    let Some(now) = rows.get(&head).filter(|_| !keyed) else { return Vec::new() };
    let end = |sheet: &RawSheet| sheet.cells.keys().next_back().map_or(0, |cell| cell.row);
    (head + 1..=end(model)).zip(now + 1..=end(file)).collect()
}
