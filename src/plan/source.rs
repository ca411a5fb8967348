//! The plan file as written, each value with its line; meaning comes after, in `compile`.

use chrono::NaiveDate;
use toml::de::DeTable;

use super::closing::{self, ClosingSource};
use super::controls::{self, ControlsSource};
use super::fields::{At, Fields, Lines, Scalar};
use super::origin::{self, OriginSource};
use super::problem::Problems;
use super::when::{self, AssignmentSource, OfficesSource, WhenSource};
use crate::model::{Number, OfficeRule, TimeKind, VoceType};

/// Decimals of an amount in euros.
pub(super) const CENTS: usize = 2;

/// Decimals of the degree at which a band begins.
pub(super) const DEGREE_DECIMALS: usize = 2;

/// Decimals of a band's share: two of its percentage.
pub(super) const SHARE_DECIMALS: usize = 4;

/// The whole file.
#[derive(Debug)]
pub(super) struct PlanSource {
    pub format: Option<At<i64>>,
    pub ente: At<String>,
    pub year: Option<At<i64>>,
    pub title: At<String>,
    pub delibera: String,
    pub version: String,
    pub summarised: Vec<At<String>>,
    pub seats: Vec<SeatSource>,
    pub scoring: ScoringSource,
    pub offices: Vec<OfficeSource>,
    pub unit: UnitSource,
    pub schede: Vec<SchedaSource>,
    pub decisions: Vec<DecisionSource>,
    pub revisions: Vec<RevisionSource>,
    pub closing: ClosingSource,
    pub controls: ControlsSource,
}

/// The unit, as the offices know it.
#[derive(Debug, Default)]
pub(super) struct UnitSource {
    pub contact: String,
    pub send_by: Option<At<i64>>,
    pub mend_by: Option<At<i64>>,
}

#[derive(Debug)]
pub(super) struct SeatSource {
    pub name: At<String>,
    pub patron: At<String>,
    pub day: At<String>,
}

#[derive(Debug)]
pub(super) struct ScoringSource {
    pub line: usize,
    pub cap: Option<At<Number>>,
    pub green: Option<At<Number>>,
    pub yellow: Option<At<Number>>,
    pub bands: Vec<BandSource>,
}

#[derive(Debug)]
pub(super) struct BandSource {
    pub line: usize,
    pub from: Option<At<Number>>,
    pub share: Option<At<Number>>,
}

#[derive(Debug)]
pub(super) struct OfficeSource {
    pub id: At<String>,
    pub name: At<String>,
    pub printed: Vec<At<String>>,
    pub when: WhenSource,
    pub merges_into: At<String>,
}

#[derive(Debug)]
pub(super) struct SchedaSource {
    pub line: usize,
    pub number: Option<At<i64>>,
    pub title: At<String>,
    pub perspective: At<String>,
    pub strategic: At<String>,
    pub description: String,
    pub benefits: String,
    pub weight: Option<At<Number>>,
    pub amount: Option<At<Number>>,
    pub milestones: Vec<MilestoneSource>,
    pub actions: Vec<ActionSource>,
}

#[derive(Debug)]
pub(super) struct MilestoneSource {
    pub text: At<String>,
    pub date: Option<At<NaiveDate>>,
}

#[derive(Debug)]
pub(super) struct ActionSource {
    pub line: usize,
    pub text: At<String>,
    pub objective: At<String>,
    pub indicators: Vec<IndicatorSource>,
}

#[derive(Debug)]
pub(super) struct IndicatorSource {
    pub line: usize,
    pub code: At<String>,
    pub text: At<String>,
    pub target: At<String>,
    pub printed_offices: String,
    pub offices: OfficesSource,
    pub formula: At<String>,
    pub readings: Vec<At<String>>,
    pub weight: Option<At<Number>>,
    pub when: WhenSource,
    pub share: Option<ShareSource>,
    pub voci: Vec<VoceSource>,
}

/// `seconda_condizione`, when it is given.
#[derive(Debug)]
pub(super) struct ShareSource {
    pub line: usize,
    pub text: At<String>,
    pub formula: At<String>,
    pub target: At<String>,
    pub reading: String,
}

