//! What goes back to one office.

use super::cell::Target;
use super::filled::Filled;
use super::point::{AFRESH, DOUBTED, GONE, LEFT_OUT, Point, answer_of, settles, target};
use crate::admit::Admission;
use crate::certify::Run;
use crate::check::{Received, TAKE_OUT, concerns};
use crate::interpret::{EntryState, StructureFact, Submission, named_office};
use crate::memory::STANDS;
use crate::model::{AnswerKind, Finding, OfficeId, Severity, YearMonth, capital, date_it};
use crate::plan::PerformanceUnit;

/// How an office stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Everything that it sent counts, and nothing is asked.
    InOrder,
    /// It says that something is not its matter: nothing is asked of it, and the unit decides.
    Waiting,
    /// Something is to be mended, or explained.
    ToMend,
    /// Nothing that counts has come.
    Missing,
    /// It is no more, and its last file is not there: the unit has it, and nothing is asked of anybody else.
    Over,
}

/// What goes back to an office.
#[derive(Clone, Debug)]
pub struct Reply<'a> {
    /// The office.
    pub office: &'a OfficeId,
    /// Its name.
    pub name: &'a str,
    /// The name of the workbook that goes back.
    pub back: String,
    /// The month.
    pub month: YearMonth,
    /// Whether the office is no more.
    pub over: bool,
    /// The unit that writes to it.
    pub unit: &'a PerformanceUnit,
    /// Its workbook, when one counts.
    pub submission: Option<&'a Submission>,
    /// Files of it that do not count.
    pub refused: Vec<&'a Received>,
    /// What the findings say of them.
    pub why_refused: Vec<String>,
    /// Whether none of them can be read, so that a blank workbook is of use.
    pub unreadable: bool,
    /// Whether what its labels tell of one of them is in the workbook that goes back.
    pub recovered: bool,
    /// The points to mend, the serious ones first.
    pub points: Vec<Point>,
    /// What of the workbook itself is put right by making it afresh, in words: nothing is asked.
    pub restored: Vec<String>,
    /// What was read otherwise than it was typed, in words: nothing is asked.
    pub normalised: Vec<String>,
    /// The points that its answers settle: they go with every workbook that is returned, or the answers would
    /// be lost with the old one.
    pub settled: Vec<Point>,
    /// How many values were read, and how many of them count.
    pub counts: (usize, usize),
    /// What goes in the workbook that is returned.
    pub filled: Filled,
}

impl Reply<'_> {
    /// By when it sends again what it has mended, in words: `entro il 15/7/2019`, or `appena puoi`.
    pub fn by_when(&self) -> String {
        let date = PerformanceUnit::date(self.month, self.unit.mend_by);
        date.map_or_else(|| "appena puoi".to_owned(), |date| format!("entro il {}", date_it(date)))
    }

    /// The file that counts, when it has not the name of the workbook that goes back: beside the next one it
    /// would be another file of the same office.
    pub fn under_another_name(&self) -> Option<&str> {
        let file = &self.submission?.file;
        (!file.eq_ignore_ascii_case(&self.back)).then_some(file.as_str())
    }

    /// How the office stands.
    pub fn standing(&self) -> Standing {
        match self.submission {
            None if self.over && self.refused.is_empty() => Standing::Over,
            None => Standing::Missing,
            Some(_) if !self.points.is_empty() => Standing::ToMend,
            Some(_) if self.disowned().next().is_some() => Standing::Waiting,
            Some(_) => Standing::InOrder,
        }
    }

    /// The points that the office says are not its matter, with its reason.
    pub(super) fn disowned(&self) -> impl Iterator<Item = (&Point, &str)> {
        let given = self.settled.iter().filter_map(|point| Some((point, point.given.as_ref()?)));
        let disowned = given.filter(|(_, (kind, _))| *kind == AnswerKind::NonRiguarda);
        disowned.map(|(point, (_, reason))| (point, reason.as_str()))
    }
}

/// What goes back to each office that answers for something, in the plan's order.
pub fn replies<'a>(run: &Run<'a>) -> Vec<Reply<'a>> {
    let month = run.consolidation.month.month;
    // Of one that begins later nothing is asked yet.
    let asked = run
        .plan
        .offices
        .iter()
        .filter(|office| run.plan.indicators().any(|indicator| indicator.offices.contains(&office.id)))
        .filter(|office| run.plan.awaits(&office.id, month) || run.admitted.entries.has_sent(&office.id))
        .filter(|office| !is_done(run, &office.id));
    asked.map(|office| reply(run, &office.id, &office.name)).collect()
}

