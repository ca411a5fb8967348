//! What an evaluator should look at first: every indicator and every entry weighed by risk, then a draw that
//! anybody can redo and no office can foresee, because its seed depends on all the files together.
//!
//! An item's key is what a reader sees of it: `indicatore|6.2`, or file, sheet and cell as in *Dati*. Items are
//! ranked by points, then by SHA-256 of `seed|key`. In come the first of each risk present, then the first ones
//! up to [`BY_RISK`]; then, of the rest, the first [`BY_CHANCE`] indicators and as many entries in order of hash.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::admit::AdmittedEntry;
use crate::aggregate::{IndicatorResult, Reliability, SelfDeclared, kind_of, reliability};
use crate::compute::Coverage;
use crate::model::{CellRef, Finding, Number, OfficeId, Severity, Unit, Value, VoceKey, count, ratio_it};
use crate::plan::{Indicator, Office};

use super::Run;
use super::files::inputs_sha256;
use super::index::indicators_of;

/// How many items risk alone can bring in.
pub(super) const BY_RISK: usize = 30;

/// How many indicators, and how many entries, come in by chance.
pub(super) const BY_CHANCE: usize = 3;

/// The check of results on the edge.
const EDGE: &str = "R09";
/// Checks that say what a factor of its own says already.
const OWN_FACTOR: [&str; 3] = [EDGE, "S02", "K08"];

/// Why an item is worth a look, the weightiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Factor {
    /// So little would change the outcome.
    Borderline,
    /// A finding on it was accepted by the unit.
    Waived,
    /// Far over the target.
    OverAchieved,
    /// No evidence.
    NoEvidence,
    /// Typed on an office's word: baselines, denominators, annual numbers.
    SelfDeclared,
    /// An open finding on the first month of a series: nothing before to compare with.
    FirstMonth,
    /// An open finding.
    Flagged,
    /// Something due is missing.
    Provisional,
    /// Typed otherwise than it was read.
    Corrected,
    /// Evidence of some offices only.
    SomeEvidence,
}

/// All the factors, the weightiest first.
pub(super) const FACTORS: [Factor; 10] = [
    Factor::Borderline,
    Factor::Waived,
    Factor::OverAchieved,
    Factor::NoEvidence,
    Factor::SelfDeclared,
    Factor::FirstMonth,
    Factor::Flagged,
    Factor::Provisional,
    Factor::Corrected,
    Factor::SomeEvidence,
];

impl Factor {
    /// Points of risk.
    pub(super) fn points(self) -> usize {
        match self {
            Factor::Borderline => 5,
            Factor::Waived | Factor::OverAchieved => 4,
            Factor::NoEvidence | Factor::SelfDeclared | Factor::FirstMonth => 3,
            Factor::Flagged | Factor::Provisional | Factor::Corrected => 2,
            Factor::SomeEvidence => 1,
        }
    }

    /// In a few words: `sul filo del target`.
    pub(super) fn words(self) -> &'static str {
        match self {
            Factor::Borderline => "sul filo del target",
            Factor::Waived => "rilievo derogato",
            Factor::OverAchieved => "molto oltre il target",
            Factor::NoEvidence => "senza evidenza",
            Factor::SelfDeclared => "autodichiarato",
            Factor::FirstMonth => "rilievo sul primo mese della serie",
            Factor::Flagged => "rilievo aperto",
            Factor::Provisional => "dati incompleti",
            Factor::Corrected => "testo letto come valore",
            Factor::SomeEvidence => "evidenza parziale",
        }
    }
}

