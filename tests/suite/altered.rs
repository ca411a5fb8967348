//! Workbooks that the road has damaged: each is refused, or says what it said, or the difference is told by a
//! finding. What must never be is another value in silence.
//!
//! Few copies here; many, with `SCHEDE_DANNI=20000 cargo test --release --test suite altered`, and from
//! another beginning with `SCHEDE_SEME`.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use schede::interpret::{Fate, Submission, no_template, receive};
use schede::model::{EntryRef, Month, Severity};
use schede::pipeline::job_on;
use schede::plan::{DEFAULT_PLAN, Plan, read_plan};
use schede::read::read_bytes;

use crate::support::parts::Draw;

static PLAN: LazyLock<Plan> = LazyLock::new(|| read_plan(DEFAULT_PLAN).unwrap());

/// One saved by LibreOffice, one as the program writes it.
const OFFICES: [&str; 2] = ["metrico", "qualita"];

fn sample(month: &str, office: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(month);
    fs::read(folder.join(format!("schede-2019-{office}.xlsx"))).unwrap()
}

/// A number from the environment.
fn wanted(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// What an office sent: everything that has a reference, in words.
fn said(submission: &Submission) -> Vec<(EntryRef, String)> {
    let entries = submission.entries.iter().chain(submission.completeness.values());
    let entries = entries.map(|entry| (entry.at, format!("{:?} {:?}", entry.id, entry.state)));
    let texts = submission.keyed_texts().into_iter();
    entries
        .chain(texts.map(|(key, month, text)| (text.at, format!("{key} {month:?} {}", text.text))))
        .collect()
}

/// What became of a damaged copy.
#[derive(Debug, PartialEq)]
enum Met {
    Refused,
    Same,
    Told,
    Silent(Vec<String>),
}

/// Reads a damaged copy beside what the whole one said.
fn met(office: &str, bytes: Vec<u8>, whole: &[(EntryRef, String)]) -> Met {
    let name = format!("schede-2019-{office}.xlsx");
    let (files, submissions) = receive(&PLAN, vec![read_bytes(&name, bytes)], &no_template);
    let Some(own) = submissions.first().filter(|_| files[0].fate == Fate::Accepted).map(said) else {
        return Met::Refused;
    };
    let mut lost: Vec<(EntryRef, String)> = whole.iter().filter(|one| !own.contains(one)).cloned().collect();
    lost.extend(own.iter().filter(|one| !whole.contains(one)).cloned());
    if lost.is_empty() {
        return Met::Same;
    }
    let month = PLAN.month(Month::new(6).unwrap());
    let job = job_on(&PLAN, (files, submissions), month, None, &mut |_| ());
    let findings: Vec<_> = job.checked.findings.iter().filter(|own| own.severity > Severity::Nota).collect();
    let of_file = findings.iter().any(|own| own.bans_file().is_some());
    let told = |at: &EntryRef| of_file || findings.iter().any(|own| own.entries.contains(at));
    let silent: Vec<String> = lost.into_iter().filter(|(at, _)| !told(at)).map(|(_, words)| words).collect();
    if silent.is_empty() { Met::Told } else { Met::Silent(silent) }
}

/// A kind of damage.
type Damage = fn(&mut Vec<u8>, &mut Draw);

const KINDS: [(&str, Damage); 8] = [
    ("one bit", |bytes, chance| {
        let at = chance.below(bytes.len());
        bytes[at] ^= 1 << chance.below(8);
    }),
    ("four bytes", |bytes, chance| {
        let at = chance.below(bytes.len() - 4);
        bytes[at..at + 4].iter_mut().for_each(|byte| *byte = u8::try_from(chance.below(256)).unwrap());
    }),
    ("a block of zeros", |bytes, chance| {
        let (at, long) = (chance.below(bytes.len() - 512), 1 + chance.below(512));
        bytes[at..at + long].fill(0);
    }),
    ("a tail cut", |bytes, chance| {
        let kept = chance.below(bytes.len());
        bytes.truncate(kept);
    }),
    ("bytes lost in the middle", |bytes, chance| {
        let (at, long) = (chance.below(bytes.len() - 64), 1 + chance.below(64));
        bytes.drain(at..at + long);
    }),
    ("two blocks swapped", |bytes, chance| {
        let blocks = bytes.len() / 512;
        let (one, other) = (chance.below(blocks) * 512, chance.below(blocks) * 512);
        (0..512).for_each(|place| bytes.swap(one + place, other + place));
    }),
    ("a letter of a name of a part", |bytes, chance| {
        let names = names(bytes);
        let (at, long) = names[chance.below(names.len())];
        let letter = at + chance.below(long);
        bytes[letter] = b'A' + u8::try_from(chance.below(58)).unwrap();
    }),
    ("two names of parts swapped", |bytes, chance| {
        let names = names(bytes);
        let (at, long) = names[chance.below(names.len())];
        let alike: Vec<_> = names.iter().filter(|own| own.1 == long && own.0 != at).collect();
        if let Some((other, _)) = alike.get(chance.below(alike.len())) {
            (0..long).for_each(|place| bytes.swap(at + place, other + place));
        }
    }),
];

/// Where the names of the parts stand in a package, with their length: before each part, and in its index.
fn names(bytes: &[u8]) -> Vec<(usize, usize)> {
    let long = |at: usize| usize::from(bytes[at]) + 256 * usize::from(bytes[at + 1]);
    let marks = bytes.windows(4).enumerate();
    let names = marks.filter_map(|(at, mark)| match mark {
        b"PK\x03\x04" => Some((at + 30, long(at + 26))),
        b"PK\x01\x02" => Some((at + 46, long(at + 28))),
        _ => None,
    });
    names.filter(|(at, long)| *long > 0 && at + long <= bytes.len()).collect()
}

#[test]
fn no_damage_changes_a_value_in_silence() {
    let (copies, seed) = (wanted("SCHEDE_DANNI", 12), wanted("SCHEDE_SEME", 1));
    let mut chance = Draw(u64::try_from(seed).unwrap());
    let mut silent = Vec::new();
    for office in OFFICES {
        let bytes = sample("2019-06", office);
        let (_, submissions) = receive(&PLAN, vec![read_bytes("x.xlsx", bytes.clone())], &no_template);
        let whole = said(&submissions[0]);
        assert_eq!(met(office, bytes.clone(), &whole), Met::Same);
        for (kind, damage) in KINDS {
            let mut refused = 0;
            for copy in 0..copies {
                let mut damaged = bytes.clone();
                damage(&mut damaged, &mut chance);
                let kept = damaged.clone();
                match met(office, damaged, &whole) {
                    Met::Refused => refused += 1,
                    Met::Same | Met::Told => {}
                    Met::Silent(lost) => {
                        keep(office, kind, copy, &kept);
                        silent.push(format!("{office}, {kind}, {copy}: {lost:?}"));
                    }
                }
            }
            assert!(refused > 0, "{office}, {kind}: this damage does no harm");
        }
    }
    assert!(silent.is_empty(), "{} changes in silence\n{}", silent.len(), silent.join("\n"));
}

/// With a folder named there, the copies that change in silence stay to be looked at.
fn keep(office: &str, kind: &str, copy: usize, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("SCHEDE_GUASTI") {
        let kind = kind.replace(' ', "-");
        fs::write(Path::new(&folder).join(format!("{office}-{kind}-{copy}.xlsx")), bytes).unwrap();
    }
}

#[test]
fn another_value_would_be_seen() {
    let (_, submissions) =
        receive(&PLAN, vec![read_bytes("x.xlsx", sample("2019-06", "metrico"))], &no_template);
    let mut whole = said(&submissions[0]);
    let other = whole.iter_mut().find(|(_, words)| words.contains("Value(Number")).unwrap();
    other.1 = other.1.replace("Value(Number", "Value(Number(1 +");
    let wrong = met("metrico", sample("2019-06", "metrico"), &whole);
    assert!(matches!(&wrong, Met::Silent(lost) if lost.len() == 2), "{wrong:?}");
    assert_eq!(met("metrico", b"PK\x03\x04".to_vec(), &whole), Met::Refused);
}
