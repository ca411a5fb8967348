//! Workbooks built in memory, as the template makes them, then maimed as offices do.

use std::collections::BTreeMap;

use super::{
    EntryState, Fate, Fault, Recognition, StructureFact, Submission, no_template, receive, recognise,
};
use crate::model::{CellRef, EntryId, Month, Number, TimeKind, Value, VoceKey};
use crate::plan::{Plan, Register, Voce, read_plan};
use crate::read::{RawCell, RawContent, RawSheet, RawWorkbook};

const YEAR: u16 = 3;

fn plan() -> Plan {
    read_plan(include_str!("../../templates/piano-2019.toml")).unwrap()
}

fn month(number: u32) -> Month {
    Month::new(number).unwrap()
}

fn month_col(month: Month) -> u16 {
    YEAR + u16::try_from(month.number()).unwrap()
}

fn text(text: &str) -> RawContent {
    RawContent::Text(text.to_owned())
}

fn put(sheet: &mut RawSheet, row: u32, col: u16, content: RawContent) {
    sheet.cells.insert(CellRef { row, col }, RawCell { content, formula: None });
}

/// A workbook under construction, with the rows of its manifest.
struct Builder {
    book: RawWorkbook,
    manifest: Vec<[String; 6]>,
}

impl Builder {
    fn input(&mut self, key: &str, month: Option<Month>, field: Option<(u32, &str)>, at: (&str, u32, u16)) {
        let number = |month: Month| month.number().to_string();
        let (row, column) = field.map_or((String::new(), ""), |(row, column)| (row.to_string(), column));
        let cell = CellRef { row: at.1, col: at.2 }.to_string();
        let month = month.map(number).unwrap_or_default();
        self.manifest.push([key.to_owned(), month, row, column.to_owned(), at.0.to_owned(), cell]);
    }

    fn manifest(mut self, plan: &Plan, office: &str) -> RawWorkbook {
        let mut sheet = RawSheet { name: "_manifest".to_owned(), hidden: true, ..RawSheet::default() };
        let pairs = [
            ("formato", "1"),
            ("piano", plan.ente.as_str()),
            ("versione", "1"),
            ("anno", "2019"),
            ("ufficio", office),
            ("sha256_piano", plan.sha256.as_str()),
        ];
        for (row, (name, value)) in (0..).zip(pairs) {
            put(&mut sheet, row, 0, text(name));
            put(&mut sheet, row, 1, text(value));
        }
        for (col, title) in (0..).zip(["chiave", "mese", "riga", "colonna", "tipo", "foglio", "cella"]) {
            put(&mut sheet, 6, col, text(title));
        }
        for (row, [key, month, line, column, name, cell]) in (7..).zip(self.manifest) {
            for (col, value) in [(0, &key), (1, &month), (2, &line), (3, &column), (5, &name), (6, &cell)] {
                put(&mut sheet, row, col, text(value));
            }
        }
        self.book.sheets.push(sheet);
        self.book
    }
}

/// A sheet being laid: each key has its row, from the third on.
struct Laid {
    sheet: RawSheet,
    row: u32,
}

impl Laid {
    fn of(name: &str) -> Self {
        let mut sheet = RawSheet { name: name.to_owned(), ..RawSheet::default() };
        put(&mut sheet, 1, 0, text("mesi"));
        put(&mut sheet, 1, YEAR, text("Anno"));
        Month::all().for_each(|month| put(&mut sheet, 1, month_col(month), text(&month.short())));
        Self { sheet, row: 2 }
    }

    fn next(&mut self, key: &str) -> u32 {
        put(&mut self.sheet, self.row, 0, text(key));
        self.row += 1;
        self.row - 1
    }

