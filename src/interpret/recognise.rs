//! Raw cells → the submission of an office of this plan.

use std::collections::{BTreeMap, BTreeSet};

use super::asides::{Asides, Cover, REMARKS};
use super::cell::{self, Typed};
use super::copies::{self, Sheet};
use super::declared;
use super::earnest::last_in_earnest;
use super::finder::{Finder, Found};
use super::labels;
use super::layout::Layout;
use super::manifest::{self, Manifest, Slot};
use super::responses;
use super::submission::{
    Entry, EntryState, ManifestHead, Normalisation, Recognition, StructureFact, Submission, TextCell,
    idle_key,
};
use super::tamper;
use super::tampering::Tampering;
use super::template::{Templates, TypedIn, no_template};
use super::traits::{FORMAT, FileTraits};
use super::wording::{Seen, Shown, Wording};
use super::writing::{self, Writing};
use crate::model::{
    CellRef, EntryId, EntryRef, Month, Number, OfficeId, Place, TimeKind, Value, VoceKey, VoceType,
};
use crate::plan::{Indicator, Plan, Voce};
use crate::read::{RawCell, RawContent, RawSheet, RawWorkbook};

/// What is seen of a workbook that was never made from a template.
pub(super) fn no_manifest() -> String {
    format!("manca il foglio nascosto «{}»", manifest::MANIFEST)
}

/// Says whether a workbook is an office's of this plan, and what it holds; no template is laid beside it.
pub fn recognise(plan: &Plan, file: &str, sha256: &str, raw: &RawWorkbook) -> Recognition {
    recognise_beside(plan, file, sha256, raw, &no_template)
}

/// The same, beside the office's template.
pub(super) fn recognise_beside(
    plan: &Plan,
    file: &str,
    sha256: &str,
    raw: &RawWorkbook,
    templates: Templates<'_>,
) -> Recognition {
    let Some(sheet) = raw.sheet(manifest::MANIFEST) else {
        return Recognition::Foreign(no_manifest());
    };
    let manifest = match Manifest::read(sheet) {
        Ok(manifest) => manifest,
        Err(seen) => return Recognition::Foreign(seen),
    };
    let (ente, year) = (manifest.pair("piano"), manifest.pair("anno"));
    if ente.is_empty() || year.is_empty() {
        return Recognition::Foreign("il manifesto non dice di quale piano e di quale anno è".to_owned());
    }
    if ente != plan.ente || year != plan.year.to_string() {
        return Recognition::OtherPlan {
            found: format!("{ente}, anno {year}"),
            expected: format!("{}, anno {}", plan.ente, plan.year),
        };
    }
    let office = OfficeId::new(manifest.pair("ufficio"));
    if plan.office(&office).is_none() {
        return Recognition::UnknownOffice {
            nearest: nearest_office(plan, &office),
            office: office.as_str().to_owned(),
        };
    }
    let layout = Layout::of(raw);
    let reader = Reader { plan, office, manifest: &manifest, layout: &layout, raw };
    Recognition::Submission(Box::new(reader.submission(file, sha256, templates)))
}

/// What stands where a manifest says, in a workbook of which the office is known.
pub(super) fn read_by(
    plan: &Plan,
    (office, manifest): (&OfficeId, &Manifest),
    (file, sha256): (&str, &str),
    raw: &RawWorkbook,
) -> Submission {
    let layout = Layout::of(raw);
    let reader = Reader { plan, office: office.clone(), manifest, layout: &layout, raw };
    reader.submission(file, sha256, &no_template)
}

fn nearest_office(plan: &Plan, office: &OfficeId) -> Option<OfficeId> {
    plan.offices
        .iter()
        .map(|known| (strsim::damerau_levenshtein(known.id.as_str(), office.as_str()), &known.id))
        .filter(|(distance, id)| *distance <= id.as_str().len() / 3)
        .min()
        .map(|(_, id)| id.clone())
}

struct Reader<'a> {
    plan: &'a Plan,
    office: OfficeId,
    manifest: &'a Manifest,
    layout: &'a Layout<'a>,
    raw: &'a RawWorkbook,
}

