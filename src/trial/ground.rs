//! Clean workbooks, one fault at a time in copies of them, and whether the checks say it.

mod final_issue;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use super::folder::{File, Folder, Planted};
use super::last_year::{archive_of, is_about_last_year};
use super::page::{Fault, Line, read_page};
use super::previous::{is_about_the_issue, say};
use super::scene::Scene;
use super::trouble::Trouble;
use super::waiver::waiver_of;
use crate::aggregate::Consolidation;
use crate::check::{CATALOGUE, Check, Facts, Fate, Received, Stage, judge};
use crate::interpret::{Arrival, Submission, Template, TypedIn, arrive, no_template, settle};
use crate::memory::Memory;
use crate::model::{Finding, IndicatorCode, Month, OfficeId, Rule, Status, YearMonth};
use crate::pipeline::{Halt, run_on};
use crate::plan::{Notice, Plan, read_plan_with};
use crate::read::{Incoming, read_bytes};
use crate::write::templates;
pub use final_issue::FinalIssue;

/// The outcome of each indicator.
pub(super) type Outcomes = BTreeMap<IndicatorCode, Status>;

/// The outcomes of a month.
pub(super) fn outcomes(consolidation: &Consolidation) -> Outcomes {
    consolidation.indicators.iter().map(|result| (result.code.clone(), result.status)).collect()
}

/// The files of a month, and what the checks say of them before any fault.
pub struct Ground<'a> {
    plan: &'a Plan,
    /// The plan as written.
    text: &'a str,
    month: YearMonth,
    files: Vec<Source>,
    baseline: Vec<Finding>,
    /// The outcomes before any fault.
    outcomes: Outcomes,
    /// The templates of the offices, made once for all the faults.
    templates: Box<OwnTemplates<'a>>,
    /// What the issue of the month before would have said of the files as they are, once asked for.
    before: OnceLock<Option<Memory>>,
}

/// The templates of a plan that is still there when the ground is.
type OwnTemplates<'a> = dyn Fn(&OfficeId, Option<u32>, &[TypedIn]) -> Option<Template> + Send + Sync + 'a;

/// Files and submissions, as they are judged.
type Settled = (Vec<Received>, Vec<Submission>);

/// A file of the ground.
struct Source {
    /// Its office's id when it counts, its name otherwise.
    key: String,
    incoming: Incoming,
    bytes: Arc<Vec<u8>>,
    arrival: Arrival,
}

/// What became of a check's fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The check.
    pub rule: &'static Rule,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The page has none.
    NoFault,
    /// It cannot be planted in these files: why.
    NotApplicable(String),
    /// It could not be planted: the page is wrong, and why.
    NotPlanted(String),
    /// It was planted.
    Judged {
        /// Whether a new finding has the check's code.
        found: bool,
        /// Whether that finding names all the cells planted.
        exact: bool,
        /// The codes of the other new findings, those said by the page left out.
        extra: Vec<String>,
        /// The codes that the page says, among the other new findings.
        together: Vec<String>,
    },
}

impl Outcome {
    /// Found, exact, and nothing else; or nothing to plant here.
    pub fn is_good(&self) -> bool {
        match self {
            Self::NotApplicable(_) => true,
            Self::NoFault | Self::NotPlanted(_) => false,
            Self::Judged { found, exact, extra, .. } => *found && *exact && extra.is_empty(),
        }
    }
}

