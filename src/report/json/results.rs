//! The results for machines: what the hash of an issue is taken of.

use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::aggregate::{Degrees, IndicatorResult, SecondResult, mark, self_declared};
use crate::certify::Run;
use crate::compute::Coverage;
use crate::model::{Number, Value};
use crate::plan::{Indicator, Operator};

/// What the hash of the results is taken of: keys of the document, in this order.
#[derive(Serialize)]
pub(super) struct Results<'a> {
    pub(super) ente: &'a str,
    pub(super) anno: i32,
    pub(super) mese: String,
    pub(super) definitivo: bool,
    pub(super) indicatori: Vec<IndicatorJson<'a>>,
    pub(super) schede: Vec<SchedaJson>,
    pub(super) prospettive: Vec<GroupJson<'a>>,
    pub(super) ente_grado: Option<String>,
    pub(super) ente_grado_senza_mancanti: Option<String>,
    pub(super) ente_grado_passo: Option<String>,
    pub(super) ente_semaforo: &'static str,
}

#[derive(Serialize)]
pub(super) struct IndicatorJson<'a> {
    codice: &'a str,
    scheda: u8,
    valore: Option<String>,
    unita: &'static str,
    target: &'a str,
    operatore: &'static str,
    operatore_implicito: bool,
    soglia: Option<String>,
    scostamento: Option<String>,
    grado: Option<String>,
    grado_passo: Option<String>,
    stato: &'static str,
    provvisorio: bool,
    copertura: CoverageJson,
    na: usize,
    valore_indicativo: Option<String>,
    seconda_condizione: Option<SecondJson<'a>>,
    voci: Map<String, Json>,
    per_ufficio: Vec<OfficeJson<'a>>,
    natura: &'static str,
    attendibilita: Option<&'static str>,
    autodichiarati: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    anno_precedente: Option<LastYearJson>,
}

/// What the indicator gave in the year before, where its final issue is given: a value only where the
/// definition is the same, and else why there is none.
#[derive(Serialize)]
pub(super) struct LastYearJson {
    anno: i32,
    valore: Option<String>,
    stato: Option<&'static str>,
    motivo: Option<String>,
}

#[derive(Serialize)]
pub(super) struct CoverageJson {
    attesi: u32,
    presenti: u32,
}

#[derive(Serialize)]
pub(super) struct SecondJson<'a> {
    tipo: &'static str,
    testo: &'a str,
    operatore: &'static str,
    soglia: String,
    base: Option<String>,
    valore: Option<String>,
    soddisfatta: Option<bool>,
    discorde: bool,
    provvisorio: bool,
}

#[derive(Serialize)]
pub(super) struct OfficeJson<'a> {
    ufficio: &'a str,
    valore: Option<String>,
}

#[derive(Serialize)]
pub(super) struct SchedaJson {
    numero: u8,
    grado: Option<String>,
    grado_senza_mancanti: Option<String>,
    grado_passo: Option<String>,
    semaforo: &'static str,
}

#[derive(Serialize)]
pub(super) struct GroupJson<'a> {
    nome: &'a str,
    grado: Option<String>,
    grado_senza_mancanti: Option<String>,
    grado_passo: Option<String>,
    semaforo: &'static str,
}

/// The results on their own, on one line: what their hash is taken of.
pub(in crate::report) fn results_line(run: &Run<'_>) -> String {
    serde_json::to_string(&results(run)).unwrap_or_default()
}

pub(super) fn results<'a>(run: &Run<'a>) -> Results<'a> {
    let results = run.consolidation;
    Results {
        ente: &run.plan.ente,
        anno: run.plan.year,
        mese: results.month.to_string(),
        definitivo: run.definitive,
        indicatori: results
            .indicators
            .iter()
            .filter_map(|result| Some(indicator(run, run.plan.indicator(&result.code)?, result)))
            .collect(),
        schede: results
            .schede
            .iter()
            .map(|scheda| SchedaJson {
                numero: scheda.number,
                grado: official(&scheda.degrees),
                grado_senza_mancanti: without_missing(&scheda.degrees),
                grado_passo: paced(&scheda.degrees),
                semaforo: scheda.light.label(),
            })
            .collect(),
        prospettive: results
            .perspectives
            .iter()
            .map(|group| GroupJson {
                nome: &group.name,
                grado: official(&group.degrees),
                grado_senza_mancanti: without_missing(&group.degrees),
                grado_passo: paced(&group.degrees),
                semaforo: group.light.label(),
            })
            .collect(),
        ente_grado: official(&results.ente),
        ente_grado_senza_mancanti: without_missing(&results.ente),
        ente_grado_passo: paced(&results.ente),
        ente_semaforo: results.ente_light.label(),
    }
}

