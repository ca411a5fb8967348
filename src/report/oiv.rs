//! *Carta OIV*: the working paper of an evaluator, a sample of what to look at with room for what was seen.

use std::collections::BTreeSet;

use crate::admit::{Admission, AdmittedEntry};
use crate::aggregate::{IndicatorResult, Mark, mark};
use crate::check::rule;
use crate::model::{Value, VoceType, count, euro_it, quoted, ratio_it};
use crate::plan::{Indicator, Office};

use super::document;
use super::index::Index;
use super::labels;
use super::results::{self, label};
use super::words::{entry_words, value_words};
use crate::book::table::{Table, body_row, cells, names};
use crate::book::{Cell, Input, Row, RowKind, Sheet, TabKind, columns, heads};
use crate::certify::Run;
use crate::certify::sampling::{BY_CHANCE, BY_RISK, FACTORS, Factor, Item, Sample, Subject, shares_words};
use crate::excel::Area;
use crate::model::capital;

columns! {
    /// The columns of *Carta OIV*.
    pub(crate) Oiv in names::OIV {
        Place: "N.", 5, Always;
        What: "Che cosa verificare", 58, Always;
        Why: "Perché", 40, First;
        File: "File", 32, First;
        Sheet: "Foglio", 10, First;
        Cell: "Cella", 8, First;
        Seen: "Evidenza vista", 18, First;
        Verdict: "Verifica: conforme, non conforme, non verificabile", 19, First;
        Remarks: "Osservazioni", 17, First;
        Points: "Punti", 8, Screen;
        Data: "Dati", 9, Screen;
        Result: "Esito", 9, Screen;
        Key: "Chiave dell'estrazione", 52, Screen, key = true;
        Draw: "SHA-256 di «piano|chiave», o di «seme|chiave» a sorte", 68, Screen;
    }
}

/// The columns on paper; the others serve to redo the draw.
const PRINTED: u16 = Oiv::Points.col();

/// What the verdict on an item can be.
const VERDICTS: [&str; 3] = ["conforme", "non conforme", "non verificabile"];

/// The sheet of the sample.
pub(super) fn sheet(run: &Run<'_>, index: &Index<'_>) -> Sheet {
    let sample = &index.sample;
    let rows = sample.items.iter().enumerate().map(|(place, item)| row(run, index, place, item)).collect();
    let mut sheet = Table {
        name: names::OIV,
        tab: TabKind::Evidence,
        title: "Carta di lavoro dell'OIV",
        subtitle: format!(
            "{}. Le celle gialle sono per chi verifica: compila una copia, così l'originale resta verificabile.",
            shares_words(&sample.items)
        ),
        columns: heads::<Oiv>(),
        empty: "Niente da verificare.",
    }
    .sheet(rows);
    sheet.leaf = document::part(sheet.rows.len(), PRINTED, 2, false);
    sheet.rows.extend(method(run, sample));
    sheet
}

fn row(run: &Run<'_>, index: &Index<'_>, place: usize, item: &Item<'_>) -> Vec<Cell> {
    let subject = match item.subject {
        Subject::Indicator(indicator, result) => of_indicator(run, index, indicator, result),
        Subject::Entry(entry) => of_entry(run, index, entry),
        Subject::Office(office) => of_office(run, index, office),
    };
    cells(|column| match column {
        Oiv::Place => Cell::count(place + 1),
        Oiv::What => Cell::text(&subject.what),
        Oiv::Why => Cell::text(why(item)),
        Oiv::Points => Cell::count(item.points()),
        Oiv::File => subject.file.clone(),
        Oiv::Sheet => subject.sheet.clone(),
        Oiv::Cell => subject.cell.clone(),
        Oiv::Data => subject.data.clone(),
        Oiv::Result => subject.result.clone(),
        Oiv::Seen | Oiv::Remarks => Cell::to_fill(Input::Free),
        Oiv::Verdict => Cell::to_fill(Input::OneOf(&VERDICTS)),
        Oiv::Key => Cell::code(&item.key),
        Oiv::Draw => Cell::code(item.own_hash()),
    })
}

