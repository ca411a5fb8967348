//! What is due by a reporting month: the one rule by which coverage, checks and sheets count what is missing.

use super::Voce;
use crate::model::{Month, TimeKind, VoceType};

impl Voce {
    /// The periods due from each office by `month`: months for flows and levels (up to the cut-off), the year
    /// (`None`) for annual numbers from January and for yes/no in December.
    ///
    /// Dates and texts are never due, nor is what the plan fixes; of a register the declaration is
    /// ([`Voce::register_due`]).
    pub fn due(&self, month: Month) -> Vec<Option<Month>> {
        match (self.is_input(), self.time, self.kind) {
            (false, _, _)
            | (true, TimeKind::Costante | TimeKind::Registro, _)
            | (true, TimeKind::Annuale, VoceType::Data | VoceType::Testo) => Vec::new(),
            (true, TimeKind::Mensile | TimeKind::Consistenza, _) => {
                self.last_counting(month).up_to().map(Some).collect()
            }
            (true, TimeKind::Annuale, VoceType::SiNo) if month != Month::DECEMBER => Vec::new(),
            (true, TimeKind::Annuale, _) => vec![None],
        }
    }

    /// Whether anything of it is due by `month`; of a register, see [`Voce::register_due`].
    pub fn has_due(&self, month: Month) -> bool {
        !self.due(month).is_empty()
    }

    /// Whether `period` (a month, or the year) is among those due by `month`.
    pub fn is_due(&self, month: Month, period: Option<Month>) -> bool {
        self.due(month).contains(&period)
    }

    /// The month up to which a register must be declared complete when `month` is reported.
    pub fn register_due(&self, month: Month) -> Month {
        self.last_counting(month)
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Month;
    use crate::plan::read_plan;

    const PLAN: &str = r#"
formato = 1
ente = "CCIAA Prova"
anno = 2019
titolo = "Prova"
versione = "1"
[punteggio]
metodo = "proporzionale"
[[uffici]]
id = "uno"
nome = "Ufficio uno"
[[schede]]
numero = 1
titolo = "S"
prospettiva = "P"
obiettivo_strategico = "O"
[[schede.azioni]]
testo = "A"
[[schede.azioni.indicatori]]
codice = "1.1"
testo = "indicatore"
target = ">= 10"
uffici = ["uno"]
formula = "flusso"
voci = [
  { chiave = "flusso", etichetta = "a", tipo = "conteggio", tempo = "mensile" },
  { chiave = "fino_a_marzo", etichetta = "b", tipo = "conteggio", tempo = "mensile", fino_al = 3, ruolo = "informativa" },
  { chiave = "livello", etichetta = "c", tipo = "conteggio", tempo = "consistenza", ruolo = "informativa" },
  { chiave = "numero", etichetta = "d", tipo = "conteggio", tempo = "annuale", ruolo = "informativa" },
  { chiave = "si_no", etichetta = "e", tipo = "si_no", tempo = "annuale", ruolo = "informativa" },
  { chiave = "data", etichetta = "f", tipo = "data", tempo = "annuale", ruolo = "informativa" },
  { chiave = "testo", etichetta = "g", tipo = "testo", tempo = "annuale", ruolo = "informativa" },
  { chiave = "dato", etichetta = "h", tipo = "conteggio", tempo = "annuale", valore = 3, fonte = "Atto del 1/1/2019", ruolo = "informativa" },
]
"#;

    /// How many periods of each voce are due by a month, and whether the year is one of them.
    #[test]
    fn each_time_and_type_is_due_as_the_design_says() {
        let plan = read_plan(PLAN).unwrap();
        let due = |name: &str, month: u32| {
            let (_, voce) = plan.voci().find(|(_, voce)| voce.key.name() == name).unwrap();
            let due = voce.due(Month::new(month).unwrap());
            (due.len(), due.contains(&None))
        };
        for (name, january, june, december) in [
            ("flusso", (1, false), (6, false), (12, false)),
            ("fino_a_marzo", (1, false), (3, false), (3, false)),
            ("livello", (1, false), (6, false), (12, false)),
            ("numero", (1, true), (1, true), (1, true)),
            ("si_no", (0, false), (0, false), (1, true)),
            ("data", (0, false), (0, false), (0, false)),
            ("testo", (0, false), (0, false), (0, false)),
            ("dato", (0, false), (0, false), (0, false)),
        ] {
            assert_eq!((due(name, 1), due(name, 6), due(name, 12)), (january, june, december), "{name}");
        }
    }
}
