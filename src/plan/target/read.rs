//! The printed text of a target, taken apart: bracket, comparison, value.

use super::amount::{self, Amount};
use super::said::{OPEN, Operator, SecondCondition, THRESHOLDS, Target, TargetError, TargetUnit, Threshold};
use crate::model::{date_it, quoted};

/// What to do with a tolerance.
const DECIDING: &str = "scrivi soltanto la soglia che decide (di 100 con una tolleranza di 15 decide 85)";

/// A second condition in numbers, and one in percent.
const SECONDS: [&str; 2] = [">= 40 (+ 30 rispetto al 2018)", "30% (+15% rispetto al 2018)"];

/// The comparison as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Sign(Operator),
    /// `entro`: a date, or days.
    Within,
    /// None.
    Absent,
}

/// Signs and words that open a target; a longer one stands before those it begins with.
const COMPARISONS: [(&str, Comparison); 26] = [
    (">=", Comparison::Sign(Operator::AtLeast)),
    ("=>", Comparison::Sign(Operator::AtLeast)),
    ("≥", Comparison::Sign(Operator::AtLeast)),
    ("<=", Comparison::Sign(Operator::AtMost)),
    ("=<", Comparison::Sign(Operator::AtMost)),
    ("≤", Comparison::Sign(Operator::AtMost)),
    (">", Comparison::Sign(Operator::Over)),
    ("<", Comparison::Sign(Operator::Under)),
    ("=", Comparison::Sign(Operator::Exactly)),
    ("maggiore o uguale a ", Comparison::Sign(Operator::AtLeast)),
    ("maggiore o uguale al ", Comparison::Sign(Operator::AtLeast)),
    ("non inferiore a ", Comparison::Sign(Operator::AtLeast)),
    ("almeno ", Comparison::Sign(Operator::AtLeast)),
    ("minore o uguale a ", Comparison::Sign(Operator::AtMost)),
    ("minore o uguale al ", Comparison::Sign(Operator::AtMost)),
    ("non superiore a ", Comparison::Sign(Operator::AtMost)),
    ("al massimo ", Comparison::Sign(Operator::AtMost)),
    ("maggiore di ", Comparison::Sign(Operator::Over)),
    ("superiore a ", Comparison::Sign(Operator::Over)),
    ("minore di ", Comparison::Sign(Operator::Under)),
    ("inferiore a ", Comparison::Sign(Operator::Under)),
    ("uguale a ", Comparison::Sign(Operator::Exactly)),
    ("entro il ", Comparison::Within),
    ("entro l'", Comparison::Within),
    ("entro l’", Comparison::Within),
    ("entro ", Comparison::Within),
];

pub(super) fn target(printed: &str) -> Result<Target, TargetError> {
    let text = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.to_lowercase().starts_with(OPEN) {
        return Ok(open(printed));
    }
    refuse_what_is_no_target(&text)?;
    let (head, bracket) = take_bracket(&text)?;
    let second = bracket.map(second_condition).transpose()?.flatten();
    let head = head.to_lowercase();
    refuse_other_grammars(&head)?;
    let (comparison, rest) = comparison(&head);
    if rest.is_empty() {
        return baseline(printed, comparison, bracket);
    }
    let opening = head.strip_suffix(rest).unwrap_or_default();
    let read = amount::amount(rest).map_err(|error| error.opened(opening))?;
    let (operator, threshold, unit) = judged(comparison, read, &text)?;
    if let Some(second) = &second {
        agrees(second, operator, unit)?;
    }
    Ok(Target {
        printed: printed.to_owned(),
        operator,
        implicit: comparison == Comparison::Absent,
        threshold,
        unit,
        annotation: bracket.map(str::to_owned),
        second,
    })
}

/// A target still to be decided; whatever follows is a remark, of which only the percent sign is kept.
fn open(printed: &str) -> Target {
    Target {
        printed: printed.to_owned(),
        operator: Operator::AtLeast,
        implicit: false,
        threshold: Threshold::Open,
        unit: if printed.contains('%') { TargetUnit::Percent } else { TargetUnit::Plain },
        annotation: None,
        second: None,
    }
}

fn refuse_what_is_no_target(text: &str) -> Result<(), TargetError> {
    let (remedy, examples) = ("scrivi un confronto con una soglia", THRESHOLDS);
    let word: String = text.to_lowercase().chars().filter(|c| !matches!(c, ' ' | '.')).collect();
    match word.as_str() {
        "" => Err(TargetError::new("il target è vuoto", remedy, examples)),
        "nd" | "na" | "-" | "–" | "—" | "…" | "?" | "dadefinire" => {
            let message = format!("il target {} non è definito", quoted(text));
            Err(TargetError::new(message, remedy, examples))
        }
        "on" | "off" | "on/off" | "sì" | "si" | "no" | "sì/no" | "si/no" => Err(TargetError::new(
            format!("il target {} non dice che cosa si misura", quoted(text)),
            "scrivi quanto deve valere la formula (una voce si_no vale 1 se è Sì), o una scadenza",
            [">= 1", "entro il 1/6/2019"],
        )),
        _ => Ok(()),
    }
}

