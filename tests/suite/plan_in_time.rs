//! A plan that changes in the year: a target revised in July, a voce that passes from an office to another,
//! an office merged in September. Small plans, so that every expected value is counted by hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use schede::admit::{Admission, AdmittedEntry};
use schede::certify::Run;
use schede::check::rules_after;
use schede::interpret::{arrive, settle};
use schede::memory::Memory;
use schede::model::{IndicatorCode, Month, OfficeId, Rule, Status};
use schede::pipeline::{Asked, Job, run_on};
use schede::plan::{Plan, PlanProblem, compare, read_plan};
use schede::proof::{Issue, issue};
use schede::read::read_bytes;
use schede::recall::recall;
use schede::reply::{Reply, Standing, reminders, replies};
use schede::report::to_json;
use schede::write::{Fill, FillKey, FillValue, history, office_file_name, office_workbook, templates};

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
    job_after(plan, typed, number, None)
}

/// The same after the month that is remembered.
fn job_after(plan: &Plan, typed: &Typed<'_>, number: u32, previous: Option<Arc<Memory>>) -> Job {
    let arrivals = fills(typed).into_iter().map(|(office, fill)| {
        let bytes = office_workbook(plan, &office, &fill).unwrap();
        arrive(plan, &read_bytes(&office_file_name(plan, &office), bytes), &templates(plan))
    });
    let asked = Asked { month: Some(month(number)), previous };
    run_on(plan, settle(plan, arrivals.collect()), asked, &mut |_| ()).unwrap()
}

fn issued(plan: &Plan, job: &Job) -> Issue {
    let rules: Vec<&'static Rule> = rules_after(false).collect();
    issue(&Run::of_job(plan, job, &rules, false)).unwrap_or_else(|unissued| panic!("{unissued:#?}"))
}

/// The same after the issue of a month before.
fn issued_after(plan: &Plan, job: &Job) -> Issue {
    let rules: Vec<&'static Rule> = rules_after(true).collect();
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
    // Who attests reads of it beside the act that approved the plan.
    let book = read_bytes("luglio.xlsx", issued(&new, &job(&new, &typed(7), 7)).bytes).content.unwrap();
    let texts =
        book.sheet("Attestazione OIV").unwrap().cells.values().map(|cell| format!("{:?}", cell.content));
    let revised = "Rivisto: 1.1.target da luglio, Giunta n. 5 (>= 120 → >= 60).";
    assert_eq!(texts.filter(|text| text.contains(revised)).count(), 1);
}

