//! The sheets of some schede, against what the plan prints and what a hand computes on the made-up months.
//!
//! In the made-up months every monthly entry is 4, or 3 when it is a part of another; yearly numbers are 40;
//! dates are 20 May.

use crate::book::table::names;
use crate::book::{Cell, Chart, ChartKind, Content, Format, Report, Row, RowKind, Sheet};
use crate::excel::Area;
use crate::interpret::{EntryState, Submission, TextCell};
use crate::model::{CellRef, EntryRef, IndicatorCode, Number, Place, Value};
use crate::plan::{DEFAULT_PLAN, Plan, read_plan};
use crate::report::index::Index;
use crate::report::registers::Registers;
use crate::report::report;
use crate::report::sample::{Sample, sample, sample_of, sample_without};

fn plan() -> Plan {
    read_plan(DEFAULT_PLAN).unwrap()
}

fn sheet<'a>(report: &'a Report, name: &str) -> &'a Sheet {
    report.sheets.iter().find(|sheet| sheet.name == name).unwrap()
}

fn words(cell: &Cell) -> String {
    match cell.content.shown() {
        Content::Text(text) | Content::Code(text) | Content::Link(text, _) => text.clone(),
        Content::Status(light, text) => format!("{} {text}", light.symbol()),
        Content::Number(number, _) => number.to_plain(),
        Content::Date(date) => date.to_string(),
        Content::Blank | Content::Severity(_) | Content::Live(_) => String::new(),
    }
}

fn row_words(row: &Row) -> Vec<String> {
    row.cells.iter().map(words).collect()
}

/// The rows under the title of a block, up to the next one.
fn block(sheet: &Sheet, title: &str) -> Vec<Vec<String>> {
    let is_title = |row: &&Row| row.kind == RowKind::Heading;
    let rows =
        sheet.rows.iter().skip_while(|row| !(is_title(row) && words(&row.cells[0]).starts_with(title)));
    rows.skip(1).take_while(|row| !is_title(row)).map(row_words).collect()
}

/// The rows of the printed table, without its header.
fn printed(sheet: &Sheet) -> Vec<Vec<String>> {
    let mut rows = block(sheet, "La scheda a ");
    rows.retain(|cells| cells.first().is_some_and(|code| code.contains('.')));
    rows
}

/// The text beside a label of the head.
fn fact(sheet: &Sheet, label: &str) -> Vec<String> {
    let rows = sheet.rows.iter().map(row_words);
    rows.skip(3).find(|cells| cells.first().is_some_and(|first| first == label)).unwrap()
}

/// What *Come si legge* says of an indicator under a label; `None` when it says nothing.
fn reading(sheet: &Sheet, code: &str, label: &str) -> Option<String> {
    let rows = block(sheet, "Come si legge");
    let column = rows[0].iter().position(|name| name == label).unwrap();
    let row = rows.into_iter().find(|cells| cells.first().is_some_and(|own| own == code)).unwrap();
    Some(row[column].clone()).filter(|text| !text.is_empty())
}

/// Writes a number in every entry of a voce.
fn set(submissions: &mut [Submission], voce: &str, number: i64) {
    let entries = submissions.iter_mut().flat_map(|sent| &mut sent.entries);
    for entry in entries.filter(|entry| entry.id.voce.as_str() == voce && entry.state != EntryState::Blank) {
        entry.state = EntryState::Value(Value::Number(Number::from(number)));
        entry.raw = number.to_string();
    }
}

fn text(text: &str) -> TextCell {
    let place = Place { sheet: "Scheda 1".into(), cell: CellRef { row: 3, col: 3 } };
    TextCell { at: EntryRef::default(), text: text.into(), place }
}

#[test]
fn the_head_says_what_the_scheda_is_about_and_how_it_goes() {
    let june = report(&sample(6).run());
    let sheet = sheet(&june, "S08");
    assert_eq!(row_words(&sheet.rows[0]), ["Scheda 8: Sistema qualità"]);
    assert_eq!(
        row_words(&sheet.rows[1]),
        ["Giugno 2019 · ▲ giallo · In ritardo: 8.1, 8.2; già raggiunto: 8.3, 8.4"]
    );
    assert_eq!(fact(sheet, "Prospettiva")[2], "Processi interni e qualità");
    assert!(fact(sheet, "Obiettivo strategico")[2].starts_with("8. ottimizzazione dei servizi"));
    assert_eq!(
        fact(sheet, "Obiettivo operativo")[2],
        "Mantenimento e implementazione del Sistema di Gestione Qualità"
    );
    assert!(fact(sheet, "Descrizione (sintesi)")[2].contains("audit esterno del 27/11/2018"));
    assert!(fact(sheet, "Benefici attesi (sintesi)")[2].starts_with("Sistema qualità al servizio"));
    assert_eq!(fact(sheet, "Semaforo")[2], "▲ giallo");
    // (84.375 + 75 + 100 + 100) / 4 on the pace, (56.25 + 75 + 100 + 100) / 4 of the year.
    let degrees = fact(sheet, "Grado su 100 sul passo");
    assert_eq!((degrees[2].as_str(), degrees[5].as_str()), ("89.84375", "82.8125"));
    assert_eq!(degrees[3], "Grado su 100 sul target dell'anno");
}

