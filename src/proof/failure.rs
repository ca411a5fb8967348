//! The self-checks, and what is said of one that failed.

use std::fmt;

/// The self-checks: code, what must be true.
pub const SELF_CHECKS: [(&str, &str); 8] = [
    ("O01", "Le celle lette sono quelle del foglio Dati, e i totali tornano ufficio per ufficio"),
    ("O02", "Ogni formula di Excel dà il valore del programma"),
    ("O03", "Ogni rilievo e ogni collegamento porta a qualcosa che c'è, e ogni risultato ha i suoi dati"),
    ("O04", "Un'emissione definitiva, fatta due volte, è identica: ogni foglio, ogni byte"),
    ("O05", "Ogni controllo rende conto di tutti i suoi soggetti e di tutti i suoi rilievi"),
    ("O06", "Niente è tagliato in silenzio: i numeri della copertina sono le righe dei fogli"),
    ("O07", "Nessun testo di un ufficio è diventato una formula"),
    (
        "O08",
        "Ogni programma può leggere il file scritto: parti, caratteri, rimandi, nomi e misure sono nelle regole",
    ),
];

/// A self-check that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its code.
    pub code: &'static str,
    /// What is not as it must be.
    pub what: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = SELF_CHECKS.iter().find(|(code, _)| *code == self.code).map_or("", |(_, rule)| rule);
        write!(f, "[{}] {rule}: {}", self.code, self.what)
    }
}

/// A failure for each code and kind, with the first of what is wrong and how many there are.
pub(super) fn failure(code: &'static str, wrong: &[String]) -> Option<Failure> {
    let first = wrong.first()?;
    let more = wrong.len() - 1;
    let what = if more == 0 { first.clone() } else { format!("{first} (e altri {more})") };
    Some(Failure { code, what })
}
