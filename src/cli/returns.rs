//! `consolida --ritorni`: what goes back to the offices, in a folder: workbooks, letters, receipts,
//! reminders.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::folder::{Folder, Kept};
use super::speech::Stop;
use super::terminal;
use crate::certify::Run;
use crate::check;
use crate::model::{Rule, count};
use crate::pipeline::Job;
use crate::plan::Plan;
use crate::reply::{Receipt, Reply, Standing, letter, reminders, replies};
use crate::write::{office_file_name, return_workbook};

/// The option that names the folder.
const OPTION: &str = "--ritorni";
/// How the names of what is written begin.
const OURS: [&str; 4] = ["schede-", "lettera-", "ricevuta-", "solleciti"];

/// All that goes in the folder.
pub(super) struct Returns {
    place: PathBuf,
    folder: Folder,
    /// How many offices have something to mend, are in order, are missing.
    offices: [usize; 3],
}

/// Prepares everything, so that nothing is written when something cannot be.
pub(super) fn prepare(plan: &Plan, job: &Job, place: &Path, over: bool) -> Result<Returns, Stop> {
    let kept = Kept { place, option: OPTION, ours: is_ours, over };
    kept.stands()?;
    let rules: Vec<&'static Rule> = check::rules_after(job.previous.is_some()).collect();
    let run = Run::of_job(plan, job, &rules, false);
    let replies = replies(&run);
    let mut files = BTreeMap::new();
    // Of an office that is no more nobody reads a letter.
    for reply in replies.iter().filter(|reply| reply.standing() != Standing::Over) {
        files.extend(of_office(&run, reply)?);
    }
    files.insert("solleciti.txt".to_owned(), text(&reminders(&replies)));
    let of = |standing| replies.iter().filter(|reply| reply.standing() == standing).count();
    let offices = [Standing::ToMend, Standing::InOrder, Standing::Missing].map(of);
    Ok(Returns { place: place.to_owned(), folder: kept.holding(files)?, offices })
}

fn is_ours(name: &str) -> bool {
    OURS.iter().any(|start| name.starts_with(start))
}

/// The files of an office.
fn of_office(run: &Run<'_>, reply: &Reply<'_>) -> Result<Vec<(String, Vec<u8>)>, Stop> {
    let mut files = vec![(format!("lettera-{}.txt", reply.office), text(&letter(reply)))];
    match reply.standing() {
        Standing::ToMend | Standing::Waiting => files.push(workbook(run, reply)?),
        Standing::InOrder => {
            let receipt = Receipt::of(run, reply.office);
            let receipt = receipt.map(|receipt| text(&receipt.text(&run.plan.ente, reply.name)));
            files.extend(receipt.map(|bytes| (format!("ricevuta-{}.txt", reply.office), bytes)));
            if !reply.restored.is_empty() {
                files.push(workbook(run, reply)?);
            }
        }
        Standing::Missing if reply.unreadable => files.push(workbook(run, reply)?),
        Standing::Missing | Standing::Over => {}
    }
    Ok(files)
}

/// The workbook of an office, made afresh.
fn workbook(run: &Run<'_>, reply: &Reply<'_>) -> Result<(String, Vec<u8>), Stop> {
    let bytes = return_workbook(run.plan, reply);
    let bytes = bytes.map_err(|error| Stop::failed(format!("{}: {error}", reply.name)))?;
    Ok((office_file_name(run.plan, reply.office), bytes))
}

/// A text as Windows wants it.
fn text(lines: &str) -> Vec<u8> {
    format!("{lines}\n").replace('\n', "\r\n").into_bytes()
}

impl Returns {
    /// Where its files will be, each with its option.
    pub(super) fn targets(&self) -> impl Iterator<Item = (PathBuf, &'static str)> {
        self.folder.targets()
    }

    /// Writes everything, and says what.
    pub(super) fn write(&self) -> Result<String, Stop> {
        self.folder.write()?;
        let [mend, order, missing] = self.offices;
        Ok(format!(
            "Ritorni scritti in {}: {}, {}, {}. Chi sollecitare: solleciti.txt.",
            terminal::path(&self.place),
            count(mend, "cartella da sistemare", "cartelle da sistemare"),
            count(order, "ricevuta", "ricevute"),
            count(missing, "sollecito", "solleciti")
        ))
    }
}
