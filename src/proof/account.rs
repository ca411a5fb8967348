//! O05 and O06: the account of the checks closes, and the cover counts what the sheets hold.

use crate::book::{CHARACTERS, Cell, Content, LINKS, Report, RowKind, Sheet, TRUNCATED};
use crate::certify::{Run, obstacles};
use crate::excel::Area;
use crate::model::{Severity, quoted};
use crate::report::labels;

use super::failure::{Failure, failure};
use super::table::{number, words};

/// Subjects and findings of every check (O05).
pub(super) fn subjects(run: &Run<'_>) -> Option<Failure> {
    let checked = run.checked;
    let mut wrong = Vec::new();
    for rule in run.rules {
        let tally = checked.tallies.get(rule.code).copied().unwrap_or_default();
        let own = || checked.findings.iter().filter(|finding| finding.rule.code == rule.code);
        let shadowed = checked.shadowed.get(rule.code).copied().unwrap_or_default();
        let reasons: usize =
            checked.reasons.get(rule.code).into_iter().flatten().map(|(_, times)| times).sum();
        let open = own().filter(|finding| finding.is_open()).count();
        let waived = own().filter(|finding| !finding.is_open()).count();
        for (what, counted, found) in [
            ("falliti", tally.failed, open + shadowed),
            ("derogati", tally.waived, waived),
            ("non valutati", tally.skipped, reasons),
            ("soggetti", tally.subjects(), tally.passed + reasons + open + shadowed + waived),
        ] {
            if counted != found {
                wrong.push(format!("{}: {what} {counted}, ma se ne trovano {found}", rule.code));
            }
        }
    }
    let unknown = checked
        .findings
        .iter()
        .map(|finding| finding.rule.code)
        .chain(checked.tallies.keys().copied())
        .filter(|code| run.rules.iter().all(|rule| rule.code != *code));
    wrong.extend(unknown.map(|code| format!("{code} non è tra i controlli")));
    failure("O05", &wrong)
}

/// What the cover counts, and what it says was shortened (O06).
pub(super) fn cover(run: &Run<'_>, report: &Report) -> Option<Failure> {
    let mut wrong = Vec::new();
    let Some(cover) = report.sheets.first() else {
        return failure("O06", &["manca la copertina".to_owned()]);
    };
    let mut listed = Vec::new();
    for cells in cover.rows.iter().filter(|row| row.kind == RowKind::Body).map(|row| row.cells.as_slice()) {
        let [_, label, value, ..] = cells else { continue };
        match (&label.content, number(value).and_then(|number| number.to_i64())) {
            (Content::Link(name, _), counted) => {
                listed.push(name.as_str());
                let found = report.sheets.iter().find(|sheet| sheet.name == name).map(table_rows);
                if counted.is_some_and(|counted| found != usize::try_from(counted).ok()) {
                    let found = found.unwrap_or_default();
                    wrong.push(format!(
                        "la copertina ne conta {} in {}, le righe sono {found}",
                        shown(value),
                        quoted(name)
                    ));
                }
            }
            (Content::Severity(severity), Some(counted)) => {
                let found = open(run, *severity);
                if usize::try_from(counted).ok() != Some(found) {
                    wrong
                        .push(format!("{}: la copertina ne conta {counted}, sono {found}", severity.label()));
                }
            }
            _ => {}
        }
    }
    let unlisted = report.sheets.iter().skip(1).filter(|sheet| !listed.contains(&sheet.name));
    wrong.extend(unlisted.map(|sheet| format!("il foglio {} non è nel contenuto", quoted(sheet.name))));
    wrong.extend(shortened(cover, report));
    let left = if run.definitive { obstacles(run).len() } else { 0 };
    if left > 0 {
        wrong.push(format!("la copertina dice «definitiva», e i punti aperti sono {left}"));
    }
    failure("O06", &wrong)
}

fn shown(cell: &Cell) -> String {
    number(cell).map(|number| number.to_plain()).unwrap_or_default()
}

fn open(run: &Run<'_>, severity: Severity) -> usize {
    run.checked.findings.iter().filter(|one| one.is_open() && one.severity == severity).count()
}

/// The rows of a sheet's first table, and of those that go on under the same header.
fn table_rows(sheet: &Sheet) -> usize {
    let header = |area: &Area| -> Vec<&str> {
        let row = sheet.rows.get(area.first.row as usize);
        row.map_or_else(Vec::new, |row| row.cells.iter().map(words).collect())
    };
    let first = sheet.tables.first().map(header);
    let alike = sheet.tables.iter().filter(|area| Some(header(area)) == first);
    let rows = |area: &Area| {
        let body = sheet.rows.get(area.first.row as usize + 1..area.last.row as usize + 1);
        let body = body.unwrap_or_default().iter();
        body.filter(|row| row.kind == RowKind::Body && !row.cells.is_empty()).count()
    };
    alike.map(rows).sum()
}

