//! Files of a run: which count, which are copies, which contradict each other.

use std::collections::{BTreeMap, BTreeSet};

use super::by_label;
use super::recognise::{no_manifest, recognise_beside};
use super::submission::{Recognition, Submission};
use super::template::Templates;
use crate::model::OfficeId;
use crate::plan::Plan;
use crate::read::{Incoming, Refusal};

/// What became of a file.
#[derive(Clone, Debug)]
pub struct Received {
    /// The file's name.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The office its manifest names, when it was recognised.
    pub office: Option<OfficeId>,
    /// What happened.
    pub fate: Fate,
    /// What a workbook that lost its hidden list says by its labels, when they name one office: nothing of it
    /// counts, it is typed again for that office to look at.
    pub by_label: Option<Box<Submission>>,
}

/// What happened to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It counts.
    Accepted,
    /// Refused by the reader.
    Refused(Refusal),
    /// Not one of our workbooks; what was seen.
    Foreign(String),
    /// Of another year or ente: what it says, what was expected.
    OtherPlan(String, String),
    /// Of an office that the plan does not know, with the nearest one.
    UnknownOffice(String, Option<OfficeId>),
    /// Named after another office, which is named here, where the office inside has a file of its own.
    Misnamed(OfficeId),
    /// The same bytes as another file, which counts.
    CopyOf(String),
    /// With it the program cannot prove what it issues; the self-check that fails.
    SetAside(String),
    /// Differs from other files of the same office: none of them counts.
    Rival(Vec<String>),
}

/// A file recognised on its own: what became of it so far, and its submission when it has one.
pub type Arrival = (Received, Option<Submission>);

/// Recognises every file, each laid beside the template that `templates` gives, and decides which
/// submissions stand (see `settle`).
pub fn receive(
    plan: &Plan,
    incoming: Vec<Incoming>,
    templates: Templates<'_>,
) -> (Vec<Received>, Vec<Submission>) {
    settle(plan, incoming.iter().map(|file| arrive(plan, file, templates)).collect())
}

/// Decides which submissions stand among files already recognised: of byte-identical workbooks, signed or
/// not, the one with the name of its office's workbook counts, else the first by name; a file named after
/// another office than the one inside never stands in the way of that office's own; different files of one
/// office stay all out.
///
/// Files come back in order of name, submissions in the plan's order of offices.
pub fn settle(plan: &Plan, mut arrivals: Vec<Arrival>) -> (Vec<Received>, Vec<Submission>) {
    let misnamed = |file: &Received| named_otherwise(plan, file).is_some();
    arrivals.sort_by_cached_key(|(file, _)| (misnamed(file), !has_own_name(plan, file), file.name.clone()));
    let mut files: Vec<Received> = Vec::with_capacity(arrivals.len());
    let mut submissions: Vec<Submission> = Vec::new();
    // The documents that count, with the files that hold them.
    let mut documents: BTreeMap<String, String> = BTreeMap::new();
    for (received, submission) in arrivals {
        let document = submission.as_ref().map(|own| document(own).to_owned());
        let own = |earlier: &Received| earlier.fate == Fate::Accepted && earlier.office == received.office;
        let named = named_otherwise(plan, &received).filter(|_| files.iter().any(own)).cloned();
        let original = document.as_ref().and_then(|document| documents.get(document));
        let fate = named.map(Fate::Misnamed).or_else(|| original.cloned().map(Fate::CopyOf));
        if let Some(fate) = fate {
            files.push(Received { fate, ..received });
        } else {
            documents.extend(document.map(|document| (document, received.name.clone())));
            submissions.extend(submission);
            files.push(received);
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    mark_rivals(&mut files);
    // By content too: two folders may each hold a file of this name.
    let accepted = files.iter().filter(|file| file.fate == Fate::Accepted);
    let accepted: BTreeSet<(&str, &str)> = accepted.map(|file| (&*file.name, &*file.sha256)).collect();
    submissions.retain(|submission| accepted.contains(&(&*submission.file, &*submission.sha256)));
    submissions.sort_by_key(|submission| plan.offices.place(&submission.office));
    (files, submissions)
}

/// The SHA-256 of the workbook itself, out of its signed envelopes.
fn document(submission: &Submission) -> &str {
    submission.traits.book.envelope.as_ref().map_or(&submission.sha256, |envelope| &envelope.sha256)
}

/// The office after which an accepted file is named, when another one is inside.
pub fn named_otherwise<'a>(plan: &'a Plan, file: &Received) -> Option<&'a OfficeId> {
    let inside = file.office.as_ref()?;
    named_office(plan, &file.name).filter(|named| *named != inside)
}

