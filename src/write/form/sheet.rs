//! A scheda's sheet, written line by line.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};

use super::canvas::Canvas;
use super::fill::{Fill, FillKey};
use super::input::{month_validation, put, text_validation, validation};
use super::layout::{
    KEY, LABEL, Layout, Line, TOTAL, UNIT, YEAR, declared_key, month_col, span_width, width,
};
use super::live::LiveCells;
use super::page;
use super::register;
use super::result::is_whole;
use super::words;
use super::writer::Writer;
use crate::excel::cell_of_day;
use crate::model::{CellRef, Month, Value, VoceType, date_it};
use crate::plan::{Domain, Indicator, Voce};
use crate::read::Area;
use crate::write::style;

/// Writes the sheet of `layout`.
pub(super) fn write(book: &mut Workbook, layout: &Layout<'_>, fill: &Fill) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(layout.name())?;
    page::set_up(sheet, layout.plan, layout.office)?;
    sheet.set_tab_color(style::ACCENT);
    for col in KEY..=TOTAL {
        sheet.set_column_width_pixels(col, width(col))?;
    }
    sheet.set_column_hidden(KEY)?;
    lines(sheet, layout, fill)?;
    let (header, end) = layout.rows().fold((0, 0), |(header, _), (row, line)| {
        (if matches!(line, Line::Header) { row } else { header }, row)
    });
    sheet.set_freeze_panes(header + 1, YEAR)?;
    sheet.set_repeat_rows(0, header)?;
    sheet.set_print_area(0, LABEL, end, TOTAL)?;
    if let Some(first) = layout.inputs().first() {
        sheet.set_selection(first.cell.row, first.cell.col, first.cell.row, first.cell.col)?;
    }
    Ok(())
}

/// Writes every line of `layout`.
pub(super) fn lines(sheet: &mut dyn Canvas, layout: &Layout<'_>, fill: &Fill) -> Result<(), XlsxError> {
    let live = LiveCells::of(layout, fill);
    let mut writer = Writer { sheet, layout, fill, live: &live };
    layout.rows().try_for_each(|(row, line)| writer.line(row, line))
}

