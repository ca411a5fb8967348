//! The account of a run: for every check, which subjects passed, failed, were not judged, were waived.

use std::collections::{BTreeMap, BTreeSet};

use super::gate::{Gate, Passage};
use crate::interpret::EntryPlaces;
use crate::model::{EntryRef, Finding, OfficeId, Rule};

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
    places: EntryPlaces,
    findings: Vec<Finding>,
    /// The places of the findings of each check about each office; `None` for those of all of them.
    told: BTreeMap<(&'static str, Option<OfficeId>), Vec<usize>>,
    /// Findings counted and not shown, by code.
    shadowed: BTreeMap<&'static str, usize>,
    tallies: BTreeMap<&'static str, Tally>,
    /// Why subjects were not judged, by code, with how many.
    reasons: BTreeMap<&'static str, BTreeMap<String, usize>>,
    /// Entries kept out by findings of earlier stages.
    blocked: BTreeMap<EntryRef, &'static str>,
    /// Offices, by their place in the plan, of which all is kept out, by findings of earlier stages without a
    /// sheet.
    blocked_offices: BTreeMap<usize, &'static str>,
}

impl Ledger {
    /// An empty account behind a gate, of findings on what stands in these places.
    pub(super) fn behind(gate: Gate, places: EntryPlaces) -> Self {
        Self { gate, places, ..Self::default() }
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

    /// The entries that a finding names.
    pub(super) fn entries_of(&self, finding: &Finding) -> Vec<EntryRef> {
        self.places.named(finding)
    }

    /// Keeps a finding, to be found by its check and by the offices it is about.
    fn tell(&mut self, mut finding: Finding) {
        finding.entries = self.entries_of(&finding);
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

    /// The code of the finding that keeps an entry out, or all that its office sent, from an earlier stage.
    pub fn blocked(&self, at: EntryRef) -> Option<&'static str> {
        self.blocked_offices.get(&at.office).or_else(|| self.blocked.get(&at)).copied()
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

    /// Skips a subject of `rule` when an entry is kept out; says whether it did.
    pub fn skip_blocked(&mut self, rule: &'static Rule, at: EntryRef) -> bool {
        let code = self.blocked(at);
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
            for at in &finding.entries {
                self.blocked.entry(*at).or_insert(finding.rule.code);
            }
            if let Some(office) = self.places.banned(finding) {
                self.blocked_offices.entry(office).or_insert(finding.rule.code);
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

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;
    use crate::interpret::{EntryState, Fault};
    use crate::model::{EntryRef, OfficeId, VoceKey};

    const VOCE: &str = "S11.verbali_pendenti";

    /// Two folders may each hold a file of this name, and a form lets the same cell stand in both.
    #[test]
    fn a_finding_names_the_entries_of_its_own_office() {
        let mut world =
            World::at(12).filled("protesti").filled("sanzioni_protesti").set("protesti", VOCE, 0, "?");
        let place = |world: &mut World, office: &str| {
            let own = &world.submission(office).entries;
            own.iter().position(|entry| entry.id.voce == VoceKey::from_text(VOCE)).unwrap()
        };
        let entry = place(&mut world, "protesti");
        let cell = world.submission("protesti").entries[entry].place.clone();
        let other = place(&mut world, "sanzioni_protesti");
        world.submission("sanzioni_protesti").entries[other].place = cell;
        for office in ["protesti", "sanzioni_protesti"] {
            world.submission(office).file = "schede.xlsx".to_owned();
        }
        let found = world.about("C01", VOCE);
        let office = world.plan.offices.place(&OfficeId::new("protesti")).unwrap();
        assert_eq!(
            found.iter().map(|one| one.entries.as_slice()).collect::<Vec<_>>(),
            [[EntryRef { office, entry }]]
        );
    }

    /// The file of an office, under the name of another one's: F08 keeps it out.
    #[test]
    fn a_file_kept_out_keeps_out_nobody_elses_of_the_same_name() {
        let misnamed = |mut world: World| {
            let name = "schede-2019-protesti.xlsx".to_owned();
            world.files.last_mut().unwrap().name.clone_from(&name);
            world.submission("sanzioni_protesti").file = name;
            world.skipped("C06", "dipende da F08")
        };
        let alone = misnamed(World::at(12).filled("sanzioni_protesti"));
        assert!(alone > 0);
        assert_eq!(misnamed(World::at(12).filled("protesti").filled("sanzioni_protesti")), alone);
    }

    #[test]
    fn a_cell_where_a_lost_entry_had_its_place_names_both() {
        let mut world = World::at(12).filled("metrico").set("metrico", "S03.supermercati", 3, "?");
        let own = &world.submission("metrico").entries;
        let wrong = own.iter().position(|entry| entry.state == EntryState::Wrong(Fault::NotANumber)).unwrap();
        let cell = own[wrong].place.clone();
        let lost = own.len() - 1;
        let entry = &mut world.submission("metrico").entries[lost];
        (entry.state, entry.place) = (EntryState::Lost, cell);
        let found = world.finding("C01");
        let office = world.plan.offices.place(&OfficeId::new("metrico")).unwrap();
        assert_eq!(found.entries, [wrong, lost].map(|entry| EntryRef { office, entry }));
    }
}
