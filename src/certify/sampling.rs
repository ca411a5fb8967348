//! What an evaluator should look at first: every indicator and every entry weighed by risk, then a draw that
//! anybody can redo and no office can foresee, because its seed depends on all the files together.
//!
//! An item's key is what a reader sees of it: `indicatore|6.2`, or file, sheet and cell as in *Dati*. Items
//! are ranked by points, then by SHA-256 of `plan|key`, with the hash of the plan: a cell that changes
//! elsewhere moves none of those of equal points, so that two samples can be compared. An office could
//! foresee that order, as it can foresee its own risks: what it cannot foresee, the draw is for. In come all
//! the results that are missed or withheld and the first of each risk present, then the first ones up to
//! [`BY_RISK`]; then, of the rest, the first [`BY_CHANCE`] indicators and as many entries in order of SHA-256
//! of `seed|key`.

mod factor;
#[cfg(test)]
mod tests;

use crate::model::sha256;
use std::collections::{BTreeMap, BTreeSet};

use crate::admit::AdmittedEntry;
use crate::aggregate::{IndicatorResult, SelfDeclared, kind_of};
use crate::model::{EntryRef, Finding, Month, OfficeId, Severity, VoceKey, count, quoted};
use crate::plan::{Indicator, Office};

use super::inputs::inputs_sha256;
use super::touches::indicators_of;
use crate::certify::Run;
pub use factor::{FACTORS, Factor};
use factor::{of_entry, of_result};

/// How many items risk alone can bring in, besides those that always come in.
pub const BY_RISK: usize = 30;

/// How many indicators, and how many entries, come in by chance.
pub const BY_CHANCE: usize = 3;

/// The check of results on the edge.
const EDGE: &str = "R09";
/// Checks that say what a factor of its own says already.
const OWN_FACTOR: [&str; 3] = [EDGE, "S02", "K08"];

/// What is to be looked at.
#[derive(Clone, Copy)]
pub enum Subject<'a> {
    /// A result.
    Indicator(&'a Indicator, &'a IndicatorResult),
    /// An entry.
    Entry(&'a AdmittedEntry),
    /// An office as a whole.
    Office(&'a Office),
}

/// An item with its risk.
pub struct Item<'a> {
    /// What it is about.
    pub subject: Subject<'a>,
    /// What it is called in the draw.
    pub key: String,
    /// SHA-256 of `plan|key`: the order of those of equal points.
    pub rank: String,
    /// SHA-256 of `seed|key`: the order of the draw.
    pub hash: String,
    /// Why, each with what says so: codes of findings, a share, what was done to a text.
    pub reasons: BTreeMap<Factor, BTreeSet<String>>,
    /// Whether it came in by chance.
    pub by_chance: bool,
}

impl Item<'_> {
    /// Points of risk, all reasons together.
    pub fn points(&self) -> usize {
        self.reasons.keys().map(|factor| factor.points()).sum()
    }

    /// The hash by which it came in.
    pub fn own_hash(&self) -> &str {
        if self.by_chance { &self.hash } else { &self.rank }
    }

    fn is_indicator(&self) -> bool {
        matches!(self.subject, Subject::Indicator(..))
    }

    fn is_entry(&self) -> bool {
        matches!(self.subject, Subject::Entry(_))
    }
}

/// The sample of a run.
pub struct Sample<'a> {
    /// The seed.
    pub seed: String,
    /// Those brought in by risk by rank, then those brought in by chance.
    pub items: Vec<Item<'a>>,
    /// How many items there were to choose from.
    pub candidates: usize,
    /// How many of them had some risk.
    pub risky: usize,
}

