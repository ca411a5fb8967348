//! Findings laid by hand on offices that have sent all that was due.
//!
//! The made-up offices of `report::sample` are of a later room: here the entries are typed one by one.

mod readings;
mod registers;
mod retyped;
mod shared;

use std::collections::BTreeMap;

use super::{Effect, EffectKind, Ground, effects, sort_by_effect};
use crate::admit::{Admission, Admitted, AdmittedEntry, Entries};
use crate::aggregate::consolidate;
use crate::check::rule;
use crate::model::{
    CellRef, EntryId, EntryRef, Finding, IndicatorCode, Month, Number, OfficeId, Place, Severity, Value,
    VoceKey,
};
use crate::plan::{DEFAULT_PLAN, Plan, read_plan};

/// Entries of some offices, and the cell of each.
struct Desk {
    plan: Plan,
    month: u32,
    admitted: Admitted,
    rows: u32,
}

impl Desk {
    fn at(month: u32) -> Self {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        let admitted = Admitted { entries: Entries::of_plan(&plan), ..Admitted::default() };
        Self { plan, month, admitted, rows: 0 }
    }

    fn put(&mut self, office: &str, id: EntryId, value: Option<Value>, admission: Admission) -> CellRef {
        self.rows += 1;
        let cell = CellRef { row: self.rows, col: 3 };
        let office = OfficeId::new(office);
        if let Admission::Excluded(code) = admission {
            self.admitted.spoiled.entry(id.voce.clone()).or_default().add(code, id.month);
        }
        let place = self.plan.offices.place(&office).unwrap();
        let at = EntryRef { office: place, entry: self.admitted.entries.of_office(&office).count() };
        let entry = AdmittedEntry {
            at: Some(at),
            file: format!("{office}.xlsx"),
            office: office.clone(),
            id,
            place: Place { sheet: "Scheda".into(), cell },
            raw: String::new(),
            value,
            normalised: None,
            admission,
        };
        self.admitted.entries.add(&entry.id.voce.clone(), &office, [entry]);
        cell
    }

    fn number(&mut self, office: &str, key: &str, month: u32, number: i64) -> CellRef {
        self.put(office, id(key, month), Some(Value::Number(Number::from(number))), Admission::Admitted)
    }

    fn kept_out(&mut self, office: &str, key: &str, month: u32, number: Option<i64>) -> CellRef {
        let value = number.map(|number| Value::Number(Number::from(number)));
        self.put(office, id(key, month), value, Admission::Excluded("C01"))
    }

    fn blank(&mut self, office: &str, key: &str, month: u32) -> CellRef {
        self.put(office, id(key, month), None, Admission::NotReported)
    }

    /// An increment of December, all that the year has.
    fn december(&mut self, office: &str, numbers: &[(&str, i64)]) {
        for (key, number) in numbers {
            self.number(office, key, 12, *number);
        }
    }

    fn effects(&self, findings: &[Finding]) -> Vec<Effect> {
        let month = self.plan.month(Month::new(self.month).unwrap());
        let consolidation = consolidate(&self.plan, &self.admitted, month);
        let ground =
            Ground { plan: &self.plan, admitted: &self.admitted, month, consolidation: &consolidation };
        effects(ground, &findings.iter().map(|finding| self.told(finding)).collect::<Vec<_>>())
    }

    /// The finding with the entries whose cells it names.
    fn told(&self, finding: &Finding) -> Finding {
        let all = || self.admitted.entries.iter();
        let at = |(file, _, cell): (&str, &str, CellRef)| {
            all().find(|entry| entry.file == file && entry.place.cell == cell)?.at
        };
        Finding { entries: finding.named().filter_map(at).collect(), ..finding.clone() }
    }

    fn effect(&self, finding: Finding) -> Effect {
        self.effects(&[finding]).remove(0)
    }
}

fn id(key: &str, month: u32) -> EntryId {
    EntryId { voce: VoceKey::from_text(key), month: Month::new(month), row: None, column: None }
}

fn finding(code: &str, office: &str, cells: &[CellRef]) -> Finding {
    Finding {
        office: Some(OfficeId::new(office)),
        file: Some(format!("{office}.xlsx")),
        sheet: Some("Scheda".into()),
        cells: cells.to_vec(),
        ..Finding::of(rule(code).unwrap())
    }
}

/// Eleven months of 4 assessments and what is left to December: 44 of 468.
fn assessments(rest: impl FnOnce(&mut Desk) -> CellRef) -> (Desk, CellRef) {
    let mut desk = Desk::at(12);
    for month in 1..=11 {
        desk.number("sanzioni_ri", "S06.accertamenti", month, 4);
    }
    let cell = rest(&mut desk);
    (desk, cell)
}

