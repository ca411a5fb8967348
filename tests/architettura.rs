//! The rooms: who may name whom. Read from the sources, so that it is true on every desk.

#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what is not as expected")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The itinerary: a room may name the rooms before it, never those after.
const ROOMS: [&str; 18] = [
    "model",
    "formula",
    "plan",
    "read",
    "interpret",
    "admit",
    "compute",
    "aggregate",
    "check",
    "impact",
    "pipeline",
    "report",
    "write",
    "proof",
    "verify",
    "trial",
    "cli",
    "main",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Room → text of its files, test modules left out.
fn rooms() -> BTreeMap<String, Vec<(PathBuf, String)>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut rooms: BTreeMap<String, Vec<(PathBuf, String)>> = BTreeMap::new();
    for file in files {
        let inside = file.strip_prefix(&root).unwrap().to_path_buf();
        let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
        let room = first.trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
        rooms.entry(room).or_default().push((inside, code));
    }
    rooms
}

#[test]
fn every_room_is_on_the_itinerary_and_in_the_library() {
    let library = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    for room in rooms().keys().filter(|room| *room != "lib" && *room != "main") {
        assert!(ROOMS.contains(&room.as_str()), "unknown room {room}");
        assert!(library.contains(&format!("pub mod {room};")), "lib.rs does not name {room}");
    }
}

#[test]
fn doors_are_one_way() {
    let place = |room: &str| ROOMS.iter().position(|known| *known == room);
    let mut wrong = BTreeSet::new();
    for (room, files) in rooms() {
        let Some(own) = place(&room) else { continue };
        for (file, text) in files {
            for named in text.match_indices("crate::").map(|(at, _)| &text[at + 7..]) {
                let name: String = named.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if place(&name).is_some_and(|other| other > own) {
                    wrong.insert(format!("{}: {room} names {name}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn libraries_stay_in_their_rooms() {
    let allowed: [(&str, &[&str]); 8] = [
        ("calamine", &["read"]),
        ("quick_xml", &["read", "trial"]),
        ("zip::", &["read", "write", "trial"]),
        ("rust_xlsxwriter", &["write"]),
        ("indicatif", &["cli"]),
        ("clap", &["cli"]),
        ("println!", &[]),
        ("process::exit", &[]),
    ];
    for (room, files) in rooms() {
        for (file, text) in files {
            let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            for (library, rooms) in allowed {
                assert!(
                    !code.contains(library) || rooms.contains(&room.as_str()),
                    "{} names {library}",
                    file.display()
                );
            }
        }
    }
}
