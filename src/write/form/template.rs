//! The template that an office's workbook is laid beside: what this program would write with the same
//! entries, as the reader would see it.
//!
//! The moulds of the sheets are made once for each shape; over them lie the name of the office and what the
//! formulas give with what it has typed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rust_xlsxwriter::XlsxError;

use super::cover::Cover;
use super::extent::Extent;
use super::fill::FillKey;
use super::live::{LiveBook, Shown, Typed};
use super::mould::{Cast, Shape, shape};
use super::register::ROWS;
use crate::excel::Computed;
use crate::interpret::{Mould, Template, TemplateSheet, TypedIn};
use crate::model::{CellRef, OfficeId};
use crate::plan::{Plan, Scheda};
use crate::read::RawContent;

/// Gives the template of each office of `plan` with some entries typed in, its registers as long as in the
/// office's own workbook; what cannot be typed stays blank.
pub fn templates(
    plan: &Plan,
) -> impl Fn(&OfficeId, Option<u32>, &[TypedIn]) -> Option<Template> + Send + Sync + '_ {
    let foundry = Foundry { plan, schede: Mutex::default(), covers: Mutex::default() };
    move |office, rows, typed| foundry.template(office, rows.unwrap_or(ROWS), typed).ok()
}

/// The moulds made so far.
struct Foundry<'a> {
    plan: &'a Plan,
    schede: Mutex<BTreeMap<Shape, Arc<Cast>>>,
    /// Those of the first sheet, by the schede that it names.
    covers: Mutex<BTreeMap<Vec<u8>, Arc<Cast>>>,
}

impl Foundry<'_> {
    fn template(&self, office: &OfficeId, rows: u32, typed: &[TypedIn]) -> Result<Template, XlsxError> {
        let schede = self.plan.schede_of(office).map(|scheda| self.scheda(office, scheda, rows));
        // The hidden list has the first sheet at its end.
        let mut casts: Vec<Arc<Cast>> = schede.collect::<Result<_, _>>()?;
        casts.push(self.cover(office)?);
        // Rows that an office added to a register are not the template's.
        let own = typed.iter().filter(|entry| entry.row.is_none_or(|row| row <= rows));
        let mut live = LiveBook::with(Extent::Figures);
        let placed = placed(&casts, own);
        let texts: Vec<Vec<_>> = placed.iter().map(|sheets| sheets.iter().map(texts).collect()).collect();
        for (cast, typed) in casts.iter().zip(placed) {
            live.add(&cast.form, typed);
        }
        let made = casts.iter().zip(texts).map(|(cast, texts)| self.sheets(office, cast, texts, &live));
        let list = casts.iter().map(|cast| Arc::clone(&cast.listed)).collect();
        Ok(Template { sheets: in_order(made.collect()), list })
    }

    fn scheda(&self, office: &OfficeId, scheda: &Scheda, rows: u32) -> Result<Arc<Cast>, XlsxError> {
        let make = || Cast::of(self.plan, office, scheda, rows);
        // Registers of another length are few offices': they are made for each, and not kept.
        if rows == ROWS {
            kept(&self.schede, shape(office, scheda, rows), make)
        } else {
            make().map(Arc::new)
        }
    }

    fn cover(&self, office: &OfficeId) -> Result<Arc<Cast>, XlsxError> {
        let cover = Cover::of(self.plan, office);
        let schede = cover.schede.iter().map(|scheda| scheda.number).collect();
        kept(&self.covers, schede, || Cast::of_cover(&cover))
    }

    /// The sheets of a cast as an office has them.
    fn sheets(
        &self,
        office: &OfficeId,
        cast: &Cast,
        texts: Vec<BTreeMap<CellRef, String>>,
        live: &LiveBook,
    ) -> Vec<TemplateSheet> {
        let of = |((mould, figures), typed): ((&Arc<Mould>, &Vec<CellRef>), _)| {
            let result = |cell: &CellRef| (*cell, content(live.result(&mould.sheet.name, *cell)));
            TemplateSheet { mould: Arc::clone(mould), own: figures.iter().map(result).collect(), typed }
        };
        let mut sheets: Vec<TemplateSheet> =
            cast.moulds.iter().zip(&cast.figures).zip(texts).map(of).collect();
        let names = cast.names.iter();
        let names = names.filter_map(|(cell, named)| Some((*cell, named.words(self.plan, office)?)));
        if let Some(first) = sheets.first_mut() {
            first.own.extend(names.map(|(cell, words)| (cell, RawContent::Text(words))));
        }
        sheets
    }
}

