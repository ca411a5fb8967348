//! Whether a workbook shows its office what the plan says now, or an earlier wording of it.

use std::collections::BTreeSet;

use super::manifest::Manifest;
use super::tidy::tidy;
use crate::model::{IndicatorCode, OfficeId, Place, Value, VoceKey};
use crate::plan::{Indicator, Plan, Scheda, Voce};
use crate::read::{RawContent, RawSheet};

/// From which wording of the plan a workbook was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wording {
    /// This one, as far as its office sees.
    This,
    /// Another one: what the office does not see as the plan says it now, as far as it can be told.
    Other(Vec<Difference>),
}

/// A value fixed by the plan, as a workbook shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The voce.
    pub voce: VoceKey,
    /// Where it stands.
    pub place: Place,
    /// What the cell says; `None` when blank or of another kind.
    pub value: Option<Value>,
    /// The text as it stands.
    pub raw: String,
}

/// Something of the plan that a workbook does not show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The indicator it belongs to; `None` for what belongs to a scheda.
    pub indicator: Option<IndicatorCode>,
    /// What it is.
    pub kind: DifferenceKind,
    /// As the plan says it; the key, of a voce that the plan has no more.
    pub text: String,
}

/// What a workbook does not show as the plan says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DifferenceKind {
    /// A target.
    Target,
    /// The text of an indicator.
    Indicator,
    /// The label of a voce.
    Label,
    /// The help of a voce.
    Guide,
    /// A value fixed by the plan.
    Fixed,
    /// How a result is computed.
    Formula,
    /// A voce that the plan asks and the workbook does not.
    Added,
    /// A voce that the workbook asks and the plan does not.
    Removed,
    /// A text of a scheda.
    Scheda,
}

/// A workbook, as far as its wording goes.
pub(super) struct Seen<'a> {
    pub plan: &'a Plan,
    pub office: &'a OfficeId,
    pub manifest: &'a Manifest,
    /// The sheets of the schede, each with the template's name for it.
    pub sheets: &'a [(&'a RawSheet, String)],
    pub shown: &'a [Shown],
}

impl Seen<'_> {
    /// The wording of the workbook: by its hash; without it, by what it shows. Of one plan too there are as
    /// many as final issues of the year before from which its baselines may come.
    pub(super) fn wording(&self) -> Wording {
        let own = self.manifest.pair("sha256_ufficio");
        let whole = self.manifest.pair("sha256_piano") == self.plan.sha256;
        let one = own.is_empty() || self.plan.origins().next().is_none();
        if (whole && one) || (!own.is_empty() && own == self.plan.sha256_of(self.office)) {
            return Wording::This;
        }
        let differences = self.differences();
        if own.is_empty() && differences.is_empty() { Wording::This } else { Wording::Other(differences) }
    }

    /// Texts, targets, fixed values and voci that the workbook does not show as the plan says them.
    fn differences(&self) -> Vec<Difference> {
        let mut found = Vec::new();
        let keys: BTreeSet<VoceKey> =
            self.manifest.cells.keys().filter_map(|slot| voce_of(&slot.key)).collect();
        let mut asked = BTreeSet::new();
        for scheda in self.plan.schede_of(self.office) {
            let texts = self.texts(scheda);
            if let Some(texts) = &texts {
                about(scheda, self.office, texts, &mut found);
            }
            for indicator in scheda.indicators_of(self.office) {
                if let Some(texts) = &texts {
                    self.indicator(indicator, texts, &mut found);
                }
                for voce in &indicator.voci {
                    if voce.is_input() && !keys.contains(&voce.key) {
                        push(&mut found, Some(indicator), DifferenceKind::Added, &voce.label);
                    }
                    asked.extend(voce.is_input().then(|| voce.key.clone()));
                }
            }
        }
        for key in keys.iter().filter(|key| !asked.contains(*key)) {
            push(&mut found, None, DifferenceKind::Removed, key.as_str());
        }
        found
    }

    /// The texts of a scheda's sheet; `None` when the workbook has not this sheet.
    fn texts(&self, scheda: &Scheda) -> Option<Vec<String>> {
        let name = format!("Scheda {}", scheda.number);
        let (sheet, _) = self.sheets.iter().find(|(_, own)| *own == name)?;
        let prefix = format!("S{:02}.", scheda.number);
        let registers = self.manifest.register_sheets();
        let own = |name: &str| registers.iter().any(|(key, own)| *own == name && key.starts_with(&prefix));
        let registers = self.sheets.iter().filter(|(_, name)| own(name)).map(|(sheet, _)| sheet);
        let cells = std::iter::once(sheet).chain(registers).flat_map(|sheet| sheet.cells.values());
        let texts = cells.filter_map(|cell| match &cell.content {
            RawContent::Text(text) => Some(text),
            _ => None,
        });
        // A cell may hold a text of several lines, or a text on each line.
        Some(texts.flat_map(|text| std::iter::once(text.as_str()).chain(text.lines())).map(tidy).collect())
    }

    fn indicator(&self, indicator: &Indicator, texts: &[String], found: &mut Vec<Difference>) {
        let label =
            |key: &VoceKey| indicator.voce(key).map_or_else(|| key.to_string(), |voce| voce.label.clone());
        let formula = indicator.formula.in_words(&label);
        let mut expect = |kind, text: &str, shown: bool| {
            if !shown {
                push(found, Some(indicator), kind, text);
            }
        };
        expect(DifferenceKind::Indicator, &indicator.text, says(texts, &indicator.text));
        let target = &indicator.target.printed;
        expect(DifferenceKind::Target, target, says(texts, target));
        let sentence = format!("{formula}.");
        expect(DifferenceKind::Formula, &formula, says(texts, &sentence) || says(texts, &formula));
        for voce in &indicator.voci {
            // A voce that is not asked is told as such.
            let columns = voce.register.iter().flat_map(|register| &register.columns);
            for label in std::iter::once(&voce.label).chain(columns.map(|column| &column.label)) {
                expect(DifferenceKind::Label, label, says(texts, label));
            }
            // The help of a monthly voce stands in a message that is not read.
            if !voce.time.by_month() && voce.is_input() {
                expect(DifferenceKind::Guide, &voce.guide, says(texts, &voce.guide));
            }
            if let Some(fixed) = &voce.fixed {
                expect(DifferenceKind::Fixed, &fixed.value.to_people(), self.shows(voce));
            }
        }
    }

    /// Whether the value that the plan fixes is the one shown.
    fn shows(&self, voce: &Voce) -> bool {
        let own = self.shown.iter().find(|shown| shown.voce == voce.key);
        own.is_some_and(|shown| shown.value.as_ref() == voce.fixed.as_ref().map(|fixed| &fixed.value))
    }
}

