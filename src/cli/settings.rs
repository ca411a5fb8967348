//! The settings files that the analyst writes: read whatever the editor, and named when nobody reads them.

use std::path::{Path, PathBuf};

use super::speech::{Speech, Stop};
use super::{output, terminal};
use crate::plan::{Encoding, Undecodable, decode};

/// The file of derogations that is looked for beside the plan.
pub(super) const WAIVERS: &str = "deroghe.toml";

/// How to save a file in the right encoding.
const SAVE: &str = "salvalo di nuovo in UTF-8 (Blocco note: File, Salva con nome, Codifica «UTF-8»)";

/// A settings file as text; an encoding other than UTF-8 is said. `what` is `Il piano`, or `Il file delle
/// deroghe`.
pub(super) fn read(path: &Path, what: &str, speech: &mut Speech<'_>) -> Result<String, Stop> {
    let name = terminal::path(path);
    let bytes = std::fs::read(path).map_err(|error| {
        Stop::usage(format!("{what} «{name}» non si può leggere: {}.", output::why(&error)))
    })?;
    let decoded = decode(&bytes).map_err(|why| Stop::usage(format!("{what} «{name}» {}.", refused(why))))?;
    match decoded.encoding {
        Encoding::Utf8 => {}
        Encoding::Utf16 => speech.wrong(format!(
            "{what} «{name}» è in UTF-16 («Unicode» di Windows): l'ho letto così. Se puoi, {SAVE}."
        )),
        Encoding::Windows1252 => speech.wrong(format!(
            "{what} «{name}» non è in UTF-8: l'ho letto come Windows-1252 («ANSI»). Controlla che le lettere accentate \
             siano giuste e {SAVE}."
        )),
    }
    Ok(decoded.text)
}

fn refused(why: Undecodable) -> String {
    match why {
        Undecodable::NotText => {
            "non è un file di testo: indica il file TOML, oppure, se lo è, salvalo in UTF-8".to_owned()
        }
        Undecodable::Mixed(line) => format!(
            "non si può leggere: è in UTF-8, ma alla riga {line} ha lettere in un'altra codifica. Aprilo, correggi quelle \
             lettere e {SAVE}"
        ),
    }
}

/// The files of derogations that lie where one would expect them to be read, and are not: in the current
/// folder, beside the offices' files, beside the plan when another one is named. `used` is the one that is
/// read.
pub(super) fn tell_unread(
    plan: Option<&Path>,
    inputs: &[PathBuf],
    used: Option<&Path>,
    speech: &mut Speech<'_>,
) {
    let folder = |input: &PathBuf| {
        if input.is_dir() { input.join(WAIVERS) } else { input.with_file_name(WAIVERS) }
    };
    let beside_plan = plan.map(|path| path.with_file_name(WAIVERS));
    let candidates =
        std::iter::once(PathBuf::from(WAIVERS)).chain(inputs.iter().map(folder)).chain(beside_plan.clone());
    let mut known: Vec<PathBuf> = used.and_then(|path| path.canonicalize().ok()).into_iter().collect();
    for path in candidates.filter(|path| path.is_file()) {
        let Ok(place) = path.canonicalize() else { continue };
        if known.contains(&place) {
            continue;
        }
        known.push(place);
        speech.wrong(unread(&path, beside_plan.as_deref(), used));
    }
}

fn unread(path: &Path, beside: Option<&Path>, used: Option<&Path>) -> String {
    let name = terminal::path(path);
    let instead = match (used, beside) {
        (Some(used), _) => format!("le deroghe lette sono quelle di «{}»", terminal::path(used)),
        (None, Some(beside)) => {
            format!(
                "si leggono le deroghe che stanno accanto al piano, in «{}», e lì non ci sono",
                terminal::path(beside)
            )
        }
        (None, None) => {
            "si leggono le deroghe che stanno accanto al piano, e il piano è quello incluso nel programma"
                .to_owned()
        }
    };
    let remedy = match (used, beside) {
        (None, Some(beside)) => {
            format!("Per usarlo spostalo in «{}», oppure aggiungi", terminal::path(beside))
        }
        (Some(_), _) => "Per usare questo indica".to_owned(),
        (None, None) => "Per usarlo aggiungi".to_owned(),
    };
    format!("«{name}» non è stato letto: {instead}. {remedy} --deroghe \"{name}\".")
}
