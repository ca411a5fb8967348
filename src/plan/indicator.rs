//! One indicator: its offices, voci, formula and target, and whether they agree.

use std::collections::BTreeMap;

use super::compile::{Around, twice, weight};
use super::fields::At;
use super::problem::suggest;
use super::source::{IndicatorSource, OfficesSource};
use super::target::{Target, TargetUnit, Threshold};
use super::types::{Indicator, Role, Voce};
use super::voce;
use crate::formula::{self, Formula, Scope, VoceInfo};
use crate::model::{IndicatorCode, OfficeId, TimeKind, Unit, VoceKey, VoceType};

/// Compiles an indicator; `None` when something essential is missing, and then it has been told.
pub(super) fn compile(
    source: &IndicatorSource,
    scheda: u8,
    keys: &mut BTreeMap<String, usize>,
    around: &Around<'_>,
) -> Option<Indicator> {
    code(source, scheda, around);
    let offices = offices(source, around);
    let voci: Vec<Voce> = source
        .voci
        .iter()
        .filter_map(|one| {
            if !one.name.value.is_empty() {
                twice(keys, &one.name, "in questa scheda la voce", around.problems);
            }
            voce::compile(one, scheda, offices.len(), around)
        })
        .collect();
    voce::parts(source, &voci, around);
    let all_told = voci.len() == source.voci.len();
    let formula = formula(source, &voci, all_told, around);
    let target = target(source, around);
    let (formula, target) = (formula?, target?);
    agree(source, &formula, &target, around);
    let baseline = baseline(source, &voci, &formula, &target, around);
    unused(source, &voci, &formula, around);
    Some(Indicator {
        code: IndicatorCode::new(&source.code.value),
        scheda,
        text: source.text.value.clone(),
        formula,
        target,
        offices,
        printed_offices: source.printed_offices.clone(),
        weight: weight(source.weight.as_ref(), around.problems),
        readings: source.readings.iter().map(|reading| reading.value.clone()).collect(),
        voci,
        baseline,
    })
}

fn code(source: &IndicatorSource, scheda: u8, around: &Around<'_>) {
    let code = &source.code.value;
    let right = code.split_once('.').is_some_and(|(head, tail)| {
        head == scheda.to_string() && tail.parse::<u8>().is_ok_and(|n| n > 0) && !tail.starts_with(['0', '+'])
    });
    if !right && scheda > 0 && !code.is_empty() {
        let message = format!("il codice «{code}» non va bene per un indicatore della scheda {scheda}");
        let remedy = format!("scrivi il numero della scheda, un punto e un numero: «{scheda}.1»");
        around.problems.add(source.code.line, "P01", message, remedy);
    }
}

/// The responsible offices, in the plan's order.
fn offices(source: &IndicatorSource, around: &Around<'_>) -> Vec<OfficeId> {
    let named = match &source.offices {
        OfficesSource::All => return around.offices.iter().map(|office| office.id.clone()).collect(),
        OfficesSource::Some(named) => named,
        OfficesSource::Unreadable => return Vec::new(),
    };
    if named.is_empty() {
        let message = format!("l'indicatore {} non ha uffici", source.code.value);
        let remedy = "scrivi uffici = [\"id\", …] con gli id di [[uffici]], oppure uffici = \"tutti\"";
        around.problems.add(source.line, "P13", message, remedy);
    }
    let known: Vec<&str> = around.offices.iter().map(|office| office.id.as_str()).collect();
    let mut seen = BTreeMap::new();
    for id in named {
        if known.contains(&id.value.as_str()) {
            twice(&mut seen, id, "nell'elenco l'ufficio", around.problems);
        } else {
            let message = format!("l'ufficio «{}» non è fra gli uffici del piano", id.value);
            around.problems.add(id.line, "P13", message, suggest(&id.value, &known));
        }
    }
    let wanted = |id: &OfficeId| named.iter().any(|one| one.value == id.as_str());
    around.offices.iter().map(|office| office.id.clone()).filter(wanted).collect()
}

/// The voci of the indicator, as a formula sees them.
struct Names<'a>(&'a [Voce]);

impl Scope for Names<'_> {
    fn voce(&self, name: &str) -> Option<VoceInfo> {
        let voce = self.0.iter().find(|voce| voce.key.name() == name)?;
        let columns = voce.register.iter().flat_map(|register| &register.columns);
        Some(VoceInfo {
            key: voce.key.clone(),
            kind: voce.kind,
            time: voce.time,
            rule: voce.rule,
            columns: columns.map(|column| (column.key.clone(), column.kind)).collect(),
        })
    }

    fn names(&self) -> Vec<String> {
        self.0.iter().map(|voce| voce.key.name().to_owned()).collect()
    }
}

fn formula(source: &IndicatorSource, voci: &[Voce], all_told: bool, around: &Around<'_>) -> Option<Formula> {
    let text = &source.formula.value;
    if text.is_empty() {
        return None;
    }
    match formula::compile(text, &Names(voci)) {
        Ok(formula) => Some(formula),
        Err(errors) => {
            for error in errors {
                // A name may be unknown only because its voce has mistakes of its own, already told.
                let own = |name: &str| source.voci.iter().any(|voce| voce.name.value == name);
                let named = text.get(error.span.clone()).unwrap_or_default();
                if !all_told && error.code == "P03" && own(named.split('.').next().unwrap_or_default()) {
                    continue;
                }
                let message = format!("indicatore {}, formula: {}", source.code.value, error.message);
                around.problems.add(source.formula.line, error.code, message, error.remedy);
            }
            None
        }
    }
}