/// What is to be looked at.
#[derive(Clone, Copy)]
pub(super) enum Subject<'a> {
    /// A result.
    Indicator(&'a Indicator, &'a IndicatorResult),
    /// An entry.
    Entry(&'a AdmittedEntry),
    /// An office as a whole.
    Office(&'a Office),
}

/// An item with its risk.
pub(super) struct Item<'a> {
    pub subject: Subject<'a>,
    /// What it is called in the draw.
    pub key: String,
    /// SHA-256 of `seed|key`.
    pub hash: String,
    /// Why, each with what says so: codes of findings, a share, what was done to a text.
    pub reasons: BTreeMap<Factor, BTreeSet<String>>,
    /// Whether it came in by chance.
    pub by_chance: bool,
}

impl Item<'_> {
    /// Points of risk, all reasons together.
    pub(super) fn points(&self) -> usize {
        self.reasons.keys().map(|factor| factor.points()).sum()
    }

    fn is_indicator(&self) -> bool {
        matches!(self.subject, Subject::Indicator(..))
    }

    fn is_entry(&self) -> bool {
        matches!(self.subject, Subject::Entry(_))
    }
}

/// The sample of a run.
pub(super) struct Sample<'a> {
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
pub(super) fn sample<'a>(run: &Run<'a>) -> Sample<'a> {
    let seed = seed(run);
    let mut items = candidates(run, &seed);
    items.sort_by(|a, b| (b.points(), &a.hash, &a.key).cmp(&(a.points(), &b.hash, &b.key)));
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

