//! What keeps a month from being issued as final: all that is open and that no decision or derogation covers, and what
//! could change an outcome and that nobody has answered.
//!
//! A finding *da motivare* is answered by a derogation, by a decision, or by the note of its office on the indicator; one
//! that doubts what a cell says is not answered by a note on the result, and holds the issue up for a degree, too, or, when
//! it doubts the value that counts, whatever depends on it. A
//! *nota* asks for nothing: it says how something was read (the plan's own readings, a text taken as a number, a result on
//! the edge), and stands in the issue with what it could change. The plan cannot make a nota of what asks for an answer:
//! here a finding has at least the severity of its check.

mod answer;

use std::collections::BTreeSet;

use crate::admit::{Admission, AdmittedEntry};
use crate::aggregate::IndicatorResult;
use crate::check::{Stage, check};
use crate::impact::{Effect, EffectKind};
use crate::model::{
    CellRef, Finding, IndicatorCode, OfficeId, OfficeRule, Severity, Status, VoceType, join_it, quoted,
};
use crate::plan::{Indicator, Office, Operator, Threshold, Voce};
pub use answer::Answer;

use super::Run;
use super::index::{indicators_of, is_due};
use super::offices::missing;
use super::words::capital;

/// The finding that says that an office sent nothing.
const NO_FILE: &str = "K01";
/// The finding that says that a result lacks an office.
const NO_OFFICE: &str = "A01";
/// The finding that says that a deadline has gone by without all its dates.
const NO_DATE: &str = "D04";
/// The findings that say why there is nothing to compute.
const NOTHING_TO_COMPUTE: [&str; 4] = ["R01", "R02", "Y01", "Y03"];

/// Something that keeps a month from being issued as final.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// What it is about: `Indicatore 3.2, non verificabile`.
    pub subject: String,
    /// Which office, by name; empty when it is nobody's in particular.
    pub office: String,
    /// Why.
    pub why: String,
    /// What the unit can write in the plan to close it; none when only the file can be mended.
    pub answers: Vec<Answer>,
    /// The indicators that it holds up: decisions on all of them close it too, where derogations do not.
    pub indicators: Vec<IndicatorCode>,
}

/// Everything open, none capped: offices first, then findings, then what is missing, then results.
pub fn obstacles(run: &Run<'_>) -> Vec<Obstacle> {
    let mut list = List { run, told: BTreeSet::new(), found: Vec::new() };
    list.offices();
    list.findings();
    for result in &run.consolidation.indicators {
        if let Some(indicator) = run.plan.indicator(&result.code).filter(|_| !list.is_decided(&result.code)) {
            list.deadline(indicator, result);
            list.result(indicator, result);
        }
    }
    list.unanswered();
    list.found
}

/// The indicators that a finding touches: its own, those of its voce, of its scheda, of its office.
pub(super) fn touched(run: &Run<'_>, finding: &Finding) -> Vec<IndicatorCode> {
    let codes = indicators_of(run, finding);
    if !codes.is_empty() {
        return codes;
    }
    let Some(office) = &finding.office else { return Vec::new() };
    let scheda = finding.scheda.filter(|_| finding.related.is_empty());
    let own = of_office(run, office).filter(|own| scheda.is_none_or(|scheda| own.scheda == scheda));
    own.map(|indicator| indicator.code.clone()).collect()
}

/// The indicators of which an office answers.
fn of_office<'a>(run: &Run<'a>, office: &OfficeId) -> impl Iterator<Item = &'a Indicator> + use<'a> {
    let office = office.clone();
    run.plan.indicators().filter(move |indicator| indicator.offices.contains(&office))
}

struct List<'a> {
    run: &'a Run<'a>,
    /// The indicators of which something is said already.
    told: BTreeSet<IndicatorCode>,
    found: Vec<Obstacle>,
}

/// A due entry without a value: where it stands, and of which voce it is.
struct Gap<'a> {
    office: &'a OfficeId,
    voce: &'a Voce,
    file: &'a str,
    sheet: &'a str,
    cell: CellRef,
}

impl<'a> List<'a> {
    fn is_decided(&self, code: &IndicatorCode) -> bool {
        self.run.plan.decision(code).is_some()
    }

