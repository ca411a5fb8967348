//! The final issue of the year before, as this year's plan remembers it.
//!
//! No plan of then is needed: what can be compared is what is defined as it is now (`report::Definition`),
//! and that is made again, exactly, from the data of the issue with this year's definitions. What comes out
//! must be what was issued.

use std::collections::{BTreeMap, BTreeSet};

use super::offices::offices;
use super::refused::Refused;
use super::table::Table;
use super::{cover, data, proof, results, saved_by};
use crate::aggregate::{IndicatorResult, result};
use crate::memory::{KeptResult, Memory, Said};
use crate::model::{Number, OfficeId, Span, Status, TimeKind, Value, VoceKey, YearMonth};
use crate::plan::{
    Archive, Fixed, Indicator, LastResult, LastYear, Office, Plan, Roll, Spans, Voce, year_after,
};
use crate::read::{Incoming, RawContent, RawWorkbook};
use crate::report::{Data, Definition, FIXED, definitions};
use crate::verify::is_definitive;

/// A cell keeps fifteen digits: what differs by less than one part of this many is the same.
const TRILLION: i64 = 1_000_000_000_000;

/// What the final issue of the year before holds, for this plan.
///
/// # Errors
/// Why it is not to be used.
pub fn last_year(plan: &Plan, file: Incoming) -> Result<Archive, Refused> {
    let book = file.content.and_then(RawWorkbook::as_issue).map_err(Refused::Unreadable)?;
    let sha256 = book.traits.envelope.as_ref().map_or(file.sha256, |envelope| envelope.sha256.clone());
    let month = cover::whose(plan, &book)?;
    if month.year != plan.year - 1 {
        return Err(Refused::NotTheYearBefore(month.year));
    }
    if !month.closes_year() || !is_definitive(&book) {
        return Err(Refused::NotFinal(month));
    }
    proof::stamped(&book).map_err(|why| why.of_a_file_saved_by(saved_by(&book)))?;
    if !proof::is_sealed(&book) {
        let how = "la copertina non porta l'impronta dei fogli, che ogni emissione definitiva ha";
        return Err(Refused::Forged(how.to_owned()));
    }
    let known = proof::of_this_program(&book);
    Then::read(plan, &book, month, sha256)?.archive(plan, &book, known)
}

/// The year before, under this year's definitions.
struct Then {
    /// This year's plan, with the offices and the given values of then.
    plan: Plan,
    /// What the issue holds.
    memory: Memory,
    /// The workbook, with this year's keys.
    book: RawWorkbook,
    /// What this year's keys were then.
    keys: BTreeMap<VoceKey, VoceKey>,
}

impl Then {
    fn read(plan: &Plan, book: &RawWorkbook, month: YearMonth, sha256: String) -> Result<Self, Refused> {
        let (book, keys) = with_keys_of(plan, book, month.year)?;
        let plan = plan_of_then(plan, &book)?;
        let mut memory = Memory::empty(month);
        memory.sha256 = sha256;
        data::files(&plan, &book, &mut memory)?;
        data::entries(&plan, &book, &mut memory)?;
        results::indicators(&plan, &book, &mut memory)?;
        Ok(Self { plan, memory, book, keys })
    }

    fn archive(self, now: &Plan, book: &RawWorkbook, known: bool) -> Result<Archive, Refused> {
        let year = self.memory.month.year;
        let admitted = proof::admitted(&self.plan, &self.book, &self.memory)?;
        let defined = definitions(book);
        let mut archive = Archive {
            year,
            sha256: self.memory.sha256.clone(),
            results: BTreeMap::new(),
            voci: BTreeMap::new(),
            closings: BTreeMap::new(),
        };
        for indicator in now.indicators() {
            let code = &indicator.code;
            let (Some(then), Some(issued)) = (defined.get(code), self.memory.results.get(code)) else {
                continue;
            };
            let inputs: Vec<String> =
                indicator.formula.inputs().iter().map(|key| key.name().to_owned()).collect();
            let own = self.plan.indicator(code).unwrap_or(indicator);
            let changed =
                then.changed(year, &Definition::of(now, indicator), &inputs).or_else(|| lacking(own));
            let compared = match changed {
                Some(why) => LastYear::Other(why),
                None => {
                    let again = result(&self.plan, &admitted, self.memory.month, own);
                    let compared = judged(indicator, issued, &again, known, year)?;
                    if matches!(compared, LastYear::Same(_)) {
                        archive.voci.extend(self.totals(&again));
                        self.close(own, &again, &mut archive);
                        archive.closings.extend(levels(own, &again));
                    }
                    compared
                }
            };
            archive.results.insert(code.clone(), compared);
        }
        Ok(archive)
    }

