//! Files read and recognised, each on its own, on all the cores; in the order in which they were given.
//!
//! A workbook's raw cells are dropped as soon as it is recognised: what is held at once is one of them for
//! each core, however many files there are.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread;

use crate::interpret::{Arrival, Templates, arrive};
use crate::plan::Plan;
use crate::read::read_file;

/// Reads every file and recognises it, laid beside the template that `templates` gives; `told` hears of each
/// that is done: how many by now, and its name.
///
/// The answer is the same on one core and on many.
pub fn take_in(
    plan: &Plan,
    paths: &[PathBuf],
    templates: Templates<'_>,
    told: &mut dyn FnMut(usize, &str),
) -> Vec<Arrival> {
    let one = |path: &PathBuf| arrive(plan, &read_file(path), templates);
    on_all_cores(paths, one, &mut |done, (file, _)| told(done, &file.name))
}

/// Does `work` for each of `all`, on as many threads as there are cores; the answers in the order of what was
/// asked. `told` hears of each that is done: how many by now, and its answer.
pub(crate) fn on_all_cores<A: Sync, B: Send>(
    all: &[A],
    work: impl Fn(&A) -> B + Sync,
    told: &mut dyn FnMut(usize, &B),
) -> Vec<B> {
    on_cores(thread::available_parallelism().map_or(1, NonZero::get), all, work, told)
}

/// The same on at most so many threads.
fn on_cores<A: Sync, B: Send>(
    cores: usize,
    all: &[A],
    work: impl Fn(&A) -> B + Sync,
    told: &mut dyn FnMut(usize, &B),
) -> Vec<B> {
    let next = AtomicUsize::new(0);
    let mut done: Vec<(usize, B)> = Vec::with_capacity(all.len());
    thread::scope(|scope| {
        let (send, receive) = channel();
        for _ in 0..cores.min(all.len()) {
            let (send, next, work) = (send.clone(), &next, &work);
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(asked) = all.get(index) else { return };
                    if send.send((index, work(asked))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        for (index, answer) in receive {
            told(done.len() + 1, &answer);
            done.push((index, answer));
        }
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, answer)| answer).collect()
}

#[cfg(test)]
mod tests {
    use super::on_cores;

    #[test]
    fn the_answers_come_in_the_order_of_what_was_asked() {
        let all: Vec<u64> = (0..200).collect();
        // The first take longest.
        let work = |number: &u64| (0..(200 - number) * 500).fold(*number, |sum, step| sum ^ (step & 1)) & !1;
        let expected: Vec<u64> = all.iter().map(work).collect();
        for cores in [1, 2, 7] {
            let mut told = Vec::new();
            assert_eq!(on_cores(cores, &all, work, &mut |done, _| told.push(done)), expected);
            assert_eq!(told, (1..=200).collect::<Vec<usize>>());
        }
        assert_eq!(on_cores(4, &[] as &[u64], work, &mut |_, _| ()), Vec::<u64>::new());
    }
}
