//! A plan that changes in the year: a target revised in July, a voce that passes from an office to another,
//! an office merged in September. Small plans, so that every expected value is counted by hand.

use std::collections::BTreeMap;

use schede::certify::Run;
use schede::check::rules_after;
use schede::interpret::{arrive, settle};
use schede::model::{IndicatorCode, Month, OfficeId, Rule, Status};
use schede::pipeline::{Job, run_on};
use schede::plan::{Plan, PlanProblem, read_plan};
use schede::proof::{Issue, issue};
use schede::read::read_bytes;
use schede::report::to_json;
use schede::write::{Fill, FillKey, FillValue, office_file_name, office_workbook, templates};

const PLAN: &str = r#"
formato = 1
ente = "CCIAA di Prova"
anno = 2019
titolo = "Schede di prova 2019"
versione = "1"

[punteggio]
metodo = "proporzionale"

[[uffici]]
id = "nord"
nome = "Ufficio Nord"

[[uffici]]
id = "sud"
nome = "Ufficio Sud"

[[schede]]
numero = 1
titolo = "Pratiche"
prospettiva = "Imprese"
obiettivo_strategico = "A. Pratiche più rapide"

[[schede.azioni]]
testo = "Evadere le pratiche"

[[schede.azioni.indicatori]]
codice = "1.1"
testo = "Pratiche evase"
target = ">= 120"
uffici = ["nord"]
formula = "pratiche"
voci = [{ chiave = "pratiche", etichetta = "Pratiche evase", tipo = "conteggio", tempo = "mensile" }]

[[schede.azioni.indicatori]]
codice = "1.2"
testo = "Reclami chiusi sul totale"
target = ">= 80%"
uffici = ["sud"]
formula = "chiusi / reclami"
voci = [
  { chiave = "chiusi", etichetta = "Reclami chiusi", tipo = "conteggio", tempo = "mensile", parte_di = "reclami" },
  { chiave = "reclami", etichetta = "Reclami", tipo = "conteggio", tempo = "mensile" },
]
"#;

const REVISED: &str = r#"
[[revisioni]]
cosa = "1.1.target"
prima = ">= 120"
dopo = ">= 60"
atto = "Giunta n. 5"
data = "3/7/2019"
da = "2019-07"
"#;

fn month(number: u32) -> Month {
    Month::new(number).unwrap()
}

/// The plan with some texts in the place of others.
fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(PLAN.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replacen(from, to, 1)
    })
}

fn plan(text: &str) -> Plan {
    read_plan(text).unwrap_or_else(|problems| {
        let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{}", all.join("\n"))
    })
}

/// The plan of which the target is revised from July on.
fn revised() -> Plan {
    plan(&format!("{}{REVISED}", edited(&[("\">= 120\"", "\">= 60\"")])))
}

/// What each office types in each month, by voce.
type Typed<'t> = [(&'t str, &'t str, &'t [(u32, i32)])];

fn fills(typed: &Typed<'_>) -> BTreeMap<OfficeId, Fill> {
    let mut fills: BTreeMap<OfficeId, Fill> = BTreeMap::new();
    for (office, voce, values) in typed {
        let fill = fills.entry(OfficeId::new(*office)).or_default();
        for (number, value) in *values {
            fill.set(FillKey::monthly(*voce, month(*number)), FillValue::Number((*value).into()));
        }
    }
    fills
}

fn job(plan: &Plan, typed: &Typed<'_>, number: u32) -> Job {
    let fills = fills(typed);
    let arrivals = fills.iter().map(|(office, fill)| {
        let bytes = office_workbook(plan, office, fill).unwrap();
        arrive(plan, &read_bytes(&office_file_name(plan, office), bytes), &templates(plan))
    });
    run_on(plan, settle(plan, arrivals.collect()), Some(month(number)), &mut |_| ()).unwrap()
}

fn issued(plan: &Plan, job: &Job) -> Issue {
    let rules: Vec<&'static Rule> = rules_after(false).collect();
    issue(&Run::of_job(plan, job, &rules, false)).unwrap_or_else(|unissued| panic!("{unissued:#?}"))
}

