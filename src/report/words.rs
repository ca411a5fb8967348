//! The words that several sheets share.

use crate::aggregate::{Mark, Reliability};
use crate::check::{Fate, Received};
use crate::model::capital;
use crate::model::{
    EntryId, Light, Month, Nature, Number, OfficeRule, Severity, TimeKind, Unit, Value, YearMonth, date_it,
    euro_it, ratio_it,
};
use crate::plan::{Indicator, OPEN_TARGET, Operator, Plan, Target, TargetUnit, Threshold};
use crate::read::{Refusal, Seal};

use crate::book::{Cell, Format};

/// The four severities, the worst first, with their plural.
pub(super) const SEVERITIES: [(Severity, &str); 4] = [
    (Severity::Bloccante, "Bloccanti"),
    (Severity::Errore, "Errori"),
    (Severity::DaMotivare, "Da motivare"),
    (Severity::Nota, "Note"),
];

/// Over the degree against what was wanted by the month.
pub(crate) const PACED: &str = "Grado sul passo";

/// `sì` or `no`.
pub(super) fn yes_no(flag: bool) -> &'static str {
    if flag { "sì" } else { "no" }
}

/// A month as a title says it: `Giugno 2019`.
pub(super) fn month_title(month: YearMonth) -> String {
    capital(&month.in_words())
}

/// Whether an indicator's value is shown as a percentage.
pub(super) fn is_percent(indicator: &Indicator) -> bool {
    indicator.target.unit == TargetUnit::Percent
        || (matches!(indicator.target.threshold, Threshold::Baseline { .. })
            && indicator.formula.unit() == Unit::Rapporto)
}

/// How an indicator's value is shown.
pub(super) fn format_of(indicator: &Indicator) -> Format {
    Format::of(indicator.formula.unit(), is_percent(indicator))
}

/// The unit in the column beside the value.
pub(super) fn unit_word(indicator: &Indicator) -> &'static str {
    if is_percent(indicator) { "percentuale" } else { indicator.formula.unit().label() }
}

/// A value of an indicator in a sentence: `46,82 %`, `12,5 giorni`, `1/6/2019`.
pub(crate) fn value_words(indicator: &Indicator, value: &Value) -> String {
    match value {
        Value::Number(number) => number_words(indicator, number),
        other => other.to_people(),
    }
}

fn number_words(indicator: &Indicator, number: &Number) -> String {
    if is_percent(indicator) {
        return ratio_it(number);
    }
    let text = number.to_italian(2);
    let one = number == &Number::one();
    match indicator.formula.unit() {
        Unit::Numero | Unit::Rapporto | Unit::Data => text,
        Unit::Euro => format!("{} €", number.to_italian_fixed(2)),
        Unit::Minuti => format!("{text} {}", if one { "minuto" } else { "minuti" }),
        Unit::Ore => format!("{text} {}", if one { "ora" } else { "ore" }),
        Unit::Giorni => format!("{text} {}", if one { "giorno" } else { "giorni" }),
        Unit::GiorniLavorativi => {
            format!("{text} {}", if one { "giorno lavorativo" } else { "giorni lavorativi" })
        }
    }
}

/// A target as the program read it: `almeno 20 %`, `più di 46,82 %`, `entro il 1/6/2019`.
pub(super) fn target_words(indicator: &Indicator) -> String {
    let target = &indicator.target;
    let mut words = bare_target_words(target);
    if target.implicit {
        words.push_str(" (confronto sottinteso nel testo)");
    }
    if let Some(second) = &target.second {
        words.push_str(&format!("; seconda condizione «{}», mostrata ma non decisiva", second.text));
    }
    if let Some(share) = &indicator.share {
        let wanted = bare_target_words(&share.judged.target);
        words
            .push_str(&format!("; seconda condizione «{}» ({wanted}), mostrata ma non decisiva", share.text));
    }
    words
}

