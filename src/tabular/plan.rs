//! What was asked: offices, schede, indicators, voci, who answers for what.

use std::io;

use super::table::{Heading, Resource, columns, written};
use crate::certify::Run;
use crate::model::{IndicatorCode, Month, Nature, OfficeId, OfficeRule, TimeKind, Unit, VoceKey, VoceType};
use crate::plan::{Action, Column, Indicator, Office, Role, Scheda, Voce};

const UNITS: [Unit; 8] = [
    Unit::Numero,
    Unit::Rapporto,
    Unit::Ore,
    Unit::Giorni,
    Unit::GiorniLavorativi,
    Unit::Data,
    Unit::Euro,
    Unit::Minuti,
];

const NATURES: [Nature; 6] =
    [Nature::Accumulo, Nature::Livello, Nature::Misto, Nature::Rapporto, Nature::Durata, Nature::Scadenza];

const TYPES: [VoceType; 11] = [
    VoceType::Conteggio,
    VoceType::Ore,
    VoceType::Giorni,
    VoceType::GiorniLavorativi,
    VoceType::Data,
    VoceType::SiNo,
    VoceType::Percentuale,
    VoceType::Testo,
    VoceType::Importo,
    VoceType::Numero,
    VoceType::Minuti,
];

const TIMES: [TimeKind; 5] =
    [TimeKind::Mensile, TimeKind::Consistenza, TimeKind::Annuale, TimeKind::Costante, TimeKind::Registro];

const RULES: [OfficeRule; 5] =
    [OfficeRule::Somma, OfficeRule::Condivisa, OfficeRule::Ultima, OfficeRule::Conta, OfficeRule::Unione];

/// `uffici`: the offices of the plan.
pub(super) fn offices(run: &Run<'_>) -> io::Result<Resource> {
    let heading = Heading {
        name: "uffici",
        title: "Gli uffici",
        description: "Una riga per ufficio, nell'ordine del piano.",
        key: &["ufficio"],
        links: &[],
    };
    let mut columns = columns::<&Office>(run);
    columns
        .text("ufficio", "Il suo identificativo nel piano", |office| office.id.as_str())
        .required()
        .text("nome", "Il suo nome", |office| &office.name)
        .required()
        .flag("inviato", "Se c'è un suo file che conta", |office| {
            Some(run.admitted.entries.has_sent(&office.id))
        })
        .required();
    written(heading, columns, &run.plan.offices)
}

/// `piano_schede`: the schede.
pub(super) fn schede(run: &Run<'_>) -> io::Result<Resource> {
    let heading = Heading {
        name: "piano_schede",
        title: "Le schede del piano",
        description: "Una riga per scheda.",
        key: &["scheda"],
        links: &[],
    };
    let mut columns = columns::<&Scheda>(run);
    columns
        .whole("scheda", "Il suo numero", |scheda| Some(u64::from(scheda.number)))
        .required()
        .text("titolo", "Il titolo", |scheda| &scheda.title)
        .text("prospettiva", "La prospettiva", |scheda| &scheda.perspective)
        .text("obiettivo_strategico", "L'obiettivo strategico", |scheda| &scheda.strategic)
        .exact("peso", ("", "Quanto pesa fra le schede"), |scheda| Some(scheda.weight.clone()))
        .exact("importo", ("euro", "L'importo, quando il piano lo dice"), |scheda| scheda.amount.clone());
    written(heading, columns, &run.plan.schede)
}

/// `piano_indicatori`: the indicators.
pub(super) fn indicators(run: &Run<'_>) -> io::Result<Resource> {
    let heading = Heading {
        name: "piano_indicatori",
        title: "Gli indicatori del piano",
        description: "Una riga per indicatore.",
        key: &["codice"],
        links: &[("scheda", "piano_schede", "scheda")],
    };
    let mut columns = columns::<(&Action, &Indicator)>(run);
    columns
        .text("codice", "Il suo codice", |(_, own)| own.code.as_str())
        .required()
        .whole("scheda", "La sua scheda", |(_, own)| Some(u64::from(own.scheda)))
        .required()
        .text("testo", "L'indicatore, come è stampato", |(_, own)| &own.text)
        .required()
        .text("azione", "L'azione", |(action, _)| &action.text)
        .text("obiettivo_operativo", "L'obiettivo operativo", |(action, _)| &action.objective)
        .text("formula", "La formula sulle voci", |(_, own)| own.formula.text())
        .required()
        .text("unita", "L'unità del valore (un rapporto: 0,1 è il 10 %)", |(_, own)| {
            own.formula.unit().code()
        })
        .required()
        .among(UNITS.map(Unit::code))
        .text("natura", "Che cos'è il valore nel tempo", |(_, own)| own.formula.nature().code())
        .required()
        .among(NATURES.map(Nature::code))
        .text("target", "Il target, come è stampato", |(_, own)| &own.target.printed)
        .exact("peso", ("", "Quanto pesa nella scheda"), |(_, own)| Some(own.weight.clone()));
    let actions = run.plan.schede.iter().flat_map(|scheda| &scheda.actions);
    written(
        heading,
        columns,
        actions.flat_map(|action| action.indicators.iter().map(move |own| (action, own))),
    )
}

