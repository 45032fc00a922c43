//! The tree: one small node for each value, in the order of the text.

use super::{Element, Include, SyntaxCode, SyntaxError};

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
    pub(crate) fn superseded(&self) -> Vec<usize> {
        let repeated = self.errors.iter().filter(|error| error.code == SyntaxCode::DuplicateKey);
        let mut pairs: Vec<(usize, usize)> =
            repeated.filter_map(|error| Some((error.related.first()?.0.start, error.span.start))).collect();
        pairs.sort_unstable();
        let mut found: Vec<usize> = pairs.iter().map(|(first, _)| *first).collect();
        for pair in pairs.windows(2) {
            if let [(one, again), (two, _)] = pair
                && one == two
            {
                found.push(*again);
            }
        }
        found.sort_unstable();
        found
    }

    /// The value that holds a value, and the one before it in there; `None` for the whole document.
    pub(super) fn around(&self, id: NodeId) -> Option<(Element<'_>, Option<Element<'_>>)> {
        let mut parent = self.root()?;
        loop {
            let mut before = None;
            let child = parent.children().take_while(|child| child.id <= id).inspect(|child| {
                if child.id != id {
                    before = Some(*child);
                }
            });
            let child = child.last()?;
            if child.id == id {
                return Some((parent, before));
            }
            parent = child;
        }
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

    fn path(&self, around: &[(u32, usize)]) -> String {
        let mut path = String::new();
        for (id, index) in around.iter().skip(1) {
            match self.element(NodeId(*id)).and_then(Element::key) {
                Some(key) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(&key);
                }
                None => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }
}
