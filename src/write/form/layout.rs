//! Where everything stands in a scheda's sheet, before a single cell is written.
//!
//! Each line of the sheet is one `Line`; its place in the list is its row. The sheet, the live formulas and
//! the manifest all read the same list, so that they cannot disagree.

use crate::formula::Expr;
use crate::model::{CellRef, Month, OfficeId, TimeKind, VoceKey, VoceType};
use crate::plan::{Action, Indicator, Milestone, Plan, Register, Scheda, Voce};
use crate::write::style;

/// Hidden: the key of the row.
pub(super) const KEY: u16 = 0;
/// Texts.
pub(super) const LABEL: u16 = 1;
/// Units.
pub(super) const UNIT: u16 = 2;
/// Values that are one for the year.
pub(super) const YEAR: u16 = 3;
/// January; the other months follow.
const JANUARY: u16 = 4;
/// Live totals: the last column.
pub(super) const TOTAL: u16 = 16;
/// Rows of a register in a new workbook.
pub(super) const REGISTER_ROWS: u32 = 40;

/// Width of a column, in pixels.
pub(super) fn width(col: u16) -> u32 {
    match col {
        KEY => 190,
        LABEL => 310,
        UNIT => 76,
        YEAR => 92,
        TOTAL => 84,
        _ => 78,
    }
}

/// Width of a run of columns, ends included.
pub(super) fn span_width(first: u16, last: u16) -> u32 {
    (first..=last).map(width).sum()
}

/// The column of a month.
pub(super) fn month_col(month: Month) -> u16 {
    JANUARY + u16::try_from(month.number()).unwrap_or(1) - 1
}

