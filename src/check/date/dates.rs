//! The dates of an office's file: annual ones and those of the registers.

use chrono::NaiveDate;

use crate::check::desk::{Desk, Reading};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{VoceType, YearMonth};
use crate::plan::{Indicator, Voce};

/// A cell that holds a date.
#[derive(Clone, Copy)]
pub(in crate::check) struct Dated<'a> {
    /// The indicator.
    pub(in crate::check) indicator: &'a Indicator,
    /// The voce.
    pub(in crate::check) voce: &'a Voce,
    /// The entry.
    pub(in crate::check) entry: &'a Entry,
}

/// Every cell of the office in which a date is asked for.
pub(in crate::check) fn cells<'a>(desk: &Desk<'a>) -> Vec<Dated<'a>> {
    desk.voci()
        .flat_map(|(indicator, voce)| {
            let entries = desk.entries(&voce.key).iter().copied();
            entries.filter(move |entry| is_date(voce, entry)).map(move |entry| Dated {
                indicator,
                voce,
                entry,
            })
        })
        .collect()
}

/// The date typed, or the check on which it depends.
pub(in crate::check) fn read<'a>(
    ledger: &Ledger,
    desk: &Desk<'a>,
    entry: &'a Entry,
) -> Result<Option<NaiveDate>, &'static str> {
    match desk.read(ledger, entry) {
        Reading::Value(value) => Ok(value.date()),
        Reading::Unusable(code) => Err(code),
        Reading::Blank | Reading::Placeholder | Reading::NotApplicable => Ok(None),
    }
}

/// Whether `date` is in the period in which this voce admits dates (D03 speaks of the others).
pub(in crate::check) fn in_period(voce: &Voce, date: NaiveDate) -> bool {
    voce.days().holds(date)
}

/// The last month that the file reports; the reporting month, when no month is filled.
pub(super) fn last_reported(ctx: &Context<'_>, desk: &Desk<'_>) -> YearMonth {
    ctx.plan.month(desk.submission.last_month.unwrap_or(ctx.month.month))
}

/// The date typed when no check of this family finds it wrong, or the check on which it depends.
pub(super) fn sound<'a>(
    ctx: &Context<'_>,
    ledger: &Ledger,
    desk: &Desk<'a>,
    voce: &Voce,
    entry: &'a Entry,
) -> Result<Option<NaiveDate>, &'static str> {
    let Some(date) = read(ledger, desk, entry)? else { return Ok(None) };
    if !in_period(voce, date) {
        Err("D03")
    } else if date > last_reported(ctx, desk).last_day() {
        Err("D02")
    } else {
        Ok(Some(date))
    }
}

fn is_date(voce: &Voce, entry: &Entry) -> bool {
    voce.kind_of(entry.id.column.as_deref()) == VoceType::Data
}
