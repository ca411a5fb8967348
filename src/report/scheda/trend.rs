//! *Andamento nell'anno*: a chart for each indicator with numbers.
//!
//! The charts stand above the table of the months that they draw: room is left for them first, and they are
//! laid when the months have their place.

use crate::aggregate::IndicatorResult;
use crate::book::{Chart, ChartKind, Format, Line, Row};
use crate::excel::bounds;
use crate::model::capital;
use crate::model::{CellRef, Month, Unit, Value, VoceType};
use crate::plan::{Indicator, Threshold};
use crate::report::words::{at_month, bare_target_words, is_percent, unit_word, value_words};

use super::builder::{Builder, PAPER, Slot};
use super::months::MonthsPlace;

/// Rows that a chart covers.
const ROWS: u32 = 7;

/// The most charts that stand abreast.
const ABREAST: usize = 5;

/// The most charts abreast that have room for a whole sentence as title.
const ROOMY: usize = 3;

impl Builder<'_, '_> {
    /// The title of the charts and the rows where they will stand, up to five abreast; a line for each
    /// indicator that has none.
    pub(super) fn leave_room_for_trend(&mut self) {
        self.heading("Andamento nell'anno");
        if self.run.months.len() < 2 {
            self.prose("Un mese solo non fa un andamento: i grafici cominciano da febbraio.");
            return;
        }
        let (drawn, others): (Vec<_>, Vec<_>) = self
            .indicators()
            .into_iter()
            .partition(|(indicator, _)| self.has_numbers(indicator) && !is_yes_no(indicator));
        let lines = drawn.len().div_ceil(ABREAST).max(1);
        // One alone would be as wide as the page, and say no more.
        let abreast = drawn.len().div_ceil(lines).max(2);
        for line in drawn.chunks(abreast) {
            for (place, (indicator, _)) in line.iter().enumerate() {
                let row = self.next_row();
                self.slots.push(Slot { code: indicator.code.clone(), row, abreast: (place, abreast) });
            }
            self.rows.extend((0..=ROWS).map(|_| Row::space()));
        }
        for (indicator, _) in others {
            self.prose(self.why_no_chart(indicator));
        }
    }

    /// Lays the charts over the months.
    pub(super) fn trend(&mut self, months: &[MonthsPlace]) {
        for slot in std::mem::take(&mut self.slots) {
            let place = months.iter().find(|place| place.code == slot.code);
            let found = self.indicators().into_iter().find(|(indicator, _)| indicator.code == slot.code);
            if let Some((place, (indicator, result))) = place.zip(found) {
                self.charts.push(self.chart(&slot, place, indicator, result));
            }
        }
    }

    fn chart(
        &self,
        slot: &Slot,
        place: &MonthsPlace,
        indicator: &Indicator,
        result: &IndicatorResult,
    ) -> Chart {
        let target = target(indicator, result);
        let mut lines = vec![Line { name: "Risultato".to_owned(), values: place.values }];
        if result.threshold.is_some() {
            lines.push(Line { name: format!("Target: {target}"), values: place.target });
        }
        Chart {
            title: self.message_of(indicator, result, &target, slot.abreast.1 <= ROOMY),
            description: self.in_words(indicator, &target),
            categories_title: format!("Mese del {}", self.run.plan.year),
            values_title: capital(unit_word(indicator)),
            categories: place.months,
            kind: ChartKind::Lines(lines),
            format: self.axis_format(indicator),
            maximum: None,
            at: CellRef { row: slot.row, col: 0 },
            rows: ROWS,
            columns: PAPER,
            abreast: Some(slot.abreast),
        }
    }

    /// `6.2: 10,26 % a giugno, target almeno 10 %: già raggiunto`
    fn message_of(
        &self,
        indicator: &Indicator,
        result: &IndicatorResult,
        target: &str,
        roomy: bool,
    ) -> String {
        if let (false, Some(value)) = (roomy, &result.value) {
            return format!(
                "{}: {}, {}",
                indicator.code,
                value_words(indicator, value),
                result.status.label()
            );
        }
        let when = at_month(self.run.consolidation.month.month);
        let value = match &result.value {
            Some(value) => format!("{} {when}", value_words(indicator, value)),
            None => format!("nessun valore {when}"),
        };
        format!("{}: {value}, target {target}: {}", indicator.code, result.status.label())
    }