/// The sheets in the order of a workbook: the first one, the schede, their registers.
fn in_order(made: Vec<Vec<TemplateSheet>>) -> Vec<TemplateSheet> {
    let (mut schede, mut registers) = (Vec::new(), Vec::new());
    for sheets in made {
        let mut sheets = sheets.into_iter();
        schede.extend(sheets.next());
        registers.extend(sheets);
    }
    let cover = schede.pop();
    cover.into_iter().chain(schede).chain(registers).collect()
}

/// What was made already, or else is made and kept: two threads may make it twice, and it is the same.
fn kept<K: Ord>(
    made: &Mutex<BTreeMap<K, Arc<Cast>>>,
    key: K,
    make: impl FnOnce() -> Result<Cast, XlsxError>,
) -> Result<Arc<Cast>, XlsxError> {
    let known = || made.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(cast) = known().get(&key) {
        return Ok(Arc::clone(cast));
    }
    let cast = Arc::new(make()?);
    Ok(Arc::clone(known().entry(key).or_insert(cast)))
}

/// What is typed in each sheet of each cast; the last one stays.
fn placed<'t>(casts: &[Arc<Cast>], typed: impl Iterator<Item = &'t TypedIn>) -> Vec<Vec<Typed>> {
    let mut placed: Vec<Vec<Typed>> = casts.iter().map(|cast| cast.form.untyped()).collect();
    for entry in typed {
        let Some(value) = value(&entry.content) else { continue };
        let TypedIn { key, month, row, column, .. } = entry.clone();
        let key = FillKey { key, month, row, column };
        let found = casts.iter().zip(&mut placed).find_map(|(cast, sheets)| {
            let (sheet, cell) = cast.places.get(&key)?;
            Some((sheets.get_mut(*sheet)?, *cell))
        });
        if let Some((sheet, cell)) = found {
            sheet.insert(cell, value);
        }
    }
    placed
}

/// The texts among what is typed.
fn texts(typed: &Typed) -> BTreeMap<CellRef, String> {
    let text = |(cell, value): (&CellRef, &Computed)| match value {
        Computed::Text(text) if !text.is_empty() => Some((*cell, text.clone())),
        _ => None,
    };
    typed.iter().filter_map(text).collect()
}

fn value(content: &RawContent) -> Option<Computed> {
    match content {
        RawContent::Number(number) | RawContent::Serial(number) => Some(Computed::Number(*number)),
        RawContent::Text(text) => Some(Computed::Text(text.clone())),
        _ => None,
    }
}

