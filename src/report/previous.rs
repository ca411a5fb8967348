//! *Dal mese scorso*: what is not what the issue of the month before said, and why. Only when one is given.

use std::collections::BTreeSet;

use crate::aggregate::IndicatorResult;
use crate::certify::{Past, Run};
use crate::check::{Stage, check};
use crate::memory::{
    Correction, Judgement, Kept, KeptResult, Kind as Becomes, Memory, Met, Pending, Reason, Said, Seen,
    Shift, Slot,
};
use crate::memory::{Standing, Told, met};
use crate::model::date_it;
use crate::model::{
    EntryId, Finding, Light, Month, Number, OfficeId, Place, Status, Value, VoceType, YearMonth, capital,
    count, join_it, quoted,
};
use crate::plan::Indicator;

use super::document;
use super::results::label;
use super::words::{short, value_words};
use crate::book::table::{BODY, Table, cells, names};
use crate::book::{Cell, Format, Sheet, TabKind, columns, heads};

columns! {
    /// The columns of *Dal mese scorso*.
    pub(crate) Previous in names::PREVIOUS {
        Kind: "Che cosa", 19, Always, key = true;
        Subject: "Di che cosa", 48, Always, key = true;
        Office: "Ufficio", 22, First, key = true;
        Before: "Prima", 17, First;
        Now: "Ora", 17, First;
        Why: "Perché", 60, First;
        State: "Stato", 14, First;
        Effect: "Che cosa cambia", 46, Second;
        ThenFile: "File di prima", 28, Second;
        ThenCell: "Cella di prima", 15, Second;
        File: "File di ora", 28, Second;
        Cell: "Cella di ora", 15, Second;
        From: "Dal", 15, Second;
        Month: "Mese", 7, Screen, key = true;
        Row: "Riga", 20, Screen, key = true;
        Column: "Colonna", 14, Screen, key = true;
        Key: "Chiave", 31, Screen, key = true;
    }
}

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// The plan.
    Plan,
    /// A month that is closed, or opened again.
    Closing,
    /// The degree of the ente.
    Ente,
    /// The degree of a scheda.
    Scheda,
    /// The outcome of an indicator.
    Indicator,
    /// An office that was missing and came.
    Came,
    /// An office that was there and is missing.
    Went,
    /// A value of a month already consolidated.
    Correction,
    /// A finding that is no more.
    Resolved,
    /// A finding that was there already.
    Persisting,
    /// What was consolidated of an office that is missing now: the next month compares it with that.
    HandedOn,
    /// What an office that is missing now had explained.
    Explained,
}

impl Kind {
    /// As it is written.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Plan => "Piano",
            Self::Closing => "Mesi chiusi",
            Self::Ente => "Ente",
            Self::Scheda => "Scheda",
            Self::Indicator => "Indicatore",
            Self::Came => "Ufficio arrivato",
            Self::Went => "Ufficio mancante",
            Self::Correction => "Correzione",
            Self::Resolved => "Rilievo risolto",
            Self::Persisting => "Rilievo persistente",
            Self::HandedOn => "Dato di chi manca",
            Self::Explained => "Spiegazione di chi manca",
        }
    }
}

/// What is left to do about a correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Somebody says why.
    Explained,
    /// It was asked for.
    Asked,
    /// The unit accepts it.
    Waived,
    /// To say why.
    ToExplain,
    /// To say why, before it counts.
    Error,
    /// Its month is closed.
    Closed,
}

impl State {
    /// As it is written.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Explained => "motivata",
            Self::Asked => "chiesta",
            Self::Waived => "derogata",
            Self::ToExplain => "da motivare",
            Self::Error => "errore",
            Self::Closed => "mese chiuso",
        }
    }

    /// Whether a later month asks for it again.
    pub(crate) fn is_open(label: &str) -> bool {
        [Self::ToExplain, Self::Error, Self::Closed].iter().any(|state| state.label() == label)
    }

    fn light(self) -> Light {
        match self {
            Self::Explained | Self::Asked | Self::Waived => Light::Verde,
            Self::ToExplain => Light::Giallo,
            Self::Error | Self::Closed => Light::Rosso,
        }
    }
}

/// Characters of the text of an indicator; the whole stands in *Risultati*.
const TITLE: usize = 88;

