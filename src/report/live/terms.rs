//! What a voce is worth, as a formula over *Dati*: months first, then offices, as the engine does.

use crate::model::{Month, OfficeId, OfficeRule, TimeKind, VoceType};
use crate::plan::{Indicator, Plan, Role, Voce};
use crate::report::data::{COUNTS, KEPT_OUT, NOT_APPLICABLE, columns};
use crate::report::registers::{Registers, Span};

use crate::excel::{Call, Formula, Sign};
use crate::live::{Entries, last_month, levels, unless_none};

/// Whose entries, up to when.
#[derive(Clone)]
pub(in crate::report) struct Reach<'a> {
    pub plan: &'a Plan,
    pub registers: &'a Registers<'a>,
    pub indicator: &'a Indicator,
    /// One office, with the criterion that finds its name; otherwise all those of the indicator.
    pub office: Option<(&'a OfficeId, Formula)>,
    /// The last month that counts.
    pub month: Month,
}

impl<'a> Reach<'a> {
    /// The value of a voce; the empty text when there is none.
    pub(in crate::report) fn term(&self, voce: &Voce) -> Formula {
        if voce.fixed.is_some() {
            return lookup(key(voce), Formula::none()).or(Formula::none());
        }
        match voce.time {
            TimeKind::Registro => self.rows(voce),
            TimeKind::Mensile => self.flow(voce),
            TimeKind::Consistenza => self.level(voce),
            TimeKind::Annuale | TimeKind::Costante => self.annual(voce),
        }
    }

    /// Whether every office said that the voce does not apply: then nothing was reported.
    pub(super) fn nobody(&self, voce: &Voce) -> Formula {
        let mut conditions = self.of(voce);
        conditions.extend([Formula::Name(columns::COUNTS), Formula::text(NOT_APPLICABLE)]);
        count(conditions).is(self.offices(voce))
    }

    /// How many entries of the voce a finding keeps out, those of later months left out.
    fn kept_out(&self, voce: &Voce) -> Formula {
        let all = vec![
            Formula::Name(columns::KEY),
            Formula::text(voce.key.as_str().to_owned()),
            Formula::Name(columns::COUNTS),
            Formula::text(format!("{KEPT_OUT}*")),
        ];
        if !voce.time.by_month() || self.month == Month::DECEMBER {
            return count(all);
        }
        // Subtracted, so that an entry without a month is never left out.
        let mut later = all.clone();
        let after = Formula::text(format!(">{}", self.month.number()));
        later.extend([Formula::Name(columns::MONTH), after]);
        count(all).signed(Sign::Less, count(later))
    }

    /// Whether an entry that the indicator uses is kept out.
    pub(super) fn spoiled(&self) -> Formula {
        let used = self.indicator.voci.iter().filter(|voce| voce.role != Role::Informative);
        all(Sign::Plus, used.map(|voce| self.kept_out(voce))).signed(Sign::Above, Formula::whole(0))
    }

    /// Whether the indicator is taken out by a decision.
    pub(super) fn excluded(&self) -> bool {
        self.plan.decision(&self.indicator.code).is_some()
    }

    /// Entries reported of a voce, of those due.
    pub(in crate::report) fn present(&self, voce: &Voce) -> Vec<Formula> {
        let month = i64::from(voce.register_due(self.month).number());
        if voce.time == TimeKind::Registro {
            let declared = |sign: Sign| {
                let mut conditions = self.of_key(completeness(voce), voce);
                conditions.extend(counting());
                let limit = Formula::text(sign.symbol()).signed(Sign::And, Formula::whole(month));
                conditions.extend([Formula::Name(columns::VALUE), limit]);
                conditions
            };
            return vec![
                sum(declared(Sign::AtMost)),
                Formula::whole(month).signed(Sign::Times, count(declared(Sign::Above))),
            ];
        }
        let mut conditions = self.due(voce);
        conditions.extend(counting());
        vec![count(conditions)]
    }

    /// Entries due of a voce.
    pub(in crate::report) fn expected(&self, voce: &Voce) -> Formula {
        if voce.time == TimeKind::Registro {
            let mut conditions = self.of_key(completeness(voce), voce);
            conditions.extend([Formula::Name(columns::DUE), Formula::text("sì")]);
            return Formula::whole(i64::from(voce.register_due(self.month).number()))
                .signed(Sign::Times, count(conditions));
        }
        count(self.due(voce))
    }

    fn due(&self, voce: &Voce) -> Vec<Formula> {
        let mut conditions = self.of(voce);
        if let (OfficeRule::Condivisa, Some((_, name))) = (voce.rule, &self.office) {
            conditions.extend([Formula::Name(columns::OFFICE), name.clone()]);
        }
        conditions.extend([Formula::Name(columns::DUE), Formula::text("sì")]);
        conditions
    }

