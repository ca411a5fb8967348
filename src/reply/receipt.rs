//! The receipt of an office in order: what it sent, and every value that counts, for its own records. A
//! machine reads it again and says what of an issue is otherwise.

use std::collections::BTreeMap;

use super::cell::Target;
use crate::admit::Admission;
use crate::certify::Run;
use crate::interpret::Submission;
use crate::model::{Month, OfficeId, sha256};
use crate::plan::NOT_APPLICABLE;

/// What a receipt says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// The office.
    pub office: String,
    /// The month, `2019-06`.
    pub month: String,
    /// The name of the file.
    pub file: String,
    /// Its SHA-256.
    pub sha256: String,
    /// That of the plan.
    pub plan: String,
    /// Who signed the month off, in what role, when: `Anna Rossi, responsabile, 4/7/2019`; empty when nobody
    /// did.
    pub signed: String,
    /// Every value that counts, by `chiave;mese;riga;colonna`.
    pub values: BTreeMap<String, String>,
}

/// How a receipt begins.
const TITLE: &str = "RICEVUTA DELLE SCHEDE DI PERFORMANCE";
/// The heading of the values.
const HEAD: &str = "chiave;mese;riga;colonna;valore";
/// The last line: the hash of those before.
const SEAL: &str = "impronta";

impl Receipt {
    /// What an office's file gives to a month; `None` when none of it counts.
    pub fn of(run: &Run<'_>, office: &OfficeId) -> Option<Self> {
        let submission = run.submissions.iter().find(|one| one.office == *office)?;
        let mut values = BTreeMap::new();
        for entry in run.admitted.entries.of_office(office) {
            let value = match &entry.admission {
                Admission::NotApplicable => Some(NOT_APPLICABLE.to_owned()),
                _ => entry.counted().map(crate::model::Value::to_machine),
            };
            values.extend(value.map(|value| (Target::of_entry(&entry.id).line(), escaped(&value))));
        }
        let declared =
            run.admitted.completeness.iter().filter(|((who, _), month)| who == office && **month > 0);
        values.extend(declared.map(|((_, voce), month)| (format!("{voce}.completo;;;"), month.to_string())));
        Some(Self {
            office: office.to_string(),
            month: run.consolidation.month.to_string(),
            file: submission.file.clone(),
            sha256: submission.sha256.clone(),
            plan: run.plan.sha256.clone(),
            signed: signed(submission, run.consolidation.month.month),
            values,
        })
    }

    /// The text for the office called `name`, for the records.
    pub fn text(&self, ente: &str, name: &str) -> String {
        let mut lines = vec![
            TITLE.to_owned(),
            format!("{ente} · {name}"),
            String::new(),
            "Il tuo file è in ordine: tutti i valori qui sotto contano nel consuntivo del mese.".to_owned(),
            "Conserva questa ricevuta agli atti, così com'è, insieme al file: prova che cosa hai mandato."
                .to_owned(),
            String::new(),
        ];
        lines.extend(self.pairs().iter().map(|(key, value)| format!("{key} = {value}")));
        lines.push(HEAD.to_owned());
        lines.extend(self.values.iter().map(|(key, value)| format!("{key};{value}")));
        let seal = sha256(lines.join("\n"));
        lines.push(format!("{SEAL} = {seal}"));
        lines.join("\n")
    }

    fn pairs(&self) -> [(&'static str, String); 7] {
        [
            ("ufficio", self.office.clone()),
            ("mese", self.month.clone()),
            ("file", self.file.clone()),
            ("sha256", self.sha256.clone()),
            ("sha256_piano", self.plan.clone()),
            ("confermato_da", self.signed.clone()),
            ("valori", self.values.len().to_string()),
        ]
    }

    /// Reads a receipt, whatever its line ends.
    ///
    /// # Errors
    /// Why it is none, or not as it was given.
    pub fn read(text: &str) -> Result<Self, String> {
        let text = text.trim_start_matches('\u{feff}');
        let lines: Vec<&str> = text.lines().map(|line| line.trim_end_matches('\r')).collect();
        if lines.first() != Some(&TITLE) {
            return Err("non è una ricevuta di questo programma".to_owned());
        }
        let last = lines.iter().rposition(|line| !line.trim().is_empty()).unwrap_or_default();
        let (body, seal) = lines.split_at_checked(last).unwrap_or_default();
        let seal = seal.first().and_then(|line| line.strip_prefix(SEAL)?.strip_prefix(" = "));
        if seal != Some(sha256(body.join("\n")).as_str()) {
            return Err("non è più come è stata consegnata: la sua impronta non torna".to_owned());
        }
        let head = body.iter().position(|line| *line == HEAD).unwrap_or(body.len());
        let (above, below) = body.split_at_checked(head).unwrap_or_default();
        let pair = |name: &str| {
            let found = above.iter().filter_map(|line| line.split_once(" = ")).find(|(key, _)| *key == name);
            found.map(|(_, value)| value.to_owned()).unwrap_or_default()
        };
        // Four marks end the key; what follows is the value.
        let values = below.iter().skip(1).filter_map(|line| {
            let (end, _) = line.match_indices(';').nth(3)?;
            Some((line.get(..end)?.to_owned(), line.get(end + 1..)?.to_owned()))
        });
        Ok(Self {
            office: pair("ufficio"),
            month: pair("mese"),
            file: pair("file"),
            sha256: pair("sha256"),
            plan: pair("sha256_piano"),
            signed: pair("confermato_da"),
            values: values.collect(),
        })
    }

    /// What an issue says otherwise, of which `now` is what it takes from the same office.
    pub fn differences(&self, now: Option<&Self>) -> Vec<String> {
        let Some(now) = now else {
            return vec![format!("dell'ufficio «{}» l'emissione non conta nessun file", self.office)];
        };
        if self.month != now.month {
            return vec![format!(
                "la ricevuta è del mese {}, l'emissione del mese {}",
                self.month, now.month
            )];
        }
        let mut told = Vec::new();
        for (what, own, other) in [
            ("il file", &self.file, &now.file),
            ("l'impronta SHA-256 del file", &self.sha256, &now.sha256),
            ("l'impronta SHA-256 del piano", &self.plan, &now.plan),
            ("la conferma del mese", &self.signed, &now.signed),
        ] {
            if own != other {
                told.push(format!("{what}: la ricevuta dice {own}, l'emissione {other}"));
            }
        }
        let keys: std::collections::BTreeSet<&String> = self.values.keys().chain(now.values.keys()).collect();
        for key in keys {
            let (own, other) = (self.values.get(key), now.values.get(key));
            if own != other {
                let said =
                    |value: Option<&String>| value.map_or("niente".to_owned(), |value| format!("«{value}»"));
                told.push(format!("{key}: la ricevuta dice {}, l'emissione {}", said(own), said(other)));
            }
        }
        told
    }
}

/// Who signed a month off, on one line.
fn signed(submission: &Submission, month: Month) -> String {
    let parts = submission.sign_off_of(month).parts().into_iter().flatten();
    parts.map(|part| escaped(&part.text)).collect::<Vec<_>>().join(", ")
}

/// A value on one line.
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('\r', "\\r").replace('\n', "\\n")
}
