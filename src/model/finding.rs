//! Findings: what a check says, with everything that a reader needs to go and look.

use super::{CellRef, EntryRef, IndicatorCode, Month, OfficeId, VoceKey};

/// How serious a finding is, ordered from the lightest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Information; never a defect.
    Nota,
    /// Unusual but possible: an explanation is wanted.
    DaMotivare,
    /// Contradicts a rule: the entry does not count until it is mended.
    Errore,
    /// The file cannot be trusted or read.
    Bloccante,
}

impl Severity {
    /// As written everywhere: `da motivare`.
    pub fn label(self) -> &'static str {
        match self {
            Severity::Nota => "nota",
            Severity::DaMotivare => "da motivare",
            Severity::Errore => "errore",
            Severity::Bloccante => "bloccante",
        }
    }
}

/// What a check is: made by the build from the page of each.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The code of the catalogue: `R03`. Never reused.
    pub code: &'static str,
    /// The fault in a few Italian words: `La parte supera il tutto`.
    pub name: &'static str,
    /// Default severity.
    pub severity: Severity,
    /// Why it matters, one Italian sentence.
    pub why: &'static str,
    /// What to do, either/or, in Italian.
    pub remedy: &'static str,
    /// The same said to the office.
    pub to_office: &'static str,
    /// Whether it only says that something is missing, or is about the workbook: then it keeps no entry
    /// out of the sums, whatever its severity.
    pub missing: bool,
}

/// Other cells of the same finding, in another sheet or in another office's file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Related {
    /// The office concerned.
    pub office: OfficeId,
    /// The file's name.
    pub file: String,
    /// The sheet's name as found.
    pub sheet: String,
    /// The cells, in order.
    pub cells: Vec<CellRef>,
}

/// Why a finding is accepted: what a derogation of the unit says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// Why.
    pub reason: String,
    /// Who decided.
    pub who: String,
    /// The last month for which it holds.
    pub until: Option<Month>,
}

/// What an office may answer to a finding that came back to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnswerKind {
    /// The value is another one now.
    Corretto,
    /// The value is right, and why.
    Confermo,
    /// It is not this office's matter, and why.
    NonRiguarda,
    /// Something that is not offered: what was written is kept as its reason, and counts for nothing.
    Altro,
}

impl AnswerKind {
    /// Those that are offered.
    pub const ALL: [Self; 3] = [Self::Corretto, Self::Confermo, Self::NonRiguarda];

    /// As written everywhere: `non riguarda noi`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Corretto => "corretto",
            Self::Confermo => "confermo",
            Self::NonRiguarda => "non riguarda noi",
            Self::Altro => "risposta non prevista",
        }
    }

    /// The answer with this label, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        let lower = text.trim().to_lowercase();
        Self::ALL.into_iter().find(|kind| kind.label() == lower)
    }
}

/// The answer of an office to a finding, given for the very values that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Who answers.
    pub office: OfficeId,
    /// What.
    pub kind: AnswerKind,
    /// Why; empty when the office has not said it.
    pub reason: String,
}

impl Answered {
    /// Whether it explains what was found: the office confirms it, and says why.
    pub fn explains(&self) -> bool {
        self.kind == AnswerKind::Confermo && !self.reason.is_empty()
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule it comes from.
    pub rule: &'static Rule,
    /// Severity after the plan's overrides.
    pub severity: Severity,
    /// The severity that the check gave, when the plan has lowered it: what is kept out stays out.
    pub lowered_from: Option<Severity>,
    /// The office concerned.
    pub office: Option<OfficeId>,
    /// The file's name.
    pub file: Option<String>,
    /// The sheet's name as found.
    pub sheet: Option<String>,
    /// All the cells involved, in order.
    pub cells: Vec<CellRef>,
    /// The other cells involved, in other sheets or files.
    pub related: Vec<Related>,
    /// The entries that stand in all these cells, in their order; given when the finding is told.
    pub entries: Vec<EntryRef>,
    /// The scheda concerned.
    pub scheda: Option<u8>,
    /// The indicator concerned.
    pub indicator: Option<IndicatorCode>,
    /// The voce concerned.
    pub voce: Option<VoceKey>,
    /// The month concerned.
    pub month: Option<Month>,
    /// What was found, with the numbers.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// The whole sentence for people, without code and remedy.
    pub message: String,
    /// What to do, either/or.
    pub remedy: String,
    /// The derogation that accepts it; it stays visible and keeps nothing out.
    pub waived: Option<Waived>,
    /// What its offices answer, each for the values that they have now.
    pub answered: Vec<Answered>,
}

impl Finding {
    /// What to do, said to the office.
    pub fn remedy_to_office(&self) -> &str {
        if self.remedy == self.rule.remedy { self.rule.to_office } else { &self.remedy }
    }

    /// The severity by which entries are kept out: that of the check, unless the plan has raised it.
    pub fn own_severity(&self) -> Severity {
        self.lowered_from.unwrap_or(self.severity)
    }

    /// Whether it keeps the entries it names out of the sums: whatever the plan makes of its severity, only a
    /// derogation lets them in.
    pub fn keeps_out(&self) -> bool {
        self.own_severity() >= Severity::Errore && !self.rule.missing && self.waived.is_none()
    }

    /// Whether somebody still has to do something about it.
    pub fn is_open(&self) -> bool {
        self.waived.is_none()
    }

    /// Whether an office has explained it: never an *errore*, which is mended.
    pub fn is_explained(&self) -> bool {
        self.own_severity() < Severity::Errore && self.answered.iter().any(Answered::explains)
    }

    /// Whether it is about the plan and no office's file: the unit's to settle, and the same in every month.
    pub fn is_about_the_plan(&self) -> bool {
        self.rule.code.starts_with('P') && self.file.is_none()
    }

    /// Every cell it names, as (file, sheet, cell).
    pub fn named(&self) -> impl Iterator<Item = (&str, &str, CellRef)> {
        let own = self.file.as_deref().zip(self.sheet.as_deref());
        let own =
            own.into_iter().flat_map(|(file, sheet)| self.cells.iter().map(move |cell| (file, sheet, *cell)));
        let related = self.related.iter().flat_map(|other| {
            other.cells.iter().map(move |cell| (other.file.as_str(), other.sheet.as_str(), *cell))
        });
        own.chain(related)
    }

    /// The file that it keeps out whole: an *errore* on a file, without any sheet.
    pub fn bans_file(&self) -> Option<&str> {
        (self.keeps_out() && self.sheet.is_none() && self.related.is_empty())
            .then_some(self.file.as_deref())
            .flatten()
    }

    /// A finding of `rule` about nothing in particular; fill the rest with struct update or the `at_*`
    /// methods.
    pub fn of(rule: &'static Rule) -> Self {
        Self {
            rule,
            severity: rule.severity,
            lowered_from: None,
            office: None,
            file: None,
            sheet: None,
            cells: Vec::new(),
            related: Vec::new(),
            entries: Vec::new(),
            scheda: None,
            indicator: None,
            voce: None,
            month: None,
            found: String::new(),
            expected: String::new(),
            message: String::new(),
            remedy: rule.remedy.to_owned(),
            waived: None,
            answered: Vec::new(),
        }
    }
}
