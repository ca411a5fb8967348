//! `consolida --ritorni`: what goes back to the offices, in a folder: workbooks, letters, receipts,
//! reminders.
//!
//! A list of the hashes of what was written stands beside it: so a later run knows its own files, replaces
//! them and takes away those that are no longer due; it never touches one that anybody has changed, or that
//! was there before.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::speech::Stop;
use super::{output, terminal};
use crate::certify::Run;
use crate::check;
use crate::model::{Rule, count, sha256};
use crate::pipeline::Job;
use crate::plan::Plan;
use crate::reply::{Receipt, Reply, Standing, letter, reminders, replies};
use crate::write::{office_file_name, return_workbook};

/// The name of the list of hashes, as `sha256sum -c` reads it.
pub(super) const LIST: &str = "impronte.sha256";
/// The option that names the folder.
const OPTION: &str = "--ritorni";
/// How the names of what is written begin.
const OURS: [&str; 4] = ["schede-", "lettera-", "ricevuta-", "solleciti"];

/// All that goes in the folder.
pub(super) struct Returns {
    folder: PathBuf,
    files: BTreeMap<String, Vec<u8>>,
    /// Files of an earlier run that are not due any more.
    over: Vec<PathBuf>,
    /// How many offices have something to mend, are in order, are missing.
    offices: [usize; 3],
}

/// Prepares everything, so that nothing is written when something cannot be.
pub(super) fn prepare(
    plan: &Plan,
    job: &Job,
    folder: &Path,
    inputs: &[PathBuf],
    over: bool,
) -> Result<Returns, Stop> {
    if folder.exists() && !folder.is_dir() {
        let name = terminal::path(folder);
        return Err(Stop::usage(format!("«{name}» non è una cartella: dai a {OPTION} una cartella.")));
    }
    output::named(folder, OPTION).map_err(Stop::usage)?;
    let rules: Vec<&'static Rule> = check::rules_after(job.previous.is_some()).collect();
    let run = Run::of_job(plan, job, &rules, false);
    let replies = replies(&run);
    let mut files = BTreeMap::new();
    for reply in &replies {
        files.extend(of_office(&run, reply)?);
    }
    files.insert("solleciti.txt".to_owned(), text(&reminders(&replies)));
    let list: String = files.iter().map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes))).collect();
    files.insert(LIST.to_owned(), list.into_bytes());
    let targets: Vec<PathBuf> = files.keys().map(|name| folder.join(name)).collect();
    output::spare(inputs, None, targets.iter().map(|path| (path.as_path(), OPTION))).map_err(Stop::usage)?;
    let written = written_before(folder);
    if !over {
        refuse_others(folder, &files, &written)?;
    }
    let of = |standing| replies.iter().filter(|reply| reply.standing() == standing).count();
    let offices = [Standing::ToMend, Standing::InOrder, Standing::Missing].map(of);
    let stale =
        written.iter().filter(|(name, hash)| !files.contains_key(*name) && is_as_left(folder, name, hash));
    let over = stale.map(|(name, _)| folder.join(name)).collect();
    Ok(Returns { folder: folder.to_owned(), files, over, offices })
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
        Standing::Missing => {}
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

/// What an earlier run says that it has written: names with their hashes.
fn written_before(folder: &Path) -> BTreeMap<String, String> {
    let list = std::fs::read_to_string(folder.join(LIST)).unwrap_or_default();
    let lines = list.lines().filter_map(|line| line.split_once("  "));
    let plain = |name: &str| OURS.iter().any(|start| name.starts_with(start)) && !name.contains(['/', '\\']);
    lines.filter(|(_, name)| plain(name)).map(|(hash, name)| (name.to_owned(), hash.to_owned())).collect()
}

/// Whether a file is still as an earlier run left it.
fn is_as_left(folder: &Path, name: &str, hash: &str) -> bool {
    std::fs::read(folder.join(name)).is_ok_and(|bytes| sha256(bytes) == hash)
}

/// A file that is not of an earlier run, or that somebody has changed since, is never replaced unasked.
fn refuse_others(
    folder: &Path,
    files: &BTreeMap<String, Vec<u8>>,
    written: &BTreeMap<String, String>,
) -> Result<(), Stop> {
    let is_other = |(name, bytes): &(&String, &Vec<u8>)| {
        let path = folder.join(name);
        if !path.exists() || std::fs::read(&path).is_ok_and(|there| there == **bytes) {
            return false;
        }
        let own = |hash: &String| is_as_left(folder, name, hash);
        let list = name.as_str() == LIST && !written.is_empty();
        !list && !written.get(*name).is_some_and(own)
    };
    let others: Vec<String> = files
        .iter()
        .filter(is_other)
        .map(|(name, _)| format!("  {}", terminal::path(&folder.join(name))))
        .collect();
    if others.is_empty() {
        return Ok(());
    }
    Err(Stop::failed(format!(
        "In «{}» ci sono già file che non sono di questo lavoro, o che qualcuno ha cambiato; non ho scritto nulla:\n{}\n\
         Scegli un'altra cartella con {OPTION}, oppure aggiungi --sovrascrivi per perderli.",
        terminal::path(folder),
        others.join("\n")
    )))
}

impl Returns {
    /// Writes everything; says it in a line.
    pub(super) fn write(&self) -> Result<String, Stop> {
        let name = terminal::path(&self.folder);
        output::make(&self.folder).map_err(Stop::failed)?;
        for (file, bytes) in &self.files {
            output::write(&self.folder.join(file), bytes, OPTION).map_err(Stop::failed)?;
        }
        for path in &self.over {
            std::fs::remove_file(path).map_err(|error| {
                let path = terminal::path(path);
                Stop::failed(format!(
                    "Non riesco a togliere «{path}», che non serve più: {}.",
                    output::why(&error)
                ))
            })?;
        }
        let [mend, order, missing] = self.offices;
        Ok(format!(
            "Ritorni scritti in {name}: {}, {}, {}. Chi sollecitare: solleciti.txt.",
            count(mend, "cartella da sistemare", "cartelle da sistemare"),
            count(order, "ricevuta", "ricevute"),
            count(missing, "sollecito", "solleciti")
        ))
    }
}
