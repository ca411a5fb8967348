//! *Attestazione OIV*: what an evaluator has to say yes or no to, with what the program knows of it.
//!
//! The program states facts and proposes no answer.

use crate::aggregate::{Degrees, Mark, Reliability, mark, self_declared};
use crate::check::{Fate, Tally};
use crate::interpret::Submission;
use crate::model::{CellRef, Finding, Light, Number, Severity, Status, count, join_it, ratio_it};
use crate::plan::Threshold;

use super::cover::{coverage, covered};
use super::files::inputs_sha256;
use super::height;
use super::index::{Counts, Index};
use super::obstacles::obstacles;
use super::offices::missing;
use super::sampling::shares_words;
use super::sheet::{Area, Cell, Frozen, Input, Paper, Row, RowKind, Sheet, TabKind, Target};
use super::table::{area, header, heading, names, tables_line, tables_lines, top};
use super::words::month_title;
use super::{Run, identity};

const COLUMNS: [(&str, u16); 6] = [
    ("N.", 5),
    ("Domanda", 46),
    ("Che cosa risulta al programma", 76),
    ("Dove si vede", 17),
    ("Sì, no, in parte", 16),
    ("Note dell'OIV", 45),
];

/// The columns of who signs, under those of the answers.
const SIGNERS: [&str; 5] = ["Componente", "Nome e cognome", "Ruolo", "Data", "Firma"];

/// Points of rows that a page holds when these columns fill its width; less what some programs add to the rows.
const ROOM: u32 = 740;

/// Where the links to the tables stand.
const SLOTS: [(u16, u16); 4] = [(0, 2), (2, 1), (3, 2), (5, 1)];

const SPAN: u16 = 6;

/// The possible answers.
const ANSWERS: [&str; 3] = ["sì", "no", "in parte"];

/// Lines for who signs.
const SIGNATURES: usize = 3;

/// Checks that say that a text, a target or a constant of the plan was changed in a file.
const CHANGED_TEXTS: [&str; 4] = ["P23", "T09", "T10", "T21"];

/// A line of the checklist.
pub(super) struct Question {
    what: &'static str,
    asked: &'static str,
    fact: String,
    sheet: &'static str,
}

/// The sheet of the checklist and of the signatures: a table for each of the three properties, and one to sign.
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
    let widths: Vec<u16> = COLUMNS.iter().map(|(_, width)| *width).collect();
    let paper = paper(&page.rows, &widths, begins.get(2).zip(begins.get(3)));
    Sheet {
        name: names::ATTESTATION,
        tab: TabKind::Evidence,
        widths,
        rows: page.rows,
        frozen: Some(Frozen { rows: 1, columns: 2 }),
        repeat: Some(0),
        paper,
        tables: page.tables,
        charts: Vec::new(),
        sparklines: Vec::new(),
    }
}

/// Two properties on the first page; the third and the signatures on the second, or on one each when they are long.
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
                row(*place, question)
            })
            .collect();
        let top = self.next_row();
        self.rows.push(header(&COLUMNS, body.iter().map(Vec::as_slice)));
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
        self.rows.push(Row::space());
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

    /// The title of a table, after a little room; gives its row.
    fn titled(&mut self, title: &str) -> u32 {
        self.rows.push(Row::space());
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

fn row(place: usize, question: Question) -> Vec<Cell> {
    vec![
        Cell::count(place),
        Cell::text(question.asked),
        Cell::text(question.fact),
        Cell::link(question.sheet, Some(top(question.sheet))),
        Cell::to_fill(Input::OneOf(&ANSWERS)),
        Cell::to_fill(Input::Free),
    ]
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
            targets(run),
            names::METHOD,
        ),
        question("Le letture scelte dove il piano è dubbio sono dichiarate?", readings(run), names::METHOD),
        question("Ogni risultato si può seguire fino alla cella da cui viene?", traces(run), names::DATA),
        question("Gli scostamenti dal target sono spiegati?", explanations(run), names::RESULTS),
    ]
}

fn compliant(run: &Run<'_>) -> Vec<Question> {
    let question = |asked, fact, sheet| Question { what: "Conformità", asked, fact, sheet };
    vec![
        question("C'è un risultato per ogni indicatore del piano?", results(run), names::SUMMARY),
        question("Formule, target e costanti sono quelli del piano approvato?", plan_used(run), names::COVER),
        question("Tutti gli uffici hanno inviato i dati, e qualcuno li firma?", offices(run), names::OFFICES),
        question("I rilievi sono chiusi?", open_findings(run), names::FINDINGS),
        question(
            "Deroghe e decisioni dell'unità sono motivate e accettabili?",
            accepted(run),
            names::FINDINGS,
        ),
        question("L'anno è chiuso e l'emissione è definitiva?", issue(run), names::COVER),
    ]
}