fn about(scheda: &Scheda, office: &OfficeId, texts: &[String], found: &mut Vec<Difference>) {
    let actions = scheda
        .actions
        .iter()
        .filter(|action| action.indicators.iter().any(|own| own.offices.contains(office)));
    let about =
        [&scheda.title, &scheda.perspective, &scheda.strategic, &scheda.description, &scheda.benefits];
    let milestones = scheda.milestones.iter().map(|milestone| &milestone.text);
    let all = about
        .into_iter()
        .chain(actions.flat_map(|action| [&action.text, &action.objective]))
        .chain(milestones);
    for text in all.filter(|text| !says(texts, text)) {
        push(found, None, DifferenceKind::Scheda, text);
    }
}

fn push(found: &mut Vec<Difference>, indicator: Option<&Indicator>, kind: DifferenceKind, text: &str) {
    let difference = Difference { indicator: indicator.map(|own| own.code.clone()), kind, text: tidy(text) };
    if !found.contains(&difference) {
        found.push(difference);
    }
}

/// The row in which an office says that nothing happened.
const IDLE: &str = "nessuna_attivita";

/// The voce of a key of the manifest: `S01.bandi` of `S01.bandi.completo`; none of `S01.1.nota` and
/// `firma.nome`.
fn voce_of(key: &str) -> Option<VoceKey> {
    let mut parts = key.split('.');
    let (scheda, name) = (parts.next()?, parts.next()?);
    let number = scheda.strip_prefix('S')?;
    let is_voce = name != IDLE
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && name.starts_with(|first: char| first.is_ascii_lowercase());
    is_voce.then(|| VoceKey::from_text(format!("{scheda}.{name}")))
}

/// Whether a cell says just this, after a title or a code (`Target: >= 20`, `3.3 n. prodotti`); nothing is
/// said anyway.
fn says(texts: &[String], text: &str) -> bool {
    let text = tidy(text);
    text.is_empty()
        || texts.iter().filter_map(|cell| cell.strip_suffix(text.as_str())).any(|before| {
            let before = before.trim_end();
            let is_code = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            before.is_empty() || before.ends_with([':', '–']) || is_code(before)
        })
}

#[cfg(test)]
mod tests {
    use super::{says, voce_of};

    #[test]
    fn a_text_is_said_whole() {
        let texts: Vec<String> =
            ["Target: >= 20%", "3.3 n. prodotti", "Orafi iscritti", "Scheda 3 – Vigilanza"]
                .map(str::to_owned)
                .into();
        for said in [">= 20%", "n. prodotti", "Orafi  iscritti", "Vigilanza"] {
            assert!(says(&texts, said), "{said}");
        }
        for other in ["20%", ">= 2", "0%", "prodotti", "Orafi", "iscritti", ">= 20"] {
            assert!(!says(&texts, other), "{other}");
        }
        assert!(says(&texts, ""));
    }

    #[test]
    fn keys_of_the_manifest_name_voci_or_not() {
        let voce = |key: &str| voce_of(key).map(|key| key.as_str().to_owned());
        assert_eq!(voce("S01.bandi").as_deref(), Some("S01.bandi"));
        assert_eq!(voce("S01.bandi.completo").as_deref(), Some("S01.bandi"));
        assert_eq!(voce("S01.ore.motivo").as_deref(), Some("S01.ore"));
        for other in ["S01.1.nota", "firma.nome", "risposta.3", "S01", ""] {
            assert_eq!(voce(other), None, "{other}");
        }
    }
}
