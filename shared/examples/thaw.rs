//! tmp
use perch_shared::config::{Config, thaw};
fn main() {
    let family = std::env::args().nth(1).unwrap().parse().unwrap();
    let mut config = Config { family, root: serde_json::from_reader(std::io::stdin()).unwrap() };
    thaw(&mut config);
    println!("{}", config.root);
}
