//! Formulas of OpenDocument as Excel spells them: `of:=SUM([.E5:.P5];2)` is `SUM(E5:P5,2)`.

/// A formula as Excel spells it, without the leading `=`.
pub(super) fn spelt(formula: &str) -> String {
    let (prefix, text) = formula.split_once(":=").unwrap_or(("", formula.trim_start_matches('=')));
    // One that is already in Excel's words says so.
    if prefix == "msoxl" {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Between braces, of a list of values, semicolons part columns and bars rows.
    let mut braces = 0_u32;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' | '\'' => quoted(rest, first),
            '[' => reference(rest),
            first => first.len_utf8(),
        };
        let (piece, after) = rest.split_at(length);
        match first {
            '[' => out.push_str(&called(piece)),
            '{' | '}' => {
                braces = if first == '{' { braces.saturating_add(1) } else { braces.saturating_sub(1) };
                out.push(first);
            }
            ';' => out.push(','),
            '|' if braces > 0 => out.push(';'),
            '~' => out.push(','),
            '!' => out.push(' '),
            _ => out.push_str(piece),
        }
        rest = after;
    }
    out
}

/// How long the text between quotes is, which begins `rest`; a quote said twice is a letter of it.
fn quoted(rest: &str, quote: char) -> usize {
    let mut inside = rest.char_indices().skip(1).peekable();
    while let Some((at, letter)) = inside.next() {
        if letter == quote && inside.next_if(|(_, next)| *next == quote).is_none() {
            return at + 1;
        }
    }
    rest.len()
}

/// How long the reference between brackets is, which begins `rest`; names of sheets may hold brackets.
fn reference(rest: &str) -> usize {
    let mut at = 1;
    while let Some(letter) = rest.get(at..).and_then(|rest| rest.chars().next()) {
        match letter {
            ']' => return at + 1,
            '\'' => at += quoted(rest.get(at..).unwrap_or_default(), '\''),
            letter => at += letter.len_utf8(),
        }
    }
    rest.len()
}

/// A reference as Excel spells it: `E5:P5` for `[.E5:.P5]`, `'Scheda 6'!C4` for `[$'Scheda 6'.C4]`,
/// `[dati.xlsx]Foglio1!A1` for `['file:///x/dati.xlsx'#$Foglio1.A1]`.
fn called(bracketed: &str) -> String {
    let inside = bracketed.trim_start_matches('[').trim_end_matches(']');
    let (file, inside) = match inside.split_once("'#") {
        Some((address, rest)) => {
            let file = address.trim_start_matches('\'');
            let file = file.rsplit(['/', '\\']).next().unwrap_or_default().replace("%20", " ");
            (format!("[{file}]"), rest)
        }
        None => (String::new(), inside),
    };
    let (first, last) = halves(inside);
    let (sheet, cell) = on_sheet(first);
    let end = last.map(|last| {
        let (other, cell) = on_sheet(last);
        let far = other.filter(|other| Some(*other) != sheet).map(|other| format!("{other}!"));
        format!(":{}{cell}", far.unwrap_or_default())
    });
    let place = match (sheet, file.is_empty()) {
        (Some(sheet), _) => format!("{file}{sheet}!"),
        (None, true) => String::new(),
        (None, false) => format!("{file}!"),
    };
    format!("{place}{cell}{}", end.unwrap_or_default())
}

/// The two ends of a range, parted by a colon outside the names of sheets.
fn halves(text: &str) -> (&str, Option<&str>) {
    let mut at = 0;
    while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
        match letter {
            ':' => return (text.get(..at).unwrap_or(text), text.get(at + 1..)),
            '\'' => at += quoted(text.get(at..).unwrap_or_default(), '\''),
            letter => at += letter.len_utf8(),
        }
    }
    (text, None)
}

/// The sheet of a cell, without its dollar, and the cell.
pub(super) fn on_sheet(text: &str) -> (Option<&str>, &str) {
    let bare = text.strip_prefix('$').filter(|bare| bare.contains('.')).unwrap_or(text);
    let from = if bare.starts_with('\'') { quoted(bare, '\'') } else { 0 };
    let point = bare.get(from..).and_then(|rest| rest.rfind('.')).map(|at| from + at);
    match point {
        Some(at) => {
            let sheet = bare.get(..at).filter(|sheet| !sheet.is_empty());
            (sheet, bare.get(at + 1..).unwrap_or_default())
        }
        None => (None, text),
    }
}

/// The ranges of a list parted by blanks, each with the name of its sheet: `'Scheda 7'.E5:'Scheda 7'.P5`.
pub(super) fn ranges(list: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = list.trim();
    while !rest.is_empty() {
        let mut at = 0;
        while let Some(letter) = rest.get(at..).and_then(|rest| rest.chars().next()) {
            match letter {
                ' ' => break,
                '\'' => at += quoted(rest.get(at..).unwrap_or_default(), '\''),
                letter => at += letter.len_utf8(),
            }
        }
        let (range, after) = rest.split_at(at);
        let (first, last) = halves(range);
        let (sheet, cell) = on_sheet(first);
        let end = last.map(|last| format!(":{}", on_sheet(last).1)).unwrap_or_default();
        let name = sheet.unwrap_or_default();
        let bare = name.strip_prefix('\'').and_then(|name| name.strip_suffix('\''));
        let name = bare.map_or_else(|| name.to_owned(), |name| name.replace("''", "'"));
        found.push((name, format!("{cell}{end}").replace('$', "")));
        rest = after.trim_start();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{ranges, spelt};

    #[test]
    fn a_formula_is_spelt_as_excel_spells_it() {
        for (found, wanted) in [
            ("of:=SUM([.E5:.P5];2)", "SUM(E5:P5,2)"),
            (
                "of:=IF([.$B$17:.$B$28]=\"a;[.B1]\"\"b\";FALSE();{1;2|3;4})",
                "IF($B$17:$B$28=\"a;[.B1]\"\"b\",FALSE(),{1,2;3,4})",
            ),
            ("of:=[$'Scheda 6'.C4]+[$Foglio1.A1:.B2]", "'Scheda 6'!C4+Foglio1!A1:B2"),
            ("of:=[$'L''anno. 1].x'.$C$4]", "'L''anno. 1].x'!$C$4"),
            ("of:=['file:///c/dati%20x.xlsx'#$Foglio1.A1]*2", "[dati x.xlsx]Foglio1!A1*2"),
            ("of:=scheda_6_dovuti&\" su \"&[.#REF!]", "scheda_6_dovuti&\" su \"&#REF!"),
            ("msoxl:=SUM(A1;B1)", "SUM(A1;B1)"),
            ("=1+2", "1+2"),
            ("of:=\"aperto", "\"aperto"),
            ("of:=[", ""),
        ] {
            assert_eq!(spelt(found), wanted, "{found}");
        }
    }

    #[test]
    fn ranges_are_told_with_their_sheet() {
        let told = |sheet: &str, range: &str| (sheet.to_owned(), range.to_owned());
        assert_eq!(
            ranges("'Scheda 7'.E5:'Scheda 7'.P5 $Istruzioni.$B$6 'L''uno'.A1:.B2"),
            [told("Scheda 7", "E5:P5"), told("Istruzioni", "B6"), told("L'uno", "A1:B2")]
        );
        assert!(ranges("  ").is_empty());
    }
}
