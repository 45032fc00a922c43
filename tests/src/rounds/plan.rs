//! What happens in a round, made up from a seed.

use super::slot::Slot;
use crate::fault::{Fault, When};
use perch_agree::random::Random;
use serde_json::json;
use std::fmt;

/// The named points at which Perch can be told to die or to fail.
const STEPS: [&str; 19] = [
    "locked",
    "read",
    "planned",
    "begun",
    "tested",
    "lend",
    "lent",
    "hushed",
    "set",
    "was-set",
    "read-back",
    "take-back",
    "taken-back",
    "write",
    "written",
    "put-back",
    "was-put-back",
    "close",
    "closed",
];

/// What Perch asks of Kea during a change.
const COMMANDS: [&str; 9] = [
    "version-get",
    "config-get",
    "list-commands",
    "config-test",
    "status-get",
    "ha-scopes",
    "config-hash-get",
    "config-set",
    "config-write",
];

/// What happens in one round.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Which members the change is for.
    pub members: Vec<usize>,
    /// Whether those who do not answer are left behind.
    pub alone: bool,
    /// Whether the request names the hashes that were seen.
    pub based: bool,
    /// The places that the change is about, and what shall stand there.
    pub changes: Vec<(Slot, Option<String>)>,
    /// What goes wrong.
    pub deeds: Vec<Deed>,
    /// Where Perch dies again when it is started after its death.
    pub again: Option<&'static str>,
    /// Whether a Kea that died is started before Perch is.
    pub kea_first: bool,
}

/// Something that goes wrong, or comes in between.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// Perch dies or fails at a named point: what `PERCH_FAULT` takes.
    Perch(String),
    /// A Kea is down before the change begins.
    Down(usize),
    /// The answer to a command is broken.
    Answer {
        /// At whom.
        member: usize,
        /// Which command.
        command: &'static str,
        /// Which time that it is sent, counted from 1.
        nth: u32,
        /// How.
        fault: Fault,
    },
    /// Something is done when a command comes by.
    At {
        /// On its way to whom.
        member: usize,
        /// Before or after Kea has it.
        when: When,
        /// Which command.
        command: &'static str,
        /// Which time that it is sent, counted from 1.
        nth: u32,
        /// What.
        what: What,
    },
}

/// What is done in the middle of a change.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// `kill -9` of Perch.
    KillPerch,
    /// `kill -9` of a Kea.
    KillKea(usize),
    /// Another console changes the Kea whose command comes by.
    External {
        /// Where.
        slot: Slot,
        /// What shall stand there.
        value: String,
        /// Whether it has Kea write its file.
        write: bool,
    },
}

impl Plan {
    /// What happens in the round with this number.
    pub fn of(seed: u64, round: usize) -> Self {
        let mut random = Random::new(seed ^ (round as u64).wrapping_mul(0xd134_2543_de82_ef95));
        random.bits();
        let members = random.pick(&[vec![0, 1], vec![0, 1], vec![0, 1], vec![0], vec![1]]);
        let slots: &[Slot] = if members.len() == 2 { &Slot::SHARED } else { &Slot::OWN };
        let mut changes: Vec<(Slot, Option<String>)> = Vec::new();
        for number in 0..random.between(1, 3) {
            let slot = random.pick(slots);
            if changes.iter().all(|(known, _)| *known != slot) {
                let empties = slot.can_be_empty() && random.chance(30);
                changes.push((slot, (!empties).then(|| slot.value(round * 10 + number))));
            }
        }
        let mut this = Self {
            members,
            alone: random.chance(40),
            based: random.chance(50),
            changes,
            deeds: Vec::new(),
            again: random.chance(20).then(|| random.pick(&STEPS[7..])),
            kea_first: random.chance(50),
        };
        for _ in 0..random.pick(&[0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2]) {
            let deed = this.deed(round, &mut random);
            this.add(deed);
        }
        // What another console changes in between is lost most easily where the change is then taken back.
        if this.deeds.iter().any(Deed::is_external) && random.chance(40) {
            let step = random.pick(&["was-set", "read-back", "was-set:2", "read-back:2", "put-back"]);
            this.add(Deed::Perch(format!("{step}=fail")));
        }
        this
    }

    fn add(&mut self, deed: Deed) {
        if self.deeds.iter().all(|known| deed.goes_with(known)) {
            self.deeds.push(deed);
        }
    }

    fn deed(&self, round: usize, random: &mut Random) -> Deed {
        let member = random.pick(&self.members);
        match random.below(100) {
            0..40 => {
                let nth = if random.chance(70) { String::new() } else { ":2".to_owned() };
                let action = if random.chance(80) { "kill" } else { "fail" };
                // Before `begun` there is nothing to lose.
                let step = if random.chance(90) { random.pick(&STEPS[3..]) } else { random.pick(&STEPS) };
                Deed::Perch(format!("{step}{nth}={action}"))
            }
            40..45 => Deed::Down(member),
            45..65 => Self::answer(member, random),
            65..72 => Self::at(member, What::KillPerch, random),
            72..85 => Self::at(member, What::KillKea(random.below(2)), random),
            _ => self.external(member, round, random),
        }
    }

