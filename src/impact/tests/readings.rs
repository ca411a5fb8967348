//! What the plan leaves open, read otherwise: the 2019 plan on entries typed by hand.

use super::{Desk, finding, id};
use crate::admit::Admission;
use crate::check::rule;
use crate::impact::{Effect, EffectKind};
use crate::model::{EntryId, Finding, IndicatorCode, Number, OfficeId, Value, VoceKey};
use crate::plan::{DEFAULT_PLAN, Decision, read_plan};

/// The finding made of the plan's own notice.
fn told(desk: &Desk, code: &str, subject: &str) -> Finding {
    let notice = desk.plan.notices.iter().find(|one| one.code == code && one.subject() == subject).unwrap();
    Finding {
        scheda: notice.scheda,
        indicator: notice.indicator.clone(),
        found: notice.found.clone(),
        ..Finding::of(rule(code).unwrap())
    }
}

fn effect(desk: &Desk, code: &str, subject: &str) -> Effect {
    desk.effect(told(desk, code, subject))
}

fn is(effect: &Effect, kind: EffectKind, sentence: &str) {
    assert_eq!((effect.kind, effect.sentence.as_str()), (kind, sentence));
}

fn exams(same_day: i64) -> Desk {
    let mut desk = Desk::at(12);
    desk.december("unico_ambiente", &[("S04.prove", 50), ("S04.prove_stesso_giorno", same_day)]);
    desk
}

#[test]
fn a_target_without_operator_is_tried_otherwise_but_not_as_a_most_that_no_share_can_miss() {
    // 49 of 50 is 98 %: below a least of 100 %, and not exactly that. No part is more than 100 % of its
    // whole.
    is(
        &effect(&exams(49), "P07", "4.2"),
        EffectKind::CambiaEsito,
        "4.2: da «parzialmente raggiunto» (grado 98) a «non raggiunto» (grado 0) se il target si legge «esattamente 100 %»; «al massimo 100 %» non si prova: il risultato non può superarlo, e nessuno lo mancherebbe.",
    );
    // 50 of 50 is 100 %, however it is read.
    let all = effect(&exams(50), "P07", "4.2");
    is(
        &all,
        EffectKind::NessunEffetto,
        "4.2: «raggiunto» (grado 100) anche se il target si legge «esattamente 100 %»; «al massimo 100 %» non si prova: il risultato non può superarlo, e nessuno lo mancherebbe.",
    );
    assert_eq!(all.indicators, [IndicatorCode::new("4.2")]);
    // Without an entry there is nothing to compare.
    is(
        &effect(&Desk::at(12), "P07", "4.2"),
        EffectKind::NessunEffetto,
        "4.2: «dato mancante» anche se il target si legge «esattamente 100 %»; «al massimo 100 %» non si prova: il risultato non può superarlo, e nessuno lo mancherebbe.",
    );
}

#[test]
fn two_yes_or_no_of_one_office_are_never_more_than_all() {
    // One of two is 50 %: read as a most of 100 % it would be met by anything.
    let mut desk = Desk::at(12);
    desk.december("programmazione", &[("S13.inserimento_pdp", 1), ("S13.monitoraggio_giugno", 0)]);
    let told = effect(&desk, "P07", "13.3");
    assert!(told.sentence.contains("; «al massimo 100 %» non si prova: "), "{}", told.sentence);
    assert!(!told.sentence.contains("«raggiunto»"), "{}", told.sentence);
}

#[test]
fn what_is_kept_out_is_taken_as_typed_and_said() {
    let mut desk = Desk::at(12);
    desk.december("unico_ambiente", &[("S04.prove", 50)]);
    desk.kept_out("unico_ambiente", "S04.prove_stesso_giorno", 12, Some(49));
    let told = effect(&desk, "P07", "4.2");
    assert_eq!(told.kind, EffectKind::CambiaEsito);
    let head = "4.2: oggi «non verificabile»; se i dati tenuti fuori sono giusti, da «parzialmente raggiunto» (grado 98) a «non raggiunto»";
    assert!(told.sentence.starts_with(head), "{}", told.sentence);
}

