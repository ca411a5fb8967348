//! What helps who types in a scheda: the code of each entry, the verdict of each row, what is due and what is
//! still open, in sums and in one sentence.

use std::collections::BTreeMap;

use super::cells::{any, explains_nothing, is_one_of, looked_up, one_if, own, says_nothing};
use super::extent::Extent;
use super::judgement::{self, Judged};
use super::layout::{
    CAUSE, CHECK, CODES, COUNTED, DUE, END, GAPS, HAVE, HEADER, LABEL, Layout, Line, NOTE, OWED, REASON,
    SENTENCE, TOTAL, TYPED, WHEN, WORST, WRONG, YEAR, at_month, month_col,
};
use super::names::{self, Sum, known};
use super::verdict::{self, Asked, Code, Sentences, TO_EXPLAIN, TO_MEND, number};
use crate::excel::{Call, Formula, Own, Sign};
use crate::model::{CellRef, Month, OfficeId, TimeKind, VoceType};
use crate::plan::{CAUSES, Domain, Indicator, NO_WORDS, NOT_APPLICABLE_WORDS, Pair, Voce, YES_WORDS};

/// Every cell that helps, by its place; of those of entries the place alone, where only figures are wanted.
pub(super) fn aids(layout: &Layout<'_>, extent: Extent) -> BTreeMap<CellRef, Formula> {
    let mut desk = Desk { layout, extent, aids: BTreeMap::new() };
    for (row, line) in layout.rows() {
        match line {
            Line::Voce(indicator, voce) if voce.is_input() => desk.voce(row, indicator, voce),
            Line::Declared(voce) => desk.declared(row, voce),
            Line::Band(indicator) => desk.band(row, indicator),
            Line::Remarks(indicator) => desk.remarks(row, indicator),
            Line::Idle => desk.idle(row),
            _ => {}
        }
    }
    desk.sums();
    desk.aids
}

/// What stands beside a result when an entry of it is to be put right.
pub(super) const SPOILED: &str = "■ non calcolabile: correggi";

/// After every month: no entry of a row is missing.
const NO_MONTH: i64 = 13;

struct Desk<'l, 'a> {
    layout: &'l Layout<'a>,
    extent: Extent,
    aids: BTreeMap<CellRef, Formula>,
}

