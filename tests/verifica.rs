//! A thousand changes to an issued workbook, and to the files it comes from: each one is found.
//!
//! The changes are drawn, always the same ones; most are made to the cells as read, some to the bytes.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    reason = "helpers of tests stop at what is not as expected, and change numbers as anybody could"
)]

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::PathBuf;

use schede::interpret::{Arrival, arrive, settle};
use schede::model::{CellRef, Month, Rule};
use schede::pipeline::{Job, run_on};
use schede::plan::{DEFAULT_PLAN, Plan, read_plan};
use schede::proof::{Issue, issue};
use schede::read::{RawCell, RawContent, RawWorkbook, read_bytes};
use schede::report::Run;
use schede::verify::compare;
use schede::write::templates;

const IN_CELLS: usize = 850;
const IN_BYTES: usize = 120;
const IN_FILES: usize = 30;

/// Numbers drawn, always the same ones.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(bound).unwrap()).unwrap()
    }
}

/// June's files: names and bytes.
fn files() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples/2019-06");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<(String, Vec<u8>)> = paths
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

fn arrival(plan: &Plan, name: &str, bytes: Vec<u8>) -> Arrival {
    arrive(plan, &read_bytes(name, bytes), &templates(plan))
}

fn job(plan: &Plan, arrivals: Vec<Arrival>) -> Job {
    run_on(plan, settle(plan, arrivals), Month::new(6), &mut |_| ()).unwrap()
}

fn issued(plan: &Plan, job: &Job) -> Issue {
    let rules: Vec<&'static Rule> = schede::check::rules().collect();
    let run = Run {
        plan,
        consolidation: &job.consolidation,
        months: &job.months,
        checked: &job.checked,
        rules: &rules,
        files: &job.files,
        submissions: &job.submissions,
        admitted: &job.admitted,
        definitive: false,
    };
    issue(&run).unwrap()
}

#[test]
fn a_thousand_changes_are_all_found() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let files = files();
    let arrivals: Vec<Arrival> =
        files.iter().map(|(name, bytes)| arrival(&plan, name, bytes.clone())).collect();
    let own = issued(&plan, &job(&plan, arrivals.clone()));
    assert!(compare(&own.read_back, &own.read_back).differences.is_empty());
    let mut draw = Draw(2019);
    for change in 0..IN_CELLS {
        let mut book = own.read_back.clone();
        let (sheet, cell) = change_a_cell(&mut book, &mut draw);
        let found = compare(&book, &own.read_back);
        let told = found.differences.iter().any(|one| one.sheet == sheet && one.cell == Some(cell));
        assert!(told, "change {change}: '{sheet}'!{cell}");
    }
    let parts = unpacked(&own.bytes);
    for change in 0..IN_BYTES {
        let (name, bytes) = change_a_part(&parts, &mut draw);
        // A workbook that can no longer be read is refused.
        let Ok(book) = read_bytes("emesso.xlsx", bytes).content else { continue };
        let found = compare(&book, &own.read_back);
        assert!(!found.differences.is_empty(), "change {change} in {name}");
    }
    for change in 0..IN_FILES {
        let place = draw.below(files.len());
        let (name, mut bytes) = files[place].clone();
        let at = draw.below(bytes.len());
        bytes[at] ^= 1 << draw.below(8);
        let mut changed = arrivals.clone();
        changed[place] = arrival(&plan, &name, bytes);
        let fresh = issued(&plan, &job(&plan, changed));
        let found = compare(&own.read_back, &fresh.read_back);
        assert!(!found.differences.is_empty(), "change {change}: byte {at} of {name}");
    }
}

/// Changes a number or a text, takes a cell away, or puts one where there was none.
fn change_a_cell(book: &mut RawWorkbook, draw: &mut Draw) -> (String, CellRef) {
    let number = draw.below(book.sheets.len());
    let sheet = &mut book.sheets[number];
    let places: Vec<CellRef> = sheet.cells.keys().copied().collect();
    let mut at = places[draw.below(places.len())];
    match draw.below(8) {
        0 => {
            sheet.cells.remove(&at);
        }
        1 => {
            at = CellRef { row: at.row + 5_000, ..at };
            sheet.cells.insert(at, RawCell { content: RawContent::Number(1.0), formula: None });
        }
        2 => sheet.cells.get_mut(&at).unwrap().formula = Some("1+1".to_owned()),
        _ => {
            let content = &mut sheet.cells.get_mut(&at).unwrap().content;
            *content = changed(content, draw);
        }
    }
    (sheet.name.clone(), at)
}

fn changed(content: &RawContent, draw: &mut Draw) -> RawContent {
    match content {
        RawContent::Number(number) => RawContent::Number(match draw.below(5) {
            // The least change there is, or one that cannot be seen in the two decimals shown.
            0 => f64::from_bits(number.to_bits() ^ 1),
            1 => number + 0.001,
            2 => number * 10.0 + 1.0,
            3 => -number - 1.0,
            _ => number + 1.0,
        }),
        RawContent::Text(text) if !text.is_empty() => {
            let mut letters: Vec<char> = text.chars().collect();
            let place = draw.below(letters.len());
            match draw.below(3) {
                0 => letters[place] = if letters[place] == 'x' { 'y' } else { 'x' },
                1 => letters.insert(place, '\u{a0}'),
                _ => {
                    letters.remove(place);
                }
            }
            RawContent::Text(letters.into_iter().collect())
        }
        RawContent::Serial(days) => RawContent::Serial(days + 1.0),
        _ => RawContent::Bool(true),
    }
}

/// The parts of a workbook, by name.
fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let number = archive.len();
    let part = |index: usize| {
        let mut part = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        (part.name().unwrap().into_owned(), bytes)
    };
    (0..number).map(part).collect()
}

/// Changes a digit of a number, or a letter of a text, in the bytes of a part that holds cells.
fn change_a_part(parts: &[(String, Vec<u8>)], draw: &mut Draw) -> (String, Vec<u8>) {
    let holds_cells = |name: &str| name.starts_with("xl/worksheets/sheet") || name == "xl/sharedStrings.xml";
    let with_cells: Vec<usize> = (0..parts.len()).filter(|part| holds_cells(&parts[*part].0)).collect();
    let chosen = with_cells[draw.below(with_cells.len())];
    let mut parts = parts.to_vec();
    let (name, part) = &mut parts[chosen];
    let text = String::from_utf8(part.clone()).unwrap();
    let (open, close) = if name.ends_with("sharedStrings.xml") { ("<t", "</t>") } else { ("<v>", "</v>") };
    let spots: Vec<usize> = text
        .match_indices(open)
        .filter_map(|(at, _)| {
            let start = at + text[at..].find('>')? + 1;
            let end = start + text[start..].find(close)?;
            (start..end).find(|place| text.as_bytes()[*place].is_ascii_alphanumeric())
        })
        .collect();
    let at = spots[draw.below(spots.len())];
    part[at] = match part[at] {
        b'9' => b'1',
        digit if digit.is_ascii_digit() => digit + 1,
        b'x' => b'y',
        _ => b'x',
    };
    let name = name.clone();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in &parts {
        writer.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    (name, writer.finish().unwrap().into_inner())
}
