//! `verifica --ricevute`: the receipts of the offices against what an issue takes from their files.

use std::path::Path;

use super::folder::LIST;
use super::speech::{Speech, Stop};
use super::{output, terminal};
use crate::certify::Run;
use crate::check;
use crate::model::{OfficeId, Rule, count};
use crate::pipeline::Job;
use crate::plan::Plan;
use crate::reply::Receipt;

/// Differences of one receipt that are told before "altre N".
const TOLD: usize = 20;

/// Compares every receipt of a folder; whether all are as the issue says.
pub(super) fn compare(
    plan: &Plan,
    job: &Job,
    folder: &Path,
    every: bool,
    speech: &mut Speech<'_>,
) -> Result<bool, Stop> {
    let rules: Vec<&'static Rule> = check::rules_after(job.previous.is_some()).collect();
    let run = Run::of_job(plan, job, &rules, false);
    let names = names(folder)?;
    if names.is_empty() {
        let name = terminal::path(folder);
        return Err(Stop::failed(format!("In «{name}» non c'è nessuna ricevuta (ricevuta-….txt).")));
    }
    let (mut equal, mut values, mut seen) = (0_usize, 0_usize, Vec::new());
    for name in &names {
        let told = match read(&folder.join(name)) {
            Err(why) => vec![why],
            Ok(receipt) => {
                let office = OfficeId::new(receipt.office.as_str());
                let told = receipt.differences(Receipt::of(&run, &office).as_ref());
                values += receipt.values.len();
                seen.push(office);
                told
            }
        };
        equal += usize::from(told.is_empty());
        say(name, &told, every, speech);
    }
    let gone: Vec<String> = listed(folder).into_iter().filter(|name| !names.contains(name)).collect();
    for name in &gone {
        speech.say(format!(
            "{}: è nell'elenco {} e nella cartella non c'è più.",
            terminal::clean(name),
            LIST
        ));
    }
    let without = job.submissions.iter().filter(|one| !seen.contains(&one.office));
    let without: Vec<&str> = without.map(|one| plan.office_name(&one.office)).collect();
    let rest = match without.len() {
        0 => String::new(),
        many => {
            format!(" Senza ricevuta: {} ({}).", count(many, "ufficio", "uffici"), without.join(" · "))
        }
    };
    speech.say(format!(
        "Ricevute: {} su {} come l'emissione, {}.{rest}",
        equal,
        names.len(),
        count(values, "valore confrontato", "valori confrontati")
    ));
    Ok(equal == names.len() && gone.is_empty())
}

fn say(name: &str, told: &[String], every: bool, speech: &mut Speech<'_>) {
    if told.is_empty() {
        return;
    }
    speech.say(format!("{}: {}.", terminal::clean(name), count(told.len(), "differenza", "differenze")));
    let shown = if every { told.len() } else { TOLD };
    told.iter().take(shown).for_each(|one| speech.say(format!("  {}", terminal::clean(one))));
    if told.len() > shown {
        speech.say(format!("  e altre {} (tutte con --tutte)", told.len() - shown));
    }
}

fn read(path: &Path) -> Result<Receipt, String> {
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("non si legge: {}", output::why(&error)))?;
    Receipt::read(&text)
}

/// The receipts that the list of the folder names.
fn listed(folder: &Path) -> Vec<String> {
    let list = std::fs::read_to_string(folder.join(LIST)).unwrap_or_default();
    let names = list.lines().filter_map(|line| line.split_once("  ")).map(|(_, name)| name.to_owned());
    names.filter(|name| is_receipt(name)).collect()
}

fn is_receipt(name: &str) -> bool {
    name.starts_with("ricevuta-") && name.ends_with(".txt")
}

/// The receipts of a folder, in order of name.
fn names(folder: &Path) -> Result<Vec<String>, Stop> {
    let entries = std::fs::read_dir(folder).map_err(|error| {
        let name = terminal::path(folder);
        Stop::failed(format!("La cartella delle ricevute «{name}» {}.", output::why(&error)))
    })?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| is_receipt(name)).collect();
    names.sort();
    Ok(names)
}
