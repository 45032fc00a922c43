//! Named points on the way of a change, where a test can make Perch die or a step fail.

use std::sync::atomic::{AtomicU32, Ordering};

/// A point on the way of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// All targets are locked.
    Locked,
    /// All targets were read.
    Read,
    /// What is to be sent is known and checked.
    Planned,
    /// Intent and snapshots are on disk.
    Begun,
    /// Every Kea has checked its new configuration.
    Tested,
    /// An HA partner is about to serve for its partner.
    Lend,
    /// It does.
    Lent,
    /// Who serves in a target's place answers nobody for the moment of its `config-set`.
    Hushed,
    /// One target is about to get its `config-set`.
    Set,
    /// It was answered.
    WasSet,
    /// It was read back.
    ReadBack,
    /// An HA partner is about to serve its own clients only again.
    TakeBack,
    /// It does.
    TakenBack,
    /// Every target runs the change; their files are about to be written.
    Write,
    /// One file was written.
    Written,
    /// One target is about to get its earlier configuration.
    PutBack,
    /// It has it.
    WasPutBack,
    /// The intent is about to be closed.
    Close,
    /// It is closed, and in the history.
    Closed,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 19] = [
        Self::Locked,
        Self::Read,
        Self::Planned,
        Self::Begun,
        Self::Tested,
        Self::Lend,
        Self::Lent,
        Self::Hushed,
        Self::Set,
        Self::WasSet,
        Self::ReadBack,
        Self::TakeBack,
        Self::TakenBack,
        Self::Write,
        Self::Written,
        Self::PutBack,
        Self::WasPutBack,
        Self::Close,
        Self::Closed,
    ];

    /// Its name in `PERCH_FAULT`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Locked => "locked",
            Self::Read => "read",
            Self::Planned => "planned",
            Self::Begun => "begun",
            Self::Tested => "tested",
            Self::Lend => "lend",
            Self::Lent => "lent",
            Self::Hushed => "hushed",
            Self::Set => "set",
            Self::WasSet => "was-set",
            Self::ReadBack => "read-back",
            Self::TakeBack => "take-back",
            Self::TakenBack => "taken-back",
            Self::Write => "write",
            Self::Written => "written",
            Self::PutBack => "put-back",
            Self::WasPutBack => "was-put-back",
            Self::Close => "close",
            Self::Closed => "closed",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    /// The process ends at once, as `kill -9` ends it.
    Kill,
    /// The step fails.
    Fail,
}

#[derive(Debug)]
struct Planned {
    step: Step,
    action: Action,
    /// How often the step is still passed before it happens.
    left: AtomicU32,
}

/// What is to go wrong; nothing, unless a test wants it.
#[derive(Debug, Default)]
pub struct Faults(Option<Planned>);

/// A step that a test made fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a test made the step `{}` fail", .0.name())]
pub struct Injected(pub Step);

impl Faults {
    /// Reads `STEP=ACTION` or `STEP:NTH=ACTION`: a step's name, which time it is passed (from 1), `kill` or `fail`.
    ///
    /// # Errors
    /// When the text is not of that form; the error says what is expected.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not STEP=kill, STEP=fail or STEP:NTH=kill");
        let (place, action) = text.split_once('=').ok_or_else(wrong)?;
        let (name, nth) = place.split_once(':').unwrap_or((place, "1"));
        let step = Step::ALL.into_iter().find(|step| step.name() == name).ok_or_else(wrong)?;
        let action = match action {
            "kill" => Action::Kill,
            "fail" => Action::Fail,
            _ => return Err(wrong()),
        };
        let nth: u32 = nth.parse().ok().filter(|nth| *nth > 0).ok_or_else(wrong)?;
        Ok(Self(Some(Planned { step, action, left: AtomicU32::new(nth) })))
    }

    /// What the environment variable `PERCH_FAULT` says; nothing without it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn from_environment() -> Result<Self, String> {
        std::env::var("PERCH_FAULT").map_or_else(|_| Ok(Self::default()), |text| Self::parse(&text))
    }

    /// Passes a step.
    ///
    /// # Errors
    /// When a test wants this step to fail.
    pub(super) fn at(&self, step: Step) -> Result<(), Injected> {
        let Some(planned) = self.0.as_ref().filter(|planned| planned.step == step) else { return Ok(()) };
        if planned.left.fetch_sub(1, Ordering::Relaxed) != 1 {
            return Ok(());
        }
        match planned.action {
            Action::Kill => std::process::abort(),
            Action::Fail => Err(Injected(step)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_happens_once_at_its_step() {
        let faults = Faults::parse("set:2=fail").unwrap();
        assert_eq!(faults.at(Step::WasSet), Ok(()));
        assert_eq!(faults.at(Step::Set), Ok(()), "the first time");
        assert_eq!(faults.at(Step::Set), Err(Injected(Step::Set)));
        assert_eq!(faults.at(Step::Set), Ok(()), "only once");
        assert_eq!(Faults::default().at(Step::Set), Ok(()));
    }

    #[test]
    fn what_is_no_fault_is_refused() {
        for text in ["", "set", "set=", "set=explode", "set:0=kill", "set:x=kill", "bogus=kill"] {
            assert!(Faults::parse(text).unwrap_err().contains(text), "{text}");
        }
        for step in Step::ALL {
            assert!(Faults::parse(&format!("{}=kill", step.name())).is_ok());
        }
    }
}
