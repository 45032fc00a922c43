//! When two `option-data` entries are the same option, and when they say the same.

use crate::{
    KeaVersion,
    config::Config,
    option::{Definitions, OptionData},
};
use serde_json::Value;

/// Compares the `option-data` entries of one configuration.
#[derive(Debug)]
pub(super) struct Identities(Definitions);

impl Identities {
    /// Names stand for codes as `config` defines them. What Kea's versions define differs only in what is missing
    /// from old ones, so the newest standard definitions serve all.
    pub(super) fn of(config: &Config) -> Self {
        let newest = KeaVersion::new(u16::MAX, 0, 0);
        Self(Definitions::new(config.family, newest, config.definitions()))
    }

    /// Whether both are the same option: one space, one code, and the same client classes.
    pub(super) fn same_option(&self, left: &OptionData, right: &OptionData) -> bool {
        let (left, right) = (self.whole(left), self.whole(right));
        let same_code = match (left.code, right.code) {
            (Some(left), Some(right)) => left == right,
            _ => !left.name.is_empty() && left.name == right.name,
        };
        same_code && left.space == right.space && left.rest.get(CLASSES) == right.rest.get(CLASSES)
    }

    /// Whether both say the same: equal once the defaults that Kea prints are filled in.
    pub(super) fn same_entry(&self, left: &OptionData, right: &OptionData) -> bool {
        self.whole(left) == self.whole(right)
    }

    /// The entry as `config-get` would print it.
    fn whole(&self, option: &OptionData) -> OptionData {
        let mut whole = option.clone();
        whole.space = option.space_or_default(self.0.family).to_owned();
        whole.csv_format = Some(option.csv_format.unwrap_or(true));
        whole.always_send = Some(option.always_send.unwrap_or(false));
        whole.never_send = Some(option.never_send.unwrap_or(false));
        if whole.rest.get(CLASSES).and_then(Value::as_array).is_some_and(Vec::is_empty) {
            whole.rest.remove(CLASSES);
        }
        if (whole.code.is_none() || whole.name.is_empty())
            && let Some(definition) = self.0.resolve(option)
        {
            whole.code = Some(definition.code);
            whole.name = definition.name;
        }
        whole
    }
}

const CLASSES: &str = "client-classes";
