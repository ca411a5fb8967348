//! The sample drawn from a world in which nothing is worth a look, with one risk at a time.

use std::collections::BTreeSet;

use super::{BY_CHANCE, BY_RISK, FACTORS, Factor, Item, sample, seed, sha256};
use crate::admit::AdmittedEntry;
use crate::interpret::TextCell;
use crate::model::{
    CellRef, EntryRef, Finding, IndicatorCode, Month, Number, OfficeId, Place, Rule, Severity, Status, Value,
    Waived,
};
use crate::report::sample::{PART, Sample, sample as world};

static EDGE: Rule = Rule {
    code: "R09",
    name: "Risultato sul filo del target",
    severity: Severity::Nota,
    why: "",
    remedy: "",
    to_office: "",
    missing: true,
};
static ODD: Rule = Rule { code: "M11", severity: Severity::DaMotivare, missing: false, ..EDGE };

/// A December in which nothing is worth a look: everything has its evidence and stands where it should.
fn quiet() -> Sample {
    let mut quiet = world(12);
    quiet.checked.findings.clear();
    let codes: Vec<IndicatorCode> = quiet.plan.indicators().map(|own| own.code.clone()).collect();
    for submission in &mut quiet.submissions {
        for code in &codes {
            let place = Place { sheet: "Scheda 1".into(), cell: CellRef { row: 1, col: 1 } };
            submission.evidence.insert(
                code.clone(),
                TextCell { at: EntryRef::default(), text: "prot. n. 1/2019".into(), place },
            );
        }
    }
    for result in &mut quiet.consolidation.indicators {
        result.provisional = false;
        result.status = Status::Raggiunto;
        result.at_the_limit = false;
        result.degree = Some(Number::from(100_u32));
        (result.value, result.deviation) = (None, None);
    }
    let own = |key: &crate::model::VoceKey| {
        quiet.plan.voce(key).is_some_and(|(indicator, voce)| super::kind_of(indicator, voce).is_some())
    };
    let all = &quiet.admitted.entries;
    let mut kept = all.emptied();
    quiet.plan.offices.iter().filter(|one| all.has_sent(&one.id)).for_each(|one| kept.send(&one.id));
    for entry in all.iter().filter(|entry| !own(&entry.id.voce)) {
        kept.add(&entry.id.voce, &entry.office, [AdmittedEntry { normalised: None, ..entry.clone() }]);
    }
    quiet.admitted.entries = kept;
    quiet
}

fn result<'a>(sample: &'a mut Sample, code: &str) -> &'a mut crate::aggregate::IndicatorResult {
    sample.consolidation.indicators.iter_mut().find(|result| result.code.as_str() == code).unwrap()
}

/// Keys and reasons of what risk brought in.
fn risky(sample: &Sample) -> Vec<(String, Vec<Factor>)> {
    let items = super::sample(&sample.run()).items.into_iter();
    let risky = items.filter(|item| !item.by_chance);
    risky.map(|item| (item.key, item.reasons.into_keys().collect())).collect()
}

/// A finding of March on the supermarkets that the metrico office has inspected.
fn finding(sample: &Sample, rule: &'static Rule, month: u32) -> Finding {
    let office = OfficeId::new("metrico");
    let month = Month::new(month).unwrap();
    let mut own = sample.admitted.entries.of_office(&office);
    let entry = own
        .find(|entry| entry.id.voce.as_str() == "S03.supermercati" && entry.id.month == Some(month))
        .unwrap();
    Finding {
        office: Some(office),
        file: Some(entry.file.clone()),
        sheet: Some(entry.place.sheet.clone()),
        cells: vec![entry.place.cell],
        entries: entry.at.into_iter().collect(),
        indicator: Some(IndicatorCode::new("3.2")),
        voce: Some(entry.id.voce.clone()),
        month: Some(month),
        ..Finding::of(rule)
    }
}

fn key(finding: &Finding) -> String {
    format!("{}|Scheda 3|{}", finding.file.as_ref().unwrap(), finding.cells[0])
}

