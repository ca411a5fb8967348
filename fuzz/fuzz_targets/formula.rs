#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| schede_fuzz::promises::formula(text));
