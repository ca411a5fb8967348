//! A made-up June and a made-up December on the embedded plan, for tests of the room and of the writer.

use std::collections::BTreeMap;

use crate::admit::{Admitted, admit};
use crate::aggregate::{Consolidation, consolidate, month_by_month};
use crate::check::{Checked, Fate, Received, Tally};
use crate::impact::{Effect, Ground, sort_by_effect};
use crate::interpret::{
    Entry, EntryPlaces, EntryState, FileTraits, ManifestHead, Normalisation, SignOff, Submission, TextCell,
    Wording,
};
use crate::model::{
    CellRef, EntryId, EntryRef, Finding, IndicatorCode, Month, Number, OfficeId, Place, Related, Rule,
    Severity, TimeKind, Value, VoceType, YearMonth,
};
use crate::plan::{DEFAULT_PLAN, Plan, Voce, read_plan};
use crate::read::Refusal;

use crate::certify::Run;

pub(crate) static PART: Rule = Rule {
    code: "R03",
    name: "La parte supera il tutto",
    severity: Severity::Errore,
    why: "Una parte non può essere più grande del tutto da cui è presa.",
    remedy: "Correggi la parte, oppure il tutto.",
    to_office: "Correggi la parte, oppure il tutto.",
    missing: false,
};
pub(crate) static ABSENT: Rule = Rule {
    code: "K01",
    name: "Manca il file dell'ufficio",
    severity: Severity::Errore,
    why: "Senza il file i suoi dati non entrano nei risultati.",
    remedy: "Chiedi il file all'ufficio.",
    to_office: "Chiedi il file all'ufficio.",
    missing: true,
};
pub(crate) static QUIET: Rule = Rule {
    code: "Y09",
    name: "Un controllo senza soggetti",
    severity: Severity::Nota,
    why: "Serve a mostrare che anche chi non ha soggetti è elencato.",
    remedy: "Niente da fare.",
    to_office: "Niente da fare.",
    missing: false,
};

/// All that a `Run` borrows.
pub(crate) struct Sample {
    pub plan: Plan,
    pub consolidation: Consolidation,
    pub months: Vec<Consolidation>,
    pub checked: Checked,
    pub effects: Vec<Effect>,
    pub rules: Vec<&'static Rule>,
    pub files: Vec<Received>,
    pub submissions: Vec<Submission>,
    pub admitted: Admitted,
    pub definitive: bool,
}

impl Sample {
    pub(crate) fn run(&self) -> Run<'_> {
        Run {
            plan: &self.plan,
            consolidation: &self.consolidation,
            months: &self.months,
            checked: &self.checked,
            effects: &self.effects,
            rules: &self.rules,
            files: &self.files,
            submissions: &self.submissions,
            admitted: &self.admitted,
            definitive: self.definitive,
            prints_all: false,
            past: None,
        }
    }
}

/// Every office but the last has sent a file with numbers up to `month`; some things are wrong.
pub(crate) fn sample(month: u32) -> Sample {
    sample_of(read_plan(DEFAULT_PLAN).unwrap(), month, &|_| {})
}

/// The same for another plan, with submissions altered.
pub(crate) fn sample_of(plan: Plan, month: u32, alter: &dyn Fn(&mut Vec<Submission>)) -> Sample {
    sample_without(plan, month, alter, &[])
}

/// The same with the first entry of each of these voci kept out.
pub(crate) fn sample_without(
    plan: Plan,
    month: u32,
    alter: &dyn Fn(&mut Vec<Submission>),
    kept_out: &[&str],
) -> Sample {
    let month = plan.month(Month::new(month).unwrap());
    let senders = &plan.offices[..plan.offices.len() - 1];
    let mut submissions: Vec<Submission> =
        senders.iter().map(|office| submission(&plan, &office.id, month)).collect();
    alter(&mut submissions);
    for submission in &mut submissions {
        submission.number(plan.offices.place(&submission.office).unwrap());
    }
    let mut findings = findings(&submissions);
    findings.extend(kept_out.iter().filter_map(|voce| beyond(&submissions, voce)));
    let places = EntryPlaces::of(&submissions);
    findings.iter_mut().for_each(|finding| finding.entries = places.named(finding));
    let admitted = admit(&plan, month, &submissions, &findings);
    let consolidation = consolidate(&plan, &admitted, month);
    let ground = Ground { plan: &plan, admitted: &admitted, month, consolidation: &consolidation };
    let effects = sort_by_effect(ground, &mut findings);
    let months = month_by_month(&plan, &admitted, &consolidation);
    let mut tallies = BTreeMap::new();
    tallies.insert("R03", Tally { passed: 410, failed: 1, skipped: 1, waived: 0 });
    tallies.insert("K01", Tally { passed: 25, failed: 1, skipped: 0, waived: 0 });
    let because = BTreeMap::from([("dipende da C01".to_owned(), 1)]);
    let checked =
        Checked { findings, tallies, reasons: BTreeMap::from([("R03", because)]), shadowed: BTreeMap::new() };
    let files = files(&submissions);
    let rules = vec![&ABSENT, &PART, &QUIET];
    Sample {
        rules,
        plan,
        consolidation,
        months,
        checked,
        effects,
        files,
        submissions,
        admitted,
        definitive: false,
    }
}

