//! What the work is held against: the floors under it, and programs that do an honest minimum of it.

use std::hint::black_box;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use calamine::{Reader, Xlsx};
use zip::ZipArchive;

/// U: calamine streams every cell of the files, on one thread, and does nothing with them.
pub(crate) fn streamed(files: &[(String, Vec<u8>)]) -> usize {
    let cells = |bytes: &[u8]| {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let mut count = 0;
        for sheet in book.sheet_names() {
            let mut cells = book.worksheet_cells_reader(&sheet).unwrap();
            while let Some(cell) = cells.next_cell().unwrap() {
                black_box(cell);
                count += 1;
            }
        }
        count
    };
    files.iter().map(|(_, bytes)| cells(bytes)).sum()
}

/// I: the parts of the files that hold cells, texts and styles are inflated.
pub(crate) fn inflated(files: &[(String, Vec<u8>)]) -> usize {
    let parts = |bytes: &[u8]| {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let needed: Vec<usize> = (0..archive.len())
            .filter(|index| {
                let name = archive.name_for_index(*index).unwrap().unwrap().into_owned();
                name.starts_with("xl/worksheets/sheet")
                    || name == "xl/sharedStrings.xml"
                    || name == "xl/styles.xml"
            })
            .collect();
        let mut content = Vec::new();
        for index in needed {
            archive.by_index(index).unwrap().read_to_end(&mut content).unwrap();
        }
        content.len()
    };
    files.iter().map(|(_, bytes)| parts(bytes)).sum()
}

/// The programs in Python: what each does stands at its beginning.
pub(crate) const PROGRAMS: [(&str, &str); 2] =
    [("python-calamine", "minimo_calamine.py"), ("openpyxl", "minimo_openpyxl.py")];

/// The user time of a program in Python on the files of a folder; none when it cannot run here.
pub(crate) fn program(script: &str, folder: &Path) -> Option<Duration> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/growth").join(script);
    let before = super::clock::children()?;
    let done = Command::new("python3").arg(script).arg(folder).output().ok()?;
    let taken = super::clock::children()?.saturating_sub(before);
    done.status.success().then_some(taken)
}