    /// How many offices there are to answer.
    fn offices(&self, voce: &Voce) -> Formula {
        let one = self.office.is_some() && voce.rule != OfficeRule::Condivisa;
        Formula::whole(if one { 1 } else { i64::try_from(self.indicator.offices.len()).unwrap_or(i64::MAX) })
    }

    /// The rows of a voce: of the office, unless the value is shared.
    fn of(&self, voce: &Voce) -> Vec<Formula> {
        self.of_key(voce.key.as_str().to_owned(), voce)
    }

    fn of_key(&self, key: String, voce: &Voce) -> Vec<Formula> {
        let mut conditions = vec![Formula::Name(columns::KEY), Formula::text(key)];
        if let Some((_, name)) = self.office.as_ref().filter(|_| voce.rule != OfficeRule::Condivisa) {
            conditions.extend([Formula::Name(columns::OFFICE), name.clone()]);
        }
        conditions
    }

    /// The rows of a voce that count, up to the month.
    fn counted(&self, voce: &Voce) -> Vec<Formula> {
        let mut conditions = self.of(voce);
        conditions.extend(counting());
        if voce.time.by_month() {
            let limit = Formula::text(format!("<={}", self.month.number()));
            conditions.extend([Formula::Name(columns::MONTH), limit]);
        }
        conditions
    }

    fn rows(&self, voce: &Voce) -> Formula {
        let span = self.span();
        let rows = self
            .registers
            .marks(&voce.key, span)
            .map_or_else(|| Formula::whole(0), |marks| Formula::call(Call::Sum, [marks]));
        let mut conditions = self.of_key(completeness(voce), voce);
        conditions.extend(counting());
        let silent = [rows.clone().is(Formula::whole(0)), count(conditions).is(Formula::whole(0))];
        Formula::choose(Formula::call(Call::And, silent), Formula::none(), rows)
    }

    pub(super) fn span(&self) -> Span<'_> {
        match &self.office {
            Some((office, _)) => Span::Office(office),
            None => Span::Month(self.month),
        }
    }

    fn flow<'s>(&'s self, voce: &'s Voce) -> Formula {
        let total = if voce.rule == OfficeRule::Condivisa {
            let of = |month: Month| {
                lookup(key(voce), Formula::whole(i64::from(month.number()))).or(Formula::whole(0))
            };
            all(Sign::Plus, self.month.up_to().map(of))
        } else {
            sum(self.counted(voce))
        };
        unless_none(&self.own(), &voce, total)
    }

    fn level<'s>(&'s self, voce: &'s Voce) -> Formula {
        let levels = levels(self.indicator);
        if voce.rule != OfficeRule::Somma {
            let own = if levels.len() > 1 { &levels[..] } else { &[voce] };
            return lookup(key(voce), self.last_month(own, None)).or(Formula::none());
        }
        if levels.len() > 1 {
            let mut at = self.counted(voce);
            at.extend([Formula::Name(columns::MONTH), self.last_month(&levels, None)]);
            return Formula::choose(count(at.clone()).is(Formula::whole(0)), Formula::none(), sum(at));
        }
        let own: Vec<Formula> = match &self.office {
            Some((_, name)) => vec![name.clone()],
            None => self.indicator.offices.iter().map(|office| self.name(office)).collect(),
        };
        let latest = own.into_iter().map(|name| {
            let mut at = vec![Formula::Name(columns::KEY), Formula::text(voce.key.as_str())];
            at.extend(counting());
            at.extend([Formula::Name(columns::OFFICE), name.clone()]);
            at.extend([Formula::Name(columns::MONTH), self.last_month(&[voce], Some(name))]);
            sum(at)
        });
        unless_none(&self.own(), &voce, all(Sign::Plus, latest))
    }

    fn name(&self, office: &OfficeId) -> Formula {
        Formula::criterion(self.plan.office_name(office))
    }

    fn own(&self) -> Rows<'_, 'a> {
        Rows { reach: self, office: None }
    }

    /// The last month in which all of `levels` are reported, by one office where it is given.
    fn last_month<'s>(&'s self, levels: &[&'s Voce], office: Option<Formula>) -> Formula {
        last_month(&Rows { reach: self, office }, levels, self.month.up_to())
    }

    fn annual(&self, voce: &Voce) -> Formula {
        match voce.kind {
            VoceType::Data => self.date(voce),
            VoceType::SiNo => self.yes_no(voce),
            _ => self.number(voce),
        }
    }

    /// The one value of the year, where it is shared; otherwise the sum of the offices'.
    fn number<'s>(&'s self, voce: &'s Voce) -> Formula {
        if voce.rule == OfficeRule::Condivisa {
            return lookup(key(voce), Formula::none()).or(Formula::none());
        }
        unless_none(&self.own(), &voce, sum(self.counted(voce)))
    }

    fn date(&self, voce: &Voce) -> Formula {
        let as_of = Formula::date(self.month.last_day(self.plan.year));
        let until = Formula::text("<=").signed(Sign::And, as_of);
        let mut dates = self.counted(voce);
        dates.extend([Formula::Name(columns::VALUE), until.clone()]);
        let dates = count(dates);
        if voce.rule == OfficeRule::Conta {
            return Formula::choose(self.nobody(voce), Formula::none(), dates);
        }
        let mut exempt = self.of(voce);
        exempt.extend([Formula::Name(columns::COUNTS), Formula::text(NOT_APPLICABLE)]);
        let wanted = if voce.rule == OfficeRule::Condivisa {
            Formula::whole(1)
        } else {
            let left = self.offices(voce).signed(Sign::Less, count(exempt));
            Formula::call(Call::Max, [Formula::whole(1), left])
        };
        let own = match &self.office {
            Some((_, name)) if voce.rule != OfficeRule::Condivisa => vec![name.clone()],
            _ => self.indicator.offices.iter().map(|office| self.name(office)).collect(),
        };
        let latest: Vec<Formula> = own
            .into_iter()
            .map(|name| {
                let mut at = vec![Formula::Name(columns::KEY), Formula::text(voce.key.as_str())];
                at.extend(counting());
                at.extend([
                    Formula::Name(columns::OFFICE),
                    name,
                    Formula::Name(columns::VALUE),
                    until.clone(),
                ]);
                sum(at)
            })
            .collect();
        Formula::choose(
            dates.signed(Sign::AtLeast, wanted),
            Formula::call(Call::Max, latest),
            Formula::none(),
        )
    }

    fn yes_no(&self, voce: &Voce) -> Formula {
        let closed = self.plan.month(self.month).closes_year();
        if voce.rule == OfficeRule::Condivisa {
            let answer = lookup(key(voce), Formula::none()).is(Formula::text("Sì"));
            let silent = if closed { Formula::none() } else { Formula::whole(0) };
            let value = Formula::choose(answer, Formula::whole(1), Formula::whole(0)).or(silent);
            return Formula::choose(self.nobody(voce), Formula::none(), value);
        }
        let mut yes = self.counted(voce);
        yes.extend([Formula::Name(columns::VALUE), Formula::text("Sì")]);
        Formula::choose(self.nobody(voce), Formula::none(), count(yes))
    }
}

