//! The tree of an expression: nodes in one vector, children before their parent, so that no walk recurses.

use super::{call::Function, path::Field, problem::Problem, span::Span};
use crate::KeaVersion;

/// Place of a node in [`Parsed::nodes`].
pub type NodeId = usize;

/// What a part of an expression is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// True or false.
    Condition,
    /// Bytes.
    String,
    /// A word or number that only has a meaning at its place, such as `all`.
    Argument,
    /// The head of a path, such as `option[1]` in front of `.text`.
    Path,
    /// A part that is wrong already: nothing more is said about it.
    Unknown,
}

/// An operator between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `sor`: as `or`, both sides always evaluated (Kea ≥ 2.7.2). Binds weakest.
    Sor,
    /// `or`
    Or,
    /// `sand`: as `and`, both sides always evaluated (Kea ≥ 2.7.2).
    Sand,
    /// `and`
    And,
    /// `==`
    Equal,
    /// `+`: joins two strings. Binds strongest.
    Plus,
}

impl Operator {
    /// Every operator, the weakest first.
    pub const ALL: [Self; 6] = [Self::Sor, Self::Or, Self::Sand, Self::And, Self::Equal, Self::Plus];

    /// How it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sor => "sor",
            Self::Or => "or",
            Self::Sand => "sand",
            Self::And => "and",
            Self::Equal => "==",
            Self::Plus => "+",
        }
    }

    /// The higher, the tighter it binds. `not` is between `and` and `==`.
    pub(super) const fn strength(self) -> u8 {
        match self {
            Self::Sor => 1,
            Self::Or => 2,
            Self::Sand => 3,
            Self::And => 4,
            Self::Equal => 6,
            Self::Plus => 7,
        }
    }

    /// What its two operands must be.
    pub const fn operands(self) -> Type {
        match self {
            Self::Equal | Self::Plus => Type::String,
            _ => Type::Condition,
        }
    }

    /// The first Kea that has it; 2.2 stands for all that Perch supports.
    pub const fn since(self) -> KeaVersion {
        match self {
            Self::Sor | Self::Sand => KeaVersion::new(2, 7, 2),
            _ => KeaVersion::OLDEST,
        }
    }

    /// What it gives.
    pub const fn result(self) -> Type {
        match self {
            Self::Plus => Type::String,
            _ => Type::Condition,
        }
    }
}

/// How a path names its option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// By its number.
    Number(u16),
    /// By its name, which is here in the text.
    Name(Span),
}

/// Which vendor's option is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Vendor {
    /// `vendor.enterprise`: whichever comes.
    Unselected,
    /// `vendor[*]`, and `vendor[0]` means the same.
    Any,
    /// `vendor[4491]`
    Number(u32),
}

/// What a node is. A path such as `option[82].option[1].hex` is three nodes, each the only child of the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `'text'`; its text is between the quotes.
    Text,
    /// `0x0102`
    Hex,
    /// An IPv4 or IPv6 address.
    Address,
    /// An integer as a string expression: 4 bytes.
    Integer(u32),
    /// An integer argument of `substring` or `split`; `None` does not fit 32 bits, which Kea notices only when it
    /// evaluates: the packet is then in no such class.
    Number(Option<i32>),
    /// `all` as `substring`'s length.
    All,
    /// `member`'s class in quotes.
    ClassName,
    /// `match`'s regular expression in quotes.
    Pattern,
    /// `option[…]`, a head.
    Option(Code),
    /// `relay4[…]`, a head: a sub-option of option 82.
    Relay4(u16),
    /// `relay6[…]`, a head: 0 is the relay next to the server, -1 the one next to the client.
    Relay6(i8),
    /// `vendor…`, a head.
    Vendor(Vendor),
    /// `vendor-class…`, a head.
    VendorClass(Vendor),
    /// `pkt`, a head.
    Pkt,
    /// `pkt4`, a head.
    Pkt4,
    /// `pkt6`, a head.
    Pkt6,
    /// `.option[…]` behind its only child.
    SubOption(Code),
    /// The end of a path behind its only child.
    Field(Field),
    /// `.data[n]` (and `.data`, which is `.data[0]`) behind its only child.
    Data(u8),
    /// `not` and its only child.
    Not,
    /// Two operands.
    Binary(Operator),
    /// A function and its arguments.
    Call(Function),
    /// `( … )` and its only child.
    Group,
    /// What could not be understood, over any number of children; there is a problem about it.
    Error,
}

