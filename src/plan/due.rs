//! What is due by a reporting month: the one rule by which coverage, checks and sheets count what is missing.

use super::types::{Indicator, Plan, Voce};
use crate::model::{Month, OfficeId, Span, TimeKind, VoceType};

/// Whether an office answers for a voce in a month, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It answers, as it has since the voce began.
    Founder,
    /// It answers, and began later than the voce.
    Joined,
    /// It answered, and does no more.
    Past,
    /// It does not answer yet, or never will.
    Outside,
}

impl Voce {
    /// The months for which `office` answers, whatever its time; `None` when it never does.
    pub fn span_of(&self, office: &OfficeId) -> Option<Span> {
        self.spans.of_office(office)
    }

    /// The months of `office` that count up to `month`: its own, up to the cut-off.
    pub fn counting(&self, office: &OfficeId, month: Month) -> Option<Span> {
        self.span_of(office)?.until(self.last_counting(month))
    }

    /// Whether what `office` says of `period` (a month, or the year) may count, in any month.
    pub fn is_asked(&self, office: &OfficeId, period: Option<Month>) -> bool {
        self.span_of(office).is_some_and(|span| period.is_none_or(|month| span.contains(month)))
    }

    /// The first month in which some office answers for it.
    pub fn start(&self) -> Month {
        self.spans.known().map(|span| span.first).min().unwrap_or(Month::JANUARY)
    }

    /// The last month in which some office answers for it.
    pub fn end(&self) -> Month {
        self.spans.known().map(|span| span.last).max().unwrap_or(Month::DECEMBER)
    }

    /// How `office` stands in `month`; after the voce has ended, as in its last month.
    pub fn standing(&self, office: &OfficeId, month: Month) -> Standing {
        let month = month.min(self.end());
        match self.span_of(office) {
            Some(span) if span.first > month => Standing::Outside,
            Some(span) if span.last < month => Standing::Past,
            Some(span) if span.first > self.start() => Standing::Joined,
            Some(_) => Standing::Founder,
            None => Standing::Outside,
        }
    }

    /// Whether `office` answers for it in `month`.
    pub fn is_answered_by(&self, office: &OfficeId, month: Month) -> bool {
        matches!(self.standing(office, month), Standing::Founder | Standing::Joined)
    }

    /// The periods due from `office` by `month`: months for flows and levels (up to the cut-off), the year
    /// (`None`) for annual numbers from its first month and for yes/no in the last one, from who answers
    /// then.
    ///
    /// Dates and texts are never due, nor is what the plan fixes; of a register the declaration is
    /// ([`Voce::register_due`]).
    pub fn due(&self, office: &OfficeId, month: Month) -> Vec<Option<Month>> {
        let own = self.span_of(office).filter(|span| span.first <= month);
        match (self.is_input(), self.time, self.kind) {
            (false, _, _)
            | (true, TimeKind::Costante | TimeKind::Registro, _)
            | (true, TimeKind::Annuale, VoceType::Data | VoceType::Testo) => Vec::new(),
            (true, TimeKind::Mensile | TimeKind::Consistenza, _) => {
                self.counting(office, month).into_iter().flat_map(Span::months).map(Some).collect()
            }
            (true, TimeKind::Annuale, VoceType::SiNo) if month < self.end() => Vec::new(),
            (true, TimeKind::Annuale, VoceType::SiNo) => {
                own.filter(|span| span.last >= self.end()).map(|_| None).into_iter().collect()
            }
            (true, TimeKind::Annuale, _) => own.map(|_| None).into_iter().collect(),
        }
    }

    /// Whether anything of it is due from `office` by `month`; of a register, see [`Voce::register_due`].
    pub fn has_due(&self, office: &OfficeId, month: Month) -> bool {
        !self.due(office, month).is_empty()
    }

    /// Whether `period` (a month, or the year) is among those due from `office` by `month`.
    pub fn is_due(&self, office: &OfficeId, month: Month, period: Option<Month>) -> bool {
        self.due(office, month).contains(&period)
    }

    /// The months for which `office` must declare a register complete when `month` is reported; the
    /// declaration names the last of them.
    pub fn register_due(&self, office: &OfficeId, month: Month) -> Option<Span> {
        self.counting(office, month)
    }
}

impl Indicator {
    /// Whether something of it is asked of `office` by `month`.
    pub fn has_begun(&self, office: &OfficeId, month: Month) -> bool {
        self.voci.iter().all(|voce| voce.spans.is_plain())
            || self.voci.iter().any(|voce| voce.span_of(office).is_some_and(|span| span.first <= month))
    }

    /// The first month in which a term of its formula is asked of somebody.
    pub fn start(&self) -> Month {
        let terms =
            self.formula.inputs().iter().filter_map(|key| self.voce(key)).filter(|voce| voce.is_input());
        terms.map(Voce::start).min().unwrap_or(Month::JANUARY)
    }

    /// The months for which `office` answers for something of it; the whole year when it is not among its
    /// offices.
    pub fn span_of(&self, office: &OfficeId) -> Span {
        let spans = || self.voci.iter().filter_map(|voce| voce.span_of(office));
        let ends = spans().map(|span| span.first).min().zip(spans().map(|span| span.last).max());
        ends.and_then(|(first, last)| Span::new(first, last)).unwrap_or(Span::YEAR)
    }
}

impl Plan {
    /// Which offices of an indicator do not answer for a voce in the whole year, and when they do, in words:
    /// `Ufficio Nord fino a giugno, Ufficio Sud da luglio`; nothing when all of them do.
    pub fn answering_words(&self, indicator: &Indicator, voce: &Voce) -> String {
        let said = indicator.offices.iter().filter_map(|office| {
            let when = match voce.span_of(office) {
                Some(Span::YEAR) => return None,
                Some(span) => span.words(),
                None => "mai".to_owned(),
            };
            Some(format!("{} {when}", self.office_name(office)))
        });
        said.collect::<Vec<_>>().join(", ")
    }

    /// Whether the file of `office` is awaited in `month`: not before the first month for which it answers.
    pub fn awaits(&self, office: &OfficeId, month: Month) -> bool {
        let mut own = self.indicators().filter(|indicator| indicator.offices.contains(office)).peekable();
        own.peek().is_none() || own.any(|indicator| indicator.has_begun(office, month))
    }

    /// How many offices are awaited in `month`.
    pub fn awaited(&self, month: Month) -> usize {
        self.offices.iter().filter(|office| self.awaits(&office.id, month)).count()
    }

    /// The month that `office` signs when `month` is reported: its last one, of one that is no more.
    pub fn signs(&self, office: &OfficeId, month: Month) -> Month {
        self.office(office).map_or(month, |own| own.span.last.min(month))
    }

    /// Whether `office` is no more in `month`: the file of its last month is what it has to say.
    pub fn is_over(&self, office: &OfficeId, month: Month) -> bool {
        self.signs(office, month) < month
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Month, OfficeId};
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
            let due = voce.due(&OfficeId::new("uno"), Month::new(month).unwrap());
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