#[test]
fn a_decision_takes_every_reading_out() {
    let mut desk = exams(49);
    let day = chrono::NaiveDate::from_ymd_opt(2019, 12, 15).unwrap();
    for code in ["4.2", "4.3"] {
        desk.plan.decisions.push(Decision {
            indicator: IndicatorCode::new(code),
            reason: "rinviato".into(),
            who: "Unità performance".into(),
            date: day,
        });
    }
    assert_eq!(effect(&desk, "P07", "4.2").kind, EffectKind::NessunEffetto);
    let hours = "4.3: «non valutabile» per decisione, comunque si legga.";
    is(&effect(&desk, "P27", "4.3"), EffectKind::NessunEffetto, hours);
}

fn firms(now: i64, before: Option<i64>) -> Desk {
    let mut desk = Desk::at(12);
    desk.number("certificazioni_estero", "S05.aziende_aderenti", 12, now);
    if let Some(before) = before {
        desk.number("certificazioni_estero", "S05.aziende_aderenti_2018", 0, before);
    }
    desk
}

#[test]
fn two_conditions_are_tried_together() {
    // At least 40, and 30 more than 20: 45 of 50 is 90.
    is(
        &effect(&firms(45, Some(20)), "P08", "5.1"),
        EffectKind::CambiaEsito,
        "5.1: da «raggiunto» (grado 100) a «parzialmente raggiunto» (grado 90) se valgono tutte e due le condizioni (almeno 50).",
    );
    // 36 of 40 is 90, of 50 is 72: both above the yellow threshold of 70.
    is(
        &effect(&firms(36, Some(20)), "P08", "5.1"),
        EffectKind::CambiaGrado,
        "5.1: resta «parzialmente raggiunto»; il grado va da 90 a 72 se valgono tutte e due le condizioni (almeno 50).",
    );
    // 30 more than 10 is the threshold itself.
    is(
        &effect(&firms(45, Some(10)), "P08", "5.1"),
        EffectKind::NessunEffetto,
        "5.1: «raggiunto» (grado 100) anche se valgono tutte e due le condizioni (almeno 40).",
    );
    is(
        &effect(&firms(45, None), "P08", "5.1"),
        EffectKind::CambiaEsito,
        "5.1: non calcolabile: per la seconda condizione serve il dato del 2018, che manca.",
    );
}

#[test]
fn an_increase_in_percent_is_tried_in_points_and_on_the_share() {
    // 40 % now, 32 % before: 15 points more are 47 %, 15 % more are 36,8 %. 40/47 is 85,106…
    let mut desk = Desk::at(12);
    desk.december("informatico", &[("S12.modelli_rieditati", 40), ("S12.modelli_da_rieditare", 100)]);
    let share = Value::Number(Number::ratio(32, 100).unwrap());
    desk.put("informatico", id("S12.quota_2018", 0), Some(share), Admission::Admitted);
    is(
        &effect(&desk, "P26", "12.1"),
        EffectKind::CambiaEsito,
        "12.1: da «raggiunto» (grado 100) a «parzialmente raggiunto» (grado 85,11) se valgono tutte e due le condizioni, in punti (almeno 47 %).",
    );
    // As a most, 40 % is beyond 30 %: 30/40 is 75.
    let told = effect(&desk, "P07", "12.1");
    let most = "a «parzialmente raggiunto» (grado 75) se il target si legge «al massimo 30 %»";
    assert!(told.sentence.contains(most), "{}", told.sentence);
    // In June 20 % is on its way to 30 % (2/3 of the degree), and within a most of 30 %.
    let mut june = Desk::at(6);
    for (key, number) in [("S12.modelli_rieditati", 20), ("S12.modelli_da_rieditare", 100)] {
        june.number("informatico", key, 6, number);
    }
    is(
        &effect(&june, "P07", "12.1"),
        EffectKind::CambiaEsito,
        "12.1: da «in linea» (grado 66,67) al grado 100 se il target si legge «al massimo 30 %», a «in ritardo» (grado 0) se il target si legge «esattamente 30 %».",
    );
}