#[test]
fn a_scheda_with_two_objectives_says_which_indicators_each_is_about() {
    let june = report(&sample(6).run());
    let sheet = sheet(&june, "S03");
    assert!(
        fact(sheet, "Obiettivo operativo (3.1, 3.2)")[2].starts_with("Consolidamento funzioni associate")
    );
    assert!(fact(sheet, "Obiettivo operativo (3.3)")[2].starts_with("Vigilanza e controllo sicurezza"));
}

#[test]
fn the_cut_off_and_the_deadlines_of_scheda_8_stand_in_its_rows() {
    let june = report(&sample(6).run());
    let rows = printed(sheet(&june, "S08"));
    assert_eq!(rows.len(), 4);
    // 18 audits of 40, against 80 %, of which two thirds are asked for by June.
    assert_eq!(rows[0][0], "8.1");
    assert!(fact(sheet(&june, "S08"), "Azione")[2].starts_with("Implementazione Sistema gestione qualità"));
    assert!(rows[0][1].starts_with("N° audit interni realizzati entro il 30.09.19"));
    assert_eq!(
        (rows[0][3].as_str(), rows[0][2].as_str()),
        (">= 80%", "Personale con funzioni di auditor interni")
    );
    assert_eq!(rows[0][4..8], ["0.45", "-0.35", "passo 84,38\nanno 56,25", "▲ in ritardo"]);
    // Six months and the programme.
    assert_eq!(rows[0][10], "7 su 7");
    // From 20 May to 30 November: 11 + 30 + 31 + 31 + 30 + 31 + 30 days.
    assert_eq!(rows[2][3], "Entro 30/11/2019");
    assert_eq!(rows[2][4..8], ["2019-05-20", "-194", "passo 100,00\nanno 100,00", "● già raggiunto"]);
    assert_eq!(rows[2][10], "", "a date is never due");
    // In December only nine months count: 27 of 40, which is 84.375 of 80 %.
    let december = report(&sample(12).run());
    let rows = printed(sheet(&december, "S08"));
    assert_eq!(rows[0][4..8], ["0.675", "-0.125", "84.375", "▲ parzialmente raggiunto"]);
}

#[test]
fn the_terms_of_each_month_and_of_each_office_stand_twice() {
    let june = report(&sample(6).run());
    let sheet = sheet(&june, "S08");
    let months = block(sheet, "Mese per mese di 8.1");
    let header = months.iter().find(|cells| cells[0] == "Codice").unwrap();
    assert_eq!(
        header[2..8],
        [
            "Termine 1",
            "Termine 1 in Excel",
            "Termine 2",
            "Termine 2 in Excel",
            "Risultato",
            "Risultato in Excel"
        ]
    );
    // Three audits a month of the 40 of the programme: 9 in March, 9/40 of 80 % is 28.125 of 100.
    let march = months.iter().find(|cells| cells.get(1).is_some_and(|own| own == "marzo")).unwrap();
    let twice = |number: &str| [number.to_owned(), number.to_owned()];
    assert_eq!(march[2..10], [twice("9"), twice("40"), twice("0.225"), twice("28.125")].concat());
    assert_eq!(march[10..], ["0", "0.8"]);
    let offices = block(sheet, "Contributo degli uffici a 8.1");
    let own = offices.iter().find(|cells| cells[0] == "8.1").unwrap();
    assert_eq!(own[3..9], [twice("18"), twice("40"), twice("0.45")].concat());
    assert_eq!(own[9], "0");
    // Of each pair the second is the formula, and the difference is one, too.
    let row = sheet.rows.iter().find(|row| row_words(row) == *march).unwrap();
    let formulas: Vec<usize> = (0..)
        .zip(&row.cells)
        .filter(|(_, cell)| matches!(cell.content, Content::Live(_)))
        .map(|(at, _)| at)
        .collect();
    assert_eq!(formulas, [3, 5, 7, 9, 10]);
}

#[test]
fn an_office_that_sent_nothing_gives_no_terms_and_one_that_counts_none_gives_0() {
    let made = sample(6);
    let (absent, sender) = (made.plan.offices.last().unwrap(), &made.plan.offices[0]);
    let (absent, sender) = (absent.name.as_str(), sender.name.as_str());
    let june = report(&made.run());
    // 7.1 asks every office for its cards.
    let rows = sheet(&june, "S07").rows.iter().filter(|row| row.kind == RowKind::Body);
    let of = |name: &str| {
        let own = |row: &&Row| {
            let cells = row_words(row);
            cells.len() == 9 && cells[2] == name && cells[1].starts_with("Termine 1")
        };
        rows.clone().find(own).unwrap().cells.iter().map(words).collect::<Vec<_>>()
    };
    assert_eq!(of(absent)[3..8], ["", "", "", "", "0"], "{absent}");
    assert!(!of(sender)[3].is_empty(), "{sender}");
}

#[test]
fn deadlines_have_no_chart_and_the_sheet_says_so() {
    let june = report(&sample(6).run());
    let lines: Vec<String> = block(sheet(&june, "S08"), "Andamento nell'anno").concat();
    assert_eq!(lines.iter().filter(|line| !line.is_empty()).count(), 2);
    assert!(lines[0].starts_with("8.3: è una scadenza (entro il 30/11/2019 compreso); non ha un andamento"));
}

