//! What one office sees of the plan: all that its workbook shows, and nothing of the other offices'.
//!
//! Two plans with the same wording for an office give it the same workbook (`write/form` has the test). The
//! version and the hash of the whole plan, which the workbook only carries in its hidden list, are no part of
//! it.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::types::{Fixed, Indicator, PerformanceUnit, Plan, Role, Scheda, Voce};
use crate::model::{Number, OfficeId, OfficeRule, Span, TimeKind, Value, VoceType, join_it};

/// How many other offices of a shared indicator are named to each of them; more are only counted.
const NAMED_PARTNERS: usize = 8;

/// The other offices of an indicator, as one of them is told.
pub enum Partners<'a> {
    /// Their names, in the plan's order.
    Named(Vec<&'a str>),
    /// How many they are.
    Counted(usize),
}

impl Plan {
    /// The other offices that answer for `indicator`, as `office` is told.
    pub fn partners<'a>(&'a self, office: &OfficeId, indicator: &'a Indicator) -> Partners<'a> {
        let others = indicator.offices.len() - usize::from(indicator.offices.contains(office));
        if others > NAMED_PARTNERS {
            return Partners::Counted(others);
        }
        let others = indicator.offices.iter().filter(|id| *id != office);
        Partners::Named(others.map(|id| self.office_name(id)).collect())
    }

