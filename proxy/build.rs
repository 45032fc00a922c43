//! Has cargo compile the binary anew when the built page changed: the names of its files change with their content.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // Only a release holds the page; a development build reads the folder.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo:rerun-if-changed=../target/page");
    }
}
