//! What an office's sheet says of an entry is what the program says. Random entries stand in every cell of
//! the workbooks of all the plans; the codes from which the verdicts are made, and the validations in the
//! bytes, followed as Excel does, are laid beside what reading and checks say. That the codes in the file are
//! those that LibreOffice calculates is another test's.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use schede::check::{Facts, judge};
use schede::excel::serial_of;
use schede::interpret::{Entry, EntryState, Submission, receive};
use schede::model::{CellRef, Month, Number, OfficeId, Severity, Value as Taken, VoceKey};
use schede::package::parts;
use schede::plan::{DEFAULT_PLAN, Plan, Voce, read_plan};
use schede::read::{RawContent, RawWorkbook, read_bytes};
use schede::write::{Fill, FillKey, FillValue, office_file_name, office_workbook, templates};

use crate::support::hand::{Asked, asked};
use crate::support::parts::Draw;
use crate::support::validation::{Validation, Value, validations};

/// The checks that say of a cell alone that what is typed there is none of the things that it may be.
const OF_A_CELL: [&str; 11] = ["C01", "C03", "C06", "C07", "C08", "C10", "C16", "C21", "D03", "V04", "V14"];

const TEXTS: [&str; 20] = [
    "n.a.",
    "N.A.",
    "n/a",
    "Sì",
    "No",
    "n.d.",
    "-",
    "sì",
    "NO",
    "si",
    "x",
    "Alfa",
    "12",
    "12,5",
    "1.234",
    "3/4/2019",
    "1/6/2021",
    "3/4/2018",
    "12 (in corso)",
    "vero",
];

/// From an end to what stands at it and on its two sides, in thousandths.
const STEPS: [i64; 13] = [0, 0, 0, 0, 1_000, -1_000, 500, -500, 10, -10, 1, -1, 5];

/// Workbooks typed in, of each plan.
const WORKBOOKS: usize = 12;

/// Ends that no plan gives so far, and some that it should not give.
const ODD_ENDS: &str = r#"
[[schede.azioni.indicatori.voci]]
chiave = "oltre"
etichetta = "Quota con un massimo oltre il tutto"
tipo = "percentuale"
tempo = "mensile"
fra_uffici = "condivisa"
ruolo = "informativa"
massimo = 1.5

[[schede.azioni.indicatori.voci]]
chiave = "stretta"
etichetta = "Quota fra due limiti"
tipo = "percentuale"
tempo = "mensile"
fra_uffici = "condivisa"
ruolo = "informativa"
minimo = 0.1
massimo = 0.9

[[schede.azioni.indicatori.voci]]
chiave = "sotto"
etichetta = "Conteggio con un minimo sotto zero"
tipo = "conteggio"
tempo = "mensile"
fra_uffici = "somma"
ruolo = "informativa"
minimo = -5

[[schede.azioni.indicatori.voci]]
chiave = "prove"
etichetta = "Registro con ogni colonna"
tempo = "registro"
fra_uffici = "unione"
ruolo = "informativa"
segno = "libero"
massimo = 12
periodo = { dal = "1/12/2020", al = "31/1/2022" }
registro = { identita = "nome", data_evento = "giorno", colonne = [
  { chiave = "nome", etichetta = "Nome", tipo = "testo" },
  { chiave = "giorno", etichetta = "Giorno", tipo = "data" },
  { chiave = "casi", etichetta = "Casi", tipo = "conteggio" },
  { chiave = "quota", etichetta = "Quota", tipo = "percentuale" },
  { chiave = "euro", etichetta = "Euro", tipo = "importo" },
  { chiave = "esito", etichetta = "Esito", tipo = "si_no" },
] }
"#;

fn plans() -> [Plan; 4] {
    let camera = include_str!("../piani/camera-di-prova.toml");
    let every_form = include_str!("../piani/ogni-forma.toml");
    let before = "[[schede.azioni.indicatori]]\ncodice = \"4.4\"";
    let odd = every_form.replacen(before, &format!("{ODD_ENDS}\n{before}"), 1);
    [DEFAULT_PLAN, camera, every_form, &odd].map(|text| read_plan(text).unwrap())
}

