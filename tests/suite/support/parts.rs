//! A workbook taken to pieces and put together again, with a text changed on the way.

use schede::package::{Parts, Writer};

/// Numbers drawn, always the same ones.
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    /// One of the numbers from 0 to `bound`, which it never is.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(bound).unwrap()).unwrap()
    }
}

/// The parts as a workbook.
pub(crate) fn packed(parts: &Parts) -> Vec<u8> {
    let mut writer = Writer::new();
    parts.iter().for_each(|(name, bytes)| writer.put(name, bytes).unwrap());
    writer.finish().unwrap()
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
