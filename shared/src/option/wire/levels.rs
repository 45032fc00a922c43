//! Options in one another, level by level on a stack of their own: a hostile one has thousands of levels.

use super::{
    Part, Refused, Sent, part, special,
    sub_options::{Group, SubOption, write},
};
use crate::{
    Family, KeaVersion,
    option::{DefRef, Definitions, standard},
};
use std::vec::IntoIter;

/// How deep options may stand in each other. Older versions than 3.2 have no limit of their own: the daemon ends somewhere
/// beyond this one, when its stack is full.
fn max_depth(version: KeaVersion) -> usize {
    if version >= KeaVersion::new(3, 2, 0) { 10 } else { 2800 }
}

/// An option whose inside is being read.
struct Level<'d> {
    own: Vec<u8>,
    group: Group<'d>,
    waiting: IntoIter<SubOption>,
    /// The code of the one that is being read.
    code: u16,
    done: Vec<SubOption>,
    finish: fn(Vec<u8>) -> Vec<u8>,
}

/// What comes next.
enum Step<'d> {
    /// Read an option.
    Read(DefRef<'d>, Vec<u8>),
    /// Read the vendor's options of DHCPv6, which need no definition.
    Vendor(Vec<u8>),
    /// Go on in the innermost level.
    On,
    /// An option is read.
    Done(Sent),
}

/// Reads an option and all that is inside of it.
pub(super) fn read<'d>(definitions: &'d Definitions, definition: DefRef<'d>, bytes: &[u8]) -> Sent {
    let limit = max_depth(definitions.version);
    let mut levels: Vec<Level<'d>> = Vec::new();
    let mut step = Step::Read(definition, bytes.to_vec());
    loop {
        step = match step {
            Step::Read(..) if levels.len() > limit => Step::Done(Err(too_deep(limit))),
            Step::Read(definition, payload) => open(&mut levels, part(definitions, definition, &payload)),
            Step::Vendor(payload) => open(&mut levels, special::vendor(definitions, None, &payload)),
            Step::On => match levels.last_mut().map(|level| level.next(definitions)) {
                Some(Some(next)) => next,
                _ => Step::Done(
                    levels.pop().map_or_else(|| Ok(Vec::new()), |level| Ok(level.close(definitions.family))),
                ),
            },
            Step::Done(sent) => match levels.last_mut() {
                None => return sent,
                Some(level) => match level.take(sent) {
                    Ok(()) => Step::On,
                    Err(refused) => {
                        levels.pop();
                        Step::Done(Err(refused))
                    }
                },
            },
        };
    }
}

fn too_deep(limit: usize) -> Refused {
    let message = format!("options stand in each other more than {limit} levels deep");
    Refused::new("option-data/depth", message, "check the spaces that the definitions encapsulate")
}

/// Opens the inside of a part, if it has one.
fn open<'d>(levels: &mut Vec<Level<'d>>, part: Result<Part<'d>, Refused>) -> Step<'d> {
    match part {
        Err(refused) => Step::Done(Err(refused)),
        Ok(Part { own, inside: None, finish }) => Step::Done(Ok(finish(own))),
        Ok(Part { own, inside: Some(inside), finish }) => {
            let (group, waiting) = (inside.group, inside.found.into_iter());
            levels.push(Level { own, group, waiting, code: 0, done: Vec::new(), finish });
            Step::On
        }
    }
}

impl<'d> Level<'d> {
    /// The next option that is to be read; those without a definition are taken as they are.
    fn next(&mut self, definitions: &'d Definitions) -> Option<Step<'d>> {
        for (code, payload) in self.waiting.by_ref() {
            self.code = code;
            let definition = match self.group {
                Group::Space(_) if definitions.family == Family::V6 && code == 17 => {
                    return Some(Step::Vendor(payload));
                }
                Group::Space("dhcp4") if matches!(code, 43 | 124 | 125 | 224..=254) => None,
                Group::Space(space) => definitions.sub_option(space, code),
                Group::Vendor(space) => space.and_then(|space| {
                    let found = standard::by_code(space, definitions.version, code)?;
                    Some(found.view(definitions.family, space))
                }),
            };
            match definition {
                Some(definition) => return Some(Step::Read(definition, payload)),
                None => self.done.push((code, payload)),
            }
        }
        None
    }

    /// Takes the option that was read; some that are refused Kea only leaves out.
    fn take(&mut self, sent: Sent) -> Result<(), Refused> {
        match sent {
            Ok(payload) => self.done.push((self.code, payload)),
            Err(refused) if refused.skipped_inside && matches!(self.group, Group::Space(_)) => {}
            Err(refused) => return Err(refused),
        }
        Ok(())
    }

    /// The option's bytes.
    fn close(self, family: Family) -> Vec<u8> {
        let written = write(family, self.done);
        let mut out = self.own;
        if matches!(self.group, Group::Vendor(_)) && family == Family::V4 {
            out.push(u8::try_from(written.len()).unwrap_or(u8::MAX));
        }
        out.extend(written);
        (self.finish)(out)
    }
}

#[cfg(test)]
mod tests {
    use super::max_depth;
    use crate::{
        Family, KeaVersion,
        option::{Definitions, OptionDef, wire},
    };
    use serde_json::json;

    /// An option in an option, so many levels deep, with one byte too few at the bottom where it is broken.
    fn nested(levels: usize, is_broken: bool) -> Vec<u8> {
        let mut bytes = if is_broken { vec![7] } else { vec![7, 7] };
        for _ in 0..levels {
            let length = u16::try_from(bytes.len()).unwrap();
            bytes = [&[7, 7, 0, 1][..], &length.to_be_bytes(), &bytes].concat();
        }
        bytes
    }

    #[test]
    fn thousands_of_levels_are_read() {
        let def = |name, code, space, inner| -> OptionDef {
            serde_json::from_value(
                json!({"name": name, "code": code, "space": space, "type": "uint16", "encapsulate": inner}),
            )
            .unwrap()
        };
        let custom = || vec![def("a", 1000, "dhcp6", "s1"), def("a", 1, "s1", "s2"), def("a", 1, "s2", "s1")];
        for version in [KeaVersion::OLDEST, KeaVersion::new(3, 0, 4), KeaVersion::new(3, 2, 0)] {
            let definitions = Definitions::new(Family::V6, version, custom());
            let definition = definitions.find_code("dhcp6", 1000).unwrap();
            let limit = max_depth(version);
            for (levels, is_broken, fine) in
                [(limit, false, true), (limit, true, false), (limit + 1, false, false), (6000, false, false)]
            {
                let read = wire::read(&definitions, definition, &nested(levels, is_broken));
                assert_eq!(read.is_ok(), fine, "{version} {levels} {is_broken}");
            }
        }
    }
}
