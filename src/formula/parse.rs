//! From words and signs to a tree; every mistake is reported, and reading goes on after it.

use std::ops::Range;

use super::error::{FormulaError, SYNTAX};
use super::lex::{Lexeme, Token, lex};
use crate::model::{Number, quoted};

/// Longest formula, in bytes: with the nesting it bounds the depth of the tree.
const LONGEST: usize = 2_000;
/// Deepest nesting of brackets and signs.
const DEEPEST: usize = 50;
/// How tightly a sign before an operand binds: more than any operation.
const PREFIX: u8 = 30;

/// A piece of a formula as written.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) span: Range<usize>,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Something that could not be read; its error is already reported.
    Hole,
    Number(Number),
    /// `nome`, or `registro.colonna`.
    Name(String),
    Negate(Box<Node>),
    Binary(Operation, Box<Node>, Box<Node>),
    Call(String, Vec<Node>),
}

/// The four operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// A name with its place.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    span: Range<usize>,
}

/// Reads `text`. More than one node only after an error: the names in the rest are still to be checked.
pub(super) fn parse(text: &str, errors: &mut Vec<FormulaError>) -> Vec<Node> {
    if text.len() > LONGEST {
        errors.push(FormulaError::new(
            &(0..text.len()),
            SYNTAX,
            format!("la formula è più lunga di {LONGEST} caratteri"),
            "accorciala, raccogliendo più addendi in una sola voce",
        ));
        return Vec::new();
    }
    let lexemes = lex(text, errors);
    let mut parser = Parser { lexemes, at: 0, depth: 0, abandoned: false, errors };
    if parser.peek() == &Token::End {
        parser.fail("la formula è vuota", "scrivi almeno il nome di una voce");
        return Vec::new();
    }
    let mut nodes = vec![parser.expression(0)];
    while parser.peek() != &Token::End {
        parser.complain_of_leftover();
        if matches!(parser.peek(), Token::Close | Token::Separator | Token::Dot) {
            parser.advance();
        }
        if parser.peek() != &Token::End {
            nodes.push(parser.expression(0));
        }
    }
    nodes
}

struct Parser<'a> {
    lexemes: Vec<Lexeme>,
    at: usize,
    depth: usize,
    /// Nested too deep: the rest is not read, and open brackets are no further mistake.
    abandoned: bool,
    errors: &'a mut Vec<FormulaError>,
}

impl Parser<'_> {
    fn peek(&self) -> &Token {
        self.lexemes.get(self.at).map_or(&Token::End, |lexeme| &lexeme.token)
    }

    fn span(&self) -> Range<usize> {
        self.lexemes.get(self.at).or(self.lexemes.last()).map_or(0..0, |lexeme| lexeme.span.clone())
    }

    /// Where the last token read ends.
    fn end(&self) -> usize {
        self.at.checked_sub(1).and_then(|last| self.lexemes.get(last)).map_or(0, |lexeme| lexeme.span.end)
    }

    fn advance(&mut self) {
        if self.at + 1 < self.lexemes.len() {
            self.at += 1;
        }
    }

    fn fail(&mut self, message: impl Into<String>, remedy: impl Into<String>) {
        let span = self.span();
        self.errors.push(FormulaError::new(&span, SYNTAX, message, remedy));
    }

    fn complain_of_leftover(&mut self) {
        match self.peek().clone() {
            Token::Close => {
                self.fail("c'è una parentesi chiusa di troppo", "toglila, oppure apri la parentesi che manca")
            }
            Token::Separator => self.fail(
                "il punto e virgola sta solo fra gli argomenti di una funzione",
                "toglilo, oppure chiudi più avanti la parentesi della funzione",
            ),
            Token::Dot => self.fail(
                "il punto sta solo fra un registro e una sua colonna",
                "scrivi registro.colonna, per esempio bandi.scadenza",
            ),
            _ => self.fail(
                "fra due termini manca un'operazione",
                "scrivi + - * / fra i due; un nome di più parole prende il trattino basso: ore_sportello",
            ),
        }
    }

    fn expression(&mut self, least: u8) -> Node {
        if self.depth >= DEEPEST {
            self.fail("ci sono troppe parentesi una dentro l'altra", "semplifica la formula");
            let node = Node { kind: Kind::Hole, span: self.span() };
            self.at = self.lexemes.len().saturating_sub(1);
            self.abandoned = true;
            return node;
        }
        self.depth += 1;
        let mut left = self.operand();
        while let Some((op, power)) = infix(self.peek()).filter(|(_, power)| *power > least) {
            self.advance();
            let right = self.expression(power);
            let span = left.span.start..right.span.end.max(left.span.end);
            left = Node { kind: Kind::Binary(op, Box::new(left), Box::new(right)), span };
        }
        self.depth -= 1;
        left
    }

    fn operand(&mut self) -> Node {
        let span = self.span();
        match self.peek().clone() {
            Token::Number(number) => {
                self.advance();
                Node { kind: Kind::Number(number), span }
            }
            Token::Name(text) => {
                self.advance();
                self.named(Word { text, span })
            }
            Token::Minus => {
                self.advance();
                let inner = self.expression(PREFIX);
                let span = span.start..inner.span.end;
                Node { kind: Kind::Negate(Box::new(inner)), span }
            }
            Token::Open => {
                self.advance();
                let inner = self.expression(0);
                self.close(&span);
                Node { kind: inner.kind, span: span.start..self.end() }
            }
            found => {
                let message = if found == Token::End {
                    "la formula finisce dove ci si aspetta un termine"
                } else {
                    "qui ci si aspetta un termine: una voce, un numero o una funzione"
                };
                self.fail(message, "aggiungi il termine che manca, oppure togli il segno di troppo");
                Node { kind: Kind::Hole, span: span.start..span.start }
            }
        }
    }

    fn named(&mut self, word: Word) -> Node {
        match self.peek() {
            Token::Open => self.call(word),
            Token::Dot => {
                self.advance();
                let span = self.span();
                if let Token::Name(text) = self.peek().clone() {
                    self.advance();
                    let whole = word.span.start..span.end;
                    Node { kind: Kind::Name(format!("{}.{text}", word.text)), span: whole }
                } else {
                    self.fail(
                        format!("dopo {} e il punto manca il nome della colonna", quoted(&word.text)),
                        "scrivi registro.colonna, per esempio bandi.scadenza",
                    );
                    Node { kind: Kind::Hole, span: word.span }
                }
            }
            _ => Node { span: word.span.clone(), kind: Kind::Name(word.text) },
        }
    }

    fn call(&mut self, name: Word) -> Node {
        let open = self.span();
        self.advance();
        let mut arguments = Vec::new();
        if self.peek() != &Token::Close {
            arguments.push(self.expression(0));
        }
        loop {
            match self.peek() {
                Token::Separator => {
                    self.advance();
                    arguments.push(self.expression(0));
                }
                Token::Close | Token::End => break,
                Token::Dot => {
                    self.complain_of_leftover();
                    self.advance();
                }
                _ => {
                    self.complain_of_leftover();
                    arguments.push(self.expression(0));
                }
            }
        }
        self.close(&open);
        let span = name.span.start..self.end();
        Node { kind: Kind::Call(name.text, arguments), span }
    }

    /// Reads the bracket that closes the one at `open`.
    fn close(&mut self, open: &Range<usize>) {
        match self.peek() {
            Token::Close => self.advance(),
            Token::End if self.abandoned => {}
            Token::End => self.errors.push(FormulaError::new(
                open,
                SYNTAX,
                "questa parentesi non è mai chiusa",
                "aggiungi la parentesi chiusa che manca",
            )),
            _ => {
                self.complain_of_leftover();
                self.skip_to_close();
            }
        }
    }

    fn skip_to_close(&mut self) {
        let mut open = 0_usize;
        loop {
            match self.peek() {
                Token::End => return,
                Token::Open => open += 1,
                Token::Close if open == 0 => return self.advance(),
                Token::Close => open -= 1,
                _ => {}
            }
            self.advance();
        }
    }
}

