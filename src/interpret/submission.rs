//! What an office sent, in the plan's terms: entries with their state and place, and facts about the
//! workbook.

use std::collections::BTreeMap;

use super::tampering::Tampering;
use super::traits::FileTraits;
use super::wording::{Shown, Wording};
use crate::model::{
    AnswerKind, CellRef, EntryId, EntryRef, IndicatorCode, Month, OfficeId, Place, Value, VoceKey,
};
use crate::plan::YES_WORDS;

/// A workbook recognised as an office's.
#[derive(Clone, Debug)]
pub struct Submission {
    /// The file's name.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// The office named by the manifest.
    pub office: OfficeId,
    /// What the manifest says of itself.
    pub manifest: ManifestHead,
    /// Every input entry that the plan asks of this office, in the plan's order (voce, month; row, column),
    /// also when its cell is blank or missing.
    pub entries: Vec<Entry>,
    /// `complete up to month` of each register: an entry like the others, read as a number 1–12.
    pub completeness: BTreeMap<VoceKey, Entry>,
    /// The note of each indicator, when not blank.
    pub notes: BTreeMap<IndicatorCode, TextCell>,
    /// The evidence reference of each indicator, when not blank.
    pub evidence: BTreeMap<IndicatorCode, TextCell>,
    /// The cause of a deviation, as each indicator's office chose it, when not blank.
    pub causes: BTreeMap<IndicatorCode, TextCell>,
    /// Why a voce does not apply, when not blank.
    pub reasons: BTreeMap<VoceKey, TextCell>,
    /// By scheda and month, when not blank: what stands where an office says with an x, or a yes, that
    /// nothing happened.
    pub idle: BTreeMap<(u8, Month), TextCell>,
    /// The month that the office chose in *Istruzioni*.
    pub chosen: Option<Month>,
    /// Name, role and date of who signs off, for every month that does not say otherwise.
    pub sign_off: SignOff,
    /// What each month says of its own sign-off; empty in a workbook of the first format.
    pub sign_offs: BTreeMap<Month, SignOff>,
    /// The month of which the workbook is the return, `2019-06`; empty when it is none.
    pub returned: String,
    /// The office's answers to what came back to it.
    pub responses: Vec<Response>,
    /// Where notes, evidence references and the sign-off stand, by their key in the manifest (`S03.1.nota`,
    /// `firma.nome`), also when blank; what is no longer in the workbook is not here.
    pub text_places: BTreeMap<String, Place>,
    /// Constants and values fixed by the plan, as this file shows them.
    pub shown: Vec<Shown>,
    /// Facts about sheets and rows that are not where the template put them.
    pub structure: Vec<StructureFact>,
    /// The last month filled in earnest (see [`super::last_in_earnest`]; zero and `n.a.` count) or declared
    /// complete.
    pub last_month: Option<Month>,
    /// What the file says of itself.
    pub traits: FileTraits,
    /// From which wording of the plan it was made, as far as its office sees.
    pub wording: Wording,
    /// How it differs from its template; `None` when there was none to lay beside it, or when it was made
    /// from another wording of the plan.
    pub tampering: Option<Tampering>,
    /// The same with what its labels tell where its keys are gone: nothing of it counts, it is what is typed
    /// again for its office to look at. `None` when the keys tell all, or the labels nothing more.
    pub by_label: Option<Box<Submission>>,
}

impl Submission {
    /// The entry as its label tells it, when that is another thing than what its key tells.
    pub fn told_by_label(&self, entry: &Entry) -> Option<&Entry> {
        let mut all = self.by_label.as_ref()?.entries.iter();
        all.find(|other| other.id == entry.id).filter(|other| other.state != entry.state)
    }

