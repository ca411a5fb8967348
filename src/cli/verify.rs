//! `schede verifica`: an issued workbook against the original files.

use std::path::Path;

use super::args::Verifica;
use super::consolidate::{issue_of, of_month};
use super::exit::Exit;
use super::inputs::inputs;
use super::last_issue::not_final;
use super::load::load_plan_with;
use super::progress::Progress;
use super::speech::{Speech, Stop};
use super::{differences, last_year, previous, receipts, terminal};
use crate::memory::Memory;
use crate::model::{YearMonth, count};
use crate::pipeline::Asked;
use crate::read::{RawWorkbook, read_issue_document};
use crate::report::refusal_words;
use crate::verify::{Comparison, Other, Sameness, Side, compare, is_definitive, month_of, prints_all};

pub(super) fn run(args: &Verifica, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    let plan = load_plan_with(
        &args.plan,
        args.deroghe.deroghe.as_deref(),
        std::slice::from_ref(&args.folder),
        speech,
    )?;
    let (issued, sha256, bytes) = issued(&args.issued)?;
    if issued.traits.envelope.is_some() {
        speech.say(format!(
            "{}: è in una busta firmata; si verifica il documento che contiene, la firma non è stata verificata.",
            terminal::path(&args.issued)
        ));
    }
    let month = month_of(&issued).ok_or_else(|| {
        Stop::usage(format!(
            "«{}» non è un consolidato di schede: sulla prima pagina manca il mese di riferimento.",
            terminal::path(&args.issued)
        ))
    })?;
    if month.year != plan.year {
        return Err(Stop::usage(format!(
            "Il consolidato è del {}, il piano è del {}: indica il suo piano con --piano.",
            month.year, plan.year
        )));
    }
    let plan = last_year::of_issue(plan, (&args.issued, &issued), args.anno_precedente.as_deref())?;
    let previous = previous::of_issue(&plan, (&args.issued, &issued), args.precedente.as_deref(), month)?;
    let (paths, _) = inputs(std::slice::from_ref(&args.folder), args.quieto, speech)?;
    let paths = previous::without(paths, Some(&args.issued));
    let paths = previous::without(paths, args.precedente.as_deref());
    let paths = previous::without(paths, args.anno_precedente.as_deref());
    let mut progress = Progress::new(args.quieto);
    let chained = previous.clone();
    let asked = Asked { month: Some(month.month), previous };
    let (plan, job) = of_month(plan, &paths, &asked, &mut |event| progress.note(event))
        .map_err(|(halt, files)| super::consolidate::halted(halt, &files))?;
    // What calls itself final is put to the same refusal as `--definitivo`, before it is compared.
    let claims = is_definitive(&issued);
    let refused = if claims { not_final(&plan, &job) } else { None };
    let (job, fresh) = issue_of(&plan, job, claims && refused.is_none(), prints_all(&issued))?;
    let side = Side { book: &issued, bytes: &bytes };
    let book = fresh.read_back().map_err(|_| Stop::failed("Il consolidato rifatto non si rilegge."))?;
    let comparison = compare(side, Side { book: &book, bytes: &fresh.bytes });
    if let Some(why) = &refused {
        speech.say(format!(
            "{}: si dice emissione definitiva, ma con questi file e questo piano l'emissione definitiva non si può \
             fare: {why}\nIl confronto è con l'emissione provvisoria.",
            terminal::path(&args.issued)
        ));
    }
    speech.say(told(&args.issued, &comparison, args.tutte, &sha256));
    let unbroken = chained.is_none_or(|memory| follows(args, (month, &memory), speech));
    let received = match &args.ricevute {
        None => true,
        Some(folder) => receipts::compare(&plan, &job, folder, args.tutte, speech)?,
    };
    let whole = comparison.is_equal() && refused.is_none() && received && unbroken;
    Ok(if whole { Exit::Done } else { Exit::Findings })
}

/// Says after which issue one was made, and follows the chain behind it; whether it is whole.
fn follows(args: &Verifica, (month, memory): (YearMonth, &Memory), speech: &mut Speech<'_>) -> bool {
    speech.say(format!(
        "È fatto dopo il consolidato di {} (SHA-256 {}): verifica anche quello, con i file di quel mese.",
        memory.month.in_words(),
        memory.sha256
    ));
    let Some(path) = args.precedente.as_deref() else { return true };
    let (words, whole) = previous::chain(month, &memory.sha256, path);
    speech.say(words);
    whole
}

fn issued(path: &Path) -> Result<(RawWorkbook, String, Vec<u8>), Stop> {
    let (file, bytes) = read_issue_document(path);
    let book = file.content.and_then(RawWorkbook::as_issue).map_err(|refusal| {
        Stop::failed(format!(
            "«{}» non si legge come consolidato ({}): è il file emesso dal programma?",
            terminal::path(path),
            refusal_words(&refusal)
        ))
    })?;
    // The hash is that of the document: the same that whoever has it without the envelope finds.
    let sha256 = book.traits.envelope.as_ref().map_or(file.sha256, |envelope| envelope.sha256.clone());
    Ok((book, sha256, bytes))
}

