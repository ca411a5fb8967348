//! How the cost of the program grows with the number of offices, part by part: `cargo bench --bench growth`.
//!
//! The plan of 2019 with its 26 offices once, 4 and 39 times (or as many times as the numbers after `--`
//! say), with mistakes in a quarter of the files. Each part is done once; beside its time stands what an
//! office costs, over what it costs at the size before. `--folder NAME` writes plan and files there and
//! measures nothing: for who wants to run the program itself on them.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "a benchmark looks at the clock, stops at the first surprise, divides times and prints them"
)]

mod campaign;
mod clock;
mod yardsticks;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use campaign::Campaign;
use clock::{peak, timed};
use schede::aggregate::month_by_month;
use schede::certify::Run;
use schede::check::{Facts, Judged, judge};
use schede::impact::{Ground, sort_by_effect};
use schede::interpret::receive;
use schede::model::Rule;
use schede::pipeline::Job;
use schede::proof::issue;
use schede::read::read_bytes;
use schede::report::{report, to_json};
use schede::verify::{Side, compare};
use schede::write::{Fill, consolidated_workbook, office_workbook, templates};

/// How many times the offices are repeated, when nothing else is asked.
const TIMES: [usize; 3] = [1, 4, 39];

/// The parts of a month at a size, told as they are done.
struct Table<'b> {
    offices: usize,
    /// The size before, with its times.
    before: Option<&'b Table<'b>>,
    taken: Vec<Duration>,
    /// What everything is held against.
    u: Duration,
}

impl Table<'_> {
    /// Does a part, and tells its time.
    fn part<T>(&mut self, name: &str, part: impl FnOnce() -> T) -> (Duration, T) {
        let (taken, given) = timed(part);
        self.tell(name, taken);
        (taken, given)
    }

    /// Tells the time of a part, with what an office costs over what it cost at the size before.
    fn tell(&mut self, name: &str, taken: Duration) {
        let growth = self.before.map_or_else(String::new, |before| {
            let an_office = |taken: Duration, offices: usize| taken.as_secs_f64() / offices as f64;
            let (now, then) = (an_office(taken, self.offices), before.taken[self.taken.len()]);
            format!("   × {:.2} an office", now / an_office(then, before.offices))
        });
        println!("  {name:<28}{:>9.2} s{:>8.2} U{growth}", taken.as_secs_f64(), self.in_u(taken));
        self.taken.push(taken);
    }

    /// A time as so many U.
    fn in_u(&self, taken: Duration) -> f64 {
        taken.as_secs_f64() / self.u.as_secs_f64().max(f64::EPSILON)
    }

    /// The time of what is not ours, or of the whole: without its growth.
    fn beside(&self, name: &str, taken: Duration) {
        println!("  {name:<28}{:>9.2} s{:>8.2} U", taken.as_secs_f64(), self.in_u(taken));
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let asked: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let times = if asked.is_empty() { TIMES.to_vec() } else { asked };
    if let Some(at) = arguments.iter().position(|argument| argument == "--folder") {
        return written(Path::new(&arguments[at + 1]), times[0]);
    }
    let mut before: Option<Table<'_>> = None;
    for times in times {
        let campaign = Campaign::of(times);
        let offices = campaign.fills.len();
        println!("{offices} offices");
        let sent = campaign.files();
        let (u, _) = timed(|| yardsticks::streamed(&sent));
        let mut table = Table { offices, before: before.as_ref(), taken: Vec::new(), u };
        table.beside("U: every cell streamed", u);
        table.beside("I: the parts inflated", timed(|| yardsticks::inflated(&sent)).0);
        processes(&campaign, &sent, &table);
        let (findings, bytes) = measured(&campaign, sent, &mut table);
        let peak = peak().map_or_else(String::new, |peak| format!(", at most {peak} MB of memory"));
        println!("  {findings} findings, {bytes} bytes written{peak}");
        before = Some(Table { before: None, ..table });
    }
}

