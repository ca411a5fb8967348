//! `[controlli] gravita`: severities that the plan gives to checks, and who answers for those that are
//! lowered.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::fields::{At, Fields, Given};
use super::names::twice;
use super::problem::{Problems, nearest};
use crate::model::{Severity, quoted};

/// What a plan makes of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Its findings have this severity.
    Of(Severity),
    /// Its findings are counted and not shown; one that keeps a value out is shown as a *nota*.
    Shadow,
}

impl Level {
    /// As the plan writes it: `da motivare`, `ombra`.
    pub fn label(self) -> &'static str {
        match self {
            Level::Of(severity) => severity.label(),
            Level::Shadow => "ombra",
        }
    }

    /// Whether it makes less of a finding of this severity.
    pub fn lowers(self, severity: Severity) -> bool {
        match self {
            Level::Of(own) => own < severity,
            Level::Shadow => true,
        }
    }
}

/// The level of a check, as the plan changes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// The code of the check.
    pub code: String,
    /// What becomes of its findings.
    pub level: Level,
    /// Who answers for it; without it nothing of severity *errore* or above is lowered.
    pub warrant: Option<Warrant>,
}

/// Why a severity is lowered, who decided and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warrant {
    /// Why.
    pub reason: String,
    /// Who decided.
    pub who: String,
    /// When.
    pub date: NaiveDate,
}

/// The catalogue of the checks, for a plan that names their codes: given by the room that has it.
#[derive(Clone, Copy, Debug)]
pub struct Catalogue {
    /// The codes of all the checks, in order.
    pub codes: fn() -> Vec<&'static str>,
    /// The severity of a check; `None` when no check has this code.
    pub severity: fn(&str) -> Option<Severity>,
    /// Why no check has this code of the catalogue; `None` when it is none of its codes.
    pub unused: fn(&str) -> Option<&'static str>,
}

impl Catalogue {
    /// Tells a code that no check has (P30); gives the check's severity. `who` names it: `la deroga`.
    pub(super) fn severity_of(&self, who: &str, code: &At<String>, problems: &Problems) -> Option<Severity> {
        let severity = (self.severity)(&code.value);
        if severity.is_none() && !code.value.is_empty() {
            let named = quoted(&code.value);
            let (message, remedy) = match (self.unused)(&code.value) {
                Some(why) => (
                    format!("{who} nomina {named}, un codice del catalogo che nessun controllo usa: {why}"),
                    format!("togli {named}, oppure scrivi il codice di un altro controllo"),
                ),
                None => (format!("{who} nomina {named}, che non è un controllo"), self.near(&code.value)),
            };
            problems.add(code.line, "P30", message, remedy);
        }
        severity
    }

    /// What to write instead of a code that no check has.
    fn near(&self, code: &str) -> String {
        let all = (self.codes)();
        let first = code.chars().next().map(|first| first.to_ascii_uppercase());
        let of_family = |own: &&str| first.is_some_and(|first| own.starts_with(first));
        let family: Vec<&str> = all.iter().copied().filter(of_family).collect();
        // Of two codes as near, the one of the same family.
        let near = nearest(code, family.iter().copied()).or_else(|| nearest(code, all.iter().copied()));
        match (near, family.as_slice()) {
            (Some(near), _) => format!("volevi scrivere «{near}»? Altrimenti togli la riga"),
            (None, [_, ..]) if code.len() == 3 => format!("scegli fra: {}; oppure togli la riga", family.join(", ")),
            (None, _) => {
                "scrivi un codice come R03, che si legge in ogni rilievo e nel foglio «Controlli», oppure togli la riga"
                    .to_owned()
            }
        }
    }
}

const LEVELS: [(&str, Level); 4] = [
    ("nota", Level::Of(Severity::Nota)),
    ("da motivare", Level::Of(Severity::DaMotivare)),
    ("errore", Level::Of(Severity::Errore)),
    ("ombra", Level::Shadow),
];

/// A line of `gravita` as written: a word, or a group with the reason.
#[derive(Debug)]
pub(super) struct LevelSource {
    code: At<String>,
    level: At<String>,
    reason: String,
    who: String,
    date: Option<NaiveDate>,
}

/// Reads the table whose names are the codes of checks.
pub(super) fn source(table: &Fields<'_>) -> Vec<LevelSource> {
    let given = table.given(
        "la gravità",
        "\"nota\", oppure { livello = \"nota\", motivo = \"…\", chi = \"…\", quando = 2019-06-30 }",
    );
    given
        .into_iter()
        .map(|(code, given)| match given {
            Given::Word(level) => {
                LevelSource { code, level, reason: String::new(), who: String::new(), date: None }
            }
            Given::Table(fields) => {
                let level = fields.text("livello");
                let source = LevelSource {
                    code,
                    level,
                    reason: fields.text_or_empty("motivo").value,
                    who: fields.text_or_empty("chi").value,
                    date: fields.has("quando").then(|| fields.date("quando")).flatten().map(|at| at.value),
                };
                fields.knows("quando");
                fields.finish();
                source
            }
        })
        .collect()
}

