//! D14: day and month exchanged by a program that puts the month first.
//!
//! It makes dates of all the texts that it can read so, with day and month exchanged, and leaves as texts
//! those with a day above 12: real dates up to 12 beside such texts are its mark.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::Regex;

use super::dates::{Dated, cells, in_period, sound};
use crate::check::desk::{Desk, place};
use crate::check::ledger::depends_on;
use crate::check::rules::D14;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::{Entry, EntryState, Fault};
use crate::model::{Finding, VoceKey, date_it, join_it, quoted};

static NUMERIC: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\W*(\d{1,2})\s*[/\-]\s*(\d{1,2})\s*[/\-]\s*(?:\d{4}|\d{2})\b").ok());

/// Dates named in a sentence before "e altre N".
const NAMED: usize = 6;

/// Judges each voce with real dates, in each office's file.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        let all = cells(desk);
        let mark = mark(&all);
        let mut voci: Vec<&VoceKey> = all.iter().map(|cell| &cell.voce.key).collect();
        voci.dedup();
        for voce in voci {
            let own: Vec<Dated<'_>> = all.iter().copied().filter(|cell| &cell.voce.key == voce).collect();
            judge(ctx, ledger, desk, &own, mark);
        }
    }
}

/// The first text that only a program with the month first leaves so; none where as many texts are there that
/// it would have made dates of.
fn mark<'a>(all: &[Dated<'a>]) -> Option<&'a str> {
    let texts: Vec<(&str, u32, u32)> = all.iter().filter_map(|cell| numeric_text(cell.entry)).collect();
    let left = |(_, one, other): &&(&str, u32, u32)| (*one > 12) != (*other > 12);
    let taken = texts.iter().filter(|(_, one, other)| *one <= 12 && *other <= 12 && one != other).count();
    let mut marks = texts.iter().filter(left);
    (marks.clone().count() > taken).then(|| marks.next().map(|(text, _, _)| *text)).flatten()
}

/// A date left as text, as two numbers and a year.
fn numeric_text(entry: &Entry) -> Option<(&str, u32, u32)> {
    let wrong = matches!(entry.state, EntryState::Wrong(Fault::NotADate));
    if !wrong && is_real(entry) {
        return None;
    }
    let found = NUMERIC.as_ref()?.captures(&entry.raw)?;
    let number = |group: usize| found.get(group)?.as_str().parse().ok();
    Some((entry.raw.trim(), number(1)?, number(2)?))
}

/// Whether a date is one for Excel: whatever was read from a text is listed as such. A time cut off is of
/// both.
fn is_real(entry: &Entry) -> bool {
    let EntryState::Value(value) = &entry.state else { return false };
    let shown = || value.date().is_some_and(|date| entry.raw.starts_with(&format!("{} ", date_it(date))));
    match &entry.normalised {
        None => true,
        Some(normalised) => normalised.code == "C13" && shown(),
    }
}

fn judge(ctx: &Context<'_>, ledger: &mut Ledger, desk: &Desk<'_>, own: &[Dated<'_>], mark: Option<&str>) {
    let (mut doubtful, mut because, mut real) = (Vec::new(), None, false);
    for cell in own.iter().filter(|cell| is_real(cell.entry)) {
        match sound(ctx, ledger, desk, cell.voce, cell.entry) {
            Err(code) => because = Some(code),
            Ok(None) => {}
            Ok(Some(date)) => {
                real = true;
                let other = exchanged(date).filter(|other| may_be(ctx, cell, *other));
                let other = other.filter(|_| !is_typed_right(own, cell));
                doubtful.extend(other.map(|other| (*cell, date, other)));
            }
        }
    }
    match (mark, because) {
        (Some(mark), _) if !doubtful.is_empty() => ledger.fail(finding(desk, &doubtful, mark)),
        (_, Some(code)) => ledger.skip(&D14, depends_on(code)),
        _ if real => ledger.pass(&D14),
        _ => {}
    }
}

/// The date with day and month exchanged, where that is another one.
fn exchanged(date: NaiveDate) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(date.year(), date.day(), date.month()).filter(|other| *other != date)
}

/// Whether an office could have meant that day: one to come cannot have happened.
fn may_be(ctx: &Context<'_>, cell: &Dated<'_>, date: NaiveDate) -> bool {
    in_period(cell.voce, date) && date <= ctx.month.last_day()
}

