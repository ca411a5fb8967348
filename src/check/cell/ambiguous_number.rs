//! C03: `1.234`: thousands or decimals?

use super::wanted::wanted;
use crate::check::walk::Item;
use crate::interpret::{EntryState, Fault};
use crate::model::quoted;

/// What is wanted, and what is said of a number that reads in several ways.
pub(super) fn told(item: &Item<'_>) -> Option<(String, String)> {
    let EntryState::Wrong(Fault::AmbiguousNumber) = &item.entry.state else { return None };
    let what = format!("hai scritto {}: {}", quoted(&item.entry.raw), readings(&item.entry.raw));
    Some((wanted(item).to_owned(), what))
}

/// What the text could mean, in words.
fn readings(raw: &str) -> String {
    // Blanks, quotation marks and units around the number say nothing of its mark.
    let text = raw.trim_matches(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '−'));
    match text.split_once(['.', ',']) {
        Some((whole, rest)) if rest.len() == 3 && !rest.contains(['.', ',']) => {
            format!("può voler dire {whole}{rest} oppure {whole},{rest}")
        }
        Some(_) if !text.contains(',') => {
            "non è chiaro se il punto separi le migliaia o i decimali".to_owned()
        }
        _ if !text.contains(['.', ',']) => "non è chiaro se sia un numero solo o più d'uno".to_owned(),
        _ => "non è chiaro quale segno separi le migliaia e quale i decimali".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::readings;

    #[test]
    fn both_readings_are_said_whatever_the_mark() {
        assert_eq!(readings("1.234"), "può voler dire 1234 oppure 1,234");
        assert_eq!(readings(" 1,000"), "può voler dire 1000 oppure 1,000");
        assert_eq!(readings("-12,500 ore"), "può voler dire -12500 oppure -12,500");
        assert_eq!(readings("12.5"), "non è chiaro se il punto separi le migliaia o i decimali");
        for text in ["1\n2", "3 4", "1'23"] {
            assert_eq!(readings(text), "non è chiaro se sia un numero solo o più d'uno", "{text}");
        }
        assert!(readings("1,234.5").starts_with("non è chiaro quale segno"));
    }
}
