//! What was understood of a plan, for the terminal and for machines.

use serde_json::{Value as Json, json};

use super::archive::OriginOf;
use super::target::{Target, Threshold};
use super::types::{Indicator, Plan, Role, Scheda, Scoring, Share, Voce};
use crate::formula::Formula;
use crate::model::{Number, OfficeId, Span, TimeKind, VoceType, count, date_it, the_ratio_it};

/// The plan in words: what the program understood, for whoever wrote it to compare.
pub fn describe(plan: &Plan) -> String {
    let mut lines = head(plan);
    for scheda in &plan.schede {
        of_scheda(plan, scheda, &mut lines);
    }
    if !plan.decisions.is_empty() {
        lines.push("Decisioni dell'unità".to_owned());
        for decision in &plan.decisions {
            let (code, who, date) = (&decision.indicator, &decision.who, date_it(decision.date));
            lines.push(format!("  {code} non valutabile: {} ({who}, {date})", decision.reason));
        }
        lines.push(String::new());
    }
    of_revisions(plan, &mut lines);
    of_closing(plan, &mut lines);
    of_notices(plan, &mut lines);
    lines.join("\n")
}

fn of_revisions(plan: &Plan, lines: &mut Vec<String>) {
    if plan.revisions.is_empty() {
        return;
    }
    lines.push("Revisioni del piano".to_owned());
    for own in &plan.revisions {
        let (from, date) = (plan.month(own.from).in_words(), date_it(own.date));
        lines.push(format!(
            "  da {from} {}: prima «{}», ora «{}» ({}, {date})",
            own.what,
            own.was(),
            own.is(),
            own.act
        ));
    }
    lines.push(String::new());
}

fn of_closing(plan: &Plan, lines: &mut Vec<String>) {
    let Some(until) = plan.closing.until else { return };
    let day = |date: Option<chrono::NaiveDate>| date.map(date_it).unwrap_or_default();
    let (act, date) = (&plan.closing.act, day(plan.closing.date));
    lines.push(format!("Mesi chiusi fino {until:#}: {act} ({date})"));
    for own in &plan.closing.reopened {
        lines.push(format!("  riaperto {}: {} ({}, {})", own.month, own.reason, own.who, day(own.date)));
    }
    lines.push(String::new());
}

fn head(plan: &Plan) -> Vec<String> {
    let indicators = plan.indicators().count();
    let actions: usize = plan.schede.iter().map(|scheda| scheda.actions.len()).sum();
    let version = if plan.version.is_empty() { "–" } else { &plan.version };
    vec![
        format!("{} · anno {} · versione {version}", plan.ente, plan.year),
        plan.title.clone(),
        format!("Delibera: {}", if plan.delibera.is_empty() { "non indicata" } else { &plan.delibera }),
        format!(
            "{}, {}, {}, {}",
            count(plan.schede.len(), "scheda", "schede"),
            count(actions, "azione", "azioni"),
            count(indicators, "indicatore", "indicatori"),
            count(plan.offices.len(), "ufficio", "uffici")
        ),
        scoring(&plan.scoring),
        format!("Impronta del piano (SHA-256): {}", plan.sha256),
        String::new(),
    ]
}

fn scoring(scoring: &Scoring) -> String {
    let plain = |number: &Number| number.to_italian(2);
    let mut text = format!(
        "Punteggio proporzionale, tetto {}; verde da {}, giallo da {}",
        plain(&scoring.cap),
        plain(&scoring.green),
        plain(&scoring.yellow)
    );
    if !scoring.bands.is_empty() {
        let bands: Vec<String> = scoring
            .bands
            .iter()
            .map(|band| format!("da {} {}", plain(&band.from), the_ratio_it(&band.share)))
            .collect();
        text.push_str(&format!("; fasce: {}", bands.join(", ")));
    }
    text
}

fn of_scheda(plan: &Plan, scheda: &Scheda, lines: &mut Vec<String>) {
    lines.push(format!("SCHEDA {} · {}", scheda.number, scheda.title));
    lines.push(format!("  {} › {}", scheda.perspective, scheda.strategic));
    let mut extra = Vec::new();
    if scheda.weight != Number::one() {
        extra.push(format!("peso {}", scheda.weight.to_italian(4)));
    }
    if let Some(amount) = &scheda.amount {
        extra.push(format!("importo {} €", amount.to_italian_fixed(2)));
    }
    if !extra.is_empty() {
        lines.push(format!("  {}", extra.join(" · ")));
    }
    for milestone in &scheda.milestones {
        lines.push(format!("  Traguardo {}: {}", date_it(milestone.date), milestone.text));
    }
    for action in &scheda.actions {
        lines.push(format!("  Azione: {}", action.text));
        for indicator in &action.indicators {
            of_indicator(plan, indicator, lines);
        }
    }
    lines.push(String::new());
}