/// A line of the sheet.
#[derive(Clone, Copy, Debug)]
pub(super) enum Line<'a> {
    Title,
    Subtitle,
    Header,
    Strategic,
    Action(&'a Action),
    Gap,
    Band(&'a Indicator),
    Context(&'a Indicator),
    Voce(&'a Voce),
    RegisterTitle(&'a Voce),
    Declared(&'a Voce),
    RegisterHead(&'a Voce, &'a Register),
    RegisterRow(&'a Voce, &'a Register, u32),
    Result(&'a Indicator),
    Note(&'a Indicator),
    Evidence(&'a Indicator),
    Heading(&'static str),
    Paragraph(&'a str),
    Milestone(&'a Milestone),
}

/// An input cell.
#[derive(Clone, Debug)]
pub(super) struct Input {
    pub key: String,
    pub month: Option<Month>,
    pub row: Option<u32>,
    pub column: Option<String>,
    pub kind: VoceType,
    pub cell: CellRef,
}

/// A scheda's sheet in an office's workbook.
pub(super) struct Layout<'a> {
    pub plan: &'a Plan,
    pub office: &'a OfficeId,
    pub scheda: &'a Scheda,
    /// Rows of each register.
    pub register_rows: u32,
    pub lines: Vec<Line<'a>>,
}

impl<'a> Layout<'a> {
    /// The sheet of a new workbook.
    #[cfg(test)]
    pub(super) fn new(plan: &'a Plan, office: &'a OfficeId, scheda: &'a Scheda) -> Self {
        Self::with_rows(plan, office, scheda, REGISTER_ROWS)
    }

    /// The sheet with registers of as many rows.
    pub(super) fn with_rows(
        plan: &'a Plan,
        office: &'a OfficeId,
        scheda: &'a Scheda,
        register_rows: u32,
    ) -> Self {
        let mut lines = vec![Line::Title, Line::Subtitle, Line::Header, Line::Strategic];
        for action in &scheda.actions {
            let mut own = action.indicators.iter().filter(|i| i.offices.contains(office)).peekable();
            if own.peek().is_some() {
                lines.push(Line::Action(action));
            }
            own.for_each(|indicator| push_indicator(&mut lines, indicator, register_rows));
        }
        push_about(&mut lines, scheda);
        Self { plan, office, scheda, register_rows, lines }
    }

    /// The sheet's name.
    pub(super) fn name(&self) -> String {
        sheet_name(self.scheda)
    }

    /// Every line with its row.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u32, Line<'a>)> {
        (0_u32..).zip(self.lines.iter().copied())
    }

    /// The voce called `key`, if it stands in this sheet, with its row.
    pub(super) fn voce(&self, key: &VoceKey) -> Option<(u32, &'a Voce)> {
        self.rows().find_map(|(row, line)| match line {
            Line::Voce(voce) if &voce.key == key => Some((row, voce)),
            _ => None,
        })
    }

    /// The register called `key`: the row of its declaration, that of its first row, its shape.
    pub(super) fn register(&self, key: &VoceKey) -> Option<(u32, u32, &'a Voce, &'a Register)> {
        let declared = self.rows().find_map(|(row, line)| match line {
            Line::Declared(voce) if &voce.key == key => Some(row),
            _ => None,
        })?;
        self.rows().find_map(|(row, line)| match line {
            Line::RegisterRow(voce, register, 1) if &voce.key == key => Some((declared, row, voce, register)),
            _ => None,
        })
    }

    /// Every input cell, in the order of the sheet.
    pub(super) fn inputs(&self) -> Vec<Input> {
        self.rows().flat_map(|(row, line)| line_inputs(row, line)).collect()
    }

    /// What this sheet's formulas ask of a register, each thing once.
    pub(super) fn asked_of(&self, register: &VoceKey) -> Vec<&'a Expr> {
        let mut asked: Vec<&Expr> = Vec::new();
        for indicator in self.scheda.indicators_of(self.office) {
            for node in indicator.formula.expr().asked_of(register) {
                if !asked.contains(&node) {
                    asked.push(node);
                }
            }
        }
        asked
    }
}

/// The name of a scheda's sheet.
pub(super) fn sheet_name(scheda: &Scheda) -> String {
    format!("Scheda {}", scheda.number)
}

/// The key of a register's declaration.
pub(super) fn declared_key(register: &VoceKey) -> String {
    format!("{register}.completo")
}

/// Columns left free at the right of a register, for its live values.
const LIVE: u16 = 3;

/// The columns that each field of a register takes, ends included: the first under the texts, then from the
/// year's column on; a text takes several columns, the last one all the room there is, and so does a title
/// with a long word.
pub(super) fn register_spans(register: &Register) -> Vec<(u16, u16)> {
    let last = register.columns.len().saturating_sub(1);
    let mut next = YEAR;
    let mut spans = Vec::new();
    for (index, column) in register.columns.iter().enumerate() {
        if index == 0 {
            spans.push((LABEL, LABEL));
            continue;
        }
        let wanted = match column.kind {
            VoceType::Testo if index == last => (TOTAL - LIVE).saturating_sub(next),
            VoceType::Testo => 2,
            _ => 0,
        };
        let fits = |wide: &u16| style::longest_word_fits(&column.label, span_width(next, next + wide));
        let wide = (wanted..6).find(fits).unwrap_or(wanted.max(6));
        spans.push((next, next + wide));
        next += wide + 1;
    }
    spans
}

/// The column of a register's live value number `index`, from 0.
pub(super) fn live_col(register: &Register, index: usize) -> u16 {
    let last = register_spans(register).iter().map(|(_, last)| *last).max().unwrap_or(LABEL);
    last.max(UNIT) + 1 + u16::try_from(index).unwrap_or(0)
}

/// The place of a field in a row.
pub(super) fn field_col(register: &Register, key: &str) -> Option<u16> {
    let index = register.columns.iter().position(|column| column.key == key)?;
    register_spans(register).get(index).map(|(first, _)| *first)
}

fn push_indicator<'a>(lines: &mut Vec<Line<'a>>, indicator: &'a Indicator, register_rows: u32) {
    lines.extend([Line::Gap, Line::Band(indicator), Line::Context(indicator)]);
    for voce in &indicator.voci {
        match &voce.register {
            None => lines.push(Line::Voce(voce)),
            Some(register) => {
                lines.extend([Line::RegisterTitle(voce), Line::Declared(voce)]);
                lines.push(Line::RegisterHead(voce, register));
                lines.extend((1..=register_rows).map(|ordinal| Line::RegisterRow(voce, register, ordinal)));
            }
        }
    }
    lines.extend([Line::Result(indicator), Line::Note(indicator), Line::Evidence(indicator)]);
}

fn push_about<'a>(lines: &mut Vec<Line<'a>>, scheda: &'a Scheda) {
    let parts = [("Descrizione della scheda", &scheda.description), ("Benefici attesi", &scheda.benefits)];
    for (heading, text) in parts.into_iter().filter(|(_, text)| !text.trim().is_empty()) {
        lines.extend([Line::Gap, Line::Heading(heading), Line::Paragraph(text)]);
    }
    if !scheda.milestones.is_empty() {
        lines.extend([Line::Gap, Line::Heading("Fasi e scadenze")]);
        lines.extend(scheda.milestones.iter().map(Line::Milestone));
    }
}

fn line_inputs(row: u32, line: Line<'_>) -> Vec<Input> {
    let single = |key: String, kind, col| {
        vec![Input { key, month: None, row: None, column: None, kind, cell: CellRef { row, col } }]
    };
    match line {
        Line::Voce(voce) if !voce.is_input() => Vec::new(),
        Line::Voce(voce) if voce.time.by_month() => Month::all()
            .map(|month| Input {
                month: Some(month),
                cell: CellRef { row, col: month_col(month) },
                ..bare(voce.key.to_string(), voce.kind)
            })
            .collect(),
        Line::Voce(voce) if voce.time == TimeKind::Annuale => single(voce.key.to_string(), voce.kind, YEAR),
        Line::Declared(voce) => single(declared_key(&voce.key), VoceType::Conteggio, YEAR),
        Line::Note(indicator) => single(indicator.code.manifest_key("nota"), VoceType::Testo, YEAR),
        Line::Evidence(indicator) => single(indicator.code.manifest_key("fonte"), VoceType::Testo, YEAR),
        Line::RegisterRow(voce, register, ordinal) => register
            .columns
            .iter()
            .zip(register_spans(register))
            .map(|(column, (first, _))| Input {
                row: Some(ordinal),
                column: Some(column.key.clone()),
                cell: CellRef { row, col: first },
                ..bare(voce.key.to_string(), column.kind)
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn bare(key: String, kind: VoceType) -> Input {
    Input { key, month: None, row: None, column: None, kind, cell: CellRef { row: 0, col: 0 } }
}
