//! The first sheet: which month, what is still open, who signs, how a value is written. One page.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Workbook, XlsxError};

use super::asked::KEY;
use super::book::Book;
use super::canvas::{Canvas, put};
use super::cover::{
    CHOICE, Cover, DATE, HELPER, LEFT_END, NAME, NAME_COL, PARTS, READY, ROLE, SAMPLE, TEXT, VERDICT, WHO,
};
use super::fill::{Fill, FillKey};
use super::layout::sheet_name;
use super::live::LiveBook;
use super::{names, page};
use crate::model::{CellRef, Month, VoceType};
use crate::read::Area;
use crate::write::style;

const WIDTHS: [u32; 12] = [80, 112, 186, 88, 92, 92, 84, 126, 16, 84, 256, 64];

/// How a value is written: what stands in the cell, what it means.
const SAMPLES: [(&str, &str); 4] = [
    ("2", "Il dato c'è: scrivi il numero del solo mese, non il totale da gennaio."),
    ("0", "Nel mese non è successo nulla: anche lo zero è un dato."),
    ("(vuota)", "Il dato non c'è ancora. Vuoto non vale mai zero."),
    ("n.a.", "La voce non riguarda il tuo ufficio: scrivi anche il motivo, a destra."),
];

const EXAMPLE: [(&str, &str); 4] = [
    ("Un esempio", "In giugno avete fatto 2 audit; da gennaio sono 7."),
    ("● giusto", "Nella colonna Giu scrivi 2."),
    ("■ sbagliato", "Non 7: il totale lo fa il foglio."),
    ("■ sbagliato", "Non «2 audit»: solo il numero."),
];

const SIGNS: [(&str, &str); 6] = [
    ("● ○", "In ordine; non ancora, nulla da fare oggi."),
    ("▲ ■", "Manca qualcosa o va spiegato; va corretto o riscritto."),
    ("giallo", "Da compilare adesso: la colonna del mese scelto."),
    ("registri", "Una riga per ogni evento; poi nella scheda il mese fino a cui il registro è completo."),
    ("nota, fonte", "La nota spiega ciò che è insolito; la fonte dice dove si trova la prova."),
    ("invio", "Salva in formato Excel (.xlsx) con lo stesso nome e manda il file. È lo stesso tutto l'anno."),
];

/// Writes the sheet.
pub(super) fn write(into: &mut Workbook, book: &Book<'_>, fill: &Fill) -> Result<(), XlsxError> {
    let sheet = into.add_worksheet().set_name(NAME)?;
    page::set_up(sheet, book.plan, book.office)?;
    sheet.set_tab_color(style::ACCENT_DARK);
    for (col, width) in (0_u16..).zip(WIDTHS) {
        sheet.set_column_width_pixels(col, width)?;
    }
    sheet.set_column_hidden(KEY)?.set_column_hidden(HELPER)?;
    sheet.set_print_fit_to_pages(1, 1);
    lines(sheet, &book.cover, &book.live, fill)?;
    sheet.set_print_area(0, NAME_COL, book.cover.end(), TEXT)?;
    sheet.set_selection(CHOICE, WHO, CHOICE, WHO)?;
    Ok(())
}

/// Writes every line.
pub(super) fn lines(
    sheet: &mut dyn Canvas,
    cover: &Cover<'_>,
    live: &LiveBook,
    fill: &Fill,
) -> Result<(), XlsxError> {
    let mut writer = Writer { sheet, cover, live, fill };
    writer.opening()?;
    writer.schede()?;
    writer.signature()?;
    writer.right()?;
    writer.formulas()?;
    writer.lights()
}

struct Writer<'a> {
    sheet: &'a mut dyn Canvas,
    cover: &'a Cover<'a>,
    live: &'a LiveBook,
    fill: &'a Fill,
}

