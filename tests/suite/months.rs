//! A year in small, month after month: what was changed, removed, added or came late is found once and said
//! with why; nothing is found where nothing changed; what is no issue of the month before is refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::support::small_year::{
    GOODS, SHOPS, Year, closed, codes, files, issued, job, month, number, owned, plan, remembered, told,
    typed, year,
};
use assert_cmd::Command;
use schede::certify::Run;
use schede::check::rules_after;
use schede::memory::{Correction, Judgement, Kind, Memory, Met, Reason, Today, Told, Unseen, met};
use schede::model::{OfficeId, Rule, YearMonth};
use schede::pipeline::Job;
use schede::plan::{DEFAULT_PLAN, Plan};
use schede::read::{read_bytes, read_file};
use schede::recall::{Refused, recall};
use schede::write::{FillKey, FillValue};

#[test]
fn what_is_issued_is_what_is_remembered() {
    let plan = plan();
    let mut year = year(&plan, 6, &["metrico", "ri", "promozione", "ambiente", "programmazione", "protesti"]);
    // Something of everything: a wrong value, an n.a., a placeholder, a text that a cell could take for more.
    typed(&mut year, "metrico", FillKey::monthly(SHOPS, month(2)), FillValue::Text("circa due".into()));
    typed(&mut year, "metrico", FillKey::monthly(GOODS, month(3)), FillValue::Text("n.a.".into()));
    typed(&mut year, "metrico", FillKey::monthly(GOODS, month(4)), FillValue::Text("-".into()));
    typed(
        &mut year,
        "metrico",
        FillKey::single("S03.3.nota"),
        FillValue::Text("=1+1 «è» <un> & testo".into()),
    );
    let job = job(&plan, &year, 6, None);
    let mut memory = remembered(&plan, &issued(&plan, &job));
    assert_eq!(memory.sha256.len(), 64);
    memory.sha256.clear();
    let own = Memory::of(
        &plan,
        (&job.files, &job.submissions),
        &job.admitted,
        &job.consolidation,
        &job.checked.findings,
    );
    assert!(own.entries.len() > 150 && own.findings.len() > 20);
    for (slot, kept) in &own.entries {
        assert_eq!(memory.entries.get(slot), Some(kept), "{slot:?}");
    }
    // The sheet puts first what is read on paper.
    let (mut memory, mut own) = (memory, own);
    for findings in [&mut memory.findings, &mut own.findings] {
        findings.sort_by_key(|told| format!("{told:?}"));
    }
    // Only what was due, or was written, is listed: nobody else is.
    for (voce, offices) in &memory.asked {
        assert!(own.asked.get(voce).is_some_and(|asked| offices.is_subset(asked)), "{voce}");
    }
    assert!(memory.asked.len() > 20 && memory.formulas.len() > 30);
    own.asked.clone_from(&memory.asked);
    assert_eq!(memory, own);
}

