//! `schede consolida`: the monthly job.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::args::Consolida;
use super::exit::Exit;
use super::folder::Folder;
use super::inputs::inputs;
use super::json::{json_text, put_json};
use super::last_issue::{all_there, ask_for_the_act, may_be_final, not_december};
use super::load::load_plan_with;
use super::progress::Progress;
use super::returns::{self, Returns};
use super::speech::{Speech, Stop};
use super::{data, last_year, output, previous, render, replace, screen, terminal};
use crate::certify::Run;
use crate::check;
use crate::interpret::Received;
use crate::model::{Rule, Severity, YearMonth};
use crate::pipeline::{Asked, Event, Halt, Job, run as run_pipeline};
use crate::plan::Plan;
use crate::proof::{Failure, Issue, Unissued, explained, issue};
use crate::report::{since_last_month, to_json};
use crate::write::templates;

pub(super) fn run(args: &Consolida, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    let plan = load_plan_with(&args.plan, args.deroghe.deroghe.as_deref(), &args.inputs, speech)?;
    makes_sense(args, &plan)?;
    let plan = last_year::with(plan, args.anno_precedente.as_deref())?;
    last_year::tell_missing(&plan, speech);
    let previous = previous::read(&plan, args.precedente.as_deref(), args.mese)?;
    previous::tell_closed(&plan, args.precedente.as_deref(), speech);
    previous::tell_strangers(&plan, previous.as_deref(), speech);
    previous::tell_lost(previous.as_deref(), speech);
    let (paths, missing) = inputs(&args.inputs, args.quieto, speech)?;
    let paths = previous::without(paths, args.precedente.as_deref());
    let paths = previous::without(paths, args.anno_precedente.as_deref());
    if args.definitivo {
        all_there(&missing)?;
    }
    let mut progress = Progress::new(args.quieto);
    let asked = Asked { month: args.mese.map(|m| m.month), previous };
    let (plan, job) = of_month(plan, &paths, &asked, &mut |event| progress.note(event))
        .map_err(|(halt, files)| missing.before(halted(halt, &files)))?;
    previous::comes_before(&plan, &job, args.precedente.as_deref())?;
    if args.definitivo {
        may_be_final(&plan, &job)?;
        ask_for_the_act(&plan, speech);
    }
    progress.note(Event::Writing);
    let unnamed = || args.beside.clone().unwrap_or_default().join(default_name(job.month, args.definitivo));
    let target = args.output.clone().unwrap_or_else(unnamed);
    let targets = [Some((target.as_path(), "-o")), args.json.as_deref().map(|path| (path, "--json"))];
    output::spare(&paths, args.plan.piano.as_deref(), targets.into_iter().flatten()).map_err(Stop::usage)?;
    for (folder, option) in [(&args.ritorni, "--ritorni"), (&args.dati, "--dati")] {
        let apart = |folder: &PathBuf| output::apart(&paths, folder, option).map_err(Stop::usage);
        folder.as_ref().map_or(Ok(()), apart)?;
    }
    let (job, issue) = issue_of(&plan, job, args.definitivo, args.stampa.unwrap_or(false))?;
    let beside = Beside::prepare(&plan, &job, args)?;
    let own = beside.targets();
    let all = own.iter().map(|(path, option)| (path.as_path(), *option));
    output::spare(&paths, args.plan.piano.as_deref(), targets.into_iter().flatten().chain(all))
        .map_err(Stop::usage)?;
    write_results(&plan, &job, &issue, args, &target, speech)?;
    let written = beside.write(args)?;
    if !args.quieto {
        let said = summary(&plan, &job, args, &target, &written);
        // Standard output belongs to the machines, when they asked for it.
        if args.json.as_deref() == Some(Path::new("-")) { speech.wrong(said) } else { speech.say(said) }
    }
    let serious = job.checked.findings.iter().any(|f| f.is_open() && f.severity >= Severity::Errore);
    let exit = if args.rigoroso && serious { Exit::Findings } else { Exit::Done };
    Ok(missing.end(exit, speech))
}

/// Refuses what cannot be, before any file is read.
fn makes_sense(args: &Consolida, plan: &Plan) -> Result<(), Stop> {
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
    Ok(())
}

/// What was found and what was written, in words.
fn summary(plan: &Plan, job: &Job, args: &Consolida, target: &Path, written: &[String]) -> String {
    let rules: Vec<&'static Rule> = check::rules_after(job.previous.is_some()).collect();
    let since = since_last_month(&Run::of_job(plan, job, &rules, args.definitivo));
    let chosen_here = args.mese.is_none();
    let mut said = render::summary(plan, job, since.as_deref(), chosen_here, screen::width());
    said.push_str(&format!(
        "\n{} in {}: aprilo e parti dal foglio «Sintesi».",
        if args.definitivo { "Emissione definitiva scritta" } else { "Consolidato scritto" },
        terminal::path(target)
    ));
    said.extend(last_year::taken(plan).map(|words| format!("\n{words}")));
    said.extend(written.iter().map(|words| format!("\n{words}")));
    said
}

/// The folders that are written beside the workbook, where they are asked for.
struct Beside {
    returns: Option<Returns>,
    data: Option<Folder>,
}

