//! What changed from a plan to another, in words, in the order of the plan.

use serde_json::{Value as Json, json};

use super::archive::Origin;
use super::settings::Closing;
use super::types::{Indicator, Office, Plan, Role, Scheda, Voce};
use crate::formula::Formula;
use crate::model::{Number, OfficeId, Span, VoceKey, date_it, join_it, squeezed};

/// What changed from a plan to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What changed, a group for each part of the plan that something changed of: its name, and a line for
    /// each change.
    pub groups: Vec<(String, Vec<String>)>,
    /// The offices that see something else, or are new: each must get a new workbook, and why.
    pub to_send: Vec<(OfficeId, String)>,
}

impl Comparison {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.to_send.is_empty()
    }

    /// The same for machines; `before` and `after` are the plans that were compared.
    pub fn to_json(&self, before: &Plan, after: &Plan) -> Json {
        let of = |plan: &Plan| {
            json!({
                "ente": plan.ente,
                "anno": plan.year,
                "versione": plan.version,
                "sha256_piano": plan.sha256,
                "sha256_piano_intero": plan.sha256_whole,
            })
        };
        let group = |(name, lines): &(String, Vec<String>)| json!({ "parte": name, "modifiche": lines });
        let office = |(id, why): &(OfficeId, String)| json!({ "ufficio": id.as_str(), "nome": after.office_name(id), "perche": why });
        json!({
            "prima": of(before),
            "dopo": of(after),
            "cambiato": !self.is_empty(),
            "parti": self.groups.iter().map(group).collect::<Vec<_>>(),
            "modelli_nuovi": self.to_send.iter().map(office).collect::<Vec<_>>(),
        })
    }

    fn group(&mut self, name: &str, lines: Vec<String>) {
        if !lines.is_empty() {
            self.groups.push((name.to_owned(), lines));
        }
    }
}

/// Compares two plans, the older first.
pub fn compare(before: &Plan, after: &Plan) -> Comparison {
    let mut found = Comparison::default();
    found.group("Il piano", whole(before, after));
    found.group("Punteggio", scoring(before, after));
    found.group("Uffici", offices(before, after));
    schede(before, after, &mut found);
    found.group("Decisioni, revisioni, chiusure, controlli", later(before, after));
    let sees_else = |office: &&Office| {
        before.office(&office.id).is_none() || before.sha256_of(&office.id) != after.sha256_of(&office.id)
    };
    let to_send = after.offices.iter().filter(sees_else).map(|office| &office.id);
    found.to_send = to_send.map(|id| (id.clone(), after.seen_otherwise(id, before))).collect();
    found
}

/// Lines for whatever is another text than it was.
struct Lines {
    place: String,
    lines: Vec<String>,
}

impl Lines {
    fn at(place: impl Into<String>) -> Self {
        Self { place: place.into(), lines: Vec::new() }
    }

    fn add(&mut self, what: &str) {
        let place = if self.place.is_empty() { String::new() } else { format!("{}: ", self.place) };
        self.lines.push(format!("{place}{what}"));
    }

    /// A short text, shown before and after.
    fn field(&mut self, what: &str, before: impl Into<String>, after: impl Into<String>) {
        let (before, after) = (before.into(), after.into());
        match (squeezed(&before).as_str(), squeezed(&after).as_str()) {
            (one, other) if one == other => {}
            ("", now) => self.add(&format!("{what}: ora è «{now}», prima non c'era")),
            (then, "") => self.add(&format!("{what}: era «{then}», ora non c'è")),
            (then, now) => self.add(&format!("{what}: era «{then}», ora è «{now}»")),
        }
    }

    /// A long text, of which only is said that it changed.
    fn text(&mut self, what: &str, before: &str, after: &str) {
        if squeezed(before) != squeezed(after) {
            self.add(&format!("{what}: il testo è cambiato"));
        }
    }