    /// Who signs off the data of a month: what its own row says, for the rest what holds for every month.
    pub fn sign_off_of(&self, month: Month) -> Signed<'_> {
        let own = self.sign_offs.get(&month);
        let part = |of: fn(&SignOff) -> &Option<TextCell>| {
            own.and_then(|own| of(own).as_ref()).or(of(&self.sign_off).as_ref())
        };
        Signed {
            name: part(|signed| &signed.name),
            role: part(|signed| &signed.role),
            date: part(|signed| &signed.date),
        }
    }

    /// Where a part of the sign-off of a month stands: `firma.nome`.
    pub fn sign_off_place(&self, part: &str, month: Month) -> Option<&Place> {
        let own = self.text_places.get(&format!("{part}.{}", month.number()));
        own.or_else(|| self.text_places.get(part))
    }

    /// Every text that stands beside the entries, with its key in the manifest and its month.
    pub fn keyed_texts(&self) -> Vec<(String, Option<Month>, &TextCell)> {
        let mut texts = Vec::new();
        for (what, own) in [("nota", &self.notes), ("fonte", &self.evidence), ("causa", &self.causes)] {
            texts.extend(own.iter().map(|(code, text)| (code.manifest_key(what), None, text)));
        }
        texts.extend(self.reasons.iter().map(|(voce, text)| (voce.reason_key(), None, text)));
        texts.extend(self.idle.iter().map(|((scheda, month), text)| (idle_key(*scheda), Some(*month), text)));
        let years = std::iter::once((None, &self.sign_off));
        for (month, SignOff { name, role, date }) in
            years.chain(self.sign_offs.iter().map(|(month, signed)| (Some(*month), signed)))
        {
            let parts = [("firma.nome", name), ("firma.ruolo", role), ("firma.data", date)];
            let said = parts.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?)));
            texts.extend(said.map(|(key, text)| (key.to_owned(), month, text)));
        }
        texts
    }

    /// Whether it shows its office what the plan says now.
    pub fn is_of_this_wording(&self) -> bool {
        self.wording == Wording::This
    }

    /// Gives all that it holds its references; `office` is the place of its office in the plan.
    pub(crate) fn number(&mut self, office: usize) {
        let entries = self.entries.iter_mut().chain(self.completeness.values_mut());
        let texts = self.notes.values_mut().chain(self.evidence.values_mut()).chain(self.causes.values_mut());
        let texts = texts.chain(self.reasons.values_mut()).chain(self.idle.values_mut());
        let signed = std::iter::once(&mut self.sign_off).chain(self.sign_offs.values_mut());
        let texts = texts.chain(signed.flat_map(SignOff::parts_mut).flatten());
        let all = entries.map(|entry| &mut entry.at).chain(texts.map(|text| &mut text.at));
        for (entry, at) in all.enumerate() {
            *at = EntryRef { office, entry };
        }
    }

    /// What a reference leads to; `None` of a reference to nothing here.
    pub fn standing(&self, at: EntryRef) -> Option<Standing<'_>> {
        if let Some(entry) = self.entries.get(at.entry).filter(|entry| entry.at == at) {
            return Some(Standing::Entry(entry, false));
        }
        if let Some(entry) = self.completeness.values().find(|entry| entry.at == at) {
            return Some(Standing::Entry(entry, true));
        }
        let mut texts = self.keyed_texts().into_iter();
        texts.find(|(.., text)| text.at == at).map(|(key, month, text)| Standing::Text(key, month, text))
    }

    /// Where everything with a reference stands, and whether that is only where the template has it.
    pub(super) fn places(&self) -> impl Iterator<Item = (&Place, EntryRef, bool)> {
        let entries = self.entries.iter().chain(self.completeness.values());
        let texts = self.keyed_texts().into_iter().map(|(.., text)| (&text.place, text.at, false));
        entries.map(|entry| (&entry.place, entry.at, entry.state == EntryState::Lost)).chain(texts)
    }
}

/// The key of «nessuna attività nel mese» of a scheda.
pub fn idle_key(scheda: u8) -> String {
    format!("S{scheda:02}.nessuna_attivita")
}

impl SignOff {
    fn parts_mut(&mut self) -> [&mut Option<TextCell>; 3] {
        let Self { name, role, date } = self;
        [name, role, date]
    }
}

/// What a reference leads to.
#[derive(Clone, Debug)]
pub enum Standing<'a> {
    /// An entry; whether it is the declaration of a register.
    Entry(&'a Entry, bool),
    /// A text, with its key in the manifest and its month.
    Text(String, Option<Month>, &'a TextCell),
}

/// The pairs at the head of the manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ManifestHead {
    /// Format of the workbook.
    pub format: String,
    /// Version of the plan.
    pub version: String,
    /// SHA-256 of the plan it was made from.
    pub sha256_plan: String,
}

/// One entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Which one.
    pub id: EntryId,
    /// By what it is known.
    pub at: EntryRef,
    /// Where it stands; the template's place when its cell is missing.
    pub place: Place,
    /// The text as typed, or the number as Excel stores it; empty when blank.
    pub raw: String,
    /// Its state.
    pub state: EntryState,
    /// What was normalised, for the ledger.
    pub normalised: Option<Normalisation>,
    /// The formula typed in the cell, when there is one.
    pub formula: Option<String>,
}

