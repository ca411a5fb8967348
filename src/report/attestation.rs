//! *Attestazione OIV*: what an evaluator has to say yes or no to, with what the program knows of it.
//!
//! The program states facts and proposes no answer.

pub(super) mod facts;
#[cfg(test)]
mod tests;

use crate::model::CellRef;

use super::identity;
use super::index::Index;
use super::words::month_title;
use crate::book::height;
use crate::book::table::{area, cells, header, heading, names, tables_line, tables_lines, titles, top};
use crate::book::{Cell, Column, Frozen, Input, Paper, Row, RowKind, Sheet, TabKind, columns, heads};
use crate::certify::Run;
use crate::excel::{Area, Target};

columns! {
    /// The columns of the checklist; who signs stands on them too.
    Checklist {
        Place: "N.", 5, Always;
        Asked: "Domanda", 46, Always;
        Fact: "Che cosa risulta al programma", 76, First;
        Where: "Dove si vede", 17, First;
        Answer: "Sì, no, in parte", 16, First;
        Notes: "Note dell'OIV", 45, First;
    }
}

/// The columns of who signs, under those of the answers.
const SIGNERS: [&str; 5] = ["Componente", "Nome e cognome", "Ruolo", "Data", "Firma"];

/// Points of rows that a page holds when these columns fill its width; less what some programs add to the
/// rows.
const ROOM: u32 = 740;

/// Where the links to the tables stand.
const SLOTS: [(u16, u16); 4] = [(0, 2), (2, 1), (3, 2), (5, 1)];

const SPAN: u16 = Checklist::ALL.len() as u16;

/// The possible answers.
const ANSWERS: [&str; 3] = ["sì", "no", "in parte"];

/// Lines for those who sign.
const SIGNATURES: usize = 3;

/// A line of the checklist.
pub(super) struct Question {
    what: &'static str,
    asked: &'static str,
    fact: String,
    sheet: &'static str,
}

/// The sheet of the checklist and of the signatures: a table for each of the three properties, and one to
/// sign.
pub(super) fn sheet(run: &Run<'_>, index: &Index<'_>) -> Sheet {
    let subtitle = format!(
        "{}: i fatti li scrive il programma, che non propone nessuna risposta; il giudizio è dell'OIV. Le celle gialle sono per chi attesta: compila una copia, così l'originale resta verificabile.",
        month_title(run.consolidation.month)
    );
    let mut page = Page { rows: Vec::new(), tables: Vec::new(), titles: Vec::new() };
    let above = heading("Attestazione dell'OIV", &subtitle, SPAN);
    let groups = [understandable(run), compliant(run), reliable(run, index)];
    let lines = tables_lines(groups.len() + 1, &SLOTS);
    // Their words need the places of the tables: they come in at the end.
    page.rows.resize(above.len() + lines, Row::space());
    let mut place = 0;
    let mut begins = Vec::new();
    for group in groups {
        begins.push(page.checklist(&mut place, group));
    }
    begins.push(page.signatures());
    let told = tables_line(&page.titles, &SLOTS, SPAN);
    for (row, line) in page.rows.iter_mut().zip(above.into_iter().chain(told)) {
        *row = line;
    }
    let widths: Vec<u16> = heads::<Checklist>().iter().map(|head| head.width).collect();
    let paper = paper(&page.rows, &widths, begins.get(2).zip(begins.get(3)));
    Sheet {
        name: names::ATTESTATION,
        tab: TabKind::Evidence,
        widths,
        rows: page.rows,
        frozen: Some(Frozen { rows: 1, columns: 2 }),
        repeat: Some(0),
        paper,
        leaf: None,
        tables: page.tables,
        charts: Vec::new(),
        sparklines: Vec::new(),
    }
}

/// Two properties on the first page; the third and the signatures on the second, or on one each when they are
/// long.
fn paper(rows: &[Row], widths: &[u16], begins: Option<(&u32, &u32)>) -> Paper {
    let Some((third, signatures)) = begins else { return Paper::Wide };
    let rest = rows.iter().take(1).chain(rows.iter().skip(usize::try_from(*third).unwrap_or_default()));
    let tall: u32 = rest.map(|row| height::of(row, widths).points).sum();
    if tall <= ROOM { Paper::Parted(*third) } else { Paper::InThree(*third, *signatures) }
}

/// The sheet being built.
struct Page {
    rows: Vec<Row>,
    tables: Vec<Area>,
    titles: Vec<(String, Target)>,
}

impl Page {
    /// The questions about a property; gives the row of their title. They are numbered after `place`.
    fn checklist(&mut self, place: &mut usize, questions: Vec<Question>) -> u32 {
        let begin = self.titled(questions.first().map_or("", |question| question.what));
        let body: Vec<Vec<Cell>> = questions
            .into_iter()
            .map(|question| {
                *place += 1;
                row(*place, &question)
            })
            .collect();
        let top = self.next_row();
        self.rows.push(header(titles::<Checklist>(), body.iter().map(Vec::as_slice)));
        self.rows.extend(body.into_iter().map(|cells| Row::of(RowKind::Body, cells)));
        self.tables.push(area(top, 0, self.next_row().saturating_sub(1), SPAN - 1));
        begin
    }

