//! The differences of `verifica` for people: the cause first, then what follows from it, then what is only an
//! order.

use super::screen::cut;
use super::terminal::clean;
use crate::model::count;
use crate::verify::{A_ROW, Difference, Kind, NO_ROW};

/// The sections, in order: what they hold, their heading, and how many lines of them are told when not all
/// are asked for.
const SECTIONS: [(&[Kind], &str, usize); 7] = [
    (&[Kind::Entry], "Dati degli uffici che cambiano", 12),
    (&[Kind::Result], "Indicatori che cambiano", 10),
    (&[Kind::Group], "Ente, prospettive, obiettivi e schede che cambiano", 10),
    (&[Kind::Finding], "Rilievi che cambiano", 10),
    (&[Kind::Whole, Kind::Content], "Altre celle", 12),
    (&[Kind::Look], "Ciò che si vede oltre le celle", 10),
    (&[Kind::Place], "Solo ordine o posizione", 0),
];

/// Letters of a line's subject, and of a line when not all is asked for.
const SUBJECT: usize = 200;
const LINE: usize = 700;

/// The lines of all the differences, in sections; `all` of them, or the first of each section with how many
/// more there are.
pub(super) fn lines(differences: &[Difference], all: bool) -> Vec<String> {
    let mut told = Vec::new();
    for (kinds, heading, most) in SECTIONS {
        let own: Vec<&Difference> = differences.iter().filter(|one| kinds.contains(&one.kind)).collect();
        if own.is_empty() {
            continue;
        }
        let groups = own.chunk_by(|one, other| is_of_one_row(one, other));
        let lines: Vec<String> = groups.map(row).collect();
        let shown = if all { lines.len() } else { most.min(lines.len()) };
        told.push(format!("{heading}: {}", count(own.len(), "differenza", "differenze")));
        told.extend(lines.iter().take(shown).map(|line| if all { line.clone() } else { cut(line, LINE) }));
        let more = lines.len() - shown;
        if more > 0 {
            let more = if shown == 0 {
                count(more, "riga", "righe")
            } else {
                format!("e {}", count(more, "altra", "altre"))
            };
            told.push(format!("  … {more}: con --tutte si vedono una per una."));
        }
    }
    told
}

/// Whether two differences are told in one line: cells of the same row of a table.
fn is_of_one_row(one: &Difference, other: &Difference) -> bool {
    let row = |difference: &Difference| difference.cell.map(|cell| cell.row);
    !one.subject.is_empty()
        && (one.kind, &one.sheet, &one.subject, row(one))
            == (other.kind, &other.sheet, &other.subject, row(other))
}

/// The differences of one row.
fn row(group: &[&Difference]) -> String {
    let [first, ..] = group else { return String::new() };
    let place = place(first);
    if first.subject.is_empty() {
        return format!("  {place}{}", change(first));
    }
    let changes: Vec<String> =
        group.iter().map(|one| change(one).trim_start_matches(": ").to_owned()).collect();
    format!("  {}: {} [{place}]", cut(&clean(&first.subject), SUBJECT), changes.join("; "))
}

/// Where a difference stands in the consolidated workbook.
fn place(difference: &Difference) -> String {
    // A row that the issued workbook has not stands nowhere in it.
    let cell = difference.cell.filter(|_| difference.issued != NO_ROW);
    match (cell, difference.sheet.is_empty()) {
        (_, true) => "file".to_owned(),
        (Some(cell), false) => format!("'{}'!{cell}", clean(&difference.sheet)),
        (None, false) => format!("foglio «{}»", clean(&difference.sheet)),
    }
}