fn reliable(run: &Run<'_>, index: &Index<'_>) -> Vec<Question> {
    let question = |asked, fact, sheet| Question { what: "Attendibilità", asked, fact, sheet };
    vec![
        question("I dati dovuti ci sono?", completeness(run), names::OFFICES),
        question("I risultati hanno un'evidenza?", evidence(run), names::RESULTS),
        question(
            "I dati di partenza, le quote e i denominatori scritti dagli uffici si possono provare?",
            own_words(run),
            names::RESULTS,
        ),
        question(
            "I gradi, con e senza ciò che manca, sono quelli da comunicare?",
            degrees(run),
            names::SUMMARY,
        ),
        question("I controlli hanno guardato tutto?", checks(run), names::CHECKS),
        question("I file sono quelli inviati dagli uffici?", files(run), names::FILES),
        question(
            "Rifatto da capo, il conto torna?",
            format!(
                "«schede verifica» ricalcola tutto dai file originali e confronta cella per cella. Impronta dell'emissione:\n{}",
                identity::fingerprint(run)
            ),
            names::COVER,
        ),
        question("Gli elementi del campione sono stati verificati?", sampled(index), names::OIV),
    ]
}

fn targets(run: &Run<'_>) -> String {
    let all = run.plan.indicators().count();
    let waiting = run
        .plan
        .indicators()
        .filter(|own| matches!(own.target.threshold, Threshold::Baseline { .. }))
        .count();
    let implicit = run.plan.indicators().filter(|own| own.target.implicit).count();
    let second = run.plan.indicators().filter(|own| own.target.second.is_some()).count();
    format!(
        "Indicatori con formula e target letti dal programma: {all} su {all}. Con confronto sottinteso nel testo: {implicit}; con una seconda condizione, mostrata ma non decisiva: {second}; con un target che dipende da un dato di partenza: {waiting}.",
    )
}

fn readings(run: &Run<'_>) -> String {
    let own = run.plan.indicators().filter(|own| !own.readings.is_empty()).count();
    format!(
        "{} con letture scelte e scritte; {} sul testo del piano.",
        count(own, "indicatore", "indicatori"),
        count(run.plan.notices.len(), "avviso", "avvisi")
    )
}

fn traces(run: &Run<'_>) -> String {
    let entries = || run.admitted.entries.values().flatten();
    let typed = entries().filter(|entry| entry.value.is_some()).count();
    let normalised = entries().filter(|entry| entry.normalised.is_some()).count();
    format!(
        "{} con ufficio, file, foglio e cella; {} come valore, con il testo digitato e la regola applicata.",
        count(typed, "dato", "dati"),
        count(normalised, "testo letto", "testi letti")
    )
}

fn explanations(run: &Run<'_>) -> String {
    let off = run
        .consolidation
        .indicators
        .iter()
        .filter(|result| matches!(result.status.light(), Light::Rosso | Light::Giallo));
    let (mut all, mut silent) = (0, Vec::new());
    for result in off {
        all += 1;
        if !run.submissions.iter().any(|submission| submission.notes.contains_key(&result.code)) {
            silent.push(result.code.as_str());
        }
    }
    let what =
        if run.consolidation.closed { "non raggiunti, o raggiunti in parte" } else { "in ritardo o persi" };
    let rest = if silent.is_empty() { String::new() } else { format!("; senza nota: {}", join_it(&silent)) };
    format!("Indicatori {what}: {all}, di cui {} con una nota degli uffici{rest}.", all - silent.len())
}

fn results(run: &Run<'_>) -> String {
    let all = run.plan.indicators().count();
    let results = &run.consolidation.indicators;
    let valued = results.iter().filter(|result| result.value.is_some()).count();
    let without: Vec<String> = WITHOUT
        .into_iter()
        .map(|status| (status, results.iter().filter(|result| result.status == status).count()))
        .filter(|(_, number)| *number > 0)
        .map(|(status, number)| format!("{number} «{}»", status.label()))
        .collect();
    let rest =
        if without.is_empty() { String::new() } else { format!(" Fra gli esiti: {}.", join_it(&without)) };
    format!("Indicatori nel consuntivo: {} su {all}; con un valore: {valued}.{rest}", results.len())
}

