//! How long commands to Kea take.

use super::text::Text;
use perch_shared::api::ChannelKind;
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// Upper bounds of the buckets, in seconds.
const BOUNDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0];

/// Durations, counted by size.
#[derive(Debug, Default)]
pub struct Histogram {
    buckets: [AtomicU64; BOUNDS.len()],
    count: AtomicU64,
    microseconds: AtomicU64,
}

impl Histogram {
    /// Counts one.
    pub fn observe(&self, time: Duration) {
        let seconds = time.as_secs_f64();
        for (bound, bucket) in BOUNDS.iter().zip(&self.buckets) {
            if seconds <= *bound {
                bucket.fetch_add(1, Ordering::Relaxed);
            }
        }
        self.count.fetch_add(1, Ordering::Relaxed);
        let microseconds = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        self.microseconds.fetch_add(microseconds, Ordering::Relaxed);
    }

    /// How many were counted.
    pub fn count(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    fn render(&self, text: &mut Text, name: &str, labels: &[(&str, &str); 2]) {
        let [first, second] = *labels;
        let bucket = format!("{name}_bucket");
        for (bound, count) in BOUNDS.iter().zip(&self.buckets) {
            let bound = bound.to_string();
            text.sample(&bucket, &[first, second, ("le", &bound)], count.load(Ordering::Relaxed) as f64);
        }
        text.sample(&bucket, &[first, second, ("le", "+Inf")], self.count() as f64);
        let sum = self.microseconds.load(Ordering::Relaxed) as f64 / 1e6;
        text.sample(&format!("{name}_sum"), labels, sum);
        text.sample(&format!("{name}_count"), labels, self.count() as f64);
    }
}

/// How long commands take, by channel and by whether an answer came.
#[derive(Debug, Default)]
pub struct Latency {
    by_channel: [[Histogram; 2]; 3],
}

const CHANNELS: [(&str, ChannelKind); 3] =
    [("agent", ChannelKind::ControlAgent), ("direct", ChannelKind::Direct), ("unix", ChannelKind::Unix)];

impl Latency {
    /// Counts a command.
    pub fn observe(&self, kind: ChannelKind, answered: bool, time: Duration) {
        let found = CHANNELS.iter().zip(&self.by_channel).find(|((_, channel), _)| *channel == kind);
        if let Some((_, [good, bad])) = found {
            if answered { good } else { bad }.observe(time);
        }
    }

    /// How many commands were sent.
    pub fn count(&self) -> u64 {
        self.by_channel.iter().flatten().map(Histogram::count).sum()
    }

    /// Writes them out.
    pub(super) fn render(&self, text: &mut Text) {
        const NAME: &str = "perch_kea_command_seconds";
        text.family(NAME, "histogram", "How long commands to Kea took.");
        for ((channel, _), pair) in CHANNELS.iter().zip(&self.by_channel) {
            for (result, histogram) in ["answered", "failed"].iter().zip(pair) {
                if histogram.count() > 0 {
                    histogram.render(text, NAME, &[("channel", channel), ("result", result)]);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_cumulative() {
        let latency = Latency::default();
        for millis in [1, 7, 400, 60_000] {
            latency.observe(ChannelKind::Unix, true, Duration::from_millis(millis));
        }
        let mut text = Text::default();
        latency.render(&mut text);
        let text = text.finish();
        for line in [
            "_bucket{channel=\"unix\",result=\"answered\",le=\"0.001\"} 1",
            "_bucket{channel=\"unix\",result=\"answered\",le=\"0.01\"} 2",
            "_bucket{channel=\"unix\",result=\"answered\",le=\"30\"} 3",
            "_bucket{channel=\"unix\",result=\"answered\",le=\"+Inf\"} 4",
            "_sum{channel=\"unix\",result=\"answered\"} 60.408",
            "_count{channel=\"unix\",result=\"answered\"} 4",
        ] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
        assert!(!text.contains("agent"), "what was never used is not shown:\n{text}");
    }
}
