//! The month before, as facts.

use std::collections::{BTreeMap, BTreeSet};

use super::{Said, Slot, Told, slot};
use crate::admit::{Admission, Admitted};
use crate::aggregate::{Consolidation, Degrees};
use crate::interpret::{Fate, Received, Submission};
use crate::model::{
    EntryId, Finding, IndicatorCode, Light, Month, Number, OfficeId, Place, Status, Value, VoceKey,
    YearMonth, squeezed,
};
use crate::plan::{Indicator, Plan, Voce};

/// A month already consolidated, as its issued workbook holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Memory {
    /// Its reporting month.
    pub month: YearMonth,
    /// SHA-256 of the workbook, in hexadecimal.
    pub sha256: String,
    /// SHA-256 of all its plan.
    pub plan: String,
    /// SHA-256 of the final issue of the year before, when it was made with one.
    pub last_year: Option<String>,
    /// The values that its plan gave, of voci that the plan has; as a cell keeps them.
    pub given: BTreeMap<VoceKey, Value>,
    /// The offices whose file counted.
    pub sent: BTreeSet<OfficeId>,
    /// Every file that counted.
    pub files: Vec<KeptFile>,
    /// Every value, by what it is about.
    pub entries: BTreeMap<Slot, Kept>,
    /// The texts beside the values, by office, key and month.
    pub texts: BTreeMap<(OfficeId, TextKey), String>,
    /// The results, by indicator.
    pub results: BTreeMap<IndicatorCode, KeptResult>,
    /// The schede, by number.
    pub schede: BTreeMap<u8, Standing>,
    /// The whole ente.
    pub ente: Standing,
    /// Its findings, in order.
    pub findings: Vec<Told>,
    /// Changes of still earlier months that nobody had explained: their old values, and since when.
    pub pending: BTreeMap<Slot, Pending>,
    /// The fields of the rows of registers that were taken away and of which nobody had said why.
    pub gone: BTreeMap<Slot, Kept>,
    /// What was consolidated before of the offices whose file did not count.
    pub away: BTreeMap<OfficeId, Away>,
    /// The names of its offices that the plan does not have: nothing of theirs is compared.
    pub strangers: Vec<String>,
    /// The voci of the plan that its own plan had too.
    pub voci: BTreeSet<VoceKey>,
    /// Its values of voci that the plan does not have, in its order: nothing of them is compared.
    pub lost: Vec<Lost>,
    /// Of whom each voce was asked, of those that the plan has.
    pub asked: BTreeMap<VoceKey, BTreeSet<OfficeId>>,
    /// The formulas, as its plan wrote them.
    pub formulas: BTreeMap<IndicatorCode, String>,
    /// Its voci that the plan has under another key, by the key of then.
    pub renamed: BTreeMap<VoceKey, VoceKey>,
}

/// A value of a voce that the plan does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The office that had written it.
    pub office: OfficeId,
    /// Which entry it was; its column as the issue names it.
    pub id: EntryId,
    /// What it said.
    pub said: Said,
    /// File and place.
    pub was: Option<(String, Place)>,
}

/// What was consolidated of an office that sent nothing in the month before.
#[derive(Clone, Debug, PartialEq)]
pub struct Away {
    /// The last month in which its file counted.
    pub month: YearMonth,
    /// What it said then: no blank.
    pub entries: BTreeMap<Slot, Kept>,
    /// Its texts beside the values, by key.
    pub texts: BTreeMap<TextKey, String>,
    /// The findings that it had explained.
    pub explained: Vec<Told>,
}

impl Away {
    /// Nothing yet, of this month.
    pub fn empty(month: YearMonth) -> Self {
        Self { month, entries: BTreeMap::new(), texts: BTreeMap::new(), explained: Vec::new() }
    }
}

/// The key of a text beside the values, and its month: `S03.1.nota`, `firma.data` of March.
pub type TextKey = (String, Option<Month>);

/// A file that counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its office.
    pub office: OfficeId,
}

/// A value as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Which entry it was.
    pub id: EntryId,
    /// What it said.
    pub said: Said,
    /// The code of the finding that kept it out.
    pub kept_out: Option<String>,
    /// Whether it was due.
    pub due: bool,
    /// The file.
    pub file: String,
    /// Its place there.
    pub place: Option<Place>,
}

