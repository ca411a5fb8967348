//! What a fault in the files makes of the final issue: it is refused, or the outcomes are those of before.

use super::{Ground, Outcomes, each, outcomes};
use crate::certify::{Run, obstacles};
use crate::check::{Check, Facts, Judged, judge, rules};
use crate::impact::{Ground as Results, sort_by_effect};
use crate::model::{IndicatorCode, Rule};
use crate::trial::last_year::is_about_last_year;
use crate::trial::page::read_page;
use crate::trial::previous::is_about_the_issue;
use crate::trial::trouble::Trouble;
use crate::trial::waiver::waiver_of;

/// What became of the final issue with a fault in its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FinalIssue {
    /// The fault is of the plan, or of other months: why.
    NotPlanted(String),
    /// The page is wrong, or its fault cannot be planted: why.
    Failed(String),
    /// Every outcome is the one of before.
    Same,
    /// Outcomes change, and it is refused: how many points are open.
    Refused(usize),
    /// It is issued with other outcomes: of which indicators, and why the page says that nobody could tell.
    Issued(Vec<IndicatorCode>, Option<String>),
}

impl Ground<'_> {
    /// Plants the fault of each check's page and asks for the final issue; several at a time, as many as the
    /// machine can.
    pub fn final_issues(&self, checks: &[Check]) -> Vec<(&'static Rule, FinalIssue)> {
        let lost = || FinalIssue::Failed("la prova si è interrotta".to_owned());
        let found = each(checks, &|check| self.final_issue(check));
        checks.iter().zip(found).map(|(check, found)| (check.rule, found.unwrap_or_else(lost))).collect()
    }

    fn final_issue(&self, check: &Check) -> FinalIssue {
        self.issued_with(check).unwrap_or_else(|trouble| match trouble {
            Trouble::Absent(why) => FinalIssue::NotPlanted(why),
            Trouble::Wrong(why) => FinalIssue::Failed(why),
        })
    }

    fn issued_with(&self, check: &Check) -> Result<FinalIssue, Trouble> {
        let page = read_page(check.page_name, check.page).map_err(Trouble::wrong)?;
        let fault = page.fault.ok_or_else(|| Trouble::wrong("la pagina non ha un guasto"))?;
        if !(fault.months.0..=fault.months.1).contains(&self.month.month) {
            return Err(Trouble::absent("il guasto ha senso solo in altri mesi"));
        }
        for line in &fault.lines {
            if is_about_the_issue(line) {
                return Err(Trouble::absent("il guasto è dell'emissione del mese scorso"));
            }
            if is_about_last_year(line) {
                return Err(Trouble::absent("il guasto è dell'emissione dell'anno prima"));
            }
            if line.get("chiave") == "@piano" || waiver_of(line, self.scene())?.is_some() {
                return Err(Trouble::absent("il guasto è del piano"));
            }
        }
        let (folder, _) = self.plant(&fault.lines)?;
        let (files, submissions) = self.settled(&folder)?;
        let (plan, month) = (self.plan, self.month);
        let facts =
            Facts { plan, month, files: &files, submissions: &submissions, whole: true, previous: None };
        let Judged { mut checked, admitted, consolidation, .. } = judge(&facts);
        let changed = changed(&self.outcomes, &outcomes(&consolidation));
        if changed.is_empty() {
            return Ok(FinalIssue::Same);
        }
        let results = Results { plan, admitted: &admitted, month, consolidation: &consolidation };
        let effects = sort_by_effect(results, &mut checked.findings);
        let rules: Vec<&'static Rule> = rules().collect();
        let open = obstacles(&Run {
            plan,
            consolidation: &consolidation,
            months: &[],
            checked: &checked,
            effects: &effects,
            rules: &rules,
            files: &files,
            submissions: &submissions,
            admitted: &admitted,
            definitive: true,
            prints_all: false,
            past: None,
        });
        Ok(if open.is_empty() {
            FinalIssue::Issued(changed, fault.unknowable)
        } else {
            FinalIssue::Refused(open.len())
        })
    }
}

/// The indicators whose outcome differs.
fn changed(before: &Outcomes, after: &Outcomes) -> Vec<IndicatorCode> {
    let codes = before.keys().chain(after.keys().filter(|code| !before.contains_key(*code)));
    codes.filter(|code| before.get(*code) != after.get(*code)).cloned().collect()
}
