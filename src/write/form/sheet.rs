//! A scheda's sheet, written line by line.

use rust_xlsxwriter::{DataValidationErrorStyle, Format, FormatAlign, Workbook, XlsxError};

use super::aids::SPOILED;
use super::asked::KEY;
use super::book::Book;
use super::canvas::{Canvas, put};
use super::fill::{Fill, FillKey, FillValue};
use super::input::{month_validation, text_validation, validation};
use super::layout::{
    CAUSE, CHECK, CODES, EVIDENCE, HEADER, JANUARY, LABEL, Layout, Line, NOTE, OWED, REASON, SENTENCE,
    TARGET, TOTAL, TYPED, UNIT, YEAR, at_month, declared_key, month_col, span_width, width,
};
use super::live::LiveBook;
use super::names;
use super::page;
use super::result::is_whole;
use super::verdict::{Code, TO_EXPLAIN};
use super::words;
use crate::excel::cell_of_day;
use crate::model::{CellRef, Month, OfficeId, TimeKind, Value, VoceType, date_it};
use crate::plan::{CAUSES, Domain, Indicator, Plan, Voce};
use crate::read::Area;
use crate::write::style;

/// Height of a line of nine points, in pixels.
const SMALL_LINE: u32 = 15;
/// The highest that a row of explanations may be, in pixels: six lines; the rest is read in its cell.
const TALLEST: u32 = 96;

/// What is to be put right; a count shows the decimals that it may not have.
fn wrong(kind: VoceType) -> Format {
    match kind {
        VoceType::Conteggio => style::wrong().set_num_format("General"),
        _ => style::wrong(),
    }
}

/// An input cell of a month; one that is closed is shown, and locked.
fn monthly_input(fill: &Fill, month: Month, kind: VoceType) -> Format {
    input_format(fill.is_closed(month), kind)
}

/// An input cell; one in which nobody may type any more is shown, and locked.
pub(super) fn input_format(is_locked: bool, kind: VoceType) -> Format {
    if is_locked { style::locked(kind).set_font_size(10) } else { style::plain_input(kind) }
}

/// Writes the sheet of `layout`.
pub(super) fn write(
    into: &mut Workbook,
    book: &Book<'_>,
    layout: &Layout<'_>,
    fill: &Fill,
) -> Result<(), XlsxError> {
    let sheet = into.add_worksheet().set_name(layout.name())?;
    page::set_up(sheet, layout.plan, layout.office)?;
    sheet.set_tab_color(style::ACCENT);
    for col in KEY..=OWED {
        sheet.set_column_width_pixels(col, width(col))?;
    }
    sheet.set_column_hidden(KEY)?;
    for col in CODES..=OWED {
        sheet.set_column_hidden(col)?;
    }
    lines(sheet, layout, &book.live, fill)?;
    sheet.set_freeze_panes(HEADER + 1, 0)?;
    sheet.set_repeat_rows(0, HEADER)?;
    // Numbers and explanations are one page; the texts below are read on the screen.
    sheet.set_print_fit_to_pages(1, 1);
    sheet.set_print_area(0, KEY, layout.last_remark(), REASON)?;
    let chosen = match fill.get(&FillKey::single("mese")) {
        FillValue::Text(name) => Month::from_name(name),
        _ => None,
    };
    // It opens on the month that is asked.
    let inputs = layout.inputs();
    let asked = inputs.iter().find(|input| chosen.is_some() && input.month == chosen);
    if let Some(first) = asked.or(inputs.first()) {
        sheet.set_selection(first.cell.row, first.cell.col, first.cell.row, first.cell.col)?;
    }
    Ok(())
}

/// Whose sheet it is, as its first row says.
pub(super) fn of_whom(plan: &Plan, office: &OfficeId) -> String {
    plan.sheet_title(office)
}

/// Writes every line of `layout`.
pub(super) fn lines(
    sheet: &mut dyn Canvas,
    layout: &Layout<'_>,
    live: &LiveBook,
    fill: &Fill,
) -> Result<(), XlsxError> {
    let mut writer = Writer { sheet, layout, fill };
    layout.rows().try_for_each(|(row, line)| writer.line(row, line))?;
    writer.formulas(live)?;
    writer.lights()
}

