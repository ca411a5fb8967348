//! What is missing: files, sign-off, evidence.

pub(super) mod due;
mod not_sent;

checks! {
    Uffici:
    K01 not_sent,
}
