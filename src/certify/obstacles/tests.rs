//! What keeps a month open, in made-up months.

use super::obstacles;
use crate::impact::{Effect, EffectKind};
use crate::interpret::{EntryPlaces, EntryState, Submission};
use crate::model::{
    AnswerKind, Answered, Finding, IndicatorCode, OfficeId, Related, Rule, Severity, VoceKey, Waived,
};
use crate::plan::{DEFAULT_PLAN, Decision, Threshold, read_plan};
use crate::report::sample::{Sample, sample, sample_of};

/// A stand-in for the rule of deadlines gone by.
static GONE: Rule = Rule {
    code: "D04",
    name: "Scadenza passata senza tutte le date",
    severity: Severity::DaMotivare,
    why: "x",
    remedy: "x",
    to_office: "x",
    missing: true,
};

/// December with the annual cell of a voce blank in these offices.
fn without(key: &str, offices: &[&str]) -> Sample {
    let key = VoceKey::from_text(key);
    sample_of(read_plan(DEFAULT_PLAN).unwrap(), 12, &|submissions: &mut Vec<Submission>| {
        let own = submissions.iter_mut().filter(|one| offices.contains(&one.office.as_str()));
        for entry in own.flat_map(|one| &mut one.entries).filter(|entry| entry.id.voce == key) {
            entry.raw.clear();
            entry.state = EntryState::Blank;
        }
    })
}

fn about(sample: &Sample, words: &str) -> Vec<String> {
    lines(sample).into_iter().filter(|line| line.contains(words)).collect()
}

fn decide(sample: &mut Sample, code: &str) {
    sample.plan.decisions.push(Decision {
        indicator: IndicatorCode::new(code),
        reason: "x".into(),
        who: "x".into(),
        date: chrono::NaiveDate::from_ymd_opt(2019, 12, 15).unwrap(),
    });
}

#[test]
fn a_deadline_gone_without_a_date_is_open_once_per_office_until_it_is_covered() {
    assert_eq!(about(&without("S04.adozione_delibera", &[]), "Indicatore 4.1"), [""; 0]);
    let one = about(&without("S04.adozione_delibera", &["ambiente"]), "Indicatore 4.1");
    assert_eq!(one.len(), 1, "{one:#?}");
    assert!(one[0].starts_with("Indicatore 4.1, non raggiunto · Servizio Ambiente"), "{one:#?}");
    for words in [
        "manca la data «Data di adozione della delibera di sospensione»: scadenza passata, cella vuota",
        "una decisione sull'indicatore, oppure una deroga al rilievo «Scadenza passata senza tutte le date»",
        "trovato = \"nessuna data entro dicembre 2019\"",
    ] {
        assert!(one[0].contains(words), "{words}: {one:#?}");
    }
    let both = ["ambiente", "albo_gestori"];
    let mut december = without("S04.adozione_delibera", &both);
    assert_eq!(about(&december, "Indicatore 4.1").len(), 2);
    // The derogation of the finding, which names both cells.
    let place = |office: &str| {
        let own = december.submissions.iter().find(|one| one.office.as_str() == office).unwrap();
        let entry = own.entries.iter().find(|entry| entry.id.voce.as_str() == "S04.adozione_delibera");
        (own.file.clone(), entry.unwrap().place.clone())
    };
    let (first, second) = (place(both[0]), place(both[1]));
    let mut finding = Finding {
        office: Some(OfficeId::new(both[0])),
        file: Some(first.0),
        sheet: Some(first.1.sheet),
        cells: vec![first.1.cell],
        related: vec![Related {
            office: OfficeId::new(both[1]),
            file: second.0,
            sheet: second.1.sheet,
            cells: vec![second.1.cell],
        }],
        ..Finding::of(&GONE)
    };
    finding.entries = EntryPlaces::of(&december.submissions).named(&finding);
    december.checked.findings.push(finding.clone());
    assert_eq!(about(&december, "Indicatore 4.1").len(), 2, "an open finding covers nothing");
    finding.waived = Some(Waived { reason: "x".into(), who: "x".into(), until: None });
    *december.checked.findings.last_mut().unwrap() = finding;
    assert_eq!(about(&december, "Indicatore 4.1"), [""; 0]);
    let mut decided = without("S04.adozione_delibera", &both);
    decide(&mut decided, "4.1");
    assert_eq!(about(&decided, "Indicatore 4.1"), [""; 0]);
}