/// Outcome and threshold of an indicator, as the JSON has them.
fn outcome(job: &Job, code: &str) -> (Status, String, Option<String>) {
    let result = job.consolidation.indicator(&IndicatorCode::new(code)).unwrap();
    let plain = |value: &Option<schede::model::Value>| value.as_ref().map(|value| value.to_machine());
    (result.status, plain(&result.value).unwrap_or_default(), plain(&result.threshold))
}

fn problems(text: &str) -> Vec<(&'static str, String)> {
    let all: Vec<PlanProblem> = read_plan(text).err().unwrap_or_default();
    all.into_iter().map(|one| (one.code, one.message)).collect()
}

/// Ten a month from January on.
const TEN: [(u32, i32); 12] = [
    (1, 10),
    (2, 10),
    (3, 10),
    (4, 10),
    (5, 10),
    (6, 10),
    (7, 10),
    (8, 10),
    (9, 10),
    (10, 10),
    (11, 10),
    (12, 10),
];

/// By June 60 of 120 are on pace; by July 70 of 60 are there already, of 120 they are on pace.
#[test]
fn a_target_revised_in_july_judges_july_and_leaves_june() {
    let (old, new) = (plan(PLAN), revised());
    let typed = |last: usize| [("nord", "S01.pratiche", &TEN[..last])];
    let threshold = |text: &str| Some(text.to_owned());
    for (number, of_old, of_new) in [
        (6, (Status::InLinea, "120"), (Status::InLinea, "120")),
        (7, (Status::InLinea, "120"), (Status::GiaRaggiunto, "60")),
    ] {
        let typed = typed(number as usize);
        let value = (number * 10).to_string();
        assert_eq!(
            outcome(&job(&old, &typed, number), "1.1"),
            (of_old.0, value.clone(), threshold(of_old.1))
        );
        assert_eq!(outcome(&job(&new, &typed, number), "1.1"), (of_new.0, value, threshold(of_new.1)));
    }
    // The months of July's issue: until June by the target of then.
    let july = job(&new, &typed(7), 7);
    let then: Vec<Option<String>> = july
        .months
        .iter()
        .map(|then| {
            then.indicator(&IndicatorCode::new("1.1")).unwrap().threshold.as_ref().map(|own| own.to_machine())
        })
        .collect();
    assert_eq!(then[..6], vec![threshold("120"); 6]);
    assert_eq!(then[6], threshold("60"));
}

/// June's issue with the plan of June and with the plan revised in July: the same bytes.
#[test]
fn the_issue_of_june_is_the_same_before_and_after_the_revision() {
    let (old, new) = (plan(PLAN), revised());
    let typed = [
        ("nord", "S01.pratiche", &TEN[..6]),
        ("sud", "S01.chiusi", &TEN[..6]),
        ("sud", "S01.reclami", &TEN[..6]),
    ];
    let rules: Vec<&'static Rule> = rules_after(false).collect();
    // The office's own workbook was made with the plan of June, and stays as it is.
    let sent = |plan: &Plan| {
        let fills = fills(&typed);
        let arrivals = fills.iter().map(|(office, fill)| {
            let bytes = office_workbook(&old, office, fill).unwrap();
            arrive(plan, &read_bytes(&office_file_name(plan, office), bytes), &templates(plan))
        });
        run_on(plan, settle(plan, arrivals.collect()), Some(month(6)), &mut |_| ()).unwrap()
    };
    let new = new.at(month(6));
    assert_eq!((&new.sha256, &new.sha256_whole), (&old.sha256, &old.sha256_whole));
    let (before, after) = (sent(&old), sent(&new));
    let (one, other) = (issued(&old, &before), issued(&new, &after));
    assert!(one.bytes == other.bytes, "June is what it was, byte for byte");
    let json = |plan: &Plan, job: &Job| to_json(&Run::of_job(plan, job, &rules, false));
    assert_eq!(json(&old, &before), json(&new, &after));
    let new = revised();
    let july = job(&new, &[("nord", "S01.pratiche", &TEN[..7])], 7);
    let july = issued(&new, &july);
    let says = |issue: &Issue, words: &str| {
        let cells = issue.read_back.sheets.iter().flat_map(|sheet| sheet.cells.values());
        cells.filter(|cell| format!("{:?}", cell.content).contains(words)).count()
    };
    assert!(says(&july, "Giunta n. 5") >= 2, "in Metodo and where the result is read");
    assert_eq!(says(&other, "Giunta n. 5"), 0);
}

