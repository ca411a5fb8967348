//! Under the title: how many tables the sheet holds, which, and a link to each.

use crate::book::{Cell, Row, RowKind};
use crate::model::count;

use super::builder::{Block, Builder, Entry, WIDTHS, span};

/// The first column of the links.
const FIRST: usize = 2;

/// The lines of the links: their name, and the blocks that they lead to.
const LINES: [(&str, &[Block]); 4] = [
    ("Tutta la scheda", &[Block::Printed, Block::Readings, Block::Milestones]),
    ("Ricalcolo", &[Block::Figures]),
    ("Contributo degli uffici", &[Block::Offices]),
    ("Mese per mese", &[Block::Months]),
];

impl Builder<'_, '_> {
    /// The rows where the contents will stand: the tables are not there yet.
    pub(super) fn leave_room_for_contents(&mut self) {
        let lines = self.room();
        self.contents_at = self.next_row();
        self.rows.extend((0..lines).map(|_| Row::space()));
    }

    /// How many rows the contents may take: never those of what follows.
    fn room(&self) -> usize {
        self.per_block().saturating_mul(LINES.len() - 1) + 2
    }

    /// Lines of links for the tables of each indicator, and that of the whole scheda.
    fn per_block(&self) -> usize {
        (self.scheda.indicators().count() + 1).div_ceil((WIDTHS.len() - FIRST) / 2)
    }

    /// Writes the contents in the room left for them.
    pub(super) fn tell_contents(&mut self) {
        let mut lines = vec![Row::line(RowKind::Prose, 0, self.contents_in_words(), span())];
        for (name, blocks) in LINES {
            let entries: Vec<&Entry> =
                self.contents.iter().filter(|entry| blocks.contains(&entry.block)).collect();
            for (place, row) in links(&entries).into_iter().enumerate() {
                let name = if place == 0 { name } else { "" };
                let mut cells = vec![Cell::text(name).strong().over(2), Cell::blank()];
                cells.extend(row);
                lines.push(Row::of(RowKind::Prose, cells));
            }
        }
        let at = usize::try_from(self.contents_at).unwrap_or(usize::MAX);
        let room = self.room();
        for (row, line) in self.rows.iter_mut().skip(at).take(room).zip(lines) {
            *row = line;
        }
    }

    /// `Questo foglio contiene 6 tabelle: la scheda, come si legge …`
    fn contents_in_words(&self) -> String {
        let of = |block: Block| self.contents.iter().filter(|entry| entry.block == block).count();
        let named = [
            (Block::Printed, "la scheda"),
            (Block::Milestones, "fasi e scadenze"),
            (Block::Readings, "come si legge"),
            (Block::Figures, "ricalcolo"),
            (Block::Offices, "contributo degli uffici"),
            (Block::Months, "mese per mese"),
        ];
        let words: Vec<String> = named
            .into_iter()
            .map(|(block, name)| (of(block), name))
            .filter(|(number, _)| *number > 0)
            .map(|(number, name)| if number == 1 { name.to_owned() } else { format!("{name} ({number})") })
            .collect();
        let all = count(self.contents.len(), "tabella", "tabelle");
        let colon = if words.is_empty() { "" } else { ": " };
        format!("Questo foglio contiene {all}{colon}{}.", words.join(", "))
    }
}

/// The links, each over as many columns as it needs, in as many lines as they take.
fn links(entries: &[&Entry]) -> Vec<Vec<Cell>> {
    let mut lines: Vec<Vec<Cell>> = vec![Vec::new()];
    for (place, entry) in entries.iter().enumerate() {
        let text = words(entries, place, entry);
        let used = |line: &Vec<Cell>| FIRST + line.len();
        let begins = lines.last().map_or(FIRST, used);
        let (begins, new) = if columns(begins, &text).is_none() { (FIRST, true) } else { (begins, false) };
        if new {
            lines.push(Vec::new());
        }
        let wide = columns(begins, &text).unwrap_or(1);
        if let Some(line) = lines.last_mut() {
            line.push(Cell::link(text, Some(entry.target)).over(wide));
            line.extend((1..wide).map(|_| Cell::blank()));
        }
    }
    lines
}

/// How many columns from `first` on hold a text; `None` when the page ends before.
fn columns(first: usize, text: &str) -> Option<u16> {
    let needed = text.chars().count() + 1;
    let mut held = 0;
    for (place, width) in (1..).zip(WIDTHS.iter().skip(first)) {
        held += usize::from(*width);
        if held >= needed {
            return Some(place);
        }
    }
    None
}

fn words(entries: &[&Entry], place: usize, entry: &Entry) -> String {
    let goes_on = place > 0 && entries.get(place - 1).is_some_and(|before| before.block == entry.block);
    match entry.block {
        Block::Printed | Block::Readings | Block::Milestones if goes_on => "segue ↓".to_owned(),
        Block::Printed => "La scheda ↓".to_owned(),
        Block::Milestones => "Fasi e scadenze ↓".to_owned(),
        Block::Readings => "Come si legge ↓".to_owned(),
        Block::Figures | Block::Offices | Block::Months => format!("{} ↓", entry.label),
    }
}
