//! Who must be reminded, in one list for the unit.

use super::letter::subject;
use super::office::{Reply, Standing};
use crate::model::count;

/// The list of a month.
pub fn reminders(replies: &[Reply<'_>]) -> String {
    let of = |standing: Standing| replies.iter().filter(move |reply| reply.standing() == standing);
    let Some(first) = replies.first() else { return String::new() };
    let mut lines = vec![format!("SOLLECITI · {}", first.month.in_words()), String::new()];
    for (standing, head, none) in [
        (Standing::Missing, "Non è arrivato niente che conti", "Sono arrivati tutti."),
        (Standing::ToMend, "Hanno qualcosa da sistemare", "Nessuno ha qualcosa da sistemare."),
    ] {
        let offices: Vec<&Reply<'_>> = of(standing).collect();
        if offices.is_empty() {
            lines.extend([none.to_owned(), String::new()]);
            continue;
        }
        lines.push(format!("{head} ({}):", count(offices.len(), "ufficio", "uffici")));
        for reply in offices {
            let serious = reply.points.iter().filter(|point| point.keeps_out).count();
            let weight = match serious {
                0 => String::new(),
                _ => format!(" ({} fuori dai conti)", count(serious, "valore", "valori")),
            };
            let (_, what) = subject(reply)
                .split_once(": ")
                .map(|(a, b)| (a.to_owned(), b.to_owned()))
                .unwrap_or_default();
            lines.push(format!("  - {} ({}): {what}{weight}", reply.name, reply.office));
            let file = reply.under_another_name().filter(|_| standing == Standing::ToMend);
            lines.extend(file.map(|file| {
                format!("    Risponderà con «{}»: quando arriva, togli «{file}» dalla cartella.", reply.back)
            }));
        }
        lines.push(String::new());
    }
    let over: Vec<String> =
        of(Standing::Over).map(|reply| format!("  - {} ({})", reply.name, reply.office)).collect();
    if !over.is_empty() {
        lines.push("Non ci sono più, e manca il loro ultimo file: rimettilo tu nella cartella.".to_owned());
        lines.extend(over);
        lines.push(String::new());
    }
    let disowned: Vec<String> = replies.iter().flat_map(disowned).collect();
    if !disowned.is_empty() {
        lines.push("Dicono che non riguarda loro: decide l'unità.".to_owned());
        lines.extend(disowned);
        lines.push(String::new());
    }
    lines.push(format!("In ordine: {}.", count(of(Standing::InOrder).count(), "ufficio", "uffici")));
    lines.join("\n")
}

/// What an office says is not its matter.
fn disowned(reply: &Reply<'_>) -> Vec<String> {
    let told = reply.disowned().map(|(point, reason)| {
        format!("  - {} ({}): {} Perché: {reason}", reply.name, reply.office, point.found)
    });
    told.collect()
}
