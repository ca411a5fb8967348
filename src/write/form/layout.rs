//! Where everything stands in a scheda's sheet, before a single cell is written.
//!
//! Each line of the sheet is one `Line`; its place in the list is its row. The sheet, the live formulas and
//! the manifest all read the same list, so that they cannot disagree. The numbers come first, one band for
//! each indicator; then a slim row of explanations for each; then the texts.

use super::asked::{Input, KEY};
use super::cells::own;
use super::register::RegisterLayout;
use crate::excel::{Formula, Sign};
use crate::interpret::idle_key;
use crate::model::{CellRef, Month, OfficeId, TimeKind, VoceKey, VoceType};
use crate::plan::{Action, Indicator, Milestone, Plan, Scheda, Voce};

/// Texts.
pub(super) const LABEL: u16 = 1;
/// Units.
pub(super) const UNIT: u16 = 2;
/// Values that are one for the year.
pub(super) const YEAR: u16 = 3;
/// January; the other months follow.
pub(super) const JANUARY: u16 = 4;
/// A locked column after the months: what is cut and pasted never reaches it, and no formula stands before
/// it, so that what is looked up in the row never leads back to who asks.
pub(super) const END: u16 = 16;
/// The year to date, and the results.
pub(super) const TOTAL: u16 = 17;
/// The verdict.
pub(super) const CHECK: u16 = 18;
/// The reason of an n.a.; beside a result, its distance from the target.
pub(super) const REASON: u16 = 19;
/// Hidden: the codes of the entries, one for each month.
pub(super) const CODES: u16 = 20;
/// Hidden: the worst code of the row.
pub(super) const WORST: u16 = 32;
/// Hidden: the month of the worst code.
pub(super) const WHEN: u16 = 33;
/// Hidden: what is typed, one cell for each month; of a value that is one for the year, the first.
pub(super) const TYPED: u16 = 34;
/// Hidden: what counts up to the chosen month.
pub(super) const COUNTED: u16 = 46;
/// Hidden: whether the row has something due in the chosen month.
pub(super) const DUE: u16 = 58;
/// Hidden: whether it is there.
pub(super) const HAVE: u16 = 59;
/// Hidden: how many earlier months lack it.
pub(super) const GAPS: u16 = 60;
/// Hidden: how many entries are to be put right.
pub(super) const WRONG: u16 = 61;
/// Hidden: whether an explanation is owed.
pub(super) const OWED: u16 = 62;

/// The first column of the note, and the last.
pub(super) const NOTE: (u16, u16) = (JANUARY, JANUARY + 6);
/// Those of the evidence.
pub(super) const EVIDENCE: (u16, u16) = (JANUARY + 7, TOTAL);
/// Those of the cause.
pub(super) const CAUSE: (u16, u16) = (UNIT, YEAR);
/// Where the target begins in a band.
pub(super) const TARGET: u16 = JANUARY + 5;

/// The row of the headings.
pub(super) const HEADER: u32 = 2;
/// The row of the sentence, where the hidden columns have the names of the months and the sums.
pub(super) const SENTENCE: u32 = 1;

/// Width of a column, in pixels.
pub(super) fn width(col: u16) -> u32 {
    match col {
        KEY => 190,
        LABEL => 194,
        UNIT => 46,
        YEAR => 74,
        TOTAL => 68,
        CHECK => 206,
        REASON => 88,
        END => 6,
        _ => 37,
    }
}

/// Width of a run of columns, ends included.
pub(super) fn span_width(first: u16, last: u16) -> u32 {
    (first..=last).map(width).sum()
}

/// The place of a month among twelve cells that begin at `first`.
pub(super) fn at_month(first: u16, month: Month) -> u16 {
    first + u16::try_from(month.number()).unwrap_or(1) - 1
}

/// The column of a month.
pub(super) fn month_col(month: Month) -> u16 {
    at_month(JANUARY, month)
}

