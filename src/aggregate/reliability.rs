//! How far a result can be trusted: whether an evidence stands behind it, and which of its terms nobody but
//! an office says.
//!
//! An evidence is the reference that an office writes beside the indicator (`S01.1.fonte`); one is for the
//! whole year. An office *contributes* when at least one entry of it counts, or when it declares a register
//! complete: also an empty register says something. Voci that are only informative prove nothing and need no
//! proof.

use crate::admit::Admitted;
use crate::interpret::Submission;
use crate::model::{OfficeId, Status, TimeKind, VoceKey, VoceType};
use crate::plan::{Indicator, Role, Voce};

use super::IndicatorResult;

/// How far a result can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reliability {
    /// Nothing is missing, and every office that contributes refers to an evidence.
    MisuratoConEvidenza,
    /// Some offices refer to an evidence and some do not; or all do, and something due is missing or kept
    /// out, or the target is missed for want of a date.
    Parziale,
    /// No office refers to an evidence.
    DichiaratoSenza,
}

impl Reliability {
    /// As written everywhere: `misurato con evidenza`.
    pub fn label(self) -> &'static str {
        match self {
            Reliability::MisuratoConEvidenza => "misurato con evidenza",
            Reliability::Parziale => "parziale",
            Reliability::DichiaratoSenza => "dichiarato senza evidenza",
        }
    }
}

/// The mark of a result: how far it can be trusted, and whether what it is measured against is only an
/// office's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// How far it can be trusted.
    pub reliability: Reliability,
    /// Whether a value of an earlier year, a denominator or another number of the whole year was typed by an
    /// office without a source in the plan.
    pub own_base: bool,
}

impl Mark {
    /// As written everywhere: `misurato con evidenza, base autodichiarata`.
    pub fn label(self) -> &'static str {
        match (self.reliability, self.own_base) {
            (reliability, false) => reliability.label(),
            (Reliability::MisuratoConEvidenza, true) => "misurato con evidenza, base autodichiarata",
            (Reliability::Parziale, true) => "parziale, base autodichiarata",
            (Reliability::DichiaratoSenza, true) => "dichiarato senza evidenza, base autodichiarata",
        }
    }
}

/// The mark of the result of `indicator`; `None` when no office has contributed.
pub fn mark(
    indicator: &Indicator,
    result: &IndicatorResult,
    admitted: &Admitted,
    submissions: &[Submission],
) -> Option<Mark> {
    let own_base = !self_declared(indicator, admitted).is_empty();
    let reliability = reliability(indicator, result, admitted, submissions)?;
    Some(Mark { reliability, own_base })
}

/// Why a term is only as good as the word of who typed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SelfDeclared {
    /// The value of an earlier year, shares too.
    Baseline,
    /// What a ratio is divided by, typed once for the year.
    Denominator,
    /// Another number typed once for the year: an opening stock.
    Annual,
}

impl SelfDeclared {
    /// In a few words: `dato di partenza`.
    pub fn label(self) -> &'static str {
        match self {
            SelfDeclared::Baseline => "dato di partenza",
            SelfDeclared::Denominator => "denominatore",
            SelfDeclared::Annual => "valore unico dell'anno",
        }
    }
}

/// How far the result of `indicator` can be trusted; `None` when no office has contributed.
///
/// A result whose terms are all fixed by the plan is measured with evidence when every one has its source.
pub fn reliability(
    indicator: &Indicator,
    result: &IndicatorResult,
    admitted: &Admitted,
    submissions: &[Submission],
) -> Option<Reliability> {
    let terms = || indicator.voci.iter().filter(|voce| voce.role != Role::Informative);
    if terms().all(|voce| voce.fixed.is_some()) {
        let sourced = terms().filter_map(|voce| voce.fixed.as_ref()).all(|fixed| !fixed.source.is_empty());
        return Some(if sourced { Reliability::MisuratoConEvidenza } else { Reliability::DichiaratoSenza });
    }
    let contributing: Vec<&OfficeId> =
        indicator.offices.iter().filter(|office| contributes(indicator, office, admitted)).collect();
    let proved = |office: &&&OfficeId| {
        let mut own = submissions.iter().filter(|submission| &submission.office == **office);
        own.any(|submission| submission.evidence.contains_key(&indicator.code))
    };
    let with = contributing.iter().filter(proved).count();
    let undated =
        result.value.is_none() && matches!(result.status, Status::NonRaggiunto | Status::NonPiuRaggiungibile);
    let whole = !result.provisional && !undated && result.status != Status::NonVerificabile;
    match (contributing.len(), with) {
        (0, _) => None,
        (_, 0) => Some(Reliability::DichiaratoSenza),
        (all, with) if with == all && whole => Some(Reliability::MisuratoConEvidenza),
        _ => Some(Reliability::Parziale),
    }
}