    fn answer(member: usize, random: &mut Random) -> Deed {
        let refusal = || Fault::Answer(json!([{"result": 1, "text": "no such thing"}]));
        let fault = match random.below(12) {
            0..3 => Fault::Cut,
            3..5 => Fault::Lost,
            5..7 => Fault::Closed,
            7 => Fault::Garbage,
            8 => Fault::Hung,
            9 => Fault::Never,
            _ => refusal(),
        };
        let command = random.pick(&COMMANDS);
        let twice = matches!(command, "config-get" | "config-set") && random.chance(50);
        Deed::Answer { member, command, nth: if twice { 2 } else { 1 }, fault }
    }

    fn at(member: usize, what: What, random: &mut Random) -> Deed {
        let when = random.pick(&[When::Before, When::After]);
        let command = random.pick(&COMMANDS);
        let twice = matches!(command, "config-get" | "config-set") && random.chance(50);
        Deed::At { member, when, command, nth: if twice { 2 } else { 1 }, what }
    }

    /// Another console's change, at a moment after which Perch looks at Kea once more before it changes it. What
    /// comes between Perch's last look and its `config-set` cannot be seen.
    fn external(&self, member: usize, round: usize, random: &mut Random) -> Deed {
        let places = [
            (When::After, "config-get", 1),
            (When::After, "config-test", 1),
            (When::After, "config-set", 1),
            (When::After, "config-get", 2),
            (When::Before, "config-write", 1),
            (When::After, "config-write", 1),
        ];
        let (when, command, nth) = random.pick(&places);
        let same: Vec<Slot> = self.changes.iter().map(|(slot, _)| *slot).collect();
        let same: Vec<Slot> = same.into_iter().filter(|slot| !matches!(slot, Slot::Subnet(_))).collect();
        // Between `config-set` and its proof, another value is taken for Kea's own spelling of the change.
        let unproved = matches!((command, nth), ("config-set", _) | ("config-get", 2));
        let collides = random.chance(30) && !same.is_empty() && !unproved;
        let slot = if collides { random.pick(&same) } else { random.pick(&Slot::EXTERNAL) };
        // Written by another console while Kea runs half of the change, that would stand in the file as well.
        let write = matches!((command, nth), ("config-get", 1) | ("config-test", _)) && random.chance(60);
        let what = What::External { slot, value: slot.value(round * 10 + 9), write };
        Deed::At { member, when, command, nth, what }
    }
}

impl Deed {
    /// Whether both can be told apart in what comes of them.
    fn goes_with(&self, other: &Self) -> bool {
        let is_perch = |deed: &Self| matches!(deed, Self::Perch(_));
        let is_answer = |deed: &Self| matches!(deed, Self::Answer { .. });
        let kills_kea = |deed: &Self| matches!(deed, Self::Down(_) | Self::At { what: What::KillKea(_), .. });
        let both = |one: &dyn Fn(&Self) -> bool, two: &dyn Fn(&Self) -> bool| {
            (one(self) && two(other)) || (two(self) && one(other))
        };
        // Perch's last look before it takes a change back: what comes after it cannot be seen.
        let last_look = |deed: &Self| matches!(deed, Self::At { command: "config-get", nth: 2, .. });
        let takes_back =
            |deed: &Self| is_answer(deed) || matches!(deed, Self::Perch(fault) if fault.ends_with("=fail"));
        // Perch has one fault, a relay breaks one answer, and a Kea that dies loses what it has not written.
        !(both(&is_perch, &is_perch)
            || both(&is_answer, &is_answer)
            || both(&kills_kea, &Self::is_external)
            || both(&kills_kea, &kills_kea)
            || both(&Self::is_external, &Self::is_external)
            || both(&|deed| last_look(deed) && deed.is_external(), &takes_back)
            // The first `config-set` that reaches Kea may be the one that takes the change back.
            || both(&|deed| deed.is_external() && matches!(deed, Self::At { command: "config-set", .. }), &is_answer))
    }

    const fn is_external(&self) -> bool {
        matches!(self, Self::At { what: What::External { .. }, .. })
    }

    /// Its line in the table.
    pub fn kind(&self) -> String {
        match self {
            Self::Perch(fault) => {
                let (place, action) = fault.split_once('=').unwrap_or((fault, ""));
                let verb = if action == "kill" { "dies" } else { "fails" };
                format!("Perch {verb} at {}", place.trim_end_matches(":2"))
            }
            Self::Down(_) => "Kea is down".to_owned(),
            Self::Answer { command, fault, .. } => {
                let name = format!("{fault:?}");
                let name = name.split(['(', ' ']).next().unwrap_or_default().to_lowercase();
                format!("answer to {command}: {}", if name == "answer" { "refused" } else { &name })
            }
            Self::At { what, when, command, .. } => {
                let when = format!("{when:?}").to_lowercase();
                match what {
                    What::KillPerch => format!("Perch killed {when} {command}"),
                    What::KillKea(_) => format!("Kea killed {when} {command}"),
                    What::External { .. } => format!("other console {when} {command}"),
                }
            }
        }
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "for {:?}, alone {}, based {}", self.members, self.alone, self.based)?;
        self.changes.iter().try_for_each(|(slot, value)| write!(f, "; {slot:?} = {value:?}"))?;
        self.deeds.iter().try_for_each(|deed| write!(f, "; {deed:?}"))?;
        if let Some(again) = self.again {
            write!(f, "; dies again at {again}")?;
        }
        write!(f, "; kea first {}", self.kea_first)
    }
}
