//! The figures of the tree once more, as live formulas over the sheets of the schede, with their difference.
//!
//! A figure whose terms have no place yet has no twin.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::book::table::{names, top};
use crate::book::{Cell, Format, Head, On};
use crate::certify::Run;
use crate::excel::Target;
use crate::excel::{Call, Formula, Sign, absolute, difference};
use crate::model::{CellRef, Light, Number, Status};
use crate::plan::{Indicator, Scheda};
use crate::report::scheda::places::{IndicatorPlaces, Places};
use crate::report::scheda::{Term, mean, paced_terms, ratio, scheda_degree, terms, total, word_of};

use super::node::{LIGHTS, Level, Node};
use super::tree::{MONTHS, Tree};

/// What stands over each live column, from what stands over those of the engine.
pub(super) fn columns(engine: &[Head]) -> Vec<Head> {
    let figures = FIGURES.map(usize::from).into_iter().chain(usize::from(MONTHS)..engine.len());
    let own = figures.filter_map(|place| engine.get(place));
    let own = own.map(|head| Head::new(live_name(&head.name), 20, On::Screen));
    own.chain([Head::new("Differenza", 12, On::Screen)]).collect()
}

fn live_name(engine: &str) -> String {
    format!("{} in Excel", engine.strip_suffix(" su 100").unwrap_or(engine))
}

/// Places of the engine's figures before the months, in the order of their twins.
const FIGURES: [u16; 8] = [
    Tree::Degree.col(),
    Tree::Without.col(),
    Tree::Light.col(),
    Tree::Coverage.col(),
    Tree::Green.col(),
    Tree::Yellow.col(),
    Tree::Red.col(),
    Tree::Grey.col(),
];

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
    /// The column of the first twin.
    base: u16,
}

