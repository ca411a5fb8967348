//! The hash of a plan: of what it says, not of how it is laid out.

use crate::model::sha256 as hashed;
use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::types::{Hashes, Revision};
use crate::model::{Month, Number};

/// What the unit decides during the year: no office's workbook depends on it.
const DECIDED_LATER: [&str; 5] = ["decisioni", "revisioni", "controlli", "deroghe", "chiusure"];

/// What only steers the checks on a voce, or says where a value comes from: no office's workbook shows it.
const STEERING: [&str; 5] = ["plausibile_da", "plausibile_a", "zero", "anno_precedente", "origine"];

/// What only turns results into degrees and money: no office's workbook shows it.
const WORTH: [&str; 2] = ["peso", "importo"];

/// What stands beside the target, and which texts are summaries: no office's workbook shows it, it decides
/// nothing.
const BESIDE: [&str; 2] = ["seconda_condizione", "sintesi"];

/// The scoring and the act, which no office's workbook shows either: they count as in a plan that does not
/// give them.
fn unshown() -> [(&'static str, Value); 2] {
    let number = |text: &str| Value::Array(vec![Value::String(text.to_owned())]);
    let scoring = [
        ("giallo", number("70")),
        ("metodo", Value::String("proporzionale".to_owned())),
        ("tetto", number("100")),
        ("verde", number("90")),
    ];
    let scoring = scoring.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    [("delibera", Value::String(String::new())), ("punteggio", Value::Object(scoring))]
}

/// What of a plan is hashed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// What an office's workbook depends on.
    Workbooks,
    /// All of it.
    Whole,
}

/// SHA-256, in hexadecimal, of what the offices' workbooks depend on: comments, blanks and order of keys
/// change nothing.
pub(super) fn sha256(table: &DeTable<'_>) -> String {
    hashed_for_workbooks(of_table(table, Extent::Workbooks))
}

fn hashed_for_workbooks(mut plan: Value) -> String {
    if let Value::Object(keys) = &mut plan {
        keys.retain(|name, _| !DECIDED_LATER.contains(&name.as_str()));
        keys.extend(unshown().map(|(name, value)| (name.to_owned(), value)));
        keys.sort_keys();
    }
    hashed(plan.to_string())
}

/// SHA-256 of the whole parsed plan, decisions, checks, derogations and amounts too.
pub(super) fn sha256_whole(table: &DeTable<'_>) -> String {
    hashed(of_table(table, Extent::Whole).to_string())
}

/// SHA-256 of a whole plan and of a file of derogations beside it.
pub(super) fn sha256_with(whole: &str, beside: &DeTable<'_>) -> String {
    hashed(format!("{whole}\n{}\n", sha256_whole(beside)))
}

/// Both hashes as they were before each of the `revisions`, by month.
pub(super) fn earlier(table: &DeTable<'_>, revisions: &[Revision]) -> Vec<Hashes> {
    let mut months: Vec<Month> = revisions.iter().map(|revision| revision.from).collect();
    months.sort_unstable();
    months.dedup();
    let hashes = |until: Month| Hashes {
        until,
        sha256: hashed_for_workbooks(undone(of_table(table, Extent::Workbooks), revisions, until)),
        sha256_whole: hashed(undone(of_table(table, Extent::Whole), revisions, until).to_string()),
    };
    months.into_iter().map(hashes).collect()
}

/// The plan without the revisions from `until` on.
fn undone(mut plan: Value, revisions: &[Revision], until: Month) -> Value {
    // The first of those of one thing is undone last.
    for revision in revisions.iter().filter(|revision| revision.from >= until).rev() {
        let place = revision.what.rsplit_once('.').filter(|(_, what)| ["target", "formula"].contains(what));
        let Some((code, what)) = place else { continue };
        if let Some(text) = field_of(&mut plan, code, what) {
            *text = Value::String(revision.before.clone());
        }
    }
    let Some(keys) = plan.as_object_mut() else { return plan };
    let Some(Value::Array(written)) = keys.get_mut("revisioni") else { return plan };
    let mut place = 0;
    let stays = |place: usize| revisions.iter().any(|own| own.place == place && own.from < until);
    written.retain(|_| {
        place += 1;
        stays(place - 1)
    });
    if written.is_empty() {
        keys.retain(|name, _| name != "revisioni");
    }
    plan
}

