//! A finding in the words of the office: what was found, what to do, where, which value it answers.

use std::collections::BTreeSet;

use super::cell::Target;
use super::filled::{Filled, Typed};
use crate::certify::Run;
use crate::check::{binding, wants_a_reason};
use crate::interpret::{EntryState, OWN_NOTE, Standing, Submission};
use crate::model::{AnswerKind, Answered, Finding, Severity, capital, quoted};

/// A point to mend, or one that asks for an explanation.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Its number, from 1.
    pub number: usize,
    /// Whether it is mended, and no answer does: an *errore*, or a value that comes back blank.
    pub serious: bool,
    /// Whether it keeps a value out until it is mended.
    pub keeps_out: bool,
    /// Whether a cell that it names has no value, so that none counts however it is explained.
    pub valueless: bool,
    /// What was found, with its place: `Scheda 8, «Audit superati», giugno: hai scritto 3, …`.
    pub found: String,
    /// Why it matters.
    pub why: &'static str,
    /// What to do.
    pub remedy: String,
    /// What the office has answered already for this very value, and why: typed again in its return.
    pub given: Option<(AnswerKind, String)>,
    /// The same in words, and why that is not enough.
    pub answered: Option<String>,
    /// Where to go, in words: `Scheda 8, giugno`.
    pub place: String,
    /// The cells, the first of them the one to go to.
    pub targets: Vec<Target>,
    /// The value read.
    pub read: String,
    /// To what the answer is bound.
    pub bound: String,
}

impl Point {
    /// The note beside its cells.
    pub fn note(&self) -> String {
        format!("{OWN_NOTE}{} {}", self.found, self.remedy)
    }

    /// What a finding says, for an office.
    pub(super) fn words(finding: &Finding) -> String {
        found(finding)
    }

    /// A finding about what an office sent.
    pub(super) fn of(
        run: &Run<'_>,
        submission: &Submission,
        filled: &Filled,
        finding: &Finding,
        number: usize,
    ) -> Self {
        let own = run.plan.offices.place(&submission.office);
        let entries = finding.entries.iter().filter(|at| Some(at.office) == own);
        let standing: Vec<Standing<'_>> = entries.filter_map(|at| submission.standing(*at)).collect();
        let mut targets: Vec<Target> = standing.iter().map(|one| target(filled, one)).collect();
        // The reason of an n.a. stands in a cell of its own.
        let unexplained = standing.iter().filter_map(|one| match one {
            Standing::Entry(entry, _) if entry.state == EntryState::NotApplicable => Some(&entry.id.voce),
            _ => None,
        });
        targets.extend(unexplained.map(|voce| Target::single(voce.reason_key())).collect::<BTreeSet<_>>());
        if let Some(code) = finding.indicator.as_ref().filter(|_| targets.is_empty()) {
            targets.push(Target::single(code.manifest_key("nota")));
        }
        if targets.is_empty() && finding.scheda.is_none() {
            // What is of no scheda is of the first sheet: who signs off.
            let month = Some(run.consolidation.month.month);
            targets.push(Target { month, ..Target::single("firma.nome") });
        }
        // It comes back blank: no answer stands for the value.
        let is_doubted = DOUBTED.contains(&finding.rule.code) && !standing.is_empty();
        // A number under another format is a number again.
        let is_number = |target: &Target| matches!(filled.cells.get(target), Some(Typed::Number(_)));
        let numbers = !targets.is_empty() && targets.iter().all(is_number);
        Self {
            number,
            serious: is_doubted || finding.own_severity() >= Severity::Errore && !wants_a_reason(finding),
            keeps_out: finding.keeps_out() || finding.rule.code == CLOSED && finding.is_open(),
            valueless: standing.iter().any(is_valueless),
            found: found(finding),
            why: finding.rule.why,
            remedy: remedy(finding, submission, &standing, numbers),
            given: answer_of(submission, finding).map(|one| (one.kind, one.reason.clone())),
            answered: answer_of(submission, finding).and_then(|one| not_enough(finding, one)),
            place: place(finding),
            targets,
            read: read(submission, &standing),
            bound: binding(run.plan, submission, finding),
        }
    }
}

