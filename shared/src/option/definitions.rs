//! Finding a definition among those that a daemon of a version knows.

use super::{Definition, OptionData, OptionDef, search, standard};
use crate::{Family, KeaVersion};

/// The definitions that a daemon knows: the standard ones of its version, and those of its `option-def`.
#[derive(Debug, Clone, PartialEq)]
pub struct Definitions {
    /// The daemon's family.
    pub family: Family,
    /// The daemon's version.
    pub version: KeaVersion,
    /// The global `option-def`.
    pub custom: Vec<OptionDef>,
}

impl Definitions {
    /// The definitions of a daemon.
    pub fn new(family: Family, version: KeaVersion, custom: Vec<OptionDef>) -> Self {
        Self { family, version, custom }
    }

    /// Every option of the daemon's standard space, by code: what a picker lists. Those that Kea sets itself have a
    /// [`Definition::set_by`].
    pub fn all(&self) -> Vec<Definition> {
        let space = self.family.service();
        let mut all: Vec<Definition> = standard::options(space, self.version)
            .map(|option| option.definition(self.family, space))
            .collect();
        all.extend(self.customs(space).map(|def| Definition::custom(self.family, def)));
        for option in standard::last_resort(space, self.version) {
            if all.iter().all(|other| other.code != option.code) {
                all.push(option.definition(self.family, space));
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
        search::rank(self.all(), text)
    }

    /// The definition of a code in a space.
    pub fn by_code(&self, space: &str, code: u16) -> Option<Definition> {
        self.find(space, |other| other == code, |_| true)
    }

    /// The definition of a name in a space.
    pub fn by_name(&self, space: &str, name: &str) -> Option<Definition> {
        self.find(space, |_| true, |other| other == name)
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

    /// The definition that Kea uses for a sub-option on the wire.
    pub(super) fn sub_option(&self, space: &str, code: u16) -> Option<Definition> {
        standard::options(space, self.version)
            .find(|option| option.code == code)
            .map(|option| option.definition(self.family, space))
            .or_else(|| {
                self.customs(space)
                    .find(|def| def.code == code)
                    .map(|def| Definition::custom(self.family, def))
            })
    }

    /// Kea's order: standard, vendor, `option-def`, last resort.
    fn find(
        &self,
        space: &str,
        code: impl Fn(u16) -> bool,
        name: impl Fn(&str) -> bool,
    ) -> Option<Definition> {
        let fits = |option: &&standard::StandardOption| code(option.code) && name(option.name);
        let standard = |space: &str| standard::options(space, self.version).find(fits);
        standard(space)
            .or_else(|| standard::vendor_space(self.family, space).and_then(standard))
            .map(|option| option.definition(self.family, space))
            .or_else(|| {
                let def = self.customs(space).find(|def| code(def.code) && name(&def.name))?;
                Some(Definition::custom(self.family, def))
            })
            .or_else(|| {
                let option = standard::last_resort(space, self.version).find(fits)?;
                Some(option.definition(self.family, space))
            })
    }

    fn customs<'a>(&'a self, space: &'a str) -> impl Iterator<Item = &'a OptionDef> {
        let default = self.family.service();
        self.custom.iter().filter(move |def| space == if def.space.is_empty() { default } else { &def.space })
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
