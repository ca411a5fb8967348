//! A folder of files in the making: as they come, then with a page's lines followed one after the other.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::edit;
use super::envelope::enveloped;
use super::page::Line;
use super::scene::Scene;
use super::trouble::Trouble;
use crate::model::CellRef;
use crate::model::OfficeId;
use crate::package::Package;

/// A file before it is read.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name.
    pub name: String,
    bytes: Arc<Vec<u8>>,
    /// The file in pieces, once something in it was changed.
    package: Option<Package>,
    /// Whether it is no more as it came.
    changed: bool,
}

/// What a line touched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Planted {
    /// A cell of a file.
    Cell {
        /// The file's name.
        file: String,
        /// The sheet.
        sheet: String,
        /// The cell.
        cell: CellRef,
    },
    /// A file.
    File(String),
    /// An office whose file is no more there.
    Office(OfficeId),
}

/// The files by office, the others by name.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    files: BTreeMap<String, File>,
}

impl File {
    /// A file as it came.
    pub fn new(name: impl Into<String>, bytes: Arc<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes, package: None, changed: false }
    }

    /// Whether it is no more as it came: name or content.
    pub fn is_changed(&self) -> bool {
        self.changed
    }

    /// Its bytes now.
    ///
    /// # Errors
    /// When what was changed cannot be put together again.
    pub fn bytes(&self) -> Result<Arc<Vec<u8>>, Trouble> {
        match &self.package {
            Some(package) => Ok(Arc::new(package.to_bytes()?)),
            None => Ok(Arc::clone(&self.bytes)),
        }
    }

    fn package(&mut self) -> Result<&mut Package, Trouble> {
        self.changed = true;
        if self.package.is_none() {
            self.package = Some(Package::open(&self.bytes)?);
        }
        self.package.as_mut().ok_or_else(|| Trouble::wrong("il file non si apre"))
    }

    fn replace(&mut self, bytes: Vec<u8>) {
        self.changed = true;
        self.package = None;
        self.bytes = Arc::new(bytes);
    }
}

impl Folder {
    /// Puts a file in the folder, under its office's id or its own name.
    pub fn insert(&mut self, key: impl Into<String>, file: File) {
        self.files.insert(key.into(), file);
    }

    /// Whether there is a file under this office's id or name.
    pub fn has(&self, key: &str) -> bool {
        self.files.contains_key(key)
    }

    /// The files, with the office's id or name under which each stands.
    pub fn files(&self) -> impl Iterator<Item = (&str, &File)> {
        self.files.iter().map(|(key, file)| (key.as_str(), file))
    }

    /// Follows a line on the file of an office.
    ///
    /// # Errors
    /// Why it cannot be done.
    pub fn follow(&mut self, office: &OfficeId, line: &Line, scene: Scene) -> Result<Vec<Planted>, Trouble> {
        let (key, value) = (line.get("chiave"), line.get("valore"));
        let Some(mut file) = self.files.get(office.as_str()).cloned() else {
            return Err(Trouble::absent(format!("manca il file dell'ufficio {office}")));
        };
        let Some(directive) = key.strip_prefix('@') else {
            let spots = edit::enter(file.package()?, line, scene)?;
            return Ok(self.put(office, file, spots));
        };
        let (verb, what) = directive.split_once(' ').unwrap_or((directive, ""));
        match verb {
            "invia" => return Ok(Vec::new()),
            "assente" => {
                self.files.remove(office.as_str());
                return Ok(vec![Planted::Office(office.clone())]);
            }
            "copia" | "altro" => {
                let mut other = file;
                if verb == "altro" {
                    other.package()?.set_remark(value);
                }
                other.changed = true;
                value.clone_into(&mut other.name);
                self.files.insert(value.to_owned(), other);
                return Ok(vec![Planted::File(value.to_owned())]);
            }
            "file" => {
                value.clone_into(&mut file.name);
                file.changed = true;
            }
            "contenuto" => file.replace(contents(&file, value)?),
            _ => {
                let spots = edit::follow(file.package()?, verb, what.trim(), line, scene)?;
                return Ok(self.put(office, file, spots));
            }
        }
        Ok(self.put(office, file, Vec::new()))
    }

    fn put(&mut self, office: &OfficeId, file: File, spots: Vec<super::find::Spot>) -> Vec<Planted> {
        let name = file.name.clone();
        self.files.insert(office.as_str().to_owned(), file);
        if spots.is_empty() {
            return vec![Planted::File(name)];
        }
        let planted = |spot: super::find::Spot| Planted::Cell {
            file: name.clone(),
            sheet: spot.sheet,
            cell: spot.cell,
        };
        spots.into_iter().map(planted).collect()
    }
}

/// What becomes of a file whose bytes are not a workbook of ours.
fn contents(file: &File, what: &str) -> Result<Vec<u8>, Trouble> {
    const TOO_BIG: usize = 35 * 1_048_576;
    match what {
        "troncato" => {
            let mut bytes = file.bytes()?.as_ref().clone();
            bytes.truncate(bytes.len() / 2);
            Ok(bytes)
        }
        // A compound file with the stream in which Excel keeps what it encrypts.
        "cifrato" => {
            let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
            bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
            Ok(bytes)
        }
        "busta firmata" => Ok(enveloped(Some(file.bytes()?.as_ref()))),
        "firma senza documento" => Ok(enveloped(None)),
        "temporaneo" => Ok(b"\x07Ufficio".to_vec()),
        "html" => Ok(b"<html><body><table></table></body></html>".to_vec()),
        "pdf" => Ok(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec()),
        "troppo grande" => Ok(vec![0; TOO_BIG]),
        _ => Err(Trouble::wrong(format!("contenuto sconosciuto: {what}"))),
    }
}