pub(super) fn second<'a>(
    indicator: &Indicator,
    result: &IndicatorResult,
    second: &'a SecondResult,
) -> SecondJson<'a> {
    // An increase is asked for as the target asks for its threshold: at least.
    let share = indicator.share.as_ref().filter(|_| second.share.is_some());
    let operator = share.map_or(Operator::AtLeast, |share| share.judged.target.operator);
    SecondJson {
        tipo: if share.is_some() { "quota" } else { "incremento" },
        testo: &second.text,
        operatore: operator.symbol(),
        soglia: second.threshold.to_plain(),
        base: plain(second.baseline.as_ref()),
        valore: plain(second.value.as_ref()),
        soddisfatta: second.met,
        discorde: second.disagrees,
        provvisorio: second.share.as_ref().map_or(result.provisional, |share| share.provisional),
    }
}

pub(super) fn indicator<'a>(
    run: &Run<'a>,
    indicator: &'a Indicator,
    result: &'a IndicatorResult,
) -> IndicatorJson<'a> {
    IndicatorJson {
        codice: result.code.as_str(),
        scheda: result.scheda,
        valore: machine(result.value.as_ref()),
        unita: indicator.formula.unit().code(),
        target: &indicator.target.printed,
        operatore: indicator.target.operator.symbol(),
        operatore_implicito: indicator.target.implicit,
        soglia: machine(result.threshold.as_ref()),
        scostamento: plain(result.deviation.as_ref()),
        grado: plain(result.degree.as_ref()),
        grado_passo: plain(result.paced.as_ref()),
        stato: result.status.label(),
        provvisorio: result.provisional,
        copertura: coverage(result.coverage),
        na: result.not_applicable,
        valore_indicativo: machine(result.indicative.as_ref()),
        seconda_condizione: result.second.as_ref().map(|second| self::second(indicator, result, second)),
        voci: result
            .voci
            .iter()
            .map(|voce| (voce.key.as_str().to_owned(), machine(voce.value.as_ref()).into()))
            .collect(),
        per_ufficio: result
            .per_office
            .iter()
            .map(|own| OfficeJson { ufficio: own.office.as_str(), valore: machine(own.value.as_ref()) })
            .collect(),
        natura: indicator.formula.nature().code(),
        attendibilita: mark(indicator, result, run.admitted, run.submissions).map(|mark| mark.label()),
        autodichiarati: self_declared(indicator, run.admitted)
            .into_iter()
            .map(|(key, _)| key.as_str())
            .collect(),
        anno_precedente: last_year(run, indicator),
    }
}

fn last_year(run: &Run<'_>, indicator: &Indicator) -> Option<LastYearJson> {
    let archive = run.plan.archive.as_ref()?;
    let none = LastYearJson { anno: archive.year, valore: None, stato: None, motivo: None };
    Some(match archive.seen(&indicator.code) {
        Err(why) => LastYearJson { motivo: Some(why), ..none },
        Ok(own) => {
            LastYearJson { valore: machine(own.value.as_ref()), stato: Some(own.status.label()), ..none }
        }
    })
}

pub(super) fn coverage(coverage: Coverage) -> CoverageJson {
    CoverageJson { attesi: coverage.expected, presenti: coverage.present }
}

pub(super) fn machine(value: Option<&Value>) -> Option<String> {
    value.map(Value::to_machine)
}

pub(super) fn plain(number: Option<&Number>) -> Option<String> {
    number.map(Number::to_plain)
}

pub(super) fn official(degrees: &Degrees) -> Option<String> {
    plain(degrees.official.as_ref())
}

pub(super) fn without_missing(degrees: &Degrees) -> Option<String> {
    plain(degrees.without_missing.as_ref())
}

pub(super) fn paced(degrees: &Degrees) -> Option<String> {
    plain(degrees.paced.as_ref())
}
