//! What is missing: files, sign-off, evidence; and the words in which it is explained.

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
    K01 not_sent: Fact,
    K02 late_sign_off: Fact,
    K03 poor_file: Fact,
    K04 empty_register: Fact,
    K06 unsigned: Fact,
    K10 evidence_to_come: Fact,
    K11 same_note: Fact,
    K12 personal_data: Fact,
    K13 early_sign_off: Fact,
    V13 na_among_values: Value,
}
