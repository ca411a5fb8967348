//! When two texts typed by people are the same key: the one place where the rows of registers are united or
//! told apart.

use unicode_normalization::UnicodeNormalization;

/// The canonical form of a key: two texts are the same key when these are equal.
///
/// Unicode compatibility composition (NFKC); apostrophes, quotes and dashes of all kinds to `'`, `"` and `-`;
/// runs of blanks of all kinds to one space, none at the edges; what cannot be seen left out; case folded.
/// Accents, figures and punctuation stay.
pub fn joining_key(text: &str) -> String {
    let known: String = text.chars().filter(|c| !is_invisible(*c)).map(plain).collect();
    let composed: String = known.nfkc().filter(|c| !is_invisible(*c)).map(plain).collect();
    // Through capitals, so that «ß» and «SS», or the two small sigmas, are one.
    let folded: String = composed.to_uppercase().to_lowercase().nfkc().collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character leaves no mark on the page: zero-width blanks, joiners, marks of direction, soft
/// hyphens, selectors of variants.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0001}'..='\u{e01ef}')
}

/// The plain character of its kind. Before NFKC, which takes some accents apart from their blank, and after
/// it.
fn plain(c: char) -> char {
    match c {
        '\'' | '`' | '´' | '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | '‵' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ˈ'
        | 'ˊ' | 'ˋ' | '՚' | '׳' | 'ꞌ' | '＇' | '｀' => '\'',
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '‶' | 'ʺ' | '˝' | '״' | '〝' | '〞' | '〟' | '＂' => {
            '"'
        }
        '-'
        | '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2212}'
        | '\u{2e3a}'
        | '\u{2e3b}'
        | '\u{58a}'
        | '\u{fe58}'
        | '\u{fe63}'
        | '\u{ff0d}' => '-',
        // The blank of Braille and the filler of Hangul are drawn as blanks, and are none for Unicode.
        '\u{2800}' | '\u{3164}' | '\u{ffa0}' => ' ',
        c if c.is_whitespace() || c.is_control() => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::joining_key;

    #[test]
    fn texts_that_look_the_same_are_one_key() {
        let one = |texts: &[&str]| {
            let keys: Vec<String> = texts.iter().map(|text| joining_key(text)).collect();
            assert!(keys.windows(2).all(|pair| pair[0] == pair[1]), "{texts:?}: {keys:?}");
        };
        one(&["L'impresa", "L’impresa", "L‘impresa", "L´impresa", "L`impresa", "Lʼimpresa", "l＇IMPRESA"]);
        one(&["\"Estate\"", "“Estate”", "„Estate‟", "«Estate»", "″Estate″"]);
        one(&["A-B", "A–B", "A—B", "A\u{2011}B", "A−B", "A－B"]);
        one(&["Città", "Citta\u{300}", "CITTÀ", "CITTA\u{300}"]);
        one(&["Estate sicura", " Estate\u{a0}sicura", "Estate \t\n sicura ", "Estate\u{2003}\u{202f}sicura"]);
        one(&[
            "Estate sicura",
            "Es\u{ad}tate\u{200b} si\u{200d}cura\u{feff}",
            "\u{202a}Estate sicura\u{202c}",
        ]);
        one(&["Estate\u{2800}sicura", "Estate\u{3164}sicura", "Ｅｓｔａｔｅ　ｓｉｃｕｒａ"]);
        one(&["Ufficio", "Uﬃcio"]);
        one(&["STRASSE", "Straße"]);
        one(&["ΣΟΦΟΣ", "σοφος", "σοφοσ"]);
        one(&["n. 2", "n. ²"]);
    }

    #[test]
    fn other_keys_stay_other() {
        let other = |one: &str, two: &str| assert_ne!(joining_key(one), joining_key(two));
        other("Bando 1", "Bando 2");
        other("Citta", "Città");
        other("Newsletter maggio", "Newsletter giugno");
        other("A-B", "A B");
        other("'A'", "\"A\"");
        other("Estate", "Estate.");
    }

    #[test]
    fn nothing_to_see_is_no_key_and_the_form_is_stable() {
        for text in ["", " \u{a0}\u{200b}\u{feff}", "\u{2060}\t"] {
            assert_eq!(joining_key(text), "");
        }
        for text in ["L’IMPRESA – «Città»", "Ⅳ edizione", "İstanbul", "ß\u{301}", "™ ½ ĳ"] {
            let once = joining_key(text);
            assert_eq!(joining_key(&once), once, "{text}");
        }
    }
}