/// What stands in a workbook, wherever it stands.
struct Gathered {
    entries: Vec<Entry>,
    completeness: BTreeMap<VoceKey, Entry>,
    asides: Asides,
    /// The values fixed by the plan, as they are shown.
    shown: Vec<Shown>,
}

impl<'a> Reader<'a> {
    fn submission(self, file: &str, sha256: &str, templates: Templates<'_>) -> Submission {
        let schede = self.plan.schede_of(&self.office).map(|scheda| scheda.number);
        let mut finder = Finder::new(schede, self.manifest, self.layout, self.raw);
        let Gathered { entries, completeness, asides, shown } = self.gathered(&mut finder);
        let last_month = last_month(&entries, completeness.values());
        let sheets = self.sheets(&finder);
        let structure = finder.into_facts();
        let written = self.written(entries.iter().chain(completeness.values()), &asides.places);
        let (plan, office, manifest) = (self.plan, &self.office, self.manifest);
        let wording = Seen { plan, office, manifest, sheets: &sheets, shown: &shown }.wording();
        let tampering = match wording {
            // Only with a template of its own format.
            Wording::This if self.manifest.pair("formato") == FORMAT => {
                let typed = asides.as_typed();
                self.beside(templates, sheets, (&entries, &completeness, typed), &shown, &structure)
            }
            Wording::This | Wording::Other(_) => None,
        };
        let place = self.plan.offices.place(&self.office);
        let mut submission = Submission {
            file: file.to_owned(),
            sha256: sha256.to_owned(),
            manifest: self.head(),
            structure,
            office: self.office,
            entries,
            completeness,
            notes: asides.notes,
            evidence: asides.evidence,
            causes: asides.causes,
            reasons: asides.reasons,
            idle: asides.idle,
            chosen: asides.chosen.and_then(|(month, _)| month),
            sign_off: asides.sign_off,
            sign_offs: asides.sign_offs,
            returned: self.manifest.pair(responses::RETURN).to_owned(),
            responses: responses::read(self.manifest, self.layout, self.raw),
            text_places: asides.places,
            shown,
            last_month,
            traits: FileTraits { written, ..FileTraits::of(self.raw) },
            wording,
            tampering,
            by_label: None,
        };
        submission.number(place.unwrap_or_default());
        submission
    }

    /// Everything typed, sheet by sheet, noting in `finder` what is not where it should be.
    fn gathered(&self, finder: &mut Finder<'_>) -> Gathered {
        let mut asides = Asides::default();
        let mut shown = Vec::new();
        let mut sheets = Sheet::default();
        for indicator in self.indicators() {
            self.entries(finder, indicator, &mut sheets);
            let fixed = indicator.voci.iter().filter(|voce| voce.fixed.is_some());
            shown.extend(fixed.filter_map(|voce| self.shown(finder, indicator, voce)));
            self.texts(finder, indicator, &mut asides);
        }
        self.copies(finder, &sheets);
        self.unkeyed(finder, &sheets);
        let Sheet { mut entries, completeness } = sheets;
        self.unassigned(finder);
        self.labels(finder);
        self.cover().read(&mut asides);
        for scheda in self.plan.schede_of(&self.office) {
            self.idle(finder, scheda.number, &mut asides);
        }
        self.zeros(&mut entries, &asides);
        Gathered { entries, completeness, asides, shown }
    }

