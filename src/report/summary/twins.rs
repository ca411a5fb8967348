//! The figures of the tree once more, as live formulas over the sheets of the schede, with their difference.
//!
//! A figure whose terms have no place yet has no twin.

use std::collections::BTreeMap;

use crate::model::{CellRef, Light, Number, Status};
use crate::plan::{Indicator, Scheda};
use crate::report::Run;
use crate::report::live::{Call, Formula, Sign, difference};
use crate::report::results::absolute;
use crate::report::scheda::{IndicatorPlaces, Places, mean};
use crate::report::sheet::{Cell, Format, Target};
use crate::report::table::names;

use super::tree::{LIGHTS, Level, Node, PRINTED, column};

/// Header and width of each live column.
pub(super) const COLUMNS: [(&str, u16); 9] = [
    ("Grado in Excel", 12),
    ("Senza ciò che manca in Excel", 18),
    ("Semaforo in Excel", 14),
    ("Copertura in Excel", 12),
    ("● Verdi in Excel", 11),
    ("▲ Gialli in Excel", 11),
    ("■ Rossi in Excel", 11),
    ("○ Grigi in Excel", 11),
    ("Differenza", 12),
];

/// Places of the live figures.
const DEGREE: usize = PRINTED;
const WITHOUT: usize = PRINTED + 1;
const COUNTS: usize = PRINTED + 4;

const STATUSES: [Status; 13] = [
    Status::Raggiunto,
    Status::ParzialmenteRaggiunto,
    Status::NonRaggiunto,
    Status::InLinea,
    Status::InRitardo,
    Status::GiaRaggiunto,
    Status::NonPiuRaggiungibile,
    Status::NonAncoraMisurabile,
    Status::DatoMancante,
    Status::NonCalcolabile,
    Status::TargetMancante,
    Status::NonVerificabile,
    Status::NonValutabile,
];

/// Makes the live cells of the tree.
pub(super) struct Twins<'a> {
    run: &'a Run<'a>,
    places: &'a Places,
    /// The row of each scheda.
    rows: BTreeMap<u8, u32>,
}

impl<'a> Twins<'a> {
    pub(super) fn of(run: &'a Run<'a>, places: &'a Places, nodes: &[Node<'_>]) -> Self {
        let leaves = nodes.iter().filter(|node| node.level == Level::Scheda);
        let rows = leaves.filter_map(|node| Some((node.schede.first()?.number, node.row))).collect();
        Self { run, places, rows }
    }

    /// Whether anything has a place, and so a twin.
    pub(super) fn exist(&self) -> bool {
        !self.places.indicators.is_empty()
    }

    /// The live cells of a row whose printed cells are `engine`, and the sum of their differences.
    pub(super) fn cells(&self, node: &Node<'_>, engine: &[Cell]) -> Vec<Cell> {
        let mut figures = vec![
            (column::DEGREE, self.degree(node, true)),
            (column::WITHOUT, self.degree(node, false)),
            (column::LIGHT, node.light.and_then(|_| self.light(node))),
            (column::COVERAGE, self.coverage(node)),
        ];
        figures
            .extend((column::COUNTS..).zip(LIGHTS).map(|(column, light)| (column, self.count(node, light))));
        let mut gaps = Vec::new();
        let mut cells = Vec::new();
        for ((from, formula), to) in figures.into_iter().zip(PRINTED..) {
            let printed = engine.get(from).cloned().unwrap_or_default();
            let Some(formula) = formula else {
                cells.push(Cell::blank());
                continue;
            };
            gaps.push(absolute(difference(here(node.row, from), here(node.row, to))));
            cells.push(Cell { strong: false, ..printed }.live(formula));
        }
        let gap = Cell::number(Number::zero(), Format::General);
        cells.push(total(gaps).map_or_else(Cell::blank, |sum| gap.live(sum)));
        cells
    }

    /// The degree of a node: the official one, or the one without what is missing.
    fn degree(&self, node: &Node<'_>, official: bool) -> Option<Formula> {
        match (node.level, node.schede.first()) {
            (Level::Scheda, Some(scheda)) => {
                scheda_degree(self.run.consolidation.closed && official, &self.terms(scheda)?)
            }
            _ => {
                let column = if official { DEGREE } else { WITHOUT };
                let members: Vec<(Number, Formula)> = node
                    .schede
                    .iter()
                    .map(|scheda| {
                        self.terms(scheda)?;
                        Some((scheda.weight.clone(), cell(*self.rows.get(&scheda.number)?, column)))
                    })
                    .collect::<Option<_>>()?;
                (!members.is_empty()).then(|| mean(&members, false))
            }
        }
    }

    /// Weight, degree and outcome of the indicators of a scheda; `None` when one has no place.
    fn terms(&self, scheda: &'a Scheda) -> Option<Vec<Term>> {
        let term = |indicator: &Indicator| {
            let own = self.own(indicator)?;
            let (degree, status) = (own.degree?.live, own.status?.live);
            Some(Term {
                weight: indicator.weight.clone(),
                degree: Formula::Cell(degree),
                status: Formula::Cell(status),
            })
        };
        scheda.indicators().map(term).collect()
    }

    fn own(&self, indicator: &Indicator) -> Option<&IndicatorPlaces> {
        self.places.indicators.get(&indicator.code)
    }

    /// The traffic light of a scheda: by its live degree when the year is closed, else by its live counts.
    fn light(&self, node: &Node<'_>) -> Option<Formula> {
        self.degree(node, true)?;
        let word = |light: Light| Formula::text(format!("{} {}", light.symbol(), light.label()));
        if self.run.consolidation.closed {
            let degree = cell(node.row, DEGREE);
            let rounded = || Formula::call(Call::Round, [degree.clone(), Formula::whole(11)]);
            let from = |limit: &Number| rounded().signed(Sign::AtLeast, Formula::Number(limit.clone()));
            let scoring = &self.run.plan.scoring;
            let below = Formula::choose(from(&scoring.yellow), word(Light::Giallo), word(Light::Rosso));
            let judged = Formula::choose(from(&scoring.green), word(Light::Verde), below);
            let known = Formula::call(Call::IsNumber, [degree.clone()]);
            return Some(Formula::choose(known, judged, word(Light::Grigio)));
        }
        let some = |place: usize| cell(node.row, COUNTS + place).signed(Sign::Above, Formula::whole(0));
        let green = Formula::choose(some(0), word(Light::Verde), word(Light::Grigio));
        let yellow = Formula::choose(some(1), word(Light::Giallo), green);
        Some(Formula::choose(some(2), word(Light::Rosso), yellow))
    }

    /// Entries reported over entries due.
    fn coverage(&self, node: &Node<'_>) -> Option<Formula> {
        let sum = |of: fn(&IndicatorPlaces) -> Option<Target>| {
            let indicators = node.schede.iter().flat_map(|scheda| scheda.indicators());
            let cells: Option<Vec<Formula>> =
                indicators.map(|indicator| of(self.own(indicator)?).map(Formula::Cell)).collect();
            total(cells?)
        };
        let (present, expected) = (sum(|own| Some(own.present?.live))?, sum(|own| Some(own.expected?.live))?);
        Some(ratio(present, expected))
    }

    /// How many indicators of a colour.
    fn count(&self, node: &Node<'_>, light: Light) -> Option<Formula> {
        let place = LIGHTS.iter().position(|one| *one == light)?;
        match (node.level, node.schede.first()) {
            (Level::Scheda, Some(scheda)) => {
                let words = || STATUSES.into_iter().filter(|status| status.light() == light).map(word_of);
                let one = |term: Term| {
                    let any = words().map(|word| term.status.clone().signed(Sign::Equal, word));
                    let any = Formula::call(Call::Or, any.collect::<Vec<_>>());
                    Formula::choose(any, Formula::whole(1), Formula::whole(0))
                };
                total(self.terms(scheda)?.into_iter().map(one).collect())
            }
            _ => {
                let cells: Option<Vec<Formula>> = node
                    .schede
                    .iter()
                    .map(|scheda| {
                        self.terms(scheda)?;
                        Some(cell(*self.rows.get(&scheda.number)?, COUNTS + place))
                    })
                    .collect();
                total(cells?)
            }
        }
    }
}

