//! *Da sistemare*, the first sheet of a workbook that goes back to its office: what was found, links to the
//! cells, the value read, and beside each point an answer that checks itself; the cells named are marked.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_xlsxwriter::{
    Color, ConditionalFormatText, ConditionalFormatTextRule, DataValidation, Format, FormatAlign,
    FormatBorder, Formula as Live, Note, Url, Workbook, Worksheet, XlsxError,
};

use super::asked::Input;
use super::canvas::put;
use super::cells::{any, explains_nothing, one_if};
use super::fill::{Fill, FillKey, FillValue};
use super::input::text_validation;
use super::{cover, page};
use crate::excel::{Area, Call, Cells, Computed, Formula, Own, Sign, computed, spelt};
use crate::interpret::{ANSWERS, REASON, RESPONSE, RETURN};
use crate::model::{AnswerKind, CellRef, VoceType, count};
use crate::plan::Plan;
use crate::reply::{Point, Reply, Target, Typed};
use crate::write::style;

/// Its name.
pub(super) const NAME: &str = ANSWERS;

/// What is said when nothing is left to mend, and when one point is.
const NONE_LEFT: &str = "● Tutto a posto: rimanda questo file";
const ONE_LEFT: &str = "▲ Resta un punto da sistemare";

const KEY: u16 = 0;
const NUMBER: u16 = 1;
const FOUND: u16 = 2;
const WHERE: u16 = 3;
const READ: u16 = 4;
const ANSWER: u16 = 5;
const WHY: u16 = 6;
const CHECK: u16 = 7;
/// Hidden: the values read, as they stand in the cells.
const VALUES: u16 = 8;
/// How many cells of a point the check looks at; the reader looks at all.
const WATCHED: usize = 12;
/// The row of the headings; the points follow.
const HEAD: u32 = 6;

const FOUND_WIDTH: u32 = 340;
const WIDTHS: [(u16, u32); 8] = [
    (KEY, 90),
    (NUMBER, 30),
    (FOUND, FOUND_WIDTH),
    (WHERE, 158),
    (READ, 90),
    (ANSWER, 134),
    (WHY, 198),
    (CHECK, 176),
];

/// A value that does not count, and one in doubt.
const ERROR: Color = Color::RGB(0xFB_E4E8);
const DOUBT: Color = Color::RGB(0xFB_E3BF);
const ERROR_TEXT: Color = Color::RGB(0xA8_1C36);
const DOUBT_TEXT: Color = Color::RGB(0x8A_5A00);
const DONE_TEXT: Color = Color::RGB(0x1B_6E3C);

/// What is typed again.
pub(super) fn fill(reply: &Reply<'_>) -> Fill {
    let mut fill = Fill::default();
    for (target, typed) in &reply.filled.cells {
        let value = match typed {
            Typed::Number(number) => FillValue::Number(*number),
            Typed::Date(date) => FillValue::Date(*date),
            Typed::Text(text) => FillValue::Text(text.clone()),
        };
        fill.set(key(target), value);
    }
    fill
}

fn key(target: &Target) -> FillKey {
    let Target { key, month, row, column } = target.clone();
    FillKey { key, month, row, column }
}

/// The pairs that the head of the manifest has besides: the month, and to what each answer is bound.
pub(super) fn pairs(reply: &Reply<'_>) -> Vec<(String, String)> {
    let bound = all(reply).map(|point| (response_key(point), point.bound.clone()));
    [(RETURN.to_owned(), reply.month.to_string())].into_iter().chain(bound).collect()
}

/// Every point with its row: the open ones, then those that answers settle.
fn all<'r>(reply: &'r Reply<'_>) -> impl Iterator<Item = &'r Point> {
    reply.points.iter().chain(&reply.settled)
}

fn response_key(point: &Point) -> String {
    format!("{RESPONSE}{}", point.number)
}

/// Where the points stand: each input cell by its key, with its sheet and its type.
struct Places<'a>(BTreeMap<FillKey, (&'a str, &'a Input)>);

impl<'a> Places<'a> {
    fn of(inputs: &'a [(String, Input)]) -> Self {
        let keyed = inputs.iter().map(|(sheet, input)| {
            let Input { key, month, row, column, .. } = input;
            let key = FillKey { key: key.clone(), month: *month, row: *row, column: column.clone() };
            (key, (sheet.as_str(), input))
        });
        Self(keyed.collect())
    }

