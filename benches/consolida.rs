//! How long the monthly job takes on the samples of December, part by part: `cargo bench`.
//!
//! Each part is done once to warm up, then several times; the median is what is shown. The whole job is what
//! `schede consolida` does, from the files to the proven bytes.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "a benchmark looks at the clock, stops at the first surprise, divides times and prints them"
)]

#[path = "../tests/suite/support/december.rs"]
mod december;

use std::hint::black_box;
use std::time::{Duration, Instant};

use schede::certify::Run;
use schede::interpret::receive;
use schede::model::{Month, Rule};
use schede::pipeline::run_on;
use schede::plan::{DEFAULT_PLAN, read_plan};
use schede::proof::issue;
use schede::read::read_file;
use schede::report::report;
use schede::write::{consolidated_workbook, templates};

/// Times that each part is measured, when nothing else is asked.
const TIMES: usize = 15;

/// The median time of some runs of `part`.
fn median<T>(times: usize, mut part: impl FnMut() -> T) -> Duration {
    black_box(part());
    let mut taken: Vec<Duration> = (0..times)
        .map(|_| {
            let start = Instant::now();
            black_box(part());
            start.elapsed()
        })
        .collect();
    taken.sort();
    taken[times / 2]
}

/// How many times: the number after `--`, or the usual one.
fn times() -> usize {
    std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(TIMES).max(1)
}

fn main() {
    let times = times();
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let paths = december::paths();
    let rules: Vec<&'static Rule> = schede::check::rules().collect();

    let read = || receive(&plan, paths.iter().map(|path| read_file(path)).collect(), &templates(&plan));
    let received = read();
    let judge = |received| run_on(&plan, received, Month::new(12), &mut |_| ()).unwrap();
    let job = judge(received.clone());
    let run = Run::of_job(&plan, &job, &rules, false);
    let told = report(&run);
    let bytes = consolidated_workbook(&told).unwrap();

    let reading = median(times, read);
    let copying = median(times, || received.clone());
    let judging = median(times, || judge(received.clone())).saturating_sub(copying);
    let telling = median(times, || report(&run));
    let writing = median(times, || consolidated_workbook(&told).unwrap());
    let proving = median(times, || issue(&run).unwrap()).saturating_sub(telling + writing);
    let whole = median(times, || {
        let job = december::job(&plan, &paths);
        issue(&Run::of_job(&plan, &job, &rules, false)).unwrap().bytes.len()
    });

    println!("samples/2019-12: {} files, {} bytes written, median of {times}", paths.len(), bytes.len());
    for (part, taken) in [
        ("reading and recognising", reading),
        ("checking and judging", judging),
        ("deciding the sheets", telling),
        ("writing the workbook", writing),
        ("proving it, beyond that", proving),
        ("the whole job", whole),
    ] {
        println!("{part:<26}{:>9.1} ms", taken.as_secs_f64() * 1000.0);
    }
    let share = (telling + writing).as_secs_f64() / whole.as_secs_f64();
    println!("sheets and writing are {:.0} % of the whole job", share * 100.0);
}
