//! *Copertina*: is this final, complete, trustworthy?

use crate::check::Fate;
use crate::model::{CellRef, Finding, Number, Severity, VERSION, count, date_it, join_it};

use super::coverage::{coverage, covered};
use super::index::{Counts, Index};
use super::words::{SEVERITIES, month_title};
use super::{attestation, document, identity, labels, lowered, order, previous, seal, summary};
use crate::aggregate::Consolidation;
use crate::book::Caps;
use crate::book::table::{area, body_row, names, top};
use crate::book::{Cell, Content, Format, Paper, Row, RowKind, Sheet, TabKind};
use crate::certify::Run;
use crate::certify::inputs_sha256;
use crate::certify::issue;
use crate::certify::touches::missing;
use crate::excel::Target;
use crate::model::capital;

/// Widths of its columns, the first of which is a margin.
const WIDTHS: [u16; 5] = [2, 32, 16, 74, 15];

/// Columns of the cover beside its margin: what, how much, in words, where it stands.
const SPAN: u16 = 4;

/// The cover of these sheets; `registers` is how many rows the registers have.
pub(super) fn sheet(
    run: &Run<'_>,
    index: &Index<'_>,
    registers: usize,
    caps: Caps,
    sheets: &[Sheet],
) -> Sheet {
    let mut rows = opening(run);
    rows.extend(completeness(run));
    rows.extend(shortened(caps));
    rows.extend(severities(run));
    rows.extend(identity(run, sheets));
    rows.push(Row::line(RowKind::Prose, 1, inside(sheets), SPAN));
    // On paper the cover ends here: what is inside is told in a line, and led to on the screen.
    let printed = rows.len();
    let second_page = u32::try_from(printed).unwrap_or(0);
    let listed = u32::try_from(sheets.len()).unwrap_or(0);
    // Under the title of the section stands the header.
    let table = (listed > 0).then(|| area(second_page + 1, 1, second_page + 1 + listed, 3));
    rows.extend(contents(&known(run, index, registers), sheets));
    let contents = Target { sheet: names::COVER, cell: CellRef { row: second_page, col: 1 } };
    if let Some(row) = rows.iter_mut().find(|row| row.kind == RowKind::Space) {
        row.cells = vec![Cell::blank(), Cell::link("Contenuto ↓", Some(contents))];
    }
    let leaf = document::part(printed, u16::try_from(WIDTHS.len()).unwrap_or(u16::MAX), 1, true);
    Sheet {
        name: names::COVER,
        tab: TabKind::Reading,
        widths: WIDTHS.to_vec(),
        rows,
        frozen: None,
        repeat: None,
        paper: Paper::UprightParted(second_page),
        leaf: leaf.filter(|_| !run.prints_all),
        tables: table.into_iter().collect(),
        charts: Vec::new(),
        sparklines: Vec::new(),
    }
}

fn opening(run: &Run<'_>) -> Vec<Row> {
    let month = run.consolidation.month;
    vec![
        // In A1, as on every sheet: who hears the sheet begins there.
        Row::line(
            RowKind::Title,
            0,
            format!("Consuntivo consolidato delle schede {}", run.plan.year),
            SPAN + 1,
        ),
        Row::line(RowKind::Subtitle, 1, format!("{} · {}", run.plan.ente, month_title(month)), SPAN),
        Row::line(if run.definitive { RowKind::Seal } else { RowKind::Banner }, 1, issue(run), SPAN),
        Row::line(RowKind::Prose, 1, verdict(run), SPAN),
        Row::space(),
    ]
}

/// The answer in a few sentences: how far to trust this document.
fn verdict(run: &Run<'_>) -> String {
    let month = run.consolidation.month;
    let mut sentences = vec![if run.definitive {
        format!(
            "Emissione definitiva dell'anno {}: ciò che era aperto è stato chiuso, o coperto da una decisione o da una deroga motivata dell'unità.",
            month.year
        )
    } else if run.consolidation.closed {
        "L'anno è chiuso, ma questa non è l'edizione definitiva: i risultati possono ancora cambiare."
            .to_owned()
    } else {
        format!(
            "Situazione al {}: l'anno non è chiuso e nessun risultato è definitivo.",
            date_it(month.last_day())
        )
    }];
    let absent = missing(run);
    sentences.push(match absent.len() {
        0 => "Tutti gli uffici del piano hanno inviato un file che conta.".to_owned(),
        1 => format!("Manca 1 ufficio su {}.", run.plan.awaited(month.month)),
        many => format!("Mancano {many} uffici su {}.", run.plan.awaited(month.month)),
    });
    let counts = Counts::of(run.checked.findings.iter());
    let (blocking, errors) = (counts.get(Severity::Bloccante), counts.get(Severity::Errore));
    sentences.push(if blocking + errors == 0 {
        "Nessun rilievo bloccante e nessun errore.".to_owned()
    } else {
        let words: Vec<String> =
            [(blocking, "rilievo bloccante", "rilievi bloccanti"), (errors, "errore", "errori")]
                .into_iter()
                .filter(|(number, _, _)| *number > 0)
                .map(|(number, one, many)| count(number, one, many))
                .collect();
        let words = join_it(&words);
        if run.definitive {
            format!("{}, {}.", capital(&words), covered(blocking + errors))
        } else {
            format!("Da sistemare: {words}.")
        }
    });
    sentences.extend(previous::since_last_month(run));
    sentences.extend(lowered::codes(run).map(|codes| {
        format!("Attenzione: l'unità ha abbassato la gravità dei rilievi {codes}; il perché è qui sotto.")
    }));
    sentences.join(" ")
}