#[test]
fn forty_seven_of_468_is_a_tenth_and_forty_six_is_not() {
    // 47/468 = 10,04 %; 46/468 = 9,829 %: a tenth is 46,8. Both round to 10 %.
    let december = |typed: i64| {
        let (desk, cell) =
            assessments(|desk| desk.kept_out("sanzioni_ri", "S06.accertamenti", 12, Some(typed)));
        desk.effect(finding("C06", "sanzioni_ri", &[cell]))
    };
    let with_three = december(3);
    assert_eq!(with_three.kind, EffectKind::CambiaEsito);
    assert_eq!(with_three.indicators, [IndicatorCode::new("6.2")]);
    // Without: 44/468 = 9,4017… % → 94,02 of 100, above the yellow threshold of 70.
    assert_eq!(
        with_three.sentence,
        "6.2: da «non verificabile» a «raggiunto» (grado 100) se il dato è confermato, a «parzialmente raggiunto» (grado 94,02) se è tolto."
    );
    let with_two = december(2);
    // The same outcome either way; but now there is none.
    assert_eq!(with_two.kind, EffectKind::CambiaEsito);
    // 46/468 ÷ 10 % = 98,29.
    assert_eq!(
        with_two.sentence,
        "6.2: da «non verificabile» a «parzialmente raggiunto» (grado 98,29) se il dato è confermato, a «parzialmente raggiunto» (grado 94,02) se è tolto."
    );
}

#[test]
fn an_entry_that_cannot_be_used_is_tried_at_its_ends() {
    // The other months go up to 4: with 0 they are 44, with 4 they are 48 ≥ 46,8.
    for typed in [None, Some(-3)] {
        let (desk, cell) = assessments(|desk| desk.kept_out("sanzioni_ri", "S06.accertamenti", 12, typed));
        let effect = desk.effect(finding("C01", "sanzioni_ri", &[cell]));
        assert_eq!(effect.kind, EffectKind::CambiaEsito, "{typed:?}: {}", effect.sentence);
        let ends = "a «parzialmente raggiunto» (grado 94,02) o «raggiunto» (grado 100) secondo il valore giusto (fra 0 e 4)";
        assert!(effect.sentence.contains(ends), "{}", effect.sentence);
    }
}

#[test]
fn an_entry_kept_out_withholds_the_outcome_whatever_its_margin() {
    let mut desk = Desk::at(12);
    for month in 1..=11 {
        desk.number("metrico", "S03.supermercati", month, 4);
    }
    // 44 of 10: whatever December is.
    let cell = desk.kept_out("metrico", "S03.supermercati", 12, None);
    let effect = desk.effect(finding("C01", "metrico", &[cell]));
    assert_eq!(effect.kind, EffectKind::CambiaEsito);
    assert!(
        effect.sentence.starts_with("3.2: da «non verificabile» a «raggiunto» (grado 100) "),
        "{}",
        effect.sentence
    );
}

#[test]
fn a_missing_month_is_tried_at_its_ends() {
    let (desk, cell) = assessments(|desk| desk.blank("sanzioni_ri", "S06.accertamenti", 12));
    let effect = desk.effect(finding("V01", "sanzioni_ri", &[cell]));
    assert_eq!(effect.kind, EffectKind::CambiaEsito);
    assert_eq!(
        effect.sentence,
        "6.2: da «parzialmente raggiunto» (grado 94,02) a «raggiunto» (grado 100) secondo il dato che manca (fra 0 e 4)."
    );
    // Up to 2 a month in the other months: 44 − 22 + at most 2 is far from 47.
    let mut low = Desk::at(12);
    for month in 1..=11 {
        low.number("sanzioni_ri", "S06.accertamenti", month, 2);
    }
    let cell = low.blank("sanzioni_ri", "S06.accertamenti", 12);
    assert_eq!(low.effect(finding("V01", "sanzioni_ri", &[cell])).kind, EffectKind::CambiaGrado);
}

#[test]
fn an_admitted_entry_is_left_and_taken_away() {
    let (desk, cell) = assessments(|desk| desk.number("sanzioni_ri", "S06.accertamenti", 12, 3));
    let effect = desk.effect(finding("M11", "sanzioni_ri", &[cell]));
    assert_eq!(effect.kind, EffectKind::CambiaEsito);
    assert_eq!(
        effect.sentence,
        "6.2: da «raggiunto» (grado 100) a «parzialmente raggiunto» (grado 94,02) se il dato è tolto."
    );
}

