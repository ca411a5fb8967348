//! Signed envelopes (`.p7m`: CMS `SignedData` with its document in it, RFC 5652; `.tsd`: RFC 5544), told by
//! their content.
//!
//! The document is taken out, through envelopes within envelopes; no signature is verified. DER and BER,
//! indefinite lengths and split contents included; as bytes or as text (PEM, bare base64, a MIME part).

use std::borrow::Cow;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bcder::decode::{BytesSource, Constructed, DecodeError, Source};
use bcder::{Mode, OctetString, Oid, Tag};

use super::refusal::Seal;

/// Envelopes within one another that are opened.
const DEPTH: u8 = 4;
/// Values within one another in what is passed over.
const NESTED: usize = 64;
/// How far to look for the sign of an envelope.
const HEAD: usize = 512;

/// `1.2.840.113549.1.7`: the kinds of envelope of PKCS #7, then of CMS.
const PKCS7: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07];
/// `1.2.840.113549.1.9.16.1`: the other kinds of CMS content.
const SMIME: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01];
const SIGNED: u8 = 2;
const ENVELOPED: [u8; 3] = [3, 4, 6];
const AUTH_ENVELOPED: u8 = 23;
const TIME_STAMPED: u8 = 31;

/// Text as programs of mail and signature write it: padded or not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The document in the innermost envelope, and how many envelopes there were; the bytes themselves for none.
pub(super) fn opened(bytes: &[u8]) -> Result<(Cow<'_, [u8]>, u8), Seal> {
    let mut document = Cow::Borrowed(bytes);
    for layers in 0..=DEPTH {
        let Some(envelope) = binary(&document) else { return Ok((document, layers)) };
        if layers == DEPTH {
            return Err(Seal::Deep);
        }
        let inner = content(&envelope)?;
        document = Cow::Owned(inner);
    }
    Err(Seal::Deep)
}

/// The bytes of an envelope, out of its text form too; `None` when it is no envelope.
fn binary(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    if is_envelope(bytes) {
        return Some(Cow::Borrowed(bytes));
    }
    let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}').trim_start();
    let head: String = body(text).chars().filter(|c| !c.is_ascii_whitespace()).take(64).collect();
    let head = BASE64.decode(head.get(..head.len() / 4 * 4)?).ok()?;
    if !is_envelope(&head) {
        return None;
    }
    let mut whole = body(text).to_owned();
    whole.retain(|c| !c.is_ascii_whitespace());
    // What cannot be decoded is still an envelope: a broken one.
    Some(Cow::Owned(BASE64.decode(&whole).unwrap_or(head)))
}

/// A text without what stands around it: the lines of PEM, the head of a MIME part.
fn body(text: &str) -> &str {
    let text = match text.split_once('\n') {
        Some((first, _)) if first.contains(": ") => {
            let ends = ["\r\n\r\n", "\n\n"].iter().filter_map(|gap| Some((text.find(gap)?, gap.len())));
            ends.min().and_then(|(at, gap)| text.get(at + gap..)).unwrap_or(text)
        }
        Some((first, rest)) if first.starts_with("-----BEGIN") => rest,
        _ => text,
    };
    text.split("-----").next().unwrap_or(text)
}

/// Whether bytes begin as an envelope does: a sequence that opens with one of the kinds.
fn is_envelope(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or(bytes);
    let Some((0x30, rest)) = head.split_first().map(|(first, rest)| (*first, rest)) else { return false };
    let length = match rest.first() {
        Some(first) if *first > 0x80 => 1 + usize::from(first & 0x7F),
        _ => 1,
    };
    let kind = rest.get(length..).and_then(|rest| rest.strip_prefix(&[0x06])).and_then(|rest| rest.get(1..));
    kind.is_some_and(|kind| kind.starts_with(PKCS7) || kind.starts_with(SMIME))
}

