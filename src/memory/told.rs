//! A finding of the month before, as far as it can be met again.

use crate::model::{Answered, Finding, Month, OfficeId, YearMonth};
use crate::plan::Plan;

/// A finding of the month before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The code of its check.
    pub code: String,
    /// The name of its office; empty when it is of none.
    pub office: String,
    /// Its scheda.
    pub scheda: Option<u8>,
    /// The code of its indicator; empty when it is of none.
    pub indicator: String,
    /// The label of its voce; empty when it is of none.
    pub voce: String,
    /// Its month.
    pub month: Option<Month>,
    /// What was found.
    pub found: String,
    /// The file that it names, where it is of no office.
    pub file: String,
    /// Whether it was accepted with a derogation.
    pub waived: bool,
    /// What the offices answered that explains it, each with why.
    pub answers: Vec<(OfficeId, String)>,
    /// The month since which it is there, when an earlier one has told it.
    pub since: Option<YearMonth>,
}

/// The checks that tell of a result as it stands, whichever month's value they name.
const OF_A_RESULT: [&str; 1] = ["R09"];

impl Told {
    /// As a later month will remember it.
    pub fn of(plan: &Plan, finding: &Finding) -> Self {
        let explains = |answer: &&Answered| answer.explains() && finding.is_explained();
        Self {
            code: finding.rule.code.to_owned(),
            office: finding.office.as_ref().map_or_else(String::new, |id| plan.office_name(id).to_owned()),
            scheda: finding.scheda,
            indicator: finding.indicator.as_ref().map_or_else(String::new, ToString::to_string),
            voce: finding.voce.as_ref().map_or_else(String::new, |key| {
                plan.voce(key).map_or_else(|| key.to_string(), |(_, voce)| voce.label.clone())
            }),
            month: finding.month,
            found: finding.found.clone(),
            file: match finding.office {
                Some(_) => String::new(),
                None => finding.file.clone().unwrap_or_default(),
            },
            waived: finding.waived.is_some(),
            answers: finding
                .answered
                .iter()
                .filter(explains)
                .map(|answer| (answer.office.clone(), answer.reason.clone()))
                .collect(),
            since: None,
        }
    }

    /// What it is about, whatever its words: the same in every month.
    pub fn subject(&self) -> String {
        let scheda = self.scheda.map(|scheda| scheda.to_string()).unwrap_or_default();
        let month = self.month.filter(|_| !OF_A_RESULT.contains(&self.code.as_str()));
        let month = month.map(|month| month.number().to_string()).unwrap_or_default();
        [&self.code, &self.office, &scheda, &self.indicator, &self.voce, &month, &self.file]
            .map(String::as_str)
            .join("|")
    }

    /// What is known of one by its subject alone; `None` when the text is no subject.
    pub fn about(subject: &str) -> Option<Self> {
        let parts: Vec<&str> = subject.split('|').collect();
        let [code, office, scheda, indicator, voce, month, file] = parts.as_slice() else { return None };
        Some(Self {
            code: (*code).to_owned(),
            office: (*office).to_owned(),
            scheda: scheda.parse().ok(),
            indicator: (*indicator).to_owned(),
            voce: (*voce).to_owned(),
            month: month.parse().ok().and_then(Month::new),
            found: String::new(),
            file: (*file).to_owned(),
            waived: false,
            answers: Vec::new(),
            since: None,
        })
    }

    /// The value that it is about: office, voce and month.
    pub fn datum(&self) -> String {
        let month = self.month.map(|month| month.number().to_string()).unwrap_or_default();
        [&self.office, &self.voce, &month].map(String::as_str).join("|")
    }
}
