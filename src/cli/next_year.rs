//! `schede piano nuovo-anno`: next year's plan from this year's final issue.

use std::collections::BTreeMap;

use super::args::NuovoAnno;
use super::exit::Exit;
use super::load::{plan_text, understand_plan};
use super::speech::{Speech, Stop};
use super::{last_year, output, terminal};
use crate::memory::{KeptResult, Said};
use crate::model::{IndicatorCode, count};
use crate::plan::{NextYear, Plan, next_year, read_plan};
use crate::read::read_issue;
use crate::recall::recall_final;
use crate::report::value_words;

/// How many of the places that speak of the old year are listed on the terminal.
const LISTED: usize = 100;

pub(super) fn run(args: &NuovoAnno, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    let text = plan_text(args.plan.piano.as_deref(), speech)?;
    let plan = understand_plan(args.plan.piano.as_deref(), &text)?;
    let memory = recall_final(&plan, read_issue(&args.da))
        .map_err(|why| last_year::not_of_this_plan(&plan, &args.da, &why))?;
    if args.output.exists() {
        return Err(Stop::usage(format!(
            "«{}» c'è già: dai a -o il nome di un file nuovo.",
            terminal::path(&args.output)
        )));
    }
    let results: BTreeMap<IndicatorCode, String> =
        memory.results.iter().map(|(code, kept)| (code.clone(), result(&plan, code, kept))).collect();
    let source = format!("consolidato definitivo {}, SHA-256 {}", plan.year, memory.sha256);
    let next = next_year(&text, &plan, &source, &results);
    output::write(&args.output, next.text.as_bytes(), "-o").map_err(Stop::failed)?;
    speech.say(told(args, &plan, &next));
    Ok(Exit::Done)
}

/// A result in words: `93,94 %, raggiunto`.
fn result(plan: &Plan, code: &IndicatorCode, kept: &KeptResult) -> String {
    let value = match (&kept.value, plan.indicator(code)) {
        (Said::Value(value), Some(indicator)) => value_words(indicator, value),
        _ => "nessun valore".to_owned(),
    };
    format!("{value}, {}", kept.status.label())
}

fn told(args: &NuovoAnno, plan: &Plan, next: &NextYear) -> String {
    let name = terminal::path(&args.output);
    let (year, old) = (plan.year + 1, plan.year);
    let mut lines = vec![format!("Bozza del piano {year} scritta in {name}.")];
    let spoken = |list: &[(usize, String)]| -> Vec<String> {
        let shown = list.iter().take(LISTED).map(|(line, what)| format!("  riga {line}: {}", short(what)));
        let more = list.len().saturating_sub(LISTED);
        shown.chain((more > 0).then(|| format!("  … e altre {more}"))).collect()
    };
    lines.push(format!("\nDa decidere: {}.", count(next.open.len(), "punto", "punti")));
    lines.extend(spoken(&next.open));
    if !next.left.is_empty() {
        lines.push(format!(
            "\nParlano ancora di un anno passato, e sono come prima: {}.",
            count(next.left.len(), "riga", "righe")
        ));
        lines.extend(spoken(&next.left));
    }
    if !next.dropped.is_empty() {
        lines.push(format!("\nNon riportato, perché è del {old}: {}.", next.dropped.join("; ")));
    }
    lines.push(format!(
        "\n{} di un anno: rileggi anche quelle.",
        count(next.moved, "riga spostata", "righe spostate")
    ));
    lines.push(match read_plan(&next.text) {
        Ok(_) => format!("Il piano si legge: «schede piano --piano {name}» dice che cosa si è capito. Poi «schede modelli --piano {name} --anno-precedente {}».", terminal::path(&args.da)),
        Err(problems) => format!(
            "Il piano così non è ancora valido: {}. «schede piano --piano {name}» dice quali.",
            count(problems.len(), "errore", "errori")
        ),
    });
    lines.join("\n").lines().map(terminal::clean).collect::<Vec<_>>().join("\n")
}

fn short(text: &str) -> String {
    let cut: String = text.chars().take(110).collect();
    if cut.len() < text.len() { format!("{cut}…") } else { cut }
}