/// Whether an office is no more and its last file is the one that was consolidated already: it has had its
/// reply, and nothing is asked of it.
fn is_done(run: &Run<'_>, office: &OfficeId) -> bool {
    let is_over = run.plan.is_over(office, run.consolidation.month.month);
    let sent = run.submissions.iter().find(|own| own.office == *office);
    let known = run.past.map_or(&[][..], |past| past.memory.files.as_slice());
    is_over
        && sent.is_some_and(|own| known.iter().any(|one| one.office == *office && one.sha256 == own.sha256))
}

fn reply<'a>(run: &Run<'a>, office: &'a OfficeId, name: &'a str) -> Reply<'a> {
    let submission = run.submissions.iter().find(|one| one.office == *office);
    let month = run.consolidation.month.month;
    let refused: Vec<&Received> = match submission {
        Some(_) => Vec::new(),
        None => run.files.iter().filter(|file| is_of(run, office, file)).collect(),
    };
    let by_label = refused.iter().find_map(|file| file.by_label.as_deref());
    let filled = submission.or(by_label);
    let filled = filled.map_or_else(|| Filled::blank(month), |own| Filled::of(own, month));
    let doubted = submission.map(|own| doubted(run, own, &filled)).unwrap_or_default();
    let filled = filled.without(&doubted);
    let said = |file: &&Received| {
        let own = |one: &&Finding| one.file.as_ref() == Some(&file.name) && one.severity >= Severity::Errore;
        run.checked.findings.iter().find(own)
    };
    let words = |one: &Finding| why_refused(one, by_label.is_some());
    let (points, settled) = submission.map(|own| points(run, own, &filled)).unwrap_or_default();
    Reply {
        office,
        name,
        back: run.plan.workbook_name(office),
        month: run.consolidation.month,
        over: run.plan.is_over(office, month),
        unit: &run.plan.unit,
        why_refused: refused.iter().filter_map(&said).map(words).collect(),
        unreadable: !refused.is_empty()
            && !refused.iter().filter_map(said).any(|one| one.rule.code == RIVALS),
        recovered: by_label.is_some(),
        refused,
        points,
        settled,
        restored: submission.map(|own| restored(run, own)).unwrap_or_default(),
        normalised: submission.map(|own| normalised(run, own)).unwrap_or_default(),
        counts: submission.map(|own| counts(run, own)).unwrap_or_default(),
        submission,
        filled,
    }
}

/// The cells of values in doubt, which a new workbook would show as good.
fn doubted(run: &Run<'_>, submission: &Submission, filled: &Filled) -> Vec<Target> {
    let own = run.plan.offices.place(&submission.office);
    let doubted = run.checked.findings.iter().filter(|one| DOUBTED.contains(&one.rule.code) && asks(one));
    let entries = doubted.flat_map(|one| &one.entries).filter(|at| Some(at.office) == own);
    entries.filter_map(|at| submission.standing(*at)).map(|one| target(filled, &one)).collect()
}

/// Whether a finding still wants an answer.
fn asks(finding: &Finding) -> bool {
    finding.is_open() && !finding.is_explained()
}

/// Why a file does not count, and what its office does: nothing, when what it holds is back in a new
/// workbook.
fn why_refused(finding: &Finding, recovered: bool) -> String {
    let remedy = finding.remedy_to_office();
    let remedy = remedy.strip_prefix(TAKE_OUT).map_or_else(|| remedy.to_owned(), capital);
    if recovered { finding.message.clone() } else { format!("{} {remedy}", finding.message) }
}

fn is_of(run: &Run<'_>, office: &OfficeId, file: &Received) -> bool {
    let shown = || file.by_label.as_ref().map(|own| &own.office);
    let inside = file.office.as_ref().or_else(shown);
    inside.or_else(|| named_office(run.plan, &file.name)) == Some(office)
}

