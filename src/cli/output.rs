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
        _ => format!("{error}; libera spazio o scegli un'altra cartella con -o"),
    };
    format!("Non riesco a scrivere «{}»: {what}.", path.display())
}

/// The files of a command line.
pub(super) struct Gathered {
    /// The files to read, in order of name.
    pub files: Vec<PathBuf>,
    /// Consolidated workbooks of ours found in a folder: results of earlier runs, not inputs.
    pub own: Vec<PathBuf>,
}

/// The files of `inputs`: a folder gives its own files, without subfolders.
pub(super) fn gather(inputs: &[PathBuf]) -> Result<Gathered, Refused> {
    let (mut files, mut own) = (Vec::new(), Vec::new());
    for input in inputs {
        if input.is_dir() {
            let entries = std::fs::read_dir(input).map_err(|error| {
                format!("Non riesco a leggere la cartella «{}»: {error}.", input.display())
            })?;
            let inside =
                entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| !path.is_dir());
            let (results, workbooks): (Vec<PathBuf>, Vec<PathBuf>) =
                inside.partition(|path| is_own_result(path));
            own.extend(results);
            files.extend(workbooks);
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
    Ok(Gathered { files, own })
}

/// Whether a file bears the name that `consolida` gives to its result: `consolidato-2019-06.xlsx`.
fn is_own_result(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let month = name.strip_prefix("consolidato-").and_then(|rest| rest.strip_suffix(".xlsx"));
    month.and_then(crate::model::YearMonth::parse).is_some()
}
