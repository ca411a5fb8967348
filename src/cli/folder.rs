//! A folder that a run writes whole: what goes back to the offices, the tables for other programs.
//!
//! A list of the hashes of what was written stands beside it: so a later run knows its own files, replaces
//! them and takes away those that are no longer due; it never touches one that anybody has changed, or that
//! was there before. While files are being replaced the list has them as they were and as they will be: what
//! an interrupted run leaves is still known for ours.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::speech::Stop;
use super::{output, terminal};
use crate::model::sha256;

/// The name of the list of hashes, as `sha256sum -c` reads it.
pub(super) const LIST: &str = "impronte.sha256";

/// All that goes in a folder.
pub(super) struct Folder {
    place: PathBuf,
    files: BTreeMap<String, Vec<u8>>,
    /// The list of their hashes.
    list: String,
    /// The same with what an earlier run has written.
    meanwhile: String,
    /// Files of an earlier run that are not due any more.
    over: Vec<PathBuf>,
    option: &'static str,
}

/// Where a folder is and what belongs in it.
pub(super) struct Kept<'a> {
    /// The folder.
    pub(super) place: &'a Path,
    /// The option that names it.
    pub(super) option: &'static str,
    /// Whether a name is one that such a folder may hold.
    pub(super) ours: fn(&str) -> bool,
    /// Whether what others have put there is lost.
    pub(super) over: bool,
}

impl Kept<'_> {
    /// Refuses what is no folder, or cannot be one.
    pub(super) fn stands(&self) -> Result<(), Stop> {
        if self.place.exists() && !self.place.is_dir() {
            let (name, option) = (terminal::path(self.place), self.option);
            return Err(Stop::usage(format!("«{name}» non è una cartella: dai a {option} una cartella.")));
        }
        output::named(self.place, self.option).map_err(Stop::usage)
    }

    /// Prepares `files`, so that nothing is written when something cannot be.
    pub(super) fn holding(self, files: BTreeMap<String, Vec<u8>>) -> Result<Folder, Stop> {
        let list: Written =
            files.iter().map(|(name, bytes)| (name.clone(), BTreeSet::from([sha256(bytes)]))).collect();
        let written = self.written_before();
        if !self.over {
            self.refuse_others(&files, &written)?;
        }
        let stale = written
            .iter()
            .filter(|(name, hashes)| !files.contains_key(*name) && is_as_left(self.place, name, hashes));
        let over = stale.map(|(name, _)| self.place.join(name)).collect();
        let mut both = written;
        for (name, hashes) in &list {
            both.entry(name.clone()).or_default().extend(hashes.iter().cloned());
        }
        Ok(Folder {
            place: self.place.to_owned(),
            files,
            list: lines(&list),
            meanwhile: lines(&both),
            over,
            option: self.option,
        })
    }

    /// What an earlier run says that it has written.
    fn written_before(&self) -> Written {
        let list = std::fs::read_to_string(self.place.join(LIST)).unwrap_or_default();
        let plain = |name: &str| (self.ours)(name) && !name.contains(['/', '\\']);
        let mut written = Written::new();
        for (hash, name) in list.lines().filter_map(|line| line.split_once("  ")) {
            if plain(name) {
                written.entry(name.to_owned()).or_default().insert(hash.to_owned());
            }
        }
        written
    }

    /// A file that is not of an earlier run, or that somebody has changed since, is never replaced unasked.
    fn refuse_others(&self, files: &BTreeMap<String, Vec<u8>>, written: &Written) -> Result<(), Stop> {
        let is_other = |(name, bytes): &(&String, &Vec<u8>)| {
            let path = self.place.join(name);
            path.exists()
                && !std::fs::read(&path).is_ok_and(|there| there == **bytes)
                && !written.get(*name).is_some_and(|hashes| is_as_left(self.place, name, hashes))
        };
        let list = (written.is_empty() && self.place.join(LIST).exists()).then_some(LIST);
        let others = files.iter().filter(is_other).map(|(name, _)| name.as_str());
        let others: Vec<String> =
            others.chain(list).map(|name| format!("  {}", terminal::path(&self.place.join(name)))).collect();
        if others.is_empty() {
            return Ok(());
        }
        Err(Stop::failed(format!(
            "In «{}» ci sono già file che non sono di questo lavoro, o che qualcuno ha cambiato; non ho scritto nulla:\n{}\n\
             Scegli un'altra cartella con {}, oppure aggiungi --sovrascrivi per perderli.",
            terminal::path(self.place),
            others.join("\n"),
            self.option
        )))
    }
}

/// Names of files, each with the hashes that it may have.
type Written = BTreeMap<String, BTreeSet<String>>;

/// A list of hashes, as `sha256sum -c` reads it.
fn lines(written: &Written) -> String {
    let each = written.iter().flat_map(|(name, hashes)| hashes.iter().map(move |hash| (hash, name)));
    each.map(|(hash, name)| format!("{hash}  {name}\n")).collect()
}

/// Whether a file is still as an earlier run left it.
fn is_as_left(folder: &Path, name: &str, hashes: &BTreeSet<String>) -> bool {
    std::fs::read(folder.join(name)).is_ok_and(|bytes| hashes.contains(&sha256(bytes)))
}

impl Folder {
    /// Where its files will be, each with the option that names the folder.
    pub(super) fn targets(&self) -> impl Iterator<Item = (PathBuf, &'static str)> {
        let names = self.files.keys().map(String::as_str).chain([LIST]);
        names.map(|name| (self.place.join(name), self.option))
    }

    /// How many files it holds, the list left out.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// Writes everything, the list last, and takes away what an earlier run left and is not due any more.
    pub(super) fn write(&self) -> Result<(), Stop> {
        output::make(&self.place).map_err(Stop::failed)?;
        let put = |name: &str, bytes: &[u8]| {
            output::write(&self.place.join(name), bytes, self.option).map_err(Stop::failed)
        };
        put(LIST, self.meanwhile.as_bytes())?;
        for (file, bytes) in &self.files {
            put(file, bytes)?;
        }
        for path in &self.over {
            std::fs::remove_file(path).map_err(|error| {
                let path = terminal::path(path);
                Stop::failed(format!(
                    "Non riesco a togliere «{path}», che non serve più: {}.",
                    output::why(&error)
                ))
            })?;
        }
        if self.list == self.meanwhile { Ok(()) } else { put(LIST, self.list.as_bytes()) }
    }
}
