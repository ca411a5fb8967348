//! The offices' workbooks: what is written is what is read back.
use schede::check::{Facts, judge};
use schede::interpret::{EntryState, Recognition, Submission, receive, recognise};
use schede::model::{CellRef, Month, Number, OfficeId, Value};
use schede::plan::{DEFAULT_PLAN, Plan, read_plan};
use schede::read::{RawContent, read_bytes};
use schede::write::{Fill, FillKey, FillValue, WriteError, office_file_name, office_workbook, templates};

fn plan() -> Plan {
    read_plan(DEFAULT_PLAN).unwrap()
}

fn read_back(plan: &Plan, office: &str, fill: &Fill) -> Submission {
    let office = OfficeId::new(office);
    let name = office_file_name(plan, &office);
    let incoming = read_bytes(&name, office_workbook(plan, &office, fill).unwrap());
    let raw = incoming.content.unwrap();
    match recognise(plan, &name, &incoming.sha256, &raw) {
        Recognition::Submission(submission) => *submission,
        other => panic!("{name}: {other:?}"),
    }
}

fn state<'a>(submission: &'a Submission, key: &str, month: Option<u32>, row: Option<u32>) -> &'a EntryState {
    let month = month.and_then(Month::new);
    let found = submission
        .entries
        .iter()
        .find(|entry| entry.id.voce.as_str() == key && entry.id.month == month && entry.id.row == row);
    &found.unwrap().state
}

#[test]
fn every_blank_workbook_is_recognised_with_nothing_in_it() {
    let plan = plan();
    for office in &plan.offices {
        let submission = read_back(&plan, office.id.as_str(), &Fill::default());
        assert_eq!(submission.office, office.id);
        assert_eq!(submission.structure, Vec::new(), "{}", office.id);
        assert!(!submission.entries.is_empty(), "{}", office.id);
        for entry in submission.entries.iter().chain(submission.completeness.values()) {
            assert_eq!(entry.state, EntryState::Blank, "{}: {:?}", office.id, entry.id);
        }
        assert_eq!(submission.last_month, None);
        assert!(submission.notes.is_empty() && submission.evidence.is_empty());
    }
}

#[test]
fn what_is_typed_is_read_where_it_stands() {
    let plan = plan();
    let june = Month::new(6).unwrap();
    let mut fill = Fill::default();
    let date = |year, month, day| chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap();
    fill.set(FillKey::monthly("S01.aziende_coinvolte", june), FillValue::Number(10.0));
    fill.set(FillKey::field("S01.bandi", 1, "titolo"), FillValue::Text("Voucher".to_owned()));
    fill.set(FillKey::field("S01.bandi", 1, "scadenza"), FillValue::Date(date(2019, 3, 29)));
    fill.set(FillKey::field("S01.bandi", 1, "approvazione"), FillValue::Date(date(2019, 6, 5)));
    fill.set(FillKey::single("S01.bandi.completo"), FillValue::Number(6.0));
    fill.set(FillKey::single("S07.coinvolto"), FillValue::Text("n.a.".to_owned()));
    fill.set(FillKey::single("S07.1.nota"), FillValue::Text("=1+1".to_owned()));
    let text = |text: &str| FillValue::Text(text.to_owned());
    fill.set(FillKey::monthly("firma.nome", june), text("Anna Rossi"));
    fill.set(FillKey::single("mese"), text("giugno"));
    fill.set(FillKey::single("S07.1.causa"), text("esogena"));
    fill.set(FillKey::single("S07.coinvolto.motivo"), text("non è fra gli uffici coinvolti"));
    fill.set(FillKey::monthly("S07.nessuna_attivita", june), text("x"));
    let submission = read_back(&plan, "promozione", &fill);
    assert_eq!(submission.structure, Vec::new());
    let ten = EntryState::Value(Value::Number(Number::from(10_i64)));
    assert_eq!(*state(&submission, "S01.aziende_coinvolte", Some(6), None), ten);
    assert_eq!(*state(&submission, "S01.aziende_coinvolte", Some(5), None), EntryState::Blank);
    assert_eq!(*state(&submission, "S07.coinvolto", None, None), EntryState::NotApplicable);
    let fields: Vec<&EntryState> = submission
        .entries
        .iter()
        .filter(|entry| entry.id.voce.as_str() == "S01.bandi" && entry.id.row == Some(1))
        .map(|entry| &entry.state)
        .collect();
    assert_eq!(fields.len(), 3);
    assert!(fields.contains(&&EntryState::Value(Value::Date(date(2019, 6, 5)))));
    assert_eq!(submission.last_month, Some(june));
    assert_eq!(submission.notes.values().next().unwrap().text, "=1+1");
    assert_eq!(submission.sign_off_of(june).name.as_ref().unwrap().text, "Anna Rossi");
    assert!(submission.sign_off_of(Month::new(5).unwrap()).name.is_none());
    assert_eq!(submission.chosen, Some(june));
    assert_eq!(submission.causes.values().next().unwrap().text, "esogena");
    let reason = submission.reasons.iter().next().unwrap();
    assert_eq!(
        (reason.0.as_str(), reason.1.text.as_str()),
        ("S07.coinvolto", "non è fra gli uffici coinvolti")
    );
    assert_eq!(submission.idle.keys().next(), Some(&(7, june)));
}

