//! The rooms: who may name whom. Read from the sources, so that it is true on every desk.

mod circles;
mod house;
mod planted;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use house::{House, texts};

/// The itinerary: a room may name the rooms before it, never those after.
const ROOMS: &[&str] = &[
    "model",
    "excel",
    "package",
    "formula",
    "plan",
    "read",
    "interpret",
    "intake",
    "admit",
    "compute",
    "aggregate",
    "live",
    "memory",
    "check",
    "impact",
    "pipeline",
    "certify",
    "reply",
    "book",
    "report",
    "tabular",
    "write",
    "proof",
    "verify",
    "recall",
    "trial",
    "cli",
    "main",
];

/// The libraries and the words that only some rooms may name.
const KEPT: [(&str, &[&str]); 16] = [
    ("calamine", &["read"]),
    ("base64", &["read"]),
    ("bcder", &["read"]),
    ("csv", &["tabular"]),
    ("quick_xml", &["package"]),
    ("zip", &["package"]),
    ("rust_xlsxwriter", &["write"]),
    ("indicatif", &["cli"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("winsafe", &["cli"]),
    ("println!", &[]),
    ("ctrlc", &["cli"]),
    ("memchr", &["package"]),
    ("std::process::exit", &["cli"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

static HOUSE: LazyLock<House> = LazyLock::new(|| House::of(&texts(&root())));

fn room(place: &str) -> &str {
    place.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

fn floor(place: &str) -> Option<usize> {
    ROOMS.iter().position(|known| *known == room(place))
}

/// Every arrow that runs upwards, in words.
fn climbing(house: &House) -> BTreeSet<String> {
    let arrows = house.arrows();
    let each = arrows.iter().flat_map(|(file, others)| others.keys().map(move |other| (file, other)));
    let up =
        each.filter(|(file, other)| floor(file).zip(floor(other)).is_some_and(|(own, other)| other > own));
    up.map(|(file, other)| format!("{file} names {other}")).collect()
}

/// Every library named out of its room, in words.
fn strayed(house: &House) -> BTreeSet<String> {
    let mut wrong = BTreeSet::new();
    for file in house.files.values() {
        for (library, rooms) in KEPT {
            let names = |foreign: &String| {
                foreign == library || foreign.strip_prefix(library).is_some_and(|rest| rest.starts_with("::"))
            };
            if file.foreign.iter().any(names) && !rooms.contains(&room(&file.place)) {
                wrong.insert(format!("{} names {library}", file.place));
            }
        }
    }
    wrong
}

#[test]
fn every_room_is_on_the_itinerary_and_in_the_library() {
    let library = fs::read_to_string(root().join("lib.rs")).unwrap();
    for place in texts(&root()).keys().filter(|place| !["lib.rs", "main.rs"].contains(&place.as_str())) {
        let room = room(place);
        assert!(ROOMS.contains(&room), "unknown room {room}");
        assert!(library.contains(&format!("pub mod {room};")), "lib.rs does not name {room}");
    }
}

#[test]
fn doors_are_one_way() {
    let wrong = climbing(&HOUSE);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_files_name_each_other_in_a_circle() {
    let told = circles::told(&HOUSE.arrows());
    assert!(told.is_empty(), "{} circles\n{}", told.len(), told.join("\n"));
}

#[test]
fn libraries_stay_in_their_rooms() {
    let wrong = strayed(&HOUSE);
    assert!(wrong.is_empty(), "{wrong:#?}");
}
