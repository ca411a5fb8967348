//! The way back, walked: mistakes, returns, answers, a clean month; whatever happens to the files between.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use schede::certify::{Run, obstacles};
use schede::check;
use schede::interpret::{EntryState, REASON, Recognition, Submission, arrive, recognise, settle};
use schede::memory::Memory;
use schede::model::{AnswerKind, CellRef, Month, OfficeId, Place, Rule, Severity, VoceKey, sha256};
use schede::package::parts;
use schede::pipeline::{Asked, Job, run_on};
use schede::plan::{DEFAULT_PLAN, Plan, read_plan};
use schede::read::{Incoming, RawCell, RawContent, RawSheet, RawWorkbook, read_bytes};
use schede::reply::{Filled, Point, Receipt, Reply, Standing, letter, reminders, replies};
use schede::trial::clean_fills;
use schede::write::{FillKey, FillValue, office_workbook, return_workbook, templates};

use crate::support::hand::{Hand, asked, typed_workbook};
use crate::support::parts::{changed_once, packed};
use crate::support::soffice::{LibreOffice, Results};

/// The files of December, with the mistakes of three offices.
fn december() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples/2019-12");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<(String, Vec<u8>)> = paths
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

fn read(files: &[(String, Vec<u8>)]) -> Vec<Incoming> {
    files.iter().map(|(name, bytes)| read_bytes(name, bytes.clone())).collect()
}

fn month(plan: &Plan, files: &[Incoming]) -> Job {
    let arrivals = files.iter().map(|file| arrive(plan, file, &templates(plan))).collect();
    run_on(plan, settle(plan, arrivals), Month::new(12), &mut |_| ()).unwrap()
}

/// Tells something of everything about a month.
fn told<T>(plan: &Plan, job: &Job, tell: impl FnOnce(&Run<'_>) -> T) -> T {
    let rules: Vec<&'static Rule> = check::rules().collect();
    tell(&Run::of_job(plan, job, &rules, false))
}

/// The offices with something to mend.
fn open(plan: &Plan, job: &Job) -> Vec<String> {
    told(plan, job, |run| {
        let to_mend = replies(run).into_iter().filter(|reply| reply.standing() == Standing::ToMend);
        to_mend.map(|reply| reply.office.to_string()).collect()
    })
}

fn of<T>(plan: &Plan, job: &Job, office: &str, tell: impl FnOnce(&Reply<'_>) -> T) -> T {
    told(plan, job, |run| tell(replies(run).iter().find(|reply| reply.office.as_str() == office).unwrap()))
}

/// The workbook that goes back to an office, as a file that it may send.
fn returned(plan: &Plan, job: &Job, office: &str) -> Incoming {
    let bytes = of(plan, job, office, |reply| return_workbook(plan, reply).unwrap());
    read_bytes(&format!("schede-2019-{office}.xlsx"), bytes)
}

fn book(file: &mut Incoming) -> &mut RawWorkbook {
    file.content.as_mut().unwrap()
}

/// Types in the cell of a key, found as outside tools find it.
fn type_in(file: &mut Incoming, key: &FillKey, content: RawContent) {
    let place = asked(book(file)).into_iter().find(|one| one.key == *key).unwrap().place;
    put(book(file), &place, content);
}

fn put(book: &mut RawWorkbook, place: &Place, content: RawContent) {
    let sheet = book.sheets.iter_mut().find(|sheet| sheet.name == place.sheet).unwrap();
    sheet.cells.insert(place.cell, RawCell { content, formula: None });
}

fn answer(file: &mut Incoming, number: usize, kind: &str, why: &str) {
    let key = FillKey::single(format!("risposta.{number}"));
    type_in(file, &key, RawContent::Text(kind.to_owned()));
    if !why.is_empty() {
        let beside = FillKey { column: Some(REASON.to_owned()), ..key };
        type_in(file, &beside, RawContent::Text(why.to_owned()));
    }
}

fn replace(files: &mut [Incoming], file: Incoming) {
    let place = files.iter().position(|one| one.name == file.name).unwrap();
    // Bytes that nobody has: what was changed is another file.
    let sha256 = sha256(format!("{:?}", file.content.as_ref().unwrap().sheets));
    files[place] = Incoming { sha256, ..file };
}

fn monthly(key: &str, month: u32) -> FillKey {
    FillKey::monthly(key, Month::new(month).unwrap())
}

/// Mends what two offices have wrong, as they would in their returns.
fn mended(plan: &Plan, job: &Job, files: &mut [Incoming]) {
    let mut metrico = returned(plan, job, "metrico");
    type_in(&mut metrico, &monthly("S03.supermercati", 9), RawContent::Number(2.0));
    replace(files, metrico);
    let mut comunicazione = returned(plan, job, "comunicazione");
    let wrong = of(plan, job, "comunicazione", |reply| reply.points[0].targets[0].clone());
    type_in(&mut comunicazione, &monthly(&wrong.key, 11), RawContent::Number(3.0));
    answer(&mut comunicazione, 1, "corretto", "");
    replace(files, comunicazione);
}

#[test]
fn mistakes_go_back_and_come_back_mended_and_explained() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let mut files = read(&december());
    let first = month(&plan, &files);
    assert_eq!(open(&plan, &first), ["programmazione", "comunicazione", "metrico"]);
    mended(&plan, &first, &mut files);
    // The first time the office confirms without a reason.
    let mut bare = returned(&plan, &first, "programmazione");
    answer(&mut bare, 1, "confermo", "");
    replace(&mut files, bare);
    let second = month(&plan, &files);
    assert_eq!(open(&plan, &second), ["programmazione"]);
    let words = of(&plan, &second, "programmazione", letter);
    assert!(
        words.contains("Hai risposto «confermo» (non hai scritto perché), e senza il perché non basta."),
        "{words}"
    );
    // The second time it says why.
    let mut whole = returned(&plan, &second, "programmazione");
    answer(&mut whole, 1, "Confermo ", "lo stage di agosto non è partito: il dato arriva a gennaio");
    replace(&mut files, whole);
    let third = month(&plan, &files);
    assert_eq!(open(&plan, &third), Vec::<String>::new());
    let words = of(&plan, &third, "programmazione", letter);
    assert!(words.contains("lo stage di agosto non è partito"), "{words}");
    let json = told(&plan, &third, schede::report::to_json);
    let answered: Vec<&serde_json::Value> = json["rilievi"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["risposte"].as_array().is_some_and(|given| !given.is_empty()))
        .collect();
    assert_eq!(answered.len(), 1);
    assert_eq!((&answered[0]["codice"], &answered[0]["risposte"][0]["vale"]), (&"C15".into(), &true.into()));
    let sheets = told(&plan, &third, |run| format!("{:?}", schede::report::report(run).sheets));
    assert!(
        sheets.contains("RISPOSTA DELL'UFFICIO (Settore Programmazione e controllo di gestione): confermo.")
    );
    assert!(sheets.contains("Nulla: l'ufficio l'ha spiegato"), "the OIV reads it beside the finding");
    // The answer goes with a workbook made afresh: it is not lost with the one in which it was given.
    let mut afresh = files.clone();
    replace(&mut afresh, returned(&plan, &third, "programmazione"));
    let fourth = month(&plan, &afresh);
    assert_eq!((open(&plan, &fourth).len(), answers(&fourth)), (0, (1, 1)));
    // What was mended changes nothing else: every other entry is read as before.
    for (office, changed) in [("metrico", 1), ("comunicazione", 1), ("programmazione", 0)] {
        assert_eq!(differing(sent(&first, office), sent(&third, office)), changed, "{office}");
    }
}

fn sent<'a>(job: &'a Job, office: &str) -> &'a Submission {
    job.submissions.iter().find(|one| one.office.as_str() == office).unwrap()
}

