//! Workbooks beside their template: what other programs do when they save again is never held against an
//! office.

use std::fs;
use std::path::Path;

use schede::check::{Facts, judge};
use schede::interpret::{EntryState, LiveState, Submission, receive};
use schede::model::{Finding, Month, Severity, YearMonth};
use schede::plan::{DEFAULT_PLAN, Plan, read_plan};
use schede::read::{Incoming, read_bytes};
use schede::write::templates;

/// The samples that LibreOffice has saved again.
const RESAVED: [(&str, [&str; 3]); 2] =
    [("2019-06", ["metrico", "urp", "protesti"]), ("2019-12", ["qualita", "informatico", "promozione"])];

fn sample(month: &str, office: &str) -> Incoming {
    let name = format!("schede-2019-{office}.xlsx");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(month).join(&name);
    read_bytes(&name, fs::read(path).unwrap())
}

/// The submission of a file, and what the checks on the file and on its template say of it.
fn judged(plan: &Plan, month: &str, incoming: Incoming) -> (Submission, Vec<Finding>) {
    let month = YearMonth::parse(month).unwrap();
    let (files, submissions) = receive(plan, vec![incoming], &templates(plan));
    let (files, submissions_seen) = (files.as_slice(), submissions.as_slice());
    let context = Facts { plan, month, files, submissions: submissions_seen, whole: false, previous: None };
    let ours = |finding: &Finding| {
        let code = finding.rule.code;
        code.starts_with(['F', 'T']) || ["C11", "C23"].contains(&code)
    };
    let findings = judge(&context).checked.findings.into_iter().filter(ours).collect();
    (submissions.into_iter().next().unwrap(), findings)
}

#[test]
fn a_workbook_saved_again_by_libreoffice_differs_in_nothing() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    for (month, offices) in RESAVED {
        for office in offices {
            let (submission, findings) = judged(&plan, month, sample(month, office));
            let above: Vec<&Finding> =
                findings.iter().filter(|finding| finding.severity > Severity::Nota).collect();
            assert!(above.is_empty(), "{office}: {above:#?}");
            let beside = submission.tampering.unwrap();
            // Its results are those that follow from the entries, to the last one.
            assert!(!beside.live.is_empty() && beside.formats_seen > 0, "{office}");
            assert!(beside.live.iter().all(|live| live.state == LiveState::Intact), "{office}");
            assert!(beside.unprotected.is_empty() && beside.unvalidated.is_empty(), "{office}");
            assert!(!submission.traits.book.recalculates, "{office}");
            let program = submission.traits.book.application.unwrap();
            assert!(program.starts_with("LibreOffice"), "{program}");
        }
    }
}

/// A workbook of the first format, as an office had sent it in June, and the same data in a workbook of
/// today.
#[test]
fn a_workbook_of_the_first_format_says_the_same() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let name = "schede-2019-promozione.xlsx";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formato-1").join(name);
    let (old, findings) = judged(&plan, "2019-06", read_bytes(name, fs::read(path).unwrap()));
    let (new, _) = judged(&plan, "2019-06", sample("2019-06", "promozione"));
    assert_eq!((old.manifest.format.as_str(), new.manifest.format.as_str()), ("1", "2"));
    assert!(old.structure.is_empty(), "{:?}", old.structure);
    let above: Vec<&Finding> = findings.iter().filter(|finding| finding.severity > Severity::Nota).collect();
    assert!(above.is_empty(), "{above:#?}");
    let said = |submission: &Submission| -> Vec<String> {
        let entries = submission.entries.iter().chain(submission.completeness.values());
        let entries = entries.filter(|entry| !matches!(entry.state, EntryState::Blank));
        let mut said: Vec<String> =
            entries.map(|entry| format!("{:?} {:?} {:?}", entry.id, entry.state, entry.normalised)).collect();
        let texts = submission.notes.iter().chain(&submission.evidence);
        said.extend(texts.map(|(code, text)| format!("{code} {}", text.text)));
        let signed = submission.sign_off_of(Month::new(6).unwrap());
        let parts = [&signed.name, &signed.role, &signed.date];
        said.extend(parts.map(|part| part.as_ref().unwrap().text.clone()));
        said
    };
    assert!(said(&old).len() > 20);
    assert_eq!(said(&old), said(&new));
    // What cannot be laid beside its template is not judged.
    assert!(old.tampering.is_none() && new.tampering.is_some());
}

#[test]
fn the_other_samples_differ_in_nothing_either() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    for office in plan.offices.iter().map(|office| office.id.as_str()) {
        let (submission, findings) = judged(&plan, "2019-12", sample("2019-12", office));
        let above: Vec<&Finding> =
            findings.iter().filter(|finding| finding.severity > Severity::Nota).collect();
        assert!(above.is_empty(), "{office}: {above:#?}");
        let beside = submission.tampering.unwrap();
        assert!(beside.live.iter().all(|live| live.state == LiveState::Intact), "{office}");
    }
}

#[test]
fn without_a_template_nothing_is_compared() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let (_, submissions) =
        receive(&plan, vec![sample("2019-06", "metrico")], &schede::interpret::no_template);
    assert!(submissions.first().unwrap().tampering.is_none());
}
