//! What a finding puts in doubt, indicator by indicator.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::bench::Bench;
use super::change::is_usable;
use super::plausible::{self, Interval};
use crate::admit::{Admission, AdmittedEntry};
use crate::check::{Stage, check};
use crate::model::{EntryId, Finding, Month, OfficeId, OfficeRule, Severity, Span, TimeKind, Value, VoceKey};
use crate::plan::{Indicator, Voce};

/// What is in doubt in one indicator.
pub(super) struct Doubt<'a> {
    pub indicator: &'a Indicator,
    /// Entries, each once; none when what is named cannot change anything.
    pub slots: Vec<Slot<'a>>,
    /// Registers not declared complete.
    pub gaps: Vec<Gap<'a>>,
    /// Offices without a file.
    pub absent: Vec<&'a OfficeId>,
    /// What the finding is about.
    pub about: About,
}

/// What a finding is about, when it names entries that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// The entries themselves.
    Entries,
    /// The result that comes from them.
    Result,
    /// A result that hangs on the last unit of an entry.
    Edge,
    /// The same thing in the registers of several offices: it may be as many things.
    Shared,
    /// Dates whose day and month may be exchanged.
    Exchanged,
    /// Months that may each hold those before.
    Totals,
    /// Months whose headers may have changed places without their values.
    Headers,
}

/// An entry in doubt.
pub(super) struct Slot<'a> {
    pub office: &'a OfficeId,
    pub id: EntryId,
    pub voce: &'a Voce,
    /// The column of its sheet where it stands, from zero; zero for what stands nowhere.
    pub col: u16,
    pub how: How,
    /// Whether it is kept out today.
    pub kept_out: bool,
}

/// What is known of an entry in doubt.
pub(super) enum How {
    /// It counts.
    Counts(Value),
    /// It is kept out, and may be taken as typed.
    Typed(Value),
    /// Nothing usable is there: only where it may lie.
    Open(Interval),
}

/// A register of an office, complete up to a month only.
pub(super) struct Gap<'a> {
    pub office: &'a OfficeId,
    pub voce: &'a Voce,
    /// The months that are missing.
    pub months: Vec<Month>,
}

/// What `finding` puts in doubt; nothing when it is not about an entry.
pub(super) fn of<'a>(bench: &mut Bench<'a>, finding: &Finding) -> Vec<Doubt<'a>> {
    if is_about_the_workbook(finding) {
        return Vec::new();
    }
    let named = bench.named(finding);
    if !named.is_empty() {
        return on_entries(bench, finding, &named);
    }
    let register = finding.voce.as_ref().zip(finding.office.as_ref());
    if let Some(doubt) = register.and_then(|(voce, office)| on_register(bench, voce, office)) {
        return vec![doubt];
    }
    if let Some(indicator) = relabelled(bench, finding) {
        return vec![empty(indicator)];
    }
    on_offices(bench, finding)
}

/// The indicator of the row whose label reads otherwise, when the row holds nothing that an office types: its
/// value is the plan's, or is a declaration.
fn relabelled<'a>(bench: &Bench<'a>, finding: &Finding) -> Option<&'a Indicator> {
    let voce = finding.voce.as_ref().filter(|_| finding.rule.code == "T09")?;
    bench.plan().voce(voce).map(|(indicator, _)| indicator)
}

/// Whether it is a nota on the workbook's shape: protection, lists, layout. It touches no value.
fn is_about_the_workbook(finding: &Finding) -> bool {
    let early = check(finding.rule.code).is_some_and(|check| check.stage <= Stage::Modello);
    early && finding.rule.missing && finding.severity == Severity::Nota && finding.rule.code != "T20"
}

/// One of the last checks without a voce judges a result, and names the entries from which it comes.
fn about(finding: &Finding) -> About {
    let last = check(finding.rule.code).is_some_and(|check| check.stage == Stage::Esito);
    match (finding.rule.code, last && finding.voce.is_none() && finding.indicator.is_some()) {
        (_, true) => About::Result,
        ("R09", false) => About::Edge,
        ("A08", false) => About::Shared,
        ("D14", false) => About::Exchanged,
        ("M15", false) => About::Totals,
        ("T08", false) => About::Headers,
        (_, false) => About::Entries,
    }
}

