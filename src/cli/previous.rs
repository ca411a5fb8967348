//! The issue of a month before, read as the memory of this one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::speech::{Speech, Stop};
use super::terminal;
use crate::memory::Memory;
use crate::model::{YearMonth, count, join_it, quoted};
use crate::pipeline::Job;
use crate::plan::Plan;
use crate::read::{RawWorkbook, read_issue};
use crate::recall::{Refused, recall};
use crate::report::refusal_words;
use crate::verify::{month_of, previous_month_of, previous_of};

/// What the issue at `path` holds, when one is given; it must come before `month`, when that is known.
pub(super) fn read(
    plan: &Plan,
    path: Option<&Path>,
    month: Option<YearMonth>,
) -> Result<Option<Arc<Memory>>, Stop> {
    let Some(path) = path else { return Ok(None) };
    let memory = recall(plan, read_issue(path)).map_err(|why| refused(plan, path, month, &why))?;
    if month.is_some_and(|month| memory.month >= month) {
        return Err(refused(plan, path, month, &Refused::NotBefore(memory.month)));
    }
    Ok(Some(Arc::new(memory)))
}

/// What the issue at `path` holds, to be typed in new workbooks.
pub(super) fn history(plan: &Plan, path: Option<&Path>) -> Result<Option<Memory>, Stop> {
    let Some(path) = path else { return Ok(None) };
    let memory = recall(plan, read_issue(path));
    memory.map(Some).map_err(|why| refused_for(plan, (path, "--storico"), None, &why))
}

/// What the issue holds from which another was made: its cover names it by hash.
pub(super) fn of_issue(
    plan: &Plan,
    (path, issued): (&Path, &RawWorkbook),
    previous: Option<&Path>,
    month: YearMonth,
) -> Result<Option<Arc<Memory>>, Stop> {
    let named = previous_of(issued);
    let name = terminal::path(path);
    match (named, previous) {
        (None, None) => Ok(None),
        (Some(hash), None) => Err(Stop::usage(format!(
            "«{name}» è stato fatto con un consolidato precedente, e senza quello non si rifà: \
             indicalo con --precedente. È il file con SHA-256 {}.",
            terminal::clean(&hash)
        ))),
        (None, Some(_)) => Err(Stop::usage(format!(
            "«{name}» è stato fatto senza un consolidato precedente: verificalo senza --precedente."
        ))),
        (Some(hash), Some(given)) => {
            let memory = read(plan, Some(given), None)?;
            let found = memory.as_ref().map_or("", |memory| memory.sha256.as_str());
            if found == hash {
                return read(plan, Some(given), Some(month));
            }
            Err(Stop::usage(format!(
                "«{}» non è il consolidato precedente di «{name}»: la copertina dice SHA-256 {}, il file ha {found}.",
                terminal::path(given),
                terminal::clean(&hash)
            )))
        }
    }
}

/// The same when the month was found in the files.
pub(super) fn comes_before(plan: &Plan, job: &Job, path: Option<&Path>) -> Result<(), Stop> {
    match (path, &job.previous) {
        (Some(path), Some(memory)) if memory.month >= job.month => {
            Err(refused(plan, path, Some(job.month), &Refused::NotBefore(memory.month)))
        }
        _ => Ok(()),
    }
}

/// Says of the closed months that nothing can be held to them when no issue of a month before is given.
pub(super) fn tell_closed(plan: &Plan, path: Option<&Path>, speech: &mut Speech<'_>) {
    if let (Some(until), None) = (plan.closing.until, path) {
        speech.wrong(format!(
            "Il piano chiude i mesi fino {until:#}, ma senza --precedente non so che cosa ne era stato consolidato: \
             valgono i dati dei file."
        ));
    }
}

/// Says of which offices of the issue the plan has neither the name nor the identifier, and who they may be.
pub(super) fn tell_strangers(plan: &Plan, memory: Option<&Memory>, speech: &mut Speech<'_>) {
    let Some(memory) = memory.filter(|memory| !memory.strangers.is_empty()) else { return };
    let names: Vec<String> = memory.strangers.iter().map(|name| quoted(name)).collect();
    let unknown = plan.offices.iter().filter(|own| memory.lacked(&own.id) && memory.away(&own.id).is_none());
    let maybe: Vec<String> = unknown.map(|own| format!("{} ({})", quoted(&own.name), own.id)).collect();
    let maybe = match maybe.len() {
        0 => String::new(),
        _ => format!(" Nel piano non hanno riscontro là: {}.", join_it(&maybe)),
    };
    speech.wrong(terminal::clean(&format!(
        "Il consolidato di {} ha uffici che il piano non ha, né per nome né per id: {}. I loro dati non si riportano \
         e non si confrontano con niente. Se un ufficio ha cambiato nome, nel piano lasciagli l'id che ha nel foglio \
         «Uffici»; se è confluito in un altro, lascialo nel piano con «al» e «confluisce_in».{maybe}",
        memory.month.in_words(),
        join_it(&names),
    )));
}