/// The act adopted on a day of 2019 by both offices of 4.1.
fn adopted(month: u32, day: u32) -> Desk {
    let mut desk = Desk::at(12);
    let date = chrono::NaiveDate::from_ymd_opt(2019, month, day).unwrap();
    for office in ["ambiente", "albo_gestori"] {
        let key = id("S04.adozione_delibera", 0);
        desk.put(office, key, Some(Value::Date(date)), Admission::Admitted);
    }
    desk
}

#[test]
fn a_deadline_on_a_saturday_is_tried_on_the_working_days_around_it() {
    // 1/6/2019 is a Saturday, 2/6 a holiday and a Sunday: the days around are Friday 31/5 and Monday 3/6.
    is(
        &effect(&adopted(6, 3), "P18", "4.1"),
        EffectKind::CambiaEsito,
        "4.1: da «non raggiunto» (grado 0) a «raggiunto» (grado 100) se il termine si sposta al 3/6/2019.",
    );
    is(
        &effect(&adopted(6, 1), "P18", "4.1"),
        EffectKind::CambiaEsito,
        "4.1: da «raggiunto» (grado 100) a «non raggiunto» (grado 0) se il termine si anticipa al 31/5/2019.",
    );
    for (month, day, now) in [(5, 31, "«raggiunto» (grado 100)"), (6, 4, "«non raggiunto» (grado 0)")] {
        let both = "anche se il termine si sposta al 3/6/2019, o se il termine si anticipa al 31/5/2019.";
        let told = effect(&adopted(month, day), "P18", "4.1");
        is(&told, EffectKind::NessunEffetto, &format!("4.1: {now} {both}"));
    }
}

#[test]
fn phases_never_enter_an_outcome() {
    let told = effect(&Desk::at(12), "P18", "Scheda 4");
    is(
        &told,
        EffectKind::NessunEffetto,
        "Riguarda le fasi della scheda, che non entrano mai in un esito né in un grado.",
    );
}

/// Closures of the counter on some days of May, all the registers of 11.5 declared up to `month`.
fn closures(month: u32, days: &[u32]) -> Desk {
    let mut desk = Desk::at(month);
    let key = VoceKey::from_text("S11.chiusure_brevetti");
    for office in ["protesti", "proprieta_industriale", "urp"] {
        desk.admitted.entries.send(&OfficeId::new(office));
        desk.admitted.completeness.insert((OfficeId::new(office), key.clone()), month);
    }
    for day in days {
        let date = chrono::NaiveDate::from_ymd_opt(2019, 5, *day).unwrap();
        let field = EntryId::field(key.clone(), *day, "giorno");
        desk.put("urp", field, Some(Value::Date(date)), Admission::Admitted);
    }
    desk
}

#[test]
fn a_target_of_zero_matters_only_when_it_is_missed() {
    is(
        &effect(&closures(12, &[]), "P20", "11.5"),
        EffectKind::NessunEffetto,
        "11.5: «raggiunto» (grado 100) anche se ci fossero gradi intermedi.",
    );
    let scale =
        "11.5: non calcolabile: il target è mancato, e il piano non dà una scala per i gradi fra 0 e 100.";
    is(&effect(&closures(12, &[8]), "P20", "11.5"), EffectKind::CambiaEsito, scale);
    is(&effect(&closures(6, &[8]), "P20", "11.5"), EffectKind::CambiaGrado, scale);
}

#[test]
fn what_no_file_says_is_not_called_without_effect() {
    is(
        &effect(&Desk::at(12), "P27", "4.3"),
        EffectKind::CambiaEsito,
        "4.3: non calcolabile: nessuna voce chiede le ore, e quanti casi siano nel termine lo dice solo l'ufficio.",
    );
}