/// A row before it is laid.
#[derive(Default)]
struct Line {
    kind: &'static str,
    subject: String,
    office: String,
    before: Cell,
    now: Cell,
    why: String,
    state: Cell,
    effect: String,
    was: Option<(String, Place)>,
    is: Option<(String, Place)>,
    from: String,
    month: Option<Month>,
    row: String,
    column: String,
    key: String,
}

/// The sheet; `None` when no issue of a month before is given.
pub(super) fn sheet(run: &Run<'_>) -> Option<Sheet> {
    let past = run.past?;
    let read = lines(run, past);
    let rest = handed_on_lines(run, past);
    let table = Table {
        name: names::PREVIOUS,
        tab: TabKind::Reading,
        title: names::PREVIOUS,
        subtitle: format!(
            "{} rispetto al consolidato di {}: {}. Prima i risultati cambiati e perché, poi chi è arrivato, le correzioni dei mesi già consolidati, i rilievi risolti e quelli che restano{}. I rilievi nuovi sono nel foglio «{}».",
            count(read.len() + rest.len(), "riga", "righe"),
            past.memory.month.in_words(),
            brief(run, past),
            if rest.is_empty() {
                ""
            } else {
                "; in fondo, non in stampa, ciò che era consolidato di chi manca, con cui si confronta quando torna"
            },
            names::FINDINGS,
        ),
        columns: heads::<Previous>(),
        empty: "Nulla è cambiato.",
    };
    let printed = read.len();
    let mut sheet = table.sheet(read.iter().chain(&rest).map(cells_of).collect());
    if !rest.is_empty() {
        sheet.leaf = document::part(BODY as usize + printed, Previous::Effect.col(), 0, false);
    }
    Some(sheet)
}

/// How many rows the sheet has.
pub(super) fn rows(run: &Run<'_>) -> usize {
    run.past.map_or(0, |past| lines(run, past).len() + handed_on_lines(run, past).len())
}

/// What changed, in one sentence for *Sintesi*, the cover and the terminal; `None` when no issue of a month
/// before is given.
pub fn since_last_month(run: &Run<'_>) -> Option<String> {
    let past = run.past?;
    Some(format!("Dal consolidato di {}: {}.", past.memory.month.in_words(), brief(run, past)))
}

fn brief(run: &Run<'_>, past: Past<'_>) -> String {
    let met = met(run.plan, past.memory, &run.checked.findings);
    let outcomes = run.consolidation.indicators.iter().filter(|result| {
        past.memory.results.get(&result.code).is_some_and(|issued| issued.status != result.status)
    });
    let open = past.corrections.iter().filter(|one| state(run, one).light() != Light::Verde).count();
    let asked = if open == 0 { String::new() } else { format!(" ({open} da motivare)") };
    let mut parts = vec![
        count(outcomes.count(), "esito cambiato", "esiti cambiati"),
        format!("{}{asked}", count(past.corrections.len(), "correzione", "correzioni")),
    ];
    let came = came(run, past).len();
    parts.extend((came > 0).then(|| count(came, "ufficio arrivato", "uffici arrivati")));
    parts.push(format!(
        "rilievi: {}, {}, {}",
        count(met.fresh(), "nuovo", "nuovi"),
        count(met.persisting(), "persistente", "persistenti"),
        count(met.resolved.len(), "risolto", "risolti")
    ));
    parts.join("; ")
}

fn lines(run: &Run<'_>, past: Past<'_>) -> Vec<Line> {
    let met = met(run.plan, past.memory, &run.checked.findings);
    let mut lines: Vec<Line> = plan_line(run, past).into_iter().collect();
    lines.extend(closing_lines(run));
    lines.extend(standing_lines(run, past));
    lines.extend(indicator_lines(run, past));
    lines.extend(office_lines(run, past));
    lines.extend(past.corrections.iter().map(|one| correction_line(run, one)));
    lines.extend(met.resolved.iter().map(|told| told_line(Kind::Resolved, told, past.memory.month)));
    lines.extend(persisting_lines(run, &met));
    lines
}