#[derive(Debug)]
pub(super) struct VoceSource {
    pub line: usize,
    pub name: At<String>,
    pub label: At<String>,
    pub guide: String,
    pub kind: Option<At<VoceType>>,
    pub time: Option<At<TimeKind>>,
    pub rule: Option<At<OfficeRule>>,
    pub rule_given: bool,
    pub part_of: At<String>,
    pub cutoff: Option<At<i64>>,
    pub when: WhenSource,
    pub offices: Vec<AssignmentSource>,
    pub role: Option<At<RoleSource>>,
    pub value: Option<At<Scalar>>,
    pub value_given: bool,
    pub source: At<String>,
    pub min: Option<At<Number>>,
    pub max: Option<At<Number>>,
    pub plausible_min: Option<At<Number>>,
    pub plausible_max: Option<At<Number>>,
    pub free_sign: Option<At<bool>>,
    pub rare_zero: bool,
    pub last_year: Vec<At<Number>>,
    pub period: Option<PeriodSource>,
    pub register: Option<RegisterSource>,
    pub origin: Option<OriginSource>,
}

/// `ruolo`, when it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RoleSource {
    Base,
    Informative,
}

#[derive(Debug)]
pub(super) struct PeriodSource {
    pub line: usize,
    pub from: Option<At<NaiveDate>>,
    pub to: Option<At<NaiveDate>>,
}

#[derive(Debug)]
pub(super) struct RegisterSource {
    pub line: usize,
    pub identity: At<String>,
    pub event: At<String>,
    pub columns: Vec<ColumnSource>,
}

#[derive(Debug)]
pub(super) struct ColumnSource {
    pub key: At<String>,
    pub label: At<String>,
    pub kind: Option<At<VoceType>>,
}

#[derive(Debug)]
pub(super) struct DecisionSource {
    pub indicator: At<String>,
    pub reason: At<String>,
    pub who: At<String>,
    pub date: Option<At<NaiveDate>>,
}

/// One of `[[revisioni]]`.
#[derive(Debug)]
pub(super) struct RevisionSource {
    pub line: usize,
    pub what: At<String>,
    pub before: At<String>,
    pub after: At<String>,
    pub act: At<String>,
    pub date: Option<At<NaiveDate>>,
    pub from: Option<At<Scalar>>,
}

const TYPES: [VoceType; 11] = [
    VoceType::Conteggio,
    VoceType::Ore,
    VoceType::Giorni,
    VoceType::GiorniLavorativi,
    VoceType::Data,
    VoceType::SiNo,
    VoceType::Percentuale,
    VoceType::Importo,
    VoceType::Numero,
    VoceType::Minuti,
    VoceType::Testo,
];

const TIMES: [TimeKind; 5] =
    [TimeKind::Mensile, TimeKind::Consistenza, TimeKind::Annuale, TimeKind::Costante, TimeKind::Registro];

const RULES: [OfficeRule; 5] =
    [OfficeRule::Somma, OfficeRule::Condivisa, OfficeRule::Ultima, OfficeRule::Conta, OfficeRule::Unione];

/// Reads the parsed file; every mistake of form goes to `problems`.
pub(super) fn read(table: &DeTable<'_>, lines: &Lines, problems: &Problems) -> PlanSource {
    let top = Fields::new("il piano", 1, table, lines, problems);
    let plan = PlanSource {
        format: top.whole_required("formato"),
        ente: top.text("ente"),
        year: top.whole_required("anno"),
        title: top.text("titolo"),
        delibera: top.text_or_empty("delibera").value,
        version: top.text_or_empty("versione").value,
        summarised: top.texts("sintesi"),
        seats: top.tables("sedi", "la sede").iter().map(seat).collect(),
        scoring: scoring(&top),
        offices: top.tables("uffici", "l'ufficio").iter().map(office).collect(),
        unit: unit(&top),
        schede: top.tables("schede", "la scheda").iter().map(scheda).collect(),
        decisions: top.tables("decisioni", "la decisione").iter().map(decision).collect(),
        revisions: top.tables("revisioni", "la revisione").iter().map(revision).collect(),
        controls: controls::source(&top),
        closing: closing::source(&top),
    };
    top.finish();
    plan
}

fn unit(top: &Fields<'_>) -> UnitSource {
    let Some(fields) = top.table("unita", "l'unità") else { return UnitSource::default() };
    let unit = UnitSource {
        contact: fields.text_or_empty("contatto").value,
        send_by: fields.whole("invio_entro_il_giorno"),
        mend_by: fields.whole("correzioni_entro_il_giorno"),
    };
    fields.finish();
    unit
}