#[test]
fn without_risk_only_chance_brings_in() {
    let quiet = quiet();
    assert_eq!(risky(&quiet), []);
    let drawn = sample(&quiet.run());
    let of = |wanted: fn(&Item<'_>) -> bool| drawn.items.iter().filter(|item| wanted(item)).count();
    assert_eq!((of(|item| item.is_indicator()), of(|item| item.is_entry())), (BY_CHANCE, BY_CHANCE));
    assert_eq!((drawn.items.len(), drawn.risky), (2 * BY_CHANCE, 0));
}

#[test]
fn each_risk_of_a_result_alone_brings_it_in() {
    let number = |value: i64| Some(Value::Number(Number::from(value)));
    let brought = |change: &dyn Fn(&mut Sample)| {
        let mut sample = quiet();
        change(&mut sample);
        risky(&sample)
    };
    let one = |code: &str, factor| vec![(format!("indicatore|{code}"), vec![factor])];
    let edge = |sample: &mut Sample| {
        let indicator = Some(IndicatorCode::new("6.2"));
        sample.checked.findings.push(Finding { indicator, ..Finding::of(&EDGE) });
    };
    assert_eq!(brought(&edge), one("6.2", Factor::Borderline));
    assert_eq!(brought(&|sample| result(sample, "3.2").at_the_limit = true), one("3.2", Factor::Borderline));
    assert_eq!(
        brought(&|sample| result(sample, "3.2").provisional = true),
        vec![(
            "indicatore|3.2".to_owned(),
            // With something missing the evidence is partial too.
            vec![Factor::Provisional, Factor::SomeEvidence]
        )]
    );
    // 3.2 asks for at least 10: 15 is 150 %, 16 is over it.
    let mut limit = quiet();
    assert_eq!(result(&mut limit, "3.2").threshold, number(10));
    assert_eq!(brought(&|sample| result(sample, "3.2").value = number(15)), []);
    assert_eq!(brought(&|sample| result(sample, "3.2").value = number(16)), one("3.2", Factor::OverAchieved));
    let without = |sample: &mut Sample| {
        let code = IndicatorCode::new("3.2");
        sample.submissions.iter_mut().for_each(|own| drop(own.evidence.remove(&code)));
    };
    assert_eq!(brought(&without), one("3.2", Factor::NoEvidence));
    let half = |sample: &mut Sample| {
        let code = IndicatorCode::new("1.3");
        let pid = sample.submissions.iter_mut().find(|own| own.office.as_str() == "pid").unwrap();
        pid.evidence.remove(&code);
    };
    assert_eq!(brought(&half), one("1.3", Factor::SomeEvidence));
}

#[test]
fn every_target_missed_and_every_result_withheld_comes_in() {
    let brought = |month: u32, status: Status, degree: Option<i64>| {
        let mut sample = quiet();
        sample.consolidation.closed = month == 12;
        let own = result(&mut sample, "8.4");
        (own.status, own.degree) = (status, degree.map(Number::from));
        // A date that came too late; missed for want of one, the evidence would be partial too.
        own.value = degree.map(|_| Value::Date(chrono::NaiveDate::from_ymd_opt(2019, 12, 5).unwrap()));
        let run = sample.run();
        let own: Vec<(usize, Vec<String>)> = super::sample(&run)
            .items
            .into_iter()
            .filter(|item| !item.by_chance)
            .map(|item| (item.points(), item.reasons.into_values().flatten().collect()))
            .collect();
        own
    };
    let one = |points: usize, detail: &str| vec![(points, vec![detail.to_owned()])];
    assert_eq!(brought(12, Status::NonRaggiunto, Some(0)), one(4, "non raggiunto, grado 0"));
    let part = one(4, "parzialmente raggiunto, grado 97");
    assert_eq!(brought(12, Status::ParzialmenteRaggiunto, Some(97)), part);
    assert_eq!(brought(12, Status::DatoMancante, None), one(4, "dato mancante, conta 0"));
    assert_eq!(brought(6, Status::NonPiuRaggiungibile, Some(0)), one(4, "non più raggiungibile, grado 0"));
    for quiet in [Status::DatoMancante, Status::InRitardo, Status::NonAncoraMisurabile] {
        assert_eq!(brought(6, quiet, None), [], "{quiet:?}");
    }
    for month in [6, 12] {
        // With something kept out the evidence is partial too: 5 + 1.
        assert_eq!(brought(month, Status::NonVerificabile, None), [(6, vec![])]);
    }
    // However many they are: 40 are more than risk alone brings in.
    let mut sample = quiet();
    for result in &mut sample.consolidation.indicators {
        result.status = Status::NonRaggiunto;
    }
    assert_eq!(risky(&sample).len(), 40);
    const { assert!(BY_RISK < 40) };
}

#[test]
fn what_a_decision_takes_out_is_looked_at() {
    let mut sample = quiet();
    sample.plan.decisions.push(crate::plan::Decision {
        indicator: IndicatorCode::new("3.2"),
        reason: "rinviato".into(),
        who: "l'unità".into(),
        date: chrono::NaiveDate::from_ymd_opt(2019, 12, 15).unwrap(),
    });
    result(&mut sample, "3.2").status = Status::NonValutabile;
    assert_eq!(risky(&sample), [("indicatore|3.2".to_owned(), vec![Factor::Waived])]);
}

#[test]
fn a_deadline_kept_or_lost_by_a_day_is_on_the_edge() {
    for (days, edge) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
        let mut sample = quiet();
        result(&mut sample, "4.1").deviation = Some(Number::from(days as i64));
        assert_eq!(!risky(&sample).is_empty(), edge, "{days}");
        let mut sample = quiet();
        result(&mut sample, "3.2").deviation = Some(Number::from(days as i64));
        assert_eq!(risky(&sample), [], "not days: R09 says it");
    }
}

