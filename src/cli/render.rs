//! Findings and summaries as lines for people: a screen, aligned, no frames.

use std::collections::BTreeMap;

use crate::check::Pending;
use crate::interpret::{Fate, Received};
use crate::model::{Finding, Light, Severity, Status, count, join_it};
use crate::pipeline::{FileReport, Job};
use crate::plan::Plan;
use crate::read::Refusal;

/// How many findings the summary shows; the rest is counted and stands in the workbook.
const WORST: usize = 8;

/// The summary of a month, on one screen.
pub(super) fn summary(plan: &Plan, job: &Job, month_chosen_here: bool) -> String {
    let result = &job.consolidation;
    let why =
        if month_chosen_here { " (l'ultimo mese compilato dalla maggior parte degli uffici)" } else { "" };
    let state = if result.closed { "anno chiuso" } else { "anno in corso" };
    let mut lines = vec![
        format!("{} · {}{why} · {state}", plan.ente, job.month.in_words()),
        format!("File       {}", files(job)),
        format!("Mancano    {}", missing_offices(plan, job)),
        format!("Copertura  {}", coverage(job)),
        format!("Indicatori {}", statuses(job)),
    ];
    if let Some(degree) = &result.ente.official {
        let without = result
            .ente
            .without_missing
            .as_ref()
            .map_or(String::new(), |d| format!(" (senza i mancanti {})", d.to_italian_fixed(2)));
        lines.push(format!("Grado ente {}{without}", degree.to_italian_fixed(2)));
    }
    lines.push(format!("Rilievi    {}", severities(&job.checked.findings)));
    let shown = job.checked.findings.iter().filter(|finding| finding.severity > Severity::Nota).take(WORST);
    lines.extend(shown.map(|finding| format!("  {}", one_line(finding))));
    let hidden = job.checked.findings.iter().filter(|finding| finding.severity > Severity::Nota).count();
    if hidden > WORST {
        lines.push(format!("  … e {} nel foglio «Rilievi».", count(hidden - WORST, "altro", "altri")));
    }
    lines.join("\n")
}

fn files(job: &Job) -> String {
    let accepted = job.files.iter().filter(|file| file.fate == Fate::Accepted).count();
    let others: Vec<String> = job
        .files
        .iter()
        .filter(|file| file.fate != Fate::Accepted)
        .map(|file| format!("{} ({})", file.name, fate(file)))
        .collect();
    let accepted = count(accepted, "accettato", "accettati");
    if others.is_empty() { accepted } else { format!("{accepted}; {}", others.join("; ")) }
}

fn missing_offices(plan: &Plan, job: &Job) -> String {
    let names: Vec<&str> = plan
        .offices
        .iter()
        .filter(|office| job.submissions.iter().all(|submission| submission.office != office.id))
        .map(|office| office.name.as_str())
        .collect();
    if names.is_empty() { "nessuno".to_owned() } else { join_it(&names) }
}

fn coverage(job: &Job) -> String {
    let expected: usize = job.consolidation.indicators.iter().map(|i| i.coverage.expected as usize).sum();
    let present: usize = job.consolidation.indicators.iter().map(|i| i.coverage.present as usize).sum();
    format!("{} su {}", count(present, "rilevazione", "rilevazioni"), count(expected, "attesa", "attese"))
}

fn statuses(job: &Job) -> String {
    let mut counted: BTreeMap<(std::cmp::Reverse<Light>, Status), usize> = BTreeMap::new();
    for indicator in &job.consolidation.indicators {
        *counted.entry((std::cmp::Reverse(indicator.status.light()), indicator.status)).or_default() += 1;
    }
    let parts: Vec<String> = counted
        .iter()
        .map(|((_, status), number)| format!("{} {number} {}", status.light().symbol(), status.label()))
        .collect();
    parts.join(" · ")
}

fn severities(findings: &[Finding]) -> String {
    let number = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    format!(
        "{} · {} · {} da motivare · {}",
        count(number(Severity::Bloccante), "bloccante", "bloccanti"),
        count(number(Severity::Errore), "errore", "errori"),
        number(Severity::DaMotivare),
        count(number(Severity::Nota), "nota", "note"),
    )
}

fn one_line(finding: &Finding) -> String {
    let office = finding.office.as_ref().map_or(String::new(), |office| format!("{office}: "));
    format!(
        "[{} · {}] {office}{}",
        finding.rule.code,
        finding.severity.label().to_uppercase(),
        clean(&finding.message)
    )
}

/// Text from a file without control or direction characters, fit for a terminal.
fn clean(text: &str) -> String {
    let hostile = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().filter(|c| !hostile(*c)).collect()
}

/// The findings of one workbook: by scheda, the most severe first.
pub(super) fn file_report(plan: &Plan, report: &FileReport) -> String {
    let office = report.file.office.as_ref().map_or("ufficio non riconosciuto", |id| plan.office_name(id));
    let mut lines = vec![format!("{} · {office} · {}", clean(&report.file.name), report.month.in_words())];
    let mut by_scheda: BTreeMap<Option<u8>, Vec<&Finding>> = BTreeMap::new();
    for finding in &report.checked.findings {
        by_scheda.entry(finding.scheda).or_default().push(finding);
    }
    for (scheda, mut findings) in by_scheda {
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        lines.push(scheda.map_or("File".to_owned(), |number| format!("Scheda {number}")));
        for finding in findings {
            lines.push(format!("  {}", one_line(finding)));
            lines.push(format!("    → {}", clean(&finding.remedy)));
        }
    }
    lines.push(format!("Rilievi: {}", severities(&report.checked.findings)));
    lines.extend(report.pending.iter().flat_map(Pending::words));
    lines.join("\n")
}

/// What became of a file, in a few words.
pub(super) fn fate(file: &Received) -> String {
    match &file.fate {
        Fate::Accepted => "accettato".to_owned(),
        Fate::Refused(refusal) => refused(refusal),
        Fate::Foreign(seen) => format!("rifiutato: non è una cartella di lavoro delle schede ({seen})"),
        Fate::OtherPlan(found, expected) => format!("rifiutato: è di {found}, qui serve {expected}"),
        Fate::UnknownOffice(office, _) => format!("rifiutato: l'ufficio «{office}» non è nel piano"),
        Fate::CopyOf(original) => format!("copia identica di {original}, contata una volta"),
        Fate::Rival(others) => format!("fuori: lo stesso ufficio ha mandato anche {}", join_it(others)),
    }
}

fn refused(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Temporary => "ignorato: copia temporanea di Excel".to_owned(),
        Refusal::Unreadable(why) => format!("rifiutato: non si può leggere ({why})"),
        Refusal::Damaged(what) => format!("rifiutato: file danneggiato ({what})"),
        Refusal::Encrypted => "rifiutato: è protetto da password".to_owned(),
        Refusal::OtherKind(kind) => format!("rifiutato: è un file {kind}, salvalo come .xlsx"),
        Refusal::TooBig { what, limit, found } => format!("rifiutato: {what} {found}, il limite è {limit}"),
    }
}
