//! What the unit can write in the plan to close an open point, as the plan reads it.

use crate::model::{Finding, IndicatorCode, Month, OfficeId, Severity, VoceKey};
use crate::plan::{Decision, Plan, Waiver};

/// An answer of the unit to an open point: without its reason, which only people have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// A derogation: the finding is accepted for the value found.
    Waiver {
        /// The code of the check.
        code: &'static str,
        /// The office.
        office: Option<OfficeId>,
        /// The scheda, where neither an indicator nor a voce says it.
        scheda: Option<u8>,
        /// The indicator.
        indicator: Option<IndicatorCode>,
        /// The voce.
        voce: Option<VoceKey>,
        /// The month of the entry.
        month: Option<Month>,
        /// What was found, as the finding says.
        found: String,
    },
    /// A decision: the indicator is taken out of the evaluation.
    Decision(IndicatorCode),
}

impl Answer {
    /// The derogation of a finding; `None` where none is possible: a file that cannot be trusted, or nothing
    /// found to be bound to.
    pub(super) fn of_finding(finding: &Finding) -> Option<Self> {
        let possible = finding.severity < Severity::Bloccante && !finding.found.trim().is_empty();
        possible.then(|| Self::Waiver {
            code: finding.rule.code,
            office: finding.office.clone(),
            scheda: finding.scheda.filter(|_| finding.indicator.is_none() && finding.voce.is_none()),
            indicator: finding.indicator.clone(),
            voce: finding.voce.clone(),
            month: finding.month,
            found: finding.found.clone(),
        })
    }

    /// The plan with this answer in it: what it would say then.
    pub fn give(&self, plan: &mut Plan) {
        match self.clone() {
            Self::Waiver { code, office, scheda, indicator, voce, month, found } => {
                plan.controls.waivers.push(Waiver {
                    code: code.to_owned(),
                    office,
                    scheda,
                    indicator,
                    voce,
                    month,
                    value: found,
                    reason: String::new(),
                    who: String::new(),
                    until: None,
                });
            }
            Self::Decision(indicator) => {
                let date = plan.month(Month::DECEMBER).last_day();
                plan.decisions.push(Decision { indicator, reason: String::new(), who: String::new(), date });
            }
        }
    }

    /// The lines to paste in the plan of this year. The reason and who gives it are left empty, so that a
    /// plan with a block that nobody has thought about is refused.
    pub fn toml(&self, year: i32) -> String {
        let mut lines = Vec::new();
        match self {
            Self::Waiver { code, office, scheda, indicator, voce, month, found } => {
                lines.push("[[deroghe]]".to_owned());
                let whom = [("codice", Some(*code)), ("ufficio", office.as_ref().map(OfficeId::as_str))];
                lines.extend(whom.iter().filter_map(|(key, text)| Some(line(key, (*text)?))));
                lines.extend(scheda.map(|scheda| format!("scheda = {scheda}")));
                let places = [
                    ("indicatore", indicator.as_ref().map(IndicatorCode::as_str)),
                    ("voce", voce.as_ref().map(VoceKey::as_str)),
                ];
                lines.extend(places.iter().filter_map(|(key, text)| Some(line(key, (*text)?))));
                lines.extend(month.map(|month| format!("mese = {}", month.number())));
                lines.push(line("trovato", found));
            }
            Self::Decision(indicator) => {
                lines.push("[[decisioni]]".to_owned());
                lines.push(line("indicatore", indicator.as_str()));
                lines.push(format!("data = \"31/12/{year}\"  # il giorno della decisione"));
            }
        }
        lines.extend(["motivo", "chi"].map(|key| line(key, "")));
        lines.join("\n")
    }
}

/// A key with its text, whatever the text holds.
fn line(key: &str, text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars() {
        match c {
            '"' | '\\' => safe.extend(['\\', c]),
            plain if is_plain(plain) => safe.push(plain),
            other => safe.push_str(&format!("\\U{:08X}", u32::from(other))),
        }
    }
    format!("{key} = \"{safe}\"")
}

/// Whether a letter can be pasted as it is seen: no control character, no mark that nobody sees.
fn is_plain(c: char) -> bool {
    let unseen = matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    !c.is_control() && !unseen
}

#[cfg(test)]
mod tests {
    use super::Answer;
    use crate::model::{Month, OfficeId, VoceKey};
    use crate::plan::{DEFAULT_PLAN, read_plan};

    fn waiver(found: &str) -> Answer {
        Answer::Waiver {
            code: "C06",
            office: Some(OfficeId::new("metrico")),
            scheda: Some(3),
            indicator: None,
            voce: Some(VoceKey::from_text("S03.supermercati")),
            month: Month::new(2),
            found: found.to_owned(),
        }
    }

    #[test]
    fn what_is_pasted_is_read_as_the_same_answer() {
        for found in ["2,5", "«a\\b» \"c\" # d", "riga\nfinta\u{7}\u{202e}\u{1f600}"] {
            let block = waiver(found).toml(2019);
            assert!(!block.contains(['\u{7}', '\u{202e}']) && block.lines().count() == 9, "{block}");
            let filled =
                block.replace("motivo = \"\"", "motivo = \"m\"").replace("chi = \"\"", "chi = \"c\"");
            let plan = read_plan(&format!("{DEFAULT_PLAN}\n{filled}\n")).unwrap();
            let mut given = read_plan(DEFAULT_PLAN).unwrap();
            waiver(found).give(&mut given);
            let (read, own) = (&plan.controls.waivers[0], &given.controls.waivers[0]);
            assert_eq!((&read.code, &read.office, &read.voce), (&own.code, &own.office, &own.voce));
            assert_eq!((read.scheda, own.scheda), (Some(3), Some(3)));
            assert_eq!((&read.month, &read.value), (&own.month, &own.value));
        }
    }

    #[test]
    fn a_block_without_a_reason_is_refused() {
        let decision = Answer::Decision(crate::model::IndicatorCode::new("3.1")).toml(2019);
        for block in [waiver("2,5").toml(2019), decision.clone()] {
            let problems = read_plan(&format!("{DEFAULT_PLAN}\n{block}\n")).unwrap_err();
            assert_eq!(problems.len(), 2, "{problems:#?}");
        }
        let filled = decision.replace("= \"\"", "= \"x\"");
        let plan = read_plan(&format!("{DEFAULT_PLAN}\n{filled}\n")).unwrap();
        assert_eq!(plan.decisions[0].indicator.as_str(), "3.1");
    }
}
