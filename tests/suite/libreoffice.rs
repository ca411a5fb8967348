//! The workbooks in another program's hands: LibreOffice calculates, saves and prints them.
//!
//! Without LibreOffice these tests say so and pass; with `SCHEDE_ESIGE_LIBREOFFICE` set they fail.
use crate::cartelle;
use crate::support::hand;
use crate::support::parts as pieces;
use crate::support::soffice;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use cartelle::{ISSUES, root};
use hand::{Hand, typed_workbook};
use pieces::{Draw, changed_once, packed};
use schede::interpret::{Recognition, Submission, recognise};
use schede::model::{CellRef, Month, OfficeId};
use schede::package::{Parts, parts};
use schede::plan::{DEFAULT_PLAN, Plan, read_plan};
use schede::read::{RawContent, RawWorkbook, read_bytes};
use schede::verify::{Sameness, compare_cells};
use schede::write::office_file_name;
use soffice::{LibreOffice, Results};

fn plan() -> Plan {
    read_plan(DEFAULT_PLAN).unwrap()
}

/// The workbooks in a folder, in order of name.
fn workbooks(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|extension| extension == "xlsx"));
    found.sort();
    found
}

fn samples(month: u32) -> PathBuf {
    root().join(format!("samples/2019-{month:02}"))
}

fn raw(path: &Path) -> RawWorkbook {
    read_bytes("cartella.xlsx", fs::read(path).unwrap()).content.unwrap()
}

fn submission(plan: &Plan, path: &Path) -> Submission {
    match recognise(plan, "cartella.xlsx", "", &raw(path)) {
        Recognition::Submission(submission) => *submission,
        other => panic!("{}: {other:?}", path.display()),
    }
}

/// Writes every office's workbook, typed in by `hand`.
fn typed(plan: &Plan, hand: Hand, folder: &Path) -> Vec<PathBuf> {
    let write = |office: &schede::plan::Office| {
        let path = folder.join(office_file_name(plan, &office.id));
        fs::write(&path, typed_workbook(plan, &office.id, hand, 7)).unwrap();
        path
    };
    plan.offices.iter().map(write).collect()
}

/// The results of a workbook's formulas, by sheet and cell.
fn results(book: &RawWorkbook) -> BTreeMap<(String, CellRef), RawContent> {
    let of_sheet = |sheet: &schede::read::RawSheet| {
        let name = sheet.name.clone();
        let formulas = sheet.cells.clone().into_iter().filter(|(_, cell)| cell.formula.is_some());
        formulas.map(move |(at, cell)| ((name.clone(), at), cell.content)).collect::<Vec<_>>()
    };
    book.sheets.iter().flat_map(of_sheet).collect()
}

/// Whether two results are the same: numbers to the 12th digit, nothing as an empty text.
fn same(ours: &RawContent, theirs: &RawContent) -> bool {
    use RawContent::{Duration, Empty, Number, Serial, Text};
    match (ours, theirs) {
        (Number(a) | Serial(a) | Duration(a), Number(b) | Serial(b) | Duration(b)) => {
            (a - b).abs() <= 1e-12 * a.abs().max(b.abs())
        }
        (Empty, Text(text)) | (Text(text), Empty) => text.is_empty(),
        (ours, theirs) => ours == theirs,
    }
}

/// Compares the results in each file with LibreOffice's; gives how many are more than a blank.
fn compare_results(office: &LibreOffice, files: &[PathBuf]) -> usize {
    let (mut formulas, mut telling) = (0, 0);
    let mut different = Vec::new();
    for (file, saved) in files.iter().zip(office.save_again(files)) {
        let (ours, mut theirs) = (results(&raw(file)), results(&raw(&saved)));
        formulas += ours.len();
        telling += ours.values().filter(|shown| !same(shown, &RawContent::Empty)).count();
        for ((sheet, cell), shown) in ours {
            let calculated = theirs.remove(&(sheet.clone(), cell));
            if !calculated.as_ref().is_some_and(|calculated| same(&shown, calculated)) {
                let name = file.file_stem().unwrap().to_string_lossy();
                different.push(format!("{name} '{sheet}'!{cell}: {shown:?}, LibreOffice {calculated:?}"));
            }
        }
        assert!(theirs.is_empty(), "{}: formulas of LibreOffice's own: {theirs:?}", file.display());
    }
    assert!(different.is_empty(), "{} of {formulas} differ: {different:#?}", different.len());
    telling
}

