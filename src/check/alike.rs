//! Keys that differ by a slip of the keyboard: a letter or two, an accent, a blank, a small word of grammar.
//!
//! What makes two things different on purpose is no slip: figures, Roman numerals, months, days of the week,
//! numbers in letters, points of the compass, single letters.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::model::Month;

/// Letters from which on a key may hold two slips.
const LONG_KEY: usize = 12;

/// Words of grammar: with or without them a title is the same.
const SMALL: &[&str] = &[
    "ad", "agli", "ai", "al", "all", "alla", "alle", "allo", "con", "d", "da", "dagli", "dai", "dal", "dall",
    "dalla", "dei", "del", "degli", "dell", "della", "delle", "dello", "di", "e", "ed", "gli", "il", "in",
    "l", "la", "le", "lo", "nel", "nell", "nella", "per", "su", "sul", "sull", "sulla", "un", "una", "uno",
];

/// Words that stand in a row, so that two of them are two things: days, numbers, points of the compass.
const SERIES: &[&str] = &[
    "lunedi",
    "martedi",
    "mercoledi",
    "giovedi",
    "venerdi",
    "sabato",
    "domenica",
    "zero",
    "uno",
    "due",
    "tre",
    "quattro",
    "cinque",
    "sei",
    "sette",
    "otto",
    "nove",
    "dieci",
    "undici",
    "dodici",
    "tredici",
    "quattordici",
    "quindici",
    "sedici",
    "diciassette",
    "diciotto",
    "diciannove",
    "venti",
    "trenta",
    "quaranta",
    "cinquanta",
    "sessanta",
    "settanta",
    "ottanta",
    "novanta",
    "cento",
    "mille",
    "primo",
    "prima",
    "secondo",
    "seconda",
    "terzo",
    "terza",
    "quarto",
    "quarta",
    "quinto",
    "quinta",
    "sesto",
    "sesta",
    "settimo",
    "settima",
    "ottavo",
    "ottava",
    "nono",
    "nona",
    "decimo",
    "decima",
    "nord",
    "sud",
    "est",
    "ovest",
    "nordest",
    "nordovest",
    "sudest",
    "sudovest",
];

/// The groups of `keys` (canonical forms, all different) that look like one thing written in two ways: the
/// places of each group, in order; groups of one are left out.
///
/// Costs about as much as there are words, not pairs: only keys whose words are the same, slips aside, are
/// compared.
pub(super) fn groups(keys: &[&str]) -> Vec<Vec<usize>> {
    let mut words = Vocabulary::default();
    let spelled: Vec<Spelled> = keys.iter().map(|key| Spelled::of(key, &mut words)).collect();
    words.find_slips();
    let classes = words.classes();
    let mut met: BTreeMap<Signature, Vec<usize>> = BTreeMap::new();
    let class = |word: &usize| classes.get(*word).copied().unwrap_or(*word);
    for (place, key) in spelled.iter().enumerate().filter(|(_, key)| !key.words.is_empty()) {
        let by_words =
            [&key.words, &key.grave].map(|words| Signature::Words(words.iter().map(class).collect()));
        let signatures: BTreeSet<Signature> =
            by_words.into_iter().chain([Signature::Letters(key.letters.clone())]).collect();
        signatures.into_iter().for_each(|one| met.entry(one).or_default().push(place));
    }
    let mut united = Sets::of(keys.len());
    for near in met.values() {
        for (at, one) in near.iter().enumerate() {
            for other in near.iter().skip(at + 1) {
                if let (Some(a), Some(b)) = (spelled.get(*one), spelled.get(*other))
                    && a.is_slip_of(b, &words)
                {
                    united.unite(*one, *other);
                }
            }
        }
    }
    united.groups().into_values().filter(|group| group.len() > 1).collect()
}

/// By what keys are brought together.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Signature {
    /// The classes of their words.
    Words(Vec<usize>),
    /// Their letters and figures.
    Letters(String),
}

/// A key as it is compared.
struct Spelled {
    /// Its words in order, by their place in the vocabulary.
    words: Vec<usize>,
    /// The same without those of grammar, unless there are no others.
    grave: Vec<usize>,
    /// All its letters and figures, without blanks and signs.
    letters: String,
    /// Its runs of figures, in order.
    figures: Vec<String>,
}

impl Spelled {
    fn of(key: &str, known: &mut Vocabulary) -> Self {
        let bare: String = key.nfd().filter(|c| !is_combining_mark(*c)).collect();
        let all: Vec<&str> =
            bare.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let words: Vec<usize> = all.iter().map(|word| known.place(word)).collect();
        let grave = all.iter().zip(&words).filter(|(word, _)| !SMALL.contains(word));
        let grave: Vec<usize> = grave.map(|(_, place)| *place).collect();
        let figures = bare.split(|c: char| !c.is_numeric()).filter(|run| !run.is_empty());
        Self {
            grave: if grave.is_empty() { words.clone() } else { grave },
            words,
            letters: all.concat(),
            figures: figures.map(str::to_owned).collect(),
        }
    }

