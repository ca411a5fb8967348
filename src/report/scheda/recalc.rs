//! *Ricalcolo*: every figure of the scheda's indicators, as the engine has it and as a live formula over
//! *Dati*.

use std::collections::BTreeMap;

use crate::aggregate::IndicatorResult;
use crate::aggregate::outcome::has_pace;
use crate::book::table::{area, body_row, cells, names, titles};
use crate::book::{Cell, Column, Row, RowKind, columns};
use crate::excel::Target;
use crate::excel::{Formula, difference_beside};
use crate::model::{Number, Value};
use crate::plan::{Indicator, Threshold, Voce};
use crate::report::data::LAST_COLUMN;
use crate::report::live::{self, Case, Reach, TermCells};
use crate::report::results::{self, label};
use crate::report::words::{PACED, format_of, office_rule_words, time_words};

use super::builder::{Block, Builder};
use super::degree::{paced_terms, scheda_degree, terms};
use super::places::{Figure, IndicatorPlaces};
use super::twins::LiveCells;
use super::twins::engine;
use super::twins::headed;
use super::twins::of_difference;
use super::twins::twin;

columns! {
    /// The columns of the table.
    Figures {
        Code: "Codice", 0, First;
        /// Where links to the figure land, since it is never empty.
        Figure: "Figura", 0, First;
        How: "Come si calcola", 0, First;
        Engine: "Valore del programma", 0, First;
        Live: "Formula in Excel", 0, First;
        Gap: "Differenza", 0, First;
        Rows: "Righe di Dati", 0, First;
    }
}

/// A row of the table before it is laid.
pub(super) struct Line {
    pub name: String,
    pub how: String,
    pub engine: Cell,
    pub formula: Option<Formula>,
    pub rows: Cell,
    /// Where the figure stands of which this one is what is left.
    pub beside: Option<Target>,
}