#[test]
fn libreoffice_calculates_the_results_in_the_samples() {
    for (month, _) in ISSUES {
        let Some(office) = LibreOffice::with(Results::Recalculated, &["soffice"]) else { return };
        let mut files = workbooks(&samples(month));
        files.retain(|file| !saved_by_libreoffice(file));
        assert!(compare_results(&office, &files) > 50, "{month}");
    }
}

#[test]
fn libreoffice_calculates_the_results_of_any_entries() {
    for hand in [Hand::Sensible, Hand::Careless] {
        let Some(office) = LibreOffice::with(Results::Recalculated, &["soffice"]) else { return };
        let files = typed(&plan(), hand, &office.folder("in"));
        assert!(compare_results(&office, &files) > 50, "{hand:?}");
    }
}

/// Everything that an office says in a workbook, one line each.
fn said(submission: &Submission) -> Vec<String> {
    let mut lines = vec![format!("{} {:?}", submission.office, submission.manifest)];
    for entry in submission.entries.iter().chain(submission.completeness.values()) {
        lines.push(format!("{} {:?}: {:?} {:?}", entry.place, entry.id, entry.state, entry.formula));
    }
    fn list<T: Debug>(lines: &mut Vec<String>, things: impl IntoIterator<Item = T>) {
        lines.extend(things.into_iter().map(|thing| format!("{thing:?}")));
    }
    list(&mut lines, &submission.notes);
    list(&mut lines, &submission.evidence);
    list(&mut lines, [&submission.sign_off]);
    list(&mut lines, submission.shown.iter().map(|shown| (&shown.voce, &shown.place, &shown.value)));
    list(&mut lines, [submission.last_month]);
    lines
}

/// Two workbooks that must say the same, with everything in its place.
fn compare_entries(plan: &Plan, ours: &Path, theirs: &Path) {
    let (ours, theirs) = (submission(plan, ours), submission(plan, theirs));
    assert_eq!(theirs.structure, Vec::new(), "{}", ours.office);
    let (before, after) = (said(&ours), said(&theirs));
    assert_eq!(before.len(), after.len(), "{}", ours.office);
    let changed: Vec<_> = before.iter().zip(&after).filter(|(before, after)| before != after).collect();
    assert!(changed.is_empty(), "{}: {changed:#?}", ours.office);
}

#[test]
fn what_is_typed_survives_libreoffice() {
    let plan = plan();
    let Some(office) = LibreOffice::with(Results::Believed, &["soffice"]) else { return };
    let files = typed(&plan, Hand::Careless, &office.folder("in"));
    for (file, saved) in files.iter().zip(office.save_again(&files)) {
        compare_entries(&plan, file, &saved);
    }
}

/// What the program makes of these files in June, and the account of checks: outcomes and findings, but for
/// the one on who saved a file and how, and the one on a number that is no day, which LibreOffice may save as
/// another one.
fn made_of(files: &[PathBuf], folder: &Path) -> (serde_json::Value, serde_json::Value) {
    let (issue, json) = (folder.join("c.xlsx"), folder.join("c.json"));
    let mut program = Command::cargo_bin("schede").unwrap();
    program.args(["consolida", "--quieto", "--mese", "2019-06", "--sovrascrivi", "-o"]).arg(&issue);
    program.arg("--json").arg(&json).args(files).assert().success();
    let text = fs::read_to_string(&json).unwrap().replace(".ods", ".xlsx");
    let mut told: serde_json::Value = serde_json::from_str(&text).unwrap();
    told["rilievi"]
        .as_array_mut()
        .unwrap()
        .retain(|finding| finding["codice"] != "F16" && finding["codice"] != "V14");
    let account = told["controlli"].take();
    let facts = ["indicatori", "schede", "prospettive", "ente_grado", "rilievi"];
    (facts.iter().map(|name| told[*name].take()).collect(), account)
}

