//! Perch page.
fn main() {}
