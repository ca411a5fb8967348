//! V12: a number or a date where a register wants a title.

use crate::check::desk::{Desk, Reading};
use crate::check::ledger::depends_on;
use crate::check::rules::V12;
use crate::check::say::{facts, place_words, told, told_why};
use crate::check::{Context, Ledger};
use crate::interpret::{Entry, Untitled, untitled};
use crate::model::{Finding, Severity, Value, VoceType, quoted};
use crate::plan::{Column, Indicator, Voce};

/// What to do with a text that is no title.
const TEXT: &str = "Scrivi il testo a parole, oppure lascialo così se è davvero questo.";

/// How the heading of a column says that figures are what it wants.
const CODES: [&str; 8] =
    ["numero", "n.", "n°", "codice", "protocollo", "prot.", "matricola", "identificativo"];

/// Judges the key of each row of each register, where it is a text.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        for (indicator, voce) in desk.voci() {
            let Some(register) = &voce.register else { continue };
            let rows = desk.rows(&voce.key);
            let texts = register.columns.iter().filter(|column| column.kind == VoceType::Testo);
            for (column, fields) in texts.flat_map(|column| rows.values().map(move |fields| (column, fields)))
            {
                let Some(entry) = fields.get(column.key.as_str()) else { continue };
                match desk.read(ledger, entry) {
                    Reading::Value(title) => {
                        judge(ctx, ledger, desk, (indicator, voce, column), (entry, title))
                    }
                    Reading::Unusable(code) => ledger.skip(&V12, depends_on(code)),
                    Reading::Blank | Reading::Placeholder | Reading::NotApplicable => {}
                }
            }
        }
    }
}

fn judge(
    ctx: &Context<'_>,
    ledger: &mut Ledger,
    desk: &Desk<'_>,
    (indicator, voce, column): (&Indicator, &Voce, &Column),
    (entry, title): (&Entry, &Value),
) {
    let is_title = voce.register.as_ref().is_some_and(|register| register.identity == column.key);
    let seen = untitled(&title.to_machine()).filter(|seen| match seen {
        Untitled::Number => !wants_figures(column),
        // A column of texts may want an hour.
        Untitled::Time => is_title,
        _ => true,
    });
    match seen {
        Some(seen) => {
            let base = desk.finding(&V12, indicator, Some(voce), &[entry]);
            ledger.fail(finding(ctx, base, entry, seen, is_title));
        }
        None => ledger.pass(&V12),
    }
}

fn wants_figures(column: &Column) -> bool {
    let label = column.label.to_lowercase();
    label.split_whitespace().any(|word| CODES.contains(&word.trim_matches(['(', ')', ',', ':'])))
}

fn words(seen: Untitled) -> &'static str {
    match seen {
        Untitled::Number => "un numero",
        Untitled::Rounded => "un numero in forma esponenziale, che ha perso le sue cifre",
        Untitled::Date => "una data",
        Untitled::Time => "un'ora",
        Untitled::Flag => "un valore logico",
        Untitled::Signs => "un segno senza parole",
    }
}

/// A title, or another text: nothing is counted by that one, and it is only noted.
fn finding(ctx: &Context<'_>, base: Finding, entry: &Entry, seen: Untitled, is_title: bool) -> Finding {
    let (typed, place) = (entry.raw.trim(), place_words(ctx.plan, &entry.id));
    let is = format!("{} è {}, non un", quoted(typed), words(seen));
    if is_title {
        return told(facts(base, typed, "un titolo a parole"), &place, &format!("{is} titolo"));
    }
    let base = Finding { severity: Severity::Nota, remedy: TEXT.to_owned(), ..base };
    let why = "Excel cambia da sé certi testi in numeri o date: chi controlla non può sapere che cosa c'era scritto.";
    told_why(facts(base, typed, "un testo a parole"), &place, &format!("{is} testo"), why)
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;
    use crate::model::Severity;

    fn titled(title: &str) -> World {
        World::at(6).filled("urp").field("urp", "S07.campagne", 1, "titolo", title).field(
            "urp",
            "S07.campagne",
            1,
            "invio",
            "2019-05-02",
        )
    }

    #[test]
    fn what_excel_made_of_a_title_is_told() {
        for (title, words) in [
            ("43599", "un numero,"),
            ("1.234,5", "un numero,"),
            ("-7", "un numero,"),
            ("15%", "un numero,"),
            ("8E+21", "un numero in forma esponenziale"),
            ("8000000000000000000000", "un numero in forma esponenziale"),
            ("1,2e-05", "un numero in forma esponenziale"),
            ("14/5/2019 (data)", "una data"),
            ("14/05/19", "una data"),
            ("2019-05-14", "una data"),
            ("10:30", "un'ora"),
            ("VERO", "un valore logico"),
        ] {
            let finding = titled(title).finding("V12");
            assert!(finding.message.contains(&format!("«{title}» è {words}")), "{}", finding.message);
        }
    }

    #[test]
    fn another_text_is_only_noted() {
        let closed = |place: &str, reason: &str| {
            let world =
                World::at(6).filled("ri").field("ri", "S11.chiusure_protesti", 1, "giorno", "2019-05-16");
            let world = world.field("ri", "S11.chiusure_protesti", 1, "sede", place);
            world.field("ri", "S11.chiusure_protesti", 1, "motivo", reason).findings("V12")
        };
        for (place, reason, words) in [
            ("43500", "trasloco", "«43500» è un numero, non un testo"),
            ("Rovigo", "=", "«=» è un segno senza parole, non un testo"),
            ("Rovigo", "14/5/2019 (data)", "«14/5/2019 (data)» è una data, non un testo"),
        ] {
            let told = closed(place, reason);
            assert_eq!(told.len(), 1, "{place} {reason}");
            assert!(
                told[0].message.contains(words) && told[0].severity == Severity::Nota,
                "{}",
                told[0].message
            );
        }
        assert!(closed("Rovigo", "10:30").is_empty() && closed("Sede 2", "trasloco (n. 3)").is_empty());
        assert!(titled("=").finding("V12").message.contains("«=» è un segno senza parole, non un titolo"));
    }

    #[test]
    fn a_title_may_hold_figures_and_days() {
        let titles = [
            "Bando 2019",
            "Newsletter n. 3",
            "14 maggio",
            "1° Maggio",
            "4.0",
            "100 imprese",
            "24h",
            "Ciclo 3/2019",
            "E",
            "A1",
        ];
        for title in titles.into_iter().filter(|title| *title != "4.0") {
            assert!(titled(title).findings("V12").is_empty(), "{title}");
        }
        // «4.0» alone is a number for Excel too.
        assert_eq!(titled("4.0").findings("V12").len(), 1);
    }

    #[test]
    fn a_column_for_codes_wants_figures() {
        let mut world = titled("43599");
        let voci = world.plan.schede.iter_mut().flat_map(|scheda| &mut scheda.actions);
        let voci = voci.flat_map(|action| &mut action.indicators).flat_map(|indicator| &mut indicator.voci);
        for register in voci.filter_map(|voce| voce.register.as_mut()) {
            register.columns.iter_mut().for_each(|column| column.label = "Numero di protocollo".to_owned());
        }
        assert!(world.findings("V12").is_empty());
    }
}
