//! F09: more files for one office: identical copies count once, different ones not at all.

use crate::check::ledger::depends_on;
use crate::check::rules::F09;
use crate::check::walk::{fate_step, file_finding};
use crate::check::{Context, Fate, Ledger, Received};
use crate::model::{Finding, Severity, count, join_it, quoted};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for (index, file) in context.files.iter().enumerate() {
        match &file.fate {
            Fate::Accepted => ledger.pass(&F09),
            Fate::CopyOf(original) => {
                let same = |other: &Received| other.name == *original && other.sha256 == file.sha256;
                ledger.fail(copy(file, original, context.files.iter().any(same)));
            }
            // One finding for the office, at its first file.
            Fate::Rival(others) => {
                let earlier = context.files.iter().take(index).any(|earlier| others.contains(&earlier.name));
                if !earlier {
                    ledger.fail(rivals(context, file, others));
                }
            }
            fate => ledger.skip(&F09, depends_on(fate_step(fate).0)),
        }
    }
}

fn rivals(context: &Context<'_>, file: &Received, others: &[String]) -> Finding {
    let mut names = vec![quoted(&file.name)];
    names.extend(others.iter().map(|name| quoted(name)));
    let office = file.office.as_ref().map_or("", |office| context.plan.office_name(office));
    let number = count(names.len(), "file", "file");
    let what = format!("per l'ufficio «{office}» ci sono {number} diversi tra loro: {}", join_it(&names));
    file_finding(&F09, file, &join_it(&names), "un solo file per ufficio", &what)
}

/// An identical copy does no harm: a note; the same workbook with a signature and without one is a copy too.
fn copy(file: &Received, original: &str, to_the_byte: bool) -> Finding {
    let message = format!(
        "File {}: {} {}, che conta al suo posto; questa copia non è stata considerata.",
        quoted(&file.name),
        if to_the_byte { "è identico a" } else { "firma a parte, contiene la stessa cartella di lavoro di" },
        quoted(original)
    );
    Finding {
        severity: Severity::Nota,
        found: format!("copia identica di {original}"),
        expected: "un solo file per ufficio".to_owned(),
        remedy: "Nulla da fare; se dovevi inviare un file più recente, invia quello.".to_owned(),
        message,
        ..crate::check::say::about_file(&F09, file)
    }
}
