//! *Metodo*: how everything was judged, so that anybody can do it again.

use crate::model::{Light, Nature, Number, Status, date_it, ratio_it};
use crate::plan::{Indicator, Plan, Voce};

use super::Run;
use super::method_controls;
use super::method_words::{EFFECTS, NATURES, PROSE, RELIABILITIES, SELF_DECLARED, STATUSES};
use super::results::label;
use super::sheet::{Area, Cell, Format, Frozen, Paper, Row, RowKind, Sheet, TabKind};
use super::table::{area, heading, names};
use super::words::{capital, nature_words, office_rule_words, reliability_light, target_words, time_words};

const WIDTHS: [u16; 6] = [11, 38, 34, 34, 44, 38];

const SPAN: u16 = 6;

/// The sheet of the rules.
pub(super) fn sheet(run: &Run<'_>) -> Sheet {
    let plan = run.plan;
    let mut rows = heading(
        "Metodo",
        "Regole, significato degli esiti e letture scelte: con queste pagine ogni numero si può ricalcolare.",
        SPAN,
    );
    rows.push(Row::line(RowKind::Heading, 0, "Come si arriva a un risultato", SPAN));
    rows.extend(PROSE.iter().map(|text| Row::line(RowKind::Prose, 0, *text, SPAN)));
    rows.extend(scoring(plan));
    rows.extend(statuses(run.consolidation.closed));
    rows.extend(natures());
    rows.extend(effects());
    rows.extend(reliabilities());
    rows.push(Row::space());
    rows.push(Row::line(RowKind::Heading, 0, "Gli indicatori come sono stati letti", SPAN));
    let top = u32::try_from(rows.len()).unwrap_or(0);
    rows.push(titles(&[
        "Codice",
        "Formula del piano",
        "Target come è letto",
        "Natura",
        "Voci",
        "Letture scelte dove il testo è dubbio",
    ]));
    rows.extend(plan.indicators().map(|indicator| reading(plan, indicator)));
    let bottom = u32::try_from(rows.len()).unwrap_or(0).saturating_sub(1);
    let table: Option<Area> = (bottom > top).then(|| area(top, 0, bottom, SPAN - 1));
    rows.extend(schede(plan));
    rows.extend(notices(plan));
    rows.extend(decisions(plan));
    rows.extend(method_controls::rows(plan, SPAN));
    Sheet {
        name: names::METHOD,
        tab: TabKind::Rules,
        widths: WIDTHS.to_vec(),
        rows,
        frozen: Some(Frozen { rows: 3, columns: 0 }),
        repeat: None,
        paper: Paper::Wide,
        tables: table.into_iter().collect(),
        charts: Vec::new(),
        sparklines: Vec::new(),
    }
}

fn titles(names: &[&str]) -> Row {
    Row::of(RowKind::Header, names.iter().map(|name| Cell::text(*name)).collect())
}

pub(super) fn section(title: &str) -> [Row; 2] {
    [Row::space(), Row::line(RowKind::Heading, 0, title, SPAN)]
}

/// A value at the left, what it is at the right.
pub(super) fn rule(value: Cell, words: impl Into<String>) -> Row {
    Row::of(RowKind::Body, vec![value, Cell::text(words).over(SPAN - 1)])
}

fn scoring(plan: &Plan) -> Vec<Row> {
    let scoring = &plan.scoring;
    let mut rows = section("Punteggio").to_vec();
    let of = |number: &Number| Cell::number(number.clone(), Format::Decimal).strong();
    rows.push(rule(of(&scoring.cap), "Grado massimo di un indicatore: quello di chi raggiunge il target."));
    rows.push(rule(of(&scoring.green), "Da questo grado il semaforo dell'anno chiuso è verde."));
    rows.push(rule(
        of(&scoring.yellow),
        "Da questo grado il semaforo dell'anno chiuso è giallo e l'indicatore è parzialmente raggiunto; sotto è rosso.",
    ));
    for band in &scoring.bands {
        let share = ratio_it(&band.share);
        rows.push(rule(of(&band.from), format!("Da questo grado la fascia eroga il {share} dell'importo.")));
    }
    if scoring.bands.is_empty() {
        rows.push(rule(Cell::blank(), "Il piano non prevede fasce di erogazione."));
    }
    rows
}

