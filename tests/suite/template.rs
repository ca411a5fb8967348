//! Workbooks beside their template: what other programs do when they save again is never held against an
//! office.
use crate::support::hand::{Hand, typed_workbook};

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use schede::check::{Facts, judge};
use schede::interpret::{LiveState, Submission, receive};
use schede::model::{Finding, Severity, YearMonth};
use schede::plan::{DEFAULT_PLAN, Plan, read_plan};
use schede::read::{Incoming, read_bytes};
use schede::write::{office_file_name, templates};

/// A plan with every form of voce, formula and target.
const EVERY_FORM: &str = include_str!("../piani/ogni-forma.toml");

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
    let context = Facts { plan, month, files, submissions: submissions_seen, whole: false };
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

/// The workbooks that were sent before the formulas needed no arrays: each has its own, which say the same.
#[test]
fn the_formulas_sent_before_are_the_templates_too() {
    // As they were written, rows and columns left out.
    let wanted = [
        "IF(COUNT(#:#)=0,\"\",INDEX(#:#,1,SUMPRODUCT(MAX(ISNUMBER(#:#)*(COLUMN(#:#)-COLUMN(#)+1)))))",
        "IF(AND(IF(ISNUMBER(#),AND(#>=1,#<=12,#=INT(#)),FALSE),ISNUMBER(#),TRIM(#)<>\"\"),\
         IF(#<=DATE(2019,#+1,0),IF(SUMPRODUCT((TRIM(#:#)=TRIM(#))*(#:#=1))=0,1,\"\"),\"\"),\"\")",
        "IF(OR(SUMPRODUCT(MAX(ISNUMBER(#:#)*ISNUMBER(#:#)*(COLUMN(#:#)-COLUMN(#)+1)))=0,\
         SUMPRODUCT(MAX(ISNUMBER(#:#)*ISNUMBER(#:#)*(COLUMN(#:#)-COLUMN(#)+1)))=0),\"\",IF(\
         INDEX(#:#,1,SUMPRODUCT(MAX(ISNUMBER(#:#)*ISNUMBER(#:#)*(COLUMN(#:#)-COLUMN(#)+1))))=0,\"\",\
         (INDEX(#:#,1,SUMPRODUCT(MAX(ISNUMBER(#:#)*ISNUMBER(#:#)*(COLUMN(#:#)-COLUMN(#)+1))))/\
         INDEX(#:#,1,SUMPRODUCT(MAX(ISNUMBER(#:#)*ISNUMBER(#:#)*(COLUMN(#:#)-COLUMN(#)+1)))))))",
    ];
    let cell = regex::Regex::new(r"\$?[A-Z]{1,2}\$?[0-9]+").unwrap();
    let mut found = BTreeSet::new();
    for text in [DEFAULT_PLAN, EVERY_FORM] {
        let plan = read_plan(text).unwrap();
        for office in &plan.offices {
            let name = office_file_name(&plan, &office.id);
            let mut incoming = read_bytes(&name, typed_workbook(&plan, &office.id, Hand::Sensible, 3));
            let before = templates(&plan)(&office.id, None, &[]).unwrap().before;
            let book = incoming.content.as_mut().unwrap();
            for (sheet, formulas) in before {
                let sheet = book.sheets.iter_mut().find(|own| own.name == sheet).unwrap();
                for (at, text) in formulas {
                    found.insert(cell.replace_all(&text, "#").into_owned());
                    let formula = &mut sheet.cells.get_mut(&at).unwrap().formula;
                    assert!(formula.as_ref().is_some_and(|today| *today != text), "{name} {at}");
                    *formula = Some(text);
                }
            }
            let (_, submissions) = receive(&plan, vec![incoming], &templates(&plan));
            let live = &submissions[0].tampering.as_ref().unwrap().live;
            assert!(live.iter().all(|live| live.state == LiveState::Intact), "{name}");
        }
    }
    for one in wanted {
        assert!(found.contains(one), "{one}: {found:#?}");
    }
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
