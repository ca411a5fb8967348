//! What is at risk: the worst first, as many as the page holds, the others counted.

use std::cmp::Ordering;

use crate::aggregate::IndicatorResult;
use crate::book::table::{area, header, names};
use crate::book::{Cell, Column, Format, Row, RowKind, Sparkline, columns};
use crate::certify::Run;
use crate::excel::{Area, Target};
use crate::excel::{Formula, Sign, absolute, difference};
use crate::model::{IndicatorCode, Light, Number, Status, count};
use crate::plan::{Indicator, Threshold};
use crate::report::order;
use crate::report::results;
use crate::report::scheda::places::{Figure, Places};
use crate::report::words::{PACED, format_of};

use super::brief::Brevity;
use super::tree::{PRINTED, TOP, Tree, trend};
use super::{room, shortfall};
use crate::report::words::short;

columns! {
    /// The columns of the table, on those of the tree above: the grid has their widths.
    Risks {
        Code: "Codice", 0, Always;
        Indicator: "Indicatore", 0, Always;
        Target: "Target", 0, First;
        Value: "Valore", 0, First;
        Status: "Esito", 0, First;
        Degree: "Grado su 100", 0, First;
        Trend: "Andamento", 0, First;
        Why: "Perché", 0, First;
        Way: Tree::Lead.name(), 0, Screen;
        ValueAgain: "Valore in Excel", 0, Screen, twin_of = Some(Self::Value.col());
        StatusAgain: "Esito in Excel", 0, Screen, twin_of = Some(Self::Status.col());
        DegreeAgain: "Grado in Excel", 0, Screen, twin_of = Some(Self::Degree.col());
        Gap: "Differenza", 0, Screen;
    }
}

/// The first column of the twins, which are left out where there are none.
const LIVE: u16 = Risks::ValueAgain.col();

/// The second table of the sheet.
#[derive(Default)]
pub(super) struct Block {
    pub rows: Vec<Row>,
    pub table: Option<Area>,
    pub sparklines: Vec<Sparkline>,
    /// How many rows have no place.
    pub rest: usize,
}

/// What stands under `above`, where `fits` tells that it shares one page with it.
pub(super) fn block(
    run: &Run<'_>,
    places: &Places,
    widths: &[u16],
    above: &[Row],
    fits: bool,
    brevity: Brevity,
) -> Block {
    let span = PRINTED;
    let risky = risky(run);
    let mut rows = vec![Row::line(RowKind::Heading, 0, title(run), span)];
    if risky.is_empty() {
        rows.push(Row::line(RowKind::Prose, 0, "Nessuno.", span));
        return Block { rows, ..Block::default() };
    }
    let first = u32::try_from(above.len() + 2).unwrap_or(u32::MAX);
    let told = risky.iter().filter_map(|result| Some((run.plan.indicator(&result.code)?, *result)));
    let body: Vec<Row> = told
        .zip(first..)
        .map(|((indicator, result), row)| self::row(run, places, indicator, result, row, brevity))
        .collect();
    rows.push(head(run, &body));
    let closing = |shown: usize| others(run, risky.get(shown..).unwrap_or_default(), span);
    let shown = if fits { how_many(above, &rows, &body, widths, closing) } else { body.len() };
    let rest = body.len() - shown;
    let width = body.iter().map(|row| row.cells.len()).max().unwrap_or(PRINTED.into());
    rows.extend(body.into_iter().take(shown));
    let last = first.saturating_add(u32::try_from(shown).unwrap_or(0)).saturating_sub(1);
    let table = area(first - 1, 0, last, u16::try_from(width).unwrap_or(1).saturating_sub(1));
    rows.extend(closing(shown));
    let line = |(result, row): (&&IndicatorResult, u32)| sparkline(places, result, row);
    let sparklines = risky.iter().zip(first..).take(shown).filter_map(line).collect();
    Block { rows, table: (shown > 0).then_some(table), sparklines, rest }
}

/// The small bars of an indicator, over its months in the scheda's sheet.
fn sparkline(places: &Places, result: &IndicatorResult, row: u32) -> Option<Sparkline> {
    let values = places.indicators.get(&result.code)?.degrees?;
    let at = Risks::Trend.in_row(row);
    Some(Sparkline { at, sheet: names::scheda(result.scheda), values, maximum: TOP })
}

