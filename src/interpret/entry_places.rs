//! Which entries stand in a cell: findings are made of cells, which people read, and joined by entries.

use std::collections::BTreeMap;

use super::submission::Submission;
use crate::model::{CellRef, EntryRef, Finding, OfficeId};

/// The entries by office, sheet and cell.
#[derive(Debug, Default)]
pub struct EntryPlaces {
    sent: BTreeMap<OfficeId, Sent>,
}

/// What stands where in the file of an office.
#[derive(Debug)]
struct Sent {
    file: String,
    /// The place of its office in the plan.
    place: Option<usize>,
    /// Of each sheet, in order of cell; whether it was lost.
    sheets: BTreeMap<String, Vec<Standing>>,
}

/// What stands in a cell, and whether only the template has it there.
type Standing = (CellRef, EntryRef, bool);

/// The checks that tell what is gone from a sheet: what stands now where it stood is not meant.
const GONE: [&str; 2] = ["T01", "T06"];

impl EntryPlaces {
    /// Of the submissions that stand.
    pub fn of(submissions: &[Submission]) -> Self {
        Self { sent: submissions.iter().map(|one| (one.office.clone(), Sent::of(one))).collect() }
    }

    /// The entries in the cells that a finding names, in the order of the cells.
    pub fn named(&self, finding: &Finding) -> Vec<EntryRef> {
        let own = finding.office.as_ref().zip(finding.file.as_deref()).zip(finding.sheet.as_deref());
        let own = own.map(|((office, file), sheet)| (office, file, sheet, finding.cells.as_slice()));
        let gone = GONE.contains(&finding.rule.code);
        let related = finding.related.iter();
        let related = related
            .map(|other| (&other.office, other.file.as_str(), other.sheet.as_str(), other.cells.as_slice()));
        own.into_iter()
            .chain(related)
            .flat_map(|(office, file, sheet, cells)| {
                let sent = self.sent.get(office).filter(|sent| sent.file == file);
                let known = sent.and_then(|sent| sent.sheets.get(sheet)).map_or(&[][..], Vec::as_slice);
                cells.iter().flat_map(move |cell| entries_in(known, *cell, gone))
            })
            .collect()
    }

    /// The office, by its place in the plan, of which a finding keeps out all that it sent.
    pub fn banned(&self, finding: &Finding) -> Option<usize> {
        let sent = self.sent.get(finding.office.as_ref()?)?;
        sent.place.filter(|_| finding.bans_file() == Some(&sent.file))
    }
}

impl Sent {
    fn of(submission: &Submission) -> Self {
        let mut sheets: BTreeMap<String, Vec<Standing>> = BTreeMap::new();
        for (place, at, lost) in submission.places() {
            match sheets.get_mut(&place.sheet) {
                Some(known) => known.push((place.cell, at, lost)),
                None => drop(sheets.insert(place.sheet.clone(), vec![(place.cell, at, lost)])),
            }
        }
        sheets.values_mut().for_each(|known| known.sort_unstable());
        let place = submission.places().next().map(|(_, at, _)| at.office);
        Self { file: submission.file.clone(), place, sheets }
    }
}

/// The entries in a cell: one that was lost may have its place in the template where another stands, and it
/// alone is meant by who tells what is gone.
fn entries_in(known: &[Standing], cell: CellRef, gone: bool) -> impl Iterator<Item = EntryRef> {
    let first = known.partition_point(|(own, ..)| *own < cell);
    let here = known.iter().skip(first).take_while(move |(own, ..)| *own == cell);
    here.filter(move |(_, _, lost)| *lost || !gone).map(|(_, at, _)| *at)
}
