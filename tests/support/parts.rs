//! A workbook taken to pieces and put together again, with a text changed on the way.

use std::io::{Cursor, Write};

use schede::read::Parts;

/// The parts as a workbook.
pub(crate) fn packed(parts: &Parts) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The parts with the first place of one text, in the part of this name, changed to another.
pub(crate) fn changed_once(parts: &Parts, name: &str, from: &str, to: &str) -> Parts {
    let mut changed = parts.clone();
    let part = changed.get_mut(name).unwrap();
    let text = String::from_utf8(part.clone()).unwrap();
    assert!(text.contains(from), "{name} holds no {from}");
    *part = text.replacen(from, to, 1).into_bytes();
    changed
}
