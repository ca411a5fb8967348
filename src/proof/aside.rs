//! What an office sent, when the self-checks fail because of it: found by running again without it, and set
//! aside, so that the rest of the month is issued.

use crate::certify::Run;
use crate::check::rules_after;
use crate::interpret::{Entry, EntryState, Fate, Received, StructureFact, Submission};
use crate::model::EntryRef;
use crate::pipeline::{Job, job_on};
use crate::plan::Plan;
use crate::report::report;

use super::{Unissued, issue, on_the_report};

/// Runs that may be spent on the search; then what was found so far is set aside.
const RUNS: usize = 200;

/// Characters kept of what a self-check says.
const WHY: usize = 240;

/// The month without the entries, or else the files, because of which it cannot be proven; `None` when
/// nobody's input explains it: it is proven neither with all nor without any.
pub fn explained(plan: &Plan, job: &Job, unissued: &Unissued) -> Option<Job> {
    let why: String = unissued.to_string().chars().take(WHY).collect();
    let rules: Vec<_> = rules_after(job.previous.is_some()).collect();
    let proven = |job: &Job| issue(&Run::of_job(plan, job, &rules, false)).is_ok();
    // What is seen without the bytes is looked for without them: the search takes a fraction of the time.
    let sound = |job: &Job| {
        let run = Run::of_job(plan, job, &rules, false);
        on_the_report(&run, &report(&run)).is_empty()
    };
    if !sound(job) {
        let found = explained_by(plan, job, &why, &mut { sound });
        if let Some(found) = found.filter(|found| proven(found)) {
            return Some(found);
        }
    }
    explained_by(plan, job, &why, &mut { proven })
}

/// The same, when `proves` says which months can be proven.
fn explained_by(plan: &Plan, job: &Job, why: &str, proves: &mut dyn FnMut(&Job) -> bool) -> Option<Job> {
    let mut search = Search { plan, job, why, proves, runs: RUNS };
    let all: Vec<usize> = (0..job.submissions.len()).collect();
    let files = fewest(&all, &mut |out| search.proves(&search.without_files(out)))?;
    if files.len() > 1 && files.len() == all.len() {
        return None;
    }
    let entries = search.typed(&files);
    let entries = fewest(&entries, &mut |out| search.proves(&search.without_entries(out)));
    Some(entries.map_or_else(|| search.without_files(&files), |entries| search.without_entries(&entries)))
}

struct Search<'a> {
    plan: &'a Plan,
    job: &'a Job,
    why: &'a str,
    /// Whether the provisional issue of a month is proven.
    proves: &'a mut dyn FnMut(&Job) -> bool,
    runs: usize,
}

impl Search<'_> {
    /// Whether a month is proven; never, when too many runs are spent.
    fn proves(&mut self, job: &Job) -> bool {
        let left = self.runs > 0;
        self.runs = self.runs.saturating_sub(1);
        left && (self.proves)(job)
    }

    /// The month without these submissions.
    fn without_files(&self, out: &[usize]) -> Job {
        let own = self.job.submissions.iter().enumerate();
        let (aside, kept): (Vec<_>, Vec<_>) = own.partition(|(place, _)| out.contains(place));
        let is_aside =
            |file: &Received| aside.iter().any(|(_, own)| own.file == file.name && own.sha256 == file.sha256);
        let fate = |file: &Received| match &file.fate {
            Fate::Accepted if is_aside(file) => Fate::SetAside(self.why.to_owned()),
            fate => fate.clone(),
        };
        let files = self.job.files.iter().map(|file| Received { fate: fate(file), ..file.clone() }).collect();
        self.again(files, kept.into_iter().map(|(_, own)| own.clone()).collect())
    }

    /// The month with these entries set aside.
    fn without_entries(&self, out: &[EntryRef]) -> Job {
        let mut submissions = self.job.submissions.clone();
        for own in &mut submissions {
            let office = self.plan.offices.place(&own.office);
            let entries: Vec<EntryRef> = out.iter().copied().filter(|at| Some(at.office) == office).collect();
            if !entries.is_empty() {
                own.structure.push(StructureFact::SetAside { entries, why: self.why.to_owned() });
            }
        }
        self.again(self.job.files.clone(), submissions)
    }

    fn again(&self, files: Vec<Received>, submissions: Vec<Submission>) -> Job {
        job_on(self.plan, (files, submissions), self.job.month, self.job.previous.clone(), &mut |_| {})
    }

    /// The entries of these submissions in which something is typed.
    fn typed(&self, files: &[usize]) -> Vec<EntryRef> {
        let is_typed = |entry: &&Entry| !matches!(entry.state, EntryState::Blank | EntryState::Lost);
        let own = files.iter().filter_map(|place| self.job.submissions.get(*place));
        let entries = own.flat_map(|own| own.entries.iter().chain(own.completeness.values()));
        entries.filter(is_typed).map(|entry| entry.at).collect()
    }
}

