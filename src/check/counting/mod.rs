//! What was typed, and whether it counts: said last, when every error on the entry is known.

mod closed_day;
mod ignored_entry;
mod nothing_done;
mod reading;

pub(in crate::check) use reading::left_out;

use reading::readings;

use super::cell::other_workbook::refers_elsewhere;
use super::cell::wanted;
use super::walk::{Item, entries};
use crate::interpret::Normalisation;
use crate::model::{Number, Value, VoceType, quoted};

// Of a reading: the types of its entries; what is wanted there and what was read.
checks! {
    Esito:
    A11: ignored_entry::not_theirs,
    C02: readings(VoceType::is_number, number_as_text),
    C04: readings(VoceType::is_number, number_with_unit),
    C09: readings(|kind| kind == VoceType::Data, date_as_text),
    C12: readings(|kind| kind == VoceType::Ore, duration),
    C13: readings(|kind| kind == VoceType::Data, date_with_time),
    C14: readings(|_| true, stray_signs),
    C17: entries(has_no_formula_of_c18, formula),
    C22: readings(|kind| kind == VoceType::SiNo, other_yes_no),
    C27: nothing_done::run,
    D08: closed_day::run,
    R10: ignored_entry::run,
}

fn number_as_text(item: &Item<'_>, read: &Normalisation) -> (String, String) {
    let raw = quoted(item.entry.raw.trim_end_matches(" (data)"));
    let what = if item.completeness {
        format!("{raw} è stato letto come il mese numero {}", read.taken)
    } else if read.is_text {
        format!("{raw} è un testo: è stato letto come {}", read.taken)
    } else {
        format!("{raw} è un conto che nessun programma ha calcolato: è stato letto come {}", read.taken)
    };
    (wanted(item).to_owned(), what)
}

fn number_with_unit(item: &Item<'_>, read: &Normalisation) -> (String, String) {
    let (raw, taken) = (quoted(&item.entry.raw), &read.taken);
    let what = format!("hai scritto {raw}: l'unità è stata tolta e il valore letto è {taken}");
    (wanted(item).to_owned(), what)
}

/// Day/month/year, or year-month-day.
fn date_as_text(item: &Item<'_>, read: &Normalisation) -> (String, String) {
    let how = read.rule.rsplit(' ').next().unwrap_or_default();
    let (raw, taken) = (quoted(&item.entry.raw), &read.taken);
    let what = format!("{raw} è un testo: è stato letto come la data {taken} ({how})");
    ("una data (giorno/mese/anno)".to_owned(), what)
}

fn duration(item: &Item<'_>, read: &Normalisation) -> (String, String) {
    let one = item.value().and_then(Value::number).is_some_and(|hours| hours == Number::one());
    let hours = if one { "ora" } else { "ore" };
    let (raw, taken) = (&item.entry.raw, &read.taken);
    let what = if read.is_text {
        format!("nella cella c'è il testo {}: è stato letto come {taken} {hours}", quoted(raw))
    } else {
        format!("nella cella c'è una durata, {raw}: è stata letta come {taken} {hours}")
    };
    ("un numero di ore".to_owned(), what)
}

fn date_with_time(item: &Item<'_>, read: &Normalisation) -> (String, String) {
    let what = format!("la data {} ha anche l'ora: è stato letto {}", item.entry.raw.trim(), read.taken);
    ("una data senza l'ora".to_owned(), what)
}

fn stray_signs(_: &Item<'_>, read: &Normalisation) -> (String, String) {
    let signs = if read.rule.starts_with("virgolette") {
        "il valore è fra virgolette"
    } else {
        "nella cella ci sono spazi o caratteri invisibili di troppo"
    };
    ("il solo valore".to_owned(), format!("{signs}: è stato letto {}", quoted(&read.taken)))
}

fn other_yes_no(item: &Item<'_>, read: &Normalisation) -> (String, String) {
    let what = format!("hai scritto {}: è stato letto {}", quoted(&item.entry.raw), read.taken);
    ("Sì o No".to_owned(), what)
}

/// What C18 speaks of is not told twice, nor a sum that was computed here, of which C02 speaks.
fn has_no_formula_of_c18(item: &Item<'_>) -> bool {
    !item.entry.raw.starts_with('=') && !item.entry.formula.as_deref().is_some_and(refers_elsewhere)
}

/// A formula whose result counts.
fn formula(item: &Item<'_>) -> Option<(String, String)> {
    let formula = item.entry.formula.as_ref().filter(|_| item.value().is_some())?;
    let words = if formula.is_empty() {
        "una formula".to_owned()
    } else {
        format!("la formula {}", quoted(&format!("={formula}")))
    };
    let what = format!("nella cella c'è {words}, che dà {}", item.entry.raw);
    Some(("un valore digitato".to_owned(), what))
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn metrico(text: &str) -> World {
        World::at(6).filled("metrico").read_as_text("metrico", "S03.supermercati", 3, text)
    }

    #[test]
    fn a_reading_that_counts_is_said() {
        assert_eq!(metrico("12").finding("C02").found, "12");
    }

    #[test]
    fn a_reading_that_another_error_keeps_out_is_not_said_to_count() {
        for (text, code) in [("-3", "C07"), ("1.5", "C06")] {
            let world = metrico(text);
            assert_eq!(world.findings(code).len(), 1, "{code}");
            assert!(world.findings("C02").is_empty(), "{code}");
            assert_eq!(world.skipped("C02", &format!("dipende da {code}")), 1, "{code}");
        }
        let share = World::at(6).filled("informatico");
        let share = share.read_as_text("informatico", "S12.quota_2018", 0, "15");
        assert_eq!((share.findings("V04").len(), share.findings("C02").len()), (1, 0));
        assert_eq!(share.skipped("C02", "dipende da V04"), 1);
    }

    #[test]
    fn two_offices_that_disagree_make_no_reading_count() {
        let world = World::at(6)
            .filled("sanzioni_protesti")
            .filled("protesti")
            .set("sanzioni_protesti", "S11.verbali_pendenti", 0, "318")
            .read_as_text("protesti", "S11.verbali_pendenti", 0, "381");
        assert_eq!(world.about("A04", "S11.verbali_pendenti").len(), 1);
        assert!(world.findings("C02").is_empty());
        assert_eq!(world.skipped("C02", "dipende da A04"), 2, "both offices' entries");
    }

    #[test]
    fn a_reading_beyond_the_reporting_month_is_left_to_r10() {
        let world = World::at(3).filled("metrico").read_as_text("metrico", "S03.supermercati", 5, "12");
        assert_eq!((world.findings("R10").len(), world.findings("C02").len()), (1, 0));
        assert_eq!(world.skipped("C02", "dipende da R10"), 1);
    }
}
