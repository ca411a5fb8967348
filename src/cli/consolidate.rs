//! `schede consolida`: the monthly job.

use std::path::{Path, PathBuf};

use super::args::Consolida;
use super::progress::Progress;
use super::{Exit, Speech, Stop, give_json, inputs, load_plan, output, render};
use crate::check;
use crate::interpret::Received;
use crate::model::Severity;
use crate::pipeline::{Event, Halt, Job, run as run_pipeline};
use crate::plan::Plan;
use crate::report::{Run, report, to_json};
use crate::write::{consolidated_workbook, templates};

pub(super) fn run(args: &Consolida, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    let plan = load_plan(args.plan.piano.as_deref())?;
    if let Some(month) = args.mese.filter(|month| month.year != plan.year) {
        return Err(Stop::usage(format!(
            "Il piano è del {}: il mese {month} non gli appartiene.",
            plan.year
        )));
    }
    let paths = inputs(&args.inputs, speech)?;
    let mut progress = Progress::new(args.quieto);
    let month = args.mese.map(|m| m.month);
    let job = run_pipeline(&plan, &paths, month, &templates(&plan), &mut |event| progress.note(event))
        .map_err(|(halt, files)| halted(halt, &files))?;
    progress.note(Event::Writing);
    let target =
        args.output.clone().unwrap_or_else(|| PathBuf::from(format!("consolidato-{}.xlsx", job.month)));
    write_results(&plan, &job, args, &target, &paths, speech)?;
    if args.json.as_deref() != Some(Path::new("-")) {
        let chosen = args.mese.is_none();
        speech.say(render::summary(&plan, &job, chosen));
        speech.say(format!(
            "Consolidato scritto in {}: aprilo e parti dal foglio «Sintesi».",
            target.display()
        ));
    }
    let serious = job.checked.findings.iter().any(|finding| finding.severity >= Severity::Errore);
    Ok(if args.rigoroso && serious { Exit::Findings } else { Exit::Done })
}

fn write_results(
    plan: &Plan,
    job: &Job,
    args: &Consolida,
    target: &Path,
    inputs: &[PathBuf],
    speech: &mut Speech<'_>,
) -> Result<(), Stop> {
    if inputs.iter().any(|input| same_file(input, target)) {
        return Err(Stop::usage(format!(
            "«{}» è uno dei file degli uffici: scegli un altro nome con -o.",
            target.display()
        )));
    }
    let rules: Vec<&'static crate::model::Rule> = check::rules().collect();
    let run = Run {
        plan,
        consolidation: &job.consolidation,
        checked: &job.checked,
        rules: &rules,
        files: &job.files,
        submissions: &job.submissions,
        admitted: &job.admitted,
    };
    let bytes = consolidated_workbook(&report(&run)).map_err(|error| Stop::failed(error.to_string()))?;
    output::write(target, &bytes).map_err(Stop::failed)?;
    match &args.json {
        Some(to) => give_json(&to_json(&run), to, speech),
        None => Ok(()),
    }
}

fn same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

fn halted(halt: Halt, files: &[Received]) -> Stop {
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