impl Beside {
    /// Prepares everything, so that nothing is written when something cannot be.
    fn prepare(plan: &Plan, job: &Job, args: &Consolida) -> Result<Self, Stop> {
        let returns = |place: &PathBuf| returns::prepare(plan, job, place, args.sovrascrivi);
        let returns = args.ritorni.as_ref().map(returns).transpose()?;
        let rules: Vec<&'static Rule> = check::rules_after(job.previous.is_some()).collect();
        let run = Run::of_job(plan, job, &rules, args.definitivo);
        let data = |place: &PathBuf| data::prepare(&run, place, args.sovrascrivi);
        Ok(Self { returns, data: args.dati.as_ref().map(data).transpose()? })
    }

    /// Where everything will be, each with its option.
    fn targets(&self) -> Vec<(PathBuf, &'static str)> {
        let returns = self.returns.iter().flat_map(Returns::targets);
        returns.chain(self.data.iter().flat_map(Folder::targets)).collect()
    }

    /// Writes everything, and says what.
    fn write(&self, args: &Consolida) -> Result<Vec<String>, Stop> {
        let mut said = Vec::new();
        if let Some(returns) = &self.returns {
            said.push(returns.write()?);
        }
        if let (Some(data), Some(place)) = (&self.data, &args.dati) {
            data.write()?;
            said.push(data::said(place, data));
        }
        Ok(said)
    }
}

/// The job of the month with the plan as it stands in it. A month that the files tell may come before a
/// revision: then they are laid again beside the workbooks of the plan of then.
pub(super) fn of_month(
    plan: Plan,
    paths: &[PathBuf],
    asked: &Asked,
    events: &mut dyn FnMut(Event<'_>),
) -> Result<(Plan, Job), (Halt, Vec<Received>)> {
    let plan = asked.month.map(|month| plan.at(month).into_owned()).unwrap_or(plan);
    let job = run_pipeline(&plan, paths, asked.clone(), &templates(&plan), events)?;
    let month = job.month.month;
    let Cow::Owned(then) = plan.at(month) else { return Ok((plan, job)) };
    let asked = Asked { month: Some(month), previous: asked.previous.clone() };
    let job = run_pipeline(&then, paths, asked, &templates(&then), events)?;
    Ok((then, job))
}

/// The name of a result that was given none: what is final has a name of its own.
fn default_name(month: YearMonth, definitive: bool) -> PathBuf {
    PathBuf::from(if definitive {
        format!("consolidato-{}-definitivo.xlsx", month.year)
    } else {
        format!("consolidato-{month}.xlsx")
    })
}

/// Writes workbook and JSON; when one of them would take the place of what it must not, neither.
fn write_results(
    plan: &Plan,
    job: &Job,
    issue: &Issue,
    args: &Consolida,
    target: &Path,
    speech: &mut Speech<'_>,
) -> Result<(), Stop> {
    let workbook = &issue.bytes;
    let rules: Vec<&'static Rule> = check::rules_after(job.previous.is_some()).collect();
    let json = |to| Some((to, json_text(&to_json(&Run::of_job(plan, job, &rules, args.definitivo)))));
    let json = match args.json.as_deref().and_then(json) {
        Some((to, text)) => Some((to, text?)),
        None => None,
    };
    if !args.sovrascrivi {
        let unasked =
            |why: String| Stop::failed(format!("{why}, oppure aggiungi --sovrascrivi per perderlo."));
        replace::workbook(target, workbook).map_err(unasked)?;
        if let Some((to, text)) = json.as_ref().filter(|(to, _)| *to != Path::new("-")) {
            replace::json(to, text.as_bytes()).map_err(unasked)?;
        }
    }
    output::write(target, workbook, "-o").map_err(Stop::failed)?;
    match json {
        Some((to, text)) => put_json(&text, to, speech),
        None => Ok(()),
    }
}

/// The consolidated workbook of a job, proven; with the job as it is issued: without what cannot be proven,
/// when that is something that an office sent. A month with something set aside is not final.
pub(super) fn issue_of(
    plan: &Plan,
    job: Job,
    definitive: bool,
    prints_all: bool,
) -> Result<(Job, Issue), Stop> {
    let rules: Vec<&'static Rule> = check::rules_after(job.previous.is_some()).collect();
    let unissued = match issue(&Run::of_job(plan, &job, &rules, definitive).printing(prints_all)) {
        Ok(issue) => return Ok((job, issue)),
        Err(unissued) => unissued,
    };
    // What cannot be written is nobody's input.
    let explained = match &unissued {
        Unissued::Write(_) => None,
        Unissued::Unproven(_) => explained(plan, &job, &unissued),
    };
    let Some(job) = explained else { return Err(not_issued(unissued)) };
    if definitive {
        may_be_final(plan, &job)?;
    }
    let issue =
        issue(&Run::of_job(plan, &job, &rules, definitive).printing(prints_all)).map_err(not_issued)?;
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
        failures.iter().map(|one| format!("  {}", terminal::clean(&one.to_string()))).collect();
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
            let lines: Vec<String> = files
                .iter()
                .map(|file| format!("  {}: {}", terminal::clean(&file.name), render::fate(file)))
                .collect();
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