#[test]
fn phases_are_told_against_the_end_of_the_month_and_what_is_done_says_when() {
    let states = |sample: &Sample| -> Vec<Vec<String>> {
        let report = report(&sample.run());
        let rows = block(sheet(&report, "S08"), "Fasi e scadenze");
        assert!(rows[0][0].contains("non entrano mai nel grado"), "{:?}", rows[0]);
        assert_eq!(rows[1][1..], ["Fase", "Stato alla fine del mese", "Scadenza", "Si legge in", "Fatta il"]);
        rows[2..4].iter().map(|cells| cells[2..].to_vec()).collect()
    };
    // No indicator is due on 30 September; 8.3 and 8.4 are on 30 November, and were done on 20 May.
    let done =
        ["● fatta il 20/5/2019, 194 giorni prima del termine", "2019-11-30", "8.3 e 8.4", "2019-05-20"];
    let audit = |state: &str| [state.to_owned(), "2019-09-30".into(), String::new(), String::new()];
    for (month, state) in [
        (6, "○ mancano 92 giorni al termine"),
        (8, "▲ mancano 30 giorni al termine"),
        (9, "▲ il termine è oggi, ultimo giorno del mese"),
        (10, "○ termine passato da 31 giorni; nessun dato dice se è stata fatta"),
    ] {
        let told = states(&sample(month));
        assert_eq!(told[0], audit(state));
        assert_eq!(told[1], done, "{month}");
    }
    // 8.4 without the date of one of its offices.
    let alter = |sent: &mut Vec<Submission>| {
        let one = sent.iter_mut().find(|one| one.office.as_str() == "qualita").unwrap();
        let voce = "S08.individuazione_indicatore";
        let entry = one.entries.iter_mut().find(|entry| entry.id.voce.as_str() == voce).unwrap();
        entry.state = EntryState::Blank;
        entry.raw.clear();
    };
    let half = |month| states(&sample_of(plan(), month, &alter))[1].clone();
    assert_eq!(half(12)[0], "■ termine passato da 31 giorni; fatta per 8.3 (il 20/5/2019), non per 8.4");
    assert_eq!(half(12)[3], "");
    assert!(half(6)[0].ends_with("; fatta per 8.3 (il 20/5/2019), non ancora per 8.4"), "{:?}", half(6));
    let june = report(&sample(6).run());
    assert!(block(sheet(&june, "S05"), "Fasi").is_empty(), "scheda 5 has no phases");
}

#[test]
fn offices_run_together_in_the_document_stand_one_per_line() {
    let june = report(&sample(6).run());
    let offices = |name: &str, row: usize| printed(sheet(&june, name))[row][2].clone();
    assert_eq!(offices("S01", 2), "Servizi Uffici RI\nUfficio PID");
    assert_eq!(
        offices("S09", 0),
        "Servizi/Uffici Ambiente\nServizi/Uffici RI\nServizio informatico\nUfficio protocollo"
    );
    // A form that begins like another: the longest is the office.
    assert_eq!(
        offices("S13", 0).lines().collect::<Vec<_>>(),
        [
            "Tutto il personale",
            "Settore Risorse Finanziarie",
            "Ufficio Trattamento economico",
            "Settore programmazione controllo di gestione"
        ]
    );
    // One office with a dash in its name, and words that are not an office of the plan, stay as printed.
    assert_eq!(
        offices("S03", 0),
        "Servizio Tutela del consumatore e della fede pubblica /Ufficio Metrico e Vigilanza"
    );
    let mut other = plan();
    let mut indicators = other.schede.iter_mut().flat_map(|scheda| &mut scheda.actions);
    indicators.next().unwrap().indicators[0].printed_offices = "Ufficio PID e altri".into();
    let report = report(&sample_of(other, 6, &|_| {}).run());
    assert_eq!(printed(sheet(&report, "S01"))[0][2], "Ufficio PID e altri");
}

#[test]
fn the_colour_is_explained_beside_it() {
    let december = report(&sample(12).run());
    // (84.375 + 100 + 100 + 100) / 4; 8.2 is met in December.
    let told = fact(sheet(&december, "S08"), "Semaforo");
    assert!(told[3].starts_with("Grado "), "{told:?}");
    assert!(told[3].contains("8.1, parzialmente raggiunto (grado 84,38)"), "{told:?}");
    let june = report(&sample(6).run());
    let told = fact(sheet(&june, "S08"), "Semaforo");
    assert!(told[3].starts_with("Giallo per 8.1, in ritardo; 8.2, in ritardo. "), "{told:?}");
}

#[test]
fn the_rows_of_a_voce_are_selected_all_together() {
    let june = report(&sample(6).run());
    let data = sheet(&june, "Dati");
    let mut seen = 0;
    let rows = june.sheets.iter().filter(|sheet| sheet.name.len() == 3).flat_map(|sheet| &sheet.rows);
    for cell in rows.filter_map(|row| row.cells.get(6)).filter(|cell| words(cell).contains('–')) {
        let Content::Link(text, target) = &cell.content else { continue };
        let (first, last) = text.trim_end_matches(" →").split_once('–').unwrap();
        let (first, last): (u32, u32) = (first.parse().unwrap(), last.parse().unwrap());
        assert_eq!((target.sheet, target.cell), ("Dati", CellRef { row: first - 1, col: 0 }));
        // To the last column that is not for formulas: *Indicatori*.
        let until = cell.until.unwrap();
        assert_eq!((until.row, until.col), (last - 1, 15));
        let keys = (first - 1..last).map(|row| words(&data.rows[row as usize].cells[14]));
        let keys = keys.map(|key| key.trim_end_matches(".completo").to_owned());
        assert_eq!(keys.collect::<std::collections::BTreeSet<_>>().len(), 1, "{text}");
        seen += 1;
    }
    assert!(seen > 30, "{seen}");
}

