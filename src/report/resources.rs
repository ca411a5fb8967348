//! *Risorse*: what each scheda would release of its amount, by the plan's bands: a proposal, never an
//! entitlement.

use crate::aggregate::IndicatorResult;
use crate::model::{CellRef, Number, Status, count, date_it, join_it, the_ratio_it};
use crate::plan::{Band, Plan, Scheda};

use super::index::Index;
use super::results;
use super::scheda::places::Places;
use super::summary;
use crate::book::table::{BODY, Table, cells, names};
use crate::book::{Cell, Column, Format, OneTable, Row, RowKind, Sheet, TabKind, columns, heads};
use crate::certify::Run;
use crate::excel::{Area, Target};
use crate::excel::{Call, Formula, Sign, absolute, difference};

columns! {
    /// The columns of *Risorse*.
    pub(crate) Resources in names::RESOURCES {
        Scheda: "Scheda", 8, Always;
        Title: "Titolo", 26, Always;
        Amount: "Importo del piano (€)", 13, First;
        Degree: "Grado su 100", 10, First;
        From: "Fascia: da questo grado", 9, First;
        Share: "Quota della fascia", 9, First;
        Earned: "Proposta (€) = importo × quota", 13, First;
        Residual: "Residuo (€) = importo − proposta", 13, First;
        Without: "Grado senza ciò che manca", 10, First;
        WithoutShare: "Quota senza ciò che manca", 10, First;
        WithoutEarned: "Importo × quota senza ciò che manca (€)", 17, First;
        Remarks: "Che cosa sapere", 56, First;
        Results: "Esiti", 9, First;
        DegreeAgain: "Grado in Excel", 12, Second, twin_of = Some(Self::Degree.col());
        ShareAgain: "Quota in Excel", 12, Second, twin_of = Some(Self::Share.col());
        EarnedAgain: "Proposta ricalcolata da Excel (€)", 15, Second, twin_of = Some(Self::Earned.col());
        ResidualAgain: "Residuo ricalcolato da Excel (€)", 15, Second, twin_of = Some(Self::Residual.col());
        WithoutAgain: "Grado senza ciò che manca in Excel", 14, Second, twin_of = Some(Self::Without.col());
        WithoutShareAgain: "Quota senza ciò che manca in Excel", 14, Second, twin_of = Some(Self::WithoutShare.col());
        WithoutEarnedAgain: "Importo × quota senza ciò che manca in Excel (€)", 17, Second, twin_of = Some(Self::WithoutEarned.col());
        Gap: "Differenza", 12, Second;
    }
}

/// The sheet of the amounts; none when the plan has no amounts, or no bands.
pub(super) fn sheet(run: &Run<'_>, _: &Index<'_>, places: &Places) -> Option<Sheet> {
    if !is_shown(run.plan) {
        return None;
    }
    let lines = lines(run);
    let degrees = summary::live_degrees(run, places);
    let live = |line: &Line<'_>| degrees.get(&line.scheda.number).copied();
    let mut sheet = Table {
        name: names::RESOURCES,
        tab: TabKind::Reading,
        title: if run.consolidation.closed { "Risorse: proposta" } else { "Risorse: proposta a oggi" },
        subtitle: subtitle(run),
        columns: heads::<Resources>(),
        empty: "Il piano non ha schede.",
    }
    .sheet(
        (BODY..)
            .zip(&lines)
            .map(|(at, line)| {
                let shown = Shown { run, line, at, live: live(line) };
                cells(|column| shown.cell(column))
            })
            .collect(),
    );
    sheet.rows.push(total(&lines));
    sheet.rows.push(Row::space());
    let (again, second) = (Resources::Amount.col(), Resources::DegreeAgain.col());
    // Clear of the columns that head the second page too, where they would come out again, cut.
    sheet.rows.extend(NOTES.map(|text| Row::line(RowKind::Prose, again.into(), text, second - again)));
    Some(sheet)
}

