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
    F01: damaged::run,
    F02: other_kind::run,
    F03: encrypted::run,
    F04: temporary::run,
    F05: foreign::run,
    F06: other_plan::run,
    F07: other_format::run,
    F08: wrong_office::run,
    F09: rival_files::run,
    F12: macros::run,
    F13: links::run,
    F14: comments::run,
    F15: too_big::run,
    F16: other_program::run,
    F17: late_change::run,
    F18: calculation::run,
    F19: envelope::run,
    F20: stray::run,
    F21: long_sheet_name::run,
    F22: unverified::run,
    F23: two_readings::run,
}
