//! What a person sees while something is being done.

use std::{
    io::{IsTerminal as _, Write as _},
    time::{Duration, Instant},
};

/// How often a line is added where lines cannot be rewritten.
const BEAT: Duration = Duration::from_secs(30);
/// The widest line of progress.
const WIDTH: usize = 78;

/// A new subject.
pub fn heading(name: &str, what: &str) {
    println!("\n== {name}: {what}");
}

/// A line about the present subject.
pub fn note(text: &str) {
    for line in text.lines() {
        println!("   {line}");
    }
}

/// A time as people say it.
pub fn time(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", duration.as_secs_f32()),
        10..120 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// A number of bytes in KB (1,000 bytes), as the budgets are counted.
pub fn kilobytes(bytes: u64) -> String {
    let tenths = (bytes + 50) / 100;
    format!("{}.{} KB", tenths / 10, tenths % 10)
}

/// One line that says how far something is: rewritten on a terminal, repeated now and then elsewhere.
#[derive(Debug)]
pub struct Progress {
    started: Instant,
    said: Instant,
    terminal: bool,
    dirty: bool,
}

impl Progress {
    /// Starts to count.
    pub fn start() -> Self {
        let now = Instant::now();
        Self { started: now, said: now, terminal: std::io::stdout().is_terminal(), dirty: false }
    }

    /// Says where things are, when it is time to.
    pub fn beat(&mut self, doing: &str) {
        let pause = if self.terminal { Duration::from_millis(200) } else { BEAT };
        if self.said.elapsed() < pause {
            return;
        }
        self.said = Instant::now();
        let line: String =
            format!("   … {}  {doing}", time(self.started.elapsed())).chars().take(WIDTH).collect();
        if self.terminal {
            print!("\r{line:WIDTH$}");
            self.dirty = true;
        } else {
            println!("{line}");
        }
        // A lost line of progress is no reason to stop.
        let _ = std::io::stdout().flush();
    }

    /// Ends the line and gives the time that passed.
    pub fn end(self) -> Duration {
        if self.dirty {
            print!("\r{:WIDTH$}\r", "");
            let _ = std::io::stdout().flush();
        }
        self.started.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        let cases = [(1.26, "1.3 s"), (59.9, "59 s"), (119.0, "119 s"), (125.0, "2 min 05 s")];
        for (seconds, expected) in cases {
            assert_eq!(time(Duration::from_secs_f64(seconds)), expected);
        }
    }

    #[test]
    fn sizes() {
        let cases = [(0, "0.0 KB"), (49, "0.0 KB"), (50, "0.1 KB"), (250_000, "250.0 KB")];
        for (bytes, expected) in cases {
            assert_eq!(kilobytes(bytes), expected);
        }
    }
}