fn subtitle(run: &Run<'_>) -> String {
    let today = if run.consolidation.closed {
        String::new()
    } else {
        format!(
            "Situazione a oggi, con i dati al {}: l'anno non è chiuso. ",
            date_it(run.consolidation.month.last_day())
        )
    };
    format!(
        "{today}Proposta per l'art. 67, comma 5, lett. b): la quota della fascia in cui cade il grado di ogni scheda. {}",
        bands_words(&run.plan.scoring.bands)
    )
}

const NOTES: [&str; 4] = [
    "La proposta si fa sul grado su 100, dove a fine anno un indicatore senza grado conta 0; finché l'anno è aperto resta fuori dal conto. Le colonne «senza ciò che manca» dicono quale sarebbe la quota se gli indicatori senza grado non contassero: servono al confronto, e non entrano nella proposta né nel residuo.",
    "La proposta si calcola con numeri esatti e si arrotonda al centesimo alla fine, mezzo centesimo in su; il totale è la somma delle proposte arrotondate.",
    "A destra, sulla seconda pagina, le stesse cifre come formule di Excel: la differenza deve essere 0.",
    "È un calcolo a disposizione di chi decide: che cosa si eroga lo stabiliscono l'ente, la contrattazione e la certificazione dell'OIV.",
];

/// Whether the plan holds what the sheet needs.
pub(super) fn is_shown(plan: &Plan) -> bool {
    !plan.scoring.bands.is_empty() && plan.schede.iter().any(|scheda| scheda.amount.is_some())
}

/// A scheda with what it would release.
struct Line<'a> {
    scheda: &'a Scheda,
    /// By the official degree.
    official: Release<'a>,
    /// By the degree without what is missing.
    without: Release<'a>,
}

impl Line<'_> {
    fn residual(&self) -> Option<Number> {
        Some(self.scheda.amount.clone()? - self.official.earned.as_ref()?)
    }
}

/// What a degree would release.
struct Release<'a> {
    degree: Option<&'a Number>,
    band: Option<&'a Band>,
    /// To the cent.
    earned: Option<Number>,
}

impl<'a> Release<'a> {
    fn of(bands: &'a [Band], amount: Option<&Number>, degree: Option<&'a Number>) -> Self {
        let band = degree.and_then(|degree| band(bands, degree));
        let earned = amount.zip(band).map(|(amount, band)| earned(amount, band));
        Self { degree, band, earned }
    }

    /// Whether the degree is so little below the edge of a band that only the exact calculation can tell on
    /// which side it is.
    fn is_on_the_edge(&self, bands: &[Band]) -> bool {
        let near =
            |degree: &Number, from: &Number| degree < from && (from.clone() - degree).rounded(EDGE).is_zero();
        self.degree.is_some_and(|degree| bands.iter().any(|band| near(degree, &band.from)))
    }
}

/// Decimals to which a formula compares a degree with the edge of a band, fewer by one than it takes.
const EDGE: u32 = COMPARED - 1;

/// Decimals to which a formula compares a degree with the edge of a band: what binary arithmetic adds is far
/// smaller.
const COMPARED: u32 = 9;

fn lines<'a>(run: &Run<'a>) -> Vec<Line<'a>> {
    let bands = &run.plan.scoring.bands;
    let line = |scheda: &'a Scheda| {
        let result = run.consolidation.schede.iter().find(|result| result.number == scheda.number);
        let degrees = result.map(|result| &result.degrees);
        let release = |degree| Release::of(bands, scheda.amount.as_ref(), degree);
        let official = release(degrees.and_then(|degrees| degrees.official.as_ref()));
        let without = release(degrees.and_then(|degrees| degrees.without_missing.as_ref()));
        Line { scheda, official, without }
    };
    run.plan.schede.iter().map(line).collect()
}

/// The last band that begins at or below a degree.
fn band<'a>(bands: &'a [Band], degree: &Number) -> Option<&'a Band> {
    bands.iter().rev().find(|band| &band.from <= degree)
}

/// Amount × share, to the cent, half up.
fn earned(amount: &Number, band: &Band) -> Number {
    (amount.clone() * &band.share).rounded(2)
}