/// How many entries two workbooks of an office say otherwise; a blank row more of a register says nothing.
fn differing(one: &Submission, other: &Submission) -> usize {
    let said = |own: &Submission| {
        let entries = own.entries.iter().chain(own.completeness.values());
        let full = entries.filter(|entry| !matches!(entry.state, EntryState::Blank | EntryState::Lost));
        full.map(|entry| (entry.id.clone(), entry.state.clone())).collect::<Vec<_>>()
    };
    let (one, other) = (said(one), said(other));
    let gone = one.iter().filter(|entry| !other.contains(entry)).count();
    gone.max(other.iter().filter(|entry| !one.contains(entry)).count())
}

#[test]
fn damaged_files_come_back_whole() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let files = december();
    let clean = month(&plan, &read(&files));
    let mut spoiled = read(&files);
    let file = spoiled.iter_mut().find(|file| file.name.contains("metrico")).unwrap();
    let raw = book(file);
    let gone = asked(raw).into_iter().find(|one| one.key == monthly("S03.prodotti", 1)).unwrap().place;
    for sheet in raw.sheets.iter_mut().filter(|sheet| sheet.name == gone.sheet) {
        // A row is deleted, numbers become texts as a paste makes them, the sheet gets another name and
        // loses its protection.
        sheet.cells.retain(|cell, _| cell.row != gone.cell.row);
        for (_, cell) in sheet.cells.iter_mut().filter(|(at, cell)| at.col == 4 && cell.formula.is_none()) {
            if let RawContent::Number(number) = cell.content {
                cell.content = RawContent::Text(format!(" {number} "));
            }
        }
        sheet.name = "Foglio1".to_owned();
        sheet.traits.protected = false;
        sheet.traits.validated.clear();
        sheet.traits.merged.clear();
    }
    // An old wording of the plan, too.
    for sheet in raw.sheets.iter_mut().filter(|sheet| sheet.name == "_manifest") {
        for cell in sheet.cells.values_mut() {
            if cell.content == RawContent::Text(plan.sha256_of(&OfficeId::new("metrico"))) {
                cell.content = RawContent::Text("0".repeat(64));
            }
        }
    }
    file.sha256 = "0".repeat(64);
    let job = month(&plan, &spoiled);
    let back = returned(&plan, &job, "metrico");
    let Recognition::Submission(whole) = recognise(&plan, &back.name, "", back.content.as_ref().unwrap())
    else {
        panic!("not a workbook of ours");
    };
    assert!(whole.structure.is_empty(), "{:?}", whole.structure);
    assert!(whole.is_of_this_wording());
    assert_eq!(whole.returned, "2019-12");
    assert!(whole.entries.iter().all(|entry| entry.state != EntryState::Lost));
    assert!(whole.entries.iter().all(|entry| entry.normalised.is_none()), "numbers are numbers again");
    // Only the twelve months of the row that was deleted are no longer there.
    assert_eq!(differing(sent(&clean, "metrico"), &whole), 12);
    let mut again = read(&files);
    replace(&mut again, back);
    let after = month(&plan, &again);
    let tampered = sent(&after, "metrico").tampering.clone().unwrap();
    assert!(tampered.extra_sheets.is_empty() && tampered.manifest.is_empty(), "{tampered:?}");
    assert!(tampered.unprotected.is_empty() && tampered.unvalidated.is_empty() && tampered.merged.is_empty());
    assert!(sent(&after, "metrico").traits.comments.is_empty(), "our own notes are not the office's");
}

/// What is done to the sheets of a workbook: its sheets, those of schede and registers first named.
type Spoil = fn(&mut RawWorkbook);

/// The sheets that an office fills.
fn sheets(raw: &mut RawWorkbook) -> impl Iterator<Item = &mut RawSheet> {
    raw.sheets
        .iter_mut()
        .filter(|sheet| sheet.name.starts_with("Scheda") || sheet.name.starts_with("Registro"))
}

