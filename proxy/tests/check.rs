//! `perch check` and `perch explain`: the binary itself.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a panic is how a test fails, in its helpers too"
)]

use serde_json::Value;
use std::{
    fs,
    io::Write,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Output, Stdio},
};

const GOOD: &str = r#"{"Dhcp4": {"control-sockets": [{"socket-type": "unix", "socket-name": "kea4.sock"}]}}"#;
const BAD: &str = "{\n  \"Dhcp4\": {\n    \"control-sockets\": [ { \"socket-type\": \"unix\", \"socket-name\": \"kea4.sock\" } ],\n    \"subnet4\": [\n      { \"id\": 1, \"subnet\": \"192.0.2.0/24\", \"pools\": [ { \"pool\": \"192.0.3.1 - 192.0.3.9\" } ] }\n    ]\n  }\n}\n";

struct Answer {
    code: i32,
    out: String,
    err: String,
}

fn run(args: &[&str], input: &[u8], folder: &Path) -> Answer {
    let mut command = Command::new(env!("CARGO_BIN_EXE_perch"));
    command
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Answer { code: status.code().unwrap(), out: text(stdout), err: text(stderr) }
}

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn check(args: &[&str], files: &[(&str, &[u8])]) -> Answer {
    let folder = folder(files);
    run(&[&["check"], args].concat(), b"", folder.path())
}

