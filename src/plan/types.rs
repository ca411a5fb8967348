//! The plan as the rest of the program sees it: complete, checked, with no loose end.

use std::borrow::{Borrow, Cow};
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate};

use super::archive::{Archive, Origin};
use super::calendar::Calendar;
use super::roll::Roll;
use super::settings::{Closing, Controls};
use super::spans::Spans;
use super::target::Target;
use crate::formula::Formula;
use crate::model::{
    IndicatorCode, Month, Number, OfficeId, OfficeRule, Span, TimeKind, Value, VoceKey, VoceType, YearMonth,
    ratio_it,
};

/// A year's plan. A `Plan` in hand is a right one: no later room checks it again.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The chamber: `CCIAA Venezia Rovigo`.
    pub ente: String,
    /// The year.
    pub year: i32,
    /// The document's title.
    pub title: String,
    /// The act that approved it.
    pub delibera: String,
    /// The plan's own version, as its authors number it.
    pub version: String,
    /// Which texts of the schede are summaries of the printed ones.
    pub summaries: Summaries,
    /// Seats, as the plan lists them.
    pub seats: Vec<Seat>,
    /// National holidays of the year and patron saints of the seats.
    pub calendar: Calendar,
    /// Scoring rules.
    pub scoring: Scoring,
    /// Offices, in the plan's order.
    pub offices: Roll<Office>,
    /// How the offices reach the unit, and the day of the following month by which they send.
    pub unit: PerformanceUnit,
    /// Schede, by number.
    pub schede: Vec<Scheda>,
    /// Decisions of the performance unit.
    pub decisions: Vec<Decision>,
    /// What was revised during the year, by month.
    pub revisions: Vec<Revision>,
    /// How the checks are to be taken, and the findings accepted.
    pub controls: Controls,
    /// The months that are closed.
    pub closing: Closing,
    /// SHA-256 of the parsed plan, in hexadecimal: a comment or a blank changes nothing. What the unit
    /// decides during the year (`decisioni`, `revisioni`, `controlli`, `deroghe`, `chiusure`), what only
    /// steers the checks on a voce (`plausibile_da`, `zero`, …), what only turns results into degrees and
    /// money (`punteggio` with its bands, `peso`, `importo`) and the act of approval (`delibera`) are left
    /// out: no office's workbook depends on them.
    pub sha256: String,
    /// SHA-256 of all of the parsed plan, decisions, checks, derogations and amounts too, also the
    /// derogations of a file beside it.
    pub sha256_whole: String,
    /// Both hashes as they were in the months before each of these, by month: of the plan without the
    /// revisions that come later, and with the targets and formulas of then.
    pub earlier_hashes: Vec<Hashes>,
    /// Ambiguities of the text and the readings chosen: never errors.
    pub notices: Vec<Notice>,
    /// What the final issue of the year before holds, when it is given: no part of the file.
    pub archive: Option<Arc<Archive>>,
}

/// Texts of the schede that the plan gives in short.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summaries {
    /// The descriptions.
    pub descriptions: bool,
    /// The benefits.
    pub benefits: bool,
}

/// The unit that follows the plan, as the offices know it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PerformanceUnit {
    /// Name, telephone, address; empty when the plan does not say.
    pub contact: String,
    /// The day of the following month by which the offices send, when the plan says it.
    pub send_by: Option<u32>,
    /// The day of the following month by which they send again what they have mended, when the plan says it.
    pub mend_by: Option<u32>,
}

impl PerformanceUnit {
    /// The date by which something of `month` is sent, `day` being a day of the month after.
    pub fn date(month: YearMonth, day: Option<u32>) -> Option<NaiveDate> {
        let first = month.last_day().succ_opt()?;
        first.checked_add_days(Days::new(u64::from(day?.checked_sub(1)?)))
    }
}

/// A seat of the chamber.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Its town; empty when the plan does not say it.
    pub name: String,
    /// Whether the plan says on which day its patron saint falls.
    pub has_patron: bool,
}

/// How results become degrees and colours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scoring {
    /// Highest degree, 0–100.
    pub cap: Number,
    /// Green from this degree on.
    pub green: Number,
    /// Yellow from this degree on; below it red.
    pub yellow: Number,
    /// Payout bands (degree from, share 0–1), by rising degree; empty when the plan gives none.
    pub bands: Vec<Band>,
}