/// A field of the indicator with this code.
fn field_of<'p>(plan: &'p mut Value, code: &str, what: &str) -> Option<&'p mut Value> {
    let schede = plan.get_mut("schede")?.as_array_mut()?.iter_mut();
    let actions = schede.filter_map(|scheda| scheda.get_mut("azioni")?.as_array_mut()).flatten();
    let mut indicators = actions.filter_map(|action| action.get_mut("indicatori")?.as_array_mut()).flatten();
    indicators.find(|own| own.get("codice").and_then(Value::as_str) == Some(code))?.get_mut(what)
}

fn of_table(table: &DeTable<'_>, extent: Extent) -> Value {
    let mut keys: Vec<(String, Value)> = table
        .iter()
        .filter(|(name, _)| extent == Extent::Whole || is_in_workbooks(name.get_ref()))
        .map(|(name, value)| (name.get_ref().to_string(), of_value(value.get_ref(), extent)))
        .collect();
    keys.sort_by(|a, b| a.0.cmp(&b.0));
    Value::Object(keys.into_iter().collect::<Map<String, Value>>())
}

fn is_in_workbooks(name: &str) -> bool {
    !STEERING.contains(&name) && !WORTH.contains(&name) && !BESIDE.contains(&name)
}

fn of_value(value: &DeValue<'_>, extent: Extent) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.trim().to_owned()),
        DeValue::Integer(number) => of_number(number.as_str(), number.radix()),
        DeValue::Float(number) => of_number(number.as_str(), 10),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Datetime(date) => Value::Array(vec![Value::String(date.to_string())]),
        DeValue::Array(items) => {
            Value::Array(items.iter().map(|item| of_value(item.get_ref(), extent)).collect())
        }
        DeValue::Table(table) => of_table(table, extent),
    }
}

/// A number in plain notation, in a list of its own so that it is never taken for a text.
fn of_number(text: &str, radix: u32) -> Value {
    let plain = Number::parse(text.trim_start_matches('+')).filter(|_| radix == 10).map(|n| n.to_plain());
    Value::Array(vec![Value::String(plain.unwrap_or_else(|| format!("{radix}:{text}")))])
}

#[cfg(test)]
mod tests {
    use crate::plan::{DEFAULT_PLAN, read_plan};

    const OTHER_PLAN: &str =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/piani/camera-di-prova.toml"));

