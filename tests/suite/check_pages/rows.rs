//! Rows, labels and sheets that offices moved, added or copied: nothing typed is lost, nothing counts for
//! another.

use std::collections::BTreeSet;

use crate::support::bench::{Bench, Work};
use schede::admit::Admission;
use schede::impact::{Effect, Ground, sort_by_effect};
use schede::interpret::{Recognition, TextCell, recognise};
use schede::model::{CellRef, Finding, IndicatorCode, Month, OfficeId, Severity, Value, VoceKey, YearMonth};
use schede::plan::{DEFAULT_PLAN, PLACEHOLDER_WORDS, read_plan, silent_words};
use schede::read::{RawContent, read_bytes};
use schede::trial::read_page;
use schede::write::{Fill, FillKey, FillValue, office_file_name, office_workbook};

/// What became of these lines (`office | key | month | row | column | value`), in June.
fn work(rows: &[&str]) -> Work {
    let rows: Vec<String> = rows.iter().map(|row| format!("| {row} |")).collect();
    let text = format!(
        "# T25 · x\n\n## Perché\n\nx\n\n## Esempio\n\n| ufficio | chiave | mese | riga | colonna | valore |\n\
         |---|---|---|---|---|---|\n{}\n\n## Rilievo atteso\n\n## Corretto\n",
        rows.join("\n")
    );
    let page = read_page("prova.md", &text).unwrap();
    Bench::new().work(&page.example, YearMonth::parse("2019-06").unwrap(), false)
}

impl Work {
    fn of(&self, code: &str) -> Vec<&Finding> {
        self.judged.checked.findings.iter().filter(|finding| finding.rule.code == code).collect()
    }

    /// The voci kept out.
    fn out(&self) -> BTreeSet<&str> {
        self.judged.admitted.spoiled.keys().map(|voce| voce.as_str()).collect()
    }

    /// The codes above a nota, those of what is still to be filled in aside.
    fn above(&self) -> BTreeSet<&str> {
        let heavy = self.judged.checked.findings.iter().filter(|finding| finding.severity > Severity::Nota);
        heavy.map(|finding| finding.rule.code).filter(|code| !code.starts_with(['K', 'V'])).collect()
    }

    /// The titles of a register that count, each with its row in the sheet, from 1.
    fn titles(&self, register: &str) -> Vec<(String, u32)> {
        let entries = self.judged.admitted.entries.iter();
        let own = entries
            .filter(|entry| entry.id.voce.as_str() == register && entry.admission == Admission::Admitted);
        own.filter_map(|entry| match &entry.value {
            Some(Value::Text(title)) => Some((title.clone(), entry.place.cell.row + 1)),
            _ => None,
        })
        .collect()
    }

    fn effects(&mut self) -> Vec<Effect> {
        let consolidation = &self.judged.consolidation;
        let (plan, admitted) = (&self.plan, &self.judged.admitted);
        let ground = Ground { plan, admitted, month: consolidation.month, consolidation };
        sort_by_effect(ground, &mut self.judged.checked.findings)
    }
}

const CALL: [&str; 4] = [
    "promozione | S01.bandi.completo |  |  |  | 6",
    "promozione | S01.bandi |  | 1 | titolo | Bando A",
    "promozione | S01.bandi |  | 1 | scadenza | 14/1/2019",
    "promozione | S01.bandi |  | 1 | approvazione | 11/2/2019",
];

/// `CALL` and then these lines.
fn call(rows: &[&str]) -> Work {
    let all: Vec<&str> = CALL.iter().chain(rows).copied().collect();
    work(&all)
}

fn label_of(key: &str) -> String {
    read_plan(DEFAULT_PLAN).unwrap().voce(&VoceKey::from_text(key)).unwrap().1.label.clone()
}

/// A good row typed by hand in a row of the sheet.
fn typed(row: u32, title: &str) -> [String; 3] {
    [("C", title), ("D", "14/2/2019"), ("E", "24/6/2019")]
        .map(|(col, value)| format!("promozione | @scrivi Registro 1.1!{col}{row} |  |  |  | {value}"))
}

#[test]
fn labels_exchanged_keep_both_voci_out() {
    let label = |key: &str, text: &str| format!("metrico | @etichetta {key} |  |  |  | {text}");
    let (shops, goods) = ("Supermercati sorvegliati (prima volta nell'anno)", "Prodotti controllati");
    let swapped = work(&[&label("S03.supermercati", goods), &label("S03.prodotti", shops)]);
    assert_eq!(swapped.of("T24").len(), 2);
    assert_eq!(swapped.out(), ["S03.prodotti", "S03.supermercati"].into());
    assert_eq!(swapped.above(), ["T24"].into(), "one cause");
    // One label copied over another: the row that kept its own is in doubt as well.
    let copied = work(&[&label("S03.supermercati", &format!("  {}", goods.to_uppercase()))]);
    assert_eq!(copied.out(), ["S03.prodotti", "S03.supermercati"].into());
    // A row of the year, and one of months.
    let yearly = work(&[&label("S03.orafi_iscritti", &label_of("S03.orafi_ispezionati"))]);
    assert_eq!(yearly.out(), ["S03.orafi_iscritti", "S03.orafi_ispezionati"].into());
    // A word of the office's own is no other voce's.
    let own = work(&[&label("S03.supermercati", "Supermercati e negozi")]);
    assert!(own.of("T24").is_empty() && own.out().is_empty());
}

