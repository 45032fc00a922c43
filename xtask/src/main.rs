//! Every habit of this project is one command.
fn main() {}
