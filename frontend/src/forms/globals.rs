//! Global classes: a change of one goes to every server.

use super::save::Proposal;
use crate::api::{Api, Failure};
use perch_shared::{
    Family,
    api::{ChangeTarget, Endpoint, GlobalClass, GlobalQuery, ListGlobalClasses, ServerId},
    change::Edit,
    status::GlobalChange,
};
use std::collections::BTreeMap;

/// The change, with every other server that a changed global class concerns.
///
/// # Errors
/// When Perch does not say how the servers have the classes.
pub async fn to_all(
    api: Api,
    proposal: Proposal,
    (server, family): (ServerId, Family),
    changes: Vec<GlobalChange>,
) -> Result<Proposal, Failure> {
    let mut edits: BTreeMap<ServerId, Vec<Edit>> = BTreeMap::new();
    for change in changes {
        let query =
            GlobalQuery { family: Some(family), name: change.name.clone(), like: Some(server.clone()) };
        for class in read(api, &query).await? {
            for other in class.same.iter().chain(class.others.iter().map(|other| &other.server)) {
                let edit = class.at(other).and_then(|there| change.on(family, there));
                edits.entry(other.clone()).or_default().extend(edit);
            }
        }
    }
    edits.retain(|other, edits| {
        !edits.is_empty() && proposal.targets.iter().all(|target| target.server != *other)
    });
    Ok(proposal.with(targets(family, edits)))
}

/// How the servers have global classes.
///
/// # Errors
/// When Perch does not say it.
pub async fn read(api: Api, query: &GlobalQuery) -> Result<Vec<GlobalClass>, Failure> {
    api.read::<ListGlobalClasses>(ListGlobalClasses::path(&()), query).await
}

/// One change that makes these classes on these servers what they are where they are compared with.
pub fn in_line(family: Family, classes: &[GlobalClass], wanted: impl Fn(&ServerId) -> bool) -> Proposal {
    let mut edits: BTreeMap<ServerId, Vec<Edit>> = BTreeMap::new();
    for class in classes {
        for server in class.others.iter().map(|other| &other.server).filter(|server| wanted(server)) {
            edits.entry(server.clone()).or_default().extend(class.in_line(server));
        }
    }
    edits.retain(|_, edits| !edits.is_empty());
    Proposal::for_each(targets(family, edits))
}

fn targets(family: Family, edits: BTreeMap<ServerId, Vec<Edit>>) -> Vec<ChangeTarget> {
    edits.into_iter().map(|(server, edits)| ChangeTarget { server, family, based_on: None, edits }).collect()
}