/// What the next month must know of the offices that are missing now: what was consolidated of them, what
/// they had explained, and what they had not.
fn handed_on_lines(run: &Run<'_>, past: Past<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for (office, away) in past.memory.handed_on(run.plan, run.submissions) {
        let name = run.plan.office_name(&office);
        let from = away.month.in_words();
        let open = past.memory.pending.iter().filter(|(slot, _)| slot.office == office);
        lines.extend(open.map(|(slot, pending)| open_line(run, slot, pending, away.entries.get(slot))));
        lines.extend(away.entries.iter().map(|(slot, kept)| Line {
            kind: Kind::HandedOn.label(),
            state: Cell::text(kept.kept_out.as_ref().map_or_else(String::new, |code| format!("{OUT}{code}"))),
            from: from.clone(),
            ..slot_line(run, slot, &kept.id, kept)
        }));
        lines.extend(away.texts.iter().map(|((key, month), text)| Line {
            kind: Kind::HandedOn.label(),
            subject: "Testo accanto ai dati".to_owned(),
            office: name.to_owned(),
            before: Cell::text(text),
            from: from.clone(),
            month: *month,
            key: key.clone(),
            ..Line::default()
        }));
        for told in &away.explained {
            let line = told_line(Kind::Explained, told, away.month);
            let why = told.answers.iter().map(|(_, reason)| reason.as_str()).next().unwrap_or_default();
            lines.push(Line { office: name.to_owned(), why: why.to_owned(), ..line });
        }
    }
    lines
}

/// How the state of a value begins that a finding kept out.
pub(crate) const OUT: &str = "tenuto fuori da ";

/// A change that nobody explained, of an office that is missing now.
fn open_line(run: &Run<'_>, slot: &Slot, pending: &Pending, kept: Option<&Kept>) -> Line {
    let kind = run.plan.voce(&slot.voce).map(|(_, voce)| voce.kind_of(slot.column.as_deref()));
    let id = kept.map_or_else(
        || EntryId { month: slot.month, ..EntryId::annual(slot.voce.clone()) },
        |kept| kept.id.clone(),
    );
    let nothing = Kept {
        said: Said::Nothing,
        id: id.clone(),
        kept_out: None,
        due: false,
        file: String::new(),
        place: None,
    };
    let line = slot_line(run, slot, &id, kept.unwrap_or(&nothing));
    let state = State::ToExplain;
    Line {
        kind: Kind::Correction.label(),
        now: line.before.clone(),
        before: said_cell(&pending.before, kind),
        why: "Nessuno l'ha detto, e l'ufficio ora manca.".to_owned(),
        state: Cell::status(state.light(), state.label()),
        from: pending.since.in_words(),
        ..line
    }
}

/// A value as it was consolidated.
fn slot_line(run: &Run<'_>, slot: &Slot, id: &EntryId, kept: &Kept) -> Line {
    let kind = run.plan.voce(&slot.voce).map(|(_, voce)| voce.kind_of(slot.column.as_deref()));
    Line {
        subject: subject(run, slot, id),
        office: run.plan.office_name(&slot.office).to_owned(),
        before: said_cell(&kept.said, kind),
        was: kept.place.clone().map(|place| (kept.file.clone(), place)),
        month: slot.month,
        row: slot.row.clone().unwrap_or_default(),
        column: slot.column.clone().unwrap_or_default(),
        key: if slot.declared { format!("{}.completo", slot.voce) } else { slot.voce.to_string() },
        ..Line::default()
    }
}

fn cells_of(line: &Line) -> Vec<Cell> {
    let file = |at: &Option<(String, Place)>| Cell::text(at.as_ref().map_or("", |(file, _)| file));
    let cell = |at: &Option<(String, Place)>| {
        Cell::code(at.as_ref().map_or_else(String::new, |(_, place)| place.to_string()))
    };
    cells(|column| match column {
        Previous::Kind => Cell::text(line.kind).strong(),
        Previous::Subject => Cell::text(&line.subject),
        Previous::Office => Cell::text(&line.office),
        Previous::Before => line.before.clone(),
        Previous::Now => line.now.clone(),
        Previous::Why => Cell::text(&line.why),
        Previous::State => line.state.clone(),
        Previous::Effect => Cell::text(&line.effect),
        Previous::ThenFile => file(&line.was),
        Previous::ThenCell => cell(&line.was),
        Previous::File => file(&line.is),
        Previous::Cell => cell(&line.is),
        Previous::From => Cell::text(&line.from),
        Previous::Month => line.month.map_or_else(Cell::blank, |month| {
            Cell::number(Number::from(i64::from(month.number())), Format::Plain)
        }),
        Previous::Row => Cell::text(&line.row),
        Previous::Column => Cell::code(&line.column),
        Previous::Key => Cell::code(&line.key),
    })
}

