//! Tree → bound expression: every name known, every unit right, the time nature inferred.

use super::error::FormulaError;
use super::expr::{Expr, Fold, RowExpr, Scope, VoceInfo};
use super::kind::{Kind as Typed, Measure, Pace};
use super::parse::{Kind, Node, Operation};
use crate::model::{TimeKind, VoceType};

/// Binds a tree; keeps going after a mistake, so that all come at once.
pub(super) struct Binder<'a> {
    pub scope: &'a dyn Scope,
    pub errors: Vec<FormulaError>,
}

/// An expression with its kind; `None` after a mistake already told.
type Bound = Option<(Expr, Typed)>;

const FUNCTIONS: [&str; 8] =
    ["giorni", "giorni_lavorativi", "massimo", "minimo", "media", "somma", "conta", "conta_distinti"];

impl Binder<'_> {
    pub(super) fn bind(&mut self, node: &Node) -> Bound {
        match &node.kind {
            // Already reported where it was read.
            Kind::Hole => None,
            Kind::Number(number) => Some((Expr::Number(number.clone()), Typed::literal())),
            Kind::Name(name) => self.name(node, name),
            Kind::Negate(inner) => {
                let (expr, kind) = self.bind(inner)?;
                if matches!(kind.measure, Measure::Date | Measure::Text) {
                    let message = "una data o un testo non hanno un opposto".to_owned();
                    self.wrong("P06", inner, message, "togli il segno meno");
                    return None;
                }
                Some((Expr::Negate(Box::new(expr)), kind.negated()))
            }
            Kind::Binary(operation, left, right) => self.binary(node, *operation, left, right),
            Kind::Call(function, arguments) => self.call(node, function, arguments),
        }
    }

    fn wrong(&mut self, code: &'static str, node: &Node, message: String, remedy: &str) {
        self.errors.push(FormulaError::new(&node.span, code, message, remedy));
    }

    fn lookup(&mut self, node: &Node, name: &str) -> Option<VoceInfo> {
        let found = self.scope.voce(name);
        if found.is_none() {
            let names = self.scope.names();
            let remedy = match nearest(name, names.iter().map(String::as_str)) {
                Some(near) => format!("volevi dire «{near}»? Altrimenti aggiungi la voce alla scheda"),
                None => {
                    format!("aggiungi la voce alla scheda, oppure usa una di queste: {}", names.join(", "))
                }
            };
            self.wrong("P03", node, format!("la voce «{name}» non c'è nella scheda"), &remedy);
        }
        found
    }

    fn name(&mut self, node: &Node, name: &str) -> Bound {
        if let Some((register, _)) = name.split_once('.') {
            let message = format!("la colonna «{name}» va usata dentro una funzione");
            let remedy = format!("scrivi per esempio conta_distinti({register}.…) o massimo({register}.…)");
            self.wrong("P04", node, message, &remedy);
            return None;
        }
        let voce = self.lookup(node, name)?;
        if voce.time == TimeKind::Registro {
            let message = format!("«{name}» è un registro: non si può usare come un numero");
            self.wrong(
                "P04",
                node,
                message,
                "usa una funzione su una sua colonna, per esempio conta_distinti",
            );
            return None;
        }
        if voce.kind == VoceType::Testo {
            self.wrong(
                "P06",
                node,
                format!("«{name}» è un testo: non si può calcolare"),
                "usa una voce numerica",
            );
            return None;
        }
        Some((Expr::Voce(voce.key.clone()), Typed::of_voce(&voce)))
    }

    fn binary(&mut self, node: &Node, operation: Operation, left: &Node, right: &Node) -> Bound {
        let (left, right) = (self.bind(left), self.bind(right));
        let ((left, a), (right, b)) = (left?, right?);
        if operation == Operation::Divide && right.constant().is_some_and(|divisor| divisor.is_zero()) {
            self.wrong("P04", node, "divisione per zero".to_owned(), "correggi il divisore");
            return None;
        }
        match a.combine(operation, b) {
            Ok(kind) => Some((Expr::Binary(operation, Box::new(left), Box::new(right)), kind)),
            Err(message) => {
                self.wrong(
                    "P06",
                    node,
                    message,
                    "usa grandezze della stessa unità, oppure dividile fra loro",
                );
                None
            }
        }
    }

    fn call(&mut self, node: &Node, function: &str, arguments: &[Node]) -> Bound {
        let fold = match function {
            "giorni" | "giorni_lavorativi" => return self.scalar_days(node, function, arguments),
            "conta_distinti" => return self.distinct(node, arguments),
            "massimo" => Fold::Max,
            "minimo" => Fold::Min,
            "media" => Fold::Mean,
            "somma" => Fold::Sum,
            "conta" => Fold::Count,
            _ => {
                let remedy = match nearest(function, FUNCTIONS.into_iter()) {
                    Some(near) => format!("volevi dire «{near}»?"),
                    None => format!("le funzioni sono: {}", FUNCTIONS.join(", ")),
                };
                self.wrong("P04", node, format!("la funzione «{function}» non esiste"), &remedy);
                return None;
            }
        };
        let [argument] = self.arity(node, function, arguments)?;
        let (voce, row, measure) = self.row(argument)?;
        if measure == Measure::Text && fold != Fold::Count {
            self.wrong(
                "P06",
                argument,
                "una colonna di testo non si può calcolare".to_owned(),
                "usa conta o conta_distinti",
            );
            return None;
        }
        if measure == Measure::Date && fold != Fold::Count {
            let message = format!("«{function}» non si calcola su una data");
            self.wrong("P06", argument, message, "usa giorni(registro.inizio; registro.fine), oppure conta");
            return None;
        }
        let measure = if fold == Fold::Count { Measure::Plain } else { measure };
        let pace = match fold {
            Fold::Count | Fold::Sum => Pace::Flow,
            Fold::Mean => Pace::Ratio,
            Fold::Max | Fold::Min => Pace::Worst,
        };
        Some((Expr::Over(fold, voce.key, row), Typed { measure, pace }))
    }

    /// The arguments, when they are as many as wanted.
    fn arity<'n, const N: usize>(
        &mut self,
        node: &Node,
        function: &str,
        arguments: &'n [Node],
    ) -> Option<&'n [Node; N]> {
        let exact = <&[Node; N]>::try_from(arguments).ok();
        // An empty argument is already reported where it was read.
        let holes = arguments.iter().any(|argument| matches!(argument.kind, Kind::Hole));
        if exact.is_none() && !holes {
            let message = format!("«{function}» vuole {N} argomenti, qui sono {}", arguments.len());
            let message = if N == 1 { message.replace("1 argomenti", "1 argomento") } else { message };
            self.wrong("P04", node, message, "separa gli argomenti con il punto e virgola");
        }
        exact
    }

    fn scalar_days(&mut self, node: &Node, function: &str, arguments: &[Node]) -> Bound {
        let [from, to] = self.arity(node, function, arguments)?;
        let (from_bound, to_bound) = (self.bind(from), self.bind(to));
        let ((from_expr, a), (to_expr, b)) = (from_bound?, to_bound?);
        let (Expr::Voce(from_key), Expr::Voce(to_key), Measure::Date, Measure::Date) =
            (from_expr, to_expr, a.measure, b.measure)
        else {
            let message = format!("«{function}» vuole due date");
            self.wrong(
                "P06",
                node,
                message,
                "usa due voci di tipo data, oppure due colonne dentro massimo, minimo o media",
            );
            return None;
        };
        let working = function == "giorni_lavorativi";
        let measure = if working { Measure::WorkingDays } else { Measure::Days };
        Some((Expr::Days { from: from_key, to: to_key, working }, Typed { measure, pace: Pace::Worst }))
    }

    fn distinct(&mut self, node: &Node, arguments: &[Node]) -> Bound {
        let [argument] = self.arity(node, "conta_distinti", arguments)?;
        let (voce, row, measure) = self.row(argument)?;
        let RowExpr::Column(column) = row else {
            self.wrong(
                "P04",
                node,
                "«conta_distinti» vuole una colonna".to_owned(),
                "scrivi conta_distinti(registro.colonna)",
            );
            return None;
        };
        let measure = if measure == Measure::Date { Measure::Days } else { Measure::Plain };
        Some((Expr::Distinct(voce.key, column), Typed { measure, pace: Pace::Flow }))
    }

    /// An expression over a register's rows: a column, or the days between two.
    fn row(&mut self, node: &Node) -> Option<(VoceInfo, RowExpr, Measure)> {
        match &node.kind {
            Kind::Name(name) => {
                let (voce, column, kind) = self.column(node, name)?;
                Some((voce, RowExpr::Column(column), Measure::of_type(kind)))
            }
            Kind::Call(function, arguments) if function == "giorni" || function == "giorni_lavorativi" => {
                let [from, to] = self.arity(node, function, arguments)?;
                let ends = (self.date_column(from), self.date_column(to));
                let ((voce, from), (other, to)) = (ends.0?, ends.1?);
                if voce.key != other.key {
                    self.wrong(
                        "P04",
                        node,
                        "le due colonne sono di registri diversi".to_owned(),
                        "usa due colonne dello stesso registro",
                    );
                    return None;
                }
                let working = function == "giorni_lavorativi";
                let measure = if working { Measure::WorkingDays } else { Measure::Days };
                Some((voce, RowExpr::Days { from, to, working }, measure))
            }
            Kind::Hole => None,
            _ => {
                self.wrong(
                    "P04",
                    node,
                    "qui ci vuole una colonna di un registro".to_owned(),
                    "scrivi registro.colonna, oppure giorni(registro.inizio; registro.fine)",
                );
                None
            }
        }
    }

    fn date_column(&mut self, node: &Node) -> Option<(VoceInfo, String)> {
        let Kind::Name(name) = &node.kind else {
            if matches!(node.kind, Kind::Hole) {
                return None;
            }
            self.wrong(
                "P04",
                node,
                "qui ci vuole una colonna di tipo data".to_owned(),
                "scrivi registro.colonna",
            );
            return None;
        };
        let (voce, column, kind) = self.column(node, name)?;
        if kind != VoceType::Data {
            self.wrong(
                "P06",
                node,
                format!("la colonna «{name}» non è una data"),
                "usa una colonna di tipo data",
            );
            return None;
        }
        Some((voce, column))
    }

    fn column(&mut self, node: &Node, name: &str) -> Option<(VoceInfo, String, VoceType)> {
        let Some((register, column)) = name.split_once('.') else {
            self.wrong("P04", node, format!("«{name}» non è una colonna"), "scrivi registro.colonna");
            return None;
        };
        let voce = self.lookup(node, register)?;
        let found = voce.columns.iter().find(|(key, _)| key == column).map(|(_, kind)| *kind);
        match found {
            Some(kind) => Some((voce, column.to_owned(), kind)),
            None => {
                let names: Vec<&str> = voce.columns.iter().map(|(key, _)| key.as_str()).collect();
                let remedy = match nearest(column, names.iter().copied()) {
                    Some(near) => format!("volevi dire «{register}.{near}»?"),
                    None => format!("le colonne sono: {}", names.join(", ")),
                };
                self.wrong(
                    "P03",
                    node,
                    format!("il registro «{register}» non ha la colonna «{column}»"),
                    &remedy,
                );
                None
            }
        }
    }
}

/// The most similar of some names, when it is similar enough.
fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let name = name.to_lowercase();
    names
        .map(|candidate| (strsim::damerau_levenshtein(&name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.chars().count() / 3).max(1))
        .min()
        .map(|(_, candidate)| candidate)
}