/// As few of `all` as `holds` when they are left out, found by putting back ever smaller groups of them;
/// `None` when it does not hold without all of them either.
fn fewest<T: Clone>(all: &[T], holds: &mut dyn FnMut(&[T]) -> bool) -> Option<Vec<T>> {
    if all.is_empty() || !holds(all) {
        return None;
    }
    let mut out = all.to_vec();
    let mut size = out.len();
    while size > 1 {
        size = size.div_ceil(2);
        let mut start = 0;
        while start < out.len() && out.len() > 1 {
            let rest: Vec<T> = out.iter().take(start).chain(out.iter().skip(start + size)).cloned().collect();
            if !rest.is_empty() && holds(&rest) {
                out = rest;
            } else {
                start += size;
            }
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{explained_by, fewest};
    use crate::admit::Admission;
    use crate::interpret::{Fate, StructureFact, no_template};
    use crate::model::{Month, OfficeId, Severity};
    use crate::pipeline::{Job, run};
    use crate::plan::{DEFAULT_PLAN, Plan, read_plan};

    /// June of three offices.
    fn june(plan: &Plan) -> Job {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2019-06");
        let path = |office: &str| -> PathBuf { folder.join(format!("schede-2019-{office}.xlsx")) };
        let paths = ["metrico", "sanzioni_ri", "urp"].map(path);
        run(plan, &paths, Month::new(6), &no_template, &mut |_| {}).unwrap()
    }

    #[test]
    fn what_explains_a_failure_is_set_aside_and_told_and_nothing_else() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        let june = june(&plan);
        let counts = |job: &Job| {
            let mut own = job.admitted.entries.of_office(&OfficeId::new("sanzioni_ri"));
            let march = |id: &crate::model::EntryId| {
                id.voce.as_str() == "S06.accertamenti" && id.month == Month::new(3)
            };
            own.any(|entry| march(&entry.id) && entry.admission == Admission::Admitted)
        };
        assert!(counts(&june));
        let mended = explained_by(&plan, &june, "[O02] prova", &mut |job| !counts(job)).unwrap();
        let aside: Vec<&StructureFact> = mended
            .submissions
            .iter()
            .flat_map(|own| &own.structure)
            .filter(|fact| matches!(fact, StructureFact::SetAside { .. }))
            .collect();
        assert!(matches!(aside.as_slice(), [StructureFact::SetAside { entries, .. }] if entries.len() == 1));
        assert!(mended.files.iter().all(|file| file.fate == Fate::Accepted));
        let told: Vec<_> = mended.checked.findings.iter().filter(|one| one.rule.code == "F01").collect();
        assert_eq!((told.len(), told[0].severity), (1, Severity::Errore));
        assert!(
            told[0].message.contains("marzo: con questo valore") && told[0].message.contains("[O02] prova")
        );
    }

    #[test]
    fn a_file_is_set_aside_when_no_entry_of_it_explains_the_failure() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        let june = june(&plan);
        let sent = |job: &Job, office: &str| job.submissions.iter().any(|own| own.office.as_str() == office);
        let mended = explained_by(&plan, &june, "prova", &mut |job| !sent(job, "urp")).unwrap();
        let fates: Vec<&Fate> = mended.files.iter().map(|file| &file.fate).collect();
        assert_eq!(fates, [&Fate::Accepted, &Fate::Accepted, &Fate::SetAside("prova".to_owned())]);
        let told: Vec<_> = mended.checked.findings.iter().filter(|one| one.rule.code == "F01").collect();
        assert_eq!((told.len(), told[0].severity), (1, Severity::Bloccante));
        // Nobody explains it, or only everybody.
        assert!(explained_by(&plan, &june, "prova", &mut |_| false).is_none());
        assert!(explained_by(&plan, &june, "prova", &mut |job| job.submissions.is_empty()).is_none());
    }

    #[test]
    fn the_fewest_that_explain_are_found() {
        let all: Vec<u32> = (0..100).collect();
        for culprits in [vec![0], vec![99], vec![41], vec![3, 4], vec![7, 50, 98]] {
            let mut runs = 0;
            let found = fewest(&all, &mut |out| {
                runs += 1;
                culprits.iter().all(|one| out.contains(one))
            });
            assert_eq!(found.as_deref(), Some(culprits.as_slice()));
            assert!(runs < 60, "{runs}");
        }
        assert_eq!(fewest(&all, &mut |_| false), None);
        assert_eq!(fewest::<u32>(&[], &mut |_| true), None);
    }
}