/// Something that a hand may type, whatever the cell is for; rather often at one of the ends of its voce.
fn drawn(plan: &Plan, key: &FillKey, draw: &mut Draw) -> FillValue {
    let (_, voce) = plan.voce(&VoceKey::from_text(key.key.trim_end_matches(".completo"))).unwrap();
    match draw.below(10) {
        0 => FillValue::Blank,
        1..4 => FillValue::Text(TEXTS[draw.below(TEXTS.len())].to_owned()),
        4..6 => FillValue::Date(day(voce, draw)),
        6 => FillValue::Number(thousandths(i64::try_from(draw.below(60_000)).unwrap() * 1_000)),
        7 => FillValue::Number(thousandths(serial_of(day(voce, draw)) * 1_000 + step(draw))),
        _ => FillValue::Number(thousandths(end(voce, draw) + step(draw))),
    }
}

/// An end of the numbers of a voce, of shares, or of months, in thousandths.
fn end(voce: &Voce, draw: &mut Draw) -> i64 {
    let own =
        [&voce.min, &voce.max].map(|end| end.as_ref().map(|end| end.clone() * &Number::from(1_000_i64)));
    let own = own.into_iter().flatten().map(|end| end.to_i64().unwrap());
    let all: Vec<i64> = own.chain([0, 1_000, 12_000]).collect();
    all[draw.below(all.len())]
}

fn step(draw: &mut Draw) -> i64 {
    STEPS[draw.below(STEPS.len())]
}

#[expect(clippy::cast_precision_loss, reason = "fewer digits than a float holds")]
fn thousandths(number: i64) -> f64 {
    number as f64 / 1_000.0
}

/// A day at the ends of what the voce admits, or not far from there.
fn day(voce: &Voce, draw: &mut Draw) -> NaiveDate {
    let (first, last) = voce.period;
    match draw.below(4) {
        0 => [first - Days::new(1), first, first + Days::new(1)][draw.below(3)],
        1 => [last - Days::new(1), last, last + Days::new(1)][draw.below(3)],
        _ => first - Days::new(400) + Days::new(u64::try_from(draw.below(1_200)).unwrap()),
    }
}

/// The cells in which the offices report, not what stands beside; of a register, the first rows.
fn is_entry(key: &FillKey) -> bool {
    let ends = [".nota", ".fonte", ".causa", ".motivo", ".nessuna_attivita"];
    let aside = ends.iter().any(|end| key.key.ends_with(end));
    key.row.is_none_or(|row| row <= 6) && !aside && !key.key.starts_with("firma.") && key.key != "mese"
}

/// The first hidden column of the codes of a scheda.
const CODES: u16 = 20;

/// From this code on an entry alone is to be put right.
const WRONG: f64 = 8.0;

/// The code of an entry, where the sheet keeps it.
fn code_of(book: &RawWorkbook, input: &Asked) -> f64 {
    let sheet = book.sheet(&input.place.sheet).unwrap();
    let at = input.place.cell;
    let col = if input.key.row.is_some() {
        // The codes begin after the heading of the verdicts.
        let heads =
            sheet.cells.iter().find(|(_, cell)| cell.content == RawContent::Text("Controllo".to_owned()));
        heads.unwrap().0.col + 1 + (at.col - 2)
    } else {
        CODES + input.key.month.map_or(0, |month| u16::try_from(month.number() - 1).unwrap())
    };
    match sheet.cell(CellRef { col, ..at }).map(|cell| &cell.content) {
        Some(RawContent::Number(code)) => *code,
        other => panic!("{}: {other:?}", input.key),
    }
}