fn infix(token: &Token) -> Option<(Operation, u8)> {
    match token {
        Token::Plus => Some((Operation::Add, 10)),
        Token::Minus => Some((Operation::Subtract, 10)),
        Token::Star => Some((Operation::Multiply, 20)),
        Token::Slash => Some((Operation::Divide, 20)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Node, parse};

    fn shape(node: &Node) -> String {
        match &node.kind {
            Kind::Hole => "?".to_owned(),
            Kind::Number(number) => number.to_plain(),
            Kind::Name(name) => name.clone(),
            Kind::Negate(inner) => format!("(neg {})", shape(inner)),
            Kind::Binary(op, left, right) => format!("({op:?} {} {})", shape(left), shape(right)),
            Kind::Call(name, arguments) => {
                let shapes: Vec<String> = arguments.iter().map(shape).collect();
                format!("{name}[{}]", shapes.join(" "))
            }
        }
    }

    fn read(text: &str) -> (String, Vec<(std::ops::Range<usize>, String)>) {
        let mut errors = Vec::new();
        let nodes = parse(text, &mut errors);
        let shapes: Vec<String> = nodes.iter().map(shape).collect();
        (shapes.join(" | "), errors.into_iter().map(|error| (error.span, error.message)).collect())
    }

    #[test]
    fn operations_bind_as_in_arithmetic() {
        for (text, expected) in [
            ("a + b * c", "(Add a (Multiply b c))"),
            ("a - b - c", "(Subtract (Subtract a b) c)"),
            ("a / b / c", "(Divide (Divide a b) c)"),
            ("(a + b) / 2", "(Divide (Add a b) 2)"),
            ("-a * b", "(Multiply (neg a) b)"),
            ("a - -b", "(Subtract a (neg b))"),
            ("massimo(giorni(r.a; r.b))", "massimo[giorni[r.a r.b]]"),
        ] {
            assert_eq!(read(text), (expected.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn every_mistake_is_reported_and_reading_goes_on() {
        let (shapes, errors) = read("somma(a;;b) + (c d");
        assert_eq!(shapes, "(Add somma[a ? b] c)");
        assert_eq!(errors.len(), 2);
        assert_eq!(errors[0].0, 8..9);
        assert!(errors[0].1.contains("ci si aspetta un termine"));
        assert_eq!(errors[1].0, 17..18);
        for (text, count) in [("", 1), ("a b", 1), ("a )", 1), ("a +", 1), ("(a", 1), ("* a *", 2), ("a.", 1)]
        {
            assert_eq!(read(text).1.len(), count, "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn absurd_formulas_are_refused() {
        assert_eq!(read(&"(".repeat(500)).1.len(), 1);
        assert_eq!(read(&"a+".repeat(1_500)).1.len(), 1);
    }
}
