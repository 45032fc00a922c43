//! What is at a server's addresses, and what its daemons say about themselves.

mod probe;
mod status;

pub use probe::probe;
pub use status::status;

/// A message as a sentence.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), characters.as_str().trim_end_matches('.')),
        None => String::new(),
    }
}
