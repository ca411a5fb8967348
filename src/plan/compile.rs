//! From the file to the plan: every mistake at once, or a plan with no loose end.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use toml::de::DeTable;

use super::around::{Around, weight};
use super::calendar::Calendar;
use super::canonical;
use super::closing;
use super::controls;
use super::decode::plain;
use super::fields::{At, Fields, Lines};
use super::indicator;
use super::levels::Catalogue;
use super::names::{is_identifier, twice};
use super::notices;
use super::problem::{PlanProblem, Problems, nearest, suggest};
use super::revisions;
use super::roll::Roll;
use super::source::{
    self, ActionSource, CENTS, DEGREE_DECIMALS, OfficeSource, PlanSource, SHARE_DECIMALS, SchedaSource,
    ScoringSource, SeatSource, UnitSource,
};
use super::syntax;
use super::types::{
    Action, Band, Decision, Milestone, Office, PerformanceUnit, Plan, Scheda, Scoring, Seat, Summaries,
};
use super::when::Clock;
use crate::model::{IndicatorCode, Month, Number, OfficeId};

/// The plan that is used when none is given: the 2019 plan of CCIAA Venezia Rovigo.
pub const DEFAULT_PLAN: &str = include_str!("../../templates/piano-2019.toml");

/// The only layout of the file known so far.
const FORMAT: i64 = 1;

/// The first amount that is too great.
const BILLION: i64 = 1_000_000_000;

/// Reads a plan file; the codes of checks that it names are taken as they are.
///
/// # Errors
/// As [`read_plan_with`], without P29 and P30.
pub fn read_plan(text: &str) -> Result<Plan, Vec<PlanProblem>> {
    read(text, None)
}

/// Reads a plan file; the codes of checks that it names are looked for in the catalogue.
///
/// # Errors
/// Every mistake, by line, each with a remedy.
pub fn read_plan_with(text: &str, catalogue: &Catalogue) -> Result<Plan, Vec<PlanProblem>> {
    read(text, Some(catalogue))
}

fn read(text: &str, catalogue: Option<&Catalogue>) -> Result<Plan, Vec<PlanProblem>> {
    let text = &*plain(text);
    let lines = Lines::of(text);
    let problems = Problems::default();
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        syntax::tell(text, &errors, &lines, &problems);
        return Err(problems.into_sorted());
    }
    let source = source::read(table.get_ref(), &lines, &problems);
    let mut plan = compile(&source, catalogue, &problems);
    if problems.count() > 0 {
        return Err(problems.into_sorted());
    }
    plan.sha256 = canonical::sha256(table.get_ref());
    plan.sha256_whole = canonical::sha256_whole(table.get_ref());
    plan.earlier_hashes = canonical::earlier(table.get_ref(), &plan.revisions);
    plan.notices = notices::of(&plan);
    Ok(plan)
}

/// Adds to a plan the derogations of a file (`[[deroghe]]`) that lies beside it.
///
/// # Errors
/// Every mistake, by line, each with a remedy; the plan is then as it was.
pub fn add_waivers(text: &str, plan: &mut Plan, catalogue: &Catalogue) -> Result<(), Vec<PlanProblem>> {
    let text = &*plain(text);
    let lines = Lines::of(text);
    let problems = Problems::default();
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        syntax::tell(text, &errors, &lines, &problems);
        return Err(problems.into_sorted());
    }
    let top = Fields::new("il file delle deroghe", 1, table.get_ref(), &lines, &problems);
    let sources = controls::waivers(&top);
    top.finish();
    let around = Around {
        problems: &problems,
        year: plan.year,
        year_is_known: true,
        offices: &plan.offices,
        catalogue: Some(catalogue),
    };
    let waivers = controls::compile_waivers(&sources, &around);
    if problems.count() > 0 {
        return Err(problems.into_sorted());
    }
    plan.controls.waivers.extend(waivers);
    plan.sha256_whole = canonical::sha256_with(&plan.sha256_whole, table.get_ref());
    for hashes in &mut plan.earlier_hashes {
        hashes.sha256_whole = canonical::sha256_with(&hashes.sha256_whole, table.get_ref());
    }
    Ok(())
}

