//! What the check of a big file costs: beside `kea-dhcp4 -t`, beside merely reading it, and in memory.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context as _, Result, ensure};

use crate::{
    command::{self, cargo, clean},
    kea, paths, say,
};

/// How often Kea and the check take turns; the best time of each counts.
const ROUNDS: usize = 5;

/// What the measuring program printed, by name.
struct Printed(String);

impl Printed {
    fn get(&self, name: &str) -> Result<f64> {
        let lines = self.0.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
        let values = lines.filter_map(|words| match words.as_slice() {
            [first, value, ..] if *first == name => value.parse::<f64>().ok(),
            _ => None,
        });
        values.reduce(f64::min).with_context(|| format!("no `{name}` was measured"))
    }
}

/// One line of the table: what, how much, and how it stands to its limit.
struct Row {
    what: &'static str,
    value: String,
    ratio: String,
}

/// A folder inside Kea's root; dropping it removes it.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Doubles hostile texts and prints how many times longer their checks take; the arguments choose texts by name.
///
/// # Errors
/// When it does not build, or a check grows faster than its text.
pub fn growth(names: &[&str]) -> Result<()> {
    say::heading("bench growth", "hostile texts, twice as long: x2 grows with the text, x4 with its square");
    let example = ["--release", "--package", "perch-shared", "--example", "check_growth", "--"];
    command::must(cargo("run").args(example).args(names)).map(drop)
}

/// Measures and prints.
///
/// # Errors
/// When something does not build or run, or Kea and the check disagree about the file.
pub fn run() -> Result<()> {
    say::heading("bench check", "10,000 subnets, 7 MB: kea-dhcp4 -t, serde_json, the check");
    command::must(cargo("build").args([
        "--release",
        "--package",
        "perch-shared",
        "--example",
        "check_speed",
    ]))?;
    let suite =
        kea::SUITES.iter().find(|suite| suite.version == "3.0.4").context("no suite carries Kea 3.0.4")?;
    let root = match kea::get(suite) {
        Ok(root) => Some(root),
        Err(missing) => {
            say::note(&format!("without Kea: {missing}"));
            None
        }
    };
    let inside = format!("/bench-check-{}", std::process::id());
    let folder = Folder(root.clone().unwrap_or_else(paths::target).join(inside.trim_start_matches('/')));
    fs::create_dir_all(&folder.0).with_context(|| folder.0.display().to_string())?;
    // Kea refuses a folder for its sockets that others may enter.
    fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o750))?;
    let file = folder.0.join("big.conf");
    measure(&["write".as_ref(), &file])?;
    let mut kea = f64::INFINITY;
    let mut printed = String::new();
    for _ in 0..ROUNDS {
        if let Some(root) = &root {
            kea = kea.min(kea_check(root, &inside)?);
        }
        printed += &measure(&[&file])?;
    }
    printed += &measure(&["memory".as_ref(), &file])?;
    printed += &measure(&["parts".as_ref()])?;
    println!("\n{}", table(&rows(&Printed(printed), kea)?));
    Ok(())
}

/// What the measuring program prints.
fn measure(arguments: &[&Path]) -> Result<String> {
    let program = paths::target().join("release/examples/check_speed");
    let output = clean(program).args(arguments).stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "check_speed failed");
    Ok(String::from_utf8(output.stdout)?)
}

/// How many milliseconds `kea-dhcp4 -t` takes.
fn kea_check(root: &Path, inside: &str) -> Result<f64> {
    let mut command: Command = kea::inside(root);
    command.args(["/usr/sbin/kea-dhcp4", "-t", &format!("{inside}/big.conf")]);
    for name in ["PIDFILE_DIR", "LOCKFILE_DIR", "CONTROL_SOCKET_DIR", "DHCP_DATA_DIR", "LOG_FILE_DIR"] {
        command.env(format!("KEA_{name}"), inside);
    }
    let started = Instant::now();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    ensure!(status.success(), "Kea refuses the file");
    Ok(started.elapsed().as_secs_f64() * 1000.0)
}

fn rows(printed: &Printed, kea: f64) -> Result<Vec<Row>> {
    let milliseconds = |value: f64| format!("{value:.2} ms");
    let [serde, parse, check] = ["serde_json", "parse", "check"].map(|name| printed.get(name));
    let (serde, parse, check) = (serde?, parse?, check?);
    ensure!(printed.get("errors")? < 1.0, "the check refuses the file, Kea does not");
    let [sorting, sweep] = ["sorting", "sweep"].map(|name| printed.get(name));
    let (sorting, sweep) = (sorting?, sweep?);
    let row = |what, value, ratio| Row { what, value, ratio };
    let mut rows = Vec::new();
    if kea.is_finite() {
        rows.push(row(
            "kea-dhcp4 -t",
            milliseconds(kea),
            format!("{:.1}x the check (at least 25)", kea / check),
        ));
    }
    rows.extend([
        row("serde_json into a Value", milliseconds(serde), String::new()),
        row("json::parse", milliseconds(parse), format!("{:.2}x serde_json", parse / serde)),
        row("the whole check", milliseconds(check), format!("{:.2}x serde_json (at most 3)", check / serde)),
        row("memory at the peak", format!("{:.2} B/B", printed.get("memory")?), "at most 6".into()),
        row("expression, median", format!("{:.2} us", printed.get("expression")?), "at most 2".into()),
        row("sorting 100,000 pools", milliseconds(sorting), String::new()),
        row(
            "their overlap sweep",
            milliseconds(sweep),
            format!("{:.2}x sorting (at most 2)", sweep / sorting),
        ),
    ]);
    Ok(rows)
}

fn table(rows: &[Row]) -> String {
    let line = |Row { what, value, ratio }: &Row| format!("{what:<28}{value:>12}   {ratio}\n");
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_of_several_counts() {
        let printed = Printed("check 70.5 ms\nparse 9 ms\ncheck 60.5 ms\n".into());
        assert!((printed.get("check").unwrap() - 60.5).abs() < 1e-9);
        assert!(printed.get("none").is_err());
    }
}