#[test]
fn a_baseline_that_the_plan_lacks_matters_until_somebody_gives_it() {
    let mut desk = Desk::at(12);
    desk.december("ri", &[("S01.ore_sportello", 90)]);
    // Up to the 3000 hours that the plan says are plausible: 90/3000 is 3 of 100.
    let lacking = effect(&desk, "P09", "1.2");
    assert_eq!(lacking.kind, EffectKind::CambiaEsito);
    let told = "secondo il dato che manca (fra 0 e 3.000)";
    assert!(lacking.sentence.contains("«non raggiunto» (grado 3)"), "{}", lacking.sentence);
    assert!(lacking.sentence.contains(told), "{}", lacking.sentence);
    desk.number("ri", "S01.ore_sportello_2018", 0, 100);
    is(
        &effect(&desk, "P09", "1.2"),
        EffectKind::NessunEffetto,
        "1.2: «parzialmente raggiunto» (grado 90) anche se il dato inserito (100) si scrive nel piano.",
    );
}

#[test]
fn the_mean_of_the_offices_ratios_is_another_reading_of_a_ratio() {
    // 9 of 10 and 45 of 90: 54 %; the mean of 90 % and 50 % is 70 %, against the 60 % of 2018.
    let mut desk = Desk::at(12);
    for (office, in_time, all) in [("programmazione", 9, 10), ("risorse_finanziarie", 45, 90)] {
        desk.december(office, &[("S13.rilevazioni_in_tempo", in_time), ("S13.rilevazioni_totali", all)]);
    }
    let before = Value::Number(Number::ratio(6, 10).unwrap());
    desk.put("programmazione", id("S13.quota_2018", 0), Some(before), Admission::Admitted);
    let apart =
        Finding { indicator: Some(IndicatorCode::new("13.1")), ..finding("A06", "programmazione", &[]) };
    is(
        &desk.effect(apart),
        EffectKind::CambiaEsito,
        "13.1: da «parzialmente raggiunto» (grado 90) a «raggiunto» (grado 100) se si fa la media dei rapporti degli uffici (70 %).",
    );
}

#[test]
fn the_first_day_may_count_too() {
    // From 28 February to 29 May there are 90 days, the limit; 90/91 is 98,90.
    let mut desk = Desk::at(12);
    let key = VoceKey::from_text("S01.bandi");
    desk.admitted.completeness.insert((OfficeId::new("promozione"), key.clone()), 12);
    let date = |month, day| Some(Value::Date(chrono::NaiveDate::from_ymd_opt(2019, month, day).unwrap()));
    let field = |column: &str| EntryId::field(key.clone(), 1, column);
    desk.put("promozione", field("titolo"), Some(Value::Text("A".into())), Admission::Admitted);
    let from = desk.put("promozione", field("scadenza"), date(2, 28), Admission::Admitted);
    let to = desk.put("promozione", field("approvazione"), date(5, 29), Admission::Admitted);
    let edge =
        Finding { indicator: Some(IndicatorCode::new("1.1")), ..finding("D07", "promozione", &[from, to]) };
    is(
        &desk.effect(edge),
        EffectKind::CambiaEsito,
        "1.1: da «raggiunto» (grado 100) a «parzialmente raggiunto» (grado 98,9) se si conta anche il primo giorno (91 giorni).",
    );
}

#[test]
fn the_same_text_with_another_target_is_tried_with_it() {
    // 5.2 and 10.2 in their own words: «entro 1 giorno lavorativo», then «<= 2gg. lavorativi».
    let text = DEFAULT_PLAN.replace(
        "testo = \"tempi di ricerca dati fascicolo dalla richiesta\"",
        "testo = \"tempi di prima risposta all'utente per rilascio Certificati d'origine richiesti on-line\"",
    );
    let mut desk = Desk::at(12);
    desk.plan = read_plan(&text).unwrap();
    // 15 days for 10 searches: 1,5 each; 1/1,5 is 66,67, below the yellow threshold.
    desk.december("archivio_protocollo", &[("S10.giorni_ricerca", 15), ("S10.ricerche", 10)]);
    is(
        &effect(&desk, "P25", "10.2"),
        EffectKind::CambiaEsito,
        "10.2: da «raggiunto» (grado 100) a «non raggiunto» (grado 66,67) se vale il target dell'indicatore 5.2 («entro 1 giorno lavorativo»).",
    );
}

