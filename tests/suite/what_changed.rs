//! What of the past is another thing now: rows of registers known by their key, voci under another key,
//! numbers of the year, months opened again; each is told once, with what it was.

use schede::admit::Admission;
use schede::memory::{Judgement, Kind, Reason};
use schede::model::{IndicatorCode, Number, OfficeId, Status, Value};
use schede::pipeline::Job;
use schede::plan::{DEFAULT_PLAN, Plan, read_plan};
use schede::write::{Fill, FillKey, FillValue, history};

use super::support::small_year::{
    SHOPS, Year, closed, codes, issued, job, month, number, owned, plan, remembered, rows_of, told, typed,
    year,
};

#[test]
fn a_row_of_a_register_is_known_by_its_key() {
    let plan = plan();
    let day = |text: &str| FillValue::Date(text.parse().unwrap());
    let row = |year: &mut Year, at: u32, title: &str, from: &str, to: Option<&str>| {
        let field = |column: &str| FillKey::field("S01.bandi", at, column);
        typed(year, "promozione", field("titolo"), FillValue::Text(title.into()));
        typed(year, "promozione", field("scadenza"), day(from));
        typed(year, "promozione", field("approvazione"), to.map_or(FillValue::Blank, day));
    };
    let blank = |year: &mut Year| {
        let fill = year.get_mut(&OfficeId::new("promozione")).unwrap();
        let own: Vec<FillKey> = fill.keys().filter(|key| key.key == "S01.bandi").cloned().collect();
        own.into_iter().for_each(|key| fill.set(key, FillValue::Blank));
    };
    let mut march = year(&plan, 3, &["promozione"]);
    blank(&mut march);
    row(&mut march, 1, "Voucher", "2019-01-31", Some("2019-03-15"));
    row(&mut march, 2, "Fiere", "2019-02-10", None);
    row(&mut march, 3, "Estero", "2019-02-20", None);
    let memory = remembered(&plan, &issued(&plan, &job(&plan, &march, 3, None)));

    // The rows stand elsewhere and are written otherwise; one is approved in April: nothing to say.
    let mut april = year(&plan, 4, &["promozione"]);
    blank(&mut april);
    row(&mut april, 2, "VOUCHER ", "2019-01-31", Some("2019-03-15"));
    row(&mut april, 1, "Fiere", "2019-02-10", Some("2019-04-12"));
    row(&mut april, 3, "Estero", "2019-02-20", None);
    row(&mut april, 4, "Nuovo", "2019-04-02", None);
    let is_of_rows = |words: &(String, String, String, Judgement)| words.0.contains("S01.bandi");
    let rows = |year: &Year| -> Vec<(String, String)> {
        let told = told(&job(&plan, year, 4, Some(&memory)));
        told.into_iter().filter(is_of_rows).map(|(_, before, now, _)| (before, now)).collect()
    };
    assert_eq!(rows(&april), []);

    // A day changed, a day already past that was not there, a row gone, a row of the past that came.
    row(&mut april, 2, "Voucher", "2019-01-31", Some("2019-03-01"));
    row(&mut april, 1, "Fiere", "2019-02-10", Some("2019-03-29"));
    row(&mut april, 3, "Vecchio", "2019-01-05", None);
    let pair = |before: &str, now: &str| (before.to_owned(), now.to_owned());
    let mut found = rows(&april);
    found.sort();
    let mut wanted = vec![
        pair("niente", "5/1/2019"),
        pair("niente", "29/3/2019"),
        pair("15/3/2019", "1/3/2019"),
        pair("«Estero»", "niente"),
    ];
    wanted.sort();
    assert_eq!(found, wanted);
}

/// The plan that asks the shops under another key, and in other words.
fn plan_of_shops(words: &str) -> Plan {
    let text = DEFAULT_PLAN
        .replacen("formula = \"supermercati\"", "formula = \"negozi\"", 1)
        .replacen("chiave = \"supermercati\"", "chiave = \"negozi\"", 1)
        .replacen("etichetta = \"Supermercati sorvegliati", &format!("etichetta = \"{words}"), 1);
    read_plan(&text).unwrap()
}