impl<'a> Ground<'a> {
    /// Reads the files, given by name and bytes; without a month, the last one filled by most of the offices.
    ///
    /// # Errors
    /// When there is nothing to work on.
    pub fn new(
        plan: &'a Plan,
        text: &'a str,
        files: Vec<(String, Vec<u8>)>,
        month: Option<Month>,
    ) -> Result<Self, Halt> {
        let templates: Box<OwnTemplates<'a>> = Box::new(templates(plan));
        let mut sources: Vec<Source> = files
            .into_iter()
            .map(|(name, bytes)| {
                let bytes = Arc::new(bytes);
                let incoming = read_bytes(&name, bytes.as_ref().clone());
                let arrival = arrive(plan, &incoming, &templates);
                Source { key: String::new(), incoming, bytes, arrival }
            })
            .collect();
        let arrivals = sources.iter().map(|source| source.arrival.clone()).collect();
        let (received, submissions) = settle(plan, arrivals);
        for (index, source) in sources.iter_mut().enumerate() {
            source.key = key(&source.incoming, index, &received);
        }
        let job = run_on(plan, (received, submissions), month, &mut |_| ()).map_err(|(halt, _)| halt)?;
        let (baseline, outcomes) = (open(job.checked.findings), outcomes(&job.consolidation));
        let (month, files, before) = (job.month, sources, OnceLock::new());
        Ok(Self { plan, text, month, files, baseline, outcomes, templates, before })
    }

    /// The reporting month.
    pub fn month(&self) -> YearMonth {
        self.month
    }

    /// How many files there are.
    pub fn files(&self) -> usize {
        self.files.len()
    }

    /// What the checks say before any fault.
    pub fn baseline(&self) -> &[Finding] {
        &self.baseline
    }

    /// The verdicts of all these checks, in their order; several at a time, as many as the machine can.
    pub fn verdicts(&self, checks: &[Check]) -> Vec<Verdict> {
        let found = each(checks, &|check| self.verdict(check));
        let lost = |check: &Check| {
            let outcome = Outcome::NotPlanted("la prova si è interrotta".to_owned());
            Verdict { rule: check.rule, outcome }
        };
        checks.iter().zip(found).map(|(check, found)| found.unwrap_or_else(|| lost(check))).collect()
    }

    /// Plants the fault of a check's page, and looks.
    pub fn verdict(&self, check: &Check) -> Verdict {
        let outcome = match read_page(check.page_name, check.page).map(|page| page.fault) {
            Err(missing) => Outcome::NotPlanted(missing),
            Ok(None) => Outcome::NoFault,
            Ok(Some(fault)) => self.judge(check, &fault).unwrap_or_else(|trouble| match trouble {
                Trouble::Absent(why) => Outcome::NotApplicable(why),
                Trouble::Wrong(why) => Outcome::NotPlanted(why),
            }),
        };
        Verdict { rule: check.rule, outcome }
    }

    fn judge(&self, check: &Check, fault: &Fault) -> Result<Outcome, Trouble> {
        let rule = check.rule;
        let (first, last) = fault.months;
        if !(first..=last).contains(&self.month.month) {
            let months =
                if first == last { first.to_string() } else { format!("i mesi da {first} a {last}") };
            return Err(Trouble::absent(format!("ha senso solo per {months}")));
        }
        let of_plan = |line: &&Line| line.get("chiave") == "@piano";
        if fault.lines.iter().all(|line| of_plan(&line)) {
            return self.judge_plan(rule, fault);
        }
        let mut text = self.text.to_owned();
        for line in fault.lines.iter().filter(of_plan) {
            text = patched(&text, line.get("valore"))?;
        }
        let mut plan = if text == self.text {
            self.plan.clone()
        } else {
            read_plan_with(&text, &CATALOGUE).map_err(|_| Trouble::wrong("il piano cambiato non è valido"))?
        };
        // The files come from the plan as it was: that it is another draft is not the fault.
        plan.sha256.clone_from(&self.plan.sha256);
        if let Some(archive) = archive_of(&plan, &fault.lines)? {
            plan = plan.with_archive(archive);
        }
        let mut lines = Vec::new();
        let of_files = |line: &&Line| !of_plan(line) && !is_about_last_year(line);
        for line in fault.lines.iter().filter(of_files) {
            match waiver_of(line, self.scene())? {
                Some(waiver) => plan.controls.waivers.push(waiver),
                None => lines.push(line.clone()),
            }
        }
        let (issued, lines): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(is_about_the_issue);
        let (folder, planted) = self.plant(&lines)?;
        let settled = self.settled_under(&plan, &folder)?;
        let previous = match check.stage {
            Stage::Memoria => Some(self.previous(&issued, &settled.0)?),
            _ => None,
        };
        let findings = findings(&plan, &settled, self.month, previous.as_ref())?;
        Ok(self.compare(rule, fault, &findings, &planted))
    }

