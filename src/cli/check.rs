//! `schede controlla`: the findings of single workbooks.

use super::args::Controlla;
use super::progress::Progress;
use super::{Exit, Speech, Stop, give_json, inputs, load_plan, render};
use crate::model::Severity;
use crate::pipeline::{FileReport, check_files};
use crate::report;
use crate::write::templates;

pub(super) fn run(args: &Controlla, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    let plan = load_plan(args.plan.piano.as_deref())?;
    if let Some(month) = args.mese.filter(|month| month.year != plan.year) {
        return Err(Stop::usage(format!(
            "Il piano è del {}: il mese {month} non gli appartiene.",
            plan.year
        )));
    }
    let paths = inputs(&args.files, speech)?;
    let mut progress = Progress::new(args.quieto);
    let month = args.mese.map(|m| m.month);
    let reports = check_files(&plan, &paths, month, &templates(&plan), &mut |event| progress.note(event));
    if let Some(to) = &args.json {
        give_json(&report::files_to_json(&reports), to, speech)?;
    } else {
        for report in &reports {
            speech.say(render::file_report(&plan, report));
        }
    }
    Ok(if reports.iter().any(is_serious) { Exit::Findings } else { Exit::Done })
}

fn is_serious(report: &FileReport) -> bool {
    report.checked.findings.iter().any(|finding| finding.severity >= Severity::Errore)
}