/// What an office has to mend or explain, and what its answers settle; numbered one after the other.
fn points(run: &Run<'_>, submission: &Submission, filled: &Filled) -> (Vec<Point>, Vec<Point>) {
    let settled = |one: &Finding| answer_of(submission, one).is_some_and(|answer| settles(one, answer));
    let asks = |one: &&Finding| {
        let asking = one.is_open() && one.own_severity() >= Severity::DaMotivare;
        // What another office has explained asks nothing of this one.
        let asking = asking && (!one.is_explained() || settled(one));
        asking && concerns(run.plan, submission, one) && !is_of_the_form(run, submission, one)
    };
    let mut asking: Vec<&Finding> = run.checked.findings.iter().filter(asks).collect();
    asking.sort_by_key(|one| {
        let severity = std::cmp::Reverse(one.own_severity());
        (settled(one), severity, one.scheda, one.indicator.clone(), one.month)
    });
    let open = asking.iter().filter(|one| !settled(one)).count();
    let numbered = (1..).zip(asking);
    let mut all: Vec<Point> =
        numbered.map(|(number, one)| Point::of(run, submission, filled, one, number)).collect();
    let settled = all.split_off(open.min(all.len()));
    (all, settled)
}

/// The check that tells of more than one file of an office: each can be read.
const RIVALS: &str = "F09";

/// The check that tells of rows that stand elsewhere.
const MOVED: &str = "T05";

/// The check that tells a workbook made from another wording of the plan.
const OTHER_WORDING: &str = "P23";

/// Whether a finding is about the form and about no entry: in a workbook made afresh there is no such thing.
fn is_of_the_form(run: &Run<'_>, submission: &Submission, finding: &Finding) -> bool {
    let own = run.plan.offices.place(&submission.office);
    let code = finding.rule.code;
    let of_no_entry = || !finding.entries.iter().any(|at| Some(at.office) == own);
    (code.starts_with('T') && code != GONE && !LEFT_OUT.contains(&code) || code == OTHER_WORDING)
        && finding.own_severity() < Severity::Errore
        && (AFRESH.contains(&code) || of_no_entry() || code == MOVED && !shuffled(submission))
}

/// Whether rows changed places: who has a value beside another label must look.
fn shuffled(submission: &Submission) -> bool {
    let mut facts = submission.structure.iter();
    facts.any(|fact| matches!(fact, StructureFact::RowsMoved { shuffled: true, .. }))
}

/// What making the workbook afresh puts right.
fn restored(run: &Run<'_>, submission: &Submission) -> Vec<String> {
    let own = run.checked.findings.iter().filter(|one| {
        let asked = one.is_open() && one.own_severity() == Severity::DaMotivare && !one.is_explained();
        asked && one.office.as_ref() == Some(&submission.office) && is_of_the_form(run, submission, one)
    });
    own.map(Point::words).collect()
}

/// What was read otherwise than typed.
fn normalised(run: &Run<'_>, submission: &Submission) -> Vec<String> {
    let entries = submission.entries.iter().filter(|entry| matches!(entry.state, EntryState::Value(_)));
    let read = entries.filter_map(|entry| Some((entry, entry.normalised.as_ref()?)));
    let words = read.filter_map(|(entry, read)| {
        let (indicator, voce) = run.plan.voce(&entry.id.voce)?;
        let month = entry.id.month.map(|month| format!(", {month}")).unwrap_or_default();
        let row = entry.id.row.map(|row| format!(", riga {row}")).unwrap_or_default();
        let was = match entry.raw.trim() {
            "" => read.rule.to_owned(),
            raw if raw == read.taken => format!("{} era scritto come testo", crate::model::quoted(raw)),
            raw => format!("era scritto {}, l'abbiamo letto {}", crate::model::quoted(raw), read.taken),
        };
        Some(format!("Scheda {}, «{}»{month}{row}: {was}.", indicator.scheda, voce.label))
    });
    words.collect()
}

/// How many values were read, and how many count.
fn counts(run: &Run<'_>, submission: &Submission) -> (usize, usize) {
    let said =
        |state: &EntryState| !matches!(state, EntryState::Blank | EntryState::Lost | EntryState::Placeholder);
    let read = submission.entries.iter().filter(|entry| said(&entry.state)).count();
    let admitted = run.admitted.entries.of_office(&submission.office);
    // In a closed month what counts is what was consolidated, and not what the office says.
    let own = admitted.filter(|one| one.normalised != Some(STANDS));
    let counting = own.filter(|one| one.counted().is_some() || one.admission == Admission::NotApplicable);
    (read, counting.count())
}