/// February under that plan: January says 2 shops.
fn february_of_shops(plan: &Plan) -> Year {
    let mut february = year(plan, 2, &["metrico"]);
    for fill in february.values_mut() {
        let mut own = Fill::default();
        let asked = fill.keys().filter(|key| key.key != SHOPS);
        asked.for_each(|key| own.set(key.clone(), fill.get(key).clone()));
        *fill = own;
    }
    typed(&mut february, "metrico", FillKey::monthly("S03.negozi", month(1)), number(2.0));
    february
}

#[test]
fn a_voce_of_another_key_is_compared_or_listed_value_by_value() {
    let first = plan();
    let mut january = year(&first, 1, &["metrico"]);
    typed(&mut january, "metrico", FillKey::monthly(SHOPS, month(1)), number(3.0));
    let january = issued(&first, &job(&first, &january, 1, None));
    let line = |cells: [&str; 3]| cells.map(str::to_owned);

    // The same words: it is the same voce, and its past is asked about.
    let second = plan_of_shops("Supermercati sorvegliati");
    let memory = remembered(&second, &january);
    let own = job(&second, &february_of_shops(&second), 2, Some(&memory));
    let left = [("metrico S03.negozi gennaio", "3", "2", Judgement::ToExplain)];
    assert_eq!(told(&own), owned(&left));
    assert_eq!(codes(&own), [("M03", "da motivare")]);
    let issue = issued(&second, &own);
    assert_eq!(rows_of(&issue, "Dato senza voce"), [] as [[String; 3]; 0]);
    let known = rows_of(&issue, "Piano").into_iter().any(|[_, before, _]| before == SHOPS);
    assert!(known, "{:?}", rows_of(&issue, "Piano"));

    // Other words: another voce, which nobody could have written before, and one that is lost.
    let third = plan_of_shops("Negozi sorvegliati");
    let memory = remembered(&third, &january);
    let own = job(&third, &february_of_shops(&third), 2, Some(&memory));
    let all = [("metrico S03.negozi gennaio", "niente", "2", Judgement::Explained)];
    assert_eq!(told(&own), owned(&all));
    assert_eq!(own.corrections[0].reason, Some(Reason::Planned));
    assert_eq!(codes(&own), [("M04", "nota")]);
    let issue = issued(&third, &own);
    assert_eq!(
        rows_of(&issue, "Dato senza voce"),
        [line(["Voce «S03.supermercati», gennaio", "3", "La voce non è nel piano: il dato non conta più."])]
    );
    let plan_says = rows_of(&issue, "Piano");
    assert!(
        plan_says.iter().any(|[what, before, _]| what == "Voce «S03.supermercati»" && before == "1 dato")
    );
    let [corrected] = &rows_of(&issue, "Correzione")[..] else { panic!("one correction") };
    assert_eq!(corrected[2], "La voce è nuova nel piano.");
}