    fn cover(&self) -> Cover<'a> {
        Cover { raw: self.raw, manifest: self.manifest, layout: self.layout }
    }

    /// The sheets that are laid beside those of the template, each with the name that it has there.
    fn sheets(&self, finder: &Finder<'a>) -> Vec<(&'a RawSheet, String)> {
        let schede = finder.sheets().map(|(scheda, sheet)| (sheet, format!("Scheda {scheda}")));
        let mut sheets: Vec<(&RawSheet, String)> = schede.collect();
        let homes = self.manifest.register_sheets();
        let registers = finder.register_layouts();
        sheets.extend(registers.filter_map(|(key, own)| Some((own.sheet, (*homes.get(key)?).to_owned()))));
        sheets.extend(self.cover().sheet());
        sheets
    }

    /// What the workbook says of itself.
    fn head(&self) -> ManifestHead {
        let pair = |name| self.manifest.pair(name).to_owned();
        ManifestHead { format: pair("formato"), version: pair("versione"), sha256_plan: pair("sha256_piano") }
    }

    /// The indicators for which the office is responsible.
    fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.plan.indicators().filter(|indicator| indicator.offices.contains(&self.office))
    }

    /// The entries of an indicator, and the declarations of its registers.
    fn entries(&self, finder: &mut Finder<'_>, indicator: &Indicator, into: &mut Sheet) {
        for voce in indicator.voci.iter().filter(|voce| voce.fixed.is_none()) {
            if voce.time != TimeKind::Registro {
                into.entries.extend(self.plain(finder, indicator, voce));
                continue;
            }
            into.entries.extend(self.register(finder, indicator, voce));
            let id = EntryId::annual(voce.key.clone());
            let slot = Slot { key: format!("{}.completo", voce.key), ..Slot::default() };
            let found = finder.find(indicator.scheda, &slot);
            into.completeness.insert(voce.key.clone(), self.declared(id, found));
        }
    }

    /// Other sheets with the keys of a scheda, beside the scheda's own.
    fn copies(&self, finder: &mut Finder<'_>, own: &Sheet) {
        for (scheda, name, mut copy) in finder.copies() {
            let mut theirs = Sheet::default();
            for indicator in self.indicators().filter(|indicator| indicator.scheda == scheda) {
                self.entries(&mut copy, indicator, &mut theirs);
            }
            finder.note(copies::compared(scheda, name, &theirs, own));
        }
    }

    /// Other sheets with the labels of a scheda and none of its keys, beside the scheda's own.
    fn unkeyed(&self, finder: &mut Finder<'_>, own: &Sheet) {
        let schede: Vec<(u8, &RawSheet)> = finder.sheets().collect();
        // A scheda's sheet that lost its keys is another check's.
        let named = |sheet: &RawSheet| self.manifest.cells.values().any(|(name, _)| *name == sheet.name);
        let is_own =
            |sheet: &RawSheet| named(sheet) || schede.iter().any(|(_, known)| known.name == sheet.name);
        let is_other = |sheet: &&RawSheet| {
            !sheet.name.starts_with('_') && !is_own(sheet) && !self.layout.has_keys(sheet)
        };
        let mut facts = Vec::new();
        for other in self.raw.sheets.iter().filter(is_other) {
            facts.extend(schede.iter().find_map(|(scheda, sheet)| {
                let theirs = self.without_keys(sheet, other, own)?;
                Some(copies::compared(*scheda, other.name.clone(), &theirs, own))
            }));
        }
        facts.into_iter().for_each(|fact| finder.note(fact));
    }

    /// The entries of a scheda's sheet as another one has them in the same places, when it has its labels.
    fn without_keys(&self, sheet: &RawSheet, other: &RawSheet, own: &Sheet) -> Option<Sheet> {
        let here = |entry: &&Entry| entry.place.sheet == sheet.name && entry.state != EntryState::Lost;
        let all = || own.entries.iter().chain(own.completeness.values()).filter(here);
        let typed: BTreeSet<CellRef> = all().map(|entry| entry.place.cell).collect();
        let shift = copies::shift(sheet, &typed, other)?;
        let found = |entry: &Entry| {
            let cell = copies::to_the_left(entry.place.cell, shift)?;
            let place = Place { sheet: other.name.clone(), cell };
            Some(Found { place, cell: other.cell(cell), lost: false })
        };
        let entries = own.entries.iter().filter(here);
        let entries = entries
            .filter_map(|entry| Some(self.entry(self.kind(&entry.id)?, entry.id.clone(), found(entry)?)));
        let declared = own.completeness.iter().filter(|(_, entry)| here(entry));
        let declared = declared
            .filter_map(|(voce, entry)| Some((voce.clone(), self.declared(entry.id.clone(), found(entry)?))));
        Some(Sheet { entries: entries.collect(), completeness: declared.collect() })
    }

    /// The type of an entry.
    fn kind(&self, id: &EntryId) -> Option<VoceType> {
        let (_, voce) = self.plan.voce(&id.voce)?;
        match &id.column {
            Some(key) => Some(voce.register.as_ref()?.column(key)?.kind),
            None => Some(voce.kind),
        }
    }

    /// What stands in the months of the row in which an office says that nothing happened.
    fn idle(&self, finder: &mut Finder<'_>, scheda: u8, asides: &mut Asides) {
        let key = idle_key(scheda);
        for month in Month::all() {
            let slot = Slot { key: key.clone(), month: Some(month), ..Slot::default() };
            if !self.manifest.cells.contains_key(&slot) {
                continue;
            }
            let found = Some(finder.find_quietly(scheda, &slot)).filter(|found| !found.lost);
            if let Some(text) = asides.read(format!("{key}.{}", month.number()), found, self.raw.date1904) {
                asides.idle.insert((scheda, month), text);
            }
        }
    }

    /// The blank flows of a month in which the office says that nothing happened are zeros.
    fn zeros(&self, entries: &mut [Entry], asides: &Asides) {
        for entry in entries.iter_mut().filter(|entry| entry.state == EntryState::Blank) {
            let Some((month, (indicator, voce))) = entry.id.month.zip(self.plan.voce(&entry.id.voce)) else {
                continue;
            };
            let said = asides.idle.get(&(indicator.scheda, month));
            if voce.is_zero_when_idle() && said.is_some_and(TextCell::says_nothing_done) {
                let rule = "nessuna attività nel mese: la casella vuota vale zero";
                entry.state = EntryState::Value(Value::Number(Number::zero()));
                entry.normalised =
                    Some(Normalisation { code: "C27", rule, taken: "0".to_owned(), is_text: false });
            }
        }
    }

    /// How a workbook of this wording of the plan differs from its template.
    fn beside(
        &self,
        templates: Templates<'_>,
        sheets: Vec<(&RawSheet, String)>,
        (entries, completeness, beside): (&[Entry], &BTreeMap<VoceKey, Entry>, Vec<TypedIn>),
        shown: &[Shown],
        structure: &[StructureFact],
    ) -> Option<Tampering> {
        let plain = entries.iter().map(|entry| (slot_of(&entry.id), entry));
        let declared = completeness
            .iter()
            .map(|(voce, entry)| (Slot { key: format!("{voce}.completo"), ..Slot::default() }, entry));
        let entries: Vec<(Slot, &Entry)> = plain.chain(declared).collect();
        let typed = entries.iter().filter(|(_, entry)| entry.state != EntryState::Lost);
        let typed = typed.filter_map(|(slot, entry)| self.typed_in(slot, entry));
        let typed: Vec<TypedIn> = typed.chain(beside).collect();
        let template = templates(&self.office, self.manifest.register_rows(), &typed)?;
        let (raw, manifest) = (self.raw, self.manifest);
        tamper::compare(&tamper::Office { raw, manifest, sheets, entries, shown, structure }, &template)
    }

    fn typed_in(&self, slot: &Slot, entry: &Entry) -> Option<TypedIn> {
        let cell = self.raw.sheet(&entry.place.sheet)?.cell(entry.place.cell)?;
        let Slot { key, month, row, column } = slot.clone();
        Some(TypedIn { key, month, row, column, content: cell.content.clone() })
    }

    fn plain(&self, finder: &mut Finder<'_>, indicator: &Indicator, voce: &Voce) -> Vec<Entry> {
        let periods: Vec<Option<Month>> =
            if voce.time.by_month() { Month::all().map(Some).collect() } else { vec![None] };
        periods
            .into_iter()
            .map(|month| {
                let slot = Slot { key: voce.key.as_str().to_owned(), month, ..Slot::default() };
                let id = EntryId { voce: voce.key.clone(), month, row: None, column: None };
                self.entry(voce.kind, id, finder.find(indicator.scheda, &slot))
            })
            .collect()
    }

    fn register(&self, finder: &mut Finder<'_>, indicator: &Indicator, voce: &Voce) -> Vec<Entry> {
        let Some(register) = &voce.register else { return Vec::new() };
        let key = voce.key.as_str();
        let (keyed, keyless) = finder.register_rows(indicator.scheda, &voce.key, register);
        let mut entries = Vec::new();
        for row in keyed {
            for column in &register.columns {
                let found = finder.find_field(indicator.scheda, key, row, register, column);
                let id = EntryId::field(voce.key.clone(), row, column.key.as_str());
                entries.push(self.entry(column.kind, id, found));
            }
        }
        for (ordinal, row) in keyless {
            entries.extend(register.columns.iter().filter_map(|column| {
                let found = finder.field_at(indicator.scheda, key, row, register, column)?;
                let id = EntryId::field(voce.key.clone(), ordinal, column.key.as_str());
                Some(self.entry(column.kind, id, found))
            }));
        }
        entries
    }

    fn entry(&self, kind: VoceType, id: EntryId, found: Found<'_>) -> Entry {
        let typed = self.read(kind, &found);
        Self::of_typed(typed, id, found)
    }

    /// The month up to which a register is declared complete.
    fn declared(&self, id: EntryId, found: Found<'_>) -> Entry {
        let typed = declared::read(found.cell, self.plan.year, self.raw.date1904);
        Self::of_typed(typed, id, found)
    }

    fn of_typed(typed: Typed, id: EntryId, found: Found<'_>) -> Entry {
        let lost = || Typed { raw: String::new(), state: EntryState::Lost, normalised: None };
        let typed = if found.lost { lost() } else { typed };
        Entry {
            id,
            at: EntryRef::default(),
            place: found.place,
            raw: typed.raw,
            state: typed.state,
            normalised: typed.normalised,
            formula: found.cell.and_then(|cell| cell.formula.clone()),
        }
    }

    /// Reads a cell; of a text of several pieces, what is read of it.
    fn read(&self, kind: VoceType, found: &Found<'_>) -> Typed {
        let plain = || cell::read(kind, found.cell, self.raw.date1904);
        let pieces = || self.raw.pieces(self.raw.sheet(&found.place.sheet)?, found.place.cell);
        let Some(RawCell { content: RawContent::Text(_), formula: None }) = found.cell else {
            return plain();
        };
        let Some(pieces) = pieces() else { return plain() };
        let (line, told) = writing::read(&pieces, kind == VoceType::Testo);
        let same = line == told;
        let cell = RawCell { content: RawContent::Text(line), formula: None };
        let typed = cell::read(kind, Some(&cell), self.raw.date1904);
        if same {
            return typed;
        }
        let normalised = match (&typed.state, typed.normalised) {
            (EntryState::Value(_), Some(before)) => Some(before.taken),
            (EntryState::Value(value), None) => Some(value.to_people()),
            _ => None,
        };
        let normalised = normalised.map(|taken| Normalisation {
            code: "C24",
            rule: "parti barrate, in apice o non visibili lasciate fuori",
            taken,
            is_text: true,
        });
        Typed { raw: told, normalised, ..typed }
    }

    /// The input cells whose value is not simply written.
    fn written<'e>(
        &self,
        entries: impl Iterator<Item = &'e Entry>,
        texts: &BTreeMap<String, Place>,
    ) -> BTreeMap<Place, Writing> {
        let is_text = |entry: &Entry| match &entry.id.column {
            None => false,
            Some(key) => self.plan.voce(&entry.id.voce).is_some_and(|(_, voce)| {
                let column = voce.register.as_ref().and_then(|register| register.column(key));
                column.is_some_and(|column| column.kind == VoceType::Testo)
            }),
        };
        let entries = entries.filter(|entry| entry.state != EntryState::Lost);
        let entries = entries.map(|entry| (&entry.place, is_text(entry)));
        let places = entries.chain(texts.values().map(|place| (place, true)));
        let of = |(place, is_text): (&Place, bool)| {
            let writing = writing::of(self.raw, self.raw.sheet(&place.sheet)?, place.cell, is_text)?;
            Some((place.clone(), writing))
        };
        places.filter_map(of).collect()
    }

    fn shown(&self, finder: &mut Finder<'_>, indicator: &Indicator, voce: &Voce) -> Option<Shown> {
        let (place, cell) = finder.shown(indicator.scheda, voce.key.as_str())?;
        let typed = cell::read(voce.kind, cell, self.raw.date1904);
        let value = match typed.state {
            EntryState::Value(value) => Some(as_given(voce, value)),
            _ => None,
        };
        Some(Shown { voce: voce.key.clone(), place, value, raw: typed.raw })
    }

    /// The texts that stand beside the entries of an indicator: note, evidence, cause, reasons.
    fn texts(&self, finder: &mut Finder<'_>, indicator: &Indicator, asides: &mut Asides) {
        let row = indicator.code.manifest_key(REMARKS);
        for what in ["nota", "fonte", "causa"] {
            let key = indicator.code.manifest_key(what);
            let found = finder.aside(indicator.scheda, &key, &row);
            if found.is_none() {
                finder.note_gone(indicator.scheda, &row, &key);
            }
            if let Some(text) = asides.read(key, found, self.raw.date1904) {
                asides.of_indicator(what).insert(indicator.code.clone(), text);
            }
        }
        for voce in indicator.voci.iter().filter(|voce| voce.is_input()) {
            let key = voce.key.reason_key();
            let found = finder.aside(indicator.scheda, &key, voce.key.as_str());
            if let Some(text) = asides.read(key, found, self.raw.date1904) {
                asides.reasons.insert(voce.key.clone(), text);
            }
        }
    }

    /// Entries of indicators for which the office is not responsible.
    fn unassigned(&self, finder: &mut Finder<'_>) {
        let others = self.plan.voci().filter(|(indicator, voce)| {
            !indicator.offices.contains(&self.office) && voce.is_input() && voce.time != TimeKind::Registro
        });
        for (indicator, voce) in others {
            if let Some((sheet, cells)) =
                finder.row_with(self.layout, indicator.scheda, voce.key.as_str(), voce.time.by_month())
            {
                finder.note(StructureFact::Unassigned { sheet, key: voce.key.as_str().to_owned(), cells });
            }
        }
    }

    /// Labels and titles that are not those of their key.
    fn labels(&self, finder: &mut Finder<'_>) {
        for scheda in self.plan.schede_of(&self.office) {
            let Some(sheet) = finder.layout(scheda.number) else { continue };
            let voci: Vec<&Voce> =
                scheda.indicators_of(&self.office).flat_map(|indicator| &indicator.voci).collect();
            let mut facts = labels::labels(sheet, self.manifest, &voci);
            for (key, own) in finder.register_layouts() {
                let voce = voci.iter().filter(|voce| voce.key.as_str() == key).copied();
                facts.extend(labels::labels(own, self.manifest, &voce.collect::<Vec<_>>()));
            }
            facts.into_iter().for_each(|fact| finder.note(fact));
        }
    }
}

