#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| schede_fuzz::promises::package(bytes));