/// `piano_voci`: what is asked of the offices.
pub(super) fn voci(run: &Run<'_>) -> io::Result<Resource> {
    let heading = Heading {
        name: "piano_voci",
        title: "Le voci del piano",
        description: "Una riga per voce: ciò che gli uffici scrivono, o che il piano fissa.",
        key: &["voce"],
        links: &[("indicatore", "piano_indicatori", "codice"), ("parte_di", "piano_voci", "voce")],
    };
    let mut columns = columns::<(&Indicator, &Voce)>(run);
    columns
        .text("voce", "La sua chiave", |(_, voce)| voce.key.as_str())
        .required()
        .text("indicatore", "L'indicatore sotto cui sta", |(own, _)| own.code.as_str())
        .required()
        .text("etichetta", "Che cosa legge l'ufficio", |(_, voce)| &voce.label)
        .required()
        .text("tipo", "Che cosa si scrive (una percentuale: 0,1 è il 10 %)", |(_, voce)| kind(voce))
        .required()
        .among(TYPES.map(VoceType::code).into_iter().chain(["registro"]))
        .text("tempo", "Come i dati stanno nel tempo", |(_, voce)| voce.time.code())
        .required()
        .among(TIMES.map(TimeKind::code))
        .text("fra_uffici", "Come i dati degli uffici diventano uno", |(_, voce)| voce.rule.code())
        .required()
        .among(RULES.map(OfficeRule::code))
        .text("ruolo", "Termine della formula, dato di partenza, solo informativa", |(_, voce)| role(voce))
        .required()
        .among(["termine", "partenza", "informativa"])
        .text("parte_di", "La voce di cui è una parte", |(_, voce)| {
            voce.part_of.as_ref().map_or("", VoceKey::as_str)
        })
        .whole("fino_a", "L'ultimo mese che conta", |(_, voce)| {
            voce.cutoff.map(|month: Month| u64::from(month.number()))
        })
        .between(1, 12)
        .value("fissato", ("", "Il valore fissato dal piano"), |(_, voce)| {
            voce.fixed.as_ref().map(|fixed| fixed.value.clone())
        })
        .text("fonte", "Da dove viene il valore fissato", |(_, voce)| {
            voce.fixed.as_ref().map_or("", |fixed| &fixed.source)
        });
    written(heading, columns, run.plan.voci())
}

fn kind(voce: &Voce) -> &'static str {
    if voce.time == TimeKind::Registro { TimeKind::Registro.code() } else { voce.kind.code() }
}

fn role(voce: &Voce) -> &'static str {
    match voce.role {
        Role::Term => "termine",
        Role::Baseline => "partenza",
        Role::Informative => "informativa",
    }
}

/// Every register with each of its columns.
fn columns_of_registers<'a>(run: &Run<'a>) -> impl Iterator<Item = (&'a Voce, &'a Column)> {
    let registers = run.plan.voci().filter_map(|(_, voce)| Some((voce, voce.register.as_ref()?)));
    registers.flat_map(|(voce, register)| register.columns.iter().map(move |column| (voce, column)))
}

/// `piano_colonne`: the columns of the registers.
pub(super) fn register_columns(run: &Run<'_>) -> io::Result<Resource> {
    let heading = Heading {
        name: "piano_colonne",
        title: "Le colonne dei registri",
        description: "Una riga per registro e colonna.",
        key: &["voce", "colonna"],
        links: &[("voce", "piano_voci", "voce")],
    };
    let mut columns = columns::<(&Voce, &Column)>(run);
    columns
        .text("voce", "Il registro", |(voce, _)| voce.key.as_str())
        .required()
        .text("colonna", "La chiave della colonna", |(_, column)| &column.key)
        .required()
        .text("etichetta", "Che cosa legge l'ufficio", |(_, column)| &column.label)
        .text("tipo", "Che cosa si scrive", |(_, column)| column.kind.code())
        .required()
        .among(TYPES.map(VoceType::code));
    written(heading, columns, columns_of_registers(run))
}

/// `assegnazioni`: which offices answer for which indicator.
pub(super) fn assignments(run: &Run<'_>) -> io::Result<Resource> {
    let heading = Heading {
        name: "assegnazioni",
        title: "Chi risponde di che cosa",
        description: "Una riga per indicatore e ufficio responsabile.",
        key: &["codice", "ufficio"],
        links: &[("codice", "piano_indicatori", "codice"), ("ufficio", "uffici", "ufficio")],
    };
    let mut columns = columns::<(&IndicatorCode, &OfficeId)>(run);
    columns
        .text("codice", "L'indicatore", |(code, _)| code.as_str())
        .required()
        .text("ufficio", "L'ufficio", |(_, office)| office.as_str())
        .required();
    let rows =
        run.plan.indicators().flat_map(|own| own.offices.iter().map(move |office| (&own.code, office)));
    written(heading, columns, rows)
}