fn of_indicator(plan: &Plan, indicator: &Indicator, lines: &mut Vec<String>) {
    let target = &indicator.target;
    let formula = &indicator.formula;
    lines.push(format!("    {} {}", indicator.code, indicator.text));
    let mut line = |name: &str, text: &str| lines.push(format!("      {name:<8} {text}"));
    let (unit, nature) = (formula.unit().label(), formula.nature().code());
    let all = indicator.offices.len() == plan.offices.len() && plan.offices.len() > 1;
    let names: Vec<&str> = indicator.offices.iter().map(|id| plan.office_name(id)).collect();
    let offices = if all { "tutti gli uffici del piano".to_owned() } else { names.join("; ") };
    let given = indicator.given_baseline().and_then(Voce::fixed_words).filter(|_| waits(target));
    let read = target.read_in_words();
    let read = given.map_or(read.clone(), |given| read.replace("da inserire", &given));
    line("Target", &format!("{} → {read}", target.printed));
    if let Some(second) = &target.second {
        line("", &format!("seconda condizione, mostrata ma non decisiva: {}", second.text));
    }
    if let Some(share) = &indicator.share {
        let (judged, text) = (&share.judged, &share.text);
        let (formula, target) = (in_words(indicator, &judged.formula), judged.target.read_in_words());
        line("", &format!("seconda condizione, mostrata ma non decisiva: {text} ({formula}), {target}"));
    }
    line("Formula", &in_words(indicator, formula));
    line("Unità", &format!("{unit}; natura: {nature}"));
    line("Uffici", &offices);
    if indicator.weight != Number::one() {
        line("Peso", &indicator.weight.to_italian(4));
    }
    for (index, voce) in indicator.voci.iter().enumerate() {
        let mut words = of_voce(voce);
        let when = plan.answering_words(indicator, voce);
        if !when.is_empty() {
            words.push_str(&format!(" – ne risponde: {when}"));
        }
        line(if index == 0 { "Voci" } else { "" }, &words);
    }
    for (index, reading) in indicator.all_readings().iter().enumerate() {
        line(if index == 0 { "Letture" } else { "" }, reading);
    }
}

/// Whether the target is the value of an earlier year.
fn waits(target: &Target) -> bool {
    matches!(target.threshold, Threshold::Baseline { .. })
}

fn in_words(indicator: &Indicator, formula: &Formula) -> String {
    formula.in_words(&|key| indicator.voce(key).map_or_else(|| key.to_string(), |voce| voce.label.clone()))
}

fn of_voce(voce: &Voce) -> String {
    let mut facts = Vec::new();
    match &voce.register {
        None => facts.push(format!("{}, {}, {}", voce.kind.code(), voce.time.code(), voce.rule.code())),
        Some(register) => {
            let columns: Vec<&str> = register.columns.iter().map(|column| column.key.as_str()).collect();
            facts.push(format!("registro, {}; colonne {}", voce.rule.code(), columns.join(", ")));
            facts.push(format!(
                "righe distinte per {}, contano dalla data {}",
                register.identity, register.event
            ));
        }
    }
    if let Some(whole) = &voce.part_of {
        facts.push(format!("parte di {}", whole.name()));
    }
    if let Some(cutoff) = voce.cutoff {
        facts.push(format!("fino {cutoff:#}"));
    }
    match voce.role {
        Role::Baseline => facts.push("dato di partenza".to_owned()),
        Role::Informative => facts.push("informativa".to_owned()),
        Role::Term => {}
    }
    if voce.free_sign {
        facts.push("anche negativa".to_owned());
    }
    for (limit, word) in [(&voce.min, "minimo"), (&voce.max, "massimo")] {
        if let Some(limit) = limit {
            facts.push(format!("{word} {}", limit.to_italian(4)));
        }
    }
    if let Some(origin) = &voce.origin {
        facts.push(format!("viene da: {}", origin.words()));
    }
    if let Some(fixed) = &voce.fixed {
        let words = voce.fixed_words().unwrap_or_default();
        facts.push(format!("vale {words} ({})", fixed.source));
    }
    format!("{} – {} ({})", voce.key, voce.label, facts.join("; "))
}

fn of_notices(plan: &Plan, lines: &mut Vec<String>) {
    if plan.notices.is_empty() {
        lines.push("Nessun avviso: il testo del piano non lascia dubbi.".to_owned());
        return;
    }
    lines.push(format!("{} (il piano è valido)", count(plan.notices.len(), "avviso", "avvisi")));
    for notice in &plan.notices {
        lines.push(format!("  {} {:<10} {}", notice.code, notice.subject(), notice.message));
    }
}