#[test]
fn a_workbook_saved_as_ods_says_the_same() {
    let plan = plan();
    let Some(office) = LibreOffice::with(Results::Believed, &["soffice"]) else { return };
    let folder = office.folder("in");
    // A register, notes and a sign-off of the samples; whatever a careless hand types.
    let own = office_file_name(&plan, &OfficeId::new("comunicazione"));
    let mut files = vec![samples(6).join(own)];
    for id in ["promozione", "urp"].map(OfficeId::new) {
        let path = folder.join(office_file_name(&plan, &id));
        fs::write(&path, typed_workbook(&plan, &id, Hand::Careless, 7)).unwrap();
        files.push(path);
    }
    let saved = office.save_as_ods(&files);
    for (file, saved) in files.iter().zip(&saved) {
        compare_entries(&plan, file, saved);
    }
    let ((facts, account), (same, other)) = (made_of(&files, &folder), made_of(&saved, &folder));
    assert_eq!(facts, same);
    let checks = account.as_array().unwrap().iter().zip(other.as_array().unwrap());
    let changed: Vec<_> = checks.filter(|(own, other)| own != other).map(|(_, other)| other).collect();
    let codes: Vec<_> = changed.iter().map(|own| own["codice"].as_str().unwrap()).collect();
    assert!(codes.iter().all(|code| ["C23", "C25", "F16", "T22"].contains(code)), "{changed:#?}");
    let blanks = changed.iter().find(|own| own["codice"] == "C23").unwrap();
    assert_eq!(blanks["non_valutati"], 3);
}

#[test]
fn the_consolidated_workbook_prints() {
    let Some(office) = LibreOffice::with(Results::Believed, &["soffice", "pdftotext"]) else { return };
    let folder = office.folder("in");
    let consolidate = |(month, _): &(u32, [&str; 3])| {
        let issue = format!("2019-{month:02}");
        let path = folder.join(format!("consolidato-{issue}.xlsx"));
        let mut program = Command::cargo_bin("schede").unwrap();
        let program = program.args(["consolida", "--quieto", "--mese", &issue, "-o"]);
        program.arg(&path).arg(samples(*month)).assert().success();
        path
    };
    let files: Vec<PathBuf> = ISSUES.iter().map(consolidate).collect();
    for (file, pages) in files.iter().zip(office.print(&files)) {
        let name = file.display();
        let sheets = raw(file).sheets.iter().filter(|sheet| !sheet.hidden).count();
        assert!(sheets >= 5 && pages.len() >= sheets, "{name}: {} pages of {sheets} sheets", pages.len());
        // A document of thirty pages: one for each scheda, one line of what only a screen needs.
        assert!(pages.len() <= 30, "{name}: {} pages", pages.len());
        let of = |sheet: &str| {
            let foot =
                |line: &str| line.contains("Pagina ") && line.split("  ").any(|part| part.trim() == sheet);
            pages.iter().filter(|page| page.lines().any(foot)).count()
        };
        let schede = raw(file).sheets.into_iter().map(|sheet| sheet.name).filter(|name| name.len() == 3);
        assert_eq!(schede.map(|scheda| of(&scheda)).collect::<Vec<_>>(), [1; 13], "{name}");
        for (sheet, expected) in
            [("Copertina", 1), ("Sintesi", 1), ("Risultati", 2), ("Dati", 1), ("Metodo", 2)]
        {
            assert_eq!(of(sheet), expected, "{name}: the pages of {sheet}");
        }
        let line = "In stampa questo foglio";
        assert_eq!(pages.iter().filter(|page| page.contains(line)).count(), 4, "{name}");
        for (number, page) in (1..).zip(&pages) {
            assert!(page.contains("PROVVISORIO"), "{name}, page {number}: {page}");
            let spoiled = ["###", "Err:", "#REF!", "#NAME?"].iter().find(|mark| page.contains(**mark));
            assert_eq!(spoiled, None, "{name}, page {number}: {page}");
        }
    }
}