#[test]
fn a_deadline_of_the_last_day_is_open_too_when_the_year_is_closed() {
    let mut plan = read_plan(DEFAULT_PLAN).unwrap();
    let indicators = plan.schede.iter_mut().flat_map(|scheda| &mut scheda.actions);
    let own = indicators.flat_map(|action| &mut action.indicators).find(|own| own.code.as_str() == "4.1");
    own.unwrap().target.threshold = Threshold::Date(chrono::NaiveDate::from_ymd_opt(2019, 12, 31).unwrap());
    let blank = |submissions: &mut Vec<Submission>| {
        for entry in submissions.iter_mut().flat_map(|one| &mut one.entries) {
            if entry.id.voce.as_str() == "S04.adozione_delibera" {
                entry.raw.clear();
                entry.state = EntryState::Blank;
            }
        }
    };
    let lines = about(&sample_of(plan, 12, &blank), "Indicatore 4.1");
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert!(lines.iter().all(|line| line.contains("scadenza passata, cella vuota")), "{lines:#?}");
}

#[test]
fn a_blank_yes_or_no_is_due_at_the_end_of_the_year_and_a_counted_date_never() {
    // The sample lacks the last office of the plan, which answers for 7.1: said as such, not here.
    let counted = about(&without("S07.coinvolto", &["metrico"]), "manca «Il tuo ufficio è stato coinvolto");
    assert_eq!(counted.len(), 1, "{counted:#?}");
    let only = about(&without("S13.inserimento_pdp", &["programmazione"]), "Indicatore 13.3");
    assert!(only.len() == 1 && only[0].contains("manca «Il PDP 2019-2021"), "{only:#?}");
    let dates = without("S09.attivazione", &["ambiente", "ri", "informatico", "archivio_protocollo"]);
    assert_eq!(about(&dates, "Indicatore 9.1"), [""; 0]);
    let told = |sample: &Sample| {
        let run = sample.run();
        let code = IndicatorCode::new("9.1");
        let result = run.consolidation.indicator(&code).unwrap();
        crate::report::remarks(&run, run.plan.indicator(&code).unwrap(), result).join("\n")
    };
    let one = without("S09.attivazione", &["informatico"]);
    let name = one.plan.office_name(&OfficeId::new("informatico")).to_owned();
    assert!(told(&one).contains(&format!("Senza data: {name}; conta come non fatto.")), "{}", told(&one));
    assert!(told(&dates).contains("; contano come non fatti."), "{}", told(&dates));
    assert!(!told(&without("S09.attivazione", &[])).contains("Senza data"));
}

fn lines(sample: &Sample) -> Vec<String> {
    obstacles(&sample.run()).iter().map(ToString::to_string).collect()
}

#[test]
fn offices_findings_gaps_and_results_are_listed_once() {
    let lines = lines(&sample(12));
    let about = |words: &str| lines.iter().filter(|line| line.contains(words)).cloned().collect::<Vec<_>>();
    assert_eq!(about("ufficio mancante").len(), 1);
    assert_eq!(about("[K01").len(), 0, "an office that sent nothing is said once");
    let part = about("[R03 · ERRORE] La parte supera il tutto (41)");
    assert!(part[0].starts_with("Indicatore 3.1, non verificabile · "), "{part:?}");
    assert_eq!((part.len(), about("Indicatore 3.1").len()), (1, 1));
    // One blank month in every office of 2.3, and no finding that says so in this made-up run.
    assert!(!about("manca «").is_empty(), "{lines:#?}");
    assert!(about("13.1").iter().any(|line| line.contains("mancante")), "{lines:#?}");
}

/// A stand-in for a check that wants an explanation.
static ODD: Rule =
    Rule { code: "M11", name: "Strano", severity: Severity::DaMotivare, missing: false, ..GONE };

/// December with a finding of metrico on 3.2 that reaches this far.
fn odd(severity: Severity, kind: EffectKind) -> Sample {
    let mut december = sample(12);
    let code = IndicatorCode::new("3.2");
    december.checked.findings.push(Finding {
        severity,
        office: Some(OfficeId::new("metrico")),
        indicator: Some(code.clone()),
        found: "7".to_owned(),
        ..Finding::of(&ODD)
    });
    december.effects.push(Effect { kind, indicators: vec![code], sentence: String::new() });
    december
}

