//! The file itself: kind, integrity, year, office, copies.

mod calculation;
mod comments;
mod damaged;
mod encrypted;
mod envelope;
mod foreign;
mod late_change;
mod links;
mod long_sheet_name;
mod macros;
mod other_format;
mod other_kind;
mod other_plan;
mod other_program;
mod rival_files;
mod sent;
mod stray;
mod temporary;
mod too_big;
mod two_readings;
mod unverified;
mod wrong_office;

checks! {
    Formale:
    F01 damaged: Cell,
    F02 other_kind: Cell,
    F03 encrypted: Cell,
    F04 temporary: Cell,
    F05 foreign: Cell,
    F06 other_plan: Cell,
    F07 other_format: Cell,
    F08 wrong_office: Cell,
    F09 rival_files: Cell,
    F12 macros: Cell,
    F13 links: Cell,
    F14 comments: Cell,
    F15 too_big: Cell,
    F16 other_program: Cell,
    F17 late_change: Cell,
    F18 calculation: Cell,
    F19 envelope: Cell,
    F20 stray: Cell,
    F21 long_sheet_name: Cell,
    F22 unverified: Cell,
    F23 two_readings: Cell,
}