    fn scene(&self) -> Scene {
        Scene { month: self.month.month, relative: true }
    }

    /// Follows the lines of a fault; the files after it, and what was touched.
    fn plant(&self, lines: &[Line]) -> Result<(Folder, Vec<Planted>), Trouble> {
        let mut folder = Folder::default();
        for source in &self.files {
            folder.insert(&source.key, File::new(&source.incoming.name, Arc::clone(&source.bytes)));
        }
        let scene = self.scene();
        let mut planted = Vec::new();
        for line in lines {
            let offices: Vec<OfficeId> = match line.get("ufficio") {
                "tutti" => self.plan.offices.iter().map(|office| office.id.clone()).collect(),
                office => vec![OfficeId::new(office)],
            };
            for office in offices {
                let touched = folder.follow(&office, line, scene)?;
                if line.get("segnalata") != "no" {
                    planted.extend(touched);
                }
            }
        }
        Ok((folder, planted))
    }

    /// What the issue of the month before would have said of these files, had they stopped there; and what
    /// the lines say of it. Which files it was made from is left out: they would be those of now.
    fn previous(&self, lines: &[Line], files: &[Received]) -> Result<Memory, Trouble> {
        let month = self.month.month.number().checked_sub(1).and_then(Month::new);
        let month = month.ok_or_else(|| Trouble::absent("prima di gennaio non c'è un mese"))?;
        let before = self.before.get_or_init(|| {
            let arrivals = self.files.iter().map(|source| source.arrival.clone()).collect();
            let settled = settle(self.plan, arrivals);
            let job = run_on(self.plan, settled, Some(month), &mut |_| ()).ok()?;
            let sent = (job.files.as_slice(), job.submissions.as_slice());
            let findings = &job.checked.findings;
            let mut memory = Memory::of(self.plan, sent, &job.admitted, &job.consolidation, findings);
            memory.files.clear();
            Some(memory)
        });
        let mut memory = before.clone().ok_or_else(nothing_left)?;
        lines.iter().try_for_each(|line| say(&mut memory, line, files))?;
        Ok(memory)
    }

    /// The files and the submissions of a folder under this plan; only the files that changed are read again.
    fn settled_under(&self, plan: &Plan, folder: &Folder) -> Result<Settled, Trouble> {
        let known: BTreeMap<&str, &Source> =
            self.files.iter().map(|source| (source.key.as_str(), source)).collect();
        let mut arrivals = Vec::new();
        for (key, file) in folder.files() {
            match known.get(key) {
                // What the year before gives, the offices' files show: they are read again.
                Some(source) if !file.is_changed() && plan.archive.is_none() => {
                    arrivals.push(source.arrival.clone())
                }
                _ => {
                    let bytes = Arc::unwrap_or_clone(file.bytes()?);
                    let plan = if plan.archive.is_some() { plan } else { self.plan };
                    arrivals.push(arrive(plan, &read_bytes(&file.name, bytes), &self.templates));
                }
            }
        }
        Ok(settle(plan, arrivals))
    }

    /// The same under the plan of the ground, when something is left to read.
    fn settled(&self, folder: &Folder) -> Result<Settled, Trouble> {
        let settled = self.settled_under(self.plan, folder)?;
        if settled.1.is_empty() { Err(nothing_left()) } else { Ok(settled) }
    }

