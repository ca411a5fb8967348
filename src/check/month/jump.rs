//! M11: a month far from the office's own history.

use crate::check::desk::{Desk, Point, place};
use crate::check::ledger::depends_on;
use crate::check::robust::{Peers, TOO_FEW};
use crate::check::rules::M11;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Finding, Number, TimeKind, join_it};
use crate::plan::{Indicator, Thresholds, Voce};

/// The checks that have already told the month that is out of line.
const TOLD: [&str; 3] = ["C26", "V05", "V10"];

const AUGUST: u32 = 8;

/// Judges each flow of each office: every month, the reporting one and those before, against the others.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let thresholds = &ctx.plan.controls.thresholds;
    for desk in ctx.desks {
        for (indicator, voce) in desk.voci() {
            if voce.time != TimeKind::Mensile || !voce.kind.is_number() {
                continue;
            }
            let (mut points, because) = desk.series(ledger, voce);
            // A month without activity is no history: it says nothing of how large the others should be.
            points.retain(|point| !point.value.is_zero());
            let odd = odd_months(&points, thresholds);
            let office = Some(&desk.submission.office);
            let told = ledger.already(&TOLD, office, |finding| finding.voce.as_ref() == Some(&voce.key));
            if let Some(code) = told.filter(|_| !odd.is_empty()) {
                ledger.skip(&M11, depends_on(code));
            } else if !odd.is_empty() && !desk.explains(indicator) {
                ledger.fail(finding(desk, indicator, voce, &odd));
            } else if let Some(code) = because {
                ledger.skip(&M11, depends_on(code));
            } else if !is_long(&points, thresholds) {
                ledger.skip(&M11, TOO_FEW);
            } else {
                ledger.pass(&M11);
            }
        }
    }
}

fn is_long(points: &[Point<'_>], thresholds: &Thresholds) -> bool {
    u32::try_from(points.len()).unwrap_or(u32::MAX) >= thresholds.points
}

/// The months far from all the others, each with the median of the others.
fn odd_months<'a>(points: &[Point<'a>], thresholds: &Thresholds) -> Vec<(Point<'a>, Number)> {
    if !is_long(points, thresholds) {
        return Vec::new();
    }
    let judged = points.iter().filter_map(|point| {
        let others = points.iter().filter(|other| other.month != point.month);
        let others: Vec<Number> = others.map(|other| other.value.clone()).collect();
        let peers = Peers::of(&others)?;
        // Offices close in August: a low month there is as it must be.
        if point.month.number() == AUGUST && *point.value < peers.median {
            return None;
        }
        peers.are_far_from(point.value, thresholds).then_some((*point, peers.median))
    });
    judged.collect()
}

fn finding(desk: &Desk<'_>, indicator: &Indicator, voce: &Voce, odd: &[(Point<'_>, Number)]) -> Finding {
    let entries: Vec<&Entry> = odd.iter().map(|(point, _)| point.entry).collect();
    let found: Vec<String> =
        odd.iter().map(|(point, _)| format!("{} a {}", point.value.to_italian(4), point.month)).collect();
    let found = join_it(&found);
    let usual = odd.first().map_or_else(String::new, |(_, median)| median.to_italian(2));
    let finding = desk.finding(&M11, indicator, Some(voce), &entries);
    let finding = facts(finding, found.clone(), format!("di solito circa {usual}"));
    let month = finding.month;
    let what = match odd {
        [(point, _)] => {
            format!("hai scritto {}; negli altri mesi di solito circa {usual}", point.value.to_italian(4))
        }
        _ => format!("hai scritto {found}; negli altri mesi di solito circa {usual}"),
    };
    told(finding, &place(indicator, voce, month), &what)
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::{World, cells};

    fn months(values: &[&str]) -> World {
        let world = World::at(u32::try_from(values.len()).unwrap()).filled("ri");
        (1..)
            .zip(values)
            .fold(world, |world, (month, value)| world.set("ri", "S06.procedimenti_avviati", month, value))
    }

    #[test]
    fn a_zero_too_many_is_found_wherever_it_is() {
        let world = months(&["60", "95", "1100", "105", "120", "90"]);
        let finding = world.finding("M11");
        assert_eq!((cells(&finding).len(), finding.month.unwrap().number()), (1, 3));
        assert_eq!(finding.found, "1.100 a marzo");
        assert!(world.note("ri", "6.1").findings("M11").is_empty());
        assert_eq!(months(&["60", "95", "110", "105", "120", "900"]).finding("M11").found, "900 a giugno");
        assert_eq!(months(&["60", "95", "110", "105", "120", "9"]).finding("M11").found, "9 a giugno");
    }

    #[test]
    fn a_short_or_idle_history_says_nothing() {
        assert!(months(&["60", "95", "110", "105", "1200"]).findings("M11").is_empty());
        assert!(months(&["0", "0", "0", "0", "0", "0", "300"]).findings("M11").is_empty());
        assert!(months(&["60", "95", "110", "105", "120", "90", "0"]).findings("M11").is_empty());
        let august = ["90", "95", "91", "92", "94", "90", "93", "14"];
        assert!(months(&august).findings("M11").is_empty(), "a slump in August");
        assert!(months(&["1", "2", "1", "3", "2", "1", "10"]).findings("M11").is_empty());
    }
}