/// A row of the register of the calls: title, deadline, approval.
type Call = (&'static str, &'static str, &'static str);

/// The clean year of the office that keeps the register, with these rows in it and no other.
fn with_calls(plan: &Plan, number: u32, calls: &[Call]) -> Year {
    let day = |text: &str| FillValue::Date(text.parse().unwrap());
    let mut own = year(plan, number, &["promozione"]);
    let fill = own.get_mut(&OfficeId::new("promozione")).unwrap();
    let rows: Vec<FillKey> = fill.keys().filter(|key| key.key == "S01.bandi").cloned().collect();
    rows.into_iter().for_each(|key| fill.set(key, FillValue::Blank));
    for (row, (title, deadline, approval)) in (1..).zip(calls) {
        let field = |column: &str| FillKey::field("S01.bandi", row, column);
        fill.set(field("titolo"), FillValue::Text((*title).into()));
        fill.set(field("scadenza"), day(deadline));
        fill.set(field("approvazione"), day(approval));
    }
    own
}

const VOUCHER: Call = ("Voucher", "2019-01-31", "2019-02-27");
const FAIRS: Call = ("Fiere", "2019-01-10", "2019-02-20");
const ABROAD: Call = ("Estero", "2019-01-31", "2019-02-27");

#[test]
fn a_row_under_another_title_is_told_once() {
    let plan = plan();
    let first = with_calls(&plan, 3, &[VOUCHER, FAIRS]);
    let memory = remembered(&plan, &issued(&plan, &job(&plan, &first, 3, None)));
    let retitled = ("Voucher digitali", VOUCHER.1, VOUCHER.2);

    let april = job(&plan, &with_calls(&plan, 4, &[FAIRS, retitled]), 4, Some(&memory));
    let said = |job: &Job| -> Vec<(Kind, String, String)> {
        let own = job.corrections.iter().map(|one| &one.change);
        own.map(|own| (own.kind, own.before.words(), own.now.words())).collect()
    };
    let once = [(Kind::Changed, "«Voucher»".to_owned(), "«Voucher digitali»".to_owned())];
    assert_eq!(said(&april), once);
    assert_eq!(codes(&april), [("M03", "da motivare")]);
    // Where the month of its day is closed, the old title stands.
    let closed = closed("");
    let held = job(&closed, &with_calls(&closed, 4, &[FAIRS, retitled]), 4, Some(&memory));
    assert_eq!(codes(&held), [("M07", "errore")]);
    // It is asked about until somebody says why, and is over when the old title is back.
    let memory = remembered(&plan, &issued(&plan, &april));
    let may = job(&plan, &with_calls(&plan, 5, &[FAIRS, retitled]), 5, Some(&memory));
    assert_eq!(said(&may), once);
    assert_eq!(may.corrections[0].change.since, plan.month(month(3)));
    assert_eq!(said(&job(&plan, &with_calls(&plan, 5, &[VOUCHER, FAIRS]), 5, Some(&memory))), []);

    // Title and day of one row at once: two changes of one row, which stay what they are in the months after.
    let both = ("Voucher digitali", VOUCHER.1, "2019-03-01");
    let first = with_calls(&plan, 3, &[VOUCHER, FAIRS]);
    let memory = remembered(&plan, &issued(&plan, &job(&plan, &first, 3, None)));
    let april = job(&plan, &with_calls(&plan, 4, &[both, FAIRS]), 4, Some(&memory));
    let two = [
        (Kind::Changed, "27/2/2019".to_owned(), "1/3/2019".to_owned()),
        (Kind::Changed, "«Voucher»".to_owned(), "«Voucher digitali»".to_owned()),
    ];
    assert_eq!(said(&april), two);
    let memory = remembered(&plan, &issued(&plan, &april));
    assert_eq!(said(&job(&plan, &with_calls(&plan, 5, &[both, FAIRS]), 5, Some(&memory))), two);

    // Of two rows that are otherwise alike nobody knows which is which: those are two that went and came.
    let alike = with_calls(&plan, 3, &[VOUCHER, ABROAD]);
    let memory = remembered(&plan, &issued(&plan, &job(&plan, &alike, 3, None)));
    let others = [("Primo", VOUCHER.1, VOUCHER.2), ("Secondo", VOUCHER.1, VOUCHER.2)];
    let april = job(&plan, &with_calls(&plan, 4, &others), 4, Some(&memory));
    let kinds: Vec<Kind> = april.corrections.iter().map(|one| one.change.kind).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == Kind::Removed).count(), 2, "{kinds:?}");
    assert!(!kinds.contains(&Kind::Changed), "{kinds:?}");
}

#[test]
fn a_row_that_comes_back_another_is_held_against_what_it_was() {
    let plan = plan();
    let first = with_calls(&plan, 3, &[VOUCHER, FAIRS]);
    let march = remembered(&plan, &issued(&plan, &job(&plan, &first, 3, None)));
    let april = job(&plan, &with_calls(&plan, 4, &[VOUCHER]), 4, Some(&march));
    let april = remembered(&plan, &issued(&plan, &april));
    let back =
        job(&plan, &with_calls(&plan, 5, &[VOUCHER, ("Fiere", FAIRS.1, "2019-03-01")]), 5, Some(&april));
    let [own] = &back.corrections[..] else { panic!("{:?}", told(&back)) };
    assert_eq!((own.change.before.words(), own.change.now.words()), ("20/2/2019".into(), "1/3/2019".into()));
    assert_eq!(own.change.since, plan.month(month(3)), "the issue of April did not have it");
}