/// What an item of the sample is, and the ways to it.
#[derive(Default)]
struct Shown {
    what: String,
    file: Cell,
    sheet: Cell,
    cell: Cell,
    data: Cell,
    result: Cell,
}

fn of_indicator(run: &Run<'_>, index: &Index<'_>, indicator: &Indicator, result: &IndicatorResult) -> Shown {
    let value = result.value.as_ref().map_or_else(
        || "senza valore".to_owned(),
        |value| format!("valore {}", value_words(indicator, value)),
    );
    let trusted = mark(indicator, result, run.admitted, run.submissions).map_or("nessun dato", Mark::label);
    let what = format!(
        "Indicatore {}: {}\n{value}; target «{}»; {}; {trusted}",
        result.code,
        indicator.text,
        indicator.target.printed,
        result.status.label()
    );
    let data = indicator.offices.iter().find_map(|office| index.first_data(indicator, office));
    Shown {
        what,
        file: rows_of(index, indicator),
        data: if data.is_some() { Cell::link("dato →", data) } else { Cell::blank() },
        result: Cell::link("esito →", results::target(run, &result.code)),
        ..Shown::default()
    }
}

/// How many rows of *Dati* are of an indicator's own voci, and the way to all of them.
fn rows_of(index: &Index<'_>, indicator: &Indicator) -> Cell {
    let blocks = || indicator.voci.iter().filter_map(|voce| index.block(&voce.key));
    let number: usize = blocks().map(|(first, last)| last + 1 - first).sum();
    let first = blocks().map(|(first, _)| first).min().and_then(|row| body_row(names::DATA, row));
    let last = blocks().map(|(_, last)| last).max().and_then(|row| body_row(names::DATA, row));
    match first.zip(last) {
        Some((first, last)) => {
            let words = format!("{} in «{}» →", count(number, "riga", "righe"), names::DATA);
            Cell::link_to_area(words, names::DATA, Area { first: first.cell, last: last.cell })
        }
        None => Cell::blank(),
    }
}

fn of_entry(run: &Run<'_>, index: &Index<'_>, entry: &AdmittedEntry) -> Shown {
    // What is typed once for the year says so in its own name.
    let annual = entry.id.month.is_none() && entry.id.row.is_none();
    let when = if annual { String::new() } else { format!(", {}", entry_words(&entry.id)) };
    let what = format!(
        "{} · {}{when}\n{}",
        run.plan.office_name(&entry.office),
        label(run.plan, &entry.id.voce),
        typed(run, entry)
    );
    let first = index.users.get(&entry.id.voce).and_then(|codes| codes.first());
    let result = first.and_then(|code| results::target(run, code));
    Shown {
        what,
        file: Cell::text(&entry.file),
        sheet: Cell::text(&entry.place.sheet),
        cell: Cell::code(entry.place.cell.to_string()),
        data: Cell::link("dato →", entry.at.and_then(|at| index.data_row(at))),
        result: if result.is_some() { Cell::link("esito →", result) } else { Cell::blank() },
    }
}

fn of_office(run: &Run<'_>, index: &Index<'_>, office: &Office) -> Shown {
    let place = run.plan.offices.place(&office.id);
    let file = index.senders.get(&office.id);
    Shown {
        what: format!("{}: l'invio nel suo insieme", office.name),
        file: Cell::text(file.map_or("", |submission| submission.file.as_str())),
        data: Cell::link("vai →", place.and_then(|place| body_row(names::OFFICES, place))),
        ..Shown::default()
    }
}

/// The reasons in words, each with what says so: `Sul filo del target (a 1 giorno dal limite); senza
/// evidenza`.
fn why(item: &Item<'_>) -> String {
    let words: Vec<String> =
        item.reasons.iter().map(|(factor, codes)| reason_words(*factor, codes)).collect();
    match (item.by_chance, words.is_empty()) {
        (false, _) => capital(&words.join("; ")),
        (true, true) => "A sorte".to_owned(),
        (true, false) => format!("A sorte; {}", words.join("; ")),
    }
}