fn seat(fields: &Fields<'_>) -> SeatSource {
    let seat = SeatSource {
        name: fields.text_or_empty("nome"),
        patron: fields.text_or_empty("patrono"),
        day: fields.text_or_empty("giorno"),
    };
    fields.finish();
    seat
}

fn scoring(top: &Fields<'_>) -> ScoringSource {
    let Some(fields) = top.table("punteggio", "il punteggio") else {
        return ScoringSource { line: top.line, cap: None, green: None, yellow: None, bands: Vec::new() };
    };
    fields.choice("metodo", &[("proporzionale", ())]);
    let bands = fields.tables("fasce", "la fascia di punteggio");
    let scoring = ScoringSource {
        line: fields.line,
        cap: fields.number("tetto"),
        green: fields.number("verde"),
        yellow: fields.number("giallo"),
        bands: bands.iter().map(band).collect(),
    };
    fields.finish();
    scoring
}

fn band(fields: &Fields<'_>) -> BandSource {
    for key in ["da", "quota"] {
        if !fields.has(key) {
            fields.missing(key, &format!("{key} = 0, un numero"));
        }
    }
    let band = BandSource {
        line: fields.line,
        from: fields.number_to("da", DEGREE_DECIMALS),
        share: fields.number_to("quota", SHARE_DECIMALS),
    };
    fields.finish();
    band
}

fn office(fields: &Fields<'_>) -> OfficeSource {
    let office = OfficeSource {
        id: fields.text("id"),
        name: fields.text("nome"),
        printed: fields.texts("forme"),
        when: when::source(fields),
        merges_into: fields.text_or_empty("confluisce_in"),
    };
    fields.finish();
    office
}

fn scheda(fields: &Fields<'_>) -> SchedaSource {
    let scheda = SchedaSource {
        line: fields.line,
        number: fields.whole_required("numero"),
        title: fields.text("titolo"),
        perspective: fields.text("prospettiva"),
        strategic: fields.text("obiettivo_strategico"),
        description: fields.text_or_empty("descrizione").value,
        benefits: fields.text_or_empty("benefici").value,
        weight: fields.number("peso"),
        amount: fields.number_to("importo", CENTS),
        milestones: fields.tables("traguardi", "il traguardo").iter().map(milestone).collect(),
        actions: fields.tables("azioni", "l'azione").iter().map(action).collect(),
    };
    fields.finish();
    scheda
}

fn milestone(fields: &Fields<'_>) -> MilestoneSource {
    let milestone = MilestoneSource { text: fields.text("testo"), date: fields.date("data") };
    fields.finish();
    milestone
}

fn action(fields: &Fields<'_>) -> ActionSource {
    let action = ActionSource {
        line: fields.line,
        text: fields.text("testo"),
        objective: fields.text_or_empty("obiettivo_operativo"),
        indicators: fields.tables("indicatori", "l'indicatore").iter().map(indicator).collect(),
    };
    fields.finish();
    action
}

fn indicator(fields: &Fields<'_>) -> IndicatorSource {
    let offices = if fields.is_word("uffici", "tutti") {
        fields.text("uffici");
        OfficesSource::All
    } else {
        let named = when::assignments(fields);
        if named.is_empty() && fields.has("uffici") && !fields.is_empty_list("uffici") {
            OfficesSource::Unreadable
        } else {
            OfficesSource::Some(named)
        }
    };
    let indicator = IndicatorSource {
        line: fields.line,
        code: fields.text("codice"),
        text: fields.text("testo"),
        target: fields.text("target"),
        printed_offices: fields.text_or_empty("uffici_stampati").value,
        offices,
        formula: fields.text("formula"),
        readings: fields.texts("letture"),
        weight: fields.number("peso"),
        when: when::source(fields),
        share: fields.table("seconda_condizione", "la seconda condizione").map(|fields| share(&fields)),
        voci: fields.tables("voci", "la voce").iter().map(voce).collect(),
    };
    fields.finish();
    indicator
}

fn share(fields: &Fields<'_>) -> ShareSource {
    let share = ShareSource {
        line: fields.line,
        text: fields.text("testo"),
        formula: fields.text("formula"),
        target: fields.text("target"),
        reading: fields.text_or_empty("lettura").value,
    };
    fields.finish();
    share
}