/// Draws the sample.
pub fn sample<'a>(run: &Run<'a>) -> Sample<'a> {
    let seed = seed(run);
    let mut items = candidates(run, &seed);
    items.sort_by(|a, b| (b.points(), &a.rank, &a.key).cmp(&(a.points(), &b.rank, &b.key)));
    let candidates = items.len();
    let risky = items.iter().filter(|item| item.points() > 0).count();
    let chosen = by_risk(&items);
    let (mut kept, mut rest): (Vec<_>, Vec<_>) =
        items.into_iter().enumerate().partition(|(place, _)| chosen.contains(place));
    rest.sort_by(|(_, a), (_, b)| a.hash.cmp(&b.hash));
    let (mut indicators, mut entries) = (0, 0);
    kept.extend(rest.into_iter().filter_map(|(place, item)| {
        let drawn = if item.is_indicator() { &mut indicators } else { &mut entries };
        *drawn += 1;
        let comes = *drawn <= BY_CHANCE && (item.is_indicator() || item.is_entry());
        comes.then_some((place, Item { by_chance: true, ..item }))
    }));
    Sample { seed, items: kept.into_iter().map(|(_, item)| item).collect(), candidates, risky }
}

/// The places of those that risk brings in: whatever always comes in, the first of each factor, then the
/// first ones.
fn by_risk(ranked: &[Item<'_>]) -> BTreeSet<usize> {
    let first = |factor: &Factor| ranked.iter().position(|item| item.reasons.contains_key(factor));
    let mut chosen: BTreeSet<usize> = FACTORS.iter().filter_map(first).collect();
    let always = |item: &Item<'_>| item.reasons.keys().any(|factor| factor.always_comes_in());
    chosen.extend(ranked.iter().enumerate().filter(|(_, item)| always(item)).map(|(place, _)| place));
    for place in
        (0..ranked.len()).take_while(|place| ranked.get(*place).is_some_and(|item| item.points() > 0))
    {
        if chosen.len() >= BY_RISK {
            break;
        }
        chosen.insert(place);
    }
    chosen
}

/// SHA-256 of two lines `hash, two blanks, name`: the list of the files and the plan. Decisions and
/// derogations are left out: who writes them could otherwise try them until the draw is a good one.
pub fn seed(run: &Run<'_>) -> String {
    sha256(format!("{}  file\n{}  piano\n", inputs_sha256(run.files), run.plan.sha256))
}

/// Everything there is to choose from: results, entries with a value, offices of which a finding was
/// accepted.
fn candidates<'a>(run: &Run<'a>, seed: &str) -> Vec<Item<'a>> {
    let mut found = Candidates::of(run, seed);
    for finding in &run.checked.findings {
        found.take(run, finding);
    }
    found
        .items
        .into_values()
        .filter(|item| !matches!(item.subject, Subject::Office(_)) || item.points() > 0)
        .collect()
}

/// The items by key, and the key of each entry.
#[derive(Default)]
struct Candidates<'a> {
    items: BTreeMap<String, Item<'a>>,
    entries: BTreeMap<EntryRef, String>,
}

impl<'a> Candidates<'a> {
    fn of(run: &Run<'a>, seed: &str) -> Self {
        let mut found = Self::default();
        for result in &run.consolidation.indicators {
            if let Some(indicator) = run.plan.indicator(&result.code) {
                let key = indicator_key(result.code.as_str());
                let reasons = of_result(run, indicator, result);
                found.add((run, seed), key, Subject::Indicator(indicator, result), reasons);
            }
        }
        let kinds: BTreeMap<&VoceKey, Option<SelfDeclared>> =
            run.plan.voci().map(|(indicator, voce)| (&voce.key, kind_of(indicator, voce))).collect();
        for entry in run.admitted.entries.iter().filter(|entry| entry.value.is_some()) {
            let key = cell_key(entry);
            found.entries.extend(entry.at.map(|at| (at, key.clone())));
            let kind = kinds.get(&entry.id.voce).copied().flatten();
            found.add((run, seed), key, Subject::Entry(entry), of_entry(kind, entry));
        }
        for office in &run.plan.offices {
            found.add((run, seed), office_key(&office.id), Subject::Office(office), Vec::new());
        }
        found
    }