fn contributes(indicator: &Indicator, office: &OfficeId, admitted: &Admitted) -> bool {
    let counts = |voce: &Voce| {
        let own = admitted.entries.of(&voce.key, office);
        voce.role != Role::Informative && own.iter().any(|entry| entry.counted().is_some())
    };
    let declares = |voce: &Voce| {
        voce.register.is_some()
            && admitted.completeness.get(&(office.clone(), voce.key.clone())).is_some_and(|month| *month > 0)
    };
    indicator.voci.iter().any(|voce| counts(voce) || declares(voce))
}

/// The terms of `indicator` that an office typed on its own word, in the plan's order: values of an earlier
/// year, denominators and other numbers typed once for the year. What the plan gives with its source is not
/// among them, nor are dates and yes/no, which are the very thing measured.
pub fn self_declared<'a>(indicator: &'a Indicator, admitted: &Admitted) -> Vec<(&'a VoceKey, SelfDeclared)> {
    let typed = |key: &VoceKey| {
        let mut own = indicator.offices.iter().flat_map(|office| admitted.entries.of(key, office));
        own.any(|entry| entry.counted().is_some())
    };
    let own = indicator.voci.iter().filter_map(|voce| Some((&voce.key, kind_of(indicator, voce)?)));
    own.filter(|(key, _)| typed(key)).collect()
}

/// Why a voce is self-declared when an office types it; `None` when it is not.
pub fn kind_of(indicator: &Indicator, voce: &Voce) -> Option<SelfDeclared> {
    if voce.fixed.is_some() || voce.role == Role::Informative {
        return None;
    }
    if voce.role == Role::Baseline || indicator.baseline.as_ref() == Some(&voce.key) {
        return Some(SelfDeclared::Baseline);
    }
    if voce.time != TimeKind::Annuale
        || matches!(voce.kind, VoceType::Data | VoceType::SiNo | VoceType::Testo)
    {
        return None;
    }
    let divides = indicator.formula.ratio().is_some_and(|(_, under)| under.contains(&voce.key));
    Some(if divides { SelfDeclared::Denominator } else { SelfDeclared::Annual })
}

#[cfg(test)]
mod tests {
    use super::{Mark, Reliability, SelfDeclared, reliability, self_declared};
    use crate::admit::Admission;
    use crate::interpret::TextCell;
    use crate::model::{CellRef, EntryRef, IndicatorCode, Place, Status, Value};
    use crate::plan::Fixed;
    use crate::report::sample::{Sample, sample};

    /// The mark of an indicator when these offices refer to an evidence.
    fn mark(sample: &mut Sample, code: &str, offices: &[&str]) -> Option<Reliability> {
        let code = IndicatorCode::new(code);
        for submission in &mut sample.submissions {
            submission.evidence.clear();
            if offices.contains(&submission.office.as_str()) {
                let place = Place { sheet: "Scheda 1".into(), cell: CellRef { row: 1, col: 1 } };
                submission.evidence.insert(
                    code.clone(),
                    TextCell { at: EntryRef::default(), text: "prot. n. 12/2019".into(), place },
                );
            }
        }
        let indicator = sample.plan.indicator(&code).unwrap();
        let result = sample.consolidation.indicator(&code).unwrap();
        reliability(indicator, result, &sample.admitted, &sample.submissions)
    }

