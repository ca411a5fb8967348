//! The whole report on a made-up June and December.

use serde_json::Value as Json;

use super::checks::Checks;
use super::data::Data;
use super::files::Files;
use super::{Findings, Results};

use std::collections::BTreeSet;

use crate::plan::{DEFAULT_PLAN, read_plan};

use super::sample::{sample, sample_of};
use super::{report, to_json};
use crate::aggregate::{IndicatorResult, result_at};
use crate::book::{Cell, Content, OneTable, Report, Row, RowKind, Sheet};
use crate::excel::{Target as LinkTarget, spelt};
use crate::model::{IndicatorCode, Light, Number, Status, Value};

fn sheet<'a>(report: &'a Report, name: &str) -> &'a Sheet {
    report.sheets.iter().find(|sheet| sheet.name == name).unwrap()
}

fn body(sheet: &Sheet) -> Vec<&Vec<Cell>> {
    sheet.rows.iter().filter(|row| row.kind == RowKind::Body).map(|row| &row.cells).collect()
}

fn words(cell: &Cell) -> String {
    match cell.content.shown() {
        Content::Text(text) | Content::Code(text) | Content::Link(text, _) | Content::Status(_, text) => {
            text.clone()
        }
        Content::Number(number, _) => number.to_plain(),
        Content::Date(date) => date.to_string(),
        Content::Severity(severity) => severity.label().to_owned(),
        Content::Blank | Content::Live(_) => String::new(),
    }
}

#[test]
fn the_sheets_stand_in_the_order_in_which_they_are_read() {
    let june = sample(6);
    let report = report(&june.run());
    let names: Vec<&str> = report.sheets.iter().map(|sheet| sheet.name).collect();
    assert_eq!(
        names,
        [
            "Copertina",
            "Sintesi",
            "Risultati",
            "S01",
            "S02",
            "S03",
            "S04",
            "S05",
            "S06",
            "S07",
            "S08",
            "S09",
            "S10",
            "S11",
            "S12",
            "S13",
            "Carta OIV",
            "Attestazione OIV",
            "Uffici",
            "Rilievi",
            "Dati",
            "Registri",
            "Controlli",
            "File ricevuti",
            "Metodo"
        ]
    );
    assert_eq!(report.created.to_string(), "2019-06-30");
    assert_eq!(report.header, "PROVVISORIO");
    assert_eq!(body(sheet(&report, "Risultati")).len(), 40);
    let offices = sheet(&report, "Uffici");
    let rows: Vec<u32> = offices.tables.iter().map(|table| table.last.row - table.first.row).collect();
    assert_eq!((rows[0], rows[2], rows.len()), (26, 1, 3), "offices, their values, one normalisation");
    assert_eq!(body(sheet(&report, "Rilievi")).len(), june.checked.findings.len());
    assert_eq!(body(sheet(&report, "Controlli")).len(), 3);
    assert_eq!(body(sheet(&report, "File ricevuti")).len(), 28);
}

/// Where a link lands, as it is seen; what is wrong with it, if anything is.
fn landing(report: &Report, target: &LinkTarget) -> Result<String, String> {
    let sheet = report.sheets.iter().find(|sheet| sheet.name == target.sheet);
    let sheet = sheet.ok_or("no such sheet")?;
    let row = sheet.rows.get(target.cell.row as usize).ok_or("below the last row")?;
    let place = usize::from(target.cell.col);
    let cell = row.cells.get(place).ok_or("right of the last cell")?;
    let spans = row.cells.iter().take(place).enumerate();
    if spans.into_iter().any(|(from, cell)| from + usize::from(cell.span) > place) {
        return Err("under a merged cell".to_owned());
    }
    // A column as narrow as a margin shows nothing; no sheet hides rows or columns.
    // But a title begins in one, and goes on beyond it.
    if cell.span <= 1 && sheet.widths.get(place).is_none_or(|width| *width <= 2) {
        return Err("in a margin".to_owned());
    }
    if cell.is_blank() { Err("an empty cell".to_owned()) } else { Ok(words(cell)) }
}