fn slot_of(id: &EntryId) -> Slot {
    Slot { key: id.voce.as_str().to_owned(), month: id.month, row: id.row, column: id.column.clone() }
}

/// The last month filled in earnest, or declared complete; zero and `n.a.` count.
fn last_month<'e>(entries: &[Entry], completeness: impl Iterator<Item = &'e Entry>) -> Option<Month> {
    let typed = entries
        .iter()
        .filter(|entry| {
            !matches!(entry.state, EntryState::Blank | EntryState::Placeholder | EntryState::Lost)
        })
        .filter_map(|entry| entry.id.month);
    let declared = completeness.filter_map(|entry| match &entry.state {
        EntryState::Value(Value::Number(number)) => {
            number.to_i64().and_then(|n| u32::try_from(n).ok()).and_then(Month::new)
        }
        _ => None,
    });
    last_in_earnest(typed).into_iter().chain(declared).max()
}

/// What a cell shows of a value of the plan: a fraction without end is known again by the digits that a cell
/// keeps.
fn as_given(voce: &Voce, shown: Value) -> Value {
    let given = voce.fixed.as_ref().map(|fixed| &fixed.value);
    let kept = given.and_then(Value::number).and_then(|number| Number::from_f64(number.to_f64()));
    match given {
        Some(given) if kept.is_some() && kept == shown.number() => given.clone(),
        _ => shown,
    }
}
