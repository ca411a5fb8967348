//! Faults planted in real files: by every instruction, in workbooks of two different programs.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use schede::model::{CellRef, Month, OfficeId};
use schede::read::{RawContent, RawWorkbook, read_bytes};
use schede::trial::{File, Folder, Line, Scene, read_page};

/// The lines of a table without its header: `chiave | mese | valore`.
fn lines(rows: &[&str]) -> Vec<Line> {
    let rows: Vec<String> = rows.iter().map(|row| format!("| x | {row} |")).collect();
    let text = format!(
        "# x\n\n## Perché\n\nx\n\n## Esempio\n\n| ufficio | chiave | mese | valore |\n|---|---|---|---|\n{}\n\n\
         ## Rilievo atteso\n\n## Corretto\n",
        rows.join("\n")
    );
    read_page("prova.md", &text).unwrap().example
}

fn sample(office: &str) -> Arc<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2019-06");
    Arc::new(fs::read(folder.join(format!("schede-2019-{office}.xlsx"))).unwrap())
}

/// The workbook of an office after these instructions, read again from its bytes.
fn planted(office: &str, rows: &[&str]) -> RawWorkbook {
    let office_id = OfficeId::new(office);
    let mut folder = Folder::default();
    folder.insert(office, File::new(format!("schede-2019-{office}.xlsx"), sample(office)));
    let scene = Scene { month: Month::new(6).unwrap(), relative: true };
    for line in lines(rows) {
        folder.follow(&office_id, &line, scene).unwrap_or_else(|trouble| panic!("{rows:?}: {trouble:?}"));
    }
    let (_, file) = folder.files().next().unwrap();
    let bytes = file.bytes().unwrap();
    // With a folder named there, the files stay to be opened by hand in other programs.
    if let Some(folder) = std::env::var_os("SCHEDE_GUASTI") {
        let name: String = rows.join(" ").chars().filter(|c| c.is_alphanumeric()).take(60).collect();
        fs::write(Path::new(&folder).join(format!("{office}-{name}.xlsx")), bytes.as_ref()).unwrap();
    }
    read_bytes(&file.name, bytes.as_ref().clone()).content.unwrap()
}

fn content(book: &RawWorkbook, sheet: &str, cell: &str) -> RawContent {
    let cell = book.sheet(sheet).unwrap().cell(CellRef::parse(cell).unwrap());
    cell.map_or(RawContent::Empty, |cell| cell.content.clone())
}

fn text(text: &str) -> RawContent {
    RawContent::Text(text.to_owned())
}

/// One saved by LibreOffice, one as the program writes it.
const OFFICES: [&str; 2] = ["metrico", "qualita"];

#[test]
fn values_go_in_as_a_hand_types_them() {
    let book =
        planted("metrico", &["S03.prodotti | 3 | circa dieci", "S03.supermercati | ultimo | 3/4/2019"]);
    assert_eq!(content(&book, "Scheda 3", "G10"), text("circa dieci"));
    assert_eq!(content(&book, "Scheda 3", "J8"), RawContent::Serial(43_558.0));
    let book =
        planted("ambiente", &["S04.adozione_delibera | | 12/4/2019", "@scrivi Scheda 4!Z5 | | =1+1 → 2"]);
    assert_eq!(content(&book, "Scheda 4", "D5"), RawContent::Serial(43_567.0));
    let typed = book.sheet("Scheda 4").unwrap().cell(CellRef::parse("Z5").unwrap()).unwrap().clone();
    assert_eq!((typed.content, typed.formula.as_deref()), (RawContent::Number(2.0), Some("1+1")));
}

#[test]
fn a_value_may_start_from_the_one_that_is_there() {
    let clean = planted("unico_ambiente", &[]);
    let RawContent::Number(tests) = content(&clean, "Scheda 4", "F6") else { panic!("{clean:?}") };
    let book = planted(
        "unico_ambiente",
        &[
            "S04.prove_stesso_giorno | 2 | {S04.prove}+1",
            "S04.prove | 2 | *2",
            "S04.prove | 1 | {S04.prove 2}*0-3",
        ],
    );
    assert_eq!(content(&book, "Scheda 4", "F5"), RawContent::Number(tests + 1.0));
    assert_eq!(content(&book, "Scheda 4", "F6"), RawContent::Number(tests * 2.0));
    assert_eq!(content(&book, "Scheda 4", "E6"), RawContent::Number(-3.0));
}

