//! Severities that the unit has made lighter, with who answers for it: told wherever a reader judges the
//! findings.

use crate::certify::Run;
use crate::model::capital;
use crate::model::{Finding, date_it, join_it, quoted};
use crate::plan::{Override, Warrant};

/// The severities that the plan changes for a reason, in its order.
pub(super) fn all<'a>(run: &Run<'a>) -> impl Iterator<Item = (&'a Override, &'a Warrant)> + use<'a> {
    run.plan.controls.levels.iter().filter_map(|own| Some((own, own.warrant.as_ref()?)))
}

/// One line for each: `C06 «Decimali in un conteggio» da «errore» a «nota»: perché (chi, 30/6/2019)`.
pub(super) fn lines(run: &Run<'_>) -> Vec<String> {
    let line = |(own, warrant): (&Override, &Warrant)| {
        let rule = run.rules.iter().find(|rule| rule.code == own.code);
        let (name, from) = rule.map_or_else(
            || (String::new(), String::new()),
            |rule| (format!(" {}", quoted(rule.name)), format!(" da {}", quoted(rule.severity.label()))),
        );
        format!("{}{name}{from} a {}: {}", own.code, quoted(own.level.label()), answered(warrant))
    };
    all(run).map(line).collect()
}

/// The codes, in a sentence: `C06 e C07`; nothing when there is none.
pub(super) fn codes(run: &Run<'_>) -> Option<String> {
    let codes: Vec<&str> = all(run).map(|(own, _)| own.code.as_str()).collect();
    (!codes.is_empty()).then(|| join_it(&codes))
}

/// What stands beside a finding made lighter.
pub(super) fn beside(run: &Run<'_>, finding: &Finding) -> Option<String> {
    let from = finding.lowered_from?;
    let (_, warrant) = all(run).find(|(own, _)| own.code == finding.rule.code)?;
    let kept = if finding.keeps_out() { " Il dato resta fuori dai conti." } else { "" };
    Some(format!("GRAVITÀ ABBASSATA, era «{}»: {}.{kept}", from.label(), answered(warrant)))
}

/// Why, who and when.
pub(super) fn answered(warrant: &Warrant) -> String {
    format!("{} ({}, {})", capital(&warrant.reason), warrant.who, date_it(warrant.date))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use crate::book::Content;
    use crate::model::Severity;
    use crate::plan::{Level, Override, Warrant};
    use crate::report::report;
    use crate::report::sample::sample;

    /// The texts of a sheet of a final issue in which the first finding is made lighter by the plan.
    fn told(sheet: &str, level: Option<Level>) -> String {
        let mut december = sample(12);
        december.definitive = true;
        let finding = &mut december.checked.findings[0];
        finding.lowered_from = level.map(|_| Severity::Errore);
        let code = finding.rule.code.to_owned();
        let warrant = Warrant {
            reason: "sede chiusa".to_owned(),
            who: "Dirigente dell'unità".to_owned(),
            date: NaiveDate::from_ymd_opt(2019, 12, 30).unwrap(),
        };
        let own = level.map(|level| Override { code, level, warrant: Some(warrant) });
        december.plan.controls.levels.extend(own);
        let report = report(&december.run());
        let cells = report.sheets.iter().filter(|own| own.name == sheet).flat_map(|own| &own.rows);
        let texts = cells.flat_map(|row| &row.cells).filter_map(|cell| match &cell.content {
            Content::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn who_answers_for_a_lowered_severity_stands_on_every_page_that_judges_findings() {
        let who = "Sede chiusa (Dirigente dell'unità, 30/12/2019)";
        for sheet in ["Copertina", "Rilievi", "Attestazione OIV", "Metodo"] {
            for level in [Level::Of(Severity::Nota), Level::Shadow] {
                let told = told(sheet, Some(level));
                assert!(told.contains(who), "{sheet} {level:?}: {told}");
            }
            assert!(!told(sheet, None).to_lowercase().contains("abbassat"), "{sheet}");
        }
        let findings = told("Rilievi", Some(Level::Of(Severity::Nota)));
        assert!(findings.contains("GRAVITÀ ABBASSATA, era «errore»: Sede chiusa"), "{findings}");
        assert!(told("Copertina", Some(Level::Shadow)).contains("l'unità ha abbassato la gravità"));
    }
}