#[test]
fn every_link_lands_on_a_cell_that_shows_something() {
    for month in [6, 12] {
        let sample = sample(month);
        let report = report(&sample.run());
        let mut wrong = BTreeSet::new();
        let mut found = 0;
        for sheet in &report.sheets {
            for cell in sheet.rows.iter().flat_map(|row| &row.cells) {
                let Content::Link(text, target) = &cell.content else { continue };
                if let Err(why) = landing(&report, target) {
                    wrong
                        .insert(format!("{} «{text}» → {} {}: {why}", sheet.name, target.sheet, target.cell));
                }
                found += 1;
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(found > 1000, "{found}");
    }
}

/// LibreOffice does not wrap a cell with a link: what does not fit in one line is cut.
#[test]
fn no_link_is_wider_than_its_cell() {
    let mut wide = BTreeSet::new();
    for month in [6, 12] {
        for sheet in report(&sample(month).run()).sheets {
            for row in &sheet.rows {
                for (column, cell) in row.cells.iter().enumerate() {
                    let Content::Link(text, _) = &cell.content else { continue };
                    if !crate::book::height::fits_in_a_line(row.kind, cell, &sheet.widths, column) {
                        wide.insert(format!("{}: «{text}» in column {}", sheet.name, column + 1));
                    }
                }
            }
        }
    }
    assert!(wide.is_empty(), "{wide:#?}");
}

#[test]
fn no_row_is_wider_than_its_sheet() {
    // The formulas of the plan have at most three terms.
    let two_more = |key: &str| {
        format!(
            "[[schede.azioni.indicatori.voci]]\nchiave = \"{key}\"\netichetta = \"Altri audit ({key})\"\n\
             guida = \"Inserisci il numero.\"\ntipo = \"conteggio\"\ntempo = \"annuale\"\n\
             fra_uffici = \"condivisa\"\n\n[[schede.azioni.indicatori]]\ncodice = \"8.2\""
        )
    };
    let changed = DEFAULT_PLAN
        .replace(
            "\"audit_interni / audit_programmati\"",
            "\"audit_interni / (audit_programmati + altri + ancora)\"",
        )
        .replace("[[schede.azioni.indicatori]]\ncodice = \"8.2\"", &two_more("altri"))
        .replace("[[schede.azioni.indicatori]]\ncodice = \"8.2\"", &two_more("ancora"));
    let four_terms = sample_of(read_plan(&changed).unwrap(), 6, &|_| {});
    for sample in [sample(6), four_terms] {
        for sheet in report(&sample.run()).sheets {
            for row in &sheet.rows {
                let covered = |(place, cell): (usize, &Cell)| place + usize::from(cell.span.max(1));
                let width = row.cells.iter().enumerate().map(covered).max().unwrap_or(0);
                assert!(width <= sheet.widths.len(), "{}: {row:?}", sheet.name);
            }
        }
    }
}

#[test]
fn a_finding_leads_to_its_entry_and_to_its_result() {
    let june = sample(6);
    let report = report(&june.run());
    let finding = body(sheet(&report, "Rilievi"))[0];
    assert_eq!(words(&finding[1]), "R03");
    assert!(words(&finding[5]).contains("Anche: "), "related cells are told");
    // Three a month are inspected of 40, a fifth is wanted: 18 with January, 15 without.
    assert_eq!(words(&finding[3]), "◆ può cambiare l'esito");
    assert!(words(&finding[9]).starts_with("3.1: da «non verificabile» a «già raggiunto» (grado 100) "));
    let Content::Link(_, data) = &finding[7].content else { panic!("no link to the entry") };
    let entry = &sheet(&report, "Dati").rows[data.cell.row as usize].cells;
    assert_eq!(words(&entry[14]), "S03.orafi_ispezionati");
    assert_eq!(words(&entry[2]), "1");
    assert_eq!(words(&entry[7]), "no: tenuto fuori da R03");
    let Content::Link(_, result) = &finding[8].content else { panic!("no link to the result") };
    let result = &sheet(&report, "Risultati").rows[result.cell.row as usize].cells;
    assert_eq!((words(&result[0]), words(&result[7])), ("3.1".into(), "non verificabile".into()));
    assert_eq!(words(&result[3]), "", "no value where there is nothing to judge");
}

#[test]
fn blanks_that_were_due_are_listed_and_those_still_to_come_are_not() {
    let june = sample(6);
    let report = report(&june.run());
    let stage: Vec<(String, String)> = body(sheet(&report, "Dati"))
        .into_iter()
        .filter(|cells| words(&cells[14]) == "S02.stage" && words(&cells[1]).contains("Trasparente"))
        .map(|cells| (words(&cells[2]), words(&cells[7])))
        .collect();
    let yes = |month: &str| (month.to_owned(), "sì".to_owned());
    let march = ("3".to_owned(), "no: non rilevato".to_owned());
    assert_eq!(stage, [yes("1"), yes("2"), march, yes("4"), yes("5"), yes("6")]);
}

#[test]
fn machines_get_every_key_in_order() {
    let json = to_json(&sample(6).run());
    let keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "programma",
            "ente",
            "anno",
            "mese",
            "anno_chiuso",
            "definitivo",
            "sha256_piano",
            "impronta",
            "indicatori",
            "schede",
            "prospettive",
            "ente_grado",
            "ente_grado_senza_mancanti",
            "ente_grado_passo",
            "ente_semaforo",
            "rilievi",
            "controlli",
            "file"
        ]
    );
    let indicator: Vec<&str> =
        json["indicatori"][0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        indicator,
        [
            "codice",
            "scheda",
            "valore",
            "unita",
            "target",
            "operatore",
            "operatore_implicito",
            "soglia",
            "scostamento",
            "grado",
            "grado_passo",
            "stato",
            "provvisorio",
            "copertura",
            "na",
            "valore_indicativo",
            "seconda_condizione",
            "voci",
            "per_ufficio",
            "natura",
            "attendibilita",
            "autodichiarati"
        ]
    );
    assert_eq!(json["mese"], "2019-06");
    assert_eq!(json["schede"].as_array().unwrap().len(), 13);
}