#[test]
fn a_month_without_activity_is_one_choice() {
    let plan = plan();
    let month = |number| Month::new(number).unwrap();
    let mut fill = Fill::default();
    fill.set(FillKey::monthly("S03.supermercati", month(1)), FillValue::Number(2.0));
    fill.set(FillKey::monthly("S03.nessuna_attivita", month(2)), FillValue::Text("x".to_owned()));
    fill.set(FillKey::monthly("S03.nessuna_attivita", month(3)), FillValue::Text("-".to_owned()));
    fill.set(FillKey::monthly("S03.nessuna_attivita", month(1)), FillValue::Text("no".to_owned()));
    fill.set(FillKey::single("mese"), FillValue::Text("marzo".to_owned()));
    let office = OfficeId::new("metrico");
    let name = office_file_name(&plan, &office);
    let incoming = vec![read_bytes(&name, office_workbook(&plan, &office, &fill).unwrap())];
    let (files, submissions) = receive(&plan, incoming, &templates(&plan));
    let submission = &submissions[0];
    let zero = EntryState::Value(Value::Number(Number::zero()));
    for key in ["S03.orafi_ispezionati", "S03.supermercati", "S03.prodotti"] {
        assert_eq!(*state(submission, key, Some(2), None), zero, "{key}");
        assert_eq!(*state(submission, key, Some(3), None), EntryState::Blank, "{key}: a sign says nothing");
    }
    assert_eq!(
        *state(submission, "S03.orafi_ispezionati", Some(1), None),
        EntryState::Blank,
        "a no is no zero"
    );
    let facts = Facts {
        plan: &plan,
        month: plan.month(month(3)),
        files: &files,
        submissions: &submissions,
        whole: false,
        previous: None,
    };
    let codes = |code: &str| {
        let findings = judge(&facts).checked.findings;
        findings
            .iter()
            .filter(|finding| finding.rule.code == code)
            .map(|one| one.cells.len())
            .collect::<Vec<_>>()
    };
    assert_eq!(codes("C27"), [3], "one finding for the three zeros");
    let template = codes("T11").len() + codes("T12").len() + codes("T14").len();
    assert_eq!((template, codes("V15").len()), (0, 0), "the sheet adds the zeros too");
}

#[test]
fn who_signs_every_month_signs_those_that_say_nothing_else() {
    let plan = plan();
    let text = |text: &str| FillValue::Text(text.to_owned());
    let month = |number| Month::new(number).unwrap();
    let date = |month, day| FillValue::Date(chrono::NaiveDate::from_ymd_opt(2019, month, day).unwrap());
    let mut fill = Fill::default();
    fill.set(FillKey::single("firma.nome"), text("Anna Rossi"));
    fill.set(FillKey::single("firma.ruolo"), text("Responsabile"));
    fill.set(FillKey::monthly("firma.data", month(5)), date(6, 3));
    fill.set(FillKey::monthly("firma.nome", month(6)), text("Ugo Bassi"));
    let submission = read_back(&plan, "metrico", &fill);
    let said = |number| {
        let signed = submission.sign_off_of(month(number));
        signed.parts().map(|part| part.map_or(String::new(), |cell| cell.text.clone()))
    };
    assert_eq!(said(5), ["Anna Rossi", "Responsabile", "3/6/2019"]);
    assert_eq!(said(6), ["Ugo Bassi", "Responsabile", ""]);
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let plan = plan();
    let office = OfficeId::new("urp");
    let write = || office_workbook(&plan, &office, &Fill::default()).unwrap();
    assert_eq!(write(), write());
}

