//! What a voce gives over some offices, so made that the next offices can be added to it.
//!
//! An office is looked at once, month by month; several are added up in their order. So a result over a
//! thousand offices of which one is changed costs no more than a few additions.

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::NaiveDate;

use super::register::{self, OfficeRows};
use super::{Coverage, coverage};
use crate::admit::{Admission, AdmittedEntry};
use crate::model::{Month, Number, OfficeId, Value, YearMonth};
use crate::plan::{Standing, Voce};

/// The entries of a voce over some offices, in the plan's order.
#[derive(Clone, Debug, Default)]
pub(super) struct Portion {
    /// How many offices.
    pub(super) offices: usize,
    /// How many of them have sent a file.
    pub(super) sent: usize,
    /// How many entries there are, whatever is in them.
    pub(super) entries: usize,
    /// How many of them do not apply.
    pub(super) exempt: usize,
    /// How many of those are not of a month that does not count yet, or never will.
    pub(super) not_applicable: usize,
    /// Entries due and reported.
    pub(super) coverage: Coverage,
    /// Whether an office declares the register complete up to some month.
    pub(super) declared: bool,
    /// The values that count, by month.
    pub(super) months: BTreeMap<Option<Month>, Said>,
    /// All of them.
    pub(super) all: Said,
    /// The last number of each office, and the oldest of their months.
    pub(super) latest: Option<(Number, Option<Month>)>,
    /// How many dates have come.
    pub(super) dates: usize,
    /// The offices that answer since the voce began.
    pub(super) founders: Answering,
    /// Those that answer and began later.
    pub(super) joined: Answering,
    /// How many dates have come from offices that answer no more.
    pub(super) past_dates: usize,
    /// The latest of them.
    pub(super) last_date: Option<NaiveDate>,
    /// The rows that count of each office that has some.
    pub(super) rows: Vec<OfficeRows>,
}

/// Offices that answer at the reporting month.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Answering {
    /// How many.
    pub(super) offices: usize,
    /// How many of their entries do not apply.
    pub(super) exempt: usize,
    /// How many dates have come.
    pub(super) dates: usize,
}

impl Answering {
    fn and(&mut self, next: Self) {
        self.offices += next.offices;
        self.exempt += next.exempt;
        self.dates += next.dates;
    }

    /// Whether all of them have a date, but for those to which it does not apply.
    pub(super) fn have_all(self) -> bool {
        self.dates >= self.offices.saturating_sub(self.exempt)
    }
}

/// Values that count.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// Their sum, and the first of them; `None` when none is a number.
    pub(super) numbers: Option<(Number, Number)>,
}

impl Said {
    fn add(&mut self, sum: &Number, first: &Number) {
        self.numbers = Some(match self.numbers.take() {
            Some((so_far, first)) => (so_far + sum, first),
            None => (sum.clone(), first.clone()),
        });
    }

    fn and(&mut self, next: &Said) {
        if let Some((sum, first)) = &next.numbers {
            self.add(sum, first);
        }
    }
}

impl Portion {
    /// One office: its entries of the voce, when it has sent a file, and up to which month it declares the
    /// register complete.
    pub(super) fn of_office(
        voce: &Voce,
        month: YearMonth,
        office: &OfficeId,
        entries: Option<&[AdmittedEntry]>,
        declared: u32,
    ) -> Self {
        let standing = voce.standing(office, month.month);
        if standing == Standing::Outside {
            return Self::default();
        }
        let own = entries.unwrap_or_default();
        let months = voce.counting(office, month.month);
        let counting = |entry: &&AdmittedEntry| {
            entry.id.month.is_none_or(|own| months.is_some_and(|months| months.contains(own)))
        };
        let exempt = || own.iter().filter(|entry| entry.admission == Admission::NotApplicable);
        let mut portion = Self {
            offices: 1,
            sent: usize::from(entries.is_some()),
            entries: own.len(),
            exempt: exempt().count(),
            not_applicable: exempt().filter(counting).count(),
            coverage: coverage::of((voce, office), month.month, own, declared),
            declared: declared > 0,
            ..Self::default()
        };
        if let Some(shape) = &voce.register {
            let rows = register::counting_rows(month, shape, own);
            portion.rows.extend((!rows.is_empty()).then(|| (office.clone(), Rc::new(rows))));
            return portion;
        }
        for (at, value) in
            own.iter().filter(counting).filter_map(|entry| Some((entry.id.month, entry.counted()?)))
        {
            portion.take(month, at, value);
        }
        portion.stand(standing);
        portion
    }

    /// How one office stands decides what its level and its dates are worth.
    fn stand(&mut self, standing: Standing) {
        let own = Answering { offices: self.offices, exempt: self.exempt, dates: self.dates };
        match standing {
            Standing::Founder => self.founders = own,
            Standing::Joined => self.joined = own,
            Standing::Past => {
                // Whoever answers now has the level of now.
                self.latest = None;
                self.past_dates = self.dates;
            }
            Standing::Outside => {}
        }
    }

    fn take(&mut self, month: YearMonth, at: Option<Month>, value: &Value) {
        let own = self.months.entry(at).or_default();
        if let Some(number) = value.number() {
            own.add(&number, &number);
            self.all.add(&number, &number);
            if self.latest.as_ref().is_none_or(|(_, newest)| at >= *newest) {
                self.latest = Some((number, at));
            }
        }
        if let Some(date) = value.date().filter(|date| *date <= month.last_day()) {
            self.dates += 1;
            self.last_date = self.last_date.max(Some(date));
        }
    }

    /// Adds the offices that come next.
    pub(super) fn and(&mut self, next: &Self) {
        self.offices += next.offices;
        self.sent += next.sent;
        self.entries += next.entries;
        self.exempt += next.exempt;
        self.not_applicable += next.not_applicable;
        self.coverage.expected += next.coverage.expected;
        self.coverage.present += next.coverage.present;
        self.declared |= next.declared;
        for (month, said) in &next.months {
            self.months.entry(*month).or_default().and(said);
        }
        self.all.and(&next.all);
        self.latest = match (self.latest.take(), &next.latest) {
            (Some((sum, oldest)), Some((other, month))) => {
                Some((sum + other, [oldest, *month].into_iter().flatten().min()))
            }
            (own, other) => own.or_else(|| other.clone()),
        };
        self.dates += next.dates;
        self.founders.and(next.founders);
        self.joined.and(next.joined);
        self.past_dates += next.past_dates;
        self.last_date = self.last_date.max(next.last_date);
        self.rows.extend(next.rows.iter().cloned());
    }

    /// The months in which some office reports it, the latest first.
    pub(super) fn months_reported(&self) -> Vec<Month> {
        self.months.keys().rev().filter_map(|month| *month).collect()
    }
}
