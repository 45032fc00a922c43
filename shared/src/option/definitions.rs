//! Finding a definition among those that a daemon of a version knows.

use super::{
    DefRef, Definition, OptionData, OptionDef,
    customs::Customs,
    search,
    standard::{self, StandardOption},
};
use crate::{Family, KeaVersion};

/// The definitions that a daemon knows: the standard ones of its version, and those of its `option-def`.
#[derive(Debug, Clone, PartialEq)]
pub struct Definitions {
    /// The daemon's family.
    pub family: Family,
    /// The daemon's version.
    pub version: KeaVersion,
    customs: Customs,
}

impl Definitions {
    /// The definitions of a daemon: the standard ones and its global `option-def`.
    pub fn new(family: Family, version: KeaVersion, custom: Vec<OptionDef>) -> Self {
        Self::of(family, version, custom.iter().map(|def| Definition::custom(family, def)).collect())
    }

    /// The definitions of a daemon with these of its own.
    pub(crate) fn of(family: Family, version: KeaVersion, custom: Vec<Definition>) -> Self {
        Self { family, version, customs: Customs::new(custom) }
    }

    /// The definitions of `option-def`, in their order.
    pub fn custom(&self) -> &[Definition] {
        self.customs.all()
    }

    /// Every option of the daemon's standard space, by code: what a picker lists. Those that Kea sets itself have a
    /// [`Definition::set_by`].
    pub fn all(&self) -> Vec<Definition> {
        self.listed().into_iter().map(DefRef::to_definition).collect()
    }

    /// Every option of the daemon's standard space, by code.
    pub(super) fn listed(&self) -> Vec<DefRef<'_>> {
        let space = self.family.service();
        let standard = standard::options(space, self.version).map(|option| option.view(self.family, space));
        let customs = self.customs.all().iter().filter(|def| def.space == space).map(Definition::view);
        let mut all: Vec<DefRef<'_>> = standard.chain(customs).collect();
        for option in standard::options(standard::last_resort(space), self.version) {
            if all.iter().all(|other| other.code != option.code) {
                all.push(option.view(self.family, space));
            }
        }
        all.sort_by_key(|definition| definition.code);
        all
    }

    /// The options of the standard space that `text` may mean, the best first: by code, by name, and by what other
    /// trades call it. An empty text finds all.
    ///
    /// ```
    /// use perch_shared::{Family, KeaVersion, option::Definitions};
    /// let definitions = Definitions::new(Family::V4, KeaVersion::new(3, 0, 4), Vec::new());
    /// assert_eq!(definitions.search("6")[0].name, "domain-name-servers");
    /// assert_eq!(definitions.search("gateway")[0].name, "routers");
    /// ```
    pub fn search(&self, text: &str) -> Vec<Definition> {
        search::rank(self.listed(), text).into_iter().map(DefRef::to_definition).collect()
    }

    /// The definition of a code in a space.
    pub fn by_code(&self, space: &str, code: u16) -> Option<Definition> {
        self.find_code(space, code).map(DefRef::to_definition)
    }

    /// The definition of a name in a space.
    pub fn by_name(&self, space: &str, name: &str) -> Option<Definition> {
        self.find_name(space, name).map(DefRef::to_definition)
    }

    /// The code of a name in a space, without the rest of its definition.
    pub fn code_of(&self, space: &str, name: &str) -> Option<u16> {
        self.find_name(space, name).map(|definition| definition.code)
    }

    /// The definition that Kea uses for an `option-data` entry: by its code when there is one, otherwise by its name.
    /// Kea then refuses the entry when the name is another one; [`check`](super::check) says so.
    pub fn resolve(&self, option: &OptionData) -> Option<Definition> {
        let space = option.space_or_default(self.family);
        match option.code {
            Some(code) => self.by_code(space, code),
            None if option.name.is_empty() => None,
            None => self.by_name(space, &option.name),
        }
    }

    /// The definition of a code in a space. Kea's order: standard, vendor, `option-def`, last resort.
    pub(crate) fn find_code<'a>(&'a self, space: &'a str, code: u16) -> Option<DefRef<'a>> {
        self.find(
            space,
            |space| standard::by_code(space, self.version, code),
            |space| self.customs.by_code(space, code),
        )
    }

    /// The definition of a name in a space.
    pub(crate) fn find_name<'a>(&'a self, space: &'a str, name: &str) -> Option<DefRef<'a>> {
        self.find(
            space,
            |space| standard::by_name(space, self.version, name),
            |space| self.customs.by_name(space, name),
        )
    }

    /// The definition that Kea uses for a sub-option on the wire.
    pub(crate) fn sub_option<'a>(&'a self, space: &'a str, code: u16) -> Option<DefRef<'a>> {
        standard::by_code(space, self.version, code)
            .map(|option| option.view(self.family, space))
            .or_else(|| self.customs.by_code(space, code).map(Definition::view))
    }

    /// The definition of a code in a space that `option-def` gives.
    pub(super) fn own_code(&self, space: &str, code: u16) -> Option<DefRef<'_>> {
        self.customs.by_code(space, code).map(Definition::view)
    }

    /// The definition of a name in a space that `option-def` gives.
    pub(super) fn own_name(&self, space: &str, name: &str) -> Option<DefRef<'_>> {
        self.customs.by_name(space, name).map(Definition::view)
    }

    fn find<'a>(
        &'a self,
        space: &'a str,
        standard: impl Fn(&str) -> Option<&'static StandardOption>,
        custom: impl Fn(&str) -> Option<&'a Definition>,
    ) -> Option<DefRef<'a>> {
        let view = |option: &'static StandardOption| option.view(self.family, space);
        standard(space)
            .or_else(|| standard::vendor_space(self.family, space).and_then(&standard))
            .map(view)
            .or_else(|| custom(space).map(Definition::view))
            .or_else(|| standard(standard::last_resort(space)).map(view))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::option::OptionType;

    fn v4() -> Definitions {
        let voip = OptionDef {
            code: 224,
            name: "voip".into(),
            space: String::new(),
            kind: OptionType::Record,
            array: false,
            record_types: "uint8, ,string".into(),
            encapsulate: String::new(),
            rest: serde_json::Map::new(),
        };
        Definitions::new(Family::V4, KeaVersion::new(3, 0, 4), vec![voip])
    }

    #[test]
    fn finds_standard_custom_vendor_and_last_resort() {
        let definitions = v4();
        assert_eq!(definitions.by_code("dhcp4", 3).unwrap().name, "routers");
        let custom = definitions.by_name("dhcp4", "voip").unwrap();
        assert_eq!((custom.code, custom.standard, custom.fields.len()), (224, false, 2));
        assert_eq!(definitions.by_name("vendor-4491", "tftp-servers").unwrap().code, 2);
        assert_eq!(definitions.by_code("dhcp4", 43).unwrap().kind, OptionType::Empty);
        assert_eq!(definitions.by_code("dhcp4", 225), None);
        assert_eq!(definitions.by_name("dhcp4", "Routers"), None);
    }

    #[test]
    fn the_code_decides_where_both_are_given() {
        let option = OptionData { code: Some(3), name: "voip".into(), ..OptionData::default() };
        assert_eq!(v4().resolve(&option).unwrap().name, "routers");
    }

    #[test]
    fn lists_every_code_once() {
        let all = v4().all();
        assert!(all.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert!(
            all.iter().any(|definition| definition.code == 43)
                && all.iter().any(|definition| definition.code == 224)
        );
    }
}
