//! `schede consolida`: the monthly job.

use std::path::{Path, PathBuf};

use super::args::Consolida;
use super::progress::Progress;
use super::{Exit, Speech, Stop, give_json, inputs, load_plan_with, output, render, screen};
use crate::check;
use crate::interpret::Received;
use crate::model::{Rule, Severity, YearMonth};
use crate::pipeline::{Event, Halt, Job, run as run_pipeline};
use crate::plan::Plan;
use crate::proof::{Failure, Issue, Unissued, explained, issue};
use crate::report::{Run, obstacles, to_json};
use crate::write::templates;

pub(super) fn run(args: &Consolida, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    let plan = load_plan_with(&args.plan, args.deroghe.deroghe.as_deref())?;
    if let Some(month) = args.mese.filter(|month| month.year != plan.year) {
        return Err(Stop::usage(format!(
            "Il piano è del {}: il mese {month} non gli appartiene.",
            plan.year
        )));
    }
    if let Some(month) = args.mese.filter(|month| args.definitivo && !month.closes_year()) {
        return Err(not_december(month));
    }
    if args.output.as_deref().is_some_and(|path| !output::is_workbook(path)) {
        return Err(Stop::usage(
            "Il consolidato è una cartella .xlsx: dai a -o un nome che finisce in .xlsx.",
        ));
    }
    let paths = inputs(&args.inputs, args.quieto, speech)?;
    let mut progress = Progress::new(args.quieto);
    let month = args.mese.map(|m| m.month);
    let job = run_pipeline(&plan, &paths, month, &templates(&plan), &mut |event| progress.note(event))
        .map_err(|(halt, files)| halted(halt, &files))?;
    if args.definitivo {
        may_be_final(&plan, &job)?;
    }
    progress.note(Event::Writing);
    let target =
        args.output.clone().unwrap_or_else(|| PathBuf::from(format!("consolidato-{}.xlsx", job.month)));
    let targets = [Some((target.as_path(), "-o")), args.json.as_deref().map(|path| (path, "--json"))];
    output::spare(&paths, args.plan.piano.as_deref(), targets.into_iter().flatten()).map_err(Stop::usage)?;
    let (job, issue) = issue_of(&plan, job, args.definitivo)?;
    write_results(&plan, &job, &issue, args, &target, speech)?;
    if !args.quieto {
        let mut said = render::summary(&plan, &job, args.mese.is_none(), screen::width());
        said.push_str(&format!(
            "\n{} in {}: aprilo e parti dal foglio «Sintesi».",
            if args.definitivo { "Emissione definitiva scritta" } else { "Consolidato scritto" },
            target.display()
        ));
        // Standard output belongs to the machines, when they asked for it.
        if args.json.as_deref() == Some(Path::new("-")) { speech.wrong(said) } else { speech.say(said) }
    }
    let serious = job.checked.findings.iter().any(|f| f.is_open() && f.severity >= Severity::Errore);
    Ok(if args.rigoroso && serious { Exit::Findings } else { Exit::Done })
}

fn write_results(
    plan: &Plan,
    job: &Job,
    issue: &Issue,
    args: &Consolida,
    target: &Path,
    speech: &mut Speech<'_>,
) -> Result<(), Stop> {
    output::write(target, &issue.bytes).map_err(Stop::failed)?;
    let rules: Vec<&'static Rule> = check::rules().collect();
    match &args.json {
        Some(to) => give_json(&to_json(&Run::of_job(plan, job, &rules, args.definitivo)), to, speech),
        None => Ok(()),
    }
}

fn not_december(month: YearMonth) -> Stop {
    Stop::usage(format!(
        "L'emissione definitiva si fa solo per dicembre, ad anno chiuso: qui il mese è {}. Togli --definitivo, \
         oppure indica --mese {}-12.",
        month.in_words(),
        month.year
    ))
}

