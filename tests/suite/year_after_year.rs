//! Year against year, in small: what the final issue of the year before holds is taken exactly, compared only
//! where it is defined the same, and believed only as far as it agrees with itself.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use assert_cmd::Command;
use schede::certify::Run;
use schede::check::rules_after;
use schede::interpret::{arrive, settle};
use schede::model::{IndicatorCode, Month, Number, OfficeId, Rule, Severity, Value, VoceKey};
use schede::pipeline::{Asked, Job, run_on};
use schede::plan::{
    Archive, DEFAULT_PLAN, Decision, LastYear, Office, Plan, Threshold, Waiver, read_plan, year_after,
};
use schede::proof::{Issue, issue};
use schede::read::read_bytes;
use schede::recall::{Refused, last_year, recall};
use schede::trial::clean_fills;
use schede::write::{Fill, FillKey, FillValue, office_file_name, office_workbook, templates};

use super::support::small_year::rows_of;

/// The records that were there when the year began.
const PENDING: &str = "S11.verbali_pendenti";

/// Those of 13.1.
const SURVEYS: [&str; 3] = ["programmazione", "risorse_finanziarie", "trattamento_economico"];

/// Those of 11.2.
const RECORDS: [&str; 2] = ["sanzioni_protesti", "protesti"];

/// Those, and that of 5.1.
const OFFICES: [&str; 6] = [
    "programmazione",
    "risorse_finanziarie",
    "trattamento_economico",
    "certificazioni_estero",
    "sanzioni_protesti",
    "protesti",
];

fn month(number: u32) -> Month {
    Month::new(number).unwrap()
}

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

/// The job of a few offices at a month, of what they typed.
fn job(plan: &Plan, number: u32, fills: &BTreeMap<OfficeId, Fill>) -> Job {
    let arrivals = fills
        .iter()
        .map(|(office, fill)| {
            let bytes = office_workbook(plan, office, fill).unwrap();
            arrive(plan, &read_bytes(&office_file_name(plan, office), bytes), &templates(plan))
        })
        .collect();
    run_on(plan, settle(plan, arrivals), Asked::from(Some(month(number))), &mut |_| ()).unwrap()
}

/// How many records are left at the end of 2019, of what their offices type.
fn records_left(plan: &Plan) -> u32 {
    let fills = clean_fills(plan, month(12));
    let typed = |office: &str, key: FillKey| match fills[&OfficeId::new(office)].get(&key) {
        FillValue::Number(value) => *value as u32,
        other => panic!("{other:?}"),
    };
    let sum = |name: &str| -> u32 {
        let months = |office: &str| -> u32 {
            Month::all().map(|own| typed(office, FillKey::monthly(format!("S11.{name}"), own))).sum()
        };
        RECORDS.into_iter().map(months).sum()
    };
    let [opened, beside] = RECORDS.map(|office| typed(office, FillKey::single(PENDING)));
    assert_eq!(opened, beside);
    opened + sum("verbali_ricevuti") - sum("verbali_istruiti")
}

fn bytes_of(plan: &Plan, job: &Job, definitive: bool) -> Vec<u8> {
    let rules: Vec<&'static Rule> = rules_after(false).collect();
    issue(&Run::of_job(plan, job, &rules, definitive)).unwrap_or_else(|why| panic!("{why:#?}")).bytes
}

/// The plan of 2019 in which the other offices, and what is theirs, are out.
fn plan_of_2019() -> Plan {
    let mut plan = read_plan(DEFAULT_PLAN).unwrap();
    // What a final issue asks for.
    plan.delibera = "Giunta n. 1 del 31/1/2019".to_owned();
    let kept = ["5.1", "11.2", "13.1"];
    let others = plan.indicators().map(|own| own.code.clone()).filter(|code| !kept.contains(&code.as_str()));
    let decision = |indicator| Decision {
        indicator,
        reason: "prova".to_owned(),
        who: "unità".to_owned(),
        date: plan.month(Month::DECEMBER).last_day(),
    };
    let decisions: Vec<Decision> = others.map(decision).collect();
    plan.decisions.extend(decisions);
    let absent = plan.offices.iter().filter(|office| !OFFICES.contains(&office.id.as_str()));
    let waiver = |office: &Office| Waiver {
        code: "K01".to_owned(),
        office: Some(office.id.clone()),
        scheda: None,
        indicator: None,
        voce: None,
        month: None,
        value: "nessun file".to_owned(),
        reason: "prova".to_owned(),
        who: "unità".to_owned(),
        until: None,
    };
    let waivers: Vec<Waiver> = absent.map(waiver).collect();
    plan.controls.waivers.extend(waivers);
    // Of another whole plan than the embedded one, which decides nothing.
    plan.sha256_whole = schede::model::sha256("prova");
    plan
}

