//! What Excel lets in without asking when something is typed: the validations of a sheet, read from its bytes
//! and followed as Excel does. It knows nothing of the program: a small spreadsheet of one cell.

use schede::model::CellRef;

use super::xml::{Element, parse};

/// What stands in a cell, or what a formula makes of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Blank,
    Number(f64),
    Text(String),
    Flag(bool),
    Error,
}

/// A validation and the cells for which it stands.
#[derive(Debug)]
pub(crate) struct Validation {
    first: CellRef,
    last: CellRef,
    kind: String,
    /// Whether it says anything of what it does not let in.
    speaks: bool,
    formulas: Vec<String>,
}

/// The validations of a sheet's part.
pub(crate) fn validations(part: &[u8]) -> Vec<Validation> {
    let sheet = parse(std::str::from_utf8(part).unwrap()).unwrap();
    sheet.all("dataValidation").into_iter().map(Validation::of).collect()
}

impl Validation {
    fn of(element: &Element) -> Self {
        // Nothing typed is always let in, and nothing is refused for good: a warning asks.
        assert_eq!(element.attribute("allowBlank"), "1");
        let kind = element.maybe("type").unwrap_or("none");
        let speaks = kind != "none" && element.maybe("showErrorMessage") == Some("1");
        assert!(!speaks || element.maybe("errorStyle") == Some("warning"), "{kind}");
        assert!(element.maybe("operator").is_none_or(|operator| operator == "between"));
        let range = element.attribute("sqref");
        let (first, last) = range.split_once(':').unwrap_or((range, range));
        let formula = |name: &str| element.children(name).next().map(Element::words);
        Self {
            first: CellRef::parse(first).unwrap(),
            last: CellRef::parse(last).unwrap(),
            kind: kind.to_owned(),
            speaks,
            formulas: ["formula1", "formula2"].into_iter().filter_map(formula).collect(),
        }
    }

    pub(crate) fn is_of(&self, cell: CellRef) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.col..=self.last.col).contains(&cell.col)
    }

    /// Whether anything is asked of what is typed.
    pub(crate) fn is_a_rule(&self) -> bool {
        self.kind != "none"
    }

    /// Whether Excel lets this in.
    pub(crate) fn admits(&self, typed: &Value) -> bool {
        let of = |place: usize| self.evaluated(place, typed);
        match (self.kind.as_str(), typed) {
            ("none", _) | (_, Value::Blank) => true,
            _ if !self.speaks => true,
            ("custom", _) => truth(&of(0)) == Some(true),
            _ => panic!("{self:?}"),
        }
    }

    fn evaluated(&self, place: usize, typed: &Value) -> Value {
        let mut formula = Formula { rest: &self.formulas[place], own: self.first.to_string(), typed };
        let value = formula.compared();
        assert!(formula.rest.is_empty(), "{self:?}: {}", formula.rest);
        value
    }
}

/// A formula read and followed at once; its only cell is the one in which something is typed.
struct Formula<'f> {
    rest: &'f str,
    own: String,
    typed: &'f Value,
}

impl<'f> Formula<'f> {
    /// Takes a sign off, when it comes next.
    fn takes(&mut self, sign: &str) -> bool {
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn while_it_is(&mut self, wanted: impl Fn(char) -> bool) -> &'f str {
        let end = self.rest.find(|letter| !wanted(letter)).unwrap_or(self.rest.len());
        let (head, rest) = self.rest.split_at(end);
        self.rest = rest;
        head
    }

    fn compared(&mut self) -> Value {
        let left = self.one();
        // The longer signs first.
        let Some(sign) = ["<>", "<=", ">=", "<", ">", "="].into_iter().find(|sign| self.takes(sign)) else {
            return left;
        };
        let right = self.one();
        compare(&left, sign, &right)
    }

    fn one(&mut self) -> Value {
        if self.takes("-") {
            return number(&self.one()).map_or(Value::Error, |number| Value::Number(-number));
        }
        if self.takes("\"") {
            let text = self.while_it_is(|letter| letter != '"').to_owned();
            assert!(self.takes("\"") && !self.rest.starts_with('"'), "{}", self.rest);
            return Value::Text(text);
        }
        let word = self.while_it_is(|letter| letter.is_ascii_alphanumeric() || letter == '.');
        if self.takes("(") {
            if self.takes(")") {
                return call(word, &[]);
            }
            let mut arguments = vec![self.compared()];
            while self.takes(",") {
                arguments.push(self.compared());
            }
            assert!(self.takes(")"), "{}", self.rest);
            return call(word, &arguments);
        }
        if word == self.own {
            return self.typed.clone();
        }
        Value::Number(word.parse().unwrap_or_else(|_| panic!("{word} in {}", self.own)))
    }
}