    fn voce(&mut self, builder: &mut Builder, voce: &Voce) {
        let (key, name) = (voce.key.as_str(), self.sheet.name.clone());
        if let Some(register) = &voce.register {
            return self.register(builder, key, register);
        }
        let at = self.next(key);
        if !voce.is_input() {
            put(&mut self.sheet, at, YEAR, RawContent::Number(468.0));
        } else if voce.time.by_month() {
            Month::all()
                .for_each(|month| builder.input(key, Some(month), None, (&name, at, month_col(month))));
        } else {
            builder.input(key, None, None, (&name, at, YEAR));
        }
    }

    /// A register of 3 rows.
    fn register(&mut self, builder: &mut Builder, key: &str, register: &Register) {
        let (name, declared) = (self.sheet.name.clone(), format!("{key}.completo"));
        let at = self.next(&declared);
        builder.input(&declared, None, None, (&name, at, YEAR));
        let head = self.next(&format!("{key}#"));
        for (col, column) in (1..).zip(&register.columns) {
            put(&mut self.sheet, head, col, text(&column.label));
        }
        for line in 1..=3 {
            let at = self.next(&format!("{key}#{line}"));
            for (col, column) in (1..).zip(&register.columns) {
                builder.input(key, None, Some((line, &column.key)), (&name, at, col));
            }
        }
    }
}

/// A blank workbook of `office`: the same rows as the template's, registers of 3 rows.
fn blank(plan: &Plan, office: &str) -> RawWorkbook {
    let mut builder = Builder { book: RawWorkbook::default(), manifest: Vec::new() };
    let mut cover = RawSheet { name: "Istruzioni".to_owned(), ..RawSheet::default() };
    for (row, key) in [(4, "firma.nome"), (5, "firma.ruolo"), (6, "firma.data")] {
        put(&mut cover, row, 0, text(key));
        builder.input(key, None, None, ("Istruzioni", row, 2));
    }
    builder.book.sheets.push(cover);
    let id = plan.offices.iter().find(|known| known.id.as_str() == office).unwrap().id.clone();
    for scheda in plan.schede_of(&id) {
        let mut laid = Laid::of(&format!("Scheda {}", scheda.number));
        for indicator in scheda.indicators_of(&id) {
            indicator.voci.iter().for_each(|voce| laid.voce(&mut builder, voce));
            for what in ["nota", "fonte"] {
                let key = indicator.code.manifest_key(what);
                let at = laid.next(&key);
                builder.input(&key, None, None, (&laid.sheet.name, at, YEAR));
            }
        }
        builder.book.sheets.push(laid.sheet);
    }
    builder.manifest(plan, office)
}

fn sheet<'a>(book: &'a mut RawWorkbook, name: &str) -> &'a mut RawSheet {
    book.sheets.iter_mut().find(|sheet| sheet.name == name).unwrap()
}

fn row_of(sheet: &RawSheet, key: &str) -> u32 {
    sheet.cells.iter().find(|(cell, raw)| cell.col == 0 && raw.content == text(key)).unwrap().0.row
}

/// Types a value in the row of `key`.
fn fill(book: &mut RawWorkbook, name: &str, key: &str, col: u16, content: RawContent) {
    let sheet = sheet(book, name);
    let row = row_of(sheet, key);
    put(sheet, row, col, content);
}

fn read(plan: &Plan, book: &RawWorkbook) -> Submission {
    match recognise(plan, "file.xlsx", "00", book) {
        Recognition::Submission(submission) => *submission,
        other => panic!("{other:?}"),
    }
}

fn state(submission: &Submission, id: &EntryId) -> EntryState {
    submission.entries.iter().find(|entry| &entry.id == id).unwrap().state.clone()
}

fn number(value: i64) -> EntryState {
    EntryState::Value(Value::Number(Number::from(value)))
}

fn june(key: &str) -> EntryId {
    EntryId::monthly(VoceKey::from_text(key), month(6))
}

/// Moves every row from `from` down by `by`.
fn shift_rows(sheet: &mut RawSheet, from: u32, by: u32) {
    let cells = std::mem::take(&mut sheet.cells);
    let moved =
        |cell: CellRef| CellRef { row: if cell.row >= from { cell.row + by } else { cell.row }, ..cell };
    sheet.cells = cells.into_iter().map(|(cell, raw)| (moved(cell), raw)).collect();
}