/// Whether the same row of a register has a real date with a day above 12: it did not come that way.
fn is_typed_right(own: &[Dated<'_>], cell: &Dated<'_>) -> bool {
    let above = |entry: &Entry| match &entry.state {
        EntryState::Value(value) => value.date().is_some_and(|date| date.day() > 12),
        _ => false,
    };
    let row = cell.entry.id.row;
    row.is_some()
        && own.iter().any(|other| other.entry.id.row == row && is_real(other.entry) && above(other.entry))
}

fn finding(desk: &Desk<'_>, doubtful: &[(Dated<'_>, NaiveDate, NaiveDate)], mark: &str) -> Finding {
    let entries: Vec<&Entry> = doubtful.iter().map(|(cell, _, _)| cell.entry).collect();
    let list = |of: fn(&(Dated<'_>, NaiveDate, NaiveDate)) -> NaiveDate| {
        let mut words: Vec<String> = doubtful.iter().take(NAMED).map(|one| date_it(of(one))).collect();
        let rest = doubtful.len().saturating_sub(NAMED);
        if rest > 0 {
            words.push(if rest == 1 { "un'altra".to_owned() } else { format!("altre {rest}") });
        }
        join_it(&words)
    };
    let Some((cell, _, _)) = doubtful.first() else { return Finding::of(&D14) };
    let (found, other) = (list(|one| one.1), list(|one| one.2));
    let finding = desk.finding(&D14, cell.indicator, Some(cell.voce), &entries);
    let finding = facts(finding, found.clone(), format!("date certe: forse {other}"));
    let what = format!(
        "hai scritto {found}, che con giorno e mese scambiati sono {other}: nello stesso file {} è rimasto un testo",
        quoted(mark)
    );
    let what = if doubtful.len() == 1 { what.replace(" sono ", " è ") } else { what };
    told(finding, &place(cell.indicator, cell.voce, None), &what)
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;
    use crate::interpret::{EntryState, Fault, Normalisation};
    use crate::model::{EntryId, VoceKey};

    const BANDI: &str = "S01.bandi";

    /// Two calls: real dates in the first row, these texts in the second.
    fn world(real: [&str; 2], texts: [&str; 2]) -> World {
        let field =
            |world: World, row, column: &str, text: &str| world.field("promozione", BANDI, row, column, text);
        let mut world = field(World::at(6).filled("promozione"), 1, "titolo", "Turismo");
        world = field(world, 2, "titolo", "Commercio");
        for (column, (real, text)) in
            ["scadenza", "approvazione"].into_iter().zip(real.into_iter().zip(texts))
        {
            world = field(world, 1, column, real);
            world = field(world, 2, column, "2019-03-28");
            as_text(&mut world, column, text);
        }
        world
    }

    /// Writes in the second row what was typed as text; one with the month first is no date.
    fn as_text(world: &mut World, column: &str, text: &str) {
        let id = EntryId::field(VoceKey::from_text(BANDI), 2, column);
        let entries = &mut world.submission("promozione").entries;
        let entry = entries.iter_mut().find(|entry| entry.id == id).unwrap();
        entry.raw = text.to_owned();
        let month: u32 = text.split('/').nth(1).unwrap().parse().unwrap();
        if month > 12 {
            entry.state = EntryState::Wrong(Fault::NotADate);
        } else {
            entry.normalised =
                Some(Normalisation { code: "C09", rule: "testo", taken: String::new(), is_text: true });
        }
    }

    #[test]
    fn real_dates_beside_texts_with_a_day_above_12_may_be_exchanged() {
        for texts in
            [["13/02/2019", "28/03/2019"], ["03/05/2019", "28/03/2019"], ["02/13/2019", "03/28/2019"]]
        {
            let found = world(["2019-05-02", "2019-06-05"], texts).findings("D14");
            let expected = usize::from(texts[0] != "03/05/2019");
            assert_eq!(found.len(), expected, "{texts:?}: one text of each kind is no mark");
        }
        let finding = world(["2019-05-02", "2019-06-05"], ["13/02/2019", "28/03/2019"]).finding("D14");
        assert_eq!((finding.found.as_str(), finding.cells.len()), ("2/5/2019 e 5/6/2019", 2));
        assert_eq!(finding.expected, "date certe: forse 5/2/2019 e 6/5/2019");
        assert!(!finding.keeps_out());
    }

    #[test]
    fn dates_that_cannot_have_been_exchanged_are_not_asked_for() {
        // The 20th is no month; 4 April is the same; 6 January would be 1 June: but 8 January would be 1
        // August, to come.
        let texts = ["13/02/2019", "28/03/2019"];
        assert!(world(["2019-05-20", "2019-06-05"], texts).findings("D14").is_empty(), "the row was typed");
        assert!(world(["2019-04-04", "2019-05-05"], texts).findings("D14").is_empty());
        assert!(world(["2019-01-08", "2019-02-09"], texts).findings("D14").is_empty());
        assert_eq!(world(["2019-01-06", "2019-02-09"], texts).finding("D14").found, "6/1/2019");
    }

    #[test]
    fn without_a_text_there_is_no_mark() {
        let world = World::at(6)
            .filled("promozione")
            .field("promozione", BANDI, 1, "titolo", "Turismo")
            .field("promozione", BANDI, 1, "scadenza", "2019-05-02")
            .field("promozione", BANDI, 1, "approvazione", "2019-06-05");
        assert_eq!(world.findings("D14").len(), 0);
        assert_eq!(world.tally("D14"), (1, 0, 0));
    }
}
