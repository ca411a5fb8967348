//! *Sintesi*: how is the year going, what is at risk?

use crate::aggregate::{IndicatorResult, SchedaResult};
use crate::model::{CellRef, Light, Number, Status, count};
use crate::plan::Scheda;

use super::Run;
use super::index::Index;
use super::results;
use super::sheet::{Cell, Chart, Format, Frozen, Row, RowKind, Sheet, TabKind};
use super::table::{BODY, area, header, heading, names};
use super::words::{month_title, value_words};

const WIDTHS: [u16; 13] = [10, 42, 32, 12, 13, 13, 13, 12, 12, 12, 15, 10, 34];

/// Rows covered by the chart.
const CHART_ROWS: u32 = 17;

/// The sheet of the whole year.
pub(super) fn sheet(run: &Run<'_>, _: &Index<'_>) -> Sheet {
    let span = u16::try_from(WIDTHS.len()).unwrap_or(1);
    let mut rows = heading("Sintesi", &message(run), span);
    let schede: Vec<(&Scheda, &SchedaResult)> = run
        .plan
        .schede
        .iter()
        .filter_map(|scheda| {
            Some((scheda, run.consolidation.schede.iter().find(|result| result.number == scheda.number)?))
        })
        .collect();
    let body: Vec<Row> = schede.iter().map(|(scheda, result)| row(run, scheda, result)).collect();
    rows.push(header(&columns(run), body.iter().map(|row| row.cells.as_slice())));
    rows.extend(body);
    rows.push(total(run));
    rows.push(Row::space());
    let chart = chart(&schede, u32::try_from(rows.len()).unwrap_or(0));
    rows.extend((0..=CHART_ROWS).map(|_| Row::space()));
    rows.extend(at_risk(run, span));
    rows.push(Row::space());
    rows.extend(perspectives(run, span));
    let last = BODY + u32::try_from(schede.len()).unwrap_or(0);
    Sheet {
        name: names::SUMMARY,
        tab: TabKind::Reading,
        widths: WIDTHS.to_vec(),
        rows,
        frozen: Some(Frozen { rows: BODY, columns: 2 }),
        repeat: None,
        one_page: false,
        filter: (!schede.is_empty()).then(|| area(BODY - 1, 0, last - 1, span - 1)),
        chart: (!schede.is_empty()).then_some(chart),
    }
}

/// The statuses that have their own column: those of the closed year, or of the running one.
fn own_columns(run: &Run<'_>) -> [(Status, &'static str); 4] {
    if run.consolidation.closed {
        [
            (Status::Raggiunto, "Raggiunti"),
            (Status::ParzialmenteRaggiunto, "Parzialmente raggiunti"),
            (Status::NonRaggiunto, "Non raggiunti"),
            (Status::DatoMancante, "Dato mancante"),
        ]
    } else {
        [
            (Status::GiaRaggiunto, "Già raggiunti"),
            (Status::InLinea, "In linea"),
            (Status::InRitardo, "In ritardo"),
            (Status::NonPiuRaggiungibile, "Non più raggiungibili"),
        ]
    }
}

const OTHERS: [Status; 13] = [
    Status::Raggiunto,
    Status::ParzialmenteRaggiunto,
    Status::NonRaggiunto,
    Status::GiaRaggiunto,
    Status::InLinea,
    Status::InRitardo,
    Status::NonPiuRaggiungibile,
    Status::NonAncoraMisurabile,
    Status::DatoMancante,
    Status::NonCalcolabile,
    Status::TargetMancante,
    Status::NonVerificabile,
    Status::NonValutabile,
];

fn columns(run: &Run<'_>) -> Vec<(&'static str, u16)> {
    let mut columns = vec![
        ("Scheda", 0),
        ("Titolo", 0),
        ("Prospettiva", 0),
        ("Grado (0–100)", 0),
        ("Senza ciò che manca", 0),
        ("Semaforo", 0),
        ("Indicatori", 0),
    ];
    columns.extend(own_columns(run).map(|(_, name)| (name, 0)));
    columns.extend([("Altri esiti", 0), ("Quali", 0)]);
    columns
}

fn row(run: &Run<'_>, scheda: &Scheda, result: &SchedaResult) -> Row {
    let mine: Vec<&IndicatorResult> =
        run.consolidation.indicators.iter().filter(|found| found.scheda == scheda.number).collect();
    let first = mine.first().and_then(|found| results::target(run, &found.code));
    let mut cells = vec![
        Cell::number(Number::from(u32::from(scheda.number)), Format::Integer).strong(),
        Cell::link(&scheda.title, first),
        Cell::text(&scheda.perspective),
        Cell::degree(result.degrees.official.as_ref()),
        Cell::degree(result.degrees.without_missing.as_ref()),
        Cell::status(result.light, result.light.label()),
    ];
    cells.extend(statuses(run, &mine));
    Row::of(RowKind::Body, cells)
}

fn total(run: &Run<'_>) -> Row {
    let all: Vec<&IndicatorResult> = run.consolidation.indicators.iter().collect();
    let ente = &run.consolidation.ente;
    let mut cells = vec![
        Cell::blank(),
        Cell::text("Tutto l'ente"),
        Cell::blank(),
        Cell::degree(ente.official.as_ref()),
        Cell::degree(ente.without_missing.as_ref()),
        Cell::blank(),
    ];
    cells.extend(statuses(run, &all));
    Row::of(RowKind::Total, cells)
}