    fn waived(&self) -> impl Iterator<Item = &'a Finding> {
        self.run.checked.findings.iter().filter(|finding| !finding.is_open())
    }

    fn open(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        self.run.checked.findings.iter().filter(|finding| finding.is_open())
    }

    /// The offices without a file, for the indicators that nobody took out of the evaluation.
    fn offices(&mut self) {
        for office in missing(self.run) {
            let no_file = |finding: &Finding| finding.rule.code == NO_FILE;
            if self.waived().any(|finding| no_file(finding) && finding.office.as_ref() == Some(&office.id)) {
                continue;
            }
            let accepted: Vec<&IndicatorCode> = self
                .waived()
                .filter(|finding| finding.rule.code == NO_OFFICE)
                .filter_map(|finding| finding.indicator.as_ref())
                .collect();
            let open: Vec<&Indicator> = of_office(self.run, &office.id)
                .filter(|indicator| !self.is_decided(&indicator.code) && !accepted.contains(&&indicator.code))
                .collect();
            self.absent(office, &open);
        }
    }

    fn absent(&mut self, office: &Office, indicators: &[&Indicator]) {
        if indicators.is_empty() {
            return;
        }
        let codes: Vec<&str> = indicators.iter().map(|indicator| indicator.code.as_str()).collect();
        let noun = if codes.len() == 1 { "Indicatore" } else { "Indicatori" };
        self.told.extend(indicators.iter().map(|indicator| indicator.code.clone()));
        let no_file = self
            .open()
            .find(|finding| finding.rule.code == NO_FILE && finding.office.as_ref() == Some(&office.id));
        let codes_held: Vec<IndicatorCode> =
            indicators.iter().map(|indicator| indicator.code.clone()).collect();
        self.found.push(Obstacle {
            subject: format!("{noun} {}", join_it(&codes)),
            office: office.name.clone(),
            why: "ufficio mancante: non c'è un suo file che conta".to_owned(),
            answers: waived_or_decided(no_file, &codes_held),
            indicators: codes_held,
        });
    }

    /// The open findings of severity *errore* and above, and those that the plan has made lighter and keep a value out.
    fn findings(&mut self) {
        let open = self.run.checked.findings.iter().filter(|finding| is_serious(finding));
        // Both are told office by office.
        for finding in open.filter(|finding| ![NO_FILE, NO_DATE].contains(&finding.rule.code)) {
            let codes = touched(self.run, finding);
            if !codes.is_empty() && codes.iter().all(|code| self.is_decided(code)) {
                continue;
            }
            let undecided: Vec<IndicatorCode> =
                codes.iter().filter(|code| !self.is_decided(code)).cloned().collect();
            self.found.push(self.of_finding(finding, &codes, undecided));
            self.told.extend(codes);
        }
    }

    /// A finding, as what keeps the month open.
    fn of_finding(&self, finding: &Finding, codes: &[IndicatorCode], held: Vec<IndicatorCode>) -> Obstacle {
        let found = &finding.found;
        let found = if found.is_empty() { String::new() } else { format!(" ({found})") };
        Obstacle {
            subject: self.subject(finding, codes),
            office: finding.office.as_ref().map_or("", |id| self.run.plan.office_name(id)).to_owned(),
            why: format!(
                "[{} · {}] {}{found}",
                finding.rule.code,
                finding.own_severity().label().to_uppercase(),
                finding.rule.name
            ),
            answers: waived_or_decided(Some(finding), &held),
            indicators: held,
        }
    }

    /// What asks for an explanation and could change an outcome, and has none. What only says that something is missing is
    /// told already where it is missing.
    fn unanswered(&mut self) {
        let asking: Vec<(&Finding, &Effect)> =
            self.run.findings().filter(|(finding, _)| self.asks(finding)).collect();
        for (finding, effect) in asking {
            let mut held = self.unexplained(finding, effect);
            if finding.rule.missing {
                held.retain(|code| !self.told.contains(code));
            }
            let answered = |one: &Obstacle| {
                Answer::of_finding(finding).is_some_and(|answer| one.answers.contains(&answer))
            };
            if held.is_empty() || self.found.iter().any(answered) {
                continue;
            }
            let mut obstacle = self.of_finding(finding, &held.clone(), held);
            let what = match effect.kind {
                EffectKind::CambiaEsito => "l'esito",
                EffectKind::CambiaGrado => "il grado",
                EffectKind::NessunEffetto => "il valore",
            };
            obstacle.why = format!("{}: può cambiare {what} e non ha una risposta", obstacle.why);
            self.found.push(obstacle);
        }
    }

    /// Whether a finding, not serious enough to be told as such, wants an explanation; whatever the plan makes of its check.
    fn asks(&self, finding: &Finding) -> bool {
        let told = [NO_FILE, NO_DATE].contains(&finding.rule.code) || is_serious(finding);
        finding.is_open() && finding.own_severity() >= Severity::DaMotivare && !told
    }

    /// The indicators of which a finding could change the outcome, without a decision and without a note of its offices.
    /// What a cell says is no matter of notes.
    fn unexplained(&self, finding: &Finding, effect: &Effect) -> Vec<IndicatorCode> {
        let (enough, doubted) = match Doubt::of(finding) {
            Doubt::Value => (EffectKind::NessunEffetto, true),
            Doubt::Cell => (EffectKind::CambiaGrado, true),
            Doubt::Fact => (EffectKind::CambiaEsito, false),
        };
        if effect.kind < enough {
            return Vec::new();
        }
        let concerns = |office: &OfficeId| {
            finding.office.as_ref().is_none_or(|own| own == office)
                || finding.related.iter().any(|other| &other.office == office)
        };
        let noted = |code: &IndicatorCode| {
            let mut own = self.run.submissions.iter().filter(|submission| concerns(&submission.office));
            !doubted && own.any(|submission| submission.notes.contains_key(code))
        };
        effect.indicators.iter().filter(|code| !self.is_decided(code) && !noted(code)).cloned().collect()
    }

    fn subject(&self, finding: &Finding, codes: &[IndicatorCode]) -> String {
        match (codes, finding.scheda) {
            ([only], _) => self.with_status(only),
            (_, Some(scheda)) => format!("Scheda {scheda}"),
            _ => finding.file.as_ref().map_or_else(|| "Tutto".to_owned(), |file| format!("File {file}")),
        }
    }

    fn with_status(&self, code: &IndicatorCode) -> String {
        let status = self.run.consolidation.indicator(code).and_then(trouble);
        status.map_or_else(|| format!("Indicatore {code}"), |status| format!("Indicatore {code}, {status}"))
    }

    /// The dates without which a deadline gone by is not met, office by office: never due, yet missing.
    ///
    /// They are looked for in the entries, so that a plan that hides the finding does not hide them.
    fn deadline(&mut self, indicator: &'a Indicator, result: &IndicatorResult) {
        let (Operator::By, Threshold::Date(deadline)) =
            (indicator.target.operator, &indicator.target.threshold)
        else {
            return;
        };
        let month = self.run.consolidation.month;
        // A term already told is not verifiable, or not computable; a date, when there are all, decides.
        let lost = result.status == Status::NonRaggiunto && result.value.is_none();
        if !lost {
            return;
        }
        let over = if *deadline <= month.last_day() { "scadenza passata" } else { "anno chiuso" };
        for office in &indicator.offices {
            for (gap, blank) in self.dates(indicator, office) {
                if self.names(&gap, |finding| !finding.is_open() && finding.rule.code == NO_DATE) {
                    continue;
                }
                self.told.insert(indicator.code.clone());
                let what = if blank { "cella vuota" } else { "la data scritta viene dopo" };
                let no_date = self.open().find(|finding| {
                    finding.rule.code == NO_DATE && finding.indicator.as_ref() == Some(&indicator.code)
                });
                self.found.push(Obstacle {
                    subject: format!("Indicatore {}, {}", indicator.code, result.status.label()),
                    office: self.run.plan.office_name(office).to_owned(),
                    why: format!(
                        "manca la data {}: {over}, {what}; se non c'è, serve una decisione \
                         sull'indicatore, oppure una deroga al rilievo «Scadenza passata senza tutte le date» \
                         (codice = \"{NO_DATE}\", indicatore = \"{}\", trovato = \"nessuna data entro {}\")",
                        quoted(&gap.voce.label),
                        indicator.code,
                        month.in_words()
                    ),
                    answers: waived_or_decided(no_date, std::slice::from_ref(&indicator.code)),
                    indicators: vec![indicator.code.clone()],
                });
            }
        }
    }

    /// The entries of an office for the dates of a deadline that hold none that counts, and whether they are blank.
    fn dates(&self, indicator: &'a Indicator, office: &'a OfficeId) -> Vec<(Gap<'a>, bool)> {
        let inputs = indicator.formula.inputs().iter().filter_map(|key| indicator.voce(key));
        let dates = inputs
            .filter(|voce| voce.kind == VoceType::Data && voce.is_input() && voce.rule != OfficeRule::Conta);
        let mut lacking = Vec::new();
        for voce in dates {
            let entries = self.run.admitted.entries.get(office).into_iter().flatten();
            let counts = |entry: &AdmittedEntry| {
                matches!(entry.admission, Admission::Admitted | Admission::NotApplicable)
            };
            lacking.extend(entries.filter(|entry| entry.id.voce == voce.key && !counts(entry)).map(
                |entry| {
                    let (file, sheet, cell) =
                        (entry.file.as_str(), entry.place.sheet.as_str(), entry.place.cell);
                    (Gap { office, voce, file, sheet, cell }, entry.raw.trim().is_empty())
                },
            ));
        }
        lacking
    }

    /// What a result lacks, office by office; then the result itself, when nothing else explains it.
    fn result(&mut self, indicator: &'a Indicator, result: &IndicatorResult) {
        let Some(status) = trouble(result) else { return };
        let mut covered = false;
        for office in &indicator.offices {
            let gaps = self.gaps(indicator, office);
            let (told, open): (Vec<&Gap<'_>>, Vec<&Gap<'_>>) =
                gaps.iter().partition(|gap| self.names(gap, Finding::is_open));
            let open: Vec<&Gap<'_>> =
                open.into_iter().filter(|gap| !self.names(gap, |finding| !finding.is_open())).collect();
            covered |= gaps.len() > told.len() + open.len();
            if !open.is_empty() {
                self.lacking(indicator, office, status, &open);
            }
        }
        let accepted = |finding: &Finding| {
            NOTHING_TO_COMPUTE.contains(&finding.rule.code)
                || [NO_OFFICE, NO_FILE].contains(&finding.rule.code)
        };
        covered |= self
            .waived()
            .any(|finding| accepted(finding) && touched(self.run, finding).contains(&result.code));
        let never_covered = !status_can_be_waived(result);
        if !self.told.contains(&result.code) && (never_covered || !covered) {
            let names: Vec<&str> =
                indicator.offices.iter().map(|office| self.run.plan.office_name(office)).collect();
            self.found.push(Obstacle {
                subject: format!("Indicatore {}", result.code),
                office: join_it(&names),
                why: status.to_owned(),
                answers: self.on_result(&result.code, status_can_be_waived(result)),
                indicators: vec![result.code.clone()],
            });
        }
    }

    fn lacking(&mut self, indicator: &Indicator, office: &OfficeId, status: &str, gaps: &[&Gap<'_>]) {
        let mut labels: Vec<String> = Vec::new();
        for label in gaps.iter().map(|gap| quoted(&gap.voce.label)) {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        self.told.insert(indicator.code.clone());
        self.found.push(Obstacle {
            subject: format!("Indicatore {}, {status}", indicator.code),
            office: self.run.plan.office_name(office).to_owned(),
            why: format!("manca {}", join_it(&labels)),
            answers: self.on_gaps(indicator, gaps),
            indicators: vec![indicator.code.clone()],
        });
    }

    /// Derogations of the findings that name what is missing; a decision when one of the cells has none.
    fn on_gaps(&self, indicator: &Indicator, gaps: &[&Gap<'_>]) -> Vec<Answer> {
        let mut answers = BTreeSet::new();
        for gap in gaps {
            let naming = |finding: &&Finding| {
                finding.named().any(|named| named == (gap.file, gap.sheet, gap.cell))
                    && Answer::of_finding(finding).is_some()
            };
            match self.open().find(naming).and_then(Answer::of_finding) {
                Some(answer) => answers.insert(answer),
                None => return vec![Answer::Decision(indicator.code.clone())],
            };
        }
        answers.into_iter().collect()
    }

    /// The derogation of the finding that says why there is no result, where that closes it; else a decision.
    fn on_result(&self, code: &IndicatorCode, waivable: bool) -> Vec<Answer> {
        let says_why = |finding: &&Finding| {
            let known = NOTHING_TO_COMPUTE.contains(&finding.rule.code) || finding.rule.code == NO_OFFICE;
            waivable && known && touched(self.run, finding).contains(code)
        };
        waived_or_decided(self.open().find(says_why), std::slice::from_ref(code))
    }

    /// The due entries of an office without a value; none when it sent nothing, which is told on its own.
    fn gaps(&self, indicator: &'a Indicator, office: &'a OfficeId) -> Vec<Gap<'a>> {
        let month = self.run.consolidation.month;
        let mut gaps = Vec::new();
        let submission = self.run.submissions.iter().find(|submission| &submission.office == office);
        for voce in indicator.voci.iter().filter(|voce| voce.is_input()) {
            let entries = self.run.admitted.entries.get(office).into_iter().flatten();
            let lacking = |entry: &&AdmittedEntry| {
                entry.id.voce == voce.key
                    && is_due(month, voce, entry)
                    && !matches!(entry.admission, Admission::Admitted | Admission::NotApplicable)
            };
            gaps.extend(entries.filter(lacking).map(|entry| Gap {
                office,
                voce,
                file: &entry.file,
                sheet: &entry.place.sheet,
                cell: entry.place.cell,
            }));
            let declared =
                self.run.admitted.completeness.get(&(office.clone(), voce.key.clone())).copied().unwrap_or(0);
            let entry = submission.and_then(|submission| {
                Some((submission.file.as_str(), submission.completeness.get(&voce.key)?))
            });
            if let Some((file, entry)) = entry.filter(|_| declared < voce.register_due(month.month).number())
            {
                let (sheet, cell) = (entry.place.sheet.as_str(), entry.place.cell);
                gaps.push(Gap { office, voce, file, sheet, cell });
            }
        }
        gaps
    }

    /// Whether a finding of this kind names the cell: an open one is told on its own only when it is serious.
    fn names(&self, gap: &Gap<'_>, kind: impl Fn(&Finding) -> bool) -> bool {
        let of_kind = self.run.checked.findings.iter().filter(|finding| kind(finding));
        of_kind.filter(|finding| !finding.is_open() || is_serious(finding)).any(|finding| {
            (finding.office.as_ref() == Some(gap.office) || !finding.related.is_empty())
                && finding.named().any(|named| named == (gap.file, gap.sheet, gap.cell))
        })
    }
}

/// The derogation of a finding, where there can be one; else decisions on the indicators.
fn waived_or_decided(finding: Option<&Finding>, indicators: &[IndicatorCode]) -> Vec<Answer> {
    let decided = || indicators.iter().cloned().map(Answer::Decision).collect();
    finding.and_then(Answer::of_finding).map_or_else(decided, |answer| vec![answer])
}

/// Whether a derogation can stand for a result: never for one that cannot be verified.
fn status_can_be_waived(result: &IndicatorResult) -> bool {
    result.status != Status::NonVerificabile
}

/// What a finding *da motivare* doubts.
enum Doubt {
    /// That the value that counts is the one that was meant: whatever it changes, a figure may be wrong.
    Value,
    /// What else a cell or its workbook says.
    Cell,
    /// What happened: the office knows, and its note says it.
    Fact,
}

/// The checks that doubt a value that counts.
const ON_VALUES: [&str; 12] =
    ["C05", "C11", "C12", "C24", "C25", "C26", "D14", "D15", "M15", "V11", "V12", "V13"];

impl Doubt {
    fn of(finding: &Finding) -> Self {
        let code = finding.rule.code;
        if ON_VALUES.contains(&code) {
            Self::Value
        } else if check(code).is_some_and(|check| check.stage <= Stage::Cella) {
            Self::Cell
        } else {
            Self::Fact
        }
    }
}

fn is_serious(finding: &Finding) -> bool {
    finding.is_open() && (finding.severity >= Severity::Errore || finding.keeps_out())
}

/// Why a result is not one to certify, in a few words; `None` when it is.
fn trouble(result: &IndicatorResult) -> Option<&'static str> {
    match result.status {
        Status::DatoMancante
        | Status::TargetMancante
        | Status::NonVerificabile
        | Status::NonCalcolabile
        | Status::NonAncoraMisurabile => Some(result.status.label()),
        Status::NonValutabile => None,
        _ => result.provisional.then_some("risultato provvisorio"),
    }
}

