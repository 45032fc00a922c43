//! Tells cargo that a release holds the page, so that it is built anew when the page changed.

fn main() {
    // A development build reads the page's folder at run time and need not be told.
    let release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    println!("cargo::rerun-if-changed={}", if release { "../target/page" } else { "build.rs" });
}