#[test]
fn a_month_kept_out_is_a_gap_in_the_chart_and_those_before_it_stay() {
    // The finding of the made-up months keeps out the first entry: here April's.
    let alter = |sent: &mut Vec<Submission>| {
        let one = sent.iter_mut().find(|one| one.office.as_str() == "metrico").unwrap();
        let april = one.entries.iter().position(|entry| {
            entry.id.voce.as_str() == "S03.orafi_ispezionati"
                && entry.id.month.is_some_and(|month| month.number() == 4)
        });
        let entry = one.entries.remove(april.unwrap());
        one.entries.insert(0, entry);
    };
    let report = report(&sample_of(plan(), 6, &alter).run());
    let sheet = sheet(&report, "S03");
    let chart = sheet.charts.iter().find(|chart| chart.title.starts_with("3.1: ")).unwrap();
    assert!(chart.title.starts_with("3.1: nessun valore a giugno"), "{}", chart.title);
    let ChartKind::Lines(lines) = &chart.kind else { panic!() };
    let values = column(sheet, lines[0].values);
    assert!(values[..3].iter().all(|value| !value.is_empty()), "{values:?}");
    assert_eq!(values[3..], ["", "", ""]);
    assert_eq!(crate::book::disagreements(&report), []);
}

#[test]
fn a_yes_or_no_of_the_year_is_told_in_words() {
    let june = sample(6);
    assert!(charts(&june, 7).iter().all(|chart| !chart.title.starts_with("7.1: ")));
    let report = report(&june.run());
    let lines = block(sheet(&report, "S07"), "Andamento nell'anno").concat();
    // All the offices but the one without a file said yes: 25 of at least 10.
    assert!(
        lines.contains(
            &"7.1: sono sì e no dell'anno, che non fanno una linea; da gennaio a giugno 25, già raggiunto."
                .to_owned()
        ),
        "{lines:?}"
    );
}

#[test]
fn the_second_condition_of_scheda_5_is_shown_beside_and_does_not_decide() {
    let alter = |sent: &mut Vec<Submission>| set(sent, "S05.aziende_aderenti", 45);
    let december = report(&sample_of(plan(), 12, &alter).run());
    let sheet = sheet(&december, "S05");
    let rows = printed(sheet);
    assert_eq!(rows[0][3], ">= 40 (+ 30 rispetto al 2018)");
    assert_eq!(rows[0][4..8], ["45", "5", "100", "● raggiunto"]);
    // 45 firms, 40 of them already in 2018.
    assert_eq!(
        reading(sheet, "5.1", "Seconda condizione").unwrap(),
        "«+ 30 rispetto al 2018»: incremento 5, non soddisfatta; dice altro rispetto al target."
    );
    assert_eq!(
        reading(sheet, "5.1", "Target").unwrap(),
        "Almeno 40; seconda condizione «+ 30 rispetto al 2018», mostrata ma non decisiva."
    );
    assert_eq!(reading(sheet, "5.1", "Natura").unwrap(), "È un livello: conta l'ultimo mese rilevato.");
    assert!(reading(sheet, "5.1", "Letture scelte").unwrap().contains("si calcola e si mostra a parte"));
    assert_eq!(
        reading(sheet, "5.1", "Che cosa sapere").unwrap(),
        "Autodichiarato, senza una fonte nel piano: «Aziende che aderivano al servizio al 31/12/2018» (dato di partenza)."
    );
}

/// Writes what 5.2 asks for, each month: working days, requests, those within the term.
fn answered(sent: &mut [Submission], days: i64, requests: i64, in_time: i64) {
    set(sent, "S05.giorni_risposta", days);
    set(sent, "S05.richieste", requests);
    set(sent, "S05.richieste_entro_1_gl", in_time);
}

/// Leaves blank the requests within the term of these months.
fn unsaid(sent: &mut [Submission], months: std::ops::RangeInclusive<u32>) {
    let entries = sent.iter_mut().flat_map(|one| &mut one.entries);
    for entry in entries.filter(|entry| entry.id.voce.as_str() == "S05.richieste_entro_1_gl") {
        if entry.id.month.is_some_and(|month| months.contains(&month.number())) {
            entry.state = EntryState::Blank;
            entry.raw.clear();
        }
    }
}

/// The figures of the second condition in *Ricalcolo*: name, how, value of the program; the live ones agree.
fn share_figures(report: &Report) -> Vec<[String; 3]> {
    assert_eq!(crate::book::disagreements(report), []);
    let rows = block(sheet(report, "S05"), "Ricalcolo di 5.2");
    let of_share = |cells: &&Vec<String>| ["Quota", "Seconda condizione"].contains(&cells[1].as_str());
    rows.iter().filter(of_share).map(|cells| [cells[1].clone(), cells[2].clone(), cells[3].clone()]).collect()
}

