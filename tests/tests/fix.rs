//! `perch check --fix` on whole configurations as people write them: the comments stay, and Kea accepts what Perch says
//! that it accepts.

use perch_agree::{
    case::{Case, Reader},
    corpus,
    kea::{Kea, Root},
    limits,
    recorded::family_of,
};
use perch_tests::{perch::binary, skip};
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path, process::Command};

/// So many of the kept configurations have something that is mended, whichever the version.
const LEAST: usize = 5;

#[test]
fn mended_files_keep_their_comments_and_are_what_kea_accepts() {
    let cases = corpus::configs().expect("the corpus");
    let (roots, missing) = Root::all();
    missing.iter().for_each(|why| skip(why));
    for root in roots {
        let folder = tempfile::tempdir().unwrap();
        let path = |case: &Case| folder.path().join(case.origin.replace('/', "-"));
        for case in &cases {
            fs::write(path(case), &case.text).unwrap();
        }
        let version = root.version.to_string();
        let accepted = mend(folder.path(), &version);
        let mut kea = Kea::open(&root).expect("a folder in Kea's root");
        let mut mended = 0;
        for case in &cases {
            let after = fs::read_to_string(path(case)).unwrap();
            if after == case.text {
                continue;
            }
            mended += 1;
            assert_eq!(comments(&after), comments(&case.text), "{version} {}\n{after}", case.origin);
            if !accepted[path(case).file_name().unwrap().to_str().unwrap()] {
                continue;
            }
            let verdict = kea.judge(Reader::File, family_of(&after), &after).expect("a verdict");
            let is_of_the_host = limits::of(verdict.words()).is_some();
            assert!(verdict.accepts() || is_of_the_host, "{version} {}: {verdict}\n{after}", case.origin);
        }
        assert!(mended >= LEAST, "Kea {version}: {mended} of {} files have something to mend", cases.len());
    }
}

/// Mends every file of a folder; for each, whether Perch says that Kea's reader of files accepts what it is now.
fn mend(folder: &Path, version: &str) -> BTreeMap<String, bool> {
    let output = Command::new(binary())
        .args(["check", "--fix", "--format", "json", "--kea-version", version, "."])
        .current_dir(folder)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let name = |line: &Value| line["file"].as_str().unwrap().trim_start_matches("./").to_owned();
    lines.map(|line| (name(&line), line["verdict"]["file"] == "accept")).collect()
}

/// The comments of a text, in their order.
fn comments(text: &str) -> Vec<&str> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some(start) = rest.find(['"', '#', '/']) {
        rest = &rest[start..];
        let length = match rest.as_bytes() {
            [b'"', ..] => string(rest),
            [b'/', b'*', ..] => rest.find("*/").map_or(rest.len(), |end| end + 2),
            [b'#', ..] | [b'/', b'/', ..] => rest.find('\n').unwrap_or(rest.len()),
            _ => 1,
        };
        let (piece, behind) = rest.split_at(length);
        found.extend(Some(piece.trim_end()).filter(|piece| !piece.starts_with('"') && piece.len() > 1));
        rest = behind;
    }
    found
}

/// The length of the string that a text begins with.
fn string(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            b'"' if !is_escaped => return at + 1,
            b'\n' => return at,
            _ => is_escaped = byte == b'\\' && !is_escaped,
        }
    }
    text.len()
}