/// Splits the bracket at the end from what stands before it.
fn take_bracket(text: &str) -> Result<(&str, Option<&str>), TargetError> {
    let opened = text.matches('(').count();
    if opened == 0 && !text.contains(')') {
        return Ok((text, None));
    }
    let split = text.strip_suffix(')').and_then(|text| text.split_once('('));
    match split {
        Some((head, inner)) if opened == 1 && !inner.contains(')') && !inner.trim().is_empty() => {
            Ok((head.trim_end(), Some(inner.trim())))
        }
        _ => Err(TargetError::new(
            format!("le parentesi di {} non si leggono", quoted(text)),
            "tieni una sola nota fra parentesi, in fondo al target",
            [format!("{} (nota)", text.split(['(', ')']).next().unwrap_or_default().trim())],
        )),
    }
}

/// Shapes of other bodies that say something else than one comparison.
fn refuse_other_grammars(head: &str) -> Result<(), TargetError> {
    if head.contains('*') || head.contains('±') {
        return Err(TargetError::new(
            format!("{} rimanda a una nota o a una tolleranza", quoted(head)),
            DECIDING,
            [">= 85%"],
        ));
    }
    let starts = ["+", "aument", "increment", "crescita", "riduzion", "diminuzion", "migliorament"];
    if starts.iter().any(|start| head.starts_with(start))
        || head.contains("rispetto")
        || head.contains("baseline")
    {
        return Err(TargetError::new(
            format!("il target {} è una variazione, non una soglia", quoted(head)),
            "scrivi la soglia che ne risulta (la variazione può stare fra parentesi), o l'anno da uguagliare",
            [">= 40 (+ 30 rispetto al 2018)", ">= 40% (+ 30% rispetto al 2018)", ">= (anno 2018)"],
        ));
    }
    let signs = ["<", ">", "=", "≤", "≥"];
    let (comparison, rest) = comparison(head);
    if !signs.iter().any(|sign| rest.contains(sign)) {
        return Ok(());
    }
    let before_first: String = rest.chars().take_while(|c| !"<>=≤≥".contains(*c)).collect();
    let after: String = rest.chars().skip(before_first.chars().count()).collect();
    let more_than_one =
        after.trim_start_matches(['<', '>', '=', '≤', '≥']).contains(['<', '>', '≤', '≥', '=']);
    Err(if comparison != Comparison::Absent || more_than_one {
        TargetError::new(
            format!("il target {} ha due confronti", quoted(head)),
            "tieni la soglia che decide il raggiungimento e scrivi l'altra nelle letture dell'indicatore",
            comparisons(head),
        )
    } else {
        TargetError::new(
            format!("nel target {} il confronto non sta all'inizio", quoted(head)),
            "scrivi prima il segno e poi la soglia",
            comparisons(head),
        )
    })
}

/// The comparisons that a text holds, each with its own sign: `>= 80` and `<= 95` of `>= 80 <= 95`.
fn comparisons(head: &str) -> Vec<String> {
    let is_sign = |c: char| "<>=≤≥".contains(c);
    let mut found: Vec<String> = Vec::new();
    let mut after_sign = false;
    for letter in head.chars() {
        if is_sign(letter) && !after_sign {
            found.push(String::new());
        }
        after_sign = is_sign(letter);
        found.last_mut().into_iter().for_each(|text| text.push(letter));
    }
    found.iter().map(|text| text.trim_end_matches([' ', 'e', ',', ';']).to_owned()).collect()
}

fn comparison(head: &str) -> (Comparison, &str) {
    // A truncated `entro` has lost its blank.
    if head == "entro" || head == "entro il" {
        return (Comparison::Within, "");
    }
    COMPARISONS
        .iter()
        .find_map(|(prefix, comparison)| Some((*comparison, head.strip_prefix(prefix)?.trim_start())))
        .unwrap_or((Comparison::Absent, head))
}

/// A comparison with no value: the value is that of the year in the bracket, or the text is truncated.
fn baseline(printed: &str, comparison: Comparison, bracket: Option<&str>) -> Result<Target, TargetError> {
    let year = bracket.and_then(|inner| year(inner.to_lowercase().strip_prefix("anno ")?.trim()));
    match (comparison, year) {
        (Comparison::Sign(operator), Some(year)) => Ok(Target {
            printed: printed.to_owned(),
            operator,
            implicit: false,
            threshold: Threshold::Baseline { year },
            unit: TargetUnit::Plain,
            annotation: bracket.map(str::to_owned),
            second: None,
        }),
        (Comparison::Absent, Some(_)) => Err(TargetError::new(
            format!("il target {} nomina un anno senza un confronto", quoted(printed)),
            "scrivi anche il segno",
            [format!(">= {}", printed.trim())],
        )),
        _ => Err(TargetError::new(
            format!("il target {} è troncato: manca il valore", quoted(printed)),
            "completalo con il valore o con l'anno da uguagliare",
            [">= 10", ">= (anno 2018)"],
        )),
    }
}