#[test]
fn the_share_within_the_term_stands_beside_the_mean_and_does_not_decide() {
    // 12 × 30 days of 12 × 40 requests: 0,75 of at most 1. Of 480 requests 456 within the day: 95 %.
    let december = sample_of(plan(), 12, &|sent| answered(sent, 30, 40, 38));
    let report = report(&december.run());
    let rows = printed(sheet(&report, "S05"));
    assert_eq!(rows[1][4..8], ["0.75", "-0.25", "100", "● raggiunto"]);
    let reading = |label| reading(sheet(&report, "S05"), "5.2", label).unwrap();
    let name = "«quota delle richieste con risposta entro il termine»";
    let outcome = format!("{name}: 95 %, non soddisfatta (almeno 100 %); dice altro rispetto al target.");
    assert_eq!(reading("Seconda condizione"), outcome);
    assert_eq!(
        reading("Target"),
        format!(
            "Al massimo 1 giorno lavorativo; seconda condizione {name} (almeno 100 %), mostrata ma non decisiva."
        )
    );
    assert!(reading("Letture scelte").ends_with(
        "Il documento non dà una soglia per la quota: preso alla lettera, il termine vale per ogni richiesta. Si \
         calcola e si mostra accanto; l'esito e il grado li decide il target."
    ));
    let formula =
        "Di cui con risposta entro 1 giorno lavorativo ÷ Richieste on-line che hanno avuto risposta";
    let figures = share_figures(&report);
    assert_eq!(
        figures,
        [
            ["Quota".to_owned(), format!("seconda condizione {name}: {formula}"), "0.95".to_owned()],
            ["Seconda condizione", "mostrata, non decide: almeno 100 %", "non soddisfatta"]
                .map(str::to_owned),
        ]
    );
    let lines = block(sheet(&report, "S05"), "Ricalcolo di 5.2");
    assert!(lines.iter().any(|cells| {
        cells[1] == "Di cui con risposta entro 1 giorno lavorativo (per la seconda condizione)"
            && cells[3] == "456"
    }));
    let json = crate::report::to_json(&december.run());
    let own = json["indicatori"].as_array().unwrap().iter().find(|one| one["codice"] == "5.2").unwrap();
    assert_eq!(
        own["seconda_condizione"],
        serde_json::json!({
            "tipo": "quota", "testo": "quota delle richieste con risposta entro il termine", "operatore": ">=",
            "soglia": "1", "base": null, "valore": "0.95", "soddisfatta": false, "discorde": true,
            "provvisorio": false
        })
    );
    assert_eq!((own["stato"].as_str(), own["grado"].as_str()), (Some("raggiunto"), Some("100")));
}

/// Each time what *Come si legge* says after the name, and the value and the outcome among the figures.
#[test]
fn the_share_is_told_as_it_is_and_why_there_is_none() {
    let told = |month: u32, alter: &dyn Fn(&mut Vec<Submission>)| {
        let report = report(&sample_of(plan(), month, alter).run());
        let words = reading(sheet(&report, "S05"), "5.2", "Seconda condizione").unwrap();
        let [share, met] = share_figures(&report).try_into().unwrap();
        let said = words.split_once("»: ").unwrap().1.to_owned();
        [said, share[2].clone(), met[2].clone()]
    };
    let all = |said: &str, share: &str, met: &str| [said.to_owned(), share.to_owned(), met.to_owned()];
    // Every request in time: the two conditions agree.
    assert_eq!(
        told(12, &|sent| answered(sent, 40, 40, 40)),
        all("100 %, soddisfatta (almeno 100 %).", "1", "soddisfatta")
    );
    // 50 of 40: neither holds, and they agree.
    assert_eq!(
        told(6, &|sent| answered(sent, 50, 40, 30)),
        all("75 %, non soddisfatta (almeno 100 %).", "0.75", "non soddisfatta")
    );
    // 12 × 99.999 of 12 × 100.000: two decimals would say 100 %.
    assert_eq!(
        told(12, &|sent| answered(sent, 100_001, 100_000, 99_999)),
        all("poco meno di 100 %, non soddisfatta (almeno 100 %).", "0.99999", "non soddisfatta")
    );
    // Blank is not zero: nobody said how many, and nothing is said of the share.
    let silent = |sent: &mut Vec<Submission>| {
        answered(sent, 30, 40, 38);
        unsaid(sent, 1..=12);
    };
    assert_eq!(told(12, &silent), all("dato mancante.", "", ""));
    // 9 × 40 of 12 × 40.
    let in_part = |sent: &mut Vec<Submission>| {
        answered(sent, 30, 40, 40);
        unsaid(sent, 10..=12);
    };
    assert_eq!(
        told(12, &in_part),
        all(
            "75 %, non soddisfatta (almeno 100 %); dice altro rispetto al target; provvisoria, mancano dati.",
            "0.75",
            "non soddisfatta"
        )
    );
    // No request: nothing to take a share of.
    assert_eq!(told(6, &|sent| answered(sent, 0, 0, 0)), all("non ancora misurabile.", "", ""));
    assert_eq!(told(12, &|sent| answered(sent, 0, 0, 0)), all("non calcolabile.", "", ""));
}

/// An entry kept out of the share leaves the mean as it is; one kept out of the mean alone leaves the share.
#[test]
fn what_is_kept_out_of_the_share_does_not_touch_the_mean() {
    let kept_out = |voce: &str| {
        let december = sample_without(plan(), 12, &|sent| answered(sent, 30, 40, 38), &[voce]);
        let report = report(&december.run());
        let words = reading(sheet(&report, "S05"), "5.2", "Seconda condizione").unwrap();
        let rows = printed(sheet(&report, "S05"));
        share_figures(&report);
        (words.split_once("»: ").unwrap().1.to_owned(), rows[1][7].clone())
    };
    let said = |share: &str, status: &str| (share.to_owned(), status.to_owned());
    assert_eq!(kept_out("S05.richieste_entro_1_gl"), said("non verificabile.", "● raggiunto"));
    assert_eq!(
        kept_out("S05.giorni_risposta"),
        said("95 %, non soddisfatta (almeno 100 %).", "○ non verificabile")
    );
    assert_eq!(kept_out("S05.richieste"), said("non verificabile.", "○ non verificabile"));
}