    /// What came and what went of a list, and whether the rest is in another order.
    fn list(&mut self, what: &str, before: &[String], after: &[String]) {
        for gone in before.iter().filter(|one| !after.contains(one)) {
            self.add(&format!("{what}: tolto «{}»", squeezed(gone)));
        }
        for new in after.iter().filter(|one| !before.contains(one)) {
            self.add(&format!("{what}: aggiunto «{}»", squeezed(new)));
        }
        let kept = |one: &[String], other: &[String]| -> Vec<String> {
            one.iter().filter(|own| other.contains(own)).cloned().collect()
        };
        if kept(before, after) != kept(after, before) {
            self.add(&format!("{what}: l'ordine è cambiato"));
        }
    }
}

fn months(span: Span) -> String {
    if span == Span::YEAR { "tutto l'anno".to_owned() } else { span.words() }
}

fn number(number: Option<&Number>) -> String {
    number.map(Number::to_italian_exact).unwrap_or_default()
}

fn whole(before: &Plan, after: &Plan) -> Vec<String> {
    let mut lines = Lines::at("");
    lines.field("ente", &before.ente, &after.ente);
    lines.field("anno", before.year.to_string(), after.year.to_string());
    lines.field("titolo", &before.title, &after.title);
    lines.field("delibera", &before.delibera, &after.delibera);
    lines.field("versione", &before.version, &after.version);
    let summaries = |plan: &Plan| -> Vec<String> {
        let own = [(plan.summaries.descriptions, "descrizione"), (plan.summaries.benefits, "benefici")];
        own.iter().filter(|(given, _)| *given).map(|(_, name)| (*name).to_owned()).collect()
    };
    lines.list("testi in sintesi", &summaries(before), &summaries(after));
    let seats = |plan: &Plan| plan.seats.iter().map(|seat| seat.name.clone()).collect::<Vec<_>>();
    lines.list("sedi", &seats(before), &seats(after));
    if before.calendar != after.calendar && seats(before) == seats(after) {
        lines.add("i giorni festivi sono cambiati");
    }
    lines.field("contatto dell'unità", &before.unit.contact, &after.unit.contact);
    let day = |day: Option<u32>| day.map(|day| day.to_string()).unwrap_or_default();
    lines.field("giorno entro cui gli uffici inviano", day(before.unit.send_by), day(after.unit.send_by));
    lines.field("giorno entro cui correggono", day(before.unit.mend_by), day(after.unit.mend_by));
    lines.lines
}

fn scoring(before: &Plan, after: &Plan) -> Vec<String> {
    let (before, after) = (&before.scoring, &after.scoring);
    let mut lines = Lines::at("");
    lines.field("tetto", number(Some(&before.cap)), number(Some(&after.cap)));
    lines.field("verde da", number(Some(&before.green)), number(Some(&after.green)));
    lines.field("giallo da", number(Some(&before.yellow)), number(Some(&after.yellow)));
    let bands = |bands: &[super::types::Band]| -> Vec<String> {
        let words = |band: &super::types::Band| {
            format!("da {} quota {}", band.from.to_italian_exact(), band.share.to_italian_exact())
        };
        bands.iter().map(words).collect()
    };
    lines.list("fasce", &bands(&before.bands), &bands(&after.bands));
    lines.lines
}

fn offices(before: &Plan, after: &Plan) -> Vec<String> {
    let mut all = Vec::new();
    for office in before.offices.iter().filter(|one| after.office(&one.id).is_none()) {
        all.push(format!("{}: non c'è più", office.id));
    }
    for office in &after.offices {
        let Some(then) = before.office(&office.id) else {
            all.push(format!("{}: nuovo, «{}»", office.id, office.name));
            continue;
        };
        let mut lines = Lines::at(office.id.as_str());
        lines.field("nome", &then.name, &office.name);
        lines.list("forme", &then.printed, &office.printed);
        lines.field("mesi", months(then.span), months(office.span));
        let into = |office: &Office| office.merges_into.as_ref().map(ToString::to_string).unwrap_or_default();
        lines.field("confluisce in", into(then), into(office));
        all.extend(lines.lines);
    }
    let order = |one: &Plan, other: &Plan| -> Vec<OfficeId> {
        let kept = one.offices.iter().filter(|own| other.office(&own.id).is_some());
        kept.map(|own| own.id.clone()).collect()
    };
    if order(before, after) != order(after, before) {
        all.push("l'ordine degli uffici è cambiato".to_owned());
    }
    all
}