/// January, in which the call ends, is closed and opened again: the unit says why for the rows too.
#[test]
fn a_month_opened_again_is_open_for_its_registers() {
    let reopened = "[[chiusure.riaperture]]\nmese = 1\nmotivo = \"Verbale ritrovato\"\nchi = \"unità\"\ndata = \"1/3/2019\"\n";
    let (held, open) = (closed(""), closed(reopened));
    let first = with_calls(&held, 3, &[VOUCHER, FAIRS]);
    let memory = remembered(&held, &issued(&held, &job(&held, &first, 3, None)));
    let moved = [("Voucher", "2019-01-30", VOUCHER.2), FAIRS];
    let under = |plan: &Plan| job(plan, &with_calls(plan, 4, &moved), 4, Some(&memory));
    assert_eq!(codes(&under(&held)), [("M07", "errore")]);
    let own = under(&open);
    assert_eq!(codes(&own), [("M04", "nota")]);
    assert!(
        matches!(&own.corrections[0].reason, Some(Reason::Reopened(why)) if why.contains("Verbale ritrovato"))
    );
}

#[test]
fn what_the_plan_changes_without_a_revision_is_told() {
    let first = plan();
    let january = issued(&first, &job(&first, &year(&first, 1, &["ri", "pid", "metrico"]), 1, None));
    let edits = [
        (
            "target = \">= 250\"\nuffici_stampati = \"Servizi Uffici RI Ufficio PID\"\nuffici = [\"ri\", \"pid\"]",
            "target = \">= 240\"\nuffici_stampati = \"Servizi Uffici RI Ufficio PID\"\nuffici = [\"ri\", \"metrico\"]",
        ),
        ("formula = \"supermercati\"", "formula = \"supermercati + 0\""),
    ];
    let mut text = DEFAULT_PLAN.to_owned();
    for (from, to) in edits {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text = text.replacen(from, to, 1);
    }
    let under = |text: &str| {
        let plan = read_plan(text).unwrap();
        let memory = remembered(&plan, &january);
        let own = job(&plan, &year(&plan, 2, &["ri", "metrico"]), 2, Some(&memory));
        let lines = rows_of(&issued(&plan, &own), "Piano").into_iter();
        lines.map(|[what, before, why]| format!("{what}: {before}. {why}")).collect::<Vec<_>>()
    };
    let who = "Servizi/Uffici Registro Imprese (RI) e Ufficio PID";
    let why = "Nessuna revisione del piano lo dice.";
    let told = under(&text);
    assert_eq!(
        told[1..],
        [
            format!("1.3 · target: >= 250. {why}"),
            // January of the office that is out, in both voci.
            format!("1.3, 2 voci · chi risponde: {who}. {why} 2 dati di chi ne rispondeva non contano più."),
            format!("3.2 · formula: supermercati. {why}"),
        ]
    );
    // What was of the office that answers no more is gone by the plan: nobody is asked why.
    let (head, tail) = DEFAULT_PLAN.split_at(DEFAULT_PLAN.find("codice = \"3.2\"").unwrap());
    let tail = tail.replacen("uffici = [\"metrico\"]", "uffici = [\"ambiente\"]", 1);
    let moved = read_plan(&format!("{head}{tail}")).unwrap();
    let memory = remembered(&moved, &january);
    let mut february = year(&moved, 2, &["metrico", "ambiente"]);
    let fill = february.get_mut(&OfficeId::new("metrico")).unwrap();
    let mut rest = Fill::default();
    let own = fill.keys().filter(|key| key.key != SHOPS && !key.key.starts_with("S03.2."));
    own.for_each(|key| rest.set(key.clone(), fill.get(key).clone()));
    *fill = rest;
    let own = job(&moved, &february, 2, Some(&memory));
    assert_eq!(codes(&own).iter().filter(|(code, _)| *code == "M08").count(), 0, "{:?}", codes(&own));
    let lines = rows_of(&issued(&moved, &own), "Piano");
    let told = |[_, who, why]: &[String; 3]| {
        !who.contains("Ambiente") && why.ends_with("Un dato di chi ne rispondeva non conta più.")
    };
    assert!(lines.iter().any(told), "{lines:?}");

    // What a revision tells is told by it.
    let revision = "\n[[revisioni]]\ncosa = \"1.3.target\"\nprima = \">= 250\"\ndopo = \">= 240\"\natto = \"Giunta 3\"\ndata = \"5/2/2019\"\nda = \"2019-02\"\n";
    let told = under(&format!("{text}{revision}"));
    assert!(told[1].starts_with("1.3.target: >= 250. Giunta 3 (5/2/2019)"), "{told:?}");
    assert_eq!(told.len(), 4, "{told:?}");
    // Of the same plan nothing is told.
    assert_eq!(under(DEFAULT_PLAN), [] as [&str; 0]);
}