fn on_entries<'a>(bench: &mut Bench<'a>, finding: &Finding, named: &[&'a AdmittedEntry]) -> Vec<Doubt<'a>> {
    let mut doubts: Vec<Doubt<'a>> = Vec::new();
    let about = about(finding);
    let mut met: BTreeSet<(&OfficeId, &EntryId)> = BTreeSet::new();
    for entry in named.iter().filter(|entry| met.insert((&entry.office, &entry.id))) {
        for indicator in bench.users(&entry.id.voce).to_vec() {
            let slot = slot(bench, indicator, entry, finding.severity, about);
            match doubts.iter_mut().find(|doubt| doubt.indicator.code == indicator.code) {
                Some(doubt) => doubt.slots.extend(slot),
                None => {
                    doubts.push(Doubt { slots: slot.into_iter().collect(), about, ..empty(indicator) });
                }
            }
        }
    }
    for doubt in &mut doubts {
        reconcile(&mut doubt.slots);
    }
    doubts
}

/// The value of an earlier year that nobody has given: as typed where it is kept out, else where it may lie.
pub(super) fn on_baseline<'a>(
    bench: &mut Bench<'a>,
    indicator: &'a Indicator,
    voce: &'a Voce,
) -> Option<Doubt<'a>> {
    let admitted = bench.ground.admitted;
    let excluded: Vec<&'a AdmittedEntry> = indicator
        .offices
        .iter()
        .flat_map(|office| admitted.entries.of(&voce.key, office))
        .filter(|entry| matches!(entry.admission, Admission::Excluded(_)))
        .collect();
    let mut slots: Vec<Slot<'a>> = Vec::new();
    for entry in excluded {
        slots.extend(slot(bench, indicator, entry, Severity::Errore, About::Entries));
    }
    if slots.is_empty() {
        slots = all_open(bench, indicator, voce, indicator.offices.first()?);
    }
    Some(Doubt { slots, ..empty(indicator) })
}

/// The entries of `indicator` that are a date of another year than the plan's.
pub(super) fn on_other_years<'a>(bench: &mut Bench<'a>, indicator: &'a Indicator) -> Doubt<'a> {
    let (year, admitted) = (bench.plan().year, bench.ground.admitted);
    let elsewhere = |entry: &&'a AdmittedEntry| {
        entry.counted().and_then(Value::date).is_some_and(|date| date.year() != year)
    };
    let of_office =
        |office| indicator.voci.iter().flat_map(move |voce| admitted.entries.of(&voce.key, office));
    let entries: Vec<&'a AdmittedEntry> =
        indicator.offices.iter().flat_map(of_office).filter(elsewhere).collect();
    let mut slots: Vec<Slot<'a>> = Vec::new();
    for entry in entries {
        slots.extend(slot(bench, indicator, entry, Severity::Nota, About::Entries));
    }
    Doubt { slots, ..empty(indicator) }
}

fn empty(indicator: &Indicator) -> Doubt<'_> {
    Doubt { indicator, slots: Vec::new(), gaps: Vec::new(), absent: Vec::new(), about: About::Entries }
}

/// An entry that may count by the reporting month; `None` for one that does not.
///
/// A month with zero adds nothing, and taking it away tells nothing: where an explanation is wanted it may
/// stand for a value that is missing.
fn slot<'a>(
    bench: &mut Bench<'a>,
    indicator: &'a Indicator,
    entry: &'a AdmittedEntry,
    severity: Severity,
    about: About,
) -> Option<Slot<'a>> {
    let voce = indicator.voce(&entry.id.voce)?;
    let months = voce.counting(&entry.office, bench.ground.month.month);
    if entry.id.month.is_some_and(|month| months.is_none_or(|months| !months.contains(month))) {
        return None;
    }
    let column = entry.id.column.as_deref();
    let usable = entry.value.as_ref().filter(|value| is_usable(voce, column, value));
    let how = match (&entry.admission, usable) {
        (Admission::NotApplicable, _) if severity > Severity::Nota => {
            // Who doubts that it does not apply asks for the value.
            How::Open(plausible::interval(bench, indicator, voce, &entry.office, &entry.id))
        }
        (Admission::Ignored(_) | Admission::NotApplicable, _) => return None,
        (Admission::Admitted, _) if about == About::Entries && is_idle(voce, entry) => {
            (severity > Severity::Nota).then_some(())?;
            How::Open(plausible::interval(bench, indicator, voce, &entry.office, &entry.id))
        }
        (Admission::Admitted, _) => How::Counts(entry.value.clone()?),
        (Admission::Excluded(_), Some(value)) => How::Typed(value.clone()),
        (Admission::Excluded(_) | Admission::NotReported, _) => {
            How::Open(plausible::interval(bench, indicator, voce, &entry.office, &entry.id))
        }
    };
    let kept_out = matches!(entry.admission, Admission::Excluded(_));
    Some(Slot { office: &entry.office, id: entry.id.clone(), voce, col: entry.place.cell.col, how, kept_out })
}

/// Whether it is a zero among increments.
fn is_idle(voce: &Voce, entry: &AdmittedEntry) -> bool {
    let number = entry.value.as_ref().and_then(Value::number);
    voce.time == TimeKind::Mensile && number.is_some_and(|number| number.is_zero())
}