/// The places of those that risk brings in: the first of each factor, then the first ones.
fn by_risk(ranked: &[Item<'_>]) -> BTreeSet<usize> {
    let first = |factor: &Factor| ranked.iter().position(|item| item.reasons.contains_key(factor));
    let mut chosen: BTreeSet<usize> = FACTORS.iter().filter_map(first).collect();
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

/// SHA-256 of two lines `hash, two blanks, name`: the list of the files and the plan. Decisions and derogations
/// are left out: who writes them could otherwise try them until the draw is a good one.
pub(super) fn seed(run: &Run<'_>) -> String {
    hex(&format!("{}  file\n{}  piano\n", inputs_sha256(run.files), run.plan.sha256))
}

fn hex(text: &str) -> String {
    let digits = |byte: &u8| [byte >> 4, byte & 15];
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().flat_map(digits).filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

/// Everything there is to choose from: results, entries with a value, offices of which a finding was accepted.
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

/// The items by key.
struct Candidates<'a> {
    items: BTreeMap<String, Item<'a>>,
}

impl<'a> Candidates<'a> {
    fn of(run: &Run<'a>, seed: &str) -> Self {
        let mut found = Self { items: BTreeMap::new() };
        for result in &run.consolidation.indicators {
            if let Some(indicator) = run.plan.indicator(&result.code) {
                let key = indicator_key(result.code.as_str());
                let reasons = of_result(run, indicator, result);
                found.add(seed, key, Subject::Indicator(indicator, result), reasons);
            }
        }
        let kinds: BTreeMap<&VoceKey, Option<SelfDeclared>> =
            run.plan.voci().map(|(indicator, voce)| (&voce.key, kind_of(indicator, voce))).collect();
        for entry in run.admitted.entries.values().flatten().filter(|entry| entry.value.is_some()) {
            let key = cell_key(&entry.file, &entry.place.sheet, entry.place.cell);
            let kind = kinds.get(&entry.id.voce).copied().flatten();
            found.add(seed, key, Subject::Entry(entry), of_entry(kind, entry));
        }
        for office in &run.plan.offices {
            found.add(seed, office_key(&office.id), Subject::Office(office), Vec::new());
        }
        found
    }

    fn add(&mut self, seed: &str, key: String, subject: Subject<'a>, factors: Vec<(Factor, String)>) {
        let hash = hex(&format!("{seed}|{key}"));
        let details = |detail: String| Some(detail).filter(|detail| !detail.is_empty()).into_iter().collect();
        let reasons = factors.into_iter().map(|(factor, detail)| (factor, details(detail))).collect();
        let item = Item { subject, key: key.clone(), hash, reasons, by_chance: false };
        self.items.entry(key).or_insert(item);
    }

    /// What a finding makes worth a look.
    fn take(&mut self, run: &Run<'_>, finding: &Finding) {
        let code = finding.rule.code;
        if code == EDGE
            && let Some(indicator) = &finding.indicator
        {
            let detail = if finding.found.is_empty() {
                code.to_owned()
            } else {
                format!("{code}: con {} invece di {} cambia l'esito", finding.expected, finding.found)
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
            self.blame(&key, factor, code.to_owned());
        }
    }

    fn blame(&mut self, key: &str, factor: Factor, detail: String) {
        if let Some(item) = self.items.get_mut(key) {
            item.reasons.entry(factor).or_default().insert(detail);
        }
    }

    /// The entry of the finding's month among those it names, or else the first with a value.
    fn entry_of(&self, finding: &Finding) -> Option<String> {
        let keys: Vec<String> =
            finding.named().map(|(file, sheet, cell)| cell_key(file, sheet, cell)).collect();
        let month = |key: &&String| match self.items.get(*key)?.subject {
            Subject::Entry(entry) => Some(entry.id.month),
            _ => None,
        };
        let own = keys.iter().find(|key| finding.month.is_some() && month(key) == Some(finding.month));
        own.or_else(|| keys.iter().find(|key| month(key).is_some())).cloned()
    }

    /// Whether an entry is the first with a value of its voce and office.
    fn begins(&self, run: &Run<'_>, key: &str) -> bool {
        let Some(Item { subject: Subject::Entry(entry), .. }) = self.items.get(key) else { return false };
        let own = run.admitted.entries.get(&entry.office).map_or(&[][..], Vec::as_slice);
        let filled = own.iter().filter(|other| other.id.voce == entry.id.voce && other.value.is_some());
        entry.id.month.is_some() && filled.filter_map(|other| other.id.month).min() == entry.id.month
    }
}

fn indicator_key(code: &str) -> String {
    format!("indicatore|{code}")
}

fn cell_key(file: &str, sheet: &str, cell: CellRef) -> String {
    format!("{file}|{sheet}|{cell}")
}

fn office_key(office: &OfficeId) -> String {
    format!("ufficio|{office}")
}

/// What the result itself says.
fn of_result(run: &Run<'_>, indicator: &Indicator, result: &IndicatorResult) -> Vec<(Factor, String)> {
    let evidence = match reliability(indicator, result, run.admitted, run.submissions) {
        Some(Reliability::DichiaratoSenza) => Some(Factor::NoEvidence),
        Some(Reliability::Parziale) => Some(Factor::SomeEvidence),
        Some(Reliability::MisuratoConEvidenza) | None => None,
    };
    let said = [
        on_the_edge(indicator, result).map(|detail| (Factor::Borderline, detail)),
        far_over(run, indicator, result)
            .map(|share| (Factor::OverAchieved, format!("{} del target", ratio_it(&share)))),
        result.provisional.then(|| (Factor::Provisional, gaps(run, indicator, result))),
        evidence.map(|factor| (factor, String::new())),
    ];
    said.into_iter().flatten().collect()
}

/// What makes a result provisional: how much of what was due is there, how many offices are not, or an old level.
fn gaps(run: &Run<'_>, indicator: &Indicator, result: &IndicatorResult) -> String {
    let Coverage { present, expected } = result.coverage;
    let absent =
        indicator.offices.iter().filter(|office| !run.admitted.entries.contains_key(*office)).count();
    if present < expected {
        format!("{present} su {expected} dovuti")
    } else if absent > 0 {
        format!("{} senza file", count(absent, "ufficio", "uffici"))
    } else {
        "l'ultimo dato è di un mese precedente".to_owned()
    }
}

/// A strict target hit exactly; a deadline or a duration kept, or lost, by a day at most. No day at all, where
/// none is wanted, is the best there is and no edge.
fn on_the_edge(indicator: &Indicator, result: &IndicatorResult) -> Option<String> {
    if result.at_the_limit {
        return Some("uguale al limite".to_owned());
    }
    let days = matches!(indicator.formula.unit(), Unit::Data | Unit::Giorni | Unit::GiorniLavorativi);
    let whole = result.deviation.as_ref().filter(|deviation| days && deviation.is_integer())?.abs();
    if whole.is_zero() {
        let best = result.threshold.as_ref().and_then(Value::number).is_some_and(|limit| limit.is_zero());
        return (!best).then(|| "proprio al limite".to_owned());
    }
    (whole == Number::one()).then(|| "a 1 giorno dal limite".to_owned())
}

/// The share of the target, when it passes the one from which the plan wants a reason.
fn far_over(run: &Run<'_>, indicator: &Indicator, result: &IndicatorResult) -> Option<Number> {
    let number = |value: &Option<Value>| value.as_ref().and_then(Value::number);
    let (value, limit) = number(&result.value).zip(number(&result.threshold))?;
    let better = indicator.target.operator.higher_is_better() && limit > Number::zero();
    let share = value.divided_by(&limit).filter(|_| better)?;
    let most = &run.plan.controls.thresholds.over_target;
    (share.clone() * &Number::from(100_u32) > *most).then_some(share)
}

/// What the entry itself says.
fn of_entry(own: Option<SelfDeclared>, entry: &AdmittedEntry) -> Vec<(Factor, String)> {
    let said = [
        own.filter(|_| entry.counted().is_some()).map(|kind| (Factor::SelfDeclared, kind.label().to_owned())),
        entry.normalised.map(|rule| (Factor::Corrected, rule.to_owned())),
    ];
    said.into_iter().flatten().collect()
}

/// How many came in by risk and how many by chance: `27 per rischio e 6 a sorte`.
pub(super) fn shares_words(items: &[Item<'_>]) -> String {
    let chance = items.iter().filter(|item| item.by_chance).count();
    format!("{} per rischio e {chance} a sorte", count(items.len() - chance, "elemento", "elementi"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{BY_CHANCE, BY_RISK, FACTORS, Factor, Item, hex, sample, seed};
    use crate::interpret::TextCell;
    use crate::model::{
        CellRef, Finding, IndicatorCode, Month, Number, OfficeId, Place, Rule, Severity, Status, Value,
        Waived,
    };
    use crate::report::sample::{PART, Sample, sample as world};

    static EDGE: Rule = Rule {
        code: "R09",
        name: "Risultato sul filo del target",
        severity: Severity::Nota,
        why: "",
        remedy: "",
        missing: true,
    };
    static ODD: Rule = Rule { code: "M11", severity: Severity::DaMotivare, missing: false, ..EDGE };

    /// A December in which nothing is worth a look: everything has its evidence and stands where it should.
    fn quiet() -> Sample {
        let mut quiet = world(12);
        quiet.checked.findings.clear();
        let codes: Vec<IndicatorCode> = quiet.plan.indicators().map(|own| own.code.clone()).collect();
        for submission in &mut quiet.submissions {
            for code in &codes {
                let place = Place { sheet: "Scheda 1".into(), cell: CellRef { row: 1, col: 1 } };
                submission.evidence.insert(code.clone(), TextCell { text: "prot. n. 1/2019".into(), place });
            }
        }
        for result in &mut quiet.consolidation.indicators {
            result.provisional = false;
            result.status = Status::Raggiunto;
            result.at_the_limit = false;
            (result.value, result.deviation) = (None, None);
        }
        let own = |key: &crate::model::VoceKey| {
            quiet.plan.voce(key).is_some_and(|(indicator, voce)| super::kind_of(indicator, voce).is_some())
        };
        for entries in quiet.admitted.entries.values_mut() {
            entries.retain(|entry| !own(&entry.id.voce));
            entries.iter_mut().for_each(|entry| entry.normalised = None);
        }
        quiet
    }

    fn result<'a>(sample: &'a mut Sample, code: &str) -> &'a mut crate::aggregate::IndicatorResult {
        sample.consolidation.indicators.iter_mut().find(|result| result.code.as_str() == code).unwrap()
    }

    /// Keys and reasons of what risk brought in.
    fn risky(sample: &Sample) -> Vec<(String, Vec<Factor>)> {
        let items = super::sample(&sample.run()).items.into_iter();
        let risky = items.filter(|item| !item.by_chance);
        risky.map(|item| (item.key, item.reasons.into_keys().collect())).collect()
    }

    /// A finding of March on the supermarkets that the metrico office has inspected.
    fn finding(sample: &Sample, rule: &'static Rule, month: u32) -> Finding {
        let office = OfficeId::new("metrico");
        let month = Month::new(month).unwrap();
        let mut own = sample.admitted.entries[&office].iter();
        let entry = own
            .find(|entry| entry.id.voce.as_str() == "S03.supermercati" && entry.id.month == Some(month))
            .unwrap();
        Finding {
            office: Some(office),
            file: Some(entry.file.clone()),
            sheet: Some(entry.place.sheet.clone()),
            cells: vec![entry.place.cell],
            indicator: Some(IndicatorCode::new("3.2")),
            voce: Some(entry.id.voce.clone()),
            month: Some(month),
            ..Finding::of(rule)
        }
    }

    fn key(finding: &Finding) -> String {
        format!("{}|Scheda 3|{}", finding.file.as_ref().unwrap(), finding.cells[0])
    }

    #[test]
    fn without_risk_only_chance_brings_in() {
        let quiet = quiet();
        assert_eq!(risky(&quiet), []);
        let drawn = sample(&quiet.run());
        let of = |wanted: fn(&Item<'_>) -> bool| drawn.items.iter().filter(|item| wanted(item)).count();
        assert_eq!((of(|item| item.is_indicator()), of(|item| item.is_entry())), (BY_CHANCE, BY_CHANCE));
        assert_eq!((drawn.items.len(), drawn.risky), (2 * BY_CHANCE, 0));
    }

    #[test]
    fn each_risk_of_a_result_alone_brings_it_in() {
        let number = |value: i64| Some(Value::Number(Number::from(value)));
        let brought = |change: &dyn Fn(&mut Sample)| {
            let mut sample = quiet();
            change(&mut sample);
            risky(&sample)
        };
        let one = |code: &str, factor| vec![(format!("indicatore|{code}"), vec![factor])];
        let edge = |sample: &mut Sample| {
            let indicator = Some(IndicatorCode::new("6.2"));
            sample.checked.findings.push(Finding { indicator, ..Finding::of(&EDGE) });
        };
        assert_eq!(brought(&edge), one("6.2", Factor::Borderline));
        assert_eq!(
            brought(&|sample| result(sample, "3.2").at_the_limit = true),
            one("3.2", Factor::Borderline)
        );
        assert_eq!(
            brought(&|sample| result(sample, "3.2").provisional = true),
            vec![(
                "indicatore|3.2".to_owned(),
                // With something missing the evidence is partial too.
                vec![Factor::Provisional, Factor::SomeEvidence]
            )]
        );
        // 3.2 asks for at least 10: 15 is 150 %, 16 is over it.
        let mut limit = quiet();
        assert_eq!(result(&mut limit, "3.2").threshold, number(10));
        assert_eq!(brought(&|sample| result(sample, "3.2").value = number(15)), []);
        assert_eq!(
            brought(&|sample| result(sample, "3.2").value = number(16)),
            one("3.2", Factor::OverAchieved)
        );
        let without = |sample: &mut Sample| {
            let code = IndicatorCode::new("3.2");
            sample.submissions.iter_mut().for_each(|own| drop(own.evidence.remove(&code)));
        };
        assert_eq!(brought(&without), one("3.2", Factor::NoEvidence));
        let half = |sample: &mut Sample| {
            let code = IndicatorCode::new("1.3");
            let pid = sample.submissions.iter_mut().find(|own| own.office.as_str() == "pid").unwrap();
            pid.evidence.remove(&code);
        };
        assert_eq!(brought(&half), one("1.3", Factor::SomeEvidence));
    }

    #[test]
    fn a_deadline_kept_or_lost_by_a_day_is_on_the_edge() {
        for (days, edge) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let mut sample = quiet();
            result(&mut sample, "4.1").deviation = Some(Number::from(days as i64));
            assert_eq!(!risky(&sample).is_empty(), edge, "{days}");
            let mut sample = quiet();
            result(&mut sample, "3.2").deviation = Some(Number::from(days as i64));
            assert_eq!(risky(&sample), [], "not days: R09 says it");
        }
    }

    #[test]
    fn no_day_where_none_is_wanted_is_no_edge() {
        let zero = |limit: i64| {
            let mut sample = quiet();
            result(&mut sample, "11.5").deviation = Some(Number::zero());
            result(&mut sample, "11.5").threshold = Some(Value::Number(Number::from(limit)));
            risky(&sample).len()
        };
        assert_eq!((zero(0), zero(3)), (0, 1));
    }

    #[test]
    fn each_risk_of_an_entry_alone_brings_it_in() {
        let mut sample = quiet();
        let own = sample.admitted.entries.get_mut(&OfficeId::new("metrico")).unwrap();
        own[0].normalised = Some("unità di misura tolta dal numero");
        let brought = risky(&sample);
        assert_eq!((brought.len(), &brought[0].1), (1, &vec![Factor::Corrected]));

        let waived = Waived { reason: "verificato".into(), who: "l'unità".into(), until: None };
        for (rule, month, waived, factor) in [
            (&ODD, 3, None, Some(Factor::Flagged)),
            (&ODD, 1, None, Some(Factor::FirstMonth)),
            (&ODD, 1, Some(waived.clone()), Some(Factor::Waived)),
            (&PART, 3, Some(waived), Some(Factor::Waived)),
            (&crate::report::sample::QUIET, 1, None, None),
        ] {
            let mut sample = quiet();
            let finding = Finding { waived, ..finding(&sample, rule, month) };
            let wanted: Vec<_> = factor.map(|factor| (key(&finding), vec![factor])).into_iter().collect();
            sample.checked.findings.push(finding);
            assert_eq!(risky(&sample), wanted);
        }

        // The whole world has one baseline or more; here the one of 1.2 comes back.
        let whole = world(12);
        let mut sample = quiet();
        let ri = OfficeId::new("ri");
        let mut own = whole.admitted.entries[&ri].iter();
        let baseline = own.find(|entry| entry.id.voce.as_str() == "S01.ore_sportello_2018").unwrap();
        let baseline = crate::admit::AdmittedEntry { normalised: None, ..baseline.clone() };
        sample.admitted.entries.get_mut(&ri).unwrap().push(baseline);
        let brought = risky(&sample);
        assert_eq!((brought.len(), &brought[0].1), (1, &vec![Factor::SelfDeclared]));
    }

    #[test]
    fn a_derogation_without_a_cell_falls_on_the_indicator_or_on_the_office() {
        let waived = Some(Waived { reason: "verificato".into(), who: "l'unità".into(), until: None });
        let with = |finding: Finding| {
            let mut sample = quiet();
            sample.checked.findings.push(finding);
            risky(&sample)
        };
        let own = Finding {
            waived: waived.clone(),
            indicator: Some(IndicatorCode::new("3.2")),
            ..Finding::of(&PART)
        };
        assert_eq!(with(own), [("indicatore|3.2".to_owned(), vec![Factor::Waived])]);
        let office = Some(OfficeId::new("urp"));
        let own = Finding { waived, office: office.clone(), ..Finding::of(&ODD) };
        assert_eq!(with(own), [("ufficio|urp".to_owned(), vec![Factor::Waived])]);
        assert_eq!(with(Finding { office, ..Finding::of(&ODD) }), [], "open, it is in Rilievi");
    }

    #[test]
    fn nothing_stands_twice_and_the_size_is_bounded() {
        for month in [1, 6, 12] {
            let sample = world(month);
            let drawn = sample_of(&sample);
            let keys: BTreeSet<&String> = drawn.iter().map(|(key, _)| key).collect();
            assert_eq!(keys.len(), drawn.len());
            assert!(drawn.len() <= BY_RISK + 2 * BY_CHANCE, "{}", drawn.len());
            assert_eq!(drawn.iter().filter(|(_, chance)| *chance).count(), 2 * BY_CHANCE);
        }
    }

    fn sample_of(sample: &Sample) -> Vec<(String, bool)> {
        super::sample(&sample.run()).items.into_iter().map(|item| (item.key, item.by_chance)).collect()
    }

    #[test]
    fn every_risk_that_is_there_has_its_item() {
        let mut june = world(6);
        june.checked
            .findings
            .push(Finding { indicator: Some(IndicatorCode::new("6.2")), ..Finding::of(&EDGE) });
        let seed = seed(&june.run());
        let run = june.run();
        let all = super::candidates(&run, &seed);
        let drawn = sample(&run);
        for factor in FACTORS {
            let there = all.iter().any(|item| item.reasons.contains_key(&factor));
            let mut chosen = drawn.items.iter().filter(|item| !item.by_chance);
            assert_eq!(there, chosen.any(|item| item.reasons.contains_key(&factor)), "{factor:?}");
        }
    }

    #[test]
    fn the_same_inputs_give_the_same_sample_and_others_another() {
        let own = sample_of(&quiet());
        assert_eq!(own, sample_of(&quiet()));
        let mut other = quiet();
        other.files[0].sha256 = "0".repeat(64);
        assert_ne!(own, sample_of(&other));
        let mut other = quiet();
        other.plan.sha256 = "0".repeat(64);
        assert_ne!(own, sample_of(&other));
        // What the unit decides during the year cannot be used to draw again.
        let mut other = quiet();
        other.plan.sha256_whole = "0".repeat(64);
        assert_eq!(own, sample_of(&other));
    }

    #[test]
    fn the_draw_can_be_redone_with_sha256sum() {
        // printf '%s' 'seme|indicatore|6.2' | sha256sum
        assert_eq!(
            hex("seme|indicatore|6.2"),
            "c5a4ce44c50aadbe526ec486311255588a7c8f0563d41e69e8ed12c9e95e1de9"
        );
        let quiet = quiet();
        let drawn = sample(&quiet.run());
        for item in &drawn.items {
            assert_eq!(item.hash, hex(&format!("{}|{}", drawn.seed, item.key)));
        }
        // By hand: of all the indicators, those with the smallest hashes.
        let mut all: Vec<String> = quiet
            .plan
            .indicators()
            .map(|own| hex(&format!("{}|indicatore|{}", drawn.seed, own.code)))
            .collect();
        all.sort();
        let mut own: Vec<&String> =
            drawn.items.iter().filter(|item| item.is_indicator()).map(|item| &item.hash).collect();
        own.sort();
        assert_eq!(own, all.iter().take(BY_CHANCE).collect::<Vec<_>>());
    }

    #[test]
    fn more_points_come_first_and_factors_are_in_order() {
        let june = world(6);
        let points: Vec<usize> =
            sample(&june.run()).items.iter().filter(|item| !item.by_chance).map(Item::points).collect();
        assert!(points.is_sorted_by(|a, b| a >= b), "{points:?}");
        assert!(FACTORS.is_sorted_by(|a, b| a < b && a.points() >= b.points()));
    }
}
