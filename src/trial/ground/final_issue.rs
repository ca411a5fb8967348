//! What a fault in the files makes of the final issue: it is refused, or the figures are those of before.

use super::{Ground, waiver_of};
use crate::aggregate::{Consolidation, IndicatorResult};
use crate::check::{Check, rules};
use crate::model::{IndicatorCode, Rule};
use crate::report::{Run, obstacles};
use crate::trial::page::read_page;
use crate::trial::trouble::Trouble;

/// What became of the final issue with a fault in its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FinalIssue {
    /// The fault cannot be planted in these files, or is not one of theirs: why.
    NotPlanted(String),
    /// It is refused: how many points are open.
    Refused(usize),
    /// It is issued; the indicators whose outcome is another one than without the fault.
    Issued(Vec<IndicatorCode>),
}

impl Ground<'_> {
    /// Plants the fault of a check's page and asks for the final issue.
    pub fn final_issue(&self, check: &Check) -> FinalIssue {
        self.issued_with(check).unwrap_or_else(|trouble| FinalIssue::NotPlanted(trouble.words().to_owned()))
    }

    fn issued_with(&self, check: &Check) -> Result<FinalIssue, Trouble> {
        let page = read_page(check.page_name, check.page).map_err(Trouble::wrong)?;
        let fault = page.fault.ok_or_else(|| Trouble::absent("la pagina non ha un guasto"))?;
        if !(fault.months.0..=fault.months.1).contains(&self.month.month) {
            return Err(Trouble::absent("il guasto ha senso solo in altri mesi"));
        }
        for line in &fault.lines {
            if line.get("chiave") == "@piano" || waiver_of(line, self.scene())?.is_some() {
                return Err(Trouble::absent("il guasto è del piano"));
            }
        }
        let (clean, _) = self.plant(&[])?;
        let (faulty, _) = self.plant(&fault.lines)?;
        let before = self.job(self.plan, &clean)?;
        let after = self.job(self.plan, &faulty)?;
        let rules: Vec<&'static Rule> = rules().collect();
        let open = obstacles(&Run::of_job(self.plan, &after, &rules, true)).len();
        if open > 0 {
            return Ok(FinalIssue::Refused(open));
        }
        Ok(FinalIssue::Issued(changed(&before.consolidation, &after.consolidation)))
    }
}

/// The indicators whose outcome differs.
fn changed(before: &Consolidation, after: &Consolidation) -> Vec<IndicatorCode> {
    let same = |result: &&IndicatorResult| {
        before.indicator(&result.code).is_some_and(|own| own.status == result.status)
    };
    after.indicators.iter().filter(|result| !same(result)).map(|result| result.code.clone()).collect()
}