/// Gives the lines their meaning; with the catalogue, codes are known and what is lowered has its reason.
pub(super) fn compile(
    sources: &[LevelSource],
    catalogue: Option<&Catalogue>,
    problems: &Problems,
) -> Vec<Override> {
    let mut seen = BTreeMap::new();
    let levels = sources.iter().filter_map(|source| {
        twice(&mut seen, &source.code, "in gravita il codice", problems);
        let level = level(source, problems);
        if let Some(catalogue) = catalogue {
            let severity = catalogue.severity_of("la sezione [controlli.gravita]", &source.code, problems);
            if let Some((level, severity)) = level.zip(severity) {
                wants_reason(source, level, severity, problems);
            }
        }
        let warrant = source.date.filter(|_| !source.reason.is_empty() && !source.who.is_empty());
        let warrant =
            warrant.map(|date| Warrant { reason: source.reason.clone(), who: source.who.clone(), date });
        Some(Override { code: source.code.value.trim().to_uppercase(), level: level?, warrant })
    });
    levels.collect()
}

fn level(source: &LevelSource, problems: &Problems) -> Option<Level> {
    let found = LEVELS.iter().find(|(word, _)| *word == source.level.value);
    if found.is_none() && !source.level.value.is_empty() {
        let remedy = "scrivi \"nota\", \"da motivare\", \"errore\" oppure \"ombra\"";
        let message = format!("la gravità «{}» di {} non esiste", source.level.value, source.code.value);
        problems.add(source.level.line, "P10", message, remedy);
    }
    found.map(|(_, level)| *level)
}

/// Tells an *errore*, or a *bloccante*, that is lowered without a reason, an author and a date.
fn wants_reason(source: &LevelSource, level: Level, severity: Severity, problems: &Problems) {
    let lacks: Vec<&str> = [
        ("motivo", source.reason.is_empty()),
        ("chi", source.who.is_empty()),
        ("quando", source.date.is_none()),
    ]
    .into_iter()
    .filter_map(|(name, lacks)| lacks.then_some(name))
    .collect();
    if severity < Severity::Errore || !level.lowers(severity) || lacks.is_empty() {
        return;
    }
    let code = &source.code.value;
    let message = format!(
        "la gravità di {code} passa da «{}» a «{}» senza dire {}",
        severity.label(),
        level.label(),
        lacks.join(", ")
    );
    let remedy = format!(
        "scrivi {code} = {{ livello = \"{}\", motivo = \"…\", chi = \"…\", quando = 2019-06-30 }}, oppure togli la riga",
        level.label()
    );
    problems.add(source.code.line, "P29", message, remedy);
}

#[cfg(test)]
mod tests {
    use super::{Catalogue, Level};
    use crate::check::CATALOGUE;
    use crate::model::Severity;
    use crate::plan::{Plan, PlanProblem, add_waivers, read_plan, read_plan_with};

    const PLAN: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/piani/camera-di-prova.toml"));

    fn with(levels: &str) -> String {
        let levels = format!("[controlli]\ngravita = {levels}\n");
        if PLAN.contains("\n[controlli]\n") {
            PLAN.replacen("\n[controlli]\n", &format!("\n{levels}"), 1)
        } else {
            format!("{PLAN}\n{levels}")
        }
    }

    fn read(levels: &str, catalogue: &Catalogue) -> Result<Plan, Vec<PlanProblem>> {
        read_plan_with(&with(levels), catalogue)
    }

    /// What is told of some levels: code and whole words.
    fn told(levels: &str) -> Vec<(&'static str, String)> {
        let problems = read(levels, &CATALOGUE).err().unwrap_or_default();
        problems.into_iter().map(|one| (one.code, format!("{}. {}", one.message, one.remedy))).collect()
    }

    const ANSWERED: &str = "motivo = \"m\", chi = \"c\", quando = 2019-06-30";