/// A payout band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Lowest degree of the band, 0–100.
    pub from: Number,
    /// The share of the amount, 0–1.
    pub share: Number,
}

/// An office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Identifier: `metrico`.
    pub id: OfficeId,
    /// Full name.
    pub name: String,
    /// The forms in which the source document prints it.
    pub printed: Vec<String>,
    /// The months in which it is there.
    pub span: Span,
    /// The office that answers for all that it answers for, from the month after its last one.
    pub merges_into: Option<OfficeId>,
}

impl Borrow<OfficeId> for Office {
    fn borrow(&self) -> &OfficeId {
        &self.id
    }
}

/// A scheda.
#[derive(Clone, Debug)]
pub struct Scheda {
    /// Its number.
    pub number: u8,
    /// A short title.
    pub title: String,
    /// Balanced-scorecard perspective.
    pub perspective: String,
    /// Strategic objective.
    pub strategic: String,
    /// Description, condensed.
    pub description: String,
    /// Expected benefits, condensed.
    pub benefits: String,
    /// Weight among the schede (1 unless given).
    pub weight: Number,
    /// Amount in euro, when the plan gives one.
    pub amount: Option<Number>,
    /// Dates by which something is to be done; evidence, never scored.
    pub milestones: Vec<Milestone>,
    /// Actions, in order.
    pub actions: Vec<Action>,
}

/// A dated phase of a scheda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// What is to be done.
    pub text: String,
    /// By when.
    pub date: NaiveDate,
}

/// An action of a scheda.
#[derive(Clone, Debug)]
pub struct Action {
    /// As printed.
    pub text: String,
    /// Operational objective, as printed.
    pub objective: String,
    /// Its indicators, in order.
    pub indicators: Vec<Indicator>,
}

/// An indicator.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// Its code: `6.2`.
    pub code: IndicatorCode,
    /// The scheda's number.
    pub scheda: u8,
    /// As printed.
    pub text: String,
    /// The formula, bound and checked.
    pub formula: Formula,
    /// The target, read from its printed text.
    pub target: Target,
    /// Responsible offices, in the plan's order.
    pub offices: Roll<OfficeId>,
    /// The offices' cell as printed; empty where the document leaves it blank.
    pub printed_offices: String,
    /// Weight in the scheda (1 unless given).
    pub weight: Number,
    /// Readings chosen where the document is ambiguous.
    pub readings: Vec<String>,
    /// All its voci, in the order of the sheet.
    pub voci: Vec<Voce>,
    /// The baseline that is not a term of the formula (5.1, 12.1, 13.1).
    pub baseline: Option<VoceKey>,
    /// A share with a target of its own, shown beside and never deciding (5.2).
    pub share: Option<Box<Share>>,
    /// What it was in the months before each of these, where a target or a formula was revised; by month.
    pub earlier: Vec<(Month, Indicator)>,
}

/// A second condition of another kind than an increase: a share of the indicator's voci, computed and shown,
/// never deciding. A mean within its term says nothing of the cases beyond it; their share does.
#[derive(Clone, Debug)]
pub struct Share {
    /// What it is a share of, in words: `quota delle richieste con risposta entro il termine`.
    pub text: String,
    /// Why its target is that one, where the document gives none; empty otherwise.
    pub reading: String,
    /// The indicator once more with the formula and the target of the share, a number, and the voci that it
    /// names.
    pub judged: Indicator,
}

/// The part that a voce plays besides being a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A term of the formula.
    Term,
    /// A value of an earlier year (also when it is a term).
    Baseline,
    /// Shown beside, not judged.
    Informative,
}

