//! Words and signs of a formula.

use std::ops::Range;

use super::error::{FormulaError, SYNTAX};
use crate::model::{Number, quoted};

/// A word or sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Number(Number),
    Name(String),
    Plus,
    Minus,
    Star,
    Slash,
    Open,
    Close,
    Separator,
    Dot,
    /// After the last one.
    End,
}

/// A token with its place in the text.
#[derive(Clone, Debug)]
pub(super) struct Lexeme {
    pub(super) token: Token,
    pub(super) span: Range<usize>,
}

/// Splits `text`; what cannot be read is an error and is left out. The last lexeme is [`Token::End`].
pub(super) fn lex(text: &str, errors: &mut Vec<FormulaError>) -> Vec<Lexeme> {
    let mut lexemes = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        if first.is_whitespace() {
            continue;
        }
        let mut end = start + first.len_utf8();
        let mut take_while = |accepted: fn(char) -> bool| {
            while let Some((at, next)) = rest.next_if(|(_, c)| accepted(*c)) {
                end = at + next.len_utf8();
            }
            text.get(start..end).unwrap_or_default()
        };
        let token = if first.is_ascii_digit() {
            let digits = take_while(|c| c.is_ascii_digit() || c == ',' || c == '.');
            number(digits, &(start..start + digits.len()), errors)
        } else if first.is_alphabetic() || first == '_' {
            Some(Token::Name(take_while(|c| c.is_alphanumeric() || c == '_').to_owned()))
        } else {
            sign(first, &(start..end), errors)
        };
        lexemes.extend(token.map(|token| Lexeme { token, span: start..end }));
    }
    lexemes.push(Lexeme { token: Token::End, span: text.len()..text.len() });
    lexemes
}

fn number(digits: &str, span: &Range<usize>, errors: &mut Vec<FormulaError>) -> Option<Token> {
    let plain = if digits.contains('.') { None } else { Some(digits.replace(',', ".")) };
    let ends_well = digits.ends_with(|c: char| c.is_ascii_digit());
    let read = plain.filter(|_| ends_well).and_then(|plain| Number::parse(&plain));
    if read.is_none() {
        errors.push(FormulaError::new(
            span,
            SYNTAX,
            format!("il numero {} non si legge", quoted(digits)),
            "scrivi i decimali con la virgola e senza punti delle migliaia: 1000 oppure 0,5",
        ));
    }
    // A wrong number still stands for an operand, so that it raises one error and not two.
    Some(Token::Number(read.unwrap_or_else(Number::one)))
}

fn sign(sign: char, span: &Range<usize>, errors: &mut Vec<FormulaError>) -> Option<Token> {
    let token = match sign {
        '+' => Token::Plus,
        '-' | '−' => Token::Minus,
        '*' => Token::Star,
        '/' => Token::Slash,
        '(' => Token::Open,
        ')' => Token::Close,
        ';' => Token::Separator,
        '.' => Token::Dot,
        _ => {
            errors.push(FormulaError::new(
                span,
                SYNTAX,
                format!("il segno {} non si usa nelle formule", quoted(&sign.to_string())),
                remedy_for(sign),
            ));
            return stands_for(sign);
        }
    };
    Some(token)
}

/// The sign that was meant, so that reading goes on as if it were right.
fn stands_for(sign: char) -> Option<Token> {
    match sign {
        '÷' | ':' => Some(Token::Slash),
        '×' | '·' => Some(Token::Star),
        '–' => Some(Token::Minus),
        ',' => Some(Token::Separator),
        '[' | '{' => Some(Token::Open),
        ']' | '}' => Some(Token::Close),
        _ => None,
    }
}

fn remedy_for(sign: char) -> &'static str {
    match sign {
        '÷' | ':' => "per dividere scrivi /",
        '×' | '·' => "per moltiplicare scrivi *",
        '–' => "per sottrarre scrivi il trattino -",
        ',' => "fra gli argomenti scrivi il punto e virgola; la virgola sta solo fra le cifre, come in 0,5",
        '%' => "togli il segno %: un rapporto è già una quota, e 20 % si scrive 0,2",
        '[' | ']' | '{' | '}' => "usa solo le parentesi tonde",
        '=' | '<' | '>' => "qui sta solo il calcolo: il confronto va scritto nel target",
        '"' | '\'' | '«' | '»' => "togli le virgolette: i nomi delle voci si scrivono così come sono",
        _ => "sono ammessi nomi di voci, numeri, + - * / ( ) e ; fra gli argomenti",
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, lex};

    #[test]
    fn words_and_signs_have_their_place() {
        let mut errors = Vec::new();
        let lexemes = lex("somma(à.b) / 0,5", &mut errors);
        assert!(errors.is_empty());
        let spans: Vec<_> = lexemes.iter().map(|lexeme| lexeme.span.clone()).collect();
        assert_eq!(spans, vec![0..5, 5..6, 6..8, 8..9, 9..10, 10..11, 12..13, 14..17, 17..17]);
        assert_eq!(lexemes.last().unwrap().token, Token::End);
    }

    #[test]
    fn foreign_signs_are_errors_with_a_remedy() {
        for (text, remedy) in [
            ("a ÷ b", "scrivi /"),
            ("100%", "0,2"),
            ("a >= 3", "target"),
            ("1.000", "migliaia"),
            ("1,", "virgola"),
            ("1,2,3", "virgola"),
            ("a § b", "ammessi"),
        ] {
            let mut errors = Vec::new();
            lex(text, &mut errors);
            assert!(errors[0].remedy.contains(remedy), "{text}: {:?}", errors);
        }
    }
}
