//! `datapackage.json`: what the package is, and what every column of it holds.

use serde_json::{Map, Value as Json, json};

use super::column::Field;
use super::table::{COMMON, Resource};
use crate::certify::Run;
use crate::model::{PROGRAM, sha256};
use crate::report::fingerprint;

/// The description, as the program writes its JSON.
pub(super) fn text(run: &Run<'_>, tables: &[Resource]) -> String {
    let (plan, month) = (run.plan, run.consolidation.month);
    let package = json!({
        "profile": "tabular-data-package",
        "name": format!("schede-{}-{month}", plain(&plan.ente)),
        "title": format!("Consuntivo consolidato delle schede {}: {}, {}", plan.year, plan.ente, month.in_words()),
        "description": "Ciò che gli uffici hanno scritto, i risultati, i rilievi, i file e il piano di un mese. \
                        Ogni riga dice ente, anno e mese: i pacchetti di più enti e di più mesi si mettono uno sotto \
                        l'altro come sono, e si uniscono anche per queste tre colonne.",
        "ente": plan.ente,
        "anno": plan.year,
        "mese": month.to_string(),
        "anno_chiuso": run.consolidation.closed,
        "definitivo": run.definitive,
        "sha256_piano": plan.sha256,
        "sha256_piano_intero": plan.sha256_whole,
        "impronta": fingerprint(run),
        "mese_precedente": run.past.map(|past| past.memory.sha256.as_str()),
        "programma": { "nome": PROGRAM, "versione": env!("CARGO_PKG_VERSION") },
        "resources": tables.iter().map(resource).collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_string_pretty(&package).unwrap_or_default();
    text.push('\n');
    text
}

fn resource(table: &Resource) -> Json {
    json!({
        "profile": "tabular-data-resource",
        "name": table.heading.name,
        "path": table.path(),
        "title": table.heading.title,
        "description": table.heading.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": table.bytes.len(),
        "hash": format!("sha256:{}", sha256(&table.bytes)),
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": "\"",
            "doubleQuote": true,
            "skipInitialSpace": false,
            "header": true,
        },
        "schema": schema(table),
    })
}

fn schema(table: &Resource) -> Json {
    let heading = &table.heading;
    let key: Vec<&str> = COMMON.iter().chain(heading.key).copied().collect();
    let links = heading.links.iter().map(|(own, resource, theirs)| {
        json!({ "fields": [own], "reference": { "resource": resource, "fields": [theirs] } })
    });
    json!({
        "fields": table.fields.iter().map(field).collect::<Vec<_>>(),
        "missingValues": [""],
        "primaryKey": key,
        "foreignKeys": links.collect::<Vec<_>>(),
    })
}

fn field(field: &Field) -> Json {
    let mut constraints = Map::new();
    if field.required {
        constraints.insert("required".to_owned(), json!(true));
    }
    if !field.among.is_empty() {
        constraints.insert("enum".to_owned(), json!(field.among));
    }
    if let Some((low, high)) = field.bounds {
        constraints.insert("minimum".to_owned(), json!(low));
        constraints.insert("maximum".to_owned(), json!(high));
    }
    let mut told = Map::new();
    told.insert("name".to_owned(), json!(field.name));
    told.insert("type".to_owned(), json!(field.kind.code()));
    if !field.unit.is_empty() {
        told.insert("unit".to_owned(), json!(field.unit));
    }
    told.insert("description".to_owned(), json!(field.description));
    if !constraints.is_empty() {
        told.insert("constraints".to_owned(), Json::Object(constraints));
    }
    Json::Object(told)
}

/// A name as packages have it: small letters, digits and dashes.
fn plain(name: &str) -> String {
    let plain: String = name
        .to_lowercase()
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' })
        .collect();
    plain.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}