fn without_first_column(sheet: &mut RawSheet) {
    let cells = std::mem::take(&mut sheet.cells);
    let moved = cells
        .into_iter()
        .filter_map(|(cell, raw)| Some((CellRef { col: cell.col.checked_sub(1)?, ..cell }, raw)));
    sheet.cells = moved.collect();
}

/// The rows of the sheet with this text in the first column.
fn rows_of(sheet: &RawSheet, says: impl Fn(&str) -> bool) -> Vec<u32> {
    let first = sheet.cells.iter().filter(|(cell, _)| cell.col == 0);
    let own = first.filter(|(_, raw)| matches!(&raw.content, RawContent::Text(text) if says(text)));
    own.map(|(cell, _)| cell.row).collect()
}

/// What happens to the hidden part of a workbook, and to the names of its months.
const SPOILS: [(&str, Spoil); 9] = [
    ("keys cleared", |raw| sheets(raw).for_each(|sheet| sheet.cells.retain(|cell, _| cell.col > 0))),
    ("first column deleted", |raw| sheets(raw).for_each(without_first_column)),
    ("keys of one row cleared", |raw| {
        sheets(raw).for_each(|sheet| {
            let row = rows_of(sheet, |text| text.contains('.') && !text.ends_with("risultato"))[0];
            sheet.cells.remove(&CellRef { row, col: 0 });
        });
    }),
    ("keys of two rows exchanged", |raw| {
        sheets(raw).filter(|sheet| sheet.name.starts_with("Scheda")).for_each(|sheet| {
            let rows = rows_of(sheet, |text| text.starts_with('S'));
            let (one, other) = (CellRef { row: rows[0], col: 0 }, CellRef { row: rows[1], col: 0 });
            let (first, second) = (sheet.cells[&one].clone(), sheet.cells[&other].clone());
            sheet.cells.extend([(one, second), (other, first)]);
        });
    }),
    ("months cleared", |raw| {
        sheets(raw).for_each(|sheet| {
            let rows = rows_of(sheet, |text| text == "mesi");
            sheet.cells.retain(|cell, _| cell.col == 0 || !rows.contains(&cell.row));
        });
    }),
    ("one month with the name of another", |raw| {
        sheets(raw).for_each(|sheet| {
            for cell in
                sheet.cells.values_mut().filter(|cell| cell.content == RawContent::Text("Mar".to_owned()))
            {
                cell.content = RawContent::Text("Feb".to_owned());
            }
        });
    }),
    ("a row above, and no keys", |raw| {
        sheets(raw).for_each(|sheet| {
            let cells = std::mem::take(&mut sheet.cells).into_iter().filter(|(cell, _)| cell.col > 0);
            sheet.cells = cells.map(|(cell, raw)| (CellRef { row: cell.row + 1, ..cell }, raw)).collect();
        });
    }),
    ("hidden list gone", |raw| raw.sheets.retain(|sheet| sheet.name != "_manifest")),
    ("hidden list cut", |raw| {
        let list = raw.sheets.iter_mut().find(|sheet| sheet.name == "_manifest").unwrap();
        let last = list.cells.keys().next_back().unwrap().row;
        list.cells.retain(|cell, _| cell.row < last / 2);
    }),
];

#[test]
fn what_has_lost_its_keys_comes_back_by_its_labels() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let files = read(&december());
    let of = |office: &str| files.iter().find(|file| file.name.contains(office)).unwrap().clone();
    // With another office's file, so that there is a month.
    let with = |file: Incoming| month(&plan, &[file, of("patrimonio")]);
    // It has months, and a register in a sheet of its own.
    let office = "promozione";
    let clean = with(of(office));
    for (what, spoil) in SPOILS {
        let mut file = of(office);
        spoil(book(&mut file));
        let job = with(file);
        // Nothing of what the labels tell counts: only what its key tells.
        let keyed = job.submissions.iter().filter(|own| own.office.as_str() == office);
        let keyed: Vec<_> = keyed.flat_map(|own| &own.entries).map(|own| (&own.id, &own.state)).collect();
        for one in job.admitted.entries.of_office(&OfficeId::new(office)) {
            let told = keyed.iter().any(|(id, state)| **id == one.id && **state != EntryState::Lost);
            assert!(one.counted().is_none() || told, "{office}: {what}: {:?}", one.id);
        }
        let back = returned(&plan, &job, office);
        let Recognition::Submission(whole) = recognise(&plan, &back.name, "", back.content.as_ref().unwrap())
        else {
            panic!("not a workbook of ours");
        };
        let own = sent(&clean, office);
        assert_eq!(differing(own, &whole), 0, "{office}: {what}");
        let texts = |own: &Submission| {
            let texts = own.keyed_texts().into_iter();
            texts.map(|(key, month, text)| (key, month, text.text.clone())).collect::<Vec<_>>()
        };
        assert_eq!(texts(own), texts(&whole), "{office}: {what}");
        assert!(whole.structure.is_empty(), "{office}: {what}");
    }
}

#[test]
fn the_column_of_a_month_that_is_gone_gets_nothing_of_the_next() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let files = read(&december());
    let mut file = files.iter().find(|file| file.name.contains("metrico")).unwrap().clone();
    for sheet in book(&mut file).sheets.iter_mut().filter(|sheet| sheet.name == "Scheda 3") {
        // April, in the eighth column.
        let cells = std::mem::take(&mut sheet.cells).into_iter().filter(|(cell, _)| cell.col != 7);
        let closed =
            |cell: CellRef| CellRef { col: if cell.col > 7 { cell.col - 1 } else { cell.col }, ..cell };
        sheet.cells = cells.map(|(cell, raw)| (closed(cell), raw)).collect();
    }
    let (_, own) = arrive(&plan, &file, &templates(&plan));
    let april = |entry: &&schede::interpret::Entry| {
        entry.id.month == Month::new(4) && entry.id.voce.as_str().starts_with("S03")
    };
    let own = own.unwrap();
    let told: Vec<_> = own.entries.iter().filter(april).map(|entry| own.told_by_label(entry)).collect();
    assert_eq!(told.len(), 3);
    assert!(told.iter().all(Option::is_none), "{told:?}");
}

