//! One voce: type, time and office rule that go together, and a value where the plan must give one.

use chrono::NaiveDate;

use super::around::{Around, is_numeric};
use super::fields::{At, Scalar, day_month_year, italian};
use super::names::is_identifier;
use super::origin;
use super::problem::suggest;
use super::register;
use super::source::{IndicatorSource, RoleSource, VoceSource};
use super::spans::Spans;
use super::types::{Fixed, Role, Voce};
use crate::model::{Month, Number, OfficeRule, TimeKind, Value, VoceKey, VoceType};

/// How many offices answer for an indicator.
#[derive(Clone, Copy)]
pub(super) struct Sharing {
    /// In the whole year.
    pub all: usize,
    /// In the same month, at most.
    pub at_once: usize,
}

/// Compiles a voce; `None` when its type or its time is unknown, and then it has been told.
pub(super) fn compile(
    source: &VoceSource,
    scheda: u8,
    offices: Sharing,
    around: &Around<'_>,
) -> Option<Voce> {
    let name = &source.name;
    if !name.value.is_empty() && !is_identifier(&name.value) {
        let message = format!("la chiave «{}» non è un nome", name.value);
        let remedy = "comincia con una lettera e usa solo lettere minuscole senza accento, cifre e _";
        around.problems.add(name.line, "P04", message, remedy);
    }
    let time = source.time.as_ref()?.value;
    let kind = match (&source.kind, time) {
        (None, TimeKind::Registro) => VoceType::Testo,
        (kind, _) => kind.as_ref()?.value,
    };
    let rule = rule(source, kind, time, offices, around);
    time_fits(source, kind, time, around);
    limits(source, around);
    last_year(source, time, around);
    let free_sign = free_sign(source, kind, time, around);
    let part = &source.part_of.value;
    Some(Voce {
        key: VoceKey::new(scheda, &name.value),
        label: source.label.value.clone(),
        guide: source.guide.clone(),
        kind,
        time,
        rule,
        part_of: (!part.is_empty()).then(|| VoceKey::new(scheda, part)),
        cutoff: cutoff(source, time, around),
        spans: Spans::default(),
        origin: source
            .origin
            .as_ref()
            .and_then(|own| origin::compile(own, (scheda, &name.value), time, around)),
        fixed: fixed(source, kind, time, free_sign, around),
        free_sign,
        role: match source.role.as_ref().map(|role| role.value) {
            None => Role::Term,
            Some(RoleSource::Base) => Role::Baseline,
            Some(RoleSource::Informative) => Role::Informative,
        },
        min: source.min.as_ref().map(|min| min.value.clone()),
        max: source.max.as_ref().map(|max| max.value.clone()),
        plausible: (
            source.plausible_min.as_ref().map(|min| min.value.clone()),
            source.plausible_max.as_ref().map(|max| max.value.clone()),
        ),
        rare_zero: source.rare_zero,
        last_year: source.last_year.iter().map(|month| month.value.clone()).collect(),
        period: period(source, kind, time, around),
        register: register::compile(source, time, around),
    })
}

