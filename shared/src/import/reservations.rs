//! What a table means for the reservations of a subnet, line by line.

use super::{
    columns::{Column, columns},
    table::{Row, rows},
};
use crate::{
    Family,
    draft::{Draft, join, usual_identifier},
    status::spelled_identifier,
};
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap};

/// A cell that takes out what is there.
const EMPTY: [&str; 2] = ["<empty>", "$null"];

/// What a line does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Adds a reservation.
    Add,
    /// Changes the one that the client has.
    Update,
    /// Takes it away.
    Delete,
    /// Nothing: what the line says is there already.
    Nothing,
}

/// A line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportLine {
    /// Where it stands in the text, from 1.
    pub line: usize,
    /// What it does.
    pub deed: Deed,
    /// The kind of the client's identifier.
    pub kind: &'static str,
    /// The identifier, in Kea's spelling.
    pub identifier: String,
    /// What it says of the reservation's keys; empty: the key goes.
    pub keys: Vec<(&'static str, String)>,
    /// Why it cannot be carried out; empty: it can.
    pub wrong: String,
    /// Where the reservation stands in the list then; `None`: nowhere.
    pub index: Option<usize>,
}

/// A table of reservations, read for one subnet.
///
/// # Example
/// ```
/// use perch_shared::{Family, KeaVersion, api::ConfigurationView, draft::Draft, import::{Deed, Import}};
/// use serde_json::json;
/// let config = json!({"subnet4": [{"id": 1, "subnet": "10.0.0.0/24"}]});
/// let view = ConfigurationView { family: Family::V4, version: KeaVersion::new(3, 0, 4), hash: "A".into(), config };
/// let mut draft = Draft::new(view);
/// let import = Import::read(&mut draft, "subnet4[0]", "MAC;IP;Name\n1A2B.3C4D.5E6F;10.0.0.7;printer", &[]);
/// assert_eq!(import.lines[0].deed, Deed::Add);
/// assert_eq!(draft.edits()[0].describe(), "Add reservation hw-address 1a:2b:3c:4d:5e:6f of subnet 10.0.0.0/24");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Import {
    /// The lines.
    pub lines: Vec<ImportLine>,
    /// The heads of columns that no reservation has.
    pub unknown: Vec<String>,
}

impl Import {
    /// Reads a table and carries out on a draft what is right in it. Lines in `left_out` are read only.
    pub fn read(draft: &mut Draft, subnet: &str, text: &str, left_out: &[usize]) -> Self {
        let all = rows(text);
        let Some(first) = all.first() else { return Self::default() };
        let (columns, has_heads) = columns(&first.cells);
        let unknown =
            columns.iter().zip(&first.cells).filter(|(column, _)| has_heads && **column == Column::Unknown);
        let unknown = unknown.map(|(_, head)| head.clone()).filter(|head| !head.is_empty()).collect();
        let mut work = Work::new(draft, subnet);
        let lines =
            all.iter().skip(usize::from(has_heads)).map(|row| work.line(row, &columns, left_out)).collect();
        let lines = work.finish(lines);
        Self { lines, unknown }
    }

    /// How many lines do something of a kind.
    pub fn count(&self, deed: Deed) -> usize {
        self.lines.iter().filter(|line| line.wrong.is_empty() && line.deed == deed).count()
    }
}

/// The client that a reservation is for: the kind of the identifier, and its bytes.
type Client = (&'static str, String);

struct Work<'d> {
    draft: &'d mut Draft,
    list: String,
    family: Family,
    items: Vec<Value>,
    known: HashMap<Client, usize>,
    seen: HashMap<Client, usize>,
    gone: BTreeSet<usize>,
}

impl<'d> Work<'d> {
    fn new(draft: &'d mut Draft, subnet: &str) -> Self {
        let list = join(subnet, "reservations");
        let items = draft.items(&list).to_vec();
        let of = |(index, path): (usize, String)| {
            let (kind, value) = draft.identifier_of(&path)?;
            Some((client(kind, &value), index))
        };
        let known = draft.paths(&list).into_iter().enumerate().filter_map(of).collect();
        let family = draft.family();
        Self { draft, list, family, items, known, seen: HashMap::new(), gone: BTreeSet::new() }
    }

