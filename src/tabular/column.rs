//! What a column is, and what it says of a row.

use crate::model::{Number, Value};

/// What the cells of a column are, in the words of Table Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Any text.
    Text,
    /// A whole number, of any length.
    Integer,
    /// A decimal number with a point, of any length.
    Number,
    /// `true` or `false`.
    Boolean,
    /// `2019-06-01`.
    Date,
}

impl Kind {
    /// As the schema writes it.
    pub(super) fn code(self) -> &'static str {
        match self {
            Kind::Text => "string",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Boolean => "boolean",
            Kind::Date => "date",
        }
    }
}

/// The description of a column.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// Its name, which is its header.
    pub(super) name: String,
    /// What its cells are.
    pub(super) kind: Kind,
    /// In what its numbers are measured; empty where nothing is measured, or a column beside says it.
    pub(super) unit: &'static str,
    /// What it holds, in Italian.
    pub(super) description: String,
    /// Whether every row has it.
    pub(super) required: bool,
    /// The values it may have; empty when any.
    pub(super) among: Vec<String>,
    /// Lowest and highest value.
    pub(super) bounds: Option<(u32, u32)>,
}

/// A column of rows `R`: its description, and its cell in a row, empty where there is nothing to say.
pub(super) struct Column<'r, R> {
    pub(super) field: Field,
    pub(super) cell: Box<dyn Fn(&R) -> String + 'r>,
}

/// The columns of a table, in order.
pub(super) struct Columns<'r, R>(pub(super) Vec<Column<'r, R>>);

impl<'r, R: 'r> Columns<'r, R> {
    fn push(&mut self, name: &str, kind: Kind, about: &str, cell: impl Fn(&R) -> String + 'r) -> &mut Self {
        let field = Field {
            name: name.to_owned(),
            kind,
            unit: "",
            description: about.to_owned(),
            required: false,
            among: Vec::new(),
            bounds: None,
        };
        self.0.push(Column { field, cell: Box::new(cell) });
        self
    }

    /// A text, as it is.
    pub(super) fn text(
        &mut self,
        name: &str,
        about: &str,
        of: impl for<'x> Fn(&'x R) -> &'x str + 'r,
    ) -> &mut Self {
        self.push(name, Kind::Text, about, move |row| of(row).to_owned())
    }

    /// A text that is made.
    pub(super) fn made(&mut self, name: &str, about: &str, of: impl Fn(&R) -> String + 'r) -> &mut Self {
        self.push(name, Kind::Text, about, of)
    }

    /// A whole number.
    pub(super) fn whole(
        &mut self,
        name: &str,
        about: &str,
        of: impl Fn(&R) -> Option<u64> + 'r,
    ) -> &mut Self {
        self.push(name, Kind::Integer, about, move |row| said(of(row)))
    }

    /// Yes or no.
    pub(super) fn flag(
        &mut self,
        name: &str,
        about: &str,
        of: impl Fn(&R) -> Option<bool> + 'r,
    ) -> &mut Self {
        self.push(name, Kind::Boolean, about, move |row| said(of(row)))
    }

    /// An exact number: `NAME` in decimals, and its fraction in `NAME_numeratore` and `NAME_denominatore`.
    pub(super) fn exact(
        &mut self,
        name: &str,
        (unit, about): (&'static str, &str),
        of: impl Fn(&R) -> Option<Number> + Clone + 'r,
    ) -> &mut Self {
        self.number(name, name, (unit, about), of)
    }

    /// The same, the fraction of `of_fraction`.
    fn number(
        &mut self,
        name: &str,
        of_fraction: &str,
        (unit, about): (&'static str, &str),
        of: impl Fn(&R) -> Option<Number> + Clone + 'r,
    ) -> &mut Self {
        let (over, under) = (of.clone(), of.clone());
        let decimals = format!("{about}; se i decimali non finiscono, a 20 cifre significative");
        self.push(name, Kind::Number, &decimals, move |row| said(of(row).map(|number| number.to_plain())));
        self.unit(unit);
        let term = |what: &str| format!("{about}: {what} della frazione esatta, ai minimi termini");
        self.push(&format!("{of_fraction}_numeratore"), Kind::Integer, &term("numeratore"), move |row| {
            said(over(row).map(|number| number.terms().0))
        });
        self.push(&format!("{of_fraction}_denominatore"), Kind::Integer, &term("denominatore"), move |row| {
            said(under(row).map(|number| number.terms().1))
        })
    }

    /// A value of any kind: `NAME` as the JSON writes it, `NAME_numero` with its fraction,
    /// `NAME_data`.
    pub(super) fn value(
        &mut self,
        name: &str,
        (unit, about): (&'static str, &str),
        of: impl Fn(&R) -> Option<Value> + Clone + 'r,
    ) -> &mut Self {
        let (text, date) = (of.clone(), of.clone());
        let number = move |row: &R| match of(row)? {
            Value::Number(number) => Some(number),
            Value::Date(_) | Value::Flag(_) | Value::Text(_) => None,
        };
        self.made(name, &format!("{about}, come nel file di --json"), move |row| {
            said(text(row).map(|value| value.to_machine()))
        });
        let about_number = format!("{about}, quando è un numero");
        self.number(&format!("{name}_numero"), name, (unit, &about_number), number);
        let about = format!("{about}, quando è una data");
        self.push(&format!("{name}_data"), Kind::Date, &about, move |row| {
            said(date(row).and_then(|value| value.date()))
        })
    }

    /// The unit of the column before.
    pub(super) fn unit(&mut self, unit: &'static str) -> &mut Self {
        self.last(|field| field.unit = unit)
    }

    /// Every row has the column before.
    pub(super) fn required(&mut self) -> &mut Self {
        self.last(|field| field.required = true)
    }

    /// The column before has one of these values, or none.
    pub(super) fn among<S: ToString>(&mut self, values: impl IntoIterator<Item = S>) -> &mut Self {
        let values = values.into_iter().map(|value| value.to_string()).collect();
        self.last(|field| field.among = values)
    }

    /// The column before lies between these, ends included.
    pub(super) fn between(&mut self, low: u32, high: u32) -> &mut Self {
        self.last(|field| field.bounds = Some((low, high)))
    }

    fn last(&mut self, change: impl FnOnce(&mut Field)) -> &mut Self {
        if let Some(column) = self.0.last_mut() {
            change(&mut column.field);
        }
        self
    }
}

fn said(cell: Option<impl ToString>) -> String {
    cell.map(|cell| cell.to_string()).unwrap_or_default()
}