/// The document of an envelope.
fn content(bytes: &[u8]) -> Result<Vec<u8>, Seal> {
    let source = BytesSource::new(bytes.to_vec().into());
    match Mode::Ber.decode(source, |all| all.take_sequence(kind_and_content)) {
        Ok(Ok(Some(document))) if !document.is_empty() => Ok(document.to_bytes().to_vec()),
        Ok(Ok(_)) => Err(Seal::Detached),
        Ok(Err(seal)) => Err(seal),
        Err(_) => Err(Seal::Broken),
    }
}

type Read<T, S> = Result<T, DecodeError<<S as Source>::Error>>;
type Content = Result<Option<OctetString>, Seal>;

/// `ContentInfo`.
fn kind_and_content<S: Source>(info: &mut Constructed<'_, S>) -> Read<Content, S> {
    let kind = Oid::take_from(info)?;
    let kind = kind.0.as_ref();
    let known = |start: &[u8]| kind.strip_prefix(start).and_then(|rest| <[u8; 1]>::try_from(rest).ok());
    let found = match (known(PKCS7), known(SMIME)) {
        (Some([SIGNED]), _) => info.take_constructed_if(Tag::CTX_0, |c| c.take_sequence(signed)).map(Ok),
        (_, Some([TIME_STAMPED])) => {
            info.take_constructed_if(Tag::CTX_0, |c| c.take_sequence(time_stamped)).map(Ok)
        }
        (Some([other]), _) if ENVELOPED.contains(&other) => skimmed(info).map(|()| Err(Seal::Encrypted)),
        (_, Some([AUTH_ENVELOPED])) => skimmed(info).map(|()| Err(Seal::Encrypted)),
        _ => skimmed(info).map(|()| Err(Seal::Other)),
    }?;
    skimmed(info)?;
    Ok(found)
}

/// `SignedData`: version, digests, the document, then certificates and signatures.
fn signed<S: Source>(data: &mut Constructed<'_, S>) -> Read<Option<OctetString>, S> {
    data.take_primitive_if(Tag::INTEGER, |number| number.skip_all())?;
    data.take_constructed_if(Tag::SET, skimmed)?;
    let document = data.take_sequence(|inner| {
        Oid::skip_in(inner)?;
        let document = inner.take_opt_constructed_if(Tag::CTX_0, OctetString::take_from)?;
        skimmed(inner)?;
        Ok(document)
    })?;
    skimmed(data)?;
    Ok(document)
}

/// `TimeStampedData`: version, where it lies, what it is, the document, then the evidence.
fn time_stamped<S: Source>(data: &mut Constructed<'_, S>) -> Read<Option<OctetString>, S> {
    data.take_primitive_if(Tag::INTEGER, |number| number.skip_all())?;
    data.take_opt_primitive_if(Tag::IA5_STRING, |text| text.skip_all())?;
    data.take_opt_constructed_if(Tag::SEQUENCE, skimmed)?;
    let document = OctetString::take_opt_from(data)?;
    skimmed(data)?;
    Ok(document)
}

