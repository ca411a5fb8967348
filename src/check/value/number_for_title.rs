//! V12: a number or a date where a register wants a title.

use crate::check::desk::{Desk, Reading};
use crate::check::ledger::depends_on;
use crate::check::say::{facts, place_words, told};
use crate::check::{Context, Ledger};
use crate::interpret::{Entry, Untitled, untitled};
use crate::model::{Finding, Rule, Severity, Value, VoceType, quoted};
use crate::plan::{Column, Indicator, Voce};

pub(in crate::check) const RULE: Rule = Rule {
    code: "V12",
    name: "Un numero o una data al posto del titolo",
    severity: Severity::DaMotivare,
    why: "Excel cambia da sé certi testi in numeri o date, e due titoli diversi possono diventare lo stesso: allora contano una volta sola.",
    remedy: "Scrivi il titolo a parole (con un apostrofo davanti, se è davvero un numero), oppure spiega nella nota dell'indicatore che il titolo è proprio questo.",
    missing: false,
};

/// How the heading of a column says that figures are what it wants.
const CODES: [&str; 8] =
    ["numero", "n.", "n°", "codice", "protocollo", "prot.", "matricola", "identificativo"];

/// Judges the key of each row of each register, where it is a text.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in Desk::all(ctx) {
        for (indicator, voce) in desk.voci(ctx) {
            let Some(register) = &voce.register else { continue };
            let key = register.column(&register.identity).filter(|column| column.kind == VoceType::Testo);
            let Some(column) = key else { continue };
            for fields in desk.rows(&voce.key).into_values() {
                let Some(entry) = fields.get(column.key.as_str()) else { continue };
                match desk.read(ledger, entry) {
                    Reading::Value(title) => {
                        judge(ctx, ledger, &desk, (indicator, voce, column), (entry, title))
                    }
                    Reading::Unusable(code) => ledger.skip(&RULE, depends_on(code)),
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
    match untitled(&title.to_machine()).filter(|seen| *seen != Untitled::Number || !wants_figures(column)) {
        Some(seen) => ledger.fail(finding(ctx, desk, indicator, voce, entry, seen)),
        None => ledger.pass(&RULE),
    }
}

fn wants_figures(column: &Column) -> bool {
    let label = column.label.to_lowercase();
    label.split_whitespace().any(|word| CODES.contains(&word.trim_matches(['(', ')', ',', ':'])))
}

fn finding(
    ctx: &Context<'_>,
    desk: &Desk<'_>,
    indicator: &Indicator,
    voce: &Voce,
    entry: &Entry,
    seen: Untitled,
) -> Finding {
    let what = match seen {
        Untitled::Number => "un numero",
        Untitled::Rounded => "un numero in forma esponenziale, che ha perso le sue cifre",
        Untitled::Date => "una data",
        Untitled::Time => "un'ora",
        Untitled::Flag => "un valore logico",
    };
    let base = desk.finding(&RULE, indicator, Some(voce), &[entry]);
    let what = format!("{} è {what}, non un titolo", quoted(entry.raw.trim()));
    told(facts(base, entry.raw.trim(), "un titolo a parole"), &place_words(ctx, &entry.id), &what)
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

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
