//! Perch: the one binary.
fn main() {}