#[test]
fn labels_bring_nothing_back_of_another_office_and_of_no_sheet_of_ours() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let files = read(&december());
    let mut file = files.iter().find(|file| file.name.contains("metrico")).unwrap().clone();
    book(&mut file).sheets.retain(|sheet| sheet.name != "_manifest");
    let seen = |file: &Incoming| arrive(&plan, file, &templates(&plan)).0.by_label.map(|own| own.office);
    assert_eq!(seen(&file), Some(OfficeId::new("metrico")));
    // Under another name the first sheet still says whose it is; under another office's, nobody knows.
    assert_eq!(
        seen(&Incoming { name: "Copia di prova.xlsx".to_owned(), ..file.clone() }),
        Some(OfficeId::new("metrico"))
    );
    assert_eq!(seen(&Incoming { name: "schede-2019-urp.xlsx".to_owned(), ..file.clone() }), None);
    // A sheet with other labels is none of ours, whatever its name.
    for sheet in &mut book(&mut file).sheets {
        for cell in sheet.cells.values_mut() {
            if let RawContent::Text(text) = &mut cell.content {
                text.push_str(" (altro)");
            }
        }
    }
    assert_eq!(seen(&file), None);
}

/// How many answers stand beside findings, and how many of them explain.
fn answers(job: &Job) -> (usize, usize) {
    let all = || job.checked.findings.iter().flat_map(|one| &one.answered);
    (all().count(), job.checked.findings.iter().filter(|one| one.is_explained()).count())
}

#[test]
fn an_answer_holds_only_for_the_value_that_it_answers() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let files = read(&december());
    let job = month(&plan, &files);
    let with = |file: Incoming| {
        let mut files = files.clone();
        replace(&mut files, file);
        answers(&month(&plan, &files))
    };
    let why = "si sa già, ne abbiamo parlato";
    let answered = || {
        let mut file = returned(&plan, &job, "programmazione");
        answer(&mut file, 1, "confermo", why);
        file
    };
    assert_eq!(with(answered()), (1, 1));
    // The value is another one, still a sign in the place of a number.
    let mut stale = answered();
    let asked_of = of(&plan, &job, "programmazione", |reply| reply.points[0].targets[0].clone());
    type_in(&mut stale, &monthly(&asked_of.key, 8), RawContent::Text("n.d.".to_owned()));
    assert_eq!(with(stale), (0, 0));
    // A dash, a blank, are no reason; an answer of one's own making is none.
    for (kind, why) in [("confermo", "-"), ("confermo", " "), ("va bene", why), ("non riguarda noi", why)] {
        let mut file = returned(&plan, &job, "programmazione");
        answer(&mut file, 1, kind, why);
        assert_eq!(with(file).1, 0, "{kind} {why}");
    }
    // What is not the office's asks nothing more of it: the unit decides, and the finding stays open.
    let mut disowned = returned(&plan, &job, "programmazione");
    answer(&mut disowned, 1, "non riguarda noi", "gli stage sono dell'ufficio scuola");
    let mut all = files.clone();
    replace(&mut all, disowned);
    let told_unit = month(&plan, &all);
    assert!(!open(&plan, &told_unit).contains(&"programmazione".to_owned()));
    // Until then it is not in order, and no letter says so: the receipt waits.
    let (standing, words) =
        of(&plan, &told_unit, "programmazione", |reply| (reply.standing(), letter(reply)));
    assert_eq!(standing, Standing::Waiting);
    assert!(
        words.contains("La ricevuta arriva quando tutto è deciso.") && !words.contains("in ordine"),
        "{words}"
    );
    let list = told(&plan, &told_unit, |run| reminders(&replies(run)));
    assert!(list.contains("decide l'unità") && list.contains("gli stage sono dell'ufficio scuola"), "{list}");
    // Bound to something else by hand.
    let mut forged = answered();
    let manifest = book(&mut forged).sheets.iter_mut().find(|sheet| sheet.name == "_manifest").unwrap();
    let pair = |cell: &RawCell| cell.content == RawContent::Text("risposta.1".to_owned());
    let row = manifest.cells.iter().find(|(_, cell)| pair(cell)).unwrap().0.row;
    manifest.cells.get_mut(&CellRef { row, col: 1 }).unwrap().content = RawContent::Text("f".repeat(64));
    assert_eq!(with(forged), (0, 0));
    // An *errore* is never confirmed: it stays out, and open.
    let mut wrong = returned(&plan, &job, "metrico");
    answer(&mut wrong, 1, "confermo", why);
    let mut all = files.clone();
    replace(&mut all, wrong);
    let confirmed = month(&plan, &all);
    assert_eq!(answers(&confirmed), (1, 0));
    let kept = |job: &Job| {
        job.checked.findings.iter().filter(|one| one.keeps_out()).map(|one| one.rule.code).collect::<Vec<_>>()
    };
    assert_eq!(kept(&confirmed), kept(&job));
    assert!(open(&plan, &confirmed).contains(&"metrico".to_owned()));
    let held = |job: &Job| told(&plan, job, |run| obstacles(run).len());
    assert_eq!(held(&confirmed), held(&job));
}