/// December 2019: 1193 of 1270 in time.
fn december(plan: &Plan) -> Job {
    let mut fills = clean_fills(plan, month(12));
    fills.retain(|office, _| OFFICES.contains(&office.as_str()));
    for (office, fill) in &mut fills {
        for own in Month::all().filter(|_| SURVEYS.contains(&office.as_str())) {
            let first = office.as_str() == "programmazione" && own == Month::JANUARY;
            for (name, value) in [("rilevazioni_in_tempo", 1193.0), ("rilevazioni_totali", 1270.0)] {
                let key = FillKey::monthly(format!("S13.{name}"), own);
                fill.set(key, FillValue::Number(if first { value } else { 0.0 }));
            }
        }
    }
    job(plan, 12, &fills)
}

/// The plan of 2020: every year that stands alone moved on, and where three baselines come from.
fn text_of_2020() -> String {
    let mut text = year_after(DEFAULT_PLAN, 2019);
    for (label, origin) in [
        ("Quota di rilevazioni in tempo nel 2019", "indicatore = \"13.1\""),
        ("Aziende che aderivano al servizio al 31/12/2019", "voce = \"S05.aziende_aderenti\""),
        ("Ore di sportello a Portogruaro in tutto il 2019", "voce = \"ore_sportello\""),
    ] {
        let label = format!("etichetta = \"{label}\"");
        assert_eq!(text.matches(&label).count(), 1, "{label}");
        text = text.replace(&label, &format!("{label}\norigine = {{ anno = 2019, {origin} }}"));
    }
    text
}

fn archive(plan: &Plan, bytes: &[u8]) -> Result<Archive, Refused> {
    last_year(plan, read_bytes("finale.xlsx", bytes.to_vec()))
}

fn fixed(plan: &Plan, key: &str) -> Option<(Value, String)> {
    let (_, voce) = plan.voce(&VoceKey::from_text(key)).unwrap();
    voce.fixed.as_ref().map(|own| (own.value.clone(), own.source.clone()))
}

/// The final issue of 2019 is made again after January was issued: what it gives is another, and February
/// says so.
fn the_final_issue_is_made_again((now, own): (&Plan, Archive), plan: &Plan, january: &Job) {
    let sheet = read_bytes("gennaio.xlsx", bytes_of(plan, january, false));
    let code = IndicatorCode::new("13.1");
    let mut other = own;
    other.sha256 = "f".repeat(64);
    let Some(LastYear::Same(result)) = other.results.get_mut(&code) else { panic!("13.1 is the same") };
    result.value = Some(Value::Number(number("1143").divided_by(&number("1270")).unwrap()));
    let second = now.with_archive(other);
    let memory = recall(&second, sheet).unwrap_or_else(|why| panic!("{why:?}"));
    assert!(!memory.is_of_this_archive(&second) && memory.is_of_this_archive(plan));
    let own = memory.given_otherwise(&second).map(|(voce, then)| (voce.key.as_str(), then.to_machine()));
    let own: Vec<_> = own.collect();
    let [("S13.quota_2019", then)] = &own[..] else { panic!("{own:?}") };
    // 1193/1270, as a cell keeps it.
    assert!(then.starts_with("0.939370078740157"), "{then}");
    let fills = BTreeMap::from(OFFICES.map(|office| (OfficeId::new(office), Fill::default())));
    let arrivals = fills.iter().map(|(office, fill)| {
        let bytes = office_workbook(plan, office, fill).unwrap();
        arrive(&second, &read_bytes(&office_file_name(plan, office), bytes), &templates(&second))
    });
    let asked = Asked { month: Some(month(2)), previous: Some(Arc::new(memory)) };
    let february = run_on(&second, settle(&second, arrivals.collect()), asked, &mut |_| ()).unwrap();
    let of = |code: &str| {
        let own = february.checked.findings.iter().filter(|one| one.rule.code == code);
        own.map(|one| (one.severity, one.message.clone())).collect::<Vec<_>>()
    };
    // Neither the same data nor the offices are to blame: a note, of the cell that shows what was known.
    assert_eq!(of("S04"), []);
    let told = of("Y02");
    assert!(!told.is_empty(), "the cells of the models of before");
    for (severity, words) in told {
        assert_eq!(severity, Severity::Nota, "{words}");
        assert!(words.contains("il modello è di prima, e vale l'archivio"), "{words}");
    }
    let lines = rows_of(&issued_after(&second, &february), "Piano");
    let told = |subject: &str, why: &str| {
        lines.iter().any(|[own, _, said]| own.contains(subject) && said.contains(why))
    };
    assert!(told("Emissione definitiva del 2019", "i dati di partenza"), "{lines:?}");
    assert!(
        told(
            "Quota di rilevazioni in tempo nel 2019 · valore",
            "L'emissione definitiva del 2019 è un'altra."
        ),
        "{lines:?}"
    );
}

