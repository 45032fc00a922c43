//! Daemons that were found once and do not answer now.

use perch_shared::api::{Channel, ChannelKind, ProbeReport, Verdict};

/// Adds to what a probe found what was known before: a daemon that does not answer is down, not gone. One is gone
/// when another daemon answers on its own socket, when it was found at another address, or when the Control Agent
/// no longer has a socket for it.
pub fn keep_known(report: &mut ProbeReport, known: &[Channel]) {
    for old in known {
        let now = report.channels.iter().find(|channel| channel.address == old.address);
        if now.is_some_and(|channel| channel.kind != ChannelKind::ControlAgent) {
            continue;
        }
        let is_gone = |daemon: &str| {
            report.steps.iter().any(|step| {
                step.address == old.address && step.title == daemon && step.verdict == Verdict::Skipped
            })
        };
        let mut daemons = old.daemons.clone();
        daemons.retain(|family| {
            let elsewhere = report.channels.iter().any(|channel| channel.daemons.contains(family));
            !elsewhere && !is_gone(family.daemon())
        });
        match report.channels.iter_mut().find(|channel| channel.address == old.address) {
            Some(channel) => {
                channel.daemons.extend(daemons);
                channel.daemons.sort_unstable();
            }
            None => report.channels.push(Channel { daemons, ..old.clone() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use perch_shared::{
        Family::{self, V4, V6},
        api::{ChannelKind::*, ProbeStep},
    };

    fn channel(address: &str, kind: ChannelKind, daemons: &[Family]) -> Channel {
        Channel { address: address.to_owned(), kind, daemons: daemons.to_vec() }
    }

    fn kept(found: &[Channel], known: &[Channel], steps: &[(&str, Verdict)]) -> Vec<Channel> {
        let step = |(title, verdict): &(&str, Verdict)| ProbeStep {
            address: "a".to_owned(),
            title: (*title).to_owned(),
            verdict: *verdict,
            detail: String::new(),
            remedy: None,
        };
        let steps = steps.iter().map(step).collect();
        let mut report = ProbeReport { steps, channels: found.to_vec(), daemons: Vec::new() };
        keep_known(&mut report, known);
        report.channels
    }

    #[test]
    fn a_daemon_that_does_not_answer_stays() {
        let both = [channel("a", ControlAgent, &[V4, V6])];
        let one = [channel("a", ControlAgent, &[V6])];
        assert_eq!(kept(&one, &both, &[("kea-dhcp4", Verdict::Warning)]), both);
        assert_eq!(kept(&[], &both, &[("Connect", Verdict::Failed)]), both);
        let (direct, other) = (channel("a", Direct, &[V4]), channel("b", Direct, &[V6]));
        assert_eq!(
            kept(std::slice::from_ref(&other), &[direct.clone(), other.clone()], &[]),
            [other.clone(), direct]
        );
    }

    #[test]
    fn a_daemon_that_is_gone_does_not() {
        let (both, one) = ([channel("a", ControlAgent, &[V4, V6])], [channel("a", ControlAgent, &[V6])]);
        assert_eq!(kept(&one, &both, &[("kea-dhcp4", Verdict::Skipped)]), one, "no socket for it");
        let other = [channel("a", Direct, &[V6])];
        assert_eq!(kept(&other, &[channel("a", Direct, &[V4])], &[]), other, "another daemon's socket");
        let moved = [channel("b", Direct, &[V4])];
        assert_eq!(kept(&moved, &[channel("a", Direct, &[V4])], &[])[0], moved[0]);
        assert!(kept(&moved, &[channel("a", Direct, &[V4])], &[])[1].daemons.is_empty());
    }
}
