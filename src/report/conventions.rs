//! The conventions of the whole workbook: contents with links, one header for each table, nothing merged in
//! data.

use std::collections::BTreeSet;

use crate::model::{IndicatorCode, Waived};
use crate::plan::Decision;

use super::report;
use super::sample::{Sample, sample};
use crate::book::height;
use crate::book::{Cell, Content, Report, Row, RowKind, Sheet};
use crate::excel::Area;

/// A year in the middle and a closed one.
fn reports() -> [Report; 2] {
    [6, 12].map(|month| report(&sample(month).run()))
}

fn rows(sheet: &Sheet, area: Area) -> &[Row] {
    &sheet.rows[area.first.row as usize..=area.last.row as usize]
}

/// Laid out as pages, with labels and values side by side: only their marked tables are tables.
fn is_page(sheet: &Sheet) -> bool {
    matches!(sheet.name, "Sintesi" | "Attestazione OIV")
        || sheet.name.strip_prefix('S').is_some_and(|rest| rest.parse::<u8>().is_ok())
}

#[test]
fn a_marked_table_has_one_header_with_a_name_for_each_column() {
    let mut found = 0;
    for sheet in reports().iter().flat_map(|report| &report.sheets) {
        for area in &sheet.tables {
            let [header, body @ ..] = rows(sheet, *area) else { panic!("{}: empty", sheet.name) };
            assert_eq!(header.kind, RowKind::Header, "{}: {area:?}", sheet.name);
            assert!(!body.is_empty(), "{}: {area:?} has no row", sheet.name);
            assert!(body.iter().all(|row| row.kind == RowKind::Body), "{}: {area:?}", sheet.name);
            let after = sheet.rows.get(area.last.row as usize + 1);
            assert!(after.is_none_or(|row| row.kind != RowKind::Body), "{}: {area:?} is cut", sheet.name);
            let mut names = BTreeSet::new();
            for column in area.first.col..=area.last.col {
                let cell = header.cells.get(usize::from(column)).unwrap();
                let Content::Text(name) = &cell.content else { panic!("{}: {cell:?}", sheet.name) };
                assert!(!name.is_empty() && name.trim() == name && !name.contains('\n'), "{name:?}");
                assert!(names.insert(name.to_lowercase()), "{}: two columns «{name}»", sheet.name);
            }
            let beyond = header.cells.iter().skip(usize::from(area.last.col) + 1);
            assert!(
                is_page(sheet) || beyond.clone().all(Cell::is_blank),
                "{}: a header goes on after {area:?}",
                sheet.name
            );
            found += 1;
        }
    }
    assert!(found > 30, "{found}");
}

#[test]
fn nothing_is_merged_in_a_table() {
    for sheet in reports().iter().flat_map(|report| &report.sheets) {
        let merged = |rows: &[Row]| rows.iter().flat_map(|row| &row.cells).any(|cell| cell.span > 1);
        for area in &sheet.tables {
            assert!(!merged(rows(sheet, *area)), "{}: {area:?}", sheet.name);
        }
        let data = |row: &&Row| matches!(row.kind, RowKind::Header | RowKind::Body | RowKind::Total);
        for row in sheet.rows.iter().filter(data).filter(|_| !is_page(sheet)) {
            assert!(row.cells.iter().all(|cell| cell.span <= 1), "{}: {row:?}", sheet.name);
        }
    }
}

#[test]
fn tables_do_not_touch_and_every_header_heads_one() {
    for sheet in reports().iter().flat_map(|report| &report.sheets) {
        for (number, one) in sheet.tables.iter().enumerate() {
            for other in &sheet.tables[number + 1..] {
                let apart = one.last.row + 1 < other.first.row
                    || other.last.row + 1 < one.first.row
                    || one.last.col < other.first.col
                    || other.last.col < one.first.col;
                assert!(apart, "{}: {one:?} {other:?}", sheet.name);
            }
        }
        let headers = sheet.rows.windows(2).enumerate().filter(|(_, pair)| {
            pair[0].kind == RowKind::Header && pair[1].kind == RowKind::Body && !is_page(sheet)
        });
        for (row, _) in headers {
            let marked = sheet.tables.iter().any(|area| area.first.row as usize == row);
            assert!(marked, "{}: the table of row {} is not marked", sheet.name, row + 1);
        }
    }
}

/// What a cell says.
fn text(cell: &Cell) -> &str {
    match &cell.content {
        Content::Text(text) | Content::Code(text) | Content::Link(text, _) => text,
        _ => "",
    }
}

