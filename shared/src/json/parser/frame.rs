//! What is remembered of a map or list while it is open.

/// What stood before the place that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// The opening bracket.
    Opening,
    /// A comma.
    Comma,
    /// A value.
    Value,
    /// A directive: the file that it names may hold anything.
    Include,
}

/// An open map or list.
#[derive(Debug)]
pub(super) struct Frame {
    /// Its node.
    pub(super) node: u32,
    pub(super) is_map: bool,
    pub(super) before: Before,
    /// A bit for each key that was seen: where it is not set, the key is new.
    pub(super) seen: u64,
    /// How many members were seen.
    pub(super) members: u32,
    /// Whether a key has an escape.
    pub(super) is_escaped: bool,
    /// How far the line of its bracket is indented.
    pub(super) indent: usize,
    /// Where that line begins.
    pub(super) line: usize,
}

impl Frame {
    pub(super) fn new(node: u32, is_map: bool, indent: usize, line: usize) -> Self {
        Self { node, is_map, before: Before::Opening, seen: 0, members: 0, is_escaped: false, indent, line }
    }
}