/// The plan for machines: ente, year, offices and, per indicator, what was read.
pub fn to_json(plan: &Plan) -> Json {
    let offices = plan.offices.iter().map(|office| json!({ "id": office.id, "nome": office.name }));
    let notices = plan.notices.iter().map(|notice| {
        json!({ "codice": notice.code, "scheda": notice.scheda, "indicatore": notice.indicator,
                "messaggio": notice.message })
    });
    let mut all = json!({
        "ente": plan.ente,
        "anno": plan.year,
        "sha256_piano": plan.sha256,
        "uffici": offices.collect::<Vec<_>>(),
        "indicatori": plan.indicators().map(indicator_json).collect::<Vec<_>>(),
        "avvisi": notices.collect::<Vec<_>>(),
    });
    // A plan that revises nothing is told as before there were revisions.
    if let (Some(fields), false) = (all.as_object_mut(), plan.revisions.is_empty()) {
        let revisions = plan.revisions.iter().map(|own| {
            json!({ "cosa": own.what, "prima": own.before, "dopo": own.after, "atto": own.act,
                    "data": own.date.to_string(), "da": plan.month(own.from).to_string() })
        });
        fields.insert("revisioni".to_owned(), Json::Array(revisions.collect()));
    }
    all
}

fn indicator_json(indicator: &Indicator) -> Json {
    let target = &indicator.target;
    let threshold = match &target.threshold {
        Threshold::Number(number) => Some(number.to_plain()),
        Threshold::Date(date) => Some(date.to_string()),
        Threshold::Open => None,
        Threshold::Baseline { .. } => {
            let given = indicator.given_baseline().and_then(|voce| voce.fixed.as_ref());
            given.map(|fixed| fixed.value.to_machine())
        }
    };
    let increase = target.second.as_ref().map(|second| {
        json!({
            "tipo": "incremento",
            "testo": second.text,
            "incremento": second.increase.to_plain(),
            "percentuale": second.percent,
            "anno": second.year,
        })
    });
    let second = increase.or_else(|| indicator.share.as_deref().map(share_json));
    let mut all = json!({
        "codice": indicator.code,
        "scheda": indicator.scheda,
        "testo": indicator.text,
        "target": target.printed,
        "operatore": target.operator.symbol(),
        "operatore_implicito": target.implicit,
        "soglia": threshold,
        "unita": indicator.formula.unit().code(),
        "seconda_condizione": second,
        "annotazione": target.annotation,
        "formula": indicator.formula.text(),
        "natura": indicator.formula.nature().code(),
        "voci": indicator.voci.iter().map(voce_json).collect::<Vec<_>>(),
        "uffici": indicator.offices,
    });
    let of = |office: &OfficeId| {
        let span = indicator.span_of(office);
        let months = json!({ "ufficio": office, "dal": span.first.number(), "al": span.last.number() });
        (span != Span::YEAR).then_some(months)
    };
    let months: Vec<Json> = indicator.offices.iter().filter_map(of).collect();
    if let (Some(fields), false) = (all.as_object_mut(), months.is_empty()) {
        fields.insert("mesi".to_owned(), Json::Array(months));
    }
    all
}

fn share_json(share: &Share) -> Json {
    let target = &share.judged.target;
    let threshold = match &target.threshold {
        Threshold::Number(number) => Some(number.to_plain()),
        Threshold::Date(_) | Threshold::Baseline { .. } | Threshold::Open => None,
    };
    json!({
        "tipo": "quota",
        "testo": share.text,
        "formula": share.judged.formula.text(),
        "target": target.printed,
        "operatore": target.operator.symbol(),
        "soglia": threshold,
    })
}

fn voce_json(voce: &Voce) -> Json {
    // A register has no type of its own: its columns have.
    let kind = if voce.time == TimeKind::Registro { None } else { Some(VoceType::code(voce.kind)) };
    let constant = voce.fixed.as_ref().map(|fixed| fixed.value.to_machine());
    let mut object = json!({
        "chiave": voce.key,
        "etichetta": voce.label,
        "tipo": kind.unwrap_or("registro"),
        "tempo": voce.time.code(),
        "fra_uffici": voce.rule.code(),
        "costante": constant,
        "segno": if voce.free_sign { "libero" } else { "positivo" },
    });
    if let (Some(register), Some(fields)) = (&voce.register, object.as_object_mut()) {
        let columns = register.columns.iter().map(
            |column| json!({ "chiave": column.key, "etichetta": column.label, "tipo": column.kind.code() }),
        );
        fields.insert("colonne".to_owned(), Json::Array(columns.collect()));
    }
    if let (Some(origin), Some(fields)) = (&voce.origin, object.as_object_mut()) {
        let told = match &origin.of {
            OriginOf::Voce(key) => json!({ "anno": origin.year, "voce": key }),
            OriginOf::Indicator(code) => json!({ "anno": origin.year, "indicatore": code }),
        };
        fields.insert("origine".to_owned(), told);
    }
    object
}
