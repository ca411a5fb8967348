//! `schede`: see the library for the architecture.

use std::process::ExitCode;

use mimalloc::MiMalloc;
use schede::cli::{Speech, run_in_window};

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr());
    let exit = run_in_window(std::env::args_os(), &mut Speech { out: &mut out, err: &mut err });
    ExitCode::from(exit as u8)
}
