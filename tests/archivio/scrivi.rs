//! Makes the archive of a release from a program that is built, on any machine and for any other:
//!
//! `cargo run --release --example archivio -- TARGET PROGRAM FOLDER [TAG]`
//!
//! writes `schede-VERSION-TARGET.zip`, its checksum and the notes of the version in FOLDER. With a tag it
//! looks first whether it is that of the version.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

mod contents;

use std::fs;
use std::path::Path;

use contents::{Outcome, VERSION, archive, checksum, files, notes, tagged};

fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [target, program, folder, tag @ ..] = words.as_slice() else {
        return Err("archivio TARGET PROGRAM FOLDER [TAG]".into());
    };
    tag.iter().try_for_each(|tag| tagged(tag))?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let name = Path::new(program).file_name().ok_or("no program")?.to_string_lossy().into_owned();
    let bytes = fs::read(program).map_err(|error| format!("{program}: {error}"))?;
    let stem = format!("schede-{VERSION}-{target}");
    let archive = archive(&stem, (&name, &bytes), &files(root)?)?;
    let out = Path::new(folder);
    fs::create_dir_all(out)?;
    let file = format!("{stem}.zip");
    fs::write(out.join(&file), &archive)?;
    fs::write(out.join(format!("{file}.sha256")), checksum(&file, &archive))?;
    fs::write(out.join("notes.md"), notes(&fs::read_to_string(root.join("CHANGELOG.md"))?)?)?;
    println!("{}: {} bytes", out.join(&file).display(), archive.len());
    Ok(())
}