    fn of_point(&self, point: &Point) -> Vec<(FillKey, &'a str, &'a Input)> {
        let found = point.targets.iter().map(key);
        found.filter_map(|key| self.0.get(&key).map(|(sheet, input)| (key.clone(), *sheet, *input))).collect()
    }
}

/// Opens the sheet, before all others.
pub(super) fn open(book: &mut Workbook, plan: &Plan, reply: &Reply<'_>) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(NAME)?;
    page::set_up(sheet, plan, reply.office)?;
    sheet.set_tab_color(DOUBT_TEXT);
    sheet.set_active(true);
    Ok(())
}

/// Writes the sheet and marks the cells; gives the cells of the answers.
pub(super) fn write(
    book: &mut Workbook,
    reply: &Reply<'_>,
    fill: &Fill,
    inputs: &[(String, Input)],
) -> Result<Vec<(String, Input)>, XlsxError> {
    let places = Places::of(inputs);
    let sheet = book.worksheet_from_name(NAME)?;
    for (col, pixels) in WIDTHS {
        sheet.set_column_width_pixels(col, pixels)?;
    }
    sheet.set_column_hidden(KEY)?;
    let last_value = VALUES + u16::try_from(WATCHED).unwrap_or_default();
    for col in VALUES..last_value {
        sheet.set_column_hidden(col)?;
    }
    opening(sheet, reply)?;
    let mut answers = Vec::new();
    let mut row = HEAD + 1;
    for point in all(reply) {
        line(sheet, row, point, &places, fill)?;
        let one = |col: u16, column: Option<&str>| Input {
            key: response_key(point),
            month: None,
            row: None,
            column: column.map(str::to_owned),
            kind: VoceType::Testo,
            cell: CellRef { row, col },
        };
        answers.extend([one(ANSWER, None), one(WHY, Some(REASON))].map(|input| (NAME.to_owned(), input)));
        row += 1;
    }
    closing(sheet, reply, row)?;
    mark(book, reply, &places, fill)?;
    Ok(answers)
}

fn opening(sheet: &mut Worksheet, reply: &Reply<'_>) -> Result<(), XlsxError> {
    let title = format!("Da sistemare · {}", reply.month.in_words());
    sheet.write_string_with_format(0, NUMBER, title, &style::cover_title())?;
    sheet.set_row_height_pixels(0, 38)?;
    let link = Url::new(format!("internal:'{}'!A1", cover::NAME)).set_text("Istruzioni ›");
    sheet.write_url_with_format(0, CHECK, link, &style::link().set_align(FormatAlign::Right))?;
    let (read, counting) = reply.counts;
    let read = format!(
        "Abbiamo letto il tuo file e qui ci sono tutti i dati che conteneva: {}, {} per il mese.",
        count(read, "dato", "dati"),
        count(counting, "già buono", "già buoni")
    );
    sheet.write_string_with_format(1, NUMBER, read, &style::text())?;
    let how = format!(
        "Per ognuno: apri la casella e correggi; oppure scegli una risposta dall'elenco e scrivi perché. Poi rimanda \
         questo file {}.",
        reply.by_when()
    );
    sheet.write_string_with_format(2, NUMBER, how, &style::text().set_font_color(style::MUTED))?;
    standing(sheet, reply)?;
    let heads = [
        (NUMBER, "n."),
        (FOUND, "Che cosa abbiamo trovato"),
        (WHERE, "Dove"),
        (READ, "Valore letto"),
        (ANSWER, "La tua risposta"),
        (WHY, "Perché (se non correggi)"),
        (CHECK, "Controllo"),
    ];
    for (col, text) in heads {
        sheet.write_string_with_format(HEAD, col, text, &style::header_left())?;
    }
    sheet.set_row_height_pixels(HEAD, 30)?;
    sheet.set_freeze_panes(HEAD + 1, 0)?;
    sheet.set_repeat_rows(HEAD, HEAD)?;
    Ok(())
}

/// How many points are left, alive.
fn standing(sheet: &mut Worksheet, reply: &Reply<'_>) -> Result<(), XlsxError> {
    let now = match reply.points.len() {
        0 => NONE_LEFT.to_owned(),
        1 => ONE_LEFT.to_owned(),
        many => format!("▲ Restano {many} punti da sistemare"),
    };
    let band = style::heading().set_font_color(DOUBT_TEXT).set_background_color(style::ACCENT_PALE);
    for col in NUMBER..=CHECK {
        sheet.write_blank(4, col, &band)?;
    }
    let live = spelt(&points_left(rows(reply)), NAME);
    sheet.write_formula_with_format(4, NUMBER, Live::new(live).set_result(now), &band)?;
    sheet.set_row_height_pixels(4, 36)?;
    colours(sheet, (4, NUMBER, 4, NUMBER))
}

