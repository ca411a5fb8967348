//! `schede piano confronta`: what changed from a plan to another.

use super::args::Confronta;
use super::exit::Exit;
use super::json::give_json;
use super::load::load_plan;
use super::speech::{Speech, Stop};
use super::{output, terminal};
use crate::model::count;
use crate::plan::compare;

pub(super) fn run(args: &Confronta, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    let before = load_plan(Some(&args.before), speech)?;
    let after = load_plan(Some(&args.after), speech)?;
    let found = compare(&before, &after);
    let exit = if found.is_empty() { Exit::Done } else { Exit::Findings };
    if let Some(to) = &args.json {
        let plans = [args.before.clone(), args.after.clone()];
        output::spare(&plans, None, Some((to.as_path(), "--json"))).map_err(Stop::usage)?;
        give_json(&found.to_json(&before, &after), to, speech)?;
        return Ok(exit);
    }
    let mut lines = vec![format!("Da {} a {}", terminal::path(&args.before), terminal::path(&args.after))];
    if found.is_empty() {
        lines.push(
            "I due piani dicono le stesse cose: nessun ufficio ha bisogno di un modello nuovo.".to_owned(),
        );
        speech.say(lines.join("\n"));
        return Ok(exit);
    }
    for (name, own) in &found.groups {
        lines.push(format!("\n{}", terminal::clean(name)));
        lines.extend(own.iter().map(|line| format!("  {}", terminal::clean(line))));
    }
    lines.push(String::new());
    if found.to_send.is_empty() {
        lines.push("Nessun ufficio ha bisogno di un modello nuovo: ciò che vedono è lo stesso.".to_owned());
    } else {
        let number = count(found.to_send.len(), "ufficio", "uffici");
        lines.push(format!("Serve un modello nuovo a {number} su {}:", after.offices.len()));
        let names =
            found.to_send.iter().map(|(id, why)| format!("  {id} – {}: {why}", after.office_name(id)));
        lines.extend(names.map(|name| terminal::clean(&name)));
        let with = match before.year == after.year {
            true => "--storico CONSOLIDATO.xlsx",
            false => "--anno-precedente CONSOLIDATO-DEFINITIVO.xlsx",
        };
        let there = if before.year == after.year { ": hanno già i dati di prima" } else { "" };
        lines.push(format!(
            "Scrivili con «schede modelli --piano {} {with}{} -o CARTELLA»{there}.",
            terminal::path(&args.after),
            if found.to_send.len() < after.offices.len() { " --ufficio ID" } else { "" }
        ));
    }
    speech.say(lines.join("\n"));
    Ok(exit)
}