/// The state of an entry.
#[derive(Clone, Debug, PartialEq)]
pub enum EntryState {
    /// A value of the right kind.
    Value(Value),
    /// Not reported.
    Blank,
    /// `n.a.`: does not apply.
    NotApplicable,
    /// `n.d.`, `-` and the like: not reported, and flagged.
    Placeholder,
    /// Something that is not a value of this kind.
    Wrong(Fault),
    /// Its cell cannot be found in the workbook, or is found more than once (see the structure facts).
    Lost,
}

/// What is wrong with an entry: a fact; the checks of family C and T find the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Text where a number is wanted (C01).
    NotANumber,
    /// `1.234`: thousands or decimals? (C03)
    AmbiguousNumber,
    /// `12 (di cui 3 in corso)` (C16).
    NumberWithRemark,
    /// A number or a wrong text where a date is wanted (C08).
    NotADate,
    /// A date or a time where a number is wanted: `3/4` became 3 April (C10).
    DateForNumber,
    /// Not in the list of values; the nearest one, when near enough (C21).
    NotInList {
        /// The nearest value of the list.
        suggestion: Option<String>,
    },
    /// An Excel error, or a formula without a result (T13).
    ExcelError(String),
    /// A number too great, or of too many digits, to be one of these (V14).
    TooGreat,
    /// A text longer than a cell may hold (V14).
    TooLong,
    /// A day that Excel's calendar has not, before 1900 or after 9999 (V14).
    NoSuchDay,
}

/// Something read as a value although typed otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Normalisation {
    /// The check that lists it: `C02`, `C04`, `C09`, `C12`, `C13`, `C14`, `C22`, `C27`.
    pub code: &'static str,
    /// What was done, in a few Italian words: `testo letto come numero italiano`.
    pub rule: &'static str,
    /// The value taken, for people.
    pub taken: String,
    /// Whether the cell holds a text: the office's own formulas leave it out.
    pub is_text: bool,
}

/// A free text with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextCell {
    /// By what it is known.
    pub at: EntryRef,
    /// The text, trimmed.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

impl TextCell {
    /// Whether an x, or a yes, stands where an office says that nothing happened.
    pub fn says_nothing_done(&self) -> bool {
        YES_WORDS.contains(&self.text.to_lowercase().as_str())
    }
}

/// An answer as it stands in the workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// Its key: `risposta.1`.
    pub key: String,
    /// To what it is bound: the finding and the values that it had.
    pub bound: String,
    /// The answer, when it is one of those offered.
    pub kind: Option<AnswerKind>,
    /// As typed.
    pub typed: String,
    /// Why; empty when nothing is said.
    pub reason: String,
    /// Where the answer stands.
    pub place: Place,
}

/// Who signs off the workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignOff {
    /// Name.
    pub name: Option<TextCell>,
    /// Role.
    pub role: Option<TextCell>,
    /// Date, as a value or as typed.
    pub date: Option<TextCell>,
}

/// Who signs off a month, each part where it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signed<'a> {
    /// Name.
    pub name: Option<&'a TextCell>,
    /// Role.
    pub role: Option<&'a TextCell>,
    /// Date, as a value or as typed.
    pub date: Option<&'a TextCell>,
}

impl<'a> Signed<'a> {
    /// What is said, in order.
    pub fn parts(&self) -> [Option<&'a TextCell>; 3] {
        [self.name, self.role, self.date]
    }
}

