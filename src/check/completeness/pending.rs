//! What an office still has to fill in: facts for whoever is about to do it, never an alarm for what is not
//! due.

use std::collections::BTreeMap;

use crate::check::say;
use crate::interpret::{Entry, EntryState, Submission};
use crate::model::{CellRef, Month, OfficeId, count};
use crate::plan::{Plan, Voce, declared_month};

/// What is due up to a month and still blank in an office's workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The month up to which it is counted.
    pub month: Month,
    /// The first month with something still to fill in; `None` when only entries for the year lack.
    pub open: Option<Month>,
    /// The cells to fill in, by scheda and sheet.
    pub cells: BTreeMap<(u8, String), Vec<CellRef>>,
}

/// What is still to be filled in up to `month`.
pub fn pending(plan: &Plan, submission: &Submission, month: Month) -> Pending {
    let mut pending = Pending { month, open: None, cells: BTreeMap::new() };
    let mine = plan.voci().filter(|(indicator, _)| indicator.offices.contains(&submission.office));
    for (indicator, voce) in mine {
        if let Some(entry) = submission.completeness.get(&voce.key) {
            let declared = declared(entry);
            let due = voce.register_due(&submission.office, month);
            if due.is_some_and(|due| declared.is_none_or(|declared| declared < due.last))
                && entry.state != EntryState::Lost
            {
                let open = declared.and_then(|declared| Month::new(declared.number() + 1));
                let first = due.map_or(Month::JANUARY, |due| due.first);
                pending.add(indicator.scheda, entry, Some(open.unwrap_or(first).max(first)));
            }
        }
        let asked = submission.entries.iter().filter(|entry| entry.id.voce == voce.key);
        for entry in asked.filter(|entry| is_open(&submission.office, entry, voce, month)) {
            pending.add(indicator.scheda, entry, entry.id.month);
        }
    }
    pending
}

fn is_open(office: &OfficeId, entry: &Entry, voce: &Voce, month: Month) -> bool {
    voce.is_due(office, month, entry.id.month)
        && matches!(entry.state, EntryState::Blank | EntryState::Placeholder)
}

/// The month up to which a register is declared complete.
fn declared(entry: &Entry) -> Option<Month> {
    match &entry.state {
        EntryState::Value(said) => declared_month(said),
        _ => None,
    }
}

impl Pending {
    fn add(&mut self, scheda: u8, entry: &Entry, month: Option<Month>) {
        let cells = self.cells.entry((scheda, entry.place.sheet.clone())).or_default();
        cells.push(entry.place.cell);
        cells.sort_unstable();
        self.open = self.open.into_iter().chain(month).min();
    }

    /// In a few lines for the clerk: which month is open, how many cells, where.
    pub fn words(&self) -> Vec<String> {
        let number: usize = self.cells.values().map(Vec::len).sum();
        if number == 0 {
            return vec![format!("{}: il mese è completo, non c'è altro da riempire.", self.month)];
        }
        let open = self.open.map_or_else(
            || "mancano solo dati che valgono per tutto l'anno".to_owned(),
            |open| format!("il primo mese aperto è {open}"),
        );
        let number = count(number, "cella", "celle");
        let mut lines = vec![format!("Da riempire fino {:#}: {number}; {open}.", self.month)];
        let by_scheda = self.cells.iter().filter_map(|((scheda, sheet), cells)| {
            Some(format!("  Scheda {scheda} · {}", say::cells_words(Some(sheet), cells)?))
        });
        lines.extend(by_scheda);
        lines
    }
}

#[cfg(test)]
mod tests {
    use crate::check::completeness::pending::pending;
    use crate::check::fixture::World;
    use crate::model::Month;

    fn words(world: &mut World, month: u32) -> Vec<String> {
        let plan = world.plan.clone();
        pending(&plan, world.submission("metrico"), Month::new(month).unwrap()).words()
    }

    #[test]
    fn a_complete_month_is_said_to_be() {
        let mut world = World::at(6).filled("metrico");
        assert_eq!(words(&mut world, 6), ["giugno: il mese è completo, non c'è altro da riempire."]);
    }

    #[test]
    fn the_open_month_and_its_cells_are_named() {
        let mut world = World::at(6).filled("metrico").set("metrico", "S03.prodotti", 4, "").set(
            "metrico",
            "S03.supermercati",
            6,
            "n.d.",
        );
        let lines = words(&mut world, 6);
        assert_eq!(lines[0], "Da riempire fino a giugno: 2 celle; il primo mese aperto è aprile.");
        assert!(lines[1].starts_with("  Scheda 3 · Celle: 'Scheda 3'!"), "{lines:?}");
        assert_eq!(lines.len(), 2);
        assert_eq!(words(&mut world, 3).len(), 1, "April is not due in March");
    }

    #[test]
    fn what_holds_for_the_year_has_no_month() {
        let mut world = World::at(2).filled("metrico").set("metrico", "S03.orafi_iscritti", 0, "");
        let lines = words(&mut world, 2);
        assert!(lines[0].ends_with("1 cella; mancano solo dati che valgono per tutto l'anno."), "{lines:?}");
    }

    #[test]
    fn a_register_is_open_after_the_month_declared() {
        let mut world = World::at(6).filled("promozione").complete("promozione", "S01.bandi", "4").complete(
            "promozione",
            "S02.bandi",
            "6",
        );
        let plan = world.plan.clone();
        let open = pending(&plan, world.submission("promozione"), Month::new(6).unwrap());
        assert_eq!((open.open, open.cells.len()), (Month::new(5), 1));
    }
}