#[test]
fn the_exit_status_is_the_verdict() {
    let files: &[(&str, &[u8])] = &[
        ("good.conf", GOOD.as_bytes()),
        (
            "plain.conf",
            br#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "client-class": "nobody"}]}}"#,
        ),
        ("bad.conf", BAD.as_bytes()),
        ("twice.conf", br#"{"Dhcp4": {"valid-lifetime": 1, "valid-lifetime": 1}}"#),
        ("binary.conf", b"\x7fELF\0\0"),
    ];
    for (args, code) in [
        (&["good.conf"] as &[&str], 0),
        (&["--strict", "good.conf"], 0),
        (&["bad.conf"], 2),
        (&["good.conf", "bad.conf"], 2),
        (&["twice.conf"], 2),
        (&["--as", "api", "twice.conf"], 0),
        (&["binary.conf", "bad.conf"], 3),
        (&["none.conf", "good.conf"], 3),
        (&["."], 3),
        (&["--kea-version", "1.8.0", "good.conf"], 3),
        (&["--kea-version", "2.6", "plain.conf"], 0),
        (&["plain.conf"], 0),
        (&["--strict", "plain.conf"], 1),
        (&["--bogus", "good.conf"], 3),
        (&[], 3),
    ] {
        let answer = check(args, files);
        assert_eq!(answer.code, code, "{args:?}\n{}{}", answer.out, answer.err);
    }
    let answer = check(&["binary.conf", "bad.conf", "none.conf"], files);
    assert!(answer.out.contains("pool/outside-subnet"), "the rest is checked: {}", answer.out);
    assert!(
        answer.err.contains("binary.conf: this is no text") && answer.err.contains("none.conf: No such file")
    );
}

#[test]
fn text_shows_the_place_and_what_to_do() {
    let answer = check(&["bad.conf"], &[("bad.conf", BAD.as_bytes())]);
    let expected = "\
error[pool/outside-subnet]: pool `192.0.3.1 - 192.0.3.9` is not inside its subnet `192.0.2.0/24`
 --> bad.conf:5:65
  |
5 |       { \"id\": 1, \"subnet\": \"192.0.2.0/24\", \"pools\": [ { \"pool\": \"192.0.3.1 - 192.0.3.9\" } ] }
  |                  -------- the subnet
  |                                                                 ^^^^^^^^^^^^^^^^^^^^^^^
";
    assert!(answer.out.starts_with(expected), "{}", answer.out);
    assert!(answer.out.contains("  = help: use addresses from 192.0.2.0 to 192.0.2.255\n"), "{}", answer.out);
    assert!(answer.out.contains("\nKea 3.0.4 refuses it from a file: 1 error\n"), "{}", answer.out);
    let clean = check(&["good.conf"], &[("good.conf", GOOD.as_bytes())]);
    assert!(clean.out.contains("Kea 3.0.4 accepts it from a file\n"), "{}", clean.out);
}

#[test]
fn what_a_file_holds_does_not_reach_the_terminal_raw() {
    let answer = check(&["a.conf"], &[("a.conf", b"{\"Dhcp4\": {\"\x1b[2J\": \x1b]0;x\x07}}")]);
    assert!(answer.code == 2 && !answer.out.contains('\u{1b}'), "{}", answer.out);
}

#[test]
fn json_has_exactly_these_fields() {
    let text = "{ \"Dhcp4\": { \"control-sockets\": [ { \"socket-type\": \"unix\", \"socket-name\": \"kea4.sock\" } ],\n\"user-context\": { \"\u{e9}\u{1f600}\": 1, \"a\": 1, \"a\": 2 } } }";
    let answer = check(&["--format", "json", "a.conf"], &[("a.conf", text.as_bytes())]);
    let line: Value = serde_json::from_str(answer.out.trim_end()).unwrap();
    let expected = serde_json::json!({
        "file": "a.conf", "family": "dhcp4", "kea_version": "3.0.4",
        "verdict": {"file": "reject", "api": "accept"},
        "diagnostics": [{
            "code": "json/duplicate-key", "severity": "error", "message": "`a` is set twice in this map",
            "path": "Dhcp4.user-context",
            "range": {"start": {"line": 2, "column": 36}, "end": {"line": 2, "column": 39}},
            "refused_by": ["file"],
            "help": "keep one of them: over the API the last counts, and a file that has both is refused",
            "fix": null,
        }],
    });
    assert_eq!(line, expected);
    let strange = "{\"Dhcp4\": {\"\u{2028}\u{85}\": 1}}";
    let answer = check(&["--format", "json", "a.conf"], &[("a.conf", strange.as_bytes())]);
    assert!(!answer.out.contains(['\u{2028}', '\u{85}']), "{}", answer.out);
    assert!(serde_json::from_str::<Value>(&answer.out).is_ok(), "{}", answer.out);
    let many: Vec<(String, &[u8])> = (0..600).map(|n| (format!("d/{n:03}.conf"), GOOD.as_bytes())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let answer = check(&["--format", "json", "d"], &many);
    let names: Vec<String> = answer
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["file"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(names.len(), 600);
    assert!(names.is_sorted(), "in the order of names");
}

#[test]
fn directories_give_what_looks_like_a_configuration() {
    let good = GOOD.as_bytes();
    let files = &[
        ("d/b.conf", good),
        ("d/a/x.json", good),
        ("d/.hidden.conf", good),
        ("d/notes.txt", b"x"),
        ("d/c.kea", good),
    ];
    let answer = check(&["--format", "json", "d"], files);
    let names: Vec<Value> =
        answer.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["file"].clone()).collect();
    assert_eq!(names, ["d/a/x.json", "d/b.conf", "d/c.kea"]);
    let nothing = check(&["d"], &[("d/notes.txt", b"x")]);
    assert!(nothing.code == 3 && nothing.err.contains("no file here ends in"), "{}", nothing.err);
}

#[test]
fn standard_input_is_a_file_too() {
    let folder = folder(&[]);
    let answer = run(&["check", "--format", "json", "-"], BAD.as_bytes(), folder.path());
    let line: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!((answer.code, line["file"].as_str()), (2, Some("-")));
    let answer = run(
        &["check", "--fix", "-"],
        b"{\"Dhcp4\": {\"valid-lifetime\": 1 \"renew-timer\": 2}}",
        folder.path(),
    );
    assert_eq!(answer.out, "{\"Dhcp4\": {\"valid-lifetime\": 1, \"renew-timer\": 2}}");
    assert!(answer.err.contains("fixed[json/comma]") && answer.code == 0, "{}", answer.err);
}

#[test]
fn fix_changes_what_it_says_and_no_other_byte() {
    let before = b"// caf\xe9 \xff: not UTF-8\n{ # a note\n  'Dhcp4': {\t/* tabs\tstay */\r\n    \"valid-lifetime\": 3600 // one hour\n    \"renew-timer\": 900,,\n    \"authoritative\": True,\n    \"user-context\": { \"city\": \"\\u0141\xc3\xb3d\xc5\xba\" } /* x */\n  } // end\n}\n\n";
    let after = b"// caf\xe9 \xff: not UTF-8\n{ # a note\n  \"Dhcp4\": {\t/* tabs\tstay */\r\n    \"valid-lifetime\": 3600, // one hour\n    \"renew-timer\": 900,,\n    \"authoritative\": true,\n    \"user-context\": { \"city\": \"\xc5\x81\xc3\xb3d\xc5\xba\" } /* x */\n  } // end\n}\n\n";
    let folder = folder(&[("a.conf", before), ("good.conf", GOOD.as_bytes())]);
    let path = folder.path().join("a.conf");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("a.conf", folder.path().join("link.conf")).unwrap();
    let answer = run(&["check", "--fix", "link.conf", "good.conf"], b"", folder.path());
    assert_eq!(String::from_utf8_lossy(&fs::read(&path).unwrap()), String::from_utf8_lossy(after));
    assert_eq!(fs::read(&path).unwrap(), after);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(folder.path().join("link.conf").is_symlink());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is left behind");
    assert_eq!(answer.code, 0, "{}{}", answer.out, answer.err);
    assert_eq!(answer.out.matches("fixed[").count(), 4, "{}", answer.out);
    assert!(answer.err.contains("not UTF-8"), "{}", answer.err);
    let again = run(&["check", "--fix", "a.conf"], b"", folder.path());
    assert!(!again.out.contains("fixed["), "{}", again.out);
}

#[test]
fn included_files_are_checked_in_their_place() {
    let files: &[(&str, &[u8])] = &[
        ("main.conf", b"{ \"Dhcp4\": { \"control-sockets\": [ { \"socket-type\": \"unix\", \"socket-name\": \"kea4.sock\" } ],\n  \"subnet4\": <?include \"inc/subnets.json\"?> } }"),
        ("inc/subnets.json", b"[\n  { \"id\": 1, \"subnet\": \"192.0.2.0/24\", \"pools\": [ { \"pool\": \"10.0.0.1 - 10.0.0.2\" } ] }\n] // all"),
        ("lost.conf", b"{ \"Dhcp4\": {\n  \"subnet4\": <?include \"none.json\"?> } }"),
        ("loop.conf", b"{ \"Dhcp4\": { \"subnet4\": [ <?include \"loop.conf\"?> ] } }"),
    ];
    let answer = check(&["main.conf"], files);
    assert!(answer.out.contains(" --> inc/subnets.json:2:"), "{}", answer.out);
    let answer = check(&["--format", "json", "main.conf"], files);
    let line: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(line["diagnostics"][0]["range"]["start"], serde_json::json!({"line": 2, "column": 14}));
    assert!(
        line["diagnostics"][0]["message"]
            .as_str()
            .unwrap()
            .starts_with("in `inc/subnets.json`, line 2: pool")
    );
    for (name, what) in [("lost.conf", "`none.json` cannot be read"), ("loop.conf", "too many files")] {
        let answer = check(&[name], files);
        assert!(answer.code == 2 && answer.out.contains(what), "{}", answer.out);
    }
}

#[test]
fn sarif_and_github_name_the_place() {
    let files: &[(&str, &[u8])] =
        &[("a b.conf", BAD.as_bytes()), ("c.conf", br#"{"Dhcp4": {"authoritative": True, "control-sockets": [{"socket-type": "unix", "socket-name": "kea4.sock"}]}}"#)];
    let answer = check(&["--format", "sarif", "a b.conf", "c.conf", "none"], files);
    let log: Value = serde_json::from_str(&answer.out).unwrap();
    let run = &log["runs"][0];
    assert_eq!((log["version"].as_str(), answer.code), (Some("2.1.0"), 3));
    assert_eq!(run["results"].as_array().unwrap().len(), 2);
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
    let place = &run["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b.conf");
    assert_eq!(
        place["region"],
        serde_json::json!({"startLine": 5, "startColumn": 65, "endLine": 5, "endColumn": 88})
    );
    let fix = &run["results"][1]["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(fix["insertedContent"]["text"], "true");
    let answer = check(&["--format", "github", "a b.conf"], files);
    assert!(
        answer.out.starts_with(
            "::error file=a b.conf,line=5,endLine=5,col=65,endColumn=88,title=pool/outside-subnet::pool"
        ),
        "{}",
        answer.out
    );
    assert_eq!(answer.out.lines().count(), 1);
}

#[test]
fn other_daemons_files_are_no_mistake() {
    for root in ["Control-agent", "DhcpDdns", "Netconf"] {
        let text = format!("{{\"{root}\": {{\"user-context\": {{\"a\": 1}} }} }}");
        let answer = check(&["--format", "json", "a.conf"], &[("a.conf", text.as_bytes())]);
        let line: Value = serde_json::from_str(&answer.out).unwrap();
        assert_eq!(line["verdict"]["file"], "accept", "{}", answer.out);
    }
}

#[test]
fn every_code_has_a_page() {
    let folder = folder(&[]);
    let list = run(&["explain"], b"", folder.path());
    let codes: Vec<&str> = list.out.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(codes.contains(&"json/comma") && codes.contains(&"pool/overlap"));
    let page = run(&["explain", "pool/overlap"], b"", folder.path());
    assert!(
        page.out.starts_with("# pool/overlap (error)\n\nTwo pools of one subnet")
            && page.out.contains("\n## Why\n")
    );
    let wrong = run(&["explain", "pool/overlaps"], b"", folder.path());
    assert!(wrong.code == 3 && wrong.err.contains("did you mean `pool/overlap`?"), "{}", wrong.err);
}
