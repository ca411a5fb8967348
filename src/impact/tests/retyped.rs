//! D14, M15 and T08: the entries as they may have been meant.

use super::{Desk, finding};
use crate::admit::Admission;
use crate::impact::EffectKind;
use crate::model::{CellRef, EntryId, IndicatorCode, OfficeId, Value, VoceKey};

#[test]
fn totals_of_the_year_are_tried_as_differences() {
    let mut desk = Desk::at(6);
    let totals = [95, 205, 305, 395, 515, 620];
    let cells: Vec<CellRef> = (1..)
        .zip(totals)
        .map(|(month, total)| desk.number("ri", "S06.procedimenti_avviati", month, total))
        .collect();
    let effect = desk.effect(finding("M15", "ri", &cells));
    assert_eq!((effect.kind, effect.indicators), (EffectKind::CambiaEsito, vec![IndicatorCode::new("6.1")]));
    // They add up to 2 135 of 2 735, with 1 094 wanted in the year; the last one alone is 620: 56,67 of 100.
    assert_eq!(
        effect.sentence,
        "6.1: da «già raggiunto» (grado 100) a «in linea» (grado 56,67) se sono totali da inizio anno e contano le differenze fra un mese e l'altro."
    );
}

#[test]
fn totals_begun_in_april_are_tried_after_the_months_before() {
    let mut desk = Desk::at(6);
    let months = [95, 110, 100, 395, 515, 620];
    let cells: Vec<CellRef> = (1..)
        .zip(months)
        .map(|(month, total)| desk.number("ri", "S06.procedimenti_avviati", month, total))
        .collect();
    let effect = desk.effect(finding("M15", "ri", &cells[3..]));
    // Of April only 395 − 305 = 90: in all 620, as above.
    assert!(effect.sentence.contains("a «in linea» (grado 56,67) se sono totali"), "{}", effect.sentence);
}

#[test]
fn months_out_of_order_are_tried_in_the_order_of_the_calendar() {
    // Under exchanged headers November holds 25 of 83 forms (30,12 %, of 30 %) and December 20 (24,1 %).
    for (headers, kind) in [([12, 11], EffectKind::CambiaEsito), ([11, 12], EffectKind::NessunEffetto)] {
        let mut desk = Desk::at(12);
        let mut cells = Vec::new();
        for (col, (month, forms)) in (14..).zip(headers.into_iter().zip([20, 25])) {
            for (key, number) in [("S12.modelli_rieditati", forms), ("S12.modelli_da_rieditare", 83)] {
                let cell = desk.number("informatico", key, month, number);
                let (voce, office) = (VoceKey::from_text(key), OfficeId::new("informatico"));
                let own = desk.admitted.entries.of_mut(&voce, &office);
                own.last_mut().unwrap().place.cell.col = col;
                cells.push(CellRef { col, ..cell });
            }
        }
        let effect = desk.effect(finding("T08", "informatico", &cells));
        assert_eq!((effect.kind, effect.indicators), (kind, vec![IndicatorCode::new("12.1")]), "{headers:?}");
    }
}

fn call(deadline: (u32, u32), approval: (u32, u32)) -> (Desk, Vec<CellRef>) {
    let mut desk = Desk::at(6);
    let (office, key) = ("promozione", "S01.bandi");
    let date = |(day, month)| Value::Date(chrono::NaiveDate::from_ymd_opt(2019, month, day).unwrap());
    let mut put = |column: &str, value: Value| {
        desk.put(office, EntryId::field(VoceKey::from_text(key), 1, column), Some(value), Admission::Admitted)
    };
    put("titolo", Value::Text("Turismo".into()));
    let cells = vec![put("scadenza", date(deadline)), put("approvazione", date(approval))];
    desk.admitted.completeness.insert((OfficeId::new(office), VoceKey::from_text(key)), 6);
    (desk, cells)
}

#[test]
fn dates_are_tried_with_day_and_month_exchanged() {
    // From 1 May to 5 June 35 days; from 5 January to 6 May 121 days, of 90: 74,38 of 100.
    let (desk, cells) = call((1, 5), (5, 6));
    let effect = desk.effect(finding("D14", "promozione", &cells));
    assert_eq!(effect.kind, EffectKind::CambiaEsito);
    assert_eq!(
        effect.sentence,
        "1.1: da «in linea» (grado 100) a «non più raggiungibile» (grado 74,38) se giorno e mese delle date sono scambiati."
    );
    // From 2 May to 5 June, or from 5 February to 6 May: 34 or 90 days.
    let (desk, cells) = call((2, 5), (5, 6));
    assert_eq!(desk.effect(finding("D14", "promozione", &cells)).kind, EffectKind::NessunEffetto);
}