fn reason_words(factor: Factor, details: &BTreeSet<String>) -> String {
    let details: Vec<&str> = details.iter().map(String::as_str).collect();
    let words = factor.words();
    if details.is_empty() { words.to_owned() } else { format!("{words} ({})", details.join(", ")) }
}

/// What was typed in an entry: the value, and the text where it was read otherwise than typed.
fn typed(run: &Run<'_>, entry: &AdmittedEntry) -> String {
    let kind = run.plan.voce(&entry.id.voce).map(|(_, voce)| voce.kind);
    let value = match &entry.value {
        Some(Value::Number(number)) if kind == Some(VoceType::Percentuale) => ratio_it(number),
        Some(Value::Number(number)) if kind == Some(VoceType::Importo) => format!("{} €", euro_it(number)),
        Some(Value::Number(number)) => number.to_italian_exact(),
        Some(Value::Text(text)) => quoted(text),
        other => other.as_ref().map_or_else(String::new, Value::to_people),
    };
    let out = match &entry.admission {
        Admission::Excluded(code) => {
            let name = rule(code).map_or_else(String::new, |rule| format!(" {}", quoted(rule.name)));
            format!(", tenuto fuori da {code}{name}")
        }
        _ => String::new(),
    };
    if entry.normalised.is_some() {
        format!("digitato {}, letto {value}{out}", quoted(&entry.raw))
    } else {
        format!("digitato {value}{out}")
    }
}

/// How the sample was drawn, so that anybody can draw it again.
fn method(run: &Run<'_>, sample: &Sample<'_>) -> Vec<Row> {
    let points: Vec<String> =
        FACTORS.iter().map(|factor| format!("{} {}", factor.points(), factor.words())).collect();
    let over = run.plan.controls.thresholds.over_target.to_italian(2);
    let lines = [
        format!("Seme: {}", sample.seed),
        format!(
            "Fra che cosa si sceglie: {}, cioè ogni indicatore, ogni dato con un valore e ogni ufficio con un rilievo derogato; {} almeno un punto di rischio.",
            count(sample.candidates, "elemento", "elementi"),
            count(sample.risky, "ha", "hanno")
        ),
        format!(
            "Punti di rischio, che si sommano: {}. Pesa di più ciò che decide un esito e si può contestare; poi un target mancato, o un testo che il programma ha letto come valore; poi ciò che è troppo buono, senza prove o aperto; di meno ciò che è solo dichiarato o incompleto.",
            points.join("; ")
        ),
        format!(
            "È trattenuto come «non verificabile» il risultato che usa un dato tenuto fuori. È sul filo il risultato che il controllo R09 segnala, quello uguale a un limite da superare e quello che dista al massimo un giorno dal termine; ha mancato il target quello non raggiunto, o raggiunto in parte, o che a fine anno non ha un grado e conta 0, o che in corso d'anno non è più raggiungibile; è molto oltre quello sopra il {over} % del target. È accettato dall'unità ciò che una deroga o una decisione copre. Autodichiarati sono i dati di partenza, i denominatori e gli altri valori unici dell'anno che scrive un ufficio (foglio «{}»).",
            names::METHOD
        ),
        format!(
            "Ordine: più punti; a parità di punti, prima l'impronta SHA-256 di «piano|chiave» più piccola, dove piano è la «{}» della copertina: non dipende dai file, e un dato che cambia altrove non rimescola i pari merito. Entrano tutti gli indicatori non verificabili e tutti quelli che hanno mancato il target, perché ne dipendono delle risorse, e il primo elemento di ogni motivo di rischio presente; poi i primi dell'ordine fino a {BY_RISK} in tutto; infine, fra quelli rimasti, {BY_CHANCE} indicatori e {BY_CHANCE} dati a sorte, quelli con l'impronta SHA-256 di «seme|chiave» più piccola: così ogni indicatore può essere estratto e nessun ufficio sa in anticipo che cosa sarà verificato.",
            labels::PLAN
        ),
        format!(
            "La chiave è «indicatore|codice», «ufficio|id» oppure «file|foglio|cella», come nei fogli «{}», «{}» e «{}»; le chiavi e le impronte di questi elementi sono nelle due colonne a destra, fuori dalla stampa.",
            names::RESULTS,
            names::OFFICES,
            names::DATA
        ),
        format!(
            "Il seme è lo SHA-256 di due righe «impronta, due spazi, nome», con le impronte del foglio «{}»: «{}», con nome «file», e «{}» (senza decisioni e deroghe), con nome «piano». Cambia se cambia un solo byte di un file ricevuto.",
            names::COVER,
            labels::LIST_OF_FILES,
            labels::PLAN
        ),
    ];
    let mut rows = vec![Row::line(RowKind::Heading, 0, "Come si è fatto il campione", PRINTED)];
    rows.extend(lines.into_iter().map(|line| Row::line(RowKind::Prose, 0, line, PRINTED)));
    rows
}

