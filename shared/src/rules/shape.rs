//! Walking a configuration along the schema: unknown keys and values that a reader does not take. One look-up for
//! each member; whatever is wrong is said by the rules in `key` and `value`.

use super::{Findings, key, value};
use crate::{
    Daemon, KeaVersion,
    diagnostic::Readers,
    json::{Element, Kind, SyntaxError},
    schema::{Fault, Object, Row, Schema, Type},
};

/// One configuration on its way through the schema.
pub(super) struct Shape<'d> {
    pub(super) daemon: Daemon,
    pub(super) version: KeaVersion,
    pub(super) schema: Schema,
    /// The map below the daemon's key.
    pub(super) root: Element<'d>,
    /// Whether the whole text could be read. Where it could not, nobody knows what is missing.
    is_whole: bool,
    /// Where the keys stand that come again in their maps: the last one counts.
    superseded: &'d [u32],
    /// Whether nobody but the grammar of files looks at it.
    pub(super) only_grammar: bool,
}

/// A member of a map, and which object the map is.
#[derive(Clone, Copy)]
pub(super) struct Member<'d> {
    pub(super) map: Element<'d>,
    pub(super) object: Object,
    pub(super) value: Element<'d>,
}

/// The keys that an object has and a map does not: those that an unknown key may have meant.
pub(super) struct Free<'d> {
    schema: Schema,
    map: Element<'d>,
    object: Object,
    keys: Option<Vec<&'static str>>,
}

impl<'d> Free<'d> {
    fn new(schema: Schema, map: Element<'d>, object: Object) -> Self {
        Self { schema, map, object, keys: None }
    }

    /// The keys; they are looked for once.
    pub(super) fn keys(&mut self) -> &[&'static str] {
        let (schema, map, object) = (self.schema, self.map, self.object);
        self.keys.get_or_insert_with(|| {
            schema.rows(object).map(Row::key).filter(|known| map.get(known).is_none()).collect()
        })
    }
}

impl<'d> Shape<'d> {
    /// The shape that a daemon's configuration must have.
    pub(super) fn new(daemon: Daemon, version: KeaVersion, root: Element<'d>) -> Self {
        let document = root.document();
        let is_whole =
            document.errors().iter().all(SyntaxError::hides_nothing) && document.includes().is_empty();
        let superseded = document.superseded();
        let schema = Schema::new(daemon, version);
        Self { daemon, version, schema, root, is_whole, superseded, only_grammar: false }
    }

    fn is_superseded(&self, value: Element<'_>) -> bool {
        !self.superseded.is_empty()
            && value.key_start().is_some_and(|start| self.superseded.binary_search(&start).is_ok())
    }

    /// Checks the whole configuration.
    pub(super) fn check(&self, out: &mut Findings) {
        let object = match self.daemon {
            Daemon::Dhcp4 | Daemon::Dhcp6 => Object::GLOBAL,
            Daemon::ControlAgent => Object::CONTROL_AGENT,
            Daemon::Ddns => Object::DDNS_SERVER,
            Daemon::Netconf => Object::NETCONF,
        };
        match self.root.kind() {
            Kind::Map if self.root.children().next().is_none() => {
                if self.is_whole && self.daemon != Daemon::Netconf {
                    out.push(value::empty::of_daemon(self.root));
                }
            }
            Kind::Map => self.map(self.root, object, out),
            _ => out.push(value::wrong_type::finding(self.root, Type::MAP, Readers::BOTH)),
        }
    }

    /// Checks a map. The data nests objects a few levels deep, so this never goes deep either.
    fn map(&self, map: Element<'d>, object: Object, out: &mut Findings) {
        let mut free = Free::new(self.schema, map, object);
        for value in map.children().filter(|value| !self.is_superseded(*value)) {
            let Some(key) = value.key() else { continue };
            let member = Member { map, object, value };
            match self.schema.key(object, &key) {
                Some(row) => self.known(member, row, out),
                None => self.unknown(member, &key, &mut free, out),
            }
        }
        if has_needed(object) && self.is_whole {
            key::missing::check(self, map, object, out);
        }
    }

    fn known(&self, member: Member<'d>, row: &'static Row, out: &mut Findings) {
        let value = member.value;
        let file = row.file.fault(value);
        let kea = if row.kea == row.file { file } else { row.kea.fault(value) };
        if file.is_some() || kea.is_some() {
            self.fault(member, row, (file, kea), out);
        }
        if !row.now().is_empty() {
            key::duplicate_meaning::check(self, member, row, out);
        } else if row.key() == "comment" {
            key::duplicate_meaning::comment(member, out);
        }
        let Some(child) = row.child() else { return };
        if is_ignored(member, row) && !self.only_grammar {
            let inside = Self { only_grammar: true, ..*self };
            inside.below(value, child, out);
        } else {
            self.below(value, child, out);
        }
    }

    /// Checks the map that a value is, or the maps in it.
    fn below(&self, value: Element<'d>, child: Object, out: &mut Findings) {
        match value.source().as_bytes().first() {
            Some(b'{') => self.map(value, child, out),
            Some(b'[') => {
                for item in value.children().filter(|item| item.source().starts_with('{')) {
                    self.map(item, child, out);
                }
            }
            _ => {}
        }
    }

