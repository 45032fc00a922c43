//! How long clients wait while a change is carried out; `cargo xtask bench continuity` builds what it needs and runs it.

use anyhow::{Context as _, Result, bail};
use perch_shared::{
    Family,
    api::{Absent, CatchUp, Outcome, ServerId},
    change::{Edit, Place},
};
use perch_tests::{
    dhcp_client::Silence,
    edits::add_code,
    lab::{HaPair, Mode, load_changing_hooks},
    perch::Perch,
};
use serde_json::json;
use std::{process::ExitCode, thread, time::Duration};

const HELP: &str = "\
cargo xtask bench continuity [OPTIONS]

The longest that real DHCPv4 clients of an HA pair wait for an address while a change is carried out through Perch, and
during the same `config-set` alone: one client, and all of them together. With hooks that make the change by one command,
while nothing is changed.

  --heartbeat MS   the pairs' `heartbeat-delay` (2000; Kea's default is 10000)
  --rounds N       how often each is measured (1); the longest of all counts
";
const VERSIONS: [&str; 2] = ["2.6.3", "3.0.4"];
/// The one whose hooks make the change.
const HOOKED: &str = "3.0.4";
const MODES: [Mode; 2] = [Mode::HotStandby, Mode::LoadBalancing];
/// How long the clients ask before and after.
const MARGIN: Duration = Duration::from_millis(300);

/// What is measured, and how often.
#[derive(Debug, Clone, Copy)]
struct Plan {
    heartbeat: u64,
    rounds: u16,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.iter().any(|word| matches!(word.as_str(), "--help" | "-h")) {
        print!("{HELP}");
        return ExitCode::SUCCESS;
    }
    match read(&words) {
        Ok(plan) => {
            plan.run();
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error:#}\n\n{HELP}");
            ExitCode::from(2)
        }
    }
}

fn read(words: &[String]) -> Result<Plan> {
    let mut plan = Plan { heartbeat: 2000, rounds: 1 };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = words.next().with_context(|| format!("{word} needs a number"))?;
        let wrong = || format!("{word} {value}: not a number");
        match word.as_str() {
            "--heartbeat" => plan.heartbeat = value.parse().with_context(wrong)?,
            "--rounds" => plan.rounds = value.parse().with_context(wrong)?,
            _ => bail!("unknown argument: {word}"),
        }
    }
    Ok(plan)
}

impl Plan {
    fn run(self) {
        println!("heartbeat-delay {} ms; the longest of {} each\n", self.heartbeat, self.rounds);
        println!("{:<38}{:<16}{:>11}{:>11}{:>9}", "", "", "one client", "everybody", "given");
        for version in VERSIONS {
            for mode in MODES {
                self.both_serve(version, mode);
                self.one_serves(version, mode);
                if version == HOOKED {
                    self.both_serve_with_hooks(version, mode);
                }
            }
        }
    }

    /// Both members of a pair are changed.
    fn both_serve(self, version: &str, mode: Mode) {
        let Some(site) = Site::open(version, mode, self.heartbeat) else { return };
        let mut code = 224;
        let through = self.longest(|| {
            code += 1;
            site.while_asking(|| site.change(Absent::Wait, code, Outcome::Applied))
        });
        line(version, mode, "pair", "through Perch", through);
        // The same configuration again costs what a new one does.
        let alone = self.longest(|| {
            site.while_asking(|| {
                for member in &site.pair.members {
                    member.change(Family::V4, |_| ());
                    site.pair.wait_until_normal();
                }
            })
        });
        line(version, mode, "pair", "config-set", alone);
    }