#[test]
fn what_could_change_an_outcome_wants_an_answer() {
    let open = |sample: &Sample| about(sample, "può cambiare l'esito e non ha una risposta").len();
    let asked = || odd(Severity::DaMotivare, EffectKind::CambiaEsito);
    assert_eq!(open(&asked()), 1);
    assert_eq!(open(&odd(Severity::DaMotivare, EffectKind::CambiaGrado)), 0);
    // A nota asks for nothing, unless the plan made it one.
    let mut lowered = odd(Severity::Nota, EffectKind::CambiaEsito);
    assert_eq!(open(&lowered), 0);
    lowered.checked.findings.last_mut().unwrap().lowered_from = Some(Severity::DaMotivare);
    assert_eq!(open(&lowered), 1);
    // A note of the office on the indicator answers; one of another office or indicator does not.
    for (office, code, left) in [("metrico", "3.2", 0), ("metrico", "3.3", 1), ("ri", "3.2", 1)] {
        let mut noted = asked();
        let note = noted.submissions.iter().find_map(|one| one.notes.values().next()).cloned();
        let own = noted.submissions.iter_mut().find(|one| one.office.as_str() == office);
        own.unwrap().notes.insert(IndicatorCode::new(code), note.unwrap());
        assert_eq!(open(&noted), left, "{office} {code}");
    }
    let mut decided = asked();
    decide(&mut decided, "3.2");
    assert_eq!(open(&decided), 0);
    let mut waived = asked();
    let last = waived.checked.findings.last_mut().unwrap();
    last.waived = Some(Waived { reason: "x".into(), who: "x".into(), until: None });
    assert_eq!(open(&waived), 0);
}

/// An answer is bound to the finding and to its values: what no note answers, it does.
#[test]
fn an_answer_explains_what_is_unusual_and_never_an_error() {
    use AnswerKind::{Confermo, Corretto, NonRiguarda};
    for (severity, kind, reason, left) in [
        (Severity::DaMotivare, Confermo, "visita straordinaria", 0),
        (Severity::DaMotivare, Confermo, "", 1),
        (Severity::DaMotivare, Corretto, "visita straordinaria", 1),
        (Severity::DaMotivare, NonRiguarda, "visita straordinaria", 1),
        (Severity::Errore, Confermo, "visita straordinaria", 1),
    ] {
        for rule in [&ODD, &UNSEEN] {
            let mut answered = odd(severity, EffectKind::CambiaEsito);
            let finding = answered.checked.findings.last_mut().unwrap();
            let office = OfficeId::new("metrico");
            finding.answered.push(Answered { office, kind, reason: reason.to_owned() });
            finding.rule = rule;
            let open = about(&answered, rule.code).len();
            assert_eq!(open, left, "{severity:?} {kind:?} {reason} {}", rule.code);
        }
    }
}

/// A stand-in for a check that doubts what a cell says.
static UNSEEN: Rule = Rule { code: "C25", ..ODD };

#[test]
fn a_doubt_on_a_cell_is_not_answered_by_a_note() {
    for (kind, what) in [
        (EffectKind::CambiaEsito, "può cambiare l'esito e non ha una risposta"),
        (EffectKind::CambiaGrado, "può cambiare il grado e non ha una risposta"),
        (EffectKind::NessunEffetto, "può cambiare il valore e non ha una risposta"),
    ] {
        let mut december = odd(Severity::DaMotivare, kind);
        december.checked.findings.last_mut().unwrap().rule = &UNSEEN;
        let note = december.submissions.iter().find_map(|one| one.notes.values().next()).cloned();
        let own = december.submissions.iter_mut().find(|one| one.office.as_str() == "metrico");
        own.unwrap().notes.insert(IndicatorCode::new("3.2"), note.unwrap());
        assert_eq!(about(&december, what).len(), 1);
    }
}

#[test]
fn every_point_has_what_to_paste() {
    let december = sample(12);
    for point in obstacles(&december.run()) {
        assert!(!point.answers.is_empty(), "{point}");
    }
}

#[test]
fn a_decision_or_a_derogation_closes_what_it_covers() {
    let mut december = sample(12);
    let before = lines(&december);
    december.plan.decisions.push(Decision {
        indicator: IndicatorCode::new("3.1"),
        reason: "x".into(),
        who: "x".into(),
        date: chrono::NaiveDate::from_ymd_opt(2019, 12, 15).unwrap(),
    });
    let decided = lines(&december);
    assert_eq!(decided.len() + 1, before.len());
    let absent = december.checked.findings.iter_mut().find(|one| one.rule.code == "K01").unwrap();
    absent.waived = Some(Waived { reason: "x".into(), who: "x".into(), until: None });
    let waived = lines(&december);
    assert!(waived.iter().all(|line| !line.contains("ufficio mancante")), "{waived:#?}");
}