/// What the issued workbook says, and what it should.
fn change(difference: &Difference) -> String {
    let (issued, recomputed) = (clean(&difference.issued), clean(&difference.recomputed));
    match (difference.issued.as_str(), difference.recomputed.as_str()) {
        (A_ROW, NO_ROW) => return ": è solo nel consolidato, i file non la danno".to_owned(),
        (NO_ROW, A_ROW) => return ": nel consolidato manca, i file la danno".to_owned(),
        (_, NO_ROW) => return format!(": valore {issued} nel consolidato, nessuno nel file dell'ufficio"),
        (NO_ROW, _) => return format!(": nessun valore nel consolidato, {recomputed} nel file dell'ufficio"),
        _ => {}
    }
    if difference.kind == Kind::Place && !difference.about.is_empty() {
        return format!(", {}: c'è {issued}, i file danno {recomputed}", difference.about);
    }
    if !difference.about.is_empty() {
        return format!(", {}: c'è {issued}, il programma scrive {recomputed}", difference.about);
    }
    if difference.label.is_empty() {
        return format!(": c'è {issued}, i file danno {recomputed}");
    }
    format!(": {} c'è {issued}, i file danno {recomputed}", clean(&difference.label))
}

#[cfg(test)]
mod tests {
    use super::lines;
    use crate::model::CellRef;
    use crate::verify::{A_ROW, Difference, Kind, NO_ROW};

    fn one(kind: Kind, sheet: &str, at: &str, subject: &str, label: &str) -> Difference {
        Difference {
            kind,
            subject: subject.to_owned(),
            label: label.to_owned(),
            sheet: sheet.to_owned(),
            cell: CellRef::parse(at),
            issued: "2".to_owned(),
            recomputed: "0".to_owned(),
            ..Difference::default()
        }
    }

    #[test]
    fn the_cells_of_a_row_are_one_line_and_the_cause_is_the_first() {
        let subject = "schede-2019-metrico.xlsx, 'Scheda 3'!G25";
        let mut all = vec![
            one(Kind::Entry, "Dati", "F310", subject, "Come digitato"),
            one(Kind::Entry, "Dati", "G310", subject, "Valore"),
        ];
        all.extend((1..=30).map(|row| one(Kind::Content, "Copertina", &format!("C{row}"), "", "")));
        all.push(one(Kind::Place, "Rilievi", "A9", "", "N."));
        let told = lines(&all, false);
        assert_eq!(told[0], "Dati degli uffici che cambiano: 2 differenze");
        assert_eq!(
            told[1],
            format!(
                "  {subject}: Come digitato c'è 2, i file danno 0; Valore c'è 2, i file danno 0 ['Dati'!F310]"
            )
        );
        assert_eq!(told[2], "Altre celle: 30 differenze");
        assert_eq!(told[15], "  … e 18 altre: con --tutte si vedono una per una.");
        assert_eq!(told.last().unwrap(), "  … 1 riga: con --tutte si vedono una per una.");
        assert_eq!(lines(&all, true).len(), 1 + 1 + 1 + 30 + 1 + 1);
    }

    #[test]
    fn an_entry_that_only_one_has_is_told_with_its_value_and_any_other_row_as_a_row() {
        let lone = |kind, sheet: &str, issued: &str, recomputed: &str| {
            let one = Difference {
                issued: issued.to_owned(),
                recomputed: recomputed.to_owned(),
                ..one(kind, sheet, "A9", "x", "")
            };
            lines(&[one], true)[1].clone()
        };
        let entry = |issued, recomputed| lone(Kind::Entry, "Dati", issued, recomputed);
        assert_eq!(
            entry("«12»", NO_ROW),
            "  x: valore «12» nel consolidato, nessuno nel file dell'ufficio ['Dati'!A9]"
        );
        assert_eq!(
            entry(NO_ROW, "«12»"),
            "  x: nessun valore nel consolidato, «12» nel file dell'ufficio [foglio «Dati»]"
        );
        assert_eq!(
            lone(Kind::Finding, "Rilievi", A_ROW, NO_ROW),
            "  x: è solo nel consolidato, i file non la danno ['Rilievi'!A9]"
        );
        assert_eq!(
            lone(Kind::Finding, "Rilievi", NO_ROW, A_ROW),
            "  x: nel consolidato manca, i file la danno [foglio «Rilievi»]"
        );
    }
}
