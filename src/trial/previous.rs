//! The directives on what the issue of the month before said: `@emesso`.

use super::page::Line;
use super::trouble::Trouble;
use crate::check::Received;
use crate::memory::{KeptFile, Memory};
use crate::model::{IndicatorCode, OfficeId, Status};

/// What these directives begin with.
const ISSUED: &str = "@emesso";

/// Whether a line is about the issue of the month before, and not about a file.
pub fn is_about_the_issue(line: &Line) -> bool {
    line.get("chiave").starts_with(ISSUED)
}

/// Makes the issue of the month before say what a line says; `files` are those of now.
///
/// # Errors
/// When the line says nothing that can be done.
pub fn say(memory: &mut Memory, line: &Line, files: &[Received]) -> Result<(), Trouble> {
    let office = OfficeId::new(line.get("ufficio"));
    let (verb, what) = line.get("chiave").split_once(' ').unwrap_or((line.get("chiave"), ""));
    match verb {
        // An indicator had another outcome.
        "@emesso" => {
            let status =
                Status::parse(line.get("valore")).ok_or_else(|| Trouble::wrong("esito sconosciuto"))?;
            let kept = memory.results.get_mut(&IndicatorCode::new(what));
            kept.ok_or_else(|| Trouble::absent("l'indicatore non è emesso"))?.status = status;
        }
        // The office was missing.
        "@emesso-senza" => {
            memory.sent.remove(&office);
            memory.entries.retain(|slot, _| slot.office != office);
            memory.files.retain(|file| file.office != office);
        }
        // The office had sent the file that it sends now.
        "@emesso-file" => {
            let own = files.iter().filter(|file| file.office.as_ref() == Some(&office));
            let kept = |file: &Received| KeptFile {
                name: file.name.clone(),
                sha256: file.sha256.clone(),
                office: office.clone(),
            };
            memory.files.extend(own.map(kept));
        }
        _ => return Err(Trouble::wrong(format!("istruzione sconosciuta: {verb}"))),
    }
    Ok(())
}