/// An indicator in its scheda's degree.
struct Term {
    weight: Number,
    degree: Formula,
    status: Formula,
}

/// The weighted mean of the degrees; where the missing count, all but the *non valutabile* weigh.
fn scheda_degree(missing_count: bool, terms: &[Term]) -> Option<Formula> {
    if !missing_count {
        let weighted: Vec<(Number, Formula)> =
            terms.iter().map(|term| (term.weight.clone(), term.degree.clone())).collect();
        return (!weighted.is_empty()).then(|| mean(&weighted, false));
    }
    let degrees = terms.iter().map(|term| product(&term.weight, &term.degree)).collect();
    let weights = terms.iter().map(|term| {
        let out = term.status.clone().signed(Sign::Equal, word_of(Status::NonValutabile));
        Formula::choose(out, Formula::whole(0), Formula::Number(term.weight.clone()))
    });
    Some(ratio(total(degrees)?, total(weights.collect())?))
}

/// `weight*N(cell)`; a weight of 1 is not written.
fn product(weight: &Number, cell: &Formula) -> Formula {
    let degree = Formula::call(Call::N, [cell.clone()]);
    if weight == &Number::one() {
        degree
    } else {
        Formula::Number(weight.clone()).signed(Sign::Times, degree)
    }
}

/// `IF(over=0,"",part/over)`
fn ratio(part: Formula, over: Formula) -> Formula {
    let none = over.clone().signed(Sign::Equal, Formula::whole(0));
    Formula::choose(none, Formula::none(), part.signed(Sign::Over, over))
}

/// The sum of some formulas; `None` of nothing.
fn total(formulas: Vec<Formula>) -> Option<Formula> {
    formulas.into_iter().reduce(|sum, next| sum.signed(Sign::Plus, next))
}

/// An outcome as its cell writes it.
fn word_of(status: Status) -> Formula {
    Formula::text(format!("{} {}", status.light().symbol(), status.label()))
}

fn here(row: u32, column: usize) -> Target {
    Target { sheet: names::SUMMARY, cell: CellRef { row, col: u16::try_from(column).unwrap_or(u16::MAX) } }
}

fn cell(row: u32, column: usize) -> Formula {
    Formula::Cell(here(row, column))
}