/// The issue after a month before.
fn issued_after(plan: &Plan, job: &Job) -> Issue {
    let rules: Vec<&'static Rule> = rules_after(true).collect();
    issue(&Run::of_job(plan, job, &rules, false)).unwrap_or_else(|unissued| panic!("{unissued:#?}"))
}

#[test]
fn last_year_is_taken_exactly_and_what_is_not_it_is_refused() {
    let then = plan_of_2019();
    let december = december(&then);
    let issued = bytes_of(&then, &december, true);
    let text = text_of_2020();
    let now = read_plan(&text).unwrap();
    let own = archive(&now, &issued).unwrap_or_else(|why| panic!("{why:?}"));
    let exact = number("1193").divided_by(&number("1270")).unwrap();
    let hash = schede::model::sha256(&issued);
    assert_eq!((own.year, own.sha256.as_str()), (2019, hash.as_str()));

    // Exact, from an indicator and from the closing of a stock, with the identity of the issue.
    let plan = now.with_archive(own.clone());
    let (value, source) = fixed(&plan, "S13.quota_2019").unwrap();
    assert_eq!(value, Value::Number(exact.clone()));
    assert!(source.contains("indicatore 13.1") && source.contains(&hash), "{source}");
    let closing = december.consolidation.indicator(&IndicatorCode::new("5.1")).unwrap().value.clone();
    assert_eq!(fixed(&plan, "S05.aziende_aderenti_2019").map(|(value, _)| value), closing);
    // What was there, and what came, less what was dealt with: the year opens with it.
    let left = records_left(&then);
    assert_eq!(own.closings.get(&VoceKey::from_text(PENDING)), Some(&Number::from(left)));
    // The office of 1.2 had sent nothing: there is nothing to take, and it is said.
    assert_eq!(fixed(&plan, "S01.ore_sportello_2019"), None);

    // Locked in the office's sheet, and judged exactly: the same result as last year's is reached.
    let mut blank = OFFICES.map(|office| (OfficeId::new(office), Fill::default()));
    blank[4].1.set(FillKey::single(PENDING), FillValue::Number(9.0));
    let january = job(&plan, 1, &BTreeMap::from(blank));
    let told = |code: &str| {
        let own = january.checked.findings.iter().filter(|finding| finding.rule.code == code);
        own.map(|finding| finding.message.clone()).collect::<Vec<_>>()
    };
    assert_eq!(told("Y02"), [] as [&str; 0]);
    let [opened] = &told("Y07")[..] else { panic!("{:?}", told("Y07")) };
    assert!(opened.contains("si apre con 9, e il 2019 si era chiuso con"), "{opened}");
    assert!(told("P24").iter().any(|words| words.contains("Ore di sportello")), "{:?}", told("P24"));
    let sent = january.submissions.iter().find(|one| one.office.as_str() == "programmazione").unwrap();
    let shown = sent.shown.iter().find(|one| one.voce.as_str() == "S13.quota_2019").unwrap();
    assert_eq!(shown.value, Some(Value::Number(exact.clone())));
    let result = january.consolidation.indicator(&IndicatorCode::new("13.1")).unwrap();
    assert_eq!(result.threshold, Some(Value::Number(exact)));
    let sheet = read_bytes("g.xlsx", bytes_of(&plan, &january, false)).content.unwrap();
    assert_eq!(schede::verify::last_year_of(&sheet), Some(hash.clone()));
    let summary = sheet.sheet("Sintesi").unwrap().cells.values();
    let named = format!("l'emissione definitiva del 2019 (SHA-256 {}…)", &hash[..12]);
    assert!(summary.into_iter().any(|cell| format!("{:?}", cell.content).contains(&named)));

    the_final_issue_is_made_again((&now, own.clone()), &plan, &january);

    // A formula that is another one now is not compared, and nothing is taken from it.
    let other = text.replacen(
        "formula = \"rilevazioni_in_tempo / rilevazioni_totali\"",
        "formula = \"rilevazioni_in_tempo / (rilevazioni_totali + rilevazioni_in_tempo)\"",
        1,
    );
    let other = read_plan(&other).unwrap();
    let own = archive(&other, &issued).unwrap();
    let compared = own.results.get(&IndicatorCode::new("13.1"));
    assert!(matches!(compared, Some(LastYear::Other(why)) if why.contains("formula")), "{compared:?}");
    assert_eq!(fixed(&other.with_archive(own), "S13.quota_2019"), None);

    // So is one of which a voce is of another type.
    let key = "chiave = \"rilevazioni_in_tempo\"";
    let (head, tail) = text.split_at(text.find(key).unwrap());
    let retyped = format!("{head}{}", tail.replacen("tipo = \"conteggio\"", "tipo = \"numero\"", 2));
    let own = archive(&read_plan(&retyped).unwrap(), &issued).unwrap();
    let compared = own.results.get(&IndicatorCode::new("13.1"));
    assert!(matches!(compared, Some(LastYear::Other(why)) if why.contains("«numero")), "{compared:?}");

    refused(&now, &then, &issued);
    the_next_year_begins(&issued);
}