#[cfg(test)]
mod tests {
    use sha2::Digest as _;

    use super::{Oiv, VERDICTS};
    use crate::book::Column;
    use crate::book::Input;
    use crate::book::{Cell, Content, RowKind, Sheet};
    use crate::certify::sampling;
    use crate::report::report;
    use crate::report::sample::sample;

    fn sheet(month: u32) -> (Sheet, String) {
        let sample = sample(month);
        let run = sample.run();
        let sheet = report(&run).sheets.into_iter().find(|sheet| sheet.name == "Carta OIV").unwrap();
        (sheet, sampling::seed(&run))
    }

    fn words(cell: &Cell) -> String {
        match &cell.content {
            Content::Text(text) | Content::Code(text) | Content::Link(text, _) => text.clone(),
            Content::Number(number, _) => number.to_plain(),
            _ => String::new(),
        }
    }

    #[test]
    fn what_is_to_be_filled_is_blank_and_nothing_else_is_yellow() {
        for month in [6, 12] {
            let (sheet, _) = sheet(month);
            let body: Vec<&Vec<Cell>> =
                sheet.rows.iter().filter(|row| row.kind == RowKind::Body).map(|row| &row.cells).collect();
            assert!(body.len() > 6);
            for cells in body {
                assert_eq!(cells.len(), Oiv::ALL.len());
                for (place, cell) in cells.iter().enumerate() {
                    assert_eq!(cell.input.is_some(), (6..9).contains(&place), "{place}");
                    assert!(cell.input.is_none() || cell.is_blank());
                    assert!(cell.span <= 1, "no merged cells in a table");
                }
                assert_eq!(cells[7].input, Some(Input::OneOf(&VERDICTS)));
                assert!(!words(&cells[1]).is_empty() && !words(&cells[2]).is_empty());
            }
        }
    }

    #[test]
    fn an_entry_says_where_it_is_and_leads_there() {
        let (sheet, _) = sheet(6);
        let rows = || sheet.rows.iter().filter(|row| row.kind == RowKind::Body).map(|row| &row.cells);
        let normalised = rows().find(|cells| words(&cells[1]).contains("«40 ore»")).unwrap();
        assert!(words(&normalised[1]).ends_with("digitato «40 ore», letto 40"), "{}", words(&normalised[1]));
        let why =
            "Testo letto come valore (unità di misura tolta dal numero); autodichiarato (dato di partenza)";
        assert_eq!(words(&normalised[2]), why);
        assert_eq!(words(&normalised[9]), "6", "4 + 2 points");
        assert_eq!(
            (words(&normalised[3]).as_str(), words(&normalised[4]).as_str()),
            ("schede-2019-ri.xlsx", "Scheda 1")
        );
        assert!(matches!(&normalised[10].content, Content::Link(_, target) if target.sheet == "Dati"));
        assert!(matches!(&normalised[11].content, Content::Link(_, target) if target.sheet == "Risultati"));
        let key: Vec<String> = normalised[3..6].iter().map(words).collect();
        assert_eq!(words(&normalised[12]), key.join("|"));
    }

