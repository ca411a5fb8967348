//! *Indice delle evidenze*, on *Uffici*: the documents that the offices name as sources of a result, equal
//! ones joined, with their protocol numbers as written.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::table::cells;
use crate::book::{Cell, columns};
use crate::certify::Run;
use crate::model::{OfficeId, count, joining_key};
use crate::plan::Indicator;

use super::told::one_line;

columns! {
    /// The columns of the table, on the grid of *Uffici*.
    pub(super) Evidences {
        Document: "Documento", 0, First;
        Indicators: "Indicatori", 0, First;
        Schede: "Schede", 0, First;
        Offices: "Quanti uffici", 0, First;
        Sources: "Fonti", 0, First;
        With: "Con protocollo", 0, First;
        Without: "Senza protocollo", 0, First;
        Protocols: "Protocolli", 0, First;
    }
}

/// Its title.
pub(super) const TITLE: &str = "Indice delle evidenze";

/// What the offices say of one document.
#[derive(Default)]
struct Evidence<'a> {
    /// As it is first written.
    document: String,
    indicators: Vec<&'a Indicator>,
    offices: BTreeSet<OfficeId>,
    sources: usize,
    without: usize,
    /// As written, each once, in the order in which they come.
    protocols: Vec<String>,
}

/// What it is, then a row for each document, in alphabetical order.
pub(super) fn rows(run: &Run<'_>) -> (String, Vec<Vec<Cell>>) {
    let found = documents(run);
    let sources: usize = found.values().map(|one| one.sources).sum();
    let without: usize = found.values().map(|one| one.without).sum();
    let about = match found.len() {
        0 => "Nessun ufficio ha scritto una fonte.".to_owned(),
        number => format!(
            "{}, da {} accanto agli indicatori: quelli scritti allo stesso modo sono uno. Il protocollo è ciò che segue «prot.»; {} non ne \
             ha. Il testo intero di ogni fonte è in «Risultati» e nei file.",
            count(number, "documento", "documenti"),
            count(sources, "fonte scritta dagli uffici", "fonti scritte dagli uffici"),
            if without == 0 { "nessuna".to_owned() } else { without.to_string() },
        ),
    };
    (about, found.values().map(row).collect())
}

fn row(one: &Evidence<'_>) -> Vec<Cell> {
    let codes: Vec<&str> = one.indicators.iter().map(|own| own.code.as_str()).collect();
    let schede: BTreeSet<u8> = one.indicators.iter().map(|own| own.scheda).collect();
    let schede: Vec<String> = schede.iter().map(u8::to_string).collect();
    cells(|column| match column {
        Evidences::Document => Cell::text(&one.document),
        Evidences::Indicators => Cell::text(codes.join(", ")),
        Evidences::Schede => Cell::text(schede.join(", ")),
        Evidences::Offices => Cell::count(one.offices.len()),
        Evidences::Sources => Cell::count(one.sources),
        Evidences::With => Cell::count(one.sources - one.without),
        Evidences::Without => Cell::count(one.without),
        Evidences::Protocols => Cell::text(one.protocols.join("; ")),
    })
}

/// The documents by the canonical form of their name.
fn documents<'a>(run: &Run<'a>) -> BTreeMap<String, Evidence<'a>> {
    let mut found: BTreeMap<String, Evidence<'a>> = BTreeMap::new();
    for indicator in run.plan.indicators() {
        for sent in run.submissions {
            let Some(source) = sent.evidence.get(&indicator.code) else { continue };
            let text = one_line(&source.text);
            let (document, protocol) = parted(&text);
            let own = found.entry(joining_key(document)).or_default();
            if own.document.is_empty() {
                document.clone_into(&mut own.document);
            }
            if own.indicators.last().is_none_or(|last| last.code != indicator.code) {
                own.indicators.push(indicator);
            }
            own.offices.insert(sent.office.clone());
            own.sources += 1;
            own.without += usize::from(protocol.is_empty());
            let known = own.protocols.iter().any(|one| joining_key(one) == joining_key(protocol));
            if !protocol.is_empty() && !known {
                own.protocols.push(protocol.to_owned());
            }
        }
    }
    found
}