#[test]
fn a_blank_workbook_of_every_office_is_recognised_whole() {
    let plan = plan();
    for office in &plan.offices {
        let submission = read(&plan, &blank(&plan, office.id.as_str()));
        assert_eq!(submission.office, office.id);
        assert_eq!(submission.structure, Vec::new(), "{}", office.id);
        assert_eq!(submission.last_month, None);
        assert!(submission.entries.iter().all(|entry| entry.state == EntryState::Blank));
        let registers = plan.voci().filter(|(indicator, voce)| {
            indicator.offices.contains(&office.id) && voce.time == TimeKind::Registro
        });
        assert_eq!(submission.completeness.len(), registers.count());
        assert_eq!(submission.manifest.sha256_plan, plan.sha256);
    }
}

#[test]
fn entries_are_found_with_their_place_and_state() {
    let plan = plan();
    let mut book = blank(&plan, "metrico");
    let (key, name) = ("S03.orafi_ispezionati", "Scheda 3");
    fill(&mut book, name, key, month_col(month(1)), RawContent::Number(0.0));
    fill(&mut book, name, key, month_col(month(2)), text("n.a."));
    fill(&mut book, name, key, month_col(month(3)), text("-"));
    fill(&mut book, name, key, month_col(month(6)), text("1.234,5"));
    fill(&mut book, name, key, month_col(month(7)), text("…"));
    fill(&mut book, name, "S03.orafi_iscritti", YEAR, RawContent::Number(110.0));
    fill(&mut book, name, "S03.1.nota", YEAR, text("  chiusura\u{a0}agosto "));
    fill(&mut book, "Istruzioni", "firma.nome", 2, text("Maria Rossi"));
    fill(&mut book, "Istruzioni", "firma.data", 2, RawContent::Serial(43_617.0));
    let submission = read(&plan, &book);
    let entry = submission.entries.iter().find(|entry| entry.id == june(key)).unwrap();
    assert_eq!(
        entry.place.to_string(),
        format!("'Scheda 3'!{}", CellRef { row: 2, col: month_col(month(6)) })
    );
    assert_eq!(entry.raw, "1.234,5");
    assert_eq!(entry.normalised.as_ref().unwrap().code, "C02");
    let at = |number| state(&submission, &EntryId::monthly(VoceKey::from_text(key), month(number)));
    assert_eq!(at(1), number(0));
    assert_eq!(at(2), EntryState::NotApplicable);
    assert_eq!(at(3), EntryState::Placeholder);
    assert_eq!(state(&submission, &EntryId::annual(VoceKey::from_text("S03.orafi_iscritti"))), number(110));
    assert_eq!(submission.last_month, Some(month(6)), "a placeholder reports nothing");
    assert_eq!(submission.notes.values().next().unwrap().text, "chiusura agosto");
    assert_eq!(submission.sign_off.name.unwrap().text, "Maria Rossi");
    assert_eq!(submission.sign_off.date.unwrap().text, "1/6/2019");
    assert_eq!(submission.sign_off.role, None);
}

#[test]
fn a_formula_in_an_input_is_kept_with_its_value() {
    let plan = plan();
    let mut book = blank(&plan, "metrico");
    let formula = |content| RawCell { content, formula: Some("12+3".to_owned()) };
    let scheda = sheet(&mut book, "Scheda 3");
    let row = row_of(scheda, "S03.supermercati");
    let never = RawCell { content: RawContent::Empty, formula: Some("A1+3".to_owned()) };
    scheda.cells.insert(CellRef { row, col: month_col(month(5)) }, never);
    scheda.cells.insert(CellRef { row, col: month_col(month(6)) }, formula(RawContent::Number(15.0)));
    let submission = read(&plan, &book);
    let entry = submission.entries.iter().find(|entry| entry.id == june("S03.supermercati")).unwrap();
    assert_eq!((entry.state.clone(), entry.formula.as_deref()), (number(15), Some("12+3")));
    let may = EntryId::monthly(VoceKey::from_text("S03.supermercati"), month(5));
    assert!(matches!(state(&submission, &may), EntryState::Wrong(Fault::ExcelError(_))));
}

