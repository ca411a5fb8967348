//! `schede consolida`: the monthly job.

use std::path::{Path, PathBuf};

use super::args::Consolida;
use super::progress::Progress;
use super::{Exit, Speech, Stop, give_json, inputs, load_plan_with, output, render, screen};
use crate::check;
use crate::interpret::Received;
use crate::model::{Rule, Severity};
use crate::pipeline::{Event, Halt, Job, run as run_pipeline};
use crate::plan::Plan;
use crate::report::{Run, report, to_json};
use crate::write::{consolidated_workbook, templates};

pub(super) fn run(args: &Consolida, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    let plan = load_plan_with(&args.plan, args.deroghe.deroghe.as_deref())?;
    if let Some(month) = args.mese.filter(|month| month.year != plan.year) {
        return Err(Stop::usage(format!(
            "Il piano è del {}: il mese {month} non gli appartiene.",
            plan.year
        )));
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
    progress.note(Event::Writing);
    let target =
        args.output.clone().unwrap_or_else(|| PathBuf::from(format!("consolidato-{}.xlsx", job.month)));
    let targets = [Some((target.as_path(), "-o")), args.json.as_deref().map(|path| (path, "--json"))];
    output::spare(&paths, args.plan.piano.as_deref(), targets.into_iter().flatten()).map_err(Stop::usage)?;
    write_results(&plan, &job, args, &target, speech)?;
    if !args.quieto {
        let mut said = render::summary(&plan, &job, args.mese.is_none(), screen::width());
        said.push_str(&format!(
            "\nConsolidato scritto in {}: aprilo e parti dal foglio «Sintesi».",
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
    args: &Consolida,
    target: &Path,
    speech: &mut Speech<'_>,
) -> Result<(), Stop> {
    output::write(target, &workbook_of(plan, job)?).map_err(Stop::failed)?;
    let rules: Vec<&'static Rule> = check::rules().collect();
    match &args.json {
        Some(to) => give_json(&to_json(&of_job(plan, job, &rules)), to, speech),
        None => Ok(()),
    }
}

/// The bytes of the consolidated workbook of a job.
pub(super) fn workbook_of(plan: &Plan, job: &Job) -> Result<Vec<u8>, Stop> {
    let rules: Vec<&'static Rule> = check::rules().collect();
    consolidated_workbook(&report(&of_job(plan, job, &rules)))
        .map_err(|error| Stop::failed(error.to_string()))
}

fn of_job<'a>(plan: &'a Plan, job: &'a Job, rules: &'a [&'static Rule]) -> Run<'a> {
    Run {
        plan,
        consolidation: &job.consolidation,
        checked: &job.checked,
        rules,
        files: &job.files,
        submissions: &job.submissions,
        admitted: &job.admitted,
    }
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