impl<'a> Desk<'_, 'a> {
    fn put(&mut self, row: u32, col: u16, formula: Formula) {
        self.aids.insert(CellRef { row, col }, formula);
    }

    fn voce(&mut self, row: u32, indicator: &'a Indicator, voce: &'a Voce) {
        if self.extent == Extent::Figures {
            return self.places_of(row, voce);
        }
        let domain = voce.domain(None).without_days(self.layout.plan.days_beyond(voce));
        if voce.time.by_month() {
            self.months(row, indicator, voce, &domain);
        } else {
            self.year(row, indicator, voce, &domain);
        }
        let worst = Formula::OwnRange(Own::at(row, CODES), Own::at(row, CODES + 11));
        self.put(row, WORST, Formula::call(Call::Max, [worst]));
        self.counts(row, voce);
        self.verdict(row, indicator, voce, &domain);
    }

    /// The cells that help with an entry, without what they say: no figure follows from them, and the
    /// formulas are many.
    fn places_of(&mut self, row: u32, voce: &Voce) {
        let by_month = voce.time.by_month();
        let codes = CODES..CODES + if by_month { 12 } else { 1 };
        let others = [WORST, DUE, HAVE, GAPS, WRONG, OWED, CHECK].into_iter().chain(by_month.then_some(WHEN));
        codes.chain(others).for_each(|col| self.put(row, col, Formula::none()));
    }

    fn months(&mut self, row: u32, indicator: &'a Indicator, voce: &'a Voce, domain: &Domain<'_>) {
        let months = voce.counting(self.layout.office, Month::DECEMBER);
        let flow = voce.time == TimeKind::Mensile && voce.kind.is_number();
        for month in Month::all() {
            let typed = |month| own(row, at_month(TYPED, month));
            let counts = months.is_some_and(|months| months.contains(month));
            let code = verdict::code(&Asked {
                due: counts.then(|| verdict::has_come(month)),
                early: Some(verdict::is_early(month)),
                reasons: if counts { self.reasons(row, indicator) } else { Vec::new() },
                over: self.over(row, indicator, voce, month),
                alone: self.stands_alone(indicator, voce, month),
                running: if flow && counts { self.running(indicator, month, typed) } else { None },
                ..Asked::alone(typed(month), domain)
            });
            self.put(row, at_month(CODES, month), code);
        }
        let worst = own(row, WORST);
        let codes = Formula::OwnRange(Own::at(row, CODES), Own::at(row, CODES + 11));
        let found = Formula::call(Call::Match, [worst.clone(), codes, Formula::whole(0)]);
        self.put(row, WHEN, Formula::choose(worst.is(Formula::whole(0)), Formula::whole(0), found));
    }

    fn year(&mut self, row: u32, indicator: &'a Indicator, voce: &'a Voce, domain: &Domain<'_>) {
        let code = verdict::code(&Asked {
            due: due_in_year(self.layout.office, voce),
            reasons: self.reasons(row, indicator),
            over: self.over(row, indicator, voce, Month::JANUARY),
            ..Asked::alone(own(row, TYPED), domain)
        });
        self.put(row, CODES, code);
    }

    /// Where the reason of an n.a. may stand: beside it, or in the note.
    fn reasons(&self, row: u32, indicator: &Indicator) -> Vec<Formula> {
        let note = self.layout.remarks(indicator).map(|row| own(row, NOTE.0));
        std::iter::once(own(row, REASON)).chain(note).collect()
    }

    /// When the entry of a month is a part greater than its whole. Where they do not meet month by month, a
    /// flow is the year to date, at the chosen month.
    fn over(&self, row: u32, indicator: &Indicator, voce: &Voce, month: Month) -> Option<Formula> {
        let part = indicator.parts().find(|part| part.part.key == voce.key)?;
        let (whole, _) = self.layout.voce(&part.whole.key)?;
        let monthly = |row: u32| own(row, at_month(TYPED, month));
        let of_year = |row: u32, voce: &Voce| match (voce.time.by_month(), voce.is_input()) {
            (true, _) => own(row, TOTAL),
            (false, true) => own(row, TYPED),
            (false, false) => own(row, YEAR),
        };
        let (typed, other) = if part.is_monthly() {
            (monthly(row), monthly(whole))
        } else if voce.time == TimeKind::Consistenza {
            (monthly(row), of_year(whole, part.whole))
        } else {
            (of_year(row, voce), of_year(whole, part.whole))
        };
        let numbers = [typed.clone().is_number(), other.clone().is_number()];
        let now = known(names::UP_TO).is(number(month));
        let to_date = voce.time == TimeKind::Mensile && !part.is_monthly();
        let judged = numbers.into_iter().chain(to_date.then_some(now)).collect();
        let over = typed.signed(Sign::Above, other);
        Some(Formula::choose(Formula::Call(Call::And, judged), over, Formula::Flag(false)))
    }

    /// When a numerator of a month stands over what does not apply.
    fn stands_alone(&self, indicator: &Indicator, voce: &Voce, month: Month) -> Option<Formula> {
        let pair = indicator.pair().filter(Pair::is_of_flows)?;
        let over = pair.over.iter().any(|over| over.key == voce.key);
        let under = pair.under.iter().filter(|_| over).filter_map(|under| self.layout.voce(&under.key));
        let absent = |row| is_one_of(&own(row, at_month(TYPED, month)), &NOT_APPLICABLE_WORDS);
        any(under.map(|(row, _)| absent(row)).collect())
    }

    /// When the months look like totals from January, and no note says why.
    fn running(
        &self,
        indicator: &Indicator,
        month: Month,
        typed: impl Fn(Month) -> Formula,
    ) -> Option<Formula> {
        let running = verdict::is_running(month, typed)?;
        let Some(note) = self.layout.remarks(indicator).map(|row| own(row, NOTE.0)) else {
            return Some(running);
        };
        Some(Formula::call(Call::And, [explains_nothing(&note), running]))
    }

    /// Due, there, missing before, to be put right.
    fn counts(&mut self, row: u32, voce: &Voce) {
        let codes = || Formula::OwnRange(Own::at(row, CODES), Own::at(row, CODES + 11));
        let missing = || Formula::call(Call::CountIfs, [codes(), Code::Missing.formula()]);
        let due = if voce.time.by_month() {
            match voce.counting(self.layout.office, Month::DECEMBER) {
                None => Formula::Flag(false),
                Some(months) => {
                    let before = Formula::whole(i64::from(months.first.number()) - 1);
                    let chosen = known(names::MONTH).signed(Sign::Above, before);
                    let last = number(months.last);
                    Formula::call(Call::And, [chosen, known(names::MONTH).signed(Sign::AtMost, last)])
                }
            }
        } else {
            due_in_year(self.layout.office, voce).unwrap_or(Formula::Flag(false))
        };
        self.put(row, DUE, one_if(due));
        let now = if voce.time.by_month() {
            let chosen = Formula::call(Call::Max, [known(names::MONTH), Formula::whole(1)]);
            Formula::call(Call::Index, [codes(), Formula::whole(1), chosen])
        } else {
            own(row, CODES)
        };
        let lacks = now.is(Code::Missing.formula());
        self.put(row, HAVE, Formula::choose(lacks, Formula::whole(0), own(row, DUE)));
        let open = own(row, DUE).signed(Sign::Less, own(row, HAVE));
        self.put(row, GAPS, missing().signed(Sign::Less, open));
        let from = |code: i64| Formula::call(Call::CountIfs, [codes(), Formula::text(format!(">={code}"))]);
        self.put(row, WRONG, from(TO_MEND));
        self.put(row, OWED, from(TO_EXPLAIN).signed(Sign::Less, from(TO_MEND)));
    }

    fn verdict(&mut self, row: u32, indicator: &Indicator, voce: &Voce, domain: &Domain<'_>) {
        let whole = indicator.parts().find(|part| part.part.key == voce.key);
        let (when, missing) = if voce.time.by_month() {
            let names = Formula::OwnRange(Own::fixed(SENTENCE, TYPED), Own::fixed(SENTENCE, TYPED + 11));
            let name = Formula::call(Call::Index, [names, Formula::whole(1), own(row, WHEN)]);
            let missing = Formula::text("▲ manca ").signed(Sign::And, name.clone());
            let zero = if voce.kind.is_number() && voce.time == TimeKind::Mensile {
                " (se nulla, scrivi 0)"
            } else {
                ""
            };
            let missing = missing.signed(Sign::And, Formula::text(zero));
            (name.signed(Sign::And, Formula::text(": ")), missing)
        } else {
            (Formula::none(), Formula::text("▲ manca: si scrive una volta l'anno"))
        };
        let typed = if voce.time.by_month() { own(row, TOTAL) } else { own(row, TYPED) };
        let waiting = if voce.kind == VoceType::Data { "○ non ancora" } else { "○ da compilare" };
        let fine =
            Formula::choose(typed.is(Formula::none()), Formula::text(waiting), Formula::text("● in ordine"));
        let whole = whole.map_or("", |part| part.whole.label.as_str());
        let pair = indicator.pair().and_then(|pair| pair.under.first().copied());
        let under = pair.map_or("", |under| under.label.as_str());
        let worst = own(row, WORST);
        let sentence = verdict::sentence(&Sentences { worst, when, fine, domain, missing, whole, under });
        self.put(row, CHECK, sentence);
    }

    /// A register: declared complete up to the month, and its rows in order.
    fn declared(&mut self, row: u32, voce: &Voce) {
        let due = voce.register_due(self.layout.office, Month::DECEMBER);
        let first = due.map_or(Month::JANUARY, |due| due.first);
        let last = number(due.map_or(Month::DECEMBER, |due| due.last));
        let typed = || own(row, TYPED);
        let wanted = Formula::call(Call::Min, [known(names::MONTH), last]);
        let short = Formula::choose(
            typed().is_number(),
            typed().signed(Sign::Under, wanted.clone()),
            Formula::Flag(true),
        );
        let code = verdict::code(&Asked::alone(typed(), &Domain::Month));
        let before = Formula::whole(i64::from(first.number()) - 1);
        let chosen = known(names::MONTH).signed(Sign::Above, before);
        let behind = Formula::call(Call::And, [chosen.clone(), short]);
        // Nobody can say complete a month that has not come.
        let ahead = || {
            let beyond = typed().signed(Sign::Above, known(names::MONTH));
            let asked = known(names::MONTH).signed(Sign::Above, Formula::whole(0));
            Formula::choose(
                typed().is_number(),
                Formula::call(Call::And, [asked, beyond]),
                Formula::Flag(false),
            )
        };
        let sound = own(row, CODES).is(Formula::whole(0));
        self.put(row, CODES, code);
        self.put(row, DUE, one_if(chosen));
        let open = Formula::call(Call::Or, [behind, ahead()]);
        let lacks = Formula::choose(open, Formula::whole(0), own(row, DUE));
        self.put(row, HAVE, lacks);
        self.put(row, GAPS, Formula::whole(0));
        let in_rows = known(&names::wrong(&voce.key));
        self.put(row, WRONG, one_if(sound.clone().negated()).signed(Sign::Plus, in_rows.clone()));
        let up_to = Formula::text("▲ dichiaralo completo fino a ").signed(
            Sign::And,
            Formula::call(
                Call::Index,
                [
                    Formula::OwnRange(Own::fixed(SENTENCE, TYPED), Own::fixed(SENTENCE, TYPED + 11)),
                    Formula::whole(1),
                    Formula::call(Call::Max, [wanted, Formula::whole(1)]),
                ],
            ),
        );
        let rows = Formula::text("■ righe da sistemare nel registro: ").signed(Sign::And, in_rows.clone());
        let fine = Formula::choose(own(row, HAVE).is(own(row, DUE)), Formula::text("● in ordine"), up_to);
        let later = Formula::text("▲ è dopo il mese scelto: fin dove ci sono tutte le righe?");
        let fine = Formula::choose(ahead(), later, fine);
        let fine = Formula::choose(in_rows.signed(Sign::Above, Formula::whole(0)), rows, fine);
        let wrong = Formula::text("■ scrivi il numero del mese, da 1 a 12");
        self.put(row, CHECK, Formula::choose(sound, fine, wrong));
    }

    /// The rows of the entries of an indicator, with those on which its registers are declared.
    fn rows_of(&self, indicator: &Indicator) -> impl Iterator<Item = (u32, &'a Voce)> {
        self.layout.rows().filter_map(|(at, line)| match line {
            Line::Voce(own, voce) if own.code == indicator.code && voce.is_input() => Some((at, voce)),
            Line::Declared(voce) if indicator.voce(&voce.key).is_some() => Some((at, voce)),
            _ => None,
        })
    }

    /// Whether an entry of an indicator is still open, up to the chosen month, and whether one is to be put
    /// right.
    fn doubts(&self, indicator: &Indicator) -> (Option<Formula>, Option<Formula>) {
        let rows: Vec<u32> = self.rows_of(indicator).map(|(row, _)| row).collect();
        let sum =
            |col: u16| rows.iter().map(|row| own(*row, col)).reduce(|all, one| all.signed(Sign::Plus, one));
        let above = |sum: Formula| sum.signed(Sign::Above, Formula::whole(0));
        let open = sum(GAPS).zip(sum(DUE)).zip(sum(HAVE));
        let open =
            open.map(|((gaps, due), have)| above(gaps.signed(Sign::Plus, due).signed(Sign::Less, have)));
        (open, sum(WRONG).map(above))
    }

    /// What is said of an indicator of which something is open: the first month that lacks an entry, when it
    /// is a month that does.
    fn provisional(&self, indicator: &Indicator) -> Formula {
        let codes = |row: u32| Formula::OwnRange(Own::at(row, CODES), Own::at(row, CODES + 11));
        let first = |row: u32| {
            let lacks = Formula::call(Call::CountIfs, [codes(row), Code::Missing.formula()]);
            let at = [Code::Missing.formula(), codes(row), Formula::whole(0)];
            let at = Formula::call(Call::Match, at);
            Formula::choose(lacks.signed(Sign::Above, Formula::whole(0)), at, Formula::whole(NO_MONTH))
        };
        let monthly = self.rows_of(indicator).filter(|(_, voce)| voce.time.by_month());
        let months: Vec<Formula> = monthly.map(|(row, _)| first(row)).collect();
        let plain = Formula::text("▲ provvisorio: manca un dato");
        if months.is_empty() {
            return plain;
        }
        let first = Formula::Call(Call::Min, months);
        let names = Formula::OwnRange(Own::fixed(SENTENCE, TYPED), Own::fixed(SENTENCE, TYPED + 11));
        let name = Formula::call(Call::Index, [names, Formula::whole(1), first.clone()]);
        let told = Formula::text("▲ provvisorio: manca ").signed(Sign::And, name);
        Formula::choose(first.signed(Sign::Under, Formula::whole(NO_MONTH)), told, plain)
    }

    /// The outcome beside the result, with the pace against which it is judged; of a shared indicator, that
    /// nothing is judged here.
    fn band(&mut self, row: u32, indicator: &'a Indicator) {
        let value = own(row, TOTAL);
        let judged = Judged::of(self.layout, indicator);
        let told = match judged.as_ref().map(Judged::status) {
            Some(Some(status)) => {
                self.put(row, CODES, status);
                let pace = judged.as_ref().and_then(|judged| judged.pace_words(&own(row, CODES)));
                pace.map_or(own(row, CODES), |pace| own(row, CODES).signed(Sign::And, pace))
            }
            Some(None) => Formula::text("○ nel consolidato"),
            None => Formula::text("○ il tuo contributo"),
        };
        let (open, wrong) = self.doubts(indicator);
        let told = Formula::choose(value.is_number(), told, Formula::text("○ non ancora misurabile"));
        let told = match open {
            Some(open) => Formula::choose(open, self.provisional(indicator), told),
            None => told,
        };
        let spoiled = Formula::text(SPOILED);
        let told = wrong.map_or(told.clone(), |wrong| Formula::choose(wrong, spoiled, told));
        self.put(row, CHECK, told);
        let Some(judged) = judged else { return };
        if let Some(distance) = judged.distance() {
            self.put(row, REASON, distance);
        }
        if let (Some(degree), Some(remarks)) = (judged.degree(), self.layout.remarks(indicator)) {
            self.put(remarks, REASON, degree);
        }
    }

    /// Whether an explanation is owed of a target that is missed or late.
    fn remarks(&mut self, row: u32, indicator: &'a Indicator) {
        let band = self.layout.band(indicator).filter(|band| {
            !indicator.is_shared() && self.aids.contains_key(&CellRef { row: *band, col: CODES })
        });
        let nothing = Formula::text("○ nessuna spiegazione richiesta");
        let Some(band) = band else { return self.put(row, CHECK, nothing) };
        let missed = judgement::owed().map(|words| own(band, CODES).is(Formula::text(words)));
        let missed = Formula::Call(Call::Or, missed.collect());
        let chosen = known(names::MONTH).signed(Sign::Above, Formula::whole(0));
        // What is open, or wrong, comes first: with it the target may be missed by mistake.
        let (open, wrong) = self.doubts(indicator);
        let sound = [open, wrong].into_iter().flatten().map(Formula::negated);
        let missed = Formula::Call(Call::And, [chosen, missed].into_iter().chain(sound).collect());
        let cause = is_one_of(&own(row, CAUSE.0), &CAUSES);
        let silent = Formula::call(Call::Or, [explains_nothing(&own(row, NOTE.0)), cause.negated()]);
        self.put(row, OWED, one_if(Formula::call(Call::And, [missed.clone(), silent])));
        let owed = Formula::text("▲ scegli la causa dall'elenco e scrivi una nota");
        let told = Formula::choose(
            own(row, OWED).is(Formula::whole(1)),
            owed,
            Formula::choose(missed, Formula::text("● spiegato"), nothing),
        );
        self.put(row, CHECK, told);
    }

    /// A month without activity is contradicted by a number other than zero.
    fn idle(&mut self, row: u32) {
        let flows: Vec<u32> = self
            .layout
            .rows()
            .filter_map(|(at, line)| match line {
                Line::Voce(_, voce) if voce.is_input() && voce.time == TimeKind::Mensile => Some(at),
                _ => None,
            })
            .collect();
        for month in Month::all() {
            let typed = looked_up(row, month_col(month), END);
            let marked = self.layout.is_idle(month).unwrap_or(Formula::Flag(false));
            self.put(row, at_month(COUNTED, month), typed);
            let typed = || own(row, at_month(COUNTED, month));
            let yes = is_one_of(&typed(), &YES_WORDS);
            self.put(row, at_month(TYPED, month), Formula::choose(yes, Formula::text("x"), Formula::none()));
            let some = flows.iter().map(|flow| {
                let typed = own(*flow, at_month(TYPED, month));
                Formula::choose(
                    typed.clone().is_number(),
                    typed.signed(Sign::Unlike, Formula::whole(0)),
                    Formula::Flag(false),
                )
            });
            let some = any(some.collect()).unwrap_or(Formula::Flag(false));
            let code = Formula::choose(
                Formula::call(Call::And, [marked.clone(), some]),
                Formula::whole(Code::Part.number()),
                Formula::whole(0),
            );
            let none = Formula::call(Call::Or, [says_nothing(&typed()), is_one_of(&typed(), &NO_WORDS)]);
            let other = Formula::call(Call::And, [marked.negated(), none.negated()]);
            let code = Formula::choose(other, Code::Wrong.formula(), code);
            self.put(row, at_month(CODES, month), code);
        }
        let codes = || Formula::OwnRange(Own::at(row, CODES), Own::at(row, CODES + 11));
        let wrong = Formula::text(format!(">={TO_MEND}"));
        self.put(row, WRONG, Formula::call(Call::CountIfs, [codes(), wrong]));
        let wrong = own(row, WRONG).signed(Sign::Above, Formula::whole(0));
        let odd = Formula::call(Call::CountIfs, [codes(), Code::Wrong.formula()]);
        let odd = odd.signed(Sign::Above, Formula::whole(0));
        let clash = Formula::text("■ in quel mese ci sono dati diversi da zero");
        let told = Formula::choose(
            wrong,
            Formula::choose(odd, Formula::text("■ scrivi x, oppure lascia vuoto"), clash),
            Formula::text("○ una x vale zero nelle caselle vuote"),
        );
        self.put(row, CHECK, told);
    }

    /// The sums of the scheda and its sentence.
    fn sums(&mut self) {
        let end = self.layout.last_remark();
        for (col, _) in SUMS {
            let cells = Formula::OwnRange(Own::at(HEADER + 1, col), Own::at(end, col));
            self.put(SENTENCE, col, Formula::call(Call::Sum, [cells]));
        }
        let sum = |col| own(SENTENCE, col);
        let open = sum(DUE).signed(Sign::Less, sum(HAVE)).signed(Sign::Plus, sum(GAPS));
        self.put(SENTENCE, LABEL, sentence("", open, sum(WRONG), sum(OWED)));
    }
}