#[test]
fn rows_moved_and_sheets_renamed_are_facts() {
    let plan = plan();
    let mut book = blank(&plan, "metrico");
    fill(&mut book, "Scheda 3", "S03.prodotti", month_col(month(6)), RawContent::Number(20.0));
    let scheda = sheet(&mut book, "Scheda 3");
    let from = row_of(scheda, "S03.prodotti");
    shift_rows(scheda, from, 5);
    scheda.name = "Orafi".to_owned();
    book.sheets.reverse();
    let submission = read(&plan, &book);
    assert_eq!(state(&submission, &june("S03.prodotti")), number(20));
    let renamed =
        StructureFact::SheetRenamed { scheda: 3, expected: "Scheda 3".to_owned(), found: "Orafi".to_owned() };
    assert!(submission.structure.contains(&renamed));
    let moved = submission.structure.iter().find_map(|fact| match fact {
        StructureFact::RowsMoved { rows, .. } => Some(rows.clone()),
        _ => None,
    });
    let key = ("S03.prodotti".to_owned(), CellRef { row: from + 5, col: 0 });
    assert!(moved.unwrap().contains(&key));
}

#[test]
fn months_are_found_by_their_header() {
    let plan = plan();
    let mut book = blank(&plan, "metrico");
    let scheda = sheet(&mut book, "Scheda 3");
    let (may, jun) = (month_col(month(5)), month_col(month(6)));
    put(scheda, 1, may, text("Giugno"));
    put(scheda, 1, jun, text(" maggio "));
    fill(&mut book, "Scheda 3", "S03.prodotti", may, RawContent::Number(6.0));
    let submission = read(&plan, &book);
    assert_eq!(state(&submission, &june("S03.prodotti")), number(6));

    put(sheet(&mut book, "Scheda 3"), 1, jun, text("Giugno"));
    let doubled = read(&plan, &book);
    assert_eq!(state(&doubled, &june("S03.prodotti")), EntryState::Lost, "two columns of June");
    let may_lost = EntryId::monthly(VoceKey::from_text("S03.prodotti"), month(5));
    assert_eq!(state(&doubled, &may_lost), EntryState::Lost, "no column of May");
    assert!(doubled.structure.iter().any(|fact| {
        matches!(fact, StructureFact::Missing { key, month: Some(found), .. } if key == "S03.prodotti" && *found == month(5))
    }));
}

#[test]
fn without_a_header_only_rows_at_their_place_are_read() {
    let plan = plan();
    let mut book = blank(&plan, "metrico");
    fill(&mut book, "Scheda 3", "S03.supermercati", month_col(month(6)), RawContent::Number(3.0));
    fill(&mut book, "Scheda 3", "S03.prodotti", month_col(month(6)), RawContent::Number(6.0));
    let scheda = sheet(&mut book, "Scheda 3");
    scheda.cells.retain(|cell, _| cell.row != 1);
    let from = row_of(scheda, "S03.prodotti");
    shift_rows(scheda, from, 1);
    let submission = read(&plan, &book);
    assert_eq!(state(&submission, &june("S03.supermercati")), number(3));
    assert_eq!(state(&submission, &june("S03.prodotti")), EntryState::Lost);
    // One fact for the row of the months, however many cells it makes unreadable.
    let told =
        |wanted: fn(&StructureFact) -> bool| submission.structure.iter().filter(|one| wanted(one)).count();
    assert_eq!(told(|fact| matches!(fact, StructureFact::HeaderMissing { scheda: 3, .. })), 1);
    assert_eq!(told(|fact| matches!(fact, StructureFact::Missing { .. })), 0);
}

