//! The checklist on a made-up June and a made-up December; what it says is counted by hand.

use super::{ANSWERS, Index, questions};
use crate::book::Input;
use crate::book::{Content, Row};
use crate::interpret::TextCell;
use crate::model::{CellRef, EntryRef, IndicatorCode, Number, Place, Severity};
use crate::report::report;
use crate::report::sample::{Sample, sample};

fn fact(sample: &Sample, asked: &str) -> String {
    let run = sample.run();
    let found = questions(&run, &Index::of(&run)).into_iter().find(|question| question.asked.contains(asked));
    found.unwrap().fact
}

#[test]
fn the_three_things_to_attest_have_a_table_each_and_every_answer_is_blank() {
    let june = sample(6);
    let report = report(&june.run());
    let sheet = report.sheets.iter().find(|sheet| sheet.name == "Attestazione OIV").unwrap();
    let [lists @ .., signers] = sheet.tables.as_slice() else { panic!("no table") };
    let mut numbers = Vec::new();
    let mut titles = Vec::new();
    for area in lists {
        let Content::Text(title) = &sheet.rows[area.first.row as usize - 1].cells[0].content else {
            panic!("no title above {area:?}")
        };
        titles.push(title.as_str());
        for row in &sheet.rows[area.first.row as usize + 1..=area.last.row as usize] {
            let [number, asked, fact, place, answer, notes] = row.cells.as_slice() else { panic!("{row:?}") };
            let Content::Number(number, _) = &number.content else { panic!("no number") };
            numbers.push(number.to_i64().unwrap());
            assert!([asked, fact, place].iter().all(|cell| cell.input.is_none() && !cell.is_blank()));
            assert!(matches!(place.content, Content::Link(..)));
            assert!(answer.is_blank() && answer.input == Some(Input::OneOf(&ANSWERS)));
            assert!(notes.is_blank() && notes.input == Some(Input::Free));
        }
    }
    assert_eq!(titles, ["Comprensibilità", "Conformità", "Attendibilità"]);
    assert_eq!(numbers, (1..=18).collect::<Vec<i64>>());
    // The judgement, then name, role, date and signature of three.
    let to_sign = &sheet.rows[lists[2].last.row as usize + 1..];
    let blanks = |rows: &[Row]| {
        rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.input == Some(Input::Free)).count()
    };
    assert_eq!(blanks(to_sign), 13);
    assert_eq!(blanks(&sheet.rows[signers.first.row as usize..=signers.last.row as usize]), 12);
}

#[test]
fn facts_of_a_made_up_june_by_hand() {
    let mut june = sample(6);
    // 25 offices of 26 have sent; one finding of severity errore (R03) and one that says who is missing
    // (K01).
    let offices = fact(&june, "Tutti gli uffici");
    assert!(
        offices.starts_with(
            "Uffici che hanno inviato un file che conta: 25 su 26; con nome, ruolo e data di chi firma: 0."
        ),
        "{offices}"
    );
    assert!(offices.ends_with(&format!("Mancano: {}.", june.plan.offices[25].name)), "{offices}");
    let findings = fact(&june, "rilievi sono chiusi");
    assert_eq!(
        findings,
        "0 rilievi bloccanti e 2 errori aperti; 0 da motivare; 0 note, che non sono difetti."
    );
    june.checked.findings[0].severity = Severity::Bloccante;
    assert!(fact(&june, "rilievi sono chiusi").starts_with("1 rilievo bloccante e 1 errore aperti;"));
    assert!(
        fact(&june, "quale target")
            .starts_with("Indicatori con formula e target letti dal programma: 40 su 40.")
    );
    // 410 + 25 passed, two failed, one skipped: 438 subjects of three checks.
    assert_eq!(
        fact(&june, "controlli hanno guardato"),
        "3 controlli, soggetti: 438. Superati 435, falliti 2, non valutati 1, derogati 0."
    );
    assert!(fact(&june, "anno è chiuso").starts_with("Giugno 2019: anno non chiuso, emissione provvisoria;"));
    assert!(fact(&june, "file sono quelli").starts_with("28 file ricevuti, di cui 25 accettati."));
}

