//! Times and durations: Excel stores `36:00` as a day and a half.

use super::submission::Normalisation;
use crate::model::Number;

/// Days that no duration of a month's work reaches: beyond them a number is a date, whatever its format.
const LONGEST: i64 = 366;

/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;

/// A number of days in whole seconds: the one place where what Excel stores of a date or a time is rounded.
pub(super) fn to_second(days: f64) -> Option<i64> {
    (Number::from_f64(days)? * &Number::from(DAY)).rounded(0).to_i64()
}

/// A time of day or a duration, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    seconds: i64,
}

impl Clock {
    /// A number of days.
    pub(super) fn of_days(days: f64) -> Option<Self> {
        Some(Self { seconds: to_second(days)? })
    }

    /// The time of day of a date.
    pub(super) fn of_date(serial: f64) -> Option<Self> {
        let whole = Self::of_days(serial)?;
        Some(Self { seconds: whole.seconds.rem_euclid(DAY) })
    }

    /// `36:00` or `7:30:00` as text; the text is already trimmed.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let hours = digits(parts.next()?, 1..=4)?;
        let minutes = digits(parts.next()?, 2..=2).filter(|minutes| *minutes < 60)?;
        let seconds = match parts.next() {
            Some(seconds) => digits(seconds, 2..=2).filter(|seconds| *seconds < 60)?,
            None => 0,
        };
        parts.next().is_none().then_some(Self { seconds: (hours * 60 + minutes) * 60 + seconds })
    }

    /// The hours, exactly, with what was done to read them.
    pub(super) fn hours(self) -> Option<(Number, Normalisation)> {
        let hours = Number::ratio(self.seconds, 3_600)?;
        let (rule, taken) = ("durata letta come numero di ore", hours.to_italian(4));
        Some((hours, Normalisation { code: "C12", rule, taken, is_text: false }))
    }

    /// As Excel shows it: `36:00`, with the seconds only when there are some.
    pub(super) fn words(self) -> String {
        let (sign, all) = (if self.seconds < 0 { "-" } else { "" }, self.seconds.abs());
        let (hours, minutes, seconds) = (all / 3_600, all / 60 % 60, all % 60);
        let tail = if seconds == 0 { String::new() } else { format!(":{seconds:02}") };
        format!("{sign}{hours:02}:{minutes:02}{tail}")
    }
}

/// Whether a number shown as a date is a time, or a duration in hours: a part of a day, in days that no plan
/// reaches.
pub(super) fn is_time(serial: f64) -> bool {
    !is_date(serial) && to_second(serial).is_some_and(|seconds| seconds == 0 || seconds % DAY != 0)
}

/// Whether a number shown as a duration can only be a date.
pub(super) fn is_date(days: f64) -> bool {
    to_second(days).map_or(days > 0.0, |seconds| seconds >= LONGEST * DAY)
}

fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<i64> {
    let right = length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| right)
}

#[cfg(test)]
mod tests {
    use super::Clock;

    #[test]
    fn durations_are_exact_to_the_second() {
        let hours = |days: f64| Clock::of_days(days).unwrap().hours().unwrap().0.terms();
        assert_eq!(hours(1.5), ("36".to_owned(), "1".to_owned()));
        // 7:20 is 440 minutes, stored as 0.305555555555556 days.
        assert_eq!(hours(0.305_555_555_555_556), ("22".to_owned(), "3".to_owned()));
        assert_eq!(Clock::of_days(1.5).unwrap().words(), "36:00");
        assert_eq!(Clock::of_days(-0.125).unwrap().words(), "-03:00");
        assert_eq!(Clock::of_date(43_616.737_5).unwrap().words(), "17:42");
    }

    #[test]
    fn only_hours_and_minutes_are_a_text_duration() {
        for (text, words) in [("36:00", "36:00"), ("7:30", "07:30"), ("07:30:15", "07:30:15")] {
            assert_eq!(Clock::from_text(text).unwrap().words(), words);
        }
        for text in ["36", "7:5", "7:60", "7:30:99", "7:30:00:00", "circa 7:30", ":30", "+7:30"] {
            assert_eq!(Clock::from_text(text), None, "{text}");
        }
    }
}