/// A voce: something an office reports, or a constant of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voce {
    /// Its key: `S01.ore_sportello`.
    pub key: VoceKey,
    /// What the office reads: `Ore di sportello a Portogruaro`.
    pub label: String,
    /// A line of help for the clerk.
    pub guide: String,
    /// Type of the entry (a register has the types of its columns; here `Testo`).
    pub kind: VoceType,
    /// How entries lie in time.
    pub time: TimeKind,
    /// How the offices' values become one.
    pub rule: OfficeRule,
    /// The voce of which this is a part, in the same indicator.
    pub part_of: Option<VoceKey>,
    /// The last month that counts (8.1: September), or in which it is asked at all.
    pub cutoff: Option<Month>,
    /// The months in which each office answers for it.
    pub spans: Spans,
    /// Where it comes from, for a value of the year before that its final issue gives.
    pub origin: Option<Origin>,
    /// The value fixed by the plan: always for a constant, sometimes for an annual voce.
    pub fixed: Option<Fixed>,
    /// Its part.
    pub role: Role,
    /// Lowest entry admitted, when the plan gives one.
    pub min: Option<Number>,
    /// Highest entry admitted, when the plan gives one.
    pub max: Option<Number>,
    /// Entries below or above are unusual, when the plan says so.
    pub plausible: (Option<Number>, Option<Number>),
    /// Whether entries may be negative (`segno = "libero"`).
    pub free_sign: bool,
    /// Whether a zero is implausible (V06).
    pub rare_zero: bool,
    /// The twelve months of the year before, when the plan gives them (M13).
    pub last_year: Vec<Number>,
    /// Dates are admitted in this period, ends included (the plan's year unless widened).
    pub period: (NaiveDate, NaiveDate),
    /// The table's shape, for a register.
    pub register: Option<Register>,
}

/// A value fixed by the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The value.
    pub value: Value,
    /// Where it comes from.
    pub source: String,
}

/// The shape of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// Columns, in order.
    pub columns: Vec<Column>,
    /// The column that tells one row from another: its key.
    pub identity: String,
    /// The date column that makes a row count.
    pub event: String,
}

/// A column of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its key: `scadenza`.
    pub key: String,
    /// What the office reads.
    pub label: String,
    /// Its type.
    pub kind: VoceType,
}

/// A decision of the performance unit: the indicator is *non valutabile*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The indicator.
    pub indicator: IndicatorCode,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub who: String,
    /// When.
    pub date: NaiveDate,
}

/// Something revised during the year: the plan holds what is in force at the end of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// What: `3.1.target`, `S03.prodotti.uffici`.
    pub what: String,
    /// What it was.
    pub before: String,
    /// What it is.
    pub after: String,
    /// The act.
    pub act: String,
    /// Its date.
    pub date: NaiveDate,
    /// The first month for which it holds.
    pub from: Month,
    /// Its place among those of the file.
    pub place: usize,
}

impl Revision {
    /// What it was, for people.
    pub fn was(&self) -> &str {
        Self::words(&self.before)
    }

    /// What it is, for people.
    pub fn is(&self) -> &str {
        Self::words(&self.after)
    }

    fn words(text: &str) -> &str {
        if text.is_empty() { "niente" } else { text }
    }

    /// Whether it was decided when the first month that it changes was over.
    pub fn is_of_the_past(&self) -> bool {
        self.date > self.from.last_day(self.date.year())
    }
}

/// The hashes that the plan had before a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hashes {
    /// The first month for which they are not its own.
    pub until: Month,
    /// See [`Plan::sha256`].
    pub sha256: String,
    /// See [`Plan::sha256_whole`].
    pub sha256_whole: String,
}

/// Something the plan's reader should know; never an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The code of the catalogue: `P07`.
    pub code: &'static str,
    /// The scheda concerned; none when it is about the whole plan.
    pub scheda: Option<u8>,
    /// The indicator concerned.
    pub indicator: Option<IndicatorCode>,
    /// Another indicator with which it is compared.
    pub other: Option<IndicatorCode>,
    /// What the plan has that gives rise to it: `100%`.
    pub found: String,
    /// The sentence.
    pub message: String,
}

impl Notice {
    /// What it is about, in a few words: `4.2`, `Scheda 4`, `tutto il piano`.
    pub fn subject(&self) -> String {
        match (&self.indicator, self.scheda) {
            (Some(code), _) => code.to_string(),
            (None, Some(scheda)) => format!("Scheda {scheda}"),
            (None, None) => "tutto il piano".to_owned(),
        }
    }
}