    /// SHA-256, in hexadecimal, of what the workbook of an office shows it: schede, indicators, texts,
    /// targets, voci, values fixed by the plan, lists and registers.
    pub fn sha256_of(&self, office: &OfficeId) -> String {
        let text = self.wording_of(office).to_string();
        Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What an office sees otherwise in this plan than in `before`, in words.
    pub(super) fn seen_otherwise(&self, office: &OfficeId, before: &Plan) -> String {
        if before.office(office).is_none() {
            return "è nuovo".to_owned();
        }
        let seen = |plan: &Plan| -> BTreeMap<u8, Json> {
            plan.schede_of(office).map(|own| (own.number, plan.scheda(office, own))).collect()
        };
        let (then, now) = (seen(before), seen(self));
        let listed = |numbers: Vec<u8>, one: &str, many: &str| {
            let all: Vec<String> = numbers.iter().map(u8::to_string).collect();
            match all.as_slice() {
                [] => None,
                [own] => Some(format!("{one} {own}")),
                all => Some(format!("{many} {}", join_it(all))),
            }
        };
        let moved = now.iter().filter(|(number, own)| then.get(number).is_some_and(|then| then != *own));
        let new = now.keys().filter(|number| !then.contains_key(number)).copied();
        let gone = then.keys().filter(|number| !now.contains_key(number)).copied();
        let parts = [
            listed(moved.map(|(number, _)| *number).collect(), "cambia la scheda", "cambiano le schede"),
            listed(new.collect(), "si aggiunge la scheda", "si aggiungono le schede"),
            listed(gone.collect(), "non ha più la scheda", "non ha più le schede"),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { "cambia il foglio «Istruzioni»".to_owned() } else { parts.join("; ") }
    }

    /// Lists only: their order is that of the sheets.
    fn wording_of(&self, office: &OfficeId) -> Json {
        let schede: Vec<Json> = self.schede_of(office).map(|scheda| self.scheda(office, scheda)).collect();
        let mut seen =
            vec![json!(self.ente), json!(self.year), json!(self.office_name(office)), json!(schede)];
        // A plan that says nothing of it has the wording that it had before.
        let PerformanceUnit { contact, send_by, .. } = &self.unit;
        if !contact.is_empty() || send_by.is_some() {
            seen.push(json!([contact, send_by]));
        }
        Json::Array(seen)
    }

    fn scheda(&self, office: &OfficeId, scheda: &Scheda) -> Json {
        let milestones: Vec<Json> =
            scheda.milestones.iter().map(|one| json!([one.date.to_string(), one.text])).collect();
        let actions = scheda.actions.iter().filter_map(|action| {
            let own: Vec<Json> = action
                .indicators
                .iter()
                .filter(|indicator| indicator.offices.contains(office))
                .map(|indicator| self.indicator_seen(office, indicator))
                .collect();
            (!own.is_empty()).then(|| json!([action.text, action.objective, own]))
        });
        json!([
            scheda.number,
            scheda.title,
            scheda.perspective,
            scheda.strategic,
            scheda.description.trim(),
            scheda.benefits.trim(),
            milestones,
            actions.collect::<Vec<_>>(),
        ])
    }

    fn indicator_seen(&self, office: &OfficeId, indicator: &Indicator) -> Json {
        let partners = match self.partners(office, indicator) {
            Partners::Named(names) => json!(names),
            Partners::Counted(number) => json!(number),
        };
        let formula: String = indicator.formula.text().split_whitespace().collect();
        let voci: Vec<Json> = indicator.voci.iter().map(|voce| voce_seen(office, indicator, voce)).collect();
        json!([indicator.code.as_str(), indicator.text, indicator.target.printed, formula, partners, voci])
    }
}

fn voce_seen(office: &OfficeId, indicator: &Indicator, voce: &Voce) -> Json {
    let shared = voce.is_input() && voce.rule == OfficeRule::Condivisa && indicator.is_shared();
    let dated = voce.kind == VoceType::Data || voce.time == TimeKind::Registro;
    let bound = |number: &Option<Number>| number.as_ref().map(Number::to_plain);
    let register = voce.register.as_ref().map(|register| {
        let columns: Vec<Json> = register
            .columns
            .iter()
            .map(|column| json!([column.key, column.label, column.kind.code()]))
            .collect();
        json!([register.identity, register.event, columns])
    });
    let mut seen = vec![json!([
        voce.key.as_str(),
        voce.label,
        voce.guide.trim(),
        voce.kind.code(),
        voce.time.code(),
        shared,
        voce.role == Role::Baseline,
        voce.cutoff.map(|month| month.number()),
        voce.fixed.as_ref().map(fixed_seen),
        bound(&voce.min),
        bound(&voce.max),
        dated.then(|| json!([voce.period.0.to_string(), voce.period.1.to_string()])),
        register,
    ])];
    // Who answers for the whole year sees what it saw before there were months.
    match voce.span_of(office) {
        Some(Span::YEAR) => seen.swap_remove(0),
        months => {
            seen.push(json!(months.map(|own| [own.first.number(), own.last.number()])));
            Json::Array(seen)
        }
    }
}

fn fixed_seen(fixed: &Fixed) -> Json {
    let value = match &fixed.value {
        Value::Number(number) => json!(["numero", number.to_plain()]),
        Value::Date(date) => json!(["data", date.to_string()]),
        Value::Flag(flag) => json!(["si_no", flag]),
        Value::Text(text) => json!(["testo", text]),
    };
    json!([value, fixed.source])
}

#[cfg(test)]
mod tests {
    use crate::plan::{DEFAULT_PLAN, Plan, read_plan};

    /// The offices that see another wording once a text of the embedded plan is replaced.
    fn touched(from: &str, to: &str) -> Vec<String> {
        let other = DEFAULT_PLAN.replacen(from, to, 1);
        assert_ne!(other, DEFAULT_PLAN, "{from}");
        let (plan, other) = (read_plan(DEFAULT_PLAN).unwrap(), read_plan(&other).unwrap());
        let differs = |plan: &Plan, other: &Plan| {
            let offices = plan.offices.iter().map(|office| &office.id);
            offices.filter(|id| plan.sha256_of(id) != other.sha256_of(id)).map(ToString::to_string).collect()
        };
        differs(&plan, &other)
    }

    #[test]
    fn a_target_is_seen_by_the_offices_that_answer_for_it() {
        let target = "testo = \"n. prodotti oggetto di vigilanza\"\ntarget = \">= ";
        assert_eq!(touched(&format!("{target}20\""), &format!("{target}15\"")), ["metrico"]);
        assert_eq!(touched("etichetta = \"Orafi ispezionati", "etichetta = \"Orafi visitati"), ["metrico"]);
    }

    #[test]
    fn what_no_workbook_shows_is_seen_by_nobody() {
        for (from, to) in [
            ("versione = \"1\"", "versione = \"2\""),
            ("verde = 90 ", "verde = 91 "),
            (
                "patrono = \"San Bellino\"\ngiorno = \"26/11\"",
                "patrono = \"San Bellino\"\ngiorno = \"27/11\"",
            ),
            ("delibera = \"\"", "delibera = \"Giunta n. 1 del 31/1/2019\""),
            ("  \"Una seconda visita allo stesso orafo non conta.\",\n", ""),
            (
                "formula = \"orafi_ispezionati / orafi_iscritti\"",
                "formula = \"orafi_ispezionati/orafi_iscritti\"",
            ),
        ] {
            assert_eq!(touched(from, to), [] as [&str; 0], "{from}");
        }
    }

    #[test]
    fn the_name_of_an_office_is_seen_by_it_and_by_those_it_works_with() {
        let seen = touched("nome = \"Servizio Promozione Territori\"", "nome = \"Promozione\"");
        assert!(seen.contains(&"promozione".to_owned()) && seen.len() < 12, "{seen:?}");
        assert_eq!(touched("ente = \"CCIAA Venezia Rovigo\"", "ente = \"CCIAA\"").len(), 26);
    }
}