/// The row of a scheda.
struct Shown<'s, 'a> {
    run: &'s Run<'a>,
    line: &'s Line<'a>,
    at: u32,
    /// Where its degrees stand as formulas, the official one and the one without what is missing.
    live: Option<[Target; 2]>,
}

impl Shown<'_, '_> {
    fn cell(&self, column: Resources) -> Cell {
        let Line { scheda, official, without } = self.line;
        match column {
            Resources::Scheda => Cell::count(usize::from(scheda.number)).strong(),
            Resources::Title => Cell::text(&scheda.title),
            Resources::Amount => money(scheda.amount.as_ref()),
            Resources::Degree => Cell::degree(official.degree),
            Resources::From => Cell::degree(official.band.map(|band| &band.from)),
            Resources::Share => share_of(official),
            Resources::Earned => money(official.earned.as_ref()),
            Resources::Residual => money(self.line.residual().as_ref()),
            Resources::Without => Cell::degree(without.degree),
            Resources::WithoutShare => share_of(without),
            Resources::WithoutEarned => money(without.earned.as_ref()),
            Resources::Remarks => Cell::text(remarks(self.run, self.line).join("\n")),
            // Not on the title: a cell with a link is not wrapped everywhere.
            Resources::Results => self.way_to_results(),
            Resources::DegreeAgain => self.again(column, Some(self.degree(0, Resources::Degree))),
            Resources::ShareAgain => self.again(column, self.share(official, Resources::DegreeAgain)),
            Resources::EarnedAgain => self.again(column, Some(self.product(Resources::ShareAgain))),
            Resources::ResidualAgain => self.again(column, Some(self.less(Resources::EarnedAgain))),
            Resources::WithoutAgain => self.again(column, Some(self.degree(1, Resources::Without))),
            Resources::WithoutShareAgain => self.again(column, self.share(without, Resources::WithoutAgain)),
            Resources::WithoutEarnedAgain => {
                self.again(column, Some(self.product(Resources::WithoutShareAgain)))
            }
            Resources::Gap => {
                Cell::number(Number::zero(), Format::General).live(gap(self.at, Resources::ALL))
            }
        }
    }

    fn way_to_results(&self) -> Cell {
        let number = self.line.scheda.number;
        let first = self.run.consolidation.indicators.iter().find(|found| found.scheda == number);
        let first = first.and_then(|found| results::target(self.run, &found.code));
        if first.is_some() { Cell::link("esiti →", first) } else { Cell::blank() }
    }

    /// The engine's figure again, as a formula; the figure itself where there is none.
    fn again(&self, twin: Resources, formula: Option<Formula>) -> Cell {
        let shown = twin.engine().map_or_else(Cell::blank, |engine| self.cell(engine));
        match formula {
            Some(formula) => shown.live(formula),
            None => shown,
        }
    }

    /// The degree where it stands as a formula, else the engine's in this row.
    fn degree(&self, which: usize, printed: Resources) -> Formula {
        let live = self.live.and_then(|live| live.get(which).copied());
        Formula::Cell(live.unwrap_or_else(|| printed.target(self.at)))
    }

    fn share(&self, release: &Release<'_>, degree: Resources) -> Option<Formula> {
        let bands = &self.run.plan.scoring.bands;
        (!release.is_on_the_edge(bands)).then(|| share(bands, self.at, degree))
    }

    /// Amount × share, to the cent; no text when one is missing.
    fn product(&self, share: Resources) -> Formula {
        let [amount, share] = [Resources::Amount, share].map(|column| Formula::Cell(column.target(self.at)));
        let both = [amount.clone(), share.clone()].map(|cell| Formula::call(Call::IsNumber, [cell]));
        let product = Formula::call(Call::Round, [amount.signed(Sign::Times, share), Formula::whole(2)]);
        Formula::choose(Formula::call(Call::And, both), product, Formula::none())
    }

    /// Amount − what is earned, to the cent; no text when nothing is.
    fn less(&self, earned: Resources) -> Formula {
        let [amount, earned] =
            [Resources::Amount, earned].map(|column| Formula::Cell(column.target(self.at)));
        let rest = amount.signed(Sign::Less, earned.clone());
        let rest = Formula::call(Call::Round, [rest, Formula::whole(2)]);
        Formula::choose(Formula::call(Call::IsNumber, [earned]), rest, Formula::none())
    }
}

