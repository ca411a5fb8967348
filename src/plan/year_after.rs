//! A text that speaks of a year, as it would speak of the next one.

/// `text` with each year that stands alone, `year` or the one before, moved on by one. A year of a longer
/// span (`2018-2020`, `2016 – 2018`, `2018/2020`) or further away is left: it speaks of that
/// year and of no other.
pub fn year_after(text: &str, year: i32) -> String {
    let mut moved = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = String::new();
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (head, tail) = rest.split_at(start);
        moved.push_str(head);
        before.push_str(head);
        let end = tail.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(tail.len());
        let (digits, after) = tail.split_at(end);
        let own = digits.parse::<i32>().ok().filter(|_| digits.len() == 4);
        match own.filter(|own| [year, year - 1].contains(own) && stands_alone(&before, after)) {
            Some(own) => moved.push_str(&(own + 1).to_string()),
            None => moved.push_str(digits),
        }
        before.push_str(digits);
        rest = after;
    }
    moved.push_str(rest);
    moved
}

/// How many years back a year is one of the plans, and not of a law.
const NEAR: i32 = 5;

/// Whether a text still speaks of `year` or of one of the years before it, after [`year_after`]: a line that
/// somebody has to read.
pub fn speaks_of(text: &str, year: i32) -> bool {
    let years = text.split(|letter: char| !letter.is_ascii_digit());
    years
        .filter(|word| word.len() == 4)
        .filter_map(|word| word.parse::<i32>().ok())
        .any(|own| (year - NEAR..=year).contains(&own))
}

/// Whether what stands around four digits makes them no part of a span of years.
fn stands_alone(before: &str, after: &str) -> bool {
    let dash = |letter: char| ['-', '–', '—'].contains(&letter);
    let digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    let follows = |text: &str| {
        let text = text.trim_start();
        text.starts_with(dash) && digit(text.trim_start_matches(dash).trim_start().chars().next())
    };
    let precedes = |text: &str| {
        let text = text.trim_end();
        text.ends_with(dash) && digit(text.trim_end_matches(dash).trim_end().chars().next_back())
    };
    // `2018/2020`, and not `1/6/2019`.
    let run = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let back = |text: &str| text.chars().rev().take_while(char::is_ascii_digit).count();
    let over = after.strip_prefix('/').is_some_and(|rest| run(rest) == 4);
    let under = before.strip_suffix('/').is_some_and(|rest| back(rest) == 4);
    !follows(after) && !precedes(before) && !over && !under
}

#[cfg(test)]
mod tests {
    use super::{speaks_of, year_after};

    #[test]
    fn a_year_that_stands_alone_moves_on() {
        for (text, moved) in [
            ("ore_sportello_2018", "ore_sportello_2019"),
            ("Orafi iscritti al 1/1/2019", "Orafi iscritti al 1/1/2020"),
            ("n. ore anno 2019 / n. ore anno 2018", "n. ore anno 2020 / n. ore anno 2019"),
            ("piano della performance 2018-2020", "piano della performance 2018-2020"),
            ("c.c.n.l. 2016 – 2018", "c.c.n.l. 2016 – 2018"),
            ("approvata nel PDP 2018/2020 e 2017/2019", "approvata nel PDP 2018/2020 e 2017/2019"),
            ("dato bench sistema PARETO 2017", "dato bench sistema PARETO 2017"),
            ("12019 e 20190", "12019 e 20190"),
        ] {
            assert_eq!(year_after(text, 2019), moved);
        }
        assert!(speaks_of("PARETO 2017", 2019) && !speaks_of("entro il 1/6/2020", 2019));
    }
}