/// A source as document and protocol: what follows the word «prot», or «protocollo», with a number
/// somewhere after it. A source that is only a protocol is its own document.
fn parted(text: &str) -> (&str, &str) {
    let is_mark = |at: usize| {
        let apart = text.get(..at).is_some_and(|before| !before.ends_with(char::is_alphanumeric));
        let told = text.get(at..).is_some_and(|rest| rest.contains(|letter: char| letter.is_ascii_digit()));
        let word = text
            .get(at..)
            .map_or("", |rest| rest.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or(""));
        apart && told && ["prot", "protocollo"].contains(&word.to_lowercase().as_str())
    };
    let Some((at, _)) = text.char_indices().find(|(at, _)| is_mark(*at)) else { return (text, "") };
    let (document, protocol) = text.split_at_checked(at).unwrap_or((text, ""));
    let edges = [' ', ',', ';', ':', '-', '–', '—', '('];
    let protocol = protocol.trim_end_matches([' ', ')', '.', ';', ',']);
    match document.trim_end_matches(edges) {
        "" => (protocol, protocol),
        document => (document, protocol),
    }
}

#[cfg(test)]
mod tests {
    use super::{parted, rows};
    use crate::book::{Cell, Content};
    use crate::interpret::TextCell;
    use crate::model::{EntryRef, IndicatorCode};
    use crate::plan::{DEFAULT_PLAN, read_plan};
    use crate::report::sample::sample_of;

    #[test]
    fn what_follows_prot_is_the_protocol() {
        for (text, document, protocol) in [
            ("Verbali ispettivi, prot. n. 32607/2019", "Verbali ispettivi", "prot. n. 32607/2019"),
            ("Verbali (Prot. 12 del 3/4/2019)", "Verbali", "Prot. 12 del 3/4/2019"),
            ("Registro protesti al 31/12", "Registro protesti al 31/12", ""),
            ("Registro dei protocolli", "Registro dei protocolli", ""),
            ("Verbale, protocollo n. 5/2019", "Verbale", "protocollo n. 5/2019"),
            ("prot. 77", "prot. 77", "prot. 77"),
            ("sprot 5", "sprot 5", ""),
            ("più righe — PROT. 1/2019", "più righe", "PROT. 1/2019"),
            ("", "", ""),
        ] {
            assert_eq!(parted(text), (document, protocol), "{text}");
        }
    }

    #[test]
    fn equal_documents_are_one_with_all_their_protocols() {
        let texts = ["Elenco aziende, prot. n. 1", "elenco  AZIENDE, prot. n. 2", "Elenco aziende"];
        let made = sample_of(read_plan(DEFAULT_PLAN).unwrap(), 6, &|sent| {
            sent.iter_mut().for_each(|one| one.evidence.clear());
            for (one, text) in sent.iter_mut().zip(texts) {
                let (at, place) = (EntryRef::default(), one.entries[0].place.clone());
                let cell = TextCell { at, text: text.to_owned(), place };
                one.evidence.insert(IndicatorCode::new("1.3"), cell);
            }
        });
        let (about, found) = rows(&made.run());
        assert!(about.starts_with("1 documento, da 3 fonti scritte dagli uffici"), "{about}");
        let number = |cell: &Cell| match &cell.content {
            Content::Number(number, _) => number.to_plain(),
            Content::Text(text) => text.clone(),
            other => panic!("{other:?}"),
        };
        let told: Vec<String> = found[0].iter().map(number).collect();
        assert_eq!(told, ["Elenco aziende", "1.3", "1", "3", "3", "2", "1", "prot. n. 1; prot. n. 2"]);
        assert_eq!(found.len(), 1);
    }
}