/// A stand-in for a check that finds no value where one is due.
static UNREADABLE: Rule =
    Rule { code: "C01", name: "Non è un numero", severity: Severity::Errore, missing: false, ..GONE };

/// December with one entry of an office that is no value, named by a finding, accepted or not.
fn void(key: &str, month: Option<u32>, row: Option<u32>, state: &EntryState, accepted: bool) -> Sample {
    let voce = VoceKey::from_text(key);
    let here = |id: &crate::model::EntryId| {
        id.voce == voce
            && (row.is_some() || id.month.map(crate::model::Month::number) == month)
            && (row.is_none() || id.row == row)
    };
    let mut named = None;
    let mut december = {
        let change = |submissions: &mut Vec<Submission>| {
            let mut own = submissions.iter_mut().flat_map(|one| &mut one.entries);
            if let Some(entry) = own.find(|entry| here(&entry.id)) {
                entry.raw = "circa 1.200".to_owned();
                entry.state = state.clone();
            }
        };
        sample_of(read_plan(DEFAULT_PLAN).unwrap(), 12, &change)
    };
    for one in &december.submissions {
        let own = one.entries.iter().find(|entry| here(&entry.id) && entry.state == *state);
        named =
            named.or_else(|| own.map(|entry| (one.office.clone(), one.file.clone(), entry.place.clone())));
    }
    let (office, file, place) = named.unwrap();
    let indicator = december.plan.voce(&voce).map(|(indicator, _)| indicator.code.clone());
    let mut finding = Finding {
        office: Some(office),
        file: Some(file),
        sheet: Some(place.sheet),
        cells: vec![place.cell],
        indicator,
        voce: Some(voce),
        found: "circa 1.200".to_owned(),
        waived: accepted.then(|| Waived { reason: "x".into(), who: "x".into(), until: None }),
        ..Finding::of(&UNREADABLE)
    };
    finding.entries = EntryPlaces::of(&december.submissions).named(&finding);
    december.checked.findings.push(finding);
    december
}

#[test]
fn a_derogation_makes_no_value() {
    use crate::certify::Answer;
    use crate::interpret::Fault;
    let cases = [
        ("S03.prodotti", Some(3), None, EntryState::Wrong(Fault::NotANumber), "3.3"),
        ("S03.prodotti", Some(3), None, EntryState::Lost, "3.3"),
        ("S03.prodotti", Some(3), None, EntryState::Blank, "3.3"),
        ("S03.orafi_iscritti", None, None, EntryState::Wrong(Fault::AmbiguousNumber), "3.1"),
        ("S01.bandi", None, Some(1), EntryState::Wrong(Fault::NotADate), "1.1"),
        ("S01.bandi", None, Some(1), EntryState::Lost, "1.1"),
        ("S04.adozione_delibera", None, None, EntryState::Wrong(Fault::NotADate), "4.1"),
        ("S04.adozione_delibera", None, None, EntryState::Lost, "4.1"),
    ];
    for (key, month, row, state, code) in cases {
        let words = format!("{key} {state:?}");
        let indicator = IndicatorCode::new(code);
        let points = |sample: &Sample| {
            let run = sample.run();
            let own = obstacles(&run).into_iter().filter(|one| one.indicators.contains(&indicator));
            own.filter(|one| one.why.contains("manca «") || one.why.contains("[C01")).collect::<Vec<_>>()
        };
        let decision = [Answer::Decision(indicator.clone())];
        let open = points(&void(key, month, row, &state, false));
        assert_eq!(open.len(), 1, "{words}: {open:#?}");
        assert_eq!(open[0].answers, decision, "{words}");
        let mut accepted = void(key, month, row, &state, true);
        let still = points(&accepted);
        assert_eq!(still.len(), 1, "{words}: {still:#?}");
        assert_eq!(still[0].answers, decision, "{words}");
        assert!(
            still[0].why.contains("la deroga accetta il rilievo, ma non dà un valore"),
            "{words}: {still:#?}"
        );
        decide(&mut accepted, code);
        assert_eq!(points(&accepted), [], "{words}");
    }
}