/// Outcomes that say that there is nothing to judge.
const WITHOUT: [Status; 6] = [
    Status::NonAncoraMisurabile,
    Status::DatoMancante,
    Status::NonCalcolabile,
    Status::TargetMancante,
    Status::NonVerificabile,
    Status::NonValutabile,
];

fn plan_used(run: &Run<'_>) -> String {
    let approved = if run.plan.delibera.is_empty() {
        "estremi dell'atto non indicati nel piano"
    } else {
        &run.plan.delibera
    };
    let changed = open(run).filter(|finding| CHANGED_TEXTS.contains(&finding.rule.code)).count();
    format!(
        "Approvato con: {approved}. {} su testi, target o costanti cambiati nei file: il calcolo usa sempre quelli del piano. SHA-256 del piano:\n{}",
        count(changed, "rilievo aperto", "rilievi aperti"),
        run.plan.sha256
    )
}

fn open<'a>(run: &Run<'a>) -> impl Iterator<Item = &'a Finding> {
    run.checked.findings.iter().filter(|finding| finding.is_open())
}

fn offices(run: &Run<'_>) -> String {
    let all = run.plan.offices.len();
    let absent: Vec<&str> = missing(run).iter().map(|office| office.name.as_str()).collect();
    let signed = run.submissions.iter().filter(|submission| is_signed(submission)).count();
    let rest = if absent.is_empty() { String::new() } else { format!(" Mancano: {}.", absent.join("; ")) };
    format!(
        "Uffici che hanno inviato un file che conta: {} su {all}; con nome, ruolo e data di chi firma: {signed}.{rest}",
        all - absent.len()
    )
}

fn is_signed(submission: &Submission) -> bool {
    let sign_off = &submission.sign_off;
    [&sign_off.name, &sign_off.role, &sign_off.date].iter().all(|cell| cell.is_some())
}

fn open_findings(run: &Run<'_>) -> String {
    let counts = Counts::of(run.checked.findings.iter());
    let serious = counts.get(Severity::Bloccante) + counts.get(Severity::Errore);
    let state =
        if run.definitive && serious > 0 { format!(", {}", covered(serious)) } else { " aperti".to_owned() };
    format!(
        "{} e {}{state}; {} da motivare; {}, che non sono difetti.",
        count(counts.get(Severity::Bloccante), "rilievo bloccante", "rilievi bloccanti"),
        count(counts.get(Severity::Errore), "errore", "errori"),
        counts.get(Severity::DaMotivare),
        count(counts.get(Severity::Nota), "nota", "note"),
    )
}

fn accepted(run: &Run<'_>) -> String {
    let waived = run.checked.findings.iter().filter(|finding| !finding.is_open()).count();
    let decided: Vec<&str> = run.plan.decisions.iter().map(|decision| decision.indicator.as_str()).collect();
    let rest = if decided.is_empty() { String::new() } else { format!(" ({})", join_it(&decided)) };
    format!(
        "{}; {} per decisione{rest}.",
        count(waived, "rilievo derogato", "rilievi derogati"),
        count(decided.len(), "indicatore non valutabile", "indicatori non valutabili")
    )
}

fn issue(run: &Run<'_>) -> String {
    let closed = if run.consolidation.closed { "anno chiuso" } else { "anno non chiuso" };
    let kind = if run.definitive { "emissione definitiva" } else { "emissione provvisoria" };
    let left = obstacles(run).len();
    let rest = if left == 0 {
        "nessun ostacolo all'emissione definitiva che il programma veda nei dati".to_owned()
    } else {
        format!("{} aperti all'emissione definitiva", count(left, "ostacolo", "ostacoli"))
    };
    format!("{}: {closed}, {kind}; {rest}.", month_title(run.consolidation.month))
}

fn completeness(run: &Run<'_>) -> String {
    let (present, expected) = coverage(run);
    let share = Number::from(present).divided_by(&Number::from(expected));
    let words = |number: u32| Number::from(number).to_italian(0);
    let share_words = share.map_or_else(
        || "Nessun dato era dovuto".to_owned(),
        |share| {
            format!("Copertura {}: {} dati su {} dovuti", ratio_it(&share), words(present), words(expected))
        },
    );
    let provisional = run.consolidation.indicators.iter().filter(|result| result.provisional).count();
    let results = match provisional {
        0 if run.definitive => "nessun risultato con dati incompleti".to_owned(),
        many if run.definitive => {
            let noun = count(many, "risultato con dati incompleti", "risultati con dati incompleti");
            format!("{noun}, {}", covered(many))
        }
        many => count(many, "risultato provvisorio", "risultati provvisori"),
    };
    format!("{share_words}; {results}.")
}