#[test]
fn no_day_where_none_is_wanted_is_no_edge() {
    let zero = |limit: i64| {
        let mut sample = quiet();
        result(&mut sample, "11.5").deviation = Some(Number::zero());
        result(&mut sample, "11.5").threshold = Some(Value::Number(Number::from(limit)));
        risky(&sample).len()
    };
    assert_eq!((zero(0), zero(3)), (0, 1));
}

#[test]
fn each_risk_of_an_entry_alone_brings_it_in() {
    let mut sample = quiet();
    for own in sample.admitted.entries.iter_mut().filter(|entry| entry.office.as_str() == "metrico").take(1) {
        own.normalised = Some("unità di misura tolta dal numero");
    }
    let brought = risky(&sample);
    assert_eq!((brought.len(), &brought[0].1), (1, &vec![Factor::Corrected]));

    let waived = Waived { reason: "verificato".into(), who: "l'unità".into(), until: None };
    for (rule, month, waived, factor) in [
        (&ODD, 3, None, Some(Factor::Flagged)),
        (&ODD, 1, None, Some(Factor::FirstMonth)),
        (&ODD, 1, Some(waived.clone()), Some(Factor::Waived)),
        (&PART, 3, Some(waived), Some(Factor::Waived)),
        (&crate::report::sample::QUIET, 1, None, None),
    ] {
        let mut sample = quiet();
        let finding = Finding { waived, ..finding(&sample, rule, month) };
        let wanted: Vec<_> = factor.map(|factor| (key(&finding), vec![factor])).into_iter().collect();
        sample.checked.findings.push(finding);
        assert_eq!(risky(&sample), wanted);
    }

    // The whole world has one baseline or more; here the one of 1.2 comes back.
    let whole = world(12);
    let mut sample = quiet();
    let ri = OfficeId::new("ri");
    let mut own = whole.admitted.entries.of_office(&ri);
    let baseline = own.find(|entry| entry.id.voce.as_str() == "S01.ore_sportello_2018").unwrap();
    let baseline = AdmittedEntry { normalised: None, ..baseline.clone() };
    sample.admitted.entries.add(&baseline.id.voce.clone(), &ri, [baseline]);
    let brought = risky(&sample);
    assert_eq!((brought.len(), &brought[0].1), (1, &vec![Factor::SelfDeclared]));
}

#[test]
fn a_derogation_without_a_cell_falls_on_the_indicator_or_on_the_office() {
    let waived = Some(Waived { reason: "verificato".into(), who: "l'unità".into(), until: None });
    let with = |finding: Finding| {
        let mut sample = quiet();
        sample.checked.findings.push(finding);
        risky(&sample)
    };
    let own =
        Finding { waived: waived.clone(), indicator: Some(IndicatorCode::new("3.2")), ..Finding::of(&PART) };
    assert_eq!(with(own), [("indicatore|3.2".to_owned(), vec![Factor::Waived])]);
    let office = Some(OfficeId::new("urp"));
    let own = Finding { waived, office: office.clone(), ..Finding::of(&ODD) };
    assert_eq!(with(own), [("ufficio|urp".to_owned(), vec![Factor::Waived])]);
    assert_eq!(with(Finding { office, ..Finding::of(&ODD) }), [], "open, it is in Rilievi");
}

