//! The account of a run: for every check, which subjects passed, failed, were not judged, were waived.

use std::collections::{BTreeMap, BTreeSet};

use super::gate::{Gate, Passage};
use crate::model::{CellRef, Finding, OfficeId, Place, Rule};

/// The account of one check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Subjects that passed.
    pub passed: usize,
    /// Subjects that failed.
    pub failed: usize,
    /// Subjects not judged, because they depend on something that failed.
    pub skipped: usize,
    /// Subjects waived by a derogation.
    pub waived: usize,
}

impl Tally {
    /// All subjects.
    pub fn subjects(&self) -> usize {
        self.passed + self.failed + self.skipped + self.waived
    }
}

/// What the checks said, gathered in one place.
#[derive(Debug, Default)]
pub struct Ledger {
    gate: Gate,
    findings: Vec<Finding>,
    /// The places of the findings of each check about each office; `None` for those of all of them.
    told: BTreeMap<(&'static str, Option<OfficeId>), Vec<usize>>,
    /// Findings counted and not shown, by code.
    shadowed: BTreeMap<&'static str, usize>,
    tallies: BTreeMap<&'static str, Tally>,
    /// Why subjects were not judged, by code, with how many.
    reasons: BTreeMap<&'static str, BTreeMap<String, usize>>,
    /// Cells named by findings of earlier stages that keep entries out, by file, sheet, cell.
    blocked: BTreeMap<String, BTreeMap<String, BTreeMap<CellRef, &'static str>>>,
    /// Files kept out as a whole, by findings of earlier stages without a sheet.
    blocked_files: BTreeMap<String, &'static str>,
}

impl Ledger {
    /// An empty account behind a gate.
    pub(super) fn behind(gate: Gate) -> Self {
        Self { gate, ..Self::default() }
    }

    /// The gate, to ask what the derogations met.
    pub(super) fn gate(&self) -> &Gate {
        &self.gate
    }

    /// The findings so far.
    pub(super) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// A subject of `rule` is in order.
    pub fn pass(&mut self, rule: &'static Rule) {
        self.passes(rule, 1);
    }

    /// `number` subjects of `rule` are in order.
    pub fn passes(&mut self, rule: &'static Rule, number: usize) {
        self.tally(rule).passed += number;
    }

    /// A subject of the finding's rule is not in order.
    pub fn fail(&mut self, finding: Finding) {
        let rule = finding.rule;
        match self.gate.pass(finding) {
            Passage::Open(finding) => {
                self.tally(rule).failed += 1;
                self.tell(finding);
            }
            Passage::Waived(finding) => {
                self.tally(rule).waived += 1;
                self.tell(finding);
            }
            Passage::Shadowed => {
                self.tally(rule).failed += 1;
                *self.shadowed.entry(rule.code).or_default() += 1;
            }
        }
    }

    /// Keeps a finding, to be found by its check and by the offices it is about.
    fn tell(&mut self, finding: Finding) {
        let mut offices: BTreeSet<&OfficeId> = finding.related.iter().map(|other| &other.office).collect();
        offices.extend(&finding.office);
        let offices = offices.into_iter().cloned().map(Some).chain([None]);
        for office in offices {
            self.told.entry((finding.rule.code, office)).or_default().push(self.findings.len());
        }
        self.findings.push(finding);
    }

    /// A subject of `rule` is not judged, `because` of something (`dipende da C01`).
    pub fn skip(&mut self, rule: &'static Rule, because: impl Into<String>) {
        self.tally(rule).skipped += 1;
        *self.reasons.entry(rule.code).or_default().entry(because.into()).or_default() += 1;
    }

    /// The code of the finding that keeps the entry at `place` of `file` out, from an earlier stage.
    pub fn blocked(&self, file: &str, place: &Place) -> Option<&'static str> {
        self.blocked_file(file)
            .or_else(|| self.blocked.get(file)?.get(&place.sheet)?.get(&place.cell).copied())
    }

    /// The code of the finding that keeps the whole `file` out, from an earlier stage.
    pub fn blocked_file(&self, file: &str) -> Option<&'static str> {
        self.blocked_files.get(file).copied()
    }

    /// Which of these checks has already found the voce, or the indicator, unusual: for an office, or for
    /// any.
    pub(super) fn already(
        &self,
        codes: &[&'static str],
        office: Option<&OfficeId>,
        about: impl Fn(&Finding) -> bool,
    ) -> Option<&'static str> {
        let known = |code: &&'static str| {
            let places = self.told.get(&(*code, office.cloned()))?;
            places
                .iter()
                .find(|place| self.findings.get(**place).is_some_and(&about))
                .map(|place| (*place, *code))
        };
        codes.iter().filter_map(known).min().map(|(_, code)| code)
    }

    /// Skips a subject of `rule` when the entry at `place` of `file` is kept out; says whether it did.
    pub fn skip_blocked(&mut self, rule: &'static Rule, file: &str, place: &Place) -> bool {
        let code = self.blocked(file, place);
        if let Some(code) = code {
            self.skip(rule, depends_on(code));
        }
        code.is_some()
    }

    /// Opens the account of a rule, so that it is listed even without a subject.
    pub(super) fn open(&mut self, rule: &'static Rule) {
        self.tally(rule);
    }

    /// Closes a stage: what it found blocks its dependants from now on.
    pub(super) fn close_stage(&mut self) {
        for finding in self.findings.iter().filter(|finding| finding.keeps_out()) {
            for (file, sheet, cell) in finding.named() {
                let cells =
                    self.blocked.entry(file.to_owned()).or_default().entry(sheet.to_owned()).or_default();
                cells.entry(cell).or_insert(finding.rule.code);
            }
            if let Some(file) = finding.bans_file() {
                self.blocked_files.entry(file.to_owned()).or_insert(finding.rule.code);
            }
        }
    }

    /// The account and the findings, ordered: most severe first, then by office, scheda, cell.
    pub(super) fn close(mut self) -> Checked {
        self.findings.sort_by(|a, b| order(a).cmp(&order(b)));
        Checked {
            findings: self.findings,
            tallies: self.tallies,
            reasons: self.reasons,
            shadowed: self.shadowed,
        }
    }

    pub(super) fn tally(&mut self, rule: &'static Rule) -> &mut Tally {
        self.tallies.entry(rule.code).or_default()
    }
}

/// Why a subject is not judged: `dipende da C01`.
pub(super) fn depends_on(code: &str) -> String {
    format!("dipende da {code}")
}

fn order(finding: &Finding) -> impl Ord {
    (
        std::cmp::Reverse(finding.severity),
        finding.office.clone(),
        finding.file.clone(),
        finding.scheda,
        finding.indicator.clone(),
        finding.voce.clone(),
        finding.month,
        finding.cells.clone(),
        finding.rule.code,
    )
}

/// What a run of the checks gives.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// Every finding, none capped.
    pub findings: Vec<Finding>,
    /// The account of every check, by code.
    pub tallies: BTreeMap<&'static str, Tally>,
    /// Why subjects were not judged.
    pub reasons: BTreeMap<&'static str, BTreeMap<String, usize>>,
    /// Findings that the plan wants counted and not shown, by code.
    pub shadowed: BTreeMap<&'static str, usize>,
}