/// What became of one entry.
struct Typed<'a> {
    key: &'a FillKey,
    value: FillValue,
    /// Whether the sheet lets it in.
    admitted: bool,
    entry: &'a Entry,
    /// The checks of a cell alone that refuse it.
    refused: Vec<&'static str>,
    /// Whether something else is wrong with it, or with what goes together with it.
    entangled: bool,
}

#[test]
fn what_the_sheet_says_of_an_entry_is_what_the_program_says() {
    let mut seen: BTreeMap<String, BTreeSet<bool>> = BTreeMap::new();
    let mut draw = Draw(2019);
    for plan in plans() {
        let offices: Vec<OfficeId> = plan.offices.iter().map(|office| office.id.clone()).collect();
        for _ in 0..WORKBOOKS {
            let office = &offices[draw.below(offices.len())];
            one_workbook(&plan, office, &mut draw, &mut seen);
        }
    }
    for (kind, verdicts) in seen {
        let both = verdicts.len() == 2;
        assert_eq!(both, kind != "testo", "{kind}: {verdicts:?}, of entries let in and not");
    }
}

fn one_workbook(
    plan: &Plan,
    office: &OfficeId,
    draw: &mut Draw,
    seen: &mut BTreeMap<String, BTreeSet<bool>>,
) {
    let name = office_file_name(plan, office);
    let blank = office_workbook(plan, office, &Fill::default()).unwrap();
    let inputs = asked(&read_bytes(&name, blank).content.unwrap());
    let mut fill = Fill::default();
    let mut typed = Vec::new();
    for input in inputs.iter().filter(|input| is_entry(&input.key)) {
        let value = drawn(plan, &input.key, draw);
        fill.set(input.key.clone(), value.clone());
        typed.push((input, value));
    }
    let bytes = office_workbook(plan, office, &fill).unwrap();
    let rules = rules(&bytes);
    let incoming = vec![read_bytes(&name, bytes)];
    let book = incoming[0].content.clone().unwrap();
    let (files, submissions) = receive(plan, incoming, &templates(plan));
    let month = plan.month(Month::DECEMBER);
    let context =
        Facts { plan, month, files: &files, submissions: &submissions, whole: false, previous: None };
    let findings = judge(&context).checked.findings;
    for (input, value) in typed {
        let place = (input.place.sheet.as_str(), input.place.cell);
        let errors = findings.iter().filter(|finding| finding.severity >= Severity::Errore);
        let mine = errors.filter(|one| one.named().any(|(_, sheet, cell)| (sheet, cell) == place));
        let codes: Vec<&'static str> = mine.map(|finding| finding.rule.code).collect();
        let (refused, other): (Vec<_>, Vec<_>) = codes.into_iter().partition(|code| OF_A_CELL.contains(code));
        let admitted = code_of(&book, input) < WRONG;
        let let_in = admits(&rules[&input.place.sheet], input, &value);
        // The list of answers lets everything in, and the verdict speaks.
        assert!(let_in == admitted || input.kind == "si_no", "{}: {value:?} is let in: {let_in}", input.key);
        let kind = if input.key.key.ends_with(".completo") { "mese" } else { &input.kind };
        seen.entry(kind.to_owned()).or_default().insert(admitted);
        let entry = entry_of(&submissions[0], &input.key);
        agree(
            plan,
            &Typed { key: &input.key, value, admitted, entry, refused, entangled: !other.is_empty() },
        );
    }
}

/// The validations of a workbook by sheet.
fn rules(bytes: &[u8]) -> BTreeMap<String, Vec<Validation>> {
    let parts = parts(bytes).unwrap();
    let book = crate::support::xml::parse(std::str::from_utf8(&parts["xl/workbook.xml"]).unwrap()).unwrap();
    let names = book.all("sheet").into_iter().map(|sheet| sheet.attribute("name").to_owned());
    let sheets = (1..).zip(names);
    sheets.map(|(at, name)| (name, validations(&parts[&format!("xl/worksheets/sheet{at}.xml")]))).collect()
}