    fn compare(&self, rule: &Rule, fault: &Fault, findings: &[Finding], planted: &[Planted]) -> Outcome {
        let fresh: Vec<&Finding> =
            findings.iter().filter(|finding| !self.baseline.contains(finding)).collect();
        let own: Vec<&Finding> =
            fresh.iter().copied().filter(|finding| finding.rule.code == rule.code).collect();
        let exact = !own.is_empty() && planted.iter().all(|planted| self.names(&own, planted));
        // One that was there already, and only changed its words or moved with its row, is not another one.
        let mut known: Vec<_> = self.baseline.iter().map(identity).collect();
        let others = findings.iter().filter(|finding| {
            let place = known.iter().position(|known| known == &identity(finding));
            place.map(|place| known.swap_remove(place)).is_none()
        });
        let mut codes = counted(others.map(|finding| finding.rule.code));
        if let Some(count) = codes.get_mut(rule.code) {
            *count -= 1;
        }
        codes.retain(|_, count| *count > 0);
        judged(!own.is_empty(), exact, codes, fault)
    }

    /// Whether a finding names what was touched.
    fn names(&self, findings: &[&Finding], planted: &Planted) -> bool {
        findings.iter().any(|finding| match planted {
            Planted::Cell { file, sheet, cell } => {
                finding.named().any(|named| named == (file.as_str(), sheet.as_str(), *cell))
            }
            Planted::File(name) => {
                let office = |key: &OfficeId| {
                    self.files
                        .iter()
                        .any(|source| source.key == key.as_str() && &source.incoming.name == name)
                };
                finding.file.as_ref() == Some(name)
                    || finding.related.iter().any(|related| &related.file == name)
                    || finding.office.as_ref().is_some_and(office)
            }
            Planted::Office(office) => {
                finding.office.as_ref() == Some(office)
                    || finding.message.contains(self.plan.office_name(office))
            }
        })
    }

    /// A fault of the plan: a problem, a notice or a finding with the check's code.
    fn judge_plan(&self, rule: &Rule, fault: &Fault) -> Result<Outcome, Trouble> {
        let mut text = self.text.to_owned();
        for line in &fault.lines {
            text = patched(&text, line.get("valore"))?;
        }
        let mut plan = match read_plan_with(&text, &CATALOGUE) {
            Ok(plan) => plan,
            Err(problems) => {
                let (own, others): (Vec<_>, Vec<_>) =
                    problems.iter().partition(|problem| problem.code == rule.code);
                let exact = own.iter().any(|problem| problem.line > 0);
                let others = others.iter().map(|problem| problem.code);
                return Ok(judged(!own.is_empty(), exact, counted(others), fault));
            }
        };
        // The files come from the plan as it was: that it is another draft is not the fault.
        plan.sha256.clone_from(&self.plan.sha256);
        let arrivals =
            self.files.iter().map(|source| arrive(&plan, &source.incoming, &no_template)).collect();
        let findings = findings(&plan, &settle(&plan, arrivals), self.month, None)?;
        let fresh = |notice: &&Notice| !self.plan.notices.contains(notice);
        let (own, others): (Vec<&Notice>, Vec<&Notice>) =
            plan.notices.iter().filter(fresh).partition(|notice| notice.code == rule.code);
        let by_findings = self.compare(rule, fault, &findings, &[]);
        let found = !own.is_empty() || matches!(by_findings, Outcome::Judged { found: true, .. });
        Ok(match judged(found, found, counted(others.iter().map(|notice| notice.code)), fault) {
            Outcome::Judged { extra, .. } if !extra.is_empty() => {
                Outcome::Judged { found, exact: found, extra, together: Vec::new() }
            }
            _ => match by_findings {
                Outcome::Judged { extra, together, .. } => {
                    Outcome::Judged { found, exact: found, extra, together }
                }
                other => other,
            },
        })
    }
}

/// How many times each code comes.
fn counted<'c>(codes: impl Iterator<Item = &'c str>) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for code in codes {
        *counted.entry(code.to_owned()).or_default() += 1;
    }
    counted
}

