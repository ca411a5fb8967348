//! `consolida --dati`: the month as a Tabular Data Package, in a folder.

use std::path::Path;

use serde_json::Value;

use super::folder::{Folder, Kept};
use super::speech::Stop;
use super::terminal;
use crate::certify::Run;
use crate::model::count;
use crate::tabular::{DESCRIPTOR, package};

/// The option that names the folder.
const OPTION: &str = "--dati";

/// Prepares everything, so that nothing is written when something cannot be.
pub(super) fn prepare(run: &Run<'_>, place: &Path, over: bool) -> Result<Folder, Stop> {
    let kept = Kept { place, option: OPTION, ours: is_ours, over };
    kept.stands()?;
    let files = package(run).map_err(|error| Stop::failed(error.to_string()))?;
    if !over && !files.get(DESCRIPTOR).is_some_and(|own| may_replace(place, own)) {
        return Err(Stop::failed(format!(
            "In «{}» ci sono i dati di un'emissione definitiva, e ciò che è definitivo non si riscrive: non ho scritto nulla. \
             Scegli un'altra cartella con {OPTION}, oppure aggiungi --sovrascrivi per perderli.",
            terminal::path(place)
        )));
    }
    kept.holding(files)
}

fn is_ours(name: &str) -> bool {
    name == DESCRIPTOR || name.ends_with(".csv")
}

/// Whether what stands in the folder is no final issue, or this very one.
fn may_replace(place: &Path, own: &[u8]) -> bool {
    let Ok(there) = std::fs::read(place.join(DESCRIPTOR)) else { return true };
    let told: Option<Value> = serde_json::from_slice(&there).ok();
    there == own || told.is_none_or(|told| told.get("definitivo") != Some(&Value::Bool(true)))
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
