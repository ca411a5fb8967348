//! Deadlines gone by without all their dates.

use super::list::{List, NO_DATE, waived_or_decided};
use super::obstacle::Obstacle;
use crate::aggregate::IndicatorResult;
use crate::model::{Status, quoted};
use crate::plan::{Indicator, Operator, Threshold};

impl<'a> List<'a> {
    /// The dates without which a deadline gone by is not met, office by office: never due, yet missing.
    ///
    /// They are looked for in the entries, so that a plan that hides the finding does not hide them.
    pub(super) fn deadline(&mut self, indicator: &'a Indicator, result: &IndicatorResult) {
        let (Operator::By, Threshold::Date(deadline)) =
            (indicator.target.operator, &indicator.target.threshold)
        else {
            return;
        };
        let month = self.run.consolidation.month;
        // A term already told is not verifiable, or not computable; a date, when there are all, decides.
        let lost = result.status == Status::NonRaggiunto && result.value.is_none();
        if !lost {
            return;
        }
        let over = if *deadline <= month.last_day() { "scadenza passata" } else { "anno chiuso" };
        let no_date = self.open().find(|finding| {
            finding.rule.code == NO_DATE && finding.indicator.as_ref() == Some(&indicator.code)
        });
        for office in &indicator.offices {
            let voids = self.voids(indicator, office);
            for (gap, blank) in self.dates(indicator, office) {
                // What is written there cannot be read, or the cell is gone: told with what has no value.
                if voids.iter().any(|void| void.at == gap.at) {
                    continue;
                }
                if self.names(&gap, |finding| !finding.is_open() && finding.rule.code == NO_DATE) {
                    continue;
                }
                self.told.insert(indicator.code.clone());
                let what = if blank { "cella vuota" } else { "la data scritta viene dopo" };
                self.found.push(Obstacle {
                    subject: format!("Indicatore {}, {}", indicator.code, result.status.label()),
                    office: self.run.plan.office_name(office).to_owned(),
                    why: format!(
                        "manca la data {}: {over}, {what}; se non c'è, serve una decisione \
                         sull'indicatore, oppure una deroga al rilievo «Scadenza passata senza tutte le date» \
                         (codice = \"{NO_DATE}\", indicatore = \"{}\", trovato = \"nessuna data entro {}\")",
                        quoted(&gap.voce.label),
                        indicator.code,
                        month.in_words()
                    ),
                    answers: waived_or_decided(no_date, std::slice::from_ref(&indicator.code)),
                    indicators: vec![indicator.code.clone()],
                });
            }
        }
    }
}
