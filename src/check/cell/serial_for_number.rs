//! C26: a whole number that is the serial of a day near the plan's year, where the numbers are never that
//! large.

use chrono::NaiveDate;

use crate::check::desk::{Desk, Reading, place};
use crate::check::ledger::depends_on;
use crate::check::rules::C26;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::excel::day_near;
use crate::interpret::{Entry, EntryState};
use crate::model::{Finding, Number, TimeKind, Value, VoceType, date_it};
use crate::plan::{Indicator, Voce};

/// Judges every whole number of counts, hours and days, up to the reporting month, whatever its number
/// format.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let desks = ctx.desks;
    for desk in desks {
        for (indicator, voce) in desk.voci() {
            for entry in
                desk.counting(voce).filter(|entry| voce.kind_of(entry.id.column.as_deref()).is_amount())
            {
                match desk.read(ledger, entry) {
                    Reading::Value(Value::Number(number)) => {
                        match suspect(ctx, desks, desk, (indicator, voce), (entry, number)) {
                            Some(finding) => ledger.fail(finding),
                            None => ledger.pass(&C26),
                        }
                    }
                    Reading::Unusable(code) => ledger.skip(&C26, depends_on(code)),
                    _ => {}
                }
            }
        }
    }
}

/// The day that a whole number may be.
fn day(number: &Number, year: i32, date1904: bool) -> Option<(NaiveDate, bool)> {
    day_near(number.is_integer().then(|| number.to_i64()).flatten()?, year, date1904)
}

fn suspect(
    ctx: &Context<'_>,
    desks: &[Desk<'_>],
    desk: &Desk<'_>,
    (indicator, voce): (&Indicator, &Voce),
    (entry, number): (&Entry, &Number),
) -> Option<Finding> {
    let (date, from_1904) = day(number, ctx.plan.year, desk.submission.traits.date1904)?;
    let scale = Scale { ctx, desks, desk, indicator, voce, entry };
    if scale.reaches(number) {
        return None;
    }
    let system = if from_1904 { " per i file che contano le date dal 1904" } else { "" };
    let (number, date) = (number.to_italian(0), date_it(date));
    let finding = desk.finding(&C26, indicator, Some(voce), &[entry]);
    let finding = facts(finding, number.clone(), scale.expected());
    let what = format!("{number} è il {date}{system}: era una data?");
    Some(told(finding, &place(indicator, voce, entry.id.month), &what))
}

/// How large the numbers of an entry are, by all that is known besides the entry itself.
struct Scale<'a> {
    ctx: &'a Context<'a>,
    desks: &'a [Desk<'a>],
    desk: &'a Desk<'a>,
    indicator: &'a Indicator,
    voce: &'a Voce,
    entry: &'a Entry,
}

impl Scale<'_> {
    /// Whether something says that numbers as large are usual here.
    fn reaches(&self, number: &Number) -> bool {
        let times = &self.ctx.plan.controls.thresholds.times;
        let near = [self.own(), self.others(), self.terms()];
        let usual = near.into_iter().flatten().any(|usual| usual * times >= *number);
        usual || self.indicator.planned_size(self.voce).is_some_and(|planned| planned >= *number)
    }

    fn expected(&self) -> String {
        let usual = [self.own(), self.others()].into_iter().flatten().max();
        match usual.filter(|usual| !usual.is_zero()) {
            Some(usual) => format!("altrove non più di {}", usual.to_italian(4)),
            None => "un numero, non una data".to_owned(),
        }
    }

    /// The largest of the same voce in the other cells of the same office.
    fn own(&self) -> Option<Number> {
        let entries = self.desk.entries(&self.voce.key).iter().copied();
        self.largest(entries.filter(|entry| entry.id != self.entry.id), self.voce.time != TimeKind::Mensile)
    }

    /// The same in the files of the other offices.
    fn others(&self) -> Option<Number> {
        let others = self.desks.iter().filter(|desk| desk.submission.office != self.desk.submission.office);
        self.largest(others.flat_map(|desk| desk.entries(&self.voce.key).iter().copied()), false)
    }

    /// The largest of some entries; a `level` that stays from month to month is told by one of them.
    fn largest<'e>(&self, entries: impl Iterator<Item = &'e Entry>, level: bool) -> Option<Number> {
        let same = entries.filter(|entry| entry.id.column == self.entry.id.column);
        self.plain(same.filter_map(number_of), if level { 1 } else { 2 }).into_iter().max()
    }

    fn is_date(&self, number: &Number) -> bool {
        day(number, self.ctx.plan.year, self.desk.submission.traits.date1904).is_some()
    }

    /// The other counts of the same formula, which a count is compared with: the largest, and the sum of the
    /// months.
    fn terms(&self) -> Option<Number> {
        let others = self.indicator.voci.iter().filter(|voce| {
            voce.key != self.voce.key && voce.kind == VoceType::Conteggio && self.voce.kind == voce.kind
        });
        others.filter_map(|voce| self.size(voce)).max()
    }

    fn size(&self, voce: &Voce) -> Option<Number> {
        if let Some(fixed) = &voce.fixed {
            return fixed.value.number();
        }
        let all = self.desks.iter().flat_map(|desk| desk.entries(&voce.key).iter().copied());
        let numbers = self.plain(all.filter_map(number_of), 2);
        if voce.time == TimeKind::Mensile && self.voce.time != TimeKind::Mensile {
            return (!numbers.is_empty()).then(|| numbers.into_iter().sum());
        }
        numbers.into_iter().max()
    }

    /// The numbers that are no days themselves. Where all may be days they say how large they are only when
    /// they are `enough` of them.
    fn plain(&self, numbers: impl Iterator<Item = Number>, enough: usize) -> Vec<Number> {
        let (dates, plain): (Vec<Number>, Vec<Number>) = numbers.partition(|number| self.is_date(number));
        if plain.is_empty() && dates.len() >= enough { dates } else { plain }
    }
}

