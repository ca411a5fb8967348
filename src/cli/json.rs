//! Results for machines, where they are wanted.

use std::path::Path;

use super::speech::{Speech, Stop};
use super::{output, replace, terminal};

/// JSON as it is written: to a file, or to standard output.
pub(super) fn json_text(value: &serde_json::Value) -> Result<String, Stop> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Stop::failed(error.to_string()))?;
    Ok(terminal::json(&text) + "\n")
}

/// Writes JSON to a file, which must be new or a result of ours, or to standard output for `-`.
pub(super) fn give_json(value: &serde_json::Value, to: &Path, speech: &mut Speech<'_>) -> Result<(), Stop> {
    let text = json_text(value)?;
    if to != Path::new("-") {
        replace::json(to, text.as_bytes()).map_err(|why| Stop::failed(format!("{why}.")))?;
    }
    put_json(&text, to, speech)
}

/// Puts JSON where it is wanted.
pub(super) fn put_json(text: &str, to: &Path, speech: &mut Speech<'_>) -> Result<(), Stop> {
    if to != Path::new("-") {
        return output::write(to, text.as_bytes(), "--json").map_err(Stop::failed);
    }
    speech.give(text)
}