/// The office rule given, or the only sensible one for an office alone.
fn rule(
    source: &VoceSource,
    kind: VoceType,
    time: TimeKind,
    Sharing { all, at_once }: Sharing,
    around: &Around<'_>,
) -> OfficeRule {
    // Of what passes from an office to another each month has one value.
    let passes =
        at_once <= 1 && all > 1 && (time.by_month() || kind == VoceType::Data || time == TimeKind::Registro);
    let offices = if passes { at_once } else { all };
    let natural = match (time, kind) {
        (TimeKind::Consistenza, _) if passes => OfficeRule::Somma,
        (TimeKind::Registro, _) => OfficeRule::Unione,
        (TimeKind::Costante, _) => OfficeRule::Condivisa,
        (_, VoceType::Data) => OfficeRule::Ultima,
        (TimeKind::Mensile, _) => OfficeRule::Somma,
        _ => OfficeRule::Condivisa,
    };
    let Some(At { value: rule, line }) = source.rule.clone() else {
        if !source.rule_given && offices > 1 && time != TimeKind::Costante {
            let message = format!(
                "la voce «{}» è di {offices} uffici e non dice come unirne i valori",
                source.name.value
            );
            // Of a yes or no there are as many as offices.
            let usual = if kind == VoceType::SiNo { OfficeRule::Conta } else { natural };
            let remedy = format!("aggiungi fra_uffici = \"{}\" (o un'altra regola)", usual.code());
            around.problems.add(source.line, "P14", message, remedy);
        }
        return natural;
    };
    let register = time == TimeKind::Registro;
    let fits = match rule {
        OfficeRule::Somma => kind.is_number() && !register && time != TimeKind::Costante,
        OfficeRule::Condivisa => !register,
        OfficeRule::Ultima => kind == VoceType::Data && !register,
        OfficeRule::Conta => matches!(kind, VoceType::Data | VoceType::SiNo) && !register,
        OfficeRule::Unione => register,
    };
    if !fits {
        let what = if register {
            "un registro".to_owned()
        } else {
            format!("una voce di tipo {} e tempo {}", kind.code(), time.code())
        };
        let message = format!("la regola «{}» non va bene per {what}", rule.code());
        around.problems.add(line, "P14", message, format!("scrivi fra_uffici = \"{}\"", natural.code()));
    }
    rule
}

fn time_fits(source: &VoceSource, kind: VoceType, time: TimeKind, around: &Around<'_>) {
    let Some(at) = &source.time else { return };
    if time.by_month() && !kind.is_number() {
        let message = format!("una voce di tipo {} non può avere un valore al mese", kind.code());
        around.problems.add(at.line, "P06", message, "scrivi tempo = \"annuale\", oppure usa un registro");
    }
}

/// Whether negative entries are admitted; only a number has a sign, and a part cannot be less than nothing.
fn free_sign(source: &VoceSource, kind: VoceType, time: TimeKind, around: &Around<'_>) -> bool {
    let Some(At { value: free, line }) = source.free_sign else { return false };
    let name = &source.name.value;
    let wrong = if time != TimeKind::Registro && !kind.is_number() {
        Some(format!("la voce «{name}» è di tipo {} e non ha un segno", kind.code()))
    } else if matches!(kind, VoceType::Conteggio | VoceType::Percentuale) && time != TimeKind::Registro {
        Some(format!("la voce «{name}» è di tipo {} e non può essere negativa", kind.code()))
    } else if !source.part_of.value.is_empty() {
        Some(format!("la voce «{name}» è parte di «{}» e non può essere negativa", source.part_of.value))
    } else {
        None
    };
    if let Some(message) = wrong.filter(|_| free) {
        around.problems.add(
            line,
            "P06",
            message,
            "togli segno, oppure scrivi tipo = \"numero\" o \"importo\"",
        );
    }
    free
}

fn limits(source: &VoceSource, around: &Around<'_>) {
    if let (Some(min), Some(max)) = (&source.min, &source.max)
        && min.value > max.value
    {
        let message =
            format!("il minimo {} supera il massimo {}", min.value.to_italian(4), max.value.to_italian(4));
        around.problems.add(min.line, "P10", message, "scambia i due limiti, o correggi quello sbagliato");
    }
    if let (Some(from), Some(to)) = (&source.plausible_min, &source.plausible_max)
        && from.value > to.value
    {
        let message = format!(
            "plausibile_da {} supera plausibile_a {}",
            from.value.to_italian(4),
            to.value.to_italian(4)
        );
        around.problems.add(from.line, "P10", message, "scambia i due valori, o correggi quello sbagliato");
    }
}

/// Twelve months or none.
fn last_year(source: &VoceSource, time: TimeKind, around: &Around<'_>) {
    let (Some(first), months) = (source.last_year.first(), source.last_year.len()) else { return };
    if months != 12 || !time.by_month() {
        let message = format!(
            "«anno_precedente» di «{}» ha {}",
            source.name.value,
            crate::model::count(months, "valore", "valori")
        );
        let remedy = "scrivi i dodici valori dell'anno prima, solo per una voce mensile o consistenza";
        around.problems.add(first.line, "P17", message, remedy);
    }
}

