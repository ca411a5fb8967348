//! V04: a value outside the range it can have.

use crate::check::desk::{Desk, Reading, place};
use crate::check::ledger::depends_on;
use crate::check::rules::V04;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Number, Value, VoceType, quoted, ratio_it};
use crate::plan::{Domain, Indicator, Limit, Numbers, Voce};

/// Judges every number that has a range: shares (0–100 %), voci limited by the plan, months of completeness.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        for (indicator, voce) in desk.voci() {
            for entry in desk.counting(voce) {
                if !voce.domain(entry.id.column.as_deref()).has(Limit::Range) {
                    continue;
                }
                match desk.read(ledger, entry) {
                    Reading::Value(value) => judge(ledger, desk, indicator, voce, entry, value),
                    Reading::Unusable(code) => ledger.skip(&V04, depends_on(code)),
                    Reading::Blank | Reading::Placeholder | Reading::NotApplicable => {}
                }
            }
            if let Some(entry) = desk.submission.completeness.get(&voce.key) {
                completeness(ledger, desk, indicator, voce, entry);
            }
        }
    }
}

/// Whether a number is outside the range that the entry can have.
pub(super) fn is_outside(voce: &Voce, entry: &Entry, value: &Value) -> bool {
    voce.domain(entry.id.column.as_deref()).breaks(Limit::Range, value)
}

/// A number as it is told here: a share by its percentage.
fn show(numbers: &Numbers<'_>, number: &Number) -> String {
    if is_share(numbers) { ratio_it(number) } else { number.to_italian_exact() }
}

fn is_share(numbers: &Numbers<'_>) -> bool {
    numbers.kind() == VoceType::Percentuale
}

/// What is admitted, in words.
fn words(numbers: &Numbers<'_>) -> String {
    let show = |number: &Number| show(numbers, number);
    match (numbers.low(), &numbers.most()) {
        (None, Some(high)) if is_share(numbers) => format!("fra 0 % e {}", show(high)),
        (Some(low), Some(high)) => format!("fra {} e {}", show(low), show(high)),
        (Some(low), None) => format!("da {} in su", show(low)),
        (None, Some(high)) => format!("fino a {}", show(high)),
        (None, None) => "qualunque valore".to_owned(),
    }
}

fn judge(
    ledger: &mut Ledger,
    desk: &Desk<'_>,
    indicator: &Indicator,
    voce: &Voce,
    entry: &Entry,
    value: &Value,
) {
    let domain = voce.domain(entry.id.column.as_deref());
    let (Domain::Number(numbers), Value::Number(number)) = (&domain, value) else { return };
    if !domain.breaks(Limit::Range, value) {
        return ledger.pass(&V04);
    }
    let finding = desk.finding(&V04, indicator, Some(voce), &[entry]);
    let exact = number.to_italian_exact();
    let typed = if is_share(numbers) { format!("{exact}, cioè {}", ratio_it(number)) } else { exact };
    let what = format!("hai scritto {typed}; è ammesso un valore {}", words(numbers));
    let finding = facts(finding, show(numbers, number), words(numbers));
    let mut finding = told(finding, &place(indicator, voce, entry.id.month), &what);
    if is_share(numbers) {
        finding.remedy = format!(
            "Scrivi la quota con il segno di percentuale ({}%) se è ciò che intendi, oppure correggi il valore.",
            if *number <= Number::from(100_i64) { number.to_italian(2) } else { "15".to_owned() }
        );
    }
    ledger.fail(finding);
}

fn completeness(ledger: &mut Ledger, desk: &Desk<'_>, indicator: &Indicator, voce: &Voce, entry: &Entry) {
    let value = match desk.read(ledger, entry) {
        Reading::Value(value) => value,
        Reading::Unusable(code) => return ledger.skip(&V04, depends_on(code)),
        Reading::Blank | Reading::Placeholder | Reading::NotApplicable => return,
    };
    if !Domain::Month.breaks(Limit::Range, value) {
        return ledger.pass(&V04);
    }
    let finding = desk.finding(&V04, indicator, Some(voce), &[entry]);
    let finding = facts(finding, value.to_people(), Domain::Month.wanted());
    let what = format!(
        "«completo fino al mese» vuole il numero di un mese, da 1 (gennaio) a 12 (dicembre); hai scritto {}",
        quoted(&value.to_people())
    );
    let mut finding = told(finding, &place(indicator, voce, None), &what);
    finding.remedy =
        "Scrivi il numero dell'ultimo mese per cui il registro è completo, oppure lascia vuota la cella \
                      se non lo è ancora per nessun mese."
            .to_owned();
    ledger.fail(finding);
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn a_share_above_one_is_never_read_as_a_percentage() {
        let world = World::at(1).filled("informatico").set("informatico", "S12.quota_2018", 0, "15");
        let finding = world.finding("V04");
        assert_eq!(finding.found, "1.500 %");
        assert!(finding.message.contains("hai scritto 15, cioè 1.500 %"), "{}", finding.message);
        assert!(finding.remedy.contains("15%"));
        assert!(world.set("informatico", "S12.quota_2018", 0, "1").findings("V04").is_empty());
    }

    #[test]
    fn a_register_is_complete_up_to_a_month() {
        let world = World::at(6).filled("promozione").complete("promozione", "S01.bandi", "13");
        assert_eq!(world.finding("V04").found, "13");
        assert!(world.about("V01", "S01.bandi").is_empty());
    }
}