impl std::fmt::Display for Obstacle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let office = if self.office.is_empty() { String::new() } else { format!(" · {}", self.office) };
        write!(f, "{}{office}: {}", capital(&self.subject), self.why)
    }
}

#[cfg(test)]
mod tests {
    use super::obstacles;
    use crate::impact::{Effect, EffectKind};
    use crate::interpret::{EntryState, Submission};
    use crate::model::{Finding, IndicatorCode, OfficeId, Related, Rule, Severity, VoceKey, Waived};
    use crate::plan::{DEFAULT_PLAN, Decision, Threshold, read_plan};
    use crate::report::sample::{Sample, sample, sample_of};

    /// A stand-in for the rule of deadlines gone by.
    static GONE: Rule = Rule {
        code: "D04",
        name: "Scadenza passata senza tutte le date",
        severity: Severity::DaMotivare,
        why: "x",
        remedy: "x",
        missing: true,
    };

    /// December with the annual cell of a voce blank in these offices.
    fn without(key: &str, offices: &[&str]) -> Sample {
        let key = VoceKey::from_text(key);
        sample_of(read_plan(DEFAULT_PLAN).unwrap(), 12, &|submissions: &mut Vec<Submission>| {
            let own = submissions.iter_mut().filter(|one| offices.contains(&one.office.as_str()));
            for entry in own.flat_map(|one| &mut one.entries).filter(|entry| entry.id.voce == key) {
                entry.raw.clear();
                entry.state = EntryState::Blank;
            }
        })
    }

