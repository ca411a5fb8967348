//! What keeps a month from being issued as final: all that is open and that no decision or derogation covers.

use std::collections::BTreeSet;

use crate::admit::{Admission, AdmittedEntry};
use crate::aggregate::IndicatorResult;
use crate::model::{CellRef, Finding, IndicatorCode, OfficeId, Severity, Status, join_it, quoted};
use crate::plan::{Indicator, Office, Voce};

use super::Run;
use super::index::{indicators_of, is_due};
use super::offices::missing;
use super::words::capital;

/// The finding that says that an office sent nothing.
const NO_FILE: &str = "K01";
/// The finding that says that a result lacks an office.
const NO_OFFICE: &str = "A01";
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
}

/// Everything open, none capped: offices first, then findings, then what is missing, then results.
pub fn obstacles(run: &Run<'_>) -> Vec<Obstacle> {
    let mut list = List { run, told: BTreeSet::new(), found: Vec::new() };
    list.offices();
    list.findings();
    for result in &run.consolidation.indicators {
        if let Some(indicator) = run.plan.indicator(&result.code).filter(|_| !list.is_decided(&result.code)) {
            list.result(indicator, result);
        }
    }
    list.found
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

    fn of_office(&self, office: &OfficeId) -> impl Iterator<Item = &'a Indicator> + use<'a> {
        let office = office.clone();
        self.run.plan.indicators().filter(move |indicator| indicator.offices.contains(&office))
    }

    fn waived(&self) -> impl Iterator<Item = &'a Finding> {
        self.run.checked.findings.iter().filter(|finding| !finding.is_open())
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
            let open: Vec<&Indicator> = self
                .of_office(&office.id)
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
        self.found.push(Obstacle {
            subject: format!("{noun} {}", join_it(&codes)),
            office: office.name.clone(),
            why: "ufficio mancante: non c'è un suo file che conta".to_owned(),
        });
    }

    /// The open findings of severity *errore* and above.
    fn findings(&mut self) {
        let open = self.run.checked.findings.iter().filter(|finding| is_serious(finding));
        for finding in open.filter(|finding| finding.rule.code != NO_FILE) {
            let codes = self.about(finding);
            if !codes.is_empty() && codes.iter().all(|code| self.is_decided(code)) {
                continue;
            }
            let found = &finding.found;
            let found = if found.is_empty() { String::new() } else { format!(" ({found})") };
            self.found.push(Obstacle {
                subject: self.subject(finding, &codes),
                office: finding.office.as_ref().map_or("", |id| self.run.plan.office_name(id)).to_owned(),
                why: format!(
                    "[{} · {}] {}{found}",
                    finding.rule.code,
                    finding.severity.label().to_uppercase(),
                    finding.rule.name
                ),
            });
            self.told.extend(codes);
        }
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

    /// The indicators that a finding touches: its own, those of its voce, of its scheda, of its office.
    fn about(&self, finding: &Finding) -> Vec<IndicatorCode> {
        let codes = indicators_of(self.run, finding);
        if !codes.is_empty() {
            return codes;
        }
        let Some(office) = &finding.office else { return Vec::new() };
        let scheda = finding.scheda.filter(|_| finding.related.is_empty());
        let own = self.of_office(office).filter(|own| scheda.is_none_or(|scheda| own.scheda == scheda));
        own.map(|indicator| indicator.code.clone()).collect()
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
        covered |=
            self.waived().any(|finding| accepted(finding) && self.about(finding).contains(&result.code));
        let never_covered = result.status == Status::NonVerificabile;
        if !self.told.contains(&result.code) && (never_covered || !covered) {
            let names: Vec<&str> =
                indicator.offices.iter().map(|office| self.run.plan.office_name(office)).collect();
            self.found.push(Obstacle {
                subject: format!("Indicatore {}", result.code),
                office: join_it(&names),
                why: status.to_owned(),
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
        });
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
            if let Some((file, entry)) = entry.filter(|_| declared < month.month.number()) {
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

fn is_serious(finding: &Finding) -> bool {
    finding.is_open() && finding.severity >= Severity::Errore
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
    use crate::model::{IndicatorCode, Waived};
    use crate::plan::Decision;
    use crate::report::sample::sample;

    fn lines(sample: &crate::report::sample::Sample) -> Vec<String> {
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