fn submission(plan: &Plan, office: &OfficeId, month: YearMonth) -> Submission {
    let mut entries = Vec::new();
    let mut completeness = BTreeMap::new();
    let mut row = 10;
    for indicator in plan.indicators().filter(|indicator| indicator.offices.contains(office)) {
        let sheet = format!("Scheda {}", indicator.scheda);
        for voce in indicator.voci.iter().filter(|voce| voce.is_input()) {
            row += 1;
            entries.extend(of_voce(voce, &sheet, row, month));
            if voce.time == TimeKind::Registro {
                let entry = Entry {
                    id: EntryId::annual(voce.key.clone()),
                    at: EntryRef::default(),
                    place: place(&sheet, row, 20),
                    raw: month.month.number().to_string(),
                    state: EntryState::Value(Value::Number(Number::from(month.month.number()))),
                    normalised: None,
                    formula: None,
                };
                completeness.insert(voce.key.clone(), entry);
            }
        }
    }
    let note = TextCell {
        at: EntryRef::default(),
        text: "=SOMMA(A1) è solo un testo".into(),
        place: place("Scheda 1", 3, 3),
    };
    Submission {
        file: format!("schede-2019-{office}.xlsx"),
        sha256: format!("{:0>64}", office.as_str().len()),
        office: office.clone(),
        manifest: ManifestHead::default(),
        entries,
        completeness,
        notes: BTreeMap::from([(IndicatorCode::new("1.2"), note)]),
        evidence: BTreeMap::new(),
        causes: BTreeMap::new(),
        reasons: BTreeMap::new(),
        idle: BTreeMap::new(),
        chosen: None,
        sign_offs: BTreeMap::new(),
        sign_off: SignOff {
            name: Some(TextCell {
                at: EntryRef::default(),
                text: "Anna Rossi".into(),
                place: place("Istruzioni", 1, 1),
            }),
            role: None,
            date: None,
        },
        returned: String::new(),
        responses: Vec::new(),
        text_places: BTreeMap::new(),
        shown: Vec::new(),
        structure: Vec::new(),
        traits: FileTraits::default(),
        wording: Wording::This,
        tampering: None,
        by_label: None,
        last_month: Some(month.month),
    }
}

fn of_voce(voce: &Voce, sheet: &str, row: u32, month: YearMonth) -> Vec<Entry> {
    let whole = if voce.part_of.is_some() { 3 } else { 4 };
    let entry = |id: EntryId, column: u16, value: Option<Value>| Entry {
        at: EntryRef::default(),
        id,
        place: place(sheet, row, column),
        raw: value.as_ref().map_or_else(String::new, Value::to_people),
        state: value.map_or(EntryState::Blank, EntryState::Value),
        normalised: None,
        formula: None,
    };
    let number = |value: i64| Some(Value::Number(Number::from(value)));
    match voce.time {
        TimeKind::Mensile | TimeKind::Consistenza => Month::all()
            .map(|own| {
                let filled = own <= month.month && !(voce.key.as_str() == "S02.stage" && own.number() == 3);
                let column = u16::try_from(own.number()).unwrap() + 3;
                let id = EntryId::monthly(voce.key.clone(), own);
                entry(id, column, filled.then(|| number(whole)).flatten())
            })
            .collect(),
        TimeKind::Annuale => {
            let value = match voce.kind {
                VoceType::Data => chrono::NaiveDate::from_ymd_opt(2019, 5, 20).map(Value::Date),
                VoceType::SiNo => Some(Value::Flag(true)),
                VoceType::Percentuale => Some(Value::Number(Number::ratio(15, 100).unwrap())),
                _ if voce.key.as_str() == "S13.quota_2018" => None,
                _ => number(40),
            };
            let mut made = entry(EntryId::annual(voce.key.clone()), 3, value);
            if voce.key.as_str() == "S01.ore_sportello_2018" {
                made.raw = "40 ore".into();
                made.normalised = Some(Normalisation {
                    code: "C04",
                    rule: "unità di misura tolta dal numero",
                    taken: "40".into(),
                    is_text: true,
                });
            }
            vec![made]
        }
        TimeKind::Registro => register(voce, sheet, row),
        TimeKind::Costante => Vec::new(),
    }
}