/// The same in the fewest words, for a title: `almeno 40`.
pub(super) fn bare_target_words(target: &Target) -> String {
    match &target.threshold {
        Threshold::Number(number) => comparison(target.operator, &threshold_words(target, number)),
        Threshold::Date(date) => format!("entro il {} compreso", date_it(*date)),
        Threshold::Open => OPEN_TARGET.to_owned(),
        Threshold::Baseline { year } => comparison(target.operator, &format!("il valore del {year}")),
    }
}

/// When a month's end is spoken of: `a giugno`, `ad aprile`.
pub(super) fn at_month(month: Month) -> String {
    let name = month.name();
    format!("{} {name}", if name.starts_with('a') { "ad" } else { "a" })
}

fn comparison(operator: Operator, threshold: &str) -> String {
    match operator {
        Operator::AtLeast => format!("almeno {threshold}"),
        Operator::AtMost => format!("al massimo {threshold}"),
        Operator::Over => format!("più di {threshold}"),
        Operator::Under => format!("meno di {threshold}"),
        Operator::Exactly => format!("esattamente {threshold}"),
        Operator::By => format!("entro {threshold}"),
    }
}

fn threshold_words(target: &Target, number: &Number) -> String {
    let one = number == &Number::one();
    match target.unit {
        TargetUnit::Percent => ratio_it(number),
        TargetUnit::Days => format!("{} {}", number.to_italian(4), if one { "giorno" } else { "giorni" }),
        TargetUnit::WorkingDays => {
            let noun = if one { "giorno lavorativo" } else { "giorni lavorativi" };
            format!("{} {noun}", number.to_italian(4))
        }
        TargetUnit::Euro => format!("{} €", euro_it(number)),
        TargetUnit::Minutes => format!("{} {}", number.to_italian(4), if one { "minuto" } else { "minuti" }),
        TargetUnit::Plain | TargetUnit::Date => number.to_italian(4),
    }
}

/// What *File ricevuti* says of a file that counts.
pub(crate) const ACCEPTED: &str = "accettato";

/// What became of a file, as in the machine-readable result.
pub(crate) fn fate_code(fate: &Fate) -> &'static str {
    match fate {
        Fate::Accepted => ACCEPTED,
        Fate::Refused(Refusal::Temporary | Refusal::Stray(_)) => "ignorato",
        Fate::CopyOf(_) => "duplicato",
        Fate::Refused(_)
        | Fate::Foreign(_)
        | Fate::OtherPlan(_, _)
        | Fate::UnknownOffice(_, _)
        | Fate::SetAside(_)
        | Fate::Misnamed(_)
        | Fate::Rival(_) => "rifiutato",
    }
}

/// Why a file does not count.
pub(crate) fn fate_words(plan: &Plan, file: &Received) -> String {
    match &file.fate {
        Fate::Accepted => String::new(),
        Fate::Refused(refusal) => refusal_words(refusal),
        Fate::Foreign(seen) => format!("non è una cartella di lavoro delle schede: {seen}"),
        Fate::OtherPlan(found, expected) => {
            format!("è di un altro piano: dice {found}, qui serve {expected}")
        }
        Fate::UnknownOffice(name, None) => format!("l'ufficio «{name}» non è nel piano"),
        Fate::UnknownOffice(name, Some(near)) => {
            format!("l'ufficio «{name}» non è nel piano; il più simile è «{}»", plan.office_name(near))
        }
        Fate::SetAside(why) => {
            format!("messo da parte: con i suoi dati una prova del programma non riesce: {why}")
        }
        Fate::Misnamed(named) => {
            format!(
                "il nome dice «{}», il contenuto è di un altro ufficio, che ha già il suo file",
                plan.office_name(named)
            )
        }
        Fate::CopyOf(other) => format!("identico a «{other}», che è contato una volta sola"),
        Fate::Rival(others) => {
            format!("diverso da «{}» dello stesso ufficio: nessuno dei due è contato", others.join("», «"))
        }
    }
}

