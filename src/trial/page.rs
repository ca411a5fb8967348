//! A page of `tests/checks/`: why, an example, the finding word for word, the mended entries, a fault to
//! plant.

use std::collections::BTreeMap;

use crate::model::{Month, YearMonth};

/// A page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The file's name.
    pub name: String,
    /// The heading: code and name of the check.
    pub title: String,
    /// The reporting month of the example.
    pub month: YearMonth,
    /// Whether the whole folder is read (`consolida`), or single files (`controlla`).
    pub whole: bool,
    /// What stood in the files of the month before, whose issue is compared; `None` when none is.
    pub before: Option<Vec<Line>>,
    /// What offices wrote.
    pub example: Vec<Line>,
    /// The findings expected, word for word, in order.
    pub expected: Vec<String>,
    /// The entries that give none.
    pub mended: Vec<Line>,
    /// The fault to plant in clean workbooks, when the page has one.
    pub fault: Option<Fault>,
}

/// A fault to plant in clean workbooks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The first and the last month in which it makes sense.
    pub months: (Month, Month),
    /// The codes of the findings that cannot but come with it.
    pub together: Vec<String>,
    /// Why nobody could tell it from the truth, so that the final issue goes out with another outcome; none
    /// of the others.
    pub unknowable: Option<String>,
    /// What is planted.
    pub lines: Vec<Line>,
}

/// A row of a table, by the name of its column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line(BTreeMap<String, String>);

impl Line {
    /// The text in a column; empty when there is none.
    pub fn get(&self, column: &str) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }
}

/// Reads a page.
///
/// # Errors
/// What is missing, in words.
pub fn read_page(name: &str, text: &str) -> Result<Page, String> {
    let title = text.lines().next().and_then(|line| line.strip_prefix("# ")).unwrap_or_default();
    let section =
        |heading: &str| section(text, heading).ok_or_else(|| format!("{name}: manca «## {heading}»"));
    let month = option(text, "Mese di riferimento").unwrap_or_else(|| "2019-03".to_owned());
    if section("Perché")?.trim().is_empty() {
        return Err(format!("{name}: «Perché» è vuoto"));
    }
    Ok(Page {
        name: name.to_owned(),
        title: title.to_owned(),
        month: YearMonth::parse(&month).ok_or_else(|| format!("{name}: mese «{month}»"))?,
        whole: option(text, "Comando").is_some_and(|command| command == "consolida"),
        before: section("Mese scorso").ok().map(table),
        example: table(section("Esempio")?),
        expected: quotes(section("Rilievo atteso")?),
        mended: table(section("Corretto")?),
        fault: section("Guasto").ok().map(|text| fault(name, text)).transpose()?,
    })
}

fn fault(name: &str, text: &str) -> Result<Fault, String> {
    let months = match option(text, "Solo nei mesi") {
        None => (Month::JANUARY, Month::DECEMBER),
        Some(range) => {
            let (first, last) = range.split_once('-').unwrap_or((&range, &range));
            let month = |text: &str| text.trim().parse().ok().and_then(Month::new);
            month(first).zip(month(last)).ok_or_else(|| format!("{name}: «Solo nei mesi: {range}»"))?
        }
    };
    let together = option(text, "Insieme a").map_or_else(Vec::new, |codes| {
        codes.split([',', ' ']).filter(|code| !code.is_empty()).map(str::to_owned).collect()
    });
    let lines = table(text);
    if lines.is_empty() {
        Err(format!("{name}: «Guasto» è vuoto"))
    } else {
        let unknowable = option(text, "Indistinguibile");
        Ok(Fault { months, together, unknowable, lines })
    }
}

/// The value of a line `Name: value`.
fn option(text: &str, name: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    line.map(|value| value.trim().trim_end_matches('.').to_owned())
}

fn section<'a>(text: &'a str, heading: &str) -> Option<&'a str> {
    let start = format!("\n## {heading}\n");
    let (_, rest) = text.split_once(&start)?;
    Some(rest.split_once("\n## ").map_or(rest, |(own, _)| own))
}

/// The rows of the tables in a section.
fn table(section: &str) -> Vec<Line> {
    let mut header: Option<Vec<String>> = None;
    let mut lines = Vec::new();
    for row in section.lines() {
        let Some(row) = row.trim().strip_prefix('|').and_then(|row| row.strip_suffix('|')) else {
            header = None;
            continue;
        };
        let cells: Vec<String> = row.split('|').map(|cell| cell.trim().to_owned()).collect();
        match &header {
            None => header = Some(cells),
            Some(_) if cells.iter().all(|cell| cell.starts_with("---")) => {}
            Some(names) => lines.push(Line(names.iter().cloned().zip(cells).collect())),
        }
    }
    lines
}

/// The findings in a section: each a quoted paragraph.
fn quotes(section: &str) -> Vec<String> {
    let mut quotes: Vec<String> = Vec::new();
    let mut open = false;
    for line in section.lines() {
        match (line.strip_prefix('>'), quotes.last_mut()) {
            (Some(words), Some(last)) if open => {
                last.push(' ');
                last.push_str(words.trim());
            }
            (Some(words), _) => {
                quotes.push(words.trim().to_owned());
                open = true;
            }
            (None, _) => open = false,
        }
    }
    quotes
}

#[cfg(test)]
mod tests {
    use super::read_page;

    const PAGE: &str = "# C01 · Testo\n\n## Perché\n\nSì.\n\n## Esempio\n\n| ufficio | chiave |\n|---|---|\n| a | b |\n\n\
        ## Rilievo atteso\n\n> uno\n> due\n\n> tre\n\n## Corretto\n";

    #[test]
    fn a_page_is_read() {
        let page = read_page("p.md", PAGE).unwrap();
        assert_eq!(page.expected, ["uno due", "tre"]);
        assert_eq!((page.example[0].get("chiave"), page.example[0].get("valore")), ("b", ""));
        assert_eq!(page.fault, None);
        assert!(read_page("p.md", "# C01 · Testo\n").unwrap_err().contains("Perché"));
    }

    #[test]
    fn a_fault_may_say_when_it_makes_sense() {
        let text = format!(
            "{PAGE}\n## Guasto\n\nSolo nei mesi: 1-11.\nInsieme a: A01, K01.\nIndistinguibile: un dato vale l'altro.\n\n| ufficio | valore |\n|---|---|\n| a | +1 |\n"
        );
        let fault = read_page("p.md", &text).unwrap().fault.unwrap();
        assert_eq!((fault.months.0.number(), fault.months.1.number()), (1, 11));
        assert_eq!(fault.together, ["A01", "K01"]);
        assert_eq!(fault.unknowable.as_deref(), Some("un dato vale l'altro"));
        assert_eq!(fault.lines[0].get("valore"), "+1");
        assert!(read_page("p.md", &format!("{PAGE}\n## Guasto\n\nNulla.\n")).is_err());
    }
}