/// Whether a cell of a value has none; a row of a register may have blank fields.
fn is_valueless(standing: &Standing<'_>) -> bool {
    let none =
        |state: &EntryState| matches!(state, EntryState::Placeholder | EntryState::Blank | EntryState::Lost);
    matches!(standing, Standing::Entry(entry, _) if entry.id.row.is_none() && none(&entry.state))
}

/// The check that tells what is gone from a sheet.
pub(super) const GONE: &str = "T06";

/// The checks of which a workbook made afresh leaves nothing, whatever cells they name: formulas, and the
/// hidden list.
pub(super) const AFRESH: [&str; 5] = ["T11", "T12", "T14", "T15", "T21"];

/// The checks of formats: the workbook that goes back has its own again.
const FORMATS: [&str; 2] = ["T22", "C10"];

/// What is told of them.
const FORMATTED: &str = "Nella cartella allegata il formato è di nuovo quello giusto: controlla il valore che si vede, e correggilo se \
                         non è il tuo.";

/// What is told of those that a workbook made afresh puts right.
const MENDED: &str =
    "Nella cartella allegata è già a posto: controlla che i valori siano i tuoi, e rimandala.";

/// Other checks of what a workbook made afresh has no more: what is asked is to look at the values.
const PUT_RIGHT: [&str; 4] = ["T04", "T05", "T08", "T09"];

/// The check of merged cells, and what is told of it: the workbook that goes back has them apart.
const MERGED: &str = "T18";
const APART: &str = "Nella cartella allegata le caselle sono di nuovo divise, e il valore è nella prima: scrivi quello di ciascuna.";

/// The check that tells changes of closed months, which do not enter.
const CLOSED: &str = "M07";

/// The checks of what stands where no data go: a workbook made afresh has none of it.
pub(super) const LEFT_OUT: [&str; 4] = ["T03", "T19", "T26", "T29"];

/// The checks that tell values of which nobody can say whether they are meant: struck out, not to be seen,
/// others in a copy of the sheet. They come back blank.
pub(super) const DOUBTED: [&str; 2] = ["C25", "T26"];

/// What is told of them.
const TYPED_ANEW: &str =
    "Nella cartella allegata la casella è vuota: scrivi lì il valore giusto, anche se è quello di prima.";

/// What is told of it.
const NOT_BACK: &str = "Nella cartella allegata non c'è: se è un dato scrivilo nella sua casella, se è un commento nella nota; \
                        altrimenti spiega che cos'era.";

/// What is told of a cell that was lost in the file that came: in the one that goes back it is there.
const BACK: &str = "Nella cartella allegata la casella c'è di nuovo: scrivi lì il dato.";

/// The same where its label tells what stood in it.
const BY_LABEL: &str = "Nella cartella allegata c'è di nuovo, con quello che nel tuo file stava accanto alla sua etichetta: \
                        controlla che sia giusto, e rimandala.";

/// The same of the row in which an indicator is explained.
const TEXTS_BACK: &str = "Nella cartella allegata la riga c'è di nuovo: guarda se ci sono ancora la fonte, la nota e la causa, e riscrivi \
                          quello che manca.";

/// What to do, in the workbook that goes back.
fn remedy(finding: &Finding, submission: &Submission, standing: &[Standing<'_>], numbers: bool) -> String {
    let lost =
        |one: &Standing<'_>| matches!(one, Standing::Entry(entry, _) if entry.state == EntryState::Lost);
    let told = |one: &Standing<'_>| matches!(one, Standing::Entry(entry, _) if submission.told_by_label(entry).is_some());
    if standing.iter().any(told) {
        BY_LABEL.to_owned()
    } else if standing.iter().any(lost) {
        BACK.to_owned()
    } else if DOUBTED.contains(&finding.rule.code) && !standing.is_empty() {
        TYPED_ANEW.to_owned()
    } else if LEFT_OUT.contains(&finding.rule.code) {
        NOT_BACK.to_owned()
    } else if AFRESH.contains(&finding.rule.code) || PUT_RIGHT.contains(&finding.rule.code) {
        MENDED.to_owned()
    } else if finding.rule.code == MERGED {
        APART.to_owned()
    } else if numbers && FORMATS.contains(&finding.rule.code) {
        FORMATTED.to_owned()
    } else if finding.rule.code == GONE && standing.is_empty() {
        TEXTS_BACK.to_owned()
    } else {
        finding.remedy_to_office().to_owned()
    }
}

/// What an office has answered to a finding.
pub(super) fn answer_of<'f>(submission: &Submission, finding: &'f Finding) -> Option<&'f Answered> {
    finding.answered.iter().find(|one| one.office == submission.office)
}

