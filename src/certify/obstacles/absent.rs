//! Offices without a file that counts.

use super::list::{List, NO_FILE, NO_OFFICE, of_office, waived_or_decided};
use super::obstacle::Obstacle;
use crate::certify::touches::missing;
use crate::model::{Finding, IndicatorCode, join_it};
use crate::plan::{Indicator, Office};

impl List<'_> {
    /// The offices without a file, for the indicators that nobody took out of the evaluation.
    pub(super) fn offices(&mut self) {
        for office in missing(self.run) {
            let no_file = |finding: &Finding| finding.rule.code == NO_FILE;
            if self.waived().any(|finding| no_file(finding) && finding.office.as_ref() == Some(&office.id)) {
                continue;
            }
            let accepted: Vec<&IndicatorCode> = self
                .waived()
                .filter(|finding| finding.rule.code == NO_OFFICE)
                .filter_map(|finding| finding.indicator.as_ref())
                .collect();
            let open: Vec<&Indicator> = of_office(self.run, &office.id)
                .filter(|indicator| !self.is_decided(&indicator.code) && !accepted.contains(&&indicator.code))
                .collect();
            self.absent(office, &open);
        }
    }

    fn absent(&mut self, office: &Office, indicators: &[&Indicator]) {
        if indicators.is_empty() {
            return;
        }
        let codes: Vec<&str> = indicators.iter().map(|indicator| indicator.code.as_str()).collect();
        let noun = if codes.len() == 1 { "Indicatore" } else { "Indicatori" };
        self.told.extend(indicators.iter().map(|indicator| indicator.code.clone()));
        let no_file = self
            .open()
            .find(|finding| finding.rule.code == NO_FILE && finding.office.as_ref() == Some(&office.id));
        let codes_held: Vec<IndicatorCode> =
            indicators.iter().map(|indicator| indicator.code.clone()).collect();
        self.found.push(Obstacle {
            subject: format!("{noun} {}", join_it(&codes)),
            office: office.name.clone(),
            why: "ufficio mancante: non c'è un suo file che conta".to_owned(),
            answers: waived_or_decided(no_file, &codes_held),
            indicators: codes_held,
        });
    }
}