fn evidence(run: &Run<'_>) -> String {
    let marks: Vec<Option<Mark>> = run
        .consolidation
        .indicators
        .iter()
        .filter_map(|result| Some((run.plan.indicator(&result.code)?, result)))
        .map(|(indicator, result)| mark(indicator, result, run.admitted, run.submissions))
        .collect();
    let of = |reliability| marks.iter().filter(|own| own.map(|own| own.reliability) == reliability).count();
    let bases = marks.iter().flatten().filter(|mark| mark.own_base).count();
    format!(
        "Indicatori misurati con evidenza: {} su {}; con evidenza parziale: {}; dichiarati senza evidenza: {}; senza dati: {}. Con base autodichiarata, cioè con un dato di partenza, un denominatore o un altro valore unico dell'anno scritto da un ufficio: {bases}. Il programma vede se una fonte è scritta, non se è buona.",
        of(Some(Reliability::MisuratoConEvidenza)),
        marks.len(),
        of(Some(Reliability::Parziale)),
        of(Some(Reliability::DichiaratoSenza)),
        of(None)
    )
}

fn own_words(run: &Run<'_>) -> String {
    let mut voci = 0;
    let mut codes = Vec::new();
    for indicator in run.plan.indicators() {
        let own = self_declared(indicator, run.admitted).len();
        voci += own;
        if own > 0 {
            codes.push(indicator.code.as_str());
        }
    }
    if codes.is_empty() {
        return "Nessuna voce autodichiarata da un ufficio.".to_owned();
    }
    let noun = if codes.len() == 1 { "nell'indicatore" } else { "negli indicatori" };
    format!("{} {noun} {}.", count(voci, "voce autodichiarata", "voci autodichiarate"), join_it(&codes))
}

fn degrees(run: &Run<'_>) -> String {
    let differ: Vec<String> = run
        .consolidation
        .schede
        .iter()
        .filter(|scheda| scheda.degrees.official != scheda.degrees.without_missing)
        .map(|scheda| scheda.number.to_string())
        .collect();
    let rest = match differ.len() {
        0 => "I due gradi coincidono in tutte le schede.".to_owned(),
        1 => format!("I due gradi differiscono nella scheda {}.", join_it(&differ)),
        _ => format!("I due gradi differiscono nelle schede {}.", join_it(&differ)),
    };
    let Degrees { official, without_missing } = &run.consolidation.ente;
    let words = |degree: &Option<Number>| {
        degree.as_ref().map_or_else(|| "nessuno".to_owned(), |degree| degree.to_italian_fixed(2))
    };
    format!(
        "Grado dell'ente: {} · senza ciò che manca: {}. {rest} I due gradi stanno affiancati in ogni scheda e non si mescolano mai.",
        words(official),
        words(without_missing)
    )
}

fn checks(run: &Run<'_>) -> String {
    let tallies: Vec<Tally> = run
        .rules
        .iter()
        .map(|rule| run.checked.tallies.get(rule.code).copied().unwrap_or_default())
        .collect();
    let sum = |of: fn(&Tally) -> usize| Number::from(tallies.iter().map(of).sum::<usize>()).to_italian(0);
    format!(
        "{}, soggetti: {}. Superati {}, falliti {}, non valutati {}, derogati {}.",
        count(tallies.len(), "controllo", "controlli"),
        sum(|tally| tally.subjects()),
        sum(|tally| tally.passed),
        sum(|tally| tally.failed),
        sum(|tally| tally.skipped),
        sum(|tally| tally.waived)
    )
}

fn files(run: &Run<'_>) -> String {
    let accepted = run.files.iter().filter(|file| file.fate == Fate::Accepted).count();
    format!(
        "{}, di cui {}. SHA-256 dell'elenco dei file:\n{}",
        count(run.files.len(), "file ricevuto", "file ricevuti"),
        count(accepted, "accettato", "accettati"),
        inputs_sha256(run.files)
    )
}

fn sampled(index: &Index<'_>) -> String {
    let sample = &index.sample;
    format!(
        "{}, su {} fra cui scegliere.",
        shares_words(&sample.items),
        Number::from(sample.candidates).to_italian(0)
    )
}

