//! Findings and summaries as lines for people: a screen, aligned, no frames.

use std::collections::BTreeMap;

use super::screen;
use super::terminal::clean;
use crate::check::Pending;
use crate::interpret::{Fate, Received};
use crate::model::{Finding, Light, Severity, Status, count, join_it};
use crate::pipeline::{FileReport, Job, usual_month};
use crate::plan::Plan;
use crate::read::Refusal;
use crate::report::refusal_words;

/// How many findings the summary shows when there is room; the rest is counted and stands in the workbook.
const WORST: usize = 8;
/// Lines of the summary: with the two that say what was written, and the prompt, a screen of 24.
const LINES: usize = 20;

/// The summary of a month, on one screen of `width` columns; `since` is what changed since a month before.
pub(super) fn summary(
    plan: &Plan,
    job: &Job,
    since: Option<&str>,
    month_chosen_here: bool,
    width: usize,
) -> String {
    let result = &job.consolidation;
    let why =
        if month_chosen_here { " (l'ultimo mese compilato dalla maggior parte degli uffici)" } else { "" };
    let state = if result.closed { "anno chiuso" } else { "anno in corso" };
    let title = format!("{} · {} · {state}{why}", plan.ente, job.month.in_words());
    let mut lines = screen::wrap("", &title, width, 2);
    lines.extend(screen::wrap("File       ", &files(job), width, 2));
    let short = (!month_chosen_here).then(|| stops_before(job)).flatten();
    lines.extend(short.map(|words| screen::wrap("           ", &words, width, 2)).unwrap_or_default());
    lines.extend(screen::wrap("Mancano    ", &missing_offices(plan, job), width, 2));
    lines.extend(screen::wrap("Copertura  ", &coverage(job), width, 1));
    lines.extend(screen::wrap("Indicatori ", &statuses(job), width, 3));
    if let Some(degree) = &result.ente.official {
        let without = result
            .ente
            .without_missing
            .as_ref()
            .map_or(String::new(), |d| format!(" (senza i mancanti {})", d.to_italian_fixed(2)));
        let degree = degree.to_italian_fixed(2);
        lines.push(match result.ente.paced.as_ref().filter(|_| !result.closed) {
            Some(paced) => {
                format!("Grado ente {} sul passo · {degree} sul target dell'anno", paced.to_italian_fixed(2))
            }
            None => format!("Grado ente {degree}{without}"),
        });
    }
    lines.extend(since.map(|words| screen::wrap("", words, width, 4)).unwrap_or_default());
    lines.extend(screen::wrap("Rilievi    ", &severities(&job.checked.findings), width, 1));
    let room = LINES.saturating_sub(lines.len() + 1).min(WORST);
    lines.extend(worst(&job.checked.findings, room, width));
    lines.join("\n")
}

/// The first findings above *nota*, a line each, and where all of them stand in full: first those that keep a
/// whole file out, then in the order in which they are read.
fn worst(findings: &[Finding], room: usize, width: usize) -> Vec<String> {
    let mut serious: Vec<&Finding> = findings.iter().filter(|finding| worth_a_line(finding)).collect();
    serious.sort_by_key(|finding| finding.severity != Severity::Bloccante);
    // The notices of the plan are a block of their own, after what the offices can mend.
    let plan = serious.iter().position(|finding| finding.is_about_the_plan());
    let room = room.saturating_sub(usize::from(plan.is_some_and(|first| first + 1 < room)));
    let mut lines = Vec::new();
    for (place, finding) in serious.iter().take(room).enumerate() {
        if plan == Some(place) {
            lines.push("  Sul piano:".to_owned());
        }
        lines.push(screen::cut(&short_line(finding), width));
    }
    let hidden = serious.len().saturating_sub(room);
    if hidden > 0 {
        lines.push(format!(
            "  … e {}: tutti, per intero, nel foglio «Rilievi».",
            count(hidden, "altro", "altri")
        ));
    } else if !lines.is_empty() {
        lines.push("  Il testo intero di ciascuno è nel foglio «Rilievi».".to_owned());
    }
    lines
}

/// A finding in few words: `[R03 · ERRORE] unico_ambiente 4.2 giu: La parte supera il tutto (31 su 30)`.
fn short_line(finding: &Finding) -> String {
    // Of a file that nobody's office is known of, its name.
    let file = || finding.file.as_deref().map(clean);
    let office = finding.office.as_ref().map(ToString::to_string).or_else(file);
    let scheda = finding.scheda.map(|scheda| format!("scheda {scheda}"));
    let subject = finding.indicator.as_ref().map(ToString::to_string).or(scheda);
    let month = finding.month.map(|month| month.short().to_lowercase());
    let place: Vec<String> = [office, subject, month].into_iter().flatten().collect();
    let place = if place.is_empty() { String::new() } else { format!("{}: ", place.join(" ")) };
    let found = clean(&finding.found);
    let found = if found.is_empty() || found == "niente" { String::new() } else { format!(" ({found})") };
    let severity = finding.severity.label().to_uppercase();
    format!("  [{} · {severity}] {place}{}{found}", finding.rule.code, finding.rule.name)
}

