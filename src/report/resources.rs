//! *Risorse*: what each scheda would release of its amount, by the plan's bands: a proposal, never an entitlement.

use crate::aggregate::SchedaResult;
use crate::model::{CellRef, Number, count, date_it, join_it, the_ratio_it};
use crate::plan::{Band, Plan, Scheda};

use super::Run;
use super::index::Index;
use super::live::{Call, Formula, Sign, absolute, difference};
use super::results;
use super::scheda::Places;
use super::sheet::{Area, Cell, Format, Paper, Row, RowKind, Sheet, TabKind, Target};
use super::summary;
use super::table::{BODY, Table, names};

const COLUMNS: [(&str, u16); 16] = [
    ("Scheda", 8),
    ("Titolo", 26),
    ("Importo del piano (€)", 13),
    ("Grado su 100", 11),
    ("Grado senza ciò che manca", 11),
    ("Fascia: da questo grado", 11),
    ("Quota della fascia", 9),
    ("Proposta (€) = importo × quota", 14),
    ("Residuo (€) = importo − proposta", 14),
    ("Grado in Excel", 10),
    ("Quota in Excel", 10),
    ("Proposta ricalcolata da Excel (€)", 13),
    ("Residuo ricalcolato da Excel (€)", 13),
    ("Differenza", 11),
    ("Che cosa sapere", 26),
    ("Esiti", 9),
];

/// Columns that formulas rest on, and those that hold them.
mod column {
    pub(super) const AMOUNT: u16 = 2;
    pub(super) const DEGREE: u16 = 3;
    pub(super) const SHARE: u16 = 6;
    pub(super) const EARNED: u16 = 7;
    pub(super) const RESIDUAL: u16 = 8;
    pub(super) const DEGREE_AGAIN: u16 = 9;
    pub(super) const SHARE_AGAIN: u16 = 10;
    pub(super) const EARNED_AGAIN: u16 = 11;
    pub(super) const RESIDUAL_AGAIN: u16 = 12;
}

/// The column of the scheda's title, which in the row of totals says what it is.
const TITLE: u16 = 1;

/// The sheet of the amounts; none when the plan has no amounts, or no bands.
pub(super) fn sheet(run: &Run<'_>, _: &Index<'_>, places: &Places) -> Option<Sheet> {
    if !is_shown(run.plan) {
        return None;
    }
    let lines = lines(run);
    let degrees = summary::live_degrees(run, places);
    let live = |line: &Line<'_>| degrees.get(&line.scheda.number).copied();
    let subtitle = format!(
        "{}Proposta per l'art. 67, comma 5, lett. b): la quota della fascia in cui cade il grado di ogni scheda. {}",
        if run.consolidation.closed {
            String::new()
        } else {
            format!(
                "Situazione a oggi, con i dati al {}: l'anno non è chiuso. ",
                date_it(run.consolidation.month.last_day())
            )
        },
        bands_words(&run.plan.scoring.bands)
    );
    let mut sheet = Table {
        name: names::RESOURCES,
        tab: TabKind::Reading,
        title: if run.consolidation.closed { "Risorse: proposta" } else { "Risorse: proposta a oggi" },
        subtitle,
        columns: &COLUMNS,
        frozen: 2,
        paper: Paper::Single,
        empty: "Il piano non ha schede.",
    }
    .sheet((BODY..).zip(&lines).map(|(at, line)| row(run, line, at, live(line))).collect());
    sheet.rows.push(total(&lines));
    sheet.rows.push(Row::space());
    let span = u16::try_from(COLUMNS.len()).unwrap_or(1);
    sheet.rows.extend(NOTES.map(|text| Row::line(RowKind::Prose, 0, text, span)));
    Some(sheet)
}

const NOTES: [&str; 2] = [
    "La proposta si calcola con numeri esatti e si arrotonda al centesimo alla fine, mezzo centesimo in su; il totale è la somma delle proposte arrotondate.",
    "È un calcolo a disposizione di chi decide: che cosa si eroga lo stabiliscono l'ente, la contrattazione e la certificazione dell'OIV.",
];

/// Whether the plan holds what the sheet needs.
pub(super) fn is_shown(plan: &Plan) -> bool {
    !plan.scoring.bands.is_empty() && plan.schede.iter().any(|scheda| scheda.amount.is_some())
}

/// A scheda with what it would release.
struct Line<'a> {
    scheda: &'a Scheda,
    result: Option<&'a SchedaResult>,
    band: Option<&'a Band>,
    /// To the cent.
    earned: Option<Number>,
}

impl Line<'_> {
    fn residual(&self) -> Option<Number> {
        Some(self.scheda.amount.clone()? - self.earned.as_ref()?)
    }
}

