//! What the month gives: indicators, voci, offices, degrees.

use std::io;

use super::table::{Heading, Resource, columns, written};
use crate::aggregate::{
    Consolidation, Degrees, IndicatorResult, Mark, OfficeValue, Reliability, VoceTotal, mark,
};
use crate::certify::Run;
use crate::model::{Light, OfficeId, Status};
use crate::plan::{Indicator, Operator};

/// An indicator of the plan with its result.
struct Judged<'a> {
    indicator: &'a Indicator,
    result: &'a IndicatorResult,
}

/// The results of a month, in the plan's order.
fn judged<'a>(run: &Run<'a>, results: &'a Consolidation) -> impl Iterator<Item = Judged<'a>> + use<'a> {
    let plan = run.plan;
    results
        .indicators
        .iter()
        .filter_map(move |result| Some(Judged { indicator: plan.indicator(&result.code)?, result }))
}

const PROVISIONAL: &str = "Se manca ancora qualcosa che era dovuto";
const DEGREE: (&str, &str) = ("punti su 100", "Il grado di raggiungimento");
const PACED: (&str, &str) = (
    "punti su 100",
    "Lo stesso contro ciò che serve alla fine del mese; ad anno chiuso, o senza passo, il grado",
);
const VALUE: (&str, &str) = ("", "Il valore, nell'unità dell'indicatore (un rapporto: 0,1 è il 10 %)");

/// `risultati`: the indicators of the month.
pub(super) fn indicators(run: &Run<'_>) -> io::Result<Resource> {
    let heading = Heading {
        name: "risultati",
        title: "I risultati degli indicatori",
        description: "Una riga per indicatore: il valore dall'inizio dell'anno alla fine del mese, contro il suo target.",
        key: &["codice"],
        links: &[("codice", "piano_indicatori", "codice"), ("scheda", "piano_schede", "scheda")],
    };
    let mut columns = columns::<Judged<'_>>(run);
    columns
        .text("codice", "L'indicatore", |own| own.result.code.as_str())
        .required()
        .whole("scheda", "La sua scheda", |own| Some(u64::from(own.result.scheda)))
        .required()
        .value("valore", VALUE, |own| own.result.value.clone())
        .text("unita", "L'unità dell'indicatore", |own| own.indicator.formula.unit().code())
        .required()
        .text("target", "Il target, come è stampato nel piano", |own| &own.indicator.target.printed)
        .text("operatore", "Come il valore si confronta con la soglia", |own| {
            own.indicator.target.operator.symbol()
        })
        .required()
        .among(operators())
        .value("soglia", ("", "La soglia usata, nell'unità dell'indicatore"), |own| {
            own.result.threshold.clone()
        })
        .exact(
            "scostamento",
            ("", "Valore meno soglia, nell'unità dell'indicatore; per una scadenza, giorni"),
            |own| own.result.deviation.clone(),
        )
        .exact("grado", DEGREE, |own| own.result.degree.clone())
        .exact("grado_passo", PACED, |own| own.result.paced.clone())
        .text("stato", "L'esito", |own| own.result.status.label())
        .required()
        .among(Status::ALL.map(Status::label))
        .text("semaforo", "Il colore dell'esito", |own| own.result.status.light().label())
        .required()
        .among(Light::ALL.map(Light::label))
        .flag("provvisorio", PROVISIONAL, |own| Some(own.result.provisional))
        .required()
        .whole("attesi", "Quanti dati erano attesi", |own| Some(u64::from(own.result.coverage.expected)))
        .required()
        .whole("presenti", "Quanti ce ne sono", |own| Some(u64::from(own.result.coverage.present)))
        .required()
        .whole("na", "Quanti dati dovuti non si applicano", |own| Some(own.result.not_applicable as u64))
        .required()
        .value(
            "valore_indicativo",
            ("", "Il valore dei soli dati ammessi, quando l'indicatore non è verificabile"),
            |own| own.result.indicative.clone(),
        )
        .text("seconda_condizione", "La seconda condizione, che non decide", |own| {
            own.result.second.as_ref().map_or("", |second| &second.text)
        })
        .exact("seconda_soglia", ("", "La soglia della seconda condizione"), |own| {
            own.result.second.as_ref().map(|second| second.threshold.clone())
        })
        .exact("seconda_valore", ("", "Il valore della seconda condizione"), |own| {
            own.result.second.as_ref()?.value.clone()
        })
        .flag("seconda_soddisfatta", "Se la seconda condizione è soddisfatta", |own| {
            own.result.second.as_ref()?.met
        })
        .text("natura", "Che cos'è il valore nel tempo", |own| own.indicator.formula.nature().code())
        .required()
        .made("attendibilita", "Quanto ci si può fidare", |own| {
            reliability(run, own).map(|mark| mark.label().to_owned()).unwrap_or_default()
        })
        .among(marks());
    written(heading, columns, judged(run, run.consolidation))
}