/// The result of an indicator as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptResult {
    /// The value, as a cell keeps it.
    pub value: Said,
    /// The outcome.
    pub status: Status,
    /// The degree against the year's target, as a cell keeps it.
    pub degree: Option<Number>,
    /// The degree against the pace, as a cell keeps it.
    pub paced: Option<Number>,
    /// The target, as printed.
    pub target: String,
}

/// A degree with its light.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The official degree, as a cell keeps it.
    pub degree: Option<Number>,
    /// The degree against the pace, as a cell keeps it.
    pub paced: Option<Number>,
    /// The light.
    pub light: Light,
}

impl Default for Standing {
    fn default() -> Self {
        Self { degree: None, paced: None, light: Light::Grigio }
    }
}

impl Standing {
    /// As an issue keeps it.
    pub fn of(degrees: &Degrees, light: Light) -> Self {
        let kept = |degree: &Option<Number>| in_a_cell(degree.as_ref());
        Self { degree: kept(&degrees.official), paced: kept(&degrees.paced), light }
    }
}

/// A change that nobody had explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The value before it.
    pub before: Said,
    /// The month whose issue held that value.
    pub since: YearMonth,
}

/// A number as a cell keeps it.
pub(super) fn in_a_cell(number: Option<&Number>) -> Option<Number> {
    number.and_then(|number| Number::from_f64(number.to_f64()))
}

/// A value as a cell keeps it.
pub(super) fn said(value: Option<&Value>) -> Said {
    value.map_or(Said::Nothing, |value| Said::value(value.clone()))
}

impl Memory {
    /// A month of which nothing is known yet.
    pub fn empty(month: YearMonth) -> Self {
        Self {
            month,
            sha256: String::new(),
            plan: String::new(),
            last_year: None,
            given: BTreeMap::new(),
            sent: BTreeSet::new(),
            files: Vec::new(),
            entries: BTreeMap::new(),
            texts: BTreeMap::new(),
            results: BTreeMap::new(),
            schede: BTreeMap::new(),
            ente: Standing::default(),
            findings: Vec::new(),
            pending: BTreeMap::new(),
            gone: BTreeMap::new(),
            away: BTreeMap::new(),
            strangers: Vec::new(),
            voci: BTreeSet::new(),
            lost: Vec::new(),
            asked: BTreeMap::new(),
            formulas: BTreeMap::new(),
            renamed: BTreeMap::new(),
        }
    }

    /// A month as a later one will remember it, of the same files; without the identity of its workbook.
    pub fn of(
        plan: &Plan,
        (files, submissions): (&[Received], &[Submission]),
        admitted: &Admitted,
        results: &Consolidation,
        findings: &[Finding],
    ) -> Self {
        let mut memory = Self::empty(results.month);
        memory.plan.clone_from(&plan.sha256_whole);
        memory.voci = plan.voci().map(|(_, voce)| voce.key.clone()).collect();
        memory.last_year = archive_of(plan);
        memory.given = given(plan);
        memory.formulas =
            plan.indicators().map(|own| (own.code.clone(), squeezed(own.formula.text()))).collect();
        memory.asked = asked(plan, results.month.month);
        memory.sent = submissions.iter().map(|one| one.office.clone()).collect();
        memory.findings = findings.iter().map(|finding| Told::of(plan, finding)).collect();
        memory.files = files.iter().filter_map(kept_file).collect();
        for submission in submissions {
            memory.keep(plan, submission, admitted, results.month);
        }
        memory.judge(plan, results);
        memory
    }

    /// Whether it was made with the final issue of the year before with which the plan is.
    pub fn is_of_this_archive(&self, plan: &Plan) -> bool {
        self.last_year == archive_of(plan)
    }

