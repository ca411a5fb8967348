//! V04: a value outside the range it can have.

use crate::check::desk::{Desk, Reading, place};
use crate::check::ledger::depends_on;
use crate::check::rules::V04;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Month, Number, Value, VoceType, quoted, ratio_it};
use crate::plan::{Indicator, Voce};

/// Judges every number that has a range: shares (0–100 %), voci limited by the plan, months of completeness.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in Desk::all(ctx) {
        for (indicator, voce) in desk.voci(ctx) {
            for entry in desk.counting(ctx, voce) {
                let range = Range::of(voce, entry);
                match (range, desk.read(ledger, entry)) {
                    (Some(range), Reading::Value(Value::Number(number))) => {
                        judge(ledger, &desk, indicator, voce, entry, number, &range);
                    }
                    (Some(_), Reading::Unusable(code)) => ledger.skip(&V04, depends_on(code)),
                    _ => {}
                }
            }
            if let Some(entry) = desk.submission.completeness.get(&voce.key) {
                completeness(ledger, &desk, indicator, voce, entry);
            }
        }
    }
}

/// The month that a declaration of completeness names.
pub(in crate::check) fn month_of(value: &Value) -> Option<Month> {
    match value {
        Value::Number(number) => {
            number.to_i64().and_then(|number| u32::try_from(number).ok()).and_then(Month::new)
        }
        Value::Date(_) | Value::Flag(_) | Value::Text(_) => None,
    }
}

/// Whether a number is outside the range that the entry can have.
pub(super) fn is_outside(voce: &Voce, entry: &Entry, number: &Number) -> bool {
    Range::of(voce, entry).is_some_and(|range| !range.holds(number))
}

struct Range {
    low: Option<Number>,
    high: Option<Number>,
    percent: bool,
}

impl Range {
    fn of(voce: &Voce, entry: &Entry) -> Option<Self> {
        let kind = entry.id.column.as_deref().map_or(Some(voce.kind), |column| {
            voce.register.as_ref().and_then(|register| register.column(column)).map(|column| column.kind)
        })?;
        let percent = kind == VoceType::Percentuale;
        let (low, mut high) = (voce.min.clone(), voce.max.clone());
        if percent && high.as_ref().is_none_or(|high| *high > Number::one()) {
            high = Some(Number::one());
        }
        (kind.is_number() && (low.is_some() || high.is_some())).then_some(Self { low, high, percent })
    }

    fn holds(&self, number: &Number) -> bool {
        self.low.as_ref().is_none_or(|low| number >= low)
            && self.high.as_ref().is_none_or(|high| number <= high)
    }

    fn show(&self, number: &Number) -> String {
        if self.percent { ratio_it(number) } else { number.to_italian_exact() }
    }

    fn words(&self) -> String {
        match (&self.low, &self.high) {
            (None, Some(high)) if self.percent => format!("fra 0 % e {}", self.show(high)),
            (Some(low), Some(high)) => format!("fra {} e {}", self.show(low), self.show(high)),
            (Some(low), None) => format!("da {} in su", self.show(low)),
            (None, Some(high)) => format!("fino a {}", self.show(high)),
            (None, None) => "qualunque valore".to_owned(),
        }
    }
}

fn judge(
    ledger: &mut Ledger,
    desk: &Desk<'_>,
    indicator: &Indicator,
    voce: &Voce,
    entry: &Entry,
    number: &Number,
    range: &Range,
) {
    if range.holds(number) {
        return ledger.pass(&V04);
    }
    let finding = desk.finding(&V04, indicator, Some(voce), &[entry]);
    let what = format!("hai scritto {}; è ammesso un valore {}", shown(range, number), range.words());
    let finding = facts(finding, range.show(number), range.words());
    let mut finding = told(finding, &place(indicator, voce, entry.id.month), &what);
    if range.percent {
        finding.remedy = format!(
            "Scrivi la quota con il segno di percentuale ({}%) se è ciò che intendi, oppure correggi il valore.",
            if *number <= Number::from(100_i64) { number.to_italian(2) } else { "15".to_owned() }
        );
    }
    ledger.fail(finding);
}

fn shown(range: &Range, number: &Number) -> String {
    if range.percent {
        format!("{}, cioè {}", number.to_italian_exact(), ratio_it(number))
    } else {
        number.to_italian_exact()
    }
}

fn completeness(ledger: &mut Ledger, desk: &Desk<'_>, indicator: &Indicator, voce: &Voce, entry: &Entry) {
    let value = match desk.read(ledger, entry) {
        Reading::Value(value) => value,
        Reading::Unusable(code) => return ledger.skip(&V04, depends_on(code)),
        Reading::Blank | Reading::Placeholder | Reading::NotApplicable => return,
    };
    if month_of(value).is_some() {
        return ledger.pass(&V04);
    }
    let finding = desk.finding(&V04, indicator, Some(voce), &[entry]);
    let finding = facts(finding, value.to_people(), "il numero di un mese, da 1 a 12");
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