    /// What was left of the stock that an indicator works off: it opens this year.
    fn close(&self, own: &Indicator, again: &IndicatorResult, archive: &mut Archive) {
        let total =
            |key: &VoceKey| again.voci.iter().find(|total| &total.key == key)?.value.as_ref()?.number();
        let Some(backlog) = own.backlog() else { return };
        let (now, closing) = (&backlog.opening.key, backlog.closing(&total));
        let then = self.keys.get(now).unwrap_or(now);
        // How it opened then opens nothing now.
        archive.voci.remove(then);
        if let Some(left) = closing {
            archive.voci.insert(then.clone(), Value::Number(left.clone()));
            archive.closings.insert(now.clone(), left);
        }
    }

    /// The totals of the voci, by their key of then.
    fn totals<'a>(&'a self, again: &'a IndicatorResult) -> impl Iterator<Item = (VoceKey, Value)> + 'a {
        again.voci.iter().filter_map(|total| {
            let key = self.keys.get(&total.key).unwrap_or(&total.key);
            Some((key.clone(), total.value.clone()?))
        })
    }
}

/// The levels at the end of the year, by this year's key.
fn levels(own: &Indicator, again: &IndicatorResult) -> Vec<(VoceKey, Number)> {
    let is_level = |key: &VoceKey| own.voce(key).is_some_and(|voce| voce.time == TimeKind::Consistenza);
    let levels = again.voci.iter().filter(|total| is_level(&total.key));
    levels.filter_map(|total| Some((total.key.clone(), total.value.as_ref()?.number()?))).collect()
}

/// A constant of now that then had no value.
fn lacking(indicator: &Indicator) -> Option<String> {
    let own = |voce: &&Voce| indicator.formula.inputs().contains(&voce.key);
    let lost = |voce: &&Voce| voce.time == TimeKind::Costante && voce.fixed.is_none();
    let voce = indicator.voci.iter().filter(own).find(lost)?;
    Some(format!("la voce «{}» non aveva un valore", voce.key.name()))
}

/// What was issued, exact, when it is what comes out again.
fn judged(
    indicator: &Indicator,
    issued: &KeptResult,
    again: &IndicatorResult,
    known: bool,
    year: i32,
) -> Result<LastYear, Refused> {
    // What was taken out of the evaluation is shown all the same, and is nobody's measure.
    let out = [Status::NonValutabile, Status::NonVerificabile].contains(&issued.status);
    let shown = again.value.as_ref().or(again.indicative.as_ref().filter(|_| out));
    let same = match (&issued.value, shown) {
        (Said::Nothing, _) => true,
        (Said::Value(Value::Number(issued)), Some(Value::Number(again))) => is_near(issued, again),
        (Said::Value(Value::Date(issued)), Some(Value::Date(again))) => issued == again,
        (Said::Value(_), Some(Value::Flag(_))) => true,
        _ => false,
    };
    let code = &indicator.code;
    if !same {
        let said = shown.map_or("nessun valore".to_owned(), Value::to_people);
        let words = format!("nel {year} è «{}», ma dai suoi dati viene {said}", issued.value.words());
        return if known {
            Err(Refused::Forged(format!("l'indicatore {code} {words}")))
        } else {
            Ok(LastYear::Other(words))
        };
    }
    let value = again.value.clone().filter(|_| issued.value != Said::Nothing && !out);
    Ok(LastYear::Same(LastResult {
        value,
        status: issued.status,
        degree: issued.degree.clone(),
        target: issued.target.clone(),
    }))
}

/// Whether an exact value is the one that a cell keeps; what the plan gave then is itself known by its cell.
fn is_near(issued: &Number, again: &Number) -> bool {
    let (apart, size) = ((issued.clone() - again).abs(), issued.abs().max(again.abs()));
    apart.is_zero() || apart * &Number::from(TRILLION) <= size
}

