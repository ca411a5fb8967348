//! Files out: written beside their place, synced, then renamed; never over an input, never over a device.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::interrupt::InHand;
use super::{interrupt, names, terminal};
use crate::read::is_held_elsewhere;

/// How the names of our temporary files begin, how they end, and how many letters stand between.
const TEMPORARY: (&str, &str, usize) = (".schede-", ".tmp", 6);

/// Why a file could not be written, in Italian.
pub(super) type Refused = String;

/// Writes `bytes` at `path` whole or not at all; what an earlier run left half done in that folder is taken
/// away. `option` is the one that names it.
pub(super) fn write(path: &Path, bytes: &[u8], option: &str) -> Result<(), Refused> {
    sweep(&reached(folder_of(path)));
    put(path, bytes, option)
}

/// The same in a folder already swept: for who writes many.
pub(super) fn put(path: &Path, bytes: &[u8], option: &str) -> Result<(), Refused> {
    let folder = reached(folder_of(path));
    if path.exists() && !path.is_file() {
        let name = terminal::path(path);
        return Err(format!("«{name}» esiste e non è un file: scegli un altro nome per {option}."));
    }
    let explain = |error: &std::io::Error| explain(path, error);
    let mut temporary = temporary_in(&folder).map_err(|error| explain(&error))?;
    let _in_hand = InHand::of(temporary.path());
    temporary.write_all(bytes).and_then(|()| temporary.as_file().sync_all()).map_err(|e| explain(&e))?;
    set_readable(temporary.as_file());
    let target = path.file_name().map_or_else(|| path.to_owned(), |name| folder.join(name));
    temporary.persist(target).map_err(|error| explain(&error.error))?;
    sync_folder(&folder);
    interrupt::written();
    Ok(())
}

/// A temporary file of ours, locked as long as it is being written: a lock ends with its process, however
/// that ends.
fn temporary_in(folder: &Path) -> std::io::Result<NamedTempFile> {
    let (prefix, suffix, letters) = TEMPORARY;
    let make =
        || tempfile::Builder::new().prefix(prefix).suffix(suffix).rand_bytes(letters).tempfile_in(folder);
    for _ in 0..10 {
        let temporary = make()?;
        let taken = matches!(temporary.as_file().try_lock(), Err(TryLockError::WouldBlock));
        // Between its making and its lock another run may have taken it for a leftover.
        if !taken && temporary.path().exists() {
            return Ok(temporary);
        }
    }
    make()
}