/// Passes over the rest of a value.
fn skimmed<S: Source>(rest: &mut Constructed<'_, S>) -> Read<(), S> {
    let shallow = |_, _, depth| if depth > NESTED { Err("too deep".into()) } else { Ok(()) };
    while rest.skip_opt(shallow)?.is_some() {}
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::refusal::Seal;
    use super::opened;
    use base64::Engine;

    /// A value of ASN.1 with its length written out.
    fn value(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = content.len();
        let mut bytes = vec![tag];
        if length < 128 {
            bytes.push(u8::try_from(length).unwrap());
        } else {
            bytes.push(0x84);
            bytes.extend(u32::try_from(length).unwrap().to_be_bytes());
        }
        bytes.extend(content);
        bytes
    }

    /// The same with an indefinite length, as programs that write while they sign do.
    fn open_ended(tag: u8, content: &[u8]) -> Vec<u8> {
        [&[tag, 0x80], content, &[0, 0]].concat()
    }

    fn kind(last: u8) -> Vec<u8> {
        [&[0x06, 9], super::PKCS7, &[last]].concat()
    }

    /// An envelope of this kind, by RFC 5652 section 5.1; no document, no signers.
    fn around(document: Option<Vec<u8>>, wrap: fn(u8, &[u8]) -> Vec<u8>) -> Vec<u8> {
        let document = document.map(|document| wrap(0xA0, &document)).unwrap_or_default();
        let inner = wrap(0x30, &[kind(1), document].concat());
        let signed = [value(2, &[1]), value(0x31, &[]), inner, value(0x31, &[])].concat();
        wrap(0x30, &[kind(2), wrap(0xA0, &wrap(0x30, &signed))].concat())
    }

    /// A document in an envelope.
    pub(in crate::read) fn enveloped(document: &[u8]) -> Vec<u8> {
        around(Some(value(4, document)), value)
    }

    fn text(bytes: &[u8]) -> String {
        let whole = super::BASE64.encode(bytes);
        whole
            .as_bytes()
            .chunks(64)
            .map(|line| format!("{}\r\n", std::str::from_utf8(line).unwrap()))
            .collect()
    }

    #[test]
    fn a_document_comes_out_of_every_spelling_of_its_envelope() {
        let document = b"PK\x03\x04 the workbook, long enough to need more than one octet of length: 0123456789 0123456789 0123456789 0123456789";
        let der = enveloped(document);
        let split = document.chunks(10).map(|piece| value(4, piece)).collect::<Vec<_>>().concat();
        let ber = around(Some(open_ended(0x24, &split)), open_ended);
        let armed = format!("-----BEGIN PKCS7-----\n{}-----END PKCS7-----\n", text(&der));
        let mime = format!("MIME-Version: 1.0\r\nContent-Transfer-Encoding: base64\r\n\r\n{}", text(&ber));
        for envelope in [der.clone(), ber, text(&der).into_bytes(), armed.into_bytes(), mime.into_bytes()] {
            let (found, layers) = opened(&envelope).unwrap();
            assert_eq!((found.as_ref(), layers), (&document[..], 1));
        }
        assert_eq!(opened(&enveloped(&der)).unwrap().1, 2);
        assert_eq!(opened(document).unwrap(), (document[..].into(), 0));
    }

    #[test]
    fn an_envelope_without_a_document_to_read_is_told() {
        assert_eq!(opened(&around(None, value)), Err(Seal::Detached));
        assert_eq!(opened(&around(None, open_ended)), Err(Seal::Detached));
        let other = |last: u8| value(0x30, &[kind(last), value(0xA0, &value(0x30, &[]))].concat());
        assert_eq!(opened(&other(3)), Err(Seal::Encrypted));
        assert_eq!(opened(&other(5)), Err(Seal::Other));
        let mut whole = enveloped(b"PK the workbook");
        for cut in 20..whole.len() {
            assert_eq!(opened(&whole[..cut]), Err(Seal::Broken), "{cut}");
        }
        for _ in 0..4 {
            whole = enveloped(&whole);
        }
        assert_eq!(opened(&whole), Err(Seal::Deep));
    }

    #[test]
    fn what_is_no_envelope_is_left_alone() {
        for plain in
            [&b""[..], b"0", b"0\x80", b"PK\x03\x04", b"MIME: x", b"chiave;mese\n", b"MIIB", &[0x30; 64]]
        {
            assert_eq!(opened(plain).unwrap(), (plain.into(), 0));
        }
        // A tower of values without an end is no trap.
        let tower = [value(0x30, &kind(2)), vec![0x30, 0x80]].concat();
        assert!(opened(&tower).is_err());
        let deep = [&[0x30, 0x80][..], &kind(3), &[0xA0, 0x80].repeat(100_000)].concat();
        assert_eq!(opened(&deep), Err(Seal::Broken));
    }
}