    /// Whether one may be the other with a slip: the same letters, or the same words with an edit or two in
    /// all.
    fn is_slip_of(&self, other: &Self, known: &Vocabulary) -> bool {
        if self.figures != other.figures {
            return false;
        }
        if self.letters == other.letters {
            return true;
        }
        let short = self.letters.chars().count().min(other.letters.chars().count());
        let most = if short >= LONG_KEY { 2 } else { 1 };
        let within = |edits: Option<usize>| edits.is_some_and(|edits| edits <= most);
        within(known.edits(&self.words, &other.words)) || within(known.edits(&self.grave, &other.grave))
    }
}

/// All the words of the keys, each once, and which are slips of which.
#[derive(Default)]
struct Vocabulary {
    places: BTreeMap<String, usize>,
    words: Vec<String>,
    slips: BTreeMap<(usize, usize), usize>,
}

impl Vocabulary {
    fn place(&mut self, word: &str) -> usize {
        if let Some(place) = self.places.get(word) {
            return *place;
        }
        self.words.push(word.to_owned());
        self.places.insert(word.to_owned(), self.words.len() - 1);
        self.words.len() - 1
    }

    /// Two words within their edits share what is left after as many letters are taken off: only those are
    /// compared.
    fn find_slips(&mut self) {
        let mut left: Vec<(u64, usize)> = Vec::new();
        for (place, word) in self.words.iter().enumerate() {
            let letters: Vec<char> = word.chars().collect();
            let most = if has_figures(word) { 0 } else { allowed(letters.len()) };
            shortened(&letters, most, &mut |rest| left.push((rest, place)));
        }
        left.sort_unstable();
        left.dedup();
        for alike in left.chunk_by(|(one, _), (other, _)| one == other) {
            for (at, (_, one)) in alike.iter().enumerate() {
                for (_, other) in alike.iter().skip(at + 1) {
                    if let (Some(a), Some(b)) = (self.words.get(*one), self.words.get(*other))
                        && !self.slips.contains_key(&(*one, *other))
                        && let Some(edits) = slip(a, b)
                    {
                        self.slips.insert((*one, *other), edits);
                    }
                }
            }
        }
    }

    /// The class of each word: words that slips lead to, one from the other.
    fn classes(&self) -> Vec<usize> {
        let mut sets = Sets::of(self.words.len());
        self.slips.keys().for_each(|(one, other)| sets.unite(*one, *other));
        (0..self.words.len()).map(|word| sets.root(word)).collect()
    }

    /// The edits in all between as many words, when each is a slip of its fellow.
    fn edits(&self, words: &[usize], others: &[usize]) -> Option<usize> {
        if words.len() != others.len() {
            return None;
        }
        let pairs = words.iter().zip(others).filter(|(one, other)| one != other);
        pairs.map(|(one, other)| self.slips.get(&(*one.min(other), *one.max(other))).copied()).sum()
    }
}

/// How many edits a word of so many letters may hold: none in the shortest, which are labels, nor in texts
/// without blanks that no hand has typed.
fn allowed(letters: usize) -> usize {
    match letters {
        4..=7 | 25..=64 => 1,
        8..=24 => 2,
        _ => 0,
    }
}

/// The edits from one word to the other, when they may be a slip.
fn slip(one: &str, other: &str) -> Option<usize> {
    let (a, b) = (one.chars().count(), other.chars().count());
    // A letter too few in «alle», or too many in «con».
    let most = allowed(a.min(b)).max(usize::from(a.min(b) == 3 && a.max(b) == 4));
    let both = |has: fn(&str) -> bool| has(one) && has(other);
    let months = Month::from_name(one).zip(Month::from_name(other)).is_some_and(|(one, other)| one != other);
    if months || has_figures(one) || has_figures(other) || both(is_in_a_series) || both(is_roman) {
        return None;
    }
    let edits = strsim::damerau_levenshtein(one, other);
    // «regolare» and «irregolare» are no slip.
    let prefixed = edits > 1 && (one.ends_with(other) || other.ends_with(one));
    (edits <= most && !prefixed).then_some(edits)
}

fn has_figures(word: &str) -> bool {
    word.contains(char::is_numeric)
}

fn is_in_a_series(word: &str) -> bool {
    SERIES.contains(&word)
}

fn is_roman(word: &str) -> bool {
    word.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c' | 'd' | 'm'))
}