pub(crate) fn refusal_words(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Temporary => "file temporaneo, nascosto o di sistema".to_owned(),
        Refusal::Unreadable(why) => format!("non si può leggere: {why}"),
        Refusal::Damaged(seen) => format!("vuoto, troncato o danneggiato: {seen}"),
        Refusal::Ambiguous(seen) => format!("si legge in due modi: {seen}"),
        Refusal::Envelope(seal) => seal_words(*seal).to_owned(),
        Refusal::Encrypted => "protetto da una password di apertura".to_owned(),
        Refusal::Stray(kind) => format!("non è un foglio di calcolo ({kind})"),
        Refusal::OtherKind("ods") => "è un foglio .ods: un consolidato è un file .xlsx".to_owned(),
        Refusal::OtherKind(kind) => format!("è un file di tipo {kind}, non .xlsx o .ods"),
        Refusal::TooBig { what, limit, found } => format!("{what}: {found}, il limite è {limit}"),
    }
}

/// Why the document in an envelope cannot be read.
fn seal_words(seal: Seal) -> &'static str {
    match seal {
        Seal::Detached => "una firma senza il documento",
        Seal::Encrypted => "una busta cifrata",
        Seal::Broken => "una busta firmata troncata o rovinata",
        Seal::Deep => "troppe buste una dentro l'altra",
        Seal::Other => "una busta senza un documento firmato",
    }
}

/// Which entry, in words: `giugno`, `riga 3, scadenza`, `anno`.
pub(super) fn entry_words(id: &EntryId) -> String {
    match (id.month, id.row, &id.column) {
        (Some(month), _, _) => month.name().to_owned(),
        (None, Some(row), Some(column)) => format!("riga {row}, {column}"),
        (None, Some(row), None) => format!("riga {row}"),
        (None, None, _) => "anno".to_owned(),
    }
}

/// What a nature is, in a sentence.
pub(super) fn nature_words(nature: Nature) -> &'static str {
    match nature {
        Nature::Accumulo => "cresce mese per mese e non torna indietro",
        Nature::Livello => "è un livello: conta l'ultimo mese rilevato",
        Nature::Misto => "quota di quanto arriva nell'anno più quanto c'era all'inizio",
        Nature::Rapporto => "rapporto o media di ciò che è successo finora",
        Nature::Durata => "la durata più lunga tra quelle rilevate",
        Nature::Scadenza => "una data da rispettare",
    }
}

/// How entries lie in time, in a few words.
pub(super) fn time_words(time: TimeKind) -> &'static str {
    match time {
        TimeKind::Mensile => "mensile: si sommano i mesi",
        TimeKind::Consistenza => "consistenza: vale l'ultimo mese",
        TimeKind::Annuale => "annuale: un valore per l'anno",
        TimeKind::Costante => "costante: fissata dal piano",
        TimeKind::Registro => "registro: una riga per evento",
    }
}

/// How the offices' values become one, in a few words.
pub(super) fn office_rule_words(rule: OfficeRule) -> &'static str {
    match rule {
        OfficeRule::Somma => "si sommano gli uffici",
        OfficeRule::Condivisa => "un solo valore, uguale per tutti gli uffici",
        OfficeRule::Ultima => "fa fede la data più lontana, quando ci sono tutte",
        OfficeRule::Conta => "quanti uffici hanno detto sì o hanno una data",
        OfficeRule::Unione => "unione delle righe, ciascuna una volta",
    }
}

/// How far a result can be trusted, with its symbol: a circle left open where no evidence is named.
pub(super) fn reliability_cell(mark: Option<Mark>) -> Cell {
    mark.map_or_else(
        || Cell::text("nessun dato"),
        |mark| Cell::status(reliability_light(mark.reliability), mark.label()),
    )
}

/// The colour of a mark: without evidence it is grey, because nothing says that it is wrong.
pub(super) fn reliability_light(reliability: Reliability) -> Light {
    match reliability {
        Reliability::MisuratoConEvidenza => Light::Verde,
        Reliability::Parziale => Light::Giallo,
        Reliability::DichiaratoSenza => Light::Grigio,
    }
}

/// The first whole words of a text of more than `letters`; the mark of the omission stays.
pub(super) fn short(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let mut head = String::new();
    for word in text.split_whitespace() {
        if head.chars().count() + word.chars().count() > letters {
            break;
        }
        head.push_str(word);
        head.push(' ');
    }
    head + "(…)"
}