    /// Says what is wrong with a value. `faults` are those of the grammar of files and of the parsers behind it.
    fn fault(
        &self,
        member: Member<'d>,
        row: &'static Row,
        faults: (Option<Fault>, Option<Fault>),
        out: &mut Findings,
    ) {
        let (file, mut kea) = faults;
        if self.only_grammar
            || row.at_times && !self.is_looked_at(member, row.key())
            || is_ignored(member, row)
        {
            kea = None;
        }
        // A word that the grammar knows is handed on as Kea writes it, and some keys under another name.
        let translated = row.kea.is_none()
            || (row.file.is_any_case() && !row.kea.is_any_case() && kea == Some(Fault::Word));
        let refused_by =
            Readers { file: file.is_some() || (kea.is_some() && !translated), api: kea.is_some() };
        let Some(fault) = file.or(kea).filter(|_| !refused_by.is_none()) else { return };
        if row.kea.is_none() && file.is_none() {
            return out.push(if row.now().is_empty() {
                key::file_only::finding(member)
            } else {
                key::renamed::finding(self, member, row, refused_by)
            });
        }
        let wanted = if file.is_some() { row.file } else { row.kea };
        match fault {
            Fault::Kind => out.push(value::wrong_type::finding(member.value, wanted, refused_by)),
            Fault::Empty if !self.is_whole => {}
            Fault::Empty
                if row.child().is_some_and(|child| has_needed(child) || child == Object::RELAY)
                    && member.value.kind() == Kind::Map => {}
            Fault::Empty => out.push(value::empty::finding(member.value, refused_by)),
            Fault::Range => out.push(value::out_of_range::finding(member.value, row.kea, refused_by)),
            Fault::Word => out.push(value::unknown_word::finding(member.value, wanted, refused_by)),
            Fault::Item => items(member.value, wanted, row.child(), refused_by, out),
        }
    }

    /// Whether the parsers behind the grammar look at a value that they look at in some configurations only.
    fn is_looked_at(&self, member: Member<'_>, key: &str) -> bool {
        match (member.object, key) {
            (Object::DHCP_QUEUE_CONTROL, _) => member.map.bool("enable-queue") == Some(true),
            (_, "ddns-ttl-min") => self.root.get("ddns-ttl-max").is_some(),
            (_, "ddns-ttl-max") => self.root.get("ddns-ttl-min").is_some(),
            (_, key) => self.is_inherited(key),
        }
    }

    /// Whether a subnet or a shared network takes the global value of a key.
    fn is_inherited(&self, key: &str) -> bool {
        let Some(family) = self.daemon.family() else { return false };
        let mut scopes = self.root.maps(family.subnet_key()).chain(self.root.maps("shared-networks"));
        scopes.any(|scope| scope.get(key).is_none())
    }

    fn unknown(&self, member: Member<'d>, key: &str, free: &mut Free<'d>, out: &mut Findings) {
        let (file, kea) = self.schema.unknown(member.object, key);
        if file == Type::ANY {
            return;
        }
        let mut others = self.schema.elsewhen(member.object, key);
        let other = others.next();
        let api =
            kea.fault(member.value).is_some() || other.is_some_and(|row| self.leaves_a_gap(member, row));
        let api = api && !self.only_grammar;
        let refused_by = Readers { file: true, api };
        let finding = match other {
            Some(row) if self.schema.is_coming(row) => key::too_new::finding(self, member, row, refused_by),
            Some(row) => key::renamed::finding(self, member, row, refused_by),
            None if api => key::unknown::finding(self, member, key, free),
            None => key::dropped::finding(self, member, key, free),
        };
        out.push(finding);
    }
}

impl Shape<'_> {
    /// Whether the parsers behind the grammar miss the key that took the place of an old one.
    fn leaves_a_gap(&self, member: Member<'_>, row: &Row) -> bool {
        let new = self.schema.key(member.object, row.now());
        new.is_some_and(|new| new.is_needed().1 && member.map.get(new.key()).is_none())
    }
}

/// Whether the walk says which keys are missing in an object. Subnets, pools, relays and option definitions have
/// rules of their own.
fn has_needed(object: Object) -> bool {
    matches!(
        object,
        Object::DHCP_DDNS
            | Object::MULTI_THREADING
            | Object::LEASE_DATABASE
            | Object::HOSTS_DATABASE
            | Object::CONFIG_DATABASE
            | Object::DHCP_QUEUE_CONTROL
            | Object::AUTHENTICATION
            | Object::HTTP_HEADER
            | Object::HOOKS_LIBRARY
            | Object::SERVER_ID
            | Object::CLIENT_CLASS
            | Object::TSIG_KEY
            | Object::DDNS_DOMAIN
            | Object::DNS_SERVER
    )
}

/// Whether the value is of no use in a UNIX control socket, where the parsers do not look at it.
fn is_ignored(member: Member<'_>, row: &Row) -> bool {
    let looked_at = ["socket-type", "socket-name", "socket-address"];
    member.object == Object::CONTROL_SOCKET
        && !looked_at.contains(&row.key())
        && member.map.text("socket-type").is_some_and(|kind| kind == "unix")
}

fn items(list: Element<'_>, wanted: Type, child: Option<Object>, refused_by: Readers, out: &mut Findings) {
    for item in list.items().filter(|item| wanted.refuses_item(*item)) {
        match (item.kind(), child) {
            (Kind::String, _) if !wanted.words().is_empty() => {
                out.push(value::unknown_word::finding(item, wanted, refused_by));
            }
            (Kind::Map, Some(child)) if has_needed(child) => {}
            (Kind::Map, Some(_)) => out.push(value::empty::finding(item, refused_by)),
            _ => out.push(value::wrong_type::finding(item, wanted.item(), refused_by)),
        }
    }
}
