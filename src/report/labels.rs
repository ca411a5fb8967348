//! The words by which an issued workbook is read again: who writes them and who looks for them have them from here.

use super::table::names;

/// On the cover, beside the reporting month.
pub const MONTH: &str = "Mese di riferimento";
/// On the cover, beside whether it is the final issue.
pub const ISSUE: &str = "Emissione";
/// What the cover says of the final issue.
pub const DEFINITIVE: &str = "Definitiva";
/// On the cover, beside the hash of what of the plan counts.
pub const PLAN: &str = "SHA-256 del piano";
/// On the cover, beside the hash of the plan with its texts.
pub const WHOLE_PLAN: &str = "SHA-256 di tutto il piano";
/// On the cover, beside the hash of the list of the files.
pub const LIST_OF_FILES: &str = "SHA-256 dell'elenco dei file";
/// On the cover, beside the hash of the results.
pub const RESULTS: &str = "SHA-256 dei risultati";
/// On the cover, beside the program and its version.
pub const PROGRAM: &str = "Programma";
/// The sheet of the files.
pub const FILES: &str = names::FILES;
/// On that sheet, over the names of the files.
pub const FILE: &str = "File";
/// On that sheet, over their hashes.
pub const HASH: &str = "SHA-256";
