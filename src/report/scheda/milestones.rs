//! *Fasi e scadenze*: the dated phases of the scheda, against the end of the reporting month.

use std::cmp::Ordering;

use chrono::NaiveDate;

use crate::book::table::{cells, header, titles};
use crate::book::{Cell, Row, RowKind, columns};
use crate::model::{IndicatorCode, Light, Status, Value, count, date_it, join_it};
use crate::plan::{Milestone, Threshold};

use super::builder::{Block, Builder};

/// Days within which a phase is near.
const NEAR: i64 = 30;

/// What the data say of a phase.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Progress {
    /// No indicator of the scheda has its deadline.
    Unknown,
    /// An entry was kept out: nothing can be said.
    KeptOut,
    /// Not done.
    Open,
    /// Done for some of the indicators, when, and not for the others.
    Partly(Vec<(IndicatorCode, NaiveDate)>, Vec<IndicatorCode>),
    /// Done, when.
    Done(NaiveDate),
}

columns! {
    /// The columns of the table.
    Phases {
        Place: "N.", 0, First;
        Phase: "Fase", 0, First;
        State: "Stato alla fine del mese", 0, First;
        Deadline: "Scadenza", 0, First;
        Indicators: "Si legge in", 0, First;
        Done: "Fatta il", 0, First;
    }
}

impl Builder<'_, '_> {
    /// The table; nothing when the scheda has no phases.
    pub(super) fn milestones(&mut self) {
        let steps = &self.scheda.milestones;
        if steps.is_empty() {
            return;
        }
        let month = self.run.consolidation.month;
        let text = format!(
            "I giorni si contano a fine {}. Se una fase è fatta lo dicono solo i dati degli indicatori con la stessa \
             scadenza; le fasi aiutano a cercare le prove e non entrano mai nel grado.",
            month.in_words()
        );
        let end = month.last_day();
        let body: Vec<Vec<Cell>> =
            steps.iter().enumerate().map(|(place, step)| self.milestone(place + 1, step, end)).collect();
        let header = header(titles::<Phases>(), body.iter().map(Vec::as_slice));
        let body = body.into_iter().map(|cells| Row::of(RowKind::Body, cells)).collect();
        self.table(Block::Milestones, "Fasi e scadenze", &text, &header, body);
    }

    fn milestone(&self, place: usize, step: &Milestone, end: NaiveDate) -> Vec<Cell> {
        let progress = self.progress(step);
        let (light, words) = state(step.date, end, self.run.consolidation.closed, &progress);
        let codes = self.deadlines(step);
        let first = codes.first().and_then(|code| self.places.indicators.get(code)?.printed);
        let done = if let Progress::Done(day) = progress { Cell::date(day) } else { Cell::blank() };
        cells(|column| match column {
            Phases::Place => Cell::count(place).strong(),
            Phases::Phase => Cell::text(&step.text),
            Phases::State => Cell::status(light, &words),
            Phases::Deadline => Cell::date(step.date),
            Phases::Indicators => {
                Cell::link(join_it(&codes.iter().map(IndicatorCode::as_str).collect::<Vec<_>>()), first)
            }
            Phases::Done => done.clone(),
        })
    }

    /// The indicators of the scheda that have the same deadline.
    fn deadlines(&self, step: &Milestone) -> Vec<IndicatorCode> {
        let same = self
            .scheda
            .indicators()
            .filter(|indicator| indicator.target.threshold == Threshold::Date(step.date));
        same.map(|indicator| indicator.code.clone()).collect()
    }

    fn progress(&self, step: &Milestone) -> Progress {
        let mut done = Vec::new();
        let mut open = Vec::new();
        for code in self.deadlines(step) {
            let Some(result) = self.run.consolidation.indicator(&code) else { continue };
            match &result.value {
                _ if result.status == Status::NonVerificabile => return Progress::KeptOut,
                Some(Value::Date(day)) => done.push((code, *day)),
                _ => open.push(code),
            }
        }
        match (done.iter().map(|(_, day)| *day).max(), open.is_empty()) {
            (None, true) => Progress::Unknown,
            (None, false) => Progress::Open,
            (Some(last), true) => Progress::Done(last),
            (Some(_), false) => Progress::Partly(done, open),
        }
    }
}

/// When a phase was done against its date; if it was not, how far its date is from the end of the reporting
/// month. In the closed year the last day has gone by too.
fn state(date: NaiveDate, end: NaiveDate, closed: bool, progress: &Progress) -> (Light, String) {
    let days = date.signed_duration_since(end).num_days();
    let gone = days < 0 || (closed && days == 0);
    let distance = |days| if closed && days == 0 { LAST_DAY.to_owned() } else { distance(days) };
    match progress {
        Progress::Done(day) => done(*day, date),
        Progress::Unknown if gone => (Light::Grigio, format!("{}; {NO_DATA}", distance(days))),
        Progress::Unknown => (near(days), distance(days)),
        Progress::KeptOut => {
            (if gone { Light::Grigio } else { near(days) }, format!("{}; {KEPT_OUT}", distance(days)))
        }
        Progress::Open if gone => (Light::Rosso, format!("{}, non fatta", distance(days))),
        Progress::Open => (near(days), format!("{}, non ancora fatta", distance(days))),
        Progress::Partly(done, open) => {
            let done: Vec<String> =
                done.iter().map(|(code, day)| format!("{code} (il {})", date_it(*day))).collect();
            let open: Vec<&str> = open.iter().map(IndicatorCode::as_str).collect();
            let still = if gone { "non" } else { "non ancora" };
            let light = if gone { Light::Rosso } else { near(days) };
            let words =
                format!("{}; fatta per {}, {still} per {}", distance(days), join_it(&done), join_it(&open));
            (light, words)
        }
    }
}

