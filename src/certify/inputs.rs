//! What came in, under one hash.

use crate::check::{Fate, Received};
use crate::model::sha256;
use crate::read::Refusal;

/// One hash for all the inputs: SHA-256 of the lines `hash, two blanks, name` in order of name, as
/// `sha256sum` writes them. Temporary files are left out.
pub fn inputs_sha256(files: &[Received]) -> String {
    let mut listed: Vec<&Received> =
        files.iter().filter(|file| file.fate != Fate::Refused(Refusal::Temporary)).collect();
    listed.sort_by(|a, b| (&a.name, &a.sha256).cmp(&(&b.name, &b.sha256)));
    let lines: String = listed.iter().map(|file| format!("{}  {}\n", file.sha256, file.name)).collect();
    sha256(lines)
}