    #[test]
    fn an_error_is_lowered_only_with_a_reason_an_author_and_a_date() {
        // C06 and V01 are errori, F05 bloccante, D08 da motivare or less.
        for right in [
            "{ D08 = \"ombra\" }".to_owned(),
            "{ C06 = \"errore\", c12 = \"errore\" }".to_owned(),
            format!("{{ C06 = {{ livello = \"nota\", {ANSWERED} }} }}"),
            format!("{{ F05 = {{ livello = \"errore\", {ANSWERED} }} }}"),
            "{ C06 = { livello = \"ombra\", motivo = \"m\", chi = \"c\", quando = \"30/6/2019\" } }"
                .to_owned(),
            "{ D08 = { livello = \"errore\" } }".to_owned(),
        ] {
            assert_eq!(told(&right), [], "{right}");
        }
        for (wrong, lacks) in [
            ("{ C06 = \"nota\" }", "motivo, chi, quando"),
            ("{ C06 = \"ombra\" }", "motivo, chi, quando"),
            ("{ V01 = \"da motivare\" }", "motivo, chi, quando"),
            ("{ F05 = \"errore\" }", "motivo, chi, quando"),
            ("{ C06 = { livello = \"nota\" } }", "motivo, chi, quando"),
            ("{ C06 = { livello = \"nota\", motivo = \" \", chi = \"c\", quando = 2019-06-30 } }", "motivo"),
            ("{ C06 = { livello = \"nota\", motivo = \"m\", quando = 2019-06-30 } }", "chi"),
            ("{ C06 = { livello = \"nota\", motivo = \"m\", chi = \"c\" } }", "quando"),
        ] {
            let told = told(wrong);
            assert!(told.len() == 1 && told[0].0 == "P29", "{wrong}: {told:?}");
            assert!(told[0].1.contains(&format!("senza dire {lacks}. Scrivi")), "{wrong}: {told:?}");
        }
    }

    #[test]
    fn a_group_is_read_with_the_same_care_as_the_rest() {
        for (wrong, code, words) in [
            ("{ C06 = 3 }", "P00", "«C06» non è scritto nel modo giusto"),
            ("{ C06 = { motivo = \"m\" } }", "P00", "manca «livello»"),
            ("{ D08 = { livello = \"grave\" } }", "P10", "la gravità «grave»"),
            ("{ D08 = { livello = \"nota\", perche = \"m\" } }", "P00", "il campo «perche» non esiste"),
            ("{ D08 = { livello = \"nota\", quando = \"ieri\" } }", "P00", "«quando» non è scritto"),
            ("{ D08 = \"nota\", d08 = \"ombra\" }", "P01", "c'è due volte"),
        ] {
            let told = told(wrong);
            let found = told
                .iter()
                .any(|(own, text)| *own == code && text.to_lowercase().contains(&words.to_lowercase()));
            assert!(found, "{wrong}: {told:?}");
        }
    }

    #[test]
    fn a_code_that_no_check_has_is_told_with_the_nearest_or_with_why() {
        for (wrong, words) in [
            ("d18", "che non è un controllo. Volevi scrivere «D08»?"),
            ("c60", "Volevi scrivere «C06»?"),
            ("zz", "Scrivi un codice come R03"),
            ("p19", "che nessun controllo usa: Il piano non dichiara decimali"),
        ] {
            let told = told(&format!("{{ {wrong} = \"nota\" }}"));
            assert!(told.len() == 1 && told[0].0 == "P30" && told[0].1.contains(words), "{wrong}: {told:?}");
        }
        let told = told("{ D99 = \"nota\", zz = \"errore\" }");
        assert!(told.len() == 2 && told.iter().any(|(_, words)| words.contains("«D99»")), "{told:?}");
        // Without a catalogue nothing is known of the codes.
        assert!(read_plan(&with("{ D99 = \"nota\" }")).is_ok());
    }

    #[test]
    fn a_file_of_derogations_names_checks_and_holds_nothing_else() {
        let mut plan = read_plan(PLAN).unwrap();
        let mut told = |text: &str| {
            let problems = add_waivers(text, &mut plan, &CATALOGUE).err().unwrap_or_default();
            problems.into_iter().map(|one| (one.code, one.message)).collect::<Vec<_>>()
        };
        let waiver = |code: &str| {
            format!("[[deroghe]]\ncodice = \"{code}\"\ntrovato = \"3\"\nmotivo = \"m\"\nchi = \"c\"\n")
        };
        assert_eq!(told(&waiver("c06")), []);
        assert_eq!(
            told(&waiver("X99")),
            [("P30", "La deroga nomina «X99», che non è un controllo".to_owned())]
        );
        let other = told(&format!("{}\n[controlli]\ngravita = {{ D08 = \"ombra\" }}\n", waiver("C06")));
        assert!(other.len() == 1 && other[0].0 == "P00" && other[0].1.contains("«controlli»"), "{other:?}");
    }

    #[test]
    fn a_level_without_an_answer_is_kept_apart_from_one_with_it() {
        let text = with(&format!("{{ C06 = {{ livello = \"ombra\", {ANSWERED} }}, D08 = \"nota\" }}"));
        let plan = read_plan_with(&text, &CATALOGUE).unwrap();
        let levels: Vec<(&str, Level, bool)> = plan
            .controls
            .levels
            .iter()
            .map(|own| (own.code.as_str(), own.level, own.warrant.is_some()))
            .collect();
        assert_eq!(levels, [("C06", Level::Shadow, true), ("D08", Level::Of(Severity::Nota), false)]);
    }
}