fn judged(
    comparison: Comparison,
    amount: Amount,
    text: &str,
) -> Result<(Operator, Threshold, TargetUnit), TargetError> {
    match amount {
        Amount::Date(date) => match comparison {
            Comparison::Within | Comparison::Absent | Comparison::Sign(Operator::AtMost) => {
                Ok((Operator::By, Threshold::Date(date), TargetUnit::Date))
            }
            Comparison::Sign(_) => Err(TargetError::new(
                format!("il target {} confronta una data con un segno che non è una scadenza", quoted(text)),
                "scrivi l'ultimo giorno utile, compreso",
                [format!("entro il {}", date_it(date))],
            )),
        },
        Amount::Number(number, unit) => {
            let time = matches!(unit, TargetUnit::Days | TargetUnit::WorkingDays | TargetUnit::Minutes);
            let operator = match comparison {
                Comparison::Sign(operator) => operator,
                Comparison::Within if time => Operator::AtMost,
                Comparison::Absent if !time => Operator::AtLeast,
                Comparison::Within => {
                    return Err(TargetError::new(
                        format!("il target {} non dice entro che cosa", quoted(text)),
                        "dopo «entro» scrivi una data o dei giorni",
                        ["entro il 1/6/2019".to_owned(), format!("entro {} gg.", number.to_italian(6))],
                    ));
                }
                Comparison::Absent => {
                    return Err(TargetError::new(
                        format!("il target {} non dice se il tempo è un massimo o un minimo", quoted(text)),
                        "scrivi il segno",
                        [format!("<= {text}")],
                    ));
                }
            };
            Ok((operator, Threshold::Number(number), unit))
        }
    }
}

/// `+ 30 rispetto al 2018`; `None` for a plain annotation.
fn second_condition(inner: &str) -> Result<Option<SecondCondition>, TargetError> {
    let lower = inner.to_lowercase();
    let signed = lower.starts_with(['+', '-', '−', '±']);
    if !signed && !lower.contains("rispetto") {
        return Ok(None);
    }
    read_second(inner, &lower).map(Some).ok_or_else(|| {
        if lower.contains("rispetto") {
            TargetError::new(
                format!("la condizione {} non si legge", quoted(inner)),
                "scrivila come aumento rispetto a un anno",
                SECONDS,
            )
        } else {
            TargetError::new(
                format!("{} è una tolleranza, che non dice quale soglia decide", quoted(inner)),
                DECIDING,
                [">= 85%"],
            )
        }
    })
}

fn read_second(inner: &str, lower: &str) -> Option<SecondCondition> {
    let (increase, since) = lower.strip_prefix('+')?.split_once("rispetto ")?;
    let since = ["al valore del ", "al valore ", "all'anno ", "all’anno ", "al "]
        .iter()
        .find_map(|prefix| since.strip_prefix(prefix))?;
    let increase = increase.trim();
    let (digits, percent) =
        increase.strip_suffix('%').map_or((increase, false), |digits| (digits.trim(), true));
    let number = amount::number(digits).ok().filter(|number| !number.is_negative())?;
    let increase = if percent { amount::hundredth(&number) } else { number };
    Some(SecondCondition { text: inner.to_owned(), increase, percent, year: year(since.trim())? })
}

/// A second condition must be in the unit of the first and ask for more of the same.
fn agrees(second: &SecondCondition, operator: Operator, unit: TargetUnit) -> Result<(), TargetError> {
    let same_unit = second.percent == (unit == TargetUnit::Percent);
    if same_unit && operator.higher_is_better() {
        return Ok(());
    }
    Err(TargetError::new(
        format!("la condizione {} non va d'accordo con la soglia che la precede", quoted(&second.text)),
        "un aumento si aggiunge solo a una soglia minima nella stessa unità",
        SECONDS,
    ))
}

fn year(text: &str) -> Option<i32> {
    (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

impl Target {
    /// Reads a target from its printed text.
    ///
    /// # Errors
    /// When the text is not one of the known shapes, with what to write instead.
    pub fn parse(printed: &str) -> Result<Target, TargetError> {
        target(printed).map_err(TargetError::finished)
    }
}

impl TargetError {
    /// Its examples as whole targets, those that can be read; when there is none, one of each unit.
    fn finished(self) -> Self {
        let openings = [self.opening.as_deref().unwrap_or_default(), "", "entro il ", "<= "];
        let openings = if self.opening.is_some() { openings.as_slice() } else { &[""] };
        let whole = |example: &String| {
            let mut texts = openings.iter().map(|opening| format!("{opening}{example}"));
            texts.find(|text| target(text).is_ok())
        };
        let mut examples: Vec<String> = self.examples.iter().filter_map(whole).collect();
        examples.dedup();
        if examples.is_empty() {
            examples = THRESHOLDS.map(str::to_owned).to_vec();
        }
        Self { examples, ..self }
    }
}