impl<'a> Twins<'a> {
    pub(super) fn of(run: &'a Run<'a>, places: &'a Places, nodes: &[Node<'_>]) -> Self {
        let leaves = nodes.iter().filter(|node| node.level == Level::Scheda);
        let rows = leaves.filter_map(|node| Some((node.schede.first()?.number, node.row))).collect();
        Self { run, places, rows, base: MONTHS + u16::try_from(run.months.len()).unwrap_or(0) }
    }

    /// Whether anything has a place, and so a twin.
    pub(super) fn exist(&self) -> bool {
        !self.places.indicators.is_empty()
    }

    /// Where the first cell of a row leads: to the indicators of its scheda, or to the formula of the degree
    /// of its group.
    pub(super) fn lead(&self, node: &Node<'_>) -> Option<Target> {
        match (node.level, node.schede.first()) {
            (Level::Scheda, Some(scheda)) => Some(self.printed(scheda)),
            _ => self.degree(node, true).map(|_| here(node.row, self.live(Tree::Degree))),
        }
    }

    /// Where a row leads further down, and in what words: of a scheda to the terms of its first indicator,
    /// from which it is one step to the cells; of a group to the worst of its schede.
    pub(super) fn further(&self, node: &Node<'_>) -> Option<(String, Target)> {
        if let (Level::Scheda, Some(scheda)) = (node.level, node.schede.first()) {
            let terms = scheda.indicators().find_map(|indicator| self.own(indicator)?.terms)?;
            return Some(("ricalcolo →".to_owned(), terms));
        }
        let light = |scheda: &Scheda| {
            let mut found = self.run.consolidation.schede.iter();
            found.find(|own| own.number == scheda.number).map(|own| own.light)
        };
        let worst = node.schede.iter().min_by_key(|scheda| Reverse(light(scheda)))?;
        Some((format!("scheda {} →", worst.number), self.printed(worst)))
    }

    /// The table of the indicators of a scheda; its title when there is none.
    fn printed(&self, scheda: &Scheda) -> Target {
        let printed = scheda.indicators().find_map(|indicator| self.own(indicator)?.printed);
        printed.unwrap_or_else(|| top(names::scheda(scheda.number)))
    }

    /// The scheda of a row and the cells of its live degrees, the official one and the one without what is
    /// missing; `None` of a group, and where there is no formula.
    pub(super) fn place(&self, node: &Node<'_>) -> Option<(u8, [Target; 2])> {
        let scheda = node.schede.first().filter(|_| node.level == Level::Scheda)?;
        self.degree(node, true).and(self.degree(node, false))?;
        // While the year runs the first column is the degree against the pace.
        let official = if self.run.consolidation.closed { Tree::Degree } else { Tree::Without };
        Some((scheda.number, [official, Tree::Without].map(|engine| here(node.row, self.live(engine)))))
    }

    /// The live cells of a row whose other cells are `engine`, and the sum of their differences.
    pub(super) fn cells(&self, node: &Node<'_>, engine: &[Cell]) -> Vec<Cell> {
        let mut formulas =
            vec![self.degree(node, true), self.degree(node, false), self.light(node), self.coverage(node)];
        formulas.extend(LIGHTS.map(|light| self.count(node, light)));
        formulas.extend((0..node.months.len()).map(|month| self.month(node, month)));
        let places = FIGURES.into_iter().chain(MONTHS..);
        let mut gaps = Vec::new();
        let mut cells = Vec::new();
        for ((from, formula), to) in places.zip(formulas).zip(self.base..) {
            let printed = engine.get(usize::from(from)).cloned().unwrap_or_default();
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

    /// The column of the twin of one of the engine's.
    fn live(&self, engine: Tree) -> u16 {
        let place = FIGURES.iter().position(|own| *own == engine.col());
        self.base + place.and_then(|place| u16::try_from(place).ok()).unwrap_or(0)
    }

    /// The column of the twin of a month, January the first.
    fn live_month(&self, month: usize) -> u16 {
        self.base + u16::try_from(FIGURES.len() + month).unwrap_or(0)
    }

    /// The degree of a node at the end of a month, without what is missing: of a group the mean of those of
    /// its schede.
    fn month(&self, node: &Node<'_>, month: usize) -> Option<Formula> {
        if node.level == Level::Scheda {
            return self.scheda_month(node.schede.first()?, month);
        }
        let member = |scheda: &&Scheda| {
            self.scheda_month(scheda, month)?;
            let at = cell(*self.rows.get(&scheda.number)?, self.live_month(month));
            Some((scheda.weight.clone(), at))
        };
        let members: Vec<(Number, Formula)> = node.schede.iter().map(member).collect::<Option<_>>()?;
        (!members.is_empty()).then(|| mean(&members, false))
    }

    /// The degree of a scheda at the end of a month where its sheet computes it; of the month that closes the
    /// year that is the official one, so the other is taken from its own column.
    fn scheda_month(&self, scheda: &Scheda, month: usize) -> Option<Formula> {
        if self.run.months.get(month)?.closed {
            scheda_degree(false, &self.terms(scheda)?)?;
            return Some(cell(*self.rows.get(&scheda.number)?, self.live(Tree::Without)));
        }
        self.places.schede.get(&scheda.number)?.live.get(month).copied()?.map(Formula::Cell)
    }

    /// The degree of a node: the one that leads (the official one, in the open year that against the pace),
    /// or the one without what is missing.
    fn degree(&self, node: &Node<'_>, leads: bool) -> Option<Formula> {
        match (node.level, node.schede.first()) {
            (Level::Scheda, Some(scheda)) => {
                let closed = self.run.consolidation.closed;
                let terms =
                    if leads && !closed { paced_terms(self.places, scheda)? } else { self.terms(scheda)? };
                scheda_degree(closed && leads, &terms)
            }
            _ => {
                let column = self.live(if leads { Tree::Degree } else { Tree::Without });
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
    fn terms(&self, scheda: &Scheda) -> Option<Vec<Term>> {
        terms(self.places, scheda)
    }

    fn own(&self, indicator: &Indicator) -> Option<&IndicatorPlaces> {
        self.places.indicators.get(&indicator.code)
    }

    /// The traffic light of a row: by its live degree when the year is closed, else by its live counts.
    fn light(&self, node: &Node<'_>) -> Option<Formula> {
        self.degree(node, true)?;
        let word = |light: Light| Formula::text(format!("{} {}", light.symbol(), light.label()));
        if self.run.consolidation.closed {
            let degree = cell(node.row, self.live(Tree::Degree));
            let rounded = || Formula::call(Call::Round, [degree.clone(), Formula::whole(11)]);
            let from = |limit: &Number| rounded().signed(Sign::AtLeast, Formula::Number(limit.clone()));
            let scoring = &self.run.plan.scoring;
            let below = Formula::choose(from(&scoring.yellow), word(Light::Giallo), word(Light::Rosso));
            let judged = Formula::choose(from(&scoring.green), word(Light::Verde), below);
            let known = Formula::call(Call::IsNumber, [degree.clone()]);
            return Some(Formula::choose(known, judged, word(Light::Grigio)));
        }
        let some = |light| cell(node.row, self.live(count_of(light))).signed(Sign::Above, Formula::whole(0));
        let green = Formula::choose(some(Light::Verde), word(Light::Verde), word(Light::Grigio));
        let yellow = Formula::choose(some(Light::Giallo), word(Light::Giallo), green);
        Some(Formula::choose(some(Light::Rosso), word(Light::Rosso), yellow))
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
                        Some(cell(*self.rows.get(&scheda.number)?, self.live(count_of(light))))
                    })
                    .collect();
                total(cells?)
            }
        }
    }
}

/// The column that counts the indicators of a colour.
fn count_of(light: Light) -> Tree {
    match light {
        Light::Verde => Tree::Green,
        Light::Giallo => Tree::Yellow,
        Light::Rosso => Tree::Red,
        Light::Grigio => Tree::Grey,
    }
}

fn here(row: u32, col: u16) -> Target {
    Target { sheet: names::SUMMARY, cell: CellRef { row, col } }
}

fn cell(row: u32, column: u16) -> Formula {
    Formula::Cell(here(row, column))
}
