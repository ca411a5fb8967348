//! *Metodo*: how everything was judged, so that anybody can do it again.

use crate::model::{CellRef, Light, Nature, Number, Status, date_it, the_ratio_it};
use crate::plan::{Column, Indicator, Plan, Register, Voce};

use super::document;
use super::method_controls;
use super::method_rows::{SPAN, rule, section, titles, titles_over_numbers};
use super::method_words::{
    EFFECTS, NATURES, NOTES, PROSE, RELIABILITIES, SELF_DECLARED, STATUSES, coverage, issue,
};
use super::results::label;
use super::words::{nature_words, office_rule_words, reliability_light, target_words, time_words};
use crate::book::table::{area, heading, names, tables_line, tables_lines};
use crate::book::{Cell, Content, Format, Frozen, Paper, Row, RowKind, Sheet, TabKind};
use crate::certify::Run;
use crate::excel::{Area, Target};
use crate::model::capital;

/// The third column holds the longest words of every table.
const WIDTHS: [u16; 6] = [12, 34, 60, 30, 32, 42];

/// How many of its sections are read on paper; the others are for those who redo the sums.
const PRINTED: usize = 6;

/// Where the links to the tables stand.
const SLOTS: [(u16, u16); 4] = [(0, 2), (2, 1), (3, 2), (5, 1)];

/// The sheet of the rules.
pub(super) fn sheet(run: &Run<'_>) -> Sheet {
    let plan = run.plan;
    let mut rows = heading(
        "Metodo",
        "Regole, significato degli esiti e letture scelte: con queste pagine ogni numero si può ricalcolare.",
        SPAN,
    );
    let parts = [
        prose("Come si legge questo documento", std::iter::once(issue(run.definitive)).chain(NOTES)),
        prose("Come si arriva a un risultato", PROSE.into_iter().chain([coverage(run.definitive)])),
        scoring(plan),
        statuses(run.consolidation.closed),
        effects(),
        if run.consolidation.closed { reliabilities() } else { natures() },
        // Here the printed document ends.
        if run.consolidation.closed { Vec::new() } else { reliabilities() },
        schede(plan),
        notices(plan),
        if run.consolidation.closed { natures() } else { Vec::new() },
        decisions(plan),
        revisions(plan),
        method_controls::thresholds(&plan.controls.thresholds),
        method_controls::changes(plan, SPAN),
        // The longest table is the last: its header is the one that heads the pages that follow.
        readings(plan),
    ];
    let number = parts.iter().filter(|part| marked(0, part).is_some()).count();
    let (mut titles, mut tables, mut body) = (Vec::new(), Vec::new(), Vec::new());
    let mut printed = 0;
    for (place, part) in parts.into_iter().enumerate() {
        if place == PRINTED {
            printed = rows.len() + tables_lines(number, &SLOTS) + body.len();
        }
        let top = rows.len() + tables_lines(number, &SLOTS) + body.len();
        let top = u32::try_from(top).unwrap_or(u32::MAX);
        if let Some(area) = marked(top, &part) {
            titles.extend(title(top, &part));
            tables.push(area);
        }
        body.extend(part);
    }
    rows.extend(tables_line(&titles, &SLOTS, SPAN));
    rows.extend(body);
    let repeat = tables.last().map(|area| area.first.row);
    Sheet {
        name: names::METHOD,
        tab: TabKind::Rules,
        widths: WIDTHS.to_vec(),
        rows,
        frozen: Some(Frozen { rows: 3, columns: 0 }),
        repeat,
        // No table is parted but the last, which repeats its header.
        paper: Paper::Whole,
        leaf: document::part(printed, SPAN, 2, false),
        tables,
        charts: Vec::new(),
        sparklines: Vec::new(),
    }
}

/// A section of paragraphs.
fn prose<'a>(title: &str, texts: impl IntoIterator<Item = &'a str>) -> Vec<Row> {
    let mut rows = section(title).to_vec();
    rows.extend(texts.into_iter().map(|text| Row::line(RowKind::Prose, 0, text, SPAN)));
    rows
}