/// How many indicators, how many of each status, which other statuses.
fn statuses(run: &Run<'_>, results: &[&IndicatorResult]) -> Vec<Cell> {
    let of = |status| results.iter().filter(|result| result.status == status).count();
    let own = own_columns(run);
    let mut cells = vec![Cell::count(results.len())];
    cells.extend(own.iter().map(|(status, _)| Cell::count(of(*status))));
    let others: Vec<(Status, usize)> = OTHERS
        .into_iter()
        .filter(|status| own.iter().all(|(owned, _)| owned != status))
        .map(|status| (status, of(status)))
        .filter(|(_, number)| *number > 0)
        .collect();
    cells.push(Cell::count(others.iter().map(|(_, number)| number).sum()));
    let words: Vec<String> =
        others.iter().map(|(status, number)| format!("{number} {}", status.label())).collect();
    cells.push(Cell::text(words.join(", ")));
    cells
}

/// The message of the sheet: how many schede of each colour.
fn message(run: &Run<'_>) -> String {
    let of = |light: Light| run.consolidation.schede.iter().filter(|scheda| scheda.light == light).count();
    let words: Vec<String> = [
        (Light::Verde, "verde", "verdi"),
        (Light::Giallo, "gialla", "gialle"),
        (Light::Rosso, "rossa", "rosse"),
        (Light::Grigio, "grigia", "grigie"),
    ]
    .into_iter()
    .map(|(light, one, many)| (light, of(light), one, many))
    .filter(|(_, number, _, _)| *number > 0)
    .map(|(light, number, one, many)| format!("{} {}", light.symbol(), count(number, one, many)))
    .collect();
    let at_risk = risky(run).len();
    let what = if run.consolidation.closed { "non raggiunti del tutto" } else { "a rischio" };
    let risk = match at_risk {
        0 => format!("nessun indicatore fra quelli {what}"),
        1 => "1 indicatore da guardare (sotto il grafico)".to_owned(),
        many => format!("{many} indicatori {what} (sotto il grafico)"),
    };
    format!("{}: schede {}; {risk}.", month_title(run.consolidation.month), words.join(", "))
}

fn chart(schede: &[(&Scheda, &SchedaResult)], at: u32) -> Chart {
    let last = BODY + u32::try_from(schede.len()).unwrap_or(0).saturating_sub(1);
    let known: Vec<&Number> =
        schede.iter().filter_map(|(_, result)| result.degrees.official.as_ref()).collect();
    let full = known.iter().filter(|degree| **degree >= &Number::from(100_i64)).count();
    let title = if known.is_empty() {
        "Nessuna scheda ha ancora un grado di raggiungimento".to_owned()
    } else {
        let verb = if full == 1 { "ha" } else { "hanno" };
        format!("{} su {} {verb} grado di raggiungimento 100", count(full, "scheda", "schede"), schede.len())
    };
    Chart {
        title,
        categories_title: "Scheda".to_owned(),
        values_title: "Grado di raggiungimento (0–100)".to_owned(),
        categories: area(BODY, 0, last, 0),
        values: area(BODY, 3, last, 3),
        lights: schede.iter().map(|(_, result)| result.light).collect(),
        maximum: 100,
        at: CellRef { row: at, col: 0 },
        rows: CHART_ROWS,
        columns: 11,
    }
}

/// The indicators lost, then those behind.
fn risky<'a>(run: &Run<'a>) -> Vec<&'a IndicatorResult> {
    let of = |light: Light| {
        run.consolidation.indicators.iter().filter(move |result| result.status.light() == light)
    };
    of(Light::Rosso).chain(of(Light::Giallo)).collect()
}

fn risk_title(run: &Run<'_>) -> &'static str {
    if run.consolidation.closed {
        "Indicatori non raggiunti, o raggiunti in parte"
    } else {
        "Indicatori a rischio"
    }
}

fn at_risk(run: &Run<'_>, span: u16) -> Vec<Row> {
    let risky = risky(run);
    let mut rows = vec![Row::line(RowKind::Heading, 0, risk_title(run), span)];
    if risky.is_empty() {
        rows.push(Row::line(RowKind::Prose, 0, "Nessuno.", span));
        return rows;
    }
    rows.push(Row::of(
        RowKind::Header,
        vec![
            Cell::text("Codice"),
            Cell::text("Indicatore"),
            Cell::text("Target"),
            Cell::text("Valore").over(2),
            Cell::blank(),
            Cell::text("Esito").over(2),
        ],
    ));
    rows.extend(risky.into_iter().filter_map(|result| {
        let indicator = run.plan.indicator(&result.code)?;
        let value = result.value.as_ref().map_or_else(String::new, |value| value_words(indicator, value));
        Some(Row::of(
            RowKind::Body,
            vec![
                Cell::link(result.code.as_str(), results::target(run, &result.code)).strong(),
                Cell::text(&indicator.text),
                Cell::text(&indicator.target.printed),
                Cell::text(value).over(2),
                Cell::blank(),
                Cell::status(result.status.light(), result.status.label()).over(2),
            ],
        ))
    }));
    rows
}

fn perspectives(run: &Run<'_>, span: u16) -> Vec<Row> {
    let mut rows = vec![
        Row::line(RowKind::Heading, 0, "Prospettive", span),
        Row::of(
            RowKind::Header,
            vec![
                Cell::text("Schede").at_right(),
                Cell::text("Prospettiva").over(2),
                Cell::blank(),
                Cell::text("Grado (0–100)").at_right(),
                Cell::text("Senza ciò che manca").at_right(),
            ],
        ),
    ];
    rows.extend(run.consolidation.perspectives.iter().map(|group| {
        let schede = run.plan.schede.iter().filter(|scheda| scheda.perspective == group.name).count();
        Row::of(
            RowKind::Body,
            vec![
                Cell::count(schede),
                Cell::text(&group.name).over(2),
                Cell::blank(),
                Cell::degree(group.degrees.official.as_ref()),
                Cell::degree(group.degrees.without_missing.as_ref()),
            ],
        )
    }));
    rows
}