/// The sentence of the points between two rows; when none is left, the rest of the workbook says whether the
/// month is ready.
fn points_left((first, last): (u32, u32)) -> Formula {
    let verdicts = Formula::OwnRange(Own::fixed(first, CHECK), Own::fixed(last, CHECK));
    let open = || Formula::call(Call::CountIfs, [verdicts.clone(), Formula::text("▲*")]);
    let many = Formula::text("▲ Restano ").signed(Sign::And, open());
    let many = many.signed(Sign::And, Formula::text(" punti da sistemare"));
    let some = Formula::choose(open().is(Formula::whole(1)), Formula::text(ONE_LEFT), many);
    let sentence = CellRef { row: cover::READY, col: cover::NAME_COL };
    let sentence = Formula::Range(cover::NAME, Area { first: sentence, last: sentence });
    let ready = Formula::call(Call::CountIfs, [sentence, Formula::text("●*")]);
    let none = Formula::choose(
        ready.is(Formula::whole(1)),
        Formula::text(NONE_LEFT),
        Formula::text("▲ Qui è fatto; guarda il foglio Istruzioni, che cosa manca ancora"),
    );
    Formula::choose(open().is(Formula::whole(0)), none, some)
}

/// The first row of the points and the last, from zero.
fn rows(reply: &Reply<'_>) -> (u32, u32) {
    (HEAD + 1, HEAD + u32::try_from(all(reply).count().max(1)).unwrap_or(1))
}

fn line(
    sheet: &mut Worksheet,
    row: u32,
    point: &Point,
    places: &Places<'_>,
    fill: &Fill,
) -> Result<(), XlsxError> {
    let cells = places.of_point(point);
    sheet.write_string(row, KEY, response_key(point))?;
    let plain = style::cell().set_indent(0);
    let number = u32::try_from(point.number).unwrap_or(u32::MAX);
    sheet.write_number_with_format(
        row,
        NUMBER,
        number,
        &plain.clone().set_bold().set_align(FormatAlign::Center),
    )?;
    let (bold, text) = (style::text().set_bold(), style::text());
    let (mark, colour) = match point {
        point if shown(&verdict(row, point, &cells), point).starts_with(DONE) => ("● ", DONE_TEXT),
        point if point.serious => ("■ ", ERROR_TEXT),
        _ => ("▲ ", DOUBT_TEXT),
    };
    let found = format!("{} ", shortened(&point.found));
    let rest = [Some(shortened(&point.remedy)), point.answered.clone()];
    let rest = rest.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let pieces =
        [(&bold.clone().set_font_color(colour), mark), (&bold, found.as_str()), (&text, rest.as_str())];
    let pieces: Vec<(&Format, &str)> = pieces.into_iter().filter(|(_, text)| !text.is_empty()).collect();
    sheet.write_rich_string_with_format(row, FOUND, &pieces, &style::cell())?;
    let (to, name) = match cells.first() {
        Some((_, name, input)) => (format!("internal:'{name}'!{}", input.cell), *name),
        None => (format!("internal:'{}'!A1", cover::NAME), cover::NAME),
    };
    let link = if point.place.is_empty() { name } else { &point.place };
    let linked =
        style::cell().set_font_color(style::ACCENT).set_underline(rust_xlsxwriter::FormatUnderline::Single);
    sheet.write_url_with_format(row, WHERE, Url::new(to).set_text(format!("{link} ›")), &linked)?;
    let read = style::cell().set_align(FormatAlign::Right);
    sheet.write_string_with_format(row, READ, &point.read, &read)?;
    let lines = style::lines(&format!("{found}{rest}"), FOUND_WIDTH, false).max(2);
    sheet.set_row_height_pixels(row, lines * style::LINE + 6)?;
    answer(sheet, row, point)?;
    check(sheet, row, point, &cells, fill)
}

/// The answers that a point can have: what does not count is mended, not confirmed.
fn offered(point: &Point) -> impl Iterator<Item = AnswerKind> {
    let confirmed = !point.serious;
    AnswerKind::ALL.into_iter().filter(move |kind| confirmed || *kind != AnswerKind::Confermo)
}