fn plan_line(run: &Run<'_>, past: Past<'_>) -> Option<Line> {
    (past.memory.plan != run.plan.sha256_whole).then(|| Line {
        kind: Kind::Plan.label(),
        subject: "SHA-256 di tutto il piano".to_owned(),
        before: Cell::code(&past.memory.plan),
        now: Cell::code(&run.plan.sha256_whole),
        why: "Dal mese scorso il piano, le decisioni o le deroghe sono altri: anche da qui possono venire risultati diversi.".to_owned(),
        ..Line::default()
    })
}

/// The months that the unit has closed, and those that it has opened again.
fn closing_lines(run: &Run<'_>) -> Vec<Line> {
    let closing = &run.plan.closing;
    let Some(until) = closing.until else { return Vec::new() };
    let day = |date: Option<chrono::NaiveDate>| date.map(date_it).unwrap_or_default();
    let closed = Line {
        kind: Kind::Closing.label(),
        subject: format!("Mesi chiusi fino {until:#}"),
        now: Cell::text("chiusi"),
        why: format!("{} ({})", closing.act, day(closing.date)),
        ..Line::default()
    };
    let reopened = closing.reopened.iter().map(|own| Line {
        kind: Kind::Closing.label(),
        subject: capital(own.month.name()),
        now: Cell::text("riaperto"),
        why: format!("{} ({}, {})", own.reason, own.who, day(own.date)),
        ..Line::default()
    });
    [closed].into_iter().chain(reopened).collect()
}

fn standing(degree: Option<&Number>, light: Light) -> Cell {
    let words = degree.map_or_else(|| "nessun grado".to_owned(), |degree| degree.to_italian_fixed(2));
    Cell::status(light, words)
}

/// The ente and the schede whose degree or light is another one.
fn standing_lines(run: &Run<'_>, past: Past<'_>) -> Vec<Line> {
    let results = run.consolidation;
    let moved = |then: &Standing, degree: Option<&Number>, light: Light| {
        then.light != light || then.degree != in_a_cell(degree)
    };
    let line = |kind: Kind, subject: String, then: &Standing, degree: Option<&Number>, light: Light| Line {
        kind: kind.label(),
        subject,
        before: standing(then.degree.as_ref(), then.light),
        now: standing(degree, light),
        ..Line::default()
    };
    let mut lines = Vec::new();
    let ente = results.ente.official.as_ref();
    if moved(&past.memory.ente, ente, results.ente_light) {
        lines.push(line(Kind::Ente, run.plan.ente.clone(), &past.memory.ente, ente, results.ente_light));
    }
    for own in &results.schede {
        let degree = own.degrees.official.as_ref();
        let Some(then) = past.memory.schede.get(&own.number).filter(|then| moved(then, degree, own.light))
        else {
            continue;
        };
        let title = run.plan.schede.iter().find(|scheda| scheda.number == own.number);
        let title = title.map_or("", |scheda| scheda.title.as_str());
        let subject = format!("Scheda {} · {title}", own.number);
        lines.push(line(Kind::Scheda, subject, then, degree, own.light));
    }
    lines
}

fn in_a_cell(number: Option<&Number>) -> Option<Number> {
    number.and_then(|number| Number::from_f64(number.to_f64()))
}

/// The indicators whose outcome or degree is another one, each with why.
fn indicator_lines(run: &Run<'_>, past: Past<'_>) -> Vec<Line> {
    let line = |result: &IndicatorResult| {
        let issued = past.memory.results.get(&result.code)?;
        let indicator = run.plan.indicator(&result.code)?;
        let same = issued.status == result.status && issued.degree == in_a_cell(result.degree.as_ref());
        (!same).then(|| Line {
            kind: Kind::Indicator.label(),
            subject: format!("{} · {}", result.code, short(&indicator.text, TITLE)),
            before: outcome(issued.status, issued.degree.as_ref()),
            now: outcome(result.status, result.degree.as_ref()),
            why: why(run, past, indicator, issued),
            effect: format!(
                "Valore: {} → {}",
                kept_words(indicator, &issued.value),
                now_words(indicator, result)
            ),
            key: result.code.to_string(),
            ..Line::default()
        })
    };
    run.consolidation.indicators.iter().filter_map(line).collect()
}