#[test]
fn a_revision_that_cannot_be_is_told_with_all_its_mistakes() {
    let right = format!("{}{REVISED}", edited(&[("\">= 120\"", "\">= 60\"")]));
    assert_eq!(problems(&right), []);
    let wrong = |from: &str, to: &str| {
        assert_eq!(right.matches(from).count(), 1, "{from}");
        problems(&right.replacen(from, to, 1))
    };
    assert_eq!(
        wrong("da = \"2019-07\"", "da = \"2020-07\"")[0],
        ("P17", "«da» non indica un mese del 2019".to_owned())
    );
    assert_eq!(
        wrong("da = \"2019-07\"", "da = \"1/1/2019\"")[0].1,
        "Una revisione da gennaio non ha un prima"
    );
    assert_eq!(wrong("da = \"2019-07\"", "da = 2019-07-15"), []);
    assert_eq!(wrong("da = \"2019-07\"", "da = 7"), []);
    assert_eq!(
        wrong("dopo = \">= 60\"", "dopo = \">= 50\"")[0].1,
        "La revisione di «1.1.target» dice che da luglio è «>= 50», ma il piano ha «>= 60»"
    );
    assert_eq!(wrong("prima = \">= 120\"", "prima = \"molte\"").len(), 1);
    assert_eq!(wrong("cosa = \"1.1.target\"", "cosa = \"1.7.target\"")[0].0, "P03");
    assert_eq!(wrong("cosa = \"1.1.target\"", "cosa = \"1.1\"")[0].0, "P03");
    // Free words on what decides nothing.
    assert_eq!(wrong("cosa = \"1.1.target\"", "cosa = \"nord.nome\""), []);
    assert_eq!(wrong("cosa = \"1.1.target\"", "cosa = \"S01.pratiche.etichetta\""), []);
    // No act, no date, no month: three mistakes at once.
    let bare = right.replacen("atto = \"Giunta n. 5\"\ndata = \"3/7/2019\"\nda = \"2019-07\"\n", "", 1);
    assert_eq!(problems(&bare).len(), 3);
    let twice = format!("{right}{REVISED}");
    assert!(problems(&twice).iter().any(|one| one.0 == "P01"));
}

/// `prima` of the second is `dopo` of the first; each month by its own.
#[test]
fn a_target_revised_twice_is_three_targets() {
    let second = REVISED.replacen("\">= 120\"", "\">= 90\"", 1).replacen("2019-07\"", "2019-10\"", 1);
    let first = REVISED.replacen("\">= 60\"", "\">= 90\"", 1);
    let text = format!("{}{second}{first}", edited(&[("\">= 120\"", "\">= 60\"")]));
    let plan = plan(&text);
    let indicator = plan.indicator(&IndicatorCode::new("1.1")).unwrap();
    let printed = |number: u32| indicator.at(month(number)).target.printed.clone();
    assert_eq!([6, 7, 9, 10].map(printed), [">= 120", ">= 90", ">= 90", ">= 60"]);
    let broken = text.replacen("prima = \">= 90\"", "prima = \">= 80\"", 1);
    assert_eq!(
        problems(&broken)[0].1,
        "La revisione di «1.1.target» dice che da luglio è «>= 90», ma la revisione da ottobre dice che prima era «>= 80»"
    );
}

#[test]
fn a_plan_without_revisions_and_dates_is_what_it_was() {
    let bare = plan(PLAN);
    assert!(bare.revisions.is_empty() && bare.indicators().all(|indicator| indicator.earlier.is_empty()));
    // The offices' workbooks do not depend on the revisions, but on what is in force.
    let (revised, plain) = (revised(), plan(&edited(&[("\">= 120\"", "\">= 60\"")])));
    assert_eq!(revised.sha256, plain.sha256);
    assert_ne!(revised.sha256_whole, plain.sha256_whole);
}