#[test]
fn decimals_are_plain_and_never_rounded_for_display() {
    // 6.2: 4 assessments a month for 6 months over 468 firms: 24/468 = 2/39, against a tenth.
    let json = to_json(&sample(6).run());
    let found = json["indicatori"].as_array().unwrap().iter().find(|one| one["codice"] == "6.2").unwrap();
    assert_eq!(found["valore"], "0.051282051282051282051");
    assert_eq!(found["soglia"], "0.1");
    assert_eq!(found["grado"], "51.282051282051282051");
    // In June half of a tenth is asked for: 2/39 is more.
    assert_eq!(found["grado_passo"], "100");
    assert_eq!(found["stato"], "in linea");
    assert_eq!(found["voci"]["S06.accertamenti"], "24");
    assert_eq!(found["voci"]["S06.imprese_contestate"], "468");
    let deadline = json["indicatori"].as_array().unwrap().iter().find(|one| one["codice"] == "4.1").unwrap();
    // All dates are of 20 May: twelve days before the first of June.
    assert_eq!((&deadline["valore"], &deadline["soglia"]), (&"2019-05-20".into(), &"2019-06-01".into()));
    assert_eq!((&deadline["scostamento"], &deadline["operatore"]), (&"-12".into(), &"entro".into()));
}

/// The result of an indicator when its formula gives `value` at a month.
fn at(month: u32, code: &str, value: &str) -> IndicatorResult {
    let sample = sample(month);
    let run = sample.run();
    let indicator = run.plan.indicator(&IndicatorCode::new(code)).unwrap();
    let value = Value::Number(Number::parse(value).unwrap());
    result_at(run.plan, run.admitted, run.consolidation.month, indicator, value)
}

#[test]
fn the_degree_against_the_pace_is_that_of_what_the_month_asks_for() {
    let degree = |found: &IndicatorResult| found.degree.as_ref().map(Number::to_plain).unwrap();
    let paced = |found: &IndicatorResult| found.paced.as_ref().map(Number::to_plain).unwrap();
    for (month, code, value, wanted, status) in [
        // Accumulating, at least 20: ten by June. Nine are 90 % of them, and 45 % of the year.
        (6, "3.3", "9", ["90", "45"], Status::InRitardo),
        (6, "3.3", "10", ["100", "50"], Status::InLinea),
        (6, "3.3", "0", ["0", "0"], Status::InRitardo),
        // 80 % by September: 4/5 × 6/9 = 8/15 by June, all of it in September.
        (6, "8.1", "0.4", ["75", "50"], Status::InRitardo),
        (9, "8.1", "0.4", ["50", "50"], Status::NonPiuRaggiungibile),
        // A flow over a flow and a stock, more than 46,82 %: just half of it is on pace.
        (6, "11.2", "0.2341", ["100", "50"], Status::InLinea),
        // A ratio of flows has no pace: at most 16,27 days, today as at the end.
        (6, "9.2", "32.54", ["50", "50"], Status::InRitardo),
        // The worst of some days; nothing but zero.
        (6, "1.1", "180", ["50", "50"], Status::NonPiuRaggiungibile),
        (6, "11.5", "0", ["100", "100"], Status::InLinea),
        (6, "11.5", "1", ["0", "0"], Status::NonPiuRaggiungibile),
        // The closed year has one target.
        (12, "3.3", "9", ["45", "45"], Status::NonRaggiunto),
    ] {
        let found = at(month, code, value);
        assert_eq!([paced(&found), degree(&found)], wanted, "{code} {value}");
        assert_eq!(found.status, status, "{code} {value}");
    }
}