#[test]
fn a_row_of_months_taken_away_is_one_fact_and_moves_nothing() {
    let plan = plan();
    let mut book = blank(&plan, "metrico");
    let scheda = sheet(&mut book, "Scheda 3");
    scheda.cells.retain(|cell, _| cell.row != 1);
    let cells = std::mem::take(&mut scheda.cells);
    let up = |cell: CellRef| CellRef { row: cell.row.saturating_sub(u32::from(cell.row > 1)), ..cell };
    scheda.cells = cells.into_iter().map(|(cell, raw)| (up(cell), raw)).collect();
    let submission = read(&plan, &book);
    let headless = StructureFact::HeaderMissing { scheda: 3, sheet: "Scheda 3".to_owned() };
    assert_eq!(submission.structure, [headless]);
    assert_eq!(state(&submission, &june("S03.prodotti")), EntryState::Lost);
}

#[test]
fn a_sheet_without_its_keys_is_there_all_the_same() {
    let plan = plan();
    let mut book = blank(&plan, "metrico");
    let scheda = sheet(&mut book, "Scheda 3");
    scheda.cells.retain(|cell, _| cell.col != 0);
    // What stood in the second column is in the first one now.
    put(scheda, 5, 0, text("n. prodotti: quanti sono"));
    let missing = StructureFact::SheetMissing {
        scheda: 3,
        expected: "Scheda 3".to_owned(),
        nearest: Some("Scheda 3".to_owned()),
        listed: true,
    };
    assert_eq!(read(&plan, &book).structure, [missing]);
}

#[test]
fn rows_and_sheets_missing_or_doubled_lose_their_entries() {
    let plan = plan();
    let mut book = blank(&plan, "metrico");
    let scheda = sheet(&mut book, "Scheda 3");
    let gone = row_of(scheda, "S03.prodotti");
    scheda.cells.retain(|cell, _| cell.row != gone);
    put(scheda, 90, 0, text("S03.supermercati"));
    let submission = read(&plan, &book);
    assert_eq!(state(&submission, &june("S03.prodotti")), EntryState::Lost);
    assert_eq!(state(&submission, &june("S03.supermercati")), EntryState::Lost);
    let facts = &submission.structure;
    assert!(facts.iter().any(
        |fact| matches!(fact, StructureFact::Missing { key, month: None, .. } if key == "S03.prodotti")
    ));
    assert!(facts.iter().any(|fact| {
        matches!(fact, StructureFact::Duplicated { key, cells, .. } if key == "S03.supermercati" && cells.len() == 2)
    }));

    book.sheets.retain(|sheet| sheet.name != "Scheda 3");
    book.sheets.push(RawSheet { name: "SCHEDA3".to_owned(), ..RawSheet::default() });
    let without = read(&plan, &book);
    let missing = StructureFact::SheetMissing {
        scheda: 3,
        expected: "Scheda 3".to_owned(),
        nearest: Some("SCHEDA3".to_owned()),
        listed: true,
    };
    assert!(without.structure.contains(&missing));
    assert_eq!(state(&without, &june("S03.prodotti")), EntryState::Lost);
}

#[test]
fn two_copies_under_other_names_are_not_chosen_between() {
    let plan = plan();
    let mut book = blank(&plan, "metrico");
    let mut copy = sheet(&mut book, "Scheda 3").clone();
    copy.name = "Copia".to_owned();
    book.sheets.push(copy);
    assert_eq!(
        state(&read(&plan, &book), &june("S03.prodotti")),
        EntryState::Blank,
        "the one with the right name"
    );
    sheet(&mut book, "Scheda 3").name = "Vecchia".to_owned();
    assert_eq!(state(&read(&plan, &book), &june("S03.prodotti")), EntryState::Lost);
}