#[test]
fn a_sheet_of_several_tables_says_how_many_and_leads_to_the_heading_of_each() {
    let mut most = 0;
    for report in reports() {
        for sheet in report.sheets.iter().filter(|sheet| sheet.name.len() == 3) {
            let number = sheet.tables.len();
            let says = |row: &&Row| row.cells.first().map(text).unwrap_or_default().contains("tabelle: ");
            // Right under the printed page; the ways out of it lead there.
            let told = sheet.rows.iter().position(|row| says(&row)).unwrap();
            assert_eq!(told, sheet.leaf.unwrap().rows as usize, "{}", sheet.name);
            let words = text(&sheet.rows[told].cells[0]);
            assert!(words.starts_with(&format!("Questo foglio contiene {number} tabelle: ")), "{words}");
            let below = sheet.rows[told + 1..].iter().take_while(|row| row.kind == RowKind::Prose);
            let mut led: Vec<u32> = below
                .flat_map(|row| &row.cells)
                .filter_map(|cell| match &cell.content {
                    Content::Link(_, target) if target.sheet == sheet.name => Some(target.cell.row),
                    _ => None,
                })
                .collect();
            led.sort_unstable();
            assert_eq!(led.len(), number, "{}: {led:?}", sheet.name);
            for (heading, table) in led.iter().zip(&sheet.tables) {
                let kind = |row: u32| sheet.rows[row as usize].kind;
                assert_eq!(kind(*heading), RowKind::Heading, "{}", sheet.name);
                let between = *heading + 1..table.first.row;
                assert!(between.clone().count() <= 3, "{}: {heading} {table:?}", sheet.name);
                assert!(
                    between.clone().all(|row| matches!(kind(row), RowKind::Prose | RowKind::Space)),
                    "{}: {heading} {table:?}",
                    sheet.name
                );
            }
            most = most.max(number);
        }
    }
    assert!(most >= 15, "{most}");
}

#[test]
fn every_header_and_every_row_of_data_of_a_scheda_is_in_a_marked_table() {
    for sheet in reports().iter().flat_map(|report| &report.sheets).filter(|sheet| sheet.name.len() == 3) {
        let inside = |row: usize| {
            sheet.tables.iter().any(|area| (area.first.row as usize..=area.last.row as usize).contains(&row))
        };
        let first = sheet.tables[0].first.row as usize;
        for (place, row) in sheet.rows.iter().enumerate().skip(first) {
            let data = matches!(row.kind, RowKind::Header | RowKind::Body | RowKind::Total);
            assert_eq!(inside(place), data, "{}: row {}", sheet.name, place + 1);
        }
    }
}

#[test]
fn the_cover_leads_to_every_sheet_and_says_what_it_is_for() {
    for report in reports() {
        let [cover, others @ ..] = report.sheets.as_slice() else { panic!("no cover") };
        let [area] = cover.tables.as_slice() else { panic!("{:?}", cover.tables) };
        let listed: Vec<&str> = rows(cover, *area)[1..]
            .iter()
            .map(|row| {
                let [margin, link, number, what, _] = row.cells.as_slice() else { panic!("{row:?}") };
                let Content::Link(name, target) = &link.content else { panic!("{row:?}") };
                let Content::Text(what) = &what.content else { panic!("{row:?}") };
                assert!(margin.is_blank() && what.chars().count() >= 12 && what != name, "{name}: {what}");
                assert_eq!((target.sheet, target.cell.to_string()), (name.as_str(), "A1".to_owned()));
                // How many rows it has, of a sheet that is one table; the row itself is one line tall.
                let sheet = others.iter().find(|sheet| sheet.name == target.sheet).unwrap();
                if let ([area], true) = (sheet.tables.as_slice(), !is_page(sheet)) {
                    let counted = Cell::count(rows(sheet, *area).len() - 1);
                    assert_eq!(number, &counted, "{name}");
                }
                assert_eq!(height::of(row, &cover.widths).lines, 1, "{name}: {what}");
                target.sheet
            })
            .collect();
        assert_eq!(listed, others.iter().map(|sheet| sheet.name).collect::<Vec<_>>());
    }
}

#[test]
fn the_figures_of_the_cover_lead_to_where_they_stand() {
    let mut june = sample(6);
    june.checked.findings[1].waived = Some(Waived { reason: "x".into(), who: "x".into(), until: None });
    let report = report(&june.run());
    let cover = &report.sheets[0];
    let landing = |label: &str| -> Vec<Cell> {
        let row = cover.rows.iter().find(|row| row.cells.get(1).is_some_and(|cell| text(cell) == label));
        let cell = row.unwrap_or_else(|| panic!("no «{label}»")).cells.last().unwrap();
        let Content::Link(words, target) = &cell.content else { panic!("{label}: {cell:?}") };
        assert_eq!(words, &format!("{} →", target.sheet));
        let sheet = report.sheets.iter().find(|sheet| sheet.name == target.sheet).unwrap();
        sheet.rows[target.cell.row as usize].cells.clone()
    };
    for label in ["Grado dell'ente sul passo", "Grado dell'ente su 100", "Copertura"] {
        assert_eq!(text(&landing(label)[0]), "Ente", "{label}");
    }
    let derogated = landing("Derogati");
    assert_eq!(text(&derogated[1]), june.checked.findings[1].rule.code);
    let severities = cover
        .rows
        .iter()
        .filter(|row| matches!(row.cells.get(1).map(|cell| &cell.content), Some(Content::Severity(_))));
    let mut led = 0;
    for row in severities {
        let none = row.cells[2] == Cell::count(0);
        assert_eq!(none, row.cells[4].is_blank(), "what is not there leads nowhere: {row:?}");
        let Some(Content::Link(_, target)) = row.cells.get(4).map(|cell| &cell.content) else { continue };
        let sheet = report.sheets.iter().find(|sheet| sheet.name == target.sheet).unwrap();
        let finding = &sheet.rows[target.cell.row as usize].cells;
        assert_eq!((sheet.name, &finding[2].content), ("Rilievi", &row.cells[1].content));
        led += 1;
    }
    assert_eq!(led, 1, "the other finding of the sample is accepted");
    let offices = landing("Uffici che mancano");
    let absent = text(&offices[0]).to_owned() + text(&offices[1]);
    let told = cover.rows.iter().flat_map(|row| &row.cells).map(text).collect::<Vec<&str>>().join(" ");
    assert!(told.contains(text(&offices[0])) || told.contains(text(&offices[1])), "{absent}");
}