fn money(number: Option<&Number>) -> Cell {
    number.map_or_else(Cell::blank, |number| Cell::number(number.clone(), Format::Decimal))
}

fn share_of(release: &Release<'_>) -> Cell {
    release.band.map_or_else(Cell::blank, |band| Cell::number(band.share.clone(), Format::Percent))
}

/// The twins that the row of totals has.
const SUMMED: [Resources; 3] =
    [Resources::EarnedAgain, Resources::ResidualAgain, Resources::WithoutEarnedAgain];

/// How far these twins of a row are from the engine's figures, all together.
fn gap(row: u32, twins: &[Resources]) -> Formula {
    let apart = |twin: &Resources| Some(absolute(difference(twin.engine()?.target(row), twin.target(row))));
    let sum = twins.iter().filter_map(apart).reduce(|sum, next| sum.signed(Sign::Plus, next));
    sum.unwrap_or_else(|| Formula::whole(0))
}

/// The share of the band in which the degree of the row falls; no text without a degree. What binary
/// arithmetic adds to a degree is taken away first.
fn share(bands: &[Band], row: u32, degree: Resources) -> Formula {
    let degree = Formula::Cell(degree.target(row));
    let share = bands.iter().fold(Formula::none(), |below, band| {
        let over = degree.clone().signed(Sign::Less, Formula::Number(band.from.clone()));
        let over = Formula::call(Call::Round, [over, Formula::whole(COMPARED.into())]);
        let within = over.signed(Sign::AtLeast, Formula::whole(0));
        Formula::choose(within, Formula::Number(band.share.clone()), below)
    });
    Formula::choose(Formula::call(Call::IsNumber, [degree]), share, Formula::none())
}

fn remarks(run: &Run<'_>, line: &Line<'_>) -> Vec<String> {
    let mut words = Vec::new();
    if line.scheda.amount.is_none() {
        words.push("Il piano non dà un importo a questa scheda.".to_owned());
    }
    if line.official.band.is_none() {
        words.push("Nessun grado: nessuna quota, e niente da proporre.".to_owned());
    }
    let own = run.consolidation.indicators.iter().filter(|found| found.scheda == line.scheda.number);
    let (out, in_count): (Vec<_>, Vec<_>) = own.partition(|found| found.status == Status::NonValutabile);
    let (partial, silent): (Vec<_>, Vec<_>) = in_count.into_iter().partition(|found| found.degree.is_some());
    words.extend(on_silent(&silent, run.consolidation.closed));
    if !out.is_empty() {
        let (verb, whose) =
            if out.len() == 1 { ("Escluso", "il suo peso va") } else { ("Esclusi", "il loro peso va") };
        words.push(format!("{verb} per decisione: {}; {whose} agli altri.", with_outcomes(&out)));
    }
    let partial: Vec<&IndicatorResult> = partial.into_iter().filter(|found| found.provisional).collect();
    if !partial.is_empty() {
        let noun = match (partial.len(), run.definitive) {
            (1, false) => "Risultato provvisorio",
            (_, false) => "Risultati provvisori",
            (1, true) => "Risultato con dati incompleti, coperto da una decisione o da una deroga",
            (_, true) => "Risultati con dati incompleti, coperti da una decisione o da una deroga",
        };
        words.push(format!("{noun}: {}.", with_outcomes(&partial)));
    }
    let bands = &run.plan.scoring.bands;
    if line.official.is_on_the_edge(bands) || line.without.is_on_the_edge(bands) {
        words.push(ON_THE_EDGE.to_owned());
    }
    words
}

const ON_THE_EDGE: &str = "Il grado è così poco sotto l'inizio di una fascia che la formula li direbbe uguali: la quota è quella del calcolo esatto, senza formula.";

