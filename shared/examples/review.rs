//! tmp: jsonl {"family","version","root"} -> errors
use perch_shared::{config::Config, rules::review};
use std::io::BufRead;
fn main() {
    for line in std::io::stdin().lock().lines() {
        let v: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let c = Config { family: v["family"].as_str().unwrap().parse().unwrap(), root: v["root"].clone() };
        let found = review(&c, v["version"].as_str().unwrap().parse().unwrap());
        println!(
            "{}",
            serde_json::to_string(&found.iter().filter(|d| d.is_error()).collect::<Vec<_>>()).unwrap()
        );
    }
}
