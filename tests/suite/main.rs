//! The tests of the whole: the program as its users meet it, and the house as its own text draws it. One
//! module for each thing that must hold; `support` is what several need.

#![expect(
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests stop at what is not as expected"
)]

mod altered;
mod architecture;
#[path = "../archivio/contents.rs"]
mod archivio;
mod arrays;
#[path = "../campioni/cartelle.rs"]
mod cartelle;
mod check_pages;
mod check_trial;
mod command_line;
mod damage;
mod documents;
mod door;
mod formulas_live;
mod guide;
mod libreoffice;
mod manual;
mod months;
mod no_false_alarm;
mod office_workbooks;
mod open_document;
mod package;
mod plan;
mod plan_in_time;
mod promised;
mod release;
mod returns;
mod samples_fresh;
mod settings_files;
mod support;
mod tabular;
mod template;
mod verification;
mod way_back;
mod what_changed;
mod what_may_be_typed;
mod whole_year;
mod world;
mod year_after_year;