/// What indicators without a degree do to the share.
fn on_silent(silent: &[&IndicatorResult], closed: bool) -> Option<String> {
    let outcomes = with_outcomes(silent);
    match (silent.len(), closed) {
        (0, _) => None,
        (1, true) => Some(format!("Nel grado conta 0: {outcomes}.")),
        (_, true) => Some(format!("Nel grado contano 0: {outcomes}.")),
        (1, false) => Some(format!(
            "Senza grado, oggi fuori dal conto: {outcomes}. Se resta così, a fine anno conta 0."
        )),
        (_, false) => Some(format!(
            "Senza grado, oggi fuori dal conto: {outcomes}. Se restano così, a fine anno contano 0."
        )),
    }
}

/// `3.2 (non verificabile) e 3.4 (dato mancante)`.
fn with_outcomes(found: &[&IndicatorResult]) -> String {
    let told: Vec<String> =
        found.iter().map(|one| format!("{} ({})", one.code, one.status.label())).collect();
    join_it(&told.iter().map(String::as_str).collect::<Vec<_>>())
}

fn total(lines: &[Line<'_>]) -> Row {
    let at = BODY.saturating_add(u32::try_from(lines.len()).unwrap_or(u32::MAX));
    let column_sum = |col| {
        let area =
            Area { first: CellRef { row: BODY, col }, last: CellRef { row: at.saturating_sub(1), col } };
        Formula::call(Call::Sum, [Formula::Range(names::RESOURCES, area)])
    };
    let sum = |of: fn(&Line<'_>) -> Option<Number>| {
        Cell::number(lines.iter().filter_map(of).sum(), Format::Decimal)
    };
    let silent =
        lines.iter().filter(|line| line.scheda.amount.is_some() && line.official.earned.is_none()).count();
    let remark = if silent == 0 {
        String::new()
    } else {
        format!(
            "{} senza proposta: proposta e residuo non coprono tutto l'importo.",
            count(silent, "scheda", "schede")
        )
    };
    let engine = |column: Resources| match column {
        Resources::Title => Cell::text("Totale"),
        Resources::Amount => sum(|line| line.scheda.amount.clone()),
        Resources::Earned => sum(|line| line.official.earned.clone()),
        Resources::Residual => sum(|line| line.residual()),
        Resources::WithoutEarned => sum(|line| line.without.earned.clone()),
        Resources::Remarks => Cell::text(&remark),
        _ => Cell::blank(),
    };
    let to_the_cent =
        |column: Resources| Formula::call(Call::Round, [column_sum(column.col()), Formula::whole(2)]);
    let cells = cells(|column: Resources| match (column, column.engine()) {
        (Resources::Gap, _) => Cell::number(Number::zero(), Format::General).live(gap(at, &SUMMED)),
        (twin, Some(of)) if SUMMED.contains(&twin) => engine(of).live(to_the_cent(twin)),
        (own, _) => engine(own),
    });
    Row::of(RowKind::Total, cells)
}

/// `Fasce del piano: da 0 lo 0 %, da 60 il 50 %, da 85 il 100 %.`
fn bands_words(bands: &[Band]) -> String {
    let words: Vec<String> = bands
        .iter()
        .map(|band| format!("da {} {}", band.from.to_italian(2), the_ratio_it(&band.share)))
        .collect();
    format!("Fasce del piano: {}.", words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::{NOTES, Number, Places, Status, earned, sheet};
    use crate::book::Content;
    use crate::book::{Cell, RowKind};
    use crate::plan::{Band, read_plan};
    use crate::report::index::Index;
    use crate::report::report;
    use crate::report::sample::{Sample, sample};

    const TEST_PLAN: &str =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/piani/camera-di-prova.toml"));

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    /// A sample whose schede have these amounts and official degrees.
    fn with_money(month: u32, schede: &[(Option<&str>, Option<&str>)]) -> Sample {
        let mut sample = sample(month);
        sample.plan.scoring.bands = read_plan(TEST_PLAN).unwrap().scoring.bands;
        for (place, (amount, degree)) in schede.iter().enumerate() {
            sample.plan.schede[place].amount = amount.map(number);
            sample.consolidation.schede[place].degrees.official = degree.map(number);
        }
        sample
    }

    fn plain(cell: &Cell) -> String {
        match &cell.content {
            Content::Number(number, _) => number.to_plain(),
            Content::Text(text) | Content::Link(text, _) => text.clone(),
            Content::Live(live) => plain(&Cell { content: live.value.clone(), ..Cell::default() }),
            _ => String::new(),
        }
    }

    #[test]
    fn the_bands_of_the_test_plan_by_hand() {
        // 12 500,50 €; from 0 nothing, from 60 a half, from 85 all.
        let rows = [
            ("59.999", "0", "0", "0", "12500.5"),
            ("60", "60", "0.5", "6250.25", "6250.25"),
            ("84.9999", "60", "0.5", "6250.25", "6250.25"),
            ("85", "85", "1", "12500.5", "0"),
            ("100", "85", "1", "12500.5", "0"),
        ];
        for (degree, from, share, earned, residual) in rows {
            let sample = with_money(12, &[(Some("12500.50"), Some(degree))]);
            let run = sample.run();
            let sheet = sheet(&run, &Index::of(&run), &Places::default()).unwrap();
            let first = sheet.rows.iter().find(|row| row.kind == RowKind::Body).unwrap();
            let told: Vec<String> = first.cells.iter().map(plain).collect();
            assert_eq!(told[2..4], ["12500.5".to_owned(), number(degree).to_plain()]);
            assert_eq!(told[4..8], [from, share, earned, residual], "{degree}");
            assert_eq!(told[13..17], [&number(degree).to_plain(), share, earned, residual], "{degree}");
            assert_eq!(told[20], "0", "{degree}");
        }
    }

    /// What the formulas give, of the degrees of the bands' edges: the proof computes them all.
    #[test]
    fn the_share_follows_the_degree_by_formula() {
        for degree in ["0", "59.999", "60", "84.9999", "85", "100"] {
            let sample = with_money(12, &[(Some("12500.50"), Some(degree))]);
            let run = sample.run();
            let index = Index::of(&run);
            let sheet = sheet(&run, &index, &Places::default()).unwrap();
            let mut report = report(&run);
            let place = report.sheets.iter().position(|one| one.name == sheet.name).unwrap();
            report.sheets[place] = sheet;
            let wrong = crate::book::disagreements(&report);
            assert!(wrong.iter().all(|one| one.sheet != "Risorse"), "{degree}: {wrong:?}");
            let first = report.sheets[place].rows.iter().find(|row| row.kind == RowKind::Body).unwrap();
            assert!(
                [14, 18].iter().all(|at| matches!(&first.cells[*at].content, Content::Live(_))),
                "the share is a formula"
            );
        }
    }

    #[test]
    fn half_a_cent_goes_up_and_the_sum_is_of_what_is_shown() {
        let half = Band { from: Number::zero(), share: number("0.5") };
        assert_eq!(earned(&number("0.01"), &half), number("0.01"));
        let third = Band { from: Number::zero(), share: Number::ratio(1, 3).unwrap() };
        assert_eq!(earned(&number("100"), &third), number("33.33"));
        assert_eq!(earned(&number("200"), &third), number("66.67"));
        let sample = with_money(12, &[(Some("0.01"), Some("60")), (Some("0.03"), Some("70"))]);
        let run = sample.run();
        let sheet = sheet(&run, &Index::of(&run), &Places::default()).unwrap();
        let total = sheet.rows.iter().find(|row| row.kind == RowKind::Total).unwrap();
        let told: Vec<String> = total.cells.iter().map(plain).collect();
        // 0,005 and 0,015 go up to 0,01 and 0,02; 0,01 is left.
        assert_eq!((told[2].as_str(), told[6].as_str(), told[7].as_str()), ("0.04", "0.03", "0.01"));
    }

    #[test]
    fn without_a_degree_or_an_amount_nothing_is_proposed_and_it_is_said() {
        let sample = with_money(6, &[(Some("1000"), None), (None, Some("90")), (Some("50"), Some("90"))]);
        let run = sample.run();
        let sheet = sheet(&run, &Index::of(&run), &Places::default()).unwrap();
        let body: Vec<Vec<String>> = sheet
            .rows
            .iter()
            .filter(|row| row.kind == RowKind::Body)
            .map(|row| row.cells.iter().map(plain).collect())
            .collect();
        assert!(body[0][3..8].iter().chain(&body[0][13..17]).all(String::is_empty), "{:?}", body[0]);
        assert_eq!(body[0][20], "0");
        assert!(body[0][11].contains("Nessun grado: nessuna quota"));
        assert!(body[1][11].contains("non dà un importo") && body[1][6].is_empty());
        let total = sheet.rows.iter().find(|row| row.kind == RowKind::Total).unwrap();
        assert!(plain(&total.cells[11]).contains("1 scheda senza proposta"));
        let all: String = sheet.rows.iter().flat_map(|row| &row.cells).map(plain).collect();
        assert!(all.contains("a oggi") && all.contains("Proposta") && !all.contains("spettante"));
        assert!(NOTES.iter().all(|text| all.contains(text)));
    }

    /// The outcome and the degree of indicators, by hand.
    fn judged(sample: &mut Sample, indicators: &[(&str, Status, Option<&str>, bool)]) {
        for (code, status, degree, provisional) in indicators {
            let own = sample.consolidation.indicators.iter_mut().find(|own| own.code.as_str() == *code);
            let own = own.unwrap();
            (own.status, own.degree) = (*status, degree.map(number));
            own.provisional = *provisional;
        }
    }

    fn told_of(sample: &Sample, scheda: usize) -> Vec<String> {
        let run = sample.run();
        let sheet = sheet(&run, &Index::of(&run), &Places::default()).unwrap();
        let mut body = sheet.rows.iter().filter(|row| row.kind == RowKind::Body);
        body.nth(scheda - 1).unwrap().cells.iter().map(plain).collect()
    }

    #[test]
    fn the_share_with_and_without_what_is_missing_stand_side_by_side() {
        let mut sample = with_money(12, &[(None, None), (None, None), (Some("3000.01"), Some("66.67"))]);
        let degrees = &mut sample.consolidation.schede[2].degrees;
        degrees.without_missing = Some(number("100"));
        judged(
            &mut sample,
            &[
                ("3.1", Status::Raggiunto, Some("100"), false),
                ("3.2", Status::NonVerificabile, None, true),
                ("3.3", Status::Raggiunto, Some("100"), true),
            ],
        );
        let told = told_of(&sample, 3);
        // From 60 a half, from 85 all: 1 500,005 goes up to 1 500,01.
        assert_eq!(told[2..8], ["3000.01", "66.67", "60", "0.5", "1500.01", "1500"]);
        assert_eq!(told[8..11], ["100", "1", "3000.01"]);
        assert_eq!(told[17..21], ["100", "1", "3000.01", "0"]);
        assert_eq!(
            told[11],
            "Nel grado conta 0: 3.2 (non verificabile).\nRisultato provvisorio: 3.3 (raggiunto)."
        );
    }

    #[test]
    fn what_decides_the_share_is_told_with_its_outcome() {
        let schede = [(Some("1000"), Some("90")); 13];
        let mut june = with_money(6, &schede);
        judged(
            &mut june,
            &[
                ("10.1", Status::DatoMancante, None, true),
                ("10.2", Status::DatoMancante, None, true),
                ("4.1", Status::InLinea, None, false),
                ("4.2", Status::NonVerificabile, None, true),
                ("4.3", Status::InLinea, Some("100"), false),
            ],
        );
        let start = "Senza grado, oggi fuori dal conto: ";
        let end = "Se restano così, a fine anno contano 0.";
        assert_eq!(
            told_of(&june, 10)[11],
            format!("{start}10.1 (dato mancante) e 10.2 (dato mancante). {end}")
        );
        assert_eq!(told_of(&june, 4)[11], format!("{start}4.1 (in linea) e 4.2 (non verificabile). {end}"));

        let mut last = with_money(12, &schede);
        last.definitive = true;
        let seventh = last.consolidation.indicators.iter().filter(|one| one.scheda == 7);
        let seventh: Vec<String> = seventh.map(|one| one.code.to_string()).collect();
        for code in &seventh {
            judged(&mut last, &[(code.as_str(), Status::Raggiunto, Some("100"), false)]);
        }
        judged(&mut last, &[("7.5", Status::NonValutabile, None, true)]);
        assert_eq!(
            told_of(&last, 7)[11],
            "Escluso per decisione: 7.5 (non valutabile); il suo peso va agli altri."
        );
    }

    /// Whatever a plan may hold: bands of four decimals, amounts up to the greatest, ties of half a cent.
    #[test]
    fn no_amount_that_a_plan_may_hold_goes_beyond_itself_or_apart_from_its_formula() {
        let shares = ["0", "0.0001", "0.125", "0.3333", "0.5", "0.6667", "0.995", "0.9995", "0.9999", "1"];
        let amounts = [
            "0",
            "0.01",
            "0.03",
            "1.01",
            "10000.01",
            "12345678.91",
            "33333333.33",
            "87654321.09",
            "123456789.01",
            "500000000.01",
            "777777777.77",
            "999999999.97",
            "999999999.99",
        ];
        let bands = |shares: &[&str]| -> Vec<Band> {
            let band = |(at, share): (i64, &&str)| Band { from: Number::from(at * 10), share: number(share) };
            (0_i64..).zip(shares).map(band).collect()
        };
        for degree in ["5", "15", "25", "35", "45", "55", "65", "75", "85", "100"] {
            let schede = amounts.map(|amount| (Some(amount), Some(degree)));
            let mut sample = with_money(12, &schede);
            sample.plan.scoring.bands = bands(&shares);
            let run = sample.run();
            let lines = super::lines(&run);
            assert!(lines.iter().all(|line| !line.residual().unwrap().is_negative()), "{degree}");
            let mut report = report(&run);
            let place = report.sheets.iter().position(|one| one.name == "Risorse").unwrap();
            report.sheets[place] = sheet(&run, &Index::of(&run), &Places::default()).unwrap();
            let wrong = crate::book::disagreements(&report);
            assert!(wrong.iter().all(|one| one.sheet != "Risorse"), "{degree}: {wrong:?}");
        }
    }

    #[test]
    fn a_degree_a_hair_below_a_band_keeps_its_share_without_a_formula() {
        // A tenth of a thousand-millionth below 60: a formula of nine decimals would take it for 60.
        let sample = with_money(12, &[(Some("100"), Some("59.9999999999")), (Some("100"), Some("59.9999"))]);
        let run = sample.run();
        let sheet = sheet(&run, &Index::of(&run), &Places::default()).unwrap();
        let body: Vec<_> = sheet.rows.iter().filter(|row| row.kind == RowKind::Body).collect();
        let live = |row: usize| matches!(&body[row].cells[14].content, Content::Live(_));
        assert_eq!((live(0), live(1)), (false, true));
        assert_eq!((plain(&body[0].cells[5]), plain(&body[0].cells[14])), ("0".into(), "0".into()));
        assert!(plain(&body[0].cells[11]).contains("così poco sotto l'inizio di una fascia"));
        assert!(!plain(&body[1].cells[11]).contains("così poco sotto"));
    }

    #[test]
    fn absent_amounts_or_bands_are_an_absent_sheet() {
        let names = |sample: &Sample| -> Vec<&'static str> {
            report(&sample.run()).sheets.iter().map(|sheet| sheet.name).collect()
        };
        let mut sample = with_money(12, &[(Some("1000"), Some("90"))]);
        assert!(names(&sample).contains(&"Risorse"));
        let cover = &report(&sample.run()).sheets[0];
        assert!(cover.rows.iter().flat_map(|row| &row.cells).any(|cell| plain(cell) == "Risorse"));
        sample.plan.schede[0].amount = None;
        assert!(!names(&sample).contains(&"Risorse"));
        let mut sample = with_money(12, &[(Some("1000"), Some("90"))]);
        sample.plan.scoring.bands.clear();
        assert!(!names(&sample).contains(&"Risorse"));
        let cover = &report(&sample.run()).sheets[0];
        assert!(cover.rows.iter().flat_map(|row| &row.cells).all(|cell| plain(cell) != "Risorse"));
    }
}