fn call(name: &str, arguments: &[Value]) -> Value {
    match (name, arguments) {
        ("IF", [test, then, otherwise]) => match truth(test) {
            Some(true) => then.clone(),
            Some(false) => otherwise.clone(),
            None => Value::Error,
        },
        ("ISNUMBER", [value]) => Value::Flag(matches!(value, Value::Number(_))),
        ("NOT", [value]) => truth(value).map_or(Value::Error, |truth| Value::Flag(!truth)),
        ("TRIM", [Value::Text(text)]) => {
            Value::Text(text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
        }
        // Of a number nothing is asked as of a text: the branch is not the one that is taken.
        ("TRIM", [other]) => other.clone(),
        ("TRUE" | "FALSE", []) => Value::Flag(name == "TRUE"),
        ("AND", all) => fold(all, |all| all.iter().all(|one| *one)),
        ("OR", all) => fold(all, |all| all.iter().any(|one| *one)),
        ("INT", [value]) => of_number(value, f64::floor),
        ("ROUND", [value, Value::Number(places)]) => {
            let scale = 10_f64.powf(*places);
            // Half away from zero.
            of_number(value, |number| (number * scale).round() / scale)
        }
        ("DATE", [Value::Number(year), Value::Number(month), Value::Number(day)]) => {
            let part = |number: &f64| format!("{number}");
            let date = format!("{}-{:0>2}-{:0>2}", part(year), part(month), part(day));
            let date: chrono::NaiveDate = date.parse().unwrap();
            let epoch: chrono::NaiveDate = "1899-12-30".parse().unwrap();
            Value::Number(f64::from(i32::try_from((date - epoch).num_days()).unwrap()))
        }
        _ => panic!("{name}({arguments:?})"),
    }
}

fn fold(all: &[Value], of: impl Fn(&[bool]) -> bool) -> Value {
    let all: Option<Vec<bool>> = all.iter().map(truth).collect();
    all.map_or(Value::Error, |all| Value::Flag(of(&all)))
}

fn of_number(value: &Value, of: impl Fn(f64) -> f64) -> Value {
    number(value).map_or(Value::Error, |number| Value::Number(of(number)))
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Blank => Some(0.0),
        Value::Number(number) => Some(*number),
        Value::Flag(flag) => Some(f64::from(u8::from(*flag))),
        Value::Text(_) | Value::Error => None,
    }
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Flag(flag) => Some(*flag),
        Value::Text(_) | Value::Error => None,
        other => number(other).map(|number| number != 0.0),
    }
}

/// Numbers come before texts, texts before true and false; texts are compared whatever their case.
fn compare(left: &Value, sign: &str, right: &Value) -> Value {
    let rank = |value: &Value| match value {
        Value::Blank | Value::Number(_) | Value::Error => 0,
        Value::Text(_) => 1,
        Value::Flag(_) => 2,
    };
    let order = match (left, right) {
        (Value::Number(one), Value::Number(other)) => one.partial_cmp(other).unwrap(),
        (Value::Text(one), Value::Text(other)) => one.to_lowercase().cmp(&other.to_lowercase()),
        (Value::Error, _) | (_, Value::Error) => return Value::Error,
        _ => rank(left).cmp(&rank(right)),
    };
    Value::Flag(match sign {
        "=" => order.is_eq(),
        "<>" => order.is_ne(),
        "<" => order.is_lt(),
        "<=" => order.is_le(),
        ">" => order.is_gt(),
        _ => order.is_ge(),
    })
}

#[test]
fn a_rule_is_followed_as_excel_follows_it() {
    // By the rules of Excel, typed in D5.
    let custom = |text: &str| Validation {
        first: CellRef::parse("D5").unwrap(),
        last: CellRef::parse("D9").unwrap(),
        kind: "custom".to_owned(),
        speaks: true,
        formulas: vec![text.to_owned()],
    };
    let cents = custom("IF(ISNUMBER(D5),AND(D5>=-10,D5=ROUND(D5,2)),D5=\"n.a.\")");
    let text = |text: &str| Value::Text(text.to_owned());
    for admitted in [Value::Blank, Value::Number(12.34), Value::Number(-10.0), text("N.A.")] {
        assert!(cents.admits(&admitted), "{admitted:?}");
    }
    for refused in [Value::Number(12.345), Value::Number(-10.01), text("na"), Value::Flag(true)] {
        assert!(!cents.admits(&refused), "{refused:?}");
    }
    let days = custom("AND(D5>=DATE(2019,1,1),D5<=DATE(2019,12,31),D5=INT(D5))");
    for (number, admitted) in [(43_465.0, false), (43_466.0, true), (43_830.0, true), (43_830.5, false)] {
        assert_eq!(days.admits(&Value::Number(number)), admitted, "{number}");
    }
    assert!(!days.admits(&text("1/6/2019")), "a text is greater than any number, and has no whole part");
    assert!(cents.is_of(CellRef::parse("D9").unwrap()) && !cents.is_of(CellRef::parse("E5").unwrap()));
}