/// Whether a workbook says that LibreOffice wrote it.
fn saved_by_libreoffice(path: &Path) -> bool {
    let parts = parts(&fs::read(path).unwrap()).unwrap();
    String::from_utf8_lossy(&parts["docProps/app.xml"]).contains("<Application>LibreOffice")
}

/// Reads files only: needs no LibreOffice.
#[test]
fn the_samples_saved_by_libreoffice_say_what_the_generator_types() {
    let plan = plan();
    let fresh = tempfile::tempdir().unwrap();
    for (month, resaved) in ISSUES {
        let mut expected = cartelle::workbooks(&plan, Month::new(month).unwrap()).unwrap();
        for id in resaved.map(OfficeId::new) {
            let name = office_file_name(&plan, &id);
            let (ours, theirs) = (fresh.path().join(&name), samples(month).join(&name));
            fs::write(&ours, expected.remove(&id).unwrap()).unwrap();
            assert!(saved_by_libreoffice(&theirs), "{}", theirs.display());
            compare_entries(&plan, &ours, &theirs);
        }
    }
}

/// Every result that the program writes beside a formula is what LibreOffice calculates: samples, and
/// whatever is typed.
#[test]
fn libreoffice_calculates_the_consolidated_workbooks() {
    let Some(office) = LibreOffice::with(Results::Recalculated, &["soffice"]) else { return };
    let own = root().join("tests/piani/ogni-forma.toml");
    let every_form = read_plan(&fs::read_to_string(&own).unwrap()).unwrap();
    let [typed_in, awkward, forms] = ["digitate", "sbadate", "forme"].map(|name| office.folder(name));
    typed(&plan(), Hand::Sensible, &typed_in);
    typed(&every_form, Hand::Careless, &awkward);
    typed(&every_form, Hand::Sensible, &forms);
    let folders = [
        (samples(6), "2019-06", None),
        (samples(12), "2019-12", None),
        (typed_in, "2019-09", None),
        (awkward, "2021-12", Some(&own)),
        (forms, "2021-08", Some(&own)),
    ];
    let issued: Vec<PathBuf> = folders
        .iter()
        .enumerate()
        .map(|(place, (inputs, month, plan))| {
            let path = office.folder("emessi").join(format!("emesso-{place}.xlsx"));
            let mut command = Command::cargo_bin("schede").unwrap();
            command.arg("consolida").arg(inputs).args(["--mese", month]).arg("-o").arg(&path);
            if let Some(plan) = plan {
                command.arg("--piano").arg(plan);
            }
            let written = command.output().unwrap();
            assert_eq!(written.status.code(), Some(0), "{}", String::from_utf8_lossy(&written.stderr));
            path
        })
        .collect();
    assert!(compare_results(&office, &issued) > 5_000);
}