fn register(voce: &Voce, sheet: &str, row: u32) -> Vec<Entry> {
    let columns = &voce.register.as_ref().unwrap().columns;
    let value = |kind: VoceType| match kind {
        VoceType::Data => chrono::NaiveDate::from_ymd_opt(2019, 2, 11).map(Value::Date),
        _ => Some(Value::Text("Bando voucher digitali".into())),
    };
    columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let value = value(column.kind).unwrap();
            Entry {
                id: EntryId::field(voce.key.clone(), 1, column.key.clone()),
                at: EntryRef::default(),
                place: place(sheet, row + 100, u16::try_from(at).unwrap() + 2),
                raw: value.to_people(),
                state: EntryState::Value(value),
                normalised: None,
                formula: None,
            }
        })
        .collect()
}

fn place(sheet: &str, row: u32, col: u16) -> Place {
    Place { sheet: sheet.to_owned(), cell: CellRef { row, col } }
}

fn findings(submissions: &[Submission]) -> Vec<Finding> {
    let absent = Finding {
        office: Some(OfficeId::new("trattamento_economico")),
        message: "l'ufficio non ha inviato nessun file".into(),
        ..Finding::of(&ABSENT)
    };
    let metrico = submissions.iter().find(|submission| submission.office.as_str() == "metrico");
    let is_of = |entry: &&Entry| entry.id.voce.as_str() == "S03.orafi_ispezionati";
    let found = metrico.and_then(|metrico| Some((metrico, metrico.entries.iter().find(is_of)?)));
    let Some((metrico, entry)) = found else { return vec![absent] };
    let part = Finding {
        office: Some(metrico.office.clone()),
        file: Some(metrico.file.clone()),
        sheet: Some(entry.place.sheet.clone()),
        cells: vec![entry.place.cell],
        scheda: Some(3),
        indicator: Some(IndicatorCode::new("3.1")),
        voce: Some(entry.id.voce.clone()),
        month: Month::new(1),
        found: "41".into(),
        expected: "al massimo 40".into(),
        message: "nella scheda 3, a gennaio, gli orafi ispezionati (41) superano quelli iscritti (40)".into(),
        related: vec![Related {
            office: metrico.office.clone(),
            file: metrico.file.clone(),
            sheet: "Scheda 3".into(),
            cells: vec![CellRef { row: 13, col: 7 }],
        }],
        ..Finding::of(&PART)
    };
    vec![part, absent]
}

fn beyond(submissions: &[Submission], voce: &str) -> Option<Finding> {
    let entries = submissions.iter().flat_map(|sent| sent.entries.iter().map(move |entry| (sent, entry)));
    let (sent, entry) = entries.into_iter().find(|(_, entry)| entry.id.voce.as_str() == voce)?;
    Some(Finding {
        office: Some(sent.office.clone()),
        file: Some(sent.file.clone()),
        sheet: Some(entry.place.sheet.clone()),
        cells: vec![entry.place.cell],
        voce: Some(entry.id.voce.clone()),
        month: entry.id.month,
        message: "la parte supera il tutto".into(),
        ..Finding::of(&PART)
    })
}

fn files(submissions: &[Submission]) -> Vec<Received> {
    let mut files: Vec<Received> = submissions
        .iter()
        .map(|submission| Received {
            name: submission.file.clone(),
            sha256: submission.sha256.clone(),
            bytes: 18_234,
            office: Some(submission.office.clone()),
            fate: Fate::Accepted,
            by_label: None,
        })
        .collect();
    let other = |name: &str, fate: Fate| Received {
        name: name.into(),
        sha256: format!("{:f>64}", name.len()),
        bytes: 512,
        office: None,
        fate,
        by_label: None,
    };
    files.push(other("schede-2019-urp (copia).xlsx", Fate::CopyOf("schede-2019-urp.xlsx".into())));
    files.push(other("vecchio.xls", Fate::Refused(Refusal::OtherKind("xls"))));
    files.push(other("~$schede-2019-urp.xlsx", Fate::Refused(Refusal::Temporary)));
    files
}