    #[test]
    fn one_office_with_or_without_evidence() {
        let mut june = sample(6);
        assert_eq!(mark(&mut june, "6.2", &["sanzioni_ri"]), Some(Reliability::MisuratoConEvidenza));
        assert_eq!(mark(&mut june, "6.2", &[]), Some(Reliability::DichiaratoSenza));
        // The evidence of who has nothing to do with it proves nothing.
        assert_eq!(mark(&mut june, "6.2", &["ri", "pid"]), Some(Reliability::DichiaratoSenza));
    }

    #[test]
    fn of_two_offices_both_must_refer_to_it() {
        let mut june = sample(6);
        assert_eq!(mark(&mut june, "1.3", &["ri", "pid"]), Some(Reliability::MisuratoConEvidenza));
        assert_eq!(mark(&mut june, "1.3", &["ri"]), Some(Reliability::Parziale));
        assert_eq!(mark(&mut june, "1.3", &["pid"]), Some(Reliability::Parziale));
        assert_eq!(mark(&mut june, "1.3", &[]), Some(Reliability::DichiaratoSenza));
    }

    #[test]
    fn what_is_missing_or_kept_out_makes_it_partial_at_best() {
        let mut june = sample(6);
        let code = IndicatorCode::new("6.2");
        let place = june.consolidation.indicators.iter().position(|result| result.code == code).unwrap();
        june.consolidation.indicators[place].provisional = true;
        assert_eq!(mark(&mut june, "6.2", &["sanzioni_ri"]), Some(Reliability::Parziale));
        assert_eq!(mark(&mut june, "6.2", &[]), Some(Reliability::DichiaratoSenza));
        // An entry of 3.1 is kept out by R03.
        assert_eq!(mark(&mut june, "3.1", &["metrico"]), Some(Reliability::Parziale));
    }

    #[test]
    fn a_target_missed_for_want_of_a_date_is_partial_at_best() {
        let mut december = sample(12);
        let code = IndicatorCode::new("8.4");
        let offices: Vec<String> =
            december.plan.indicator(&code).unwrap().offices.iter().map(ToString::to_string).collect();
        let offices: Vec<&str> = offices.iter().map(String::as_str).collect();
        let place = december.consolidation.indicators.iter().position(|result| result.code == code).unwrap();
        december.consolidation.indicators[place].status = Status::NonRaggiunto;
        december.consolidation.indicators[place].provisional = false;
        assert!(december.consolidation.indicators[place].value.is_some());
        assert_eq!(mark(&mut december, "8.4", &offices), Some(Reliability::MisuratoConEvidenza));
        december.consolidation.indicators[place].value = None;
        assert_eq!(mark(&mut december, "8.4", &offices), Some(Reliability::Parziale));
    }

    #[test]
    fn an_office_that_gives_nothing_has_nothing_to_prove() {
        let mut june = sample(6);
        let own = june.admitted.entries.iter_mut().filter(|entry| entry.office.as_str() == "pid");
        own.for_each(|entry| entry.admission = Admission::NotReported);
        assert_eq!(mark(&mut june, "1.3", &["ri"]), Some(Reliability::MisuratoConEvidenza));
        june.admitted.entries = june.admitted.entries.emptied();
        june.admitted.completeness.clear();
        assert_eq!(mark(&mut june, "1.3", &["ri", "pid"]), None);
    }

    #[test]
    fn an_empty_register_declared_complete_says_something() {
        let mut june = sample(6);
        june.admitted.entries = june.admitted.entries.emptied();
        let code = june.plan.voci().find(|(_, voce)| voce.register.is_some()).unwrap().0.code.clone();
        assert_eq!(mark(&mut june, code.as_str(), &[]), Some(Reliability::DichiaratoSenza));
        june.admitted.completeness.values_mut().for_each(|month| *month = 0);
        assert_eq!(mark(&mut june, code.as_str(), &[]), None);
    }