/// A fact about the workbook's structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StructureFact {
    /// Entries with which the program cannot prove what it issues.
    SetAside {
        /// Which ones.
        entries: Vec<EntryRef>,
        /// The self-check that fails.
        why: String,
    },
    /// The scheda has no sheet with its name and none that holds its keys; the nearest name (T01).
    SheetMissing {
        /// The scheda.
        scheda: u8,
        /// The name expected.
        expected: String,
        /// The most similar sheet name present: the expected one itself when the sheet is there without its
        /// keys.
        nearest: Option<String>,
        /// Whether the workbook's own list names something of it: if not, its form never had it.
        listed: bool,
    },
    /// The scheda's sheet has another name and was recognised by its keys (T02).
    SheetRenamed {
        /// The scheda.
        scheda: u8,
        /// The name expected.
        expected: String,
        /// The name found.
        found: String,
    },
    /// Rows stand elsewhere and were found by their key (T05).
    RowsMoved {
        /// The sheet.
        sheet: String,
        /// The keys and where they stand now.
        rows: Vec<(String, CellRef)>,
        /// Whether some changed places, and did not only make or close up room.
        shuffled: bool,
    },
    /// A row's key, or the header of a month, is not in the sheet (T06).
    Missing {
        /// The sheet.
        sheet: String,
        /// The key of the row.
        key: String,
        /// The month whose column is missing; `None` when the whole row is.
        month: Option<Month>,
        /// Where the workbook's own list puts it; `None` when its form never had it.
        cell: Option<CellRef>,
        /// What stands over its column now, when the column is there and its heading is none: the heading's
        /// cell, its text.
        heading: Option<(CellRef, String)>,
        /// Whether the row is there: its column is not.
        row_stands: bool,
    },
    /// No row of the sheet names the months any more: their columns cannot be told (T06).
    HeaderMissing {
        /// The scheda.
        scheda: u8,
        /// The sheet.
        sheet: String,
    },
    /// A row's key stands more than once (T07).
    Duplicated {
        /// The sheet.
        sheet: String,
        /// The key.
        key: String,
        /// All its places.
        cells: Vec<CellRef>,
    },
    /// The label beside a row's key is the one of other voci (T24).
    OtherLabel {
        /// The sheet.
        sheet: String,
        /// The cell of the label.
        cell: CellRef,
        /// The key of the row.
        key: String,
        /// The voci of the scheda that have this label.
        voci: Vec<VoceKey>,
    },
    /// Columns of a register have the titles of other columns of it (T24).
    OtherTitles {
        /// The sheet.
        sheet: String,
        /// The register.
        register: VoceKey,
        /// The columns, each with the cell where its title should stand.
        columns: Vec<(String, CellRef)>,
    },
    /// Rows of a register that have no key: an office added them, or lost their key (T25).
    RowsWithoutKey {
        /// The sheet.
        sheet: String,
        /// The register.
        register: VoceKey,
        /// The ordinals under which their entries are read, each with its row in the sheet, from zero.
        rows: Vec<(u32, u32)>,
        /// Those with nothing typed in the register's columns.
        blank: Vec<u32>,
    },
    /// Another sheet has the keys of a scheda that has its own sheet (T26).
    SheetCopied {
        /// The scheda.
        scheda: u8,
        /// The other sheet.
        copy: String,
        /// How many of its filled cells say what the scheda's own say.
        equal: usize,
        /// How many filled cells of the scheda's own sheet are blank in it.
        blank: usize,
        /// The entries that it says otherwise.
        differing: Vec<CopiedCell>,
    },
    /// A month heads more than one column of a sheet (M06).
    MonthTwice {
        /// The sheet.
        sheet: String,
        /// The month.
        month: Month,
        /// The cells that name it, in the same header row.
        headings: Vec<CellRef>,
    },
    /// The row of an indicator for which the office is not responsible holds entries (A02).
    Unassigned {
        /// The sheet.
        sheet: String,
        /// The key of the row.
        key: String,
        /// The cells with something typed.
        cells: Vec<CellRef>,
    },
    /// A sheet stopped being readable (F01).
    SheetDamaged {
        /// The sheet.
        sheet: String,
        /// What was seen.
        what: String,
    },
}

/// A cell of a copied sheet that says something else than the scheda's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopiedCell {
    /// The entry; of a register's declaration, the register's.
    pub id: EntryId,
    /// Where the entry stands; the register's declaration, of a row that only the copy has.
    pub place: Place,
    /// What it says.
    pub raw: String,
    /// The cell of the copy.
    pub copy: Place,
    /// What that says.
    pub copy_raw: String,
}

/// What a readable workbook turned out to be.
#[derive(Clone, Debug)]
pub enum Recognition {
    /// An office's workbook of this plan.
    Submission(Box<Submission>),
    /// No manifest, or one that cannot be read: not one of our workbooks (F05); what was seen.
    Foreign(String),
    /// Of another year or ente (F06); what it says, what was expected.
    OtherPlan {
        /// What the manifest says.
        found: String,
        /// What the plan says.
        expected: String,
    },
    /// Of an office that the plan does not know (F08).
    UnknownOffice {
        /// The office the manifest names.
        office: String,
        /// The nearest office of the plan.
        nearest: Option<OfficeId>,
    },
}
