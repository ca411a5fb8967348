//! F21: a sheet with a longer name than Excel admits.

use super::sent::{finding, workbooks};
use crate::check::{Context, Ledger};
use crate::interpret::Submission;
use crate::model::{Finding, Rule, Severity, count, join_it, quoted};

pub(super) const RULE: Rule = Rule {
    code: "F21",
    name: "Nome di foglio troppo lungo",
    severity: Severity::DaMotivare,
    why: "Excel non lo ammette: il file è stato scritto da un altro programma, e aprendolo Excel lo ripara a modo suo.",
    remedy: "Rimetti il nome che il foglio ha nel modello e salva di nuovo con Excel, oppure copia i valori in un modello nuovo e invia quello.",
    missing: true,
};

/// The longest name.
const LONGEST: &str = "al massimo 31";

/// Sheets named in a sentence before "altri N".
const NAMED: usize = 6;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    workbooks(context, ledger, &RULE, |submission| {
        Ok((!submission.traits.book.long_names.is_empty()).then(|| named(submission)))
    });
}

fn named(submission: &Submission) -> Finding {
    let long = &submission.traits.book.long_names;
    let told = |(name, length): &(String, usize)| {
        format!("il foglio {} ha un nome di {}", quoted(name), count(*length, "carattere", "caratteri"))
    };
    let mut words: Vec<String> = long.iter().take(NAMED).map(told).collect();
    let more = long.len().saturating_sub(NAMED);
    if more > 0 {
        words.push(count(more, "altro è come questi", "altri sono come questi"));
    }
    let what = format!("{}: Excel ne ammette {LONGEST}", join_it(&words));
    let found: Vec<&str> = long.iter().map(|(name, _)| name.as_str()).collect();
    finding(&RULE, submission, &found.join("; "), &format!("{LONGEST} caratteri"), &what)
}
