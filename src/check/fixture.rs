//! Submissions built by hand on the embedded plan, for the tests of the checks.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Checked, Facts, Received, catalogue};
use crate::interpret::{
    Entry, EntryState, FORMAT, Fate, Fault, FileTraits, ManifestHead, Normalisation, SignOff, Submission,
    Tampering, TextCell, Wording,
};
use crate::model::{
    CellRef, EntryId, EntryRef, Finding, IndicatorCode, Month, Number, OfficeId, Place, Value, VoceKey,
    VoceType,
};
use crate::plan::{DEFAULT_PLAN, Plan, Voce, Waiver, read_plan};

/// Some offices' files, at a reporting month.
pub(super) struct World {
    pub(super) plan: Plan,
    month: Month,
    submissions: Vec<Submission>,
    pub(super) files: Vec<Received>,
    pub(super) whole: bool,
}

impl World {
    /// No file yet, at month number `month`.
    pub(super) fn at(month: u32) -> Self {
        Self::of(read_plan(DEFAULT_PLAN).unwrap(), month)
    }

    /// The same on another plan.
    pub(super) fn of(plan: Plan, month: u32) -> Self {
        Self {
            plan,
            month: Month::new(month).unwrap(),
            submissions: Vec::new(),
            files: Vec::new(),
            whole: true,
        }
    }

    /// The blank file of an office.
    pub(super) fn blank(mut self, office: &str) -> Self {
        let submission = blank_submission(&self.plan, &OfficeId::new(office));
        self.files.push(Received {
            name: submission.file.clone(),
            sha256: String::new(),
            bytes: 1,
            office: Some(submission.office.clone()),
            fate: Fate::Accepted,
            by_label: None,
        });
        self.submissions.push(submission);
        self
    }

    /// The file of an office with 1 in every cell of the months up to the reporting one.
    pub(super) fn filled(self, office: &str) -> Self {
        let last = self.month;
        let mut world = self.blank(office);
        let plan = world.plan.clone();
        for entry in &mut world.submissions.last_mut().unwrap().entries {
            let (_, voce) = plan.voce(&entry.id.voce).unwrap();
            let due = entry.id.month.is_some_and(|month| month <= last)
                || (voce.time == crate::model::TimeKind::Annuale && voce.kind.is_number());
            if due {
                type_in(entry, voce, "1");
            }
        }
        world.refresh();
        world
    }

    /// Types `text` in the cell of `key` (`S03.orafi_ispezionati`) for a month, or for the year with 0.
    pub(super) fn set(mut self, office: &str, key: &str, month: u32, text: &str) -> Self {
        let id = EntryId { voce: VoceKey::from_text(key), month: Month::new(month), row: None, column: None };
        self.put(office, &id, text);
        self
    }

    /// The same, typed as text and read by Italian rules (C02).
    pub(super) fn read_as_text(mut self, office: &str, key: &str, month: u32, text: &str) -> Self {
        self = self.set(office, key, month, text);
        let id = EntryId { voce: VoceKey::from_text(key), month: Month::new(month), row: None, column: None };
        let entry = self.submission(office).entries.iter_mut().find(|entry| entry.id == id).unwrap();
        let (code, rule, taken) = ("C02", "testo", text.to_owned());
        entry.normalised = Some(Normalisation { code, rule, taken, is_text: true });
        self
    }

    /// Types `text` in a field of a register.
    pub(super) fn field(mut self, office: &str, key: &str, row: u32, column: &str, text: &str) -> Self {
        self.put(office, &EntryId::field(VoceKey::from_text(key), row, column), text);
        self
    }

    /// Declares a register complete.
    pub(super) fn complete(mut self, office: &str, key: &str, text: &str) -> Self {
        let entry = self.submission(office).completeness.get_mut(&VoceKey::from_text(key)).unwrap();
        entry.raw = text.to_owned();
        entry.state = EntryState::Value(Value::Number(Number::parse(text).unwrap()));
        self
    }

    /// Writes the note of an indicator.
    pub(super) fn note(self, office: &str, code: &str) -> Self {
        self.says(office, code, "spiegazione")
    }

    /// Writes these words in the note of an indicator.
    pub(super) fn says(mut self, office: &str, code: &str, words: &str) -> Self {
        let cell = self.text(office, &IndicatorCode::new(code).manifest_key("nota"), words);
        self.submission(office).notes.insert(IndicatorCode::new(code), cell);
        self
    }