/// Runs the program.
fn program(arguments: &[&Path]) -> (Option<i32>, String) {
    let output = Command::cargo_bin("schede").unwrap().args(arguments).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

/// The workbook of a month, and the same saved again by LibreOffice.
fn saved_again(office: &LibreOffice, month: u32) -> (PathBuf, PathBuf) {
    let issued = office.folder("emessi").join(format!("emesso-{month}.xlsx"));
    let (code, said) = program(&[Path::new("consolida"), &samples(month), Path::new("-o"), &issued]);
    assert_eq!(code, Some(0), "{said}");
    let saved = office.save_again(std::slice::from_ref(&issued)).remove(0);
    (issued, saved)
}

#[test]
fn an_issued_workbook_saved_again_is_told_so_and_differs_in_nothing_else() {
    for results in [Results::Believed, Results::Recalculated] {
        let Some(office) = LibreOffice::with(results, &["soffice"]) else { return };
        for month in [6, 12] {
            let (_, saved) = saved_again(&office, month);
            let (code, said) = program(&[Path::new("verifica"), &saved, &samples(month)]);
            assert_eq!(code, Some(1), "{said}");
            for words in ["nessuna differenza in numeri", "arrotondati a 15 cifre", "l'ha salvato di nuovo"] {
                assert!(said.contains(words), "{words}: {said}");
            }
            let recalculated = said.contains("sono stati ricalcolati da quel programma");
            assert_eq!(recalculated, results == Results::Recalculated && month == 12, "{said}");
        }
    }
}

/// How the name of a part of a file saved by LibreOffice begins, a text in it, what it becomes, and what the
/// change must be told as.
const SEEN: [(&str, &str, &str, &str); 6] = [
    ("xl/worksheets/sheet4.xml", "&apos;Dati&apos;!A5", "&apos;Dati&apos;!A6", "collegamento"),
    ("xl/styles.xml", "formatCode=\"0.00%\"", "formatCode=\"9&quot;9&quot;0.00%\"", "formato del numero"),
    ("xl/styles.xml", "formatCode=\"[=0]0;General\"", "formatCode=\"0\"", "formato del numero"),
    ("xl/charts/chart", "<c:showVal val=\"0\"/>", "<c:showVal val=\"1\"/>", "dLbls/showVal"),
    (
        "xl/charts/chart",
        "<c:f>&quot;Risultato&quot;",
        "<c:f>&quot;Obiettivo&quot;",
        "nome della serie 1 del grafico",
    ),
    ("xl/charts/chart", "encoding=\"UTF-8\"", "encoding=\"UTF-7\"", "parte del file che non si legge"),
];

#[test]
fn what_is_changed_in_a_workbook_saved_again_is_told() {
    let Some(office) = LibreOffice::with(Results::Believed, &["soffice"]) else { return };
    let (_, saved) = saved_again(&office, 6);
    let parts = parts(&fs::read(&saved).unwrap()).unwrap();
    let changed = office.folder("cambiati").join("emesso.xlsx");
    for (start, from, to, about) in SEEN {
        let holds = |part: &[u8]| std::str::from_utf8(part).is_ok_and(|text| text.contains(from));
        let part = parts.iter().find(|(name, part)| name.starts_with(start) && holds(part));
        let Some((part, _)) = part else { panic!("no {start} holds {from}") };
        fs::write(&changed, packed(&changed_once(&parts, part, from, to))).unwrap();
        let (code, said) = program(&[Path::new("verifica"), &changed, &samples(6)]);
        assert!(code == Some(1) && said.contains(about), "{about}: {said}");
    }
}

/// Files changed, and changes in each.
const FILES: usize = 5;
const CHANGES: usize = 40;

/// Two hundred changes, drawn: each is told of its own cell.
#[test]
fn a_figure_or_a_text_changed_in_a_workbook_saved_again_is_told() {
    let Some(office) = LibreOffice::with(Results::Recalculated, &["soffice"]) else { return };
    let (issued, saved) = saved_again(&office, 12);
    let fresh = raw(&issued);
    let whole = parts(&fs::read(&saved).unwrap()).unwrap();
    assert_eq!(compare_cells(&raw(&saved), &fresh, Sameness::SavedAgain).differences, Vec::new());
    let mut draw = Draw(2019);
    for _ in 0..FILES {
        let (changed, places) = changed_cells(&whole, &mut draw);
        assert_eq!(places.len(), CHANGES);
        let book = read_bytes("emesso.xlsx", packed(&changed)).content.unwrap();
        let found = compare_cells(&book, &fresh, Sameness::SavedAgain).differences;
        for ((sheet, cell), what) in places {
            let name = &fresh.sheets[sheet - 1].name;
            let told = found.iter().any(|one| &one.sheet == name && one.cell == Some(cell));
            assert!(told, "'{name}'!{cell}: {what}");
        }
    }
}

/// The parts with many cells changed: sheet, cell, and the change.
fn changed_cells(whole: &Parts, draw: &mut Draw) -> (Parts, BTreeMap<(usize, CellRef), String>) {
    let mut parts = whole.clone();
    let (mut places, mut texts) = (BTreeMap::new(), Vec::new());
    let sheets = whole.keys().filter(|name| name.starts_with("xl/worksheets/sheet")).count();
    while places.len() < CHANGES {
        let sheet = 1 + draw.below(sheets);
        let part = parts.get_mut(&format!("xl/worksheets/sheet{sheet}.xml")).unwrap();
        let text = String::from_utf8(part.clone()).unwrap();
        let cells: Vec<usize> = text.match_indices("<c r=").map(|(at, _)| at).collect();
        let start = cells[draw.below(cells.len())];
        let end = start + text[start..].find('>').unwrap();
        if text[..end].ends_with('/') {
            continue;
        }
        let cell = &text[start..text[end..].find("</c>").map_or(end, |close| end + close)];
        let Some((head, value)) = cell.split_once("<v>") else { continue };
        let value = value.strip_suffix("</v>").unwrap();
        let at = CellRef::parse(attribute(cell, "r")).unwrap();
        if places.contains_key(&(sheet, at)) {
            continue;
        }
        let new = match attribute(cell, "t") {
            "s" => {
                let number: usize = value.parse().unwrap();
                if texts.contains(&number) {
                    continue;
                }
                texts.push(number);
                places.insert((sheet, at), change_a_shared_text(&mut parts, number, draw));
                continue;
            }
            "str" => another_text(value, draw),
            "n" if head.contains("<f") => another_result(value, draw),
            _ => another_number(value, draw),
        };
        *part = text.replacen(cell, &format!("{head}<v>{new}</v>"), 1).into_bytes();
        places.insert((sheet, at), format!("{value} → {new}"));
    }
    (parts, places)
}

/// An attribute of the element that a text begins with.
fn attribute<'t>(element: &'t str, name: &str) -> &'t str {
    let head = element.split_once('>').unwrap().0;
    let said = head.split_once(&format!(" {name}=\"")).unwrap().1;
    said.split_once('"').unwrap().0
}