#[test]
fn a_sum_of_ratios_is_tried_as_the_ratio_of_the_sums() {
    let text = DEFAULT_PLAN.replace(
        "formula = \"prove_stesso_giorno / prove\"",
        "formula = \"prove_stesso_giorno / prove + prove_stesso_giorno / prove\"",
    );
    let mut desk = exams(40);
    desk.plan = read_plan(&text).unwrap();
    // 80 % twice is 160 %; 80 of 100 is 80 %.
    is(
        &effect(&desk, "P15", "4.2"),
        EffectKind::CambiaEsito,
        "4.2: da «raggiunto» (grado 100) a «parzialmente raggiunto» (grado 80) se si fa il rapporto delle somme (80 %).",
    );
}

#[test]
fn dates_of_another_year_are_tried_without() {
    let text = DEFAULT_PLAN.replace(
        "chiave = \"adozione_delibera\"",
        "chiave = \"adozione_delibera\"\nperiodo = { dal = \"1/1/2018\", al = \"31/12/2019\" }",
    );
    let mut desk = adopted(5, 20);
    desk.plan = read_plan(&text).unwrap();
    let told = "4.1: nessun dato ha una data fuori dal 2019, esito e grado restano gli stessi.";
    is(&effect(&desk, "P17", "4.1"), EffectKind::NessunEffetto, told);
    for entry in desk.admitted.entries.iter_mut() {
        entry.value = Some(Value::Date(chrono::NaiveDate::from_ymd_opt(2018, 12, 20).unwrap()));
    }
    is(
        &effect(&desk, "P17", "4.1"),
        EffectKind::CambiaEsito,
        "4.1: da «raggiunto» (grado 100) a «non raggiunto» (grado 0) se i dati sono tolti.",
    );
}

#[test]
fn the_nearest_of_two_dates_is_tried() {
    let judged = |days: [(u32, u32); 2]| {
        let mut desk = Desk::at(6);
        let mut cells = Vec::new();
        for (office, (month, day)) in ["ambiente", "albo_gestori"].into_iter().zip(days) {
            let date = Value::Date(chrono::NaiveDate::from_ymd_opt(2019, month, day).unwrap());
            cells.push(desk.put(office, id("S04.adozione_delibera", 0), Some(date), Admission::Admitted));
        }
        let indicator = Some(IndicatorCode::new("4.1"));
        desk.effect(Finding { indicator, ..finding("D15", "ambiente", &cells[..1]) })
    };
    // By 1 June, that day included; the latest date decides.
    is(
        &judged([(5, 28), (6, 3)]),
        EffectKind::CambiaEsito,
        "4.1: da «non più raggiungibile» (grado 0) a «già raggiunto» (grado 100) se fa fede la data più vicina (28/5/2019).",
    );
}

#[test]
fn a_row_without_its_last_date_may_have_ended_on_any_day_since_its_first() {
    // From 28 February to the end of the year there are 306 days: 90/306 is 29,41.
    let mut desk = Desk::at(12);
    let key = VoceKey::from_text("S01.bandi");
    desk.admitted.completeness.insert((OfficeId::new("promozione"), key.clone()), 12);
    let date = |month, day| Some(Value::Date(chrono::NaiveDate::from_ymd_opt(2019, month, day).unwrap()));
    let mut call = |row: u32, title: &str, from: Option<Value>| {
        let field = |column: &str| EntryId::field(key.clone(), row, column);
        desk.put("promozione", field("titolo"), Some(Value::Text(title.into())), Admission::Admitted);
        desk.put("promozione", field("scadenza"), from, Admission::Admitted);
        desk.put("promozione", field("approvazione"), None, Admission::NotReported)
    };
    let (slow, young) = (call(1, "A", date(2, 28)), call(2, "B", date(11, 20)));
    let lacking = |cell| Finding { voce: Some(key.clone()), ..finding("K14", "promozione", &[cell]) };
    is(
        &desk.effect(lacking(slow)),
        EffectKind::CambiaEsito,
        "1.1: da «non raggiunto» (grado 29,41) a «raggiunto» (grado 100) secondo il dato che manca (fra il 28/2/2019 e il 31/12/2019).",
    );
    // The slowest call decides, whenever the other one ended.
    assert_eq!(desk.effect(lacking(young)).kind, EffectKind::NessunEffetto);
}
