//! The file itself: kind, integrity, year, office, copies.

mod damaged;
mod encrypted;
mod foreign;
mod other_kind;
mod other_plan;
mod rival_files;
mod temporary;
mod too_big;
mod wrong_office;

checks! {
    Formale:
    F01 damaged,
    F02 other_kind,
    F03 encrypted,
    F04 temporary,
    F05 foreign,
    F06 other_plan,
    F08 wrong_office,
    F09 rival_files,
    F15 too_big,
}