/// The rows of *Dati* within reach, those of one office of it where it is given.
struct Rows<'r, 'a> {
    reach: &'r Reach<'a>,
    office: Option<Formula>,
}

impl<'r> Entries for Rows<'r, '_> {
    type Voce = &'r Voce;

    fn count(&self, voce: &&'r Voce) -> Formula {
        count(self.reach.counted(voce))
    }

    fn has(&self, voce: &&'r Voce, month: Month) -> Formula {
        let mut at = self.reach.of(voce);
        if let (Some(name), None) = (&self.office, &self.reach.office) {
            at.extend([Formula::Name(columns::OFFICE), name.clone()]);
        }
        at.extend(counting());
        at.extend([Formula::Name(columns::MONTH), Formula::whole(i64::from(month.number()))]);
        count(at).signed(Sign::Above, Formula::whole(0))
    }
}

fn key(voce: &Voce) -> Formula {
    Formula::text(format!("{}/", voce.key))
}

fn completeness(voce: &Voce) -> String {
    format!("{}.completo", voce.key)
}

/// The first entry that counts under a key and a month.
fn lookup(key: Formula, month: Formula) -> Formula {
    let wanted = if month == Formula::none() { key } else { key.signed(Sign::And, month) };
    let place = Formula::call(Call::Match, [wanted, Formula::Name(columns::SEARCH), Formula::whole(0)]);
    Formula::call(Call::Index, [Formula::Name(columns::VALUE), place])
}

fn counting() -> [Formula; 2] {
    [Formula::Name(columns::COUNTS), Formula::text(COUNTS)]
}

fn count(conditions: Vec<Formula>) -> Formula {
    Formula::Call(Call::CountIfs, conditions)
}

fn sum(conditions: Vec<Formula>) -> Formula {
    let mut arguments = vec![Formula::Name(columns::VALUE)];
    arguments.extend(conditions);
    Formula::Call(Call::SumIfs, arguments)
}

/// All of them with a sign between.
pub(super) fn all(sign: Sign, formulas: impl IntoIterator<Item = Formula>) -> Formula {
    formulas.into_iter().reduce(|all, one| all.signed(sign, one)).unwrap_or_else(|| Formula::whole(0))
}
