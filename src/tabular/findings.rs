//! The findings, and the cells that they name.

use std::io;

use super::column::Columns;
use super::results::office_or_nothing;
use super::table::{Heading, Resource, columns, written};
use crate::certify::Run;
use crate::impact::{Effect, EffectKind};
use crate::model::{CellRef, Finding, IndicatorCode, Severity, VoceKey, YearMonth};
use crate::report::would_change;

/// A finding, with its place among the others, from 1.
struct Told<'a> {
    number: usize,
    finding: &'a Finding,
    effect: &'a Effect,
    /// Since when it is there; `None` where no issue of a month before is given.
    since: Option<(&'static str, YearMonth)>,
}

fn told<'a>(run: &Run<'a>) -> Vec<Told<'a>> {
    let met = run.met();
    let since = |place: usize| {
        let before = met.as_ref()?.since.get(place).copied().flatten();
        Some(before.map_or(("nuovo", run.consolidation.month), |month| ("persistente", month)))
    };
    let findings = run.findings().enumerate();
    findings
        .map(|(place, (finding, effect))| Told { number: place + 1, finding, effect, since: since(place) })
        .collect()
}

const SEVERITIES: [Severity; 4] =
    [Severity::Nota, Severity::DaMotivare, Severity::Errore, Severity::Bloccante];

/// `rilievi`: what the checks have found.
pub(super) fn findings(run: &Run<'_>) -> io::Result<Resource> {
    let heading = Heading {
        name: "rilievi",
        title: "I rilievi",
        description: "Una riga per rilievo, in ordine di ciò che potrebbe cambiare; le caselle che nomina sono in «rilievi_celle».",
        key: &["progressivo"],
        links: &[
            ("ufficio", "uffici", "ufficio"),
            ("indicatore", "piano_indicatori", "codice"),
            ("voce", "piano_voci", "voce"),
        ],
    };
    let mut columns = columns::<Told<'_>>(run);
    columns
        .whole("progressivo", "Il posto del rilievo, da 1", |own| Some(own.number as u64))
        .required()
        .text("codice", "Il controllo", |own| own.finding.rule.code)
        .required()
        .text("controllo", "Il controllo, in poche parole", |own| own.finding.rule.name)
        .required()
        .text("gravita", "La gravità", |own| own.finding.severity.label())
        .required()
        .among(SEVERITIES.map(Severity::label))
        .text("gravita_prevista", "La gravità del controllo, dove il piano l'ha abbassata", |own| {
            own.finding.lowered_from.map_or("", Severity::label)
        })
        .among(SEVERITIES.map(Severity::label))
        .flag("aperto", "Se qualcuno deve ancora fare qualcosa: nessuna deroga lo accetta", |own| {
            Some(own.finding.is_open())
        })
        .required()
        .flag("tiene_fuori", "Se i dati che nomina restano fuori dai totali", |own| {
            Some(own.finding.keeps_out())
        })
        .required()
        .text("ufficio", "L'ufficio", |own| office_or_nothing(own.finding.office.as_ref()))
        .text("file", "Il file", |own| own.finding.file.as_deref().unwrap_or_default())
        .whole("scheda", "La scheda", |own| own.finding.scheda.map(u64::from))
        .text("indicatore", "L'indicatore", |own| {
            own.finding.indicator.as_ref().map_or("", IndicatorCode::as_str)
        })
        .text("voce", "La voce", |own| own.finding.voce.as_ref().map_or("", VoceKey::as_str))
        .whole("mese_dato", "Il mese del dato", |own| {
            own.finding.month.map(|month| u64::from(month.number()))
        })
        .between(1, 12)
        .text("trovato", "Che cosa è stato trovato", |own| &own.finding.found)
        .text("atteso", "Che cosa ci si aspettava", |own| &own.finding.expected)
        .text("messaggio", "La frase per chi legge", |own| &own.finding.message)
        .required()
        .text("rimedio", "Che cosa fare", |own| &own.finding.remedy);
    consequences(run, &mut columns);
    written(heading, columns, told(run))
}

/// What a finding could change, who accepts it, since when it is there.
fn consequences<'r>(run: &'r Run<'r>, columns: &mut Columns<'r, Told<'r>>) {
    columns
        .text("effetto", "Fin dove arriva", |own| own.effect.kind.code())
        .required()
        .among(EFFECTS.map(EffectKind::code))
        .made("effetto_su", "Gli indicatori che può cambiare, separati da uno spazio", |own| {
            codes(own.effect)
        })
        .made("che_cosa_cambierebbe", "Che cosa cambierebbe, in parole", |own| {
            would_change(run, own.finding, own.effect)
        })
        .text("deroga_motivo", "Perché è accettato, se lo è", |own| {
            own.finding.waived.as_ref().map_or("", |waived| &waived.reason)
        })
        .text("deroga_chi", "Chi l'ha accettato", |own| {
            own.finding.waived.as_ref().map_or("", |waived| &waived.who)
        })
        .text("andamento", "Rispetto al consolidato precedente, quando c'è", |own| {
            own.since.map_or("", |(state, _)| state)
        })
        .among(["nuovo", "persistente"])
        .made("dal", "Da che mese c'è (AAAA-MM), quando c'è un consolidato precedente", |own| {
            own.since.map(|(_, month)| month.to_string()).unwrap_or_default()
        });
}

const EFFECTS: [EffectKind; 3] =
    [EffectKind::NessunEffetto, EffectKind::CambiaGrado, EffectKind::CambiaEsito];

fn codes(effect: &Effect) -> String {
    effect.indicators.iter().map(IndicatorCode::as_str).collect::<Vec<_>>().join(" ")
}

/// A cell that a finding names: its place among those of the finding, file, sheet, cell.
struct Named<'a> {
    finding: usize,
    place: usize,
    file: &'a str,
    sheet: &'a str,
    cell: CellRef,
}

/// `rilievi_celle`: the cells of each finding.
pub(super) fn cells(run: &Run<'_>) -> io::Result<Resource> {
    let heading = Heading {
        name: "rilievi_celle",
        title: "Le caselle dei rilievi",
        description: "Una riga per ogni casella che un rilievo nomina, anche in altri fogli e in altri file.",
        key: &["rilievo", "posto"],
        links: &[("rilievo", "rilievi", "progressivo")],
    };
    let mut columns = columns::<Named<'_>>(run);
    columns
        .whole("rilievo", "Il rilievo", |own| Some(own.finding as u64))
        .required()
        .whole("posto", "Il posto della casella nel rilievo, da 1", |own| Some(own.place as u64))
        .required()
        .text("file", "Il file", |own| own.file)
        .required()
        .text("foglio", "Il foglio", |own| own.sheet)
        .required()
        .made("cella", "La casella, come H14", |own| own.cell.to_string())
        .required();
    let rows = run.checked.findings.iter().enumerate().flat_map(|(finding, own)| {
        own.named().enumerate().map(move |(place, (file, sheet, cell))| Named {
            finding: finding + 1,
            place: place + 1,
            file,
            sheet,
            cell,
        })
    });
    written(heading, columns, rows)
}