/// Takes away the temporary files that an interrupted run of this program left in `folder`: those that no
/// process holds. What cannot be taken away stays: it is nothing that a result depends on.
pub(super) fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && entry.file_name().to_str().is_some_and(is_temporary) && !is_held(&entry.path()) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Whether a file bears the name of a temporary file of ours.
fn is_temporary(name: &str) -> bool {
    let (prefix, suffix, letters) = TEMPORARY;
    let middle = name.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(suffix));
    middle.is_some_and(|middle| middle.len() == letters && middle.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Whether a process holds a file; where that cannot be known, it does.
fn is_held(path: &Path) -> bool {
    File::open(path).map_or(true, |file| file.try_lock().is_err())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

/// The folder as the system itself writes it: on Windows in the form that has no limit of 260 characters.
fn reached(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}

/// Refuses the name of a folder to be made that Windows would not take. `option` is the one that names it.
pub(super) fn named(folder: &Path, option: &str) -> Result<(), Refused> {
    // What is there already was named by somebody else.
    match names::refused(folder).filter(|_| !folder.is_dir()) {
        Some(why) => Err(unnameable(folder, &why, option)),
        None => Ok(()),
    }
}

/// Makes a folder, with those above it.
pub(super) fn make(folder: &Path) -> Result<(), Refused> {
    std::fs::create_dir_all(folder).map_err(|error| {
        format!("Non riesco a creare la cartella «{}»: {}.", terminal::path(folder), why(&error))
    })
}

fn unnameable(path: &Path, why: &str, option: &str) -> Refused {
    format!("«{}» non va bene: {why}. Scegli un altro nome per {option}.", terminal::path(path))
}

/// Makes the new name last. The file itself is whole and synced: a system that syncs no folders loses nothing
/// more.
#[cfg(unix)]
fn sync_folder(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) {}

#[cfg(unix)]
fn set_readable(file: &File) {
    use std::os::unix::fs::PermissionsExt;
    // A temporary file is private; the result is an ordinary file. Failing here loses nothing.
    let _ = file.set_permissions(std::fs::Permissions::from_mode(0o644));
}

#[cfg(not(unix))]
fn set_readable(_file: &File) {}

fn explain(path: &Path, error: &std::io::Error) -> String {
    let refused = error.kind() == std::io::ErrorKind::PermissionDenied || is_held_elsewhere(error);
    let what = match (open_in(path), error.kind()) {
        (Some(program), _) if refused => format!("il file è aperto in {program}: chiudilo e riprova"),
        _ if refused => {
            "la cartella non permette di scrivere, oppure il file è aperto in Excel: chiudilo e riprova, \
             oppure scegli un'altra cartella con -o"
                .to_owned()
        }
        (_, std::io::ErrorKind::NotFound) => {
            "la cartella non esiste: creala, oppure scegline un'altra con -o".to_owned()
        }
        _ => format!("{}; libera spazio o scegli un'altra cartella con -o", why(error)),
    };
    format!("Non riesco a scrivere «{}»: {what}.", terminal::path(path))
}

/// The program that has a file open, by the mark that it leaves beside it.
fn open_in(path: &Path) -> Option<&'static str> {
    let name = path.file_name()?.to_string_lossy();
    let beside = |mark: String| path.with_file_name(mark).exists();
    if beside(format!("~${name}")) {
        return Some("Excel");
    }
    beside(format!(".~lock.{name}#")).then_some("LibreOffice")
}

/// What the system says of a mistake, in Italian.
pub(super) fn why(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    if is_held_elsewhere(error) {
        return "è aperto in un altro programma, forse Excel: chiudilo e riprova".to_owned();
    }
    match error.kind() {
        ErrorKind::NotFound => "non esiste".to_owned(),
        ErrorKind::PermissionDenied => "non c'è il permesso".to_owned(),
        ErrorKind::IsADirectory => "è una cartella, non un file".to_owned(),
        ErrorKind::NotADirectory => "una parte del percorso non è una cartella".to_owned(),
        ErrorKind::AlreadyExists => "c'è già un file con questo nome".to_owned(),
        ErrorKind::InvalidData => "non è un file di testo".to_owned(),
        ErrorKind::StorageFull => "il disco è pieno".to_owned(),
        ErrorKind::QuotaExceeded => "lo spazio concesso su questo disco è finito".to_owned(),
        ErrorKind::FileTooLarge => "il disco non ammette un file così grande".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "il disco è di sola lettura".to_owned(),
        ErrorKind::InvalidFilename => "il nome non è ammesso".to_owned(),
        _ => match error.raw_os_error() {
            Some(number) => format!("errore {number} del sistema"),
            None => "errore del sistema".to_owned(),
        },
    }
}

/// Whether a path ends as a workbook does.
pub(super) fn is_workbook(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"))
}

/// Refuses to write over a file that was read, two results in one file, a name that Windows would not take;
/// `-` is no file. Each target comes with its option.
pub(super) fn spare<'p>(
    inputs: &[PathBuf],
    plan: Option<&Path>,
    targets: impl IntoIterator<Item = (&'p Path, &'p str)>,
) -> Result<(), Refused> {
    let inputs: BTreeSet<PathBuf> = inputs.iter().map(|input| place(input)).collect();
    let plan = plan.map(place);
    let mut taken: BTreeMap<PathBuf, &str> = BTreeMap::new();
    for (target, option) in targets.into_iter().filter(|(target, _)| *target != Path::new("-")) {
        if let Some(why) = names::refused(target) {
            return Err(unnameable(target, &why, option));
        }
        let place = place(target);
        let read = |whose: &str| {
            format!("«{}» è {whose}: scegli un altro nome per {option}.", terminal::path(target))
        };
        if inputs.contains(&place) {
            return Err(read("uno dei file letti"));
        }
        if plan.as_ref() == Some(&place) {
            return Err(read("il piano"));
        }
        if let Some(other) = taken.get(&place) {
            return Err(format!(
                "«{}» è scritto due volte, in {other} e in {option}: scegli due nomi diversi.",
                terminal::path(target)
            ));
        }
        taken.insert(place, option);
    }
    Ok(())
}

