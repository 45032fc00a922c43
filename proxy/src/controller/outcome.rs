//! How a change ended, in words: for one target as for many.

use super::{
    Daemon,
    apply::{Absentee, Seen, Target},
    journal::{Fault, Journal},
    lend::SCOPES,
    member::{Member, Runs, Way},
    put_back::restart,
    trail,
};
use crate::{error::ApiError, store::Step as Mark};
use perch_shared::api::{ApplyPhase, ApplyReport, ApplyStep, ErrorCode, Outcome, TargetReport};
use std::collections::HashSet;

/// Two entries for one daemon would each undo the other's work.
pub(super) fn refuse_repetition(targets: &[Target]) -> Result<(), ApiError> {
    if targets.is_empty() {
        return Err(ApiError::new(ErrorCode::Invalid, "There is nothing to change: `targets` is empty."));
    }
    let mut known = HashSet::new();
    match targets.iter().find(|target| !known.insert((target.daemon.address(), target.daemon.family))) {
        None => Ok(()),
        Some(twice) => {
            let message = format!("{} is named twice in `targets`.", twice.daemon.title());
            Err(ApiError::new(ErrorCode::Invalid, message)
                .help("Nothing was changed. Name each daemon once."))
        }
    }
}

/// A failure before anything was sent that could change something.
pub(super) fn nothing_changed(error: ApiError) -> ApiError {
    error.with(|body| {
        let help = body.help.take().unwrap_or_default();
        body.help = Some(format!("Nothing was changed. {help}").trim_end().to_owned());
    })
}

/// The same failure, with the place where it happened.
pub(super) fn at(daemon: &Daemon, error: ApiError) -> ApiError {
    error.with(|body| body.message = format!("{}: {}", daemon.title(), body.message))
}

/// A step that a test made fail before anything was changed.
pub(super) fn stopped(fault: &Fault) -> ApiError {
    ApiError::new(fault.code(), format!("The change failed: {}.", fault.text())).help("Nothing was changed.")
}

/// Everything that came about, or one failure with what is wrong anywhere.
pub(super) fn all<'a, T>(
    results: impl Iterator<Item = (Result<T, ApiError>, &'a Daemon)>,
    many: bool,
) -> Result<Vec<T>, ApiError> {
    let (mut good, mut first): (Vec<T>, Option<ApiError>) = (Vec::new(), None);
    for (result, daemon) in results {
        match (result, first.take()) {
            (Ok(one), None) => good.push(one),
            (Ok(_), error) => first = error,
            (Err(error), None) => first = Some(if many { at(daemon, error) } else { error }),
            (Err(error), Some(earlier)) => first = Some(joined(earlier, &error)),
        }
    }
    first.map_or(Ok(good), Err)
}

/// One failure that holds what two of a kind found.
fn joined(earlier: ApiError, later: &ApiError) -> ApiError {
    earlier.with(|body| {
        for conflict in &later.body().conflicts {
            if !body.conflicts.contains(conflict) {
                body.conflicts.push(conflict.clone());
            }
        }
        for found in &later.body().diagnostics {
            if !body.diagnostics.contains(found) {
                body.diagnostics.push(found.clone());
            }
        }
    })
}

/// Refuses a change because a target does not answer.
pub(super) fn refuse_absent(absent: &[Absentee]) -> Result<(), ApiError> {
    let Some(first) = absent.first() else { return Ok(()) };
    let error = nothing_changed(first.error.body().clone().into());
    if absent.len() == 1 {
        return Err(error);
    }
    let names: Vec<String> = absent.iter().map(|absentee| absentee.target.daemon.title()).collect();
    Err(error
        .with(|body| body.message = format!("{} Without an answer: {}.", body.message, names.join(", "))))
}

/// Refuses a change that is based on something else than Kea runs.
pub(super) fn refuse_changed(seen: &[Seen]) -> Result<(), ApiError> {
    let is_other = |seen: &Seen| seen.target.based_on.as_ref().is_some_and(|hash| *hash != seen.now.hash);
    let Some(first) = seen.iter().find(|seen| is_other(seen)) else { return Ok(()) };
    let what = if seen.len() == 1 {
        "The configuration was changed by somebody else after the preview.".to_owned()
    } else {
        format!(
            "The configuration of {} was changed by somebody else after the preview.",
            first.target.daemon.title()
        )
    };
    let report = |seen: &Seen| {
        let mut journal = Journal::new(&seen.target.daemon);
        if is_other(seen) {
            journal.failed(
                ApplyPhase::Compare,
                "The configuration was changed by somebody else after the preview.",
                None,
            );
        }
        journal.0
    };
    let targets = seen.iter().map(report).collect();
    Err(ApiError::new(ErrorCode::Conflict, what)
        .help("Nothing was changed. Preview again: it shows what changed meanwhile.")
        .with(|body| body.apply = Some(ApplyReport { id: None, outcome: Outcome::Refused, targets })))
}

/// The failure of the first member that failed, if one did.
fn first_fault(members: &[Member]) -> Option<(&Member, &Fault)> {
    members.iter().find_map(|member| Some((member, member.fault.as_ref()?)))
}

