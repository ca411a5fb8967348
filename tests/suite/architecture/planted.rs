//! Doors planted where there must be none: the guard sees each.

use std::collections::BTreeMap;

use super::circles::told;
use super::house::{Arrows, House};
use super::{climbing, strayed};

/// A small house: `place: text`.
fn house(files: &[(&str, &str)]) -> House {
    let texts: BTreeMap<String, String> =
        files.iter().map(|(place, text)| ((*place).to_owned(), (*text).to_owned())).collect();
    House::of(&texts)
}

fn arrows(files: &[(&str, &str)]) -> Arrows {
    house(files).arrows()
}

fn says(arrows: &Arrows, file: &str, other: &str) -> Vec<String> {
    let names = arrows.get(file).and_then(|others| others.get(other));
    names.into_iter().flatten().cloned().collect()
}

#[test]
fn a_door_upwards_is_seen_wherever_it_stands() {
    let upper = ("check/mod.rs", "pub fn judge() {}");
    for lower in [
        "use crate::check::judge;",
        "fn a() { crate::check::judge() }",
        "fn a() { use crate::check; check::judge() }",
        "fn a() { assert!(crate::check::judge()) }",
        "struct A(crate::check::Judge);",
        "pub use crate::check::judge as weigh;\nfn a() { weigh() }",
        "#[cfg(test)]\nmod tests {}\nuse super::check::judge;",
        "mod inner { use super::super::check::judge; }",
    ] {
        let wrong = climbing(&house(&[("model/mod.rs", lower), upper]));
        assert_eq!(wrong.into_iter().collect::<Vec<_>>(), ["model/mod.rs names check/mod.rs"], "{lower}");
    }
}

#[test]
fn what_only_tests_name_is_no_door() {
    for lower in [
        "#[cfg(test)]\nmod tests { use crate::check::judge; }",
        "#[cfg(test)]\nuse crate::check::judge;",
        "impl A { #[cfg(test)]\nfn a() { crate::check::judge() } }",
        "// crate::check::judge\n/// crate::check::judge\nconst A: &str = \"crate::check::judge\";",
        "#[cfg(test)]\nmod fixture;",
    ] {
        let files = [
            ("model/mod.rs", lower),
            ("model/fixture.rs", "use crate::check::judge;"),
            ("check/mod.rs", "pub fn judge() {}"),
        ];
        let files = if lower.contains("fixture") { &files[..] } else { &[files[0], files[2]] };
        assert!(climbing(&house(files)).is_empty(), "{lower}");
    }
}

#[test]
fn what_is_passed_on_is_taken_from_where_it_is_defined() {
    let arrows = arrows(&[
        ("model/mod.rs", "mod number; mod place;\npub use number::{Number as Exact};\npub use place::*;"),
        ("model/number.rs", "pub struct Number;"),
        ("model/place.rs", "pub struct Place;"),
        ("plan/mod.rs", "use crate::model::{self, Exact, Place};"),
    ]);
    assert_eq!(says(&arrows, "plan/mod.rs", "model/number.rs"), ["Number"]);
    assert_eq!(says(&arrows, "plan/mod.rs", "model/place.rs"), ["Place"]);
    assert_eq!(says(&arrows, "plan/mod.rs", "model/mod.rs"), ["model"]);
    assert!(!arrows.contains_key("model/mod.rs"), "to pass on is not to use");
}

#[test]
fn a_circle_is_told_with_the_arrow_to_cut() {
    let files = [
        ("plan/mod.rs", "mod a; mod b; mod c;"),
        ("plan/a.rs", "use super::b::{One, Two};"),
        ("plan/b.rs", "use super::c::{Three, Four};\npub struct One;"),
        ("plan/c.rs", "fn c() { super::a::five() }"),
    ];
    let told = told(&arrows(&files));
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("a circle of 3 files; cut plan/c.rs -> plan/a.rs (five)\n"), "{}", told[0]);
    assert!(super::circles::told(&arrows(&files[..3])).is_empty());
}

#[test]
fn a_child_and_its_parent_may_be_a_circle() {
    let child = ("plan/a.rs", "use super::shared;");
    let with = |parent| told(&arrows(&[("plan/mod.rs", parent), child])).len();
    assert_eq!(with("mod a;\npub fn shared() {}\nfn all() { a::run() }"), 1);
    // A list of checks names what each of them does.
    assert_eq!(with("mod a;\npub fn shared() {}\nchecks! { A01: a::run, A02: all(|item| a::run(item)) }"), 1);
    assert_eq!(with("mod a;\npub use a::run;\npub fn shared() {}"), 0);
}

#[test]
fn a_library_out_of_its_room_is_seen() {
    for text in [
        "use calamine::Reader;",
        "fn a() { let x = zip::ZipArchive::new(); }",
        "use rust_xlsxwriter as writer;",
        "fn a() { println!(\"x\") }",
        "fn a() { vec![quick_xml::Reader::new()] }",
        "fn a() { std::process::exit(1) }",
    ] {
        assert_eq!(strayed(&house(&[("plan/mod.rs", text)])).len(), 1, "{text}");
    }
    for (place, at_home) in [
        ("read/mod.rs", "use calamine::Reader;"),
        ("package/mod.rs", "use zip::read;\nfn a() { quick_xml::Reader::new() }"),
    ] {
        assert!(strayed(&house(&[(place, at_home)])).is_empty(), "{place}");
    }
    // One package room: who reads, tries, verifies or writes packages stands on it.
    for room in ["read", "trial", "verify", "write"] {
        let text = "use zip::ZipArchive;\nfn a() { quick_xml::escape::escape(\"\") }";
        assert_eq!(strayed(&house(&[(&format!("{room}/mod.rs"), text)])).len(), 2, "{room}");
    }
    // A word of its own is no library.
    assert!(strayed(&house(&[("plan/mod.rs", "fn zip_codes() {}\nuse crate::zipped::X;")])).is_empty());
}