#[test]
fn what_is_final_is_not_in_the_colour_of_alarm() {
    let mut december = sample(12);
    let kind = |december: &Sample| report(&december.run()).sheets[0].rows[2].kind;
    assert_eq!(kind(&december), RowKind::Banner);
    december.definitive = true;
    assert_eq!(kind(&december), RowKind::Seal);
}

#[test]
fn every_sheet_but_the_cover_begins_with_its_title_and_leads_back() {
    for report in reports() {
        for sheet in &report.sheets {
            assert_eq!(sheet.rows[0].kind, RowKind::Title, "{}", sheet.name);
            let mut cells = sheet.rows.iter().take(3).flat_map(|row| &row.cells);
            let back =
                cells.any(|cell| matches!(&cell.content, Content::Link(_, to) if to.sheet == "Copertina"));
            assert_eq!(back, sheet.name != "Copertina", "{}", sheet.name);
        }
    }
}

#[test]
fn a_chart_is_told_in_words() {
    let mut found = 0;
    for chart in reports().iter().flat_map(|report| &report.sheets).flat_map(|sheet| &sheet.charts) {
        assert!(chart.description.chars().count() >= 30, "{:?}", chart.description);
        assert!(!chart.title.is_empty() && !chart.values_title.is_empty(), "{chart:?}");
        found += 1;
    }
    assert!(found >= 2, "{found}");
}

#[test]
fn a_final_workbook_says_of_nothing_that_it_is_provisional_or_still_to_be_mended() {
    let mut december = sample(12);
    december.checked.findings[0].waived = Some(Waived { reason: "x".into(), who: "x".into(), until: None });
    let told = |december: &Sample| {
        let report = report(&december.run());
        let rows = report.sheets.iter().flat_map(|sheet| &sheet.rows);
        let texts: Vec<String> = rows.flat_map(|row| &row.cells).map(|cell| text(cell).to_owned()).collect();
        texts
    };
    let count = |texts: &[String], words: &str| {
        texts.iter().filter(|text| text.to_lowercase().contains(words)).count()
    };
    let before = told(&december);
    for words in ["provvisor", "da chiarire", "da sistemare"] {
        assert!(count(&before, words) > 0, "{words}");
    }
    december.definitive = true;
    let texts = told(&december);
    for words in ["provvisor", "da chiarire", "da sistemare"] {
        assert_eq!(count(&texts, words), 0, "{words}");
    }
    // What to do about what is accepted, or taken out of the evaluation.
    let remedy = december.checked.findings[0].remedy.to_lowercase();
    assert_eq!(
        (count(&texts, &remedy), count(&texts, "nulla: è accettato con una deroga")),
        (1, 1),
        "{remedy}"
    );
    let codes = ["7.1", "7.3", "13.1"];
    for code in codes {
        december.plan.decisions.push(Decision {
            indicator: IndicatorCode::new(code),
            reason: "x".into(),
            who: "x".into(),
            date: chrono::NaiveDate::from_ymd_opt(2019, 12, 15).unwrap(),
        });
    }
    assert_eq!(count(&told(&december), "nulla: una decisione dell'unità"), 1);
}

#[test]
fn the_notes_are_in_the_method() {
    for report in reports() {
        let method = report.sheets.iter().find(|sheet| sheet.name == "Metodo").unwrap();
        let texts: Vec<&str> = method
            .rows
            .iter()
            .filter(|row| row.kind == RowKind::Prose)
            .flat_map(|row| &row.cells)
            .filter_map(|cell| match &cell.content {
                Content::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        for needed in ["«Provvisorio»", "due decimali", "cella vuota", "Simboli: ", "sottolineate"] {
            assert!(texts.iter().any(|text| text.contains(needed)), "{needed}");
        }
    }
}