/// Gives a hash of what is left of a word after up to `most` letters are taken off.
fn shortened(letters: &[char], most: usize, give: &mut dyn FnMut(u64)) {
    let mut rest = |skipped: [Option<usize>; 2]| {
        let mut hash = DefaultHasher::new();
        let kept = letters.iter().enumerate().filter(|(at, _)| !skipped.contains(&Some(*at)));
        kept.for_each(|(_, letter)| letter.hash(&mut hash));
        give(hash.finish());
    };
    rest([None, None]);
    for first in 0..if most > 0 { letters.len() } else { 0 } {
        rest([Some(first), None]);
        for second in first + 1..if most > 1 { letters.len() } else { 0 } {
            rest([Some(first), Some(second)]);
        }
    }
}

/// Places united in groups, each known by its first one.
struct Sets(Vec<usize>);

impl Sets {
    fn of(number: usize) -> Self {
        Self((0..number).collect())
    }

    fn root(&self, mut place: usize) -> usize {
        while let Some(above) = self.0.get(place).copied().filter(|above| *above != place) {
            place = above;
        }
        place
    }

    fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(root) = self.0.get_mut(one.max(other)) {
            *root = one.min(other);
        }
    }

    fn groups(&self) -> BTreeMap<usize, Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for place in 0..self.0.len() {
            groups.entry(self.root(place)).or_default().push(place);
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::groups;
    use crate::model::joining_key;

    fn together(texts: &[&str]) -> Vec<Vec<usize>> {
        let keys: Vec<String> = texts.iter().map(|text| joining_key(text)).collect();
        groups(&keys.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn one(one: &str, other: &str) {
        assert_eq!(together(&[one, "Tutt'altra cosa", other]), [[0, 2]], "{one} / {other}");
        assert_eq!(together(&[other, one]), [[0, 1]], "{other} / {one}");
    }

    fn two(one: &str, other: &str) {
        assert!(together(&[one, other]).is_empty(), "{one} / {other}");
    }

    #[test]
    fn a_slip_of_the_keyboard_is_seen() {
        one("Newsletter giugno", "Newsletter giungo");
        one("Newsletter giugno", "Newsleter giugno");
        one("Newsletter alle imprese", "Newsleter alle impresse");
        one("Estate sicura", "Estate sicure");
        one("Bandi", "Bando");
        one("Formazione digitale", "Foramzione digtiale");
        one("Città metropolitana", "Citta' metropolitana");
        one("Newsletter giugno", "News letter giugno");
        one("Invito dell'impresa", "Invito dell impresa");
        one("Sportello impresa 4.0", "Sportello imprsa 4.0");
        one("Newsletter imprese", "Newsletter delle imprese");
        one("C.C.I.A.A. informa", "CCIAA informa");
    }

    #[test]
    fn what_tells_two_things_apart_is_no_slip() {
        two("Bando 1", "Bando 2");
        two("Newsletter maggio", "Newsletter giugno");
        two("Newsletter marzo", "Newsletter maggio");
        two("Lotto A", "Lotto B");
        two("Fase II", "Fase III");
        two("Fase XIII", "Fase XVIII");
        two("Seduta di lunedì", "Seduta di venerdì");
        two("Ciclo sessanta", "Ciclo settanta");
        two("Zona est", "Zona ovest");
        two("Area nordest", "Area nordovest");
        two("Incontro del 3/4", "Incontro del 4/3");
        two("Bando 1.2", "Bando 12");
        two("Bando 2018", "Bando 2019");
        two("Posizione regolare", "Posizione irregolare");
        two("Fiera di Venezia", "Fiera di Vicenza");
        two("Import", "Export");
        two("Codice AB12", "Codice AC12");
        two("Voucher", "Voucher, seconda finestra");
        two("Bando", "Bando bis");
        two("★", "☆");
        // Three letters are no slip.
        two("Newsletter alle imprese", "Neslter alle impresse");
    }

    #[test]
    fn slips_are_chained_and_groups_are_in_order() {
        let keys = ["Estate sicura", "Altro", "Estate sicure", "Festa", "Estatte sicure", "Feste"];
        assert_eq!(together(&keys), [vec![0, 2, 4], vec![3, 5]]);
        assert!(together(&[]).is_empty());
    }

    #[test]
    fn many_keys_and_endless_words_are_not_compared_in_pairs() {
        let mut texts: Vec<String> =
            (0..5_000).map(|row| format!("Invito numero {row} alle imprese")).collect();
        texts.push("a".repeat(30_000));
        texts.push("b".repeat(30_000));
        texts.push("Invito numero 77 ale imprese".to_owned());
        texts.push("Invito nunero 77 alle imprese".to_owned());
        let keys: Vec<&str> = texts.iter().map(String::as_str).collect();
        assert_eq!(groups(&keys), [[77, 5_002, 5_003]]);
    }
}
