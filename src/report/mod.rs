//! Facts and findings in, plain tables out.
//!
//! `report` decides everything that a reader of the consolidated workbook sees: which sheets, in which order,
//! which columns, which words, what is green; `to_json` says the same to machines. Nothing is computed here
//! that decides a result, and nothing here knows how a workbook is written.

mod attestation;
mod checks;
mod contributions;
mod cover;
mod coverage;
mod data;
mod definition;
mod document;
mod evidence;
mod files;
mod findings;
mod identity;
mod index;
mod json;
pub mod labels;
mod live;
mod lowered;
mod method;
mod method_controls;
mod method_rows;
mod method_words;
mod normalisations;
mod offices;
mod oiv;
mod order;
mod previous;
mod registers;
mod relation;
mod resources;
mod results;
#[cfg(test)]
pub(crate) mod sample;
mod scheda;
mod seal;
mod summary;
pub mod tables;
mod told;
mod words;

use crate::book::{Report, Sheet, limit, settle, shorten};
use crate::certify::{Run, issue};
pub(crate) use data::{
    COMPLETE, COUNTS, Data, FIXED, KEPT_OUT, NOT_APPLICABLE, NOT_REPORTED, NOT_THEIRS, REMARK,
};
pub(crate) use data::{counts_words, is_row_due};
pub use definition::{Definition, definitions};
pub(crate) use files::Files;
pub(crate) use findings::{Findings, answers_in, is_waived, would_change};
pub use identity::fingerprint;
pub(crate) use index::{DataRow, data_rows};
pub use json::{files_to_json, to_json};
pub(crate) use offices::Offices;
pub use previous::since_last_month;
pub(crate) use previous::{
    BESIDE, Kind, OUT, Previous, State, becomes, machine, reason as correction_reason,
    state as correction_state,
};
pub(crate) use results::Results;
pub(crate) use seal::{Sealing, of_book as sealed, said_in, said_of};
pub(crate) use words::{ACCEPTED, fate_code, fate_words, refusal_words, value_words};

/// The consolidated workbook of a run, before it is written.
pub fn report(run: &Run<'_>) -> Report {
    let index = index::Index::of(run);
    let month = words::month_title(run.consolidation.month);
    let registers = registers::Registers::of(run, &index);
    let mut sheets = sheets(run, &index, &registers);
    // Before the cover, which seals what they say.
    document::lay(&mut sheets, run.prints_all);
    let caps = shorten(&mut sheets);
    let cover = cover::sheet(run, &index, registers.len(), caps, &sheets);
    sheets.insert(0, cover);
    let mut report = Report {
        title: format!("Consuntivo consolidato delle schede {}", run.plan.year),
        subtitle: format!("{} · {month}", run.plan.ente),
        author: run.plan.ente.clone(),
        created: run.consolidation.month.last_day(),
        header: issue(run).to_owned(),
        footer: format!("{} · {month}", run.plan.ente),
        sheets,
        names: data::named(&index),
    };
    limit(&mut report);
    settle(&mut report);
    report
}

/// The sheets after the cover, in the order in which they are read; what another month or the plan does not
/// give, and in the open year what is written of a closed one, is absent.
fn sheets(run: &Run<'_>, index: &index::Index<'_>, registers: &registers::Registers<'_>) -> Vec<Sheet> {
    let (schede, places) = scheda::sheets(run, index, registers);
    let mut sheets = vec![summary::sheet(run, index, &places)];
    sheets.extend(previous::sheet(run));
    sheets.push(results::sheet(run, index, &places));
    sheets.extend(resources::sheet(run, index, &places));
    sheets.extend(schede);
    sheets.extend([oiv::sheet(run, index), attestation::sheet(run, index)]);
    sheets.extend(relation::sheet(run, index));
    sheets.extend([
        offices::sheet(run, index),
        findings::sheet(run, index),
        data::sheet(run, index, &places),
    ]);
    sheets.extend(registers.sheet(run));
    sheets.extend([checks::sheet(run, index), files::sheet(run), method::sheet(run)]);
    sheets
}

#[cfg(test)]
pub(crate) use results::remarks;

#[cfg(test)]
mod conventions;
#[cfg(test)]
mod tests;
