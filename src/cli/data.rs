//! `consolida --dati`: the month as a Tabular Data Package, in a folder.

use std::path::Path;

use serde_json::Value;

use super::folder::{Folder, Kept};
use super::speech::Stop;
use super::terminal;
use crate::certify::Run;
use crate::model::{YearMonth, count};
use crate::tabular::{DESCRIPTOR, package};

/// The option that names the folder.
const OPTION: &str = "--dati";

/// Prepares everything, so that nothing is written when something cannot be.
pub(super) fn prepare(run: &Run<'_>, place: &Path, over: bool) -> Result<Folder, Stop> {
    let kept = Kept { place, option: OPTION, ours: is_ours, over };
    kept.stands()?;
    let files = package(run).map_err(|error| Stop::failed(error.to_string()))?;
    let other = files.get(DESCRIPTOR).and_then(|own| there_already(place, own));
    if let Some(other) = other.filter(|_| !over) {
        return Err(Stop::failed(format!(
            "In «{}» ci sono i dati di {other}: non ho scritto nulla. Scegli un'altra cartella con {OPTION}, oppure aggiungi \
             --sovrascrivi per perderli.",
            terminal::path(place)
        )));
    }
    kept.holding(files)
}

fn is_ours(name: &str) -> bool {
    name == DESCRIPTOR || name.ends_with(".csv")
}

/// What the folder holds that this month must not take the place of, in words: a final issue that is not this
/// very one, another month, another body.
fn there_already(place: &Path, own: &[u8]) -> Option<String> {
    let there = std::fs::read(place.join(DESCRIPTOR)).ok().filter(|there| there != own)?;
    let (told, own): (Value, Value) =
        (serde_json::from_slice(&there).ok()?, serde_json::from_slice(own).ok()?);
    let said = |key: &str| told.get(key).and_then(Value::as_str).unwrap_or_default();
    if told.get("ente") != own.get("ente") || told.get("mese") != own.get("mese") {
        let month =
            YearMonth::parse(said("mese")).map_or_else(|| "un altro mese".to_owned(), YearMonth::in_words);
        return Some(terminal::clean(&format!("{month}, {}", said("ente"))));
    }
    let is_final = told.get("definitivo") == Some(&Value::Bool(true));
    is_final.then(|| "un'emissione definitiva, e ciò che è definitivo non si riscrive".to_owned())
}

/// What was written, in words.
pub(super) fn said(place: &Path, folder: &Folder) -> String {
    let tables = folder.len().saturating_sub(1);
    format!(
        "Dati scritti in {}: {}, descritte in {DESCRIPTOR}.",
        terminal::path(place),
        count(tables, "tabella", "tabelle")
    )
}
