//! What the checks between offices share: the files of an indicator's offices, findings over several of them.

use crate::check::Ledger;
use crate::check::desk::Desk;
use crate::interpret::Entry;
use crate::model::{Finding, OfficeRule, Rule, TimeKind, VoceKey};
use crate::plan::{Indicator, Plan, Voce};

/// The checks that have already found a month's value of a voce unusual.
const ODD_MONTH: [&str; 4] = ["C26", "M11", "M15", "V05"];

/// The files of the offices that answer for `indicator`.
pub(super) fn of<'d, 'a>(desks: &'d [Desk<'a>], indicator: &Indicator) -> Vec<&'d Desk<'a>> {
    desks.iter().filter(|desk| indicator.offices.contains(&desk.submission.office)).collect()
}

/// The monthly voci that several offices add up.
pub(super) fn summed(plan: &Plan) -> impl Iterator<Item = (&Indicator, &Voce)> {
    plan.voci().filter(|(indicator, voce)| {
        indicator.is_shared()
            && voce.rule == OfficeRule::Somma
            && voce.time == TimeKind::Mensile
            && voce.kind.is_number()
    })
}

/// A finding over the entries of several offices: the first file is its own, the others come as related.
pub(super) fn finding(
    rule: &'static Rule,
    indicator: &Indicator,
    voce: &Voce,
    said: &[(&Desk<'_>, Vec<&Entry>)],
) -> Finding {
    let mut finding: Option<Finding> = None;
    for (desk, entries) in said {
        match &mut finding {
            None => finding = Some(desk.finding(rule, indicator, Some(voce), entries)),
            Some(known) => desk.name_cells(known, entries),
        }
    }
    finding.unwrap_or_else(|| Finding::of(rule))
}

/// The check that has already found a month of this voce unusual in the file of this office.
pub(super) fn odd_month(ledger: &Ledger, desk: &Desk<'_>, voce: &VoceKey) -> Option<&'static str> {
    let office = Some(&desk.submission.office);
    ledger.already(&ODD_MONTH, office, |finding| finding.voce.as_ref() == Some(voce))
}