    fn about(sample: &Sample, words: &str) -> Vec<String> {
        lines(sample).into_iter().filter(|line| line.contains(words)).collect()
    }

    fn decide(sample: &mut Sample, code: &str) {
        sample.plan.decisions.push(Decision {
            indicator: IndicatorCode::new(code),
            reason: "x".into(),
            who: "x".into(),
            date: chrono::NaiveDate::from_ymd_opt(2019, 12, 15).unwrap(),
        });
    }

    #[test]
    fn a_deadline_gone_without_a_date_is_open_once_per_office_until_it_is_covered() {
        assert_eq!(about(&without("S04.adozione_delibera", &[]), "Indicatore 4.1"), [""; 0]);
        let one = about(&without("S04.adozione_delibera", &["ambiente"]), "Indicatore 4.1");
        assert_eq!(one.len(), 1, "{one:#?}");
        assert!(one[0].starts_with("Indicatore 4.1, non raggiunto · Servizio Ambiente"), "{one:#?}");
        for words in [
            "manca la data «Data di adozione della delibera di sospensione»: scadenza passata, cella vuota",
            "una decisione sull'indicatore, oppure una deroga al rilievo «Scadenza passata senza tutte le date»",
            "trovato = \"nessuna data entro dicembre 2019\"",
        ] {
            assert!(one[0].contains(words), "{words}: {one:#?}");
        }
        let both = ["ambiente", "albo_gestori"];
        let mut december = without("S04.adozione_delibera", &both);
        assert_eq!(about(&december, "Indicatore 4.1").len(), 2);
        // The derogation of the finding, which names both cells.
        let place = |office: &str| {
            let own = december.submissions.iter().find(|one| one.office.as_str() == office).unwrap();
            let entry = own.entries.iter().find(|entry| entry.id.voce.as_str() == "S04.adozione_delibera");
            (own.file.clone(), entry.unwrap().place.clone())
        };
        let (first, second) = (place(both[0]), place(both[1]));
        let mut finding = Finding {
            office: Some(OfficeId::new(both[0])),
            file: Some(first.0),
            sheet: Some(first.1.sheet),
            cells: vec![first.1.cell],
            related: vec![Related {
                office: OfficeId::new(both[1]),
                file: second.0,
                sheet: second.1.sheet,
                cells: vec![second.1.cell],
            }],
            ..Finding::of(&GONE)
        };
        december.checked.findings.push(finding.clone());
        assert_eq!(about(&december, "Indicatore 4.1").len(), 2, "an open finding covers nothing");
        finding.waived = Some(Waived { reason: "x".into(), who: "x".into(), until: None });
        *december.checked.findings.last_mut().unwrap() = finding;
        assert_eq!(about(&december, "Indicatore 4.1"), [""; 0]);
        let mut decided = without("S04.adozione_delibera", &both);
        decide(&mut decided, "4.1");
        assert_eq!(about(&decided, "Indicatore 4.1"), [""; 0]);
    }