    /// Chooses the cause of a deviation.
    pub(super) fn cause(mut self, office: &str, code: &str, words: &str) -> Self {
        let cell = self.text(office, &IndicatorCode::new(code).manifest_key("causa"), words);
        self.submission(office).causes.insert(IndicatorCode::new(code), cell);
        self
    }

    /// Writes the evidence reference of an indicator.
    pub(super) fn evidence(mut self, office: &str, code: &str, words: &str) -> Self {
        let cell = self.text(office, &IndicatorCode::new(code).manifest_key("fonte"), words);
        self.submission(office).evidence.insert(IndicatorCode::new(code), cell);
        self
    }

    /// Signs the file of an office off, on this date as typed.
    pub(super) fn signed(mut self, office: &str, date: &str) -> Self {
        let [name, role, date] = [("nome", "Chi firma"), ("ruolo", "Responsabile"), ("data", date)]
            .map(|(what, words)| Some(self.text(office, &format!("firma.{what}"), words)));
        self.submission(office).sign_off = SignOff { name, role, date };
        self
    }

    fn text(&mut self, office: &str, key: &str, words: &str) -> TextCell {
        let place = self.submission(office).text_places.get(key).unwrap().clone();
        TextCell { at: EntryRef::default(), text: words.to_owned(), place }
    }

    /// The unit accepts to do without the file of an office.
    pub(super) fn without(mut self, office: &str) -> Self {
        self.plan.controls.waivers.push(Waiver {
            code: "K01".to_owned(),
            office: Some(OfficeId::new(office)),
            scheda: None,
            indicator: None,
            voce: None,
            month: None,
            value: "nessun file".to_owned(),
            reason: "ufficio chiuso".to_owned(),
            who: "unità".to_owned(),
            until: None,
        });
        self
    }

    /// The file of an office.
    pub(super) fn submission(&mut self, office: &str) -> &mut Submission {
        self.submissions.iter_mut().find(|submission| submission.office.as_str() == office).unwrap()
    }

    fn put(&mut self, office: &str, id: &EntryId, text: &str) {
        let plan = self.plan.clone();
        let (_, voce) = plan.voce(&id.voce).unwrap();
        let entry = self.submission(office).entries.iter_mut().find(|entry| &entry.id == id).unwrap();
        type_in(entry, voce, text);
        self.refresh();
    }

    fn refresh(&mut self) {
        for submission in &mut self.submissions {
            let typed = submission.entries.iter().filter(|entry| entry.state != EntryState::Blank);
            submission.last_month = typed.filter_map(|entry| entry.id.month).max();
        }
    }

    /// The same files at another reporting month.
    pub(super) fn now(mut self, month: u32) -> Self {
        self.month = Month::new(month).unwrap();
        self
    }

    /// Runs every check.
    pub(super) fn run(&self) -> Checked {
        let mut submissions = self.submissions.clone();
        for submission in &mut submissions {
            submission.number(self.plan.offices.place(&submission.office).unwrap());
        }
        catalogue::judge(&Facts {
            plan: &self.plan,
            month: self.plan.month(self.month),
            files: &self.files,
            submissions: &submissions,
            whole: self.whole,
            previous: None,
        })
        .checked
    }

    /// The findings with this code.
    pub(super) fn findings(&self, code: &str) -> Vec<Finding> {
        self.run().findings.into_iter().filter(|finding| finding.rule.code == code).collect()
    }

    /// The only finding with this code.
    pub(super) fn finding(&self, code: &str) -> Finding {
        let mut found = self.findings(code);
        assert_eq!(found.len(), 1, "{code}: {found:#?}");
        found.remove(0)
    }

    /// The findings with this code about this voce.
    pub(super) fn about(&self, code: &str, key: &str) -> Vec<Finding> {
        let key = VoceKey::from_text(key);
        self.findings(code).into_iter().filter(|finding| finding.voce.as_ref() == Some(&key)).collect()
    }

    /// The account of a check: passed, failed, skipped.
    pub(super) fn tally(&self, code: &str) -> (usize, usize, usize) {
        let tally = self.run().tallies.get(code).copied().unwrap_or_default();
        (tally.passed, tally.failed, tally.skipped)
    }

    /// How many subjects of `code` were not judged because of `reason`.
    pub(super) fn skipped(&self, code: &str, reason: &str) -> usize {
        self.run().reasons.get(code).and_then(|reasons| reasons.get(reason)).copied().unwrap_or(0)
    }
}