/// Changes a text that cells share.
fn change_a_shared_text(parts: &mut Parts, number: usize, draw: &mut Draw) -> String {
    let part = parts.get_mut("xl/sharedStrings.xml").unwrap();
    let text = String::from_utf8(part.clone()).unwrap();
    let item = text.match_indices("<si>").nth(number).unwrap().0;
    let start = item + text[item..].find("<t").unwrap();
    let start = start + text[start..].find('>').unwrap() + 1;
    let end = start + text[start..].find("</t>").unwrap();
    let new = another_text(&text[start..end], draw);
    let told = format!("{} → {new}", &text[start..end]);
    *part = format!("{}{new}{}", &text[..start], &text[end..]).into_bytes();
    told
}

/// A text with a letter put before it, or with its first `a` or `1` another one (but in a text that spells
/// letters by name).
fn another_text(text: &str, draw: &mut Draw) -> String {
    let letter = ["a", "1"][draw.below(2)];
    if draw.below(3) > 0 && text.contains(letter) && !text.contains('&') {
        text.replacen(letter, if letter == "a" { "e" } else { "7" }, 1)
    } else {
        format!("x{text}")
    }
}

/// A number with one digit another, whichever.
fn another_number(number: &str, draw: &mut Draw) -> String {
    let (digits, power) = number.split_at(number.find(['E', 'e']).unwrap_or(number.len()));
    let places: Vec<usize> =
        digits.bytes().enumerate().filter(|(_, d)| d.is_ascii_digit()).map(|(at, _)| at).collect();
    let at = places[draw.below(places.len())];
    let digit = (digits.as_bytes()[at] - b'0' + 1 + u8::try_from(draw.below(9)).unwrap()) % 10;
    format!("{}{digit}{}{power}", &digits[..at], &digits[at + 1..])
}

/// The result of a formula with a difference that some program shows.
fn another_result(number: &str, draw: &mut Draw) -> String {
    let number: f64 = number.parse().unwrap();
    let by = [1.0, -1.0, 0.01, -0.01, 0.000_1, 0.000_001][draw.below(6)];
    // As a share of a great one: fifteen digits hold no more.
    (number + by * number.abs().max(1.0)).to_string()
}
