//! SHA-256, as everybody can compute it again.

use sha2::{Digest, Sha256};

/// SHA-256 of some bytes in 64 small hexadecimal digits, as `sha256sum` writes it.
pub fn sha256(content: impl AsRef<[u8]>) -> String {
    let mut hash = Hash::default();
    hash.take(content);
    hash.finish()
}

/// The same of bytes that come one after the other.
#[derive(Clone, Debug, Default)]
pub struct Hash(Sha256);

impl Hash {
    /// Some more bytes.
    pub fn take(&mut self, content: impl AsRef<[u8]>) {
        self.0.update(content);
    }

    /// The hash of all of them.
    pub fn finish(self) -> String {
        let digits = |byte: &u8| [byte >> 4, byte & 15];
        let digest = self.0.finalize();
        digest.iter().flat_map(digits).filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::sha256;

    #[test]
    fn the_hash_of_nothing_and_that_of_abc_are_the_known_ones() {
        assert_eq!(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
