//! `match()`: does a regular expression match all of some bytes? ECMAScript as GNU's C++ library runs it.
//!
//! A matcher of its own, because no crate has that dialect: back-references and lookahead, bytes and not characters.
//! It remembers where it has been, so it needs no more than pattern × text steps where Kea may need exponentially many;
//! it gives up after a million all the same. Which patterns Kea takes at all is not decided here.

mod read;
mod run;
mod set;

use read::Tree;
use set::Set;

/// How many instructions a pattern may become; Kea's library has the same bound on its states.
const MAX_PROGRAM: usize = 100_000;

/// One instruction of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Set(usize),
    Split(usize, usize),
    Jump(usize),
    Save(usize),
    Begin,
    End,
    Word(bool),
    /// A lookahead whose body is behind it: whether it must fail, and where it goes on.
    Look(bool, usize),
    Back(usize),
    Found,
}

/// A regular expression, ready to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regex {
    steps: Vec<Step>,
    sets: Vec<Set>,
    has_back: bool,
}
impl Regex {
    /// Prepares a pattern that Kea accepts.
    ///
    /// # Errors
    /// One sentence, where the pattern is none or is too big.
    pub fn new(pattern: &str) -> Result<Self, &'static str> {
        let (tree, sets) = read::read(pattern)?;
        let mut regex = Self { steps: Vec::new(), sets, has_back: false };
        regex.emit(&tree)?;
        regex.steps.push(Step::Found);
        regex.has_back = regex.steps.iter().any(|step| matches!(step, Step::Back(_)));
        Ok(regex)
    }

    /// Whether it matches all of `text`.
    ///
    /// # Errors
    /// One sentence, when that takes too many steps.
    pub fn matches(&self, text: &[u8]) -> Result<bool, &'static str> {
        run::matches(self, text)
    }

    fn push(&mut self, step: Step) -> Result<usize, &'static str> {
        if self.steps.len() >= MAX_PROGRAM {
            return Err("the regular expression is too big");
        }
        self.steps.push(step);
        Ok(self.steps.len() - 1)
    }

    fn set(&mut self, at: usize, step: Step) {
        if let Some(place) = self.steps.get_mut(at) {
            *place = step;
        }
    }

    fn emit(&mut self, tree: &Tree) -> Result<(), &'static str> {
        match tree {
            Tree::Empty => (),
            Tree::Step(step) => _ = self.push(*step)?,
            Tree::Sequence(parts) => parts.iter().try_for_each(|part| self.emit(part))?,
            Tree::Either(parts) => self.emit_either(parts)?,
            Tree::Group(index, inner) => {
                self.push(Step::Save(index * 2))?;
                self.emit(inner)?;
                self.push(Step::Save(index * 2 + 1))?;
            }
            Tree::Look(negative, inner) => {
                let look = self.push(Step::Look(*negative, 0))?;
                self.emit(inner)?;
                let found = self.push(Step::Found)?;
                self.set(look, Step::Look(*negative, found + 1));
            }
            Tree::Repeat(inner, least, most, lazy) => self.emit_repeat(inner, *least, *most, *lazy)?,
        }
        Ok(())
    }

    fn emit_either(&mut self, parts: &[Tree]) -> Result<(), &'static str> {
        let mut ends = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            if index + 1 == parts.len() {
                self.emit(part)?;
            } else {
                let split = self.push(Step::Split(0, 0))?;
                self.emit(part)?;
                ends.push(self.push(Step::Jump(0))?);
                self.set(split, Step::Split(split + 1, self.steps.len()));
            }
        }
        let end = self.steps.len();
        ends.into_iter().for_each(|at| self.set(at, Step::Jump(end)));
        Ok(())
    }

    fn emit_repeat(
        &mut self,
        inner: &Tree,
        least: u32,
        most: Option<u32>,
        lazy: bool,
    ) -> Result<(), &'static str> {
        for _ in 0..least {
            self.push(Step::Jump(self.steps.len() + 1))?;
            self.emit(inner)?;
        }
        let fork =
            |into: usize, past: usize| if lazy { Step::Split(past, into) } else { Step::Split(into, past) };
        match most {
            None => {
                let split = self.push(Step::Split(0, 0))?;
                self.emit(inner)?;
                self.push(Step::Jump(split))?;
                self.set(split, fork(split + 1, self.steps.len()));
            }
            Some(most) => {
                let mut splits = Vec::new();
                for _ in least..most {
                    splits.push(self.push(Step::Split(0, 0))?);
                    self.emit(inner)?;
                }
                let end = self.steps.len();
                splits.into_iter().for_each(|at| self.set(at, fork(at + 1, end)));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_all_of_the_text() {
        for (pattern, text, expected) in [
            ("abc", "abc", true),
            ("ab", "abc", false),
            ("a.c", "a\nc", false),
            ("a*b+c?", "aabb", true),
            ("(a|bc)*d", "abcabcd", true),
            ("(a+)+b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
            ("a{2,3}", "aaaa", false),
            ("a{2,}", "aaaa", true),
            ("[a-c-]+", "a-c", true),
            ("[^a]", "\n", true),
            ("[]", "a", false),
            ("[^]", "a", true),
            ("[[:digit:]x]+", "1x2", true),
            (r"\d\w\s\D", "1_ x", true),
            (r"(..)\1", "abab", true),
            (r"(..)\1", "abac", false),
            (r"(a)?\1b", "b", false),
            ("(?=a)..", "ab", true),
            ("(?!a)..", "ab", false),
            (r"\bfoo\b", "foo", true),
            (r"\x41A", "AA", true),
            ("a|", "", true),
            ("a**", "aaa", true),
            ("(a*)*", "b", false),
            ("^a$", "a", true),
        ] {
            assert_eq!(
                Regex::new(pattern).unwrap().matches(text.as_bytes()),
                Ok(expected),
                "{pattern} on {text:?}"
            );
        }
    }

    #[test]
    fn big_and_slow_ones_end() {
        assert!(Regex::new("((((a{99}){99}){99}){99}){99}").is_err());
        assert!(Regex::new(&"(".repeat(100_000)).is_err());
        let groups = format!(r"{}\1b", "(a?)".repeat(9_000));
        assert!(Regex::new(&groups).unwrap().matches(&[b'a'; 9_000]).is_err());
        let looks = format!("({}a)*b", "(?=a*)".repeat(2_000));
        assert!(Regex::new(&looks).unwrap().matches(&[b'a'; 9_000]).is_err());
        let text = "a".repeat(30_000);
        assert!(Regex::new(r"(a*)*\1\1(a|b)*c").unwrap().matches(text.as_bytes()).is_err());
    }
}