/// A guide that was not there before, a day by which an office ends: before them there was nothing.
#[test]
fn a_revision_may_begin_or_end_with_nothing() {
    let revision = |what: &str, before: &str, after: &str| {
        let rest = "atto = \"Giunta n. 5\"\ndata = \"3/7/2019\"\nda = \"2019-07\"\n";
        format!("{PLAN}\n[[revisioni]]\ncosa = \"{what}\"\nprima = \"{before}\"\ndopo = \"{after}\"\n{rest}")
    };
    let own = plan(&revision("nord.al", "", "2019-12"));
    assert_eq!((own.revisions[0].was(), own.revisions[0].is()), ("niente", "2019-12"));
    assert_eq!(compare(&plan(PLAN), &own).groups.last().unwrap().1.len(), 1);
    assert!(plan(&revision("nord.forme", "Nord", "")).revisions[0].after.is_empty());
    // A target, a name are always something; and nothing after nothing is no revision.
    for (what, before) in [("1.1.target", ""), ("nord.nome", "")] {
        let told = problems(&revision(what, before, "Ufficio Nord"));
        assert!(
            told.iter().any(|(_, message)| message.contains("«prima» non è scritto")),
            "{what}: {told:?}"
        );
    }
    let told = problems(&revision("nord.al", "", ""));
    assert!(
        told.iter().any(|(code, message)| *code == "P17" && message.contains("non cambia niente")),
        "{told:?}"
    );
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
        let book = issue.read_back().unwrap();
        let cells = book.sheets.iter().flat_map(|sheet| sheet.cells.values());
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
    // A word that the plan file has not: it would decide nothing, in silence.
    for unknown in ["1.1.Target", "1.1.soglia", "1.1.", "nord.target", "S01.pratiche.target"] {
        assert_eq!(wrong("cosa = \"1.1.target\"", &format!("cosa = \"{unknown}\""))[0].0, "P03", "{unknown}");
    }
    // Free words on lists; a text is what the plan says, also where it decides nothing.
    assert_eq!(wrong("cosa = \"1.1.target\"", "cosa = \"S01.pratiche.uffici\""), []);
    for (what, now) in [
        ("nord.nome", "Ufficio Nord"),
        ("1.1.testo", "Pratiche evase"),
        ("S01.pratiche.etichetta", "Pratiche evase"),
    ] {
        assert_eq!(
            wrong("cosa = \"1.1.target\"", &format!("cosa = \"{what}\"")),
            [(
                "P17",
                format!("La revisione di «{what}» dice che da luglio è «>= 60», ma il piano ha «{now}»")
            )]
        );
    }
    assert_eq!(
        wrong("data = \"3/7/2019\"", "data = \"3/7/2018\""),
        [("P17", "L'atto di una revisione del piano 2019 è del 3/7/2018".to_owned())]
    );
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

/// Until June the cases out of the office count, too: 6 × (10 + 2) = 72; from July they do not: 7 × 10 = 70.
#[test]
fn a_formula_revised_in_july_judges_july_and_leaves_june() {
    let voci = "voci = [{ chiave = \"pratiche\", etichetta = \"Pratiche evase\", tipo = \"conteggio\", tempo = \"mensile\" }";
    let more = format!(
        "{voci}, {{ chiave = \"fuori\", etichetta = \"Fuori sede\", tipo = \"conteggio\", tempo = \"mensile\", ruolo = \"informativa\" }}"
    );
    let revised = "[[revisioni]]\ncosa = \"1.1.formula\"\nprima = \"pratiche + fuori\"\ndopo = \"pratiche\"\n\
                   atto = \"Giunta n. 9\"\ndata = \"5/11/2019\"\nda = \"2019-07\"\n";
    let plan = plan(&format!("{}{revised}", edited(&[(voci, &more)])));
    let outside = months(1..=7, 2);
    let typed = [("nord", "S01.pratiche", &TEN[..7]), ("nord", "S01.fuori", &outside[..])];
    let july = job(&plan, &typed, 7);
    assert_eq!(outcome(&july, "1.1").1, "70");
    let june = july.months[5].indicator(&IndicatorCode::new("1.1")).unwrap();
    assert_eq!(june.value.as_ref().unwrap().to_machine(), "72");
    let issue = issued(&plan, &july);
    let book = issue.read_back().unwrap();
    let cells = book.sheets.iter().flat_map(|sheet| sheet.cells.values());
    let late = cells.filter(|cell| format!("{:?}", cell.content).contains("a mese già concluso")).count();
    assert!(late >= 2, "in Metodo and where the result is read");
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

/// Nord until June, Sud from July.
fn moved() -> Plan {
    let offices = "uffici = [{ id = \"nord\", al = \"2019-06\" }, { id = \"sud\", dal = \"1/7/2019\" }]";
    plan(&edited(&[("uffici = [\"nord\"]", offices)]))
}

/// The same value in each of some months.
fn months(range: std::ops::RangeInclusive<u32>, value: i32) -> Vec<(u32, i32)> {
    range.map(|number| (number, value)).collect()
}

/// Coverage of an indicator, expected and present.
fn coverage(job: &Job, code: &str) -> (u32, u32) {
    let own = job.consolidation.indicator(&IndicatorCode::new(code)).unwrap().coverage;
    (own.expected, own.present)
}

fn found(job: &Job, code: &str) -> Vec<String> {
    let own = job.checked.findings.iter().filter(|one| one.rule.code == code);
    own.map(|one| format!("{}: {}", one.office.as_ref().map_or("", |own| own.as_str()), one.found)).collect()
}

/// Nord gives 10 a month until June, Sud 20 from July: 60 in June, 60 + 3 × 20 = 120 in September.
#[test]
fn a_responsibility_that_passes_keeps_the_months_of_both_offices() {
    let plan = moved();
    let (nord, sud) = (months(1..=6, 10), months(7..=9, 20));
    let reclami = months(1..=9, 5);
    let typed = [
        ("nord", "S01.pratiche", &nord[..]),
        ("sud", "S01.pratiche", &sud[..]),
        ("sud", "S01.chiusi", &reclami[..]),
        ("sud", "S01.reclami", &reclami[..]),
    ];
    let june = job(&plan, &typed, 6);
    assert_eq!(outcome(&june, "1.1").1, "60");
    assert_eq!((coverage(&june, "1.1"), coverage(&june, "1.2")), ((6, 6), (12, 12)));
    let september = job(&plan, &typed, 9);
    assert_eq!(outcome(&september, "1.1"), (Status::GiaRaggiunto, "120".to_owned(), Some("120".to_owned())));
    assert_eq!(coverage(&september, "1.1"), (9, 9));
    let series: Vec<String> = september
        .months
        .iter()
        .map(|then| then.indicator(&IndicatorCode::new("1.1")).unwrap().value.as_ref().unwrap().to_machine())
        .collect();
    assert_eq!(series, ["10", "20", "30", "40", "50", "60", "80", "100", "120"]);
    let result = september.consolidation.indicator(&IndicatorCode::new("1.1")).unwrap();
    let own: Vec<(String, String)> = result
        .per_office
        .iter()
        .map(|own| (own.office.to_string(), own.value.as_ref().unwrap().to_machine()))
        .collect();
    assert_eq!(own, [("nord".to_owned(), "60".to_owned()), ("sud".to_owned(), "60".to_owned())]);
    assert_eq!(found(&september, "V01"), [] as [&str; 0], "nothing is missing before or after");
    assert_eq!(found(&september, "M05"), [] as [&str; 0]);
    issued(&plan, &june);
    issued(&plan, &september);
}

/// What is typed outside the months of the office does not count and is told, zeros apart.
#[test]
fn a_value_outside_the_months_of_its_office_is_told() {
    let plan = moved();
    let (nord, sud) = (months(1..=8, 10), [(3, 0), (5, 7), (7, 20), (8, 20)]);
    let typed = [("nord", "S01.pratiche", &nord[..]), ("sud", "S01.pratiche", &sud[..])];
    let august = job(&plan, &typed, 8);
    // 60 of Nord, 40 of Sud.
    assert_eq!(outcome(&august, "1.1").1, "100");
    assert_eq!(
        found(&august, "A11"),
        [
            "nord: 2 valori (fuori dai mesi dell'ufficio)".to_owned(),
            "sud: 1 valore (fuori dai mesi dell'ufficio)".to_owned(),
        ]
    );
    let told = august.checked.findings.iter().find(|one| one.rule.code == "A11").unwrap();
    assert_eq!(told.expected, "fino a giugno");
    assert!(told.message.contains("per il piano l'ufficio ne risponde fino a giugno"), "{}", told.message);
    issued(&plan, &august);
}

/// A blank month of the office that answers is missing; one of the other is not.
#[test]
fn what_is_missing_is_asked_of_who_answers() {
    let plan = moved();
    let (nord, sud) = (months(1..=5, 10), months(8..=8, 20));
    let typed = [("nord", "S01.pratiche", &nord[..]), ("sud", "S01.pratiche", &sud[..])];
    let august = job(&plan, &typed, 8);
    assert_eq!(coverage(&august, "1.1"), (8, 6));
    let missing: Vec<String> = august
        .checked
        .findings
        .iter()
        .filter(|one| {
            one.rule.code == "V01" && one.indicator.as_ref().is_some_and(|code| code.as_str() == "1.1")
        })
        .map(|one| format!("{}: {}", one.office.as_ref().unwrap(), one.cells.len()))
        .collect();
    assert_eq!(missing, ["nord: 1"], "June");
    // Sud skips its other two voci until July, and this one in July only.
    let skipped: Vec<(u32, usize)> = august
        .checked
        .findings
        .iter()
        .filter(|one| one.rule.code == "M05" && one.office.as_ref().is_some_and(|own| own.as_str() == "sud"))
        .map(|one| (one.month.unwrap().number(), one.cells.len()))
        .collect();
    assert!(skipped.contains(&(6, 2)) && skipped.contains(&(7, 3)), "{skipped:?}");
    // An office that only begins later is not awaited.
    let alone = plan_of_sud_from_july();
    let june = job(&alone, &[("nord", "S01.pratiche", &months(1..=6, 10))], 6);
    assert_eq!(found(&june, "K01"), [] as [&str; 0]);
    let july = job(&alone, &[("nord", "S01.pratiche", &months(1..=6, 10))], 7);
    assert_eq!(found(&july, "K01").len(), 1);
    issued(&alone, &june);
}

fn plan_of_sud_from_july() -> Plan {
    plan(&edited(&[("nome = \"Ufficio Sud\"", "nome = \"Ufficio Sud\"\ndal = 2019-07-01")]))
}

/// An indicator that begins in July: nothing to measure in June, and its months are six.
#[test]
fn an_indicator_that_begins_in_july_has_the_pace_of_six_months() {
    let plan = plan(&edited(&[("target = \">= 120\"", "target = \">= 120\"\ndal = \"2019-07\"")]));
    let nord = months(7..=9, 20);
    let typed = [("nord", "S01.pratiche", &nord[..])];
    let june = job(&plan, &typed, 6);
    assert_eq!(outcome(&june, "1.1").0, Status::NonAncoraMisurabile);
    assert_eq!(coverage(&june, "1.1"), (0, 0));
    issued(&plan, &june);
    // 60 in three of six months, of 120.
    let september = job(&plan, &typed, 9);
    let result = september.consolidation.indicator(&IndicatorCode::new("1.1")).unwrap();
    assert_eq!(result.pace.as_ref().unwrap().to_plain(), "60");
    assert_eq!(result.status, Status::InLinea);
    assert_eq!(coverage(&september, "1.1"), (3, 3));
    issued(&plan, &september);
}

/// Nord is merged into Sud from September on: its months stay, and Sud answers for what was its own.
#[test]
fn an_office_that_is_merged_hands_over_what_it_answers_for() {
    let text = edited(&[(
        "nome = \"Ufficio Nord\"",
        "nome = \"Ufficio Nord\"\nal = \"2019-08\"\nconfluisce_in = \"sud\"",
    )]);
    let plan = plan(&text);
    let (nord, sud, both) = (months(1..=8, 10), months(9..=12, 15), months(1..=12, 5));
    let typed = [
        ("nord", "S01.pratiche", &nord[..]),
        ("sud", "S01.pratiche", &sud[..]),
        ("sud", "S01.chiusi", &both[..]),
        ("sud", "S01.reclami", &both[..]),
    ];
    let december = job(&plan, &typed, 12);
    // 8 × 10 + 4 × 15.
    assert_eq!(outcome(&december, "1.1"), (Status::Raggiunto, "140".to_owned(), Some("120".to_owned())));
    assert_eq!((coverage(&december, "1.1"), coverage(&december, "1.2")), ((12, 12), (24, 24)));
    assert_eq!(found(&december, "K01"), [] as [&str; 0]);
    issued(&plan, &december);
    // The file of the merged office is asked for as any other: its months are nowhere else.
    let without = job(&plan, &typed[1..], 12);
    assert_eq!(found(&without, "K01"), ["nord: nessun file"]);
    assert_eq!(coverage(&without, "1.1"), (12, 4));
    issued(&plan, &without);
    // Nobody is to fill it in: its last file is to be put back, by the unit.
    let told = without.checked.findings.iter().find(|one| one.rule.code == "K01").unwrap();
    assert!(
        told.message.contains("confluito in Ufficio Sud, e manca il suo ultimo file"),
        "{}",
        told.message
    );
    assert!(told.remedy.contains("quello di agosto 2019"), "{}", told.remedy);
    let plan = plan.at(Month::new(12).unwrap());
    let run = Run::of_job(&plan, &without, &[], false);
    let told = replies(&run);
    let own: Vec<Standing> =
        told.iter().filter(|one| one.office.as_str() == "nord").map(Reply::standing).collect();
    assert_eq!(own, [Standing::Over]);
    let list = reminders(&told);
    assert!(
        list.contains("manca il loro ultimo file: rimettilo tu nella cartella.\n  - Ufficio Nord (nord)"),
        "{list}"
    );
    assert!(!list.contains("Non è arrivato niente che conti"), "{list}");
    // Its last file, once it has been consolidated, needs no letter each month.
    let of_nord = |job: &Job| {
        let run = Run::of_job(&plan, job, &[], false);
        replies(&run).iter().filter(|one| one.office.as_str() == "nord").count()
    };
    let august = job(&plan, &typed, 8);
    let memory = Arc::new(recall(&plan, read_bytes("agosto.xlsx", issued(&plan, &august).bytes)).unwrap());
    assert_eq!((of_nord(&august), of_nord(&job(&plan, &typed, 9))), (1, 1));
    assert_eq!(of_nord(&job_after(&plan, &typed, 9, Some(memory))), 0);
}

/// Who takes over a deadline need not type the day that was typed; one who answers since January must.
#[test]
fn a_date_given_by_who_left_stands() {
    let date = "formula = \"apertura\"\nvoci = [{ chiave = \"apertura\", etichetta = \"Apertura\", tipo = \"data\", tempo = \"annuale\" }]";
    let with = |offices: &str| {
        edited(&[
            ("target = \">= 120\"", "target = \"entro il 30/6/2019\""),
            ("uffici = [\"nord\"]", offices),
            ("formula = \"pratiche\"", date),
            (
                "voci = [{ chiave = \"pratiche\", etichetta = \"Pratiche evase\", tipo = \"conteggio\", tempo = \"mensile\" }]\n",
                "",
            ),
        ])
    };
    let plan = plan(&with("uffici = [{ id = \"nord\", al = 6 }, { id = \"sud\", dal = 7 }]"));
    let day = chrono::NaiveDate::from_ymd_opt(2019, 5, 15).unwrap();
    let run = |number: u32, nord: bool| {
        let mut fills: BTreeMap<OfficeId, Fill> = BTreeMap::new();
        for (office, typed) in [("nord", nord), ("sud", false)] {
            let fill = fills.entry(OfficeId::new(office)).or_default();
            if typed {
                fill.set(FillKey::single("S01.apertura"), FillValue::Date(day));
            }
        }
        let arrivals = fills.iter().map(|(office, fill)| {
            let bytes = office_workbook(&plan, office, fill).unwrap();
            arrive(&plan, &read_bytes(&office_file_name(&plan, office), bytes), &templates(&plan))
        });
        run_on(&plan, settle(&plan, arrivals.collect()), Some(month(number)), &mut |_| ()).unwrap()
    };
    let july = run(7, true);
    assert_eq!(
        (outcome(&july, "1.1").0, outcome(&july, "1.1").1.as_str()),
        (Status::GiaRaggiunto, "2019-05-15")
    );
    assert_eq!(found(&july, "D04"), [] as [&str; 0]);
    issued(&plan, &july);
    let without = run(7, false);
    assert_eq!(outcome(&without, "1.1").0, Status::NonPiuRaggiungibile);
    assert_eq!(found(&without, "D04").len(), 1);
    issued(&plan, &without);
}

#[test]
fn dates_that_cannot_be_are_told_all_at_once() {
    let told = |edits: &[(&str, &str)]| problems(&edited(edits));
    let nord = "nome = \"Ufficio Nord\"";
    let with = |more: &str| format!("{nord}\n{more}");
    assert_eq!(
        told(&[(nord, &with("dal = \"2019-09\"\nal = \"2019-06\""))]),
        [("P17", "L'ufficio «nord» finisce (giugno) prima di cominciare (settembre)".to_owned())]
    );
    assert_eq!(
        told(&[(nord, &with("dal = \"2018-09\""))])[0].1,
        "L'ufficio «nord», «dal» non indica un mese del 2019"
    );
    assert_eq!(
        told(&[(nord, &with("confluisce_in = \"sud\""))]),
        [("P17", "L'ufficio «nord» confluisce in «sud» e non finisce nell'anno".to_owned())]
    );
    assert_eq!(
        told(&[(nord, &with("al = 6\nconfluisce_in = \"sut\""))]),
        [("P13", "L'ufficio «sut» non è fra gli uffici del piano".to_owned())]
    );
    assert_eq!(told(&[(nord, &with("al = 6\nconfluisce_in = \"nord\""))])[0].0, "P05");
    // Three mistakes in three places.
    let all = told(&[
        (nord, &with("dal = \"2018-09\"")),
        ("target = \">= 120\"", "target = \">= 120\"\ndal = \"domani\""),
        ("uffici = [\"sud\"]", "uffici = [{ id = \"sud\", dal = 13 }]"),
    ]);
    assert_eq!(all.len(), 3, "{all:?}");
    // An office that has gone before the indicator begins.
    let gone =
        told(&[(nord, &with("al = 3")), ("target = \">= 120\"", "target = \">= 120\"\ndal = \"2019-07\"")]);
    assert_eq!(gone.len(), 1, "{gone:?}");
    // Of «tutti» only those that are there answer.
    let all = edited(&[
        (nord, &with("al = 3")),
        ("target = \">= 120\"", "target = \">= 120\"\ndal = \"2019-07\""),
        ("uffici = [\"nord\"]", "uffici = \"tutti\""),
    ]);
    let plan = plan(&all);
    let own = plan.indicator(&IndicatorCode::new("1.1")).unwrap();
    assert_eq!(own.offices.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["sud"]);
}

/// What changed is said in words, in the order of the plan, and who must get a new workbook.
#[test]
fn two_plans_are_compared_in_words() {
    let before = plan(PLAN);
    assert!(compare(&before, &plan(PLAN)).is_empty());
    let after = plan(&edited(&[
        ("versione = \"1\"", "versione = \"2\""),
        ("\">= 120\"", "\">= 60\""),
        (
            "uffici = [\"nord\"]",
            "uffici = [{ id = \"nord\", al = \"2019-06\" }, { id = \"sud\", dal = \"2019-07\" }]",
        ),
        ("etichetta = \"Pratiche evase\"", "etichetta = \"Pratiche chiuse\""),
        (
            "obiettivo_strategico = \"A. Pratiche più rapide\"",
            "obiettivo_strategico = \"A. Pratiche più rapide\"\npeso = 2",
        ),
    ]));
    let found = compare(&before, &after);
    let groups: Vec<(&str, Vec<&str>)> = found
        .groups
        .iter()
        .map(|(name, lines)| (name.as_str(), lines.iter().map(String::as_str).collect()))
        .collect();
    assert_eq!(
        groups,
        [
            ("Il piano", vec!["versione: era «1», ora è «2»"]),
            (
                "Scheda 1",
                vec![
                    "peso: era «1», ora è «2»",
                    "1.1: target: era «>= 120», ora è «>= 60»",
                    "1.1: mesi dell'ufficio nord: era «tutto l'anno», ora è «fino a giugno»",
                    "1.1: ora ne risponde l'ufficio sud da luglio",
                    "1.1, voce S01.pratiche: etichetta: era «Pratiche evase», ora è «Pratiche chiuse»",
                ]
            ),
        ]
    );
    assert_eq!(found.to_send.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["nord", "sud"]);
    assert!(found.to_send.iter().all(|(_, why)| why == "cambia la scheda 1"), "{:?}", found.to_send);
    // A weight is seen by nobody.
    let heavier = plan(&edited(&[(
        "obiettivo_strategico = \"A. Pratiche più rapide\"",
        "obiettivo_strategico = \"A. Pratiche più rapide\"\npeso = 2",
    )]));
    let found = compare(&before, &heavier);
    assert_eq!((found.groups.len(), found.to_send.len()), (1, 0));
    // What was taken away, and what is new.
    let one = PLAN.find("[[schede.azioni.indicatori]]\ncodice = \"1.2\"").unwrap();
    let less = plan(&PLAN[..one]);
    let lines = |before: &Plan, after: &Plan| compare(before, after).groups[0].1.clone();
    assert_eq!(lines(&before, &less), ["1.2 «Reclami chiusi sul totale»: non c'è più"]);
    assert_eq!(lines(&less, &before), ["1.2 «Reclami chiusi sul totale»: nuovo"]);
}

/// June is issued; the plan is revised; the new workbooks hold what was accepted, and give it back.
#[test]
fn new_workbooks_hold_what_was_accepted() {
    let old = plan(PLAN);
    let (nord, both) = (months(1..=6, 10), [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5), (6, 5)]);
    let typed = [
        ("nord", "S01.pratiche", &nord[..]),
        // More closed than there are: an error, kept out.
        ("sud", "S01.chiusi", &[(1, 5), (2, 9), (3, 5), (4, 5), (5, 5), (6, 5)]),
        ("sud", "S01.reclami", &both[..]),
    ];
    let june = job(&old, &typed, 6);
    let issue = issued(&old, &june);
    let closed = "\n[chiusure]\nfino_a = 3\natto = \"Determina 12\"\ndata = \"10/4/2019\"\n";
    let text = edited(&[("\">= 120\"", "\">= 60\""), ("[punteggio]\n", &format!("{closed}\n[punteggio]\n"))]);
    let new = plan(&format!("{text}{REVISED}"));
    let memory =
        recall(&new, read_bytes("consolidato.xlsx", issue.bytes)).unwrap_or_else(|why| panic!("{why:?}"));
    let of = |id: &str| history(&new, &memory, &OfficeId::new(id));
    assert_eq!((of("nord").left_out, of("nord").homeless), (0, 0));
    let kept_out =
        june.admitted.entries.iter().filter(|one| matches!(one.admission, Admission::Excluded(_))).count();
    assert!(kept_out > 0);
    assert_eq!(of("sud").left_out, kept_out);
    let again = |id: &str| {
        let office = OfficeId::new(id);
        let bytes = office_workbook(&new, &office, &of(id).fill).unwrap();
        arrive(&new, &read_bytes(&office_file_name(&new, &office), bytes), &templates(&new))
    };
    let july =
        run_on(&new, settle(&new, vec![again("nord"), again("sud")]), Some(month(6)), &mut |_| ()).unwrap();
    let counted = |job: &Job| -> Vec<(String, String, Option<Month>, String)> {
        let counting = job.admitted.entries.iter().filter(|one| one.admission == Admission::Admitted);
        let told = |one: &AdmittedEntry| {
            (
                one.office.to_string(),
                one.id.voce.to_string(),
                one.id.month,
                one.value.as_ref().unwrap().to_machine(),
            )
        };
        counting.map(told).collect()
    };
    assert_eq!(counted(&july), counted(&june));
    assert_eq!(found(&july, "P23"), [] as [&str; 0], "they are of the plan as it is now");
    // The cells of a closed month are locked: those of January to March, no others.
    let fill = of("nord").fill;
    assert_eq!(Month::all().filter(|own| fill.is_closed(*own)).count(), 3);
    // A voce that is not the office's any more has no cell, and that is said.
    let gone = plan(&text.replacen("uffici = [\"nord\"]", "uffici = [\"sud\"]", 1));
    let own = history(&gone, &memory, &OfficeId::new("nord"));
    assert_eq!((own.homeless, own.of_others), (0, 6));
}

/// Whatever the clerk had typed is in the new workbook: reasons, notes, sources, causes, sign-offs, what did
/// not happen; rows of closed months are locked, those of later ones and what is still blank are not.
#[test]
fn the_clerk_copies_nothing() {
    let register = "voci = [{ chiave = \"visite\", etichetta = \"Visite\", tempo = \"registro\", registro = { identita = \"ditta\", data_evento = \"giorno\", colonne = [{ chiave = \"ditta\", etichetta = \"Ditta\", tipo = \"testo\" }, { chiave = \"giorno\", etichetta = \"Giorno\", tipo = \"data\" }, { chiave = \"esito\", etichetta = \"Esito\", tipo = \"data\" }] } }]";
    let closing = "[chiusure]\nfino_a = 3\natto = \"Determina 12\"\ndata = \"10/4/2019\"\n\n[punteggio]\n";
    let plan = plan(&edited(&[
        ("[punteggio]\n", closing),
        ("target = \">= 120\"", "target = \">= 3\""),
        ("formula = \"pratiche\"", "formula = \"conta_distinti(visite.ditta)\""),
        (
            "voci = [{ chiave = \"pratiche\", etichetta = \"Pratiche evase\", tipo = \"conteggio\", tempo = \"mensile\" }]",
            register,
        ),
    ]));
    let (nord, sud) = (OfficeId::new("nord"), OfficeId::new("sud"));
    let mut fills: BTreeMap<OfficeId, Fill> = BTreeMap::new();
    let day = |text: &str| FillValue::Date(text.parse().unwrap());
    let words = |text: &str| FillValue::Text(text.to_owned());
    let one = fills.entry(nord.clone()).or_default();
    for (row, firm, of) in [(1, "Alfa", "2019-02-03"), (2, "Beta", "2019-05-04")] {
        one.set(FillKey::field("S01.visite", row, "ditta"), words(firm));
        one.set(FillKey::field("S01.visite", row, "giorno"), day(of));
    }
    one.set(FillKey::single("S01.visite.completo"), FillValue::Number(6.0));
    one.set(FillKey::monthly("S01.nessuna_attivita", month(4)), words("x"));
    let other = fills.entry(sud.clone()).or_default();
    for number in 1..=6 {
        other.set(FillKey::monthly("S01.reclami", month(number)), FillValue::Number(5.0));
        let value = if number == 2 { words("n.a.") } else { FillValue::Number(5.0) };
        other.set(FillKey::monthly("S01.chiusi", month(number)), value);
    }
    for (key, text) in [
        ("S01.chiusi.motivo", "Sportello chiuso a febbraio"),
        ("S01.2.nota", "Un anno tranquillo"),
        ("S01.2.fonte", "Registro reclami"),
        ("S01.2.causa", "esogena"),
        ("firma.nome", "Maria Rossi"),
        ("firma.ruolo", "Responsabile"),
    ] {
        other.set(FillKey::single(key), words(text));
    }
    other.set(FillKey::monthly("firma.data", month(5)), day("2019-06-03"));
    other.set(FillKey::monthly("firma.data", month(6)), day("2019-07-02"));
    let arrivals = fills.iter().map(|(office, fill)| {
        let bytes = office_workbook(&plan, office, fill).unwrap();
        arrive(&plan, &read_bytes(&office_file_name(&plan, office), bytes), &templates(&plan))
    });
    let june = run_on(&plan, settle(&plan, arrivals.collect()), Some(month(6)), &mut |_| ()).unwrap();
    let bytes = issued(&plan, &june).bytes;
    let memory = recall(&plan, read_bytes("c.xlsx", bytes)).unwrap_or_else(|why| panic!("{why:?}"));
    for (office, typed) in &fills {
        let own = history(&plan, &memory, office);
        assert_eq!((own.left_out, own.homeless, own.of_others), (0, 0, 0), "{office}");
        let keys: Vec<&FillKey> = own.fill.keys().collect();
        assert_eq!(keys, typed.keys().collect::<Vec<_>>(), "{office}");
        for key in typed.keys() {
            assert_eq!(own.fill.get(key), typed.get(key), "{key}");
        }
    }
    let fill = history(&plan, &memory, &nord).fill;
    let locked = |row: u32, column: &str| fill.is_locked(&FillKey::field("S01.visite", row, column));
    assert!(locked(1, "ditta") && locked(1, "giorno") && !locked(1, "esito"));
    assert!(!locked(2, "ditta") && !locked(2, "giorno"));
    assert!(!fill.is_locked(&FillKey::single("S01.visite.completo")));
    // The sheet of the register says so to Excel: it is protected, and the style of a locked cell is locked.
    let bytes = office_workbook(&plan, &nord, &fill).unwrap();
    let again = arrive(&plan, &read_bytes("schede-2019-nord.xlsx", bytes), &templates(&plan));
    let july = run_on(&plan, settle(&plan, vec![again]), Some(month(6)), &mut |_| ()).unwrap();
    assert!(
        july.checked.findings.iter().all(|one| !one.rule.code.starts_with('T')),
        "nothing is taken for tampering"
    );
}

/// An office that has another name is known by its identifier; one that has another of both is told.
#[test]
fn a_renamed_office_is_known_by_its_identifier() {
    let old = plan(PLAN);
    let nord = months(1..=6, 10);
    let bytes = issued(&old, &job(&old, &[("nord", "S01.pratiche", &nord[..])], 6)).bytes;
    let read = |plan: &Plan| {
        let memory = recall(plan, read_bytes("c.xlsx", bytes.clone()));
        memory.unwrap_or_else(|why| panic!("{why:?}"))
    };
    let renamed = plan(&edited(&[("nome = \"Ufficio Nord\"", "nome = \"Servizi al Nord\"")]));
    let memory = read(&renamed);
    let own = history(&renamed, &memory, &OfficeId::new("nord"));
    assert_eq!((own.fill.keys().count(), memory.strangers.len(), own.homeless), (6, 0, 0));
    assert!(memory.findings.iter().all(|told| told.office != "Ufficio Nord"));
    let again = [("nord", "S01.pratiche", &nord[..])];
    let fills = fills(&again);
    let arrivals = fills.iter().map(|(office, fill)| {
        let bytes = office_workbook(&renamed, office, fill).unwrap();
        arrive(&renamed, &read_bytes(&office_file_name(&renamed, office), bytes), &templates(&renamed))
    });
    let sent = settle(&renamed, arrivals.collect());
    let asked = Asked { month: Some(month(7)), previous: Some(memory.into()) };
    let july = run_on(&renamed, sent, asked, &mut |_| ()).unwrap();
    assert_eq!((july.corrections.len(), found(&july, "K07").len()), (0, 0));
    issued_after(&renamed, &july);

    // Another name takes the place of nobody's.
    let swapped = plan(&edited(&[
        ("nome = \"Ufficio Nord\"", "nome = \"Ufficio Sud\""),
        ("id = \"sud\"\nnome = \"Ufficio Sud\"", "id = \"sud\"\nnome = \"Ufficio Est\""),
    ]));
    assert_eq!(history(&swapped, &read(&swapped), &OfficeId::new("nord")).fill.keys().count(), 0);
    let other = edited(&[
        ("id = \"nord\"\nnome = \"Ufficio Nord\"", "id = \"nordest\"\nnome = \"Servizi al Nord\""),
        ("uffici = [\"nord\"]", "uffici = [\"nordest\"]"),
    ]);
    let memory = read(&plan(&other));
    assert_eq!(memory.strangers, ["Ufficio Nord"]);
}

/// What an office says of a month that is another's is told once, and disagrees with nobody.
#[test]
fn a_value_of_another_s_month_disagrees_with_nobody() {
    let level = "tempo = \"consistenza\", fra_uffici = \"condivisa\"";
    let plan = plan(&edited(&[
        ("uffici = [\"nord\"]", "uffici = [{ id = \"nord\", al = 6 }, { id = \"sud\", dal = 7 }]"),
        (
            "etichetta = \"Pratiche evase\", tipo = \"conteggio\", tempo = \"mensile\"",
            &format!("etichetta = \"Pratiche evase\", tipo = \"conteggio\", {level}"),
        ),
    ]));
    let (nord, sud) = (months(1..=8, 10), months(7..=8, 20));
    let typed = [("nord", "S01.pratiche", &nord[..]), ("sud", "S01.pratiche", &sud[..])];
    let august = job(&plan, &typed, 8);
    assert_eq!(found(&august, "A04"), [] as [&str; 0]);
    assert_eq!(found(&august, "A11"), ["nord: 2 valori (fuori dai mesi dell'ufficio)"]);
    // The level of August is Sud's; that of June was Nord's.
    assert_eq!(outcome(&august, "1.1").1, "20");
    let june = august.months[5].indicator(&IndicatorCode::new("1.1")).unwrap();
    assert_eq!(june.value.as_ref().unwrap().to_machine(), "10");
    issued(&plan, &august);
}

/// Levels that are added up: who answers no more has none, and who begins has its own.
#[test]
fn a_level_is_of_who_answers_in_the_month() {
    let plan = plan(&edited(&[
        ("uffici = [\"nord\"]", "uffici = [{ id = \"nord\", al = 6 }, { id = \"sud\", dal = 7 }]"),
        (
            "etichetta = \"Pratiche evase\", tipo = \"conteggio\", tempo = \"mensile\"",
            "etichetta = \"Pratiche evase\", tipo = \"conteggio\", tempo = \"consistenza\"",
        ),
    ]));
    let (nord, sud) = (months(1..=6, 100), months(7..=8, 130));
    let typed = [("nord", "S01.pratiche", &nord[..]), ("sud", "S01.pratiche", &sud[..])];
    let august = job(&plan, &typed, 8);
    assert_eq!(outcome(&august, "1.1").1, "130", "not 230");
    issued(&plan, &august);
    // Sud has not said it yet: nobody's level is not that of Nord.
    let july =
        job(&plan, &[("nord", "S01.pratiche", &nord[..]), ("sud", "S01.reclami", &months(1..=7, 1))], 7);
    assert_eq!(outcome(&july, "1.1").0, Status::DatoMancante);
    issued(&plan, &july);
}

/// A register counts the rows of the months of its office, and is declared for those.
#[test]
fn the_rows_of_a_register_are_of_who_answers_in_their_month() {
    let register = "voci = [{ chiave = \"visite\", etichetta = \"Visite\", tempo = \"registro\", registro = { identita = \"ditta\", data_evento = \"giorno\", colonne = [{ chiave = \"ditta\", etichetta = \"Ditta\", tipo = \"testo\" }, { chiave = \"giorno\", etichetta = \"Giorno\", tipo = \"data\" }] } }]";
    let plan = plan(&edited(&[
        ("target = \">= 120\"", "target = \">= 3\""),
        ("uffici = [\"nord\"]", "uffici = [{ id = \"nord\", al = 6 }, { id = \"sud\", dal = 7 }]"),
        ("formula = \"pratiche\"", "formula = \"conta_distinti(visite.ditta)\""),
        (
            "voci = [{ chiave = \"pratiche\", etichetta = \"Pratiche evase\", tipo = \"conteggio\", tempo = \"mensile\" }]",
            register,
        ),
    ]));
    let mut fills: BTreeMap<OfficeId, Fill> = BTreeMap::new();
    let mut row = |office: &str, ordinal: u32, firm: &str, (day, of): (u32, u32)| {
        let fill = fills.entry(OfficeId::new(office)).or_default();
        let date = chrono::NaiveDate::from_ymd_opt(2019, of, day).unwrap();
        fill.set(FillKey::field("S01.visite", ordinal, "ditta"), FillValue::Text(firm.to_owned()));
        fill.set(FillKey::field("S01.visite", ordinal, "giorno"), FillValue::Date(date));
    };
    row("nord", 1, "Alfa", (3, 2));
    row("nord", 2, "Beta", (4, 7)); // Nord does not answer for July.
    row("sud", 1, "Gamma", (5, 8));
    for (office, declared) in [("nord", 8.0), ("sud", 8.0)] {
        let fill = fills.entry(OfficeId::new(office)).or_default();
        fill.set(FillKey::single("S01.visite.completo"), FillValue::Number(declared));
    }
    let arrivals = fills.iter().map(|(office, fill)| {
        let bytes = office_workbook(&plan, office, fill).unwrap();
        arrive(&plan, &read_bytes(&office_file_name(&plan, office), bytes), &templates(&plan))
    });
    let august = run_on(&plan, settle(&plan, arrivals.collect()), Some(month(8)), &mut |_| ()).unwrap();
    assert_eq!(outcome(&august, "1.1").1, "2", "Alfa and Gamma");
    // Six months of Nord, though it declares eight, and two of Sud.
    assert_eq!(coverage(&august, "1.1"), (8, 8));
    assert_eq!(found(&august, "A11"), ["nord: 2 valori (fuori dai mesi dell'ufficio)"]);
    issued(&plan, &august);
}

/// A month that nobody answers for would fall out of the sum in silence.
#[test]
fn a_month_that_nobody_answers_for_is_a_mistake_of_the_plan() {
    let told = |edits: &[(&str, &str)]| problems(&edited(edits));
    let gap = |months: &str| {
        vec![("P13", format!("L'indicatore 1.1: della voce «pratiche» nessun ufficio risponde {months}"))]
    };
    let from_to = |last: u32, first: u32| {
        format!("uffici = [{{ id = \"nord\", al = {last} }}, {{ id = \"sud\", dal = {first} }}]")
    };
    assert_eq!(told(&[("uffici = [\"nord\"]", &from_to(6, 9))]), gap("da luglio ad agosto"));
    assert_eq!(told(&[("uffici = [\"nord\"]", &from_to(6, 7))]), []);
    let ends = "nome = \"Ufficio Nord\"\nal = \"2019-10\"";
    assert_eq!(told(&[("nome = \"Ufficio Nord\"", ends)]), gap("da novembre"));
    // Whoever follows, or a measure that ends there too: nothing is asked of nobody.
    let follows = format!("{ends}\nconfluisce_in = \"sud\"");
    assert_eq!(told(&[("nome = \"Ufficio Nord\"", &follows)]), []);
    let measure = ("target = \">= 120\"", "target = \">= 120\"\nal = 10");
    assert_eq!(told(&[("nome = \"Ufficio Nord\"", ends), measure]), []);
    let cut = ("tempo = \"mensile\" }]", "tempo = \"mensile\", fino_al = 10 }]");
    assert_eq!(told(&[("nome = \"Ufficio Nord\"", ends), cut]), []);
}

/// What cannot count is told once, whatever is wrong with it, and holds nothing else up.
#[test]
fn a_mistake_outside_the_months_of_its_office_is_told_once() {
    let plan = moved();
    let (mut nord, sud) = (months(1..=6, 10), months(7..=8, 20));
    nord.push((8, -3));
    let reclami = months(1..=8, 5);
    let typed = [
        ("nord", "S01.pratiche", &nord[..]),
        ("sud", "S01.pratiche", &sud[..]),
        ("sud", "S01.chiusi", &reclami[..]),
        ("sud", "S01.reclami", &reclami[..]),
    ];
    let august = job(&plan, &typed, 8);
    assert_eq!(found(&august, "A11"), ["nord: 1 valore (fuori dai mesi dell'ufficio)"]);
    assert_eq!(found(&august, "C07"), [] as [&str; 0]);
    assert_eq!((outcome(&august, "1.1").1, coverage(&august, "1.1")), ("100".to_owned(), (8, 8)));
    issued(&plan, &august);
}

/// A scheda that the plan gives to an office in July is not missing from the form that it got in January.
#[test]
fn a_form_does_not_lack_what_the_plan_gave_later() {
    let second = "\n[[schede]]\nnumero = 2\ntitolo = \"Visite\"\nprospettiva = \"Imprese\"\nobiettivo_strategico = \"B. Visite\"\n\
        [[schede.azioni]]\ntesto = \"Visitare\"\n[[schede.azioni.indicatori]]\ncodice = \"2.1\"\ntesto = \"Visite fatte\"\n\
        target = \">= 10\"\nuffici = [\"nord\"]\nformula = \"visite\"\n\
        voci = [{ chiave = \"visite\", etichetta = \"Visite\", tipo = \"conteggio\", tempo = \"mensile\" }]\n";
    let (old, new) = (plan(PLAN), plan(&format!("{PLAN}{second}")));
    let fills = fills(&[("nord", "S01.pratiche", &TEN[..7])]);
    let arrivals = fills.iter().map(|(office, fill)| {
        let bytes = office_workbook(&old, office, fill).unwrap();
        arrive(&new, &read_bytes(&office_file_name(&new, office), bytes), &templates(&new))
    });
    let job = run_on(&new, settle(&new, arrivals.collect()), Some(month(7)), &mut |_| ()).unwrap();
    assert_eq!((found(&job, "T01"), found(&job, "P23").len()), (Vec::new(), 1));
    assert_eq!(outcome(&job, "2.1").0, Status::DatoMancante);
}
