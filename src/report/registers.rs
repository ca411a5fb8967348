//! *Registri*: the rows of the registers that can count, and what each gives to its formula, month by month,
//! live over *Dati*.

use std::collections::BTreeMap;

use crate::admit::{Admission, Ignored};
use crate::formula::{Expr, Fold, RowExpr};
use crate::model::{CellRef, IndicatorCode, Month, Number, OfficeId, VoceKey, VoceType, YearMonth};
use crate::plan::{Indicator, Register, Voce};

use super::data::{self, COUNTS};
use super::index::{DataRow, Index};
use super::words::at_month;
use crate::book::table::{BODY, Table, area, body_row, cells, names};
use crate::book::{Cell, Column, Format, Head, On, Sheet, TabKind, columns, heads};
use crate::certify::Run;
use crate::excel::Target;
use crate::excel::{Call, Formula, Sign};

columns! {
    /// The columns before the months.
    pub(crate) RegisterColumn in names::REGISTERS {
        Indicator: "Indicatore", 11, Always;
        Register: "Registro", 30, Always, key = true;
        Gives: "Che cosa dà", 34, First;
        Office: "Ufficio", 24, First, key = true;
        Row: "Riga", 7, First, key = true;
        Key: "Chiave della riga", 30, First;
        Event: "Evento n.", 10, First;
        Date: "Data dell'evento", 13, First;
    }
}

/// The column where the months begin.
const FIRST_MONTH: u16 = RegisterColumn::ALL.len() as u16;

/// The rows of all the registers, by block: a register and what the formula asks of it.
pub(super) struct Registers<'a> {
    rows: Vec<Source<'a>>,
    blocks: BTreeMap<VoceKey, Vec<Block<'a>>>,
    /// The places of the rows of one event, by the first row of their block and the event.
    same: BTreeMap<(usize, usize), Vec<usize>>,
    month: YearMonth,
}

/// The rows of a register for one of the things that the formula asks of it.
struct Block<'a> {
    /// What is asked: a fold or a count of distinct values; `None` when the formula asks nothing.
    node: Option<&'a Expr>,
    first: usize,
    last: usize,
}

/// A row of a register.
struct Source<'a> {
    code: &'a IndicatorCode,
    voce: &'a Voce,
    register: &'a Register,
    node: Option<&'a Expr>,
    office: &'a OfficeId,
    row: u32,
    /// Its fields: by column, the row of *Dati*.
    fields: BTreeMap<&'a str, usize>,
    /// As typed.
    key: &'a str,
    /// The same for all the rows of one event.
    event: usize,
    /// The place of the first row of its block.
    first: usize,
}

/// Over whose rows, up to when.
#[derive(Clone, Copy)]
pub(super) enum Span<'o> {
    /// All the offices, at the end of a month.
    Month(Month),
    /// One office, at the end of the reporting month.
    Office(&'o OfficeId),
}

impl<'a> Registers<'a> {
    /// Finds the rows in *Dati*.
    pub(super) fn of(run: &Run<'a>, index: &Index<'a>) -> Self {
        let mut registers = Self {
            rows: Vec::new(),
            blocks: BTreeMap::new(),
            same: BTreeMap::new(),
            month: run.consolidation.month,
        };
        for indicator in run.plan.indicators() {
            for voce in &indicator.voci {
                if let Some(register) = &voce.register {
                    registers.add(index, indicator, voce, register);
                }
            }
        }
        registers
    }