fn outcome(status: Status, degree: Option<&Number>) -> Cell {
    let degree = degree.map_or_else(String::new, |degree| format!("\n{}", degree.to_italian_fixed(2)));
    Cell::status(status.light(), format!("{}{degree}", status.label()))
}

fn kept_words(indicator: &Indicator, said: &Said) -> String {
    said.as_value().map_or_else(|| "nessuno".to_owned(), |value| value_words(indicator, value))
}

fn now_words(indicator: &Indicator, result: &IndicatorResult) -> String {
    let value = result.value.as_ref();
    value.map_or_else(|| "nessuno".to_owned(), |value| value_words(indicator, value))
}

/// Why an outcome is another one: the plan, corrections, who came and who went, new data.
fn why(run: &Run<'_>, past: Past<'_>, indicator: &Indicator, issued: &KeptResult) -> String {
    let mut whys = Vec::new();
    if issued.target != indicator.target.printed.trim() {
        whys.push(format!("il piano: il target era {}", quoted(&issued.target)));
    } else if past.memory.plan != run.plan.sha256_whole && run.plan.decision(&indicator.code).is_some() {
        whys.push("una decisione dell'unità".to_owned());
    }
    let touches = |one: &&Correction| one.shifts.iter().any(|shift| shift.code == indicator.code);
    let corrected = past.corrections.iter().filter(touches).count();
    whys.extend(
        (corrected > 0).then(|| count(corrected, "correzione del passato", "correzioni del passato")),
    );
    let of = |offices: Vec<&OfficeId>| -> Vec<String> {
        let own = offices.into_iter().filter(|office| indicator.offices.contains(office));
        own.map(|office| run.plan.office_name(office).to_owned()).collect()
    };
    let (came, went) = (of(came(run, past)), of(went(run, past)));
    whys.extend((!came.is_empty()).then(|| format!("è arrivato {}", join_it(&came))));
    whys.extend((!went.is_empty()).then(|| format!("manca {}", join_it(&went))));
    let month = run.consolidation.month;
    if month > past.memory.month {
        let closes = if month.closes_year() { ", e l'anno è chiuso" } else { "" };
        whys.push(format!("i dati e il passo di {}{closes}", month.in_words()));
    }
    format!("{}.", capital(&whys.join("; ")))
}

/// The offices that were missing and came, in the plan's order.
fn came<'a>(run: &Run<'a>, past: Past<'_>) -> Vec<&'a OfficeId> {
    let sent = senders(run);
    let offices = run.plan.offices.iter().map(|office| &office.id);
    offices.filter(|office| sent.contains(office) && past.memory.lacked(office)).collect()
}

/// The offices that were there and are missing, in the plan's order.
fn went<'a>(run: &Run<'a>, past: Past<'_>) -> Vec<&'a OfficeId> {
    let sent = senders(run);
    let offices = run.plan.offices.iter().map(|office| &office.id);
    offices.filter(|office| !sent.contains(office) && !past.memory.lacked(office)).collect()
}

fn senders<'a>(run: &Run<'a>) -> BTreeSet<&'a OfficeId> {
    run.submissions.iter().map(|own| &own.office).collect()
}

fn office_lines(run: &Run<'_>, past: Past<'_>) -> Vec<Line> {
    let line = |kind: Kind, office: &OfficeId, (before, now): (&str, &str)| Line {
        kind: kind.label(),
        subject: run.plan.office_name(office).to_owned(),
        office: run.plan.office_name(office).to_owned(),
        before: Cell::text(before),
        now: Cell::text(now),
        ..Line::default()
    };
    let came = came(run, past).into_iter().map(|office| line(Kind::Came, office, ("mancava", "ha inviato")));
    let went = went(run, past).into_iter().map(|office| line(Kind::Went, office, ("aveva inviato", "manca")));
    let strangers = past.memory.strangers.iter().map(|name| Line {
        subject: name.clone(),
        why: "Con questo nome e questo id il piano di adesso non ha nessun ufficio: i suoi dati di allora non sono confrontati con niente.".to_owned(),
        before: Cell::text("era nel piano"),
        now: Cell::text("non c'è"),
        kind: Kind::Went.label(),
        office: name.clone(),
        ..Line::default()
    });
    came.chain(went).chain(strangers).collect()
}

