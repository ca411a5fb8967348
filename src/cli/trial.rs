//! `schede prova-controlli`: whether every check finds its own fault, at its cell, and nothing else.

use super::args::ProvaControlli;
use super::exit::Exit;
use super::inputs::inputs;
use super::load::{plan_text, understand_plan};
use super::speech::{Speech, Stop};
use super::{output, terminal};
use crate::check;
use crate::model::{Month, count};
use crate::pipeline::Halt;
use crate::trial::{Ground, Outcome, Verdict, clean_workbooks};

/// The months of the embedded year: one in the middle, one at the end.
const MONTHS: [u32; 2] = [6, 12];

/// Files by name, at a month.
type Files = (Vec<(String, Vec<u8>)>, Option<Month>);

pub(super) fn run(args: &ProvaControlli, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    let path = args.plan.piano.as_deref();
    let text = plan_text(path, speech)?;
    let plan = understand_plan(path, &text)?;
    if let Some(month) = args.mese.filter(|month| month.year != plan.year) {
        return Err(Stop::usage(format!(
            "Il piano è del {}: il mese {month} non gli appartiene.",
            plan.year
        )));
    }
    let grounds: Vec<Files> = match &args.folder {
        Some(folder) => {
            let (paths, _) = inputs(std::slice::from_ref(folder), args.quieto, speech)?;
            vec![(load(&paths)?, args.mese.map(|month| month.month))]
        }
        None => {
            let months = args.mese.map_or_else(|| MONTHS.to_vec(), |month| vec![month.month.number()]);
            let made = months.into_iter().filter_map(Month::new).map(|month| {
                let files = clean_workbooks(&plan, month).map_err(|_| {
                    Stop::usage("L'anno incluso nel programma è del piano 2019: con un altro piano indica una cartella.")
                })?;
                Ok((files, Some(month)))
            });
            made.collect::<Result<_, Stop>>()?
        }
    };
    let mut good = true;
    for (files, month) in grounds {
        let ground = Ground::new(&plan, &text, files, month).map_err(halted)?;
        let verdicts = ground.verdicts(check::ALL);
        speech.say(table(&ground, &verdicts, args.quieto));
        good &= verdicts.iter().all(|verdict| verdict.outcome.is_good());
    }
    Ok(if good { Exit::Done } else { Exit::Findings })
}

fn load(paths: &[std::path::PathBuf]) -> Result<Vec<(String, Vec<u8>)>, Stop> {
    let read = paths.iter().map(|path| {
        let bytes = std::fs::read(path).map_err(|error| {
            Stop::failed(format!("Non riesco a leggere «{}»: {}.", terminal::path(path), output::why(&error)))
        })?;
        let name = path.file_name().unwrap_or(path.as_os_str());
        Ok((name.to_string_lossy().into_owned(), bytes))
    });
    read.collect()
}

fn halted(halt: Halt) -> Stop {
    match halt {
        Halt::NothingReadable => {
            Stop::failed("Nella cartella non c'è nessun file che si possa leggere come quello di un ufficio.")
        }
        Halt::NoMonth => Stop::usage(
            "Le cartelle sono ancora in bianco: indica il mese con --mese, per esempio --mese 2019-06.",
        ),
    }
}

/// The table: a line for each fault, then the account.
fn table(ground: &Ground<'_>, verdicts: &[Verdict], only_wrong: bool) -> String {
    let head = format!(
        "{} · {} · {} prima dei guasti",
        ground.month().in_words(),
        count(ground.files(), "file", "file"),
        count(ground.baseline().len(), "rilievo", "rilievi")
    );
    let title = |verdict: &Verdict| format!("{} · {}", verdict.rule.code, verdict.rule.name);
    let shown: Vec<&Verdict> =
        verdicts.iter().filter(|verdict| !only_wrong || !verdict.outcome.is_good()).collect();
    let width = shown.iter().map(|verdict| title(verdict).chars().count()).max().unwrap_or(0).max(6);
    let mut lines = vec![head];
    if !shown.is_empty() {
        lines.push(format!("{:width$}  trovato  casella  altri rilievi", "guasto"));
    }
    lines.extend(shown.iter().map(|verdict| format!("{:width$}  {}", title(verdict), row(&verdict.outcome))));
    lines.push(account(verdicts));
    lines.join("\n")
}

fn row(outcome: &Outcome) -> String {
    let yes = |yes: &bool| if *yes { "sì" } else { "NO" };
    match outcome {
        Outcome::NoFault => "senza guasto".to_owned(),
        Outcome::NotApplicable(why) => format!("non applicabile: {why}"),
        Outcome::NotPlanted(why) => format!("non messo: {why}"),
        Outcome::Judged { found, exact, extra, together } => {
            let extra = if extra.is_empty() { "nessuno".to_owned() } else { extra.join(", ") };
            let known = if together.is_empty() {
                String::new()
            } else {
                format!(" (previsti: {})", together.join(", "))
            };
            format!("{:7}  {:7}  {extra}{known}", yes(found), yes(exact))
        }
    }
}

fn account(verdicts: &[Verdict]) -> String {
    let many = |wanted: &dyn Fn(&Outcome) -> bool| {
        verdicts.iter().filter(|verdict| wanted(&verdict.outcome)).count()
    };
    let planted = many(&|outcome| matches!(outcome, Outcome::Judged { .. }));
    let mut parts = vec![
        format!(
            "{} su {planted}",
            count(many(&|o| matches!(o, Outcome::Judged { found: true, .. })), "trovato", "trovati")
        ),
        format!("{} alla casella esatta", many(&|o| matches!(o, Outcome::Judged { exact: true, .. }))),
        format!(
            "{} con altri rilievi",
            many(&|o| matches!(o, Outcome::Judged { extra, .. } if !extra.is_empty()))
        ),
    ];
    for (number, one, more) in [
        (many(&|o| matches!(o, Outcome::NotApplicable(_))), "non applicabile", "non applicabili"),
        (many(&|o| matches!(o, Outcome::NotPlanted(_))), "non messo", "non messi"),
        (many(&|o| matches!(o, Outcome::NoFault)), "controllo senza guasto", "controlli senza guasto"),
    ] {
        if number > 0 {
            parts.push(count(number, one, more));
        }
    }
    format!("Guasti: {}.", parts.join(" · "))
}
