//! Repeated DHCPv4 options and several vendors in one option, as the Kea versions treat them.

use super::{Fault, Unpacker, build::take, option::ReceivedOption};
use crate::Family;
use std::collections::BTreeMap;

/// Joins options of one code into one without a definition, at every level: Kea before 2.7 does so after it has
/// unpacked them.
pub(super) fn fuse(options: Vec<ReceivedOption>) -> Vec<ReceivedOption> {
    let mut groups: BTreeMap<u16, Vec<ReceivedOption>> = BTreeMap::new();
    for mut option in options {
        if has_duplicates(&option.options) {
            let inner = fuse(std::mem::take(&mut option.options));
            option = option.with_options(inner);
        }
        groups.entry(option.code).or_default().push(option);
    }
    let fused = |(code, mut group): (u16, Vec<ReceivedOption>)| {
        if group.len() == 1 {
            return group.pop();
        }
        let data: Vec<u8> = group.iter().flat_map(|option| option.raw.iter().copied()).collect();
        let options = group.into_iter().flat_map(|option| option.options).collect();
        Some(ReceivedOption::generic(Family::V4, code, &data).with_options(fuse(options)))
    };
    groups.into_iter().filter_map(fused).collect()
}

fn has_duplicates(options: &[ReceivedOption]) -> bool {
    let pairs = options.iter().zip(options.iter().skip(1));
    pairs.clone().any(|(one, next)| one.code == next.code)
        || options.iter().any(|option| has_duplicates(&option.options))
}

impl Unpacker<'_> {
    /// Replaces options 124 and 125 by one option for each enterprise, by its number.
    pub(super) fn split_vendors(&self, options: &mut Vec<ReceivedOption>) -> Result<(), Fault> {
        self.split_classes(options)?;
        self.split_options(options)
    }

    fn split_classes(&self, options: &mut Vec<ReceivedOption>) -> Result<(), Fault> {
        let mut vendors: BTreeMap<u32, Vec<Vec<u8>>> = BTreeMap::new();
        for data in contents(options, 124) {
            let mut rest = data.as_slice();
            while !rest.is_empty() {
                let Some((enterprise, after)) = take::<4>(rest) else {
                    options.retain(|option| option.code != 124);
                    return Err(Fault::SkipRest("vendor class option 124 is truncated".to_owned()));
                };
                let Some((tuple, after)) = self.tuple(after, 1) else { break };
                vendors.entry(u32::from_be_bytes(enterprise)).or_default().push(tuple.to_vec());
                rest = after;
            }
        }
        if !vendors.is_empty() {
            options.retain(|option| option.code != 124);
            options.extend(
                vendors.into_iter().map(|(vendor, tuples)| self.vendor_class_of(124, vendor, tuples)),
            );
        }
        Ok(())
    }

    fn split_options(&self, options: &mut Vec<ReceivedOption>) -> Result<(), Fault> {
        let mut vendors: BTreeMap<u32, Vec<ReceivedOption>> = BTreeMap::new();
        for data in contents(options, 125) {
            let mut rest = data.as_slice();
            while !rest.is_empty() {
                let Some((enterprise, after)) = take::<4>(rest) else {
                    options.retain(|option| option.code != 125);
                    return Err(Fault::SkipRest(
                        "vendor-specific information option 125 is truncated".to_owned(),
                    ));
                };
                let enterprise = u32::from_be_bytes(enterprise);
                match self.vendor_block(enterprise, after, vendors.entry(enterprise).or_default(), 1) {
                    Ok(len) => rest = after.get(len..).unwrap_or_default(),
                    Err(Fault::SkipOption) => break,
                    Err(fault) => {
                        options.retain(|option| option.code != 125);
                        return Err(fault);
                    }
                }
            }
        }
        if !vendors.is_empty() {
            options.retain(|option| option.code != 125);
            options.extend(vendors.into_iter().map(|(vendor, inner)| self.vendor_of(125, vendor, inner)));
        }
        Ok(())
    }
}

fn contents(options: &[ReceivedOption], code: u16) -> Vec<Vec<u8>> {
    options.iter().filter(|option| option.code == code).map(|option| option.raw.clone()).collect()
}
