//! Why an issued workbook is not the memory of a month.

use crate::model::{YearMonth, quoted};
use crate::plan::Plan;
use crate::read::Refusal;

/// Why an issued workbook is not the memory of this month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It cannot be read.
    Unreadable(Refusal),
    /// It is no issue of this program.
    NotAnIssue,
    /// Of another ente: its name.
    OtherEnte(String),
    /// Of another year.
    OtherYear(i32),
    /// Not of the year before that of the plan: its year.
    NotTheYearBefore(i32),
    /// Not the final issue of its year: its month.
    NotFinal(YearMonth),
    /// Made with another plan of the same year.
    OtherPlan,
    /// Of the reporting month, or of a later one.
    NotBefore(YearMonth),
    /// It does not agree with itself: how.
    Forged(String),
}

impl Refused {
    /// Whether it is the wrong file, rather than one that cannot be used.
    pub fn is_another(&self) -> bool {
        !matches!(self, Self::Unreadable(_) | Self::Forged(_))
    }

    /// The same of a file that another program has saved since it was issued, which says why it differs.
    pub(super) fn of_a_file_saved_by(self, program: Option<String>) -> Self {
        match (self, program) {
            (Self::Forged(how), Some(program)) => {
                let by =
                    if program.is_empty() { String::new() } else { format!(" con {}", quoted(&program)) };
                Self::Forged(format!("{how}; dopo l'emissione è stato salvato di nuovo{by}"))
            }
            (why, _) => why,
        }
    }

    /// Why, in words; what is wrong with the file itself is told by whoever read it.
    pub fn words(&self, plan: &Plan, month: Option<YearMonth>) -> String {
        match self {
            Self::Unreadable(_) => "non si legge".to_owned(),
            Self::NotAnIssue => "non è un consolidato di questo programma".to_owned(),
            Self::OtherEnte(ente) => {
                format!(
                    "è di un altro ente: sulla copertina c'è {}, il piano è di {}",
                    quoted(ente),
                    plan.ente
                )
            }
            Self::OtherYear(year) => format!("è del {year}, il piano è del {}", plan.year),
            Self::NotTheYearBefore(year) => {
                format!("è del {year}, il piano è del {}: serve quello del {}", plan.year, plan.year - 1)
            }
            Self::NotFinal(own) => format!(
                "non è l'emissione definitiva del {}: è quella di {}, provvisoria",
                own.year,
                own.in_words()
            ),
            Self::OtherPlan => "è fatto con un altro piano".to_owned(),
            Self::NotBefore(own) => {
                let now = month.map_or_else(String::new, |month| format!(" {}", month.in_words()));
                format!(
                    "è di {}, e deve essere di un mese prima di quello di riferimento{now}",
                    own.in_words()
                )
            }
            Self::Forged(how) => format!("non torna con sé stesso: {how}"),
        }
    }
}