impl Plan {
    /// All indicators, in order.
    pub fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.schede.iter().flat_map(|scheda| scheda.actions.iter().flat_map(|action| &action.indicators))
    }

    /// The indicator with this code.
    pub fn indicator(&self, code: &IndicatorCode) -> Option<&Indicator> {
        self.indicators().find(|indicator| &indicator.code == code)
    }

    /// All voci with the indicator they stand under, in order.
    pub fn voci(&self) -> impl Iterator<Item = (&Indicator, &Voce)> {
        self.indicators().flat_map(|indicator| indicator.voci.iter().map(move |voce| (indicator, voce)))
    }

    /// The voce with this key and the indicator it stands under.
    pub fn voce(&self, key: &VoceKey) -> Option<(&Indicator, &Voce)> {
        // A key begins with the number of its scheda: the others are not asked.
        let own = key.scheda().and_then(|number| self.schede.iter().find(|scheda| scheda.number == number));
        let indicators = own.into_iter().flat_map(|scheda| &scheda.actions).flat_map(|own| &own.indicators);
        let mut near =
            indicators.flat_map(|indicator| indicator.voci.iter().map(move |voce| (indicator, voce)));
        near.find(|(_, voce)| &voce.key == key).or_else(|| self.voci().find(|(_, voce)| &voce.key == key))
    }

    /// The office with this identifier.
    pub fn office(&self, id: &OfficeId) -> Option<&Office> {
        self.offices.find(id)
    }

    /// The name of an office, or its identifier when the plan does not know it.
    pub fn office_name<'a>(&'a self, id: &'a OfficeId) -> &'a str {
        self.office(id).map_or(id.as_str(), |office| office.name.as_str())
    }

    /// The schede in which an office takes part, in order.
    pub fn schede_of<'a>(&'a self, office: &'a OfficeId) -> impl Iterator<Item = &'a Scheda> {
        self.schede.iter().filter(move |scheda| scheda.indicators_of(office).next().is_some())
    }

    /// The decision that takes an indicator out of the evaluation.
    pub fn decision(&self, code: &IndicatorCode) -> Option<&Decision> {
        self.decisions.iter().find(|decision| &decision.indicator == code)
    }

    /// The plan as it stands in `month`: with the targets and the formulas in force then, without the
    /// revisions that come later, and with the hashes that it had without them. A report of June is the same
    /// before and after July's revision.
    pub fn at(&self, month: Month) -> Cow<'_, Self> {
        if self.revisions.iter().all(|revision| revision.from <= month) {
            return Cow::Borrowed(self);
        }
        let mut then = self.clone();
        then.revisions.retain(|revision| revision.from <= month);
        if let Some(hashes) = self.earlier_hashes.iter().find(|hashes| hashes.until > month) {
            then.sha256.clone_from(&hashes.sha256);
            then.sha256_whole.clone_from(&hashes.sha256_whole);
        }
        then.earlier_hashes.retain(|hashes| hashes.until <= month);
        for action in then.schede.iter_mut().flat_map(|scheda| &mut scheda.actions) {
            for indicator in &mut action.indicators {
                let mut own = indicator.at(month).clone();
                own.earlier = indicator.earlier.iter().filter(|(from, _)| *from <= month).cloned().collect();
                *indicator = own;
            }
        }
        Cow::Owned(then)
    }

    /// The revisions of an indicator: of its target, of its formula, of anything else of it or of its voci.
    pub fn revisions_of(&self, indicator: &Indicator) -> impl Iterator<Item = &Revision> {
        self.revisions.iter().filter(|revision| {
            let subject = revision.what.rsplit_once('.').map_or("", |(subject, _)| subject);
            subject == indicator.code.as_str()
                || indicator.voci.iter().any(|voce| voce.key.as_str() == subject)
        })
    }

    /// The name of the workbook of an office: `schede-2019-metrico.xlsx`.
    pub fn workbook_name(&self, office: &OfficeId) -> String {
        format!("schede-{}-{office}.xlsx", self.year)
    }

    /// What an office's workbook says first: whose it is, of which year.
    pub fn workbook_title(&self, office: &OfficeId) -> String {
        format!("{} · schede di performance {}", self.office_name(office), self.year)
    }

    /// What stands beside the title of each of its sheets.
    pub fn sheet_title(&self, office: &OfficeId) -> String {
        format!("{} · {} · anno {}", self.office_name(office), self.ente, self.year)
    }

    /// `month` of the plan's year.
    pub fn month(&self, month: Month) -> YearMonth {
        YearMonth { year: self.year, month }
    }
}

