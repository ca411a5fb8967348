//! V04: a value outside the range it can have.

use crate::check::desk::{Desk, Reading, place};
use crate::check::ledger::depends_on;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Month, Number, Rule, Severity, Value, VoceType, quoted, ratio_it};
use crate::plan::{Indicator, Voce};

pub(in crate::check) const RULE: Rule = Rule {
    code: "V04",
    name: "Valore fuori dai limiti",
    severity: Severity::Errore,
    why: "Fuori da questi limiti il valore non è possibile, e falserebbe il risultato.",
    remedy: "Correggi il valore, oppure chiedi all'unità performance di rivedere i limiti della voce nel piano.",
    missing: false,
};

/// What no voce reaches, unless its limit in the plan says so: who writes that much has written a code or a telephone
/// number, and a program of tables would no longer keep its decimals.
const TOO_MUCH: i64 = 1_000_000_000;

/// Digits that a message shows of a number.
const DIGITS: usize = 15;

/// Judges every number: shares (0–100 %), voci limited by the plan, all others below a billion; months of
/// completeness.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in Desk::all(ctx) {
        for (indicator, voce) in desk.voci(ctx) {
            for entry in desk.counting(ctx, voce) {
                let range = Range::of(voce, entry);
                match (range, desk.read(ledger, entry)) {
                    (Some(range), Reading::Value(Value::Number(number))) => {
                        judge(ledger, &desk, indicator, voce, entry, number, &range);
                    }
                    (Some(_), Reading::Unusable(code)) => ledger.skip(&RULE, depends_on(code)),
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
    /// Whether the limit of every voce holds: the plan gives none that is greater.
    natural: bool,
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
        let natural = high.as_ref().is_none_or(|high| *high < Number::from(TOO_MUCH));
        kind.is_number().then_some(Self { low, high, percent, natural })
    }

    fn holds(&self, number: &Number) -> bool {
        self.low.as_ref().is_none_or(|low| number >= low)
            && self.high.as_ref().is_none_or(|high| number <= high)
            && !self.is_too_much(number)
    }

    /// Whether a number is none that an office counts or measures.
    fn is_too_much(&self, number: &Number) -> bool {
        self.natural && number.abs() >= Number::from(TOO_MUCH)
    }

    fn show(&self, number: &Number) -> String {
        let plain = number.to_plain();
        let whole = plain.chars().take_while(|letter| *letter != '.');
        match whole.filter(char::is_ascii_digit).count() {
            digits if digits > DIGITS => format!("un numero di {digits} cifre"),
            _ if self.percent => ratio_it(number),
            _ => number.to_italian_exact(),
        }
    }

    fn words(&self) -> String {
        match (&self.low, &self.high) {
            (None, Some(high)) if self.percent => format!("fra 0 % e {}", self.show(high)),
            (Some(low), Some(high)) => format!("fra {} e {}", self.show(low), self.show(high)),
            (Some(low), None) => format!("da {} in su", self.show(low)),
            (None, Some(high)) => format!("fino a {}", self.show(high)),
            (None, None) => "sotto il miliardo".to_owned(),
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
        return ledger.pass(&RULE);
    }
    let finding = desk.finding(&RULE, indicator, Some(voce), &[entry]);
    let code = if range.is_too_much(number) { " (è forse un codice o un numero di telefono?)" } else { "" };
    let what = format!("hai scritto {}{code}; è ammesso un valore {}", shown(range, number), range.words());
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
    if range.percent && !range.is_too_much(number) {
        format!("{}, cioè {}", number.to_italian_exact(), ratio_it(number))
    } else {
        range.show(number)
    }
}

fn completeness(ledger: &mut Ledger, desk: &Desk<'_>, indicator: &Indicator, voce: &Voce, entry: &Entry) {
    let value = match desk.read(ledger, entry) {
        Reading::Value(value) => value,
        Reading::Unusable(code) => return ledger.skip(&RULE, depends_on(code)),
        Reading::Blank | Reading::Placeholder | Reading::NotApplicable => return,
    };
    if month_of(value).is_some() {
        return ledger.pass(&RULE);
    }
    let finding = desk.finding(&RULE, indicator, Some(voce), &[entry]);
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
    fn a_code_or_a_telephone_number_is_no_count() {
        let typed = |value: &str| World::at(1).filled("ri").set("ri", "S01.ore_sportello", 1, value);
        let finding = typed("3331234567").finding("V04");
        assert_eq!(finding.found, "3.331.234.567");
        assert_eq!(finding.expected, "sotto il miliardo");
        let words = "hai scritto 3.331.234.567 (è forse un codice o un numero di telefono?)";
        assert!(finding.message.contains(words), "{}", finding.message);
        assert_eq!(typed("20190000123456789").finding("V04").found, "un numero di 17 cifre");
        assert_eq!(typed(&format!("1{}", "0".repeat(300))).finding("V04").found, "un numero di 301 cifre");
        assert_eq!(typed("1000000000").findings("V04").len(), 1);
        assert!(typed("999999999").findings("V04").is_empty());
    }

    #[test]
    fn a_register_is_complete_up_to_a_month() {
        let world = World::at(6).filled("promozione").complete("promozione", "S01.bandi", "13");
        assert_eq!(world.finding("V04").found, "13");
        assert!(world.about("V01", "S01.bandi").is_empty());
    }
}
