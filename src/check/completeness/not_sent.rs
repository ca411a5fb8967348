//! K01: an office has not sent its file.

use crate::check::desk::NEEDS_ALL;
use crate::check::ledger::depends_on;
use crate::check::rules::K01;
use crate::check::say::{facts, told};
use crate::check::walk::fate_step;
use crate::check::{Context, Fate, Ledger, Received};
use crate::model::{Finding, count};
use crate::plan::Office;
use crate::read::Refusal;

/// Judges each office of the plan that answers for something.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    if !ctx.whole {
        return ledger.skip(&K01, NEEDS_ALL);
    }
    for office in &ctx.plan.offices {
        let indicators =
            ctx.plan.indicators().filter(|indicator| indicator.offices.contains(&office.id)).count();
        if indicators == 0 {
            continue;
        }
        match absence(ctx, office) {
            None => ledger.pass(&K01),
            Some(Absence::Refused(code)) => ledger.skip(&K01, depends_on(code)),
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

fn absence(ctx: &Context<'_>, office: &Office) -> Option<Absence> {
    if ctx.submissions.iter().any(|submission| submission.office == office.id) {
        return None;
    }
    if ctx.files.iter().any(|file| bears_the_name_of_another(ctx, file, office)) {
        return Some(Absence::Refused("F08"));
    }
    let refused = ctx.files.iter().find(|file| is_from(ctx, file, office));
    Some(refused.map_or(Absence::NotSent, |file| Absence::Refused(fate_step(&file.fate).0)))
}

/// The check that already speaks of an office without a file; `None` when it is there, or when the unit
/// accepts that it is not.
pub(in crate::check) fn told_by(ctx: &Context<'_>, ledger: &Ledger, office: &Office) -> Option<&'static str> {
    match absence(ctx, office)? {
        Absence::Refused(code) => Some(code),
        Absence::NotSent => (!ledger.gate().accepts(&finding(office, 0))).then_some(K01.code),
    }
}

/// Whether a file of another office has taken this one's name: F08 asks for the right one.
fn bears_the_name_of_another(ctx: &Context<'_>, file: &Received, office: &Office) -> bool {
    matches!(file.fate, Fate::Accepted | Fate::Misnamed(_))
        && file.name.trim_end_matches(".p7m") == format!("schede-{}-{}.xlsx", ctx.plan.year, office.id)
        && file.office.as_ref().is_some_and(|inside| inside != &office.id)
}

/// Whether a file that does not count comes from `office`: its manifest says so, or its name does.
fn is_from(ctx: &Context<'_>, file: &Received, office: &Office) -> bool {
    let no_data = matches!(file.fate, Fate::Refused(Refusal::Temporary | Refusal::Stray(_)));
    if no_data || file.fate == Fate::Accepted {
        return false;
    }
    if let Some(known) = &file.office {
        return known == &office.id;
    }
    let named = file.name.strip_prefix(&format!("schede-{}-", ctx.plan.year)).unwrap_or_default();
    let id: String = named.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    id == office.id.as_str()
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
        });
        assert_eq!(world.tally("K01"), (1, 24, 1));
        assert_eq!(world.skipped("K01", "dipende da F03"), 1);
    }
}