impl Scheda {
    /// All indicators of the scheda, in order.
    pub fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.actions.iter().flat_map(|action| &action.indicators)
    }

    /// The indicators for which an office is responsible.
    pub fn indicators_of<'a>(&'a self, office: &'a OfficeId) -> impl Iterator<Item = &'a Indicator> {
        self.indicators().filter(move |indicator| indicator.offices.contains(office))
    }
}

impl Indicator {
    /// The indicator as it stands in `month`.
    pub fn at(&self, month: Month) -> &Self {
        self.earlier.iter().find(|(from, _)| *from > month).map_or(self, |(_, then)| then)
    }

    /// The voce with this key.
    pub fn voce(&self, key: &VoceKey) -> Option<&Voce> {
        self.voci.iter().find(|voce| &voce.key == key)
    }

    /// The last month that counts for its formula, when a term has one.
    pub fn cutoff(&self) -> Option<Month> {
        self.formula.inputs().iter().filter_map(|key| self.voce(key)?.cutoff).min()
    }

    /// Whether several offices share it.
    pub fn is_shared(&self) -> bool {
        self.offices.len() > 1
    }

    /// The baseline beside the formula, when the plan gives its value.
    pub fn given_baseline(&self) -> Option<&Voce> {
        self.voce(self.baseline.as_ref()?).filter(|voce| voce.fixed.is_some())
    }

    /// How it is read: what the plan says, and what its office rules and its second condition leave to be
    /// said.
    pub fn all_readings(&self) -> Vec<String> {
        let latest = |key: &VoceKey| self.voce(key).is_some_and(|voce| voce.rule == OfficeRule::Ultima);
        let standing = (self.is_shared() && self.formula.inputs().iter().any(latest)).then(|| {
            "Se gli uffici scrivono date diverse fa fede la data più lontana, quando ci sono tutte."
                .to_owned()
        });
        let beside = self.share.as_ref().map(|share| self.share_reading(share));
        self.readings.iter().cloned().chain(standing).chain(beside).collect()
    }

    /// Whether something else is asked beside the threshold, shown and never deciding: an increase or a
    /// share.
    pub fn has_second_condition(&self) -> bool {
        self.target.second.is_some() || self.share.is_some()
    }

    fn share_reading(&self, share: &Share) -> String {
        let label = |key: &VoceKey| self.voce(key).map_or_else(|| key.to_string(), |voce| voce.label.clone());
        let (formula, target) = (&share.judged.formula, &share.judged.target);
        let what = format!("{} ({}), {}", share.text, formula.in_words(&label), target.read_in_words());
        let why = if share.reading.is_empty() { String::new() } else { format!(" {}", share.reading) };
        format!(
            "Seconda condizione: {what}.{why} Si calcola e si mostra accanto; l'esito e il grado li decide il target."
        )
    }
}

impl Voce {
    /// The value fixed by the plan, for people: `2.735`, `93,94 %`, `93,94 % (1193/1270)` where the decimals
    /// never end.
    pub fn fixed_words(&self) -> Option<String> {
        let value = &self.fixed.as_ref()?.value;
        let Value::Number(number) = value else { return Some(value.to_people()) };
        let share = self.kind == VoceType::Percentuale;
        let words = if share { ratio_it(number) } else { value.to_people() };
        if number.terminating_decimals().is_some() {
            return Some(words);
        }
        let (over, under) = number.terms();
        Some(format!("{words} ({over}/{under})"))
    }

    /// The month with which its number is closed, when it is one number for the whole year: the first one for
    /// which `office` answers.
    pub fn month_of_number(&self, office: &OfficeId) -> Option<Month> {
        let is_one = self.time == TimeKind::Annuale && self.kind.is_number();
        self.span_of(office).filter(|_| is_one).map(|span| span.first)
    }

    /// Whether an office types it (constants and values fixed by the plan are only shown).
    pub fn is_input(&self) -> bool {
        self.fixed.is_none()
    }

    /// Whether a blank month counts zero when the office says that nothing happened in it: of a flow of
    /// numbers.
    pub fn is_zero_when_idle(&self) -> bool {
        self.is_input() && self.time == TimeKind::Mensile && self.kind.is_number()
    }

    /// The last month that counts up to `month`: the cut-off when it comes first.
    pub fn last_counting(&self, month: Month) -> Month {
        self.cutoff.map_or(month, |cutoff| cutoff.min(month))
    }
}

impl Register {
    /// The column with this key.
    pub fn column(&self, key: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.key == key)
    }
}
