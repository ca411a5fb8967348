//! What the two sides of an indicator's formula add up to for an office, month by month or over the year.

use crate::check::Ledger;
use crate::check::desk::{Desk, Reading};
use crate::interpret::Entry;
use crate::model::{Month, Number, OfficeRule, TimeKind, join_it, quoted};
use crate::plan::{Indicator, Pair, Voce};

/// One side of a division for an office, in a month or over the year so far.
#[derive(Debug, Default)]
pub(in crate::check) struct Side<'a> {
    /// What the usable entries and the plan's values add up to; `None` when there is none.
    pub(in crate::check) total: Option<Number>,
    /// The entries with a value.
    pub(in crate::check) typed: Vec<&'a Entry>,
    /// Entries without one: blank, placeholders, `n.a.`.
    pub(in crate::check) absent: Vec<&'a Entry>,
    /// The check on which an unusable entry depends.
    pub(in crate::check) unusable: Option<&'static str>,
}

/// Both sides of a pair for the office, in `period`.
pub(in crate::check) fn sides<'a>(
    pair: &Pair<'a>,
    ledger: &Ledger,
    desk: &Desk<'a>,
    period: Option<Month>,
) -> (Side<'a>, Side<'a>) {
    (side(ledger, desk, &pair.over, period), side(ledger, desk, &pair.under, period))
}

/// The place of the numerator in words: `Scheda 3, «Orafi ispezionati», maggio`.
pub(in crate::check) fn place_of(pair: &Pair<'_>, indicator: &Indicator, month: Option<Month>) -> String {
    let month = month.map(|month| format!(", {month}")).unwrap_or_default();
    format!("Scheda {}, {}{month}", indicator.scheda, labels(&pair.over))
}

/// What `voci` add up to for the office, in a month or over the year so far.
pub(super) fn side<'a>(
    ledger: &Ledger,
    desk: &Desk<'a>,
    voci: &[&'a Voce],
    period: Option<Month>,
) -> Side<'a> {
    let mut side = Side::default();
    for voce in voci {
        if let Some(fixed) = &voce.fixed {
            side.add(fixed.value.number());
            continue;
        }
        for entry in entries(ledger, desk, voce, period) {
            match desk.read(ledger, entry) {
                Reading::Value(value) => {
                    side.add(value.number());
                    side.typed.push(entry);
                }
                Reading::Unusable(code) => side.unusable = Some(code),
                Reading::Blank | Reading::Placeholder | Reading::NotApplicable => side.absent.push(entry),
            }
        }
    }
    side
}

/// The entries of a voce in a month; over the year so far, all those of a flow and the last level reported.
fn entries<'a>(ledger: &Ledger, desk: &Desk<'a>, voce: &'a Voce, period: Option<Month>) -> Vec<&'a Entry> {
    match (period, voce.time) {
        (Some(month), _) if voce.time.by_month() => desk.entry(&voce.key, Some(month)).into_iter().collect(),
        (None, TimeKind::Consistenza) => {
            let has_value = |entry: &&Entry| matches!(desk.read(ledger, entry), Reading::Value(_));
            desk.counting(voce).filter(has_value).max_by_key(|entry| entry.id.month).into_iter().collect()
        }
        _ => desk.counting(voce).collect(),
    }
}

impl Side<'_> {
    fn add(&mut self, number: Option<Number>) {
        if let Some(number) = number {
            self.total = Some(self.total.take().unwrap_or_else(Number::zero) + &number);
        }
    }

    /// Whether the whole side adds up to zero, with nothing left out.
    pub(in crate::check) fn is_zero(&self) -> bool {
        self.total.as_ref().is_some_and(Number::is_zero) && self.unusable.is_none()
    }

    /// Whether it is above zero.
    pub(in crate::check) fn is_positive(&self) -> bool {
        self.total.as_ref().is_some_and(|total| *total > Number::zero())
    }
}

/// The labels of voci in words: `«Orafi ispezionati» e «Orafi iscritti»`.
pub(in crate::check) fn labels(voci: &[&Voce]) -> String {
    join_it(&voci.iter().map(|voce| quoted(&voce.label)).collect::<Vec<_>>())
}

/// Whether the offices' values of this voce add up.
pub(super) fn adds_up(voce: &Voce) -> bool {
    voce.rule == OfficeRule::Somma
}