#[test]
fn formulas_are_told_in_words_and_end_as_sentences() {
    let june = report(&sample(6).run());
    assert_eq!(
        reading(sheet(&june, "S06"), "6.2", "Formula").unwrap(),
        "Accertamenti per omesso deposito del bilancio ÷ Imprese contestate nel 2018."
    );
    assert_eq!(
        reading(sheet(&june, "S07"), "7.1", "Formula").unwrap(),
        "Il tuo ufficio è stato coinvolto nel CRM?"
    );
}

#[test]
fn where_the_document_is_blank_the_offices_are_the_plans() {
    let june = report(&sample(6).run());
    let rows = printed(sheet(&june, "S05"));
    assert_eq!(rows[0][2], "Ufficio Certificazioni Estero");
    assert_eq!(rows[1][2], "Ufficio Certificazioni Estero\n(dal piano: nel documento la cella è vuota)");
}

#[test]
fn a_missing_baseline_leaves_the_target_missing_and_the_value_in_sight() {
    let unsaid = |sent: &mut Vec<Submission>| {
        let entries = sent.iter_mut().flat_map(|one| &mut one.entries);
        for entry in entries.filter(|entry| entry.id.voce.as_str() == "S13.quota_2018") {
            entry.state = EntryState::Blank;
            entry.raw.clear();
        }
    };
    let june = sample_of(plan(), 6, &unsaid);
    let report = report(&june.run());
    let sheet = sheet(&report, "S13");
    let rows = printed(sheet);
    assert_eq!(rows[0][4..8], ["0.75", "", "", "○ target mancante"]);
    assert_eq!(reading(sheet, "13.1", "Target").unwrap(), "Almeno il valore del 2018.");
    // 3 of 40 products against 30 %, half way in the year.
    assert_eq!(rows[1][4..8], ["0.075", "-0.225", "passo 50,00\nanno 25,00", "▲ in ritardo"]);
    assert_eq!(
        reading(sheet, "13.2", "Che cosa sapere").unwrap(),
        "Passo atteso a giugno: 15 %.\nAutodichiarato, senza una fonte nel piano: «Prodotti Infocamere (parte entrata), in tutto» (denominatore)."
    );
    let charts = charts(&june, 13);
    assert_eq!(charts[0].title, "13.1: 75 % a giugno, target almeno il valore del 2018: target mancante");
    let ChartKind::Lines(lines) = &charts[0].kind else { panic!() };
    assert_eq!(lines.len(), 1, "there is no target to draw");
}

#[test]
fn each_code_leads_down_to_its_figures_and_they_lead_back_and_to_the_result() {
    let june = sample(6);
    let report = report(&june.run());
    let run = june.run();
    let index = Index::of(&run);
    let (_, places) = super::sheets(&run, &index, &Registers::of(&run, &index));
    let mut seen = 0;
    for indicator in june.plan.indicators() {
        let own = places.indicators[&indicator.code];
        let printed = own.printed.unwrap();
        let scheda = sheet(&report, printed.sheet);
        let cell = &scheda.rows[printed.cell.row as usize].cells[0];
        let Content::Link(code, target) = &cell.content else { panic!("{cell:?}") };
        assert_eq!((code.as_str(), target.sheet), (indicator.code.as_str(), scheda.name));
        let heading = target.cell.row as usize;
        assert_eq!(words(&scheda.rows[heading].cells[0]), format!("Ricalcolo di {code}"));
        let terms = own.terms.unwrap();
        assert_eq!(words(&scheda.rows[terms.cell.row as usize].cells[0]), *code);
        assert!((1..=4).contains(&(terms.cell.row - target.cell.row)), "{code}");
        let ways: Vec<&Cell> = scheda.rows[heading..].iter().take(4).flat_map(|row| &row.cells).collect();
        let leads = |to: &str| {
            ways.iter().find_map(|cell| match &cell.content {
                Content::Link(_, target) if target.sheet == to => Some(*target),
                _ => None,
            })
        };
        assert_eq!(leads(scheda.name), Some(printed));
        let result = leads("Risultati").unwrap().cell.row as usize;
        assert_eq!(words(&sheet(&report, "Risultati").rows[result].cells[0]), *code);
        seen += 1;
    }
    assert_eq!(seen, 40);
}

#[test]
fn the_row_of_an_indicator_counts_its_findings_and_leads_to_the_first() {
    let june = report(&sample(6).run());
    let at = |code: &str| {
        let rows = &sheet(&june, "S03").rows;
        rows.iter().find(|row| row.cells.first().is_some_and(|cell| words(cell) == code)).unwrap()
    };
    let Content::Link(text, target) = &at("3.1").cells[11].content else { panic!("no link") };
    assert_eq!(text, "1 rilievo");
    assert_eq!(words(&sheet(&june, target.sheet).rows[target.cell.row as usize].cells[1]), "R03");
    assert!(at("3.2").cells[11].is_blank());
}