#[test]
fn titles_exchanged_keep_their_columns_out() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let (_, voce) = plan.voce(&VoceKey::from_text("S01.bandi")).unwrap();
    let labels: Vec<&str> =
        voce.register.as_ref().unwrap().columns.iter().map(|column| column.label.as_str()).collect();
    let [_, closing, approval] = labels.as_slice() else { panic!("{labels:?}") };
    let write =
        |cell: &str, text: &str| format!("promozione | @scrivi Registro 1.1!{cell} |  |  |  | {text}");
    let exchanged = call(&[&write("D3", approval), &write("E3", closing)]);
    assert_eq!(exchanged.of("T24").len(), 1);
    assert_eq!(exchanged.out(), ["S01.bandi"].into());
    assert_eq!(exchanged.above(), ["T24"].into(), "one cause");
    let copied = call(&[&write("D3", approval)]);
    assert_eq!(copied.out(), ["S01.bandi"].into());
}

#[test]
fn a_label_that_reads_otherwise_always_says_what_depends_on_it() {
    for (key, value) in [("S03.supermercati", "3"), ("S03.orafi_iscritti", "30")] {
        let month = if key == "S03.supermercati" { "3" } else { "" };
        let mut work = work(&[
            &format!("metrico | {key} | {month} |  |  | {value}"),
            &format!("metrico | @etichetta {key} |  |  |  | Altro"),
        ]);
        let effects = work.effects();
        let at = work.judged.checked.findings.iter().position(|finding| finding.rule.code == "T09").unwrap();
        let effect = effects.get(at).unwrap();
        assert!(!effect.indicators.is_empty(), "{key}: {}", effect.sentence);
    }
}

#[test]
fn a_row_inserted_in_a_register_counts_where_it_stands() {
    let rows = typed(5, "Bando B");
    let inserted =
        call(&["promozione | @inserisci-sopra S01.bandi#2 |  |  |  |", &rows[0], &rows[1], &rows[2]]);
    assert_eq!(inserted.titles("S01.bandi"), [("Bando A".to_owned(), 4), ("Bando B".to_owned(), 5)]);
    assert_eq!(inserted.above(), BTreeSet::new());
    let told = inserted.of("T25");
    assert!(
        told[0].message.contains("del registro, la 5 del foglio (Bando B, 14/2/2019, 24/6/2019)"),
        "{}",
        told[0].message
    );
}

