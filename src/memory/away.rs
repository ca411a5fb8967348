//! Offices of which the month before has nothing, because their file was missing then: what was consolidated
//! of them before that. It is handed on from month to month, so that who comes back is compared with what it
//! had said, and not with nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::kept::{Away, Kept, Memory, TextKey};
use super::{Said, Slot, Told};
use crate::interpret::Submission;
use crate::model::{OfficeId, YearMonth};
use crate::plan::Plan;

impl Memory {
    /// Whether nothing is known of this office: its file did not count.
    pub fn lacked(&self, office: &OfficeId) -> bool {
        !self.sent.contains(office)
    }

    /// What was consolidated of an office that the month before lacked; `None` when it never was.
    pub fn away(&self, office: &OfficeId) -> Option<&Away> {
        self.away.get(office).filter(|_| self.lacked(office))
    }

    /// What was consolidated of an office the last time that its file counted, and when that was.
    pub fn last_of(&self, office: &OfficeId) -> (YearMonth, &BTreeMap<Slot, Kept>) {
        self.away(office).map_or((self.month, &self.entries), |away| (away.month, &away.entries))
    }

    /// The fields of the row of a register in which a slot stands, as they were consolidated.
    pub fn fields_of_row<'a>(&'a self, own: &'a Slot) -> impl Iterator<Item = (&'a Slot, &'a Kept)> + 'a {
        let beside =
            |slot: &Slot| (&slot.office, &slot.voce, &slot.row) == (&own.office, &own.voce, &own.row);
        let known = self.last_of(&own.office).1.iter().chain(&self.gone);
        known.filter(move |(slot, _)| beside(slot))
    }

    /// A text that an office had written beside its values.
    pub fn text(&self, office: &OfficeId, key: &str) -> Option<&str> {
        let key = (key.to_owned(), None);
        let own = match self.away(office) {
            Some(away) => away.texts.get(&key),
            None => self.texts.get(&(office.clone(), key)),
        };
        own.map(String::as_str)
    }

    /// Every text that an office had written beside its values, the last time that its file counted.
    pub fn texts_of(&self, office: &OfficeId) -> Vec<(&TextKey, &str)> {
        match self.away(office) {
            Some(away) => away.texts.iter().map(|(key, text)| (key, text.as_str())).collect(),
            None => {
                let own = self.texts.iter().filter(|((own, _), _)| own == office);
                own.map(|((_, key), text)| (key, text.as_str())).collect()
            }
        }
    }

    /// What was told then, and what had been explained by who was away.
    pub fn told(&self) -> impl Iterator<Item = &Told> {
        let away = self.away.iter().filter(|(office, _)| self.lacked(office));
        self.findings.iter().chain(away.flat_map(|(_, away)| &away.explained))
    }

    /// What the next month must know of the offices that are not here now, in the plan's order.
    pub fn handed_on(&self, plan: &Plan, submissions: &[Submission]) -> Vec<(OfficeId, Away)> {
        let here: BTreeSet<&OfficeId> = submissions.iter().map(|one| &one.office).collect();
        let offices = plan.offices.iter().map(|office| &office.id);
        let missing = offices.filter(|office| !here.contains(office));
        missing.filter_map(|office| Some((office.clone(), self.hand_on(office)?))).collect()
    }

    fn hand_on(&self, office: &OfficeId) -> Option<Away> {
        if self.lacked(office) {
            return self.away.get(office).cloned();
        }
        let said = |(slot, kept): &(&Slot, &Kept)| slot.office == *office && kept.said != Said::Nothing;
        let own = self.entries.iter().filter(said).map(|(slot, kept)| (slot.clone(), kept.clone()));
        let explained = self.findings.iter().filter_map(|told| {
            let answers = told.answers.iter().filter(|(own, _)| own == office).cloned().collect::<Vec<_>>();
            (!answers.is_empty()).then(|| Told {
                answers,
                since: told.since.or(Some(self.month)),
                ..told.clone()
            })
        });
        Some(Away {
            month: self.month,
            entries: own.collect(),
            texts: self
                .texts_of(office)
                .into_iter()
                .map(|(key, text)| (key.clone(), text.to_owned()))
                .collect(),
            explained: explained.collect(),
        })
    }
}