#[test]
fn in_the_year_the_eye_checks_the_colour_from_the_degree_against_the_pace() {
    let full = Number::from(100_i64);
    for month in 1..12 {
        let sample = sample(month);
        for found in &sample.consolidation.indicators {
            let light = found.status.light();
            match &found.paced {
                Some(paced) => {
                    assert_eq!((light == Light::Verde, light == Light::Grigio), (paced == &full, false))
                }
                // A deadline to come.
                None => assert!(light == Light::Grigio || found.status == Status::InLinea, "{}", found.code),
            }
        }
    }
    let december = sample(12).consolidation;
    assert!(december.indicators.iter().all(|found| found.paced == found.degree));
    assert!(december.schede.iter().all(|scheda| scheda.degrees.paced == scheda.degrees.official));
}

#[test]
fn machines_get_every_check_and_every_file() {
    let json = to_json(&sample(6).run());
    let checks = json["controlli"].as_array().unwrap();
    assert_eq!(checks.len(), 3);
    assert_eq!((&checks[2]["codice"], &checks[2]["soggetti"]), (&"Y09".into(), &0.into()));
    assert_eq!(checks[1]["soggetti"], 412);
    let fates: Vec<&str> = json["file"]
        .as_array()
        .unwrap()
        .iter()
        .skip(25)
        .map(|file| file["esito"].as_str().unwrap())
        .collect();
    assert_eq!(fates, ["duplicato", "rifiutato", "ignorato"]);
    let finding = &json["rilievi"][0];
    assert_eq!(
        (&finding["codice"], &finding["gravita"], &finding["mese"]),
        (&"R03".into(), &"errore".into(), &1.into())
    );
    assert_eq!(finding["celle"].as_array().unwrap().len(), 1);
    assert_eq!(finding["effetto"], "cambia esito");
    assert_eq!(finding["effetto_su"][0], "3.1");
}

#[test]
fn the_summary_says_its_message_and_what_its_colours_mean() {
    use crate::model::Light;
    for (month, name, colours) in
        [(6, "Giugno 2019: ", "▲ in ritardo"), (12, "Dicembre 2019: ", "▲ giallo da 70")]
    {
        let sample = sample(month);
        let report = report(&sample.run());
        let sheet = sheet(&report, "Sintesi");
        let green = sample.consolidation.schede.iter().filter(|scheda| scheda.light == Light::Verde).count();
        let message = words(&sheet.rows[1].cells[0]);
        assert!(message.starts_with(name) && message.contains(&format!("● {green} verd")), "{message}");
        let told = |cell: &Cell| words(cell).contains(colours);
        assert!(sheet.rows.iter().flat_map(|row| &row.cells).any(told), "{colours}");
    }
}

#[test]
fn every_sheet_says_where_it_ends_on_paper() {
    use crate::book::Paper;
    for sheet in report(&sample(6).run()).sheets {
        let columns = sheet.widths.len();
        match sheet.paper {
            Paper::UpTo(last) | Paper::Upright(last) => {
                assert!(usize::from(last) < columns, "{}", sheet.name)
            }
            Paper::Double { from, again, .. } => {
                assert!(again < from && usize::from(from) < columns, "{}", sheet.name);
            }
            Paper::Parted(row) | Paper::UprightParted(row) => {
                assert_eq!(sheet.rows[row as usize].kind, RowKind::Heading)
            }
            Paper::InThree(second, third) => {
                for row in [second, third] {
                    assert_eq!(sheet.rows[row as usize].kind, RowKind::Heading, "{}", sheet.name);
                }
            }
            Paper::Wide | Paper::Whole | Paper::Single => {}
        }
    }
}

#[test]
fn findings_stand_by_what_they_could_change_and_links_follow() {
    use crate::impact::{Effect, EffectKind};
    let mut june = sample(6);
    // As the pipeline gives them: the one that could change an outcome first, whatever its severity.
    june.checked.findings.reverse();
    june.effects = vec![
        Effect { kind: EffectKind::CambiaEsito, indicators: Vec::new(), sentence: "13.1: cambia.".into() },
        Effect::default(),
    ];
    let report = report(&june.run());
    let rows = body(sheet(&report, "Rilievi"));
    assert_eq!((words(&rows[0][1]), words(&rows[1][1])), ("K01".into(), "R03".into()));
    assert_eq!(
        (words(&rows[0][3]), words(&rows[0][9])),
        ("◆ può cambiare l'esito".into(), "13.1: cambia.".into())
    );
    let result =
        body(sheet(&report, "Risultati")).into_iter().find(|cells| words(&cells[0]) == "3.1").unwrap();
    let Content::Link(number, target) = &result[10].content else { panic!("no link to the finding") };
    let led = &sheet(&report, "Rilievi").rows[target.cell.row as usize].cells;
    assert_eq!((number.as_str(), words(&led[1])), ("1 rilievo", "R03".into()));
    assert_eq!(to_json(&june.run())["rilievi"][0]["effetto"], "cambia esito");
}