/// The line that says which are not shown, and leads to the first of them; nothing when there is none.
fn others(run: &Run<'_>, rest: &[&IndicatorResult], span: u16) -> Option<Row> {
    // A link is not wrapped everywhere: it stands beside the codes, over the first two columns.
    const LINK: u16 = 2;
    let first = rest.first()?;
    let codes: Vec<&str> = rest.iter().map(|result| result.code.as_str()).collect();
    let more = count(codes.len(), "altro indicatore", "altri indicatori");
    let link = Cell::link(format!("{more}, in «{}» →", names::RESULTS), results::target(run, &first.code));
    let told = Cell::text(codes.join(", ")).over(span.saturating_sub(LINK));
    Some(Row::of(RowKind::Prose, vec![link.over(LINK), Cell::blank(), told]))
}

/// How many rows of `body` the page still holds; when not all, the line that names the others after so many
/// has its place too.
fn how_many(
    above: &[Row],
    own: &[Row],
    body: &[Row],
    widths: &[u16],
    closing: impl Fn(usize) -> Option<Row>,
) -> usize {
    let all: Vec<Row> = above.iter().chain(own).cloned().collect();
    let left = room::left(&all, widths).unwrap_or(0);
    let heights: Vec<u32> = body.iter().map(|row| room::points(row, widths)).collect();
    let takes = |shown: usize| {
        let closing = closing(shown).map_or(0, |row| room::points(&row, widths));
        heights.iter().take(shown).sum::<u32>() + closing
    };
    (0..=body.len()).rev().find(|shown| takes(*shown) <= left).unwrap_or(0)
}

/// What is lost, what is behind, what cannot be judged; in each the lowest degree first, then by outcome, in
/// that what weighs most in the degree of the ente, then by code.
pub(super) fn risky<'a>(run: &Run<'a>) -> Vec<&'a IndicatorResult> {
    let mut found: Vec<(u8, &IndicatorResult)> = run
        .consolidation
        .indicators
        .iter()
        .filter_map(|result| Some((rank(result.status)?, result)))
        .collect();
    let weight = |result: &IndicatorResult| weight(run, &result.code);
    found.sort_by(|(left, one), (right, other)| {
        let degrees = left.cmp(right).then_with(|| worse(one, other));
        degrees.then(one.status.cmp(&other.status)).then_with(|| weight(other).cmp(&weight(one)))
    });
    found.into_iter().map(|(_, result)| result).collect()
}

/// How much of the degree of the ente an indicator is, in a scheda of which all the indicators count: a share
/// of the weights of the schede together.
fn weight(run: &Run<'_>, code: &IndicatorCode) -> Option<Number> {
    let holds = |indicator: &Indicator| (indicator.code == *code).then(|| indicator.weight.clone());
    let (scheda, own) =
        run.plan.schede.iter().find_map(|scheda| Some((scheda, scheda.indicators().find_map(holds)?)))?;
    let all = scheda.indicators().fold(Number::zero(), |sum, indicator| sum + &indicator.weight);
    (own * &scheda.weight).divided_by(&all)
}

fn rank(status: Status) -> Option<u8> {
    match (status.light(), status) {
        (Light::Rosso, _) => Some(0),
        (Light::Giallo, _) => Some(1),
        (
            _,
            Status::DatoMancante | Status::NonCalcolabile | Status::TargetMancante | Status::NonVerificabile,
        ) => Some(2),
        _ => None,
    }
}

fn worse(one: &IndicatorResult, other: &IndicatorResult) -> Ordering {
    match (&one.paced, &other.paced) {
        (Some(one), Some(other)) => one.cmp(other),
        (one, other) => other.is_some().cmp(&one.is_some()),
    }
}

/// How many, in the sheet's conclusion.
pub(super) fn message(run: &Run<'_>) -> String {
    let of = |wanted: u8| risky(run).iter().filter(|result| rank(result.status) == Some(wanted)).count();
    let unjudged = of(2);
    let lost = if run.consolidation.closed {
        let (none, part) = (of(0), of(1));
        format!("{} e {part} in parte", count(none, "indicatore non raggiunto", "indicatori non raggiunti"))
    } else {
        count(of(0) + of(1), "indicatore a rischio", "indicatori a rischio")
    };
    match unjudged {
        0 => lost,
        number if run.definitive => format!("{lost}, {number} senza giudizio"),
        number => format!("{lost}, {number} da chiarire"),
    }
}