    fn line(&mut self, row: &Row, columns: &[Column], left_out: &[usize]) -> ImportLine {
        let mut line = ImportLine {
            line: row.line,
            deed: Deed::Nothing,
            kind: self.draft.identifier_kinds().first().copied().unwrap_or_default(),
            identifier: String::new(),
            keys: Vec::new(),
            wrong: String::new(),
            index: None,
        };
        let wanted = self.cells(&mut line, row, columns);
        if line.wrong.is_empty() {
            self.decide(&mut line, wanted);
        }
        if line.wrong.is_empty() && !left_out.contains(&line.line) {
            self.carry_out(&mut line);
        }
        line
    }

    /// Reads the cells, and gives the action that one of them names.
    fn cells(&self, line: &mut ImportLine, row: &Row, columns: &[Column]) -> Option<Deed> {
        let mut wanted = None;
        let mut kinds = 0;
        for (index, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let Some(column) = columns.get(index) else {
                line.wrong = format!("`{cell}` stands in no column");
                return None;
            };
            match column {
                Column::Action => match action(cell) {
                    Some(deed) => wanted = Some(deed),
                    None => line.wrong = format!("`{cell}` is no action: expected Add, Update or Delete"),
                },
                Column::Identifier | Column::Kind(_) => {
                    kinds += 1;
                    line.kind = match column {
                        Column::Kind(kind) => kind,
                        _ => guess(self.family, cell),
                    };
                    line.identifier = usual_identifier(line.kind, cell);
                }
                column => {
                    let Some(key) = column.key(self.family, cell) else { continue };
                    let text = if EMPTY.contains(&cell.as_str()) { String::new() } else { listed(key, cell) };
                    line.keys.push((key, text));
                }
            }
        }
        let wrong = if row.is_open {
            "a quotation mark is not closed".to_owned()
        } else if kinds == 0 {
            "it names no client: a MAC address, client identifier, DUID, circuit ID or flexible ID".to_owned()
        } else if kinds > 1 {
            "it names the client twice: a reservation has one identifier".to_owned()
        } else if !self.draft.identifier_kinds().contains(&line.kind) {
            format!("{} has no reservations by `{}`", self.family.protocol(), line.kind)
        } else if !line.identifier.starts_with('\'') && spelled_identifier(&line.identifier).is_none() {
            format!("`{}` is no {}", line.identifier, line.kind)
        } else {
            String::new()
        };
        if line.wrong.is_empty() {
            line.wrong = wrong;
        }
        wanted
    }

    /// What the line does, of what it asks for and of what is there.
    fn decide(&mut self, line: &mut ImportLine, wanted: Option<Deed>) {
        let client = client(line.kind, &line.identifier);
        if let Some(earlier) = self.seen.insert(client.clone(), line.line) {
            line.wrong = format!("line {earlier} is about the same client");
            return;
        }
        let known = self.known.contains_key(&client);
        (line.deed, line.wrong) = match (wanted, known) {
            (None | Some(Deed::Add), false) => (Deed::Add, String::new()),
            (None | Some(Deed::Update), true) => (Deed::Update, String::new()),
            (Some(Deed::Delete), true) => (Deed::Delete, String::new()),
            (Some(deed), true) => (deed, "the client has a reservation here already: update it".to_owned()),
            (Some(deed), false) => (deed, "the client has no reservation here".to_owned()),
        };
    }

    fn carry_out(&mut self, line: &mut ImportLine) {
        let at = self.known.get(&client(line.kind, &line.identifier)).copied();
        match (line.deed, at) {
            (Deed::Add, _) => {
                let mut item = Value::Object(Map::new());
                self.draft.put_in(&self.list, &mut item, line.kind, &line.identifier);
                self.fill(&mut item, &line.keys);
                line.index = Some(self.items.len());
                self.items.push(item);
            }
            (Deed::Update, Some(at)) => {
                let Some(mut item) = self.items.get(at).cloned() else { return };
                self.fill(&mut item, &line.keys);
                line.index = Some(at);
                if let Some(place) = self.items.get_mut(at) {
                    if *place == item {
                        line.deed = Deed::Nothing;
                    }
                    *place = item;
                }
            }
            (Deed::Delete, Some(at)) => drop(self.gone.insert(at)),
            _ => {}
        }
    }