#[test]
fn a_receipt_says_what_counts_and_nothing_else() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let job = month(&plan, &read(&december()));
    let office = OfficeId::new("urp");
    let receipt = told(&plan, &job, |run| Receipt::of(run, &office)).unwrap();
    let text = receipt.text(&plan.ente, "URP");
    assert_eq!(Receipt::read(&text), Ok(receipt.clone()));
    assert_eq!(Receipt::read(&text.replace('\n', "\r\n")), Ok(receipt.clone()), "as Windows writes it");
    assert!(receipt.differences(Some(&receipt)).is_empty());
    // Another value, by a hand that does not make the hash again.
    let line = text.lines().find(|line| line.starts_with("S07.campagne;;1;invio;")).unwrap();
    let forged = text.replace(line, "S07.campagne;;1;invio;2019-02-13");
    assert!(Receipt::read(&forged).unwrap_err().contains("impronta"));
    assert!(Receipt::read("ciao").is_err() && Receipt::read("").is_err());
    let mut other = receipt.clone();
    other.values.insert("S07.campagne;;1;invio".to_owned(), "2019-02-13".to_owned());
    other.values.remove("S07.campagne.completo;;;");
    assert_eq!(
        receipt.differences(Some(&other)),
        [
            "S07.campagne.completo;;;: la ricevuta dice «12», l'emissione niente",
            "S07.campagne;;1;invio: la ricevuta dice «2019-02-12», l'emissione «2019-02-13»"
        ]
    );
    assert_eq!(receipt.differences(None).len(), 1);
    let june = Receipt { month: "2019-06".to_owned(), ..receipt.clone() };
    assert_eq!(june.differences(Some(&receipt)).len(), 1);
    // What is kept out is in no receipt.
    let metrico = told(&plan, &job, |run| Receipt::of(run, &OfficeId::new("metrico"))).unwrap();
    assert!(!metrico.values.contains_key("S03.supermercati;9;;"));
    assert!(metrico.values.contains_key("S03.supermercati;8;;"));
}

/// A row whose number an office made up asks for no sheet as long.
#[test]
fn rows_of_registers_come_back_one_after_the_other() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let job = month(&plan, &read(&december()));
    let mut changed = sent(&job, "urp").clone();
    let full = |own: &Submission| {
        let texts =
            own.entries.iter().filter(|entry| entry.id.row.is_some() && entry.state != EntryState::Blank);
        texts.map(|entry| entry.state.clone()).collect::<Vec<_>>()
    };
    let before = full(&changed);
    assert!(before.len() > 4);
    for entry in changed.entries.iter_mut().filter(|entry| entry.id.row == Some(3)) {
        entry.id.row = Some(900_000);
    }
    let filled = Filled::of(&changed, job.month.month);
    let last = filled.cells.keys().filter_map(|target| target.row).max().unwrap();
    assert!(usize::try_from(last).unwrap() <= before.len(), "{last}");
    let bytes = of(&plan, &job, "urp", |reply| {
        return_workbook(&plan, &Reply { filled: Filled::of(&changed, job.month.month), ..reply.clone() })
            .unwrap()
    });
    let raw = read_bytes("u.xlsx", bytes).content.unwrap();
    let Recognition::Submission(again) = recognise(&plan, "u.xlsx", "", &raw) else { panic!("not ours") };
    let mut values = full(&again);
    let mut own = before;
    let order = |state: &EntryState| format!("{state:?}");
    values.sort_by_key(order);
    own.sort_by_key(order);
    assert_eq!(values, own);
}

/// What a cell of *Da sistemare* shows.
fn shown(bytes: &[u8], cell: &str) -> String {
    shown_in(bytes, "Da sistemare", cell)
}

/// Whether *Istruzioni* says that the month is ready.
fn is_ready(bytes: &[u8]) -> bool {
    shown_in(bytes, "Istruzioni", "B6").starts_with('●')
}

fn shown_in(bytes: &[u8], sheet: &str, cell: &str) -> String {
    let raw = read_bytes("r.xlsx", bytes.to_vec()).content.unwrap();
    let cell = raw.sheet(sheet).unwrap().cell(CellRef::parse(cell).unwrap()).unwrap();
    match &cell.content {
        RawContent::Text(text) => text.clone(),
        other => format!("{other:?}"),
    }
}

/// December, with the only point of an office answered in its return.
fn answered(plan: &Plan, kind: &str, why: &str) -> Job {
    let mut files = read(&december());
    let mut file = returned(plan, &month(plan, &files), "programmazione");
    answer(&mut file, 1, kind, why);
    replace(&mut files, file);
    month(plan, &files)
}

/// An answer that is not among those offered settles nothing, and is not lost either: the office reads it
/// in its letter, the unit beside the finding.
#[test]
fn an_answer_that_is_not_offered_is_kept_and_counts_for_nothing() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let job = answered(&plan, "ok, va bene", "chiedere a Rossi");
    assert_eq!(answers(&job), (1, 0));
    let (words, points) = of(&plan, &job, "programmazione", |reply| (letter(reply), reply.points.len()));
    assert_eq!(points, 1);
    let said = "Hai risposto «ok, va bene; chiedere a Rossi», ma la risposta va scelta fra «corretto», «confermo», \
                «non riguarda noi».";
    assert!(words.contains(said), "{words}");
    // In the workbook that goes back the words are still there, and the answer is to be chosen.
    let back = returned(&plan, &job, "programmazione");
    let Recognition::Submission(back) = recognise(&plan, &back.name, "", back.content.as_ref().unwrap())
    else {
        panic!("not ours");
    };
    let given: Vec<_> = back.responses.iter().map(|one| (one.typed.as_str(), one.reason.as_str())).collect();
    assert_eq!(given, [("", "ok, va bene; chiedere a Rossi")]);
}

/// A value that is explained away is still not there, and the letter does not say otherwise.
#[test]
fn who_explains_a_missing_value_reads_that_it_is_still_missing() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let job = answered(&plan, "confermo", "lo stage non è partito");
    let words = of(&plan, &job, "programmazione", letter);
    assert!(words.contains("hai spiegato quello che manca. Il valore però non c'è"), "{words}");
    assert!(!words.contains("tutto in ordine"), "{words}");
}