#[test]
fn a_final_issue_has_nothing_provisional_and_nothing_left_to_mend() {
    use crate::report::{report, results::remarks};
    // Two open errors (R03, K01), no matter which: what is drawn is what is said of them.
    let mut december = sample(12);
    for (place, result) in december.consolidation.indicators.iter_mut().enumerate() {
        result.provisional = place < 2;
    }
    let first = &mut december.consolidation.indicators[0];
    (first.coverage.present, first.coverage.expected) = (83, 84);
    let code = first.code.clone();
    let told = |sample: &Sample| {
        let run = sample.run();
        let result = run.consolidation.indicator(&code).unwrap();
        remarks(&run, run.plan.indicator(&code).unwrap(), result).join("\n")
    };
    let words = |sample: &Sample, name: &str| {
        let report = report(&sample.run());
        let sheet = report.sheets.iter().find(|sheet| sheet.name == name).unwrap();
        let cells = sheet.rows.iter().flat_map(|row| &row.cells);
        let texts = cells.filter_map(|cell| match &cell.content {
            Content::Text(text) => Some(text.clone()),
            _ => None,
        });
        texts.collect::<Vec<_>>()
    };
    assert!(fact(&december, "dati dovuti").ends_with("; 2 risultati provvisori."));
    assert!(words(&december, "Copertina").concat().contains("Da sistemare: 2 errori."));
    assert_eq!(words(&december, "Risultati").iter().filter(|text| *text == "sì").count(), 2);
    assert!(!told(&december).contains("Definitivo"));
    december.definitive = true;
    let dues = fact(&december, "dati dovuti");
    assert!(
        dues.ends_with("; 2 risultati con dati incompleti, coperti da una decisione o da una deroga."),
        "{dues}"
    );
    assert!(
        fact(&december, "rilievi sono chiusi")
            .starts_with("0 rilievi bloccanti e 2 errori, coperti da una decisione o da una deroga; 0 da")
    );
    let cover = words(&december, "Copertina").concat();
    assert!(cover.contains("2 errori, coperti da una decisione o da una deroga."), "{cover}");
    assert!(!cover.contains("Da sistemare") && !cover.contains("va corretto o completato"), "{cover}");
    let results = words(&december, "Risultati");
    assert!(results.iter().any(|text| text == "Incompleto"));
    assert_eq!(results.iter().filter(|text| *text == "sì").count(), 2);
    let line = "Definitivo con 83 dati su 84: ciò che manca è coperto da una deroga.";
    assert!(told(&december).contains(line), "{}", told(&december));
    for sheet in ["Risultati", "S01"] {
        let all = words(&december, sheet);
        assert!(all.iter().any(|text| text.contains(line)), "{sheet}");
        assert!(!all.iter().any(|text| text.starts_with("Provvisorio:")), "{sheet}");
    }
    december.plan.decisions.push(crate::plan::Decision {
        indicator: code.clone(),
        reason: "x".into(),
        who: "x".into(),
        date: chrono::NaiveDate::from_ymd_opt(2019, 12, 15).unwrap(),
    });
    assert!(told(&december).contains("coperto da una decisione."), "{}", told(&december));
}

#[test]
fn evidence_is_counted_by_mark() {
    let mut june = sample(6);
    let none = fact(&june, "un'evidenza");
    assert!(
        none.starts_with("Indicatori misurati con evidenza: 0 su 40; con evidenza parziale: 0;"),
        "{none}"
    );
    let place = Place { sheet: "Scheda 3".into(), cell: CellRef { row: 1, col: 1 } };
    for submission in
        june.submissions.iter_mut().filter(|own| ["sanzioni_ri", "ri"].contains(&own.office.as_str()))
    {
        for code in ["6.2", "1.3"] {
            let cell = TextCell { at: EntryRef::default(), text: "verbali".into(), place: place.clone() };
            submission.evidence.insert(IndicatorCode::new(code), cell);
        }
    }
    let some = fact(&june, "un'evidenza");
    assert!(
        some.starts_with("Indicatori misurati con evidenza: 1 su 40; con evidenza parziale: 1;"),
        "{some}"
    );
}

#[test]
fn degrees_stand_side_by_side() {
    let mut december = sample(12);
    for scheda in &mut december.consolidation.schede {
        scheda.degrees.official = Number::parse("80");
        scheda.degrees.without_missing = Number::parse(if scheda.number == 7 { "85.5" } else { "80" });
    }
    december.consolidation.ente.official = Number::parse("80");
    december.consolidation.ente.without_missing = Number::parse("80.4");
    let told = fact(&december, "con e senza ciò che manca");
    assert!(
        told.starts_with(
            "Grado dell'ente: 80,00 · senza ciò che manca: 80,40. I due gradi differiscono nella scheda 7."
        ),
        "{told}"
    );
    december.consolidation.ente.official = None;
    assert!(fact(&december, "con e senza ciò che manca").starts_with("Grado dell'ente: nessuno ·"));
}