#[test]
fn a_value_without_a_cell_is_refused() {
    let plan = plan();
    let mut fill = Fill::default();
    fill.set(FillKey::single("S03.supermercati"), FillValue::Number(1.0));
    let refused = office_workbook(&plan, &OfficeId::new("metrico"), &fill);
    assert!(matches!(refused, Err(WriteError::UnknownInput(_))));
    let nobody = office_workbook(&plan, &OfficeId::new("nessuno"), &Fill::default());
    assert!(matches!(nobody, Err(WriteError::UnknownOffice(_))));
}

#[test]
fn live_results_are_in_the_file() {
    // 48 cases out of 468 are 10.256…%; the total of two months is 48.
    let plan = plan();
    let mut fill = Fill::default();
    fill.set(FillKey::monthly("S06.accertamenti", Month::new(1).unwrap()), FillValue::Number(20.0));
    fill.set(FillKey::monthly("S06.accertamenti", Month::new(2).unwrap()), FillValue::Number(28.0));
    let office = OfficeId::new("sanzioni_ri");
    let incoming = read_bytes("prova.xlsx", office_workbook(&plan, &office, &fill).unwrap());
    let raw = incoming.content.unwrap();
    let sheet = raw.sheet("Scheda 6").unwrap();
    let shown: Vec<String> = sheet
        .cells
        .values()
        .filter(|cell| cell.formula.is_some())
        .map(|cell| format!("{:?}", cell.content))
        .collect();
    assert!(shown.iter().any(|text| text.contains("48")), "{shown:?}");
    assert!(shown.iter().any(|text| text.contains("0.10256410256410")), "{shown:?}");
}

/// What stands beside the title of an indicator: its result to date and its verdict.
fn band(plan: &Plan, office: &str, fill: &Fill, code: &str) -> [RawContent; 2] {
    let incoming = read_bytes("prova.xlsx", office_workbook(plan, &OfficeId::new(office), fill).unwrap());
    let raw = incoming.content.unwrap();
    let key = RawContent::Text(format!("S{code}.risultato"));
    let (sheet, row) = raw
        .sheets
        .iter()
        .find_map(|sheet| {
            let own = sheet.cells.iter().find(|(cell, raw)| cell.col == 0 && raw.content == key);
            own.map(|(cell, _)| (sheet, cell.row))
        })
        .unwrap();
    [17, 18].map(|col| sheet.cell(CellRef { row, col }).unwrap().content.clone())
}

fn said(text: &str) -> RawContent {
    RawContent::Text(text.to_owned())
}

#[test]
fn a_gap_is_named_and_half_a_ratio_is_no_number() {
    let plan = plan();
    let mut fill = Fill::default();
    fill.set(FillKey::single("mese"), FillValue::Text("marzo".to_owned()));
    for (month, same_day, all) in [(1, 10.0, 10.0), (2, 9.0, 10.0)] {
        let month = Month::new(month).unwrap();
        fill.set(FillKey::monthly("S04.prove_stesso_giorno", month), FillValue::Number(same_day));
        fill.set(FillKey::monthly("S04.prove", month), FillValue::Number(all));
    }
    let march = Month::new(3).unwrap();
    let of = |fill: &Fill| band(&plan, "unico_ambiente", fill, "04.2");
    // Both are missing: 19 of 20, and it is said that March is not there.
    assert_eq!(of(&fill), [RawContent::Number(0.95), said("▲ provvisorio: manca marzo")]);
    fill.set(FillKey::monthly("S04.prove", march), FillValue::Number(8.0));
    let [result, verdict] = of(&fill);
    assert!(
        matches!(&result, RawContent::Text(text) if text.is_empty()) || result == RawContent::Empty,
        "{result:?}"
    );
    assert_eq!(verdict, said("▲ provvisorio: manca marzo"));
    fill.set(FillKey::monthly("S04.prove_stesso_giorno", march), FillValue::Number(5.0));
    // 24 of 28.
    let [result, verdict] = of(&fill);
    assert!(
        matches!(result, RawContent::Number(number) if (number - 24.0 / 28.0).abs() < 1e-12),
        "{result:?}"
    );
    assert!(!format!("{verdict:?}").contains("provvisorio"), "{verdict:?}");
}

