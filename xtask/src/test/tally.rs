//! Counting what passed, failed and was left out.

/// The numbers of one step or of all.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed; a step without tests of its own counts as one.
    pub passed: usize,
    /// Tests that failed; a step that broke before its tests counts as one.
    pub failed: usize,
    /// What did not run, with the reason.
    pub skipped: Vec<String>,
}

impl Tally {
    /// One thing that did not run.
    pub fn skipped(name: &str, why: &str) -> Self {
        Self { skipped: vec![format!("{name}: {why}")], ..Self::default() }
    }

    /// Reads what a program printed: `test result:` lines, and `SKIPPED <test>: <reason>` lines of tests that found
    /// that they cannot run here.
    pub fn of(text: &str, success: bool) -> Self {
        let mut tally = Self::default();
        let mut could_not = 0;
        for line in text.lines() {
            if let Some(result) = line.trim_start().strip_prefix("test result: ") {
                tally.passed += count(result, "passed");
                tally.failed += count(result, "failed");
                let ignored = count(result, "ignored");
                tally.skipped.extend((0..ignored).map(|_| "an ignored test".to_owned()));
            } else if let Some((_, what)) = line.split_once("SKIPPED ")
                && what.contains(": ")
            {
                tally.skipped.push(what.trim().to_owned());
                could_not += 1;
            }
        }
        // A test that says this ends well, so it was counted.
        tally.passed = tally.passed.saturating_sub(could_not);
        match (success, tally.failed) {
            (false, 0) => tally.failed = 1,
            (true, 0) if !text.contains("test result: ") => tally.passed = 1,
            _ => {}
        }
        tally
    }

    /// Adds another's numbers.
    pub fn add(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped.extend_from_slice(&other.skipped);
    }

    /// The numbers in words.
    pub fn describe(&self) -> String {
        format!("{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped.len())
    }
}

/// The number before a word in `ok. 12 passed; 0 failed; …`.
fn count(result: &str, word: &str) -> usize {
    let words: Vec<&str> = result.split([' ', ';', '.']).filter(|word| !word.is_empty()).collect();
    words
        .windows(2)
        .find(|pair| pair.last() == Some(&word))
        .and_then(|pair| pair.first()?.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RESULT: &str =
        "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 1.2s";

    #[test]
    fn results_are_added_up() {
        let text = format!("running 13 tests\n{RESULT}\ntest result: FAILED. 3 passed; 2 failed; 0 ignored");
        let tally = Tally::of(&text, false);
        assert_eq!((tally.passed, tally.failed, tally.skipped.len()), (15, 2, 1));
    }

    #[test]
    fn a_test_that_could_not_run_did_not_pass() {
        let text = format!("SKIPPED journey::adds: no Chromium here\n{RESULT}");
        let tally = Tally::of(&text, true);
        assert_eq!(tally.passed, 11);
        assert_eq!(tally.skipped, ["journey::adds: no Chromium here", "an ignored test"]);
    }

    #[test]
    fn a_step_without_tests_is_one_check() {
        assert_eq!(Tally::of("done", true), Tally { passed: 1, ..Tally::default() });
        assert_eq!(Tally::of("error: no", false), Tally { failed: 1, ..Tally::default() });
    }

    #[test]
    fn a_build_that_breaks_after_some_tests_counts_as_failed() {
        let tally = Tally::of(RESULT, false);
        assert_eq!((tally.passed, tally.failed), (12, 1));
    }
}