/// The cells named by a finding, as text.
pub(super) fn cells(finding: &Finding) -> Vec<String> {
    finding.cells.iter().map(ToString::to_string).collect()
}

fn blank_submission(plan: &Plan, office: &OfficeId) -> Submission {
    let mut submission = Submission {
        file: format!("schede-2019-{office}.xlsx"),
        sha256: String::new(),
        office: office.clone(),
        manifest: ManifestHead {
            format: FORMAT.to_owned(),
            sha256_plan: plan.sha256.clone(),
            ..ManifestHead::default()
        },
        entries: Vec::new(),
        completeness: BTreeMap::new(),
        notes: BTreeMap::new(),
        evidence: BTreeMap::new(),
        causes: BTreeMap::new(),
        reasons: BTreeMap::new(),
        idle: BTreeMap::new(),
        chosen: None,
        sign_offs: BTreeMap::new(),
        sign_off: SignOff::default(),
        returned: String::new(),
        responses: Vec::new(),
        text_places: BTreeMap::new(),
        shown: Vec::new(),
        structure: Vec::new(),
        last_month: None,
        traits: FileTraits::default(),
        wording: Wording::This,
        tampering: Some(Tampering::default()),
        by_label: None,
    };
    let mut row = 9;
    for (indicator, voce) in plan.voci().filter(|(indicator, _)| indicator.offices.contains(office)) {
        let place = |row: u32, col: u32| Place {
            sheet: format!("Scheda {}", indicator.scheda),
            cell: CellRef::new(row, col).unwrap(),
        };
        row += 1;
        if let Some(register) = &voce.register {
            let declared = blank_entry(EntryId::annual(voce.key.clone()), place(row, 1));
            submission.completeness.insert(voce.key.clone(), declared);
            for line in 1..=3 {
                row += 1;
                for (col, column) in (1..).zip(&register.columns) {
                    let id = EntryId::field(voce.key.clone(), line, column.key.clone());
                    submission.entries.push(blank_entry(id, place(row, col)));
                }
            }
        } else if voce.time.by_month() {
            for month in Month::all() {
                let id = EntryId::monthly(voce.key.clone(), month);
                submission.entries.push(blank_entry(id, place(row, 1 + month.number())));
            }
        } else if voce.is_input() {
            submission.entries.push(blank_entry(EntryId::annual(voce.key.clone()), place(row, 1)));
        }
    }
    let texts = plan.indicators().filter(|indicator| indicator.offices.contains(office));
    let keys =
        texts.flat_map(|indicator| ["nota", "fonte", "causa"].map(|what| indicator.code.manifest_key(what)));
    for (line, key) in (200..).zip(keys.chain(["nome", "ruolo", "data"].map(|what| format!("firma.{what}"))))
    {
        let cell = CellRef::new(line, 1).unwrap();
        submission.text_places.insert(key, Place { sheet: "Scheda".to_owned(), cell });
    }
    submission
}

fn blank_entry(id: EntryId, place: Place) -> Entry {
    Entry {
        id,
        at: EntryRef::default(),
        place,
        raw: String::new(),
        state: EntryState::Blank,
        normalised: None,
        formula: None,
    }
}

/// Types `text`: a number, an ISO date, `sì`/`no`, `n.a.`, `n.d.`, nothing, or `?` for something wrong.
fn type_in(entry: &mut Entry, voce: &Voce, text: &str) {
    entry.raw = text.to_owned();
    let column = entry.id.column.as_deref();
    let kind = column.map_or(voce.kind, |key| voce.register.as_ref().unwrap().column(key).unwrap().kind);
    entry.state = match (text, kind) {
        ("", _) => EntryState::Blank,
        ("n.a.", _) => EntryState::NotApplicable,
        ("n.d.", _) => EntryState::Placeholder,
        ("?", _) => EntryState::Wrong(Fault::NotANumber),
        (_, VoceType::Data) => EntryState::Value(Value::Date(text.parse::<NaiveDate>().unwrap())),
        (_, VoceType::SiNo) => EntryState::Value(Value::Flag(text == "sì")),
        (_, VoceType::Testo) => EntryState::Value(Value::Text(text.to_owned())),
        _ => EntryState::Value(Value::Number(Number::parse(text).unwrap())),
    };
}