#[test]
fn registers_are_read_by_label_with_rows_added() {
    let plan = plan();
    let mut book = blank(&plan, "promozione");
    let key = "S01.bandi";
    let labels: Vec<String> = {
        let (_, voce) = plan.voce(&VoceKey::from_text(key)).unwrap();
        voce.register.as_ref().unwrap().columns.iter().map(|column| column.label.clone()).collect()
    };
    assert_eq!(labels.len(), 3, "titolo, scadenza, approvazione");
    let scheda = sheet(&mut book, "Scheda 1");
    let head = row_of(scheda, "S01.bandi#");
    let first = head + 1;
    put(scheda, first, 1, text(" Bando A "));
    put(scheda, first, 2, text("03/05/2019"));
    put(scheda, 80, 0, text("S01.bandi#21"));
    put(scheda, 80, 1, text("Bando B"));
    put(scheda, 80, 2, RawContent::Serial(43_617.0));
    fill(&mut book, "Scheda 1", "S01.bandi.completo", YEAR, RawContent::Number(4.0));
    let submission = read(&plan, &book);
    let field = |row, column: &str| state(&submission, &EntryId::field(VoceKey::from_text(key), row, column));
    let date = |day: &str| EntryState::Value(Value::Date(day.parse().unwrap()));
    assert_eq!(field(1, "titolo"), EntryState::Value(Value::Text("Bando A".to_owned())));
    assert_eq!(field(1, "scadenza"), date("2019-05-03"));
    assert_eq!(field(1, "approvazione"), EntryState::Blank);
    assert_eq!(field(21, "scadenza"), date("2019-06-01"));
    assert_eq!(submission.last_month, Some(month(4)), "declared complete");
    let declared = &submission.completeness[&VoceKey::from_text(key)];
    assert_eq!(declared.state, number(4));

    // Columns swapped by the office, labels and all: read by label.
    let scheda = sheet(&mut book, "Scheda 1");
    put(scheda, head, 2, text(&labels[2].to_uppercase()));
    put(scheda, head, 3, text(&labels[1]));
    let swapped = read(&plan, &book);
    let approval = EntryId::field(VoceKey::from_text(key), 1, "approvazione");
    assert_eq!(state(&swapped, &approval), date("2019-05-03"));
}

#[test]
fn constants_are_only_shown() {
    let plan = plan();
    let submission = read(&plan, &blank(&plan, "sanzioni_ri"));
    let shown: BTreeMap<&str, &Option<Value>> =
        submission.shown.iter().map(|shown| (shown.voce.as_str(), &shown.value)).collect();
    assert_eq!(shown["S06.imprese_contestate"], &Some(Value::Number(Number::from(468_i64))));
    assert!(submission.entries.iter().all(|entry| entry.id.voce.as_str() != "S06.imprese_contestate"));
}

#[test]
fn of_two_identical_files_the_one_with_its_own_name_counts() {
    let plan = plan();
    let book = blank(&plan, "metrico");
    let file = |name: &str| crate::read::Incoming {
        name: name.to_owned(),
        sha256: "impronta".to_owned(),
        bytes: 1,
        content: Ok(book.clone()),
    };
    let own = "schede-2019-metrico.xlsx";
    let (files, submissions) = receive(&plan, vec![file(own), file("copia (1).xlsx")], &no_template);
    assert_eq!(submissions[0].file, own);
    let fates: Vec<(&str, &Fate)> = files.iter().map(|file| (file.name.as_str(), &file.fate)).collect();
    assert_eq!(fates, [("copia (1).xlsx", &Fate::CopyOf(own.to_owned())), (own, &Fate::Accepted)]);
    let (_, submissions) = receive(&plan, vec![file("b.xlsx"), file("a.xlsx")], &no_template);
    assert_eq!(submissions[0].file, "a.xlsx", "no proper name: the first");
}