    fn add(&mut self, index: &Index<'a>, indicator: &'a Indicator, voce: &'a Voce, register: &'a Register) {
        let found = rows_of(index, indicator, voce, register);
        if found.is_empty() {
            return;
        }
        let asked = indicator.formula.expr().asked_of(&voce.key);
        let mut asked: Vec<Option<&Expr>> = asked.into_iter().map(Some).collect();
        if asked.is_empty() {
            asked.push(None);
        }
        for node in asked {
            let first = self.rows.len();
            let mut events: BTreeMap<&str, usize> = BTreeMap::new();
            for ((office, row), (fields, key, folded)) in &found {
                let next = events.len();
                let event = *events.entry(folded).or_insert(next);
                self.same.entry((first, event)).or_default().push(self.rows.len());
                let (code, fields) = (&indicator.code, fields.clone());
                self.rows.push(Source {
                    code,
                    voce,
                    register,
                    node,
                    office,
                    row: *row,
                    fields,
                    key,
                    event,
                    first,
                });
            }
            let last = self.rows.len() - 1;
            self.blocks.entry(voce.key.clone()).or_default().push(Block { node, first, last });
        }
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Where the rows that count are marked with 1; `None` when there is no row.
    pub(super) fn marks(&self, voce: &VoceKey, span: Span<'_>) -> Option<Formula> {
        let block = self.blocks.get(voce)?.first()?;
        self.cells(block, span, 0)
    }

    /// What each row gives to a fold of the formula; `None` when there is no row.
    pub(super) fn values(&self, voce: &VoceKey, node: &Expr, span: Span<'_>) -> Option<Formula> {
        let block = self.blocks.get(voce)?.iter().find(|block| block.node == Some(node))?;
        self.cells(block, span, 1)
    }

    fn cells(&self, block: &Block<'_>, span: Span<'_>, which: u16) -> Option<Formula> {
        let (first, last) = match span {
            Span::Month(_) => (block.first, block.last),
            Span::Office(office) => {
                let own = |place: &usize| self.rows.get(*place).is_some_and(|row| row.office == office);
                let mut places = (block.first..=block.last).filter(own);
                let first = places.next()?;
                (first, places.next_back().unwrap_or(first))
            }
        };
        let column = self.column(span) + which;
        let (first, last) =
            (body_row(names::REGISTERS, first)?.cell.row, body_row(names::REGISTERS, last)?.cell.row);
        Some(Formula::Range(names::REGISTERS, area(first, column, last, column)))
    }

    /// The column where a span marks its rows; what they give is in the next one.
    fn column(&self, span: Span<'_>) -> u16 {
        let months = match span {
            Span::Month(month) => month.number() - 1,
            Span::Office(_) => self.month.month.number(),
        };
        FIRST_MONTH + u16::try_from(months * 2).unwrap_or(0)
    }

    /// The sheet; `None` when the plan has no register.
    pub(super) fn sheet(&self, run: &Run<'_>) -> Option<Sheet> {
        run.plan.voci().find(|(_, voce)| voce.register.is_some())?;
        let months: Vec<String> = self
            .month
            .month
            .up_to()
            .flat_map(|month| [format!("Conta {}", at_month(month)), format!("Dà {}", at_month(month))])
            .collect();
        let office = ["Conta per l'ufficio", "Dà per l'ufficio"].map(str::to_owned);
        let live = months.into_iter().chain(office).map(|name| Head::new(name, 11, On::Screen));
        let columns = heads::<RegisterColumn>().into_iter().chain(live).collect();
        let body = (0..self.rows.len()).filter_map(|place| self.row(run, place)).collect();
        let table = Table {
            name: names::REGISTERS,
            tab: TabKind::Evidence,
            title: "Registri",
            subtitle: "Le righe dei registri che possono contare, e che cosa ciascuna dà alla formula alla fine di ogni mese: \
                       righe con lo stesso numero di evento contano una volta sola. Le date vengono dal foglio «Dati»."
                .to_owned(),
            columns,
            empty: "Nessuna riga.",
        };
        Some(table.sheet(body))
    }

    fn row(&self, run: &Run<'_>, place: usize) -> Option<Vec<Cell>> {
        let source = self.rows.get(place)?;
        let label =
            |key: &VoceKey| run.plan.voce(key).map_or_else(String::new, |(_, voce)| voce.label.clone());
        let start = source.fields.values().min().and_then(|row| body_row(names::DATA, *row));
        let mut cells = cells(|column| match column {
            RegisterColumn::Indicator => Cell::code(source.code.as_str()),
            RegisterColumn::Register => Cell::text(label(&source.voce.key)),
            RegisterColumn::Gives => {
                Cell::text(source.node.map_or_else(String::new, |node| node.in_words(&label)))
            }
            RegisterColumn::Office => Cell::text(run.plan.office_name(source.office)),
            RegisterColumn::Row => Cell::link(source.row.to_string(), start),
            RegisterColumn::Key => Cell::text(source.key),
            RegisterColumn::Event => Cell::count(source.event + 1),
            RegisterColumn::Date => date_shape().step(self.event_date(source)),
        });
        for month in self.month.month.up_to() {
            cells.extend(self.pair(place, source, Span::Month(month)));
        }
        cells.extend(self.pair(place, source, Span::Office(source.office)));
        Some(cells)
    }

    /// Whether the row counts, and what it gives.
    fn pair(&self, place: usize, source: &Source<'a>, span: Span<'_>) -> [Cell; 2] {
        let as_of = Formula::date(self.as_of(span));
        let own = |column| self.at(place, column);
        let column = self.column(span);
        // An event counts once; of one that has no row above there is nothing to ask.
        let first = self.same_event(source, span).map(|(other, _)| other).find(|other| *other < place);
        let once = |then: Formula| match first {
            Some(first) => {
                let above = |column| self.range(first, place - 1, column);
                let criteria = [
                    above(RegisterColumn::Event.col()),
                    own(RegisterColumn::Event.col()),
                    above(column),
                    Formula::whole(1),
                ];
                let not_yet = Formula::call(Call::CountIfs, criteria).is(Formula::whole(0));
                Formula::choose(not_yet, then, Formula::none())
            }
            None => then,
        };
        let known = own(RegisterColumn::Date.col()).signed(Sign::AtMost, as_of.clone());
        let counts = Formula::choose(
            Formula::call(Call::IsNumber, [own(RegisterColumn::Date.col())]),
            Formula::choose(known, once(Formula::whole(1)), Formula::none()),
            Formula::none(),
        );
        let gives = self
            .gives(place, source, span, &as_of)
            .map(|gives| Formula::choose(own(column).is(Formula::whole(1)), gives, Formula::none()));
        let shape = || Cell::number(Number::zero(), Format::Plain);
        [shape().step(counts), gives.map_or_else(Cell::blank, |gives| shape().step(gives))]
    }

    /// What a row that counts gives to the fold; `None` when Excel has no plain way to say it.
    fn gives(&self, place: usize, source: &Source<'a>, span: Span<'_>, as_of: &Formula) -> Option<Formula> {
        match source.node? {
            Expr::Distinct(_, column) if *column == source.register.identity => Some(Formula::whole(1)),
            Expr::Over(fold, _, RowExpr::Column(column)) => {
                let value = self.field(place, source, column, span, as_of, Formula::none());
                Some(if *fold == Fold::Count {
                    Formula::choose(value.is(Formula::none()), Formula::none(), Formula::whole(1))
                } else {
                    value
                })
            }
            Expr::Over(fold, _, RowExpr::Days { from, to, working: false }) => {
                let from = self.field(place, source, from, span, as_of, Formula::none());
                let open = if *fold == Fold::Count { Formula::none() } else { as_of.clone() };
                let to = self.field(place, source, to, span, as_of, open);
                let is_number = |one: &Formula| Formula::call(Call::IsNumber, [one.clone()]);
                let both = Formula::call(Call::And, [is_number(&from), is_number(&to)]);
                let days = if *fold == Fold::Count { Formula::whole(1) } else { to.signed(Sign::Less, from) };
                Some(Formula::choose(both, days, Formula::none()))
            }
            _ => None,
        }
    }

    /// The value of a column of the event: of the row itself, else of another row of the same event.
    fn field(
        &self,
        place: usize,
        source: &Source<'a>,
        column: &str,
        span: Span<'_>,
        as_of: &Formula,
        missing: Formula,
    ) -> Formula {
        let is_date = source.register.column(column).is_some_and(|column| column.kind == VoceType::Data);
        let same: Vec<(usize, &Source<'_>)> = self.same_event(source, span).collect();
        same.iter().rev().fold(missing, |rest, (other, row)| {
            let Some((value, counts)) = row.fields.get(column).and_then(|row| data::value_and_counts(*row))
            else {
                return rest;
            };
            let mut tests = vec![Formula::Cell(counts).is(Formula::text(COUNTS))];
            if is_date {
                tests.push(Formula::Cell(value).signed(Sign::AtMost, as_of.clone()));
            }
            if *other != place {
                let date = self.at(*other, RegisterColumn::Date.col());
                tests.push(Formula::call(Call::IsNumber, [date.clone()]));
                tests.push(date.signed(Sign::AtMost, as_of.clone()));
            }
            Formula::choose(Formula::call(Call::And, tests), Formula::Cell(value), rest)
        })
    }

    /// The rows of the event of a row, itself included, with their places in order.
    fn same_event<'s>(
        &'s self,
        source: &Source<'_>,
        span: Span<'s>,
    ) -> impl Iterator<Item = (usize, &'s Source<'a>)> {
        let places = self.same.get(&(source.first, source.event)).into_iter().flatten();
        places.filter_map(|place| Some((*place, self.rows.get(*place)?))).filter(move |(_, row)| match span {
            Span::Month(_) => true,
            Span::Office(office) => row.office == office,
        })
    }

    /// The date that makes a row count, when it and the key of the row do.
    fn event_date(&self, source: &Source<'a>) -> Formula {
        let cells = |column: &str| source.fields.get(column).and_then(|row| data::value_and_counts(*row));
        let (Some((_, key)), Some((date, counts))) =
            (cells(&source.register.identity), cells(&source.register.event))
        else {
            return Formula::none();
        };
        let counting = |cell: Target| Formula::Cell(cell).is(Formula::text(COUNTS));
        let both = Formula::call(Call::And, [counting(key), counting(counts)]);
        Formula::choose(both, Formula::Cell(date), Formula::none())
    }

    fn as_of(&self, span: Span<'_>) -> chrono::NaiveDate {
        match span {
            Span::Month(month) => month.last_day(self.month.year),
            Span::Office(_) => self.month.last_day(),
        }
    }

    fn at(&self, place: usize, column: u16) -> Formula {
        let row = BODY.saturating_add(u32::try_from(place).unwrap_or(u32::MAX));
        Formula::Cell(Target { sheet: names::REGISTERS, cell: CellRef { row, col: column } })
    }

    fn range(&self, first: usize, last: usize, column: u16) -> Formula {
        let row = |place: usize| BODY.saturating_add(u32::try_from(place).unwrap_or(u32::MAX));
        Formula::Range(names::REGISTERS, area(row(first), column, row(last), column))
    }
}

fn date_shape() -> Cell {
    Cell::date(chrono::NaiveDate::default())
}

type Found<'a> = BTreeMap<(&'a OfficeId, u32), (BTreeMap<&'a str, usize>, &'a str, String)>;