#[test]
fn a_row_taken_away_is_asked_about_until_somebody_says_why() {
    let plan = plan();
    let with = |number: u32, titles: &[&'static str]| {
        let calls: Vec<Call> = titles.iter().map(|title| (*title, VOUCHER.1, VOUCHER.2)).collect();
        with_calls(&plan, number, &calls)
    };
    let note = |year: &mut Year| {
        typed(year, "promozione", FillKey::single("S01.1.nota"), FillValue::Text("Bando ritirato".into()));
    };
    let mut memory =
        remembered(&plan, &issued(&plan, &job(&plan, &with(3, &["Voucher", "Estero"]), 3, None)));
    let mut effects = Vec::new();
    for number in 4..=6 {
        let job = job(&plan, &with(number, &["Voucher"]), number, Some(&memory));
        let [gone] = &job.corrections[..] else { panic!("{number}: {:?}", told(&job)) };
        assert_eq!((gone.change.kind, gone.change.before.words()), (Kind::Removed, "«Estero»".to_owned()));
        assert_eq!(gone.change.since, plan.month(month(3)), "{number}");
        assert_eq!(codes(&job), [("M08", "da motivare")], "{number}");
        let was = gone.change.was.clone().map(|(file, place)| format!("{file} {place}"));
        effects.push((gone.shifts.iter().map(|shift| shift.before.value.clone()).collect::<Vec<_>>(), was));
        let issue = issued(&plan, &job);
        // Title, deadline and approval: what the row said is handed on.
        assert_eq!(rows_of(&issue, "Riga tolta").len(), 3, "{number}");
        memory = remembered(&plan, &issue);
    }
    assert!(effects[0].1.is_some() && effects.iter().all(|one| *one == effects[0]), "{effects:?}");
    // In a month without its file nothing is forgotten; closing its month later does not bring the row back.
    let absent = job(&plan, &year(&plan, 7, &["metrico"]), 7, Some(&memory));
    let later = remembered(&plan, &issued(&plan, &absent));
    assert_eq!(later.gone, memory.gone);
    let august = job(&closed(""), &with(8, &["Voucher"]), 8, Some(&later));
    assert_eq!(codes(&august).iter().filter(|(code, _)| ["M07", "M08"].contains(code)).count(), 1);
    assert!(codes(&august).contains(&("M08", "da motivare")), "{:?}", codes(&august));
    // Somebody says why; or the row comes back.
    let mut july = with(7, &["Voucher"]);
    note(&mut july);
    let explained = job(&plan, &july, 7, Some(&memory));
    assert_eq!(codes(&explained), [("M04", "nota")]);
    let later = remembered(&plan, &issued(&plan, &explained));
    assert_eq!((later.gone.len(), later.pending.len()), (0, 0));
    assert_eq!(told(&job(&plan, &with(7, &["Estero", "Voucher"]), 7, Some(&memory))), []);
}

/// Of two rows that were taken away the unit accepts one: the other is still asked about.
#[test]
fn of_two_rows_taken_away_one_may_be_accepted() {
    let first = plan();
    let march = with_calls(&first, 3, &[VOUCHER, FAIRS, ABROAD]);
    let issue_of_march = issued(&first, &job(&first, &march, 3, None));
    let waiver = "\n[[deroghe]]\ncodice = \"M08\"\nufficio = \"promozione\"\nvoce = \"S01.bandi\"\ntrovato = \"«Fiere» → niente\"\n\
                  motivo = \"Bando revocato\"\nchi = \"Unità performance\"\n";
    let second = read_plan(&format!("{DEFAULT_PLAN}{waiver}")).unwrap();
    let memory = remembered(&second, &issue_of_march);
    let april = job(&second, &with_calls(&second, 4, &[VOUCHER]), 4, Some(&memory));
    let issue = issued(&second, &april);
    let told = rows_of(&issue, "Correzione");
    let whys: Vec<[&str; 2]> = told.iter().map(|[_, before, why]| [before.as_str(), why.as_str()]).collect();
    // What is asked about comes first.
    assert_eq!(whys, [["Estero", "Nessuno dice perché."], ["Fiere", "Bando revocato (Unità performance)"]]);
    let memory = remembered(&second, &issue);
    assert!(memory.gone.keys().all(|slot| slot.row.as_deref() == Some("estero")), "{:?}", memory.gone);
    assert_eq!(memory.gone.len(), 3);
}

