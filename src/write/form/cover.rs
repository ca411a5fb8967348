//! The first sheet before it is written: where things stand, what its formulas say.

use std::collections::BTreeMap;

use super::aids;
use super::asked::Input;
use super::cells::{is_declared, own, says_nothing};
use super::names::{self, Sum, known};
use super::verdict::number;
use crate::excel::{Call, Formula, Own, Sign};
use crate::model::{CellRef, Month, OfficeId, VoceType, YearMonth, date_it};
use crate::plan::{PerformanceUnit, Plan, Scheda};

/// Its name.
pub(super) const NAME: &str = "Istruzioni";

/// The columns of the left side.
pub(super) const NAME_COL: u16 = 1;
pub(super) const WHO: u16 = 2;
pub(super) const ROLE: u16 = 3;
pub(super) const DATE: u16 = 5;
pub(super) const VERDICT: u16 = 6;
pub(super) const LEFT_END: u16 = 7;
/// Those of the right one.
pub(super) const SAMPLE: u16 = 9;
pub(super) const TEXT: u16 = 10;
/// Hidden: the chosen month as a number, what counts, its name.
pub(super) const HELPER: u16 = 11;

pub(super) const CHOICE: u32 = 3;
pub(super) const READY: u32 = 5;
pub(super) const PARTS: u32 = 7;

/// The sheet before it is written.
pub(super) struct Cover<'a> {
    pub plan: &'a Plan,
    pub office: &'a OfficeId,
    pub schede: Vec<&'a Scheda>,
}

impl<'a> Cover<'a> {
    /// That of an office.
    pub(super) fn of(plan: &'a Plan, office: &'a OfficeId) -> Self {
        Self { plan, office, schede: plan.schede_of(office).collect() }
    }

    /// The row of a scheda.
    pub(super) fn scheda_row(place: usize) -> u32 {
        PARTS + 2 + u32::try_from(place).unwrap_or(0)
    }

    /// The row that says whether the month is signed.
    pub(super) fn signing(&self) -> u32 {
        Self::scheda_row(self.schede.len())
    }

    /// The row of who signs every month that does not say otherwise.
    pub(super) fn usual_row(&self) -> u32 {
        self.signing() + 4
    }

    /// The row on which a month is signed.
    pub(super) fn month_row(&self, month: Month) -> u32 {
        self.usual_row() + month.number()
    }

    /// The last row.
    pub(super) fn end(&self) -> u32 {
        self.month_row(Month::DECEMBER)
    }

    /// Every input cell.
    pub(super) fn inputs(&self) -> Vec<Input> {
        let choice = CellRef { row: CHOICE, col: WHO };
        let mut inputs = vec![Input::single("mese", VoceType::Testo, choice)];
        let parts = [
            ("firma.nome", VoceType::Testo, WHO),
            ("firma.ruolo", VoceType::Testo, ROLE),
            ("firma.data", VoceType::Data, DATE),
        ];
        for (key, kind, col) in parts {
            let month = |month| Input::monthly(key, month, kind, CellRef { row: self.month_row(month), col });
            inputs.push(Input::single(key, kind, CellRef { row: self.usual_row(), col }));
            inputs.extend(Month::all().map(month));
        }
        inputs
    }

    /// The texts that formulas ask for.
    pub(super) fn given(&self) -> Vec<(CellRef, String)> {
        let name =
            |month: Month| (CellRef { row: self.month_row(month), col: NAME_COL }, month.name().to_owned());
        Month::all().map(name).collect()
    }

    /// The cells that have a name.
    pub(super) fn names(&self) -> Vec<(String, CellRef)> {
        let at = |row| CellRef { row, col: HELPER };
        [(names::MONTH, 0), (names::UP_TO, 1), (names::MONTH_NAME, 2), (names::LAST_DAY, 3)]
            .map(|(name, row)| (name.to_owned(), at(row)))
            .into()
    }