fn operators() -> [&'static str; 6] {
    use Operator::{AtLeast, AtMost, By, Exactly, Over, Under};
    [AtLeast, AtMost, Over, Under, Exactly, By].map(Operator::symbol)
}

fn reliability(run: &Run<'_>, own: &Judged<'_>) -> Option<Mark> {
    mark(own.indicator, own.result, run.admitted, run.submissions)
}

fn marks() -> impl Iterator<Item = &'static str> {
    let all = [Reliability::MisuratoConEvidenza, Reliability::Parziale, Reliability::DichiaratoSenza];
    all.into_iter()
        .flat_map(|reliability| [false, true].map(|own_base| Mark { reliability, own_base }.label()))
}

/// `risultati_mensili`: the same as it would have been at the end of each month, with what is known now.
pub(super) fn by_month(run: &Run<'_>) -> io::Result<Resource> {
    let heading = Heading {
        name: "risultati_mensili",
        title: "I risultati mese per mese",
        description: "Una riga per indicatore e per mese fino a quello di riferimento: il risultato alla fine di quel mese, \
                      con i dati arrivati oggi.",
        key: &["codice", "mese_risultato"],
        links: &[("codice", "piano_indicatori", "codice")],
    };
    let mut columns = columns::<(u32, Judged<'_>)>(run);
    columns
        .text("codice", "L'indicatore", |(_, own)| own.result.code.as_str())
        .required()
        .whole("mese_risultato", "Il mese alla fine del quale è calcolato", |(month, _)| {
            Some(u64::from(*month))
        })
        .required()
        .between(1, 12)
        .value("valore", VALUE, |(_, own)| own.result.value.clone())
        .exact("grado", DEGREE, |(_, own)| own.result.degree.clone())
        .text("stato", "L'esito", |(_, own)| own.result.status.label())
        .required()
        .among(Status::ALL.map(Status::label))
        .flag("provvisorio", PROVISIONAL, |(_, own)| Some(own.result.provisional))
        .required()
        .whole("attesi", "Quanti dati erano attesi", |(_, own)| Some(u64::from(own.result.coverage.expected)))
        .required()
        .whole("presenti", "Quanti ce ne sono", |(_, own)| Some(u64::from(own.result.coverage.present)))
        .required();
    let rows = run
        .months
        .iter()
        .flat_map(|results| judged(run, results).map(|own| (results.month.month.number(), own)));
    written(heading, columns, rows)
}

/// `risultati_voci`: the totals of which the indicators are made.
pub(super) fn voci(run: &Run<'_>) -> io::Result<Resource> {
    let heading = Heading {
        name: "risultati_voci",
        title: "I totali delle voci",
        description: "Una riga per indicatore e voce: il totale di tutti gli uffici dall'inizio dell'anno; di un registro, le \
                      righe che contano.",
        key: &["codice", "voce"],
        links: &[("codice", "piano_indicatori", "codice"), ("voce", "piano_voci", "voce")],
    };
    let mut columns = columns::<(&IndicatorResult, &VoceTotal)>(run);
    columns
        .text("codice", "L'indicatore", |(result, _)| result.code.as_str())
        .required()
        .text("voce", "La voce", |(_, voce)| voce.key.as_str())
        .required()
        .value("valore", ("", "Il totale, nell'unità del tipo della voce"), |(_, voce)| voce.value.clone())
        .whole("attesi", "Quanti dati erano attesi", |(_, voce)| Some(u64::from(voce.coverage.expected)))
        .required()
        .whole("presenti", "Quanti ce ne sono", |(_, voce)| Some(u64::from(voce.coverage.present)))
        .required();
    let rows =
        run.consolidation.indicators.iter().flat_map(|own| own.voci.iter().map(move |voce| (own, voce)));
    written(heading, columns, rows)
}

/// `risultati_uffici`: the formula on each office's own entries.
pub(super) fn offices(run: &Run<'_>) -> io::Result<Resource> {
    let heading = Heading {
        name: "risultati_uffici",
        title: "I risultati di ogni ufficio",
        description: "Una riga per indicatore e ufficio responsabile: la formula sui soli suoi dati, come informazione. Il \
                      risultato dell'indicatore non è la media di questi.",
        key: &["codice", "ufficio"],
        links: &[("codice", "piano_indicatori", "codice"), ("ufficio", "uffici", "ufficio")],
    };
    let mut columns = columns::<(&IndicatorResult, &OfficeValue)>(run);
    columns
        .text("codice", "L'indicatore", |(result, _)| result.code.as_str())
        .required()
        .text("ufficio", "L'ufficio", |(_, own)| own.office.as_str())
        .required()
        .value("valore", VALUE, |(_, own)| own.value.clone())
        .whole("attesi", "Quanti dati erano attesi", |(_, own)| Some(u64::from(own.coverage.expected)))
        .required()
        .whole("presenti", "Quanti ce ne sono", |(_, own)| Some(u64::from(own.coverage.present)))
        .required();
    let rows = run.consolidation.indicators.iter();
    written(heading, columns, rows.flat_map(|result| result.per_office.iter().map(move |own| (result, own))))
}

/// A degree of the tree that ends in the ente.
struct Degree<'a> {
    level: &'static str,
    name: String,
    degrees: &'a Degrees,
    light: Light,
}

