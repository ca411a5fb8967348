//! What makes a folder that of a year, and which year lies around a path.

use std::path::{Path, PathBuf};

use crate::model::YearMonth;
use crate::read::is_temporary;

/// The plan of the year.
pub(super) const PLAN: &str = "piano.toml";
/// What the offices sent, a folder for each month.
pub(super) const RECEIVED: &str = "ricevuti";

/// Whether a folder is that of a year.
pub(super) fn is_at(folder: &Path) -> bool {
    folder.join(PLAN).is_file() && folder.join(RECEIVED).is_dir()
}

/// The plan of a year's folder.
pub(super) fn plan_of(folder: &Path) -> PathBuf {
    folder.join(PLAN)
}

/// What lies among those that a year received and is no month of it: in order of name.
pub(super) fn strays(folder: &Path, is_month: impl Fn(YearMonth) -> bool) -> Vec<String> {
    let inside = std::fs::read_dir(folder.join(RECEIVED)).into_iter().flatten().flatten();
    let names = inside.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let stray = |name: &String| !is_temporary(name) && !YearMonth::parse(name).is_some_and(&is_month);
    let mut strays: Vec<String> = names.filter(stray).collect();
    strays.sort();
    strays
}

/// The name of a folder among those that a year received, when it is not the name of a month.
pub(super) fn stray(folder: &Path) -> Option<String> {
    let name = folder.file_name()?.to_str()?;
    let received =
        folder.parent().filter(|parent| parent.file_name().is_some_and(|name| name == RECEIVED))?;
    (is_at(received.parent()?) && YearMonth::parse(name).is_none()).then(|| name.to_owned())
}

/// The folder of the year in which `folder` holds what the offices sent, all of it or that of a month.
pub(super) fn around(folder: &Path) -> Option<(&Path, Option<YearMonth>)> {
    let named = |folder: &Path| folder.file_name().is_some_and(|name| name == RECEIVED);
    let month = || YearMonth::parse(folder.file_name()?.to_str()?);
    let (received, month) = if named(folder) { (folder, None) } else { (folder.parent()?, Some(month()?)) };
    let year = received.parent().filter(|year| named(received) && is_at(year))?;
    Some((year, month))
}

/// The folder of the year in which a file, or a folder, of what was received lies, itself too.
pub(super) fn above(path: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(path).ok()?;
    // The year, what was received, a month, a file.
    whole.ancestors().take(4).find(|folder| is_at(folder)).map(Path::to_owned)
}