/// Refuses the final issue of another month than December, or with something open.
fn may_be_final(plan: &Plan, job: &Job) -> Result<(), Stop> {
    if !job.month.closes_year() {
        return Err(not_december(job.month));
    }
    let Some(open) = still_open(plan, job) else { return Ok(()) };
    let message = format!(
        "L'emissione definitiva non si può fare: {open}\nNon è stato scritto niente. \
         Per ciascuno: correggi il file dell'ufficio e ripeti, oppure scrivi nel piano una decisione \
         ([[decisioni]]) o una deroga ([[deroghe]])."
    );
    Err(Stop { exit: Exit::Findings, message })
}

/// Why a month cannot be issued as final, with the list of what is open; `None` when it can.
pub(super) fn not_final(plan: &Plan, job: &Job) -> Option<String> {
    if job.month.closes_year() {
        still_open(plan, job)
    } else {
        Some(format!("{} non chiude l'anno.", job.month.in_words()))
    }
}

/// What keeps a December open: how much, then line by line.
fn still_open(plan: &Plan, job: &Job) -> Option<String> {
    let rules: Vec<&'static Rule> = check::rules().collect();
    let open = obstacles(&Run::of_job(plan, job, &rules, true));
    let how_many = match open.as_slice() {
        [] => return None,
        [_] => "resta aperto 1 punto".to_owned(),
        open => format!("restano aperti {} punti", open.len()),
    };
    let lines: Vec<String> =
        open.iter().map(|one| format!("  {}", render::clean(&one.to_string()))).collect();
    Some(format!("{how_many}.\n{}", lines.join("\n")))
}

/// The consolidated workbook of a job, proven; with the job as it is issued: without what cannot be proven, when that is
/// something that an office sent. A month with something set aside is not final.
pub(super) fn issue_of(plan: &Plan, job: Job, definitive: bool) -> Result<(Job, Issue), Stop> {
    let rules: Vec<&'static Rule> = check::rules().collect();
    let unissued = match issue(&Run::of_job(plan, &job, &rules, definitive)) {
        Ok(issue) => return Ok((job, issue)),
        Err(unissued) => unissued,
    };
    let Some(job) = explained(plan, &job, &unissued) else { return Err(not_issued(unissued)) };
    if definitive {
        may_be_final(plan, &job)?;
    }
    let issue = issue(&Run::of_job(plan, &job, &rules, definitive)).map_err(not_issued)?;
    Ok((job, issue))
}

fn not_issued(unissued: Unissued) -> Stop {
    match unissued {
        Unissued::Write(error) => Stop::failed(error.to_string()),
        Unissued::Unproven(failures) => unproven(&failures),
    }
}

fn unproven(failures: &[Failure]) -> Stop {
    let lines: Vec<String> =
        failures.iter().map(|one| format!("  {}", render::clean(&one.to_string()))).collect();
    Stop::failed(format!(
        "Il programma ha trovato un errore in sé stesso: il consolidato non è stato scritto.\n{}\n\
         Gli uffici non c'entrano: segnala questo messaggio a chi cura il programma, con i file che l'hanno prodotto.",
        lines.join("\n")
    ))
}

pub(super) fn halted(halt: Halt, files: &[Received]) -> Stop {
    match halt {
        Halt::NothingReadable if files.is_empty() => Stop::failed(
            "Nella cartella non c'è nessun file: mettici le cartelle di lavoro degli uffici e riprova.",
        ),
        Halt::NothingReadable => {
            let lines: Vec<String> =
                files.iter().map(|file| format!("  {}: {}", file.name, render::fate(file))).collect();
            Stop::failed(format!(
                "Nessun file si può leggere come cartella di lavoro di un ufficio:\n{}",
                lines.join("\n")
            ))
        }
        Halt::NoMonth => Stop::usage(
            "Le cartelle sono ancora in bianco: indica il mese con --mese, per esempio --mese 2019-06.",
        ),
    }
}