#[test]
fn a_year_in_small_remembers() {
    let plan = plan();
    let early = ["metrico", "ri"];
    let mut january = year(&plan, 1, &early);
    // January has 3 shops; the goods of January were not said.
    typed(&mut january, "metrico", FillKey::monthly(SHOPS, month(1)), number(3.0));
    typed(&mut january, "metrico", FillKey::monthly(GOODS, month(1)), FillValue::Blank);
    let first = issued(&plan, &job(&plan, &january, 1, None));
    let memory = remembered(&plan, &first);

    // The same files a month later: the file is the one of before, and nothing else is said.
    let same = job(&plan, &january, 2, Some(&memory));
    assert_eq!(told(&same), []);
    assert_eq!(codes(&same), [("F10", "da motivare"); 2]);

    // February: of January a value is another one, one is gone, one that was due has come; an office too.
    let mut february = year(&plan, 2, &["metrico", "ri", "promozione"]);
    typed(&mut february, "metrico", FillKey::monthly(SHOPS, month(1)), number(0.0));
    typed(&mut february, "metrico", FillKey::monthly(GOODS, month(1)), number(4.0));
    typed(&mut february, "ri", FillKey::monthly("S01.aziende_coinvolte", month(1)), FillValue::Blank);
    let second = job(&plan, &february, 2, Some(&memory));
    let left = owned(&[
        ("metrico S03.prodotti gennaio", "niente", "4", Judgement::Explained),
        // 10 wanted in the year: 3 + 1 are on pace at the end of February, 0 + 1 are not.
        ("metrico S03.supermercati gennaio", "3", "0", Judgement::Error),
        ("ri S01.aziende_coinvolte gennaio", "6", "niente", Judgement::ToExplain),
    ]);
    assert_eq!(told(&second), left);
    assert_eq!(second.corrections[0].reason, Some(Reason::Asked));
    assert_eq!(second.corrections[2].change.kind, Kind::Removed);
    let found = [("K07", "nota"), ("K07", "nota"), ("M03", "errore"), ("M08", "da motivare")];
    assert_eq!(codes(&second), found);
    // What is kept out is not judged; what is only missing is.
    let shops = second.consolidation.indicators.iter().find(|one| one.code.as_str() == "3.2").unwrap();
    assert_eq!(shops.status.label(), "non verificabile");

    the_package_has_them(&plan, &second);

    // March: nobody has said why; the two are still there, since January.
    let issue = issued(&plan, &second);
    let memory = remembered(&plan, &issue);
    assert_eq!(memory.pending.len(), 2);
    let mut march = february.clone();
    typed(&mut march, "metrico", FillKey::monthly(SHOPS, month(3)), number(1.0));
    typed(&mut march, "ri", FillKey::monthly("S01.aziende_coinvolte", month(3)), number(9.0));
    let third = job(&plan, &march, 3, Some(&memory));
    let since: Vec<YearMonth> = third.corrections.iter().map(|one| one.change.since).collect();
    assert_eq!(since, [plan.month(month(1)); 2]);
    assert_eq!(told(&third)[..], left[1..]);

    // A note explains one, and the old value comes back in the other: April has nothing to say any more.
    typed(&mut march, "metrico", FillKey::single("S03.2.nota"), FillValue::Text("Visite rimandate".into()));
    typed(&mut march, "ri", FillKey::monthly("S01.aziende_coinvolte", month(1)), number(6.0));
    let mended = job(&plan, &march, 3, Some(&memory));
    assert_eq!(told(&mended), owned(&[("metrico S03.supermercati gennaio", "3", "0", Judgement::Explained)]));
    let given = Some(Reason::Given("Visite rimandate".into()));
    assert_eq!(mended.corrections[0].reason, given);
    let memory = remembered(&plan, &issued(&plan, &mended));
    assert_eq!(memory.pending, BTreeMap::new());
    typed(&mut march, "metrico", FillKey::monthly(SHOPS, month(4)), number(1.0));
    assert_eq!(told(&job(&plan, &march, 4, Some(&memory))), []);
}

/// The corrections of February, for other programs.
fn the_package_has_them(plan: &Plan, second: &Job) {
    let rules: Vec<&'static Rule> = rules_after(true).collect();
    let files = schede::tabular::package(&Run::of_job(plan, second, &rules, false)).unwrap();
    let mut table = csv::Reader::from_reader(files["correzioni.csv"].as_slice());
    let rows: Vec<BTreeMap<String, String>> = table.deserialize().map(|row| row.unwrap()).collect();
    let columns = ["tipo", "ufficio", "voce", "mese_dato", "prima", "ora", "stato", "cambia_esito", "dal"];
    let said: Vec<String> =
        rows.iter().map(|row| columns.map(|column| row[column].as_str()).join(" ")).collect();
    assert_eq!(
        said,
        [
            "aggiunta metrico S03.prodotti 1  4 chiesta 3.3 2019-01",
            "cambiata metrico S03.supermercati 1 3 0 errore 3.2 2019-01",
            "tolta ri S01.aziende_coinvolte 1 6  da motivare  2019-01",
        ]
    );
    assert!(rows.iter().all(|row| row["file_prima"].ends_with(".xlsx") || row["prima"].is_empty()));
}