fn schede(before: &Plan, after: &Plan, found: &mut Comparison) {
    let gone = before.schede.iter().filter(|one| after.schede.iter().all(|own| own.number != one.number));
    let gone = gone.map(|one| format!("Scheda {} «{}»: non c'è più", one.number, one.title));
    found.group("Schede", gone.collect());
    for scheda in &after.schede {
        let name = format!("Scheda {}", scheda.number);
        let Some(then) = before.schede.iter().find(|one| one.number == scheda.number) else {
            let indicators: Vec<String> = scheda.indicators().map(|one| one.code.to_string()).collect();
            found.group(
                &name,
                vec![format!("nuova, «{}», con gli indicatori {}", scheda.title, join_it(&indicators))],
            );
            continue;
        };
        let mut lines = of_scheda(then, scheda);
        for indicator in then.indicators().filter(|one| scheda.indicators().all(|own| own.code != one.code)) {
            lines.push(format!("{} «{}»: non c'è più", indicator.code, squeezed(&indicator.text)));
        }
        for indicator in scheda.indicators() {
            match then.indicators().find(|one| one.code == indicator.code) {
                None => lines.push(format!("{} «{}»: nuovo", indicator.code, squeezed(&indicator.text))),
                Some(own) => lines.extend(of_indicator((before, own), (after, indicator))),
            }
        }
        found.group(&name, lines);
    }
}

fn of_scheda(before: &Scheda, after: &Scheda) -> Vec<String> {
    let mut lines = Lines::at("");
    lines.field("titolo", &before.title, &after.title);
    lines.field("prospettiva", &before.perspective, &after.perspective);
    lines.field("obiettivo strategico", &before.strategic, &after.strategic);
    lines.text("descrizione", &before.description, &after.description);
    lines.text("benefici", &before.benefits, &after.benefits);
    lines.field("peso", number(Some(&before.weight)), number(Some(&after.weight)));
    lines.field("importo", number(before.amount.as_ref()), number(after.amount.as_ref()));
    let steps = |scheda: &Scheda| -> Vec<String> {
        scheda.milestones.iter().map(|one| format!("{}: {}", date_it(one.date), one.text)).collect()
    };
    lines.list("traguardi", &steps(before), &steps(after));
    let actions = |scheda: &Scheda| -> Vec<String> {
        scheda.actions.iter().map(|one| format!("{} ({})", one.text, one.objective)).collect()
    };
    lines.list("azioni", &actions(before), &actions(after));
    let order =
        |scheda: &Scheda| -> Vec<String> { scheda.indicators().map(|one| one.code.to_string()).collect() };
    let (then, now) = (order(before), order(after));
    let kept = |one: &[String], other: &[String]| -> Vec<String> {
        one.iter().filter(|code| other.contains(code)).cloned().collect()
    };
    if kept(&then, &now) != kept(&now, &then) {
        lines.add("l'ordine degli indicatori è cambiato");
    }
    lines.lines
}