    #[test]
    fn a_deadline_of_the_last_day_is_open_too_when_the_year_is_closed() {
        let mut plan = read_plan(DEFAULT_PLAN).unwrap();
        let indicators = plan.schede.iter_mut().flat_map(|scheda| &mut scheda.actions);
        let own = indicators.flat_map(|action| &mut action.indicators).find(|own| own.code.as_str() == "4.1");
        own.unwrap().target.threshold =
            Threshold::Date(chrono::NaiveDate::from_ymd_opt(2019, 12, 31).unwrap());
        let blank = |submissions: &mut Vec<Submission>| {
            for entry in submissions.iter_mut().flat_map(|one| &mut one.entries) {
                if entry.id.voce.as_str() == "S04.adozione_delibera" {
                    entry.raw.clear();
                    entry.state = EntryState::Blank;
                }
            }
        };
        let lines = about(&sample_of(plan, 12, &blank), "Indicatore 4.1");
        assert_eq!(lines.len(), 2, "{lines:#?}");
        assert!(lines.iter().all(|line| line.contains("scadenza passata, cella vuota")), "{lines:#?}");
    }

    #[test]
    fn a_blank_yes_or_no_is_due_at_the_end_of_the_year_and_a_counted_date_never() {
        // The sample lacks the last office of the plan, which answers for 7.1: said as such, not here.
        let counted =
            about(&without("S07.coinvolto", &["metrico"]), "manca «Il tuo ufficio è stato coinvolto");
        assert_eq!(counted.len(), 1, "{counted:#?}");
        let only = about(&without("S13.inserimento_pdp", &["programmazione"]), "Indicatore 13.3");
        assert!(only.len() == 1 && only[0].contains("manca «Il PDP 2019-2021"), "{only:#?}");
        let dates = without("S09.attivazione", &["ambiente", "ri", "informatico", "archivio_protocollo"]);
        assert_eq!(about(&dates, "Indicatore 9.1"), [""; 0]);
        let told = |sample: &Sample| {
            let run = sample.run();
            let code = IndicatorCode::new("9.1");
            let result = run.consolidation.indicator(&code).unwrap();
            crate::report::results::remarks(&run, run.plan.indicator(&code).unwrap(), result).join("\n")
        };
        let one = without("S09.attivazione", &["informatico"]);
        let name = one.plan.office_name(&OfficeId::new("informatico")).to_owned();
        assert!(told(&one).contains(&format!("Senza data: {name}; conta come non fatto.")), "{}", told(&one));
        assert!(told(&dates).contains("; contano come non fatti."), "{}", told(&dates));
        assert!(!told(&without("S09.attivazione", &[])).contains("Senza data"));
    }

