//! The machine-readable result: a contract with tools outside the project. Keys stand in this order.

use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::aggregate::{Degrees, IndicatorResult, SecondResult, mark, self_declared};
use crate::check::{Checked, Received, Tally};
use crate::compute::Coverage;
use crate::impact::Effect;
use crate::model::{Finding, Number, PROGRAM, Related, Rule, Severity, Value};
use crate::pipeline::FileReport;
use crate::plan::{Indicator, Operator};

use super::Run;
use super::findings::would_change;
use super::identity::fingerprint;
use super::words::fate_code;

#[derive(Serialize)]
struct Document<'a> {
    programma: Program,
    ente: &'a str,
    anno: i32,
    mese: String,
    anno_chiuso: bool,
    definitivo: bool,
    sha256_piano: &'a str,
    impronta: String,
    indicatori: Vec<IndicatorJson<'a>>,
    schede: Vec<SchedaJson>,
    prospettive: Vec<GroupJson<'a>>,
    ente_grado: Option<String>,
    ente_grado_senza_mancanti: Option<String>,
    ente_semaforo: &'static str,
    rilievi: Vec<FindingJson<'a>>,
    controlli: Vec<CheckJson>,
    file: Vec<FileJson<'a>>,
}

/// What the hash of the results is taken of: keys of the document, in this order.
#[derive(Serialize)]
struct Results<'a> {
    ente: &'a str,
    anno: i32,
    mese: String,
    definitivo: bool,
    indicatori: Vec<IndicatorJson<'a>>,
    schede: Vec<SchedaJson>,
    prospettive: Vec<GroupJson<'a>>,
    ente_grado: Option<String>,
    ente_grado_senza_mancanti: Option<String>,
    ente_semaforo: &'static str,
}

#[derive(Serialize)]
struct Program {
    nome: &'static str,
    versione: &'static str,
}

#[derive(Serialize)]
struct IndicatorJson<'a> {
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
}

#[derive(Serialize)]
struct CoverageJson {
    attesi: u32,
    presenti: u32,
}

#[derive(Serialize)]
struct SecondJson<'a> {
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
struct OfficeJson<'a> {
    ufficio: &'a str,
    valore: Option<String>,
}

#[derive(Serialize)]
struct SchedaJson {
    numero: u8,
    grado: Option<String>,
    grado_senza_mancanti: Option<String>,
    semaforo: &'static str,
}

#[derive(Serialize)]
struct GroupJson<'a> {
    nome: &'a str,
    grado: Option<String>,
    grado_senza_mancanti: Option<String>,
    semaforo: &'static str,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    codice: &'static str,
    gravita: &'static str,
    /// The severity that the check gave, where the plan lowers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    gravita_prevista: Option<&'static str>,
    ufficio: Option<&'a str>,
    file: Option<&'a str>,
    foglio: Option<&'a str>,
    celle: Vec<String>,
    altre_celle: Vec<OtherCellsJson<'a>>,
    scheda: Option<u8>,
    indicatore: Option<&'a str>,
    voce: Option<&'a str>,
    mese: Option<u32>,
    trovato: &'a str,
    atteso: &'a str,
    messaggio: &'a str,
    rimedio: &'a str,
    deroga: Option<WaivedJson<'a>>,
    /// Only where the results of all the offices are computed: `consolida`.
    #[serde(skip_serializing_if = "Option::is_none")]
    effetto: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effetto_su: Option<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    che_cosa_cambierebbe: Option<String>,
}

/// The derogation that accepts a finding.
#[derive(Serialize)]
struct WaivedJson<'a> {
    motivo: &'a str,
    chi: &'a str,
    fino_al: Option<u32>,
}

/// Cells of the same finding in other sheets or files.
#[derive(Serialize)]
struct OtherCellsJson<'a> {
    ufficio: &'a str,
    file: &'a str,
    foglio: &'a str,
    celle: Vec<String>,
}

#[derive(Serialize)]
struct CheckJson {
    codice: &'static str,
    soggetti: usize,
    superati: usize,
    falliti: usize,
    non_valutati: usize,
    derogati: usize,
}

#[derive(Serialize)]
struct FileReportJson<'a> {
    file: &'a str,
    ufficio: Option<&'a str>,
    mese: String,
    rilievi: Vec<FindingJson<'a>>,
    controlli: Vec<CheckJson>,
}

#[derive(Serialize)]
struct FileJson<'a> {
    nome: &'a str,
    sha256: &'a str,
    byte: u64,
    ufficio: Option<&'a str>,
    esito: &'static str,
}

/// The result of a run for machines.
pub fn to_json(run: &Run<'_>) -> Json {
    serde_json::to_value(document(run)).unwrap_or(Json::Null)
}

/// The findings of single files for machines: `controlla --json`.
pub fn files_to_json(reports: &[FileReport]) -> Json {
    serde_json::to_value(reports.iter().map(file_report).collect::<Vec<_>>()).unwrap_or(Json::Null)
}