    /// The values that the plan gives, and that its own gave otherwise, with what that was: in the plan's
    /// order. Of what it did not give nothing is known.
    pub fn given_otherwise<'p>(&'p self, plan: &'p Plan) -> impl Iterator<Item = (&'p Voce, &'p Value)> {
        let now = given(plan);
        plan.voci().filter_map(move |(_, voce)| {
            let (then, now) = (self.given.get(&voce.key)?, now.get(&voce.key)?);
            (then != now).then_some((voce, then))
        })
    }

    /// The key that the plan has now for a key of then.
    pub fn key_of_now(&self, then: &str) -> VoceKey {
        let then = VoceKey::from_text(then);
        self.renamed.get(&then).cloned().unwrap_or(then)
    }

    /// How many values it has of each voce that the plan does not have.
    pub fn lost_voci(&self) -> BTreeMap<&VoceKey, usize> {
        let mut voci = BTreeMap::new();
        self.lost.iter().for_each(|own| *voci.entry(&own.id.voce).or_default() += 1);
        voci
    }

    fn keep(&mut self, plan: &Plan, submission: &Submission, admitted: &Admitted, month: YearMonth) {
        let office = &submission.office;
        let entries: Vec<_> = admitted.entries.of_office(office).collect();
        let said: Vec<(EntryId, Said)> =
            entries.iter().map(|entry| (entry.id.clone(), Said::of_admitted(entry))).collect();
        for (entry, slot) in entries.iter().zip(slot::slots(plan, office, &said)) {
            let Some(slot) = slot else { continue };
            let said = Said::of_admitted(entry);
            let due = slot.row.is_none()
                && said != Said::NotApplicable
                && plan
                    .voce(&slot.voce)
                    .is_some_and(|(_, voce)| voce.is_due(office, month.month, entry.id.month));
            let kept = Kept {
                id: entry.id.clone(),
                said,
                kept_out: match &entry.admission {
                    Admission::Excluded(code) => Some((*code).to_owned()),
                    _ => None,
                },
                due,
                file: entry.file.clone(),
                place: Some(entry.place.clone()),
            };
            // Of a blank that nobody asked for nothing is kept.
            if kept.due || kept.said != Said::Nothing || kept.kept_out.is_some() {
                self.entries.insert(slot, kept);
            }
        }
        for (voce, entry) in &submission.completeness {
            let owner = (office.clone(), voce.clone());
            let kept = Kept {
                id: entry.id.clone(),
                said: Said::of(entry),
                kept_out: admitted.undeclared.get(&owner).map(|code| (*code).to_owned()),
                due: true,
                file: submission.file.clone(),
                place: Some(entry.place.clone()),
            };
            self.entries.insert(Slot::declared(office.clone(), voce.clone()), kept);
        }
        let texts = submission.keyed_texts().into_iter();
        self.texts.extend(texts.map(|(key, of, cell)| ((office.clone(), (key, of)), cell.text.clone())));
    }

    fn judge(&mut self, plan: &Plan, results: &Consolidation) {
        for result in &results.indicators {
            let Some(indicator) = plan.indicator(&result.code) else { continue };
            let kept = KeptResult {
                value: said(result.value.as_ref()),
                status: result.status,
                degree: in_a_cell(result.degree.as_ref()),
                paced: in_a_cell(result.paced.as_ref()),
                target: indicator.target.printed.clone(),
            };
            self.results.insert(result.code.clone(), kept);
        }
        for scheda in &results.schede {
            self.schede.insert(scheda.number, Standing::of(&scheda.degrees, scheda.light));
        }
        self.ente = Standing::of(&results.ente, results.ente_light);
    }
}

/// The final issue of the year before that the plan is with.
fn archive_of(plan: &Plan) -> Option<String> {
    plan.archive.as_ref().map(|archive| archive.sha256.clone())
}

/// The values that a plan gives, as a cell keeps them.
fn given(plan: &Plan) -> BTreeMap<VoceKey, Value> {
    let kept = |voce: &Voce| Said::value(voce.fixed.as_ref()?.value.clone()).as_value().cloned();
    plan.voci().filter_map(|(_, voce)| Some((voce.key.clone(), kept(voce)?))).collect()
}

/// Of whom each voce is asked up to a month.
fn asked(plan: &Plan, month: Month) -> BTreeMap<VoceKey, BTreeSet<OfficeId>> {
    let inputs = plan.voci().filter(|(_, voce)| voce.is_input());
    let of = |(indicator, voce): (&Indicator, &Voce)| {
        let answers = |office: &&OfficeId| voce.span_of(office).is_some_and(|span| span.first <= month);
        (voce.key.clone(), indicator.offices.iter().filter(answers).cloned().collect())
    };
    inputs.map(of).collect()
}

fn kept_file(file: &Received) -> Option<KeptFile> {
    let office = file.office.clone().filter(|_| file.fate == Fate::Accepted)?;
    Some(KeptFile { name: file.name.clone(), sha256: file.sha256.clone(), office })
}