fn completeness(run: &Run<'_>) -> Vec<Row> {
    let results = run.consolidation;
    let (present, expected) = coverage(run);
    let covered = if expected == 0 {
        "nessun dato era dovuto".to_owned()
    } else {
        let words = |number: u32| Number::from(number).to_italian(0);
        format!("{} dati rilevati su {} dovuti", words(present), words(expected))
    };
    let absent: Vec<String> = missing(run).iter().map(|office| office.name.clone()).collect();
    let accepted = run.files.iter().filter(|file| file.fate == Fate::Accepted).count();
    vec![
        Row::line(RowKind::Heading, 1, "Stato", SPAN),
        fact(labels::MONTH, Cell::text(month_title(results.month)), ""),
        fact("Anno chiuso", Cell::text(if results.closed { "Sì" } else { "No" }), ""),
        fact(labels::ISSUE, Cell::text(if run.definitive { labels::DEFINITIVE } else { "Provvisoria" }), ""),
        led(first_degree(results), summary::ente()),
        led(second_degree(results), summary::ente()),
        led(fact("Copertura", share_cell(present, expected), &covered), summary::ente()),
        led(
            fact("File ricevuti", Cell::count(run.files.len()), &count(accepted, "accettato", "accettati")),
            top(names::FILES),
        ),
        led(
            fact(
                "Uffici che mancano",
                Cell::count(absent.len()),
                &if absent.is_empty() { "nessuno".to_owned() } else { absent.join("; ") },
            ),
            first_absent(run).unwrap_or_else(|| top(names::OFFICES)),
        ),
    ]
}

/// The degree that leads: in the open year the one against the pace.
fn first_degree(results: &Consolidation) -> Row {
    if results.closed {
        return fact(
            "Grado dell'ente su 100",
            degree(results.ente.official.as_ref()),
            "ciò che manca conta zero",
        );
    }
    let what = format!(
        "contro ciò che serve {}, sugli indicatori già misurabili",
        super::words::at_month(results.month.month)
    );
    fact("Grado dell'ente sul passo", degree(results.ente.paced.as_ref()), &what)
}

fn second_degree(results: &Consolidation) -> Row {
    if results.closed {
        let what = "gli indicatori senza grado sono lasciati fuori";
        return fact("Grado senza ciò che manca", degree(results.ente.without_missing.as_ref()), what);
    }
    let what = "contro il target dell'anno, sugli indicatori già misurabili";
    fact("Grado dell'ente su 100", degree(results.ente.official.as_ref()), what)
}

/// The row of the first office that sent nothing that counts.
fn first_absent(run: &Run<'_>) -> Option<Target> {
    let first = *missing(run).first()?;
    let place = run.plan.offices.place(&first.id)?;
    body_row(names::OFFICES, place)
}

/// The same row with the way to where its figure stands.
fn led(mut row: Row, target: Target) -> Row {
    row.cells.pop();
    row.cells.push(Cell::link(format!("{} →", target.sheet), Some(target)));
    row
}

/// What did not fit in the workbook; nothing when all did.
fn shortened(caps: Caps) -> Vec<Row> {
    let kinds = [
        (
            labels::SHORTENED,
            caps.texts,
            "più lunghi di quanto una cella può tenere: interi nei file degli uffici",
        ),
        ("Collegamenti tolti", caps.links, "più di quanti un foglio può tenere: resta il testo"),
    ];
    let kinds = kinds.into_iter().filter(|(_, number, _)| *number > 0);
    kinds.map(|(label, number, what)| fact(label, Cell::count(number), what)).collect()
}

fn share_cell(present: u32, expected: u32) -> Cell {
    Number::from(present)
        .divided_by(&Number::from(expected))
        .map_or_else(Cell::blank, |share| Cell::number(share, Format::Percent))
}

fn degree(degree: Option<&Number>) -> Cell {
    if degree.is_some() { Cell::degree(degree) } else { Cell::text("nessun grado") }
}