/// Says of which voci of the issue the plan has none: nobody answers for what they said.
pub(super) fn tell_lost(memory: Option<&Memory>, speech: &mut Speech<'_>) {
    let Some(memory) = memory.filter(|memory| !memory.lost.is_empty()) else { return };
    let voci = memory.lost_voci().into_iter();
    let each: Vec<String> = voci
        .map(|(key, number)| format!("{} ({})", quoted(key.as_str()), count(number, "dato", "dati")))
        .collect();
    speech.wrong(terminal::clean(&format!(
        "Il consolidato di {} ha voci che il piano non ha: {}. I loro dati non si riportano e non si confrontano con \
         niente. Se una voce è ancora quella, lasciale la chiave o l'etichetta di prima.",
        memory.month.in_words(),
        join_it(&each),
    )));
}

/// What an issue says of itself and of the one before it.
struct Link {
    month: YearMonth,
    /// The hash of the one before, when there is one.
    named: Option<String>,
    /// Its month, as people write it.
    of: String,
}

/// The issues beside the one at `path`, itself too, by their hash.
fn beside(path: &Path) -> BTreeMap<String, Link> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let inside = std::fs::read_dir(folder.unwrap_or(Path::new("."))).into_iter().flatten().flatten();
    let paths = inside.map(|entry| entry.path()).chain([path.to_owned()]);
    let link = |path: PathBuf| {
        let file = read_issue(&path);
        let book = file.content.ok()?;
        let of = previous_month_of(&book).unwrap_or_default().to_lowercase();
        Some((file.sha256, Link { month: month_of(&book)?, named: previous_of(&book), of }))
    };
    paths.filter(|path| super::output::is_workbook(path)).filter_map(link).collect()
}

/// The issues before that of a month, from the one of this hash at `path`, each named by the next with its
/// hash and lying beside it: in words, and whether no other issue lies in the place of one that is named.
pub(super) fn chain(of: YearMonth, sha256: &str, path: &Path) -> (String, bool) {
    let mut links = beside(path);
    let mut at = sha256.to_owned();
    let mut months = vec![of.in_words()];
    while let Some(Link { month, named, of }) = links.remove(&at) {
        months.push(month.in_words());
        let Some(named) = named else {
            return (format!("La catena dei mesi: {}, il primo.", months.join(" ← ")), true);
        };
        if !links.contains_key(&named) {
            let other = links.values().any(|own| own.month.in_words() == of);
            let instead =
                if other { format!(", mentre c'è un altro consolidato di {of}") } else { String::new() };
            let words = format!(
                "La catena dei mesi: {}, e qui si ferma: nomina un consolidato con SHA-256 {} che accanto non c'è{instead}.",
                months.join(" ← "),
                terminal::clean(&named)
            );
            return (words, !other);
        }
        at = named;
    }
    (format!("La catena dei mesi: {}.", months.join(" ← ")), true)
}

/// The offices' files without the issue, when it lies among them.
pub(super) fn without(paths: Vec<PathBuf>, issue: Option<&Path>) -> Vec<PathBuf> {
    let own = issue.and_then(|path| path.canonicalize().ok());
    paths.into_iter().filter(|path| own.is_none() || path.canonicalize().ok() != own).collect()
}

fn refused(plan: &Plan, path: &Path, month: Option<YearMonth>, why: &Refused) -> Stop {
    refused_for(plan, (path, "--precedente"), month, why)
}

fn refused_for(plan: &Plan, (path, option): (&Path, &str), month: Option<YearMonth>, why: &Refused) -> Stop {
    let right = "il consolidato emesso dell'ultimo mese fatto, di questo ente e di questo anno";
    unusable(plan, (path, "Il consolidato precedente"), month, why, (option, right, "quel mese"))
}

/// Why an issue that was given is not to be used, and what to give: with which option, which issue instead;
/// from the files of when it is made again.
pub(super) fn unusable(
    plan: &Plan,
    (path, what): (&Path, &str),
    month: Option<YearMonth>,
    why: &Refused,
    (option, right, when): (&str, &str, &str),
) -> Stop {
    let words = match why {
        Refused::Unreadable(refusal) => refusal_words(refusal),
        why => why.words(plan, month),
    };
    let remedy = match why {
        Refused::Forged(_) | Refused::Unreadable(_) => {
            format!("Usa il file emesso dal programma, com'è; se non l'hai più, rifallo dai file di {when}.")
        }
        _ => format!("Indica con {option} {right}."),
    };
    let name = terminal::path(path);
    let message = terminal::clean(&format!("{what} «{name}» non si può usare: {words}.")) + "\n" + &remedy;
    if why.is_another() { Stop::usage(message) } else { Stop::failed(message) }
}
