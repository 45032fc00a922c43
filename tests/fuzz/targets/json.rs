//! A text as Kea's JSON.

#![no_main]

use libfuzzer_sys::fuzz_target;
use perch_agree::fuzz::{Target, one};

fuzz_target!(|bytes: &[u8]| {
    if let Err(why) = one(Target::Json, bytes, &String::from_utf8_lossy(bytes)) {
        panic!("{why}");
    }
});