/// Where a correction stands: what its finding has become.
pub(super) fn state(run: &Run<'_>, correction: &Correction) -> State {
    let finding = finding_of(run, correction);
    let change = &correction.change;
    match (correction.judgement(), finding) {
        _ if change.closed.is_some() => match finding {
            Some(finding) if !finding.is_open() => State::Waived,
            _ => State::Closed,
        },
        (Judgement::Explained, _) if correction.reason == Some(Reason::Asked) => State::Asked,
        (Judgement::Explained, _) => State::Explained,
        (_, Some(finding)) if !finding.is_open() => State::Waived,
        (_, Some(finding)) if finding.is_explained() => State::Explained,
        (Judgement::ToExplain, _) => State::ToExplain,
        (Judgement::Error, _) => State::Error,
    }
}

/// The finding that tells a correction.
fn finding_of<'a>(run: &Run<'a>, correction: &Correction) -> Option<&'a Finding> {
    let change = &correction.change;
    let remembers = |finding: &Finding| {
        check(finding.rule.code).is_some_and(|check| check.stage == Stage::Memoria)
            && finding.rule.code != "K07"
    };
    run.checked.findings.iter().find(|finding| {
        finding.office.as_ref() == Some(&change.slot.office)
            && finding.voce.as_ref() == Some(&change.slot.voce)
            && finding.month == change.slot.month
            && change.at.is_none_or(|at| finding.entries.contains(&at))
            && remembers(finding)
            && (change.at.is_some() || finding.cells.is_empty())
    })
}

fn correction_line(run: &Run<'_>, correction: &Correction) -> Line {
    let change = &correction.change;
    let slot = &change.slot;
    let kind = run.plan.voce(&slot.voce).map(|(_, voce)| change.value_type(voce));
    let state = state(run, correction);
    Line {
        kind: Kind::Correction.label(),
        subject: subject(run, slot, &change.id),
        office: run.plan.office_name(&slot.office).to_owned(),
        before: said_cell(&change.before, kind),
        now: said_cell(&change.now, kind),
        why: reason(run, correction).unwrap_or_else(|| "Nessuno l'ha detto.".to_owned()),
        state: Cell::status(state.light(), state.label()),
        effect: effect(run, correction),
        was: change.was.clone(),
        is: change.is.clone(),
        from: change.since.in_words(),
        month: slot.month,
        row: slot.row.clone().unwrap_or_default(),
        column: slot.column.clone().unwrap_or_default(),
        key: if slot.declared { format!("{}.completo", slot.voce) } else { slot.voce.to_string() },
    }
}

/// What was corrected: the voce, the month, the row and the column of a register.
fn subject(run: &Run<'_>, slot: &Slot, id: &EntryId) -> String {
    let mut words = vec![label(run.plan, &slot.voce)];
    words.extend(slot.declared.then(|| "completo fino al mese".to_owned()));
    words.extend(slot.month.map(|month| month.name().to_owned()));
    words.extend(id.row.map(|row| format!("riga {row}")));
    if let Some(key) = &slot.column {
        let register = run.plan.voce(&slot.voce).and_then(|(_, voce)| voce.register.as_ref());
        let column = register.and_then(|register| register.column(key));
        words.push(quoted(column.map_or(key.as_str(), |column| column.label.as_str())));
    }
    words.join(", ")
}

fn said_cell(said: &Said, kind: Option<VoceType>) -> Cell {
    match said {
        Said::Value(value) => Cell::value(Some(value), kind.map_or(Format::Decimal, Format::of_entry)),
        Said::Nothing => Cell::blank(),
        other => Cell::text(other.words()),
    }
}

