//! Campaigns of any size: the plan of 2019 with its offices repeated, and their workbooks of June as filled
//! in, with mistakes in a quarter of the files.

use std::collections::BTreeMap;

use schede::model::{Month, OfficeId, OfficeRule, TimeKind, VoceType};
use schede::plan::{DEFAULT_PLAN, Plan, Voce, read_plan};
use schede::trial::clean_fills;
use schede::write::{Fill, FillKey, FillValue, office_file_name, office_workbook};

/// The month that is reported.
pub(crate) const MONTH: u32 = 6;

/// One file in so many has mistakes.
const WRONG: usize = 4;

/// Mistakes in a file that has some.
const MISTAKES: usize = 3;

/// A plan whose offices are there many times, and their files.
pub(crate) struct Campaign {
    pub(crate) plan_text: String,
    pub(crate) plan: Plan,
    pub(crate) month: Month,
    /// What each office has typed, in the plan's order.
    pub(crate) fills: Vec<(OfficeId, Fill)>,
}

impl Campaign {
    /// The offices of the plan `times` times, all responsible for what the first of them is responsible for.
    pub(crate) fn of(times: usize) -> Self {
        let plan_text = repeated(times);
        let plan = read_plan(&plan_text).unwrap();
        let month = Month::new(MONTH).unwrap();
        let first = read_plan(DEFAULT_PLAN).unwrap();
        let clean = clean_fills(&first, month);
        let voci: BTreeMap<&str, &Voce> = first.voci().map(|(_, voce)| (voce.key.as_str(), voce)).collect();
        let mut fills = Vec::new();
        for (copy, office) in (1..=times).flat_map(|copy| first.offices.iter().map(move |one| (copy, one))) {
            let mut fill = of_copy(&clean[&office.id], &voci, copy);
            if fills.len() % WRONG == 1 {
                mistake(&mut fill, &voci, fills.len() / WRONG);
            }
            fills.push((OfficeId::new(id_of(office.id.as_str(), copy)), fill));
        }
        Self { plan_text, plan, month, fills }
    }

    /// The files as the offices send them, with their names.
    pub(crate) fn files(&self) -> Vec<(String, Vec<u8>)> {
        let file = |(office, fill): &(OfficeId, Fill)| {
            (office_file_name(&self.plan, office), office_workbook(&self.plan, office, fill).unwrap())
        };
        self.fills.iter().map(file).collect()
    }
}

/// The text of the plan with its offices `times` times.
fn repeated(times: usize) -> String {
    let (before, rest) = DEFAULT_PLAN.split_once("\n[[uffici]]\n").unwrap();
    let end = rest.rfind("\n[[uffici]]\n").unwrap();
    let end = end + rest[end..].find("\n\n").unwrap();
    let (offices, after) = rest.split_at(end);
    let copies = (2..=times).flat_map(|copy| {
        let own = offices.split("\n[[uffici]]\n").map(move |office| {
            let value = |key: &str| {
                let line = office.lines().find_map(|line| line.strip_prefix(key)).unwrap();
                line.trim_start_matches(" = ").trim_matches('"')
            };
            let (id, name) = (id_of(value("id"), copy), value("nome"));
            format!("\n[[uffici]]\nid = \"{id}\"\nnome = \"{name}, sede {copy}\"\n")
        });
        own.collect::<Vec<String>>()
    });
    let copies: String = copies.collect();
    let responsible = after.lines().map(|line| match line.strip_prefix("uffici = [") {
        Some(list) => {
            let ids: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
            let all =
                (1..=times).flat_map(|copy| ids.iter().map(move |id| format!("\"{}\"", id_of(id, copy))));
            format!("uffici = [{}]\n", all.collect::<Vec<String>>().join(", "))
        }
        None => format!("{line}\n"),
    });
    format!("{before}\n[[uffici]]\n{offices}\n{copies}{}", responsible.collect::<String>())
}