/// The workbook with this year's keys in *Dati*, and what each was.
fn with_keys_of(
    plan: &Plan,
    book: &RawWorkbook,
    year: i32,
) -> Result<(RawWorkbook, BTreeMap<VoceKey, VoceKey>), Refused> {
    let table = Table::<Data>::read(book)?;
    let mut renamed = BTreeMap::new();
    let mut keys = BTreeMap::new();
    for row in table.rows() {
        let text = table.text(row, Data::Key);
        let (name, tail) =
            text.strip_suffix(".completo").map_or((text.as_str(), ""), |name| (name, ".completo"));
        let (then, now) = (VoceKey::from_text(name), VoceKey::from_text(year_after(name, year)));
        if plan.voce(&then).is_none()
            && plan.voce(&now).is_some()
            && let Some(at) = table.at(row, Data::Key)
        {
            renamed.insert(at, format!("{now}{tail}"));
            keys.insert(now, then);
        }
    }
    let mut book = book.clone();
    let sheets = book.sheets.iter_mut().filter(|sheet| sheet.name == crate::report::labels::DATA);
    for sheet in sheets.take(1) {
        for (at, name) in &renamed {
            if let Some(cell) = sheet.cells.get_mut(at) {
                cell.content = RawContent::Text(name.clone());
            }
        }
    }
    Ok((book, keys))
}

/// This year's plan as it would have been: with the offices that answered then, and the values given then.
fn plan_of_then(now: &Plan, book: &RawWorkbook) -> Result<Plan, Refused> {
    let table = Table::<Data>::read(book)?;
    let mut plan = now.clone();
    plan.year = now.year - 1;
    plan.archive = None;
    plan.decisions.clear();
    plan.offices = now
        .offices
        .iter()
        .map(|office| Office { span: Span::YEAR, merges_into: None, ..office.clone() })
        .collect();
    let renamed = offices(now, book);
    let mut given: BTreeMap<VoceKey, Value> = BTreeMap::new();
    let mut answered: BTreeMap<VoceKey, BTreeSet<OfficeId>> = BTreeMap::new();
    for row in table.rows() {
        let key = table.text(row, Data::Key);
        let voce = VoceKey::from_text(key.strip_suffix(".completo").unwrap_or(&key));
        let Some((_, own)) = now.voce(&voce) else { continue };
        let name = table.text(row, Data::Office);
        if name == data::THE_PLAN {
            given.extend(data::of_the_plan(&table, row, own).map(|value| (voce, value)));
            continue;
        }
        // What an office typed beside a value that the plan gives does not count.
        if table.text(row, Data::Counts) != FIXED {
            let known = renamed.get(&name).map(|id| (*id).clone());
            let office = known.unwrap_or_else(|| office_of(&mut plan.offices, &name));
            answered.entry(voce).or_default().insert(office);
        }
    }
    for action in plan.schede.iter_mut().flat_map(|scheda| &mut scheda.actions) {
        for indicator in &mut action.indicators {
            indicator.earlier.clear();
            let own = indicator.voci.iter().filter_map(|voce| answered.get(&voce.key)).flatten();
            let own: BTreeSet<OfficeId> = own.cloned().collect();
            indicator.offices =
                plan.offices.iter().map(|office| office.id.clone()).filter(|id| own.contains(id)).collect();
            for voce in &mut indicator.voci {
                voce.spans = Spans::default();
                voce.fixed =
                    given.get(&voce.key).map(|value| Fixed { value: value.clone(), source: String::new() });
            }
        }
    }
    Ok(plan)
}

/// The office of this name, known now or only then.
fn office_of(offices: &mut Roll<Office>, name: &str) -> OfficeId {
    if let Some(own) = offices.iter().find(|office| office.name.trim() == name) {
        return own.id.clone();
    }
    let id = OfficeId::new(format!("allora_{}", offices.len()));
    let office = Office {
        id: id.clone(),
        name: name.to_owned(),
        printed: Vec::new(),
        span: Span::YEAR,
        merges_into: None,
    };
    offices.extend([office]);
    id
}
