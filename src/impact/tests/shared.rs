//! A08: the same thing in the registers of two offices.

use super::{Desk, finding};
use crate::admit::Admission;
use crate::impact::{Effect, EffectKind};
use crate::model::{CellRef, EntryId, Finding, IndicatorCode, OfficeId, Related, Value, VoceKey};

/// A row of a register: its key's cell.
fn row(desk: &mut Desk, office: &str, key: &str, row: u32, fields: &[(&str, Value)]) -> CellRef {
    let id = |column: &str| EntryId::field(VoceKey::from_text(key), row, column);
    let cells: Vec<CellRef> = fields
        .iter()
        .map(|(column, value)| desk.put(office, id(column), Some(value.clone()), Admission::Admitted))
        .collect();
    cells[0]
}

fn day(month: u32) -> Value {
    Value::Date(chrono::NaiveDate::from_ymd_opt(2019, month, 10).unwrap())
}

fn campaign(desk: &mut Desk, office: &str, number: u32, title: &str, month: u32) -> CellRef {
    let fields = [("titolo", Value::Text(title.to_owned())), ("invio", day(month))];
    row(desk, office, "S07.campagne", number, &fields)
}

fn declared(desk: &mut Desk, key: &str, offices: &[&str]) {
    for office in offices {
        desk.admitted.entries.send(&OfficeId::new(*office));
        desk.admitted.completeness.insert((OfficeId::new(*office), VoceKey::from_text(key)), 12);
    }
}

/// A08 on the row of an office and on that of another.
fn twice(one: (&str, CellRef), other: (&str, CellRef)) -> Finding {
    let mut finding = finding("A08", one.0, &[one.1]);
    finding.related.push(Related {
        office: OfficeId::new(other.0),
        file: format!("{}.xlsx", other.0),
        sheet: "Scheda".into(),
        cells: vec![other.1],
    });
    finding
}

fn judged(month: u32, singles: u32) -> Effect {
    let mut desk = Desk::at(month);
    declared(&mut desk, "S07.campagne", &["urp", "comunicazione"]);
    let one = campaign(&mut desk, "urp", 1, "Estate sicura", 2);
    let other = campaign(&mut desk, "comunicazione", 1, "estate  sicura", 2);
    for number in 0..singles {
        campaign(&mut desk, "urp", 2 + number, &format!("c{number}"), 3);
    }
    desk.effect(twice(("urp", one), ("comunicazione", other)))
}

#[test]
fn different_things_with_names_of_their_own_are_two() {
    // At least 6 campaigns, by June 3: three with the common one (50 of 100), four if they are two (66,67).
    let effect = judged(6, 2);
    assert_eq!((effect.kind, effect.indicators), (EffectKind::CambiaGrado, vec![IndicatorCode::new("7.4")]));
    assert_eq!(
        effect.sentence,
        "7.4: resta «in linea»; il grado va da 50 a 66,67 se sono cose diverse, con nomi diversi."
    );
    // Two with the common one are behind, three are not.
    let effect = judged(6, 1);
    assert_eq!(effect.kind, EffectKind::CambiaEsito);
    assert_eq!(
        effect.sentence,
        "7.4: da «in ritardo» (grado 33,33) a «in linea» (grado 50) se sono cose diverse, con nomi diversi."
    );
    // Eight or nine are enough alike.
    let effect = judged(12, 7);
    assert_eq!(effect.kind, EffectKind::NessunEffetto);
    assert_eq!(effect.sentence, "7.4: «raggiunto» (grado 100) anche se sono cose diverse, con nomi diversi.");
}

#[test]
fn two_things_on_one_day_are_one_day_whatever_is_decided() {
    let mut desk = Desk::at(6);
    declared(&mut desk, "S11.chiusure_brevetti", &["protesti", "proprieta_industriale", "urp"]);
    let [one, other] = ["urp", "protesti"]
        .map(|office| row(&mut desk, office, "S11.chiusure_brevetti", 1, &[("giorno", day(3))]));
    let effect = desk.effect(twice(("urp", one), ("protesti", other)));
    // Taking both away would give no day at all: but nobody asks for that.
    assert_eq!(
        (effect.kind, effect.indicators),
        (EffectKind::NessunEffetto, vec![IndicatorCode::new("11.5")])
    );
    assert_eq!(
        effect.sentence,
        "11.5: «non più raggiungibile» (grado 0) in ogni caso: qui conta il giorno, e lo stesso giorno conta una volta sola, anche se le cose sono diverse o se si toglie una delle righe."
    );
}

#[test]
fn titles_that_look_alike_are_tried_as_one() {
    // At least 6 campaigns: 6 titles meet it; with two of them one there are 5, that is 83,33 of 100.
    let mut desk = Desk::at(12);
    declared(&mut desk, "S07.campagne", &["urp", "comunicazione"]);
    let one = campaign(&mut desk, "urp", 1, "Estate sicura", 2);
    let other = campaign(&mut desk, "comunicazione", 1, "Estate sicure", 2);
    for number in 0..4 {
        campaign(&mut desk, "urp", 2 + number, &format!("c{number}"), 3);
    }
    let alike = Finding {
        rule: crate::check::rule("V11").unwrap(),
        indicator: Some(IndicatorCode::new("7.4")),
        voce: Some(VoceKey::from_text("S07.campagne")),
        ..twice(("urp", one), ("comunicazione", other))
    };
    let effect = desk.effect(alike);
    assert_eq!(effect.kind, EffectKind::CambiaEsito);
    assert_eq!(
        effect.sentence,
        "7.4: da «raggiunto» (grado 100) a «parzialmente raggiunto» (grado 83,33) se sono un fatto solo."
    );
}
