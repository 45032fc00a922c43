//! The tree: one small node for each value, in the order of the text.

use super::{Element, Include, SyntaxError, index::Index, trivia::boundary};
use std::{fmt::Write as _, sync::OnceLock};

/// A value's number in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

/// Where a value stands. Its children follow it directly; `after` is the number behind the last of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// Where its key's quote is, or [`NO_KEY`].
    pub(super) key: u32,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) after: u32,
}

/// A path says so many of its steps.
const MAX_STEPS: usize = 64;
/// A path says so many bytes of a key: no key of Kea's has as many.
const MAX_KEY: usize = 100;

/// The key of a value that is no member of a map.
pub(super) const NO_KEY: u32 = u32::MAX;

/// A text and the places of the values in it.
#[derive(Debug, Clone)]
pub struct Document<'t> {
    pub(super) text: &'t str,
    pub(super) nodes: Vec<Node>,
    pub(super) errors: Vec<SyntaxError>,
    pub(super) includes: Vec<Include>,
    pub(super) escaped: Vec<NodeId>,
    /// Where the keys begin that come again further down in their maps, sorted.
    pub(super) superseded: Vec<u32>,
    /// Made when it is first needed: most texts are read from the top to the end, and need none.
    pub(super) index: OnceLock<Index>,
}

impl<'t> Document<'t> {
    /// The whole text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The value that the text is; `None`: there is none.
    pub fn root(&self) -> Option<Element<'_>> {
        self.element(NodeId(0))
    }

    /// What cannot be read, in the order of the text.
    pub fn errors(&self) -> &[SyntaxError] {
        &self.errors
    }

    /// Where the keys begin that come again further down in their maps, sorted. Over the API the last one counts.
    pub(crate) fn superseded(&self) -> &[u32] {
        &self.superseded
    }

    /// What finds a value's surroundings without a walk.
    pub(super) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(self))
    }

    /// The directives that name other files. What those hold is not in the tree.
    pub fn includes(&self) -> &[Include] {
        &self.includes
    }

    /// The members whose keys have escapes; at most the first hundred. Kea knows its own keys only without.
    pub fn escaped_keys(&self) -> impl Iterator<Item = Element<'_>> {
        self.escaped.iter().filter_map(|id| self.element(*id))
    }

    /// A value by its number.
    pub fn element(&self, id: NodeId) -> Option<Element<'_>> {
        self.node(id.0)?;
        Some(Element { document: self, id })
    }

    /// Every value, in the order of the text.
    pub(crate) fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        let ids = (0..self.nodes.len()).filter_map(|id| u32::try_from(id).ok());
        ids.map(|id| Element { document: self, id: NodeId(id) })
    }

    pub(super) fn node(&self, id: u32) -> Option<&Node> {
        self.nodes.get(usize::try_from(id).ok()?)
    }

    /// The paths of values, such as `Dhcp4.subnet4[0].pools[1]`, for numbers that are sorted. One walk answers all.
    pub fn paths(&self, sorted: &[NodeId]) -> Vec<String> {
        let mut wanted = sorted.iter().peekable();
        let mut found = Vec::with_capacity(sorted.len());
        // The values around the one that is looked at: which, and how many came before it in its list.
        let mut around: Vec<(u32, usize)> = Vec::new();
        let mut next = Some((0, 0));
        while let (Some((id, index)), Some(target)) = (next, wanted.peek().map(|target| target.0)) {
            let Some(node) = self.node(id) else { break };
            if target >= node.after {
                next = self.sibling(&mut around, node.after, index);
                continue;
            }
            around.push((id, index));
            if target == id {
                let path = self.path(&around);
                while wanted.next_if(|other| other.0 == id).is_some() {
                    found.push(path.clone());
                }
            }
            next = if id + 1 < node.after {
                Some((id + 1, 0))
            } else {
                around.pop();
                self.sibling(&mut around, node.after, index)
            };
        }
        found.resize(sorted.len(), String::new());
        found
    }

    /// The value that comes next at `after`, behind the one of `index`: in the same list, or in one further out.
    fn sibling(&self, around: &mut Vec<(u32, usize)>, after: u32, index: usize) -> Option<(u32, usize)> {
        let mut index = index;
        while let Some((parent, of_parent)) = around.last().copied() {
            if after < self.node(parent)?.after {
                return Some((after, index + 1));
            }
            around.pop();
            index = of_parent;
        }
        None
    }

    /// Of a path that is very deep, or of a key that is very long, only the ends are said.
    fn path(&self, around: &[(u32, usize)]) -> String {
        let mut path = String::new();
        let inner = around.get(1..).unwrap_or_default();
        let left_out =
            if inner.len() > MAX_STEPS { MAX_STEPS / 2..inner.len() - MAX_STEPS / 2 } else { 0..0 };
        for (step, (id, index)) in inner.iter().enumerate() {
            if left_out.contains(&step) {
                if step == left_out.start {
                    path.push('…');
                }
                continue;
            }
            match self.element(NodeId(*id)).and_then(Element::key) {
                Some(key) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    let end = boundary(&key, MAX_KEY);
                    path.push_str(key.get(..end).unwrap_or_default());
                    path.push_str(if end < key.len() { "…" } else { "" });
                }
                None => {
                    // Writing to a string cannot fail.
                    let _ = write!(path, "[{index}]");
                }
            }
        }
        path
    }
}
