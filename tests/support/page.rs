//! A page of `tests/checks/`: why, an example, the finding word for word, the mended entries.

use std::collections::BTreeMap;

use schede::model::YearMonth;

/// A page.
pub(crate) struct Page {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) month: YearMonth,
    /// Whether the whole folder is read (`consolida`), or single files (`controlla`).
    pub(crate) whole: bool,
    pub(crate) example: Vec<Line>,
    /// The findings expected, word for word, in order.
    pub(crate) expected: Vec<String>,
    pub(crate) mended: Vec<Line>,
}

/// A row of a table, by the name of its column.
#[derive(Clone, Debug)]
pub(crate) struct Line(BTreeMap<String, String>);

impl Line {
    /// The text in a column; empty when there is none.
    pub(crate) fn get(&self, column: &str) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }
}

/// Reads a page; `Err` says what is missing.
pub(crate) fn read(name: &str, text: &str) -> Result<Page, String> {
    let title = text.lines().next().and_then(|line| line.strip_prefix("# ")).unwrap_or_default();
    let section =
        |heading: &str| section(text, heading).ok_or_else(|| format!("{name}: manca «## {heading}»"));
    let option = |key: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(&format!("{key}: ")));
        line.map(|value| value.trim().trim_end_matches('.').to_owned())
    };
    let month = option("Mese di riferimento").unwrap_or_else(|| "2019-03".to_owned());
    if section("Perché")?.trim().is_empty() {
        return Err(format!("{name}: «Perché» è vuoto"));
    }
    Ok(Page {
        name: name.to_owned(),
        title: title.to_owned(),
        month: YearMonth::parse(&month).ok_or_else(|| format!("{name}: mese «{month}»"))?,
        whole: option("Comando").is_some_and(|command| command == "consolida"),
        example: table(section("Esempio")?),
        expected: quotes(section("Rilievo atteso")?),
        mended: table(section("Corretto")?),
    })
}

/// The rows of the section «Guasto».
pub(crate) fn fault(text: &str) -> Vec<Line> {
    section(text, "Guasto").map_or_else(Vec::new, table)
}

fn section<'a>(text: &'a str, heading: &str) -> Option<&'a str> {
    let start = text.find(&format!("\n## {heading}\n"))? + heading.len() + 5;
    let rest = &text[start..];
    Some(rest.find("\n## ").map_or(rest, |end| &rest[..end]))
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
        match line.strip_prefix('>') {
            Some(words) if open => {
                let last = quotes.last_mut().unwrap();
                last.push(' ');
                last.push_str(words.trim());
            }
            Some(words) => {
                quotes.push(words.trim().to_owned());
                open = true;
            }
            None => open = false,
        }
    }
    quotes
}