/// The title among these rows and its place, of which the first will stand at row `top` of the sheet.
fn title(top: u32, rows: &[Row]) -> Option<(String, Target)> {
    let place = rows.iter().position(|row| row.kind == RowKind::Heading)?;
    let Content::Text(words) = &rows.get(place)?.cells.first()?.content else { return None };
    let row = top.checked_add(u32::try_from(place).ok()?)?;
    Some((words.clone(), Target { sheet: names::METHOD, cell: CellRef { row, col: 0 } }))
}

/// The table among these rows, of which the first will stand at row `top` of the sheet.
fn marked(top: u32, rows: &[Row]) -> Option<Area> {
    let header = rows.iter().position(|row| row.kind == RowKind::Header)?;
    let body = rows.iter().skip(header + 1).take_while(|row| row.kind == RowKind::Body).count();
    let columns = u16::try_from(rows.get(header)?.cells.len()).ok()?;
    let first = top.checked_add(u32::try_from(header).ok()?)?;
    let last = first.checked_add(u32::try_from(body).ok()?)?;
    (body > 0 && columns > 0).then(|| area(first, 0, last, columns - 1))
}

fn scoring(plan: &Plan) -> Vec<Row> {
    let scoring = &plan.scoring;
    let mut rows = section("Punteggio").to_vec();
    rows.push(titles_over_numbers(&["Grado", "Che cosa decide", "Che cosa vuol dire"]));
    let of = |number: &Number| Cell::number(number.clone(), Format::Decimal).strong();
    rows.push(rule(
        of(&scoring.cap),
        "Grado massimo",
        "Il più alto di un indicatore: quello di chi raggiunge il target.",
    ));
    rows.push(rule(
        of(&scoring.green),
        "Semaforo verde",
        "Da questo grado il semaforo dell'anno chiuso è verde.",
    ));
    rows.push(rule(
        of(&scoring.yellow),
        "Semaforo giallo",
        "Da questo grado il semaforo dell'anno chiuso è giallo e l'indicatore è parzialmente raggiunto; sotto è rosso.",
    ));
    for band in &scoring.bands {
        let share = the_ratio_it(&band.share);
        let words = format!("Da questo grado la fascia eroga {share} dell'importo.");
        rows.push(rule(of(&band.from), "Fascia di erogazione", words));
    }
    if scoring.bands.is_empty() {
        rows.push(Row::line(RowKind::Prose, 0, "Il piano non prevede fasce di erogazione.", SPAN));
    }
    rows
}

fn statuses(closed: bool) -> Vec<Row> {
    let mut rows = section("Gli esiti").to_vec();
    rows.push(titles(&["Quando", "Esito", "Che cosa vuol dire"]));
    rows.extend(STATUSES.iter().map(|(when, status, words)| status_row(when, *status, words)));
    let light = if closed {
        "Il semaforo di una scheda, di un obiettivo strategico, di una prospettiva e dell'ente segue il suo grado, con le soglie qui sopra."
    } else {
        "Il semaforo di una scheda, in corso d'anno, è il peggiore tra quelli dei suoi indicatori: rosso, giallo, verde, grigio; quello di un obiettivo strategico, di una prospettiva e dell'ente è il peggiore tra quelli di tutti i loro indicatori."
    };
    rows.push(Row::line(RowKind::Prose, 0, light, SPAN));
    let symbols: Vec<String> = [Light::Verde, Light::Giallo, Light::Rosso, Light::Grigio]
        .iter()
        .map(|light| format!("{} {}", light.symbol(), light.label()))
        .collect();
    rows.push(Row::line(RowKind::Prose, 0, format!("Simboli: {}.", symbols.join(" · ")), SPAN));
    rows
}

fn status_row(when: &str, status: Status, words: &str) -> Row {
    Row::of(
        RowKind::Body,
        vec![Cell::text(when), Cell::status(status.light(), status.label()), Cell::text(words)],
    )
}