/// The list of the answers and the reason.
fn answer(sheet: &mut Worksheet, row: u32, point: &Point) -> Result<(), XlsxError> {
    let format = style::input(VoceType::Testo);
    let (kind, reason) = match &point.given {
        Some((AnswerKind::Altro, reason)) => ("", reason.as_str()),
        Some((kind, reason)) => (kind.label(), reason.as_str()),
        None => ("", ""),
    };
    // An empty text leaves the cell blank.
    sheet.write_string_with_format(row, ANSWER, kind, &format)?;
    sheet.write_string_with_format(row, WHY, shortened(reason), &format)?;
    let offered: Vec<&str> = offered(point).map(AnswerKind::label).collect();
    let confirm = if point.serious { "" } else { "«confermo» se è giusto così; " };
    let list = DataValidation::new()
        .allow_list_strings(&offered)?
        .set_input_title("La tua risposta")?
        .set_input_message(format!(
            "Scegli: «corretto» se hai cambiato il valore; {confirm}«non riguarda noi» se il dato non è del tuo ufficio."
        ))?
        .set_error_title("Risposta non prevista")?
        .set_error_message(format!("Scegli una risposta dall'elenco: {}.", offered.join(", ")))?;
    sheet.add_data_validation(row, ANSWER, row, ANSWER, &list)?;
    let why = text_validation(
        "Perché",
        "Se confermi, o se non riguarda il tuo ufficio, scrivi perché: una risposta senza il perché non conta.",
    )?;
    sheet.add_data_validation(row, WHY, row, WHY, &why)?;
    Ok(())
}

/// How the verdict begins of what is done.
const DONE: char = '●';

/// The verdict beside an answer: whether the cells still say what was read, and what is still to do.
fn verdict(row: u32, point: &Point, cells: &[(FillKey, &str, &Input)]) -> Formula {
    let answer = Formula::call(Call::Trim, [Formula::Own(Own::at(row, ANSWER))]);
    let given = |kind: AnswerKind| answer.clone().is(Formula::text(kind.label()));
    let done = || Formula::text("● risposta data");
    let silent = explains_nothing(&Formula::Own(Own::at(row, WHY)));
    let mut told = Formula::choose(silent, Formula::text("▲ scrivi perché"), done());
    let offered = Formula::Call(Call::Or, AnswerKind::ALL.map(given).into());
    told = Formula::choose(offered, told, Formula::text("▲ scegli una risposta dall'elenco"));
    // What does not count is mended, not confirmed.
    if point.serious {
        let confirmed = given(AnswerKind::Confermo);
        told = Formula::choose(confirmed, Formula::text("▲ non basta confermare: apri la casella"), told);
    }
    let same = match cells {
        [] => done(),
        _ => Formula::text("▲ la casella è ancora come prima: apri e correggi"),
    };
    told = Formula::choose(given(AnswerKind::Corretto), same, told);
    told = Formula::choose(answer.is(Formula::none()), Formula::text("▲ da fare"), told);
    let as_text = |cell: Formula| cell.signed(Sign::And, Formula::none());
    let changed = (VALUES..).zip(cells.iter().take(WATCHED)).map(|(col, (_, sheet, input))| {
        let there = Formula::There(Arc::from(*sheet), input.cell);
        as_text(there).signed(Sign::Unlike, as_text(Formula::Own(Own::at(row, col))))
    });
    let changed: Vec<Formula> = changed.collect();
    let said = match changed.as_slice() {
        [] | [_] => Formula::text("● il valore è cambiato"),
        // Which of them had to change only the office knows: it sees how many did.
        many => {
            let count = many.iter().cloned().map(one_if).reduce(|all, one| all.signed(Sign::Plus, one));
            let count = count.unwrap_or(Formula::whole(0));
            let words = format!(" su {}", many.len());
            Formula::text("● caselle cambiate: ")
                .signed(Sign::And, count)
                .signed(Sign::And, Formula::text(words))
        }
    };
    match any(changed) {
        Some(any) => Formula::choose(any, said, told),
        None => told,
    }
}

/// What is typed before anything is touched: the answers given already, and in the cells what was read.
struct Untouched<'p>(&'p Point);

impl Cells for Untouched<'_> {
    fn own(&self, cell: CellRef) -> Computed {
        match (cell.col, &self.0.given) {
            (ANSWER, Some((AnswerKind::Altro, _))) => Computed::Blank,
            (ANSWER, Some((kind, _))) => Computed::Text(kind.label().to_owned()),
            (WHY, Some((_, reason))) if !reason.is_empty() => Computed::Text(reason.clone()),
            _ => Computed::Blank,
        }
    }

    /// As beside: nothing is changed.
    fn there(&self, _: &str, _: CellRef) -> Computed {
        Computed::Blank
    }
}