/// That most of the files have nothing of the month yet, as those of another month would.
fn stops_before(job: &Job) -> Option<String> {
    let last = usual_month(&job.submissions).filter(|last| *last < job.month.month)?;
    let short = job.submissions.iter().filter(|own| own.last_month.is_none_or(|own| own < job.month.month));
    Some(format!(
        "{} su {} non hanno nessun dato di {}: i più si fermano a {}. Sono i file di un altro mese?",
        short.count(),
        job.submissions.len(),
        job.month.in_words(),
        last.name()
    ))
}

fn files(job: &Job) -> String {
    let accepted = job.files.iter().filter(|file| file.fate == Fate::Accepted).count();
    let others: Vec<String> = job
        .files
        .iter()
        .filter(|file| file.fate != Fate::Accepted)
        .map(|file| format!("{} ({})", clean(&file.name), fate(file)))
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
    let open = |severity| findings.iter().filter(move |f| f.is_open() && f.severity == severity);
    let number = |severity| open(severity).count();
    let told = open(Severity::DaMotivare).filter(|finding| finding.is_explained()).count();
    let told = if told == 0 {
        String::new()
    } else {
        format!(", di cui {}", count(told, "già motivato", "già motivati"))
    };
    let waived = findings.iter().filter(|finding| !finding.is_open()).count();
    let waived =
        if waived == 0 { String::new() } else { format!(" · {}", count(waived, "derogato", "derogati")) };
    format!(
        "{} · {} · {} da motivare{told} · {}{waived}",
        count(number(Severity::Bloccante), "bloccante", "bloccanti"),
        count(number(Severity::Errore), "errore", "errori"),
        number(Severity::DaMotivare),
        count(number(Severity::Nota), "nota", "note"),
    )
}

/// Whether it is shown in the summary: open, and more than information.
fn worth_a_line(finding: &Finding) -> bool {
    finding.is_open() && finding.severity > Severity::Nota
}

fn one_line(finding: &Finding) -> String {
    format!(
        "[{} · {}{}] {}",
        finding.rule.code,
        finding.severity.label().to_uppercase(),
        if finding.is_open() { "" } else { " · DEROGATO" },
        clean(&finding.message)
    )
}

/// The findings of one workbook from severity `least` up: by scheda, the most severe first.
pub(super) fn file_report(plan: &Plan, report: &FileReport, least: Severity) -> String {
    let office = report.file.office.as_ref().map_or("ufficio non riconosciuto", |id| plan.office_name(id));
    let mut lines = vec![format!("{} · {office} · {}", clean(&report.file.name), report.month.in_words())];
    let mut by_scheda: BTreeMap<Option<u8>, Vec<&Finding>> = BTreeMap::new();
    for finding in report.checked.findings.iter().filter(|finding| finding.severity >= least) {
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

/// What became of a file, in a few words on one line.
pub(super) fn fate(file: &Received) -> String {
    clean(&fate_words(file))
}

fn fate_words(file: &Received) -> String {
    match &file.fate {
        Fate::Accepted => "accettato".to_owned(),
        Fate::Refused(refusal) => refused(refusal),
        Fate::Foreign(seen) => format!("rifiutato: non è una cartella di lavoro delle schede ({seen})"),
        Fate::OtherPlan(found, expected) => format!("rifiutato: è di {found}, qui serve {expected}"),
        Fate::UnknownOffice(office, _) => format!("rifiutato: l'ufficio «{office}» non è nel piano"),
        Fate::SetAside(why) => {
            format!("messo da parte: con i suoi dati una prova del programma non riesce ({why})")
        }
        Fate::Misnamed(named) => {
            format!("rifiutato: ha il nome del file di {named}, ma il contenuto è di un altro ufficio")
        }
        Fate::CopyOf(original) => format!("copia identica di {original}, contata una volta"),
        Fate::Rival(others) => format!("fuori: lo stesso ufficio ha mandato anche {}", join_it(others)),
    }
}

fn refused(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Temporary => "ignorato: file temporaneo, nascosto o di sistema".to_owned(),
        Refusal::Unreadable(why) => format!("rifiutato: non si può leggere ({why})"),
        Refusal::Damaged(what) => format!("rifiutato: file danneggiato ({what})"),
        Refusal::Ambiguous(_) | Refusal::Envelope(_) => format!("rifiutato: {}", refusal_words(refusal)),
        Refusal::Encrypted => "rifiutato: è protetto da password".to_owned(),
        Refusal::Stray(kind) => format!("ignorato: non è un foglio di calcolo ({kind})"),
        Refusal::OtherKind(kind) => format!("rifiutato: è un file {kind}, salvalo come .xlsx"),
        Refusal::TooBig { what, limit, found } => format!("rifiutato: {what} {found}, il limite è {limit}"),
    }
}
