//! The first sheet: what to do, where, and who signs.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};

use super::canvas::Canvas;
use super::fill::{Fill, FillKey};
use super::input::{put, text_validation};
use super::layout::{Input, sheet_name};
use super::page;
use crate::model::{CellRef, OfficeId, VoceType, count};
use crate::plan::Plan;
use crate::read::Area;
use crate::write::style;

/// Its name.
pub(super) const NAME: &str = "Istruzioni";

const KEY: u16 = 0;
const LEFT: u16 = 1;
const RIGHT: u16 = 2;
const LEFT_WIDTH: u32 = 190;
const RIGHT_WIDTH: u32 = 790;

const STEPS: [(&str, &str); 6] = [
    (
        "Ogni mese",
        "Apri il foglio di ogni scheda e compila la colonna del mese appena finito. Il file è sempre lo stesso: non cancellare i mesi precedenti.",
    ),
    (
        "Una volta l'anno",
        "La colonna «Anno» raccoglie i dati che non cambiano di mese in mese (dati 2018, date, Sì/No): si scrivono una volta sola, appena ci sono.",
    ),
    (
        "Registri",
        "Dove c'è una tabella con le righe numerate scrivi una riga per ogni evento. Poi scrivi fino a quale mese il registro è completo, anche se non è successo nulla.",
    ),
    (
        "Nota e fonte",
        "Nella nota spiega ciò che è insolito; nella fonte indica dove si può verificare il dato.",
    ),
    (
        "Risultati",
        "Totali e risultati si calcolano da soli e restano vuoti finché manca un dato. Se un indicatore è di più uffici vedi il contributo del tuo.",
    ),
    (
        "Invio",
        "Salva in formato Excel (.xlsx) con lo stesso nome e manda il file all'unità che segue la performance. Non rinominare i fogli e non spostare le righe.",
    ),
];

const STATES: [(&str, &str); 3] = [
    ("un valore", "Il dato c'è. Lo zero è un valore: se nel mese non è successo nulla scrivi 0."),
    ("casella vuota", "Il dato non è ancora stato comunicato. Vuoto non vale mai zero."),
    ("n.a.", "La voce non riguarda il tuo ufficio. Scrivi n.a. e spiega perché nella nota."),
];

const SIGNATURE: [(&str, &str, VoceType, &str); 3] = [
    ("firma.nome", "Nome e cognome", VoceType::Testo, "Nome e cognome di chi conferma i dati."),
    (
        "firma.ruolo",
        "Ruolo",
        VoceType::Testo,
        "Ruolo di chi conferma i dati: responsabile del servizio, capo ufficio.",
    ),
    ("firma.data", "Data", VoceType::Data, "Data della conferma, per esempio 10/7/2019."),
];

/// Writes the sheet; gives its input cells.
pub(super) fn write(
    book: &mut Workbook,
    plan: &Plan,
    office: &OfficeId,
    fill: &Fill,
) -> Result<Vec<Input>, XlsxError> {
    let sheet = book.add_worksheet().set_name(NAME)?;
    page::set_up(sheet, plan, office)?;
    sheet.set_tab_color(style::ACCENT_DARK);
    sheet.set_column_width_pixels(KEY, 120)?.set_column_hidden(KEY)?;
    sheet.set_column_width_pixels(LEFT, LEFT_WIDTH)?.set_column_width_pixels(RIGHT, RIGHT_WIDTH)?;
    let (inputs, end) = lines(sheet, plan, office, fill)?;
    sheet.set_print_area(0, LEFT, end, RIGHT)?;
    Ok(inputs)
}

/// Writes every line; gives the input cells and the last row.
pub(super) fn lines(
    sheet: &mut dyn Canvas,
    plan: &Plan,
    office: &OfficeId,
    fill: &Fill,
) -> Result<(Vec<Input>, u32), XlsxError> {
    let mut page = Page { sheet, row: 0 };
    page.opening(plan, office)?;
    page.schede(plan, office)?;
    page.heading("Che cosa fare")?;
    page.pairs(&STEPS, &style::cell().set_bold())?;
    page.heading("Come si scrive un dato")?;
    page.pairs(&STATES, &style::cell().set_bold())?;
    page.heading("I colori")?;
    page.legend()?;
    page.heading("Conferma dei dati")?;
    let inputs = page.signature(fill)?;
    Ok((inputs, page.row.saturating_sub(1)))
}