fn id_of(id: &str, copy: usize) -> String {
    if copy == 1 { id.to_owned() } else { format!("{id}_{copy}") }
}

/// What the office of a copy types: the same values where all must agree, others where they add up; the rows
/// of its registers are its own.
fn of_copy(clean: &Fill, voci: &BTreeMap<&str, &Voce>, copy: usize) -> Fill {
    let mut own = Fill::default();
    for key in clean.keys() {
        let voce = voci.get(key.key.as_str());
        let value = match (clean.get(key), voce) {
            (FillValue::Number(number), Some(voce)) if adds_up(voce) && copy > 1 => {
                FillValue::Number(number * factor(copy, key.month))
            }
            (FillValue::Text(text), Some(voce)) if voce.register.is_some() && copy > 1 => {
                FillValue::Text(format!("{text}, sede {copy}"))
            }
            (value, _) => value.clone(),
        };
        own.set(key.clone(), value);
    }
    own
}

/// Whether the entries of a voce are counts of any size, that the offices add up.
fn adds_up(voce: &Voce) -> bool {
    let free = voce.plausible == (None, None) && voce.max.is_none() && voce.part_of.is_none();
    free && voce.rule == OfficeRule::Somma
        && voce.time == TimeKind::Mensile
        && voce.kind == VoceType::Conteggio
}

/// No two copies have the same months, and none has one far from the others.
fn factor(copy: usize, month: Option<Month>) -> f64 {
    let month = month.map_or(0, |month| usize::try_from(month.number()).unwrap());
    f64::from(u32::try_from(2 + (copy * 5 + copy / 7 * month + month * 3) % 5).unwrap())
}

/// Plants some mistakes in a file; another `turn` plants others.
fn mistake(fill: &mut Fill, voci: &BTreeMap<&str, &Voce>, turn: usize) {
    let monthly: Vec<FillKey> = fill
        .keys()
        .filter(|key| key.month.is_some() && voci.contains_key(key.key.as_str()))
        .cloned()
        .collect();
    if monthly.is_empty() {
        fill.set(FillKey::single("firma.data"), FillValue::Text("giugno".to_owned()));
        return;
    }
    for number in 0..MISTAKES {
        let key = &monthly[(turn * 7 + number * 5) % monthly.len()];
        plant(fill, voci[key.key.as_str()], key, turn + number);
    }
}

/// A mistake in one cell: a text for a number, nothing, a sign, decimals, a part beyond its whole, a running
/// total.
fn plant(fill: &mut Fill, voce: &Voce, key: &FillKey, which: usize) {
    let value = match (which % 7, &voce.part_of) {
        (0..2, Some(whole)) => {
            let whole = FillKey { key: whole.to_string(), ..key.clone() };
            FillValue::Number(number_of(fill, &whole) + 3.0)
        }
        (0, _) => FillValue::Text("circa dieci".to_owned()),
        (1, _) => FillValue::Blank,
        (2, _) => FillValue::Number(-4.0),
        (3, _) => FillValue::Number(number_of(fill, key) + 0.25),
        (4, _) => FillValue::Text("n.d.".to_owned()),
        (5, _) => FillValue::Number(9999.0),
        _ => return running_total(fill, key),
    };
    fill.set(key.clone(), value);
}

/// Each month has all that was done since January.
fn running_total(fill: &mut Fill, key: &FillKey) {
    let mut total = 0.0;
    for month in Month::new(MONTH).unwrap().up_to() {
        let key = FillKey { month: Some(month), ..key.clone() };
        total += number_of(fill, &key);
        fill.set(key, FillValue::Number(total));
    }
}

fn number_of(fill: &Fill, key: &FillKey) -> f64 {
    match fill.get(key) {
        FillValue::Number(number) => *number,
        FillValue::Date(_) | FillValue::Text(_) | FillValue::Blank => 0.0,
    }
}
