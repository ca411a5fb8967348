//! C06: decimals in a count, or more than cents in an amount.

use super::wanted::wanted;
use crate::check::rules::C06;
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::model::Value;
use crate::plan::Limit;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let applies = |item: &walk::Item<'_>| item.domain().has(Limit::Decimals);
    walk::entries(context, ledger, &C06, applies, |item| {
        let number = item.breaking(Limit::Decimals).and_then(Value::number)?;
        let what = format!("hai scritto {}, ma qui serve {}", number.to_italian_exact(), wanted(item));
        Some((wanted(item).to_owned(), what))
    });
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn an_amount_has_cents_and_nothing_more() {
        let every_form = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/piani/ogni-forma.toml"));
        let told = |voce: &str, typed: &str| {
            let plan = crate::plan::read_plan(every_form).unwrap();
            let world = World::of(plan, 3).blank("alfa").set("alfa", voce, 3, typed);
            ["C06", "C07"].map(|code| world.findings(code).len())
        };
        for typed in ["12", "12.5", "12.34"] {
            assert_eq!(told("S04.incassi", typed), [0, 0], "{typed}");
        }
        assert_eq!(told("S04.incassi", "12.345"), [1, 0]);
        assert_eq!(told("S04.incassi", "-12.34"), [0, 1]);
        // Entries that may be negative; minutes and plain numbers have all the decimals that they have.
        assert_eq!(told("S04.rettifiche", "-12.34"), [0, 0]);
        assert_eq!(told("S04.rettifiche", "-12.345"), [1, 0]);
        assert_eq!(told("S04.indice", "-1.2345"), [0, 0]);
        assert_eq!(told("S04.attesa", "7.125"), [0, 0]);
        assert_eq!(told("S04.attesa", "-7"), [0, 1]);
    }

    #[test]
    fn all_the_decimals_are_said() {
        let finding = World::at(3)
            .filled("metrico")
            .set("metrico", "S03.supermercati", 3, "12.0000000001")
            .finding("C06");
        assert!(finding.message.contains("hai scritto 12,0000000001,"), "{}", finding.message);
    }
}
