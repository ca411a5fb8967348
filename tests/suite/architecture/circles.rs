//! Files that name each other round in a circle, and which of their arrows is best cut.

use std::collections::{BTreeMap, BTreeSet};

use super::house::Arrows;

/// The files of one circle.
pub(crate) type Circle = BTreeSet<String>;

/// What is reached from a file.
fn reached<'a>(arrows: &'a Arrows, from: &'a str, without: Option<(&str, &str)>) -> BTreeSet<&'a str> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(file) = open.pop() {
        for other in arrows.get(file).into_iter().flat_map(BTreeMap::keys) {
            if without != Some((file, other)) && seen.insert(other.as_str()) {
                open.push(other);
            }
        }
    }
    seen
}

/// Every circle of the house, an arrow left out.
fn all(arrows: &Arrows, without: Option<(&str, &str)>) -> Vec<Circle> {
    let reach: BTreeMap<&str, BTreeSet<&str>> =
        arrows.keys().map(|file| (file.as_str(), reached(arrows, file, without))).collect();
    let mut found: BTreeSet<Circle> = BTreeSet::new();
    for (file, others) in &reach {
        if others.contains(file) {
            let back = |other: &&&str| reach.get(**other).is_some_and(|reach| reach.contains(file));
            found.insert(others.iter().filter(back).map(|file| (*file).to_owned()).collect());
        }
    }
    found.into_iter().collect()
}

/// Every circle, in words, with the arrow to cut: the one that leaves the fewest files in circles, then the
/// one with the fewest names.
pub(crate) fn told(arrows: &Arrows) -> Vec<String> {
    all(arrows, None).iter().map(|circle| one(arrows, circle)).collect()
}

fn one(arrows: &Arrows, circle: &Circle) -> String {
    let inside: Arrows = arrows
        .iter()
        .filter(|(file, _)| circle.contains(*file))
        .map(|(file, others)| {
            let others = others.iter().filter(|(other, _)| circle.contains(*other));
            (file.clone(), others.map(|(other, names)| (other.clone(), names.clone())).collect())
        })
        .collect();
    let each = inside.iter().flat_map(|(file, others)| others.keys().map(move |other| (file, other)));
    let left = |(file, other): &(&String, &String)| {
        let left: usize = all(&inside, Some((file, other))).iter().map(BTreeSet::len).sum();
        (left, inside[*file][*other].len())
    };
    let cut = each.min_by_key(left).map(|(file, other)| arrow(&inside, file, other)).unwrap_or_default();
    let lines =
        inside.iter().flat_map(|(file, others)| others.keys().map(|other| arrow(&inside, file, other)));
    let lines: Vec<String> = lines.map(|line| format!("  {line}")).collect();
    format!("a circle of {} files; cut {cut}\n{}", circle.len(), lines.join("\n"))
}

fn arrow(arrows: &Arrows, file: &str, other: &str) -> String {
    let names: Vec<&str> = arrows[file][other].iter().map(String::as_str).collect();
    format!("{file} -> {other} ({})", names.join(", "))
}
