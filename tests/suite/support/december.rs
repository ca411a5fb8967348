//! The December of the samples, all the way: for whoever looks at the workbook, or measures the time.

use std::fs;
use std::path::{Path, PathBuf};

use schede::model::Month;
use schede::pipeline::{Job, run};
use schede::plan::Plan;
use schede::write::templates;

/// The files of the 26 offices, in order of name.
pub(crate) fn paths() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2019-12");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Reads, checks and judges.
pub(crate) fn job(plan: &Plan, paths: &[PathBuf]) -> Job {
    run(plan, paths, Month::new(12), &templates(plan), &mut |_| ()).unwrap()
}