#[test]
fn nothing_stands_twice_and_the_size_is_bounded() {
    for month in [1, 6, 12] {
        let sample = world(month);
        let drawn = sample_of(&sample);
        let keys: BTreeSet<&String> = drawn.iter().map(|(key, _)| key).collect();
        assert_eq!(keys.len(), drawn.len());
        let always = |item: &&Item<'_>| item.reasons.keys().any(|factor| factor.always_comes_in());
        let run = sample.run();
        let must = super::sample(&run).items.iter().filter(always).count();
        let bound = BY_RISK.max(must + FACTORS.len()) + 2 * BY_CHANCE;
        assert!(drawn.len() <= bound, "{month}: {}", drawn.len());
        assert_eq!(drawn.iter().filter(|(_, chance)| *chance).count(), 2 * BY_CHANCE);
    }
}

fn sample_of(sample: &Sample) -> Vec<(String, bool)> {
    super::sample(&sample.run()).items.into_iter().map(|item| (item.key, item.by_chance)).collect()
}

#[test]
fn every_risk_that_is_there_has_its_item() {
    let mut june = world(6);
    june.checked.findings.push(Finding { indicator: Some(IndicatorCode::new("6.2")), ..Finding::of(&EDGE) });
    let seed = seed(&june.run());
    let run = june.run();
    let all = super::candidates(&run, &seed);
    let drawn = sample(&run);
    for factor in FACTORS {
        let there = all.iter().any(|item| item.reasons.contains_key(&factor));
        let mut chosen = drawn.items.iter().filter(|item| !item.by_chance);
        assert_eq!(there, chosen.any(|item| item.reasons.contains_key(&factor)), "{factor:?}");
    }
}

#[test]
fn the_same_inputs_give_the_same_sample_and_others_another() {
    let own = sample_of(&quiet());
    assert_eq!(own, sample_of(&quiet()));
    let mut other = quiet();
    other.files[0].sha256 = "0".repeat(64);
    assert_ne!(own, sample_of(&other));
    let mut other = quiet();
    other.plan.sha256 = "0".repeat(64);
    assert_ne!(own, sample_of(&other));
    // What the unit decides during the year cannot be used to draw again.
    let mut other = quiet();
    other.plan.sha256_whole = "0".repeat(64);
    assert_eq!(own, sample_of(&other));
}

#[test]
fn a_file_changed_elsewhere_draws_again_but_ranks_nothing_again() {
    let split = |sample: &Sample| -> (Vec<String>, Vec<String>) {
        let (chance, risk): (Vec<_>, Vec<_>) = sample_of(sample).into_iter().partition(|(_, chance)| *chance);
        (keys(risk), keys(chance))
    };
    let own = world(6);
    let mut other = world(6);
    other.files[0].sha256 = "0".repeat(64);
    let ((risk, chance), (same, drawn)) = (split(&own), split(&other));
    assert!(risk.len() > 3);
    assert_eq!(risk, same);
    assert_ne!(chance, drawn);
}

fn keys(items: Vec<(String, bool)>) -> Vec<String> {
    items.into_iter().map(|(key, _)| key).collect()
}

#[test]
fn the_draw_can_be_redone_with_sha256sum() {
    // printf '%s' 'seme|indicatore|6.2' | sha256sum
    assert_eq!(
        sha256("seme|indicatore|6.2"),
        "c5a4ce44c50aadbe526ec486311255588a7c8f0563d41e69e8ed12c9e95e1de9"
    );
    let quiet = quiet();
    let drawn = sample(&quiet.run());
    for item in &drawn.items {
        assert_eq!(item.hash, sha256(format!("{}|{}", drawn.seed, item.key)));
        assert_eq!(item.rank, sha256(format!("{}|{}", quiet.plan.sha256, item.key)));
        assert_eq!(item.own_hash(), if item.by_chance { &item.hash } else { &item.rank });
    }
    // By hand: of all the indicators, those with the smallest hashes.
    let mut all: Vec<String> = quiet
        .plan
        .indicators()
        .map(|own| sha256(format!("{}|indicatore|{}", drawn.seed, own.code)))
        .collect();
    all.sort();
    let mut own: Vec<&String> =
        drawn.items.iter().filter(|item| item.is_indicator()).map(|item| &item.hash).collect();
    own.sort();
    assert_eq!(own, all.iter().take(BY_CHANCE).collect::<Vec<_>>());
}

#[test]
fn more_points_come_first_and_factors_are_in_order() {
    let june = world(6);
    let points: Vec<usize> =
        sample(&june.run()).items.iter().filter(|item| !item.by_chance).map(Item::points).collect();
    assert!(points.is_sorted_by(|a, b| a >= b), "{points:?}");
    assert!(FACTORS.is_sorted_by(|a, b| a < b && a.points() >= b.points()));
}