/// The title of the table.
pub(super) fn title(run: &Run<'_>) -> &'static str {
    if run.consolidation.closed {
        "Che cosa non è stato raggiunto, e perché"
    } else {
        "Che cosa è a rischio, e perché"
    }
}

fn head(run: &Run<'_>, body: &[Row]) -> Row {
    let width = body.iter().map(|row| row.cells.len()).max().unwrap_or(LIVE.into());
    let name = |column: &Risks| match column {
        Risks::Trend => trend(run),
        Risks::Degree if !run.consolidation.closed => PACED,
        other => other.name(),
    };
    header(Risks::ALL.iter().take(width).map(name), body.iter().map(|row| row.cells.as_slice()))
}

fn row(
    run: &Run<'_>,
    places: &Places,
    indicator: &Indicator,
    result: &IndicatorResult,
    row: u32,
    brevity: Brevity,
) -> Row {
    let own = places.indicators.get(&result.code).copied().unwrap_or_default();
    let engine = |column: Risks| match column {
        Risks::Code => Cell::link(result.code.as_str(), lead(run, places, &result.code)).strong(),
        Risks::Indicator => Cell::text(short(&indicator.text, brevity.indicator)),
        Risks::Target => Cell::text(target(indicator)),
        Risks::Value => Cell::value(result.value.as_ref(), format_of(indicator)),
        Risks::Status => Cell::status(result.status.light(), result.status.label()),
        Risks::Degree => Cell::degree(result.paced.as_ref()),
        Risks::Why => Cell::text(shortfall::words(run, indicator, result)),
        Risks::Way => way(run, indicator, result),
        _ => Cell::blank(),
    };
    let figure = |column: Risks| match column {
        Risks::ValueAgain => own.value,
        Risks::StatusAgain => own.status,
        Risks::DegreeAgain => own.paced,
        _ => None,
    };
    let live = Risks::ALL.iter().any(|column| figure(*column).is_some());
    let shown = if live { Risks::ALL.len() } else { LIVE.into() };
    let cell = |column: &Risks| match (figure(*column).zip(column.engine()), column) {
        (Some((figure, of)), _) => engine(of).live(Formula::Cell(figure.live)),
        (None, Risks::Gap) => gap(row, figure),
        (None, own) => engine(*own),
    };
    Row::of(RowKind::Body, Risks::ALL.iter().take(shown).map(cell).collect())
}

/// The sum of the differences between the figures printed and their twins, where they have a place.
fn gap(row: u32, figure: impl Fn(Risks) -> Option<Figure>) -> Cell {
    let at = |column: Risks| Target { sheet: names::SUMMARY, cell: column.in_row(row) };
    let apart = |twin: &Risks| {
        figure(*twin)?;
        Some(absolute(difference(at(twin.engine()?), at(*twin))))
    };
    let sum = Risks::ALL.iter().filter_map(apart).reduce(|sum, gap| sum.signed(Sign::Plus, gap));
    sum.map_or_else(Cell::blank, |sum| Cell::number(Number::zero(), Format::General).live(sum))
}

/// To the finding that tells why, else to the row of *Risultati*.
fn way(run: &Run<'_>, indicator: &Indicator, result: &IndicatorResult) -> Cell {
    let finding = shortfall::finding(run, indicator, result);
    match finding.and_then(|row| Some((order::place(run, row)? + 1, order::target(run, row)?))) {
        Some((number, target)) => Cell::link(format!("rilievo {number} →"), Some(target)),
        None => Cell::link("esito →", results::target(run, &result.code)),
    }
}

/// Where an indicator is told in full: its scheda's sheet, else *Risultati*.
fn lead(run: &Run<'_>, places: &Places, code: &IndicatorCode) -> Option<Target> {
    places.indicators.get(code).and_then(|own| own.printed).or_else(|| results::target(run, code))
}

/// The target as printed, without what stands in brackets beside it.
fn target(indicator: &Indicator) -> String {
    let printed = indicator.target.printed.as_str();
    if matches!(indicator.target.threshold, Threshold::Baseline { .. }) {
        return printed.to_owned();
    }
    printed.split('(').next().unwrap_or(printed).trim().to_owned()
}