#[cfg(test)]
mod tests {
    use super::{ANSWERS, Index, Input, questions};
    use crate::interpret::TextCell;
    use crate::model::{CellRef, IndicatorCode, Number, Place, Severity};
    use crate::report::report;
    use crate::report::sample::{Sample, sample};
    use crate::report::sheet::{Content, Row};

    fn fact(sample: &Sample, asked: &str) -> String {
        let run = sample.run();
        let found =
            questions(&run, &Index::of(&run)).into_iter().find(|question| question.asked.contains(asked));
        found.unwrap().fact
    }

    #[test]
    fn the_three_things_to_attest_have_a_table_each_and_every_answer_is_blank() {
        let june = sample(6);
        let report = report(&june.run());
        let sheet = report.sheets.iter().find(|sheet| sheet.name == "Attestazione OIV").unwrap();
        let [lists @ .., signers] = sheet.tables.as_slice() else { panic!("no table") };
        let mut numbers = Vec::new();
        let mut titles = Vec::new();
        for area in lists {
            let Content::Text(title) = &sheet.rows[area.first.row as usize - 1].cells[0].content else {
                panic!("no title above {area:?}")
            };
            titles.push(title.as_str());
            for row in &sheet.rows[area.first.row as usize + 1..=area.last.row as usize] {
                let [number, asked, fact, place, answer, notes] = row.cells.as_slice() else {
                    panic!("{row:?}")
                };
                let Content::Number(number, _) = &number.content else { panic!("no number") };
                numbers.push(number.to_i64().unwrap());
                assert!([asked, fact, place].iter().all(|cell| cell.input.is_none() && !cell.is_blank()));
                assert!(matches!(place.content, Content::Link(..)));
                assert!(answer.is_blank() && answer.input == Some(Input::OneOf(&ANSWERS)));
                assert!(notes.is_blank() && notes.input == Some(Input::Free));
            }
        }
        assert_eq!(titles, ["Comprensibilità", "Conformità", "Attendibilità"]);
        assert_eq!(numbers, (1..=18).collect::<Vec<i64>>());
        // The judgement, then name, role, date and signature of three.
        let to_sign = &sheet.rows[lists[2].last.row as usize + 1..];
        let blanks = |rows: &[Row]| {
            rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.input == Some(Input::Free)).count()
        };
        assert_eq!(blanks(to_sign), 13);
        assert_eq!(blanks(&sheet.rows[signers.first.row as usize..=signers.last.row as usize]), 12);
    }

    #[test]
    fn facts_of_a_made_up_june_by_hand() {
        let mut june = sample(6);
        // 25 offices of 26 have sent; one finding of severity errore (R03) and one that says who is missing (K01).
        let offices = fact(&june, "Tutti gli uffici");
        assert!(
            offices.starts_with("Uffici che hanno inviato un file che conta: 25 su 26; con nome, ruolo e data di chi firma: 0."),
            "{offices}"
        );
        assert!(offices.ends_with(&format!("Mancano: {}.", june.plan.offices[25].name)), "{offices}");
        let findings = fact(&june, "rilievi sono chiusi");
        assert_eq!(
            findings,
            "0 rilievi bloccanti e 2 errori aperti; 0 da motivare; 0 note, che non sono difetti."
        );
        june.checked.findings[0].severity = Severity::Bloccante;
        assert!(fact(&june, "rilievi sono chiusi").starts_with("1 rilievo bloccante e 1 errore aperti;"));
        assert!(
            fact(&june, "quale target")
                .starts_with("Indicatori con formula e target letti dal programma: 40 su 40.")
        );
        // 410 + 25 passed, two failed, one skipped: 438 subjects of three checks.
        assert_eq!(
            fact(&june, "controlli hanno guardato"),
            "3 controlli, soggetti: 438. Superati 435, falliti 2, non valutati 1, derogati 0."
        );
        assert!(
            fact(&june, "anno è chiuso").starts_with("Giugno 2019: anno non chiuso, emissione provvisoria;")
        );
        assert!(fact(&june, "file sono quelli").starts_with("28 file ricevuti, di cui 25 accettati."));
    }

    #[test]
    fn a_final_issue_has_nothing_provisional_and_nothing_left_to_mend() {
        use crate::report::{report, results::remarks};
        // Two open errors (R03, K01), no matter which: what is drawn is what is said of them.
        let mut december = sample(12);
        for (place, result) in december.consolidation.indicators.iter_mut().enumerate() {
            result.provisional = place < 2;
        }
        let first = &mut december.consolidation.indicators[0];
        (first.coverage.present, first.coverage.expected) = (83, 84);
        let code = first.code.clone();
        let told = |sample: &Sample| {
            let run = sample.run();
            let result = run.consolidation.indicator(&code).unwrap();
            remarks(&run, run.plan.indicator(&code).unwrap(), result).join("\n")
        };
        let words = |sample: &Sample, name: &str| {
            let report = report(&sample.run());
            let sheet = report.sheets.iter().find(|sheet| sheet.name == name).unwrap();
            let cells = sheet.rows.iter().flat_map(|row| &row.cells);
            let texts = cells.filter_map(|cell| match &cell.content {
                Content::Text(text) => Some(text.clone()),
                _ => None,
            });
            texts.collect::<Vec<_>>()
        };
        assert!(fact(&december, "dati dovuti").ends_with("; 2 risultati provvisori."));
        assert!(words(&december, "Copertina").concat().contains("Da sistemare: 2 errori."));
        assert_eq!(words(&december, "Risultati").iter().filter(|text| *text == "sì").count(), 2);
        assert!(!told(&december).contains("Definitivo"));
        december.definitive = true;
        let dues = fact(&december, "dati dovuti");
        assert!(
            dues.ends_with("; 2 risultati con dati incompleti, coperti da una decisione o da una deroga."),
            "{dues}"
        );
        assert!(
            fact(&december, "rilievi sono chiusi").starts_with(
                "0 rilievi bloccanti e 2 errori, coperti da una decisione o da una deroga; 0 da"
            )
        );
        let cover = words(&december, "Copertina").concat();
        assert!(cover.contains("2 errori, coperti da una decisione o da una deroga."), "{cover}");
        assert!(!cover.contains("Da sistemare") && !cover.contains("va corretto o completato"), "{cover}");
        let results = words(&december, "Risultati");
        assert!(results.iter().any(|text| text == "Incompleto"));
        assert_eq!(results.iter().filter(|text| *text == "sì").count(), 2);
        let line = "Definitivo con 83 dati su 84: ciò che manca è coperto da una deroga.";
        assert!(told(&december).contains(line), "{}", told(&december));
        for sheet in ["Risultati", "S01"] {
            let all = words(&december, sheet);
            assert!(all.iter().any(|text| text.contains(line)), "{sheet}");
            assert!(!all.iter().any(|text| text.starts_with("Provvisorio:")), "{sheet}");
        }
        december.plan.decisions.push(crate::plan::Decision {
            indicator: code.clone(),
            reason: "x".into(),
            who: "x".into(),
            date: chrono::NaiveDate::from_ymd_opt(2019, 12, 15).unwrap(),
        });
        assert!(told(&december).contains("coperto da una decisione."), "{}", told(&december));
    }

    #[test]
    fn evidence_is_counted_by_mark() {
        let mut june = sample(6);
        let none = fact(&june, "un'evidenza");
        assert!(
            none.starts_with("Indicatori misurati con evidenza: 0 su 40; con evidenza parziale: 0;"),
            "{none}"
        );
        let place = Place { sheet: "Scheda 3".into(), cell: CellRef { row: 1, col: 1 } };
        for submission in
            june.submissions.iter_mut().filter(|own| ["sanzioni_ri", "ri"].contains(&own.office.as_str()))
        {
            for code in ["6.2", "1.3"] {
                let cell = TextCell { text: "verbali".into(), place: place.clone() };
                submission.evidence.insert(IndicatorCode::new(code), cell);
            }
        }
        let some = fact(&june, "un'evidenza");
        assert!(
            some.starts_with("Indicatori misurati con evidenza: 1 su 40; con evidenza parziale: 1;"),
            "{some}"
        );
    }

    #[test]
    fn degrees_stand_side_by_side() {
        let mut december = sample(12);
        for scheda in &mut december.consolidation.schede {
            scheda.degrees.official = Number::parse("80");
            scheda.degrees.without_missing = Number::parse(if scheda.number == 7 { "85.5" } else { "80" });
        }
        december.consolidation.ente.official = Number::parse("80");
        december.consolidation.ente.without_missing = Number::parse("80.4");
        let told = fact(&december, "con e senza ciò che manca");
        assert!(told.starts_with("Grado dell'ente: 80,00 · senza ciò che manca: 80,40. I due gradi differiscono nella scheda 7."), "{told}");
        december.consolidation.ente.official = None;
        assert!(fact(&december, "con e senza ciò che manca").starts_with("Grado dell'ente: nessuno ·"));
    }
}
