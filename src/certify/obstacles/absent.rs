//! Offices without a file that counts.

use std::collections::{BTreeMap, BTreeSet};

use super::list::{List, NO_FILE, NO_OFFICE, of_office, waived_or_decided};
use super::obstacle::Obstacle;
use crate::certify::touches::missing;
use crate::model::{Finding, IndicatorCode, OfficeId, join_it};
use crate::plan::{Indicator, Office};

impl List<'_> {
    /// The offices without a file, for the indicators that nobody took out of the evaluation.
    pub(super) fn offices(&mut self) {
        let without_file = |finding: &&Finding| finding.rule.code == NO_FILE;
        let forgone: BTreeSet<&OfficeId> =
            self.waived().filter(without_file).filter_map(|finding| finding.office.as_ref()).collect();
        let accepted: BTreeSet<&IndicatorCode> = self
            .waived()
            .filter(|finding| finding.rule.code == NO_OFFICE)
            .filter_map(|finding| finding.indicator.as_ref())
            .collect();
        // The first finding on each office stands.
        let told = self.open().filter(without_file);
        let told: Vec<(&OfficeId, &Finding)> =
            told.filter_map(|finding| Some((finding.office.as_ref()?, finding))).collect();
        let told: BTreeMap<&OfficeId, &Finding> = told.into_iter().rev().collect();
        for office in missing(self.run).into_iter().filter(|office| !forgone.contains(&office.id)) {
            let open: Vec<&Indicator> = of_office(self.run, &office.id)
                .filter(|indicator| !self.is_decided(&indicator.code) && !accepted.contains(&indicator.code))
                .collect();
            self.absent(office, &open, told.get(&office.id).copied());
        }
    }

    fn absent(&mut self, office: &Office, indicators: &[&Indicator], no_file: Option<&Finding>) {
        if indicators.is_empty() {
            return;
        }
        let codes: Vec<&str> = indicators.iter().map(|indicator| indicator.code.as_str()).collect();
        let noun = if codes.len() == 1 { "Indicatore" } else { "Indicatori" };
        self.told.extend(indicators.iter().map(|indicator| indicator.code.clone()));
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
