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

/// What a workbook without its hidden list says, when the office and the year of its title are the plan's
/// and it is not named after another office (`named`).
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
    let mut known =
        plan.offices.iter().filter(|office| texts.contains(&folded(&plan.workbook_title(&office.id))));
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
    let elsewhere = displaced.contains(&entry.id.voce) && seen.state != entry.state;
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
    let mut taken = BTreeSet::new();
    for sheet in &mut sheets {
        let inputs: Vec<CellRef> =
            manifest.cells.values().filter(|(name, _)| *name == sheet.name).map(|(_, cell)| *cell).collect();
        if inputs.is_empty() {
            continue;
        }
        let Some((index, other)) = same_sheet(sheet, file.raw, &taken) else { continue };
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

/// The sheet of a file that has the labels of the template's, its own name first.
fn same_sheet<'r>(
    sheet: &RawSheet,
    raw: &'r RawWorkbook,
    taken: &BTreeSet<usize>,
) -> Option<(usize, &'r RawSheet)> {
    let labels: BTreeSet<String> = signatures(sheet).into_values().map(|(_, text)| text).collect();
    let alike = |other: &RawSheet| {
        let theirs: BTreeSet<String> = signatures(other).into_values().map(|(_, text)| text).collect();
        labels.intersection(&theirs).count()
    };
    let free =
        raw.sheets.iter().enumerate().filter(|(index, other)| {
            !taken.contains(index) && other.damage.is_none() && other.name != MANIFEST
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
    text == MONTHS || text.ends_with('#') || text.contains('.') && !text.contains(' ')
}

fn text_of(content: &RawContent) -> Option<String> {
    match content {
        RawContent::Text(text) => Some(folded(text)),
        _ => None,
    }
}

/// Where the rows and the columns of a template stand in a file.
struct Way {
    rows: BTreeMap<u32, u32>,
    /// By how many columns labels went to the right; to the left when less than zero.
    shift: i32,
    /// The columns under each row of headings of the template, as they are in the file.
    headings: BTreeMap<u32, BTreeMap<u16, u16>>,
}

impl Way {
    fn of(model: &RawSheet, file: &RawSheet) -> Self {
        let (there, here) = (signatures(model), signatures(file));
        let pairs = paired(&there, &here);
        let mut shifts: BTreeMap<i32, usize> = BTreeMap::new();
        for (home, now) in &pairs {
            if let (Some((home, _)), Some((now, _))) = (there.get(home), here.get(now)) {
                *shifts.entry(i32::from(*now) - i32::from(*home)).or_default() += 1;
            }
        }
        let shift = shifts.into_iter().max_by_key(|(shift, rows)| (*rows, -shift.abs()));
        let shift = shift.map_or(0, |(shift, _)| shift);
        let last = file.cells.keys().next_back().map_or(0, |cell| cell.row);
        let end = model.cells.keys().next_back().map_or(0, |cell| cell.row);
        let rows = filled_up(&pairs, (end, last));
        let heads = model.cells.iter().filter(|(cell, raw)| {
            cell.col == 0 && text_of(&raw.content).is_some_and(|text| text == MONTHS || text.ends_with('#'))
        });
        let headings = heads.filter_map(|(cell, _)| {
            let now = rows.get(&cell.row)?;
            Some((cell.row, columns((model, cell.row), (file, *now))))
        });
        Self { headings: headings.collect(), shift, rows }
    }

    /// Where a cell of the template is in the file.
    fn now(&self, cell: CellRef) -> Option<CellRef> {
        let row = *self.rows.get(&cell.row)?;
        // The headings nearest above, or the first ones.
        let above = self.headings.range(..cell.row).next_back().or_else(|| self.headings.iter().next());
        let headed = above.and_then(|(_, columns)| columns.range(..=cell.col).next_back());
        let moved = headed.map_or(self.shift, |(home, now)| i32::from(*now) - i32::from(*home));
        let col = u16::try_from(i32::from(cell.col) + moved).ok()?;
        // What stands under the heading of another column is of that one.
        let other = |(home, now): (&u16, &u16)| *now == col && *home != cell.col;
        let taken = above.is_some_and(|(_, columns)| columns.iter().any(other));
        (!taken).then_some(CellRef { row, col })
    }
}

/// The columns with the same heading in both, which stands once.
fn columns((model, row): (&RawSheet, u32), (file, now): (&RawSheet, u32)) -> BTreeMap<u16, u16> {
    let texts = |sheet: &RawSheet, row: u32| -> BTreeMap<String, Vec<u16>> {
        let mut texts: BTreeMap<String, Vec<u16>> = BTreeMap::new();
        let own = sheet.cells.range(CellRef { row, col: 0 }..=CellRef { row, col: u16::MAX });
        for (cell, raw) in own {
            if let Some(text) = text_of(&raw.content) {
                texts.entry(text).or_default().push(cell.col);
            }
        }
        texts
    };
    let theirs = texts(file, now);
    let own = texts(model, row).into_iter().filter_map(|(text, own)| {
        match (own.as_slice(), theirs.get(&text)?.as_slice()) {
            ([home], [now]) => Some((*home, *now)),
            _ => None,
        }
    });
    own.collect()
}

/// The rows that say the same, in order: as many as can be, none crossing another.
fn paired(model: &BTreeMap<u32, (u16, String)>, file: &BTreeMap<u32, (u16, String)>) -> BTreeMap<u32, u32> {
    let there: Vec<(u32, &str)> = model.iter().map(|(row, (_, text))| (*row, text.as_str())).collect();
    let here: Vec<(u32, &str)> = file.iter().map(|(row, (_, text))| (*row, text.as_str())).collect();
    let texts = |rows: &[(u32, &str)]| rows.iter().map(|(_, text)| (*text).to_owned()).collect::<Vec<_>>();
    let (old, new) = (texts(&there), texts(&here));
    let same = similar::capture_diff_slices(similar::Algorithm::Myers, &old, &new);
    let mut pairs = BTreeMap::new();
    for op in same {
        if let similar::DiffOp::Equal { old_index, new_index, len } = op {
            let old = there.iter().skip(old_index).take(len);
            let new = here.iter().skip(new_index).take(len);
            pairs.extend(old.zip(new).map(|((home, _), (now, _))| (*home, *now)));
        }
    }
    pairs
}

/// The rows between two that say the same, by their place where they are as many in both; below the last one
/// as many as there are.
fn filled_up(pairs: &BTreeMap<u32, u32>, (end, last): (u32, u32)) -> BTreeMap<u32, u32> {
    let mut rows = pairs.clone();
    let mut before: Option<(u32, u32)> = None;
    for (home, now) in pairs {
        let (from_home, from_now) = before.map_or((0, 0), |(home, now)| (home + 1, now + 1));
        if home - from_home == now - from_now {
            rows.extend((from_home..*home).zip(from_now..*now));
        }
        before = Some((*home, *now));
    }
    if let Some((home, now)) = before {
        rows.extend((home + 1..=end).zip(now + 1..=last));
    }
    rows
}
