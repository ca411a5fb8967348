//! LibreOffice as a second pair of hands: saves, recalculates and prints what it is given.
//!
//! Each `LibreOffice` has a profile of its own, thrown away at the end: two never share one.

use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// When set, a machine without LibreOffice fails these tests instead of leaving them out.
const REQUIRED: &str = "SCHEDE_ESIGE_LIBREOFFICE";

/// Dots in an inch of a picture.
const DOTS: u32 = 80;

/// What LibreOffice does with the results of formulas that it finds in a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Results {
    /// Calculates everything again.
    Recalculated,
    /// Believes them, as it does on a clerk's desk.
    Believed,
}

/// A LibreOffice with its own profile.
pub(crate) struct LibreOffice {
    folder: TempDir,
}

impl LibreOffice {
    /// A fresh one; `None`, said aloud, when the machine lacks one of the `programs` and none is required.
    pub(crate) fn with(results: Results, programs: &[&str]) -> Option<Self> {
        if let Some(missing) = programs.iter().find(|program| !present(program)) {
            assert!(env::var_os(REQUIRED).is_none(), "{missing} is missing, and {REQUIRED} is set");
            // Not eprintln: the test passes, and what passing tests print is not shown.
            let said = format!("NOT TESTED WITH LIBREOFFICE: {missing} is not in the PATH\n");
            std::io::stderr().write_all(said.as_bytes()).unwrap();
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let user = folder.path().join("profile/user");
        fs::create_dir_all(&user).unwrap();
        if results == Results::Recalculated {
            fs::write(user.join("registrymodifications.xcu"), RECALCULATE).unwrap();
        }
        Some(Self { folder })
    }

    /// One that believes results and writes numbers as in Italy.
    pub(crate) fn in_italian(programs: &[&str]) -> Option<Self> {
        let office = Self::with(Results::Believed, programs)?;
        let user = office.folder("profile/user");
        fs::write(user.join("registrymodifications.xcu"), ITALIAN).unwrap();
        Some(office)
    }

    /// Draws the first page of a file that has a line as wanted, from the top down to `height` hundredths.
    pub(crate) fn draw(&self, file: &Path, wanted: &dyn Fn(&str) -> bool, height: u32, to: &Path) {
        let printed = self.convert("pdf:calc_pdf_Export", "pdf", &[file.to_path_buf()]);
        let pages = pages(&printed[0]);
        let page = pages.iter().position(|page| page.lines().any(wanted)).expect("no such page") + 1;
        let page = page.to_string();
        let size =
            Command::new("pdfinfo").args(["-f", &page, "-l", &page]).arg(&printed[0]).output().unwrap();
        let size = String::from_utf8(size.stdout).unwrap();
        let points: Vec<f64> = size
            .lines()
            .find(|line| line.contains(" size:"))
            .unwrap()
            .split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect();
        // Of the page line: its number, width, height.
        let pixels = |points: f64| (points * f64::from(DOTS) / 72.0).round();
        let cut = (pixels(points[2]) * f64::from(height) / 100.0).round().to_string();
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        let drawn = Command::new("pdftoppm")
            .args(["-f", &page, "-l", &page, "-r", &DOTS.to_string(), "-png", "-singlefile"])
            .args(["-x", "0", "-y", "0", "-W", &pixels(points[1]).to_string(), "-H", &cut])
            .arg(&printed[0])
            .arg(to.with_extension(""))
            .output()
            .unwrap();
        assert!(drawn.status.success(), "{}", String::from_utf8_lossy(&drawn.stderr));
    }

    /// A folder for this one's files, emptied with it.
    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        let folder = self.folder.path().join(name);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    /// Saves each file again as xlsx; the new files in the same order.
    pub(crate) fn save_again(&self, files: &[PathBuf]) -> Vec<PathBuf> {
        self.convert("xlsx:Calc MS Excel 2007 XML", "xlsx", files)
    }

    /// Saves each file as OpenDocument; the new files in the same order.
    pub(crate) fn save_as_ods(&self, files: &[PathBuf]) -> Vec<PathBuf> {
        self.convert("ods", "ods", files)
    }

    /// Prints each file as PDF; the texts of the pages of each.
    pub(crate) fn print(&self, files: &[PathBuf]) -> Vec<Vec<String>> {
        self.convert("pdf:calc_pdf_Export", "pdf", files).iter().map(|file| pages(file)).collect()
    }

    fn convert(&self, filter: &str, extension: &str, files: &[PathBuf]) -> Vec<PathBuf> {
        let out = self.folder("out");
        let profile = self.folder.path().join("profile");
        let output = Command::new("soffice")
            .arg(format!("-env:UserInstallation=file://{}", profile.display()))
            .args(["--headless", "--norestore", "--convert-to", filter, "--outdir"])
            .arg(&out)
            .args(files)
            .output()
            .unwrap();
        let converted: Vec<PathBuf> =
            files.iter().map(|file| out.join(file.file_name().unwrap()).with_extension(extension)).collect();
        let lost: Vec<_> = converted.iter().filter(|file| !file.exists()).collect();
        // It says that all is well also when a file could not be converted.
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && lost.is_empty(), "{lost:?} not written: {said}");
        converted
    }
}

fn present(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// The text of each page of a PDF.
fn pages(file: &Path) -> Vec<String> {
    let output =
        Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(file).arg("-").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.strip_suffix('\u{c}').unwrap_or(&text).split('\u{c}').map(str::to_owned).collect()
}

/// The setting "Recalculation on file load: always".
const RECALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

/// The setting "Locale: Italian".
const ITALIAN: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>it-IT</value></prop></item>
</oor:items>
"#;
