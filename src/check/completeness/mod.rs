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
    K01 not_sent,
    K02 late_sign_off,
    K03 poor_file,
    K04 empty_register,
    K06 unsigned,
    K10 evidence_to_come,
    K11 same_note,
    K12 personal_data,
    K13 early_sign_off,
    V13 na_among_values,
}