/// The office in a name like `schede-2019-metrico (1).xlsx`.
pub fn named_office<'a>(plan: &'a Plan, name: &str) -> Option<&'a OfficeId> {
    let name = name.to_lowercase();
    let (year, rest) = name.strip_prefix("schede-")?.split_once('-')?;
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let id = rest.get(..end)?;
    plan.offices.find(&OfficeId::new(id)).map(|office| &office.id)
}

/// Whether a file that does not count may hold an office's data: all but one of another kind, or never made
/// from a template, that bears no office's name either.
pub fn may_be_an_offices(plan: &Plan, file: &Received) -> bool {
    let never_ours = match &file.fate {
        Fate::Refused(Refusal::OtherKind(_)) => true,
        Fate::Foreign(seen) => *seen == no_manifest(),
        _ => false,
    };
    !never_ours || bears_an_office(plan, &file.name)
}

/// Whether a name is one of the offices' workbooks, or holds the id of an office: `metrico definitivo.xls`.
fn bears_an_office(plan: &Plan, name: &str) -> bool {
    let words = |text: &str| -> String {
        let plain = text.to_lowercase().replace(|c: char| !c.is_alphanumeric(), " ");
        format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let name = words(name);
    name.starts_with(" schede ")
        || plan.offices.iter().any(|office| name.contains(&words(office.id.as_str())))
}

/// Whether a file still has the name with which its own office received it: `schede-2019-metrico.xlsx`, as
/// LibreOffice and programs of signature lengthen or end it otherwise.
fn has_own_name(plan: &Plan, file: &Received) -> bool {
    let unsigned = file.name.trim_end_matches(".p7m");
    let document = [".xlsx", ".ods"].iter().find_map(|end| unsigned.strip_suffix(end));
    let own = |office: &OfficeId| format!("schede-{}-{office}", plan.year);
    file.office.as_ref().is_some_and(|office| document == Some(own(office).as_str()))
}

/// Recognises a file, laid beside the template that `templates` gives.
pub fn arrive(plan: &Plan, file: &Incoming, templates: Templates<'_>) -> Arrival {
    let mut by_label = None;
    let (fate, submission) = match &file.content {
        Err(refusal) => (Fate::Refused(refusal.clone()), None),
        Ok(raw) => {
            let own = by_label::File { name: &file.name, sha256: &file.sha256, raw };
            let unlisted = || by_label::of_unlisted(plan, &own, named_office(plan, &file.name), templates);
            match recognise_beside(plan, &file.name, &file.sha256, raw, templates) {
                Recognition::Submission(mut submission) => {
                    submission.by_label = by_label::completed(plan, &own, &submission, templates);
                    (Fate::Accepted, Some(*submission))
                }
                Recognition::Foreign(seen) => {
                    by_label = unlisted();
                    (Fate::Foreign(seen), None)
                }
                Recognition::OtherPlan { found, expected } => (Fate::OtherPlan(found, expected), None),
                Recognition::UnknownOffice { office, nearest } => {
                    by_label = unlisted();
                    (Fate::UnknownOffice(office, nearest), None)
                }
            }
        }
    };
    let office = submission.as_ref().map(|submission| submission.office.clone());
    let (name, sha256, bytes) = (file.name.clone(), file.sha256.clone(), file.bytes);
    (Received { name, sha256, bytes, office, fate, by_label }, submission)
}

/// Different accepted files of one office: none of them counts.
fn mark_rivals(files: &mut [Received]) {
    let mut accepted: BTreeMap<OfficeId, Vec<usize>> = BTreeMap::new();
    for (index, file) in files.iter().enumerate().filter(|(_, file)| file.fate == Fate::Accepted) {
        if let Some(office) = &file.office {
            accepted.entry(office.clone()).or_default().push(index);
        }
    }
    for rivals in accepted.values().filter(|rivals| rivals.len() > 1) {
        let name = |index: &usize| files.get(*index).map(|file| file.name.clone());
        let names: Vec<String> = rivals.iter().filter_map(name).collect();
        for (own, index) in rivals.iter().enumerate() {
            let others = names.iter().enumerate().filter(|(other, _)| *other != own);
            let others = others.map(|(_, name)| name.clone()).collect();
            if let Some(file) = files.get_mut(*index) {
                file.fate = Fate::Rival(others);
            }
        }
    }
}
