//! Writes the sample workbooks of June and December, and the blank ones of the year beside the plan:
//! `cargo run --release --example campioni [FOLDER]`.
//!
//! The entries are those of `anno-2019.csv`, with the mistakes of `errori-2019-MM.csv` in their place; a few
//! workbooks are then saved again by LibreOffice, as some offices do.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

mod cartelle;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cartelle::{ISSUES, Outcome, root, workbooks};
use schede::model::{Month, OfficeId};
use schede::plan::{DEFAULT_PLAN, Plan, read_plan};
use schede::write::office_file_name;

fn main() -> Outcome<()> {
    let target = std::env::args_os().nth(1).map_or_else(|| root().join("samples"), PathBuf::from);
    let plan = read_plan(DEFAULT_PLAN).map_err(|problems| format!("{problems:?}"))?;
    for (number, resaved) in ISSUES {
        let month = Month::new(number).ok_or("no such month")?;
        let folder = target.join(plan.month(month).to_string());
        fs::create_dir_all(&folder)?;
        let written = workbooks(&plan, month)?;
        for (office, bytes) in &written {
            fs::write(folder.join(office_file_name(&plan, office)), bytes)?;
        }
        println!("{}: {} workbooks", folder.display(), written.len());
        resave(&plan, &folder, &resaved)?;
    }
    let templates = root().join("templates");
    for (name, bytes) in cartelle::blank(&plan)? {
        fs::write(templates.join(name), bytes)?;
    }
    println!("{}: the blank workbooks", templates.display());
    Ok(())
}

/// Saves some workbooks again with LibreOffice, when this machine has it.
fn resave(plan: &Plan, folder: &Path, offices: &[&str]) -> Outcome<()> {
    let scratch = std::env::temp_dir().join(format!("schede-campioni-{}", std::process::id()));
    fs::create_dir_all(&scratch)?;
    let files: Vec<String> =
        offices.iter().map(|office| office_file_name(plan, &OfficeId::new(*office))).collect();
    let outcome = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", scratch.join("profile").display()))
        .args(["--headless", "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(&scratch)
        .args(files.iter().map(|file| folder.join(file)).filter(|path| path.exists()))
        .output();
    match outcome {
        Err(error) => println!("  LibreOffice not found ({error}): no workbook was saved again with it"),
        Ok(output) if !output.status.success() => {
            println!("  LibreOffice failed: no workbook was saved again")
        }
        Ok(_) => {
            for file in files.iter().filter(|file| scratch.join(file).exists()) {
                fs::copy(scratch.join(file), folder.join(file))?;
                println!("  {file}: saved again with LibreOffice");
            }
        }
    }
    fs::remove_dir_all(&scratch)?;
    Ok(())
}