#[test]
fn a_part_stops_at_what_its_whole_leaves() {
    // 110 tests of 120 on the same day, all are wanted: the twelfth month has 10 at most.
    let mut desk = Desk::at(12);
    for month in 1..=12 {
        desk.number("unico_ambiente", "S04.prove", month, 10);
    }
    for month in 1..=11 {
        desk.number("unico_ambiente", "S04.prove_stesso_giorno", month, 10);
    }
    let cell = desk.kept_out("unico_ambiente", "S04.prove_stesso_giorno", 12, None);
    let effect = desk.effect(finding("C01", "unico_ambiente", &[cell]));
    assert_eq!(effect.kind, EffectKind::CambiaEsito);
    assert!(effect.sentence.contains("(fra 0 e 10)"), "{}", effect.sentence);
    assert!(effect.sentence.contains("«raggiunto» (grado 100)"), "{}", effect.sentence);
}

#[test]
fn two_doubts_that_only_flip_together_are_seen() {
    // 40 sure; two kept out of 4 each: one alone makes 44, both 48.
    let mut desk = Desk::at(12);
    for month in 1..=10 {
        desk.number("sanzioni_ri", "S06.accertamenti", month, 4);
    }
    let first = desk.kept_out("sanzioni_ri", "S06.accertamenti", 11, Some(4));
    desk.kept_out("sanzioni_ri", "S06.accertamenti", 12, Some(4));
    let effect = desk.effect(finding("C06", "sanzioni_ri", &[first]));
    assert_eq!(effect.kind, EffectKind::CambiaEsito);
    assert!(
        effect.sentence.ends_with("se anche gli altri dati tenuti fuori sono giusti."),
        "{}",
        effect.sentence
    );
}

#[test]
fn a_voce_missing_with_its_pair_is_not_without_effect() {
    // Nobody has typed anything of 6.3: neither of the two voci gives a result without the other.
    let mut desk = Desk::at(12);
    let part: Vec<CellRef> =
        (1..=12).map(|month| desk.blank("albi_ruoli", "S06.mediatori_verificati", month)).collect();
    let whole = desk.blank("albi_ruoli", "S06.mediatori_da_verificare", 0);
    for cells in [part, vec![whole]] {
        let effect = desk.effect(finding("V01", "albi_ruoli", &cells));
        assert_eq!(effect.kind, EffectKind::CambiaEsito, "{}", effect.sentence);
        assert!(effect.sentence.starts_with("6.3: da «dato mancante» a "), "{}", effect.sentence);
        assert!(
            effect.sentence.ends_with("se arrivano anche gli altri dati che mancano."),
            "{}",
            effect.sentence
        );
    }
}

#[test]
fn offices_that_disagree_are_tried_at_each_value() {
    // 100 of (100 + pending) with pending 90 or 200: 52,6 % and 33,3 %, against more than 46,82 %.
    let mut desk = Desk::at(12);
    for month in 1..=12 {
        desk.number("protesti", "S11.verbali_istruiti", month, 10);
        desk.number("protesti", "S11.verbali_ricevuti", month, 10);
    }
    let key = "S11.verbali_pendenti";
    let one = desk.kept_out("protesti", key, 0, Some(90));
    let other = desk.kept_out("sanzioni_protesti", key, 0, Some(200));
    let mut finding = finding("A04", "protesti", &[one]);
    finding.related.push(crate::model::Related {
        office: OfficeId::new("sanzioni_protesti"),
        file: "sanzioni_protesti.xlsx".into(),
        sheet: "Scheda".into(),
        cells: vec![other],
    });
    let effect = desk.effect(finding);
    assert_eq!(effect.kind, EffectKind::CambiaEsito);
    // 120/(120 + 90) = 57,1 % is above; 120/320 = 37,5 % → 37,5 ÷ 46,82 = 80,09.
    let told = "«parzialmente raggiunto» (grado 80,09) o «raggiunto» (grado 100) secondo i valori giusti (fra 90 e 200 ciascuno)";
    assert!(effect.sentence.contains(told), "{}", effect.sentence);
}

#[test]
fn an_office_without_a_file_is_tried_at_its_ends() {
    // The other office of 7.5 has 96 of 100: the absent one may add up to twelve times its greatest month.
    let mut desk = Desk::at(12);
    for month in 1..=12 {
        desk.number("urp", "S07.nuove_aziende", month, 8);
    }
    let absent =
        Finding { office: Some(OfficeId::new("comunicazione")), ..Finding::of(rule("K01").unwrap()) };
    let effect = desk.effect(absent);
    assert_eq!(effect.kind, EffectKind::CambiaEsito);
    let told = "7.5: da «parzialmente raggiunto» (grado 96) a «raggiunto» (grado 100) secondo i dati che mancano (fra 0 e 8 ciascuno).";
    assert!(effect.sentence.lines().any(|line| line == told), "{}", effect.sentence);
    // What the office alone answers for has no fact at all.
    assert!(effect.indicators.contains(&IndicatorCode::new("7.4")));
}

