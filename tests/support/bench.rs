//! The workbench: from the table of a page to files as they come in, by the program's own road.

use std::collections::BTreeMap;
use std::sync::Arc;

use schede::admit::Admitted;
use schede::check::{Checked, Context, judge};
use schede::interpret::receive;
use schede::model::{Finding, Month, OfficeId, VoceKey, YearMonth};
use schede::plan::{DEFAULT_PLAN, Plan, Waiver, read_plan};
use schede::read::{Incoming, read_bytes};
use schede::trial::{File, Folder, Line, Scene};
use schede::write::{Fill, office_file_name, office_workbook};

/// The plan and the blank workbooks, each made and read once.
pub(crate) struct Bench {
    pub(crate) plan: Plan,
    blank: BTreeMap<OfficeId, (Arc<Vec<u8>>, Incoming)>,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self { plan: read_plan(DEFAULT_PLAN).expect("il piano di base"), blank: BTreeMap::new() }
    }

    /// What the checks say of the files that a table describes, and what counts after them.
    pub(crate) fn check(&mut self, lines: &[Line], month: YearMonth, whole: bool) -> (Checked, Admitted) {
        let mut folder = Folder::default();
        let scene = Scene { month: month.month, relative: false };
        for line in lines.iter().filter(|line| waiver(line).is_none()) {
            for office in self.offices(line) {
                if !folder.has(office.as_str()) {
                    let (bytes, incoming) = self.blank(&office);
                    folder.insert(office.as_str(), File::new(&incoming.name, Arc::clone(bytes)));
                }
                folder
                    .follow(&office, line, scene)
                    .unwrap_or_else(|trouble| panic!("{line:?}: {}", trouble.words()));
            }
        }
        let incoming = folder.files().map(|(key, file)| self.read(key, file)).collect();
        let (files, submissions) = receive(&self.plan, incoming);
        let mut plan = self.plan.clone();
        plan.controls.waivers.extend(lines.iter().filter_map(waiver));
        let (plan, files, submissions) = (&plan, files.as_slice(), submissions.as_slice());
        let judged = judge(&Context { plan, month, files, submissions, whole, outcome: None });
        (judged.checked, judged.admitted)
    }

    fn offices(&self, line: &Line) -> Vec<OfficeId> {
        match line.get("ufficio") {
            "tutti" => self.plan.offices.iter().map(|office| office.id.clone()).collect(),
            office => vec![OfficeId::new(office)],
        }
    }

    /// A file of the folder as read; one that nobody touched was read already.
    fn read(&self, key: &str, file: &File) -> Incoming {
        match self.blank.get(&OfficeId::new(key)) {
            Some((_, incoming)) if !file.is_changed() => incoming.clone(),
            _ => read_bytes(&file.name, file.bytes().expect("i byte del file").as_ref().clone()),
        }
    }

    fn blank(&mut self, office: &OfficeId) -> &(Arc<Vec<u8>>, Incoming) {
        let plan = &self.plan;
        self.blank.entry(office.clone()).or_insert_with(|| {
            let bytes = office_workbook(plan, office, &Fill::default()).expect("un modello vuoto");
            let incoming = read_bytes(&office_file_name(plan, office), bytes.clone());
            (Arc::new(bytes), incoming)
        })
    }
}

/// The finding as people read it: `[C01 · ERRORE] place: what. Why. Cells. Remedy.`
pub(crate) fn words(finding: &Finding) -> String {
    format!(
        "[{} · {}] {} {}",
        finding.rule.code,
        finding.severity.label().to_uppercase(),
        finding.message,
        finding.remedy
    )
}

/// `@deroga C06 S03.supermercati`: the unit accepts a finding of this code for the value given.
fn waiver(line: &Line) -> Option<Waiver> {
    let (code, voce) = line.get("chiave").strip_prefix("@deroga ")?.split_once(' ')?;
    Some(Waiver {
        code: code.to_owned(),
        office: None,
        indicator: None,
        voce: Some(VoceKey::from_text(voce)),
        month: line.get("mese").parse().ok().and_then(Month::new),
        value: line.get("valore").to_owned(),
        reason: "prova".to_owned(),
        who: "unità performance".to_owned(),
        until: None,
    })
}
