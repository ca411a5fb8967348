//! What is missing: files, sign-off, evidence; and the words in which it is explained.

mod complete_ahead;
mod declared;
mod early_sign_off;
mod empty_register;
mod evidence_to_come;
mod late_sign_off;
mod na_among_values;
pub(super) mod not_sent;
pub(super) mod pending;
mod personal_data;
mod poor_file;
mod same_note;
mod unsigned;
mod words;

checks! {
    Uffici:
    K01: not_sent::run,
    K02: late_sign_off::run,
    K03: poor_file::run,
    K04: empty_register::run,
    K06: unsigned::run,
    K10: evidence_to_come::run,
    K11: same_note::run,
    K12: personal_data::run,
    K13: early_sign_off::run,
    K16: complete_ahead::run,
    V13: na_among_values::run,
}