fn of_indicator((old, before): (&Plan, &Indicator), (new, after): (&Plan, &Indicator)) -> Vec<String> {
    let mut lines = Lines::at(after.code.as_str());
    lines.field("testo", &before.text, &after.text);
    lines.field("target", &before.target.printed, &after.target.printed);
    lines.field("formula", plain(&before.formula), plain(&after.formula));
    lines.field("uffici stampati", &before.printed_offices, &after.printed_offices);
    for office in before.offices.iter().filter(|office| !after.offices.contains(office)) {
        lines.add(&format!("l'ufficio {office} non ne risponde più"));
    }
    for office in &after.offices {
        let when = after.span_of(office).words();
        if !before.offices.contains(office) {
            lines.add(format!("ora ne risponde l'ufficio {office} {when}").trim_end());
        } else if before.span_of(office) != after.span_of(office) {
            lines.field(
                &format!("mesi dell'ufficio {office}"),
                months(before.span_of(office)),
                months(after.span_of(office)),
            );
        }
    }
    lines.field("peso", number(Some(&before.weight)), number(Some(&after.weight)));
    lines.list("letture", &before.readings, &after.readings);
    let share = |indicator: &Indicator| {
        let own = indicator.share.as_ref()?;
        Some(format!("{}: {}, {}", own.text, plain(&own.judged.formula), own.judged.target.printed))
    };
    lines.field("seconda condizione", share(before).unwrap_or_default(), share(after).unwrap_or_default());
    let mut all = lines.lines;
    for voce in before.voci.iter().filter(|voce| after.voce(&voce.key).is_none()) {
        all.push(format!("{}, voce «{}» ({}): non c'è più", after.code, voce.label, voce.key));
    }
    for voce in &after.voci {
        match before.voce(&voce.key) {
            None => all.push(format!("{}, voce «{}» ({}): nuova", after.code, voce.label, voce.key)),
            Some(then) => all.extend(of_voce((old, before, then), (new, after, voce))),
        }
    }
    let order = |one: &Indicator, other: &Indicator| -> Vec<VoceKey> {
        one.voci.iter().filter(|voce| other.voce(&voce.key).is_some()).map(|voce| voce.key.clone()).collect()
    };
    if order(before, after) != order(after, before) {
        all.push(format!("{}: l'ordine delle voci è cambiato", after.code));
    }
    all
}

fn plain(formula: &Formula) -> String {
    squeezed(formula.text())
}

fn of_voce(
    (old, of, before): (&Plan, &Indicator, &Voce),
    (new, own, after): (&Plan, &Indicator, &Voce),
) -> Vec<String> {
    let mut lines = Lines::at(format!("{}, voce {}", own.code, after.key));
    lines.field("etichetta", &before.label, &after.label);
    lines.text("guida", &before.guide, &after.guide);
    lines.field("tipo", before.kind.code(), after.kind.code());
    lines.field("tempo", before.time.code(), after.time.code());
    lines.field("fra uffici", before.rule.code(), after.rule.code());
    let part = |voce: &Voce| voce.part_of.as_ref().map(ToString::to_string).unwrap_or_default();
    lines.field("parte di", part(before), part(after));
    let month = |voce: &Voce| voce.cutoff.map(|month| month.name().to_owned()).unwrap_or_default();
    lines.field("ultimo mese che conta", month(before), month(after));
    // The months of the whole indicator are told of it.
    let differs = |indicator: &Indicator, voce: &Voce| {
        indicator.offices.iter().any(|office| voce.span_of(office) != Some(indicator.span_of(office)))
    };
    if before.is_input() && after.is_input() && (differs(of, before) || differs(own, after)) {
        lines.field("ne risponde", old.answering_words(of, before), new.answering_words(own, after));
    }
    let role = |voce: &Voce| match voce.role {
        Role::Term => "",
        Role::Baseline => "base",
        Role::Informative => "informativa",
    };
    lines.field("ruolo", role(before), role(after));
    let fixed = |voce: &Voce| voce.fixed_words().unwrap_or_default();
    let source = |voce: &Voce| voce.fixed.as_ref().map(|own| own.source.clone()).unwrap_or_default();
    let origin = |voce: &Voce| voce.origin.as_ref().map(Origin::words).unwrap_or_default();
    lines.field("origine", origin(before), origin(after));
    lines.field("valore", fixed(before), fixed(after));
    lines.field("fonte", source(before), source(after));
    lines.field("minimo", number(before.min.as_ref()), number(after.min.as_ref()));
    lines.field("massimo", number(before.max.as_ref()), number(after.max.as_ref()));
    let (least, most) =
        ((&before.plausible.0, &after.plausible.0), (&before.plausible.1, &after.plausible.1));
    lines.field("plausibile da", number(least.0.as_ref()), number(least.1.as_ref()));
    lines.field("plausibile a", number(most.0.as_ref()), number(most.1.as_ref()));
    let sign = |voce: &Voce| if voce.free_sign { "libero" } else { "positivo" };
    lines.field("segno", sign(before), sign(after));
    let zero = |voce: &Voce| if voce.rare_zero { "raro" } else { "possibile" };
    lines.field("zero", zero(before), zero(after));
    if before.last_year != after.last_year {
        lines.add("i valori dell'anno precedente sono cambiati");
    }
    let days = |voce: &Voce| format!("dal {} al {}", date_it(voce.period.0), date_it(voce.period.1));
    if of_same_year(before, after) {
        lines.field("date ammesse", days(before), days(after));
    }
    let columns = |voce: &Voce| -> Vec<String> {
        let columns = voce.register.iter().flat_map(|register| &register.columns);
        columns.map(|column| format!("{} ({}, {})", column.label, column.key, column.kind.code())).collect()
    };
    lines.list("colonne", &columns(before), &columns(after));
    let keys = |voce: &Voce| {
        let own = voce.register.as_ref();
        own.map(|own| format!("{}, {}", own.identity, own.event)).unwrap_or_default()
    };
    lines.field("identità e data delle righe", keys(before), keys(after));
    lines.lines
}