    /// Both members are changed by a hook's command.
    fn both_serve_with_hooks(self, version: &str, mode: Mode) {
        let Some(site) = Site::open(version, mode, self.heartbeat) else { return };
        for member in &site.pair.members {
            member.change(Family::V4, load_changing_hooks);
            site.pair.wait_until_normal();
        }
        let mut count = 0;
        let through = self.longest(|| {
            count += 1;
            let name = format!("handsets{count}");
            let class = json!({"name": name, "test": "option[60].hex == 'perch'"});
            let edits = [Edit::add(Place::root().class(name), class)];
            site.while_asking(|| site.carry_out(Absent::Wait, &edits, Outcome::Applied))
        });
        line(version, mode, "pair with hooks", "through Perch", through);
        let nothing = self.longest(|| site.while_asking(|| ()));
        line(version, mode, "pair with hooks", "nothing", nothing);
    }

    /// One member is down: the other is changed, and then the one that comes back catches up.
    fn one_serves(self, version: &str, mode: Mode) {
        let Some(mut site) = Site::open(version, mode, self.heartbeat) else { return };
        site.pair.lose_the_second();
        let mut code = 224;
        let through = self.longest(|| {
            code += 1;
            site.while_asking(|| site.change(Absent::Alone, code, Outcome::PartlyPending))
        });
        line(version, mode, "survivor", "through Perch", through);
        let alone = self.longest(|| {
            site.while_asking(|| {
                site.pair.members[0].change(Family::V4, |_| ());
                site.pair.wait_until_alone();
            })
        });
        line(version, mode, "survivor", "config-set", alone);
        site.pair.members[1].restart(Family::V4);
        site.pair.wait_until_normal();
        let at = (site.ids[1].clone(), Family::V4);
        let through = site.while_asking(|| {
            let report = site.perch.call::<CatchUp>(&at, &()).expect("it catches up");
            assert_eq!(report.outcome, Outcome::Applied, "{report:#?}");
        });
        line(version, mode, "catching up", "through Perch", through);
        let alone = self.longest(|| {
            site.while_asking(|| {
                site.pair.members[1].change(Family::V4, |_| ());
                site.pair.wait_until_normal();
            })
        });
        line(version, mode, "catching up", "config-set", alone);
    }

    fn longest(self, mut measure: impl FnMut() -> Silence) -> Silence {
        let all = (0..self.rounds.max(1)).map(|_| measure());
        all.reduce(|one, other| Silence {
            longest: one.longest.max(other.longest),
            everybody: one.everybody.max(other.everybody),
            given: one.given + other.given,
        })
        .expect("at least one")
    }
}

fn line(version: &str, mode: Mode, what: &str, how: &str, silence: Silence) {
    let setup = format!("{version} {} {what}", mode.name());
    let [longest, everybody] =
        [silence.longest, silence.everybody].map(|time| format!("{:.2} s", time.as_secs_f64()));
    println!("{setup:<38}{how:<16}{longest:>11}{everybody:>11}{:>9}", silence.given);
}

/// A pair that serves clients, and a Perch that knows it.
struct Site {
    pair: HaPair,
    perch: Perch,
    ids: [ServerId; 2],
}

impl Site {
    fn open(version: &str, mode: Mode, heartbeat: u64) -> Option<Self> {
        let pair = HaPair::open_serving(version, mode, heartbeat)?;
        let perch = Perch::serve();
        let ids = pair.addresses.each_ref().map(|address| perch.add(&[address]));
        Some(Self { pair, perch, ids })
    }

    /// How the clients fare while something is done.
    fn while_asking(&self, work: impl FnOnce()) -> Silence {
        let clients = self.pair.clients();
        thread::sleep(MARGIN);
        work();
        thread::sleep(MARGIN);
        clients.stop()
    }

    fn change(&self, absent: Absent, code: u16, outcome: Outcome) {
        self.carry_out(absent, &[add_code(code, "01AB")], outcome);
    }

    fn carry_out(&self, absent: Absent, edits: &[Edit], outcome: Outcome) {
        let report = self.perch.apply_to(&self.ids, Family::V4, absent, edits).expect("it is applied");
        assert_eq!(report.outcome, outcome, "{report:#?}");
    }
}