fn statuses(closed: bool) -> Vec<Row> {
    let mut rows = section("Gli esiti").to_vec();
    rows.push(Row::of(
        RowKind::Header,
        vec![Cell::text("Quando"), Cell::text("Esito"), Cell::text("Che cosa vuol dire").over(SPAN - 2)],
    ));
    rows.extend(STATUSES.iter().map(|(when, status, words)| status_row(when, *status, words)));
    let light = if closed {
        "Il semaforo di una scheda segue il suo grado, con le soglie qui sopra."
    } else {
        "Il semaforo di una scheda, in corso d'anno, è il peggiore tra quelli dei suoi indicatori: rosso, giallo, verde, grigio."
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
        vec![
            Cell::text(when),
            Cell::status(status.light(), status.label()),
            Cell::text(words).over(SPAN - 2),
        ],
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
    let mut rows = section("Che cosa può cambiare un rilievo").to_vec();
    rows.extend(EFFECTS.iter().map(|text| Row::line(RowKind::Prose, 0, *text, SPAN)));
    rows
}

fn reliabilities() -> Vec<Row> {
    let mut rows = section("Attendibilità di un risultato").to_vec();
    rows.push(Row::of(
        RowKind::Header,
        vec![
            Cell::text("Attendibilità").over(2),
            Cell::blank(),
            Cell::text("Che cosa vuol dire").over(SPAN - 2),
        ],
    ));
    rows.extend(RELIABILITIES.iter().map(|(reliability, words)| {
        let sign = Cell::status(reliability_light(*reliability), reliability.label()).over(2);
        Row::of(RowKind::Body, vec![sign, Cell::blank(), Cell::text(*words).over(SPAN - 2)])
    }));
    rows.push(Row::line(RowKind::Prose, 0, SELF_DECLARED, SPAN));
    rows
}

fn reading(plan: &Plan, indicator: &Indicator) -> Row {
    let voci: Vec<String> = indicator.voci.iter().map(|voce| voce_words(plan, voce)).collect();
    let target = format!("«{}»: {}", indicator.target.printed, target_words(indicator));
    Row::of(
        RowKind::Body,
        vec![
            Cell::code(indicator.code.as_str()).strong(),
            Cell::text(indicator.formula.text()),
            Cell::text(target),
            Cell::text(nature_cell(indicator.formula.nature())),
            Cell::text(voci.join("\n")),
            Cell::text(indicator.readings.join("\n")),
        ],
    )
}

fn nature_cell(nature: Nature) -> String {
    format!("{}: {}", nature.code(), nature_words(nature))
}

/// A voce with all that decides how it adds up.
fn voce_words(plan: &Plan, voce: &Voce) -> String {
    let name = voce.key.name();
    if let Some(fixed) = &voce.fixed {
        return format!("{name} = {} ({})", fixed.value.to_people(), fixed.source);
    }
    let mut words = format!("{name}: {}; {}", time_words(voce.time), office_rule_words(voce.rule));
    if let Some(part) = &voce.part_of {
        words.push_str(&format!("; parte di «{}»", label(plan, part)));
    }
    if let Some(cutoff) = voce.cutoff {
        words.push_str(&format!("; conta fino {cutoff:#}"));
    }
    words
}

fn schede(plan: &Plan) -> Vec<Row> {
    let mut rows = section("Le schede: peso, importo e tappe").to_vec();
    rows.push(Row::of(
        RowKind::Header,
        vec![
            Cell::text("Scheda"),
            Cell::text("Titolo"),
            Cell::text("Peso e importo"),
            Cell::text("Tappe (evidenza, senza punteggio)").over(3),
        ],
    ));
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
                Cell::text(format!("peso {}; {amount}", scheda.weight.to_italian(4))),
                Cell::text(steps.join("\n")).over(3),
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
    rows.push(Row::of(
        RowKind::Header,
        vec![Cell::text("Codice"), Cell::text("Indicatore"), Cell::text("Avviso").over(SPAN - 2)],
    ));
    rows.extend(plan.notices.iter().map(|notice| {
        Row::of(
            RowKind::Body,
            vec![
                Cell::code(notice.code).strong(),
                Cell::text(notice.subject()),
                Cell::text(&notice.message).over(SPAN - 2),
            ],
        )
    }));
    rows
}

fn decisions(plan: &Plan) -> Vec<Row> {
    let mut rows = section("Decisioni dell'unità").to_vec();
    if plan.decisions.is_empty() {
        rows.push(Row::line(RowKind::Prose, 0, "Nessun indicatore è stato dichiarato non valutabile.", SPAN));
        return rows;
    }
    rows.push(Row::of(
        RowKind::Header,
        vec![Cell::text("Indicatore"), Cell::text("Chi"), Cell::text("Quando"), Cell::text("Perché").over(3)],
    ));
    rows.extend(plan.decisions.iter().map(|decision| {
        Row::of(
            RowKind::Body,
            vec![
                Cell::code(decision.indicator.as_str()).strong(),
                Cell::text(&decision.who),
                Cell::date(decision.date),
                Cell::text(&decision.reason).over(3),
            ],
        )
    }));
    rows
}