fn lines<'a>(run: &Run<'a>) -> Vec<Line<'a>> {
    let line = |scheda: &'a Scheda| {
        let result = run.consolidation.schede.iter().find(|result| result.number == scheda.number);
        let degree = result.and_then(|result| result.degrees.official.as_ref());
        let band = degree.and_then(|degree| band(&run.plan.scoring.bands, degree));
        let earned = scheda.amount.as_ref().zip(band).map(|(amount, band)| earned(amount, band));
        Line { scheda, result, band, earned }
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

fn row(run: &Run<'_>, line: &Line<'_>, at: u32, live: Option<Target>) -> Vec<Cell> {
    let mut own = run.consolidation.indicators.iter().filter(|found| found.scheda == line.scheda.number);
    let first = own.next().and_then(|found| results::target(run, &found.code));
    let degrees = line.result.map(|result| &result.degrees);
    let money = |number: Option<&Number>| {
        number.map_or_else(Cell::blank, |number| Cell::number(number.clone(), Format::Decimal))
    };
    let mut cells = vec![
        Cell::count(usize::from(line.scheda.number)).strong(),
        Cell::text(&line.scheda.title),
        money(line.scheda.amount.as_ref()),
        Cell::degree(degrees.and_then(|degrees| degrees.official.as_ref())),
        Cell::degree(degrees.and_then(|degrees| degrees.without_missing.as_ref())),
        Cell::degree(line.band.map(|band| &band.from)),
        line.band.map_or_else(Cell::blank, |band| Cell::number(band.share.clone(), Format::Percent)),
        money(line.earned.as_ref()),
        money(line.residual().as_ref()),
    ];
    let printed = |column: u16| cells.get(usize::from(column)).cloned().unwrap_or_default();
    let degree = Formula::Cell(live.unwrap_or_else(|| here(at, column::DEGREE)));
    let figures = [
        (column::DEGREE, column::DEGREE_AGAIN, degree),
        (column::SHARE, column::SHARE_AGAIN, share(&run.plan.scoring.bands, at)),
        (column::EARNED, column::EARNED_AGAIN, product(at)),
        (column::RESIDUAL, column::RESIDUAL_AGAIN, less(at, column::EARNED_AGAIN)),
    ];
    let twins = again(at, figures.map(|(from, to, formula)| (from, to, printed(from), formula)));
    cells.extend(twins);
    cells.push(Cell::text(remarks(run, line).join("\n")));
    // Not on the title: a cell with a link is not wrapped everywhere.
    cells.push(if first.is_some() { Cell::link("esiti →", first) } else { Cell::blank() });
    cells
}

/// A cell of this sheet.
fn here(row: u32, col: u16) -> Target {
    Target { sheet: names::RESOURCES, cell: CellRef { row, col } }
}

/// The share of the band in which the degree of the row falls; no text without a degree. What binary arithmetic adds to
/// a degree is taken away first.
fn share(bands: &[Band], row: u32) -> Formula {
    let degree = Formula::Cell(here(row, column::DEGREE_AGAIN));
    let share = bands.iter().fold(Formula::none(), |below, band| {
        let over = degree.clone().signed(Sign::Less, Formula::Number(band.from.clone()));
        let over = Formula::call(Call::Round, [over, Formula::whole(9)]);
        let within = over.signed(Sign::AtLeast, Formula::whole(0));
        Formula::choose(within, Formula::Number(band.share.clone()), below)
    });
    Formula::choose(Formula::call(Call::IsNumber, [degree]), share, Formula::none())
}

/// Amount × share, to the cent; no text when one is missing.
fn product(row: u32) -> Formula {
    let [amount, share] =
        [column::AMOUNT, column::SHARE_AGAIN].map(|column| Formula::Cell(here(row, column)));
    let both = [amount.clone(), share.clone()].map(|cell| Formula::call(Call::IsNumber, [cell]));
    let product = Formula::call(Call::Round, [amount.signed(Sign::Times, share), Formula::whole(2)]);
    Formula::choose(Formula::call(Call::And, both), product, Formula::none())
}

/// Amount − what is earned, to the cent; no text when nothing is.
fn less(row: u32, earned: u16) -> Formula {
    let [amount, earned] = [column::AMOUNT, earned].map(|column| Formula::Cell(here(row, column)));
    let rest = amount.signed(Sign::Less, earned.clone());
    let rest = Formula::call(Call::Round, [rest, Formula::whole(2)]);
    Formula::choose(Formula::call(Call::IsNumber, [earned]), rest, Formula::none())
}

