//! The pages of the checks, played: each page's example gives its finding word for word, and its mended
//! entries give none.

mod refused;
mod rows;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::bench::{Bench, words};
use crate::support::plan_page;
use schede::check::ALL;
use schede::impact::{Ground, sort_by_effect};
use schede::model::{Finding, Rule, Severity};
use schede::trial::{Line, Page, read_page};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checks")
}

/// The names of the pages: files that begin with a code.
fn pages() -> BTreeSet<String> {
    let names =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with(".md") && name.as_bytes()[1].is_ascii_digit()).collect()
}

#[test]
fn every_check_has_its_page_and_every_page_its_check() {
    let checks: BTreeSet<String> = ALL.iter().map(|check| check.page_name.to_owned()).collect();
    assert_eq!(pages(), checks);
}

/// What the example gives that the page does not say, or the other way round.
fn play(bench: &mut Bench, page: &Page, rule: &Rule) -> Option<String> {
    let title = format!("{} · {}", rule.code, rule.name);
    if page.title != title {
        return Some(format!("{}: il titolo deve essere «{title}»", page.name));
    }
    let mut echoes = Vec::new();
    let mut given = |bench: &mut Bench, lines: &[Line]| -> Vec<String> {
        if let Some(said) = plan_page::said(lines, page.month) {
            let (own, others): (Vec<_>, Vec<_>) = said.into_iter().partition(|(code, _)| *code == rule.code);
            echoes.extend(others.iter().map(|(_, other)| format!("{}: anche {other}", page.name)));
            return own.into_iter().map(|(_, words)| words).collect();
        }
        let checked = bench.play(page, lines, page.whole).judged.checked;
        for (code, tally) in &checked.tallies {
            let found = checked
                .findings
                .iter()
                .filter(|finding| finding.rule.code == *code && finding.is_open())
                .count();
            assert_eq!(tally.failed, found, "{}: i conti di {code}", page.name);
        }
        let (own, others): (Vec<&Finding>, Vec<&Finding>) =
            checked.findings.iter().partition(|finding| finding.rule == rule);
        for other in others.iter().filter(|other| other.severity >= Severity::DaMotivare) {
            let cells: BTreeSet<_> = other.named().collect();
            if own.iter().any(|finding| finding.named().any(|cell| cells.contains(&cell))) {
                echoes.push(format!("{}: una causa, due rilievi: {}", page.name, words(other)));
            }
        }
        own.into_iter().map(words).collect()
    };
    let example = given(bench, &page.example);
    if example != page.expected || example.is_empty() {
        return Some(format!("{}\n  atteso:  {:#?}\n  trovato: {example:#?}", page.name, page.expected));
    }
    let mended = given(bench, &page.mended);
    if let Some(echo) = echoes.pop() {
        return Some(echo);
    }
    (!mended.is_empty()).then(|| format!("{}: «Corretto» dà ancora {mended:#?}", page.name))
}

#[test]
fn every_page_is_true() {
    let mut bench = Bench::new();
    let mut wrong = Vec::new();
    // Who writes a page plays that one alone: `SCHEDE_PAGINA=R03`.
    let only = std::env::var("SCHEDE_PAGINA").ok();
    for check in ALL.iter().filter(|check| only.as_deref().is_none_or(|only| only == check.rule.code)) {
        match read_page(check.page_name, check.page) {
            Ok(page) => wrong.extend(play(&mut bench, &page, check.rule)),
            Err(missing) => wrong.push(missing),
        }
    }
    assert!(wrong.is_empty(), "{} pagine:\n{}", wrong.len(), wrong.join("\n"));
}

/// Whether an example is numbers and days in their cells: no workbook made of it is unlike the others.
fn is_plain(example: &[Line]) -> bool {
    let is_number = |text: &str| text.chars().all(|sign| sign.is_ascii_digit() || ",.-/".contains(sign));
    let is_sent = |key: &str| !key.starts_with('@') || ["@invia", "@assente"].contains(&key);
    example.iter().all(|line| is_sent(line.get("chiave")) && is_number(line.get("valore")))
}