#[test]
fn a_register_not_declared_may_lack_rows() {
    let mut desk = Desk::at(12);
    for (row, month) in (1_u32..).zip([1, 3, 5, 7, 9]) {
        let day = chrono::NaiveDate::from_ymd_opt(2019, month, 10).unwrap();
        let key = VoceKey::from_text("S07.campagne");
        let field = |column: &str| EntryId::field(key.clone(), row, column);
        desk.put("urp", field("titolo"), Some(Value::Text(format!("c{row}"))), Admission::Admitted);
        desk.put("urp", field("invio"), Some(Value::Date(day)), Admission::Admitted);
    }
    // Five campaigns of six; one a month at most, and one month is not declared.
    let of = |office: &str| (OfficeId::new(office), VoceKey::from_text("S07.campagne"));
    desk.admitted.completeness = BTreeMap::from([(of("urp"), 11), (of("comunicazione"), 12)]);
    let mut finding = finding("V01", "urp", &[CellRef { row: 900, col: 1 }]);
    finding.voce = Some(VoceKey::from_text("S07.campagne"));
    let effect = desk.effect(finding.clone());
    assert_eq!(effect.kind, EffectKind::CambiaEsito, "{}", effect.sentence);
    assert!(effect.sentence.contains("a «raggiunto» (grado 100)"), "{}", effect.sentence);
    desk.admitted.completeness.insert(of("urp"), 12);
    assert_eq!(desk.effect(finding).sentence, "Non tocca un dato.");
}

#[test]
fn what_is_not_about_an_entry_has_no_effect() {
    let (desk, _) = assessments(|desk| desk.number("sanzioni_ri", "S06.accertamenti", 12, 3));
    let no_reason = Finding {
        indicator: Some(IndicatorCode::new("6.2")),
        ..finding("K05", "sanzioni_ri", &[CellRef { row: 800, col: 1 }])
    };
    let told = desk.effects(&[no_reason, Finding::of(rule("P07").unwrap())]);
    for effect in told {
        let none = Effect {
            kind: EffectKind::NessunEffetto,
            indicators: Vec::new(),
            sentence: "Non tocca un dato.".into(),
        };
        assert_eq!(effect, none);
    }
}

#[test]
fn outcomes_come_first_then_degrees_then_severity() {
    let (mut desk, flips) = assessments(|desk| desk.number("sanzioni_ri", "S06.accertamenti", 12, 3));
    for month in 1..=11 {
        desk.number("metrico", "S03.supermercati", month, 4);
    }
    let idle = desk.kept_out("metrico", "S03.supermercati", 12, None);
    // 69 of 100 with January, 60 without: both below the yellow threshold of 70.
    let degree = desk.number("urp", "S07.nuove_aziende", 1, 9);
    desk.number("urp", "S07.nuove_aziende", 2, 60);
    let mut findings = vec![
        finding("C01", "metrico", &[idle]),
        finding("C02", "urp", &[degree]),
        Finding::of(rule("P07").unwrap()),
        finding("M11", "sanzioni_ri", &[flips]),
    ];
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings.iter_mut().for_each(|finding| *finding = desk.told(finding));
    let month = desk.plan.month(Month::DECEMBER);
    let consolidation = consolidate(&desk.plan, &desk.admitted, month);
    let ground = Ground { plan: &desk.plan, admitted: &desk.admitted, month, consolidation: &consolidation };
    let effects = sort_by_effect(ground, &mut findings);
    let order: Vec<(&str, EffectKind)> =
        findings.iter().zip(&effects).map(|(finding, effect)| (finding.rule.code, effect.kind)).collect();
    assert_eq!(
        order,
        [
            ("C01", EffectKind::CambiaEsito),
            ("M11", EffectKind::CambiaEsito),
            ("C02", EffectKind::CambiaGrado),
            ("P07", EffectKind::NessunEffetto)
        ]
    );
    assert!(findings.last().is_some_and(|finding| finding.severity == Severity::Nota));
}

#[test]
fn computed_again_without_changes_nothing_changes() {
    // What the bench keeps of each indicator is all that it needs.
    let (desk, _) = assessments(|desk| desk.number("sanzioni_ri", "S06.accertamenti", 12, 3));
    let month = desk.plan.month(Month::DECEMBER);
    let consolidation = consolidate(&desk.plan, &desk.admitted, month);
    let ground = Ground { plan: &desk.plan, admitted: &desk.admitted, month, consolidation: &consolidation };
    let mut bench = super::bench::Bench::of(ground);
    for indicator in desk.plan.indicators() {
        assert_eq!(
            Some(bench.seen(indicator, &super::ledger::Granted::default(), &[])),
            bench.now(indicator),
            "{}",
            indicator.code
        );
    }
}