    #[test]
    fn what_the_plan_fixes_is_proved_by_its_source() {
        let june = sample(6);
        let code = IndicatorCode::new("3.2");
        let mut indicator = june.plan.indicator(&code).unwrap().clone();
        let result = june.consolidation.indicator(&code).unwrap();
        let value = Value::Flag(true);
        for (source, wanted) in [
            ("Registro imprese al 31/12/2018", Reliability::MisuratoConEvidenza),
            ("", Reliability::DichiaratoSenza),
        ] {
            for voce in &mut indicator.voci {
                voce.fixed = Some(Fixed { value: value.clone(), source: source.into() });
            }
            assert_eq!(reliability(&indicator, result, &june.admitted, &june.submissions), Some(wanted));
        }
    }

    fn own_words(sample: &Sample, code: &str) -> Vec<(String, SelfDeclared)> {
        let indicator = sample.plan.indicator(&IndicatorCode::new(code)).unwrap();
        let own = self_declared(indicator, &sample.admitted).into_iter();
        own.map(|(key, kind)| (key.to_string(), kind)).collect()
    }

    #[test]
    fn baselines_denominators_and_annual_numbers_are_on_an_offices_word() {
        let mut june = sample(6);
        let one = |key: &str, kind| vec![(key.to_owned(), kind)];
        assert_eq!(own_words(&june, "1.2"), one("S01.ore_sportello_2018", SelfDeclared::Baseline));
        assert_eq!(own_words(&june, "3.1"), one("S03.orafi_iscritti", SelfDeclared::Denominator));
        assert_eq!(own_words(&june, "2.3"), one("S02.convenzioni_mantenute", SelfDeclared::Annual));
        assert_eq!(own_words(&june, "5.1"), one("S05.aziende_aderenti_2018", SelfDeclared::Baseline));
        // A share of 2018 is on an office's word as soon as the office types it.
        assert_eq!(own_words(&june, "12.1"), one("S12.quota_2018", SelfDeclared::Baseline));
        assert_eq!(own_words(&june, "4.1"), [], "a date is what is measured");
        assert_eq!(own_words(&june, "6.2"), [], "468 is of the plan");
        assert_eq!(own_words(&june, "7.1"), [], "a yes is what is measured");
        for entry in june.admitted.entries.iter_mut() {
            if entry.id.voce.as_str() == "S12.quota_2018" {
                entry.admission = Admission::NotReported;
            }
        }
        assert_eq!(own_words(&june, "12.1"), [], "nobody typed it");
    }

    #[test]
    fn the_mark_says_whose_word_the_base_is() {
        let june = sample(6);
        let said = |code: &str| {
            let code = IndicatorCode::new(code);
            let indicator = june.plan.indicator(&code).unwrap();
            let result = june.consolidation.indicator(&code).unwrap();
            super::mark(indicator, result, &june.admitted, &june.submissions).unwrap()
        };
        // A value of 2018, a denominator, what was there on the first day, typed by an office; 468 is of the
        // plan.
        let own: Vec<bool> = ["1.2", "3.1", "6.2", "2.3"].map(|code| said(code).own_base).to_vec();
        assert_eq!(own, [true, true, false, true]);
        for reliability in
            [Reliability::MisuratoConEvidenza, Reliability::Parziale, Reliability::DichiaratoSenza]
        {
            let plain = Mark { reliability, own_base: false }.label();
            assert_eq!(plain, reliability.label());
            let own = Mark { reliability, own_base: true }.label();
            assert_eq!(own, format!("{plain}, base autodichiarata"));
        }
    }

    #[test]
    fn what_the_plan_gives_with_its_source_is_on_nobodys_word() {
        let mut june = sample(6);
        let indicators = june.plan.schede.iter_mut().flat_map(|scheda| &mut scheda.actions);
        for voce in indicators.flat_map(|action| &mut action.indicators).flat_map(|own| &mut own.voci) {
            if voce.key.as_str() == "S01.ore_sportello_2018" {
                let value = Value::Flag(true);
                voce.fixed = Some(Fixed { value, source: "Relazione 2018".into() });
            }
        }
        assert_eq!(own_words(&june, "1.2"), []);
    }
}