/// The register of the calls under another key: the same words, so the same register.
#[test]
fn a_register_under_another_key_is_the_same_register() {
    let first = plan();
    let march = with_calls(&first, 3, &[VOUCHER, FAIRS]);
    let issue_of_march = issued(&first, &job(&first, &march, 3, None));
    let text = DEFAULT_PLAN
        .replacen(
            "massimo(giorni(bandi.scadenza; bandi.approvazione))",
            "massimo(giorni(avvisi.scadenza; avvisi.approvazione))",
            1,
        )
        .replacen("chiave = \"bandi\"", "chiave = \"avvisi\"", 1);
    let second = read_plan(&text).unwrap();
    let memory = remembered(&second, &issue_of_march);
    let renamed = |calls: &[Call]| {
        let mut own = with_calls(&second, 4, &[]);
        for fill in own.values_mut() {
            let mut other = Fill::default();
            let calls = with_calls(&first, 4, calls);
            let old = calls.values().next().unwrap();
            for key in old.keys().filter(|key| key.key.starts_with("S01.bandi")) {
                let name = key.key.replacen("bandi", "avvisi", 1);
                other.set(FillKey { key: name, ..key.clone() }, old.get(key).clone());
            }
            let rest = fill.keys().filter(|key| !key.key.starts_with("S01.bandi"));
            rest.for_each(|key| other.set(key.clone(), fill.get(key).clone()));
            *fill = other;
        }
        own
    };
    let same = job(&second, &renamed(&[VOUCHER, FAIRS]), 4, Some(&memory));
    assert_eq!(told(&same), []);
    assert_eq!(rows_of(&issued(&second, &same), "Dato senza voce"), [] as [[String; 3]; 0]);
    let less = job(&second, &renamed(&[VOUCHER]), 4, Some(&memory));
    assert_eq!(codes(&less), [("M08", "da motivare")]);
}

/// What was handed on of an office that is missing is lost too when the plan loses its voce.
#[test]
fn what_is_lost_of_who_is_missing_is_listed() {
    let first = plan();
    let mut january = year(&first, 1, &["metrico", "ri"]);
    typed(&mut january, "metrico", FillKey::monthly(SHOPS, month(1)), number(3.0));
    let memory = remembered(&first, &issued(&first, &job(&first, &january, 1, None)));
    let february = issued(&first, &job(&first, &year(&first, 2, &["ri"]), 2, Some(&memory)));
    let third = plan_of_shops("Negozi sorvegliati");
    let memory = remembered(&third, &february);
    let march = job(&third, &year(&third, 3, &["ri"]), 3, Some(&memory));
    let listed = rows_of(&issued(&third, &march), "Dato senza voce");
    let line = ["Voce «S03.supermercati», gennaio", "3", "La voce non è nel piano: il dato non conta più."];
    assert_eq!(listed, [line.map(str::to_owned)]);
}

/// What is written over a closed month is told once, and whatever it is the value that stands is judged.
#[test]
fn what_is_written_over_a_closed_month_puts_nothing_else_in_doubt() {
    let closed = closed("");
    let key = FillKey::monthly(SHOPS, month(1));
    let mut january = year(&closed, 1, &["metrico"]);
    typed(&mut january, "metrico", key.clone(), number(3.0));
    let memory = remembered(&closed, &issued(&closed, &job(&closed, &january, 1, None)));
    let february = |value: FillValue| {
        let mut own = year(&closed, 2, &["metrico"]);
        typed(&mut own, "metrico", key.clone(), value);
        job(&closed, &own, 2, Some(&memory))
    };
    let state = |job: &Job| {
        let own = job.consolidation.indicator(&IndicatorCode::new("3.2")).unwrap();
        (own.status, own.value.as_ref().map(Value::to_machine))
    };
    let same = february(number(3.0));
    let text = |text: &str| FillValue::Text(text.to_owned());
    for value in [text("circa 8"), number(8.5), text("n.a."), number(-1.0), FillValue::Blank] {
        let own = february(value.clone());
        assert_eq!(codes(&own), [("M07", "errore")], "{value:?}");
        assert_eq!(state(&own), state(&same), "{value:?}");
        let codes = |job: &Job| {
            let open = job.checked.findings.iter().filter(|one| one.keeps_out() && one.rule.code != "M07");
            open.map(|one| one.rule.code).collect::<Vec<_>>()
        };
        assert_eq!(codes(&own), codes(&same), "{value:?}");
        // Nor is anything else asked of it.
        let of_january = |job: &Job| {
            let all = job.checked.findings.iter();
            let own = all.filter(|one| one.month == Some(month(1)) && one.rule.code != "M07");
            own.map(|one| one.rule.code).collect::<Vec<_>>()
        };
        assert_eq!(of_january(&own), of_january(&same), "{value:?}");
        // What was typed is listed as it was typed; the workbook agrees with itself.
        let issue = issued(&closed, &own);
        assert_eq!(rows_of(&issue, "Correzione").len(), 1, "{value:?}");
    }
}