    /// The judgement and who signs it, in blank; gives the row of their title.
    fn signatures(&mut self) -> u32 {
        let fill = || Cell::to_fill(Input::Free);
        let begin = self.titled("Giudizio e firme");
        // As many lines as a hand needs.
        let judgement = Cell::text("Giudizio motivato\ndell'OIV sulle tre proprietà\n\n\n\n").strong();
        self.rows.push(Row::of(RowKind::Body, vec![Cell::blank(), judgement, fill().over(SPAN - 2)]));
        let top = self.next_row();
        let names = std::iter::once(Cell::blank()).chain(SIGNERS.map(Cell::text));
        self.rows.push(Row::of(RowKind::Header, names.collect()));
        for place in 1..=SIGNATURES {
            let who = Cell::text(format!("Componente dell'OIV n. {place}\n\n")).strong();
            let cells = vec![Cell::blank(), who, fill(), fill(), fill(), fill()];
            self.rows.push(Row::of(RowKind::Body, cells));
        }
        self.tables.push(area(top, 1, self.next_row().saturating_sub(1), SPAN - 1));
        begin
    }

    /// The title of a table; gives its row.
    fn titled(&mut self, title: &str) -> u32 {
        let row = self.next_row();
        self.titles
            .push((title.to_owned(), Target { sheet: names::ATTESTATION, cell: CellRef { row, col: 0 } }));
        self.rows.push(Row::line(RowKind::Heading, 0, title, SPAN));
        row
    }

    fn next_row(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }
}

fn row(place: usize, question: &Question) -> Vec<Cell> {
    cells(|column| match column {
        Checklist::Place => Cell::count(place),
        Checklist::Asked => Cell::text(question.asked),
        Checklist::Fact => Cell::text(&question.fact),
        Checklist::Where => Cell::link(question.sheet, Some(top(question.sheet))),
        Checklist::Answer => Cell::to_fill(Input::OneOf(&ANSWERS)),
        Checklist::Notes => Cell::to_fill(Input::Free),
    })
}

/// The checklist, in order.
pub(super) fn questions(run: &Run<'_>, index: &Index<'_>) -> Vec<Question> {
    let mut all = understandable(run);
    all.extend(compliant(run));
    all.extend(reliable(run, index));
    all
}

fn understandable(run: &Run<'_>) -> Vec<Question> {
    let question = |asked, fact, sheet| Question { what: "Comprensibilità", asked, fact, sheet };
    vec![
        question(
            "Di ogni indicatore si capisce che cosa misura, con quale formula e contro quale target?",
            facts::targets(run),
            names::METHOD,
        ),
        question(
            "Le letture scelte dove il piano è dubbio sono dichiarate?",
            facts::readings(run),
            names::METHOD,
        ),
        question(
            "Ogni risultato si può seguire fino alla cella da cui viene?",
            facts::traces(run),
            names::DATA,
        ),
        question("Gli scostamenti dal target sono spiegati?", facts::explanations(run), names::RESULTS),
    ]
}

fn compliant(run: &Run<'_>) -> Vec<Question> {
    let question = |asked, fact, sheet| Question { what: "Conformità", asked, fact, sheet };
    vec![
        question("C'è un risultato per ogni indicatore del piano?", facts::results(run), names::SUMMARY),
        question(
            "Formule, target e costanti sono quelli del piano approvato?",
            facts::plan_used(run),
            names::COVER,
        ),
        question(
            "Tutti gli uffici hanno inviato i dati, e qualcuno li firma?",
            facts::offices(run),
            names::OFFICES,
        ),
        question("I rilievi sono chiusi?", facts::open_findings(run), names::FINDINGS),
        question(
            "Deroghe e decisioni dell'unità sono motivate e accettabili?",
            facts::accepted(run),
            names::FINDINGS,
        ),
        question("L'anno è chiuso e l'emissione è definitiva?", facts::issue(run), names::COVER),
    ]
}

fn reliable(run: &Run<'_>, index: &Index<'_>) -> Vec<Question> {
    let question = |asked, fact, sheet| Question { what: "Attendibilità", asked, fact, sheet };
    vec![
        question("I dati dovuti ci sono?", facts::completeness(run), names::OFFICES),
        question("I risultati hanno un'evidenza?", facts::evidence(run), names::RESULTS),
        question(
            "I dati di partenza, le quote e i denominatori scritti dagli uffici si possono provare?",
            facts::own_words(run),
            names::RESULTS,
        ),
        question(
            "I gradi, con e senza ciò che manca, sono quelli da comunicare?",
            facts::degrees(run),
            names::SUMMARY,
        ),
        question("I controlli hanno guardato tutto?", facts::checks(run), names::CHECKS),
        question("I file sono quelli inviati dagli uffici?", facts::files(run), names::FILES),
        question(
            "Rifatto da capo, il conto torna?",
            format!(
                "«schede verifica» ricalcola tutto dai file originali e confronta cella per cella. Impronta dell'emissione:\n{}",
                identity::fingerprint(run)
            ),
            names::COVER,
        ),
        question("Gli elementi del campione sono stati verificati?", facts::sampled(index), names::OIV),
    ]
}