    fn fill(&self, item: &mut Value, keys: &[(&'static str, String)]) {
        for (key, text) in keys {
            self.draft.put_in(&self.list, item, key, text);
        }
    }

    /// Puts the list into the draft, and says where each line's reservation stands in it.
    fn finish(self, mut lines: Vec<ImportLine>) -> Vec<ImportLine> {
        for line in &mut lines {
            line.index = line.index.map(|index| index - self.gone.range(..index).count());
        }
        let all = self.items.into_iter().enumerate();
        let left: Vec<Value> =
            all.filter(|(index, _)| !self.gone.contains(index)).map(|(_, item)| item).collect();
        if self.draft.items(&self.list) != left {
            self.draft.put(&self.list, Some(Value::Array(left)));
        }
        lines
    }
}

fn client(kind: &'static str, value: &str) -> Client {
    (kind, spelled_identifier(value).unwrap_or_else(|| value.to_owned()))
}

fn action(cell: &str) -> Option<Deed> {
    match cell.to_lowercase().as_str() {
        "add" => Some(Deed::Add),
        "update" => Some(Deed::Update),
        "delete" | "remove" => Some(Deed::Delete),
        _ => None,
    }
}

/// The kind of an identifier that nobody named: six bytes are a MAC address.
fn guess(family: Family, text: &str) -> &'static str {
    let bytes = spelled_identifier(text).map_or(0, |spelled| spelled.split(':').count());
    match (bytes, family) {
        (6, _) | (0, Family::V4) => "hw-address",
        (_, Family::V4) => "client-id",
        (_, Family::V6) => "duid",
    }
}

/// A cell that may hold several words, with commas between them.
fn listed(key: &str, cell: &str) -> String {
    if !matches!(key, "ip-addresses" | "prefixes" | "client-classes") {
        return cell.to_owned();
    }
    let words = cell.split([',', ';', '|', ' ', '\n']).map(str::trim).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeaVersion, api::ConfigurationView, change::Edit};
    use serde_json::json;

    fn draft(family: Family) -> Draft {
        let config = match family {
            Family::V4 => json!({"subnet4": [{"id": 1, "subnet": "10.0.0.0/24", "reservations": [
                {"hw-address": "00:00:00:00:00:01", "ip-address": "10.0.0.1"},
                {"hw-address": "00:00:00:00:00:02", "ip-address": "10.0.0.2", "hostname": "two"},
                {"client-id": "01:aa", "hostname": "three", "user-context": {"comment": "c", "floor": 3}},
            ]}]}),
            Family::V6 => json!({"subnet6": [{"id": 1, "subnet": "2001:db8::/64"}]}),
        };
        let version = KeaVersion::new(3, 0, 4);
        Draft::new(ConfigurationView { family, version, hash: "A".into(), config })
    }

    fn sentences(draft: &Draft) -> Vec<String> {
        draft.edits().iter().map(Edit::describe).collect()
    }

    #[test]
    fn lines_are_carried_out() {
        let mut draft = draft(Family::V4);
        let text = "Action\tMAC\tIP\tName\tDescription\n\
            delete\t000000000001\n\
            update\t00-00-00-00-00-02\t\t<empty>\tby the door\n\
            add\t0000.0000.0009\t10.0.0.9\tnine\n";
        let import = Import::read(&mut draft, "subnet4[0]", text, &[]);
        let deeds: Vec<(Deed, Option<usize>)> =
            import.lines.iter().map(|line| (line.deed, line.index)).collect();
        assert_eq!(deeds, [(Deed::Delete, None), (Deed::Update, Some(0)), (Deed::Add, Some(2))]);
        assert!(import.lines.iter().all(|line| line.wrong.is_empty()), "{import:#?}");
        assert_eq!(
            sentences(&draft),
            [
                "Remove `hostname` of reservation hw-address 00:00:00:00:00:02 of subnet 10.0.0.0/24",
                "Set `user-context` of reservation hw-address 00:00:00:00:00:02 of subnet 10.0.0.0/24 to `{\"comment\":\"by the door\"}`",
                "Add reservation hw-address 00:00:00:00:00:09 of subnet 10.0.0.0/24",
                "Remove reservation hw-address 00:00:00:00:00:01 of subnet 10.0.0.0/24",
            ]
        );
        assert_eq!(
            draft.get("subnet4[0].reservations[2]"),
            Some(&json!({"hw-address": "00:00:00:00:00:09", "ip-address": "10.0.0.9", "hostname": "nine"}))
        );
    }

