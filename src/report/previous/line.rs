//! A row of *Dal mese scorso*: its columns, what it is about, and how it is laid.

use crate::book::table::{cells, names};
use crate::book::{Cell, Format, columns};
use crate::model::{Light, Month, Number, Place};

columns! {
    /// The columns of *Dal mese scorso*.
    pub(crate) Previous in names::PREVIOUS {
        Kind: "Che cosa", 19, Always, key = true;
        Subject: "Di che cosa", 44, Always, key = true;
        Office: "Ufficio", 22, First, key = true;
        Before: "Prima", 19, First;
        Now: "Ora", 19, First;
        Why: "Perché", 60, First;
        State: "Stato", 14, First;
        Effect: "Che cosa cambia", 46, Second;
        ThenFile: "File di prima", 28, Second;
        ThenCell: "Cella di prima", 15, Second;
        File: "File di ora", 28, Second;
        Cell: "Cella di ora", 15, Second;
        From: "Dal", 15, Second;
        Month: "Mese", 7, Screen, key = true;
        Row: "Riga", 20, Screen, key = true;
        Column: "Colonna", 14, Screen, key = true;
        Key: "Chiave", 31, Screen, key = true;
    }
}

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// The plan.
    Plan,
    /// A month that is closed, or opened again.
    Closing,
    /// The degree of the ente.
    Ente,
    /// The degree of a scheda.
    Scheda,
    /// The outcome of an indicator.
    Indicator,
    /// An office that was missing and came.
    Came,
    /// An office that was there and is missing.
    Went,
    /// A value of a month already consolidated.
    Correction,
    /// A value of a voce that the plan has no more.
    Lost,
    /// A finding that is no more.
    Resolved,
    /// A finding of which nothing can be said now.
    Unseen,
    /// What was consolidated of an office that is missing now: the next month compares it with that.
    HandedOn,
    /// What an office that is missing now had explained.
    Explained,
    /// A field of a row that was taken away, and nobody says why: the next month asks again.
    Gone,
}

impl Kind {
    /// As it is written.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Plan => "Piano",
            Self::Closing => "Mesi chiusi",
            Self::Ente => "Ente",
            Self::Scheda => "Scheda",
            Self::Indicator => "Indicatore",
            Self::Came => "Ufficio arrivato",
            Self::Went => "Ufficio mancante",
            Self::Correction => "Correzione",
            Self::Lost => "Dato senza voce",
            Self::Resolved => "Rilievo risolto",
            Self::Unseen => "Rilievo sospeso",
            Self::HandedOn => "Dato di chi manca",
            Self::Explained => "Spiegazione di chi manca",
            Self::Gone => "Riga tolta",
        }
    }
}

/// What is left to do about a correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Somebody says why.
    Explained,
    /// It was asked for.
    Asked,
    /// The unit accepts it.
    Waived,
    /// To say why.
    ToExplain,
    /// To say why, before it counts.
    Error,
    /// Its month is closed.
    Closed,
}

impl State {
    /// All of them.
    pub(crate) const ALL: [Self; 6] =
        [Self::Explained, Self::Asked, Self::Waived, Self::ToExplain, Self::Error, Self::Closed];

    /// As it is written.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Explained => "motivata",
            Self::Asked => "chiesta",
            Self::Waived => "derogata",
            Self::ToExplain => "da motivare",
            Self::Error => "errore",
            Self::Closed => "mese chiuso",
        }
    }

    /// Whether a later month asks for it again.
    pub(crate) fn is_open(label: &str) -> bool {
        [Self::ToExplain, Self::Error, Self::Closed].iter().any(|state| state.label() == label)
    }

    pub(super) fn light(self) -> Light {
        match self {
            Self::Explained | Self::Asked | Self::Waived => Light::Verde,
            Self::ToExplain => Light::Giallo,
            Self::Error | Self::Closed => Light::Rosso,
        }
    }
}

/// A row before it is laid.
#[derive(Default)]
pub(super) struct Line {
    pub(super) kind: &'static str,
    pub(super) subject: String,
    pub(super) office: String,
    pub(super) before: Cell,
    pub(super) now: Cell,
    pub(super) why: String,
    pub(super) state: Cell,
    pub(super) effect: String,
    pub(super) was: Option<(String, Place)>,
    pub(super) is: Option<(String, Place)>,
    pub(super) from: String,
    pub(super) month: Option<Month>,
    pub(super) row: String,
    pub(super) column: String,
    pub(super) key: String,
}

pub(super) fn cells_of(line: &Line) -> Vec<Cell> {
    let file = |at: &Option<(String, Place)>| Cell::text(at.as_ref().map_or("", |(file, _)| file));
    let cell = |at: &Option<(String, Place)>| {
        Cell::code(at.as_ref().map_or_else(String::new, |(_, place)| place.to_string()))
    };
    cells(|column| match column {
        Previous::Kind => Cell::text(line.kind).strong(),
        Previous::Subject => Cell::text(&line.subject),
        Previous::Office => Cell::text(&line.office),
        Previous::Before => line.before.clone(),
        Previous::Now => line.now.clone(),
        Previous::Why => Cell::text(&line.why),
        Previous::State => line.state.clone(),
        Previous::Effect => Cell::text(&line.effect),
        Previous::ThenFile => file(&line.was),
        Previous::ThenCell => cell(&line.was),
        Previous::File => file(&line.is),
        Previous::Cell => cell(&line.is),
        Previous::From => Cell::text(&line.from),
        Previous::Month => line.month.map_or_else(Cell::blank, |month| {
            Cell::number(Number::from(i64::from(month.number())), Format::Plain)
        }),
        Previous::Row => Cell::text(&line.row),
        Previous::Column => Cell::code(&line.column),
        Previous::Key => Cell::code(&line.key),
    })
}
