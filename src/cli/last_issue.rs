//! What stands before a final issue: December, nothing open, and what to write in the plan to close what is.

use std::collections::BTreeSet;

use super::exit::Exit;
use super::inputs::Missing;
use super::speech::{Speech, Stop};
use super::terminal;
use crate::certify::{Answer, Obstacle, Run, obstacles, unapproved};
use crate::check;
use crate::model::{Rule, YearMonth, capital};
use crate::pipeline::{Asked, Job, run_on};
use crate::plan::Plan;

/// What stands over the blocks: everything from here on can be pasted as it is.
const HOW_TO_PASTE: &str = "\
# Da incollare in fondo al piano, con «motivo» e «chi» riempiti (le sole deroghe anche in un file per --deroghe).
# Una deroga accetta il dato che c'è, per il valore trovato; se non è da accettare, al suo posto ci va una decisione
# sull'indicatore, oppure il file corretto. Dove un valore non c'è, una deroga non lo dà.";

/// How often the month is computed again to see what answers bring to light.
const ROUNDS: usize = 8;

pub(super) fn not_december(month: YearMonth) -> Stop {
    Stop::usage(format!(
        "L'emissione definitiva si fa solo per dicembre, ad anno chiuso: qui il mese è {}. Togli --definitivo, \
         oppure indica --mese {}-12.",
        month.in_words(),
        month.year
    ))
}

/// A final issue is made from all that was asked for, or not at all.
pub(super) fn all_there(missing: &Missing) -> Result<(), Stop> {
    let Some(words) = &missing.0 else { return Ok(()) };
    Err(Stop::failed(format!(
        "{words}\nL'emissione definitiva si fa solo con tutto ciò che è indicato: non ho scritto nulla."
    )))
}

/// Refuses the final issue of another month than December, or with something open.
pub(super) fn may_be_final(plan: &Plan, job: &Job) -> Result<(), Stop> {
    if !job.month.closes_year() {
        return Err(not_december(job.month));
    }
    let open = open_points(plan, job);
    if open.is_empty() {
        return Ok(());
    }
    let act = unapproved(plan).map(|why| format!("\n\n{}", act_words(why, plan.year))).unwrap_or_default();
    let message = format!(
        "L'emissione definitiva non si può fare: {}\nNon è stato scritto niente. \
         Per ciascuno: correggi il file dell'ufficio e ripeti, oppure scrivi nel piano una decisione \
         ([[decisioni]]) o una deroga ([[deroghe]]).{act}\n\n{}",
        listed(&open),
        to_paste(plan, job, open)
    );
    Err(Stop { exit: Exit::Findings, message })
}

/// Asks for the act that approved the plan, when it does not say it: what is issued without says so.
pub(super) fn ask_for_the_act(plan: &Plan, speech: &mut Speech<'_>) {
    if let Some(why) = unapproved(plan) {
        speech.wrong(format!(
            "{} Senza, l'emissione dice in copertina e nell'attestazione che non sono indicati.",
            act_words(why, plan.year)
        ));
    }
}

/// What to write, and where: it stands at the head of the plan, never among what is pasted at its foot.
fn act_words(why: &str, year: i32) -> String {
    format!(
        "{}: scrivi in testa al file del piano (quello di --piano) organo, numero e data dell'atto, per esempio \
         delibera = \"Giunta n. 1 del 31/1/{year}\". I modelli già inviati agli uffici restano validi. Il piano incluso nel \
         programma non li ha: «schede inizia» ne scrive una copia, piano.toml.",
        capital(why)
    )
}

/// Why a month cannot be issued as final, with the list of what is open; `None` when it can.
pub(super) fn not_final(plan: &Plan, job: &Job) -> Option<String> {
    if !job.month.closes_year() {
        return Some(format!("{} non chiude l'anno.", job.month.in_words()));
    }
    let open = open_points(plan, job);
    (!open.is_empty()).then(|| listed(&open))
}

fn open_points(plan: &Plan, job: &Job) -> Vec<Obstacle> {
    let rules: Vec<&'static Rule> = check::rules_after(job.previous.is_some()).collect();
    obstacles(&Run::of_job(plan, job, &rules, true))
}

/// What is open: how much, then line by line.
fn listed(open: &[Obstacle]) -> String {
    let how_many = match open {
        [_] => "resta aperto 1 punto".to_owned(),
        open => format!("restano aperti {} punti", open.len()),
    };
    let lines: Vec<String> =
        open.iter().map(|one| format!("  {}", terminal::clean(&one.to_string()))).collect();
    format!("{how_many}.\n{}", lines.join("\n"))
}

/// What to paste, point by point. The month is computed again with the answers given, because a value that is
/// accepted can bring to light what was hidden behind it: those points are answered too.
fn to_paste(plan: &Plan, job: &Job, mut open: Vec<Obstacle>) -> String {
    let mut answering = Answering { plan: plan.clone(), given: BTreeSet::new(), earlier: BTreeSet::new() };
    let mut blocks = vec![HOW_TO_PASTE.to_owned()];
    for round in 0..ROUNDS {
        if round > 0 {
            blocks.push("# Con quelli sopra si vede anche questo:".to_owned());
        }
        blocks.extend(open.iter().map(|point| answering.block(point)));
        if answering.given.len() == answering.earlier.len() {
            break;
        }
        answering.earlier.clone_from(&answering.given);
        let received = (job.files.clone(), job.submissions.clone());
        let asked = Asked { month: Some(job.month.month), previous: job.previous.clone() };
        let Ok(again) = run_on(&answering.plan, received, asked, &mut |_| ()) else { break };
        open = open_points(&answering.plan, &again);
        if open.is_empty() {
            break;
        }
    }
    blocks.join("\n\n")
}

/// The plan as it would be with the answers given so far.
struct Answering {
    plan: Plan,
    given: BTreeSet<Answer>,
    /// Those with which the month was computed last.
    earlier: BTreeSet<Answer>,
}

impl Answering {
    /// A point with what closes it: its own answers, or, where they were given and did not, decisions on its
    /// indicators.
    fn block(&mut self, point: &Obstacle) -> String {
        let decided: Vec<Answer> = point.indicators.iter().cloned().map(Answer::Decision).collect();
        let open = |answers: &[Answer]| answers.iter().any(|answer| !self.earlier.contains(answer));
        let chosen = [&point.answers, &decided].into_iter().find(|answers| open(answers));
        let mut lines = vec![format!("# {}", terminal::clean(&point.to_string()))];
        let Some(chosen) = chosen else {
            lines.push("# Nessun blocco lo chiude: correggi il file, o toglilo dalla cartella.".to_owned());
            return lines.join("\n");
        };
        let year = self.plan.year;
        let fresh: Vec<&Answer> = chosen.iter().filter(|answer| !self.given.contains(*answer)).collect();
        if fresh.is_empty() {
            lines.push("# Lo chiude un blocco già scritto sopra.".to_owned());
        }
        lines.extend(fresh.iter().map(|answer| answer.toml(year)));
        for answer in fresh {
            answer.give(&mut self.plan);
        }
        self.given.extend(chosen.iter().cloned());
        lines.join("\n")
    }
}
