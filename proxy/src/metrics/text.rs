//! The text form: one line a sample.

use std::fmt::Write as _;

/// A text while it is written.
#[derive(Debug, Default)]
pub struct Text(String);

impl Text {
    /// Begins the samples of one name.
    pub fn family(&mut self, name: &str, kind: &str, help: &str) {
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    /// One sample.
    pub fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: f64) {
        self.0.push_str(name);
        for (index, (label, text)) in labels.iter().enumerate() {
            self.0.push(if index == 0 { '{' } else { ',' });
            let _ = write!(self.0, "{label}=\"");
            text.chars().for_each(|character| self.escaped(character));
            self.0.push('"');
        }
        if !labels.is_empty() {
            self.0.push('}');
        }
        let _ = writeln!(self.0, " {value}");
    }

    fn escaped(&mut self, character: char) {
        match character {
            '\\' => self.0.push_str("\\\\"),
            '"' => self.0.push_str("\\\""),
            '\n' => self.0.push_str("\\n"),
            other => self.0.push(other),
        }
    }

    /// The finished text.
    pub fn finish(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_escaped() {
        let mut text = Text::default();
        text.family("a", "gauge", "Help.");
        text.sample("a", &[], 1.0);
        text.sample("a", &[("x", "q\"\\\n"), ("y", "ü")], 0.5);
        assert_eq!(text.finish(), "# HELP a Help.\n# TYPE a gauge\na 1\na{x=\"q\\\"\\\\\\n\",y=\"ü\"} 0.5\n");
    }
}
