//! Findings that nobody has answered: the serious ones, and those that could change a result.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::Answer;
use super::list::{List, NO_DATE, NO_FILE, is_serious, touched, trouble, waived_or_decided};
use super::obstacle::Obstacle;
use crate::check::{Doubt, check};
use crate::impact::{Effect, EffectKind};
use crate::model::{Finding, IndicatorCode, Severity};

impl List<'_> {
    /// The open findings of severity *errore* and above, and those that the plan has made lighter and keep a
    /// value out.
    pub(super) fn findings(&mut self) {
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
            answers: self.answers_to(finding, &held),
            indicators: held,
        }
    }

    /// What closes a finding for the indicators that it holds: decisions for those to which it leaves an
    /// entry without a value; a derogation when others remain.
    fn answers_to(&self, finding: &Finding, held: &[IndicatorCode]) -> Vec<Answer> {
        let valueless = self.valueless(finding, held);
        let mut answers: Vec<Answer> = valueless.iter().cloned().map(Answer::Decision).collect();
        if valueless.len() < held.len() || held.is_empty() {
            let others: Vec<IndicatorCode> =
                held.iter().filter(|code| !valueless.contains(code)).cloned().collect();
            answers.extend(waived_or_decided(Some(finding), &others));
        }
        answers
    }

    /// What asks for an explanation and could change an outcome, and has none. What only says that something
    /// is missing is told already where it is missing.
    pub(super) fn unanswered(&mut self) {
        let asking: Vec<(&Finding, &Effect)> =
            self.run.findings().filter(|(finding, _)| self.asks(finding)).collect();
        let mut given = Given::default();
        self.found.iter().for_each(|one| given.add(&one.answers));
        for (finding, effect) in asking {
            let mut held = self.unexplained(finding, effect);
            if finding.rule.missing {
                held.retain(|code| !self.told.contains(code));
            }
            let valueless = !self.valueless(finding, &held).is_empty();
            let answers = self.answers_to(finding, &held);
            let waived = || Answer::of_finding(finding).is_some_and(|answer| given.has(&[answer]));
            if held.is_empty() || waived() || valueless && given.has(&answers) {
                continue;
            }
            let mut obstacle = self.of_finding(finding, &held.clone(), held);
            let what = match effect.kind {
                EffectKind::CambiaEsito => "l'esito",
                EffectKind::CambiaGrado => "il grado",
                EffectKind::NessunEffetto => "il valore",
            };
            obstacle.why = format!("{}: può cambiare {what} e non ha una risposta", obstacle.why);
            given.add(&obstacle.answers);
            self.found.push(obstacle);
        }
    }

    /// Whether a finding, not serious enough to be told as such, wants an explanation; whatever the plan
    /// makes of its check.
    fn asks(&self, finding: &Finding) -> bool {
        let told = [NO_FILE, NO_DATE].contains(&finding.rule.code) || is_serious(finding);
        let asking = finding.own_severity() >= Severity::DaMotivare || doubt_of(finding) == Doubt::Blank;
        finding.is_open() && asking && !told && !finding.is_explained()
    }

    /// The indicators of which a finding could change the outcome, without a decision and without a note of
    /// its offices. What a cell says is no matter of notes.
    fn unexplained(&self, finding: &Finding, effect: &Effect) -> Vec<IndicatorCode> {
        let (enough, doubted) = match doubt_of(finding) {
            Doubt::Value => (EffectKind::NessunEffetto, true),
            Doubt::Cell | Doubt::Blank => (EffectKind::CambiaGrado, true),
            Doubt::Fact => (EffectKind::CambiaEsito, false),
        };
        if effect.kind < enough {
            return Vec::new();
        }
        let noted = |code: &IndicatorCode| {
            let Some(offices) = self.noted.get(code).filter(|_| !doubted) else { return false };
            let own = finding.office.as_ref().is_none_or(|own| offices.contains(own));
            own || finding.related.iter().any(|other| offices.contains(&other.office))
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
}

/// The answers that the open points so far ask for.
#[derive(Default)]
struct Given {
    points: Vec<BTreeSet<Answer>>,
    /// The points that ask for each answer.
    by_answer: BTreeMap<Answer, Vec<usize>>,
}

impl Given {
    fn add(&mut self, answers: &[Answer]) {
        for answer in answers {
            self.by_answer.entry(answer.clone()).or_default().push(self.points.len());
        }
        self.points.push(answers.iter().cloned().collect());
    }

    /// Whether one point asks for all these.
    fn has(&self, answers: &[Answer]) -> bool {
        let Some(first) = answers.first() else { return !self.points.is_empty() };
        let asking = self.by_answer.get(first).into_iter().flatten();
        let mut asking = asking.filter_map(|point| self.points.get(*point));
        asking.any(|point| answers.iter().all(|answer| point.contains(answer)))
    }
}

/// What a finding puts in doubt, as its check says.
fn doubt_of(finding: &Finding) -> Doubt {
    check(finding.rule.code).map_or(Doubt::Fact, |check| check.doubt)
}
