//! The words by which an issued workbook is read again: who writes them and who looks for them have them from
//! here.

use crate::book::table::{self, names};

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
/// On the cover, beside the identity of the issue.
pub const IMPRINT: &str = "Impronta dell'emissione";
/// On the cover, beside the month of the issue before.
pub const PREVIOUS_MONTH: &str = "Consolidato precedente";
/// On the cover, beside the hash of the issue of the month before.
pub const PREVIOUS: &str = "SHA-256 del consolidato precedente";
/// On the cover, beside the hash of the final issue of the year before.
pub const LAST_YEAR: &str = "SHA-256 del consolidato dell'anno prima";
/// On the cover, beside the hash of what a later month remembers.
pub const SEAL: &str = "SHA-256 dei fogli";
/// On the cover, beside the program and its version.
pub const PROGRAM: &str = "Programma";
/// On the cover, beside what is printed, where it is all.
pub const PRINT: &str = "Stampa";
/// What the cover says when every sheet is printed whole.
pub const EVERYTHING: &str = "tutto";
/// On the cover, beside how many texts were cut.
pub const SHORTENED: &str = "Testi accorciati";
/// The sheet of the files.
pub const FILES: &str = names::FILES;
/// The sheet of what was typed.
pub const DATA: &str = names::DATA;
/// The sheet of the results.
pub const RESULTS_SHEET: &str = names::RESULTS;
/// The sheet of the degrees.
pub const SUMMARY: &str = names::SUMMARY;
/// The sheet that says what the workbook is.
pub const COVER: &str = names::COVER;
/// The sheet of the findings.
pub const FINDINGS: &str = names::FINDINGS;
/// The sheet of what a month before said otherwise.
pub const SINCE: &str = names::PREVIOUS;
/// The sheet of the sample.
pub const OIV: &str = names::OIV;

/// The row of the header of a sheet that is one table, from 0.
pub const HEADER: u32 = table::HEADER;

/// On *Sintesi*, over what the ente, a group or a scheda gives.
pub const GROUP_COLUMNS: [&str; 5] =
    ["Grado su 100", "Senza ciò che manca", "Semaforo", "Copertura", super::words::PACED];
/// On *Sintesi*, over the levels of its tree.
pub const LEVEL: &str = "Livello";
/// On *Sintesi*, over the first column of each table.
pub const SUMMARY_HEADERS: [&str; 2] = [LEVEL, "Codice"];
