//! K01: an office has not sent its file.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::desk::NEEDS_ALL;
use crate::check::ledger::depends_on;
use crate::check::rules::K01;
use crate::check::say::{facts, told};
use crate::check::walk::fate_step;
use crate::check::{Context, Fate, Ledger, Received};
use crate::model::{Finding, OfficeId, YearMonth, count};
use crate::plan::Office;
use crate::read::Refusal;

/// Judges each office of the plan that answers for something.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    if !ctx.whole {
        return ledger.skip(&K01, NEEDS_ALL);
    }
    let absences = Absences::of(ctx);
    for office in &ctx.plan.offices {
        let indicators =
            ctx.plan.indicators().filter(|indicator| indicator.offices.contains(&office.id)).count();
        if indicators == 0 || !ctx.plan.awaits(&office.id, ctx.month.month) {
            continue;
        }
        match absences.of_office(&office.id) {
            None => ledger.pass(&K01),
            Some(Absence::Refused(code)) => ledger.skip(&K01, depends_on(code)),
            Some(Absence::NotSent) if ctx.is_over(&office.id) => ledger.fail(last_file(ctx, office)),
            Some(Absence::NotSent) => ledger.fail(finding(office, indicators)),
        }
    }
}

/// Why an office has no file that counts.
#[derive(Clone, Copy)]
enum Absence {
    /// Its file does not count: the check that says so.
    Refused(&'static str),
    /// Nothing came.
    NotSent,
}

/// Who has sent a file, and what came of the others' files.
pub(in crate::check) struct Absences<'a> {
    year: i32,
    senders: BTreeSet<&'a OfficeId>,
    /// Names of files, each with the offices that are inside.
    names: BTreeMap<&'a str, Vec<&'a OfficeId>>,
    /// Offices whose file does not count, with the check that says so of the first one.
    refused: BTreeMap<String, &'static str>,
}

impl<'a> Absences<'a> {
    pub(in crate::check) fn of(ctx: &Context<'a>) -> Self {
        let (mut names, mut refused) = (BTreeMap::<&str, Vec<&OfficeId>>::new(), BTreeMap::new());
        for file in ctx.files {
            if let (Fate::Accepted | Fate::Misnamed(_), Some(inside)) = (&file.fate, &file.office) {
                names.entry(file.name.trim_end_matches(".p7m")).or_default().push(inside);
            }
            if let Some(office) = comes_from(ctx, file) {
                refused.entry(office).or_insert_with(|| fate_step(&file.fate).0);
            }
        }
        let senders = ctx.submissions.iter().map(|submission| &submission.office).collect();
        Self { year: ctx.plan.year, senders, names, refused }
    }

    /// Whether an office has a file that counts.
    pub(in crate::check) fn has_sent(&self, office: &OfficeId) -> bool {
        self.senders.contains(office)
    }

    fn of_office(&self, office: &OfficeId) -> Option<Absence> {
        if self.has_sent(office) {
            return None;
        }
        // A file of another office has taken this one's name: F08 asks for the right one.
        let name = |end: &&str| self.names.get(format!("schede-{}-{office}.{end}", self.year).as_str());
        let mut bearers = ["xlsx", "ods"].iter().filter_map(name).flatten();
        if bearers.any(|inside| *inside != office) {
            return Some(Absence::Refused("F08"));
        }
        let refused = self.refused.get(office.as_str());
        Some(refused.map_or(Absence::NotSent, |code| Absence::Refused(code)))
    }

    /// The check that already speaks of an office without a file; `None` when it is there, or when the unit
    /// accepts that it is not.
    pub(in crate::check) fn told_by(&self, ledger: &Ledger, office: &Office) -> Option<&'static str> {
        match self.of_office(&office.id)? {
            Absence::Refused(code) => Some(code),
            Absence::NotSent => (!ledger.gate().accepts(&finding(office, 0))).then_some(K01.code),
        }
    }
}

/// The office from which a file that does not count comes: its manifest says so, or its name does.
fn comes_from(ctx: &Context<'_>, file: &Received) -> Option<String> {
    let no_data = matches!(file.fate, Fate::Refused(Refusal::Temporary | Refusal::Stray(_)));
    if no_data || file.fate == Fate::Accepted {
        return None;
    }
    if let Some(known) = &file.office {
        return Some(known.to_string());
    }
    let named = file.name.strip_prefix(&format!("schede-{}-", ctx.plan.year)).unwrap_or_default();
    Some(named.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect())
}

/// Of an office that is no more: nobody is to fill anything in, its last file is to be put back.
fn last_file(ctx: &Context<'_>, office: &Office) -> Finding {
    let last = YearMonth { month: office.span.last, ..ctx.month };
    let (month, name) = (last.in_words(), last.month.name());
    let base = Finding {
        office: Some(office.id.clone()),
        remedy: format!(
            "Rimetti fra i file l'ultimo che l'ufficio ha inviato, quello di {month}: da lì vengono i suoi mesi fino a {name}."
        ),
        ..Finding::of(&K01)
    };
    let finding = facts(base, "nessun file", "l'ultimo file dell'ufficio");
    let into = office.merges_into.as_ref().map(|id| format!(", confluito in {}", ctx.plan.office_name(id)));
    let what =
        format!("l'ufficio non c'è più dopo {month}{}, e manca il suo ultimo file", into.unwrap_or_default());
    told(finding, &office.name, &what)
}

fn finding(office: &Office, indicators: usize) -> Finding {
    let base = Finding { office: Some(office.id.clone()), ..Finding::of(&K01) };
    let finding = facts(base, "nessun file", "il file dell'ufficio");
    let what = format!(
        "non è arrivato nessun file; l'ufficio risponde di {}",
        count(indicators, "indicatore", "indicatori")
    );
    told(finding, &office.name, &what)
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;
    use crate::interpret::{Fate, Received};
    use crate::read::Refusal;

    #[test]
    fn every_office_without_a_file_is_told() {
        let world = World::at(6).filled("ri");
        assert_eq!(world.tally("K01"), (1, 25, 0));
        assert!(world.findings("K01").iter().all(|finding| finding.file.is_none()));
    }

    #[test]
    fn a_refused_file_is_not_a_missing_one() {
        let mut world = World::at(6).filled("ri");
        world.files.push(Received {
            name: "schede-2019-pid (1).xlsx".to_owned(),
            sha256: String::new(),
            bytes: 1,
            office: None,
            fate: Fate::Refused(Refusal::Encrypted),
            by_label: None,
        });
        assert_eq!(world.tally("K01"), (1, 24, 1));
        assert_eq!(world.skipped("K01", "dipende da F03"), 1);
    }
}
