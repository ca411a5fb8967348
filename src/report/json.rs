//! The machine-readable result: a contract with tools outside the project. Keys stand in this order.

mod previous;
pub(super) mod results;

use serde::Serialize;
use serde_json::Value as Json;

use crate::check::{Checked, Received, Tally};
use crate::impact::Effect;
use crate::model::{Answered, Finding, PROGRAM, Related, Rule, Severity};
use crate::pipeline::FileReport;

use super::findings::would_change;
use super::identity::fingerprint;
use super::words::fate_code;
use crate::certify::Run;
use previous::{CorrectionJson, ResolvedJson, UnseenJson};
use results::GroupJson;
use results::IndicatorJson;
use results::SchedaJson;

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
    ente_grado_passo: Option<String>,
    ente_semaforo: &'static str,
    rilievi: Vec<FindingJson<'a>>,
    controlli: Vec<CheckJson>,
    file: Vec<FileJson<'a>>,
    /// SHA-256 of the issue of a month before; what follows it only where one is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    mese_precedente: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    correzioni: Option<Vec<CorrectionJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    risolti: Option<Vec<ResolvedJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sospesi: Option<Vec<UnseenJson>>,
}

#[derive(Serialize)]
struct Program {
    nome: &'static str,
    versione: &'static str,
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
    /// What the offices answer in a workbook that was returned to them.
    risposte: Vec<AnswerJson<'a>>,
    /// Only where the results of all the offices are computed: `consolida`.
    #[serde(skip_serializing_if = "Option::is_none")]
    effetto: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effetto_su: Option<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    che_cosa_cambierebbe: Option<String>,
    /// Only where the issue of a month before is given: whether it is new, and since when it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    stato: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dal: Option<String>,
}

/// The derogation that accepts a finding.
#[derive(Serialize)]
struct WaivedJson<'a> {
    motivo: &'a str,
    chi: &'a str,
    fino_al: Option<u32>,
}

/// The answer of an office.
#[derive(Serialize)]
struct AnswerJson<'a> {
    ufficio: &'a str,
    risposta: &'static str,
    perche: &'a str,
    /// Whether it explains what was found.
    vale: bool,
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
        controlli: account(crate::check::rules_after(report.after), &report.checked),
    }
}

fn document<'a>(run: &Run<'a>) -> Document<'a> {
    let results = results::results(run);
    let met = run.met();
    let since = |place: usize, one: FindingJson<'a>| match &met {
        None => one,
        Some(met) => {
            let since = met.since.get(place).copied().flatten();
            let stato = if since.is_some() { "persistente" } else { "nuovo" };
            let dal = since.unwrap_or(run.consolidation.month).to_string();
            FindingJson { stato: Some(stato), dal: Some(dal), ..one }
        }
    };
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
        ente_grado_passo: results.ente_grado_passo,
        ente_semaforo: results.ente_semaforo,
        rilievi: run
            .findings()
            .map(|(one, effect)| finding(one, Some(effect), Some(would_change(run, one, effect))))
            .enumerate()
            .map(|(place, one)| since(place, one))
            .collect(),
        controlli: account(run.rules.iter().copied(), run.checked),
        file: run.files.iter().map(file).collect(),
        mese_precedente: run.past.map(|past| past.memory.sha256.as_str()),
        correzioni: previous::corrections(run),
        risolti: met.as_ref().and_then(|met| previous::resolved(run, met)),
        sospesi: met.as_ref().and_then(|met| previous::unseen(run, met)),
    }
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
        risposte: finding.answered.iter().map(|answer| answer_json(finding, answer)).collect(),
        effetto: effect.map(|effect| effect.kind.code()),
        effetto_su: effect.map(|effect| effect.indicators.iter().map(|code| code.as_str()).collect()),
        che_cosa_cambierebbe: would_change,
        stato: None,
        dal: None,
    }
}

fn answer_json<'a>(finding: &Finding, answer: &'a Answered) -> AnswerJson<'a> {
    AnswerJson {
        ufficio: answer.office.as_str(),
        risposta: answer.kind.label(),
        perche: &answer.reason,
        vale: answer.explains() && finding.own_severity() < Severity::Errore,
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
