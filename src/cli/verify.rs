//! `schede verifica`: an issued workbook against the original files.

use std::path::{Path, PathBuf};

use super::args::Verifica;
use super::consolidate::issue_of;
use super::progress::Progress;
use super::{Exit, Speech, Stop, inputs, load_plan_with};
use crate::model::count;
use crate::pipeline::run as run_pipeline;
use crate::read::{RawWorkbook, read_file};
use crate::verify::{Comparison, Difference, compare, is_definitive, month_of};
use crate::write::templates;

/// Differences named on the terminal; the others are counted.
const NAMED: usize = 40;

pub(super) fn run(args: &Verifica, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    let plan = load_plan_with(&args.plan, args.deroghe.deroghe.as_deref())?;
    let (issued, sha256) = issued(&args.issued)?;
    let month = month_of(&issued).ok_or_else(|| {
        Stop::usage(format!(
            "«{}» non è un consolidato di schede: sulla prima pagina manca il mese di riferimento.",
            args.issued.display()
        ))
    })?;
    if month.year != plan.year {
        return Err(Stop::usage(format!(
            "Il consolidato è del {}, il piano è del {}: indica il suo piano con --piano.",
            month.year, plan.year
        )));
    }
    let paths = without(inputs(std::slice::from_ref(&args.folder), args.quieto, speech)?, &args.issued);
    let mut progress = Progress::new(args.quieto);
    let job =
        run_pipeline(&plan, &paths, Some(month.month), &templates(&plan), &mut |event| progress.note(event))
            .map_err(|(halt, files)| super::consolidate::halted(halt, &files))?;
    let fresh = issue_of(&plan, &job, is_definitive(&issued))?;
    let same_bytes = fresh.sha256() == sha256;
    let comparison = compare(&issued, &fresh.read_back);
    speech.say(told(&args.issued, &comparison, same_bytes, &sha256));
    Ok(if comparison.differences.is_empty() { Exit::Done } else { Exit::Findings })
}

fn issued(path: &Path) -> Result<(RawWorkbook, String), Stop> {
    let file = read_file(path);
    let book = file.content.map_err(|_| {
        Stop::failed(format!(
            "Non riesco a leggere «{}» come un file .xlsx: è quello emesso dal programma?",
            path.display()
        ))
    })?;
    Ok((book, file.sha256))
}

/// The offices' files without the issued workbook, when it lies among them.
fn without(paths: Vec<PathBuf>, issued: &Path) -> Vec<PathBuf> {
    let own = issued.canonicalize().ok();
    paths.into_iter().filter(|path| own.is_none() || path.canonicalize().ok() != own).collect()
}

fn told(path: &Path, comparison: &Comparison, same_bytes: bool, sha256: &str) -> String {
    let seen = format!(
        "{} in {}",
        count(comparison.cells, "cella confrontata", "celle confrontate"),
        count(comparison.sheets, "foglio", "fogli")
    );
    if comparison.differences.is_empty() {
        let how = how(comparison, same_bytes);
        return format!("{}: tutto uguale. {seen}. {how}\nSHA-256 {sha256}", path.display());
    }
    let mut lines = vec![format!(
        "{}: {}. {seen}.",
        path.display(),
        count(comparison.differences.len(), "differenza", "differenze")
    )];
    lines.extend(comparison.differences.iter().take(NAMED).map(difference));
    if let Some(more) = comparison.differences.len().checked_sub(NAMED).filter(|more| *more > 0) {
        lines.push(format!("  … e {} oltre a queste.", count(more, "altra differenza", "altre differenze")));
    }
    lines.push("Il consolidato non corrisponde ai file e al piano: chiedi chi l'ha cambiato, oppure verifica con i file e il piano giusti.".to_owned());
    lines.join("\n")
}

/// In which way the same cells are the same file, or not.
fn how(comparison: &Comparison, same_bytes: bool) -> String {
    if same_bytes {
        return "Il file è identico anche byte per byte.".to_owned();
    }
    let rounded = match comparison.rounded {
        0 => String::new(),
        many => format!(
            " ({} a 15 cifre, quante ne scrive quel programma: fin lì {})",
            count(many, "numero è arrotondato", "numeri sono arrotondati"),
            if many == 1 { "è uguale" } else { "sono uguali" }
        ),
    };
    format!(
        "Numeri, testi e impronte sono tutti uguali{rounded}; il file però è stato salvato da un altro programma. \
         Intestazioni di stampa, formati, colori, collegamenti, righe nascoste e grafici non si confrontano: per quelli fa fede il file emesso."
    )
}

fn difference(difference: &Difference) -> String {
    let place = match difference.cell {
        Some(cell) => format!("'{}'!{cell}", difference.sheet),
        None => format!("foglio «{}»", difference.sheet),
    };
    format!("  {place}: c'è {}, i file danno {}", difference.issued, difference.recomputed)
}