/// What was found; `every` difference one by one, or the first ones.
fn told(path: &Path, comparison: &Comparison, every: bool, sha256: &str) -> String {
    let seen = format!(
        "{} in {}",
        count(comparison.cells, "cella confrontata", "celle confrontate"),
        count(comparison.sheets, "foglio", "fogli")
    );
    if comparison.differences.is_empty() {
        return format!(
            "{}: {}\nSHA-256 {sha256}",
            terminal::path(path),
            without_differences(comparison, &seen)
        );
    }
    let all = comparison.differences.len();
    let mut lines =
        vec![format!("{}: {}. {seen}.", terminal::path(path), count(all, "differenza", "differenze"))];
    lines.extend(equal_cells(comparison));
    if !comparison.others.is_empty() {
        lines.push(
            "Il consolidato non viene da queste stesse cose, e le differenze possono venire da qui:"
                .to_owned(),
        );
        lines.extend(comparison.others.iter().map(other));
    }
    lines.extend(differences::lines(&comparison.differences, every));
    if comparison.emptied > 0 {
        lines.push(format!("  Inoltre {}.", emptied(comparison)));
    }
    lines.push(advice(comparison).to_owned());
    lines.join("\n")
}

/// Where the differences are, when they are not in the cells.
fn equal_cells(comparison: &Comparison) -> Option<String> {
    if !comparison.has_equal_cells() {
        return None;
    }
    let where_else = match comparison.stamps.as_slice() {
        [] => "le differenze sono in ciò che si vede o si conserva oltre le celle".to_owned(),
        stamps => format!(
            "un archivio di documenti ha aggiunto o cambiato solo ciò che tiene nel file per sé ({})",
            crate::model::join_it(stamps)
        ),
    };
    Some(format!("Tutte le celle sono uguali, nei numeri, nei testi e nelle formule: {where_else}."))
}

/// What to do about it.
fn advice(comparison: &Comparison) -> &'static str {
    if !comparison.stamps.is_empty() {
        return "Non è il file emesso byte per byte: per certificare usa quello.";
    }
    match comparison.others.as_slice() {
        [] => {
            "I file, il piano e il programma sono gli stessi dell'emissione, il consolidato no: chiedi chi l'ha cambiato, e usa quello emesso."
        }
        [Other::Program(..)] if comparison.differences.len() == 1 => {
            "Tutto il resto è uguale: con il programma dell'emissione non c'è differenza."
        }
        [Other::Program(..)] => {
            "I file e il piano sono gli stessi, il programma no: verifica con quello dell'emissione."
        }
        _ => {
            "Il consolidato non corrisponde a questi file e a questo piano: sono cambiati loro, o è cambiato lui. Verifica con quelli dell'emissione."
        }
    }
}

/// Which file, plan or program is another one, on a line.
fn other(other: &Other) -> String {
    terminal::clean(&other_words(other))
}

fn other_words(other: &Other) -> String {
    match other {
        Other::Changed(name) => {
            format!("  il file «{name}» ha un'altra impronta SHA-256: è cambiato il file, o il consolidato")
        }
        Other::Missing(name) => format!("  il file «{name}» non è nella cartella"),
        Other::Added(name) => format!("  il file «{name}» è nella cartella e il consolidato non lo dice"),
        Other::Plan => "  il piano o le deroghe sono altri: l'impronta SHA-256 è diversa".to_owned(),
        Other::Program(own, this) => {
            format!("  il programma: il consolidato è di «{own}», questo è «{this}»")
        }
    }
}

/// The same content: the same file to the byte, or one that somebody made again.
fn without_differences(comparison: &Comparison, seen: &str) -> String {
    let rewritten = rewritten(comparison);
    match comparison.sameness {
        Sameness::Bytes => format!("tutto uguale. {seen}. È il file emesso, byte per byte."),
        Sameness::Parts => format!(
            "non è il file emesso byte per byte. {seen}: nessuna differenza. Ogni parte è identica, ma l'archivio che le \
             contiene è stato rifatto. Per certificare usa il file emesso."
        ),
        Sameness::SavedAgain | Sameness::Changed => format!(
            "non è il file emesso: un altro programma l'ha salvato di nuovo. {seen}: nessuna differenza in numeri, testi, \
             formule e impronte{rewritten}, e nessuna in formati, colori, collegamenti, righe e colonne, tabelle, grafici e \
             stampa, per quanto si confrontano. Per certificare usa il file emesso."
        ),
    }
}

/// What the other program did to the numbers.
fn rewritten(comparison: &Comparison) -> String {
    let rounded = (comparison.rounded > 0).then(|| {
        format!(
            "{} a 15 cifre, quante ne scrive quel programma: fin lì {}",
            count(comparison.rounded, "numero è arrotondato", "numeri sono arrotondati"),
            if comparison.rounded == 1 { "è uguale" } else { "sono uguali" }
        )
    });
    let recalculated = (comparison.recalculated > 0).then(|| {
        format!(
            "{} da quel programma, con le ultime cifre diverse: meno di un miliardesimo, che non si vede",
            count(
                comparison.recalculated,
                "risultato di una formula è stato ricalcolato",
                "risultati di formule sono stati ricalcolati"
            )
        )
    });
    let without = (comparison.emptied > 0).then(|| emptied(comparison));
    let said: Vec<String> = rounded.into_iter().chain(recalculated).chain(without).collect();
    if said.is_empty() { String::new() } else { format!(" ({})", said.join("; ")) }
}

/// Formulas that are the same, of which the program that saved them computed nothing.
fn emptied(comparison: &Comparison) -> String {
    format!(
        "{} senza risultato: chi ha salvato il file non le ha calcolate",
        count(comparison.emptied, "formula uguale è", "formule uguali sono")
    )
}
