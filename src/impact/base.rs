//! What the other readings of the plan are compared with.

use std::rc::Rc;

use super::bench::{AsRead, Bench, Seen};
use crate::aggregate::IndicatorResult;
use crate::model::{Finding, Status, Value, VoceKey};
use crate::plan::{Indicator, Notice};

/// What the other readings are compared with.
pub(super) struct Base<'a> {
    pub(super) indicator: &'a Indicator,
    /// As it stands in the consolidation.
    pub(super) now: Seen,
    /// As the plan is read.
    pub(super) read: Rc<AsRead>,
}

impl<'a> Base<'a> {
    pub(super) fn of(bench: &mut Bench<'a>, indicator: &'a Indicator) -> Option<Self> {
        let now = bench.now(indicator)?;
        let withheld = now.status == Status::NonVerificabile;
        let read = bench.as_read(indicator, withheld);
        Some(Self { indicator, now, read })
    }

    /// As the plan is read, on what is given.
    pub(super) fn result(&self) -> &IndicatorResult {
        &self.read.result
    }

    /// What a voce adds up to.
    pub(super) fn total(&self, key: &VoceKey) -> Option<&Value> {
        self.result().voci.iter().find(|total| &total.key == key)?.value.as_ref()
    }
}

/// Why a finding on what no file shows cannot be computed.
pub(super) fn unseen(code: &str) -> &'static str {
    match code {
        "P02" => "nessun file dice se un dato è finito nella riga, o nell'ufficio, dal nome simile",
        _ => {
            "non si sa in che giorno cade il patrono, e i giorni lavorativi contati senza di esso possono essere uno in più"
        }
    }
}

/// The notice of the plan from which a finding comes.
pub(super) fn notice<'a>(bench: &Bench<'a>, finding: &Finding) -> Option<&'a Notice> {
    bench.plan().notices.iter().find(|notice| {
        notice.code == finding.rule.code
            && notice.scheda == finding.scheda
            && notice.indicator == finding.indicator
            && notice.found == finding.found
    })
}