#[test]
fn rows_under_the_last_one_count_also_after_a_blank_line() {
    let last = last_ordinal();
    let insert = format!("promozione | @inserisci-sotto S01.bandi#{last} |  |  |  |");
    let mut rows = vec![insert.clone(), insert.clone(), insert];
    rows.extend(typed(4 + last, "Bando B"));
    rows.extend(typed(6 + last, "Bando C"));
    let under = call(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let rows = [("Bando A", 4), ("Bando B", 4 + last), ("Bando C", 6 + last)];
    assert_eq!(under.titles("S01.bandi"), rows.map(|(title, row)| (title.to_owned(), row)));
    assert_eq!((under.above(), under.of("T05").len()), (BTreeSet::new(), 0));
}

#[test]
fn what_stands_out_of_the_inputs_is_told_with_its_dates() {
    // Far below the numbers of the scheda; in the register's own sheet it would be a row.
    let told = call(&["promozione | @scrivi Scheda 1!D60 |  |  |  | 14/2/2019"]);
    assert_eq!(told.titles("S01.bandi").len(), 1);
    let outside = told.of("T19");
    assert_eq!(outside.len(), 1);
    assert_eq!(outside[0].severity, Severity::DaMotivare);
    assert!(outside[0].message.contains("«14/2/2019»"), "{}", outside[0].message);
}

#[test]
fn a_row_cleared_of_its_key_is_still_a_row() {
    let cleared = call(&["promozione | @scrivi Registro 1.1!A4 |  |  |  |"]);
    assert_eq!(cleared.titles("S01.bandi"), [("Bando A".to_owned(), 4)]);
    assert_eq!((cleared.of("T06").len(), cleared.of("T25").len()), (0, 1));
    assert_eq!(cleared.above(), BTreeSet::new());
    // The whole row is gone: what it held is not there any more.
    let gone = call(&["promozione | @togli-riga S01.bandi#1 |  |  |  |"]);
    assert_eq!((gone.of("T06").len(), gone.of("T25").len()), (1, 0));
}

#[test]
fn what_is_not_a_row_keeps_the_register_out() {
    let cases: [&[(&str, &str)]; 4] = [
        &[("C", "da rivedere")],
        &[("D", "14/2/2019"), ("E", "1/3/2019")],
        &[("C", "Bando B"), ("D", "metà febbraio"), ("E", "1/3/2019")],
        &[("C", "Bando B"), ("D", "45")],
    ];
    for cells in cases {
        let mut rows = vec!["promozione | @inserisci-sopra S01.bandi#3 |  |  |  |".to_owned()];
        rows.extend(
            cells
                .iter()
                .map(|(col, value)| format!("promozione | @scrivi Registro 1.1!{col}6 |  |  |  | {value}")),
        );
        let work = call(&rows.iter().map(String::as_str).collect::<Vec<_>>());
        let told = work.of("T25");
        assert_eq!(told.len(), 1, "{cells:?}");
        assert_eq!(told[0].severity, Severity::Errore, "{cells:?}");
        assert_eq!(work.out(), ["S01.bandi"].into(), "{cells:?}");
        assert_eq!(work.above(), ["T25"].into(), "{cells:?}: one cause");
    }
}

#[test]
fn a_copied_sheet_is_compared_cell_by_cell() {
    let typed = "metrico | S03.supermercati | 3 |  |  | 4";
    let copy = "metrico | @copia-foglio Scheda 3 |  |  |  | Scheda 3 (2)";
    let same = work(&[typed, copy]);
    assert_eq!(same.of("T26").len(), 1);
    assert_eq!((same.of("T26")[0].severity, same.out().len()), (Severity::Nota, 0));
    assert!(same.of("T03").is_empty(), "one cause");
    let other = work(&[typed, copy, "metrico | @scrivi Scheda 3 (2)!G8 |  |  |  | 9"]);
    assert_eq!(other.out(), ["S03.supermercati"].into());
    let cells: Vec<String> =
        other.of("T26")[0].named().map(|(_, sheet, cell)| format!("{sheet}!{cell}")).collect();
    assert_eq!(cells, ["Scheda 3!G8", "Scheda 3 (2)!G8"]);
    // What was typed in the copy alone, and a copy that is hidden.
    let alone = work(&[
        copy,
        "metrico | @nascondi Scheda 3 (2) |  |  |  |",
        "metrico | @scrivi Scheda 3 (2)!G8 |  |  |  | 9",
    ]);
    assert_eq!(alone.out(), ["S03.supermercati"].into());
    assert!(alone.of("T04").is_empty(), "one cause");
    // An older copy, where the last month is still blank.
    let older = work(&[copy, typed]);
    assert_eq!(older.of("T26")[0].severity, Severity::Nota);
    // A register: a row that only the copy has.
    let rows = typed_in("Registro di prova", 5);
    let row: Vec<&str> = rows.iter().map(String::as_str).collect();
    let mut lines = vec!["promozione | @copia-foglio Registro 1.1 |  |  |  | Registro di prova"];
    lines.extend(row);
    assert_eq!(call(&lines).out(), ["S01.bandi"].into());
}

#[test]
fn a_copied_sheet_without_its_keys_is_compared_by_its_labels() {
    let keys: Vec<String> =
        (1..=60).map(|row| format!("metrico | @scrivi Dati aggiornati!A{row} |  |  |  | x")).collect();
    let copied = |last: &[&str]| {
        let first = [
            "metrico | S03.supermercati | 3 |  |  | 4",
            "metrico | @copia-foglio Scheda 3 |  |  |  | Dati aggiornati",
        ];
        work(
            &first
                .into_iter()
                .chain(keys.iter().map(String::as_str))
                .chain(last.iter().copied())
                .collect::<Vec<_>>(),
        )
    };
    let same = copied(&[]);
    assert_eq!((same.of("T26").len(), same.of("T26")[0].severity), (1, Severity::Nota));
    assert!(same.of("T03").is_empty() && same.out().is_empty(), "one cause");
    let other = copied(&["metrico | @scrivi Dati aggiornati!G8 |  |  |  | 9"]);
    assert_eq!(other.out(), ["S03.supermercati"].into());
    let cells: Vec<String> =
        other.of("T26")[0].named().map(|(_, sheet, cell)| format!("{sheet}!{cell}")).collect();
    assert_eq!(cells, ["Scheda 3!G8", "Dati aggiornati!G8"]);
    // A sheet of notes is no copy.
    let notes = work(&["metrico | @aggiungi-foglio Appunti |  |  |  | Prodotti controllati"]);
    assert_eq!((notes.of("T03").len(), notes.of("T26").len()), (1, 0));
}

#[test]
fn a_heading_written_over_is_no_column_deleted() {
    for (text, said) in [("maggio 2018", "dice «maggio 2018»"), ("magg. (5)", "dice «magg. (5)»")] {
        let over = work(&[&format!("metrico | @scrivi Scheda 3!I3 |  |  |  | {text}")]);
        let told = over.of("T06");
        assert_eq!(told.len(), 1, "{text}");
        let wanted = format!("l'intestazione della colonna di maggio {said}");
        assert!(told[0].message.contains(&wanted), "{}", told[0].message);
        assert!(!told[0].remedy.contains("cancellazione"), "{}", told[0].remedy);
    }
    let gone = work(&["metrico | @togli-mese Scheda 3 |  |  |  | maggio"]);
    assert!(gone.of("T06")[0].message.contains("la colonna di maggio non c'è più"));
}

fn typed_in(sheet: &str, row: u32) -> [String; 2] {
    [("C", "Bando B"), ("D", "14/2/2019")]
        .map(|(col, value)| format!("promozione | @scrivi {sheet}!{col}{row} |  |  |  | {value}"))
}

/// The rows of a register in a new workbook.
fn last_ordinal() -> u32 {
    let work = work(&["promozione | @invia |  |  |  |"]);
    let entries = &work.submissions.first().unwrap().entries;
    let own = entries.iter().filter(|entry| entry.id.voce.as_str() == "S01.bandi");
    own.filter_map(|entry| entry.id.row).max().expect("rows")
}

/// A column taken out, and one put in: what stands beside the months, source and reason, goes along.
#[test]
fn what_stands_beside_the_months_moves_with_them() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let office = OfficeId::new("metrico");
    let mut fill = Fill::default();
    let text = |text: &str| FillValue::Text(text.to_owned());
    fill.set(FillKey::monthly("S03.prodotti", Month::new(6).unwrap()), text("n.a."));
    fill.set(FillKey::single("S03.3.fonte"), text("Prot. 1234/2019"));
    fill.set(FillKey::single("S03.prodotti.motivo"), text("Sciopero"));
    let name = office_file_name(&plan, &office);
    let book = read_bytes(&name, office_workbook(&plan, &office, &fill).unwrap()).content.unwrap();
    // From `first` on, `by` columns to the right or to the left.
    let moved = |first: u16, by: i32| {
        let mut book = book.clone();
        let sheet = book.sheets.iter_mut().find(|sheet| sheet.name == "Scheda 3").unwrap();
        let cells = std::mem::take(&mut sheet.cells);
        sheet.cells = cells
            .into_iter()
            .filter(|(at, _)| by > 0 || at.col != first)
            .map(|(at, cell)| {
                let col = if at.col >= first { i32::from(at.col) + by } else { at.col.into() };
                (CellRef { col: u16::try_from(col).unwrap(), ..at }, cell)
            })
            .collect();
        let Recognition::Submission(own) = recognise(&plan, &name, "", &book) else { panic!("not ours") };
        let told = |text: Option<&TextCell>| text.map(|text| text.text.clone());
        let reason = told(own.reasons.get(&VoceKey::from_text("S03.prodotti")));
        (told(own.evidence.get(&IndicatorCode::new("3.3"))), reason)
    };
    let both = (Some("Prot. 1234/2019".to_owned()), Some("Sciopero".to_owned()));
    // Nothing, April out, a column before September.
    for (first, by) in [(60, 1), (7, -1), (12, 1)] {
        assert_eq!(moved(first, by), both, "{first} {by}");
    }
}

/// What the form takes for no explanation is none for the program either, and the other way round.
#[test]
fn what_explains_nothing_is_read_as_nothing() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let office = OfficeId::new("metrico");
    let mut fill = Fill::default();
    fill.set(FillKey::single("S03.3.nota"), FillValue::Text("Sciopero".to_owned()));
    let name = office_file_name(&plan, &office);
    let mut book = read_bytes(&name, office_workbook(&plan, &office, &fill).unwrap()).content.unwrap();
    let mut note = |words: &str| {
        let sheet = book.sheets.iter_mut().find(|sheet| sheet.name == "Scheda 3").unwrap();
        let cell = sheet.cells.get_mut(&CellRef::parse("E16").unwrap()).unwrap();
        cell.content = RawContent::Text(words.to_owned());
        let Recognition::Submission(own) = recognise(&plan, &name, "", &book) else { panic!("not ours") };
        own.notes.get(&IndicatorCode::new("3.3")).map(|text| text.text.clone())
    };
    for words in silent_words() {
        assert_eq!(note(words), None, "{words}");
    }
    for words in PLACEHOLDER_WORDS.iter().filter(|words| words.contains(' ')) {
        assert_eq!(note(words).as_deref(), Some(*words));
    }
}