fn all_degrees<'a>(run: &Run<'a>) -> Vec<Degree<'a>> {
    let results = run.consolidation;
    let ente = Degree {
        level: "ente",
        name: run.plan.ente.clone(),
        degrees: &results.ente,
        light: results.ente_light,
    };
    let perspectives = results.perspectives.iter().map(|own| Degree {
        level: "prospettiva",
        name: own.name.clone(),
        degrees: &own.degrees,
        light: own.light,
    });
    let schede = results.schede.iter().map(|own| Degree {
        level: "scheda",
        name: own.number.to_string(),
        degrees: &own.degrees,
        light: own.light,
    });
    std::iter::once(ente).chain(perspectives).chain(schede).collect()
}

/// `gradi`: schede, perspectives, ente.
pub(super) fn degrees(run: &Run<'_>) -> io::Result<Resource> {
    let heading = Heading {
        name: "gradi",
        title: "I gradi di schede, prospettive ed ente",
        description: "Una riga per l'ente, una per prospettiva, una per scheda (il nome è il suo numero).",
        key: &["livello", "nome"],
        links: &[],
    };
    let mut columns = columns::<Degree<'_>>(run);
    columns
        .text("livello", "Di che cosa è il grado", |own| own.level)
        .required()
        .among(["ente", "prospettiva", "scheda"])
        .text("nome", "Il nome dell'ente o della prospettiva, il numero della scheda", |own| &own.name)
        .required()
        .exact("grado", DEGREE, |own| own.degrees.official.clone())
        .exact("grado_senza_mancanti", ("punti su 100", "Lo stesso senza ciò che manca"), |own| {
            own.degrees.without_missing.clone()
        })
        .exact("grado_passo", PACED, |own| own.degrees.paced.clone())
        .text("semaforo", "Il colore", |own| own.light.label())
        .required()
        .among(Light::ALL.map(Light::label));
    written(heading, columns, all_degrees(run))
}

/// The name of an office, or nothing.
pub(super) fn office_or_nothing(office: Option<&OfficeId>) -> &str {
    office.map_or("", OfficeId::as_str)
}