/// Writes down how a change ended, and says it.
pub(super) async fn of(
    members: Vec<Member>,
    absent: Vec<Absentee>,
    way: &Way<'_>,
) -> Result<ApplyReport, ApiError> {
    let failed = first_fault(&members).is_some();
    let owes = members.iter().any(|member| member.owes);
    let mut ends: Vec<Mark> = members.iter().map(trail::end).collect();
    let whole = whole(members.iter().map(Member::outcome), !failed && !absent.is_empty());
    if failed {
        ends.extend(absent.iter().map(|absentee| Mark::done(absentee.index, Outcome::Refused)));
    }
    if owes {
        // Those that are settled are; the others are gone on with as soon as they answer.
        let settled = members.iter().filter(|member| !member.owes && member.runs != Runs::Unknown);
        way.trail.leave(settled.map(trail::end).collect()).await;
    } else {
        way.trail.close(ends, whole).await;
    }
    let id = Some(way.trail.id().clone());
    let result = if failed { Err(failure(members)) } else { Ok(applied(members, absent)) };
    match result {
        Ok(report) => Ok(ApplyReport { id, ..report }),
        Err(error) => Err(error.with(|body| {
            if let Some(report) = &mut body.apply {
                report.id = id;
            }
        })),
    }
}

/// How a change ended as a whole: as it did where it ended worst.
pub(super) fn whole(outcomes: impl Iterator<Item = Outcome>, missed: bool) -> Outcome {
    let worst = outcomes.max().unwrap_or_default();
    if missed && worst <= Outcome::AppliedNotWritten { Outcome::PartlyPending } else { worst }
}

/// The change failed before any Kea was changed.
fn unchanged(members: Vec<Member>) -> ApiError {
    let many = members.len() > 1;
    let Some((member, fault)) = first_fault(&members) else {
        return ApiError::new(ErrorCode::Internal, "The change failed, and nobody knows why.");
    };
    let daemon = member.daemon.title();
    let help = match fault {
        Fault::Silent(error) => format!("Nothing was changed. {}", error.fault.remedy(&error.address)),
        Fault::Meanwhile => "Nothing was changed. Preview again: it shows what changed meanwhile.".to_owned(),
        Fault::Refused(said) if said.command == SCOPES => {
            "Nothing was changed. See to what the partner says; then try again.".to_owned()
        }
        Fault::Refused(_) => "Nothing was changed. Correct what Kea names.".to_owned(),
        _ => "Nothing was changed.".to_owned(),
    };
    let message = match fault {
        Fault::Refused(said) if said.command == SCOPES => {
            format!("The HA partner of {daemon} does not serve its clients meanwhile.")
        }
        Fault::Refused(_) if many => format!("Kea refuses the changed configuration: {daemon}."),
        Fault::Refused(_) => "Kea refuses the changed configuration.".to_owned(),
        Fault::Silent(_) => format!("Kea could not be asked: {}.", fault.text()),
        _ => format!("The change failed: {}.", fault.text().trim_end_matches('.')),
    };
    error(fault.clone(), message, help, Outcome::Refused, members)
}

/// The change failed after it had begun, and everything was tried to put back what was there.
fn failure(members: Vec<Member>) -> ApiError {
    if members.iter().all(|member| member.runs == Runs::Before) {
        return unchanged(members);
    }
    let many = members.len() > 1;
    let Some((member, fault)) = first_fault(&members) else {
        return ApiError::new(ErrorCode::Internal, "The change failed, and nobody knows why.");
    };
    let what = fault.text();
    let what = what.trim_end_matches('.');
    let place = if many { format!(" at {}", member.daemon.title()) } else { String::new() };
    let lost: Vec<&Member> = members.iter().filter(|member| member.runs == Runs::Unknown).collect();
    let (message, help, outcome) = if lost.is_empty() {
        let whose = if many { "Every Kea runs its" } else { "Kea runs its" };
        (
            format!("The change failed{place}: {what}. {whose} earlier configuration again."),
            "Nothing was changed in the end. The daemon's log may say more.".to_owned(),
            Outcome::PutBack,
        )
    } else {
        let names: Vec<String> = lost
            .iter()
            .map(|member| if many { member.daemon.title() } else { member.daemon.family.daemon().to_owned() })
            .collect();
        let help: Vec<String> = lost.iter().map(|member| restart(&member.daemon)).collect();
        (
            format!(
                "The change failed{place}: {what}. Perch could not give {} its earlier configuration again.",
                names.join(" and ")
            ),
            help.join(" "),
            Outcome::Damaged,
        )
    };
    error(fault.clone(), message, help, outcome, members)
}

fn error(fault: Fault, message: String, help: String, outcome: Outcome, members: Vec<Member>) -> ApiError {
    let said = fault.said();
    let targets = members.into_iter().map(report).collect();
    ApiError::new(fault.code(), message).help(help).with(|body| {
        body.kea = said;
        body.apply = Some(ApplyReport { id: None, outcome, targets });
    })
}

fn report(member: Member) -> TargetReport {
    TargetReport { outcome: member.outcome(), ..member.journal.0 }
}

/// Every target that answered runs the change.
fn applied(members: Vec<Member>, absent: Vec<Absentee>) -> ApplyReport {
    let outcome = whole(members.iter().map(Member::outcome), !absent.is_empty());
    let mut targets: Vec<(usize, TargetReport)> =
        members.into_iter().map(|member| (member.index, report(member))).collect();
    targets.extend(absent.into_iter().map(|absentee| (absentee.index, missed(&absentee))));
    targets.sort_by_key(|(index, _)| *index);
    ApplyReport { id: None, outcome, targets: targets.into_iter().map(|(_, report)| report).collect() }
}

fn missed(absentee: &Absentee) -> TargetReport {
    let mut report = TargetReport::new(absentee.target.daemon.server.clone(), absentee.target.daemon.family);
    let body = absentee.error.body();
    let (text, remedy) = (body.message.clone(), body.help.clone());
    report.steps.push(ApplyStep { phase: ApplyPhase::Compare, done: false, text, remedy });
    TargetReport { outcome: Outcome::Pending, ..report }
}