/// Which texts are said to be summaries.
fn summaries(source: &PlanSource, problems: &Problems) -> Summaries {
    let mut summaries = Summaries::default();
    for own in &source.summarised {
        match own.value.as_str() {
            "descrizione" => summaries.descriptions = true,
            "benefici" => summaries.benefits = true,
            other => problems.add(
                own.line,
                "P00",
                format!("Il piano: «sintesi» non può contenere «{other}»"),
                "Scegli fra: descrizione, benefici.".to_owned(),
            ),
        }
    }
    summaries
}

fn compile(source: &PlanSource, catalogue: Option<&Catalogue>, problems: &Problems) -> Plan {
    let year = year(source, problems);
    let year_is_known = source.year.as_ref().is_some_and(|given| given.value == i64::from(year));
    let clock = Clock { year: year_is_known.then_some(year), problems };
    let offices = offices(&source.offices, clock);
    let around = Around { problems, year, year_is_known, offices: &offices, catalogue };
    let mut schede = schede(&source.schede, &around);
    let decisions = decisions(source, problems);
    let controls = controls::compile(&source.controls, &around);
    let closing = closing::compile(&source.closing, &around);
    let names: Vec<&str> = offices.iter().map(|office| office.id.as_str()).collect();
    let revisions = revisions::compile(&source.revisions, (&source.schede, &mut schede), &names, &around);
    Plan {
        ente: source.ente.value.clone(),
        year,
        title: source.title.value.clone(),
        delibera: source.delibera.clone(),
        version: source.version.clone(),
        summaries: summaries(source, problems),
        seats: source
            .seats
            .iter()
            .map(|seat| Seat { name: seat.name.value.clone(), has_patron: !seat.day.value.is_empty() })
            .collect(),
        calendar: calendar(&source.seats, year, problems),
        scoring: scoring(&source.scoring, problems),
        offices,
        unit: unit(&source.unit, problems),
        schede,
        decisions,
        revisions,
        controls,
        closing,
        sha256: String::new(),
        sha256_whole: String::new(),
        earlier_hashes: Vec::new(),
        notices: Vec::new(),
        archive: None,
    }
}

fn year(source: &PlanSource, problems: &Problems) -> i32 {
    if let Some(format) = source.format.as_ref().filter(|format| format.value != FORMAT) {
        let message = format!("il formato {} non è conosciuto", format.value);
        problems.add(format.line, "P00", message, "scrivi formato = 1");
    }
    let Some(year) = &source.year else { return 2000 };
    i32::try_from(year.value).ok().filter(|year| (2000..=2100).contains(year)).unwrap_or_else(|| {
        let message = format!("l'anno {} non è possibile", year.value);
        problems.add(
            year.line,
            "P17",
            message,
            "scrivi l'anno del piano con quattro cifre, per esempio 2019",
        );
        2000
    })
}

fn calendar(seats: &[SeatSource], year: i32, problems: &Problems) -> Calendar {
    let patrons = seats.iter().filter_map(|seat| {
        let mut parts = seat.day.value.split('/').map(|part| part.trim().parse::<u32>().ok());
        let (day, month) = (parts.next().flatten(), parts.next().flatten());
        let date =
            day.zip(month).filter(|(day, month)| NaiveDate::from_ymd_opt(year, *month, *day).is_some());
        if (date.is_none() || parts.next().is_some()) && !seat.day.value.is_empty() {
            let message = format!("«{}» non è un giorno dell'anno", seat.day.value);
            problems.add(seat.day.line, "P17", message, "scrivi giorno/mese, per esempio \"25/4\"");
        }
        let saint = if seat.patron.value.is_empty() { "santo patrono" } else { &seat.patron.value };
        date.map(|(day, month)| (month, day, saint.to_owned()))
    });
    Calendar::new(patrons.collect::<Vec<_>>())
}

