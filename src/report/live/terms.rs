//! What a voce is worth, as a formula over *Dati*: months first, then offices, as the engine does.

use crate::model::{Month, OfficeId, OfficeRule, Span as Months, TimeKind, VoceType};
use crate::plan::{Indicator, Plan, Role, Standing, Voce};
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
        if voce.time == TimeKind::Registro && !voce.spans.is_plain() {
            return self.each_register(voce, &Self::declared_months);
        }
        if voce.time == TimeKind::Registro {
            let month = i64::from(voce.last_counting(self.month).number());
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

    /// What a register that is not every office's for the whole year gives for each of them.
    fn each_register(&self, voce: &Voce, of: &dyn Fn(Months, Vec<Formula>) -> Vec<Formula>) -> Vec<Formula> {
        let offices: Vec<&OfficeId> = match &self.office {
            Some((office, _)) => vec![office],
            None => self.indicator.offices.iter().collect(),
        };
        let mut all = Vec::new();
        for office in offices {
            let Some(due) = voce.register_due(office, self.month) else { continue };
            let mut one = vec![Formula::Name(columns::KEY), Formula::text(completeness(voce))];
            one.extend([Formula::Name(columns::OFFICE), self.name(office)]);
            all.extend(of(due, one));
        }
        if all.is_empty() { vec![Formula::whole(0)] } else { all }
    }

    /// How many of the months `due` an office declares: those up to its declaration.
    fn declared_months(due: Months, one: Vec<Formula>) -> Vec<Formula> {
        let (first, last) = (i64::from(due.first.number()), i64::from(due.last.number()));
        let value = |sign: Sign, limit: i64| {
            let limit = Formula::text(sign.symbol()).signed(Sign::And, Formula::whole(limit));
            [Formula::Name(columns::VALUE), limit]
        };
        let mut within = one;
        within.extend(counting());
        let mut beyond = within.clone();
        within.extend(value(Sign::AtLeast, first));
        within.extend(value(Sign::AtMost, last));
        beyond.extend(value(Sign::Above, last));
        let before = Formula::whole(first - 1).signed(Sign::Times, count(within.clone()));
        let number = i64::from(due.number());
        vec![
            sum(within).signed(Sign::Less, before),
            Formula::whole(number).signed(Sign::Times, count(beyond)),
        ]
    }

    /// Entries due of a voce.
    pub(in crate::report) fn expected(&self, voce: &Voce) -> Formula {
        if voce.time == TimeKind::Registro && !voce.spans.is_plain() {
            let due = |due: Months, mut one: Vec<Formula>| {
                one.extend([Formula::Name(columns::DUE), Formula::text("sì")]);
                vec![Formula::whole(i64::from(due.number())).signed(Sign::Times, count(one))]
            };
            return all(Sign::Plus, self.each_register(voce, &due));
        }
        if voce.time == TimeKind::Registro {
            let mut conditions = self.of_key(completeness(voce), voce);
            conditions.extend([Formula::Name(columns::DUE), Formula::text("sì")]);
            return Formula::whole(i64::from(voce.last_counting(self.month).number()))
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
        let begun = |office: &&OfficeId| voce.standing(office, self.month) != Standing::Outside;
        let all = self.indicator.offices.iter().filter(begun).count();
        Formula::whole(if one { 1 } else { i64::try_from(all).unwrap_or(i64::MAX) })
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
        let own = self.answering(voce, &[Standing::Founder, Standing::Joined]);
        let there = own.iter().map(|name| {
            let mut at = vec![Formula::Name(columns::OFFICE), name.clone()];
            at.extend(self.counted(voce));
            count(at)
        });
        let there = (!voce.spans.is_plain()).then(|| all(Sign::Plus, there));
        let latest = own.into_iter().map(|name| {
            let mut at = vec![Formula::Name(columns::KEY), Formula::text(voce.key.as_str())];
            at.extend(counting());
            at.extend([Formula::Name(columns::OFFICE), name.clone()]);
            at.extend([Formula::Name(columns::MONTH), self.last_month(&[voce], Some(name))]);
            sum(at)
        });
        let latest = all(Sign::Plus, latest);
        match there {
            None => unless_none(&self.own(), &voce, latest),
            // Whoever answers no more has no level.
            Some(there) => Formula::choose(there.is(Formula::whole(0)), Formula::none(), latest),
        }
    }

    /// The names of the offices that stand so at the month.
    fn answering(&self, voce: &Voce, standing: &[Standing]) -> Vec<Formula> {
        let stands = |office: &OfficeId| standing.contains(&voce.standing(office, self.month));
        match &self.office {
            Some((office, name)) => Some(name.clone()).filter(|_| stands(office)).into_iter().collect(),
            None => {
                self.indicator.offices.iter().filter(|one| stands(one)).map(|one| self.name(one)).collect()
            }
        }
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
        let latest = Formula::call(Call::Max, latest);
        if voce.rule != OfficeRule::Condivisa && !voce.spans.is_plain() {
            let there = self.all_dates(voce, &until);
            return Formula::choose(there, latest, Formula::none());
        }
        let wanted = if voce.rule == OfficeRule::Condivisa {
            Formula::whole(1)
        } else {
            let left = self.offices(voce).signed(Sign::Less, count(exempt));
            Formula::call(Call::Max, [Formula::whole(1), left])
        };
        Formula::choose(dates.signed(Sign::AtLeast, wanted), latest, Formula::none())
    }

    /// Whether the dates are all there, where offices come and go: of those that answer since the beginning,
    /// each has one; and so has each that came later, unless one that went left its own.
    fn all_dates(&self, voce: &Voce, until: &Formula) -> Formula {
        let of = |standing: Standing| {
            let mut dates = Vec::new();
            let mut exempt = Vec::new();
            for name in self.answering(voce, &[standing]) {
                let mut at = vec![Formula::Name(columns::OFFICE), name.clone()];
                at.extend(self.counted(voce));
                at.extend([Formula::Name(columns::VALUE), until.clone()]);
                dates.push(count(at));
                let mut at = vec![Formula::Name(columns::OFFICE), name];
                at.extend(self.of(voce));
                at.extend([Formula::Name(columns::COUNTS), Formula::text(NOT_APPLICABLE)]);
                exempt.push(count(at));
            }
            (dates.len(), all(Sign::Plus, dates), all(Sign::Plus, exempt))
        };
        let have_all = |standing: Standing| {
            let (offices, dates, exempt) = of(standing);
            let offices = Formula::whole(i64::try_from(offices).unwrap_or(i64::MAX));
            dates.signed(Sign::AtLeast, offices.signed(Sign::Less, exempt))
        };
        let (_, past, _) = of(Standing::Past);
        let (_, founders, _) = of(Standing::Founder);
        let (_, joined, _) = of(Standing::Joined);
        let some = founders.signed(Sign::Plus, joined).signed(Sign::Plus, past.clone());
        let left = past.signed(Sign::Above, Formula::whole(0));
        let joined = Formula::call(Call::Or, [left, have_all(Standing::Joined)]);
        let some = some.signed(Sign::Above, Formula::whole(0));
        Formula::call(Call::And, [some, have_all(Standing::Founder), joined])
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