impl<'a> Builder<'a, '_> {
    /// The block, and where its live figures stand.
    pub(super) fn recalculation(&mut self) -> BTreeMap<&'a str, LiveCells> {
        let mut cells = BTreeMap::new();
        for (place, (indicator, result)) in self.indicators().into_iter().enumerate() {
            let code = indicator.code.as_str();
            self.head_table(Block::Figures, code, &format!("Ricalcolo di {code}"));
            if place == 0 {
                self.prose(
                    "Ogni figura due volte: il valore del programma e una formula di Excel sulle righe del foglio «Dati». La differenza deve essere 0.",
                );
            }
            self.ways_of(indicator);
            let top = self.next_row();
            self.rows.push(Self::figures_header());
            cells.insert(code, self.figures(indicator, result));
            self.mark(top, Figures::ALL.len());
        }
        self.whole();
        cells
    }

    /// The degree of the scheda, with and without what is missing.
    fn whole(&mut self) {
        let scheda = self.scheda;
        let Some(result) = self.run.consolidation.schede.iter().find(|one| one.number == scheda.number)
        else {
            return;
        };
        let closed = self.run.consolidation.closed;
        let known = terms(self.places, scheda);
        let degree = |missing_count| known.as_ref().and_then(|terms| scheda_degree(missing_count, terms));
        let how = if closed {
            "media dei gradi degli indicatori, con i loro pesi: ciò che manca conta 0"
        } else {
            "media dei gradi degli indicatori, con i loro pesi: ciò che manca è lasciato fuori"
        };
        let paced = Line {
            how: "media dei gradi sul passo degli indicatori, con i loro pesi".to_owned(),
            ..line(
                PACED,
                Cell::degree(result.degrees.paced.as_ref()),
                paced_terms(self.places, scheda).and_then(|terms| scheda_degree(false, &terms)),
            )
        };
        let official = Line {
            how: how.to_owned(),
            ..line("Grado su 100", Cell::degree(result.degrees.official.as_ref()), degree(closed))
        };
        let without = Line {
            how: "la stessa media, senza ciò che manca".to_owned(),
            ..line(
                "Grado senza ciò che manca",
                Cell::degree(result.degrees.without_missing.as_ref()),
                degree(false),
            )
        };
        self.head_table(Block::Figures, "scheda", "Ricalcolo della scheda");
        let top = self.next_row();
        self.rows.push(Self::figures_header());
        if !closed {
            self.lay("scheda", paced);
        }
        self.lay("scheda", official);
        self.lay("scheda", without);
        self.mark(top, Figures::ALL.len());
    }

    fn figures_header() -> Row {
        let numbers = Figures::Engine.col().into()..usize::from(Figures::Gap.col()) + 1;
        headed(titles::<Figures>().map(str::to_owned).collect(), numbers)
    }

    /// From the figures of an indicator, the ways up.
    fn ways_of(&mut self, indicator: &Indicator) {
        let printed = self.places.indicators.get(&indicator.code).and_then(|own| own.printed);
        let cells = vec![
            Cell::link("↑ Nella scheda", printed).over(2),
            Cell::blank(),
            Cell::link("In «Risultati» →", results::target(self.run, &indicator.code)),
        ];
        self.rows.push(Row::of(RowKind::Space, cells));
    }

    /// Marks what was laid since row `top` as a table.
    pub(super) fn mark(&mut self, top: u32, columns: usize) {
        let last = self.next_row().saturating_sub(1);
        if last > top {
            let right = u16::try_from(columns).unwrap_or(1).saturating_sub(1);
            self.tables.push(area(top, 0, last, right));
        }
    }

    pub(super) fn reach(&self, indicator: &'a Indicator, month: crate::model::Month) -> Reach<'a>
    where
        Self: 'a,
    {
        Reach { plan: self.run.plan, registers: self.registers, indicator, office: None, month }
    }

    fn figures(&mut self, indicator: &'a Indicator, result: &'a IndicatorResult) -> LiveCells {
        let reach = self.reach(indicator, self.run.consolidation.month.month);
        let mut cells = LiveCells::default();
        let mut places = *self.places.indicators.entry(indicator.code.clone()).or_default();
        for voce in &indicator.voci {
            let figure = self.lay(indicator.code.as_str(), self.term(indicator, result, voce, &reach));
            let named = Figures::Figure.in_row(figure.engine.cell.row);
            places.terms = places.terms.or(Some(Target { cell: named, ..figure.engine }));
            cells.terms.insert(voce.key.clone(), Formula::Cell(figure.live));
        }
        let value = live::value(&reach, &cells.terms);
        let guarded = value.clone().map(|value| live::guarded(&reach, value));
        let shown = Cell::value(result.value.as_ref(), format_of(indicator));
        let words = indicator.formula.in_words(&|key| label(self.run.plan, key));
        let figure =
            self.lay(indicator.code.as_str(), Line { how: words, ..line("Risultato", shown, guarded) });
        places.value = value.as_ref().map(|_| figure);
        if let Some(indicative) = &result.indicative {
            let shown = Cell::value(Some(indicative), format_of(indicator));
            let how = "con i soli dati ammessi: non si giudica".to_owned();
            self.lay(
                indicator.code.as_str(),
                Line { how, ..line("Valore indicativo", shown, value.clone()) },
            );
        }
        let threshold = self.threshold(indicator, result, &cells.terms);
        cells.threshold = Some(threshold.clone());
        let case = Case {
            reach,
            scoring: &self.run.plan.scoring,
            result,
            terms: cells.terms.clone(),
            value: Formula::Cell(figure.live),
            threshold,
        };
        let known = value.is_some();
        self.judgement(indicator, result, &case, known, &mut places);
        cells.degree = places.degree.map(|figure| figure.live);
        self.coverage(indicator, result, &case.reach, &mut places);
        self.places.indicators.insert(indicator.code.clone(), places);
        cells
    }

    fn term(&self, indicator: &Indicator, result: &IndicatorResult, voce: &Voce, reach: &Reach<'_>) -> Line {
        let how = if voce.fixed.is_some() {
            "fissata dal piano".to_owned()
        } else {
            format!("{}; {}", time_words(voce.time), office_rule_words(voce.rule))
        };
        let beside = indicator.share.as_ref().map(|share| &share.judged.formula);
        let name = if indicator.formula.inputs().contains(&voce.key) {
            voce.label.clone()
        } else if beside.is_some_and(|formula| formula.inputs().contains(&voce.key)) {
            format!("{} (per la seconda condizione)", voce.label)
        } else {
            format!("{} (fuori dalla formula)", voce.label)
        };
        let engine = engine(voce, &result.voci);
        Line { rows: self.rows_link(voce), how, ..line(&name, engine, Some(reach.term(voce))) }
    }

    /// The rows of *Dati* of a voce, all of which the cell selects.
    fn rows_link(&self, voce: &Voce) -> Cell {
        let Some((first, last)) = self.index.block(&voce.key) else { return Cell::blank() };
        let row = |place: usize| body_row(names::DATA, place).map(|target| target.cell.row);
        let (Some(top), Some(bottom)) = (row(first), row(last)) else { return Cell::blank() };
        let words = if top == bottom {
            format!("{} →", top + 1)
        } else {
            format!("{}–{} →", top + 1, bottom + 1)
        };
        Cell::link_to_area(words, names::DATA, area(top, 0, bottom, LAST_COLUMN))
    }

    fn threshold(&mut self, indicator: &Indicator, result: &IndicatorResult, terms: &TermCells) -> Formula {
        match &indicator.target.threshold {
            Threshold::Number(number) => Formula::Number(number.clone()),
            Threshold::Date(date) => Formula::date(*date),
            Threshold::Open => Formula::none(),
            Threshold::Baseline { .. } => {
                let cell = indicator.baseline.as_ref().and_then(|key| terms.get(key)).cloned();
                let shown = Cell::value(result.threshold.as_ref(), format_of(indicator));
                let how = "il target è il dato di partenza".to_owned();
                let live = cell.unwrap_or_else(Formula::none);
                let figure =
                    self.lay(indicator.code.as_str(), Line { how, ..line("Soglia", shown, Some(live)) });
                Formula::Cell(figure.live)
            }
        }
    }

    fn judgement(
        &mut self,
        indicator: &Indicator,
        result: &IndicatorResult,
        case: &Case<'_>,
        known: bool,
        places: &mut IndicatorPlaces,
    ) {
        let number = |number: Option<&Number>, format| {
            Cell::value(number.cloned().map(Value::Number).as_ref(), format)
        };
        let only = |formula: Option<Formula>| formula.filter(|_| known);
        let how = "risultato meno soglia".to_owned();
        let shown = number(result.deviation.as_ref(), results::deviation_format(indicator));
        let beside = places.value.map(|value| value.engine);
        let line_of = Line { how, beside, ..line("Scostamento", shown, only(Some(case.deviation()))) };
        places.deviation = self.twice(indicator, line_of);
        let how = "vedi «Metodo»: pieno se il target è raggiunto".to_owned();
        let shown = Cell::degree(result.degree.as_ref());
        places.degree =
            self.twice(indicator, Line { how, ..line("Grado su 100", shown, only(case.degree())) });
        places.paced = self.paced(indicator, result, only(case.paced()), places.degree);
        let how = "confronto esatto con il target".to_owned();
        let shown = Cell::status(result.status.light(), result.status.label());
        places.status = self.twice(indicator, Line { how, ..line("Esito", shown, only(case.status())) });
        if let Some(pace) = &result.pace {
            let how = "quanto serve alla fine del mese per essere in linea".to_owned();
            let shown = number(Some(pace), format_of(indicator));
            self.lay(
                indicator.code.as_str(),
                Line { how, ..line("Passo atteso", shown, only(Some(case.pace()))) },
            );
        }
        self.second(indicator, result, case, (known, places));
    }

    /// The degree against what was wanted by the month; where that is the target, its own degree.
    fn paced(
        &mut self,
        indicator: &Indicator,
        result: &IndicatorResult,
        formula: Option<Formula>,
        degree: Option<Figure>,
    ) -> Option<Figure> {
        if self.run.consolidation.closed || !has_pace(indicator) {
            return degree;
        }
        let how = "contro il passo atteso: ciò che serve alla fine del mese".to_owned();
        self.twice(indicator, Line { how, ..line(PACED, Cell::degree(result.paced.as_ref()), formula) })
    }

    fn coverage(
        &mut self,
        indicator: &Indicator,
        result: &IndicatorResult,
        reach: &Reach<'_>,
        places: &mut IndicatorPlaces,
    ) {
        let voci = || indicator.voci.iter().filter(|voce| voce.fixed.is_none());
        let present = live::total(voci().flat_map(|voce| reach.present(voce)).collect());
        let how = "dati dovuti e rilevati fino al mese".to_owned();
        let shown = Cell::count(result.coverage.present as usize);
        places.present = Some(
            self.lay(indicator.code.as_str(), Line { how, ..line("Dati presenti", shown, Some(present)) }),
        );
        let expected = live::total(voci().map(|voce| reach.expected(voce)).collect());
        let how = "dati dovuti fino al mese".to_owned();
        let shown = Cell::count(result.coverage.expected as usize);
        places.expected = Some(
            self.lay(indicator.code.as_str(), Line { how, ..line("Dati attesi", shown, Some(expected)) }),
        );
    }

    /// Lays a figure; `None` when it has no formula.
    fn twice(&mut self, indicator: &Indicator, line: Line) -> Option<Figure> {
        let known = line.formula.is_some();
        Some(self.lay(indicator.code.as_str(), line)).filter(|_| known)
    }

    /// Lays a figure of an indicator, or of the scheda.
    pub(super) fn lay(&mut self, code: &str, line: Line) -> Figure {
        let target = |column: Figures| Target { sheet: self.name, cell: self.next_cell(column.col()) };
        let figure = Figure { engine: target(Figures::Engine), live: target(Figures::Live) };
        let gap = line.formula.as_ref().map(|_| difference_beside(figure.engine, figure.live, line.beside));
        let gap = gap.map_or_else(Cell::blank, of_difference);
        let live = twin(&line.engine, line.formula);
        let cells = cells(|column| match column {
            Figures::Code => Cell::code(code),
            Figures::Figure => Cell::text(&line.name),
            Figures::How => Cell::text(&line.how),
            Figures::Engine => line.engine.clone(),
            Figures::Live => live.clone(),
            Figures::Gap => gap.clone(),
            Figures::Rows => line.rows.clone(),
        });
        self.rows.push(Row::of(RowKind::Body, cells));
        figure
    }
}

pub(super) fn line(name: &str, engine: Cell, formula: Option<Formula>) -> Line {
    Line { name: name.to_owned(), how: String::new(), engine, formula, rows: Cell::blank(), beside: None }
}