/// The last day of a month that every month has.
const LAST_DAY: i64 = 28;

fn unit(source: &UnitSource, problems: &Problems) -> PerformanceUnit {
    let day = |day: &Option<At<i64>>, example: &str| {
        let day = day.as_ref()?;
        if !(1..=LAST_DAY).contains(&day.value) {
            problems.add(
                day.line,
                "P00",
                "il giorno entro cui gli uffici inviano o correggono deve stare fra 1 e 28",
                format!("scrivi per esempio {example}"),
            );
        }
        u32::try_from(day.value).ok()
    };
    PerformanceUnit {
        contact: source.contact.clone(),
        send_by: day(&source.send_by, "invio_entro_il_giorno = 10"),
        mend_by: day(&source.mend_by, "correzioni_entro_il_giorno = 15"),
    }
}

fn scoring(source: &ScoringSource, problems: &Problems) -> Scoring {
    let given = |number: &Option<At<Number>>, default: i64| {
        number.as_ref().map_or_else(|| Number::from(default), |number| number.value.clone())
    };
    let scoring = Scoring {
        cap: given(&source.cap, 100),
        green: given(&source.green, 90),
        yellow: given(&source.yellow, 70),
        bands: bands(source, problems),
    };
    let line = |number: &Option<At<Number>>| number.as_ref().map_or(source.line, |number| number.line);
    let (zero, hundred) = (Number::zero(), Number::from(100_i64));
    if scoring.cap <= zero || scoring.cap > hundred {
        problems.add(
            line(&source.cap),
            "P10",
            "il tetto deve stare fra 0 e 100",
            "scrivi per esempio tetto = 100",
        );
    }
    if scoring.yellow < zero || scoring.yellow >= scoring.green {
        let message = format!(
            "la soglia del giallo ({}) deve essere più bassa di quella del verde ({})",
            scoring.yellow.to_italian(4),
            scoring.green.to_italian(4)
        );
        problems.add(
            line(&source.yellow),
            "P10",
            message,
            "scambia le due soglie, o correggi quella sbagliata",
        );
    }
    if scoring.green > scoring.cap {
        let message = format!("la soglia del verde ({}) supera il tetto", scoring.green.to_italian(4));
        problems.add(line(&source.green), "P10", message, "scrivi una soglia non più alta del tetto");
    }
    scoring
}

fn bands(source: &ScoringSource, problems: &Problems) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    let hundred = Number::from(100_i64);
    for band in &source.bands {
        let (Some(from), Some(share)) = (&band.from, &band.share) else { continue };
        if from.value.is_negative() || from.value > hundred {
            problems.add(
                from.line,
                "P11",
                "la fascia parte fuori da 0–100",
                "scrivi da = un grado fra 0 e 100",
            );
        } else if from.value.has_more_decimals(DEGREE_DECIMALS) {
            let message = format!(
                "la fascia parte da {}: il grado da cui parte ha al massimo due decimali",
                from.value.to_italian_exact()
            );
            problems.add(from.line, "P11", message, "arrotonda il grado, per esempio da = 66.67");
        }
        if bands.is_empty() && from.value > Number::zero() && from.value <= hundred {
            let message = format!(
                "le fasce partono da {}: chi resta sotto non ne trova nessuna",
                from.value.to_italian(4)
            );
            problems.add(from.line, "P11", message, "aggiungi per prima la fascia da = 0 con la sua quota");
        }
        if share.value.is_negative() || share.value > Number::one() {
            let remedy = "scrivi la quota fra 0 e 1: 0.8 è l'80 %";
            problems.add(share.line, "P11", "la quota della fascia non sta fra 0 e 1", remedy);
        } else if share.value.has_more_decimals(SHARE_DECIMALS) {
            let message = format!(
                "la quota {} ha troppe cifre dopo la virgola: una quota ha al massimo quattro decimali",
                share.value.to_italian_exact()
            );
            let remedy = "arrotonda la quota, per esempio quota = 0.3333, che è il 33,33 %";
            problems.add(share.line, "P11", message, remedy);
        }
        if let Some(previous) = bands.last().filter(|previous| previous.from >= from.value) {
            let message = format!(
                "la fascia che parte da {} viene dopo quella che parte da {}: si sovrappongono o sono in disordine",
                from.value.to_italian(4),
                previous.from.to_italian(4)
            );
            problems.add(
                band.line,
                "P11",
                message,
                "metti le fasce dalla più bassa alla più alta, ognuna con un inizio diverso",
            );
        }
        bands.push(Band { from: from.value.clone(), share: share.value.clone() });
    }
    bands
}