/// A forgotten row of a closed month does not enter, and is asked nothing else; the indicator is what it was.
#[test]
fn a_row_that_comes_late_for_a_closed_month_is_not_there() {
    let closed = closed("");
    let first = with_calls(&closed, 3, &[FAIRS]);
    let memory = remembered(&closed, &issued(&closed, &job(&closed, &first, 3, None)));
    let under = |calls: &[Call]| job(&closed, &with_calls(&closed, 4, calls), 4, Some(&memory));
    let (same, late) = (under(&[FAIRS]), under(&[FAIRS, ("Dimenticato", "2019-01-05", "2019-04-02")]));
    let seen = |job: &Job| {
        let own = job.consolidation.indicator(&IndicatorCode::new("1.1")).unwrap();
        (own.status, own.value.as_ref().map(Value::to_machine))
    };
    assert_eq!(seen(&late), seen(&same));
    assert_eq!((codes(&same), codes(&late)), (vec![], vec![("M07", "errore")]));
    let of_register = |job: &Job| {
        let own = job.checked.findings.iter().filter(|one| {
            one.voce.as_ref().is_some_and(|voce| voce.as_str() == "S01.bandi") && one.rule.code != "M07"
        });
        own.map(|one| one.rule.code).collect::<Vec<_>>()
    };
    assert_eq!(of_register(&late), of_register(&same));
    issued(&closed, &late);
}

/// A row written over by another is no row that has changed its title: nothing of the two agrees.
#[test]
fn a_row_written_over_by_another_went_and_came() {
    let plan = plan();
    let first = with_calls(&plan, 3, &[FAIRS, VOUCHER]);
    let memory = remembered(&plan, &issued(&plan, &job(&plan, &first, 3, None)));
    let april =
        job(&plan, &with_calls(&plan, 4, &[FAIRS, ("Nuovo", "2019-04-02", "2019-04-20")]), 4, Some(&memory));
    let kinds: Vec<Kind> = april.corrections.iter().map(|one| one.change.kind).collect();
    assert_eq!(kinds, [Kind::Removed]);
}

/// What a change does is computed with what is found of it gone too: nobody would have found it.
#[test]
fn a_correction_that_cannot_be_used_is_weighed_against_the_value_that_could() {
    let plan = plan();
    let key = FillKey::monthly(SHOPS, month(1));
    let mut january = year(&plan, 1, &["metrico"]);
    typed(&mut january, "metrico", key.clone(), number(3.0));
    let memory = remembered(&plan, &issued(&plan, &job(&plan, &january, 1, None)));
    let mut february = year(&plan, 2, &["metrico"]);
    typed(&mut february, "metrico", key, FillValue::Text("circa 8".to_owned()));
    let own = job(&plan, &february, 2, Some(&memory));
    let [correction] = &own.corrections[..] else { panic!("{:?}", told(&own)) };
    let [shift] = &correction.shifts[..] else { panic!("{:?}", correction.shifts) };
    assert_eq!((shift.before.status, shift.now.status), (Status::InLinea, Status::NonVerificabile));
    assert_eq!(shift.before.value.as_ref().map(Value::to_machine).as_deref(), Some("4"));
    assert_eq!(codes(&own), [("M03", "errore")]);
}