/// Refuses a folder of results among the files that were read: at the next run they would be strays, or
/// worse.
pub(super) fn apart(inputs: &[PathBuf], folder: &Path, option: &str) -> Result<(), Refused> {
    let there = place(folder);
    if inputs.iter().any(|input| place(input).parent() == Some(&there)) {
        let folder = terminal::path(folder);
        return Err(format!("In «{folder}» ci sono i file letti: scegli un'altra cartella per {option}."));
    }
    Ok(())
}

/// Where a path leads, links followed; of a file that is not there yet, its folder's place and its name.
fn place(path: &Path) -> PathBuf {
    let folder = folder_of(path);
    let new = || Some(folder.canonicalize().ok()?.join(path.file_name()?));
    path.canonicalize().ok().or_else(new).unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{File, explain, is_temporary, named, spare, write};
    use std::io::ErrorKind;
    use std::path::Path;

    #[test]
    fn a_file_that_is_open_is_told_from_a_folder_that_does_not_take_it() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("esito.xlsx");
        let said = |kind: ErrorKind| explain(&target, &kind.into());
        assert!(said(ErrorKind::PermissionDenied).contains("la cartella non permette di scrivere, oppure"));
        let mark = folder.path().join(".~lock.esito.xlsx#");
        std::fs::write(&mark, "").unwrap();
        assert!(
            said(ErrorKind::PermissionDenied)
                .ends_with("esito.xlsx»: il file è aperto in LibreOffice: chiudilo e riprova.")
        );
        std::fs::write(folder.path().join("~$esito.xlsx"), "").unwrap();
        assert!(
            said(ErrorKind::PermissionDenied).ends_with("il file è aperto in Excel: chiudilo e riprova.")
        );
        assert!(said(ErrorKind::StorageFull).contains("il disco è pieno"), "what it is not is not said");
    }

    #[test]
    fn no_name_is_given_that_windows_would_not_take() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["nul", "2019.", "giugno?"] {
            let refused = named(&folder.path().join(name), "-o").unwrap_err();
            assert!(refused.contains("Scegli un altro nome per -o."), "{refused}");
        }
        let targets = [(Path::new("-"), "--json"), (Path::new("con.xlsx"), "-o")];
        let refused = spare(&[], None, targets).unwrap_err();
        assert!(
            refused.starts_with("«con.xlsx» non va bene: «con» in Windows è un dispositivo"),
            "{refused}"
        );
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        // What is there already was named by somebody else.
        std::fs::create_dir(folder.path().join("2019.")).unwrap();
        named(&folder.path().join("2019."), "-o").unwrap();
    }

    #[test]
    fn what_an_interrupted_run_left_is_taken_away_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let others = [".schede-abc.tmp", ".schede-abcdef.txt", "schede-abcdef.tmp", ".schede-ab.def.tmp"];
        for name in [[".schede-aB3dE6.tmp", ".schede-000000.tmp"].as_slice(), &others].concat() {
            std::fs::write(at(name), "x").unwrap();
        }
        let held = File::open(at(".schede-000000.tmp")).unwrap();
        held.try_lock().unwrap();
        write(&at("esito.xlsx"), b"nuovo", "-o").unwrap();
        let mut left: Vec<String> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        left.sort();
        let mut wanted: Vec<&str> = [others.as_slice(), &[".schede-000000.tmp", "esito.xlsx"]].concat();
        wanted.sort_unstable();
        assert_eq!(left, wanted, "what another run holds stays");
        drop(held);
        write(&at("esito.xlsx"), b"di nuovo", "-o").unwrap();
        let refused = write(folder.path(), b"{}", "--json").unwrap_err();
        assert!(refused.ends_with("esiste e non è un file: scegli un altro nome per --json."), "{refused}");
        assert!(!at(".schede-000000.tmp").exists() && others.iter().all(|name| at(name).exists()));
        assert_eq!(std::fs::read(at("esito.xlsx")).unwrap(), b"di nuovo");
        assert!(is_temporary(".schede-aB3dE6.tmp") && !is_temporary(".schede-aB3dE\u{e8}.tmp"));
    }
}