fn natures() -> Vec<Row> {
    let mut rows = section("Come si legge un risultato prima della fine dell'anno").to_vec();
    rows.push(Row::line(
        RowKind::Prose,
        0,
        "T è il target, m il mese di riferimento (1–12), B il dato di partenza quando c'è, altrimenti 0.",
        SPAN,
    ));
    rows.push(titles(&[
        "Natura",
        "Che cos'è",
        "Già raggiunto",
        "Non più raggiungibile",
        "In linea",
        "In ritardo",
    ]));
    rows.extend(NATURES.iter().map(|(nature, cells)| {
        let mut row = vec![Cell::text(nature.code()), Cell::text(capital(nature_words(*nature)))];
        row.extend(cells.iter().map(|words| Cell::text(*words)));
        Row::of(RowKind::Body, row)
    }));
    rows
}

fn effects() -> Vec<Row> {
    prose("Che cosa può cambiare un rilievo", EFFECTS)
}

fn reliabilities() -> Vec<Row> {
    let mut rows = section("Attendibilità di un risultato").to_vec();
    rows.push(Row::line(RowKind::Prose, 0, SELF_DECLARED, SPAN));
    rows.push(titles(&["Segno", "Attendibilità", "Che cosa vuol dire"]));
    rows.extend(RELIABILITIES.iter().map(|(reliability, words)| {
        let light = reliability_light(*reliability);
        let sign = Cell::status(light, reliability.label());
        Row::of(RowKind::Body, vec![Cell::text(light.symbol()), sign, Cell::text(*words)])
    }));
    rows
}

/// The titles of the columns by which a definition is read again.
pub(super) const FORMULA: [&str; 4] = ["Codice", "Formula del piano", "Voci", "Natura"];

fn readings(plan: &Plan) -> Vec<Row> {
    let mut rows = section("Gli indicatori come sono stati letti").to_vec();
    rows.push(titles(&[
        FORMULA[0],
        FORMULA[1],
        FORMULA[2],
        "Target come è letto",
        FORMULA[3],
        "Letture scelte dove il testo è dubbio",
    ]));
    rows.extend(plan.indicators().map(|indicator| reading(plan, indicator)));
    rows
}

fn reading(plan: &Plan, indicator: &Indicator) -> Row {
    let words = |voce: &Voce| {
        let when = plan.answering_words(indicator, voce);
        let words = voce_words(plan, voce);
        if when.is_empty() { words } else { format!("{words}; ne risponde: {when}") }
    };
    let voci: Vec<String> = indicator.voci.iter().map(words).collect();
    let target = format!("«{}»: {}", indicator.target.printed, target_words(indicator));
    Row::of(
        RowKind::Body,
        vec![
            Cell::code(indicator.code.as_str()).strong(),
            Cell::text(indicator.formula.text()),
            Cell::text(voci.join("\n")),
            Cell::text(target),
            Cell::text(nature_cell(indicator.formula.nature())),
            Cell::text(indicator.all_readings().join("\n")),
        ],
    )
}

pub(super) fn nature_cell(nature: Nature) -> String {
    format!("{}: {}", nature.code(), nature_words(nature))
}

/// A voce with all that decides how it adds up.
pub(super) fn voce_words(plan: &Plan, voce: &Voce) -> String {
    let name = voce.key.name();
    if let Some(fixed) = &voce.fixed {
        let words = voce.fixed_words().unwrap_or_default();
        return format!("{name} = {words} ({})", fixed.source);
    }
    let kind = match &voce.register {
        Some(register) => format!("righe con {}", columns_words(plan, voce, register)),
        None => voce.kind.code().to_owned(),
    };
    let mut words = format!("{name}: {kind}; {}; {}", time_words(voce.time), office_rule_words(voce.rule));
    if let Some(part) = &voce.part_of {
        words.push_str(&format!("; parte di «{}»", label(plan, part)));
    }
    if let Some(cutoff) = voce.cutoff {
        words.push_str(&format!("; conta fino {cutoff:#}"));
    }
    words
}