#[test]
fn whatever_the_offices_did_the_workbook_can_be_issued() {
    let mut bench = Bench::new();
    let rules: Vec<&'static Rule> = schede::check::rules().collect();
    let (mut proven, mut wrong) = (0, Vec::new());
    // A page that cannot be read is told by `every_page_is_true`.
    for page in ALL.iter().filter_map(|check| read_page(check.page_name, check.page).ok()) {
        if is_plain(&page.example) || plan_page::said(&page.example, page.month).is_some() {
            continue;
        }
        let mut work = bench.play(&page, &page.example, true);
        let consolidation = &work.judged.consolidation;
        let months = schede::aggregate::month_by_month(&work.plan, &work.judged.admitted, consolidation);
        let ground = Ground {
            plan: &work.plan,
            admitted: &work.judged.admitted,
            month: consolidation.month,
            consolidation,
        };
        let effects = sort_by_effect(ground, &mut work.judged.checked.findings);
        let run = schede::certify::Run {
            plan: &work.plan,
            consolidation,
            months: &months,
            checked: &work.judged.checked,
            effects: &effects,
            rules: &rules,
            files: &work.files,
            submissions: &work.submissions,
            admitted: &work.judged.admitted,
            definitive: false,
            prints_all: false,
            past: None,
        };
        wrong
            .extend(schede::proof::issue(&run).err().map(|unissued| format!("{}: {unissued:#?}", page.name)));
        proven += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(proven > 70, "{proven}");
}

#[test]
fn a_fault_of_the_plan_is_told_once() {
    let month = schede::model::YearMonth::parse("2019-06").unwrap();
    let mut judged = 0;
    for check in ALL {
        let page = read_page(check.page_name, check.page).unwrap();
        let Some(fault) = page.fault else { continue };
        // A page whose example is about the offices' files is played by `prova-controlli`.
        let of_plan = page.example.iter().all(|line| line.get("chiave") == "@piano");
        let Some(said) = plan_page::said(&fault.lines, month).filter(|_| of_plan) else { continue };
        assert!(said.len() == 1 && said[0].0 == check.rule.code, "{}: {said:#?}", check.page_name);
        judged += 1;
    }
    assert!(judged >= 26, "{judged} pages have a fault of the plan");
}

/// The texts of all the sources under these folders.
fn sources(folders: &[&str]) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<_> = folders.iter().map(|folder| root.join(folder)).collect();
    let mut texts = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { folders.push(path) } else { texts.push(fs::read_to_string(path).unwrap()) }
        }
    }
    texts
}

#[test]
fn every_code_that_the_plan_can_say_or_that_a_check_leans_on_is_a_check() {
    let said = |text: &str| -> Vec<String> {
        let codes = text.split('"').filter(|word| word.len() == 3 && word.starts_with(['P', 'D', 'Y']));
        codes.filter(|word| word[1..].bytes().all(|b| b.is_ascii_digit())).map(str::to_owned).collect()
    };
    let leant_on = |text: &str| -> Vec<String> {
        text.split("depends_on(\"").skip(1).map(|rest| rest.chars().take(3).collect()).collect()
    };
    let of_plan: BTreeSet<String> =
        sources(&["src/plan", "src/formula"]).iter().flat_map(|text| said(text)).collect();
    let of_checks: BTreeSet<String> =
        sources(&["src/check"]).iter().flat_map(|text| leant_on(text)).collect();
    assert!(of_plan.len() >= 24 && of_checks.len() >= 8, "{of_plan:?}, {of_checks:?}");
    for code in of_plan.union(&of_checks) {
        assert!(schede::check::check(code).is_some(), "{code} has no page");
    }
}

/// The voci that a page's example takes out of the results, with the codes that do it.
fn spoiled(code: &str) -> Vec<(String, Vec<&'static str>)> {
    let check = schede::check::check(code).unwrap();
    let page = read_page(check.page_name, check.page).unwrap();
    let (_, admitted) = Bench::new().check(&page.example, page.month, page.whole);
    let listed = admitted.spoiled.iter();
    listed
        .map(|(voce, kept_out)| (voce.as_str().to_owned(), kept_out.codes.iter().copied().collect()))
        .collect()
}

fn one(voce: &str, code: &'static str) -> (String, Vec<&'static str>) {
    (voce.to_owned(), vec![code])
}