struct Page<'a> {
    sheet: &'a mut dyn Canvas,
    row: u32,
}

impl Page<'_> {
    fn opening(&mut self, plan: &Plan, office: &OfficeId) -> Result<(), XlsxError> {
        self.line(plan.office_name(office), &style::cover_title(), 34)?;
        let about = format!("{} · Schede di performance · anno {}", plan.ente, plan.year);
        self.line(&about, &style::text().set_font_color(style::MUTED), style::LINE)
    }

    fn line(&mut self, text: &str, format: &Format, height: u32) -> Result<(), XlsxError> {
        self.sheet.text(self.row, LEFT, text, Some(format))?;
        self.sheet.height(self.row, height)?;
        self.row += 1;
        Ok(())
    }

    fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.height(self.row, 12)?;
        self.row += 1;
        self.line(text, &style::heading(), style::HEADING_LINE + 5)
    }

    fn schede(&mut self, plan: &Plan, office: &OfficeId) -> Result<(), XlsxError> {
        self.heading("Le tue schede")?;
        for scheda in plan.schede_of(office) {
            let name = sheet_name(scheda);
            let to = format!("internal:'{name}'!B1");
            let format = style::cell()
                .set_font_color(style::ACCENT)
                .set_underline(rust_xlsxwriter::FormatUnderline::Single);
            self.sheet.link(self.row, LEFT, &to, &name, &format)?;
            let own = scheda.indicators_of(office).count();
            let text = format!("{} ({})", scheda.title, count(own, "indicatore", "indicatori"));
            self.cell(&text, &style::cell())?;
        }
        Ok(())
    }

    fn pairs(&mut self, pairs: &[(&str, &str)], left: &Format) -> Result<(), XlsxError> {
        for (name, text) in pairs {
            self.sheet.text(self.row, LEFT, name, Some(left))?;
            self.cell(text, &style::cell())?;
        }
        Ok(())
    }

    /// The text on the right, which gives the row its height and ends it.
    fn cell(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.sheet.text(self.row, RIGHT, text, Some(format))?;
        let lines = style::lines(text, RIGHT_WIDTH, false);
        self.sheet.height(self.row, lines * style::LINE + 4)?;
        self.row += 1;
        Ok(())
    }

    fn legend(&mut self) -> Result<(), XlsxError> {
        let sample = |color| style::cell().set_background_color(color).set_align(FormatAlign::Center);
        let rows = [
            ("giallo", sample(style::INPUT), "Da compilare: sono le sole caselle in cui si può scrivere."),
            (
                "grigio",
                sample(style::LOCKED),
                "Dato del piano, che non si modifica, oppure mese che non conta.",
            ),
            (
                "azzurro",
                sample(style::ACCENT_PALE),
                "Intestazioni, totali e risultati: si calcolano da soli.",
            ),
        ];
        for (name, format, text) in rows {
            self.sheet.text(self.row, LEFT, name, Some(&format))?;
            self.cell(text, &style::cell())?;
        }
        Ok(())
    }

    fn signature(&mut self, fill: &Fill) -> Result<Vec<Input>, XlsxError> {
        let mut inputs = Vec::new();
        for (key, label, kind, help) in SIGNATURE {
            self.sheet.text(self.row, KEY, key, None)?;
            self.sheet.text(self.row, LEFT, label, Some(&style::cell()))?;
            let cell = CellRef { row: self.row, col: RIGHT };
            let format = style::input(kind).set_align(FormatAlign::Left);
            put(self.sheet, cell, fill.get(&FillKey::single(key)), &format)?;
            let rule = text_validation(label, help)?;
            self.sheet.validation(Area { first: cell, last: cell }, false, &rule)?;
            // No height: the row grows with what is typed.
            self.row += 1;
            inputs.push(Input { key: key.to_owned(), month: None, row: None, column: None, kind, cell });
        }
        Ok(inputs)
    }
}