/// The parts of a month; the number of findings and of the bytes issued.
fn measured(campaign: &Campaign, sent: Vec<(String, Vec<u8>)>, table: &mut Table<'_>) -> (usize, usize) {
    let Campaign { plan, month, .. } = campaign;
    let month = plan.month(*month);
    table.part("modelli: blank workbooks", || {
        let offices = plan.offices.iter();
        offices
            .map(|office| office_workbook(plan, &office.id, &Fill::default()).unwrap().len())
            .sum::<usize>()
    });
    let (_, incoming) = table.part("reading the files", || {
        sent.into_iter().map(|(name, bytes)| read_bytes(&name, bytes)).collect::<Vec<_>>()
    });
    let (_, (files, submissions)) =
        table.part("recognising them", || receive(plan, incoming, &templates(plan)));
    let context =
        Facts { plan, month, files: &files, submissions: &submissions, whole: true, previous: None };
    let (_, Judged { mut checked, admitted, consolidation, corrections }) =
        table.part("checking and judging", || judge(&context));
    let ground = Ground { plan, admitted: &admitted, month, consolidation: &consolidation };
    let (_, effects) =
        table.part("effects of the findings", || sort_by_effect(ground, &mut checked.findings));
    let (_, months) = table.part("month by month", || month_by_month(plan, &admitted, &consolidation));
    let previous = None;
    let job = Job {
        month,
        files,
        submissions,
        checked,
        effects,
        admitted,
        consolidation,
        months,
        previous,
        corrections,
    };
    let rules: Vec<&'static Rule> = schede::check::rules().collect();
    let run = Run::of_job(plan, &job, &rules, false);
    let (telling, told) = table.part("deciding the sheets", || report(&run));
    table.part("the JSON", || to_json(&run).to_string().len());
    let (writing, bytes) = table.part("writing the workbook", || consolidated_workbook(&told).unwrap());
    drop((told, bytes));
    let (issuing, issued) = timed(|| issue(&run).unwrap());
    table.tell("proving it, beyond that", issuing.saturating_sub(telling * 2 + writing));
    let book = read_bytes("consolidato.xlsx", issued.bytes.clone()).content.unwrap();
    let side = || Side { book: &book, bytes: &issued.bytes };
    let (_, comparison) = table.part("verifica: comparing", || compare(side(), side()));
    assert!(comparison.is_equal());
    (job.checked.findings.len(), issued.bytes.len())
}

/// The whole job as processes: the programs in Python, then ours.
fn processes(campaign: &Campaign, sent: &[(String, Vec<u8>)], table: &Table<'_>) {
    let folder = tempfile::tempdir().unwrap();
    let files = into_folder(campaign, sent, folder.path());
    for (name, script) in yardsticks::PROGRAMS {
        match yardsticks::program(script, &files) {
            Some(taken) => table.beside(name, taken),
            None => println!("  {name:<28} cannot run here"),
        }
    }
    let before = clock::children();
    let month = campaign.plan.month(campaign.month).to_string();
    let done = Command::new(env!("CARGO_BIN_EXE_schede"))
        .args([
            "consolida".as_ref(),
            files.as_os_str(),
            "--mese".as_ref(),
            month.as_ref(),
            "--piano".as_ref(),
        ])
        .args([folder.path().join("piano.toml").as_os_str(), "-o".as_ref()])
        .args([folder.path().join("consolidato.xlsx").as_os_str(), "--quieto".as_ref()])
        .output()
        .unwrap();
    assert!(done.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&done.stderr));
    if let Some((before, after)) = before.zip(clock::children()) {
        table.beside("schede consolida, whole", after.saturating_sub(before));
    }
}

/// Plan and files in a folder, and the files in one of their own within it.
fn written(folder: &Path, times: usize) {
    let campaign = Campaign::of(times);
    into_folder(&campaign, &campaign.files(), folder);
}

/// The same; answers the folder of the files.
fn into_folder(campaign: &Campaign, sent: &[(String, Vec<u8>)], folder: &Path) -> PathBuf {
    let files = folder.join("files");
    std::fs::create_dir_all(&files).unwrap();
    std::fs::write(folder.join("piano.toml"), &campaign.plan_text).unwrap();
    for (name, bytes) in sent {
        std::fs::write(files.join(name), bytes).unwrap();
    }
    files
}
