//! The shape of a register: columns, the key that tells rows apart, the date that makes one count.

use std::collections::BTreeMap;

use super::around::Around;
use super::fields::At;
use super::names::{is_identifier, twice};
use super::problem::suggest;
use super::source::{RegisterSource, VoceSource};
use super::types::{Column, Register};
use crate::model::{TimeKind, VoceType};

/// Compiles the register of a voce that is one.
pub(super) fn compile(source: &VoceSource, time: TimeKind, around: &Around<'_>) -> Option<Register> {
    let name = &source.name.value;
    match (&source.register, time) {
        (None, TimeKind::Registro) => {
            let message = format!("«{name}» è un registro ma non dice le sue colonne");
            let remedy =
                "aggiungi [schede.azioni.indicatori.voci.registro] con identita, data_evento e colonne";
            around.problems.add(source.line, "P00", message, remedy);
            None
        }
        (Some(register), TimeKind::Registro) => Some(of(register, around)),
        (Some(register), _) => {
            let message = format!("«{name}» ha un registro ma il suo tempo è «{}»", time.code());
            let remedy = "scrivi tempo = \"registro\", oppure togli il registro";
            around.problems.add(register.line, "P00", message, remedy);
            None
        }
        (None, _) => None,
    }
}

fn of(source: &RegisterSource, around: &Around<'_>) -> Register {
    if source.columns.is_empty() {
        let remedy = "aggiungi colonne = [ { chiave = \"…\", etichetta = \"…\", tipo = \"testo\" }, … ]";
        around.problems.add(source.line, "P00", "il registro non ha colonne", remedy);
    }
    let mut seen = BTreeMap::new();
    for column in source.columns.iter().filter(|column| !column.key.value.is_empty()) {
        if !is_identifier(&column.key.value) {
            let message = format!("la chiave di colonna «{}» non è un nome", column.key.value);
            let remedy = "comincia con una lettera e usa solo lettere minuscole senza accento, cifre e _";
            around.problems.add(column.key.line, "P04", message, remedy);
        }
        twice(&mut seen, &column.key, "nel registro la colonna", around.problems);
    }
    let named = |what: &str, at: &At<String>| {
        let names: Vec<&str> = source.columns.iter().map(|column| column.key.value.as_str()).collect();
        if !at.value.is_empty() && !names.contains(&at.value.as_str()) {
            let message = format!("«{what}» indica «{}», che non è una colonna del registro", at.value);
            around.problems.add(at.line, "P03", message, suggest(&at.value, &names));
        }
    };
    named("identita", &source.identity);
    named("data_evento", &source.event);
    let event = source.columns.iter().find(|column| column.key.value == source.event.value);
    let kind = event.and_then(|column| column.kind.as_ref()).map(|kind| kind.value);
    if kind.is_some_and(|kind| kind != VoceType::Data) {
        let message =
            format!("«data_evento» indica «{}», che non è una colonna di tipo data", source.event.value);
        let remedy = "indica la colonna con la data che fa contare la riga";
        around.problems.add(source.event.line, "P06", message, remedy);
    }
    Register {
        columns: source
            .columns
            .iter()
            .filter_map(|column| {
                Some(Column {
                    key: column.key.value.clone(),
                    label: column.label.value.clone(),
                    kind: column.kind.as_ref()?.value,
                })
            })
            .collect(),
        identity: source.identity.value.clone(),
        event: source.event.value.clone(),
    }
}
