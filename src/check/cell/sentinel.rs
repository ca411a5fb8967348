//! V07: a number that stands for "no value".

use crate::check::rules::V07;
use crate::check::walk::{self, Item};
use crate::check::{Context, Ledger};
use crate::interpret::EntryState;
use crate::model::{Number, Value, VoceKey};

/// Judges every number against those that the plan names (`sentinelle`).
pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let sentinels = &context.plan.controls.sentinels;
    let applies = |item: &Item<'_>| item.kind().is_number() && !item.completeness && !sentinels.is_empty();
    walk::entries(context, ledger, &V07, applies, |item| {
        let number = item.value().and_then(Value::number).filter(|number| sentinels.contains(number))?;
        if is_among_its_like(item, sentinels, &number) {
            return None;
        }
        let shown = number.to_cell();
        Some(("un valore vero".to_owned(), format!("hai scritto {shown}")))
    });
}

/// Whether the office has other values of the same size for the voce, or for the whole of which it is a part:
/// then it may well be a true one.
fn is_among_its_like(item: &Item<'_>, sentinels: &[Number], number: &Number) -> bool {
    let like = |voce: &VoceKey| *voce == item.voce.key || Some(voce) == item.voce.part_of.as_ref();
    item.submission.entries.iter().filter(|entry| like(&entry.id.voce)).any(|entry| {
        let EntryState::Value(Value::Number(other)) = &entry.state else { return false };
        !sentinels.contains(other) && other.clone() * &Number::from(10_i64) >= *number
    })
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn a_sentinel_among_small_numbers_is_no_value() {
        let world = World::at(6).filled("metrico").set("metrico", "S03.supermercati", 3, "9999");
        assert_eq!(world.finding("V07").found, "9999");
        let near = World::at(6).filled("metrico").set("metrico", "S03.supermercati", 3, "9998");
        assert!(near.findings("V07").is_empty());
    }

    #[test]
    fn among_numbers_of_its_size_it_is_a_value() {
        let archive = World::at(6)
            .filled("archivio_protocollo")
            .set("archivio_protocollo", "S10.fascicoli_totali", 0, "12500")
            .set("archivio_protocollo", "S10.fascicoli_inventariati", 6, "9999");
        assert!(archive.findings("V07").is_empty());
    }
}