    fn add(
        &mut self,
        (run, seed): (&Run<'_>, &str),
        key: String,
        subject: Subject<'a>,
        factors: Vec<(Factor, String)>,
    ) {
        let hash = sha256(format!("{seed}|{key}"));
        let rank = sha256(format!("{}|{key}", run.plan.sha256));
        let details = |detail: String| Some(detail).filter(|detail| !detail.is_empty()).into_iter().collect();
        let reasons = factors.into_iter().map(|(factor, detail)| (factor, details(detail))).collect();
        let item = Item { subject, key: key.clone(), rank, hash, reasons, by_chance: false };
        self.items.entry(key).or_insert(item);
    }

    /// What a finding makes worth a look.
    fn take(&mut self, run: &Run<'_>, finding: &Finding) {
        let code = finding.rule.code;
        if code == EDGE
            && let Some(indicator) = &finding.indicator
        {
            let detail = if finding.found.is_empty() {
                format!("{code} {}", quoted(finding.rule.name))
            } else {
                format!(
                    "{code} {}: con {} invece di {} cambia l'esito",
                    quoted(finding.rule.name),
                    finding.expected,
                    finding.found
                )
            };
            self.blame(&indicator_key(indicator.as_str()), Factor::Borderline, detail);
        }
        let waived = finding.waived.is_some();
        let flagged = finding.severity >= Severity::DaMotivare && !finding.rule.missing;
        if !waived && (!flagged || OWN_FACTOR.contains(&code)) {
            return;
        }
        let entry = self.entry_of(finding);
        let factor = match &entry {
            _ if waived => Factor::Waived,
            Some(key) if self.begins(run, key) => Factor::FirstMonth,
            _ => Factor::Flagged,
        };
        let indicator =
            || indicators_of(run, finding).first().map(|indicator| indicator_key(indicator.as_str()));
        let office = || finding.office.as_ref().map(office_key).filter(|_| waived);
        if let Some(key) = entry.or_else(indicator).or_else(office) {
            self.blame(&key, factor, format!("{code} {}", quoted(finding.rule.name)));
        }
    }

    fn blame(&mut self, key: &str, factor: Factor, detail: String) {
        if let Some(item) = self.items.get_mut(key) {
            item.reasons.entry(factor).or_default().insert(detail);
        }
    }

    /// The entry of the finding's month among those it names, or else the first with a value.
    fn entry_of(&self, finding: &Finding) -> Option<String> {
        let mut keys = finding.entries.iter().filter_map(|at| self.entries.get(at));
        let first = keys.clone().next();
        let is_of = |key: &&String, month: Month| match self.items.get(*key).map(|item| item.subject) {
            Some(Subject::Entry(entry)) => entry.id.month == Some(month),
            _ => false,
        };
        let own = finding.month.and_then(|month| keys.find(|key| is_of(key, month)));
        own.or(first).cloned()
    }

    /// Whether an entry is the first with a value of its voce and office.
    fn begins(&self, run: &Run<'_>, key: &str) -> bool {
        let Some(Item { subject: Subject::Entry(entry), .. }) = self.items.get(key) else { return false };
        let own = run.admitted.entries.of(&entry.id.voce, &entry.office);
        let filled = own.iter().filter(|other| other.value.is_some());
        entry.id.month.is_some() && filled.filter_map(|other| other.id.month).min() == entry.id.month
    }
}

fn indicator_key(code: &str) -> String {
    format!("indicatore|{code}")
}

fn cell_key(entry: &AdmittedEntry) -> String {
    format!("{}|{}|{}", entry.file, entry.place.sheet, entry.place.cell)
}

fn office_key(office: &OfficeId) -> String {
    format!("ufficio|{office}")
}

/// How many came in by risk and how many by chance: `27 per rischio e 6 a sorte`.
pub fn shares_words(items: &[Item<'_>]) -> String {
    let chance = items.iter().filter(|item| item.by_chance).count();
    format!("{} per rischio e {chance} a sorte", count(items.len() - chance, "elemento", "elementi"))
}
