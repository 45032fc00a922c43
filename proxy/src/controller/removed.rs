//! How many leases stand in subnets that a change removes.

use super::Daemon;
use perch_shared::{Family, change::Difference, command::Command};
use serde_json::{Value, json};

/// Of how many removed subnets it is asked.
const ASKED: usize = 8;

/// What there is to know of the leases in subnets that are to go: a sentence for each subnet that has some. What Kea does
/// not count is not told.
pub(super) async fn leases(daemon: &Daemon, differences: &[Difference]) -> Vec<String> {
    let mut notes = Vec::new();
    for (prefix, id) in differences.iter().filter_map(|one| removed(daemon.family, one)).take(ASKED) {
        let counter = match daemon.family {
            Family::V4 => format!("subnet[{id}].assigned-addresses"),
            Family::V6 => format!("subnet[{id}].assigned-nas"),
        };
        let command = Command::new("statistic-get").to(daemon.family).with(json!({"name": &counter}));
        let Ok(answer) = daemon.send(command).await else { return notes };
        let samples = answer.arguments.get(&counter);
        match samples.and_then(|all| all.pointer("/0/0")).and_then(Value::as_u64) {
            None | Some(0) => {}
            Some(count) => notes.push(told(prefix, count)),
        }
    }
    notes
}

fn told(prefix: &str, count: u64) -> String {
    let leases = if count == 1 { "One lease is".to_owned() } else { format!("{count} leases are") };
    format!(
        "{leases} active in {prefix}. The clients keep their addresses until the leases end; Kea renews none of them."
    )
}

/// The prefix and the id of a subnet that goes as a whole.
fn removed(family: Family, one: &Difference) -> Option<(&str, u64)> {
    let prefix = one.path.strip_prefix(family.subnet_key())?.strip_prefix('[')?.strip_suffix(']')?;
    let id = one.before.as_ref().filter(|_| one.after.is_none())?.get("id")?.as_u64()?;
    (!prefix.contains('[')).then_some((prefix, id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_subnets_go() {
        let of = |path: &str, after: Option<Value>| {
            let one = Difference { path: path.to_owned(), before: Some(json!({"id": 7})), after };
            removed(Family::V4, &one).map(|(prefix, id)| (prefix.to_owned(), id))
        };
        assert_eq!(of("subnet4[10.0.0.0/8]", None), Some(("10.0.0.0/8".to_owned(), 7)));
        assert_eq!(of("subnet4[10.0.0.0/8]", Some(json!({}))), None);
        assert_eq!(of("subnet4[10.0.0.0/8].pools[10.0.0.0/24]", None), None);
        assert_eq!(of("subnet6[2001:db8::/32]", None), None);
    }
}