#[test]
fn what_nobody_explains_is_weighed_together() {
    let plan = plan();
    // Twenty are wanted in the year: at July 11,67.
    let with = |months: [f64; 7]| {
        let mut own = year(&plan, 6, &["metrico"]);
        for (number, value) in (1..=7).zip(months) {
            typed(&mut own, "metrico", FillKey::monthly("S03.prodotti", month(number)), self::number(value));
        }
        own
    };
    let judged = |before: [f64; 7], after: [f64; 7]| {
        let memory = remembered(&plan, &issued(&plan, &job(&plan, &with(before), 6, None)));
        let july = job(&plan, &with(after), 7, Some(&memory));
        july.corrections.iter().map(Correction::judgement).collect::<Vec<_>>()
    };
    // 17 with both, 12 without one of them, 7 without both: only together they change the outcome.
    let both = judged([1.0; 7], [6.0, 6.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
    assert_eq!(both, [Judgement::Error; 2]);
    // One takes what the other gives: 12 with both and without both, 10 or 14 with one of them. The one that
    // would have brought the outcome down is hidden by the other, and does it all the same.
    let moved = judged([2.0, 2.0, 2.0, 6.0, 0.0, 0.0, 0.0], [2.0, 2.0, 4.0, 4.0, 0.0, 0.0, 0.0]);
    assert_eq!(moved, [Judgement::Error, Judgement::ToExplain]);
    // Alone as before.
    assert_eq!(judged([1.0; 7], [6.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]), [Judgement::Error]);
    assert_eq!(judged([1.0; 7], [2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]), [Judgement::ToExplain]);
}

#[test]
fn an_honest_year_has_nothing_to_correct() {
    let plan = plan();
    let offices = ["metrico", "ri", "promozione", "programmazione", "protesti", "urp"];
    let mut memory: Option<Memory> = None;
    for number in 1..=12 {
        let job = job(&plan, &year(&plan, number, &offices), number, memory.as_ref());
        assert_eq!(told(&job), [], "{number}");
        assert_eq!(codes(&job), [], "{number}");
        let sent = (job.files.as_slice(), job.submissions.as_slice());
        let findings = &job.checked.findings;
        memory = Some(Memory::of(&plan, sent, &job.admitted, &job.consolidation, findings));
    }
}

#[test]
fn what_an_office_has_explained_is_remembered_as_long_as_the_value_is_the_same() {
    let plan = plan();
    let metrico = OfficeId::new("metrico");
    let dash = |year: &mut Year, text: &str| {
        typed(year, "metrico", FillKey::monthly(GOODS, month(1)), FillValue::Text(text.into()));
    };
    let mut january = year(&plan, 1, &["metrico"]);
    dash(&mut january, "-");
    let mut memory = remembered(&plan, &issued(&plan, &job(&plan, &january, 1, None)));
    let told = memory.findings.iter_mut().find(|told| told.code == "C15").unwrap();
    told.answers.push((metrico.clone(), "Il dato (di gennaio): arriva a marzo.".to_owned()));
    let mut february = year(&plan, 2, &["metrico"]);
    dash(&mut february, "-");
    let second = job(&plan, &february, 2, Some(&memory));
    let about = |job: &Job| job.checked.findings.iter().find(|one| one.rule.code == "C15").unwrap().clone();
    let reason = "Il dato (di gennaio): arriva a marzo. (già spiegato: gennaio 2019)";
    assert!(about(&second).is_explained());
    assert_eq!(about(&second).answered[0].reason, reason);

    // February's issue says so, and March still knows it, since January.
    let memory = remembered(&plan, &issued(&plan, &second));
    let told = memory.findings.iter().find(|told| told.code == "C15").unwrap();
    assert_eq!(told.answers, [(metrico, reason.to_owned())]);
    assert_eq!(told.since, Some(plan.month(month(1))));
    let third = job(&plan, &february, 3, Some(&memory));
    assert_eq!(about(&third).answered[0].reason, reason);
    // Another sign is another value: it is asked again.
    dash(&mut february, "n.d.");
    assert!(!about(&job(&plan, &february, 3, Some(&memory))).is_explained());
}

/// That a finding is not met again proves nothing where nobody can look: its file is missing, another finding
/// keeps its value out.
#[test]
fn what_cannot_be_seen_is_not_resolved() {
    let plan = plan();
    let with = |number: u32, text: &str| {
        let mut own = year(&plan, number, &["metrico", "ri"]);
        let key = FillKey::monthly(GOODS, month(1));
        typed(&mut own, "metrico", key, FillValue::Text(text.into()));
        own
    };
    let held = |job: &Job, memory: &Memory| {
        let (findings, submissions) = (&job.checked.findings, &job.submissions);
        let indicators = &job.consolidation.indicators;
        met(memory, Today { plan: &plan, findings, submissions, indicators, happens: |_| false })
    };
    let about = |list: &[Told]| list.iter().any(|told| told.code == "C15");
    let unseen = |met: &Met| {
        let own = met.unseen.iter().find(|(told, _)| told.code == "C15");
        own.map(|(told, why)| (told.since, *why))
    };
    let january = remembered(&plan, &issued(&plan, &job(&plan, &with(1, "-"), 1, None)));
    assert!(about(&january.findings));

    // Nobody sends it in February.
    let february = job(&plan, &year(&plan, 2, &["ri"]), 2, Some(&january));
    let seen = held(&february, &january);
    assert_eq!((about(&seen.resolved), unseen(&seen)), (false, Some((None, Unseen::NoFile))));
    // March: the same is there again since January; a number resolves it; a text keeps it out of sight.
    let memory = remembered(&plan, &issued(&plan, &february));
    let since = Some(plan.month(month(1)));
    let march = |text: &str| {
        let job = job(&plan, &with(3, text), 3, Some(&memory));
        let seen = held(&job, &memory);
        let place = job.checked.findings.iter().position(|one| one.rule.code == "C15");
        (place.map(|place| seen.since[place]), about(&seen.resolved), unseen(&seen))
    };
    assert_eq!(march("-"), (Some(since), false, None));
    assert_eq!(march("circa due"), (None, false, Some((since, Unseen::Behind("C01")))));
    let mut mended = with(3, "");
    typed(&mut mended, "metrico", FillKey::monthly(GOODS, month(1)), number(1.0));
    let mended = job(&plan, &mended, 3, Some(&memory));
    let seen = held(&mended, &memory);
    assert_eq!((about(&seen.resolved), unseen(&seen)), (true, None));
}

/// Who misses a month is compared, when it comes back, with what was consolidated of it before: also when the
/// month was missed twice, and its rows, its notes and what it had explained are known.
#[test]
fn an_office_that_misses_a_month_is_remembered() {
    let plan = plan();
    let both = ["metrico", "promozione"];
    let mut january = year(&plan, 1, &both);
    typed(&mut january, "metrico", FillKey::monthly(SHOPS, month(1)), number(3.0));
    typed(&mut january, "metrico", FillKey::single("S03.2.nota"), FillValue::Text("Nota di gennaio".into()));
    let field = |column: &str| FillKey::field("S01.bandi", 1, column);
    typed(&mut january, "promozione", field("titolo"), FillValue::Text("Voucher".into()));
    typed(&mut january, "promozione", field("scadenza"), FillValue::Date("2019-01-10".parse().unwrap()));
    let mut memory = remembered(&plan, &issued(&plan, &job(&plan, &january, 1, None)));
    let metrico = OfficeId::new("metrico");
    memory.findings.first_mut().unwrap().answers.push((metrico.clone(), "Detto a gennaio.".to_owned()));
    let explained = memory.findings[0].subject();

    // February and March go by without both.
    let ri = year(&plan, 2, &["ri"]);
    let february = job(&plan, &ri, 2, Some(&memory));
    assert_eq!((told(&february), codes(&february)), (Vec::new(), vec![("K07", "nota")]));
    let memory = remembered(&plan, &issued(&plan, &february));
    let memory = remembered(&plan, &issued(&plan, &job(&plan, &ri, 3, Some(&memory))));
    let away = memory.away(&metrico).unwrap();
    assert_eq!(away.month, plan.month(month(1)));
    assert_eq!(away.explained.iter().map(|told| told.subject()).collect::<Vec<_>>(), [explained]);
    assert_eq!(memory.text(&metrico, "S03.2.nota"), Some("Nota di gennaio"));

    // April: of January a value is another one, and so is a day; the note is the old one. February is new.
    let mut april = year(&plan, 2, &["metrico", "promozione", "ri"]);
    let own = january.get(&OfficeId::new("promozione")).unwrap().clone();
    april.insert(OfficeId::new("promozione"), own);
    typed(&mut april, "metrico", FillKey::monthly(SHOPS, month(1)), number(2.0));
    typed(&mut april, "metrico", FillKey::single("S03.2.nota"), FillValue::Text("Nota di gennaio".into()));
    typed(&mut april, "promozione", field("scadenza"), FillValue::Date("2019-01-15".parse().unwrap()));
    let back = job(&plan, &april, 4, Some(&memory));
    let left = owned(&[
        // 3 + 1 are on pace at the end of April, 2 + 1 are not.
        ("metrico S03.supermercati gennaio", "3", "2", Judgement::Error),
        ("promozione S01.bandi", "10/1/2019", "15/1/2019", Judgement::ToExplain),
    ]);
    assert_eq!(told(&back), left);
    assert_eq!(back.corrections[0].change.since, plan.month(month(1)));
    // Nothing is left to hand on.
    assert!(remembered(&plan, &issued(&plan, &back)).away.is_empty());
}

/// What was consolidated of closed months stands without the file of the office, rows of registers too, and
/// the issue that says so is believed.
#[test]
fn a_closed_month_stands_without_the_file() {
    let plan = closed("");
    let mut january = year(&plan, 1, &["metrico", "promozione"]);
    typed(&mut january, "metrico", FillKey::monthly(SHOPS, month(1)), number(3.0));
    let field = |column: &str| FillKey::field("S01.bandi", 1, column);
    typed(&mut january, "promozione", field("titolo"), FillValue::Text("Voucher".into()));
    typed(&mut january, "promozione", field("scadenza"), FillValue::Date("2019-01-10".parse().unwrap()));
    typed(&mut january, "promozione", field("approvazione"), FillValue::Date("2019-01-30".parse().unwrap()));
    // A second row, of ten days: the greatest time is that of the first only if both stand.
    let field = |column: &str| FillKey::field("S01.bandi", 2, column);
    typed(&mut january, "promozione", field("titolo"), FillValue::Text("Zona franca".into()));
    typed(&mut january, "promozione", field("scadenza"), FillValue::Date("2019-01-11".parse().unwrap()));
    typed(&mut january, "promozione", field("approvazione"), FillValue::Date("2019-01-21".parse().unwrap()));
    let memory = remembered(&plan, &issued(&plan, &job(&plan, &january, 1, None)));
    let mut memory = memory;
    for number in [2, 3] {
        let job = job(&plan, &year(&plan, 2, &["ri"]), number, Some(&memory));
        let value = |code: &str| {
            let found = job.consolidation.indicators.iter().find(|one| one.code.as_str() == code).unwrap();
            found.value.clone().map(|value| value.to_machine())
        };
        assert_eq!((value("3.2").as_deref(), value("1.1").as_deref()), (Some("3"), Some("20")), "{number}");
        memory = remembered(&plan, &issued(&plan, &job));
    }
}

#[test]
fn a_closed_month_stands_until_it_is_opened_again() {
    let plan = closed("");
    let mut january = year(&plan, 1, &["metrico"]);
    typed(&mut january, "metrico", FillKey::monthly(SHOPS, month(1)), number(3.0));
    let memory = remembered(&plan, &issued(&plan, &job(&plan, &january, 1, None)));
    let mut february = year(&plan, 2, &["metrico", "promozione"]);
    typed(&mut february, "metrico", FillKey::monthly(SHOPS, month(1)), number(7.0));
    typed(&mut february, "metrico", FillKey::single("S03.2.nota"), FillValue::Text("Ricontati".into()));
    let value = |job: &Job, code: &str| {
        let found = job.consolidation.indicators.iter().find(|one| one.code.as_str() == code).unwrap();
        found.value.clone().map(|value| value.to_machine())
    };
    let second = job(&plan, &february, 2, Some(&memory));
    // 3 of January, as consolidated, and 1 of February; whatever the note says.
    assert_eq!(value(&second, "3.2").as_deref(), Some("4"));
    // Who comes late brings February: its January, 4 firms, is closed.
    let firms = second.consolidation.indicators.iter().find(|one| one.code.as_str() == "1.4").unwrap();
    let voce = firms.voci.iter().find(|one| one.key.as_str() == "S01.aziende_coinvolte");
    assert_eq!(voce.map(|one| one.value.as_ref().unwrap().to_machine()).as_deref(), Some("6"));
    let own = codes(&second);
    assert!(own.contains(&("M07", "errore")) && !own.iter().any(|(code, _)| *code == "M04"), "{own:?}");
    // What stands is what the next month remembers, and it still stands.
    let memory = remembered(&plan, &issued(&plan, &second));
    let third = job(&plan, &february, 3, Some(&memory));
    assert_eq!(value(&third, "3.2").as_deref(), Some("4"));

    // Opened again, with a reason: the new value enters, and the reason explains it.
    let open = closed(
        "[[chiusure.riaperture]]\nmese = 1\nmotivo = \"Verbale ritrovato\"\nchi = \"unità\"\ndata = \"1/3/2019\"\n",
    );
    let opened = job(&open, &february, 3, Some(&memory));
    assert_eq!(value(&opened, "3.2").as_deref(), Some("8"));
    let own = codes(&opened);
    assert!(own.contains(&("M04", "nota")) && own.iter().all(|(code, _)| *code != "M07"), "{own:?}");
}

fn schede(arguments: &[&str]) -> (i32, String) {
    let output = Command::cargo_bin("schede").unwrap().args(arguments).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A workbook with one cell of a sheet typed over, as a program that saves it again would.
fn forged(bytes: &[u8], old: &str, new: &str) -> Vec<u8> {
    let mut parts = schede::package::parts(bytes).unwrap();
    let mut times = 0;
    for part in parts.values_mut() {
        let Ok(text) = String::from_utf8(part.clone()) else { continue };
        times += text.matches(old).count();
        *part = text.replace(old, new).into_bytes();
    }
    assert!(times > 0, "{old}");
    crate::support::parts::packed(&parts)
}

#[test]
fn what_is_no_issue_of_the_month_before_is_refused_and_the_chain_holds() {
    let plan = plan();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for number in [1, 2] {
        let input = at(&format!("{number}"));
        fs::create_dir(&input).unwrap();
        for (name, bytes) in files(&plan, &year(&plan, number, &["metrico", "ri"])) {
            fs::write(input.join(name), bytes).unwrap();
        }
    }
    let (january, february) = (at("gennaio.xlsx"), at("febbraio.xlsx"));
    let (first, second) = (at("1"), at("2"));
    assert_eq!(schede(&["consolida", text(&first), "--mese", "2019-01", "-o", text(&january)]).0, 0);
    let made = |previous: &Path| {
        schede(&["consolida", text(&second), "--precedente", text(previous), "-o", text(&february)])
    };
    let (code, said) = made(&january);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("Dal consolidato di gennaio 2019:") && said.contains("0 correzioni"), "{said}");

    // The cover names January by hash; without it, or with another, February is not made again.
    let hash = read_file(&january).sha256;
    let verified = |more: &[&str]| schede(&[&["verifica", text(&february), text(&second)], more].concat());
    let (code, said) = verified(&[]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains(&hash) && said.contains("--precedente"), "{said}");
    let (code, said) = verified(&["--precedente", text(&january)]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("byte per byte"), "{said}");

    // February typed over, though every result follows from what it says: the seal does not.
    let bytes = fs::read(&february).unwrap();
    fs::write(at("falso.xlsx"), forged(&bytes, "Orafi iscritti al 1/1/2019", "Orafi iscritti al 1/1/2018"))
        .unwrap();
    let (code, said) =
        schede(&["consolida", text(&second), "--mese", "2019-03", "--precedente", text(&at("falso.xlsx"))]);
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("l'impronta dei fogli"), "{said}");

    // January typed over: a value, a result, the hash of a file, its month.
    let bytes = fs::read(&january).unwrap();
    let memory = recall(&plan, read_bytes("gennaio.xlsx", bytes.clone())).unwrap();
    let file = memory.files[0].sha256.clone();
    let other = "0".repeat(64);
    for (old, new) in [(file.as_str(), other.as_str()), ("in linea", "in ritardo")] {
        let path = at("falso.xlsx");
        fs::write(&path, forged(&bytes, old, new)).unwrap();
        let (code, said) = made(&path);
        assert_eq!(code, 3, "{old}: {said}");
        assert!(said.contains("non torna con sé stesso"), "{said}");
        let (code, said) = verified(&["--precedente", text(&path)]);
        assert_eq!(code, 3, "{said}");
    }
    fs::write(at("rotto.xlsx"), &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(made(&at("rotto.xlsx")).0, 3);

    // The same month, a later one, an office's workbook, another ente, another year.
    let (code, said) = schede(&["consolida", text(&first), "--precedente", text(&february)]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("di un mese prima"), "{said}");
    let (code, said) = made(&february);
    assert_eq!(code, 2, "{said}");
    let office = second.join("schede-2019-metrico.xlsx");
    let (code, said) = made(&office);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("non è un consolidato"), "{said}");
    let read = |plan: &Plan| recall(plan, read_bytes("gennaio.xlsx", bytes.clone()));
    let mut elsewhere = plan.clone();
    elsewhere.ente = "CCIAA di Altrove".to_owned();
    assert_eq!(read(&elsewhere), Err(Refused::OtherEnte(plan.ente.clone())));
    let mut later = plan.clone();
    later.year = 2020;
    assert_eq!(read(&later), Err(Refused::OtherYear(2019)));
}

fn schede_in(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::cargo_bin("schede").unwrap();
    let output = command.current_dir(folder).args(arguments).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

#[test]
fn one_folder_holds_the_year() {
    let plan = plan();
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("2019");
    let (code, said) = schede_in(folder.path(), &["inizia", "2019"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(fs::read_to_string(own.join("piano.toml")).unwrap(), DEFAULT_PLAN);
    assert_eq!(fs::read_dir(own.join("modelli")).unwrap().count(), plan.offices.len());
    assert_eq!(fs::read_dir(own.join("ricevuti")).unwrap().count(), 12);
    assert_eq!(schede_in(folder.path(), &["inizia", "2019"]).0, 2, "never over a folder that is there");
    assert_eq!(schede_in(folder.path(), &["mese"]).0, 2, "no year here");
    let (code, said) = schede_in(&own, &["mese"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("2019-01"), "{said}");

    let send = |number: u32, year: &Year| {
        for (name, bytes) in files(&plan, year) {
            fs::write(own.join(format!("ricevuti/2019-{number:02}")).join(name), bytes).unwrap();
        }
    };
    let mut january = year(&plan, 1, &["metrico"]);
    send(1, &january);
    // What a system, or a program in which a file is open, leaves in a folder.
    for left in [".DS_Store", "Thumbs.db", "~$schede-2019-metrico.xlsx"] {
        fs::write(own.join("ricevuti/2019-01").join(left), b"x").unwrap();
    }
    let (_, said) = schede_in(&own, &[]);
    assert!(said.contains("gennaio") && said.contains("«schede mese 2019-01»"), "{said}");
    assert_eq!(schede_in(&own, &["mese"]).0, 0);
    send(2, &year(&plan, 2, &["metrico"]));
    // The data for other programs, where the year has a place for them.
    assert!(!own.join("dati").exists());
    fs::create_dir(own.join("dati")).unwrap();
    let (code, said) = schede_in(&own, &["mese"]);
    assert_eq!(code, 0, "{said}");
    assert!(own.join("dati/2019-02/datapackage.json").is_file() && said.contains("--dati"), "{said}");
    assert!(
        said.contains("consolidato-2019-01.xlsx") && said.contains("Dal consolidato di gennaio"),
        "{said}"
    );
    assert!(own.join("consolidati/consolidato-2019-02.xlsx").is_file());
    assert!(own.join("ritorni/2019-02/lettera-metrico.txt").is_file());
    let (_, said) = schede_in(&own, &[]);
    assert!(said.contains("Prossimo passo: metti i file"), "{said}");
    // January is made again from other files: February rests on another one.
    typed(&mut january, "metrico", FillKey::monthly(SHOPS, month(1)), number(5.0));
    send(1, &january);
    let (_, said) = schede_in(&own, &[]);
    assert!(
        said.contains("fra i file: 1 cambiato: va rifatto") && said.contains("«schede mese 2019-01»"),
        "{said}"
    );
    assert_eq!(schede_in(&own, &["mese", "2019-01"]).0, 0);
    let (_, said) = schede_in(&own, &[]);
    assert!(said.contains("con un altro consolidato di gennaio") && said.contains("2019-02»"), "{said}");
    assert_eq!(schede_in(&own, &["mese", "2019-02"]).0, 0);
    send(4, &year(&plan, 2, &["metrico"]));
    what_is_out_of_place_is_said(&own);
}

/// In a year whose last folder is April's, with the files of February: March was left out.
fn what_is_out_of_place_is_said(own: &Path) {
    let (_, said) = schede_in(own, &["mese"]);
    let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains(
            "1 su 1 non hanno nessun dato di aprile 2019: i più si fermano a febbraio. Sono i file di un altro mese?"
        ),
        "{said}"
    );
    fs::create_dir(own.join("ricevuti/luglio")).unwrap();
    let changed = DEFAULT_PLAN.replacen("versione = \"", "versione = \"1-", 1);
    fs::write(own.join("piano.toml"), changed).unwrap();
    let (_, said) = schede_in(own, &[]);
    let line = |month: &str| said.lines().find(|line| line.trim_start().starts_with(month)).unwrap();
    assert!(line("marzo").contains("saltato") && !line("febbraio").contains("piano"), "{said}");
    let april = line("aprile");
    assert!(
        april.contains("errori aperti") && april.contains("il piano o le deroghe sono cambiati"),
        "{said}"
    );
    assert!(said.contains("«luglio»") && said.contains("non si legge"), "{said}");
}

#[test]
fn a_folder_with_the_name_of_another_year_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (code, said) = schede_in(folder.path(), &["inizia", "2020"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("è del 2019") && !folder.path().join("2020").exists(), "{said}");
}