/// The dates that a voce admits move with the year, which is told once.
fn of_same_year(before: &Voce, after: &Voce) -> bool {
    use chrono::Datelike;
    before.period.1.year() == after.period.1.year()
}

/// What the unit decides during the year.
fn later(before: &Plan, after: &Plan) -> Vec<String> {
    let mut lines = Lines::at("");
    let decisions = |plan: &Plan| -> Vec<String> {
        let words = |own: &super::types::Decision| {
            format!("{} non valutabile: {} ({}, {})", own.indicator, own.reason, own.who, date_it(own.date))
        };
        plan.decisions.iter().map(words).collect()
    };
    lines.list("decisioni", &decisions(before), &decisions(after));
    let revisions = |plan: &Plan| -> Vec<String> {
        let words = |own: &super::types::Revision| {
            let (what, act, date) = (&own.what, &own.act, date_it(own.date));
            format!("{what} da {}: prima {}, ora {} ({act}, {date})", own.from, own.was(), own.is())
        };
        plan.revisions.iter().map(words).collect()
    };
    lines.list("revisioni", &revisions(before), &revisions(after));
    let closed = |closing: &Closing| closing.until.map(|month| month.name()).unwrap_or_default();
    lines.field("mesi chiusi fino a", closed(&before.closing), closed(&after.closing));
    let opened = |plan: &Plan| -> Vec<String> {
        plan.closing.reopened.iter().map(|own| format!("{}: {}", own.month, own.reason)).collect()
    };
    lines.list("mesi riaperti", &opened(before), &opened(after));
    let (then, now) = (&before.controls, &after.controls);
    if then.levels != now.levels {
        lines.add("le gravità dei controlli sono cambiate");
    }
    if (&then.sentinels, &then.thresholds) != (&now.sentinels, &now.thresholds) {
        lines.add("sentinelle o soglie dei controlli sono cambiate");
    }
    let waivers = |plan: &Plan| -> Vec<String> {
        let words = |own: &super::settings::Waiver| {
            let office = own.office.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
            let voce = own.voce.as_ref().map(|key| format!(" {key}")).unwrap_or_default();
            format!("{}{office}{voce} {}: {} ({})", own.code, own.value, own.reason, own.who)
        };
        plan.controls.waivers.iter().map(words).collect()
    };
    lines.list("deroghe", &waivers(before), &waivers(after));
    lines.lines
}