/// Who has sent a file that nothing can be read of gets a blank one, at the month; who has sent two does not.
#[test]
fn who_sent_what_cannot_be_read_gets_a_blank_workbook() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let files = december();
    let own = |office: &str| format!("schede-2019-{office}.xlsx");
    let mut spoiled = files.clone();
    for (name, bytes) in &mut spoiled {
        if *name == own("metrico") {
            bytes.truncate(2_000);
        }
    }
    let twin = files.iter().find(|(name, _)| *name == own("urp")).unwrap().1.clone();
    spoiled.push(("schede-2019-urp (2).xlsx".to_owned(), twin));
    // One value more, so that the two are not the same file.
    let mut incoming = read(&spoiled);
    let month_of = monthly("S07.riunioni", 3);
    type_in(incoming.last_mut().unwrap(), &month_of, RawContent::Number(9.0));
    incoming.last_mut().unwrap().sha256 = "0".repeat(64);
    let job = month(&plan, &incoming);
    let of_office = |office: &str| {
        of(&plan, &job, office, |reply| {
            (reply.unreadable, letter(reply), return_workbook(&plan, reply).unwrap())
        })
    };
    let (unreadable, words, bytes) = of_office("metrico");
    assert!(unreadable && words.contains("una cartella nuova e vuota, già sul mese"), "{words}");
    let raw = read_bytes("r.xlsx", bytes).content.unwrap();
    assert!(raw.sheet("Da sistemare").is_none());
    let Recognition::Submission(blank) = recognise(&plan, "r.xlsx", "", &raw) else { panic!("not ours") };
    assert_eq!(blank.chosen, Month::new(12));
    assert!(blank.entries.iter().all(|entry| entry.state == EntryState::Blank));
    let (unreadable, words, _) = of_office("urp");
    assert!(!unreadable && words.contains("Serve un solo file per ufficio"), "{words}");
    assert!(!words.contains("vuota, già sul mese"), "{words}");
}

/// The verdict beside an answer, as the program writes it and as a spreadsheet computes it.
#[test]
fn the_verdicts_of_the_answers_are_computed_alike() {
    let Some(office) = LibreOffice::with(Results::Recalculated, &["soffice"]) else { return };
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let job = month(&plan, &read(&december()));
    let why = String::from("è così");
    let cases = [
        ("metrico", None, "▲ da fare"),
        (
            "metrico",
            Some((AnswerKind::Corretto, String::new())),
            "▲ la casella è ancora come prima: apri e correggi",
        ),
        ("metrico", Some((AnswerKind::Confermo, why.clone())), "▲ non basta confermare: apri la casella"),
        ("metrico", Some((AnswerKind::NonRiguarda, String::new())), "▲ scrivi perché"),
        ("metrico", Some((AnswerKind::NonRiguarda, why.clone())), "● risposta data"),
        ("programmazione", Some((AnswerKind::Confermo, String::new())), "▲ scrivi perché"),
        ("programmazione", Some((AnswerKind::Confermo, why)), "● risposta data"),
    ];
    let folder = office.folder("in");
    let mut files = Vec::new();
    for (number, (who, given, verdict)) in cases.iter().enumerate() {
        let bytes = of(&plan, &job, who, |reply| {
            let mut reply = reply.clone();
            reply.points[0].given = given.clone();
            return_workbook(&plan, &reply).unwrap()
        });
        assert_eq!(shown(&bytes, "H8"), *verdict);
        files.push(folder.join(format!("{number}.xlsx")));
        fs::write(files.last().unwrap(), bytes).unwrap();
    }
    // The clerk has mended the cell.
    let mended = changed_once(
        &parts(&fs::read(&files[0]).unwrap()).unwrap(),
        "xl/worksheets/sheet3.xml",
        // The cell in which it is typed, which has no formula.
        "\"><v>-2</v>",
        "\"><v>2</v>",
    );
    files.push(folder.join("mended.xlsx"));
    fs::write(files.last().unwrap(), packed(&mended)).unwrap();
    let saved: Vec<Vec<u8>> = office.save_again(&files).iter().map(|file| fs::read(file).unwrap()).collect();
    for ((_, given, verdict), bytes) in cases.iter().zip(&saved) {
        assert_eq!(shown(bytes, "H8"), *verdict, "{given:?}");
        // With every point done the sheet looks at the rest of the workbook.
        let open = match (verdict.starts_with('●'), is_ready(bytes)) {
            (true, true) => "● Tutto a posto: rimanda questo file",
            (true, false) => "▲ Qui è fatto; guarda il foglio Istruzioni, che cosa manca ancora",
            (false, _) => "▲ Resta un punto da sistemare",
        };
        assert_eq!(shown(bytes, "B5"), open, "{given:?}");
    }
    assert_eq!(shown(saved.last().unwrap(), "H8"), "● il valore è cambiato");
    // What another program saves is read as it was answered, and our notes are nobody's comments.
    let raw = read_bytes("schede-2019-programmazione.xlsx", saved[6].clone()).content.unwrap();
    let Recognition::Submission(sent) = recognise(&plan, "schede-2019-programmazione.xlsx", "", &raw) else {
        panic!("not ours");
    };
    let given: Vec<_> = sent.responses.iter().map(|one| (one.kind, one.reason.as_str())).collect();
    assert_eq!(given, [(Some(AnswerKind::Confermo), "è così")]);
    assert!(sent.traits.comments.is_empty(), "{:?}", sent.traits.comments);
}