/// Whether Excel lets a value in; exactly one rule stands for its cell, and one that refuses unless it is for
/// a text.
fn admits(rules: &[Validation], input: &Asked, value: &FillValue) -> bool {
    let own: Vec<&Validation> = rules.iter().filter(|rule| rule.is_of(input.place.cell)).collect();
    let [rule] = own.as_slice() else { panic!("{}: {own:?}", input.key) };
    assert_eq!(rule.is_a_rule(), input.kind != "testo", "{}", input.key);
    rule.admits(&match value {
        FillValue::Blank => Value::Blank,
        FillValue::Number(number) => Value::Number(*number),
        FillValue::Date(date) => Value::Number(Number::from(serial_of(*date)).to_f64()),
        FillValue::Text(text) => Value::Text(text.clone()),
    })
}

fn entry_of<'a>(submission: &'a Submission, key: &FillKey) -> &'a Entry {
    if let Some(register) = key.key.strip_suffix(".completo") {
        return &submission.completeness[&VoceKey::from_text(register)];
    }
    let is_it = |entry: &&Entry| {
        let id = &entry.id;
        (id.voce.as_str(), id.month, id.row, &id.column) == (&key.key, key.month, key.row, &key.column)
    };
    submission.entries.iter().find(is_it).unwrap()
}

/// The sheet and the program say the same of an entry, but for what reading tells to be typed otherwise.
fn agree(plan: &Plan, typed: &Typed<'_>) {
    let Typed { key, value, admitted, entry, refused, entangled } = typed;
    let told = format!("{key}: {value:?} is {:?}, refused by {refused:?}", entry.state);
    if *admitted {
        assert!(refused.is_empty(), "the sheet lets in {told}");
        return;
    }
    match &entry.state {
        // Taken for what it is not spelt as, and listed; or wrong, and told.
        _ if entry.normalised.is_some() || !refused.is_empty() => {}
        // A register is complete or it is not.
        EntryState::NotApplicable => {
            assert!(key.key.ends_with(".completo"), "the sheet refuses {told}");
        }
        EntryState::Value(Taken::Flag(_)) => panic!("the sheet refuses {told}"),
        EntryState::Placeholder => {}
        EntryState::Value(taken) => {
            let (_, voce) = plan.voce(&entry.id.voce).unwrap();
            assert!(*entangled || is_a_day(plan, voce, taken), "the sheet refuses {told}");
        }
        EntryState::Blank | EntryState::Wrong(_) | EntryState::Lost => panic!("the sheet refuses {told}"),
    }
}

/// A number that only a date can be: the sheet refuses it, C26 asks.
fn is_a_day(plan: &Plan, voce: &Voce, taken: &Taken) -> bool {
    let number = taken.number().and_then(|number| number.to_i64());
    plan.days_beyond(voce).zip(number).is_some_and(|(days, number)| days.contains(&number))
}

/// What the sheet says of entries that go together, with the check that says the same.
const TOGETHER: [(f64, &str); 5] = [(4.0, "V08"), (5.0, "V09"), (6.0, "R03"), (7.0, "R04"), (8.0, "D02")];

/// Something that an honest hand types in the months up to the chosen one: small numbers, a few «n.a.», days
/// of the year, titles of which some are alike.
fn honest(plan: &Plan, input: &Asked, chosen: Month, draw: &mut Draw) -> FillValue {
    let whole = |most: usize, draw: &mut Draw| {
        FillValue::Number(thousandths(i64::try_from(draw.below(most)).unwrap() * 1_000))
    };
    if input.key.key.ends_with(".completo") {
        return FillValue::Number(f64::from(chosen.number()));
    }
    if input.key.month.is_some_and(|month| month > chosen) || input.key.row.is_some_and(|row| row > 4) {
        return FillValue::Blank;
    }
    match (input.kind.as_str(), draw.below(12)) {
        (_, 0) if input.key.row.is_none() => FillValue::Text("n.a.".to_owned()),
        ("testo", _) => FillValue::Text(["Alfa", "alfa ", "Beta"][draw.below(3)].to_owned()),
        ("data", _) => {
            let first = NaiveDate::from_ymd_opt(plan.year, 1, 2).unwrap();
            // Of a register two days alone, so that rows are alike.
            let (days, apart) = if input.key.row.is_some() { (2, 200) } else { (8, 45) };
            FillValue::Date(first + Days::new(u64::try_from(draw.below(days) * apart).unwrap()))
        }
        ("si_no", _) => FillValue::Text("Sì".to_owned()),
        ("percentuale", _) => FillValue::Number(thousandths(i64::try_from(draw.below(9)).unwrap() * 100)),
        _ => whole(30, draw),
    }
}