fn file_report(report: &FileReport) -> FileReportJson<'_> {
    FileReportJson {
        file: &report.file.name,
        ufficio: report.file.office.as_ref().map(|office| office.as_str()),
        mese: report.month.to_string(),
        rilievi: report.checked.findings.iter().map(|one| finding(one, None, None)).collect(),
        controlli: account(crate::check::rules(), &report.checked),
    }
}

/// The results on their own, on one line: what their hash is taken of.
pub(super) fn results_line(run: &Run<'_>) -> String {
    serde_json::to_string(&results(run)).unwrap_or_default()
}

fn document<'a>(run: &Run<'a>) -> Document<'a> {
    let results = results(run);
    Document {
        programma: Program { nome: PROGRAM, versione: env!("CARGO_PKG_VERSION") },
        ente: results.ente,
        anno: results.anno,
        mese: results.mese,
        anno_chiuso: run.consolidation.closed,
        definitivo: results.definitivo,
        sha256_piano: &run.plan.sha256,
        impronta: fingerprint(run),
        indicatori: results.indicatori,
        schede: results.schede,
        prospettive: results.prospettive,
        ente_grado: results.ente_grado,
        ente_grado_senza_mancanti: results.ente_grado_senza_mancanti,
        ente_semaforo: results.ente_semaforo,
        rilievi: run
            .findings()
            .map(|(one, effect)| finding(one, Some(effect), Some(would_change(run, one, effect))))
            .collect(),
        controlli: account(run.rules.iter().copied(), run.checked),
        file: run.files.iter().map(file).collect(),
    }
}

fn results<'a>(run: &Run<'a>) -> Results<'a> {
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
                semaforo: group.light.label(),
            })
            .collect(),
        ente_grado: official(&results.ente),
        ente_grado_senza_mancanti: without_missing(&results.ente),
        ente_semaforo: results.ente_light.label(),
    }
}

fn second<'a>(indicator: &Indicator, result: &IndicatorResult, second: &'a SecondResult) -> SecondJson<'a> {
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

fn indicator<'a>(run: &Run<'a>, indicator: &'a Indicator, result: &'a IndicatorResult) -> IndicatorJson<'a> {
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
    }
}

fn coverage(coverage: Coverage) -> CoverageJson {
    CoverageJson { attesi: coverage.expected, presenti: coverage.present }
}

fn finding<'a>(
    finding: &'a Finding,
    effect: Option<&'a Effect>,
    would_change: Option<String>,
) -> FindingJson<'a> {
    FindingJson {
        codice: finding.rule.code,
        gravita: finding.severity.label(),
        gravita_prevista: finding.lowered_from.map(Severity::label),
        ufficio: finding.office.as_ref().map(|office| office.as_str()),
        file: finding.file.as_deref(),
        foglio: finding.sheet.as_deref(),
        celle: finding.cells.iter().map(ToString::to_string).collect(),
        altre_celle: finding.related.iter().map(other_cells).collect(),
        scheda: finding.scheda,
        indicatore: finding.indicator.as_ref().map(|code| code.as_str()),
        voce: finding.voce.as_ref().map(|key| key.as_str()),
        mese: finding.month.map(|month| month.number()),
        trovato: &finding.found,
        atteso: &finding.expected,
        messaggio: &finding.message,
        rimedio: &finding.remedy,
        deroga: finding.waived.as_ref().map(|waived| WaivedJson {
            motivo: &waived.reason,
            chi: &waived.who,
            fino_al: waived.until.map(|month| month.number()),
        }),
        effetto: effect.map(|effect| effect.kind.code()),
        effetto_su: effect.map(|effect| effect.indicators.iter().map(|code| code.as_str()).collect()),
        che_cosa_cambierebbe: would_change,
    }
}

fn other_cells(other: &Related) -> OtherCellsJson<'_> {
    OtherCellsJson {
        ufficio: other.office.as_str(),
        file: &other.file,
        foglio: &other.sheet,
        celle: other.cells.iter().map(ToString::to_string).collect(),
    }
}

/// Every rule, also those without subjects.
fn account(rules: impl Iterator<Item = &'static Rule>, checked: &Checked) -> Vec<CheckJson> {
    rules.map(|rule| check(rule.code, checked.tallies.get(rule.code).copied().unwrap_or_default())).collect()
}

fn check(code: &'static str, tally: Tally) -> CheckJson {
    CheckJson {
        codice: code,
        soggetti: tally.subjects(),
        superati: tally.passed,
        falliti: tally.failed,
        non_valutati: tally.skipped,
        derogati: tally.waived,
    }
}

fn file(file: &Received) -> FileJson<'_> {
    FileJson {
        nome: &file.name,
        sha256: &file.sha256,
        byte: file.bytes,
        ufficio: file.office.as_ref().map(|office| office.as_str()),
        esito: fate_code(&file.fate),
    }
}

fn machine(value: Option<&Value>) -> Option<String> {
    value.map(Value::to_machine)
}

fn plain(number: Option<&Number>) -> Option<String> {
    number.map(Number::to_plain)
}

fn official(degrees: &Degrees) -> Option<String> {
    plain(degrees.official.as_ref())
}

fn without_missing(degrees: &Degrees) -> Option<String> {
    plain(degrees.without_missing.as_ref())
}