/// The sheet of the answers is found by its keys; without it the data are all there, and nothing is answered.
#[test]
fn answers_are_found_under_another_name_and_missed_without_harm() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let files = read(&december());
    let job = month(&plan, &files);
    let mut answered = returned(&plan, &job, "programmazione");
    answer(&mut answered, 1, "confermo", "lo stage non è partito");
    let with = |file: Incoming| {
        let mut files = files.clone();
        replace(&mut files, file);
        month(&plan, &files)
    };
    let mut renamed = answered.clone();
    book(&mut renamed).sheets.iter_mut().find(|sheet| sheet.name == "Da sistemare").unwrap().name =
        "Foglio9".to_owned();
    let job = with(renamed);
    assert_eq!(answers(&job), (1, 1));
    assert!(sent(&job, "programmazione").tampering.as_ref().unwrap().extra_sheets.is_empty());
    let mut gone = answered;
    book(&mut gone).sheets.retain(|sheet| sheet.name != "Da sistemare");
    let job = with(gone);
    assert_eq!(answers(&job), (0, 0));
    assert!(open(&plan, &job).contains(&"programmazione".to_owned()));
    assert_eq!(job.submissions.len(), 26, "its data count all the same");
}

/// Whatever an office types, its return can be made, is read again, and says every value that was read.
#[test]
fn whatever_an_office_types_comes_back_as_it_was_read() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let files: Vec<(String, Vec<u8>)> = plan
        .offices
        .iter()
        .map(|office| {
            let bytes = typed_workbook(&plan, &office.id, Hand::Careless, 41);
            (format!("schede-2019-{}.xlsx", office.id), bytes)
        })
        .collect();
    let job = month(&plan, &read(&files));
    let mut seen = 0;
    for reply in
        told(&plan, &job, |run| replies(run).iter().map(|one| one.office.to_string()).collect::<Vec<_>>())
    {
        let back = returned(&plan, &job, &reply);
        let Recognition::Submission(again) = recognise(&plan, &back.name, "", back.content.as_ref().unwrap())
        else {
            panic!("{reply}: not ours");
        };
        for entry in &sent(&job, &reply).entries {
            let value = matches!(entry.state, EntryState::Value(_) | EntryState::NotApplicable);
            let same = again.entries.iter().find(|other| other.id == entry.id);
            if value && entry.id.row.is_none() {
                assert_eq!(same.map(|other| &other.state), Some(&entry.state), "{reply} {:?}", entry.id);
                seen += 1;
            }
            if let (EntryState::Wrong(_), Some(other)) = (&entry.state, same) {
                assert!(
                    entry.id.row.is_some() || !matches!(other.state, EntryState::Value(_)),
                    "{reply} {:?}",
                    entry.id
                );
            }
        }
        assert!(again.structure.is_empty(), "{reply} {:?}", again.structure);
    }
    assert!(seen > 600, "{seen}");
}

/// The plan may say by when mended files come back, and whom to ask; a day that no month has is refused.
#[test]
fn a_letter_says_by_when_and_whom_to_ask() {
    let with = |day: u32| {
        let unit = format!(
            "[unita]\ncontatto = \"Unità performance, 041 000 000\"\ncorrezioni_entro_il_giorno = {day}\n\n[punteggio]"
        );
        read_plan(&DEFAULT_PLAN.replacen("[punteggio]", &unit, 1))
    };
    let plan = with(15).unwrap();
    let job = month(&plan, &read(&december()));
    let told = of(&plan, &job, "metrico", letter);
    assert!(told.contains("Poi rimandacela entro il 15/1/2020, con lo stesso nome."), "{told}");
    assert!(told.ends_with("Grazie, e buon lavoro.\nUnità performance, 041 000 000"), "{told}");
    let own = read_plan(DEFAULT_PLAN).unwrap();
    let mut job = month(&own, &read(&december()));
    let plain = of(&own, &job, "metrico", letter);
    assert!(plain.contains("Poi rimandacela appena puoi, con lo stesso nome."), "{plain}");
    // An .ods comes back as .xlsx: beside it, it would be a second file of the office.
    let name = "schede-2019-metrico.ods";
    job.submissions.iter_mut().find(|one| one.office.as_str() == "metrico").unwrap().file = name.to_owned();
    let told_it = of(&own, &job, "metrico", letter);
    assert!(told_it.contains(&format!("prende il posto di «{name}», che non serve più")), "{told_it}");
    let unit = crate::way_back::told(&own, &job, |run| reminders(&replies(run)));
    assert!(unit.contains(&format!("quando arriva, togli «{name}» dalla cartella")), "{unit}");
    let wrong = with(31).unwrap_err();
    assert!(wrong.iter().any(|one| one.to_string().contains("fra 1 e 28")), "{wrong:?}");
}

/// The format of a date pasted over a count: what was read is refused, and the workbook that goes back holds
/// the number under the right format.
#[test]
fn a_pasted_format_does_not_lose_the_number() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let mut files = read(&december());
    let file = files.iter_mut().find(|file| file.name.contains("metrico")).unwrap();
    let key = FillKey::monthly("S03.prodotti", Month::new(5).unwrap());
    type_in(file, &key, RawContent::Serial(28.0));
    let job = month(&plan, &files);
    let told = job.checked.findings.iter().filter(|one| one.rule.code == "C10").count();
    assert_eq!(told, 1);
    let mut back = returned(&plan, &job, "metrico");
    let place = asked(book(&mut back)).into_iter().find(|one| one.key == key).unwrap().place;
    let sheet = book(&mut back).sheet(&place.sheet).unwrap();
    assert_eq!(sheet.cell(place.cell).map(|cell| &cell.content), Some(&RawContent::Number(28.0)));
}