fn cutoff(source: &VoceSource, time: TimeKind, around: &Around<'_>) -> Option<Month> {
    let At { value, line } = source.cutoff.as_ref()?;
    let month = u32::try_from(*value).ok().and_then(Month::new);
    if month.is_none() {
        let message = format!("«fino_al» indica il mese {value}, che non esiste");
        around.problems.add(*line, "P17", message, "scrivi un numero da 1 (gennaio) a 12 (dicembre)");
    }
    if !time.by_month() {
        let message = format!("una voce {} non ha mesi: fino_al non serve", time.code());
        around.problems.add(*line, "P17", message, "togli fino_al, oppure scrivi tempo = \"mensile\"");
    }
    month
}

fn period(
    source: &VoceSource,
    kind: VoceType,
    time: TimeKind,
    around: &Around<'_>,
) -> (NaiveDate, NaiveDate) {
    let day = |month, day| NaiveDate::from_ymd_opt(around.year, month, day).unwrap_or_default();
    let whole_year = (day(1, 1), day(12, 31));
    let Some(period) = &source.period else { return whole_year };
    if kind != VoceType::Data && time != TimeKind::Registro {
        let remedy = "togli periodo: vale solo per le date e per i registri";
        around.problems.add(
            period.line,
            "P17",
            "il periodo riguarda le date, e questa voce non ne ha",
            remedy,
        );
    }
    let (Some(from), Some(to)) = (&period.from, &period.to) else { return whole_year };
    if from.value > to.value {
        let remedy = "scambia dal e al, o correggi la data sbagliata";
        around.problems.add(from.line, "P17", "il periodo finisce prima di cominciare", remedy);
    }
    (from.value, to.value)
}

fn fixed(
    source: &VoceSource,
    kind: VoceType,
    time: TimeKind,
    free_sign: bool,
    around: &Around<'_>,
) -> Option<Fixed> {
    let name = &source.name.value;
    let Some(given) = &source.value else {
        // A value that cannot be read is told where it is read.
        if time == TimeKind::Costante && !source.value_given {
            let message = format!("la costante «{name}» non ha un valore");
            around.problems.add(source.line, "P16", message, "aggiungi valore = … e fonte = \"…\"");
        }
        return None;
    };
    if !matches!(time, TimeKind::Costante | TimeKind::Annuale) {
        let message = format!("il piano non può dare il valore di una voce {}", time.code());
        let remedy = "togli valore, oppure scrivi tempo = \"costante\" o \"annuale\"";
        around.problems.add(given.line, "P16", message, remedy);
    }
    if source.source.value.is_empty() {
        let message = format!("il valore di «{name}» non dice da dove viene");
        let remedy = "aggiungi fonte = \"…\" con il documento e la data, perché l'OIV lo possa controllare";
        around.problems.add(given.line, "P16", message, remedy);
    }
    let value = typed(&given.value, kind, free_sign);
    if value.is_none() {
        let message = format!("il valore di «{name}» non è di tipo {}", kind.code());
        around.problems.add(given.line, "P16", message, format!("scrivi {}", example(kind)));
    }
    Some(Fixed { value: value?, source: source.source.value.clone() })
}

/// The value as the type wants it.
fn typed(scalar: &Scalar, kind: VoceType, free_sign: bool) -> Option<Value> {
    match kind {
        VoceType::Data => match scalar {
            Scalar::Date(date) => Some(Value::Date(*date)),
            Scalar::Text(text) => day_month_year(text).map(Value::Date),
            Scalar::Number(_) | Scalar::Flag(_) => None,
        },
        VoceType::SiNo => match scalar {
            Scalar::Flag(flag) => Some(Value::Flag(*flag)),
            Scalar::Text(text) => match text.to_lowercase().as_str() {
                "sì" | "si" => Some(Value::Flag(true)),
                "no" => Some(Value::Flag(false)),
                _ => None,
            },
            Scalar::Number(_) | Scalar::Date(_) => None,
        },
        VoceType::Testo => match scalar {
            Scalar::Text(text) => Some(Value::Text(text.clone())),
            Scalar::Number(_) | Scalar::Flag(_) | Scalar::Date(_) => None,
        },
        _ => number(scalar, kind).filter(|number| free_sign || !number.is_negative()).map(Value::Number),
    }
}