/// What the verdict shows before anything is touched.
fn shown(verdict: &Formula, point: &Point) -> String {
    match computed(verdict, &Untouched(point)) {
        Computed::Text(text) => text,
        _ => String::new(),
    }
}

/// The verdict of a point, and beside it, hidden, the values read.
fn check(
    sheet: &mut Worksheet,
    row: u32,
    point: &Point,
    cells: &[(FillKey, &str, &Input)],
    fill: &Fill,
) -> Result<(), XlsxError> {
    let hidden = style::text();
    for (col, (key, ..)) in (VALUES..).zip(cells.iter().take(WATCHED)) {
        put(sheet, CellRef { row, col }, fill.get(key), &hidden)?;
    }
    let verdict = verdict(row, point, cells);
    let live = Live::new(spelt(&verdict, NAME)).set_result(shown(&verdict, point));
    sheet.write_formula_with_format(row, CHECK, live, &style::cell().set_bold())?;
    colours(sheet, (row, CHECK, row, CHECK))
}

/// A verdict takes the colour of its symbol; the symbol says the same without colours.
fn colours(sheet: &mut Worksheet, (row, col, to_row, to_col): (u32, u16, u32, u16)) -> Result<(), XlsxError> {
    for (symbol, colour) in [("▲", DOUBT_TEXT), ("●", DONE_TEXT)] {
        let rule = ConditionalFormatText::new()
            .set_rule(ConditionalFormatTextRule::BeginsWith(symbol.to_owned()))
            .set_format(Format::new().set_font_color(colour));
        sheet.add_conditional_format(row, col, to_row, to_col, &rule)?;
    }
    Ok(())
}

/// Below the points: what was read otherwise than typed, and nothing is asked.
fn closing(sheet: &mut Worksheet, reply: &Reply<'_>, mut row: u32) -> Result<(), XlsxError> {
    let said = [
        ("Rimesso a posto in questa cartella: non devi fare nulla", &reply.restored),
        ("Letti in altro modo, e qui già a posto: non devi fare nulla", &reply.normalised),
    ];
    for (head, words) in said.into_iter().filter(|(_, words)| !words.is_empty()) {
        row += 1;
        sheet.write_string_with_format(row, NUMBER, head, &style::text().set_bold())?;
        for one in words {
            row += 1;
            let text = format!("○ {}", shortened(one));
            let format = style::muted().set_border(FormatBorder::None);
            sheet.merge_range(row, NUMBER, row, CHECK, &text, &format)?;
            sheet.set_row_height_pixels(row, style::lines(&text, 1100, false) * style::LINE + 4)?;
        }
        row += 1;
    }
    if !reply.unit.contact.is_empty() {
        row += 1;
        let doubts = format!("Dubbi? {}", reply.unit.contact);
        sheet.write_string_with_format(row, NUMBER, doubts, &style::text().set_font_color(style::MUTED))?;
    }
    sheet.set_print_area(0, NUMBER, row, CHECK)?;
    sheet.set_selection(HEAD + 1, ANSWER, HEAD + 1, ANSWER)?;
    Ok(())
}

/// Gives the cells that the points name their colour and their note; a serious point prevails.
fn mark(book: &mut Workbook, reply: &Reply<'_>, places: &Places<'_>, fill: &Fill) -> Result<(), XlsxError> {
    let mut marked: BTreeMap<FillKey, (bool, Vec<String>, &str, &Input)> = BTreeMap::new();
    for point in &reply.points {
        for (key, name, input) in places.of_point(point) {
            let (serious, notes, ..) = marked.entry(key).or_insert_with(|| (false, Vec::new(), name, input));
            *serious |= point.serious;
            notes.push(point.note());
        }
    }
    for (key, (serious, notes, name, input)) in &marked {
        let sheet = book.worksheet_from_name(name)?;
        let format = style::input(input.kind).set_background_color(if *serious { ERROR } else { DOUBT });
        put(sheet, input.cell, fill.get(key), &format)?;
        let text: String = notes.join("\n").chars().take(LONGEST).collect();
        let note = Note::new(text).add_author_prefix(false).set_width(300).set_height(140);
        sheet.insert_note(input.cell.row, input.cell.col, &note)?;
    }
    Ok(())
}

/// Letters of a text that a cell, and a note, hold for certain.
const LONGEST: usize = 8_000;

fn shortened(text: &str) -> String {
    style::cut(text, LONGEST)
}