/// The verdict, with the other codes told apart: those that the page expects, and the others.
fn judged(found: bool, exact: bool, others: BTreeMap<String, usize>, fault: &Fault) -> Outcome {
    let (together, extra): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|(code, _)| fault.together.contains(code));
    let words = |codes: Vec<(String, usize)>| {
        let word = |(code, count)| if count == 1 { code } else { format!("{code} ×{count}") };
        codes.into_iter().map(word).collect()
    };
    Outcome::Judged { found, exact, extra: words(extra), together: words(together) }
}

/// What `work` makes of each check, in their order, several at a time; `None` where it was cut short.
fn each<T: Send>(checks: &[Check], work: &(impl Fn(&Check) -> T + Sync)) -> Vec<Option<T>> {
    let next = AtomicUsize::new(0);
    let hand = || {
        let mut own = Vec::new();
        while let Some((index, check)) = take(&next, checks) {
            own.push((index, work(check)));
        }
        own
    };
    let hands = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut found: BTreeMap<usize, T> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..hands).map(|_| scope.spawn(hand)).collect();
        let own = hand();
        let theirs = others.into_iter().flat_map(|other| other.join().unwrap_or_default());
        own.into_iter().chain(theirs).collect()
    });
    (0..checks.len()).map(|index| found.remove(&index)).collect()
}

/// Why a folder without a readable file has no month.
fn nothing_left() -> Trouble {
    Trouble::absent("non resta nessun file da leggere")
}

fn take<'c>(next: &AtomicUsize, checks: &'c [Check]) -> Option<(usize, &'c Check)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    Some((index, checks.get(index)?))
}

/// The office of a file that counts, or its name with its number: two folders may have two of the same name.
fn key(incoming: &Incoming, index: usize, received: &[Received]) -> String {
    let own = |file: &&Received| file.name == incoming.name && file.sha256 == incoming.sha256;
    let counting = received.iter().filter(own).find(|file| file.fate == Fate::Accepted);
    let office = counting.and_then(|file| file.office.clone());
    office.map_or_else(|| format!("{} {index}", incoming.name), |office| office.as_str().to_owned())
}

/// What the checks say, as `pipeline::job_on` asks them: what each finding could change, and the months one
/// by one, no fault is known by.
fn findings(
    plan: &Plan,
    (files, submissions): &Settled,
    month: YearMonth,
    previous: Option<&Memory>,
) -> Result<Vec<Finding>, Trouble> {
    if submissions.is_empty() {
        return Err(nothing_left());
    }
    let plan = &*plan.at(month.month);
    let facts = Facts { plan, month, files, submissions, whole: true, previous };
    Ok(open(judge(&facts).checked.findings))
}

/// The findings that nobody has accepted.
fn open(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.retain(Finding::is_open);
    findings
}

/// What makes a finding another one than those before: what it is about, not its words or cells.
fn identity(finding: &Finding) -> impl PartialEq + use<'_> {
    let file = finding.file.as_ref().filter(|_| finding.office.is_none());
    (
        (finding.rule.code, &finding.office, file),
        (finding.scheda, &finding.indicator, &finding.voce, finding.month),
    )
}

/// The plan's text with `vecchio → nuovo`; `\n` is a line break, backquotes around either side do not count.
///
/// # Errors
/// When the plan does not hold the text just once.
pub fn patched(text: &str, change: &str) -> Result<String, Trouble> {
    let wrong = || Trouble::wrong(format!("nel piano non si può cambiare «{change}»"));
    let (old, new) = change.split_once('→').ok_or_else(wrong)?;
    let bare = |text: &str| {
        let text = text.trim();
        let inner = text.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')).unwrap_or(text);
        inner.replace("\\n", "\n")
    };
    let (old, new) = (bare(old), bare(new));
    if old.is_empty() || text.matches(&old).count() != 1 {
        return Err(Trouble::absent(format!("nel piano non c'è una volta sola «{old}»")));
    }
    Ok(text.replacen(&old, &new, 1))
}
