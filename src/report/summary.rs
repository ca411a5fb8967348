//! *Sintesi*: how is the year going, what is at risk?

use crate::aggregate::{IndicatorResult, SchedaResult};
use crate::model::{CellRef, Light, Number, Status, count, join_it};
use crate::plan::{Scheda, Scoring};

use super::Run;
use super::index::Index;
use super::results;
use super::scheda::Places;
use super::sheet::{Cell, Chart, ChartKind, Format, Frozen, Paper, Row, RowKind, Sheet, TabKind};
use super::table::{BODY, area, header, heading, names};
use super::words::{month_title, value_words};

const WIDTHS: [u16; 13] = [10, 37, 28, 12, 13, 11, 11, 12, 14, 10, 15, 10, 24];

/// Rows covered by the chart.
const CHART_ROWS: u32 = 19;

/// The sheet of the whole year.
pub(super) fn sheet(run: &Run<'_>, _: &Index<'_>, _: &Places) -> Sheet {
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
    let chart = chart(run, &schede, u32::try_from(rows.len()).unwrap_or(0));
    rows.extend((0..=CHART_ROWS).map(|_| Row::space()));
    rows.push(Row::line(RowKind::Subtitle, 0, chart_words(run), span));
    rows.push(Row::space());
    let second_page = u32::try_from(rows.len()).unwrap_or(0);
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
        paper: Paper::Parted(second_page),
        tables: (!schede.is_empty()).then(|| area(BODY - 1, 0, last - 1, span - 1)).into_iter().collect(),
        charts: (!schede.is_empty()).then_some(chart).into_iter().collect(),
        sparklines: Vec::new(),
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

/// The message of the chart: how many schede are where they should be.
fn chart_title(run: &Run<'_>, schede: &[(&Scheda, &SchedaResult)]) -> String {
    let of = |light: Light| schede.iter().filter(|(_, result)| result.light == light).count();
    let words = |number: usize, words: &str| (number > 0).then(|| format!("{number} {words}"));
    let (green, all) = (of(Light::Verde), count(schede.len(), "scheda", "schede"));
    if run.consolidation.closed {
        let Scoring { green: high, yellow: low, .. } = &run.plan.scoring;
        let (high, low) = (high.to_italian(2), low.to_italian(2));
        let rest = [
            words(of(Light::Giallo), &format!("fra {low} e {high}")),
            words(of(Light::Rosso), &format!("sotto {low}")),
            words(of(Light::Grigio), "senza grado"),
        ];
        return sentence(&format!("{green} su {all} con grado da {high} in su"), rest);
    }
    let rest = [
        words(of(Light::Giallo), "in ritardo"),
        words(of(Light::Rosso), "con un target non più raggiungibile"),
        words(of(Light::Grigio), "senza giudizio"),
    ];
    sentence(&format!("{green} su {all} in linea"), rest)
}

fn sentence(head: &str, rest: [Option<String>; 3]) -> String {
    let rest: Vec<String> = rest.into_iter().flatten().collect();
    if rest.is_empty() { head.to_owned() } else { format!("{head}, {}", join_it(&rest)) }
}

/// What heights and colours mean, under the chart.
fn chart_words(run: &Run<'_>) -> String {
    let (green, yellow) = (run.plan.scoring.green.to_italian(2), run.plan.scoring.yellow.to_italian(2));
    let height = "L'altezza è il grado di raggiungimento del target dell'anno";
    if run.consolidation.closed {
        return format!(
            "{height}; il colore viene dal grado: ● verde da {green}, ▲ giallo da {yellow}, ■ rosso sotto \
             {yellow}, ○ grigio senza grado."
        );
    }
    format!(
        "{height}, con i mesi fatti finora; il colore dice se si è in tempo: ● verde già raggiunto o in linea, \
         ▲ giallo in ritardo, ■ rosso non più raggiungibile, ○ grigio senza giudizio. Una scheda ha il colore \
         peggiore dei suoi indicatori."
    )
}

fn chart(run: &Run<'_>, schede: &[(&Scheda, &SchedaResult)], at: u32) -> Chart {
    let last = BODY + u32::try_from(schede.len()).unwrap_or(0).saturating_sub(1);
    Chart {
        title: chart_title(run, schede),
        description: chart_title(run, schede),
        categories_title: "Scheda".to_owned(),
        values_title: "Grado di raggiungimento (0–100)".to_owned(),
        categories: area(BODY, 0, last, 0),
        kind: ChartKind::Bars(
            area(BODY, 3, last, 3),
            schede.iter().map(|(_, result)| result.light).collect(),
        ),
        format: Format::Plain,
        maximum: Some(100),
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
            Cell::text("Indicatore").over(2),
            Cell::blank(),
            Cell::text("Target").over(3),
            Cell::blank(),
            Cell::blank(),
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
                Cell::text(&indicator.text).over(2),
                Cell::blank(),
                Cell::text(&indicator.target.printed).over(3),
                Cell::blank(),
                Cell::blank(),
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