/// An office is merged into another in September: the number of the year that both would give is in the new
/// workbook of who takes over, and nobody copies it.
#[test]
fn who_takes_over_finds_the_numbers_of_the_year_written() {
    let (from, to) =
        ("id = \"albi_ruoli\"\n", "id = \"albi_ruoli\"\nal = \"2019-08\"\nconfluisce_in = \"ri\"\n");
    assert_eq!(DEFAULT_PLAN.matches(from).count(), 1);
    let merged = read_plan(&DEFAULT_PLAN.replacen(from, to, 1)).unwrap();
    let key = FillKey::single("S06.mediatori_da_verificare");
    let mut august = year(&merged, 8, &["albi_ruoli", "ri"]);
    typed(&mut august, "albi_ruoli", key.clone(), number(468.0));
    let memory = remembered(&merged, &issued(&merged, &job(&merged, &august, 8, None)));
    let of = |office: &str| history(&merged, &memory, &OfficeId::new(office)).fill;
    assert_eq!(of("ri").get(&key), &FillValue::Number(468.0));
    assert_eq!(of("albi_ruoli").get(&key), &FillValue::Number(468.0));
    // The months of who is no more are its own.
    let month_of = FillKey::monthly("S06.mediatori_verificati", month(8));
    assert!(
        of("albi_ruoli").get(&month_of) != &FillValue::Blank && of("ri").get(&month_of) == &FillValue::Blank
    );
    // Who answers with others since January gives its own number.
    assert_eq!(history(&plan(), &memory, &OfficeId::new("ri")).fill.get(&key), &FillValue::Blank);
}

/// A value that was kept out is no value of the month that is closed after it.
#[test]
fn what_was_kept_out_stays_out_of_a_closed_month() {
    let open = plan();
    let mut january = year(&open, 1, &["metrico"]);
    typed(&mut january, "metrico", FillKey::monthly(SHOPS, month(1)), number(2.5));
    let memory = remembered(&open, &issued(&open, &job(&open, &january, 1, None)));
    assert!(memory.entries.values().any(|kept| kept.kept_out.as_deref() == Some("C06")));
    let closed = closed("");
    let mut february = year(&closed, 2, &["metrico"]);
    typed(&mut february, "metrico", FillKey::monthly(SHOPS, month(1)), number(5.0));
    let own = job(&closed, &february, 2, Some(&memory));
    assert!(codes(&own).contains(&("M07", "errore")), "{:?}", codes(&own));
    let stands = own
        .admitted
        .entries
        .iter()
        .find(|entry| entry.id.voce.as_str() == SHOPS && entry.id.month == Some(month(1)));
    assert_eq!(
        stands.map(|entry| (entry.value.clone(), entry.admission.clone())),
        Some((None, Admission::NotReported))
    );
    // February alone, and January is missing.
    let result = own.consolidation.indicator(&IndicatorCode::new("3.2")).unwrap();
    assert_eq!((result.coverage.present, result.coverage.expected), (1, 2));
}

#[test]
fn a_number_of_the_year_is_closed_with_january() {
    let open = plan();
    let key = "S03.orafi_iscritti";
    let with = |orafi: f64| {
        let mut own = year(&open, 3, &["metrico"]);
        typed(&mut own, "metrico", FillKey::single(key), number(orafi));
        own
    };
    let memory = remembered(&open, &issued(&open, &job(&open, &with(142.0), 3, None)));
    let closed =
        format!("{DEFAULT_PLAN}\n[chiusure]\nfino_a = 2\natto = \"Determina 1\"\ndata = \"1/4/2019\"\n");
    let closed = read_plan(&closed).unwrap();
    let april = job(&closed, &with(60.0), 4, Some(&memory));
    assert_eq!(codes(&april), [("M07", "errore")]);
    let value = |job: &Job| {
        let results = &job.consolidation.indicators;
        let own = results.iter().find(|own| own.code.as_str() == "3.1").unwrap();
        own.voci.iter().find(|total| total.key.as_str() == key).unwrap().value.clone()
    };
    assert_eq!(value(&april), Some(Value::Number(Number::from(142_u32))), "the consolidated one stands");
    // One that was never given may still be.
    let mut silent = with(0.0);
    typed(&mut silent, "metrico", FillKey::single(key), FillValue::Blank);
    let memory = remembered(&open, &issued(&open, &job(&open, &silent, 3, None)));
    let april = job(&closed, &with(142.0), 4, Some(&memory));
    assert_eq!(codes(&april).iter().filter(|(code, _)| *code == "M07").count(), 0);
    assert_eq!(value(&april), Some(Value::Number(Number::from(142_u32))));
}