    fn lines(sample: &Sample) -> Vec<String> {
        obstacles(&sample.run()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn offices_findings_gaps_and_results_are_listed_once() {
        let lines = lines(&sample(12));
        let about =
            |words: &str| lines.iter().filter(|line| line.contains(words)).cloned().collect::<Vec<_>>();
        assert_eq!(about("ufficio mancante").len(), 1);
        assert_eq!(about("[K01").len(), 0, "an office that sent nothing is said once");
        let part = about("[R03 · ERRORE] La parte supera il tutto (41)");
        assert!(part[0].starts_with("Indicatore 3.1, non verificabile · "), "{part:?}");
        assert_eq!((part.len(), about("Indicatore 3.1").len()), (1, 1));
        // One blank month in every office of 2.3, and no finding that says so in this made-up run.
        assert!(!about("manca «").is_empty(), "{lines:#?}");
        assert!(about("13.1").iter().any(|line| line.contains("mancante")), "{lines:#?}");
    }

    /// A stand-in for a check that wants an explanation.
    static ODD: Rule =
        Rule { code: "M11", name: "Strano", severity: Severity::DaMotivare, missing: false, ..GONE };

    /// December with a finding of metrico on 3.2 that reaches this far.
    fn odd(severity: Severity, kind: EffectKind) -> Sample {
        let mut december = sample(12);
        let code = IndicatorCode::new("3.2");
        december.checked.findings.push(Finding {
            severity,
            office: Some(OfficeId::new("metrico")),
            indicator: Some(code.clone()),
            found: "7".to_owned(),
            ..Finding::of(&ODD)
        });
        december.effects.push(Effect { kind, indicators: vec![code], sentence: String::new() });
        december
    }

    #[test]
    fn what_could_change_an_outcome_wants_an_answer() {
        let open = |sample: &Sample| about(sample, "può cambiare l'esito e non ha una risposta").len();
        let asked = || odd(Severity::DaMotivare, EffectKind::CambiaEsito);
        assert_eq!(open(&asked()), 1);
        assert_eq!(open(&odd(Severity::DaMotivare, EffectKind::CambiaGrado)), 0);
        // A nota asks for nothing, unless the plan made it one.
        let mut lowered = odd(Severity::Nota, EffectKind::CambiaEsito);
        assert_eq!(open(&lowered), 0);
        lowered.checked.findings.last_mut().unwrap().lowered_from = Some(Severity::DaMotivare);
        assert_eq!(open(&lowered), 1);
        // A note of the office on the indicator answers; one of another office or indicator does not.
        for (office, code, left) in [("metrico", "3.2", 0), ("metrico", "3.3", 1), ("ri", "3.2", 1)] {
            let mut noted = asked();
            let note = noted.submissions.iter().find_map(|one| one.notes.values().next()).cloned();
            let own = noted.submissions.iter_mut().find(|one| one.office.as_str() == office);
            own.unwrap().notes.insert(IndicatorCode::new(code), note.unwrap());
            assert_eq!(open(&noted), left, "{office} {code}");
        }
        let mut decided = asked();
        decide(&mut decided, "3.2");
        assert_eq!(open(&decided), 0);
        let mut waived = asked();
        let last = waived.checked.findings.last_mut().unwrap();
        last.waived = Some(Waived { reason: "x".into(), who: "x".into(), until: None });
        assert_eq!(open(&waived), 0);
    }

    /// A stand-in for a check that doubts what a cell says.
    static UNSEEN: Rule = Rule { code: "C25", ..ODD };

    #[test]
    fn a_doubt_on_a_cell_is_not_answered_by_a_note() {
        for (kind, what) in [
            (EffectKind::CambiaEsito, "può cambiare l'esito e non ha una risposta"),
            (EffectKind::CambiaGrado, "può cambiare il grado e non ha una risposta"),
            (EffectKind::NessunEffetto, "può cambiare il valore e non ha una risposta"),
        ] {
            let mut december = odd(Severity::DaMotivare, kind);
            december.checked.findings.last_mut().unwrap().rule = &UNSEEN;
            let note = december.submissions.iter().find_map(|one| one.notes.values().next()).cloned();
            let own = december.submissions.iter_mut().find(|one| one.office.as_str() == "metrico");
            own.unwrap().notes.insert(IndicatorCode::new("3.2"), note.unwrap());
            assert_eq!(about(&december, what).len(), 1);
        }
    }

    #[test]
    fn every_point_has_what_to_paste() {
        let december = sample(12);
        for point in obstacles(&december.run()) {
            assert!(!point.answers.is_empty(), "{point}");
        }
    }

    #[test]
    fn a_decision_or_a_derogation_closes_what_it_covers() {
        let mut december = sample(12);
        let before = lines(&december);
        december.plan.decisions.push(Decision {
            indicator: IndicatorCode::new("3.1"),
            reason: "x".into(),
            who: "x".into(),
            date: chrono::NaiveDate::from_ymd_opt(2019, 12, 15).unwrap(),
        });
        let decided = lines(&december);
        assert_eq!(decided.len() + 1, before.len());
        let absent = december.checked.findings.iter_mut().find(|one| one.rule.code == "K01").unwrap();
        absent.waived = Some(Waived { reason: "x".into(), who: "x".into(), until: None });
        let waived = lines(&december);
        assert!(waived.iter().all(|line| !line.contains("ufficio mancante")), "{waived:#?}");
    }
}