/// What the sheet of an office says of entries that go together is what the checks say of them.
#[test]
fn what_the_sheet_says_of_entries_together_is_what_the_checks_say() {
    let mut said: BTreeMap<&str, usize> = BTreeMap::new();
    let mut draw = Draw(1270);
    for plan in plans() {
        let offices: Vec<OfficeId> = plan.offices.iter().map(|office| office.id.clone()).collect();
        for _ in 0..WORKBOOKS {
            let office = &offices[draw.below(offices.len())];
            let chosen = Month::new(u32::try_from(3 + draw.below(10)).unwrap()).unwrap();
            together(&plan, office, chosen, &mut draw, &mut said);
        }
    }
    for (_, check) in TOGETHER {
        assert!(said.get(check).is_some_and(|times| *times > 2), "{check}: {said:?}");
    }
}

fn together(
    plan: &Plan,
    office: &OfficeId,
    chosen: Month,
    draw: &mut Draw,
    said: &mut BTreeMap<&str, usize>,
) {
    let name = office_file_name(plan, office);
    let blank = office_workbook(plan, office, &Fill::default()).unwrap();
    let inputs = asked(&read_bytes(&name, blank).content.unwrap());
    let inputs: Vec<&Asked> = inputs.iter().filter(|input| is_entry(&input.key)).collect();
    let mut fill = Fill::default();
    fill.set(FillKey::single("mese"), FillValue::Text(chosen.name().to_owned()));
    for input in &inputs {
        fill.set(input.key.clone(), honest(plan, input, chosen, draw));
    }
    let incoming = vec![read_bytes(&name, office_workbook(plan, office, &fill).unwrap())];
    let book = incoming[0].content.clone().unwrap();
    let (files, submissions) = receive(plan, incoming, &templates(plan));
    let month = plan.month(chosen);
    let context =
        Facts { plan, month, files: &files, submissions: &submissions, whole: true, previous: None };
    let findings = judge(&context).checked.findings;
    for input in inputs {
        let place = (input.place.sheet.as_str(), input.place.cell);
        let of_cell =
            |one: &&schede::model::Finding| one.named().any(|(_, sheet, cell)| (sheet, cell) == place);
        let codes: Vec<&str> = findings.iter().filter(of_cell).map(|one| one.rule.code).collect();
        let code = code_of(&book, input);
        let told = format!("{office}, {chosen}, {}: the sheet says {code}, the checks {codes:?}", input.key);
        for (own, check) in TOGETHER {
            if code == own {
                *said.entry(TOGETHER.iter().find(|(_, one)| *one == check).unwrap().1).or_default() += 1;
                // An error of the cell comes first; of a row of a register, one of what stands around it.
                let register = |one: &&schede::model::Finding| {
                    input.key.row.is_some() && one.named().any(|(_, sheet, _)| sheet == place.0)
                };
                let other = findings.iter().filter(|one| of_cell(one) || register(one));
                let other = other.into_iter().any(|one| one.severity >= Severity::Errore);
                // In a register a part greater than its whole is an end before its start.
                let check = if check == "R03" && input.key.row.is_some() { "D01" } else { check };
                assert!(codes.contains(&check) || other, "{told}");
            }
        }
        // The other checks name the cells around too.
        assert!(!codes.contains(&"D02") || code >= 8.0, "{told}");
    }
}
