//! What was measured, as a table.

use std::{fmt::Write as _, time::Duration};

/// What one way did.
#[derive(Debug, Default)]
pub struct Samples {
    /// The time of each single request.
    pub latencies: Vec<Duration>,
    /// How many answers came where several connections asked at once.
    pub answers: usize,
    /// The time that those took.
    pub busy: Duration,
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    what: String,
    alone: String,
    through: String,
    ratio: f64,
}

/// The lines about one command whose answer has `length` bytes.
pub fn rows(name: &str, length: usize, connections: usize, alone: Samples, through: Samples) -> Vec<Row> {
    let size = crate::say::kilobytes(length as u64);
    let mut rows = Vec::new();
    let (mut left, mut right) = (alone.latencies, through.latencies);
    for percent in [50, 99] {
        let (alone, through) = (percentile(&mut left, percent), percentile(&mut right, percent));
        rows.push(Row {
            what: format!("{name} ({size}), p{percent} of {}", left.len()),
            alone: milliseconds(alone),
            through: milliseconds(through),
            ratio: through.as_secs_f64() / alone.as_secs_f64(),
        });
    }
    let rate = |answers: usize, busy: Duration| answers as f64 / busy.as_secs_f64();
    let (alone, through) = (rate(alone.answers, alone.busy), rate(through.answers, through.busy));
    let shown = |rate: f64| if rate < 100.0 { format!("{rate:.1} /s") } else { format!("{rate:.0} /s") };
    rows.push(Row {
        what: format!("{name} ({size}), {connections} connections"),
        alone: shown(alone),
        through: shown(through),
        ratio: through / alone,
    });
    rows
}

/// The time that so many percent of the samples do not exceed. Sorts them.
fn percentile(samples: &mut [Duration], percent: usize) -> Duration {
    samples.sort_unstable();
    let rank = (samples.len() * percent).div_ceil(100).max(1);
    samples.get(rank - 1).copied().unwrap_or_default()
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

/// The table.
pub fn table(rows: &[Row]) -> String {
    let mut text = format!("{:<42}{:>13}{:>15}{:>9}\n", "", "Kea alone", "through Perch", "ratio");
    for Row { what, alone, through, ratio } in rows {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{what:<42}{alone:>13}{through:>15}{ratio:>9.2}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn milliseconds(values: impl IntoIterator<Item = u64>) -> Vec<Duration> {
        values.into_iter().map(Duration::from_millis).collect()
    }

    #[test]
    fn percentiles_are_samples() {
        let mut samples = milliseconds((1..=200).rev());
        assert_eq!(percentile(&mut samples, 50), Duration::from_millis(100));
        assert_eq!(percentile(&mut samples, 99), Duration::from_millis(198));
        assert_eq!(percentile(&mut milliseconds([7]), 99), Duration::from_millis(7));
        assert_eq!(percentile(&mut [], 99), Duration::ZERO);
    }

    #[test]
    fn ratios_are_perch_to_kea() {
        let samples = |time, busy| Samples {
            latencies: milliseconds([time]),
            answers: 100,
            busy: Duration::from_secs(busy),
        };
        let rows = rows("x", 1000, 4, samples(10, 1), samples(15, 2));
        let ratios: Vec<f64> = rows.iter().map(|row| row.ratio).collect();
        assert_eq!(ratios, [1.5, 1.5, 0.5]);
    }
}