#[test]
fn rows_and_columns_move_with_their_formulas() {
    let formula = |book: &RawWorkbook, cell: &str| {
        let found = book.sheet("Scheda 3").unwrap().cell(CellRef::parse(cell).unwrap());
        found.unwrap().formula.clone().unwrap()
    };
    let book = planted("metrico", &["@inserisci-sopra S03.prodotti | |"]);
    assert_eq!(formula(&book, "R11"), "IF(COUNT(AU11:BF11)=0,\"\",SUM(AU11:BF11))");
    let book = planted("metrico", &["@togli-riga S03.supermercati | |"]);
    assert_eq!(formula(&book, "R9"), "IF(COUNT(AU9:BF9)=0,\"\",SUM(AU9:BF9))");
    let book = planted("metrico", &["@togli-mese Scheda 3 | | maggio"]);
    assert_eq!(formula(&book, "Q10"), "IF(COUNT(AT10:BE10)=0,\"\",SUM(AT10:BE10))");
    let book =
        planted("metrico", &["@scambia-mesi Scheda 3 | | marzo aprile", "@copia-mese Scheda 3 | | giugno"]);
    assert_eq!(
        (content(&book, "Scheda 3", "G3"), content(&book, "Scheda 3", "BL3")),
        (text("Apr"), text("Giu"))
    );
}

#[test]
fn totals_can_be_tampered_with() {
    let key = "S03.prodotti";
    let cell = |book: &RawWorkbook| {
        book.sheet("Scheda 3").unwrap().cell(CellRef::parse("R10").unwrap()).unwrap().clone()
    };
    let constant = cell(&planted("metrico", &[&format!("@totale {key} | | 99")]));
    assert_eq!((constant.content, constant.formula), (RawContent::Number(99.0), None));
    let before = cell(&planted("metrico", &[]));
    let formula = cell(&planted("metrico", &[&format!("@totale-formula {key} | | SUM(E10:O10)")]));
    assert_eq!((formula.content, formula.formula.as_deref()), (before.content, Some("SUM(E10:O10)")));
    let result = cell(&planted("metrico", &[&format!("@totale-risultato {key} | | 99")]));
    assert_eq!((result.content, result.formula), (RawContent::Number(99.0), before.formula.clone()));
    let none = cell(&planted("metrico", &[&format!("@totale-risultato {key} | |")]));
    assert_eq!((none.content, none.formula), (RawContent::Empty, before.formula));
}

#[test]
fn every_instruction_gives_a_file_that_can_be_read() {
    for office in OFFICES {
        let (scheda, key) = if office == "metrico" { (3, "S03.prodotti") } else { (8, "S08.audit_esterni") };
        let rows = [
            format!("@nascondi Scheda {scheda} | |"),
            format!("@nascondi-riga {key} | |"),
            format!("@nascondi-mese Scheda {scheda} | | marzo"),
            format!("@sblocca Scheda {scheda} | |"),
            format!("@togli-convalide Scheda {scheda} | |"),
            format!("@unisci {key} | 3 |"),
            "@aggiungi-foglio Appunti | | da rivedere".to_owned(),
            format!("@scrivi Scheda {scheda}!Z5 | | 12"),
            format!("@commento Scheda {scheda}!D9 | | chiedere conferma"),
            format!("@casella-di-testo Scheda {scheda}!E9 | | da rivedere"),
            format!("@barra {key} | 3 |"),
            format!("@colore {key} | 2 | FFFFFFFF"),
            format!("@pezzi {key} | 1 | ~~1~~2"),
            format!("@commento Scheda {scheda}!E9 | | anche qui"),
            format!("@formato {key} | 3 | dd/mm/yyyy"),
            format!("@scambia-mesi Scheda {scheda} | | marzo aprile"),
            format!("@copia-mese Scheda {scheda} | | marzo"),
            format!("@etichetta {key} | | Altra voce"),
            format!("@righe-vuote Scheda {scheda} | | 300"),
            "@macro | |".to_owned(),
            "@collegamento-esterno | |".to_owned(),
            "@calcolo-manuale | |".to_owned(),
            "@programma | | LibreOffice/7.4".to_owned(),
            "@modificato | | 2/1/2019".to_owned(),
            "@date-1904 | |".to_owned(),
            format!("@manifesto-riga {key} | 3 |"),
            "@manifesto versione | | 9".to_owned(),
            format!("@rinomina Scheda {scheda} | | L'altra"),
            "@togli-foglio Istruzioni | |".to_owned(),
        ];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        for row in &rows {
            planted(office, &[row]);
        }
        let book = planted(office, &rows);
        assert!(book.macros && book.date1904, "{office}");
        assert!(book.sheet("Istruzioni").is_none() && book.sheet("L'altra").unwrap().hidden, "{office}");
        assert_eq!(content(&book, "Appunti", "A1"), text("da rivedere"), "{office}");
        assert_eq!(content(&book, "L'altra", "Z5"), RawContent::Number(12.0), "{office}");
    }
}