/// What a formula gives, as a cell holds it.
pub(super) fn content(result: Shown) -> RawContent {
    match result {
        Shown::Number(number) => RawContent::Number(number),
        Shown::Text(text) => RawContent::Text(text),
        Shown::Blank => RawContent::Text(String::new()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use rust_xlsxwriter::XlsxError;

    use super::{Extent, FillKey, ROWS, TemplateSheet, TypedIn, templates};
    use crate::interpret::{DifferenceKind, MANIFEST, Recognition, Wording, recognise};
    use crate::model::{CellRef, OfficeId, VoceType};
    use crate::plan::{DEFAULT_PLAN, Plan, read_plan};
    use crate::read::{Area, RawCell, RawContent, RawSheet, RawWorkbook, read_bytes};
    use crate::write::form::asked::Input;
    use crate::write::form::book::Book;
    use crate::write::form::canvas::Record;
    use crate::write::form::fill::{Fill, FillValue};
    use crate::write::form::mould::record_of;
    use crate::write::form::{cover, instructions, manifest, office_workbook, register_sheet, sheet};
    use crate::write::style;

    /// The whole workbook of an office, recorded line by line.
    #[derive(Default)]
    struct Recorded {
        book: RawWorkbook,
        aids: BTreeMap<String, BTreeSet<CellRef>>,
    }

    fn record(
        plan: &Plan,
        office: &OfficeId,
        (rows, extent): (u32, Extent),
        fill: &Fill,
    ) -> Result<Recorded, XlsxError> {
        let mut recorded = Recorded::default();
        let mut formats: BTreeMap<&str, u32> = BTreeMap::new();
        let form = Book::of(plan, office, rows, fill, extent);
        let mut push = |name: &str, mut record: Record, inputs: &[Input]| {
            record.sheet.traits.styles = styles(inputs, &mut formats);
            recorded.aids.insert(name.to_owned(), record.aids);
            recorded.book.sheets.push(record.sheet);
        };
        let mut first = record_of(cover::NAME);
        instructions::lines(&mut first, &form.cover, &form.live, fill)?;
        push(cover::NAME, first, &form.cover.inputs());
        for layout in &form.layouts {
            let mut record = record_of(&layout.name());
            sheet::lines(&mut record, layout, &form.live, fill)?;
            push(&layout.name(), record, &layout.inputs());
        }
        for layout in &form.layouts {
            for register in &layout.registers {
                let mut record = record_of(&register.name);
                register_sheet::lines(&mut record, layout.scheda, register, &form.live, fill)?;
                push(&register.name, record, &register.inputs());
            }
        }
        let mut list = record_of(MANIFEST);
        manifest::lines(&mut list, plan, office, &[], &form.inputs())?;
        list.sheet.hidden = true;
        recorded.book.sheets.push(list.sheet);
        let mut codes: Vec<(u32, &str)> = formats.into_iter().map(|(code, index)| (index, code)).collect();
        codes.sort_unstable();
        recorded.book.traits.formats = codes.into_iter().map(|(_, code)| code.to_owned()).collect();
        Ok(recorded)
    }

    /// The number format of each input cell, as an index in `formats`.
    fn styles(inputs: &[Input], formats: &mut BTreeMap<&'static str, u32>) -> Vec<(CellRef, u32)> {
        let mut styles: Vec<(CellRef, u32)> = inputs
            .iter()
            .map(|input| {
                let next = u32::try_from(formats.len()).unwrap_or(u32::MAX);
                (input.cell, *formats.entry(style::number_format(input.kind)).or_insert(next))
            })
            .collect();
        styles.sort_unstable();
        styles
    }

    /// What an office has typed, as it is read.
    fn typed_in(fill: &Fill) -> Vec<TypedIn> {
        let content = |key: &FillKey| match fill.get(key) {
            FillValue::Number(number) => RawContent::Number(*number),
            FillValue::Text(text) => RawContent::Text(text.clone()),
            other => panic!("{other:?}"),
        };
        let entry = |key: &FillKey| {
            let FillKey { key: name, month, row, column } = key.clone();
            TypedIn { key: name, month, row, column, content: content(key) }
        };
        fill.keys().map(entry).collect()
    }

    /// One mould serves many offices, and each finds its own workbook in it.
    #[test]
    fn moulds_give_the_workbook_of_each_office() {
        let every_form = include_str!("../../../tests/piani/ogni-forma.toml");
        for plan in [DEFAULT_PLAN, every_form].map(|text| read_plan(text).unwrap()) {
            let templates = templates(&plan);
            for office in &plan.offices {
                let fill = half_filled(&plan, office);
                let whole = record(&plan, &office.id, (ROWS, Extent::Figures), &fill).unwrap();
                let template = templates(&office.id, None, &typed_in(&fill)).unwrap();
                let (list, sheets) = whole.book.sheets.split_last().unwrap();
                assert_eq!(template.sheets.len(), sheets.len(), "{}", office.id);
                let names = |own: &TemplateSheet| own.mould.sheet.name.clone();
                let own: Vec<String> = template.sheets.iter().map(names).collect();
                let wanted: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
                assert_eq!(own, wanted, "{}", office.id);
                for sheet in sheets {
                    let place = format!("{} {}", office.id, sheet.name);
                    let named = |own: &&TemplateSheet| own.mould.sheet.name == sheet.name;
                    let own = template.sheets.iter().find(named).unwrap();
                    let inputs = &own.mould.inputs;
                    let found: BTreeMap<CellRef, RawCell> = own
                        .cells()
                        .map(|(at, cell)| {
                            let formula = cell.formula.map(str::to_owned);
                            (at, RawCell { content: cell.content.clone(), formula })
                        })
                        .collect();
                    let mut wanted = sheet.cells.clone();
                    wanted.retain(|at, _| !inputs.contains_key(at));
                    assert_eq!(found, wanted, "{place}");
                    let texts = sheet
                        .cells
                        .iter()
                        .filter(|(at, raw)| inputs.contains_key(at) && raw.formula.is_none());
                    let texts = texts.filter_map(|(at, raw)| match &raw.content {
                        RawContent::Text(text) => Some((*at, text.clone())),
                        _ => None,
                    });
                    assert_eq!(own.typed, texts.collect(), "{place}");
                    assert_eq!(whole.aids.get(&sheet.name), Some(&own.mould.aids), "{place}");
                    let traits = &own.mould.sheet.traits;
                    assert_eq!(traits.merged, sheet.traits.merged, "{place}");
                    assert_eq!(traits.validated, sheet.traits.validated, "{place}");
                    assert!(traits.protected && !own.mould.sheet.hidden, "{place}");
                    for (at, format) in inputs {
                        assert_eq!(whole.book.number_format(sheet, *at), Some(*format), "{place} {at}");
                    }
                    assert_eq!(inputs.len(), sheet.traits.styles.len(), "{place}");
                }
                assert_eq!(listed(list), template_list(&template), "{}", office.id);
            }
        }
    }

    /// The rows of a hidden list: key, month, row, column, sheet, cell.
    fn listed(list: &RawSheet) -> Vec<String> {
        let text = |row, col| match list.cell(CellRef { row, col }).map(|cell| &cell.content) {
            Some(RawContent::Text(text)) => text.clone(),
            Some(RawContent::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        let end = list.cells.keys().next_back().unwrap().row;
        let head = (0..end).find(|row| text(*row, 0) == "chiave").unwrap();
        let row = |row| [0, 1, 2, 3, 5, 6].map(|col| text(row, col)).join(" ");
        (head + 1..=end).map(row).collect()
    }

    fn template_list(template: &crate::interpret::Template) -> Vec<String> {
        let words = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        let rows = template.list.iter().flat_map(|part| part.iter());
        rows.map(|own| {
            let (month, column) = (own.month.map(|month| month.number()), own.column.clone());
            let fields = [own.key.clone(), words(month), words(own.row), column.unwrap_or_default()];
            let place = [own.sheet.clone(), own.cell.to_string()];
            fields.into_iter().chain(place).collect::<Vec<_>>().join(" ")
        })
        .collect()
    }

    /// The cells as they compare: a date and its number are the same here.
    fn cells(sheet: &RawSheet) -> Vec<(CellRef, RawContent, Option<String>)> {
        let plain = |content: &RawContent| match content {
            RawContent::Serial(number) => RawContent::Number(*number),
            other => other.clone(),
        };
        sheet.cells.iter().map(|(cell, raw)| (*cell, plain(&raw.content), raw.formula.clone())).collect()
    }

    fn sorted(areas: &[Area]) -> Vec<Area> {
        let mut areas = areas.to_vec();
        areas.sort_unstable();
        areas
    }

    /// One change for each thing that a plan says, some of them seen by offices and some by nobody.
    const CHANGES: [(&str, &str); 22] = [
        ("versione = \"1\"", "versione = \"2\""),
        ("giorno = \"25/4\"", "giorno = \"26/4\""),
        ("titolo = \"Programmi ed", "titolo = \"I programmi ed"),
        ("tetto = 100", "tetto = 99"),
        ("nome = \"Servizio Promozione Territori\"", "nome = \"Promozione\""),
        ("titolo = \"Punto Impresa Digitale\"", "titolo = \"Impresa Digitale\""),
        ("obiettivo_strategico = \"", "obiettivo_strategico = \"X "),
        ("benefici = \"\"\"\nAzione 1: funzioni", "benefici = \"\"\"\nAzione uno: funzioni"),
        ("obiettivo_operativo = \"Consolidamento funzioni", "obiettivo_operativo = \"Le funzioni"),
        (
            "testo = \"n. prodotti oggetto di vigilanza\"\ntarget = \">= 20\"",
            "testo = \"n. prodotti\"\ntarget = \">= 20\"",
        ),
        (
            "testo = \"n. prodotti oggetto di vigilanza\"\ntarget = \">= 20\"",
            "testo = \"n. prodotti oggetto di vigilanza\"\ntarget = \">= 15\"",
        ),
        (
            "formula = \"orafi_ispezionati / orafi_iscritti\"",
            "formula = \"1 - orafi_ispezionati / orafi_iscritti\"",
        ),
        ("  \"Una seconda visita allo stesso orafo non conta.\",\n", ""),
        ("etichetta = \"Prodotti controllati\"", "etichetta = \"Prodotti visti\""),
        ("guida = \"Inserisci il numero di prodotti", "guida = \"Scrivi il numero di prodotti"),
        (
            "chiave = \"titolo\", etichetta = \"Titolo del bando\"",
            "chiave = \"titolo\", etichetta = \"Bando\"",
        ),
        ("plausibile_a = ", "plausibile_a = 1"),
        ("fino_al = 9", "fino_al = 10"),
        ("valore = 2735", "valore = 2736"),
        ("zero = \"raro\"", "zero = \"possibile\""),
        ("scarti = 6 ", "scarti = 7 "),
        ("uffici_stampati = \"", "uffici_stampati = \"X "),
    ];

    /// What only helps is named and left out where figures alone are wanted: the same cells, the same
    /// figures.
    #[test]
    fn figures_do_without_what_only_helps() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        for office in &plan.offices {
            let with =
                |extent| record(&plan, &office.id, (ROWS, extent), &half_filled(&plan, office)).unwrap();
            let (all, figures) = (with(Extent::All), with(Extent::Figures));
            assert_eq!(all.aids, figures.aids, "{}", office.id);
            for (whole, own) in all.book.sheets.iter().zip(&figures.book.sheets) {
                let aids = all.aids.get(&whole.name);
                let counts = |cell: &CellRef| aids.is_none_or(|aids| !aids.contains(cell));
                let kept = |sheet: &RawSheet| -> Vec<_> {
                    cells(sheet).into_iter().filter(|(cell, ..)| counts(cell)).collect()
                };
                assert_eq!(kept(whole), kept(own), "{} {}", office.id, whole.name);
            }
        }
    }

    /// Every other number of an office, some of them wrong.
    fn half_filled(plan: &Plan, office: &crate::plan::Office) -> Fill {
        let mut fill = Fill::default();
        let layouts = Book::of(plan, &office.id, ROWS, &fill, Extent::Figures).inputs();
        for (place, (_, input)) in layouts.into_iter().enumerate().filter(|(place, _)| place % 2 == 0) {
            let value = match input.kind {
                VoceType::Data => FillValue::Number((43_500 + place) as f64),
                VoceType::Testo => FillValue::Text(format!("Evento {}", place % 5)),
                VoceType::SiNo => FillValue::Text("Sì".to_owned()),
                _ if place % 14 == 0 => FillValue::Text("n.a.".to_owned()),
                _ => FillValue::Number((place % 11) as f64),
            };
            fill.set(FillKey::of(&input), value);
        }
        fill
    }

    /// An office has another wording exactly when its workbook is another one: hashes and version, which the
    /// hidden list carries, apart. What Excel says beside a cell is in the bytes and not in the record.
    #[test]
    fn another_wording_is_another_workbook() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        let blank = |plan: &Plan, office: &OfficeId| {
            format!("{:?}", record(plan, office, (ROWS, Extent::Figures), &Fill::default()).unwrap().book)
        };
        let offices = || plan.offices.iter().map(|office| &office.id);
        let hashes: Vec<String> = offices().map(|id| plan.sha256_of(id)).collect();
        // Alone and with others, with registers, values of the plan, a cut-off.
        let judged = ["metrico", "promozione", "qualita", "ri", "urp"];
        let books: Vec<(OfficeId, String)> =
            judged.map(OfficeId::new).into_iter().map(|id| (id.clone(), blank(&plan, &id))).collect();
        let (mut seen, mut unseen) = (0, 0);
        for (from, to) in CHANGES {
            let text = DEFAULT_PLAN.replacen(from, to, 1);
            assert_ne!(text, DEFAULT_PLAN, "{from}");
            let mut other = read_plan(&text).unwrap();
            (other.version, other.sha256) = (plan.version.clone(), plan.sha256.clone());
            for (office, own) in books.iter().filter(|(id, _)| plan.sha256_of(id) == other.sha256_of(id)) {
                assert_eq!(own, &blank(&other, office), "{office}: {to}");
            }
            let touched = offices().zip(&hashes).filter(|(id, own)| other.sha256_of(id) != **own).count();
            seen += usize::from(touched > 0);
            unseen += usize::from(touched == 0);
        }
        assert_eq!((seen, unseen), (13, 9));
        // What Excel says beside a cell is in the bytes and not in the record.
        let other = read_plan(&DEFAULT_PLAN.replacen("zero = \"raro\"", "zero = \"possibile\"", 1)).unwrap();
        let bytes =
            |plan: &Plan| office_workbook(plan, &OfficeId::new("promozione"), &Fill::default()).unwrap();
        assert_eq!(bytes(&plan), bytes(&other));
    }

    /// The workbook as read, without the hash of what its office sees and with another one of the plan.
    fn of_before(plan: &Plan, office: &OfficeId) -> RawWorkbook {
        let mut book = record(plan, office, (ROWS, Extent::Figures), &Fill::default()).unwrap().book;
        let list = book.sheets.last_mut().unwrap();
        let named = |name: &str, list: &RawSheet| {
            list.cells
                .iter()
                .find(|(_, cell)| cell.content == RawContent::Text(name.to_owned()))
                .map(|(at, _)| *at)
        };
        let whole = named("sha256_piano", list).unwrap();
        let beside = CellRef { col: 1, ..whole };
        list.cells.get_mut(&beside).unwrap().content = RawContent::Text("0".repeat(64));
        let own = named("sha256_ufficio", list).unwrap();
        list.cells.retain(|at, _| at.row != own.row);
        book
    }

    /// A workbook of before has no hash of what its office sees: it is compared with what the plan says.
    #[test]
    fn a_workbook_of_before_is_compared_text_by_text() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        let wording = |plan: &Plan, book: &RawWorkbook| match recognise(plan, "f.xlsx", "", book) {
            Recognition::Submission(submission) => submission.wording,
            other => panic!("{other:?}"),
        };
        let books: Vec<(OfficeId, RawWorkbook)> =
            plan.offices.iter().map(|office| (office.id.clone(), of_before(&plan, &office.id))).collect();
        for (office, book) in &books {
            assert_eq!(wording(&plan, book), Wording::This, "{office}");
        }
        for (index, kind) in [
            (5, DifferenceKind::Scheda),
            (9, DifferenceKind::Indicator),
            (10, DifferenceKind::Target),
            (11, DifferenceKind::Formula),
            (13, DifferenceKind::Label),
            (15, DifferenceKind::Label),
            (18, DifferenceKind::Fixed),
        ] {
            let (from, to) = CHANGES[index];
            let other = read_plan(&DEFAULT_PLAN.replacen(from, to, 1)).unwrap();
            let mut touched = 0;
            for (office, book) in &books {
                let differs = plan.sha256_of(office) != other.sha256_of(office);
                match wording(&other, book) {
                    Wording::This => assert!(!differs, "{office}: {to}"),
                    Wording::Other(differences) => {
                        assert!(differs, "{office}: {to}: {differences:?}");
                        assert!(differences.iter().any(|one| one.kind == kind), "{to}: {differences:?}");
                        touched += 1;
                    }
                }
            }
            assert!(touched > 0, "{to}");
        }
    }

    #[test]
    fn the_record_is_the_workbook_as_read() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        for office in &plan.offices {
            let mut fill = Fill::default();
            let inputs = Book::of(&plan, &office.id, ROWS, &fill, Extent::Figures).inputs();
            for (index, (_, input)) in inputs.into_iter().enumerate() {
                let value = match input.kind {
                    _ if index % 7 == 0 => FillValue::Blank,
                    VoceType::Data => {
                        FillValue::Number(43_500.0 + f64::from(u8::try_from(index % 90).unwrap()))
                    }
                    VoceType::SiNo => FillValue::Text("Sì".to_owned()),
                    VoceType::Testo => FillValue::Text(format!("testo {}", index % 5)),
                    _ => FillValue::Number(f64::from(u8::try_from(index % 11).unwrap() + 1)),
                };
                let key =
                    FillKey { key: input.key, month: input.month, row: input.row, column: input.column };
                fill.set(key, value);
            }
            let bytes = office_workbook(&plan, &office.id, &fill).unwrap();
            let read = read_bytes("modello.xlsx", bytes).content.unwrap();
            let recorded = record(&plan, &office.id, (ROWS, Extent::All), &fill).unwrap().book;
            assert_eq!(read.sheets.len(), recorded.sheets.len());
            for (read_sheet, sheet) in read.sheets.iter().zip(&recorded.sheets) {
                let place = format!("{} {}", office.id, sheet.name);
                assert_eq!(read_sheet.name, sheet.name);
                assert_eq!(cells(read_sheet), cells(sheet), "{place}");
                assert_eq!(sorted(&read_sheet.traits.merged), sorted(&sheet.traits.merged), "{place}");
                assert_eq!(sorted(&read_sheet.traits.validated), sorted(&sheet.traits.validated), "{place}");
                assert_eq!(read_sheet.hidden, sheet.hidden, "{place}");
                assert!(read_sheet.traits.protected && sheet.traits.protected, "{place}");
                for (cell, _) in sheet.traits.styles.iter().filter(|(cell, _)| sheet.cells.contains_key(cell))
                {
                    let formats =
                        (read.number_format(read_sheet, *cell), recorded.number_format(sheet, *cell));
                    // A text needs no format of numbers.
                    if formats.0 != Some("@") {
                        assert_eq!(formats.0, formats.1, "{place} {cell}");
                    }
                }
            }
        }
    }
}
