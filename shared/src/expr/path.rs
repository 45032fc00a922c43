//! What comes behind the last dot of `option[…].text`, `pkt4.mac` and their like.

use super::tree::Type;

macro_rules! fields {
    ($($variant:ident $name:literal $does:literal;)+) => {
        /// The last word of a path.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Field {
            $(#[doc = concat!("`.", $name, "`: ", $does)] $variant,)+
        }

        impl Field {
            /// Every field.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its name in the language.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The field of a name.
            pub fn by_name(name: &str) -> Option<Self> {
                Some(match name { $($name => Self::$variant,)+ _ => return None })
            }

            /// What it gives, in one line.
            pub const fn does(self) -> &'static str {
                match self { $(Self::$variant => $does),+ }
            }
        }
    };
}

fields! {
    Text "text" "the option's value as text";
    Hex "hex" "the option's value as bytes";
    Exists "exists" "whether it is in the packet";
    Iface "iface" "the name of the interface that the packet came in on";
    Src "src" "the packet's source address, 4 or 16 bytes";
    Dst "dst" "the packet's destination address, 4 or 16 bytes";
    Len "len" "the packet's length, a number of 4 bytes";
    Mac "mac" "the client's hardware address, `hlen` bytes";
    Hlen "hlen" "the hardware address's length, a number of 4 bytes";
    Htype "htype" "the hardware type, a number of 4 bytes (Ethernet is 1)";
    Ciaddr "ciaddr" "the address that the client has, 4 bytes";
    Giaddr "giaddr" "the relay's address, 4 bytes";
    Yiaddr "yiaddr" "the address that the client gets, 4 bytes";
    Siaddr "siaddr" "the next server's address, 4 bytes";
    Msgtype "msgtype" "the message type, a number of 4 bytes";
    Transid "transid" "the transaction id, a number of 4 bytes";
    PeerAddr "peeraddr" "the address that the relay got the message from, 16 bytes";
    LinkAddr "linkaddr" "the address that tells the client's link, 16 bytes";
    Enterprise "enterprise" "the vendor's enterprise number, 4 bytes";
    Data "data" "the vendor class's data; `data[1]` is the second piece";
}

impl Field {
    /// What it gives: `exists` is a condition, all others are strings.
    pub const fn result(self) -> Type {
        match self {
            Self::Exists => Type::Condition,
            _ => Type::String,
        }
    }
}

/// What reads an option's value.
pub(super) const OF_OPTION: &[Field] = &[Field::Text, Field::Hex, Field::Exists];
/// What `pkt` has.
pub(super) const OF_PKT: &[Field] = &[Field::Iface, Field::Src, Field::Dst, Field::Len];
/// What `pkt4` has.
pub(super) const OF_PKT4: &[Field] = &[
    Field::Mac,
    Field::Hlen,
    Field::Htype,
    Field::Ciaddr,
    Field::Giaddr,
    Field::Yiaddr,
    Field::Siaddr,
    Field::Msgtype,
    Field::Transid,
];
/// What `pkt6` has.
pub(super) const OF_PKT6: &[Field] = &[Field::Msgtype, Field::Transid];
/// What `relay6[n]` has besides `.option[…]`.
pub(super) const OF_RELAY6: &[Field] = &[Field::PeerAddr, Field::LinkAddr];
/// What `vendor` and `vendor-class` have without a number.
pub(super) const OF_ANY_VENDOR: &[Field] = &[Field::Enterprise];
/// What `vendor[n]` has besides `.option[…]`.
pub(super) const OF_VENDOR: &[Field] = &[Field::Exists];
/// What `vendor-class[n]` has.
pub(super) const OF_VENDOR_CLASS: &[Field] = &[Field::Exists, Field::Data];