/// The columns of the sums.
pub(super) const SUMS: [(u16, Sum); 5] =
    [(DUE, Sum::Due), (HAVE, Sum::Have), (GAPS, Sum::Gaps), (WRONG, Sum::Wrong), (OWED, Sum::Owed)];

/// The sentence that sums up: nothing is open, or what is.
pub(super) fn sentence(ready: &str, open: Formula, wrong: Formula, owed: Formula) -> Formula {
    let and = |left: Formula, right: Formula| left.signed(Sign::And, right);
    let month = || known(names::MONTH_NAME);
    let all = [&open, &wrong, &owed].map(|one| one.clone().is(Formula::whole(0)));
    let part = |words: &str, count: Formula| {
        let told = and(Formula::text(words), count.clone());
        Formula::choose(count.is(Formula::whole(0)), Formula::none(), told)
    };
    let told = and(Formula::text("▲ "), and(month(), Formula::text(" non è ancora pronto")));
    let told = and(told, part(" · dati mancanti ", open));
    let told = and(told, part(" · da correggere ", wrong));
    let told = and(told, part(" · spiegazioni da scrivere ", owed));
    let ready = if ready.is_empty() { " è in ordine in questa scheda" } else { ready };
    let fine = and(Formula::text("● "), and(month(), Formula::text(ready)));
    Formula::choose(
        known(names::MONTH).is(Formula::whole(0)),
        Formula::text("○ Scegli il mese nel foglio Istruzioni: la sua colonna si accende"),
        Formula::choose(Formula::call(Call::And, all), fine, told),
    )
}

/// When a value that is one for the year is due.
fn due_in_year(office: &OfficeId, voce: &Voce) -> Option<Formula> {
    let first = Month::all().find(|month| voce.has_due(office, *month))?;
    Some(known(names::MONTH).signed(Sign::AtLeast, number(first)))
}