impl Writer<'_> {
    fn opening(&mut self) -> Result<(), XlsxError> {
        let plan = self.cover.plan;
        let title = plan.workbook_title(self.cover.office);
        self.sheet.merge(0, (KEY, LEFT_END), &title, &style::fitting(style::cover_title()))?;
        let right = style::text().set_font_color(style::MUTED).set_align(rust_xlsxwriter::FormatAlign::Right);
        self.sheet.merge(0, (SAMPLE, TEXT), &plan.ente, &right)?;
        self.sheet.height(0, 34)?;
        let how =
            "Ogni mese: scegli il mese, compila la sua colonna in ogni scheda, conferma e rimanda il file.";
        self.sheet.merge(1, (NAME_COL, TEXT), how, &style::text().set_font_color(style::MUTED))?;
        self.sheet.height(2, 8)?;
        self.sheet.text(CHOICE, KEY, "mese.scelto", None)?;
        self.sheet.text(CHOICE, NAME_COL, "Il mese", Some(&style::heading()))?;
        let cell = CellRef { row: CHOICE, col: WHO };
        let format = style::input(VoceType::Testo).set_font_size(14).set_bold();
        put(self.sheet, cell, self.fill.get(&FillKey::single("mese")), &format)?;
        let names: Vec<&str> = Month::all().map(Month::name).collect();
        let rule = DataValidation::new()
            .allow_list_strings(&names)?
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("Scegli il mese")?
            .set_error_message("Scegli il mese dall'elenco, per esempio giugno.")?;
        self.sheet.validation(Area { first: cell, last: cell }, true, &rule)?;
        let bold = style::text().set_bold().set_font_size(14);
        self.sheet.merge(CHOICE, (ROLE, LEFT_END), "", &bold)?;
        if !plan.unit.contact.is_empty() {
            let contact = right.set_text_wrap();
            self.sheet.merge(CHOICE, (SAMPLE, TEXT), &plan.unit.contact, &contact)?;
        }
        self.sheet.height(CHOICE, 38)?;
        self.sheet.height(4, 8)?;
        self.sheet.merge(READY, (NAME_COL, TEXT), "", &style::sentence().set_font_size(14))?;
        self.sheet.height(READY, 40)?;
        self.sheet.height(6, 8)
    }

    fn heading(&mut self, row: u32, col: u16, text: &str) -> Result<(), XlsxError> {
        self.sheet.text(row, col, text, Some(&style::heading()))?;
        self.sheet.height(row, 30)
    }

    fn schede(&mut self) -> Result<(), XlsxError> {
        self.heading(PARTS, NAME_COL, "Che cosa manca")?;
        let head = PARTS + 1;
        let titles = [
            "Scheda",
            "Titolo",
            "Dati del mese",
            "Mancano nei mesi prima",
            "Da correggere",
            "Da spiegare",
            "Stato",
        ];
        for (col, title) in (NAME_COL..).zip(titles) {
            let format = if col <= WHO { style::header_left() } else { style::header() };
            self.sheet.text(head, col, title, Some(&format))?;
        }
        self.sheet.height(head, 40)?;
        for (place, scheda) in self.cover.schede.iter().enumerate() {
            let row = Cover::scheda_row(place);
            let name = sheet_name(scheda);
            let to = format!("internal:'{name}'!B1");
            self.sheet.link(
                row,
                NAME_COL,
                (&to, &format!("Apri la scheda {}", scheda.number)),
                &format!("{name} ›"),
                &style::cell_link(),
            )?;
            self.sheet.text(row, WHO, &scheda.title, Some(&style::cell()))?;
            let lines = style::lines(&scheda.title, 178, false).max(1);
            self.sheet.height(row, (lines * style::LINE + 4).max(28))?;
        }
        let row = self.cover.signing();
        let to = format!("internal:'{NAME}'!C{}", self.cover.month_row(Month::JANUARY) + 1);
        self.sheet.link(
            row,
            NAME_COL,
            (&to, "Vai alla conferma del mese"),
            "Conferma ›",
            &style::cell_link(),
        )?;
        self.sheet.merge(row, (WHO, LEFT_END - 1), "nome, ruolo e data, qui sotto", &style::cell_muted())?;
        self.sheet.height(row, 28)
    }

    fn signature(&mut self) -> Result<(), XlsxError> {
        let head = self.cover.signing() + 2;
        self.heading(head, NAME_COL, "Conferma del mese")?;
        let titles = [
            (NAME_COL, NAME_COL, "Mese"),
            (WHO, WHO, "Nome e cognome"),
            (ROLE, ROLE + 1, "Ruolo"),
            (DATE, DATE, "Data"),
            (VERDICT, LEFT_END, "Controllo"),
        ];
        for (first, last, title) in titles {
            if first == last {
                self.sheet.text(head + 1, first, title, Some(&style::header_left()))?;
            } else {
                self.sheet.merge(head + 1, (first, last), title, &style::header_left())?;
            }
        }
        let usual = (self.cover.usual_row(), "firma.tutti".to_owned(), "ogni mese");
        let months = Month::all()
            .map(|month| (self.cover.month_row(month), format!("firma.{}", month.number()), month.name()));
        for (row, key, name) in std::iter::once(usual).chain(months) {
            self.sheet.text(row, KEY, &key, None)?;
            self.sheet.text(row, NAME_COL, name, Some(&style::cell()))?;
            self.sheet.merge(row, (ROLE, ROLE + 1), "", &style::plain_input(VoceType::Testo))?;
            self.sheet.merge(row, (VERDICT, LEFT_END), "", &style::verdict().set_font_size(10))?;
            self.sheet.height(row, 25)?;
        }
        for input in self.cover.inputs().into_iter().filter(|input| input.key.starts_with("firma.")) {
            let format = style::plain_input(input.kind).set_align(rust_xlsxwriter::FormatAlign::Left);
            put(self.sheet, input.cell, self.fill.get(&FillKey::of(&input)), &format)?;
        }
        Ok(())
    }

    fn right(&mut self) -> Result<(), XlsxError> {
        self.sheet.text(PARTS, SAMPLE, "Come si scrive un dato", Some(&style::heading()))?;
        let sample = style::cell().set_bold().set_align(rust_xlsxwriter::FormatAlign::Center);
        let texts = SAMPLES.into_iter().chain(EXAMPLE).chain(SIGNS);
        for (row, (left, right)) in (PARTS + 1..).zip(texts) {
            let title = left == "Un esempio";
            let format = if title {
                style::text().set_bold().set_font_color(style::ACCENT_DARK)
            } else {
                sample.clone()
            };
            self.sheet.text(row, SAMPLE, left, Some(&format))?;
            self.sheet.text(row, TEXT, right, Some(&style::wrapped().set_font_size(10).set_indent(1)))?;
            // Two lines; the first row has the headings of the table.
            self.sheet.height(row, if row == PARTS + 1 { 40 } else { 34 })?;
        }
        Ok(())
    }

    fn formulas(&mut self) -> Result<(), XlsxError> {
        for cell in self.live.cells(NAME) {
            let Some(live) = self.live.at(NAME, cell) else { continue };
            let format = match (cell.row, cell.col) {
                (READY, NAME_COL) => style::sentence().set_font_size(14),
                (CHOICE, _) => style::text().set_bold().set_font_size(14),
                (_, VERDICT | LEFT_END) if cell.col == LEFT_END || cell.row > self.cover.signing() => {
                    style::verdict().set_font_size(10)
                }
                (_, HELPER) => style::text(),
                _ => style::cell().set_align(rust_xlsxwriter::FormatAlign::Center).set_num_format("0;-0;–"),
            };
            self.sheet.formula(cell, &live, &format)?;
        }
        Ok(())
    }

    /// The row of the chosen month is bright.
    fn lights(&mut self) -> Result<(), XlsxError> {
        let (first, last) = (self.cover.month_row(Month::JANUARY), self.cover.month_row(Month::DECEMBER));
        let rows = Area { first: CellRef { row: first, col: WHO }, last: CellRef { row: last, col: DATE } };
        let month = format!("ROW()-{first}={}", names::MONTH);
        self.sheet.mark(rows, &month, &style::bright())?;
        let ready = CellRef { row: READY, col: NAME_COL };
        let states = CellRef { row: PARTS + 2, col: LEFT_END };
        let signed = CellRef { row: self.cover.usual_row(), col: VERDICT };
        let lit = [
            Area { first: ready, last: ready },
            Area { first: states, last: CellRef { row: self.cover.signing(), col: LEFT_END } },
            Area { first: signed, last: CellRef { row: last, col: VERDICT } },
        ];
        for area in lit {
            for (symbol, format) in style::verdict_lights() {
                self.sheet.mark(area, &format!("LEFT({},1)=\"{symbol}\"", area.first), &format)?;
            }
        }
        let names =
            Area { first: CellRef { row: first, col: NAME_COL }, last: CellRef { row: last, col: NAME_COL } };
        self.sheet.mark(names, &month, &style::due_header())
    }
}
