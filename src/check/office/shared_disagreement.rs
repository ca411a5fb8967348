//! A04: different values for one thing: a voce that offices share, or a key of a register.

use super::co_owners::of;
use super::same_key;
use crate::check::desk::{Desk, NEEDS_ALL, Reading, place};
use crate::check::ledger::depends_on;
use crate::check::rules::A04;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Finding, Month, OfficeRule, TimeKind, Value, join_it};
use crate::plan::{Indicator, Voce};

/// Judges each shared voce, month by month where it has months, and each key of the registers.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let shared: Vec<(&Indicator, &Voce)> = ctx
        .plan
        .voci()
        .filter(|(indicator, voce)| indicator.is_shared() && voce.rule == OfficeRule::Condivisa)
        .filter(|(_, voce)| voce.is_input() && voce.time != TimeKind::Registro)
        .collect();
    if !ctx.whole {
        return shared.iter().for_each(|_| ledger.skip(&A04, NEEDS_ALL));
    }
    let desks = ctx.desks;
    for (indicator, voce) in shared {
        let own = of(desks, indicator);
        let months: Vec<Option<Month>> = if voce.time.by_month() {
            voce.last_counting(ctx.month.month).up_to().map(Some).collect()
        } else {
            vec![None]
        };
        for month in months {
            judge(ctx, ledger, &own, indicator, voce, month);
        }
    }
    for (indicator, voce) in ctx.plan.voci() {
        let Some(register) = &voce.register else { continue };
        same_key::judge(ledger, &of(desks, indicator), indicator, voce, register);
    }
}

type Said<'d, 'a> = (&'d Desk<'a>, &'a Entry, &'a Value);

fn judge<'a>(
    ctx: &Context<'a>,
    ledger: &mut Ledger,
    desks: &[&Desk<'a>],
    indicator: &'a Indicator,
    voce: &'a Voce,
    month: Option<Month>,
) {
    let mut said: Vec<Said<'_, 'a>> = Vec::new();
    let mut because = None;
    // What an office says of a month that is another's does not count: A11 says so.
    for desk in desks.iter().filter(|desk| voce.is_asked(&desk.submission.office, month)) {
        let Some(entry) = desk.entry(&voce.key, month) else { continue };
        match desk.read(ledger, entry) {
            Reading::Value(value) => said.push((desk, entry, value)),
            Reading::Unusable(code) => because = Some(code),
            Reading::Blank | Reading::Placeholder | Reading::NotApplicable => {}
        }
    }
    let first = said.first().map(|(_, _, value)| *value);
    if said.iter().any(|(_, _, value)| Some(*value) != first) {
        ledger.fail(finding(ctx, indicator, voce, month, &said));
    } else if let Some(code) = because {
        ledger.skip(&A04, depends_on(code));
    } else if !said.is_empty() {
        ledger.pass(&A04);
    }
}

fn finding(
    ctx: &Context<'_>,
    indicator: &Indicator,
    voce: &Voce,
    month: Option<Month>,
    said: &[Said<'_, '_>],
) -> Finding {
    let mut finding = Finding::of(&A04);
    for (index, (desk, entry, _)) in said.iter().enumerate() {
        if index == 0 {
            finding = desk.finding(&A04, indicator, Some(voce), &[entry]);
        } else {
            desk.name_cells(&mut finding, &[entry]);
        }
    }
    let values: Vec<String> = said
        .iter()
        .map(|(desk, _, value)| {
            let office = ctx.plan.office_name(&desk.submission.office);
            format!("{office} ha scritto {}", typed(value))
        })
        .collect();
    let mut distinct: Vec<String> = said.iter().map(|(_, _, value)| typed(value)).collect();
    distinct.dedup();
    let finding = facts(finding, join_it(&distinct), "lo stesso valore in tutti i file");
    told(finding, &place(indicator, voce, month), &join_it(&values))
}

/// A value with all its digits: rounded, two that differ could look the same.
fn typed(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_italian_exact(),
        other => other.to_people(),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn pending(first: &str, second: &str) -> World {
        World::at(6)
            .filled("sanzioni_protesti")
            .filled("protesti")
            .set("sanzioni_protesti", "S11.verbali_pendenti", 0, first)
            .set("protesti", "S11.verbali_pendenti", 0, second)
    }

    #[test]
    fn offices_that_disagree_are_both_kept_out() {
        let finding = pending("318", "381").finding("A04");
        assert_eq!((finding.cells.len(), finding.related.len()), (1, 1));
        assert_eq!(finding.related[0].office.as_str(), "protesti");
        assert_eq!(finding.found, "318 e 381");
        let said = "Cella: 'Scheda 11'!B17; nel file «schede-2019-protesti.xlsx» 'Scheda 11'!B16.";
        assert!(finding.message.ends_with(said), "{}", finding.message);
        assert!(pending("318", "318").findings("A04").is_empty());
        assert!(pending("318", "").findings("A04").is_empty());
    }

    #[test]
    fn one_key_of_a_register_has_one_date() {
        let row = |world: World, office: &str, title: &str, date: &str| {
            world.field(office, "S07.campagne", 1, "titolo", title).field(
                office,
                "S07.campagne",
                1,
                "invio",
                date,
            )
        };
        let world = World::at(6).filled("urp").filled("comunicazione");
        let world = row(world, "urp", "Estate  Sicura", "2019-05-02");
        let same = row(world, "comunicazione", "estate sicura", "2019-05-02");
        assert!(same.findings("A04").is_empty());
        let other = same.field("comunicazione", "S07.campagne", 1, "invio", "2019-05-03");
        assert_eq!(other.finding("A04").found, "2/5/2019 e 3/5/2019");
    }
}