fn number(scalar: &Scalar, kind: VoceType) -> Option<Number> {
    let number = match scalar {
        Scalar::Number(number) => number.clone(),
        Scalar::Text(text) => written(text)?,
        Scalar::Flag(_) | Scalar::Date(_) => return None,
    };
    kind.admits(&number).then_some(number)
}

/// A number in text: `12,5`, `93,94%`, or an exact fraction, `1193/1270`.
fn written(text: &str) -> Option<Number> {
    if let Some((over, under)) = text.split_once('/') {
        return italian(over.trim())?.divided_by(&italian(under.trim())?);
    }
    match text.strip_suffix('%') {
        Some(share) => italian(share.trim())?.divided_by(&Number::from(100_i64)),
        None => italian(text),
    }
}

fn example(kind: VoceType) -> &'static str {
    match kind {
        VoceType::Conteggio => "un numero intero da zero in su, per esempio valore = 468",
        VoceType::Percentuale => {
            "una frazione fra 0 e 1, per esempio valore = 0.15 oppure valore = \"1193/1270\""
        }
        VoceType::Data => "una data fra virgolette, per esempio valore = \"30/11/2019\"",
        VoceType::SiNo => "valore = \"Sì\" oppure valore = \"No\"",
        VoceType::Testo => "un testo fra virgolette",
        VoceType::Importo => {
            "un importo in euro con al massimo due decimali, per esempio valore = \"12.500,00\""
        }
        VoceType::Ore
        | VoceType::Giorni
        | VoceType::GiorniLavorativi
        | VoceType::Minuti
        | VoceType::Numero => "un numero da zero in su, per esempio valore = 12.5",
    }
}

/// Every part has its whole, in the same indicator, and of the same type.
pub(super) fn parts(source: &IndicatorSource, voci: &[Voce], around: &Around<'_>) {
    let names: Vec<&str> = source.voci.iter().map(|voce| voce.name.value.as_str()).collect();
    for one in source.voci.iter().filter(|one| !one.part_of.value.is_empty()) {
        let (name, whole, line) = (&one.name.value, &one.part_of.value, one.part_of.line);
        if !names.contains(&whole.as_str()) {
            let message = format!("«{name}» è parte di «{whole}», che non è una voce di questo indicatore");
            around.problems.add(line, "P03", message, suggest(whole, &names));
            continue;
        }
        if in_circle(source, name) {
            let message = format!("«{name}» finisce per essere parte di sé stessa");
            around.problems.add(line, "P05", message, "lascia parte_di solo alla voce più piccola");
            continue;
        }
        let find = |name: &str| voci.iter().find(|voce| voce.key.name() == name);
        if let (Some(part), Some(total)) = (find(name), find(whole)) {
            let numeric = is_numeric(part.kind, part.time) && is_numeric(total.kind, total.time);
            if !numeric || part.kind != total.kind {
                let message = format!("«{name}» e «{whole}» non sono dello stesso tipo di numero");
                around.problems.add(
                    line,
                    "P06",
                    message,
                    "scrivi lo stesso tipo per tutte e due, oppure togli parte_di",
                );
            }
        }
    }
}

fn in_circle(source: &IndicatorSource, start: &str) -> bool {
    let mut at = start;
    for _ in 0..=source.voci.len() {
        let Some(next) = source.voci.iter().find(|voce| voce.name.value == at) else { return false };
        at = &next.part_of.value;
        if at == start {
            return true;
        }
    }
    false
}
