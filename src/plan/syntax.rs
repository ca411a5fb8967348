//! Mistakes of TOML, told in the words of someone who knows it a little.

use toml::de::Error;

use super::fields::Lines;
use super::problem::Problems;

/// Tells every mistake of syntax.
pub(super) fn tell(text: &str, errors: &[Error], lines: &Lines, problems: &Problems) {
    for error in errors {
        let offset = error.span().map_or(0, |span| span.start);
        let line = lines.line(offset);
        let written: String =
            text.lines().nth(line - 1).unwrap_or_default().trim().chars().take(60).collect();
        let (message, remedy) = explain(error.message());
        let code = if error.message().contains("duplicate") { "P01" } else { "P00" };
        let message =
            if written.is_empty() { message.to_owned() } else { format!("{message}: «{written}»") };
        problems.add(line, code, message, remedy);
    }
}

/// The parser's message, by what it is about.
fn explain(message: &str) -> (&'static str, &'static str) {
    let about = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if about(&["duplicate"]) {
        ("la stessa chiave è scritta due volte", "togline una, o cambiale nome")
    } else if about(&["array", "]"]) {
        (
            "un elenco non è scritto bene",
            "apri e chiudi le parentesi quadre, con una virgola fra un elemento e l'altro",
        )
    } else if about(&["inline table", "}"]) {
        (
            "un gruppo fra graffe non è scritto bene",
            "apri e chiudi le graffe, con una virgola fra un campo e l'altro",
        )
    } else if about(&["string", "quote", "literal", "escape"]) {
        (
            "un testo non è fra virgolette, o non le chiude",
            "scrivi chiave = \"testo\"; se il testo contiene virgolette usa gli apici 'testo'",
        )
    } else if about(&["number", "integer", "float", "digit"]) {
        ("un numero non è scritto bene", "scrivi il numero senza virgolette, con il punto per i decimali")
    } else if about(&["key", "=", "assign"]) {
        (
            "la riga ha qualcosa di troppo, o le manca il segno =",
            "scrivi chiave = valore, un numero con il punto per i decimali (1.5), un commento dopo #",
        )
    } else {
        (
            "la riga non è scritta secondo le regole del TOML",
            "confrontala con le righe vicine: chiave = valore, testi fra virgolette",
        )
    }
}