    /// A code of a finding, `K01`, says its name beside it.
    #[test]
    fn no_code_of_a_finding_stands_alone_and_an_indicator_leads_to_all_its_rows() {
        for month in [6, 12] {
            let (sheet, _) = sheet(month);
            let (mut codes, mut indicators) = (0, 0);
            for cells in sheet.rows.iter().filter(|row| row.kind == RowKind::Body).map(|row| &row.cells) {
                for text in [words(&cells[1]), words(&cells[2])] {
                    for (place, _) in text.char_indices() {
                        let Some(code) = text.get(place..place + 3) else { continue };
                        let is_code = code.starts_with(|letter: char| letter.is_ascii_uppercase())
                            && code[1..].chars().all(|digit| digit.is_ascii_digit());
                        assert!(!is_code || text[place + 3..].starts_with(" «"), "{text}");
                        codes += usize::from(is_code);
                    }
                }
                if words(&cells[1]).starts_with("Indicatore ") {
                    let Content::Link(told, target) = &cells[3].content else { panic!("{cells:?}") };
                    let last = cells[3].until.map_or(target.cell.row, |last| last.row);
                    let number = last + 1 - target.cell.row;
                    let expected = if number == 1 { "1 riga".to_owned() } else { format!("{number} righe") };
                    assert_eq!((target.sheet, told), ("Dati", &format!("{expected} in «Dati» →")));
                    indicators += 1;
                }
            }
            assert!(codes > 0 && indicators > 3, "{codes} {indicators}");
        }
    }

    #[test]
    fn the_seed_and_the_identity_are_made_of_hashes_that_the_cover_calls_by_that_name() {
        let run = sample(6);
        let report = report(&run.run());
        let texts = |name: &str| -> Vec<String> {
            let sheet = report.sheets.iter().find(|sheet| sheet.name == name).unwrap();
            sheet.rows.iter().flat_map(|row| row.cells.iter().map(words)).collect()
        };
        let cover = texts("Copertina");
        let named = |text: &str| -> Vec<String> {
            let quoted = text.split('«').skip(1).filter_map(|rest| rest.split_once('»'));
            quoted.map(|(name, _)| name.to_owned()).filter(|name| name.starts_with("SHA-256")).collect()
        };
        let hash_of = |label: &String| {
            let place = cover.iter().position(|text| text == label);
            cover[place.unwrap_or_else(|| panic!("«{label}» is not on the cover")) + 2].clone()
        };
        let made = |text: &str, names: &[&str]| {
            let labels = named(text);
            assert_eq!(labels.len(), names.len(), "{text}");
            let line = |(label, name): (&String, &&str)| format!("{}  {name}\n", hash_of(label));
            let lines: String = labels.iter().zip(names).map(line).collect();
            let digest = sha2::Sha256::digest(lines.as_bytes());
            digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
        };
        let paper = texts("Carta OIV");
        let seed = paper.iter().find(|text| text.starts_with("Il seme è lo SHA-256")).unwrap();
        assert_eq!(made(seed, &["file", "piano"]), sampling::seed(&run.run()));
        let recipe = cover.iter().find(|text| text.starts_with("È lo SHA-256 di tre righe")).unwrap();
        let issue = made(recipe, &["file", "piano", "risultati"]);
        assert_eq!(issue, hash_of(&"Impronta dell'emissione".to_owned()));
    }

    #[test]
    fn the_seed_and_the_rules_stand_under_the_table() {
        let (sheet, seed) = sheet(6);
        let told: Vec<String> = sheet
            .rows
            .iter()
            .filter(|row| row.kind == RowKind::Prose)
            .flat_map(|row| row.cells.iter().map(words))
            .collect();
        assert!(told.contains(&format!("Seme: {seed}")));
        for words in ["5 sul filo del target", "1 evidenza parziale", "«seme|chiave»", "sopra il 150 %"] {
            assert!(told.iter().any(|line| line.contains(words)), "{words}");
        }
    }
}