/// The rows of a register with a key and an event date, no field of which is kept out, in the order in which
/// the engine unites them.
fn rows_of<'a>(index: &Index<'a>, indicator: &Indicator, voce: &Voce, register: &Register) -> Found<'a> {
    let mut found: BTreeMap<(&OfficeId, u32), Vec<(usize, &'a crate::admit::AdmittedEntry)>> =
        BTreeMap::new();
    let Some((first, last)) = index.block(&voce.key) else { return BTreeMap::new() };
    for (place, row) in index.data.iter().enumerate().skip(first).take(last + 1 - first) {
        if let DataRow::Entry(entry) = row
            && let Some(number) = entry.id.row
            && indicator.offices.contains(&entry.office)
        {
            found.entry((&entry.office, number)).or_default().push((place, entry));
        }
    }
    found
        .into_iter()
        .filter(|(_, fields)| {
            let out = Admission::Ignored(Ignored::NotTheirs);
            fields
                .iter()
                .all(|(_, one)| !matches!(one.admission, Admission::Excluded(_)) && one.admission != out)
        })
        .filter_map(|(row, fields)| {
            let named = |name: &str| fields.iter().find(|(_, one)| one.id.column.as_deref() == Some(name));
            let (_, key) = named(&register.identity)?;
            named(&register.event)?;
            let folded = key.value.as_ref()?.joining_key();
            let cells =
                fields.iter().filter_map(|(place, one)| Some((one.id.column.as_deref()?, *place))).collect();
            Some((row, (cells, key.raw.as_str(), folded)))
        })
        .collect()
}

/// Whether Excel can do what the formula asks of a register.
pub(super) fn can_say(indicator: &Indicator, node: &Expr) -> bool {
    match node {
        Expr::Over(_, _, RowExpr::Column(_) | RowExpr::Days { working: false, .. }) => true,
        Expr::Distinct(key, column) => indicator
            .voce(key)
            .and_then(|voce| voce.register.as_ref())
            .is_some_and(|register| *column == register.identity),
        _ => false,
    }
}
