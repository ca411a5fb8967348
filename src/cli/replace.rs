//! What a result may take the place of: an earlier provisional result of this program, and nothing else
//! unasked.
//!
//! A file is told by its content, never by its name: whoever renames a final issue does not make it less
//! final.

use std::path::Path;

use serde_json::Value;

use super::output::Refused;
use super::terminal;
use crate::model::PROGRAM;
use crate::read::read_issue_bytes;
use crate::verify::{is_definitive, is_issue};

/// What stands where a result is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// A result of ours that a later run replaces.
    Provisional,
    /// A final issue, or its result for machines.
    Final,
    /// Anything else.
    Foreign,
}

/// Refuses to put the workbook `bytes` in the place of a final issue or of a file that is not ours.
///
/// # Errors
/// Why, and what to do.
pub(super) fn workbook(path: &Path, bytes: &[u8]) -> Result<(), Refused> {
    refuse(path, bytes, of_workbook, "-o")
}

/// The same for a result for machines.
///
/// # Errors
/// As `workbook`.
pub(super) fn json(path: &Path, bytes: &[u8]) -> Result<(), Refused> {
    refuse(path, bytes, of_json, "--json")
}

fn refuse(path: &Path, bytes: &[u8], standing: fn(&[u8]) -> Standing, option: &str) -> Result<(), Refused> {
    if !path.is_file() {
        return Ok(());
    }
    // What cannot be read is nobody's to throw away; an empty file, or the same bytes, hold nothing to lose.
    let standing = match std::fs::read(path) {
        Ok(there) if there.is_empty() || there == bytes => return Ok(()),
        Ok(there) => standing(&there),
        Err(_) => Standing::Foreign,
    };
    let name = terminal::path(path);
    let what = match standing {
        Standing::Provisional => return Ok(()),
        Standing::Final => {
            format!("«{name}» è un'emissione definitiva, e ciò che è definitivo non si riscrive")
        }
        Standing::Foreign => format!("«{name}» c'è già e non è un risultato di questo programma"),
    };
    Err(format!("{what}: non ho scritto nulla. Scegli un altro nome con {option}"))
}

fn of_workbook(bytes: &[u8]) -> Standing {
    match read_issue_bytes("risultato.xlsx", bytes).content {
        Ok(book) if is_issue(&book) && is_definitive(&book) => Standing::Final,
        Ok(book) if is_issue(&book) => Standing::Provisional,
        _ => Standing::Foreign,
    }
}

fn of_json(bytes: &[u8]) -> Standing {
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return Standing::Foreign };
    match &value {
        Value::Array(files) if files.iter().all(is_of_a_file) => Standing::Provisional,
        Value::Object(_) if is_of_a_plan(&value) || is_of_two_plans(&value) => Standing::Provisional,
        Value::Object(_) if is_of_a_month(&value) => {
            if value.get("definitivo") == Some(&Value::Bool(true)) {
                Standing::Final
            } else {
                Standing::Provisional
            }
        }
        _ => Standing::Foreign,
    }
}

/// An element of what `controlla` writes.
fn is_of_a_file(value: &Value) -> bool {
    ["file", "ufficio", "mese", "rilievi", "controlli"].iter().all(|name| value.get(name).is_some())
}

/// What `piano confronta` writes.
fn is_of_two_plans(value: &Value) -> bool {
    ["prima", "dopo", "cambiato", "parti", "modelli_nuovi"].iter().all(|name| value.get(name).is_some())
}

/// What `piano` writes.
fn is_of_a_plan(value: &Value) -> bool {
    ["ente", "anno", "sha256_piano", "uffici", "indicatori"].iter().all(|name| value.get(name).is_some())
        && value.get("mese").is_none()
}

/// What `consolida` writes.
fn is_of_a_month(value: &Value) -> bool {
    value.pointer("/programma/nome").and_then(Value::as_str) == Some(PROGRAM) && value.get("mese").is_some()
}
