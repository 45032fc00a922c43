//! The plainest tree of a JSON text: keys may repeat and scalars stay as they were written, so that wrong texts can
//! be built, changed and shrunk.

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A scalar, as it stands in the text.
    Raw(String),
    /// A list.
    List(Vec<Node>),
    /// A map; keys are what stands between their quotes.
    Map(Vec<(String, Node)>),
}

/// A string's scalar.
pub fn string(text: &str) -> Node {
    Node::Raw(quoted(text))
}

/// Any other scalar.
pub fn raw(text: impl ToString) -> Node {
    Node::Raw(text.to_string())
}

/// A map.
pub fn map<const N: usize>(entries: [(&str, Node); N]) -> Node {
    Node::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// A text as a JSON string that both of Kea's readers take: what is not ASCII stays as it is.
pub fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' => out.push_str(&format!("\\u{:04x}", u32::from(letter))),
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}

impl Node {
    /// Adds a key to a map.
    #[must_use]
    pub fn with(mut self, key: &str, value: Node) -> Self {
        self.push(key, value);
        self
    }

    /// Adds a key to a map, or an element whose key does not matter to a list.
    pub fn push(&mut self, key: &str, value: Node) {
        match self {
            Self::Map(entries) => entries.push((key.to_owned(), value)),
            Self::List(items) => items.push(value),
            Self::Raw(_) => {}
        }
    }

    /// The value of a key.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        match self {
            Self::Map(entries) => entries.iter_mut().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The value of a key, or `None`.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match self {
            Self::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// How many values it and everything below it are.
    pub fn size(&self) -> usize {
        1 + match self {
            Self::Raw(_) => 0,
            Self::List(items) => items.iter().map(Node::size).sum(),
            Self::Map(entries) => entries.iter().map(|(_, value)| value.size()).sum(),
        }
    }

    /// The value that comes at `index` in reading order, 0 being this one.
    pub fn nth_mut(&mut self, index: usize) -> Option<&mut Node> {
        let mut left = index;
        self.descend(&mut left)
    }

    fn descend(&mut self, left: &mut usize) -> Option<&mut Node> {
        if *left == 0 {
            return Some(self);
        }
        *left -= 1;
        match self {
            Self::Raw(_) => None,
            Self::List(items) => items.iter_mut().find_map(|item| item.descend(left)),
            Self::Map(entries) => entries.iter_mut().find_map(|(_, value)| value.descend(left)),
        }
    }

    /// The text, without blanks.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Raw(text) => out.push_str(text),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    item.write(out);
                }
                out.push(']');
            }
            Self::Map(entries) => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    out.push_str(if index > 0 { ",\"" } else { "\"" });
                    out.push_str(key);
                    out.push_str("\":");
                    value.write(out);
                }
                out.push('}');
            }
        }
    }

    /// Reads a text, comments and trailing commas included. `None` when it is not of that form.
    pub fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader { rest: text };
        let node = reader.value(0)?;
        reader.blanks();
        reader.rest.is_empty().then_some(node)
    }
}

/// What is left to read.
struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn blanks(&mut self) {
        loop {
            self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
            let after = if self.rest.starts_with("//") || self.rest.starts_with('#') {
                Some(self.rest.find('\n').unwrap_or(self.rest.len()))
            } else if self.rest.starts_with("/*") {
                self.rest.find("*/").map(|at| at + 2)
            } else {
                None
            };
            match after {
                Some(after) => self.rest = &self.rest[after..],
                None => return,
            }
        }
    }

    fn eat(&mut self, letter: char) -> bool {
        self.blanks();
        let after = self.rest.strip_prefix(letter);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn value(&mut self, depth: usize) -> Option<Node> {
        if depth > 200 {
            return None;
        }
        if self.eat('{') {
            let mut entries = Vec::new();
            while !self.eat('}') {
                self.blanks();
                let key = self.quoted()?;
                self.eat(':').then_some(())?;
                entries.push((key[1..key.len() - 1].to_owned(), self.value(depth + 1)?));
                if !self.eat(',') {
                    self.eat('}').then_some(())?;
                    break;
                }
            }
            return Some(Node::Map(entries));
        }
        if self.eat('[') {
            let mut items = Vec::new();
            while !self.eat(']') {
                items.push(self.value(depth + 1)?);
                if !self.eat(',') {
                    self.eat(']').then_some(())?;
                    break;
                }
            }
            return Some(Node::List(items));
        }
        self.scalar()
    }

    fn scalar(&mut self) -> Option<Node> {
        if self.rest.starts_with('"') {
            return self.quoted().map(raw);
        }
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '-' | '.'));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        (!word.is_empty()).then(|| raw(word))
    }

    /// A string with its quotes.
    fn quoted(&mut self) -> Option<&'a str> {
        self.rest.starts_with('"').then_some(())?;
        let mut escaped = false;
        for (at, byte) in self.rest.bytes().enumerate().skip(1) {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    let (text, rest) = self.rest.split_at(at + 1);
                    self.rest = rest;
                    return Some(text);
                }
                _ => {}
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_prints() {
        let text = "{ \"a\": [1, -2.5e3, \"x\\\"]\", null,], // one\n \"a\": {} /* two */ }";
        assert_eq!(Node::parse(text).unwrap().text(), r#"{"a":[1,-2.5e3,"x\"]",null],"a":{}}"#);
        for wrong in ["", "{", "[1", "{\"a\"}", "1 2", "{a:1}", "\"a"] {
            assert_eq!(Node::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn values_are_counted_in_reading_order() {
        let mut node = Node::parse(r#"{"a":[1,2],"b":{"c":3}}"#).unwrap();
        assert_eq!(node.size(), 6);
        let texts: Vec<String> = (0..7).filter_map(|at| node.nth_mut(at).map(|node| node.text())).collect();
        assert_eq!(texts[1..], ["[1,2]", "1", "2", r#"{"c":3}"#, "3"]);
    }
}