#[test]
fn tables_have_no_merged_cells() {
    for month in [6, 12] {
        let report = report(&sample(month).run());
        for sheet in report.sheets.iter().filter(|sheet| sheet.name.len() == 3) {
            assert!(!sheet.tables.is_empty(), "{}", sheet.name);
            for table in &sheet.tables {
                for row in table.first.row..=table.last.row {
                    let row = &sheet.rows[row as usize];
                    assert!(row.cells.iter().all(|cell| cell.span <= 1), "{}", sheet.name);
                    assert!(matches!(row.kind, RowKind::Header | RowKind::Body));
                }
            }
        }
    }
}

#[test]
fn notes_and_sources_of_several_offices_are_told_with_their_names() {
    let alter = |sent: &mut Vec<Submission>| {
        for one in sent {
            let note = match one.office.as_str() {
                "ri" => "Contate una volta sola",
                "pid" => "Anche gli incontri",
                _ => continue,
            };
            one.notes.insert(IndicatorCode::new("1.3"), text(note));
            one.evidence.insert(IndicatorCode::new("1.2"), text("  prot. n.\n12/2019 "));
            if note.starts_with("Anche") {
                one.causes.insert(IndicatorCode::new("1.3"), text("esogena"));
                let voce = crate::model::VoceKey::from_text("S01.aziende_informate");
                one.reasons.insert(voce, text("sportello chiuso"));
            }
        }
    };
    let june = sample_of(plan(), 6, &alter);
    let report = report(&june.run());
    let rows = printed(sheet(&report, "S01"));
    let (ri, pid) =
        (june.plan.offices.iter().find(|office| office.id.as_str() == "ri").unwrap(), "Ufficio PID");
    let notes = format!("{}: Contate una volta sola\n{pid}: Anche gli incontri", ri.name);
    assert_eq!(rows[2][8], format!("{notes}\nCausa: {pid}: esogena"));
    // The evaluator finds it with its office in Risultati, and with its cell in Dati.
    let words = |name: &str| {
        sheet(&report, name).rows.iter().map(|row| row_words(row).join(" ")).collect::<Vec<_>>().join("\n")
    };
    assert!(words("Risultati").contains(&format!("{pid}, causa: esogena")));
    assert!(words("Risultati").contains("»: sportello chiuso"));
    assert!(words("Dati").contains("Causa dello scostamento, secondo l'ufficio"));
    assert_eq!(rows[2][9], "");
    // 1.2 has one office, which needs no name; a stray remark of another one keeps its own.
    assert_eq!(rows[1][9], format!("prot. n. 12/2019\n{pid}: prot. n. 12/2019"));
}

#[test]
fn remarks_that_do_not_fit_are_counted_and_never_cut() {
    let long = "parola ".repeat(60);
    let alter = |sent: &mut Vec<Submission>| {
        for one in sent.iter_mut().filter(|one| ["ri", "pid"].contains(&one.office.as_str())) {
            let note = if one.office.as_str() == "ri" { "breve" } else { long.as_str() };
            one.notes.insert(IndicatorCode::new("1.3"), text(note));
            one.evidence.insert(IndicatorCode::new("1.3"), text(&long));
        }
    };
    let report = report(&sample_of(plan(), 6, &alter).run());
    let rows = printed(sheet(&report, "S01"));
    assert!(rows[2][8].ends_with(": breve\nancora 1 nota nel foglio «Dati»"), "{}", rows[2][8]);
    assert_eq!(rows[2][9], "2 fonti nel foglio «Dati»");
}

#[test]
fn a_plan_with_one_scheda_has_one_sheet() {
    let mut one = plan();
    one.schede.retain(|scheda| scheda.number == 5);
    let report = report(&sample_of(one, 6, &|_| {}).run());
    let schede: Vec<&str> =
        report.sheets.iter().map(|sheet| sheet.name).filter(|name| name.starts_with("S0")).collect();
    assert_eq!(schede, ["S05"]);
    assert_eq!(printed(sheet(&report, "S05")).len(), 2);
}

#[test]
fn a_scheda_without_any_data_says_so_everywhere() {
    let nothing = |sent: &mut Vec<Submission>| sent.clear();
    let june = sample_of(plan(), 6, &nothing);
    let report = report(&june.run());
    let sheet = sheet(&report, "S06");
    assert_eq!(row_words(&sheet.rows[1]), ["Giugno 2019 · ○ grigio · Dato mancante: 6.1, 6.2, 6.3"]);
    let degrees = fact(sheet, "Grado su 100 sul passo");
    assert_eq!((degrees[2].as_str(), degrees[5].as_str()), ("nessun grado", "nessun grado"));
    for cells in printed(sheet) {
        assert_eq!(cells[4..10], ["", "", "", "○ dato mancante", "", ""]);
    }
    let lines = block(sheet, "Andamento nell'anno").concat();
    assert_eq!(lines.first().unwrap(), "6.1: nessun valore da gennaio a giugno, quindi nessun grafico.");
    assert!(reading(sheet, "6.2", "Che cosa sapere").unwrap().starts_with("Nessuno ha rilevato: "));
    assert!(charts(&june, 6).is_empty());
    // In December what is missing counts 0 in the official degree, and the other one has nothing to say.
    let december = report_of(&sample_of(plan(), 12, &nothing));
    let degrees = fact(self::sheet(&december, "S06"), "Grado su 100");
    assert_eq!((degrees[2].as_str(), degrees[5].as_str()), ("0", "nessun grado"));
}

fn report_of(sample: &Sample) -> Report {
    report(&sample.run())
}