/// Texts too long for a cell, links too many for a sheet: cut and declared, or not at all.
fn shortened(cover: &Sheet, report: &Report) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut cut = 0;
    for sheet in &report.sheets {
        let cells = || sheet.rows.iter().flat_map(|row| &row.cells);
        let long = cells().filter(|cell| words(cell).encode_utf16().count() > CHARACTERS).count();
        let links = cells().filter(|cell| cell.leads()).count();
        cut += cells().filter(|cell| is_cut(words(cell))).count();
        if long > 0 || links > LINKS {
            wrong.push(format!("il foglio {} è più grande di quanto un file può tenere", quoted(sheet.name)));
        }
    }
    let rows = cover.rows.iter().map(|row| row.cells.as_slice());
    let declared = rows
        .filter(|cells| cells.get(1).is_some_and(|label| words(label) == labels::SHORTENED))
        .find_map(|cells| cells.get(2).and_then(number)?.to_i64());
    if declared.and_then(|number| usize::try_from(number).ok()).unwrap_or(0) != cut {
        wrong.push(format!("i testi accorciati sono {cut} e la copertina dice altro"));
    }
    wrong
}

/// Whether a text was cut: an office may well write these words itself, but not that far.
fn is_cut(text: &str) -> bool {
    text.ends_with(TRUNCATED) && text.encode_utf16().count() >= CHARACTERS - 1
}

#[cfg(test)]
mod tests {
    use super::{CHARACTERS, TRUNCATED, cover, subjects};
    use crate::book::{Cell, Content, Format};
    use crate::model::Number;
    use crate::report::report;
    use crate::report::sample::sample;

    #[test]
    fn an_account_that_does_not_close_is_found() {
        let sound = sample(6);
        assert_eq!(subjects(&sound.run()), None);
        let mut lost = sample(6);
        lost.checked.findings.retain(|finding| finding.rule.code != "K01");
        assert!(subjects(&lost.run()).unwrap().what.contains("K01: falliti 1, ma se ne trovano 0"));
        let mut skipped = sample(6);
        skipped.checked.reasons.clear();
        assert!(subjects(&skipped.run()).unwrap().what.contains("R03: non valutati 1"));
        let mut shadowed = sample(6);
        shadowed.checked.shadowed.insert("R03", 1);
        assert!(subjects(&shadowed.run()).is_some());
        let mut unknown = sample(6);
        unknown.rules.pop();
        unknown.rules.pop();
        assert!(subjects(&unknown.run()).unwrap().what.contains("R03 non è tra i controlli"));
    }

    #[test]
    fn a_cover_that_counts_otherwise_is_found() {
        let june = sample(6);
        let sound = report(&june.run());
        assert_eq!(cover(&june.run(), &sound), None);
        let mut short = sound.clone();
        let findings = short.sheets.iter_mut().find(|sheet| sheet.name == "Rilievi").unwrap();
        findings.rows.pop();
        assert!(cover(&june.run(), &short).unwrap().what.contains("«Rilievi»"));
        let mut counted = sound.clone();
        let row = counted.sheets[0]
            .rows
            .iter_mut()
            .find(|row| row.cells.get(1).is_some_and(|cell| matches!(cell.content, Content::Severity(_))))
            .unwrap();
        row.cells[2] = Cell::number(Number::from(7_i64), Format::Integer);
        assert!(cover(&june.run(), &counted).is_some());
        let mut cut = sound.clone();
        cut.sheets[3].rows[5].cells[0] = Cell::text(format!("{:x>1$}", TRUNCATED, CHARACTERS));
        assert!(cover(&june.run(), &cut).unwrap().what.contains("i testi accorciati sono 1"));
        let mut long = sound;
        long.sheets[3].rows[5].cells[0] = Cell::text("x".repeat(40_000));
        assert!(cover(&june.run(), &long).is_some());
    }

    #[test]
    fn a_cover_that_says_final_while_something_is_open_is_found() {
        // One office has sent nothing: nobody may issue this December as final.
        let mut december = sample(12);
        assert_eq!(cover(&december.run(), &report(&december.run())), None);
        december.definitive = true;
        let told = cover(&december.run(), &report(&december.run())).unwrap();
        assert!(told.what.contains("la copertina dice «definitiva», e i punti aperti sono"), "{told}");
    }

    #[test]
    fn what_is_shortened_is_declared() {
        let mut june = sample(6);
        let entry = june.admitted.entries.iter_mut().find(|entry| !entry.raw.is_empty()).unwrap();
        entry.raw = "x".repeat(40_000);
        let report = report(&june.run());
        assert_eq!(cover(&june.run(), &report), None);
        let cells = report.sheets[0].rows.iter().flat_map(|row| &row.cells);
        assert!(cells.into_iter().any(|cell| cell.content == Content::Text("Testi accorciati".into())));
    }
}