/// Different values of what all must agree on: the right one is one of them.
fn reconcile(slots: &mut [Slot<'_>]) {
    let keys: BTreeSet<(VoceKey, Option<Month>)> = slots
        .iter()
        .filter(|slot| slot.voce.rule == OfficeRule::Condivisa)
        .map(|slot| (slot.id.voce.clone(), slot.id.month))
        .collect();
    for (voce, month) in keys {
        let same = |slot: &Slot<'_>| slot.id.voce == voce && slot.id.month == month;
        let typed: BTreeSet<Value> = slots
            .iter()
            .filter(|slot| same(slot))
            .filter_map(|slot| match &slot.how {
                How::Typed(value) => Some(value.clone()),
                How::Counts(_) | How::Open(_) => None,
            })
            .collect();
        let (Some(low), Some(high)) = (typed.first(), typed.last()) else { continue };
        if low == high {
            continue;
        }
        for slot in slots.iter_mut().filter(|slot| same(slot) && matches!(slot.how, How::Typed(_))) {
            slot.how = How::Open(Interval::between(low.clone(), high.clone()));
        }
    }
}

/// The register of an office that is not declared complete up to the last month that counts.
fn on_register<'a>(bench: &Bench<'a>, key: &VoceKey, office: &OfficeId) -> Option<Doubt<'a>> {
    let plan = bench.plan();
    let (indicator, voce) = plan.voce(key)?;
    let gap = gap(bench, indicator, voce, office)?;
    Some(Doubt { gaps: vec![gap], ..empty(indicator) })
}

fn gap<'a>(
    bench: &Bench<'a>,
    indicator: &'a Indicator,
    voce: &'a Voce,
    office: &OfficeId,
) -> Option<Gap<'a>> {
    voce.register.as_ref()?;
    let office = indicator.offices.iter().find(|own| *own == office)?;
    let declared = bench.ground.admitted.completeness.get(&(office.clone(), voce.key.clone()));
    let declared = declared.copied().unwrap_or(0);
    let due = voce.register_due(office, bench.ground.month.month)?;
    let months: Vec<Month> = due.months().filter(|month| month.number() > declared).collect();
    (!months.is_empty()).then_some(Gap { office, voce, months })
}

/// The offices without a file that a finding speaks of: its own, or those that its indicator lacks.
fn on_offices<'a>(bench: &mut Bench<'a>, finding: &Finding) -> Vec<Doubt<'a>> {
    let plan = bench.plan();
    let admitted = bench.ground.admitted;
    let gone = |office: &&OfficeId| !admitted.entries.has_sent(office);
    let concerned = |indicator: &&Indicator| match (&finding.office, finding.rule.code) {
        (Some(office), _) => indicator.offices.contains(office) && gone(&office),
        (None, "A01") => finding.indicator.as_ref() == Some(&indicator.code),
        (None, _) => false,
    };
    let indicators: Vec<&Indicator> = plan.indicators().filter(concerned).collect();
    indicators
        .into_iter()
        .map(|indicator| {
            let mine = |office: &&OfficeId| finding.office.as_ref().is_none_or(|own| own == *office);
            let absent: Vec<&OfficeId> = indicator.offices.iter().filter(gone).filter(mine).collect();
            let mut doubt = Doubt { absent: absent.clone(), ..empty(indicator) };
            for office in absent {
                for voce in indicator.voci.iter().filter(|voce| voce.is_input()) {
                    doubt.slots.extend(all_open(bench, indicator, voce, office));
                    doubt.gaps.extend(gap(bench, indicator, voce, office));
                }
            }
            doubt
        })
        .collect()
}

/// Every entry of a voce that an office could have made by the reporting month.
pub(super) fn all_open<'a>(
    bench: &mut Bench<'a>,
    indicator: &'a Indicator,
    voce: &'a Voce,
    office: &'a OfficeId,
) -> Vec<Slot<'a>> {
    let ids: Vec<EntryId> = match voce.time {
        TimeKind::Mensile | TimeKind::Consistenza => voce
            .counting(office, bench.ground.month.month)
            .into_iter()
            .flat_map(Span::months)
            .map(|month| EntryId::monthly(voce.key.clone(), month))
            .collect(),
        TimeKind::Annuale => {
            let asked = voce.span_of(office).is_some_and(|span| span.first <= bench.ground.month.month);
            asked.then(|| EntryId::annual(voce.key.clone())).into_iter().collect()
        }
        TimeKind::Costante | TimeKind::Registro => Vec::new(),
    };
    ids.into_iter()
        .map(|id| {
            let how = How::Open(plausible::interval(bench, indicator, voce, office, &id));
            Slot { office, id, voce, col: 0, how, kept_out: false }
        })
        .collect()
}