const LAST_DAY: &str = "termine passato con l'ultimo giorno dell'anno";
const NO_DATA: &str = "nessun dato dice se è stata fatta";
const KEPT_OUT: &str = "un dato tenuto fuori non lascia dire se è stata fatta";

fn near(days: i64) -> Light {
    if days <= NEAR { Light::Giallo } else { Light::Grigio }
}

/// `fatta il 12/3/2019, 18 giorni prima del termine`
fn done(day: NaiveDate, date: NaiveDate) -> (Light, String) {
    let words = in_days(day.signed_duration_since(date).num_days());
    let day_words = date_it(day);
    match day.cmp(&date) {
        Ordering::Less => (Light::Verde, format!("fatta il {day_words}, {words} prima del termine")),
        Ordering::Equal => (Light::Verde, format!("fatta il {day_words}, nel giorno del termine")),
        Ordering::Greater => (Light::Rosso, format!("fatta il {day_words}, {words} dopo il termine")),
    }
}

fn distance(days: i64) -> String {
    match days {
        ..0 => format!("termine passato da {}", in_days(days)),
        0 => "il termine è oggi, ultimo giorno del mese".to_owned(),
        1 => "manca 1 giorno al termine".to_owned(),
        _ => format!("mancano {} al termine", in_days(days)),
    }
}

fn in_days(days: i64) -> String {
    count(usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX), "giorno", "giorni")
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{Progress, state};
    use crate::model::{IndicatorCode, Light};

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2019, month, day).unwrap()
    }

    fn told(date: NaiveDate, progress: &Progress) -> (Light, String) {
        state(date, day(6, 30), false, progress)
    }

    #[test]
    fn the_last_day_of_the_year_has_gone_by_when_the_year_is_closed() {
        let state = |progress| state(day(12, 31), day(12, 31), true, &progress);
        assert_eq!(
            state(Progress::Open),
            (Light::Rosso, "termine passato con l'ultimo giorno dell'anno, non fatta".to_owned())
        );
        assert_eq!(state(Progress::Unknown).0, Light::Grigio);
        assert_eq!(state(Progress::Done(day(12, 31))).0, Light::Verde);
    }

    #[test]
    fn what_was_done_is_told_against_its_date() {
        let on = |when| told(day(3, 30), &Progress::Done(when));
        let words = |text: &str| text.to_owned();
        assert_eq!(on(day(3, 12)), (Light::Verde, words("fatta il 12/3/2019, 18 giorni prima del termine")));
        assert_eq!(on(day(3, 29)), (Light::Verde, words("fatta il 29/3/2019, 1 giorno prima del termine")));
        assert_eq!(on(day(3, 30)), (Light::Verde, words("fatta il 30/3/2019, nel giorno del termine")));
        assert_eq!(on(day(4, 2)), (Light::Rosso, words("fatta il 2/4/2019, 3 giorni dopo il termine")));
        // Done before a date still to come.
        let early = told(day(11, 30), &Progress::Done(day(5, 20)));
        assert_eq!(early.1, "fatta il 20/5/2019, 194 giorni prima del termine");
    }

    #[test]
    fn what_is_not_done_says_how_far_its_date_is_and_never_a_negative_number() {
        let open = |date| told(date, &Progress::Open);
        assert_eq!(open(day(6, 28)), (Light::Rosso, "termine passato da 2 giorni, non fatta".to_owned()));
        assert_eq!(open(day(6, 29)).1, "termine passato da 1 giorno, non fatta");
        assert_eq!(open(day(6, 30)).1, "il termine è oggi, ultimo giorno del mese, non ancora fatta");
        assert_eq!(
            open(day(7, 1)),
            (Light::Giallo, "manca 1 giorno al termine, non ancora fatta".to_owned())
        );
        assert_eq!(open(day(7, 30)).0, Light::Giallo);
        assert_eq!(
            open(day(7, 31)),
            (Light::Grigio, "mancano 31 giorni al termine, non ancora fatta".to_owned())
        );
    }

    #[test]
    fn nothing_is_said_to_be_undone_without_data() {
        assert_eq!(
            told(day(5, 31), &Progress::Unknown),
            (Light::Grigio, "termine passato da 30 giorni; nessun dato dice se è stata fatta".to_owned())
        );
        assert_eq!(told(day(7, 10), &Progress::Unknown).1, "mancano 10 giorni al termine");
        assert!(told(day(5, 31), &Progress::KeptOut).1.ends_with("non lascia dire se è stata fatta"));
    }

    #[test]
    fn of_two_deadlines_with_one_date_each_is_told() {
        let done = vec![(IndicatorCode::new("8.3"), day(3, 12))];
        let half = Progress::Partly(done, vec![IndicatorCode::new("8.4")]);
        assert_eq!(
            told(day(6, 20), &half),
            (
                Light::Rosso,
                "termine passato da 10 giorni; fatta per 8.3 (il 12/3/2019), non per 8.4".to_owned()
            )
        );
        assert!(told(day(11, 30), &half).1.ends_with(", non ancora per 8.4"));
    }
}