/// Whether an answer leaves the office nothing to do: it explains, or it says with a reason that the matter
/// is not the office's, which the unit decides.
pub(super) fn settles(finding: &Finding, answer: &Answered) -> bool {
    let disowns = answer.kind == AnswerKind::NonRiguarda && !answer.reason.is_empty();
    disowns || finding.is_explained() && answer.explains()
}

/// What an office has answered, and why that is not enough; `None` when it is.
fn not_enough(finding: &Finding, answer: &Answered) -> Option<String> {
    let but = match answer.kind {
        _ if settles(finding, answer) => return None,
        AnswerKind::Corretto => "ma il valore è ancora lo stesso",
        AnswerKind::Altro => {
            let offered = AnswerKind::ALL.map(|kind| format!("«{}»", kind.label())).join(", ");
            return Some(format!(
                "Hai risposto {}, ma la risposta va scelta fra {offered}.",
                quoted(&answer.reason)
            ));
        }
        _ if answer.reason.is_empty() => "e senza il perché non basta",
        _ => "ma qui una conferma non basta",
    };
    let reason = match (answer.reason.as_str(), answer.kind) {
        ("", AnswerKind::Corretto) => String::new(),
        ("", _) => " (non hai scritto perché)".to_owned(),
        (reason, _) => format!(" ({reason})"),
    };
    Some(format!("Hai risposto «{}»{reason}, {but}.", answer.kind.label()))
}

pub(super) fn target(filled: &Filled, standing: &Standing<'_>) -> Target {
    let target = Target::of(standing);
    match standing {
        Standing::Entry(entry, false) => filled.place(target, &entry.id.voce),
        _ => target,
    }
}

/// What was found, without the reason and the cells of the file that came: those of the one that goes back
/// are others.
fn found(finding: &Finding) -> String {
    let message = if finding.message.is_empty() { finding.rule.name } else { &finding.message };
    let head = match message.split_once(finding.rule.why) {
        Some((head, _)) if !finding.rule.why.is_empty() => head,
        _ => [" Cella: '", " Celle: '"]
            .iter()
            .find_map(|mark| Some(message.split_once(mark)?.0))
            .unwrap_or(message),
    };
    capital(head.trim())
}

fn place(finding: &Finding) -> String {
    match (finding.scheda, finding.month) {
        (Some(scheda), Some(month)) => format!("Scheda {scheda}, {month}"),
        (Some(scheda), None) => format!("Scheda {scheda}"),
        (None, _) => "Istruzioni".to_owned(),
    }
}

/// What is read in a blank cell.
pub(super) const BLANK: &str = "vuota";

/// The values read, as the office knows them.
fn read(submission: &Submission, standing: &[Standing<'_>]) -> String {
    const SHOWN: usize = 4;
    let said = |one: &Standing<'_>| match one {
        Standing::Text(.., text) => text.text.chars().take(80).collect(),
        Standing::Entry(entry, _) => match &submission.told_by_label(entry).unwrap_or(entry).state {
            EntryState::Value(value) => value.to_people(),
            EntryState::Blank | EntryState::Lost => BLANK.to_owned(),
            _ => entry.raw.trim().chars().take(80).collect(),
        },
    };
    let all: Vec<String> = standing.iter().map(said).collect();
    // Many that say the same are said once.
    if let Some(first) = all.first().filter(|first| all.iter().all(|one| one == *first)) {
        return first.clone();
    }
    let mut words: Vec<String> = all.iter().take(SHOWN).cloned().collect();
    if all.len() > SHOWN {
        words.push("…".to_owned());
    }
    words.join(" · ")
}
