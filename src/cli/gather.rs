//! The files of a command line: folders opened, wildcards followed, our own results left aside, what is not
//! there said.

use std::path::{Path, PathBuf};

use super::output::{Refused, why};
use super::terminal;
use crate::model::YearMonth;
use crate::read::read_issue;
use crate::verify::is_issue;

/// The files of a command line.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// The files to read, in order of name, each once.
    pub files: Vec<PathBuf>,
    /// Consolidated workbooks of ours found in a folder: results of earlier runs, not inputs.
    pub own: Vec<PathBuf>,
    /// What else is left aside, in words: subfolders, entries that the system does not give.
    pub aside: Vec<String>,
    /// What was asked for and is not there, in the order asked.
    pub missing: Vec<PathBuf>,
}

impl Gathered {
    /// What is not there, in a sentence; `None` when everything is.
    pub(super) fn missing_words(&self) -> Option<String> {
        let lines: Vec<String> = self
            .missing
            .iter()
            .map(|path| {
                let name = terminal::path(path);
                if has_wildcard(path) {
                    format!("«{name}»: nessun file corrisponde. Controlla il nome, e la cartella in cui sei.")
                } else {
                    format!("«{name}» non esiste: controlla il nome della cartella o del file.")
                }
            })
            .collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }
}

/// The files of `inputs`: a folder gives its own files, without subfolders; `*` and `?` stand for what they
/// match, unless a file has that very name.
///
/// # Errors
/// When a folder cannot be read.
pub(super) fn gather(inputs: &[PathBuf]) -> Result<Gathered, Refused> {
    let mut gathered = Gathered::default();
    for input in inputs {
        if input.exists() {
            gathered.take(input)?;
            continue;
        }
        let found = matching(input);
        if found.is_empty() {
            gathered.missing.push(input.clone());
        }
        for path in &found {
            gathered.take(path)?;
        }
    }
    for list in [&mut gathered.files, &mut gathered.own] {
        list.sort();
        list.dedup();
    }
    gathered.aside.sort();
    gathered.aside.dedup();
    Ok(gathered)
}

impl Gathered {
    fn take(&mut self, input: &Path) -> Result<(), Refused> {
        if !input.is_dir() {
            self.files.push(input.to_owned());
            return Ok(());
        }
        let unread =
            |error| format!("Non riesco a leggere la cartella «{}»: {}.", terminal::path(input), why(&error));
        for entry in std::fs::read_dir(input).map_err(unread)? {
            match entry.map(|entry| entry.path()) {
                Err(error) => self.aside.push(format!(
                    "una voce della cartella «{}», che non si legge: {}",
                    terminal::path(input),
                    why(&error)
                )),
                Ok(path) if path.is_dir() => self.aside.push(format!(
                    "«{}»: è una cartella; se contiene file di uffici, mettili accanto agli altri",
                    terminal::path(&path)
                )),
                Ok(path) if is_own_result(&path) => self.own.push(path),
                Ok(path) => self.files.push(path),
            }
        }
        Ok(())
    }
}

fn has_wildcard(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?'])
}

/// What `*` and `?` match, as a shell would: not the names that begin with a dot. Brackets are letters like
/// others.
fn matching(input: &Path) -> Vec<PathBuf> {
    let Some(text) = input.to_str().filter(|_| has_wildcard(input)) else { return Vec::new() };
    let options = glob::MatchOptions {
        case_sensitive: !cfg!(windows),
        require_literal_separator: true,
        require_literal_leading_dot: true,
    };
    let found = glob::glob_with(&text.replace('[', "[[]"), options);
    found.map(|paths| paths.filter_map(Result::ok).collect()).unwrap_or_default()
}

/// Whether a file found in a folder is a result of `consolida`: by the name that it gives,
/// `consolidato-2019-06.xlsx`, signed or not, or, for a workbook of another name than the offices', by what
/// its cover says.
fn is_own_result(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let document = name.strip_suffix(".p7m").unwrap_or(&name);
    let saved = [".xlsx", ".ods"].iter().find_map(|end| document.strip_suffix(end));
    let Some(stem) = saved else { return false };
    match stem.strip_prefix("consolidato-") {
        Some(rest) if is_name_of_a_result(rest) => true,
        _ if name.starts_with("schede-") => false,
        _ => read_issue(path).content.is_ok_and(|book| is_issue(&book)),
    }
}

/// `2019-06`, `2019-definitivo`.
fn is_name_of_a_result(rest: &str) -> bool {
    let year = rest.strip_suffix("-definitivo");
    YearMonth::parse(rest).is_some()
        || year.is_some_and(|year| year.len() == 4 && year.bytes().all(|digit| digit.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::gather;

    fn names(paths: &[PathBuf]) -> Vec<String> {
        paths.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    }

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in files {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        folder
    }

    #[test]
    fn our_own_results_are_no_inputs() {
        let own = ["consolidato-2019-06.xlsx", "consolidato-2019-definitivo.xlsx"];
        let others = ["consolidato-2019.xlsx", "consolidato-xxxx-definitivo.xlsx", "schede-2019-urp.xlsx"];
        let folder = folder(&[own.as_slice(), &others].concat());
        let gathered = gather(&[folder.path().to_owned()]).unwrap();
        assert_eq!(
            (names(&gathered.own), names(&gathered.files)),
            (own.map(str::to_owned).into(), others.map(str::to_owned).into())
        );
    }

    #[cfg(unix)]
    #[test]
    fn wildcards_are_followed_where_the_shell_does_not_and_a_name_comes_first() {
        let folder = folder(&["a1.xlsx", "a2.xlsx", "b.xlsx", ".a3.xlsx", "[a]*.xlsx", "[a]1.xlsx"]);
        let found = |name: &str| {
            let gathered = gather(&[folder.path().join(name)]).unwrap();
            (names(&gathered.files).join(" "), gathered.missing_words())
        };
        assert_eq!(found("a*.xlsx"), ("a1.xlsx a2.xlsx".to_owned(), None));
        assert_eq!(found("a?.xlsx").0, "a1.xlsx a2.xlsx");
        assert_eq!(found("[a]*.xlsx"), ("[a]*.xlsx".to_owned(), None));
        assert_eq!(found("[a]?.xlsx"), ("[a]*.xlsx [a]1.xlsx".to_owned(), None));
        let (files, words) = found("c*.xlsx");
        assert!(files.is_empty() && words.unwrap().contains("nessun file corrisponde"));
    }

    #[test]
    fn what_is_not_there_is_said_and_the_rest_is_read() {
        let folder = folder(&["a.xlsx"]);
        let gathered = gather(&[Path::new("non/c'è.xlsx").to_owned(), folder.path().join("a.xlsx")]).unwrap();
        assert_eq!(names(&gathered.files), ["a.xlsx"]);
        assert!(gathered.missing_words().unwrap().contains("«non/c'è.xlsx» non esiste"));
    }
}