/// A sheet being written.
struct Writer<'a> {
    sheet: &'a mut dyn Canvas,
    layout: &'a Layout<'a>,
    fill: &'a Fill,
}

impl Writer<'_> {
    fn line(&mut self, row: u32, line: Line<'_>) -> Result<(), XlsxError> {
        match line {
            Line::Title => self.title(row),
            Line::Sentence => self.sentence(row),
            Line::Header => self.header(row),
            Line::Band(indicator) => self.band(row, indicator),
            Line::Voce(_, voce) => self.voce(row, voce),
            Line::Declared(voce) => self.declared(row, voce),
            Line::Idle => self.idle(row),
            Line::Gap => self.sheet.height(row, 12),
            Line::RemarksHead => self.remarks_head(row),
            Line::Remarks(indicator) => self.remarks(row, indicator),
            Line::Heading(text) => {
                self.sheet.height(row, style::LINE)?;
                self.text(row, LABEL, text, &style::text().set_bold().set_font_color(style::ACCENT_DARK))
            }
            Line::Strategic => {
                let scheda = self.layout.scheda;
                let text = format!(
                    "Prospettiva: {}\nObiettivo strategico: {}",
                    scheda.perspective, scheda.strategic
                );
                self.across(row, &text, &style::muted())
            }
            Line::Action(action) => {
                let text = format!("Obiettivo operativo: {}\nAzione: {}", action.objective, action.text);
                self.across(row, &text, &style::muted())
            }
            Line::Help(indicator) => {
                let Layout { plan, office, .. } = self.layout;
                self.across(row, &words::help(plan, office, indicator), &style::wrapped())
            }
            Line::Paragraph(text) => self.across(row, text.trim(), &style::wrapped()),
            Line::Milestone(milestone) => {
                let text = format!("Entro il {}: {}", date_it(milestone.date), milestone.text);
                self.across(row, &text, &style::wrapped())
            }
        }
    }

    fn title(&mut self, row: u32) -> Result<(), XlsxError> {
        let (plan, scheda) = (self.layout.plan, self.layout.scheda);
        self.sheet.height(row, 34)?;
        let title = format!("Scheda {} – {}", scheda.number, scheda.title);
        self.sheet.merge(row, (KEY, TARGET - 1), &title, &style::cover_title())?;
        let office = of_whom(plan, self.layout.office);
        let format =
            style::text().set_font_color(style::MUTED).set_font_size(10).set_align(FormatAlign::Right);
        self.sheet.merge(row, (TARGET, CHECK), &office, &style::fitting(format))?;
        let to = format!("internal:'{}'!B1", super::cover::NAME);
        let format = style::link().set_align(FormatAlign::Right);
        self.sheet.link(row, REASON, (&to, "Torna alle istruzioni"), "‹ Istruzioni", &format)
    }

    fn sentence(&mut self, row: u32) -> Result<(), XlsxError> {
        self.sheet.height(row, 28)?;
        self.sheet.merge(row, (LABEL, TOTAL), "", &style::sentence())?;
        let how = "Scrivi e premi Invio: si scende alla casella dopo.";
        let format =
            style::text().set_font_color(style::MUTED).set_font_size(9).set_align(FormatAlign::Right);
        self.sheet.merge(row, (CHECK, REASON), how, &style::fitting(format))?;
        for month in Month::all() {
            self.sheet.text(row, at_month(TYPED, month), month.name(), None)?;
        }
        Ok(())
    }

    fn header(&mut self, row: u32) -> Result<(), XlsxError> {
        self.key(row, "mesi")?;
        self.sheet.height(row, 34)?;
        self.text(row, LABEL, "Voce", &style::header_left())?;
        self.text(row, UNIT, "Unità", &style::header().set_font_size(9))?;
        self.text(row, YEAR, "Anno", &style::header())?;
        for month in Month::all() {
            self.text(row, month_col(month), &month.short(), &style::header().set_font_size(10))?;
        }
        self.text(row, TOTAL, "da inizio anno", &style::header().set_font_size(9))?;
        self.text(row, CHECK, "Controllo", &style::header_left())?;
        self.text(row, REASON, "Motivo del n.a.", &style::header_left().set_font_size(10))
    }

    fn band(&mut self, row: u32, indicator: &Indicator) -> Result<(), XlsxError> {
        self.key(row, &indicator.code.manifest_key("risultato"))?;
        let text = words::band(indicator);
        let target = format!("Target: {}", indicator.target.printed);
        let right = style::slim_band().set_align(FormatAlign::Right).set_font_color(style::TEXT);
        self.sheet.merge(row, (LABEL, TARGET - 1), &text, &style::slim_band())?;
        self.sheet.merge(row, (TARGET, TOTAL - 1), &target, &right)?;
        self.sheet.blank(row, TOTAL, &style::slim_band())?;
        self.sheet.blank(row, CHECK, &style::slim_band())?;
        self.sheet.blank(row, REASON, &style::slim_band())?;
        let lines = style::lines(&text, span_width(LABEL, TARGET - 1), true).max(style::lines(
            &target,
            span_width(TARGET, TOTAL - 1),
            true,
        ));
        self.sheet.height(row, (lines * 16 + 6).max(26))
    }

    fn voce(&mut self, row: u32, voce: &Voce) -> Result<(), XlsxError> {
        self.key(row, voce.key.as_str())?;
        self.text(row, LABEL, &voce.label, &style::slim())?;
        self.text(row, UNIT, words::unit(voce), &style::unit().set_font_size(9))?;
        if voce.time.by_month() && voce.is_input() {
            self.months(row, voce)?;
        } else {
            self.year(row, voce)?;
        }
        self.sheet.blank(row, CHECK, &style::verdict())?;
        if voce.is_input() {
            self.free(row, (REASON, REASON), &voce.key.reason_key(), &words::REASON)?;
        } else {
            self.sheet.blank(row, REASON, &style::slim())?;
        }
        self.row_height(row, &voce.label)
    }

    fn row_height(&mut self, row: u32, label: &str) -> Result<(), XlsxError> {
        let lines = style::lines(label, width(LABEL) + 16, false);
        self.sheet.height(row, (lines * 15 + 2).max(30))
    }

    fn months(&mut self, row: u32, voce: &Voce) -> Result<(), XlsxError> {
        self.sheet.blank(row, YEAR, &style::slim())?;
        for month in Month::all() {
            let cell = CellRef { row, col: month_col(month) };
            let value = self.fill.get(&FillKey::monthly(voce.key.as_str(), month));
            let format = monthly_input(self.fill, month, voce.kind);
            put(self.sheet, cell, value, &style::fitting(format))?;
        }
        let first = CellRef { row, col: JANUARY };
        let area = Area { first, last: CellRef { row, col: month_col(Month::DECEMBER) } };
        let domain = voce.domain(None).without_days(self.layout.plan.days_beyond(voce));
        self.sheet.validation(area, domain != Domain::Text, &validation(&domain, first, None)?)
    }

    /// A value that is one for the year, with its help beside.
    fn year(&mut self, row: u32, voce: &Voce) -> Result<(), XlsxError> {
        let cell = CellRef { row, col: YEAR };
        let help = match &voce.fixed {
            Some(fixed) => {
                self.fixed(cell, voce.kind, &fixed.value)?;
                format!("Dato del piano, non si modifica. Fonte: {}", fixed.source)
            }
            None => {
                let key = FillKey::single(voce.key.as_str());
                let format = input_format(self.fill.is_locked(&key), voce.kind);
                put(self.sheet, cell, self.fill.get(&key), &style::fitting(format))?;
                let domain = voce.domain(None).without_days(self.layout.plan.days_beyond(voce));
                let guide = words::guide(voce);
                let rule = validation(&domain, cell, Some(&guide))?;
                self.sheet.validation(Area { first: cell, last: cell }, domain != Domain::Text, &rule)?;
                guide
            }
        };
        self.sheet.merge(row, (JANUARY, TOTAL), &help, &style::slim().set_font_color(style::MUTED))
    }

    fn fixed(&mut self, cell: CellRef, kind: VoceType, value: &Value) -> Result<(), XlsxError> {
        let CellRef { row, col } = cell;
        let format = style::fitting(style::locked(kind).set_font_size(10));
        match value {
            Value::Number(number) => self.sheet.number(row, col, number.to_f64(), Some(&format)),
            Value::Date(date) => self.sheet.number(row, col, cell_of_day(*date), Some(&format)),
            Value::Flag(_) | Value::Text(_) => self.sheet.text(row, col, &value.to_people(), Some(&format)),
        }
    }

    fn declared(&mut self, row: u32, voce: &Voce) -> Result<(), XlsxError> {
        let key = declared_key(&voce.key);
        self.key(row, &key)?;
        if let Some((_, register)) = self.layout.register(&voce.key) {
            let to = format!("internal:'{}'!B1", register.name);
            let tip = "Apri il registro";
            self.sheet.link(row, LABEL, (&to, tip), &voce.label, &style::slim_link())?;
        }
        self.text(row, UNIT, "mese", &style::unit().set_font_size(9))?;
        let cell = CellRef { row, col: YEAR };
        let format = style::plain_input(VoceType::Conteggio);
        put(self.sheet, cell, self.fill.get(&FillKey::single(key)), &format)?;
        self.sheet.validation(Area { first: cell, last: cell }, true, &month_validation(cell)?)?;
        let help = style::slim().set_font_color(style::MUTED);
        self.sheet.merge(row, (JANUARY, TOTAL), words::DECLARED, &help)?;
        self.sheet.blank(row, CHECK, &style::verdict())?;
        self.sheet.blank(row, REASON, &style::slim())?;
        self.row_height(row, &voce.label)
    }

    fn idle(&mut self, row: u32) -> Result<(), XlsxError> {
        let key = self.layout.idle_key();
        self.key(row, &key)?;
        self.text(row, LABEL, "Nessuna attività nel mese", &style::slim().set_font_color(style::MUTED))?;
        self.text(row, UNIT, "x", &style::unit().set_font_size(9))?;
        self.sheet.blank(row, YEAR, &style::slim())?;
        for month in Month::all() {
            let cell = CellRef { row, col: month_col(month) };
            let value = self.fill.get(&FillKey::monthly(key.as_str(), month));
            let format = monthly_input(self.fill, month, VoceType::Testo);
            put(self.sheet, cell, value, &style::fitting(format))?;
        }
        self.sheet.blank(row, TOTAL, &style::slim())?;
        self.sheet.blank(row, CHECK, &style::verdict())?;
        self.sheet.blank(row, REASON, &style::slim())?;
        self.sheet.height(row, 30)
    }

    fn remarks_head(&mut self, row: u32) -> Result<(), XlsxError> {
        self.text(row, LABEL, "Spiegazioni e fonti", &style::header_left())?;
        let titles = [
            (CAUSE, "Causa"),
            (NOTE, "Nota: che cosa serve sapere"),
            (EVIDENCE, "Fonte: dove si trova la prova dei dati"),
        ];
        for (cols, title) in titles {
            self.sheet.merge(row, cols, title, &style::header_left().set_font_size(10))?;
        }
        self.text(row, CHECK, "Controllo", &style::header_left())?;
        self.text(row, REASON, "Grado su 100", &style::header_left().set_font_size(10))?;
        self.sheet.height(row, 26)
    }

    fn remarks(&mut self, row: u32, indicator: &Indicator) -> Result<(), XlsxError> {
        self.key(row, &indicator.code.manifest_key("spiegazioni"))?;
        let label = format!("{}  {}", indicator.code, words::brief(&indicator.text));
        self.text(row, LABEL, &label, &style::slim().set_font_size(9))?;
        let asked = [
            ("causa", CAUSE, &words::CAUSE),
            ("nota", NOTE, &words::NOTE),
            ("fonte", EVIDENCE, &words::EVIDENCE),
        ];
        for (what, cols, words) in asked {
            self.free(row, cols, &indicator.code.manifest_key(what), words)?;
        }
        self.sheet.blank(row, CHECK, &style::verdict())?;
        self.sheet.blank(row, REASON, &style::slim())?;
        let tall = |what: &str, cols: (u16, u16)| match self
            .fill
            .get(&FillKey::single(indicator.code.manifest_key(what)))
        {
            FillValue::Text(text) => style::lines(text, span_width(cols.0, cols.1), false) * SMALL_LINE + 6,
            _ => 0,
        };
        let height = tall("nota", NOTE).max(tall("fonte", EVIDENCE)).clamp(32, TALLEST);
        self.sheet.height(row, height)
    }

    /// A free text over some columns, with its help.
    fn free(
        &mut self,
        row: u32,
        cols: (u16, u16),
        key: &str,
        what: &words::FreeText,
    ) -> Result<(), XlsxError> {
        let format = style::plain_input(VoceType::Testo).set_font_size(9);
        let first = CellRef { row, col: cols.0 };
        if cols.0 != cols.1 {
            self.sheet.merge(row, cols, "", &format)?;
        }
        put(self.sheet, first, self.fill.get(&FillKey::single(key)), &format)?;
        let rule = text_validation(what.title, what.message)?;
        let rule = if what.title == words::CAUSE.title {
            rule.allow_list_strings(&CAUSES)?
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_title("Scegli la causa")?
                .set_error_message("La causa si sceglie dall'elenco; il resto si scrive nella nota.")?
        } else {
            rule
        };
        let area = Area { first, last: CellRef { row, col: cols.1 } };
        self.sheet.validation(area, what.title == words::CAUSE.title, &rule)
    }

    /// Every formula in its format.
    fn formulas(&mut self, live: &LiveBook) -> Result<(), XlsxError> {
        let name = self.layout.name();
        for cell in live.cells(&name) {
            let Some(own) = live.at(&name, cell) else { continue };
            let format = self.format_of(cell);
            self.sheet.formula(cell, &own, &format)?;
        }
        Ok(())
    }

    fn format_of(&self, cell: CellRef) -> Format {
        let line = usize::try_from(cell.row).ok().and_then(|row| self.layout.lines.get(row));
        let result = |indicator: &Indicator| {
            let whole = is_whole(indicator.formula.expr(), self.layout);
            style::result_format(indicator.formula.unit(), words::is_percent(indicator), whole)
        };
        match (line, cell.col) {
            (Some(Line::Sentence), LABEL) => style::sentence(),
            (Some(Line::Voce(_, voce)), TOTAL) => style::total(style::number_format(voce.kind)),
            (Some(Line::Band(indicator)), TOTAL) => {
                let format = style::slim_band().set_num_format(result(indicator));
                style::fitting(format.set_font_size(10).set_align(FormatAlign::Right))
            }
            (Some(Line::Band(_)), CHECK) => style::slim_band().set_font_size(10).set_indent(1),
            (Some(Line::Band(indicator)), REASON) => {
                let number = style::distance(result(indicator));
                let format = style::slim_band().set_num_format(&number).set_font_size(10);
                style::fitting(format.set_align(FormatAlign::Right))
            }
            (Some(Line::Remarks(_)), REASON) => style::total("0.00"),
            (_, CHECK) => style::verdict(),
            _ => style::text(),
        }
    }

    /// The chosen month is the only bright one; earlier ones that lack something are amber, wrong ones red,
    /// later ones grey.
    fn lights(&mut self) -> Result<(), XlsxError> {
        let column = format!("COLUMN()-{JANUARY}");
        for (row, line) in self.layout.rows() {
            let code = format!(
                "{}{}",
                CellRef { row, col: CODES }.to_string().trim_end_matches(char::is_numeric),
                row + 1
            );
            let area = |first: u16, last: u16| Area {
                first: CellRef { row, col: first },
                last: CellRef { row, col: last },
            };
            match line {
                Line::Voce(_, voce) if voce.is_input() && voce.time.by_month() => {
                    self.month_lights(row, voce, &code)?;
                }
                Line::Voce(_, voce) if voce.is_input() && voce.time == TimeKind::Annuale => {
                    self.mark(
                        area(YEAR, YEAR),
                        &format!("{code}>={}", Code::Part.number()),
                        &wrong(voce.kind),
                    )?;
                    self.mark(
                        area(YEAR, YEAR),
                        &format!("{code}={}", Code::Missing.number()),
                        &style::bright(),
                    )?;
                }
                Line::Declared(_) => {
                    let open = format!(
                        "{}<>{}",
                        CellRef { row, col: super::layout::HAVE },
                        CellRef { row, col: super::layout::DUE }
                    );
                    self.mark(area(YEAR, YEAR), &open, &style::bright())?;
                }
                Line::Band(_) => {
                    let spoiled = CellRef { row, col: CHECK };
                    let opening: String = SPOILED.chars().take(7).collect();
                    let spoiled = format!("LEFT({spoiled},7)=\"{opening}\"");
                    self.mark(area(TOTAL, TOTAL), &spoiled, &style::void())?;
                }
                Line::Remarks(_) => {
                    let owed = format!("{}=1", CellRef { row, col: OWED });
                    self.mark(area(CAUSE.0, NOTE.1), &owed, &style::bright())?;
                }
                Line::Header => {
                    let months = area(JANUARY, month_col(Month::DECEMBER));
                    self.mark(months, &format!("{column}={}", names::MONTH), &style::due_header())?;
                }
                _ => {}
            }
        }
        self.verdicts()
    }

    /// Those of a row of months: grey for good where its office does not answer, or nothing counts.
    fn month_lights(&mut self, row: u32, voce: &Voce, code: &str) -> Result<(), XlsxError> {
        let column = format!("COLUMN()-{JANUARY}");
        let area = |first: u16, last: u16| Area {
            first: CellRef { row, col: first },
            last: CellRef { row, col: last },
        };
        let december = month_col(Month::DECEMBER);
        let Some(own) = voce.counting(self.layout.office, Month::DECEMBER) else {
            return self.mark(area(JANUARY, december), "TRUE", &style::quiet());
        };
        let (first, last) = (month_col(own.first), month_col(own.last));
        let months = area(first, last);
        if first > JANUARY {
            self.mark(area(JANUARY, first - 1), "TRUE", &style::quiet())?;
        }
        self.mark(months, &format!("{code}>={}", Code::Part.number()), &wrong(voce.kind))?;
        self.mark(months, &format!("AND({column}={},{code}<{TO_EXPLAIN})", names::MONTH), &style::bright())?;
        self.mark(months, &format!("{code}>={}", Code::Missing.number()), &style::doubtful())?;
        self.mark(months, &format!("AND({0}>0,{column}>{0})", names::MONTH), &style::quiet())?;
        if last < december {
            self.mark(area(last + 1, december), "TRUE", &style::quiet())?;
        }
        Ok(())
    }

    /// The colour of a verdict is that of its symbol.
    fn verdicts(&mut self) -> Result<(), XlsxError> {
        let (first, last) =
            (CellRef { row: HEADER + 1, col: CHECK }, CellRef { row: self.layout.last_remark(), col: CHECK });
        let sentence = CellRef { row: SENTENCE, col: LABEL };
        for (area, cell) in
            [(Area { first, last }, first), (Area { first: sentence, last: sentence }, sentence)]
        {
            for (symbol, format) in style::verdict_lights() {
                self.mark(area, &format!("LEFT({cell},1)=\"{symbol}\""), &format)?;
            }
        }
        Ok(())
    }

    fn mark(&mut self, area: Area, formula: &str, format: &Format) -> Result<(), XlsxError> {
        self.sheet.mark(area, formula, format)
    }

    /// The key of a row.
    fn key(&mut self, row: u32, key: &str) -> Result<(), XlsxError> {
        self.sheet.text(row, KEY, key, None)
    }

    /// A text in a cell.
    fn text(&mut self, row: u32, col: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.sheet.text(row, col, text, Some(format))
    }

    /// A text over the whole row, as high as it needs.
    fn across(&mut self, row: u32, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.sheet.merge(row, (LABEL, REASON), text, format)?;
        let lines = style::lines(text, span_width(LABEL, REASON), false);
        self.sheet.height(row, lines * style::LINE + 4)
    }
}