/// Figures as formulas, each with its column, its twin's and the engine's cell; then how far they are from the
/// engine's, all together.
fn again<const N: usize>(row: u32, figures: [(u16, u16, Cell, Formula); N]) -> Vec<Cell> {
    let gap = |from, to| absolute(difference(here(row, from), here(row, to)));
    let gaps = figures.iter().map(|(from, to, ..)| gap(*from, *to));
    let gaps = gaps.reduce(|sum, next| sum.signed(Sign::Plus, next)).unwrap_or_else(|| Formula::whole(0));
    let mut cells: Vec<Cell> = figures.into_iter().map(|(_, _, cell, formula)| cell.live(formula)).collect();
    cells.push(Cell::number(Number::zero(), Format::General).live(gaps));
    cells
}

fn remarks(run: &Run<'_>, line: &Line<'_>) -> Vec<String> {
    let mut words = Vec::new();
    if line.scheda.amount.is_none() {
        words.push("Il piano non dà un importo a questa scheda.".to_owned());
    }
    if line.band.is_none() {
        words.push("Nessun grado: nessuna quota, e niente da proporre.".to_owned());
    }
    let provisional: Vec<&str> = run
        .consolidation
        .indicators
        .iter()
        .filter(|found| found.scheda == line.scheda.number && found.provisional)
        .map(|found| found.code.as_str())
        .collect();
    if !provisional.is_empty() {
        let noun = match (provisional.len(), run.definitive) {
            (1, false) => "Risultato provvisorio",
            (_, false) => "Risultati provvisori",
            (1, true) => "Risultato con dati incompleti, coperto da una decisione o da una deroga",
            (_, true) => "Risultati con dati incompleti, coperti da una decisione o da una deroga",
        };
        words.push(format!("{noun}: {}.", join_it(&provisional)));
    }
    words
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
    let silent = lines.iter().filter(|line| line.scheda.amount.is_some() && line.earned.is_none()).count();
    let remark = if silent == 0 {
        String::new()
    } else {
        format!(
            "{} senza proposta: proposta e residuo non coprono tutto l'importo.",
            count(silent, "scheda", "schede")
        )
    };
    let mut cells = vec![Cell::blank(); COLUMNS.len()];
    let (earned, residual) = (sum(|line| line.earned.clone()), sum(|line| line.residual()));
    let to_the_cent = |col| Formula::call(Call::Round, [column_sum(col), Formula::whole(2)]);
    let again = again(
        at,
        [
            (column::EARNED, column::EARNED_AGAIN, earned.clone(), to_the_cent(column::EARNED_AGAIN)),
            (column::RESIDUAL, column::RESIDUAL_AGAIN, residual.clone(), to_the_cent(column::RESIDUAL_AGAIN)),
        ],
    );
    let filled = [
        (TITLE, Cell::text("Totale")),
        (column::AMOUNT, sum(|line| line.scheda.amount.clone())),
        (column::EARNED, earned),
        (column::RESIDUAL, residual),
        (column::RESIDUAL_AGAIN + 2, Cell::text(remark)),
    ];
    for (column, cell) in filled.into_iter().chain((column::EARNED_AGAIN..).zip(again)) {
        if let Some(place) = cells.get_mut(usize::from(column)) {
            *place = cell;
        }
    }
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
    use super::{Cell, NOTES, Number, Places, RowKind, earned, sheet};
    use crate::plan::{Band, read_plan};
    use crate::report::index::Index;
    use crate::report::sample::{Sample, sample};
    use crate::report::{Content, report};

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
            assert_eq!(told[5..9], [from, share, earned, residual], "{degree}");
            assert_eq!(told[9..14], [&number(degree).to_plain(), share, earned, residual, "0"], "{degree}");
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
            let wrong = crate::report::disagreements(&report);
            assert!(wrong.iter().all(|one| one.sheet != "Risorse"), "{degree}: {wrong:?}");
            let first = report.sheets[place].rows.iter().find(|row| row.kind == RowKind::Body).unwrap();
            assert!(matches!(&first.cells[10].content, Content::Live(_)), "the share is a formula");
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
        assert_eq!((told[2].as_str(), told[7].as_str(), told[8].as_str()), ("0.04", "0.03", "0.01"));
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
        assert_eq!(body[0][6..14], ["", "", "", "", "", "", "", "0"]);
        assert!(body[0][14].contains("Nessun grado: nessuna quota"));
        assert!(body[1][14].contains("non dà un importo") && body[1][7].is_empty());
        let total = sheet.rows.iter().find(|row| row.kind == RowKind::Total).unwrap();
        assert!(plain(&total.cells[14]).contains("1 scheda senza proposta"));
        let all: String = sheet.rows.iter().flat_map(|row| &row.cells).map(plain).collect();
        assert!(all.contains("a oggi") && all.contains("Proposta") && !all.contains("spettante"));
        assert!(NOTES.iter().all(|text| all.contains(text)));
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