#[test]
fn of_a_workbook_with_and_without_its_signature_one_counts() {
    let plan = plan();
    let mut signed = blank(&plan, "metrico");
    signed.traits.envelope = Some(crate::read::Envelope { layers: 1, sha256: "impronta".to_owned() });
    let file = |name: &str, sha256: &str, book: &RawWorkbook| crate::read::Incoming {
        name: name.to_owned(),
        sha256: sha256.to_owned(),
        bytes: 1,
        content: Ok(book.clone()),
    };
    let own = "schede-2019-metrico.xlsx";
    let signed_name = "schede-2019-metrico.xlsx.p7m";
    let both = vec![file(signed_name, "busta", &signed), file(own, "impronta", &blank(&plan, "metrico"))];
    let (files, submissions) = receive(&plan, both, &no_template);
    assert_eq!((submissions.len(), submissions[0].file.as_str()), (1, own));
    assert_eq!(files[1].fate, Fate::CopyOf(own.to_owned()));
    // Another document in the envelope: two different files of one office.
    let other = vec![file(signed_name, "busta", &signed), file(own, "altra", &blank(&plan, "metrico"))];
    assert!(receive(&plan, other, &no_template).1.is_empty());
}

#[test]
fn a_file_under_another_offices_name_is_no_rival_of_the_right_one() {
    let plan = plan();
    let file = |name: &str, office: &str, sha256: &str| crate::read::Incoming {
        name: name.to_owned(),
        sha256: sha256.to_owned(),
        bytes: 1,
        content: Ok(blank(&plan, office)),
    };
    let fates = |incoming| {
        let (files, submissions) = receive(&plan, incoming, &no_template);
        let accepted: Vec<String> = submissions.into_iter().map(|one| one.file).collect();
        (files.into_iter().map(|file| file.fate).collect::<Vec<_>>(), accepted)
    };
    let (own, other) = ("schede-2019-metrico.xlsx", "schede-2019-asl.xlsx");
    let misnamed = Fate::Misnamed(crate::model::OfficeId::new("asl"));
    for sha256 in ["a", "b"] {
        // The same bytes, or others.
        let (fates, accepted) = fates(vec![file(other, "metrico", sha256), file(own, "metrico", "a")]);
        assert_eq!((fates, accepted), (vec![misnamed.clone(), Fate::Accepted], vec![own.to_owned()]));
    }
    // Also beside a file whose name says nothing.
    let (files, accepted) = fates(vec![file(other, "metrico", "a"), file("zeta.xlsx", "metrico", "b")]);
    assert_eq!((files, accepted), (vec![misnamed, Fate::Accepted], vec!["zeta.xlsx".to_owned()]));
    // Two files exchanged: each is the only one of its office.
    let (files, _) = fates(vec![file(other, "metrico", "a"), file(own, "asl", "b")]);
    assert_eq!(files, [Fate::Accepted, Fate::Accepted]);
}

#[test]
fn foreign_workbooks_are_told_apart() {
    let plan = plan();
    let mut book = blank(&plan, "metrico");
    let manifest =
        |book: &mut RawWorkbook, row, value: &str| put(sheet(book, "_manifest"), row, 1, text(value));
    manifest(&mut book, 4, "metrici");
    assert!(matches!(
        recognise(&plan, "", "", &book),
        Recognition::UnknownOffice { office, nearest: Some(near) } if office == "metrici" && near.as_str() == "metrico"
    ));
    manifest(&mut book, 3, "2018");
    assert!(matches!(recognise(&plan, "", "", &book), Recognition::OtherPlan { .. }));
    manifest(&mut book, 3, "");
    assert!(matches!(recognise(&plan, "", "", &book), Recognition::Foreign(_)));
    sheet(&mut book, "_manifest").cells.retain(|cell, _| cell.row < 7);
    assert!(matches!(recognise(&plan, "", "", &book), Recognition::Foreign(_)));
    book.sheets.retain(|sheet| sheet.name != "_manifest");
    assert!(matches!(recognise(&plan, "", "", &book), Recognition::Foreign(_)));
    assert!(matches!(recognise(&plan, "", "", &RawWorkbook::default()), Recognition::Foreign(_)));
}