/// The columns of a register on which a result depends: the key of the row, the day from which it counts, and
/// what the formula names.
fn columns_words(plan: &Plan, voce: &Voce, register: &Register) -> String {
    let formula = plan.voce(&voce.key).map_or("", |(indicator, _)| indicator.formula.text());
    let decides = |column: &&Column| {
        let named = formula.contains(&format!("{}.{}", voce.key.name(), column.key));
        named || column.key == register.identity || column.key == register.event
    };
    let of = |column: &Column| {
        let role = match column.key.as_str() {
            key if key == register.identity => ", le distingue",
            key if key == register.event => ", da quando contano",
            _ => "",
        };
        format!("{} ({}{role})", column.key, column.kind.code())
    };
    register.columns.iter().filter(decides).map(of).collect::<Vec<_>>().join(", ")
}

fn schede(plan: &Plan) -> Vec<Row> {
    let mut rows = section("Le schede: peso, importo e tappe").to_vec();
    rows.push(titles(&["Scheda", "Titolo", "Tappe (evidenza, senza punteggio)", "Peso e importo"]));
    rows.extend(plan.schede.iter().map(|scheda| {
        let amount = scheda.amount.as_ref().map_or_else(
            || "importo non indicato".to_owned(),
            |amount| format!("importo {} €", amount.to_italian_fixed(2)),
        );
        let steps: Vec<String> =
            scheda.milestones.iter().map(|step| format!("{}: {}", date_it(step.date), step.text)).collect();
        Row::of(
            RowKind::Body,
            vec![
                Cell::count(usize::from(scheda.number)).strong(),
                Cell::text(&scheda.title),
                Cell::text(steps.join("\n")),
                Cell::text(format!("peso {}; {amount}", scheda.weight.to_italian(4))),
            ],
        )
    }));
    rows
}

fn notices(plan: &Plan) -> Vec<Row> {
    let mut rows = section("Avvisi sul piano").to_vec();
    if plan.notices.is_empty() {
        rows.push(Row::line(RowKind::Prose, 0, "Nessuno.", SPAN));
        return rows;
    }
    rows.push(titles(&["Codice", "Indicatore", "Avviso"]));
    rows.extend(plan.notices.iter().map(|notice| {
        Row::of(
            RowKind::Body,
            vec![Cell::code(notice.code).strong(), Cell::text(notice.subject()), Cell::text(&notice.message)],
        )
    }));
    rows
}

/// Only where something was revised.
fn revisions(plan: &Plan) -> Vec<Row> {
    if plan.revisions.is_empty() {
        return Vec::new();
    }
    let mut rows = section("Revisioni del piano").to_vec();
    rows.push(Row::line(
        RowKind::Prose,
        0,
        "Fino al mese prima vale ciò che c'era prima: ogni mese è giudicato con ciò che valeva in quel mese.",
        SPAN,
    ));
    rows.push(titles(&["Da", "Che cosa", "Atto", "Data dell'atto", "Prima", "Ora"]));
    rows.extend(plan.revisions.iter().map(|own| {
        let cells = vec![
            Cell::text(own.from.name()).strong(),
            Cell::text(&own.what),
            Cell::text(if own.is_of_the_past() {
                format!("{} (a mese già concluso)", own.act)
            } else {
                own.act.clone()
            }),
            Cell::date(own.date),
            Cell::text(own.was()),
            Cell::text(own.is()),
        ];
        Row::of(RowKind::Body, cells)
    }));
    rows
}

fn decisions(plan: &Plan) -> Vec<Row> {
    let mut rows = section("Decisioni dell'unità").to_vec();
    if plan.decisions.is_empty() {
        rows.push(Row::line(RowKind::Prose, 0, "Nessun indicatore è stato dichiarato non valutabile.", SPAN));
        return rows;
    }
    rows.push(titles(&["Indicatore", "Chi", "Perché", "Quando"]));
    rows.extend(plan.decisions.iter().map(|decision| {
        Row::of(
            RowKind::Body,
            vec![
                Cell::code(decision.indicator.as_str()).strong(),
                Cell::text(&decision.who),
                Cell::text(&decision.reason),
                Cell::date(decision.date),
            ],
        )
    }));
    rows
}