#[test]
fn what_the_workbook_lost_does_not_count_as_blank() {
    // The month lost by S07.schede_crm comes after the reporting month: it cannot touch the result.
    assert_eq!(spoiled("T06"), [one("S03.supermercati", "T06")]);
    assert_eq!(spoiled("T07"), [one("S03.supermercati", "T07")]);
    let sheet = ["orafi_iscritti", "orafi_ispezionati", "prodotti", "supermercati"];
    assert_eq!(spoiled("T01"), sheet.map(|voce| one(&format!("S03.{voce}"), "T01")));
    assert_eq!(spoiled("T13"), [one("S03.prodotti", "T13"), one("S03.supermercati", "T13")]);
}

/// The codes found and the voci taken out of the results by these lines, in March.
fn after(rows: &str) -> (Vec<&'static str>, Vec<(String, Vec<&'static str>)>) {
    let text = format!(
        "# M06 · x\n\n## Perché\n\nx\n\n## Esempio\n\n| ufficio | chiave | mese | valore |\n|---|---|---|---|\n{rows}\n\
         ## Rilievo atteso\n\n## Corretto\n"
    );
    let page = read_page("prova.md", &text).unwrap();
    let (checked, admitted) = Bench::new().check(&page.example, page.month, page.whole);
    let codes = checked.findings.iter().map(|finding| finding.rule.code);
    let spoiled = admitted.spoiled.iter();
    (
        codes.filter(|code| ["M06", "T06"].contains(code)).collect(),
        spoiled
            .map(|(voce, kept_out)| (voce.as_str().to_owned(), kept_out.codes.iter().copied().collect()))
            .collect(),
    )
}

#[test]
fn a_month_written_over_with_a_later_one_takes_its_values_out() {
    // The doubled month is still to come; the values lost are those of March, which is due.
    let header = "| metrico | @scrivi Scheda 3!G3 |  | Dic |\n| metrico | S03.supermercati | 1 | 2 |\n";
    let (codes, spoiled) = after(header);
    assert_eq!(codes, ["M06"], "one cause, one finding");
    let voci = ["orafi_ispezionati", "prodotti", "supermercati"];
    assert_eq!(spoiled, voci.map(|voce| one(&format!("S03.{voce}"), "M06")));
    // A month gone and another one doubled elsewhere are two causes.
    let both =
        "| metrico | @togli-mese Scheda 3 |  | marzo |\n| metrico | @copia-mese Scheda 3 |  | dicembre |\n";
    let (codes, spoiled) = after(both);
    assert!(codes.contains(&"M06") && codes.contains(&"T06"), "{codes:?}");
    assert_eq!(spoiled, voci.map(|voce| one(&format!("S03.{voce}"), "T06")));
}

#[test]
fn what_was_only_moved_or_shown_wrong_counts() {
    for code in ["T02", "T05", "T10", "C02", "C04", "C09", "C15", "F04", "F09"] {
        assert_eq!(spoiled(code), [], "{code}");
    }
}

#[test]
fn a_colleagues_file_stays_out_whole() {
    let metrico = spoiled("F08");
    assert!(metrico.contains(&one("S03.supermercati", "F08")), "{metrico:?}");
    assert!(metrico.iter().all(|(_, codes)| codes == &["F08"]), "{metrico:?}");
}

#[test]
fn a_check_without_a_subject_is_listed_too() {
    let month = schede::model::YearMonth::parse("2019-03").unwrap();
    let (checked, _) = Bench::new().check(&[], month, false);
    assert_eq!(checked.tallies.len(), schede::check::rules_after(false).count());
}

#[test]
fn two_folders_may_hold_a_file_of_the_same_name() {
    let text = "# F09 · x\n\n## Perché\n\nx\n\n## Esempio\n\n| ufficio | chiave | valore |\n|---|---|---|\n\
                | metrico | @altro | schede-2019-metrico.xlsx |\n\n## Rilievo atteso\n\n## Corretto\n";
    let page = read_page("prova.md", text).unwrap();
    let (checked, admitted) = Bench::new().check(&page.example, page.month, true);
    let rivals = checked.findings.iter().filter(|finding| finding.rule.code == "F09").count();
    assert_eq!((rivals, admitted.entries.is_empty()), (1, true));
}
