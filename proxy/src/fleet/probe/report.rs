//! The steps of a probe while it runs.

use super::sentence;
use crate::kea::KeaError;
use perch_shared::{
    Family, KeaVersion,
    api::{Channel, FoundDaemon, ProbeReport, ProbeStep, Verdict},
};

/// The report so far, and the address that the next steps are about.
#[derive(Default)]
pub(super) struct Report {
    report: ProbeReport,
    address: String,
}

impl Report {
    /// The next steps are about this address.
    pub(super) fn at(&mut self, address: impl Into<String>) -> &mut Self {
        self.address = address.into();
        self
    }

    /// A step that went well.
    pub(super) fn passed(&mut self, title: &str, detail: impl Into<String>) {
        self.push(title, Verdict::Passed, detail.into(), None);
    }

    /// A step that works, but the operator should know something.
    pub(super) fn warning(&mut self, title: &str, detail: impl Into<String>, remedy: impl Into<String>) {
        self.push(title, Verdict::Warning, detail.into(), Some(remedy.into()));
    }

    /// A step that went wrong.
    pub(super) fn failed(&mut self, title: &str, detail: impl Into<String>, remedy: impl Into<String>) {
        self.push(title, Verdict::Failed, detail.into(), Some(remedy.into()));
    }

    /// A step that went wrong because a command got no answer.
    pub(super) fn fault(&mut self, title: &str, error: &KeaError) {
        self.failed(title, sentence(&error.fault.to_string()), error.fault.remedy(&error.address));
    }

    /// A step that was not tried or does not apply.
    pub(super) fn skipped(&mut self, title: &str, detail: &str) {
        self.push(title, Verdict::Skipped, detail.to_owned(), None);
    }

    fn push(&mut self, title: &str, verdict: Verdict, detail: String, remedy: Option<String>) {
        self.report.steps.push(ProbeStep {
            address: self.address.clone(),
            title: title.to_owned(),
            verdict,
            detail,
            remedy,
        });
    }

    /// Whether a channel with this address was found already.
    pub(super) fn has_channel(&self, address: &str) -> bool {
        self.report.channels.iter().any(|channel| channel.address == address)
    }

    /// The address at which this family's daemon was found already.
    pub(super) fn found_at(&self, family: Family) -> Option<&str> {
        let mut channels = self.report.channels.iter();
        channels.find(|channel| channel.daemons.contains(&family)).map(|channel| channel.address.as_str())
    }

    /// Keeps a channel that works; its daemons follow.
    pub(super) fn channel(&mut self, channel: Channel) {
        self.report.channels.push(channel);
    }

    /// Keeps a daemon that answered through the channel kept last.
    pub(super) fn daemon(&mut self, family: Family, version: KeaVersion) {
        self.report.daemons.push(FoundDaemon { family, version });
        if let Some(channel) = self.report.channels.last_mut() {
            channel.daemons.push(family);
        }
    }

    /// The finished report.
    pub(super) fn finish(mut self) -> ProbeReport {
        self.report.daemons.sort_by_key(|daemon| daemon.family);
        self.report.channels.retain(|channel| !channel.daemons.is_empty());
        self.report
    }
}