impl Writer<'_> {
    fn line(&mut self, row: u32, line: Line<'_>) -> Result<(), XlsxError> {
        match line {
            Line::Title => self.title(row),
            Line::Subtitle => {
                let office = self.layout.plan.office_name(self.layout.office);
                let text = format!("{office} · {} · anno {}", self.layout.plan.ente, self.layout.plan.year);
                self.text(row, LABEL, &text, &style::text().set_font_color(style::MUTED))
            }
            Line::Header => self.header(row),
            Line::Strategic => {
                let scheda = self.layout.scheda;
                let text = format!(
                    "Prospettiva: {}\nObiettivo strategico: {}",
                    scheda.perspective, scheda.strategic
                );
                self.across(row, LABEL, TOTAL, &text, &style::muted())
            }
            Line::Action(action) => {
                let text = format!("Obiettivo operativo: {}\nAzione: {}", action.objective, action.text);
                self.across(row, LABEL, TOTAL, &text, &style::muted())
            }
            Line::Gap => self.sheet.height(row, 12),
            Line::Band(indicator) => self.band(row, indicator),
            Line::Context(indicator) => {
                let text = words::context(self.layout.plan, self.layout.office, indicator);
                self.across(row, LABEL, TOTAL, &text, &style::muted())
            }
            Line::Voce(voce) => self.voce(row, voce),
            Line::RegisterTitle(voce) => register::title(self, row, voce),
            Line::Declared(voce) => self.declared(row, voce),
            Line::RegisterHead(voce, shape) => register::head(self, row, voce, shape),
            Line::RegisterRow(voce, shape, 1) => register::rows(self, row, voce, shape),
            // Written with the first one.
            Line::RegisterRow(..) => Ok(()),
            Line::Result(indicator) => self.result(row, indicator),
            Line::Note(indicator) => self.free_text(row, &indicator.code.manifest_key("nota"), &words::NOTE),
            Line::Evidence(indicator) => {
                self.free_text(row, &indicator.code.manifest_key("fonte"), &words::EVIDENCE)
            }
            Line::Heading(text) => {
                self.sheet.height(row, style::LINE)?;
                self.text(row, LABEL, text, &style::text().set_bold().set_font_color(style::ACCENT_DARK))
            }
            Line::Paragraph(text) => self.across(row, LABEL, TOTAL, text.trim(), &style::wrapped()),
            Line::Milestone(milestone) => {
                let text = format!("Entro il {}: {}", date_it(milestone.date), milestone.text);
                self.across(row, LABEL, TOTAL, &text, &style::wrapped())
            }
        }
    }

    fn title(&mut self, row: u32) -> Result<(), XlsxError> {
        let scheda = self.layout.scheda;
        self.sheet.height(row, style::HEADING_LINE + 5)?;
        self.text(row, LABEL, &format!("Scheda {} – {}", scheda.number, scheda.title), &style::heading())?;
        let to = format!("internal:'{}'!B1", super::instructions::NAME);
        let format = style::link().set_align(FormatAlign::Right);
        self.sheet.link(row, TOTAL, &to, "Istruzioni", &format)
    }

    fn header(&mut self, row: u32) -> Result<(), XlsxError> {
        self.key(row, "mesi")?;
        self.text(row, LABEL, "Voce", &style::header_left())?;
        self.text(row, UNIT, "Unità", &style::header())?;
        self.text(row, YEAR, "Anno", &style::header())?;
        for month in Month::all() {
            self.text(row, month_col(month), &month.short(), &style::header())?;
        }
        self.text(row, TOTAL, "Totale", &style::header())
    }

    fn band(&mut self, row: u32, indicator: &Indicator) -> Result<(), XlsxError> {
        let (text_end, target_start) = (TOTAL - 5, TOTAL - 4);
        let text = format!("{}  {}", indicator.code, indicator.text);
        let target = format!("Target: {}", indicator.target.printed);
        let target_format = style::band().set_align(FormatAlign::Right);
        self.sheet.merge(row, (LABEL, text_end), &text, &style::band())?;
        self.sheet.merge(row, (target_start, TOTAL), &target, &target_format)?;
        let lines = style::lines(&text, span_width(LABEL, text_end), true).max(style::lines(
            &target,
            span_width(target_start, TOTAL),
            true,
        ));
        self.sheet.height(row, lines * style::LINE + 6)
    }

    fn voce(&mut self, row: u32, voce: &Voce) -> Result<(), XlsxError> {
        self.key(row, voce.key.as_str())?;
        self.text(row, LABEL, &voce.label, &style::cell())?;
        self.text(row, UNIT, words::unit(voce), &style::unit())?;
        let mut lines = style::lines(&voce.label, width(LABEL), false).max(style::lines(
            words::unit(voce),
            width(UNIT),
            false,
        ));
        if voce.time.by_month() && voce.is_input() {
            self.months(row, voce)?;
        } else {
            lines = lines.max(self.year(row, voce)?);
        }
        self.sheet.height(row, lines * style::LINE + 4)
    }

    fn months(&mut self, row: u32, voce: &Voce) -> Result<(), XlsxError> {
        self.sheet.blank(row, YEAR, &style::cell())?;
        let last = voce.last_counting(Month::DECEMBER);
        for month in Month::all() {
            let format = if month > last { style::input_idle(voce.kind) } else { style::input(voce.kind) };
            let cell = CellRef { row, col: month_col(month) };
            put(self.sheet, cell, self.fill.get(&FillKey::monthly(voce.key.as_str(), month)), &format)?;
        }
        let first = CellRef { row, col: month_col(Month::JANUARY) };
        let area = Area { first, last: CellRef { row, col: month_col(Month::DECEMBER) } };
        self.validate(area, voce)?;
        self.live(CellRef { row, col: TOTAL }, style::number_format(voce.kind))?;
        Ok(())
    }

    /// A value that is one for the year, with its help beside; how many lines the help takes.
    fn year(&mut self, row: u32, voce: &Voce) -> Result<u32, XlsxError> {
        let cell = CellRef { row, col: YEAR };
        let help = match &voce.fixed {
            Some(fixed) => {
                self.fixed(cell, voce.kind, &fixed.value)?;
                format!("Dato del piano, non si modifica. Fonte: {}", fixed.source)
            }
            None => {
                let value = self.fill.get(&FillKey::single(voce.key.as_str()));
                put(self.sheet, cell, value, &style::input(voce.kind))?;
                self.validate(Area { first: cell, last: cell }, voce)?;
                words::guide(voce)
            }
        };
        self.sheet.merge(row, (YEAR + 1, TOTAL), &help, &style::cell_muted())?;
        Ok(style::lines(&help, span_width(YEAR + 1, TOTAL), false))
    }

    /// Lets in what the entries of a voce may be.
    fn validate(&mut self, area: Area, voce: &Voce) -> Result<(), XlsxError> {
        let domain = voce.domain(None).without_days(self.layout.plan.days_beyond(voce));
        let rule = validation(&domain, area.first, &words::guide(voce))?;
        self.sheet.validation(area, domain != Domain::Text, &rule)
    }

    fn fixed(&mut self, cell: CellRef, kind: VoceType, value: &Value) -> Result<(), XlsxError> {
        let CellRef { row, col } = cell;
        let format = style::locked(kind);
        match value {
            Value::Number(number) => self.sheet.number(row, col, number.to_f64(), Some(&format)),
            Value::Date(date) => self.sheet.number(row, col, cell_of_day(*date), Some(&format)),
            Value::Flag(_) | Value::Text(_) => self.sheet.text(row, col, &value.to_people(), Some(&format)),
        }
    }

    fn declared(&mut self, row: u32, voce: &Voce) -> Result<(), XlsxError> {
        let key = declared_key(&voce.key);
        self.key(row, &key)?;
        self.text(row, LABEL, words::DECLARED, &style::cell())?;
        self.text(row, UNIT, "1-12", &style::unit())?;
        let cell = CellRef { row, col: YEAR };
        put(self.sheet, cell, self.fill.get(&FillKey::single(key)), &style::input(VoceType::Conteggio))?;
        self.sheet.validation(Area { first: cell, last: cell }, true, &month_validation(cell)?)?;
        self.sheet.merge(row, (YEAR + 1, TOTAL), words::DECLARED_HELP, &style::cell_muted())?;
        let lines = style::lines(words::DECLARED_HELP, span_width(YEAR + 1, TOTAL), false).max(style::lines(
            words::DECLARED,
            width(LABEL),
            false,
        ));
        self.sheet.height(row, lines * style::LINE + 4)
    }

    fn result(&mut self, row: u32, indicator: &Indicator) -> Result<(), XlsxError> {
        let label = words::result_label(indicator);
        let explained = words::result_help(self.layout, indicator);
        let bold = style::cell().set_bold().set_background_color(style::ACCENT_PALE);
        self.text(row, LABEL, label, &bold)?;
        let unit = words::result_unit(indicator);
        self.text(row, UNIT, unit, &style::unit().set_background_color(style::ACCENT_PALE))?;
        let whole = is_whole(indicator.formula.expr(), self.layout);
        let format = style::result_format(indicator.formula.unit(), words::is_percent(indicator), whole);
        if !self.live(CellRef { row, col: YEAR }, format)? {
            self.text(row, YEAR, "nel consolidato", &style::cell_muted())?;
        }
        let pale = style::cell().set_background_color(style::ACCENT_PALE);
        self.sheet.merge(row, (YEAR + 1, TOTAL), &explained, &pale)?;
        let lines = style::lines(&explained, span_width(YEAR + 1, TOTAL), false)
            .max(style::lines(label, width(LABEL), true))
            .max(style::lines(unit, width(UNIT), false));
        self.sheet.height(row, lines * style::LINE + 4)
    }

    fn free_text(&mut self, row: u32, key: &str, what: &words::FreeText) -> Result<(), XlsxError> {
        self.key(row, key)?;
        self.sheet.merge(row, (LABEL, UNIT), what.label, &style::cell())?;
        let format = style::input(VoceType::Testo);
        self.sheet.merge(row, (YEAR, TOTAL), "", &format)?;
        let value = self.fill.get(&FillKey::single(key));
        put(self.sheet, CellRef { row, col: YEAR }, value, &format)?;
        let rule = text_validation(what.title, what.message)?;
        let area = Area { first: CellRef { row, col: YEAR }, last: CellRef { row, col: TOTAL } };
        self.sheet.validation(area, false, &rule)?;
        let typed = match value {
            super::fill::FillValue::Text(text) => style::lines(text, span_width(YEAR, TOTAL), false),
            _ => 1,
        };
        let lines = typed.max(style::lines(what.label, span_width(LABEL, UNIT), false)).max(what.lines);
        self.sheet.height(row, lines * style::LINE + 4)
    }

    /// The formula of a cell, with its result; whether it has one.
    pub(super) fn live(&mut self, cell: CellRef, number_format: &str) -> Result<bool, XlsxError> {
        let Some(live) = self.live.at(cell) else { return Ok(false) };
        self.sheet.formula(cell, live, &style::computed(number_format))?;
        Ok(true)
    }

    /// The key of a row.
    pub(super) fn key(&mut self, row: u32, key: &str) -> Result<(), XlsxError> {
        self.sheet.text(row, KEY, key, None)
    }

    /// A text in a cell.
    pub(super) fn text(&mut self, row: u32, col: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.sheet.text(row, col, text, Some(format))
    }

    /// A text over several columns, in a row as high as it needs.
    pub(super) fn across(
        &mut self,
        row: u32,
        first: u16,
        last: u16,
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.sheet.merge(row, (first, last), text, format)?;
        let lines = style::lines(text, span_width(first, last), false);
        self.sheet.height(row, lines * style::LINE + 4)
    }
}
