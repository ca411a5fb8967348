//! *Attestazione OIV*: what an evaluator has to say yes or no to, with what the program knows of it.
//!
//! The program states facts and proposes no answer.

use crate::aggregate::{Degrees, Reliability, reliability, self_declared};
use crate::check::{Fate, Tally};
use crate::interpret::Submission;
use crate::model::{Finding, Light, Number, Severity, Status, count, join_it, ratio_it};
use crate::plan::Threshold;

use super::cover::coverage;
use super::files::inputs_sha256;
use super::index::{Counts, Index};
use super::obstacles::obstacles;
use super::offices::missing;
use super::sampling::shares_words;
use super::sheet::{Cell, Input, Paper, Row, RowKind, Sheet, TabKind};
use super::table::{Table, names, top};
use super::words::month_title;
use super::{Run, identity};

const COLUMNS: [(&str, u16); 7] = [
    ("N.", 5),
    ("Che cosa si attesta", 19),
    ("Domanda", 42),
    ("Che cosa risulta al programma", 70),
    ("Dove si vede", 17),
    ("Sì, no, in parte", 13),
    ("Note dell'OIV", 34),
];

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

/// The sheet of the checklist and of the signatures.
pub(super) fn sheet(run: &Run<'_>, index: &Index<'_>) -> Sheet {
    let rows =
        questions(run, index).into_iter().enumerate().map(|(place, question)| row(place, question)).collect();
    let mut sheet = Table {
        name: names::ATTESTATION,
        tab: TabKind::Evidence,
        title: "Attestazione dell'OIV",
        subtitle: format!(
            "{}: i fatti li scrive il programma, che non propone nessuna risposta; il giudizio è dell'OIV. Le celle gialle sono per chi attesta: compila una copia, così l'originale resta verificabile.",
            month_title(run.consolidation.month)
        ),
        columns: &COLUMNS,
        frozen: 3,
        paper: Paper::Wide,
        empty: "Nessuna domanda.",
    }
    .sheet(rows);
    sheet.rows.extend(signatures());
    sheet
}

fn row(place: usize, question: Question) -> Vec<Cell> {
    vec![
        Cell::count(place + 1),
        Cell::text(question.what).strong(),
        Cell::text(question.asked),
        Cell::text(question.fact),
        Cell::link(question.sheet, Some(top(question.sheet))),
        Cell::to_fill(Input::OneOf(&ANSWERS)),
        Cell::to_fill(Input::Free),
    ]
}

/// The judgement and who signs it, in blank.
fn signatures() -> Vec<Row> {
    let span = u16::try_from(COLUMNS.len()).unwrap_or(1);
    let fill = || Cell::to_fill(Input::Free);
    let titles = ["", "Componente", "Nome e cognome", "Ruolo", "Data", "", "Firma"];
    // As many lines as a hand needs.
    let judgement = Cell::text("Giudizio\nmotivato\ndell'OIV\nsulle tre\nproprietà").strong();
    let mut rows = vec![
        Row::space(),
        Row::line(RowKind::Heading, 0, "Giudizio e firme", span),
        Row::of(RowKind::Body, vec![Cell::blank(), judgement, fill().over(span.saturating_sub(2))]),
        Row::space(),
        Row::of(RowKind::Header, titles.map(Cell::text).to_vec()),
    ];
    rows.extend((1..=SIGNATURES).map(|place| {
        let who = Cell::text(format!("Componente\ndell'OIV\nn. {place}")).strong();
        Row::of(RowKind::Body, vec![Cell::blank(), who, fill(), fill(), fill(), Cell::blank(), fill()])
    }));
    rows
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
    format!(
        "{} e {} aperti; {} da motivare; {}, che non sono difetti.",
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
    let covered = share.map_or_else(
        || "Nessun dato era dovuto".to_owned(),
        |share| {
            format!("Copertura {}: {} dati su {} dovuti", ratio_it(&share), words(present), words(expected))
        },
    );
    let provisional = run.consolidation.indicators.iter().filter(|result| result.provisional).count();
    format!("{covered}; {}.", count(provisional, "risultato provvisorio", "risultati provvisori"))
}

fn evidence(run: &Run<'_>) -> String {
    let marks: Vec<Option<Reliability>> = run
        .consolidation
        .indicators
        .iter()
        .filter_map(|result| Some((run.plan.indicator(&result.code)?, result)))
        .map(|(indicator, result)| reliability(indicator, result, run.admitted, run.submissions))
        .collect();
    let of = |mark| marks.iter().filter(|own| **own == mark).count();
    format!(
        "Indicatori misurati con evidenza: {} su {}; con evidenza parziale: {}; dichiarati senza evidenza: {}; senza dati: {}. Il programma vede se una fonte è scritta, non se è buona.",
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
        "Grado ufficiale dell'ente: {} · senza ciò che manca: {}. {rest} I due gradi stanno affiancati in ogni scheda e non si mescolano mai.",
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
    use super::{ANSWERS, COLUMNS, Index, Input, questions};
    use crate::interpret::TextCell;
    use crate::model::{CellRef, IndicatorCode, Number, Place, Severity};
    use crate::report::report;
    use crate::report::sample::{Sample, sample};
    use crate::report::sheet::{Cell, Content, RowKind};

    fn fact(sample: &Sample, asked: &str) -> String {
        let run = sample.run();
        let found =
            questions(&run, &Index::of(&run)).into_iter().find(|question| question.asked.contains(asked));
        found.unwrap().fact
    }

    #[test]
    fn the_three_things_to_attest_stand_together_and_every_answer_is_blank() {
        let june = sample(6);
        let report = report(&june.run());
        let sheet = report.sheets.iter().find(|sheet| sheet.name == "Attestazione OIV").unwrap();
        let last = sheet.tables[0].last.row as usize;
        let table: Vec<&Vec<Cell>> = sheet.rows[4..=last].iter().map(|row| &row.cells).collect();
        assert_eq!(table.len(), questions(&june.run(), &Index::of(&june.run())).len());
        let mut what: Vec<String> = Vec::new();
        for cells in &table {
            assert_eq!(cells.len(), COLUMNS.len());
            let Content::Text(own) = &cells[1].content else { panic!("no group") };
            what.push(own.clone());
            assert!(cells[5].is_blank() && cells[5].input == Some(Input::OneOf(&ANSWERS)));
            assert!(cells[6].is_blank() && cells[6].input == Some(Input::Free));
            assert!(cells[..5].iter().all(|cell| cell.input.is_none() && !cell.is_blank()));
            assert!(matches!(cells[4].content, Content::Link(..)));
        }
        what.dedup();
        assert_eq!(what, ["Comprensibilità", "Conformità", "Attendibilità"]);
        let signatures = sheet.rows[last + 1..].iter().filter(|row| row.kind == RowKind::Body);
        assert_eq!(
            signatures.map(|row| row.cells.iter().filter(|cell| cell.input.is_some()).count()).sum::<usize>(),
            13
        );
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
        assert!(told.starts_with("Grado ufficiale dell'ente: 80,00 · senza ciò che manca: 80,40. I due gradi differiscono nella scheda 7."), "{told}");
        december.consolidation.ente.official = None;
        assert!(
            fact(&december, "con e senza ciò che manca").starts_with("Grado ufficiale dell'ente: nessuno ·")
        );
    }
}