/// A line of the sheet.
#[derive(Clone, Copy, Debug)]
pub(super) enum Line<'a> {
    Title,
    Sentence,
    Header,
    Band(&'a Indicator),
    Voce(&'a Indicator, &'a Voce),
    Declared(&'a Voce),
    Idle,
    Gap,
    RemarksHead,
    Remarks(&'a Indicator),
    Heading(&'static str),
    Strategic,
    Action(&'a Action),
    Help(&'a Indicator),
    Paragraph(&'a str),
    Milestone(&'a Milestone),
}

/// A scheda's sheet in an office's workbook, with the sheets of its registers.
pub(super) struct Layout<'a> {
    pub plan: &'a Plan,
    pub office: &'a OfficeId,
    pub scheda: &'a Scheda,
    pub registers: Vec<RegisterLayout<'a>>,
    pub lines: Vec<Line<'a>>,
}

impl<'a> Layout<'a> {
    /// The sheet, with registers of so many rows.
    pub(super) fn of(plan: &'a Plan, office: &'a OfficeId, scheda: &'a Scheda, rows: u32) -> Self {
        let own = || scheda.indicators_of(office);
        let mut lines = vec![Line::Title, Line::Sentence, Line::Header];
        for indicator in own() {
            lines.push(Line::Band(indicator));
            lines.extend(indicator.voci.iter().map(|voce| match &voce.register {
                Some(_) => Line::Declared(voce),
                None => Line::Voce(indicator, voce),
            }));
        }
        lines.extend([Line::Idle, Line::Gap, Line::RemarksHead]);
        lines.extend(own().map(Line::Remarks));
        push_texts(&mut lines, office, scheda);
        let registers =
            own().flat_map(|indicator| RegisterLayout::of_indicator(plan, office, indicator, rows));
        Self { plan, office, scheda, registers: registers.collect(), lines }
    }

    /// The sheet's name.
    pub(super) fn name(&self) -> String {
        sheet_name(self.scheda)
    }

    /// Every line with its row.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u32, Line<'a>)> {
        (0_u32..).zip(self.lines.iter().copied())
    }

    /// The last row of the explanations: the page ends there.
    pub(super) fn last_remark(&self) -> u32 {
        let remarks = self.rows().filter(|(_, line)| matches!(line, Line::Remarks(_)));
        remarks.last().map_or(HEADER, |(row, _)| row)
    }

    /// The voce called `key`, if it stands in this sheet, with its row.
    pub(super) fn voce(&self, key: &VoceKey) -> Option<(u32, &'a Voce)> {
        self.rows().find_map(|(row, line)| match line {
            Line::Voce(_, voce) if &voce.key == key => Some((row, voce)),
            _ => None,
        })
    }

    /// The row on which a register is declared, and its own sheet.
    pub(super) fn register(&self, key: &VoceKey) -> Option<(u32, &RegisterLayout<'a>)> {
        let declared = self.rows().find_map(|(row, line)| match line {
            Line::Declared(voce) if &voce.key == key => Some(row),
            _ => None,
        })?;
        Some((declared, self.registers.iter().find(|own| &own.voce.key == key)?))
    }

    /// The row of an indicator's explanations.
    pub(super) fn remarks(&self, indicator: &Indicator) -> Option<u32> {
        self.rows().find_map(|(row, line)| match line {
            Line::Remarks(own) if own.code == indicator.code => Some(row),
            _ => None,
        })
    }

    /// The row of an indicator's band.
    pub(super) fn band(&self, indicator: &Indicator) -> Option<u32> {
        self.rows().find_map(|(row, line)| match line {
            Line::Band(own) if own.code == indicator.code => Some(row),
            _ => None,
        })
    }

    /// Every input cell of the sheet, in its order.
    pub(super) fn inputs(&self) -> Vec<Input> {
        self.rows().flat_map(|(row, line)| self.line_inputs(row, line)).collect()
    }

    /// The key of the row in which an office says that nothing happened.
    pub(super) fn idle_key(&self) -> String {
        idle_key(self.scheda.number)
    }

    /// Whether the office says that nothing happened in a month; `None` where it is not asked.
    pub(super) fn is_idle(&self, month: Month) -> Option<Formula> {
        let (row, _) = self.rows().find(|(_, line)| matches!(line, Line::Idle))?;
        Some(own(row, at_month(TYPED, month)).signed(Sign::Unlike, Formula::none()))
    }

    fn line_inputs(&self, row: u32, line: Line<'_>) -> Vec<Input> {
        let at = |col| CellRef { row, col };
        match line {
            Line::Voce(_, voce) if voce.is_input() => {
                let mut inputs: Vec<Input> = if voce.time.by_month() {
                    let month =
                        |month| Input::monthly(voce.key.as_str(), month, voce.kind, at(month_col(month)));
                    Month::all().map(month).collect()
                } else if voce.time == TimeKind::Annuale {
                    vec![Input::single(voce.key.as_str(), voce.kind, at(YEAR))]
                } else {
                    Vec::new()
                };
                inputs.push(Input::single(voce.key.reason_key(), VoceType::Testo, at(REASON)));
                inputs
            }
            Line::Declared(voce) => {
                vec![Input::single(declared_key(&voce.key), VoceType::Conteggio, at(YEAR))]
            }
            Line::Idle => {
                let key = self.idle_key();
                let month =
                    |month| Input::monthly(key.as_str(), month, VoceType::Testo, at(month_col(month)));
                Month::all().map(month).collect()
            }
            Line::Remarks(indicator) => [("causa", CAUSE), ("nota", NOTE), ("fonte", EVIDENCE)]
                .map(|(what, (first, _))| {
                    Input::single(indicator.code.manifest_key(what), VoceType::Testo, at(first))
                })
                .into(),
            _ => Vec::new(),
        }
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

fn push_texts<'a>(lines: &mut Vec<Line<'a>>, office: &OfficeId, scheda: &'a Scheda) {
    lines.extend([Line::Gap, Line::Heading("Come si leggono gli indicatori"), Line::Strategic]);
    for action in &scheda.actions {
        let mut own = action.indicators.iter().filter(|i| i.offices.contains(office)).peekable();
        if own.peek().is_some() {
            lines.push(Line::Action(action));
        }
        lines.extend(own.map(Line::Help));
    }
    let parts = [("Descrizione della scheda", &scheda.description), ("Benefici attesi", &scheda.benefits)];
    for (heading, text) in parts.into_iter().filter(|(_, text)| !text.trim().is_empty()) {
        lines.extend([Line::Gap, Line::Heading(heading), Line::Paragraph(text)]);
    }
    if !scheda.milestones.is_empty() {
        lines.extend([Line::Gap, Line::Heading("Fasi e scadenze")]);
        lines.extend(scheda.milestones.iter().map(Line::Milestone));
    }
}
