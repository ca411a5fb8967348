//! An issued workbook back to facts: the month before, as the next one remembers it.
//!
//! The workbook is hostile input: it is read within the bounds of any file, its columns are those that
//! `report` declares, and it is believed only as far as it agrees with itself: its identity is made again
//! from the list of its files, its plan and its results; its results, from its own data, where the plan is
//! still the same; and what an issue seals is counted again. Who changed one cell is found out; who made the
//! whole workbook anew is found by `verifica`, and by the month after, which names this one by hash.

mod archive;
mod away;
mod cover;
mod data;
mod findings;
mod offices;
mod proof;
mod refused;
mod results;
mod table;

use crate::memory::Memory;
use crate::plan::Plan;
use crate::read::{Incoming, RawWorkbook};
use crate::report::labels;
use crate::verify::{beside, is_definitive};
pub use archive::last_year;
pub use findings::open_errors;
pub use refused::Refused;

/// What an issued workbook holds, for a month of this plan.
///
/// # Errors
/// Why it is not to be used.
pub fn recall(plan: &Plan, file: Incoming) -> Result<Memory, Refused> {
    let book = file.content.and_then(RawWorkbook::as_issue).map_err(Refused::Unreadable)?;
    // The hash is that of the document, whatever envelope it came in.
    let sha256 = book.traits.envelope.as_ref().map_or(file.sha256, |envelope| envelope.sha256.clone());
    remembered(plan, &book, sha256).map_err(|why| why.of_a_file_saved_by(saved_by(&book)))
}

/// What the final issue of this plan's own year holds.
///
/// # Errors
/// Why it is not to be used: as [`recall`], and when it is not the final issue, or of another plan.
pub fn recall_final(plan: &Plan, file: Incoming) -> Result<Memory, Refused> {
    let definitive = file.content.as_ref().is_ok_and(is_definitive);
    let own = file.content.as_ref().ok().and_then(|book| beside(book, labels::PLAN));
    let memory = recall(plan, file)?;
    if !definitive || !memory.month.closes_year() {
        return Err(Refused::NotFinal(memory.month));
    }
    if own.is_some_and(|own| own != plan.sha256) {
        return Err(Refused::OtherPlan);
    }
    Ok(memory)
}

fn remembered(plan: &Plan, book: &RawWorkbook, sha256: String) -> Result<Memory, Refused> {
    let memory = facts(plan, book, sha256)?;
    proof::proven(&plan.at(memory.month.month), book, &memory)?;
    Ok(memory)
}

/// What this program says in a workbook of itself: who writes it for us says the first Excel of the format.
const OWN: (&str, &str) = ("Microsoft Excel", "12.0000");

/// The program that has saved an issue again; `None` where it is as it was issued.
fn saved_by(book: &RawWorkbook) -> Option<String> {
    let (program, version) = (book.traits.program(), book.traits.app_version.as_deref().unwrap_or_default());
    ((program.as_str(), version) != OWN).then_some(program)
}

fn facts(plan: &Plan, book: &RawWorkbook, sha256: String) -> Result<Memory, Refused> {
    let mut memory = cover::identity(plan, book, sha256)?;
    data::files(plan, book, &mut memory)?;
    data::entries(plan, book, &mut memory)?;
    results::indicators(plan, book, &mut memory)?;
    results::tree(book, &mut memory)?;
    findings::findings(plan, book, &mut memory)?;
    findings::earlier(plan, book, &mut memory)?;
    away::away(plan, book, &mut memory)?;
    offices::recognised(plan, book, &mut memory);
    Ok(memory)
}
