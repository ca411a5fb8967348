//! The two files as packages: the same to the byte, packed again, saved again by another program, or changed
//! in a part.

use super::difference::{Comparison, Difference, Kind, Sameness, Side, either};
use super::face::Face;
use super::stamps;
use crate::model::CellRef;
use crate::package::{Parts, parts};

/// The two files, opened as far as they differ.
pub(super) enum Packages {
    /// One and the same file.
    Same,
    /// The parts of the issued one, those of the fresh one, and how far they are the same.
    Parts(Parts, Parts, Sameness),
    /// One that cannot be opened.
    Closed,
}

impl Packages {
    pub(super) fn of(issued: Side<'_>, fresh: Side<'_>) -> Self {
        if issued.bytes == fresh.bytes {
            return Self::Same;
        }
        let (Ok(had), Ok(wanted)) = (parts(issued.bytes), parts(fresh.bytes)) else { return Self::Closed };
        let sameness = sameness(&had, &wanted);
        Self::Parts(had, wanted, sameness)
    }

    /// How far the two are the same.
    pub(super) fn sameness(&self) -> Sameness {
        match self {
            Self::Same => Sameness::Bytes,
            Self::Parts(_, _, sameness) => *sameness,
            Self::Closed => Sameness::Changed,
        }
    }

    /// The parts in which alone they differ, when an archive of documents wrote them.
    pub(super) fn stamps(&self) -> Vec<String> {
        match self {
            Self::Parts(had, wanted, _) => stamps::stamps(had, wanted),
            Self::Same | Self::Closed => Vec::new(),
        }
    }

    /// Adds what looks otherwise.
    pub(super) fn compare(&self, issued: Side<'_>, fresh: Side<'_>, comparison: &mut Comparison) {
        let (had, wanted) = match self {
            Self::Same | Self::Parts(_, _, Sameness::Bytes | Sameness::Parts) => return,
            Self::Closed => {
                let whole = Difference::whole("", "", "un file che non si apre", "un file .xlsx");
                return comparison.differences.push(whole);
            }
            Self::Parts(had, wanted, _) => (had, wanted),
        };
        let (own, other) = match (Face::of(had), Face::of(wanted)) {
            (Ok(own), Ok(other)) => (own, other),
            (Err(part), _) | (_, Err(part)) => {
                let about = "parte del file che non si legge";
                let whole = Difference::whole("", about, &part.0, "una parte leggibile");
                return comparison.differences.push(whole);
            }
        };
        let holds = |sheet: &str, cell: CellRef| {
            let held = |side: Side<'_>| side.book.sheet(sheet).and_then(|sheet| sheet.cell(cell)).is_some();
            held(issued) || held(fresh)
        };
        let unlike = own.unlike(&other, holds).into_iter();
        // Rows are as high as what they hold: where that differs, their heights say nothing more.
        let told: Vec<String> = comparison.differences.iter().map(|one| one.sheet.clone()).collect();
        let more = |one: &Difference| !(one.about.starts_with("altezza") && told.contains(&one.sheet));
        // On a sheet whose rows stand elsewhere a look says only which row stood there before.
        let placed = |one: Difference| {
            let placed = comparison.moved.contains(&one.sheet) || leads_to_moved(&one, comparison);
            let kind = if placed { Kind::Place } else { one.kind };
            Difference { kind, ..one }
        };
        let unlike: Vec<Difference> = unlike.filter(more).map(placed).collect();
        comparison.differences.extend(unlike);
        // Saved again by nobody, every part must be the same; what is told already explains what is not.
        if self.sameness() == Sameness::Changed && comparison.differences.is_empty() {
            comparison.differences.extend(bytes(had, wanted, fresh));
        }
    }
}

/// Whether a link leads to the same sheet as it must, and rows stand elsewhere there.
fn leads_to_moved(one: &Difference, comparison: &Comparison) -> bool {
    let sheet = |target: &str| target.split_once('!').map(|(sheet, _)| sheet.trim_matches('\'').to_owned());
    let (own, other) = (sheet(&one.issued), sheet(&one.recomputed));
    one.about == "collegamento" && own == other && own.is_some_and(|sheet| comparison.moved.contains(&sheet))
}

fn sameness(had: &Parts, wanted: &Parts) -> Sameness {
    if had == wanted {
        return Sameness::Parts;
    }
    let mut sheets = wanted.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet"));
    if sheets.any(|(name, part)| had.get(name) == Some(part)) {
        Sameness::Changed
    } else {
        Sameness::SavedAgain
    }
}

/// The parts that are not the same to the byte.
fn bytes(had: &Parts, wanted: &Parts, fresh: Side<'_>) -> Vec<Difference> {
    let words = |parts: &Parts, name: &String, own: &'static str| {
        if parts.contains_key(name) { own } else { "niente" }
    };
    let one = |name: &String| {
        let own = "un contenuto che non è quello emesso, in qualcosa che non si vede nelle celle";
        let (issued, recomputed) = (words(had, name, own), words(wanted, name, "il suo"));
        let about = format!("parte del file {name}");
        let whole = Difference::whole(&sheet_of(name, fresh), &about, issued, recomputed);
        Difference { kind: Kind::Look, ..whole }
    };
    let other = |name: &&String| had.get(*name) != wanted.get(*name);
    either(had, wanted).into_iter().filter(other).map(one).collect()
}

/// The sheet that a part holds; no name when it holds none.
fn sheet_of(part: &str, fresh: Side<'_>) -> String {
    let number = part.strip_prefix("xl/worksheets/sheet").and_then(|rest| rest.strip_suffix(".xml"));
    let place = number.and_then(|number| number.parse::<usize>().ok()?.checked_sub(1));
    place.and_then(|place| fresh.book.sheets.get(place)).map_or_else(String::new, |sheet| sheet.name.clone())
}