/// One node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// All of its text.
    pub span: Span,
    /// How many nodes it has with all below it: they are the ones right before it in the vector.
    pub size: u32,
}

/// An expression as a tree, with what is wrong about its syntax and types.
#[derive(Debug, Clone)]
pub struct Parsed<'t> {
    pub(super) text: &'t str,
    pub(super) nodes: Vec<Node>,
    pub(super) problems: Vec<Problem>,
}

impl<'t> Parsed<'t> {
    /// The expression's text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// All nodes, children before their parent (the order in which Kea evaluates).
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// One node.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// The whole expression's node; `None` for an empty text.
    pub fn root(&self) -> Option<NodeId> {
        self.nodes.len().checked_sub(1)
    }

    /// What is wrong with the syntax or the types, in the text's order.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The children of a node, the **last first**.
    pub fn children(&self, id: NodeId) -> Children<'_> {
        let size = self.nodes.get(id).map_or(1, |node| node.size as usize);
        Children { nodes: &self.nodes, next: id, first: (id + 1).saturating_sub(size) }
    }

    /// The only child of a `not`, a group or a step of a path.
    pub fn child(&self, id: NodeId) -> Option<NodeId> {
        self.children(id).next()
    }

    /// Both operands of a binary node.
    pub fn operands(&self, id: NodeId) -> Option<(NodeId, NodeId)> {
        let mut children = self.children(id);
        let right = children.next()?;
        Some((children.next()?, right))
    }

    /// The node itself, without the parentheses around it.
    pub fn inside(&self, mut id: NodeId) -> NodeId {
        while let Some(Node { kind: Kind::Group, .. }) = self.nodes.get(id)
            && let Some(child) = id.checked_sub(1)
        {
            id = child;
        }
        id
    }

    /// The text of a node.
    pub fn source(&self, id: NodeId) -> &'t str {
        self.nodes.get(id).map_or("", |node| node.span.of(self.text))
    }

    /// What is between the quotes of a text, class name or pattern.
    pub fn quoted(&self, id: NodeId) -> &'t str {
        let source = self.source(id);
        source.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap_or(source)
    }

    /// What a node gives.
    pub fn type_of(&self, id: NodeId) -> Type {
        self.nodes.get(self.inside(id)).map_or(Type::Unknown, |node| node.kind.result())
    }
}

impl Kind {
    /// What it gives. A group gives what its child gives; ask [`Parsed::type_of`].
    pub const fn result(self) -> Type {
        match self {
            Self::Text | Self::Hex | Self::Address | Self::Integer(_) | Self::Data(_) => Type::String,
            Self::Number(_) | Self::All | Self::ClassName | Self::Pattern => Type::Argument,
            Self::Option(_)
            | Self::Relay4(_)
            | Self::Relay6(_)
            | Self::Vendor(_)
            | Self::VendorClass(_)
            | Self::Pkt
            | Self::Pkt4
            | Self::Pkt6
            | Self::SubOption(_) => Type::Path,
            Self::Field(field) => field.result(),
            Self::Not => Type::Condition,
            Self::Binary(operator) => operator.result(),
            Self::Call(function) => function.result(),
            Self::Group | Self::Error => Type::Unknown,
        }
    }
}

/// The children of a node, the last first.
#[derive(Debug, Clone)]
pub struct Children<'a> {
    nodes: &'a [Node],
    next: usize,
    first: usize,
}

impl Iterator for Children<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        let child = self.next.checked_sub(1).filter(|child| *child >= self.first)?;
        let size = self.nodes.get(child)?.size as usize;
        self.next = (child + 1).saturating_sub(size);
        Some(child)
    }
}
