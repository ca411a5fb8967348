//! What a part costs: the processor's time of all its threads, and the most memory that was ever in use.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Ticks of the system's account of times in a second, the same on every Linux.
const TICKS: u64 = 100;

/// The user time of this process; where the system does not tell it, none.
fn user_time() -> Option<Duration> {
    ticks(11)
}

/// The user time of the programs that this one has started and seen end.
pub(crate) fn children() -> Option<Duration> {
    ticks(13)
}

/// A time in the system's account of this process, by its place after the name.
fn ticks(place: usize) -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program may hold anything: the fields are counted after it.
    let fields = stat.get(stat.rfind(')')? + 2..)?;
    let ticks: u64 = fields.split(' ').nth(place)?.parse().ok()?;
    Some(Duration::from_millis(ticks * (1000 / TICKS)))
}

/// The most memory that this process ever had, in MB.
pub(crate) fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}

/// The user time that `part` takes, or its time by the clock where the system does not tell the first; and
/// what it gives.
pub(crate) fn timed<T>(part: impl FnOnce() -> T) -> (Duration, T) {
    let (start, before) = (Instant::now(), user_time());
    let given = black_box(part());
    let taken = match (before, user_time()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => start.elapsed(),
    };
    (taken, given)
}