fn offices(sources: &[OfficeSource], clock: Clock<'_>) -> Roll<Office> {
    let problems = clock.problems;
    if sources.is_empty() {
        problems.add(1, "P13", "il piano non ha uffici", "aggiungi almeno un [[uffici]] con id e nome");
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for source in sources.iter().filter(|source| !source.id.value.is_empty()) {
        let id = &source.id;
        if !is_identifier(&id.value) {
            let message = format!("l'id «{}» non va bene per il nome di un file", id.value);
            problems.add(id.line, "P22", message, "usa solo lettere minuscole senza accento, cifre e _");
        }
        twice(&mut seen, id, "l'ufficio", problems);
    }
    merges(sources, clock);
    sources
        .iter()
        .map(|source| Office {
            span: source.when.span(&format!("l'ufficio «{}»", source.id.value), clock),
            merges_into: Some(&source.merges_into.value).filter(|id| !id.is_empty()).map(OfficeId::new),
            id: OfficeId::new(&source.id.value),
            name: source.name.value.clone(),
            printed: source.printed.iter().map(|form| form.value.clone()).collect(),
        })
        .collect()
}

/// An office is merged into another one of the plan, when its own time ends in the year, and never into
/// itself.
fn merges(sources: &[OfficeSource], clock: Clock<'_>) {
    let known: Vec<&str> = sources.iter().map(|source| source.id.value.as_str()).collect();
    let find = |id: &str| sources.iter().find(|source| source.id.value == id);
    for source in sources.iter().filter(|source| !source.merges_into.value.is_empty()) {
        let (id, into) = (&source.id.value, &source.merges_into);
        let add =
            |code, message: String, remedy: String| clock.problems.add(into.line, code, message, remedy);
        if find(&into.value).is_none() {
            let message = format!("l'ufficio «{}» non è fra gli uffici del piano", into.value);
            add("P13", message, suggest(&into.value, &known));
            continue;
        }
        let mut at = source;
        let circle = sources.iter().any(|_| {
            at = find(&at.merges_into.value).unwrap_or(at);
            at.id.value == *id
        });
        if circle {
            let message = format!("l'ufficio «{id}» finisce per confluire in sé stesso");
            add("P05", message, "lascia confluisce_in solo agli uffici che finiscono".to_owned());
        }
        if source.when.last(clock).is_none_or(|last| last == Month::DECEMBER) {
            let message = format!("l'ufficio «{id}» confluisce in «{}» e non finisce nell'anno", into.value);
            add(
                "P17",
                message,
                "aggiungi al = \"…\", l'ultimo mese in cui risponde, prima di dicembre".to_owned(),
            );
        }
    }
}

fn schede(sources: &[SchedaSource], around: &Around<'_>) -> Vec<Scheda> {
    if sources.is_empty() {
        around.problems.add(1, "P00", "il piano non ha schede", "aggiungi almeno una [[schede]]");
    }
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    let mut schede: Vec<Scheda> =
        sources.iter().map(|source| scheda(source, &mut numbers, &mut codes, around)).collect();
    schede.sort_by_key(|scheda| scheda.number);
    schede
}

fn scheda(
    source: &SchedaSource,
    numbers: &mut BTreeMap<String, usize>,
    codes: &mut BTreeMap<String, usize>,
    around: &Around<'_>,
) -> Scheda {
    let problems = around.problems;
    let number = source.number.as_ref().map_or(0, |number| scheda_number(number, numbers, problems));
    if source.actions.is_empty() {
        problems.add(source.line, "P00", "la scheda non ha azioni", "aggiungi almeno una [[schede.azioni]]");
    }
    if let Some(amount) = &source.amount {
        judge_amount(amount, problems);
    }
    let mut keys = BTreeMap::new();
    Scheda {
        number,
        title: source.title.value.clone(),
        perspective: source.perspective.value.clone(),
        strategic: source.strategic.value.clone(),
        description: source.description.clone(),
        benefits: source.benefits.clone(),
        weight: weight(source.weight.as_ref(), problems),
        amount: source.amount.as_ref().map(|amount| amount.value.clone()),
        milestones: milestones(source),
        actions: source.actions.iter().map(|one| action(one, number, codes, &mut keys, around)).collect(),
    }
}

/// Euros and cents below a thousand million: with a share of [`SHARE_DECIMALS`], a product of fifteen digits
/// at most, which Excel rounds to the cent as the exact calculation does.
fn judge_amount(amount: &At<Number>, problems: &Problems) {
    let told = amount.value.to_italian_exact();
    let (message, remedy) = if amount.value.is_negative() {
        ("l'importo della scheda è negativo".to_owned(), "scrivi un importo in euro da zero in su")
    } else if amount.value >= Number::from(BILLION) {
        (
            format!("l'importo {told} è troppo grande: deve restare sotto 1.000.000.000 di euro"),
            "scrivi l'importo della scheda in euro, per esempio importo = 12500.50",
        )
    } else if amount.value.has_more_decimals(CENTS) {
        (
            format!(
                "l'importo {told} ha troppe cifre dopo la virgola: un importo ha al massimo due decimali"
            ),
            "arrotonda l'importo al centesimo, per esempio importo = 12500.50",
        )
    } else {
        return;
    };
    problems.add(amount.line, "P12", message, remedy);
}

fn scheda_number(number: &At<i64>, seen: &mut BTreeMap<String, usize>, problems: &Problems) -> u8 {
    let name = At { value: number.value.to_string(), line: number.line };
    let before = problems.count();
    twice(seen, &name, "la scheda", problems);
    if problems.count() > before {
        return 0; // one cause, one problem: the codes of its indicators are not compared
    }
    u8::try_from(number.value).ok().filter(|number| (1..=99).contains(number)).unwrap_or_else(|| {
        let message = format!("il numero di scheda {} non va bene per il nome di un foglio", number.value);
        problems.add(number.line, "P22", message, "usa un numero da 1 a 99");
        0
    })
}

fn milestones(source: &SchedaSource) -> Vec<Milestone> {
    let mut milestones: Vec<Milestone> = source
        .milestones
        .iter()
        .filter_map(|one| Some(Milestone { text: one.text.value.clone(), date: one.date.as_ref()?.value }))
        .collect();
    milestones.sort_by_key(|milestone| milestone.date);
    milestones
}

fn action(
    source: &ActionSource,
    scheda: u8,
    codes: &mut BTreeMap<String, usize>,
    keys: &mut BTreeMap<String, usize>,
    around: &Around<'_>,
) -> Action {
    if source.indicators.is_empty() {
        let remedy = "aggiungi almeno un [[schede.azioni.indicatori]]";
        around.problems.add(source.line, "P00", "l'azione non ha indicatori", remedy);
    }
    let indicators = source.indicators.iter().filter_map(|one| {
        if !one.code.value.is_empty() {
            twice(codes, &one.code, "l'indicatore", around.problems);
        }
        indicator::compile(one, scheda, keys, around)
    });
    Action {
        text: source.text.value.clone(),
        objective: source.objective.value.clone(),
        indicators: indicators.collect(),
    }
}

fn decisions(source: &PlanSource, problems: &Problems) -> Vec<Decision> {
    let actions = source.schede.iter().flat_map(|scheda| &scheda.actions);
    let codes: Vec<&str> =
        actions.flat_map(|action| &action.indicators).map(|one| one.code.value.as_str()).collect();
    let mut seen = BTreeMap::new();
    let compiled = source.decisions.iter().filter_map(|decision| {
        let code = &decision.indicator;
        if !code.value.is_empty() {
            twice(&mut seen, code, "la decisione sull'indicatore", problems);
        }
        if !code.value.is_empty() && !codes.contains(&code.value.as_str()) {
            let remedy = match nearest(&code.value, codes.iter().copied()) {
                Some(near) => {
                    format!("volevi scrivere «{near}»? Altrimenti usa il codice di un indicatore del piano")
                }
                None => "usa il codice di un indicatore del piano".to_owned(),
            };
            let message = format!("la decisione riguarda l'indicatore «{}», che non c'è", code.value);
            problems.add(code.line, "P03", message, remedy);
        }
        Some(Decision {
            indicator: IndicatorCode::new(&code.value),
            reason: decision.reason.value.clone(),
            who: decision.who.value.clone(),
            date: decision.date.as_ref()?.value,
        })
    });
    compiled.collect()
}

#[cfg(test)]
mod tests {
    use super::{DEFAULT_PLAN, read_plan};

    fn default_plan() -> crate::plan::Plan {
        read_plan(DEFAULT_PLAN).unwrap_or_else(|problems| {
            let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!("{}", all.join("\n"))
        })
    }

    #[test]
    fn the_embedded_plan_is_valid() {
        let plan = default_plan();
        assert_eq!((plan.schede.len(), plan.indicators().count(), plan.offices.len()), (13, 40, 26));
    }

    const OTHER_PLAN: &str =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/piani/camera-di-prova.toml"));

    /// The problems of the plan of tests with one line for another: each with its place, counted from that
    /// line.
    fn told(from: &str, to: &str) -> Vec<(isize, &'static str, String)> {
        let place = OTHER_PLAN.lines().position(|line| line == from).unwrap_or_else(|| panic!("{from}"));
        let text = OTHER_PLAN.replacen(&format!("\n{from}\n"), &format!("\n{to}\n"), 1);
        assert_ne!(text, OTHER_PLAN);
        let problems = read_plan(&text).err().unwrap_or_default();
        let line = |problem: &super::PlanProblem| problem.line.cast_signed() - place.cast_signed() - 1;
        problems.into_iter().map(|problem| (line(&problem), problem.code, problem.message)).collect()
    }

    #[test]
    fn an_amount_is_of_euros_and_cents_that_excel_can_hold() {
        let amount = |value: &str| told("importo = 12500.50", &format!("importo = {value}"));
        for right in [
            "0",
            "0.01",
            "10000.01",
            "1e3",
            "999999999.99",
            "\"12500,50\"",
            "12500.500",
            "12500",
            "12.5",
            "12.5000",
            "\"12.500,00\"",
            "\"1.234.567\"",
            "\"12500.50\"",
            "0.500",
        ] {
            assert_eq!(amount(right), [], "{right}");
        }
        let many = |shown: &str| {
            format!(
                "L'importo {shown} ha troppe cifre dopo la virgola: un importo ha al massimo due decimali"
            )
        };
        for (wrong, shown) in
            [("10000.005", "10.000,005"), ("\"0,001\"", "0,001"), ("12345678.901", "12.345.678,901")]
        {
            assert_eq!(amount(wrong), [(0, "P12", many(shown))], "{wrong}");
        }
        let great = |shown: &str| {
            format!("L'importo {shown} è troppo grande: deve restare sotto 1.000.000.000 di euro")
        };
        for (wrong, shown) in
            [("1000000000", "1.000.000.000"), ("123456789012345.67", "123.456.789.012.345,67")]
        {
            assert_eq!(amount(wrong), [(0, "P12", great(shown))], "{wrong}");
        }
        assert_eq!(amount("-0.001"), [(0, "P12", "L'importo della scheda è negativo".to_owned())]);
    }

    #[test]
    fn a_point_with_three_digits_after_it_is_not_read() {
        let amount = |value: &str| {
            let place = "importo = 12500.50";
            let text = OTHER_PLAN.replacen(place, &format!("importo = {value}"), 1);
            let problems = read_plan(&text).err().unwrap_or_default();
            problems.into_iter().map(|one| (one.code, one.message, one.remedy)).collect::<Vec<_>>()
        };
        for (value, decimal, thousands, first, second) in
            [("12.500", "12,5", "12.500", "12.5", "12500"), ("\"12.500\"", "12,5", "12.500", "12.5", "12500")]
        {
            let message = format!("La scheda: «importo» si può leggere {decimal} oppure {thousands}");
            let remedy =
                format!("Per {decimal} scrivi importo = {first}, per {thousands} scrivi importo = {second}");
            assert_eq!(amount(value), [("P32", message, remedy)], "{value}");
            assert_eq!([amount(first), amount(second)], [[], []], "{value}");
        }
        // A way of writing that would be refused is no remedy.
        for (value, thousands, only) in
            [("1.005", "1.005", "1005"), ("12.505", "12.505", "12505"), ("999.999", "999.999", "999999")]
        {
            let remedy =
                format!("Per {thousands} scrivi importo = {only}; nell'altro modo qui non è ammesso");
            assert_eq!(amount(value).iter().map(|one| &one.2).collect::<Vec<_>>(), [&remedy], "{value}");
            assert_eq!(amount(only), [], "{only}");
        }
        for wrong in ["\"12,500.00\"", "\"1.23.456\"", "\"12.50,00\"", "\"12.500,\"", "\"dodici\""] {
            assert_eq!(amount(wrong).first().map(|one| one.0), Some("P00"), "{wrong}");
        }
        // Not only amounts.
        assert_eq!(told("massimo = 5000", "massimo = 5.000").first().map(|one| one.1), Some("P32"));
        assert_eq!(told("da = 60", "da = 60.000").first().map(|one| one.1), Some("P32"));
        let codes = |from: &str, to: &str| told(from, to).into_iter().map(|one| one.1).collect::<Vec<_>>();
        assert_eq!(codes("valore = 840", "valore = 1.840"), ["P32"], "one cause, one finding");
        assert_eq!(codes("valore = 840", "valore = 1.000"), ["P32"]);
    }

    #[test]
    fn a_band_begins_at_two_decimals_and_gives_four() {
        let from = |value: &str| told("da = 60", &format!("da = {value}"));
        for right in ["66.67", "66.6", "\"66,67\"", "66.67000"] {
            assert_eq!(from(right), [], "{right}");
        }
        let message = "La fascia parte da 66,6666666667: il grado da cui parte ha al massimo due decimali";
        assert_eq!(from("66.6666666667"), [(0, "P11", message.to_owned())]);
        assert_eq!(from("66.6667").len(), 1);
        assert_eq!(from("100.0001"), [
            (0, "P11", "La fascia parte fuori da 0–100".to_owned()),
            (3, "P11", "La fascia che parte da 85 viene dopo quella che parte da 100,0001: si sovrappongono o sono in disordine".to_owned()),
        ]);
        let share = |value: &str| told("quota = 0.5", &format!("quota = {value}"));
        for right in ["0.125", "0.9995", "\"0,3333\"", "1.00000"] {
            assert_eq!(share(right), [], "{right}");
        }
        let message =
            "La quota 0,33333 ha troppe cifre dopo la virgola: una quota ha al massimo quattro decimali";
        assert_eq!(share("0.33333"), [(0, "P11", message.to_owned())]);
        assert_eq!(share("1.00001"), [(0, "P11", "La quota della fascia non sta fra 0 e 1".to_owned())]);
    }
}