/// What a cell and a figure of the JSON say alike: a text, a number, yes or no, nothing.
fn same_words(cell: &Cell, json: &Json) -> bool {
    match (cell.content.shown(), json) {
        (Content::Blank, json) => json.is_null() || json.as_str() == Some(""),
        (Content::Text(text), Json::Bool(flag)) => text == if *flag { "sì" } else { "no" },
        (Content::Text(text) | Content::Code(text) | Content::Link(text, _), json) => {
            json.as_str().unwrap_or_default() == text
        }
        (Content::Status(_, text), json) => json.as_str() == Some(text),
        (Content::Severity(severity), json) => json.as_str() == Some(severity.label()),
        (Content::Number(number, _), Json::String(plain)) => number.to_plain() == *plain,
        (Content::Number(number, _), Json::Number(plain)) => number.to_plain() == plain.to_string(),
        (Content::Date(date), json) => json.as_str() == Some(&date.to_string()),
        _ => false,
    }
}

/// The rows of a sheet and the objects of the JSON are the same things, in the same order, wherever a column
/// names a key.
fn says_the_same<C: OneTable>(report: &Report, objects: &Json) {
    let sheet = report.sheets.iter().find(|sheet| sheet.name == C::SHEET).unwrap();
    let body = sheet.rows.iter().skip_while(|row| row.kind != RowKind::Header).skip(1);
    let body: Vec<&Row> = body.take_while(|row| row.kind == RowKind::Body).collect();
    let objects = objects.as_array().unwrap();
    assert_eq!(body.len(), objects.len(), "{}", C::SHEET);
    let named: Vec<C> = C::ALL.iter().copied().filter(|column| column.head().json.is_some()).collect();
    assert!(named.len() > 3, "{}: {}", C::SHEET, named.len());
    let heads = &sheet.rows.iter().find(|row| row.kind == RowKind::Header).unwrap().cells;
    for (row, object) in body.into_iter().zip(objects) {
        for column in &named {
            let key = column.head().json.unwrap();
            // The closed year has no degree against the pace.
            let Some(at) = heads.iter().position(|head| words(head) == column.title()) else {
                assert_eq!(object.get(key), object.get("grado"), "{key}");
                continue;
            };
            let cell = &row.cells[at];
            let told = object.get(key);
            assert!(
                told.is_some_and(|told| same_words(cell, told)),
                "{}, {key}: {cell:?}, {told:?}",
                C::SHEET
            );
        }
    }
}

#[test]
fn the_sheets_and_the_json_say_the_same() {
    for month in [6, 12] {
        let sample = sample(month);
        let run = sample.run();
        let (report, json) = (report(&run), to_json(&run));
        says_the_same::<Results>(&report, &json["indicatori"]);
        says_the_same::<Findings>(&report, &json["rilievi"]);
        says_the_same::<Checks>(&report, &json["controlli"]);
        says_the_same::<Files>(&report, &json["file"]);
    }
}

#[test]
fn from_the_data_the_office_s_file_is_opened_at_its_cell() {
    let mut june = sample(6);
    // Its name would be read as an address with a place in it.
    let strange = "schede # 2.xlsx".to_owned();
    june.admitted.entries.iter_mut().next().unwrap().file = strange.clone();
    let report = report(&june.run());
    let (column, file) = (usize::from(Data::Open.col()), usize::from(Data::File.col()));
    let mut opened = 0;
    for row in body(sheet(&report, "Dati")) {
        let name = words(&row[file]);
        let leads = !name.is_empty() && name != strange;
        assert_eq!(matches!(row[column].content, Content::Live(_)), leads, "{name}");
        opened += usize::from(leads);
    }
    assert!(opened > 100, "{opened}");
    let of_a_row = body(sheet(&report, "Dati")).into_iter().find_map(|row| match &row[column].content {
        Content::Live(live) => Some(spelt(&live.formula, "Dati")),
        _ => None,
    });
    let said = of_a_row.unwrap();
    let row: String =
        said.chars().skip_while(|letter| !letter.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    assert_eq!(said, format!("HYPERLINK($K${row}&\"#'\"&$L${row}&\"'!\"&$M${row},\"apri\")"));
}