    /// Every formula: all of them help who types.
    pub(super) fn aids(&self) -> BTreeMap<CellRef, Formula> {
        let mut aids = BTreeMap::new();
        let mut put = |row, col, formula| drop(aids.insert(CellRef { row, col }, formula));
        let chosen = Formula::call(Call::Trim, [own(CHOICE, WHO)]);
        let typed = own(CHOICE, WHO);
        let months = Formula::OwnRange(
            Own::fixed(self.month_row(Month::JANUARY), NAME_COL),
            Own::fixed(self.month_row(Month::DECEMBER), NAME_COL),
        );
        let found = Formula::call(Call::CountIfs, [months.clone(), chosen.clone()]);
        let by_name = Formula::call(Call::Match, [chosen.clone(), months, Formula::whole(0)]);
        let by_name = Formula::choose(found.is(Formula::whole(0)), Formula::whole(0), by_name);
        let by_number = Formula::choose(
            is_declared(&typed),
            typed.clone(),
            Formula::choose(
                Formula::call(Call::Or, [chosen.clone().is(Formula::none()), typed.is_number()]),
                Formula::whole(0),
                by_name,
            ),
        );
        put(0, HELPER, by_number);
        let month = || own(0, HELPER);
        put(1, HELPER, Formula::choose(month().is(Formula::whole(0)), Formula::whole(12), month()));
        put(2, HELPER, self.by_month(Formula::none(), |month| capital(month.name())));
        let last =
            self.months_of(Formula::whole(0), |month| Formula::date(self.plan.month(month).last_day()));
        put(3, HELPER, last);
        if self.plan.unit.send_by.is_some() {
            put(CHOICE, ROLE, self.by_month(Formula::none(), |month| self.deadline(month)));
        }
        for (place, scheda) in self.schede.iter().enumerate() {
            let row = Self::scheda_row(place);
            let sum = |sum: Sum| known(&sum.name(scheda.number));
            let of = sum(Sum::Have).signed(Sign::And, Formula::text(" su ")).signed(Sign::And, sum(Sum::Due));
            put(row, ROLE, Formula::choose(month().is(Formula::whole(0)), Formula::text("–"), of));
            put(row, ROLE + 1, sum(Sum::Gaps));
            put(row, ROLE + 2, sum(Sum::Wrong));
            put(row, ROLE + 3, sum(Sum::Owed));
            put(row, LEFT_END, state(scheda.number));
        }
        put(self.signing(), LEFT_END, self.signed_state());
        for month in Month::all() {
            put(self.month_row(month), VERDICT, self.signed(month));
        }
        put(self.usual_row(), VERDICT, self.signed_always());
        put(READY, NAME_COL, self.ready());
        aids
    }

    /// A text of the chosen month.
    fn by_month(&self, nothing: Formula, words: impl Fn(Month) -> String) -> Formula {
        self.months_of(nothing, |month| Formula::text(words(month)))
    }

    /// What is of the chosen month.
    fn months_of(&self, nothing: Formula, own_of: impl Fn(Month) -> Formula) -> Formula {
        let chosen = || own(0, HELPER);
        let choices = std::iter::once(chosen()).chain(Month::all().map(own_of));
        let choose = Formula::Call(Call::Choose, choices.collect());
        Formula::choose(chosen().is(Formula::whole(0)), nothing, choose)
    }

    fn deadline(&self, month: Month) -> String {
        let date = PerformanceUnit::date(self.plan.month(month), self.plan.unit.send_by);
        date.map_or_else(String::new, |date| format!("da inviare entro il {}", date_it(date)))
    }

    /// What is said of the sign-off of a month.
    fn signed(&self, month: Month) -> Formula {
        let row = self.month_row(month);
        let usual = self.usual_row();
        let blank = |row, col| says_nothing(&own(row, col));
        let none = |cells: Vec<Formula>| Formula::Call(Call::And, cells);
        let lacks = |col| none(vec![blank(row, col), blank(usual, col)]);
        // What holds for every month is asked of the chosen one.
        let other = own(0, HELPER).signed(Sign::Unlike, number(month));
        let dated = Formula::call(Call::Or, [blank(usual, DATE), other]);
        let all = none([WHO, ROLE, DATE].map(|col| blank(row, col)).into_iter().chain([dated]).collect());
        let some = Formula::call(Call::Or, [WHO, ROLE, DATE].map(lacks));
        let end = Formula::date(self.plan.month(month).last_day());
        let date = Formula::choose(blank(row, DATE), own(usual, DATE), own(row, DATE));
        let early = Formula::choose(
            date.clone().signed(Sign::Under, end),
            Formula::text("■ firmato prima della fine del mese"),
            Formula::text("● confermato"),
        );
        let early = Formula::choose(
            date.clone().is_number(),
            Formula::choose(
                self.is_of_other_years(&date),
                Formula::text("■ controlla l'anno della data"),
                early,
            ),
            Formula::text("■ scrivi una data: giorno/mese/anno"),
        );
        let waiting = Formula::choose(
            own(0, HELPER).is(number(month)),
            Formula::text("○ da confermare a mese finito"),
            Formula::none(),
        );
        let told = Formula::choose(some, Formula::text("▲ servono nome, ruolo e data"), early);
        Formula::choose(all, waiting, told)
    }

