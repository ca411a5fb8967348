//! The findings of the month before that are no more, and those of which nothing can be said.

use super::line::{Kind, Line};
use crate::book::Cell;
use crate::certify::Past;
use crate::check::check;
use crate::memory::{Met, Told, Unseen};
use crate::model::YearMonth;

/// What was resolved, then what cannot be said to be.
pub(super) fn lines(past: Past<'_>, met: &Met) -> Vec<Line> {
    let month = past.memory.month;
    let resolved = met.resolved.iter().map(|told| told_line(Kind::Resolved, told, month));
    let unseen = met
        .unseen
        .iter()
        .map(|(told, why)| Line { why: unseen_words(*why), ..told_line(Kind::Unseen, told, month) });
    resolved.chain(unseen).collect()
}

/// Why nothing can be said of a finding.
pub(in crate::report) fn unseen_words(why: Unseen) -> String {
    match why {
        Unseen::NoFile => "Non conta nessun file del suo ufficio: si vedrà quando arriva.".to_owned(),
        Unseen::NoResult => "Il suo indicatore ora non è verificabile.".to_owned(),
        Unseen::Behind(code) => format!("Ora c'è {code}, e finché c'è questo non si può guardare."),
    }
}

pub(super) fn told_line(kind: Kind, told: &Told, before: YearMonth) -> Line {
    let about: Vec<String> = [told.indicator.clone(), told.voce.clone()]
        .into_iter()
        .chain(told.month.map(|month| month.name().to_owned()))
        .filter(|words| !words.is_empty())
        .collect();
    let name = check(&told.code).map_or("", |check| check.rule.name);
    let about = if about.is_empty() { String::new() } else { format!(": {}", about.join(", ")) };
    Line {
        kind: kind.label(),
        subject: format!("{} · {name}{about}", told.code),
        office: told.office.clone(),
        before: Cell::text(&told.found),
        from: told.since.unwrap_or(before).in_words(),
        month: told.month,
        key: told.subject(),
        ..Line::default()
    }
}
