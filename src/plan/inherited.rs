//! A plan with what the final issue of the year before gives it.

use std::sync::Arc;

use super::archive::{Archive, LastYear, Origin};
use super::notices;
use super::types::{Fixed, Indicator, Plan, Voce};
use crate::model::IndicatorCode;

impl Plan {
    /// The plan with the baselines that the final issue of the year before gives.
    #[must_use]
    pub fn with_archive(&self, archive: Archive) -> Self {
        let mut plan = self.clone();
        let actions = plan.schede.iter_mut().flat_map(|scheda| &mut scheda.actions);
        for indicator in actions.flat_map(|action| &mut action.indicators) {
            give(indicator, &archive);
            for (_, earlier) in &mut indicator.earlier {
                give(earlier, &archive);
            }
        }
        plan.archive = Some(Arc::new(archive));
        plan.notices = notices::of(&plan);
        plan
    }

    /// The baselines that say where they come from, with their indicators.
    pub fn origins(&self) -> impl Iterator<Item = (&Indicator, &Voce, &Origin)> {
        self.voci().filter_map(|(indicator, voce)| Some((indicator, voce, voce.origin.as_ref()?)))
    }

    /// What an indicator gave in the year before, when its final issue is given and has it.
    pub fn last_year(&self, code: &IndicatorCode) -> Option<&LastYear> {
        self.archive.as_ref()?.results.get(code)
    }
}

fn give(indicator: &mut Indicator, archive: &Archive) {
    let judged = indicator.share.as_mut().map(|share| &mut share.judged.voci);
    for voce in indicator.voci.iter_mut().chain(judged.into_iter().flatten()) {
        let Some(origin) = voce.origin.clone() else { continue };
        let Ok(value) = archive.value_of(voce.kind, &origin) else { continue };
        let typed = voce.fixed.replace(Fixed { value, source: archive.source_of(&origin) });
        voce.origin = Some(Origin { typed: origin.typed.or(typed.map(|own| own.value)), ..origin });
    }
}