    /// The workbooks sent to the offices so far carry this hash.
    #[test]
    fn the_workbooks_of_the_embedded_plan_stay_valid() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        assert_eq!(plan.sha256, "856049af00178800e02b499b18df4466df324916c7854682906655ff140a51ce");
    }

    /// The embedded plan has texts over several lines, broken with and without a backslash.
    #[test]
    fn the_way_a_plan_is_written_leaves_its_hashes() {
        for text in [DEFAULT_PLAN, OTHER_PLAN] {
            let plan = read_plan(text).unwrap();
            let plain = |line: &&str| !line.trim_start().starts_with('#');
            let uncommented = text.lines().filter(plain).collect::<Vec<_>>().join("\n");
            for other in [
                text.replace('\n', "\r\n"),
                format!("\u{feff}{text}"),
                format!("\u{feff}{}", text.replace('\n', "\r\n")),
                uncommented,
                format!("# una nota\r\n{text}\n\n# fine\n"),
                text.replacen("formato = 1\n", "", 1).replacen("anno = ", "formato = 1\nanno = ", 1),
            ] {
                let other = read_plan(&other).unwrap();
                assert_eq!(other.sha256, plan.sha256);
                assert_eq!(other.sha256_whole, plan.sha256_whole);
            }
        }
    }

    /// The order of the voci, of the offices and of the milestones is what the offices see.
    #[test]
    fn the_order_of_a_list_is_part_of_its_meaning() {
        let plan = read_plan(OTHER_PLAN).unwrap();
        let mut blocks: Vec<String> = OTHER_PLAN.split("[[uffici]]\n").map(str::to_owned).collect();
        assert!(blocks.len() > 3);
        blocks.swap(1, 2);
        let other = read_plan(&blocks.join("[[uffici]]\n")).unwrap();
        assert_ne!(other.sha256, plan.sha256);
    }

    #[test]
    fn what_only_turns_results_into_money_leaves_the_issued_workbooks_valid() {
        let (band, amount) = ("[[punteggio.fasce]]\nda = 60\nquota = 0.5\n", "importo = 12500.50\n");
        let rewordings = [
            (band, ""),
            (band, "[[punteggio.fasce]]\nda = 61\nquota = 0.5\n"),
            (amount, ""),
            (amount, "importo = 12500.51\n"),
            ("peso = 0.4\n", "peso = 0.5\n"),
            ("verde = 85\n", "verde = 86\n"),
            ("giallo = \"62,5\"\n", ""),
            ("delibera = \"Giunta n. 7 del 12/2/2021\"\n", "delibera = \"Giunta n. 8 del 13/2/2021\"\n"),
            ("delibera = \"Giunta n. 7 del 12/2/2021\"\n", ""),
        ];
        let plan = read_plan(OTHER_PLAN).unwrap();
        for (from, to) in rewordings {
            let other = OTHER_PLAN.replacen(from, to, 1);
            assert_ne!(other, OTHER_PLAN, "{from}");
            let other = read_plan(&other).unwrap();
            assert_eq!(other.sha256, plan.sha256, "{to}");
            assert_ne!(other.sha256_whole, plan.sha256_whole, "{to}");
        }
    }

    #[test]
    fn what_the_offices_see_makes_another_wording() {
        let plan = read_plan(OTHER_PLAN).unwrap();
        for (from, to) in [
            ("versione = \"2\"", "versione = \"3\""),
            ("target = \"≥ 3\"", "target = \"≥ 4\""),
            ("nome = \"Affari generali\"", "nome = \"Affari\""),
            ("titolo = \"Internazionale\"", "titolo = \"Estero\""),
        ] {
            let other = OTHER_PLAN.replacen(from, to, 1);
            assert_ne!(other, OTHER_PLAN, "{from}");
            assert_ne!(read_plan(&other).unwrap().sha256, plan.sha256, "{to}");
        }
    }

    #[test]
    fn what_stands_beside_the_target_leaves_the_issued_workbooks_valid() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        let from = "target = \">= 100%\"\nlettura";
        for to in ["target = \">= 95%\"\nlettura", "target = \">= 100%\"\n# lettura"] {
            assert_eq!(DEFAULT_PLAN.matches(from).count(), 1);
            let other = read_plan(&DEFAULT_PLAN.replacen(from, to, 1)).unwrap();
            assert_eq!(other.sha256, plan.sha256, "{to}");
            assert_ne!(other.sha256_whole, plan.sha256_whole, "{to}");
        }
    }

    #[test]
    fn what_only_steers_the_checks_leaves_the_issued_workbooks_valid() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        let steering = |line: &&str| line.starts_with("plausibile_a = ") || line.starts_with("zero = ");
        let plain: Vec<&str> = DEFAULT_PLAN.lines().filter(|line| !steering(line)).collect();
        assert!(plain.len() + 10 < DEFAULT_PLAN.lines().count());
        assert_eq!(read_plan(&plain.join("\n")).unwrap().sha256, plan.sha256);
    }
}
