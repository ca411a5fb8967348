//! What was typed, and whether it counts: said last, when every error on the entry is known.

mod closed_day;
mod date_as_text;
mod date_with_time;
mod duration;
mod formula;
mod ignored_entry;
mod number_as_text;
mod number_with_unit;
mod other_yes_no;
mod reading;
mod stray_signs;

pub(in crate::check) use reading::left_out;

checks! {
    Esito:
    C02: number_as_text::run,
    C04: number_with_unit::run,
    C09: date_as_text::run,
    C12: duration::run,
    C13: date_with_time::run,
    C14: stray_signs::run,
    C17: formula::run,
    C22: other_yes_no::run,
    D08: closed_day::run,
    R10: ignored_entry::run,
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
