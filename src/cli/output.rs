//! Files out: written beside their place, synced, then renamed; never over an input, never over a device.

use std::io::Write;
use std::path::{Path, PathBuf};

/// Why a file could not be written, in Italian.
pub(super) type Refused = String;

/// Writes `bytes` at `path` whole or not at all.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Refused> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    if path.exists() && !path.is_file() {
        return Err(format!("«{}» esiste e non è un file: scegli un altro nome con -o.", path.display()));
    }
    let explain = |error: &std::io::Error| explain(path, error);
    let mut temporary = tempfile::Builder::new()
        .prefix(".schede-")
        .suffix(".tmp")
        .tempfile_in(folder)
        .map_err(|error| explain(&error))?;
    temporary.write_all(bytes).and_then(|()| temporary.as_file().sync_all()).map_err(|e| explain(&e))?;
    set_readable(temporary.as_file());
    temporary.persist(path).map_err(|error| explain(&error.error))?;
    Ok(())
}

#[cfg(unix)]
fn set_readable(file: &std::fs::File) {
    use std::os::unix::fs::PermissionsExt;
    // A temporary file is private; the result is an ordinary file. Failing here loses nothing.
    let _ = file.set_permissions(std::fs::Permissions::from_mode(0o644));
}

#[cfg(not(unix))]
fn set_readable(_file: &std::fs::File) {}

fn explain(path: &Path, error: &std::io::Error) -> String {
    let what = match error.kind() {
        std::io::ErrorKind::PermissionDenied => {
            "la cartella non permette di scrivere, oppure il file è aperto in Excel: chiudilo e riprova, \
             oppure scegli un'altra cartella con -o"
                .to_owned()
        }
        std::io::ErrorKind::NotFound => {
            "la cartella non esiste: creala, oppure scegline un'altra con -o".to_owned()
        }
        _ => format!("{}; libera spazio o scegli un'altra cartella con -o", why(error)),
    };
    format!("Non riesco a scrivere «{}»: {what}.", path.display())
}

/// What the system says of a mistake, in Italian.
pub(super) fn why(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "non esiste".to_owned(),
        ErrorKind::PermissionDenied => "non c'è il permesso".to_owned(),
        ErrorKind::IsADirectory => "è una cartella, non un file".to_owned(),
        ErrorKind::NotADirectory => "una parte del percorso non è una cartella".to_owned(),
        ErrorKind::AlreadyExists => "c'è già un file con questo nome".to_owned(),
        ErrorKind::InvalidData => "non è un file di testo".to_owned(),
        ErrorKind::StorageFull => "il disco è pieno".to_owned(),
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

/// Refuses to write over a file that was read, or two results in one file; `-` is no file. Each target comes
/// with its option.
pub(super) fn spare<'p>(
    inputs: &[PathBuf],
    plan: Option<&Path>,
    targets: impl IntoIterator<Item = (&'p Path, &'p str)>,
) -> Result<(), Refused> {
    let mut taken: Vec<(PathBuf, &str)> = Vec::new();
    for (target, option) in targets.into_iter().filter(|(target, _)| *target != Path::new("-")) {
        let place = place(target);
        let read =
            |whose: &str| format!("«{}» è {whose}: scegli un altro nome per {option}.", target.display());
        if inputs.iter().any(|input| self::place(input) == place) {
            return Err(read("uno dei file letti"));
        }
        if plan.is_some_and(|plan| self::place(plan) == place) {
            return Err(read("il piano"));
        }
        if let Some((_, other)) = taken.iter().find(|(taken, _)| *taken == place) {
            return Err(format!(
                "«{}» è scritto due volte, in {other} e in {option}: scegli due nomi diversi.",
                target.display()
            ));
        }
        taken.push((place, option));
    }
    Ok(())
}

/// Where a path leads, links followed; of a file that is not there yet, its folder's place and its name.
fn place(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let new = || Some(folder.canonicalize().ok()?.join(path.file_name()?));
    path.canonicalize().ok().or_else(new).unwrap_or_else(|| path.to_owned())
}

/// The files of a command line.
pub(super) struct Gathered {
    /// The files to read, in order of name.
    pub files: Vec<PathBuf>,
    /// Consolidated workbooks of ours found in a folder: results of earlier runs, not inputs.
    pub own: Vec<PathBuf>,
    /// What else is left aside, in words: subfolders, entries that the system does not give.
    pub aside: Vec<String>,
}

/// The files of `inputs`: a folder gives its own files, without subfolders.
pub(super) fn gather(inputs: &[PathBuf]) -> Result<Gathered, Refused> {
    let (mut files, mut own, mut aside) = (Vec::new(), Vec::new(), Vec::new());
    for input in inputs {
        if input.is_dir() {
            let entries = std::fs::read_dir(input).map_err(|error| {
                format!("Non riesco a leggere la cartella «{}»: {}.", input.display(), why(&error))
            })?;
            for entry in entries {
                match entry.map(|entry| entry.path()) {
                    Err(error) => aside.push(format!(
                        "una voce della cartella «{}», che non si legge: {}",
                        input.display(),
                        why(&error)
                    )),
                    Ok(path) if path.is_dir() => aside.push(format!(
                        "«{}»: è una cartella; se contiene file di uffici, mettili accanto agli altri",
                        path.display()
                    )),
                    Ok(path) if is_own_result(&path) => own.push(path),
                    Ok(path) => files.push(path),
                }
            }
        } else if input.exists() {
            files.push(input.clone());
        } else {
            return Err(format!(
                "«{}» non esiste: controlla il nome della cartella o del file.",
                input.display()
            ));
        }
    }
    files.sort();
    files.dedup();
    own.sort();
    aside.sort();
    Ok(Gathered { files, own, aside })
}

/// Whether a file bears the name that `consolida` gives to its result: `consolidato-2019-06.xlsx`, signed or not.
fn is_own_result(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().trim_end_matches(".p7m");
    let month = name.strip_prefix("consolidato-").and_then(|rest| rest.strip_suffix(".xlsx"));
    month.and_then(crate::model::YearMonth::parse).is_some()
}