/// A label, its value and a remark.
fn fact(label: &str, value: Cell, remark: &str) -> Row {
    let cells = vec![Cell::blank(), Cell::text(label).strong(), value, Cell::text(remark), Cell::blank()];
    Row::of(RowKind::Body, cells)
}

fn severities(run: &Run<'_>) -> Vec<Row> {
    let counts = Counts::of(run.checked.findings.iter());
    let meaning = |severity| match severity {
        Severity::Bloccante | Severity::Errore if run.definitive && counts.get(severity) > 0 => {
            covered(counts.get(severity))
        }
        Severity::Bloccante => "il file non si può usare: l'ufficio deve inviarlo di nuovo",
        Severity::Errore => "il dato contraddice una regola o manca: va corretto o completato",
        Severity::DaMotivare => "insolito ma possibile: serve una spiegazione",
        Severity::Nota => "informazione: non è un difetto",
    };
    let waived = run.checked.findings.iter().filter(|finding| !finding.is_open()).count();
    let mut rows = vec![Row::line(RowKind::Heading, 1, "Rilievi", SPAN)];
    rows.extend(SEVERITIES.iter().map(|(severity, _)| {
        let cells = vec![
            Cell::blank(),
            Cell::of(Content::Severity(*severity)),
            Cell::count(counts.get(*severity)),
            Cell::text(meaning(*severity)),
            Cell::blank(),
        ];
        to_first(run, Row::of(RowKind::Body, cells), |finding| {
            finding.is_open() && finding.severity == *severity
        })
    }));
    rows.extend(lowered::lines(run).iter().map(|line| fact("Gravità abbassata", Cell::blank(), line)));
    if waived > 0 {
        let row =
            fact("Derogati", Cell::count(waived), "accettati dall'unità: restano visibili, con il motivo");
        rows.push(to_first(run, row, |finding| !finding.is_open()));
    }
    rows
}

/// The same row with the way to the first of the findings that it counts, if there is any.
fn to_first(run: &Run<'_>, row: Row, counted: impl Fn(&Finding) -> bool) -> Row {
    let place = run.checked.findings.iter().position(counted);
    match place.and_then(|place| order::target(run, place)) {
        Some(target) => led(row, target),
        None => row,
    }
}

/// What is read on paper, and that the rest is in the file.
fn inside(sheets: &[Sheet]) -> String {
    let schede: Vec<&str> =
        sheets.iter().map(|sheet| sheet.name).filter(|name| names::is_scheda(name)).collect();
    let pages = match schede.as_slice() {
        [] => String::new(),
        [only] => format!(", la scheda {only}"),
        [first, .., last] => format!(", una pagina per ogni scheda da {first} a {last}"),
    };
    let relation = if sheets.iter().any(|sheet| sheet.name == names::RELATION) { ", Relazione" } else { "" };
    format!(
        "Che cosa si stampa: copertina, Sintesi, Risultati{pages}, Carta OIV, Attestazione OIV{relation}, Uffici, Rilievi e \
         Metodo. Ogni altro foglio si stampa in una riga, e si usa nel file."
    )
}

/// Every sheet after the cover, with a link, what it counts and what it is for.
fn contents(known: &[(&'static str, Option<usize>, &'static str)], sheets: &[Sheet]) -> Vec<Row> {
    let mut rows = vec![
        Row::line(RowKind::Heading, 1, "Contenuto", SPAN),
        Row::of(
            RowKind::Header,
            vec![
                Cell::blank(),
                Cell::text("Foglio"),
                Cell::text("Righe").at_right(),
                Cell::text("A che cosa serve"),
                Cell::blank(),
            ],
        ),
    ];
    rows.extend(sheets.iter().map(|sheet| {
        let of = known.iter().find(|(name, ..)| *name == sheet.name);
        let number = of.and_then(|(_, number, _)| *number).map_or_else(Cell::blank, Cell::count);
        // A sheet that nobody described here says itself what it is, in its title.
        let what = of.map_or_else(|| title(sheet).to_owned(), |(.., what)| (*what).to_owned());
        let name = Cell::link(sheet.name, Some(top(sheet.name)));
        Row::of(RowKind::Body, vec![Cell::blank(), name, number, Cell::text(what), Cell::blank()])
    }));
    rows
}

/// The words of a sheet's first row.
fn title(sheet: &Sheet) -> &str {
    let cells = sheet.rows.iter().take(1).flat_map(|row| &row.cells);
    let mut texts = cells.filter_map(|cell| match &cell.content {
        Content::Text(text) => Some(text.as_str()),
        _ => None,
    });
    texts.next().unwrap_or_default()
}

