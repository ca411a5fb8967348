//! The workbench: from the table of a page to files as they come in, by the program's own road.

use std::collections::BTreeMap;
use std::sync::Arc;

use schede::admit::Admitted;
use schede::check::{Checked, Facts, Judged, Received, judge};
use schede::interpret::{Submission, receive};
use schede::memory::Memory;
use schede::model::{Finding, Month, OfficeId, YearMonth};
use schede::plan::{DEFAULT_PLAN, Plan, read_plan};
use schede::read::{Incoming, read_bytes};
use schede::trial::{
    File, Folder, Line, Page, Scene, archive_of, is_about_last_year, is_about_the_issue, patched, say,
    waiver_of,
};
use schede::write::{Fill, office_file_name, office_workbook, templates};

/// The plan and the blank workbooks, each made and read once.
pub(crate) struct Bench {
    pub(crate) plan: Plan,
    blank: BTreeMap<OfficeId, (Arc<Vec<u8>>, Incoming)>,
}

/// Files as they came in and all that follows from them.
pub(crate) struct Work {
    pub(crate) plan: Plan,
    pub(crate) files: Vec<Received>,
    pub(crate) submissions: Vec<Submission>,
    pub(crate) judged: Judged,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self { plan: read_plan(DEFAULT_PLAN).expect("il piano di base"), blank: BTreeMap::new() }
    }

    /// What the checks say of the files that a table describes, and what counts after them.
    pub(crate) fn check(&mut self, lines: &[Line], month: YearMonth, whole: bool) -> (Checked, Admitted) {
        let work = self.work(lines, month, whole);
        (work.judged.checked, work.judged.admitted)
    }

    /// The same with all that it comes from.
    pub(crate) fn work(&mut self, lines: &[Line], month: YearMonth, whole: bool) -> Work {
        self.after(lines, month, whole, None)
    }

    fn after(&mut self, lines: &[Line], month: YearMonth, whole: bool, before: Option<&Memory>) -> Work {
        let (last_year, others): (Vec<Line>, Vec<Line>) = lines.iter().cloned().partition(is_about_last_year);
        if !last_year.is_empty() {
            let plan = edited_plan(lines).unwrap_or_else(|| self.plan.clone());
            let archive =
                archive_of(&plan, &last_year).unwrap_or_else(|trouble| panic!("{}", trouble.words()));
            let mut bench = Self { plan: plan.with_archive(archive.unwrap()), ..Self::new() };
            let rest: Vec<Line> = others.into_iter().filter(|line| line.get("chiave") != "@piano").collect();
            return bench.after(&rest, month, whole, before);
        }
        if let Some(plan) = edited_plan(lines) {
            let mut bench = Self { plan, ..Self::new() };
            let rest: Vec<Line> =
                lines.iter().filter(|line| line.get("chiave") != "@piano").cloned().collect();
            return bench.after(&rest, month, whole, before);
        }
        let mut folder = Folder::default();
        let scene = Scene { month: month.month, relative: false };
        let mut plan = self.plan.clone();
        for line in lines {
            if let Some(waiver) = waiver_of(line, scene).unwrap() {
                plan.controls.waivers.push(waiver);
                continue;
            }
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
        let (files, submissions) = receive(&self.plan, incoming, &templates(&self.plan));
        let (seen, sent) = (files.as_slice(), submissions.as_slice());
        let previous = before;
        let facts = Facts { plan: &plan, month, files: seen, submissions: sent, whole, previous };
        let judged = judge(&facts);
        Work { plan, files, submissions, judged }
    }

    /// What a page's lines give, after the month before when the page has one.
    pub(crate) fn play(&mut self, page: &Page, lines: &[Line], whole: bool) -> Work {
        let Some(before) = &page.before else { return self.work(lines, page.month, whole) };
        let (issued, before): (Vec<Line>, Vec<Line>) = before.iter().cloned().partition(is_about_the_issue);
        let then = self.plan.month(Month::new(page.month.month.number() - 1).expect("un mese prima"));
        let work = self.work(&before, then, true);
        let (sent, judged) = ((work.files.as_slice(), work.submissions.as_slice()), &work.judged);
        let findings = &judged.checked.findings;
        let mut memory = Memory::of(&self.plan, sent, &judged.admitted, &judged.consolidation, findings);
        for line in &issued {
            say(&mut memory, line, &[]).unwrap_or_else(|trouble| panic!("{line:?}: {}", trouble.words()));
        }
        self.after(lines, page.month, whole, Some(&memory))
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

/// `@piano`: the plan with these texts in the place of others, for pages that speak of an office's file too.
fn edited_plan(lines: &[Line]) -> Option<Plan> {
    let mut text = DEFAULT_PLAN.to_owned();
    for line in lines.iter().filter(|line| line.get("chiave") == "@piano") {
        text = patched(&text, line.get("valore")).unwrap_or_else(|trouble| panic!("{}", trouble.words()));
    }
    (text != DEFAULT_PLAN).then(|| read_plan(&text).expect("un piano valido"))
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