    /// The line for those who cannot see it: every month's value, or the first and the last when they are too
    /// many, or where the values are when even those are too long.
    fn in_words(&self, indicator: &Indicator, target: &str) -> String {
        let values = self.values(indicator);
        let shown = |value: Option<&Value>| {
            value.map_or_else(|| "nessun valore".to_owned(), |value| value_words(indicator, value))
        };
        let head = format!("Linea del risultato di {} alla fine di ogni mese", indicator.code);
        let tail = format!("Target: {target}.");
        let all: Vec<String> = values.iter().map(|(_, value)| shown(*value)).collect();
        let whole = format!("{head}, da gennaio: {}. {tail}", all.join("; "));
        let ends = [values.first(), values.last()].into_iter().flatten();
        let ends: Vec<String> =
            ends.map(|(month, value)| format!("{} {}", at_month(*month), shown(*value))).collect();
        let brief = format!("{head}: {}. {tail}", ends.join(", "));
        let fits = |text: &String| text.chars().count() <= bounds::MESSAGE;
        let elsewhere =
            || format!("{head}: i valori sono nella tabella «Mese per mese di {}».", indicator.code);
        [whole, brief].into_iter().find(fits).unwrap_or_else(elsewhere)
    }

    /// The value of an indicator at the end of each month.
    fn values(&self, indicator: &Indicator) -> Vec<(Month, Option<&Value>)> {
        let months = self.run.months.iter();
        months
            .map(|month| {
                let value = month.indicator(&indicator.code).and_then(|result| result.value.as_ref());
                (month.month.month, value)
            })
            .collect()
    }

    fn has_numbers(&self, indicator: &Indicator) -> bool {
        self.values(indicator).iter().any(|(_, value)| value.and_then(Value::number).is_some())
    }

    /// The unit stands in the title of the axis; whole numbers have no decimals.
    fn axis_format(&self, indicator: &Indicator) -> Format {
        if is_percent(indicator) {
            return Format::Percent;
        }
        let mut numbers =
            self.values(indicator).into_iter().filter_map(|(_, value)| value.and_then(Value::number));
        if numbers.all(|number| number.is_integer()) { Format::Integer } else { Format::Decimal }
    }

    /// What each month says, those alike together: `da gennaio a maggio 3, in ritardo; a giugno 12, già
    /// raggiunto`.
    fn month_by_month(&self, indicator: &Indicator) -> String {
        let mut spans: Vec<(Month, Month, String)> = Vec::new();
        for then in self.run.months {
            let Some(result) = then.indicator(&indicator.code) else { continue };
            let state = match &result.value {
                Some(value) => format!("{}, {}", value_words(indicator, value), result.status.label()),
                None => result.status.label().to_owned(),
            };
            let month = then.month.month;
            match spans.last_mut().filter(|(_, _, words)| *words == state) {
                Some((_, last, _)) => *last = month,
                None => spans.push((month, month, state)),
            }
        }
        let words = spans.iter().map(|(first, last, state)| {
            let when = if first == last {
                at_month(*last)
            } else {
                format!("da {} {}", first.name(), at_month(*last))
            };
            format!("{when} {state}")
        });
        words.collect::<Vec<_>>().join("; ")
    }

    fn why_no_chart(&self, indicator: &Indicator) -> String {
        if indicator.formula.unit() == Unit::Data {
            return format!(
                "{}: è una scadenza ({}); non ha un andamento da disegnare, la data e l'esito sono nella tabella.",
                indicator.code,
                bare_target_words(&indicator.target)
            );
        }
        if is_yes_no(indicator) {
            return format!(
                "{}: sono sì e no dell'anno, che non fanno una linea; {}.",
                indicator.code,
                self.month_by_month(indicator)
            );
        }
        let last = self.run.consolidation.month.month.name();
        format!("{}: nessun valore da gennaio a {last}, quindi nessun grafico.", indicator.code)
    }
}

/// Whether all its terms are a yes or a no of the whole year.
fn is_yes_no(indicator: &Indicator) -> bool {
    let mut terms = indicator.formula.inputs().iter().map(|key| indicator.voce(key)).peekable();
    terms.peek().is_some()
        && terms.all(|voce| voce.is_some_and(|voce| voce.kind == VoceType::SiNo && !voce.time.by_month()))
}

/// The target in the fewest words, with the baseline it waited for when there is one.
fn target(indicator: &Indicator, result: &IndicatorResult) -> String {
    let words = bare_target_words(&indicator.target);
    match (&indicator.target.threshold, &result.threshold) {
        (Threshold::Baseline { .. }, Some(supplied)) => {
            format!("{words} ({})", value_words(indicator, supplied))
        }
        _ => words,
    }
}