fn target(source: &IndicatorSource, around: &Around<'_>) -> Option<Target> {
    let At { value: text, line } = &source.target;
    if text.is_empty() {
        return None;
    }
    match Target::parse(text) {
        Ok(target) => Some(target),
        Err(error) => {
            let message = format!("indicatore {}, target «{text}»: {}", source.code.value, error.message);
            around.problems.add(*line, "P06", message, error.remedy);
            None
        }
    }
}

/// The unit of the target against the unit of the formula.
fn agree(source: &IndicatorSource, formula: &Formula, target: &Target, around: &Around<'_>) {
    use TargetUnit::{Date, Days, Percent, Plain, WorkingDays};
    let unit = formula.unit();
    let right = match target.unit {
        Percent => unit == Unit::Rapporto,
        Plain => matches!(unit, Unit::Numero | Unit::Rapporto | Unit::Ore),
        Days => unit == Unit::Giorni,
        WorkingDays => unit == Unit::GiorniLavorativi,
        Date => unit == Unit::Data,
    };
    if !right {
        let asked = match target.unit {
            Percent => "una percentuale",
            Plain => "un numero",
            Days => "dei giorni",
            WorkingDays => "dei giorni lavorativi",
            Date => "una data",
        };
        let message = format!(
            "indicatore {}: il target «{}» chiede {asked}, la formula dà {}",
            source.code.value,
            target.printed,
            gives(unit)
        );
        let remedy = match (target.unit, unit) {
            (Percent, Unit::Numero) => "dividi la voce per il suo totale, oppure togli % dal target",
            (Plain, Unit::Giorni) => "scrivi «gg.» nel target, oppure cambia il tipo delle voci",
            (Plain, Unit::GiorniLavorativi) => {
                "scrivi «gg. lavorativi» nel target, oppure cambia il tipo delle voci"
            }
            (Date, _) => {
                "usa una sola voce di tipo data con fra_uffici = \"ultima\", oppure cambia il target"
            }
            (_, Unit::Data) => {
                "scrivi il target come «entro il 30/11/2019», oppure fra_uffici = \"conta\" per contare gli uffici"
            }
            _ => "cambia il target o il tipo delle voci, in modo che misurino la stessa cosa",
        };
        around.problems.add(source.target.line, "P06", message, remedy);
    }
    deadline_in_year(source, target, around);
}

fn gives(unit: Unit) -> &'static str {
    match unit {
        Unit::Numero => "un numero",
        Unit::Rapporto => "un rapporto",
        Unit::Ore => "delle ore",
        Unit::Giorni => "dei giorni",
        Unit::GiorniLavorativi => "dei giorni lavorativi",
        Unit::Data => "una data",
    }
}

fn deadline_in_year(source: &IndicatorSource, target: &Target, around: &Around<'_>) {
    use chrono::Datelike;
    let Threshold::Date(date) = &target.threshold else { return };
    if around.year_is_known && date.year() != around.year {
        let message = format!("indicatore {}: la scadenza non è nel {}", source.code.value, around.year);
        let remedy = "correggi l'anno della scadenza, oppure l'anno del piano";
        around.problems.add(source.target.line, "P17", message, remedy);
    }
}

/// The baseline beside the formula, which a target may wait for.
fn baseline(
    source: &IndicatorSource,
    voci: &[Voce],
    formula: &Formula,
    target: &Target,
    around: &Around<'_>,
) -> Option<VoceKey> {
    let mut beside = voci
        .iter()
        .filter(|voce| voce.role == Role::Baseline && !formula.inputs().contains(&voce.key))
        .map(|voce| voce.key.clone());
    let (first, second) = (beside.next(), beside.next());
    let code = &source.code.value;
    if second.is_some() {
        let message = format!("l'indicatore {code} ha più voci di base fuori dalla formula");
        let remedy = "lascia ruolo = \"base\" a una sola, e scrivi \"informativa\" per le altre";
        around.problems.add(source.line, "P09", message, remedy);
    }
    if let (Threshold::Baseline { year }, None) = (&target.threshold, &first) {
        let message =
            format!("indicatore {code}: il target è il valore del {year}, ma nessuna voce lo chiede");
        let remedy = "aggiungi una voce annuale con ruolo = \"base\", oppure scrivi il numero nel target";
        around.problems.add(source.target.line, "P09", message, remedy);
    }
    first
}

/// A voce that nothing uses would be asked for in vain.
fn unused(source: &IndicatorSource, voci: &[Voce], formula: &Formula, around: &Around<'_>) {
    for voce in voci {
        let Some(written) = source.voci.iter().find(|one| one.name.value == voce.key.name()) else {
            continue;
        };
        let used = formula.inputs().contains(&voce.key);
        let whole = voci.iter().any(|other| other.part_of.as_ref() == Some(&voce.key));
        let name = voce.key.name();
        if !used && !whole && voce.role == Role::Term {
            let message =
                format!("la voce «{name}» non serve alla formula dell'indicatore {}", source.code.value);
            let remedy = "usala nella formula, scrivi ruolo = \"informativa\" (o \"base\"), oppure toglila";
            around.problems.add(written.line, "P03", message, remedy);
        }
        if used && voce.role == Role::Informative {
            let message = format!("la voce «{name}» è informativa, ma la formula la usa");
            around.problems.add(
                written.line,
                "P03",
                message,
                "togli il ruolo, oppure togli la voce dalla formula",
            );
        }
    }
}

/// Whether entries of this type and time are numbers that a formula can add.
pub(super) fn is_numeric(kind: VoceType, time: TimeKind) -> bool {
    kind.is_number() && time != TimeKind::Registro
}