fn number_of(entry: &Entry) -> Option<Number> {
    match &entry.state {
        EntryState::Value(Value::Number(number)) => Some(number.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn one(office: &str, key: &str, month: u32, text: &str) -> World {
        World::at(6).filled(office).set(office, key, month, text)
    }

    #[test]
    fn a_day_near_the_plans_year_is_asked_for_in_every_count_and_month() {
        // 43 558 is 3 April 2019, 43 619 is 3 June 2019.
        for (office, key) in [
            ("metrico", "S03.prodotti"),
            ("protesti", "S11.istanze_evase"),
            ("protesti", "S11.giorni_lavorazione"),
            ("sanzioni_ri", "S06.accertamenti"),
            ("ri", "S01.ore_sportello"),
        ] {
            for month in [1, 2, 6] {
                assert_eq!(one(office, key, month, "43558").about("C26", key).len(), 1, "{key} {month}");
            }
        }
        let finding = one("metrico", "S03.prodotti", 2, "43619").finding("C26");
        assert!(
            finding.message.contains("febbraio: 43.619 è il 3/6/2019: era una data?"),
            "{}",
            finding.message
        );
        assert_eq!((finding.found.as_str(), finding.expected.as_str()), ("43.619", "altrove non più di 1"));
        assert!(!finding.keeps_out());
        let annual = one("metrico", "S03.orafi_iscritti", 0, "43558");
        assert_eq!(annual.about("C26", "S03.orafi_iscritti").len(), 1);
    }

    #[test]
    fn the_days_of_the_year_before_and_after_and_of_the_other_calendar_too() {
        let told = |text: &str| !one("metrico", "S03.prodotti", 2, text).findings("C26").is_empty();
        // From 1 January 2018 to 31 December 2020; counted from 1904, 1 462 days less.
        for text in ["43101", "44196", "41639", "42734", "42096"] {
            assert!(told(text), "{text}");
        }
        for text in ["43100", "44197", "41638", "42735", "43558.5", "20", "0"] {
            assert!(!told(text), "{text}");
        }
        let mut other = one("metrico", "S03.prodotti", 2, "42096");
        other.submission("metrico").traits.date1904 = true;
        assert!(other.finding("C26").message.contains("42.096 è il 3/4/2019 per i file che contano"));
    }

    #[test]
    fn several_dates_among_small_numbers_do_not_excuse_each_other() {
        let world = one("metrico", "S03.prodotti", 2, "43558").set("metrico", "S03.prodotti", 5, "43619");
        assert_eq!(world.findings("C26").len(), 2);
        let first = World::at(1).blank("metrico").set("metrico", "S03.prodotti", 1, "43558");
        assert_eq!(first.findings("C26").len(), 1, "nothing says that it is so large");
    }

    #[test]
    fn numbers_that_are_really_as_large_raise_no_alarm() {
        let months = |key: &str, office: &str, values: &[&str]| {
            (1..).zip(values).fold(World::at(6).filled(office), |world, (month, value)| {
                world.set(office, key, month, value)
            })
        };
        let flows: [&[&str]; 3] = [
            &["38000", "41000", "43558", "52000", "39500", "43600"],
            &["9000", "12000", "43558", "8000", "15000", "11000"],
            &["43500", "43600", "43700", "43650", "43550", "43800"],
        ];
        for flow in flows {
            assert!(months("S06.procedimenti_avviati", "ri", flow).findings("C26").is_empty(), "{flow:?}");
        }
        let stock = ["43200", "43300", "43400", "43450", "43500", "43558"];
        let stock = months("S10.fascicoli_inventariati", "archivio_protocollo", &stock);
        assert!(
            stock.set("archivio_protocollo", "S10.fascicoli_totali", 0, "43800").findings("C26").is_empty()
        );
        // Another office counts as much.
        let peers = one("urp", "S07.nuove_aziende", 2, "43558").filled("comunicazione");
        assert!(peers.set("comunicazione", "S07.nuove_aziende", 3, "30000").findings("C26").is_empty());
    }

    #[test]
    fn what_the_plan_admits_is_usual() {
        let mut world = one("metrico", "S03.prodotti", 2, "43558");
        let schede = world.plan.schede.iter_mut().flat_map(|scheda| &mut scheda.actions);
        let voci = schede.flat_map(|action| &mut action.indicators).flat_map(|indicator| &mut indicator.voci);
        let voce = voci.into_iter().find(|voce| voce.key.as_str() == "S03.prodotti").unwrap();
        voce.max = Some(crate::model::Number::from(50_000_i64));
        assert!(world.findings("C26").is_empty());
    }
}