/// What each sheet counts, when it is one table, and what it is for.
fn known(
    run: &Run<'_>,
    index: &Index<'_>,
    registers: usize,
) -> Vec<(&'static str, Option<usize>, &'static str)> {
    vec![
        (
            names::SUMMARY,
            Some(summary::rows(run)),
            "Ente, prospettive, obiettivi e schede, qui contati; che cosa è a rischio",
        ),
        (
            names::PREVIOUS,
            Some(previous::rows(run)),
            "Che cosa è cambiato dal consolidato precedente, e perché",
        ),
        (
            names::RESULTS,
            Some(run.consolidation.indicators.len()),
            "Ogni indicatore: termini, calcolo, target, esito",
        ),
        (
            names::RESOURCES,
            Some(run.plan.schede.len()),
            "Art. 67: importo di ogni scheda, fascia, quota e proposta",
        ),
        (
            names::OIV,
            Some(index.sample.items.len()),
            "Che cosa verificare a campione, con lo spazio per l'esito",
        ),
        (
            names::ATTESTATION,
            Some(attestation::questions(run, index).len()),
            "Le domande, qui contate; i fatti del programma, lo spazio per il giudizio",
        ),
        (
            names::RELATION,
            None,
            "Sintesi per chi valida, art. 67 e revisori; la tabella da copiare nella Relazione",
        ),
        (
            names::OFFICES,
            Some(run.plan.offices.len()),
            "Chi ha inviato, quanto, chi ha firmato; valori per ufficio, normalizzazioni, evidenze",
        ),
        (
            names::FINDINGS,
            Some(run.checked.findings.len()),
            "Ogni rilievo: dove, che cosa c'è, che cosa fare",
        ),
        (names::DATA, Some(index.data.len()), "Ogni cella letta nei file degli uffici, con il suo posto"),
        (
            names::REGISTERS,
            Some(registers),
            "Le righe dei registri: quali contano e che cosa danno, mese per mese",
        ),
        (names::CHECKS, Some(run.rules.len()), "Il conto di ogni controllo: superati, falliti, non valutati"),
        (names::FILES, Some(run.files.len()), "I file con dimensione e impronta SHA-256"),
        (names::METHOD, None, "Come leggere questo documento, punteggio, esiti, letture del piano"),
    ]
}

fn identity(run: &Run<'_>, sheets: &[Sheet]) -> Vec<Row> {
    let plan = run.plan;
    let approved = if plan.delibera.is_empty() { "estremi non indicati nel piano" } else { &plan.delibera };
    let wide = |label: &str, content: Cell| {
        Row::of(
            RowKind::Body,
            vec![Cell::blank(), Cell::text(label).strong(), Cell::blank(), content, Cell::blank()],
        )
    };
    let mut rows = vec![
        Row::line(RowKind::Heading, 1, "Identità", SPAN),
        wide(labels::IMPRINT, Cell::code(identity::fingerprint(run))),
        wide("Come si fa l'impronta", Cell::text(identity::recipe())),
        wide(labels::RESULTS, Cell::code(identity::results_sha256(run))),
        wide(labels::WHOLE_PLAN, Cell::code(&plan.sha256_whole)),
        wide("Documento del piano", Cell::text(capital(&plan.title))),
        wide("Approvato con", Cell::text(approved)),
        wide("Versione del piano", Cell::text(&plan.version)),
        wide(labels::PLAN, Cell::code(&plan.sha256)),
        wide(
            "Che cosa copre",
            Cell::text(
                "Ciò che gli uffici vedono nei loro modelli, che lo portano scritto: delibera, punteggio, pesi, importi, controlli, decisioni e deroghe sono solo in quello di tutto il piano.",
            ),
        ),
        wide(labels::LIST_OF_FILES, Cell::code(inputs_sha256(run.files))),
        wide(
            "Come si ricalcola",
            Cell::text(
                "È lo SHA-256 delle righe «impronta, due spazi, nome» dei file, in ordine di nome, come le scrive sha256sum.",
            ),
        ),
        wide(labels::PROGRAM, Cell::text(format!("schede {VERSION}"))),
    ];
    if run.prints_all {
        rows.push(wide(labels::PRINT, Cell::text(labels::EVERYTHING)));
    }
    rows.extend(previous::memory(run).into_iter().flat_map(|memory| {
        [
            wide(labels::PREVIOUS_MONTH, Cell::text(month_title(memory.month))),
            wide(labels::PREVIOUS, Cell::code(&memory.sha256)),
        ]
    }));
    rows.extend(plan.archive.iter().flat_map(|archive| {
        [
            wide("Consolidato dell'anno prima", Cell::text(format!("Emissione definitiva {}", archive.year))),
            wide(labels::LAST_YEAR, Cell::code(&archive.sha256)),
        ]
    }));
    // What the next month remembers, and of a final issue the next year.
    rows.push(wide(labels::SEAL, Cell::code(seal::of_sheets(sheets))));
    rows.push(wide("Come si fa questa impronta", Cell::text(seal::recipe())));
    rows
}