/// The command line: the plan of 2020, the workbook of an office, January, and its verification.
fn the_next_year_begins(issued: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let run = |words: &str| {
        let words = words.split(' ');
        let output = Command::cargo_bin("schede").unwrap().current_dir(&folder).args(words).output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.code().unwrap(), said)
    };
    fs::write(folder.path().join("finale.xlsx"), issued).unwrap();
    let begin = "piano nuovo-anno --da finale.xlsx -o nuovo.toml";
    let (code, said) = run(begin);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("Da decidere: 43 punti") && said.contains("il target di 13.1"), "{said}");
    assert_eq!(run(begin).0, 2, "never over a plan that somebody may have mended");
    let written = fs::read_to_string(folder.path().join("nuovo.toml")).unwrap();
    let plan = read_plan(&written).unwrap();
    let marked = written.lines().filter(|line| line.starts_with("# DA RILEGGERE")).count();
    assert!(marked > 20 && plan.indicators().all(|own| own.target.threshold == Threshold::Open));
    let with = "--piano nuovo.toml --anno-precedente finale.xlsx";
    let (code, said) = run(&format!("modelli {with} --ufficio programmazione -o modelli"));
    assert!(code == 0 && said.contains("ancora da decidere"), "{said}");
    let (code, said) = run(&format!("consolida modelli {with} --mese 2020-01 -o gennaio.xlsx"));
    assert!(code == 0 && said.contains("SHA-256"), "{said}");
    let (code, said) = run(&format!("verifica gennaio.xlsx modelli {with}"));
    assert!(code == 0 && said.contains("byte per byte"), "{said}");
    let (code, said) = run("verifica gennaio.xlsx modelli --piano nuovo.toml");
    assert!(code == 2 && said.contains("--anno-precedente"), "{said}");
    // A workbook made without it, or with it and read without: another wording, and nobody is accused.
    let (code, said) = run("modelli --piano nuovo.toml --ufficio programmazione -o senza");
    assert_eq!(code, 0, "{said}");
    for (place, words) in
        [format!("senza {with}"), "modelli --piano nuovo.toml".to_owned()].iter().enumerate()
    {
        let out = format!("--mese 2020-01 -o letto-{place}.xlsx --json letto-{place}.json");
        let (_, said) = run(&format!("consolida {words} {out}"));
        let json = fs::read_to_string(folder.path().join(format!("letto-{place}.json"))).unwrap();
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let codes: Vec<&str> =
            json["rilievi"].as_array().unwrap().iter().map(|one| one["codice"].as_str().unwrap()).collect();
        let of_template: Vec<&&str> =
            codes.iter().filter(|code| code.starts_with('T') && **code != "T20").collect();
        assert!(codes.contains(&"P23") && of_template.is_empty(), "{words}: {codes:?}\n{said}");
    }
    // A provisional one, or another year's, begins no year.
    let (code, said) = run("piano nuovo-anno --piano nuovo.toml --da gennaio.xlsx -o altro.toml");
    assert_eq!(code, 2, "{said}");
    assert!(!folder.path().join("altro.toml").exists());
}