    /// Whether a date is before the plan's year, or after the one in which it is reported: as the reader has
    /// it.
    fn is_of_other_years(&self, date: &Formula) -> Formula {
        let end_of = |year| YearMonth { year, month: Month::DECEMBER }.last_day();
        let before = date.clone().signed(Sign::AtMost, Formula::date(end_of(self.plan.year - 1)));
        let after = date.clone().signed(Sign::Above, Formula::date(end_of(self.plan.year + 1)));
        Formula::call(Call::Or, [before, after])
    }

    /// What is said of the row that holds for every month: a date there confirms only what is over by then.
    fn signed_always(&self) -> Formula {
        let date = own(self.usual_row(), DATE);
        let early = date.clone().signed(Sign::Under, known(names::LAST_DAY));
        let early = Formula::choose(date.is_number(), early, Formula::Flag(false));
        let told = Formula::text("■ scrivi la data sulla riga del mese");
        Formula::choose(early, told, Formula::text("○ vale per i mesi che non dicono altro"))
    }

    fn is_signed(&self) -> Formula {
        let verdicts = Formula::OwnRange(
            Own::at(self.month_row(Month::JANUARY), VERDICT),
            Own::at(self.month_row(Month::DECEMBER), VERDICT),
        );
        let chosen = Formula::call(Call::Max, [own(0, HELPER), Formula::whole(1)]);
        let own = Formula::call(Call::Index, [verdicts, chosen, Formula::whole(1)]);
        own.is(Formula::text("● confermato"))
    }

    fn signed_state(&self) -> Formula {
        let told =
            Formula::choose(self.is_signed(), Formula::text("● confermato"), Formula::text("▲ da firmare"));
        Formula::choose(own(0, HELPER).is(Formula::whole(0)), Formula::text("○"), told)
    }

    /// Whether the month is ready.
    fn ready(&self) -> Formula {
        let sum = |sums: &[Sum]| {
            let all =
                self.schede.iter().flat_map(|scheda| sums.iter().map(|sum| known(&sum.name(scheda.number))));
            all.reduce(|all, one| all.signed(Sign::Plus, one)).unwrap_or(Formula::whole(0))
        };
        let open = sum(&[Sum::Due, Sum::Gaps]).signed(Sign::Less, sum(&[Sum::Have]));
        let (wrong, owed) = (sum(&[Sum::Wrong]), sum(&[Sum::Owed]));
        let rest = [&open, &wrong, &owed].map(|one| one.clone().is(Formula::whole(0)));
        let ready = aids::sentence(" è pronto da inviare", open, wrong, owed);
        let unsigned = Formula::text("▲ ")
            .signed(Sign::And, known(names::MONTH_NAME))
            .signed(Sign::And, Formula::text(": i dati sono in ordine, manca la conferma qui sotto"));
        let chosen = own(0, HELPER).signed(Sign::Above, Formula::whole(0));
        let [open, wrong, owed] = rest;
        let only = Formula::call(Call::And, [chosen, open, wrong, owed, self.is_signed().negated()]);
        Formula::choose(only, unsigned, ready)
    }
}

/// The state of a scheda, by its sums.
fn state(scheda: u8) -> Formula {
    let sum = |sum: Sum| known(&sum.name(scheda));
    let above = |formula: Formula| formula.signed(Sign::Above, Formula::whole(0));
    let open = sum(Sum::Due).signed(Sign::Less, sum(Sum::Have)).signed(Sign::Plus, sum(Sum::Gaps));
    let open = Formula::choose(
        above(open),
        Formula::text("▲ da compilare"),
        Formula::choose(above(sum(Sum::Owed)), Formula::text("▲ da spiegare"), Formula::text("● a posto")),
    );
    let told = Formula::choose(above(sum(Sum::Wrong)), Formula::text("■ da correggere"), open);
    Formula::choose(own(0, HELPER).is(Formula::whole(0)), Formula::text("○"), told)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
