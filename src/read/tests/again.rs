//! What the program has written, read again within bounds of its own: greater ones, and no trap gets in by
//! them.

use std::path::Path;

use super::super::{again, read_issue_bytes};
use super::{CellRef, Piece, RawContent, Refusal, parts, read, read_again, with, zipped};

const FAR: &str = r#"<row r="150000"><c r="B150000" t="s"><v>0</v></c></row>"#;

fn again(bytes: &[u8]) -> Result<Vec<(String, CellRef, RawContent)>, Refusal> {
    let (mut sheet, mut cells) = (String::new(), Vec::new());
    read_again(bytes, &mut |piece| match piece {
        Piece::Sheet(name, _) => name.clone_into(&mut sheet),
        Piece::Cell(at, cell) => cells.push((sheet.clone(), at, cell.content.clone())),
    })?;
    Ok(cells)
}

fn refused(bytes: &[u8], words: &str) {
    let told = format!("{:?}", again(bytes).expect_err(words));
    assert!(told.contains(words), "{told}");
    // Where an issue is expected, too.
    assert!(read_issue_bytes("consolidato.xlsx", bytes).content.is_err(), "{words}");
}

#[test]
fn both_ways_of_reading_find_the_same_in_every_sample() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2019-06");
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Some("xlsx") = path.extension().and_then(|end| end.to_str()) else { continue };
        let bytes = std::fs::read(&path).unwrap();
        let Ok(book) = read(bytes.clone()) else { continue };
        // A file that an office has saved may hold what the program never writes: refused, and never
        // otherwise.
        let Ok(streamed) = again::whole(&bytes) else { continue };
        files += 1;
        assert_eq!((book.names, book.date1904), (streamed.names, streamed.date1904));
        for (one, other) in book.sheets.iter().zip(&streamed.sheets) {
            assert_eq!((&one.name, one.hidden, &one.cells), (&other.name, other.hidden, &other.cells));
        }
        assert_eq!(book.sheets.len(), streamed.sheets.len());
    }
    assert!(files > 20, "{files}");
}

#[test]
fn what_is_beyond_an_offices_bounds_is_read_where_an_issue_is_expected() {
    let bytes = zipped(&parts(FAR));
    assert!(matches!(read(bytes.clone()), Err(Refusal::TooBig { .. })));
    let book = read_issue_bytes("consolidato.xlsx", &bytes).content.unwrap();
    let at = CellRef::parse("B150000").unwrap();
    assert_eq!(book.sheets[0].cells[&at].content, RawContent::Text("circa venti".to_owned()));
    assert_eq!((book.sheets[0].hidden, book.date1904), (true, true));
    assert_eq!(again(&bytes).unwrap().len(), 1);
    // What is within them is read as ever.
    let small = zipped(&parts(r#"<row r="1"><c r="A1"><v>12</v></c></row>"#));
    let (own, as_ever) =
        (read_issue_bytes("consolidato.xlsx", &small).content.unwrap(), read(small).unwrap());
    assert_eq!(own.sheets[0].traits, as_ever.sheets[0].traits);
}

#[test]
fn no_trap_gets_in_by_the_greater_bounds() {
    let far = |rows: &str| zipped(&parts(&format!("{FAR}{rows}")));
    // It grows two hundred and fifty times and more.
    refused(&far(&" ".repeat(6 * 1_048_576)), "rapporto di compressione");
    // A row without an end would have to be held whole. Its letters are no pattern, or it would be the same.
    let mut seed = 7_u64;
    let letters = std::iter::repeat_with(|| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(b'a' + u8::try_from((seed >> 33) % 26).unwrap())
    });
    let long: String = letters.take(18 * 1_048_576).collect();
    refused(
        &far(&format!("<row r=\"150001\"><c r=\"A150001\" t=\"str\"><v>{long}</v></c></row>")),
        "di una riga",
    );
    // Rows and columns that no sheet has.
    refused(&zipped(&parts(r#"<row r="1048577"><c r="A1048577"><v>1</v></c></row>"#)), "fuori dal foglio");
    refused(&far(r#"<row r="150001"><c r="ALM150001"><v>1</v></c></row>"#), "estensione di un foglio");
}

#[test]
fn what_the_program_does_not_write_is_refused_and_never_read_otherwise() {
    let far = |rows: &str| zipped(&parts(&format!("{FAR}{rows}")));
    // Not in order, or twice.
    refused(&far(r#"<row r="2"><c r="A2"><v>1</v></c></row>"#), "non è al suo posto");
    refused(&far(r#"<row r="150000"><c r="B150000"><v>1</v></c></row>"#), "non è al suo posto");
    // A piece ends where rows end: a row's end that is none parts a text, and that is no XML.
    let hidden = r#"<row r="150001"><c r="A150001" t="str"><v><![CDATA[</row>]]></v></c></row>"#;
    refused(&far(hidden), "");
    // Marks that do not close, text after the root, what some readers skip.
    refused(&far("<row r=\"150001\"><c r=\"A150001\">"), "");
    refused(&far("<row r=\"150001\"><c r=\"A150001\"><v>1</v><v>2</v></c></row>"), "due valori");
    refused(&far("<row r=\"150001\"><c r=\"A150001\" t=\"s\"><v>9</v></c></row>"), "");
    let sheet = String::from_utf8(parts(FAR).pop().unwrap().1).unwrap();
    let after = with(FAR, "xl/worksheets/sheet1.xml", format!("{sheet}<more/>").as_bytes());
    refused(&after, "non è XML ben formato");
    let mut wide: Vec<u8> = vec![0xff, 0xfe];
    wide.extend(sheet.encode_utf16().flat_map(u16::to_le_bytes));
    refused(&with(FAR, "xl/worksheets/sheet1.xml", &wide), "");
}

#[test]
fn damage_anywhere_is_seen() {
    let bytes = zipped(&parts(FAR));
    let whole = again(&bytes).unwrap();
    for at in (0..bytes.len()).step_by(7) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        // A bit of what nobody reads, such as a time, changes nothing.
        assert!(again(&damaged).is_err() || again(&damaged).unwrap() == whole, "byte {at}");
    }
    for length in (0..bytes.len()).step_by(5) {
        assert!(again(&bytes[..length]).is_err(), "{length} bytes");
    }
}
