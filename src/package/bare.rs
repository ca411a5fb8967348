//! A part without what says nothing, spelled as it was.

use quick_xml::{Reader, events};

/// A well-formed part without what says nothing in it: comments, instructions, the elements that `is_aside`
/// names, blanks between elements. Only in an element that `is_text` names, and in those within, blanks are
/// letters. What stays is spelled as it was. `None` when the part is not well-formed.
pub(crate) fn bare(
    part: &[u8],
    is_aside: impl Fn(&str) -> bool,
    is_text: impl Fn(&str) -> bool,
) -> Option<Vec<u8>> {
    let mut reader = Reader::from_reader(part);
    let mut kept = Vec::with_capacity(part.len());
    // How deep the reader is, and where the element left out, or the text, began.
    let (mut depth, mut aside, mut text) = (0_usize, None, None);
    let mut from = 0;
    loop {
        let event = reader.read_event().ok()?;
        let to = usize::try_from(reader.buffer_position()).ok()?;
        let mut keeps = aside.is_none();
        match &event {
            events::Event::Eof => return Some(kept),
            events::Event::Start(start) => {
                depth += 1;
                if aside.is_none() && is_aside(start.name().0) {
                    (aside, keeps) = (Some(depth), false);
                } else if text.is_none() && is_text(start.name().0) {
                    text = Some(depth);
                }
            }
            events::Event::Empty(start) => keeps &= !is_aside(start.name().0),
            events::Event::End(_) => {
                if aside == Some(depth) {
                    aside = None;
                }
                if text == Some(depth) {
                    text = None;
                }
                depth = depth.checked_sub(1)?;
            }
            events::Event::Text(blank) => keeps &= text.is_some() || !blank.trim().is_empty(),
            events::Event::Comment(_) | events::Event::PI(_) => keeps = false,
            _ => {}
        }
        if keeps {
            kept.extend_from_slice(part.get(from..to)?);
        }
        from = to;
    }
}

#[cfg(test)]
mod tests {
    use super::bare;

    fn told(part: &str) -> Option<String> {
        let is_aside = |name: &str| name == "n" || name.starts_with("d:");
        bare(part.as_bytes(), is_aside, |name| name == "p").map(|kept| String::from_utf8(kept).unwrap())
    }

    #[test]
    fn what_says_nothing_is_left_out_and_the_rest_is_as_it_was() {
        let part = "<?xml version=\"1.0\"?>\n<a>\n <!-- no --><b c='1 &gt; 2'/>\n <n> no<b>no</b></n><d:x/>\n <p> è <s/> <i>
</i>&amp;<n>no</n><?no no?></p> sì </a>";
        let bare = "<?xml version=\"1.0\"?><a><b c='1 &gt; 2'/><p> è <s/> <i>\n</i>&amp;</p> sì </a>";
        assert_eq!(told(part).as_deref(), Some(bare));
        assert_eq!(told(bare).as_deref(), Some(bare));
        for broken in ["<a><b></a>", "<a", "</a>"] {
            assert_eq!(told(broken), None, "{broken}");
        }
    }
}