fn voce(fields: &Fields<'_>) -> VoceSource {
    if !fields.has("tempo") {
        fields.missing("tempo", "tempo = \"mensile\" (o consistenza, annuale, costante, registro)");
    }
    if !fields.has("tipo") && !fields.is_word("tempo", "registro") {
        fields.missing("tipo", "tipo = \"conteggio\" (o ore, giorni, importo, data, si_no …)");
    }
    let kind = fields.choice("tipo", &TYPES.map(|kind| (kind.code(), kind)));
    let wanted = kind.as_ref().map(|kind| kind.value);
    let value = fields.scalar_that("valore", |number| wanted.is_none_or(|kind| kind.admits(number)));
    let voce = VoceSource {
        line: fields.line,
        name: fields.text("chiave"),
        label: fields.text("etichetta"),
        guide: fields.text_or_empty("guida").value,
        kind,
        time: fields.choice("tempo", &TIMES.map(|time| (time.code(), time))),
        rule: fields.choice("fra_uffici", &RULES.map(|rule| (rule.code(), rule))),
        rule_given: fields.has("fra_uffici"),
        part_of: fields.text_or_empty("parte_di"),
        cutoff: fields.whole("fino_al"),
        when: when::source(fields),
        offices: when::assignments(fields),
        role: fields.choice("ruolo", &[("base", RoleSource::Base), ("informativa", RoleSource::Informative)]),
        value,
        value_given: fields.has("valore"),
        source: fields.text_or_empty("fonte"),
        min: fields.number("minimo"),
        max: fields.number("massimo"),
        plausible_min: fields.number("plausibile_da"),
        plausible_max: fields.number("plausibile_a"),
        free_sign: fields.choice("segno", &[("libero", true), ("positivo", false)]),
        rare_zero: fields.choice("zero", &[("raro", true), ("possibile", false)]).is_some_and(|at| at.value),
        last_year: fields.numbers("anno_precedente"),
        period: fields.table("periodo", "il periodo").map(|fields| period(&fields)),
        register: fields.table("registro", "il registro").map(|fields| register(&fields)),
        origin: fields.table("origine", "l'origine").map(|fields| origin::source(&fields)),
    };
    fields.finish();
    voce
}

fn period(fields: &Fields<'_>) -> PeriodSource {
    let period = PeriodSource { line: fields.line, from: fields.date("dal"), to: fields.date("al") };
    fields.finish();
    period
}

fn register(fields: &Fields<'_>) -> RegisterSource {
    let register = RegisterSource {
        line: fields.line,
        identity: fields.text("identita"),
        event: fields.text("data_evento"),
        columns: fields.tables("colonne", "la colonna").iter().map(column).collect(),
    };
    fields.finish();
    register
}

fn column(fields: &Fields<'_>) -> ColumnSource {
    if !fields.has("tipo") {
        fields.missing("tipo", "tipo = \"testo\" (o data, conteggio …)");
    }
    let column = ColumnSource {
        key: fields.text("chiave"),
        label: fields.text("etichetta"),
        kind: fields.choice("tipo", &TYPES.map(|kind| (kind.code(), kind))),
    };
    fields.finish();
    column
}

fn decision(fields: &Fields<'_>) -> DecisionSource {
    let decision = DecisionSource {
        indicator: fields.text("indicatore"),
        reason: fields.text("motivo"),
        who: fields.text("chi"),
        date: fields.date("data"),
    };
    fields.finish();
    decision
}

/// What a plan may do without: before a revision, or after it, there may be nothing.
const OPTIONAL: [&str; 8] = ["letture", "guida", "fino_al", "valore", "dal", "al", "forme", "confluisce_in"];

/// Whether what a revision changes may be nothing before or after it.
pub(super) fn may_be_none(what: &str) -> bool {
    what.rsplit_once('.').is_some_and(|(_, field)| OPTIONAL.contains(&field))
}

fn revision(fields: &Fields<'_>) -> RevisionSource {
    if !fields.has("da") {
        fields.missing("da", "da = \"2019-07\": il primo mese in cui vale");
    }
    let what = fields.text("cosa");
    // What was not there before, or is no more, is an empty text; but it is written.
    let may_be_none = may_be_none(&what.value);
    let stated = |key| match may_be_none && fields.has(key) {
        true => fields.text_or_empty(key),
        false => fields.text(key),
    };
    let revision = RevisionSource {
        line: fields.line,
        before: stated("prima"),
        after: stated("dopo"),
        what,
        act: fields.text("atto"),
        date: fields.date("data"),
        from: fields.scalar_that("da", |_| true),
    };
    fields.finish();
    revision
}
