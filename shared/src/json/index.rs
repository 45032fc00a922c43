//! What finds a value's surroundings without a walk: for those who ask about many values.

use super::{Document, Element, NodeId};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Maps with more members are in the index of members.
pub(super) const FEW: usize = 64;

/// A value is looked for in so many steps from the top.
const NEAR: usize = 256;

const NOBODY: u32 = u32::MAX;

/// The index of a document.
#[derive(Debug, Clone)]
pub(super) struct Index {
    /// What holds each value.
    parents: Vec<u32>,
    /// The members of the big maps, of several with one key the last: sorted.
    members: Vec<Member>,
}

/// A member of a big map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Member {
    map: u32,
    /// The hash of its key.
    key: u64,
    id: u32,
}

impl Index {
    pub(super) fn of(document: &Document<'_>) -> Self {
        let parents = parents(document);
        let mut counts = vec![0_usize; parents.len()];
        for parent in &parents {
            if let Some(count) = place(*parent).and_then(|parent| counts.get_mut(parent)) {
                *count += 1;
            }
        }
        let is_big = |map: u32| place(map).and_then(|map| counts.get(map)).is_some_and(|count| *count > FEW);
        let big = parents.iter().zip(0..).filter(|(map, _)| is_big(**map));
        let member = |(map, id): (&u32, u32)| {
            let key = document.element(NodeId(id))?.key()?;
            Some(Member { map: *map, key: hash(&key), id })
        };
        let mut members: Vec<Member> = big.filter_map(member).collect();
        members.sort_unstable();
        members.dedup_by(|again, kept| {
            let key = |member: &Member| document.element(NodeId(member.id)).and_then(Element::key);
            let is_same = (again.map, again.key) == (kept.map, kept.key) && key(again) == key(kept);
            if is_same {
                kept.id = again.id;
            }
            is_same
        });
        Self { parents, members }
    }

    /// What holds a value; `None` for the whole document.
    fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.parents.get(place(id.0)?).copied().filter(|parent| *parent != NOBODY).map(NodeId)
    }

    /// The child of `parent` in which a value stands, or which it is.
    fn child_around(&self, parent: NodeId, id: NodeId) -> Option<NodeId> {
        let mut here = id;
        loop {
            let around = self.parent(here)?;
            if around == parent {
                return Some(here);
            }
            here = around;
        }
    }
}

/// The numbers of what holds each value.
fn parents(document: &Document<'_>) -> Vec<u32> {
    let mut around: Vec<(u32, u32)> = Vec::new();
    let parent = |(node, id): (&super::document::Node, u32)| {
        while around.pop_if(|(_, after)| *after <= id).is_some() {}
        let parent = around.last().map_or(NOBODY, |(parent, _)| *parent);
        around.push((id, node.after));
        parent
    };
    document.nodes.iter().zip(0..).map(parent).collect()
}

fn place(id: u32) -> Option<usize> {
    usize::try_from(id).ok()
}

fn hash(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

impl Document<'_> {
    /// The value that holds a value, and the one before it in there; `None` for the whole document.
    pub(super) fn around(&self, id: NodeId) -> Option<(Element<'_>, Option<Element<'_>>)> {
        if let Some(found) = self.near_the_top(id) {
            return Some(found);
        }
        let index = self.index();
        let parent = index.parent(id)?;
        let before = NodeId(id.0.checked_sub(1)?);
        let before = index.child_around(parent, before).and_then(|before| self.element(before));
        Some((self.element(parent)?, before))
    }

    /// The same for a value that is found in a few steps from the top: nobody needs an index for those.
    fn near_the_top(&self, id: NodeId) -> Option<(Element<'_>, Option<Element<'_>>)> {
        let (mut parent, mut before, mut here) = (0, None, 1);
        for _ in 0..NEAR {
            let after = self.node(here)?.after;
            if here == id.0 {
                return Some((self.element(NodeId(parent))?, before.and_then(|id| self.element(NodeId(id)))));
            }
            if id.0 < after {
                (parent, before, here) = (here, None, here + 1);
            } else {
                (before, here) = (Some(here), after);
            }
        }
        None
    }

    /// The last child of a map or list.
    pub(super) fn last_child(&self, id: NodeId) -> Option<Element<'_>> {
        let last = NodeId(self.node(id.0)?.after.checked_sub(1)?);
        self.element(self.index().child_around(id, last)?)
    }

    /// The member of a map with more than [`FEW`] members; of several with one key, the last.
    pub(super) fn member(&self, map: NodeId, key: &str) -> Option<Element<'_>> {
        let wanted = (map.0, hash(key));
        let members = &self.index().members;
        let first = members.partition_point(|member| (member.map, member.key) < wanted);
        let same = members.iter().skip(first).take_while(|member| (member.map, member.key) == wanted);
        same.filter_map(|member| self.element(NodeId(member.id))).find(|member| member.has_key(key))
    }
}
