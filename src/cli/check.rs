//! `schede controlla`: the findings of single workbooks.

use super::args::Controlla;
use super::exit::Exit;
use super::inputs::inputs;
use super::json::give_json;
use super::load::load_plan_with;
use super::progress::Progress;
use super::speech::{Speech, Stop};
use super::{last_year, output, previous, render};
use crate::model::Severity;
use crate::pipeline::{Asked, FileReport, check_files};
use crate::report;
use crate::write::templates;

pub(super) fn run(args: &Controlla, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    let plan = load_plan_with(&args.plan, args.deroghe.deroghe.as_deref(), &args.files, speech)?;
    if let Some(month) = args.mese.filter(|month| month.year != plan.year) {
        return Err(Stop::usage(format!(
            "Il piano è del {}: il mese {month} non gli appartiene.",
            plan.year
        )));
    }
    let plan = last_year::with(plan, args.anno_precedente.as_deref())?;
    let previous = previous::read(&plan, args.precedente.as_deref(), args.mese)?;
    let (paths, missing) = inputs(&args.files, args.quieto, speech)?;
    let json = args.json.as_deref().map(|path| (path, "--json"));
    output::spare(&paths, args.plan.piano.as_deref(), json).map_err(Stop::usage)?;
    let mut progress = Progress::new(args.quieto);
    let asked = Asked { month: args.mese.map(|m| m.month), previous };
    let reports = check_files(&plan, &paths, &asked, &templates(&plan), &mut |event| progress.note(event));
    if let Some(to) = &args.json {
        give_json(&report::files_to_json(&reports), to, speech)?;
    } else {
        let least = if args.quieto { Severity::Errore } else { Severity::Nota };
        for report in reports.iter().filter(|report| !args.quieto || is_serious(report)) {
            speech.say(render::file_report(&plan, report, least));
        }
    }
    let exit = if reports.iter().any(is_serious) { Exit::Findings } else { Exit::Done };
    Ok(missing.end(exit, speech))
}

fn is_serious(report: &FileReport) -> bool {
    report.checked.findings.iter().any(|f| f.is_open() && f.severity >= Severity::Errore)
}