/// What the new workbook has put right is not asked for again: it is to be looked at. And a return in which
/// there was nothing to answer is no workbook with a sheet too many.
#[test]
fn what_a_new_workbook_puts_right_is_only_to_be_looked_at() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let mut files = read(&december());
    let place = files.iter().position(|file| file.name.contains("ambiente")).unwrap();
    let hidden = book(&mut files[place]).sheets.iter_mut().find(|sheet| sheet.name == "Scheda 4").unwrap();
    hidden.hidden = true;
    let remedies = |job: &Job| {
        of(&plan, job, "ambiente", |reply| {
            reply.points.iter().map(|point| (point.found.clone(), point.remedy.clone())).collect::<Vec<_>>()
        })
    };
    let job = month(&plan, &files);
    let told = remedies(&job);
    let (_, remedy) =
        told.iter().find(|(found, _)| found.contains("nascost")).unwrap_or_else(|| panic!("{told:?}"));
    assert!(remedy.starts_with("Nella cartella allegata è già a posto"), "{remedy}");

    // Another name of a sheet is put right and asks nothing; what goes back is sent again as it is.
    let mut files = read(&december());
    let renamed = book(&mut files[place]).sheets.iter_mut().find(|sheet| sheet.name == "Scheda 4").unwrap();
    renamed.name = "La mia scheda".to_owned();
    let job = month(&plan, &files);
    assert_eq!(remedies(&job), []);
    replace(&mut files, returned(&plan, &job, "ambiente"));
    let again = month(&plan, &files);
    let of_ambiente = again.checked.findings.iter().filter(|one| {
        one.rule.code == "T03" && one.office.as_ref().is_some_and(|office| office.as_str() == "ambiente")
    });
    assert_eq!(of_ambiente.count(), 0);
}

/// A change of the past that turns an outcome stays out until somebody says why: the office may say it in the
/// return, and need not change a note.
#[test]
fn a_reason_in_the_return_lets_in_what_changes_an_outcome() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let month = |number: u32| Month::new(number).unwrap();
    let metrico = OfficeId::new("metrico");
    // Twenty are wanted in the year: at July 11,67. Seven, then twelve.
    let book = |january: f64| {
        let mut fill = clean_fills(&plan, month(6)).remove(&metrico).unwrap();
        for number in 1..=7 {
            let value = if number == 1 { january } else { 1.0 };
            fill.set(FillKey::monthly("S03.prodotti", month(number)), FillValue::Number(value));
        }
        read_bytes("schede-2019-metrico.xlsx", office_workbook(&plan, &metrico, &fill).unwrap())
    };
    let at = |number: u32, file: &Incoming, memory: Option<&Memory>| {
        let arrival = arrive(&plan, file, &templates(&plan));
        let asked = Asked { month: Some(month(number)), previous: memory.cloned().map(Arc::new) };
        run_on(&plan, settle(&plan, vec![arrival]), asked, &mut |_| ()).unwrap()
    };
    let june = at(6, &book(1.0), None);
    let sent = (june.files.as_slice(), june.submissions.as_slice());
    let memory = Memory::of(&plan, sent, &june.admitted, &june.consolidation, &june.checked.findings);
    let changed = |job: &Job| job.checked.findings.iter().find(|one| one.rule.code == "M03").unwrap().clone();
    let counts = |job: &Job| {
        let own = job.admitted.entries.of(&VoceKey::from_text("S03.prodotti"), &metrico);
        own.iter().filter_map(|entry| entry.counted()).count()
    };

    let july = at(7, &book(6.0), Some(&memory));
    assert_eq!((changed(&july).severity, counts(&july)), (Severity::Errore, 6));
    let point = of(&plan, &july, "metrico", |reply| {
        let own = reply.points.iter().find(|point| point.found.contains("era 1 nel consolidato")).unwrap();
        (own.number, own.serious)
    });
    assert!(!point.1, "it may be confirmed");
    let mut back = returned(&plan, &july, "metrico");
    answer(&mut back, point.0, "confermo", "");
    let silent = at(7, &back, Some(&memory));
    assert_eq!((changed(&silent).severity, counts(&silent)), (Severity::Errore, 6));
    let mut back = returned(&plan, &july, "metrico");
    answer(&mut back, point.0, "confermo", "A gennaio ne mancavano cinque.");
    let explained = at(7, &back, Some(&memory));
    assert_eq!((changed(&explained).severity, counts(&explained)), (Severity::DaMotivare, 7));
    assert!(changed(&explained).is_explained());
    // The answer is bound to the value: with another one it says nothing.
    type_in(&mut back, &monthly("S03.prodotti", 1), RawContent::Number(7.0));
    assert_eq!(changed(&at(7, &back, Some(&memory))).severity, Severity::Errore);
}

/// Of a value that has another in a copy of its sheet only its office can say which is meant: in a new
/// workbook it would look good, so its cell is blank there, and the point says what stood in it.
#[test]
fn a_value_in_doubt_comes_back_blank() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let mut files = read(&december());
    let place = files.iter().position(|file| file.name.ends_with("-metrico.xlsx")).unwrap();
    let key = monthly("S03.prodotti", 4);
    let at = asked(book(&mut files[place])).into_iter().find(|one| one.key == key).unwrap().place;
    let own = book(&mut files[place]);
    let mut copy = own.sheets.iter().find(|sheet| sheet.name == at.sheet).unwrap().clone();
    copy.name = format!("{} (2)", at.sheet);
    own.sheets.push(copy);
    put(own, &Place { sheet: format!("{} (2)", at.sheet), ..at }, RawContent::Number(7.0));
    let job = month(&plan, &files);
    of(&plan, &job, "metrico", |reply| {
        let of_april = |point: &&Point| point.targets.iter().any(|to| to.month == Month::new(4));
        let own: Vec<&Point> = reply.points.iter().filter(of_april).collect();
        let [point] = own.as_slice() else { panic!("{own:#?}") };
        assert!(point.serious && point.remedy.contains("la casella è vuota"), "{point:?}");
        assert!(!point.read.is_empty());
        assert!(point.targets.iter().all(|to| !reply.filled.cells.contains_key(to)));
    });
    let back = returned(&plan, &job, "metrico");
    files[place] = back;
    let again = month(&plan, &files);
    let products = VoceKey::from_text("S03.prodotti");
    let own = again.checked.findings.iter().filter(|one| one.voce.as_ref() == Some(&products));
    let codes: Vec<&str> = own.filter(|one| one.month == Month::new(4)).map(|one| one.rule.code).collect();
    assert_eq!(codes, ["V01"], "it is asked for, and no zero");
}
