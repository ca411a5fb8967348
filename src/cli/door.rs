//! The door for who works from folders and not from a command line: a folder or files dropped on the program,
//! or given as its only words, and a window that stays until it has been read.

use std::ffi::OsString;
use std::io::BufRead;
use std::path::{Path, PathBuf};

use super::args::{Command, Consolida, Controlla, Mese, WithPlan, WithWaivers};
use super::speech::{Speech, Stop};
use super::{terminal, year_folder};
use crate::model::YearMonth;

/// The program that starts others at a double click, or when something is dropped on them.
const EXPLORER: &str = "explorer.exe";

/// What is done with words that are no command but lie on the disk.
pub(super) enum Dropped {
    /// A command.
    Job(Box<Command>),
    /// Where a year stands.
    Year(PathBuf),
}

/// What the words after the program's name ask for, when they are a folder or files; `None` when they are a
/// command line.
pub(super) fn dropped(
    words: &[OsString],
    is_command: impl Fn(&str) -> bool,
) -> Option<Result<Dropped, Stop>> {
    let paths: Vec<&Path> = words.iter().map(Path::new).collect();
    let first = paths.first()?;
    let text = first.to_string_lossy();
    if text.starts_with('-') || is_command(&text) {
        return None;
    }
    if !first.exists() {
        // A word with a separator is no mistyped command.
        let path = paths.len() == 1 && text.contains(['/', '\\']);
        let name = terminal::path(first);
        return path.then(|| {
            Err(Stop::failed(format!("«{name}» non esiste: controlla il nome della cartella o del file.")))
        });
    }
    match paths.as_slice() {
        [folder] if folder.is_dir() => Some(match year_folder::stray(&whole(folder)) {
            Some(name) => Err(Stop::usage(format!(
                "«{name}» sta fra i file ricevuti, ma il suo nome non è un mese: chiamala come le altre, per esempio 2019-07."
            ))),
            None => Ok(of_folder(folder)),
        }),
        files if files.iter().all(|path| path.is_file()) => Some(Ok(Dropped::Job(Box::new(of_files(files))))),
        _ => Some(Err(Stop::usage(
            "Senza un comando si può dare una cartella sola (il mese da fare), oppure uno o più file da controllare. Con altre \
             parole o opzioni scrivi anche il comando, per esempio «schede consolida».",
        ))),
    }
}

/// The folder of a year says where it stands; one of its months, or all that was received, is that month; any
/// other folder is the files of a month, and the result is written beside it.
fn of_folder(folder: &Path) -> Dropped {
    if year_folder::is_at(folder) {
        return Dropped::Year(folder.to_owned());
    }
    let whole = whole(folder);
    if let Some((year, month)) = year_folder::around(&whole) {
        let anno = year.to_owned();
        let month = Mese { anno, mese: month, definitivo: false, sovrascrivi: false, quieto: false };
        return Dropped::Job(Box::new(Command::Mese(month)));
    }
    Dropped::Job(Box::new(Command::Consolida(Consolida {
        plan: WithPlan { piano: None },
        deroghe: WithWaivers { deroghe: None },
        inputs: vec![folder.to_owned()],
        mese: named_month(&whole),
        precedente: None,
        anno_precedente: None,
        output: None,
        beside: whole.parent().map(Path::to_owned),
        stampa: None,
        json: None,
        ritorni: None,
        dati: None,
        definitivo: false,
        sovrascrivi: false,
        rigoroso: false,
        quieto: false,
    })))
}

/// Files are checked, with the plan of the year in whose folder they lie.
fn of_files(files: &[&Path]) -> Command {
    let folder = files.first().map(|file| whole(file)).and_then(|file| file.parent().map(Path::to_owned));
    let year = folder.as_deref().and_then(year_folder::around);
    Command::Controlla(Controlla {
        plan: WithPlan { piano: year.map(|(year, _)| year_folder::plan_of(year)) },
        deroghe: WithWaivers { deroghe: None },
        files: files.iter().map(|file| file.to_path_buf()).collect(),
        mese: year.and_then(|(_, month)| month),
        precedente: None,
        anno_precedente: None,
        json: None,
        quieto: false,
    })
}

/// The path from its root, so that it has a parent; links are not followed.
fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn named_month(folder: &Path) -> Option<YearMonth> {
    YearMonth::parse(folder.file_name()?.to_str()?)
}

/// Keeps the window open until who looks at it presses Enter: a window that Explorer opened closes with the
/// program.
pub(super) fn stay(speech: &mut Speech<'_>, keys: &mut dyn BufRead) {
    speech.say("\nPremi Invio per chiudere questa finestra.");
    let _ = speech.out.flush();
    let _ = keys.read_line(&mut String::new());
}

/// A process as the system lists it.
#[derive(Debug)]
pub(super) struct Process {
    /// Its number.
    pub own: u32,
    /// The number of the one that started it.
    pub parent: u32,
    /// The name of its program.
    pub name: String,
}

/// Whether the process `own` was started by Explorer.
pub(super) fn started_by_explorer(own: u32, processes: &[Process]) -> bool {
    let with = |number: u32| processes.iter().find(|process| process.own == number);
    let parent = with(own).and_then(|process| with(process.parent));
    parent.is_some_and(|parent| parent.name.eq_ignore_ascii_case(EXPLORER))
}

/// The processes of this machine; none where nobody is started by Explorer, and where the list cannot be had:
/// the program then ends as on a command line.
#[cfg(windows)]
pub(super) fn processes() -> Vec<Process> {
    use winsafe::{HPROCESSLIST, co};
    let Ok(mut list) = HPROCESSLIST::CreateToolhelp32Snapshot(co::TH32CS::SNAPPROCESS, None) else {
        return Vec::new();
    };
    let all = list.iter_processes().map_while(Result::ok);
    all.map(|one| Process { own: one.th32ProcessID, parent: one.th32ParentProcessID, name: one.szExeFile() })
        .collect()
}

/// Elsewhere a window stays by itself.
#[cfg(not(windows))]
pub(super) fn processes() -> Vec<Process> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::{Process, started_by_explorer, stay};
    use crate::cli::Speech;

    fn list(rows: &[(u32, u32, &str)]) -> Vec<Process> {
        rows.iter()
            .map(|(own, parent, name)| Process { own: *own, parent: *parent, name: (*name).to_owned() })
            .collect()
    }

    #[test]
    fn explorer_is_told_from_a_command_line() {
        let processes = list(&[
            (4, 0, "System"),
            (10, 4, "Explorer.EXE"),
            (20, 10, "cmd.exe"),
            (30, 20, "schede.exe"),
            (40, 10, "schede.exe"),
            (50, 99, "schede.exe"),
        ]);
        assert!(started_by_explorer(40, &processes));
        assert!(!started_by_explorer(30, &processes), "from a command line that Explorer opened");
        assert!(!started_by_explorer(50, &processes), "who started it is gone");
        assert!(!started_by_explorer(60, &processes) && !started_by_explorer(1, &[]));
    }

    #[test]
    fn the_window_waits_for_one_line_and_not_for_ever() {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut keys: &[u8] = b"\r\naltro";
        stay(&mut Speech { out: &mut out, err: &mut err }, &mut keys);
        assert_eq!(keys, b"altro");
        assert_eq!(String::from_utf8(out).unwrap(), "\nPremi Invio per chiudere questa finestra.\n");
        assert!(err.is_empty());
        let mut closed: &[u8] = b"";
        let (mut out, mut err) = (Vec::new(), Vec::new());
        stay(&mut Speech { out: &mut out, err: &mut err }, &mut closed);
    }
}
