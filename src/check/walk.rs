//! The walks that most checks share: over the files, over the entries; they keep the account.

use super::desk::{Desk, fault_code};
use super::ledger::depends_on;
use super::say;
use super::{Context, Fate, Ledger, Received};
use crate::interpret::{Entry, EntryState, Submission};
use crate::model::{Finding, Rule, Value, VoceType};
use crate::plan::{Domain, Limit, Voce};
use crate::read::Refusal;

/// An entry with everything around it.
#[derive(Clone, Copy)]
pub(super) struct Item<'a> {
    /// The workbook it stands in.
    pub(super) submission: &'a Submission,
    /// The workbook with its entries by voce.
    pub(super) desk: &'a Desk<'a>,
    /// The entry.
    pub(super) entry: &'a Entry,
    /// The voce.
    pub(super) voce: &'a Voce,
    /// Whether it is the "complete up to month" of a register.
    pub(super) completeness: bool,
}

/// Why what depends on a number format is not judged.
pub(super) const UNTOLD: &str = "il formato del numero, nel file .ods, non si può confrontare con il modello";

/// Whether an entry is a number of an OpenDocument workbook whose format cannot be told.
pub(super) fn is_untold(submission: &Submission, entry: &Entry) -> bool {
    matches!(entry.state, EntryState::Value(_)) && submission.traits.untold.contains(&entry.place)
}

/// The entries whose format cannot be told.
pub(super) fn untold(submission: &Submission) -> impl Iterator<Item = &Entry> {
    let all = submission.entries.iter().chain(submission.completeness.values());
    all.filter(|entry| is_untold(submission, entry))
}

impl<'a> Item<'a> {
    /// The type wanted: of the voce, of the register's column, or a whole number for a declared month.
    pub(super) fn kind(&self) -> VoceType {
        if self.completeness {
            return VoceType::Conteggio;
        }
        self.voce.kind_of(self.entry.id.column.as_deref())
    }

    /// What it may be.
    pub(super) fn domain(&self) -> Domain<'a> {
        if self.completeness { Domain::Month } else { self.voce.domain(self.entry.id.column.as_deref()) }
    }

    /// The value read, when it goes against this limit.
    pub(super) fn breaking(&self, limit: Limit) -> Option<&'a Value> {
        self.value().filter(|value| self.domain().breaks(limit, value))
    }

    /// The value read, when there is one.
    pub(super) fn value(&self) -> Option<&'a Value> {
        match &self.entry.state {
            EntryState::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Whether nothing is typed there.
    fn is_blank(&self) -> bool {
        matches!(self.entry.state, EntryState::Blank)
    }

    /// The entry's place in words.
    pub(super) fn words(&self, context: &Context<'_>) -> String {
        let words = say::place_words(context.plan, &self.entry.id);
        if self.completeness { format!("{words}, completo fino al mese") } else { words }
    }

    /// A finding about it: found, expected and the sentence.
    pub(super) fn finding(
        &self,
        context: &Context<'_>,
        rule: &'static Rule,
        expected: &str,
        what: &str,
    ) -> Finding {
        let base = say::about(context.plan, rule, self.submission, self.entry);
        say::told(say::facts(base, self.entry.raw.clone(), expected), &self.words(context), what)
    }
}

/// Every entry of every submission with its voce, the declared months of the registers included.
pub(super) fn items<'a>(context: &Context<'a>) -> impl Iterator<Item = Item<'a>> + use<'a> {
    context.desks.iter().flat_map(|desk| {
        let item = |completeness| {
            move |(voce, entry)| Item { submission: desk.submission, desk, entry, voce, completeness }
        };
        desk.typed().map(item(false)).chain(desk.declared().map(item(true)))
    })
}

/// Judges the entries to which `rule` applies: `judge` gives the expected thing and the sentence when the
/// entry is not in order. What is wrong for another reason, or lost, is *non valutato*.
pub(super) fn entries(
    context: &Context<'_>,
    ledger: &mut Ledger,
    rule: &'static Rule,
    applies: impl Fn(&Item<'_>) -> bool,
    judge: impl Fn(&Item<'_>) -> Option<(String, String)>,
) {
    findings(context, ledger, rule, applies, |item| {
        let (expected, what) = judge(item)?;
        Some(item.finding(context, rule, &expected, &what))
    });
}

/// The same for a rule whose findings are more than an expected thing and a sentence.
pub(super) fn findings(
    context: &Context<'_>,
    ledger: &mut Ledger,
    rule: &'static Rule,
    applies: impl Fn(&Item<'_>) -> bool,
    judge: impl Fn(&Item<'_>) -> Option<Finding>,
) {
    for item in items(context).filter(|item| applies(item)) {
        if ledger.skip_blocked(rule, item.entry.at) {
            continue;
        }
        // What cannot count, whatever it is, is told once.
        if item.desk.is_not_theirs(item.entry.at) && !item.is_blank() {
            ledger.skip(rule, depends_on("A11"));
            continue;
        }
        if let Some(finding) = judge(&item) {
            ledger.fail(finding);
            continue;
        }
        match &item.entry.state {
            EntryState::Wrong(fault) => ledger.skip(rule, depends_on(fault_code(fault))),
            EntryState::Lost => ledger.skip(rule, depends_on("T06")),
            _ => ledger.pass(rule),
        }
    }
}

/// The check that speaks of a file's fate, and how far on the road the file came: 0 name, 1 bytes,
/// 2 manifest, 3 plan, 4 office, 5 the other files.
pub(super) fn fate_step(fate: &Fate) -> (&'static str, u8) {
    match fate {
        Fate::Refused(Refusal::Temporary) => ("F04", 0),
        Fate::Refused(Refusal::Unreadable(_) | Refusal::Damaged(_)) => ("F01", 1),
        Fate::Refused(Refusal::OtherKind(_)) => ("F02", 1),
        Fate::Refused(Refusal::Stray(_)) => ("F20", 1),
        Fate::Refused(Refusal::Encrypted) => ("F03", 1),
        Fate::Refused(Refusal::Envelope(_)) => ("F19", 1),
        Fate::Refused(Refusal::Ambiguous(_)) => ("F23", 1),
        Fate::Refused(Refusal::TooBig { .. }) => ("F15", 1),
        Fate::SetAside(_) => ("F01", 1),
        Fate::Foreign(_) => ("F05", 2),
        Fate::OtherPlan(..) => ("F06", 3),
        Fate::UnknownOffice(..) | Fate::Misnamed(_) => ("F08", 4),
        Fate::CopyOf(_) | Fate::Rival(_) => ("F09", 5),
        Fate::Accepted => ("", 6),
    }
}

/// Judges every file that came as far as `step`: `judge` gives the finding of a file that is not in order.
pub(super) fn files(
    context: &Context<'_>,
    ledger: &mut Ledger,
    rule: &'static Rule,
    step: u8,
    judge: impl Fn(&Received) -> Option<Finding>,
) {
    for file in context.files {
        let (code, stopped) = fate_step(&file.fate);
        if let Some(finding) = judge(file) {
            ledger.fail(finding);
        } else if stopped <= step && code != rule.code {
            ledger.skip(rule, depends_on(code));
        } else {
            ledger.pass(rule);
        }
    }
}

/// A finding about a file: `File «x.xlsx»: what. Why.`
pub(super) fn file_finding(
    rule: &'static Rule,
    file: &Received,
    found: &str,
    expected: &str,
    what: &str,
) -> Finding {
    let place = format!("File {}", crate::model::quoted(&file.name));
    say::told(say::facts(say::about_file(rule, file), found, expected), &place, what)
}