    #[test]
    fn without_an_action_what_is_known_is_changed_and_what_is_not_is_added() {
        let mut draft = draft(Family::V4);
        let text = "00:00:00:00:00:01,10.0.0.1\n01-aa,10.0.0.30,,note\n00:00:00:00:00:07,10.0.0.7\n";
        let import = Import::read(&mut draft, "subnet4[0]", text, &[]);
        let deeds: Vec<Deed> = import.lines.iter().map(|line| line.deed).collect();
        assert_eq!(deeds, [Deed::Nothing, Deed::Update, Deed::Add]);
        let three = draft.get("subnet4[0].reservations[2]").unwrap();
        assert_eq!(three["user-context"], json!({"comment": "note", "floor": 3}));
        assert_eq!(sentences(&draft).len(), 3);
        assert_eq!(import.count(Deed::Add), 1);
    }

    #[test]
    fn wrong_lines_say_why_and_change_nothing() {
        for (line, why) in [
            ("replace,00:00:00:00:00:09,,,", "`replace` is no action"),
            ("add,00:00:00:00:00:01,10.0.0.9,,", "has a reservation here already"),
            ("update,00:00:00:00:00:09,10.0.0.9,,", "has no reservation here"),
            ("delete,00:00:00:00:00:09,,,", "has no reservation here"),
            (",xyz,10.0.0.9,,", "`xyz` is no hw-address"),
            (",,10.0.0.9,nine,", "it names no client"),
            (",00:00:00:00:00:09,,,01:02", "names the client twice"),
            (",00:00:00:00:00:09,,,,more", "`more` stands in no column"),
            (",00:00:00:00:00:09,\"10.0.0.9", "is not closed"),
        ] {
            let mut draft = draft(Family::V4);
            let text = format!("action,mac,ip,name,client-id\n{line}");
            let import = Import::read(&mut draft, "subnet4[0]", &text, &[]);
            let [read] = import.lines.as_slice() else { panic!("{import:#?}") };
            assert!(read.wrong.contains(why), "{line}: {}", read.wrong);
            assert!(!draft.is_changed() && read.line == 2, "{line}");
        }
        let mut draft = draft(Family::V4);
        let text = "mac,rack,ip\n00:00:00:00:00:09,7,10.0.0.9\n0000.0000.0009,7,10.0.0.8";
        let import = Import::read(&mut draft, "subnet4[0]", text, &[2]);
        assert_eq!(import.unknown, ["rack"]);
        assert_eq!(import.lines[1].wrong, "line 2 is about the same client");
        assert!(!draft.is_changed(), "line 2 is left out");
    }

    #[test]
    fn lists_and_prefixes_of_dhcpv6_are_read() {
        let mut draft = draft(Family::V6);
        let text = "DUID;Addresses;Classes;Prefix\n00:03:00:01:02;2001:db8::7 2001:db8::8;a, b;2001:db8:1::/56\n1a:2b:3c:4d:5e:6f;2001:db8:2::/56;;\n";
        Import::read(&mut draft, "subnet6[0]", text, &[]);
        let all = draft.items("subnet6[0].reservations");
        assert_eq!(
            all[0],
            json!({"duid": "00:03:00:01:02", "ip-addresses": ["2001:db8::7", "2001:db8::8"], "client-classes": ["a", "b"], "prefixes": ["2001:db8:1::/56"]})
        );
        assert_eq!(all[1]["prefixes"], json!(["2001:db8:2::/56"]));
        assert_eq!(Import::read(&mut draft, "subnet6[0]", " \n", &[]), Import::default());
    }
}