/// Why a value was changed, when anybody says it.
pub(super) fn reason(run: &Run<'_>, correction: &Correction) -> Option<String> {
    let answer = || {
        let finding = finding_of(run, correction)?;
        let waived = finding.waived.as_ref().map(|waived| format!("{} ({})", waived.reason, waived.who));
        waived.or_else(|| {
            let answered = finding.answered.iter().find(|answer| answer.explains());
            answered.filter(|_| finding.is_explained()).map(|answer| answer.reason.clone())
        })
    };
    match &correction.reason {
        Some(Reason::Given(text)) => Some(text.clone()),
        Some(Reason::Reopened(text)) => Some(format!("Mese riaperto: {text}.")),
        Some(Reason::Asked) => Some("Mancava, ed era dovuto.".to_owned()),
        Some(Reason::Mended(code)) => Some(format!("Toglie il rilievo {code}.")),
        None => answer(),
    }
}

/// What a correction changes.
fn effect(run: &Run<'_>, correction: &Correction) -> String {
    let moved = correction.shifts.iter().filter(|shift| shift.before != shift.now);
    let mut moved: Vec<String> = moved.map(|shift| shift_words(run, shift)).collect();
    // What several do together, where they do another thing than each alone.
    let alone = correction.shifts.iter().any(Shift::changes_outcome);
    if correction.others > 0 && correction.together.iter().any(Shift::changes_outcome) != alone {
        let others = count(correction.others, "altra", "altre");
        let joint = correction.together.iter().map(|shift| shift_words(run, shift));
        moved.extend(joint.map(|words| format!("Insieme a {others} senza motivo: {words}")));
    }
    if moved.is_empty() { "Nessun risultato.".to_owned() } else { moved.join("\n") }
}

fn shift_words(run: &Run<'_>, shift: &Shift) -> String {
    let (before, now) = (&shift.before, &shift.now);
    if (before.status, &before.degree) == (now.status, &now.degree) {
        let indicator = run.plan.indicator(&shift.code);
        let value = |seen: &Seen| match (indicator, &seen.value) {
            (Some(indicator), Some(value)) => value_words(indicator, value),
            _ => "nessuno".to_owned(),
        };
        return format!(
            "{}: valore {} → {}; esito e grado sono gli stessi",
            shift.code,
            value(before),
            value(now)
        );
    }
    format!("{}: {} → {}", shift.code, seen_words(&shift.before), seen_words(&shift.now))
}

fn seen_words(seen: &Seen) -> String {
    let degree = seen.degree.as_ref().map_or_else(String::new, |d| format!(" ({})", d.to_italian_fixed(2)));
    format!("«{}»{degree}", seen.status.label())
}

fn told_line(kind: Kind, told: &Told, before: YearMonth) -> Line {
    let about: Vec<String> = [told.indicator.clone(), told.voce.clone()]
        .into_iter()
        .chain(told.month.map(|month| month.name().to_owned()))
        .filter(|words| !words.is_empty())
        .collect();
    let name = check(&told.code).map_or("", |check| check.rule.name);
    let about = if about.is_empty() { String::new() } else { format!(": {}", about.join(", ")) };
    Line {
        kind: kind.label(),
        subject: format!("{} · {name}{about}", told.code),
        office: told.office.clone(),
        before: Cell::text(&told.found),
        from: told.since.unwrap_or(before).in_words(),
        month: told.month,
        key: told.subject(),
        ..Line::default()
    }
}

fn persisting_lines(run: &Run<'_>, met: &Met) -> Vec<Line> {
    let findings = run.checked.findings.iter().zip(&met.since);
    let line = |(finding, since): (&Finding, &Option<YearMonth>)| {
        let since = (*since)?;
        let told = Told { since: Some(since), ..Told::of(run.plan, finding) };
        let mut line = told_line(Kind::Persisting, &told, since);
        line.now = std::mem::replace(&mut line.before, Cell::blank());
        Some(line)
    };
    findings.filter_map(line).collect()
}

/// What became of a value, for machines.
pub(super) fn becomes(kind: Becomes) -> &'static str {
    match kind {
        Becomes::Changed => "cambiata",
        Becomes::Removed => "tolta",
        Becomes::Added => "aggiunta",
    }
}

/// The memory of a run, for the cover.
pub(super) fn memory<'a>(run: &Run<'a>) -> Option<&'a Memory> {
    run.past.map(|past| past.memory)
}

/// A value of a correction, for machines: `null` where nothing is said.
pub(super) fn machine(said: &Said) -> Option<String> {
    match said {
        Said::Nothing => None,
        Said::Value(value) => Some(Value::to_machine(value)),
        Said::NotApplicable | Said::Other(_) => Some(said.words()),
    }
}
