//! What is wrong in a plan file, for whoever writes it.

use std::cell::RefCell;
use std::fmt;

/// A mistake in a plan file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlanProblem {
    /// The line of the file, from 1.
    pub line: usize,
    /// The code of the catalogue: `P03`; `P00` for a file that is not written as a plan.
    pub code: &'static str,
    /// What is wrong, one Italian sentence without its full stop.
    pub message: String,
    /// What to do, one Italian sentence without its full stop.
    pub remedy: String,
}

impl PlanProblem {
    /// The whole mistake, worded as a finding: `[P03 · ERRORE] place: what. Remedy.`
    pub fn told(&self, place: &str) -> String {
        format!("[{} · ERRORE] {place}: {} {}", self.code, stopped(&self.message), stopped(&self.remedy))
    }
}

impl fmt::Display for PlanProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(&format!("riga {}", self.line)))
    }
}

fn stopped(text: &str) -> String {
    if text.ends_with(['?', '!', '…']) { text.to_owned() } else { format!("{text}.") }
}

/// Where every step of the reading leaves the mistakes it finds.
#[derive(Debug, Default)]
pub(super) struct Problems(RefCell<Vec<PlanProblem>>);

impl Problems {
    /// Notes a mistake; sentences get their capital, and whoever prints them the full stop.
    pub(super) fn add(
        &self,
        line: usize,
        code: &'static str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let problem =
            PlanProblem { line, code, message: sentence(message.into()), remedy: sentence(remedy.into()) };
        self.0.borrow_mut().push(problem);
    }

    /// How many there are so far.
    pub(super) fn count(&self) -> usize {
        self.0.borrow().len()
    }

    /// All of them by line, each once.
    pub(super) fn into_sorted(self) -> Vec<PlanProblem> {
        let mut all = self.0.into_inner();
        all.sort();
        all.dedup();
        all
    }
}

fn sentence(text: String) -> String {
    let mut chars = text.trim().trim_end_matches('.').chars();
    let head: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{head}{}", chars.as_str())
}

/// The candidate nearest to `word`, when it is near enough to be a slip.
pub(super) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let limit = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The remedy for a word that is none of `candidates`.
pub(super) fn suggest(word: &str, candidates: &[&str]) -> String {
    match nearest(word, candidates.iter().copied()) {
        Some(near) => format!("volevi scrivere «{near}»? Altrimenti scegli fra: {}", candidates.join(", ")),
        None => format!("scegli fra: {}", candidates.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Problems, nearest};

    #[test]
    fn problems_come_by_line_and_once() {
        let problems = Problems::default();
        problems.add(9, "P03", "manca qualcosa", "aggiungila");
        problems.add(2, "P01", "due volte", "cambia nome.");
        problems.add(9, "P03", "manca qualcosa", "aggiungila");
        let all = problems.into_sorted();
        assert_eq!(all.iter().map(|problem| problem.line).collect::<Vec<_>>(), [2, 9]);
        assert_eq!(all[1].to_string(), "[P03 · ERRORE] riga 9: Manca qualcosa. Aggiungila.");
    }

    #[test]
    fn slips_are_recognised() {
        assert_eq!(nearest("mensil", ["mensile", "annuale"]), Some("mensile"));
        assert_eq!(nearest("zebra", ["mensile", "annuale"]), None);
    }
}
