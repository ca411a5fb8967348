//! Signed envelopes around a file, as programs of digital signature make them (CMS `SignedData`, RFC 5652),
//! without signers.

/// The kind of a document, then of an envelope of signed data.
const DATA: [u8; 11] = [0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 1];
const SIGNED: [u8; 11] = [0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 2];

/// An envelope with a document in it; for none, the signature alone.
pub(super) fn enveloped(document: Option<&[u8]>) -> Vec<u8> {
    let document = document.map(|document| value(0xA0, &value(0x04, document))).unwrap_or_default();
    let inner = value(0x30, &[&DATA[..], &document].concat());
    let signed = value(0x30, &[value(0x02, &[1]), value(0x31, &[]), inner, value(0x31, &[])].concat());
    value(0x30, &[&SIGNED[..], &value(0xA0, &signed)].concat())
}

/// A value of ASN.1: tag, length in four octets, content.
fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes();
    [&[tag, 0x84][..], &length, content].concat()
}