#[test]
fn a_decision_of_the_unit_is_told() {
    let mut decided = plan();
    decided.decisions.push(crate::plan::Decision {
        indicator: IndicatorCode::new("8.2"),
        reason: "L'ente certificatore ha rinviato l'audit al 2020".into(),
        who: "Unità performance".into(),
        date: chrono::NaiveDate::from_ymd_opt(2019, 12, 15).unwrap(),
    });
    let report = report(&sample_of(decided, 12, &|_| {}).run());
    assert_eq!(
        reading(sheet(&report, "S08"), "8.2", "Decisione dell'unità").unwrap(),
        "Non valutabile per decisione di Unità performance del 15/12/2019: L'ente certificatore ha rinviato l'audit al 2020"
    );
}

/// The charts of a scheda.
fn charts(sample: &Sample, number: u8) -> Vec<Chart> {
    let report = report(&sample.run());
    sheet(&report, names::scheda(number)).charts.clone()
}

/// What stands in the rows of an area, in its one column.
fn column(sheet: &Sheet, area: Area) -> Vec<String> {
    assert_eq!(area.first.col, area.last.col);
    let rows = area.first.row..=area.last.row;
    rows.map(|row| words(&sheet.rows[row as usize].cells[usize::from(area.first.col)])).collect()
}

#[test]
fn a_chart_says_its_message_its_unit_and_its_values() {
    let report = report(&sample(6).run());
    let charts = &sheet(&report, "S06").charts;
    assert_eq!(charts.len(), 3);
    // 4 assessments a month over 468 firms: 4/468 is 0.8547 %, 24/468 is 5.1282 %.
    let chart = &charts[1];
    assert_eq!(chart.title, "6.2: 5,13 % a giugno, target almeno 10 %: in linea");
    assert_eq!(
        (chart.categories_title.as_str(), chart.values_title.as_str()),
        ("Mese del 2019", "Percentuale")
    );
    assert_eq!(
        chart.description,
        "Linea del risultato di 6.2 alla fine di ogni mese, da gennaio: 0,85 %; 1,71 %; 2,56 %; 3,42 %; 4,27 %; \
         5,13 %. Target: almeno 10 %."
    );
    assert_eq!(chart.format, Format::Percent);
    let sheet = sheet(&report, "S06");
    let months = ["gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"];
    assert_eq!(column(sheet, chart.categories), months);
    let codes = Area {
        first: CellRef { col: 0, ..chart.categories.first },
        last: CellRef { col: 0, ..chart.categories.last },
    };
    assert_eq!(column(sheet, codes), ["6.2"; 6]);
    let ChartKind::Lines(lines) = &chart.kind else { panic!() };
    assert_eq!((lines[0].name.as_str(), lines[1].name.as_str()), ("Risultato", "Target: almeno 10 %"));
    // 1/117, 2/117 … 6/117
    let values: Vec<String> = (1..=6).map(|month| Number::ratio(month, 117).unwrap().to_plain()).collect();
    assert_eq!(column(sheet, lines[0].values), values);
    assert_eq!(column(sheet, lines[1].values), ["0.1"; 6]);
    let august = self::charts(&sample(8), 6);
    assert!(august[1].title.contains(" ad agosto, "), "{}", august[1].title);
}

#[test]
fn the_words_of_a_chart_never_outgrow_what_excel_holds() {
    let endless = Value::Number(Number::parse(&format!("1{}", "0".repeat(300))).unwrap());
    let made = sample_of(plan(), 6, &|submissions| {
        let entries = submissions.iter_mut().flat_map(|sent| &mut sent.entries);
        for entry in entries.filter(|entry| entry.id.voce.as_str() == "S07.schede_crm") {
            entry.state = EntryState::Value(endless.clone());
        }
    });
    let charts = charts(&made, 7);
    assert!(charts.iter().all(|chart| chart.description.chars().count() <= 255));
    assert!(
        charts
            .iter()
            .any(|chart| chart.description.contains("i valori sono nella tabella «Mese per mese di 7."))
    );
}

#[test]
fn january_alone_has_no_chart_and_february_has() {
    let january = report(&sample(1).run());
    let lines = block(sheet(&january, "S06"), "Andamento nell'anno").concat();
    assert_eq!(lines, ["Un mese solo non fa un andamento: i grafici cominciano da febbraio."]);
    assert!(sheet(&january, "S06").charts.is_empty());
    assert_eq!(charts(&sample(2), 6).len(), 3);
}

#[test]
fn charts_stand_abreast_on_rows_left_empty_and_never_over_one_another() {
    for month in [2, 6, 12] {
        let sample = sample(month);
        let report = report(&sample.run());
        for scheda in &sample.plan.schede {
            let sheet = sheet(&report, names::scheda(scheda.number));
            let charts = &sheet.charts;
            for (number, chart) in charts.iter().enumerate() {
                assert!(chart.description.chars().count() <= 255, "{}", chart.description);
                let rows = chart.at.row..chart.at.row + chart.rows;
                for row in rows.clone() {
                    assert_eq!(sheet.rows[row as usize], Row::space(), "{} {row}", sheet.name);
                }
                let (place, abreast) = chart.abreast.unwrap();
                assert!(place < abreast && (2..=5).contains(&abreast), "{}", sheet.name);
                assert!(chart.at.row + chart.rows < sheet.leaf.unwrap().rows, "{}", sheet.name);
                for other in &charts[..number] {
                    let beside = other.at == chart.at && other.abreast < chart.abreast;
                    assert!(beside || other.at.row + other.rows <= chart.at.row, "{}", sheet.name);
                }
            }
        }
    }
}