/// Forged, of another ente, of another year, not final, not an issue.
fn refused(now: &Plan, then: &Plan, issued: &[u8]) {
    let forged = |from: &str, to: &str| {
        let mut parts = schede::package::parts(issued).unwrap();
        for part in parts.values_mut() {
            if let Ok(text) = String::from_utf8(part.clone()) {
                *part = text.replace(from, to).into_bytes();
            }
        }
        let bytes = crate::support::parts::packed(&parts);
        assert_ne!(bytes, issued, "{from}");
        archive(now, &bytes)
    };
    for (from, to) in
        [("<v>1193</v>", "<v>1194</v>"), ("raggiunto", "non raggiunto"), ("Dicembre 2019", "Novembre 2019")]
    {
        assert!(matches!(forged(from, to), Err(Refused::Forged(_) | Refused::NotFinal(_))), "{from}");
    }
    assert!(matches!(forged("SHA-256 dei fogli", "Altro"), Err(Refused::Forged(_))));
    let mut elsewhere = now.clone();
    elsewhere.ente = "CCIAA di Altrove".to_owned();
    assert_eq!(archive(&elsewhere, issued), Err(Refused::OtherEnte(now.ente.clone())));
    assert_eq!(archive(then, issued), Err(Refused::NotTheYearBefore(2019)));
    assert!(matches!(forged(">Definitiva<", ">Provvisoria<"), Err(Refused::NotFinal(_))));
    let office = office_workbook(now, &OfficeId::new("ri"), &Fill::default()).unwrap();
    assert_eq!(archive(now, &office), Err(Refused::NotAnIssue));
}

#[test]
fn an_origin_that_cannot_be_is_a_mistake_of_the_plan() {
    let with = |origin: &str| {
        let label = "etichetta = \"Quota di rilevazioni in tempo nel 2018\"";
        DEFAULT_PLAN.replacen(label, &format!("{label}\n{origin}"), 1)
    };
    let right = with("origine = { anno = 2018, indicatore = \"13.1\" }");
    let plan = read_plan(&right).unwrap();
    assert_eq!(plan.origins().count(), 1);
    // Only where a value comes from: no workbook in the field is of another wording.
    assert_eq!(plan.sha256, read_plan(DEFAULT_PLAN).unwrap().sha256);
    assert_ne!(plan.sha256_whole, read_plan(DEFAULT_PLAN).unwrap().sha256_whole);
    for (origin, said) in [
        ("origine = { anno = 2017, indicatore = \"13.1\" }", "è del 2017"),
        ("origine = { anno = 2018 }", "non dice che cosa prendere"),
        ("origine = { anno = 2018, indicatore = \"13.1\", voce = \"S13.quota\" }", "e anche un indicatore"),
        ("origine = { indicatore = \"13.1\" }", "anno"),
        ("origine = { anno = 2018, indicatori = \"13.1\" }", "indicatori"),
    ] {
        let problems = read_plan(&with(origin)).unwrap_err();
        assert!(problems.iter().any(|one| one.told("").contains(said)), "{origin}: {problems:?}");
    }
    let label = "etichetta = \"Orafi iscritti al 1/1/2019\"";
    // A stock that opens where last year's closed; never a month's value.
    let opening = DEFAULT_PLAN.replacen(
        label,
        &format!("{label}\norigine = {{ anno = 2018, voce = \"S03.orafi\" }}"),
        1,
    );
    assert_eq!(read_plan(&opening).unwrap().origins().count(), 1);
    let label = "etichetta = \"Rilevazioni dovute per il mese, in tutto\"";
    let term = format!("{label}\norigine = {{ anno = 2018, indicatore = \"3.1\" }}");
    let problems = read_plan(&DEFAULT_PLAN.replacen(label, &term, 1)).unwrap_err();
    assert!(problems.len() == 1 && problems[0].code == "P16", "{problems:?}");
}