#[test]
fn the_pace_stands_beside_the_outcome() {
    let plan = plan();
    let mut fill = Fill::default();
    fill.set(FillKey::single("mese"), FillValue::Text("giugno".to_owned()));
    // Nine of twenty at half the year, of which ten are wanted by then.
    for month in Month::new(6).unwrap().up_to() {
        let number = if month.number() == 1 { 4.0 } else { 1.0 };
        fill.set(FillKey::monthly("S03.prodotti", month), FillValue::Number(number));
    }
    assert_eq!(
        band(&plan, "metrico", &fill, "03.3"),
        [RawContent::Number(9.0), said("▲ in ritardo · atteso 10")]
    );
    fill.set(FillKey::monthly("S03.prodotti", Month::JANUARY), FillValue::Number(5.0));
    assert_eq!(
        band(&plan, "metrico", &fill, "03.3"),
        [RawContent::Number(10.0), said("● in linea · atteso 10")]
    );
}

/// The XML of a part of an office's blank workbook.
fn part(plan: &Plan, office: &str, name: &str) -> String {
    let bytes = office_workbook(plan, &OfficeId::new(office), &Fill::default()).unwrap();
    String::from_utf8(schede::package::parts(&bytes).unwrap().remove(name).unwrap()).unwrap()
}

#[test]
fn rows_where_texts_are_typed_grow_or_have_room() {
    let plan = plan();
    // The start of each row, `r="17" …`, with the text of its hidden key left out: keys are shared strings.
    let rows = |office: &str, sheet: u32| -> Vec<String> {
        let xml = part(&plan, office, &format!("xl/worksheets/sheet{sheet}.xml"));
        xml.split("<row ").skip(1).map(|row| row.split('>').next().unwrap().to_owned()).collect()
    };
    let free = |rows: &[String]| rows.iter().filter(|row| !row.contains("customHeight")).count();
    assert!(free(&rows("promozione", 5)) >= 40, "a call's title stands in one cell: its row grows");
    for sheet in 1..=3 {
        let xml = part(&plan, "protesti", &format!("xl/worksheets/sheet{sheet}.xml"));
        assert!(xml.contains("orientation=\"landscape\""), "sheet {sheet}");
    }
}

/// A register goes on below its table: the cells under its columns are not locked, those under the others
/// are.
#[test]
fn below_a_register_there_is_room_for_more() {
    let plan = plan();
    let bytes = office_workbook(&plan, &OfficeId::new("promozione"), &Fill::default()).unwrap();
    let parts = schede::package::parts(&bytes).unwrap();
    let text = |name: &str| String::from_utf8(parts[name].clone()).unwrap();
    let styles = text("xl/styles.xml");
    let formats = styles.split("<cellXfs").nth(1).unwrap().split("</cellXfs>").next().unwrap();
    let formats: Vec<&str> = formats.split("<xf ").skip(1).collect();
    let book = read_bytes("schede.xlsx", bytes).content.unwrap();
    let place = book.sheets.iter().position(|sheet| sheet.name == "Registro 1.1").unwrap();
    let register = text(&format!("xl/worksheets/sheet{}.xml", place + 1));
    let columns = register.split("<cols>").nth(1).unwrap().split("</cols>").next().unwrap();
    let mut open = Vec::new();
    for col in columns.split("<col ").skip(1) {
        let said = |name: &str| {
            let rest = col.split(&format!("{name}=\"")).nth(1)?;
            rest.split('"').next()?.parse::<usize>().ok()
        };
        let own = said(" style").is_some_and(|style| formats[style].contains("locked=\"0\""));
        open.extend((said("min").unwrap()..=said("max").unwrap()).map(|_| own));
    }
    // Key, number, title, two dates, the verdict.
    assert_eq!(open[..6], [false, false, true, true, true, false]);
}
