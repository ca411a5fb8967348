//! The cover: whose it is, of which month, from which plan.

use super::refused::Refused;
use crate::memory::Memory;
use crate::model::YearMonth;
use crate::plan::Plan;
use crate::read::RawWorkbook;
use crate::report::labels;
use crate::verify::{beside, is_issue, last_year_of, month_of, under_the_title};

/// A memory with nothing but its identity.
pub(super) fn identity(plan: &Plan, book: &RawWorkbook, sha256: String) -> Result<Memory, Refused> {
    let month = whose(plan, book)?;
    if month.year != plan.year {
        return Err(Refused::OtherYear(month.year));
    }
    let mut memory = Memory::empty(month);
    memory.sha256 = sha256;
    memory.plan = beside(book, labels::WHOLE_PLAN).ok_or(Refused::NotAnIssue)?;
    memory.last_year = last_year_of(book);
    Ok(memory)
}

/// The reporting month of an issue of the plan's ente.
pub(super) fn whose(plan: &Plan, book: &RawWorkbook) -> Result<YearMonth, Refused> {
    let month = month_of(book).filter(|_| is_issue(book)).ok_or(Refused::NotAnIssue)?;
    let said = under_the_title(book).ok_or(Refused::NotAnIssue)?;
    let ente = said.rsplit_once(" · ").map_or(said.as_str(), |(ente, _)| ente);
    if ente != plan.ente.trim() {
        return Err(Refused::OtherEnte(ente.to_owned()));
    }
    Ok(month)
}
