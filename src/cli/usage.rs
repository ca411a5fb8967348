//! Mistakes of the command line, in Italian: the library's own sentences are English.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

/// A mistake of the command line, or the help asked for.
pub(super) fn in_italian(error: &Error) -> String {
    match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => error.render().to_string(),
        kind => {
            let tail = usage(error).map_or_else(String::new, |usage| format!("\n\n{usage}"));
            format!("errore: {}{tail}\n\nPer saperne di più aggiungi «--help».\n", sentence(error, kind))
        }
    }
}

fn sentence(error: &Error, kind: ErrorKind) -> String {
    let argument = words(error, ContextKind::InvalidArg);
    let value = words(error, ContextKind::InvalidValue);
    match kind {
        ErrorKind::InvalidValue if value.is_empty() => format!("manca il valore di «{argument}»"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let why = error.source().map_or_else(String::new, |why| format!(": {why}"));
            format!("il valore «{value}» non va bene per «{argument}»{why}")
        }
        ErrorKind::UnknownArgument => {
            format!("argomento non previsto «{argument}»{}", nearest(error, ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => {
            let command = words(error, ContextKind::InvalidSubcommand);
            format!("comando sconosciuto «{command}»{}", nearest(error, ContextKind::SuggestedSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("manca un argomento: {argument}"),
        ErrorKind::MissingSubcommand => "manca il comando".to_owned(),
        ErrorKind::ArgumentConflict => {
            let other = words(error, ContextKind::PriorArg);
            if other.is_empty() || other == argument {
                format!("«{argument}» si può scrivere una volta sola")
            } else {
                format!("«{argument}» non va insieme a «{other}»")
            }
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("il numero di valori di «{argument}» non è quello giusto")
        }
        ErrorKind::InvalidUtf8 => "un argomento contiene caratteri che non si possono leggere".to_owned(),
        _ => "la riga di comando non è scritta bene".to_owned(),
    }
}

/// The nearest word: the library gives them from the farthest.
fn nearest(error: &Error, kind: ContextKind) -> String {
    let near = match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.last().cloned(),
        _ => Some(words(error, kind)).filter(|word| !word.is_empty()),
    };
    near.map_or_else(String::new, |near| format!("; forse volevi dire «{near}»"))
}

/// What the library knows about the mistake, as text.
fn words(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    }
}

fn usage(error: &Error) -> Option<String> {
    match error.get(ContextKind::Usage)? {
        // The library puts its own word before how the command is written.
        ContextValue::StyledStr(text) => {
            let text = text.to_string();
            let usage = text.trim();
            Some(format!("Uso: {}", usage.split_once(": ").map_or(usage, |(_, usage)| usage)))
        }
        _ => None,
    }
}
