//! HA pairs of real Keas: found, proved, watched, compared.

use super::{quick, view};
use perch_shared::{
    Family,
    api::{
        DaemonState, Event, FindPartners, GetDrift, Pair, PairState, PartnerDraft, ProvePartner, ReasonCode,
        ServerId,
    },
    status::DriftKind,
};
use perch_tests::{
    events::Events,
    lab::{HaPair, Mode},
    perch::{Perch, draft},
    wait,
};
use serde_json::json;

fn only_pair(perch: &Perch) -> Result<Pair, String> {
    let mut pairs = view(perch).pairs;
    match (pairs.pop(), pairs.len()) {
        (Some(pair), 0) => Ok(pair),
        (last, more) => Err(format!("{more} more pairs than {last:?}")),
    }
}

fn pair_in(perch: &Perch, state: PairState) -> Pair {
    wait::until("the pair's state", || {
        let pair = only_pair(perch)?;
        if pair.state == state { Ok(pair) } else { Err(format!("{pair:#?}")) }
    })
}

fn codes(pair: &Pair) -> Vec<ReasonCode> {
    pair.reasons.iter().map(|reason| reason.code).collect()
}

/// One of the pair is registered, the other one is offered, proved and added.
fn discovered(version: &str, mode: Mode) -> Option<(HaPair, Perch, [ServerId; 2])> {
    let pair = HaPair::open_as(version, mode)?;
    let perch = quick();
    let first = perch.add(&[&pair.addresses[0]]);
    let alone = pair_in(&perch, PairState::Incomplete);
    assert_eq!(
        (alone.mode.as_str(), codes(&alone)),
        (mode.name(), vec![ReasonCode::UnknownPartner]),
        "{alone:#?}"
    );

    let offered = perch.call::<FindPartners>(&(first.clone(),), &()).unwrap();
    let [partner] = offered.as_slice() else { panic!("{offered:#?}") };
    assert_eq!((partner.name.as_str(), partner.server.as_ref()), ("server2", None));
    assert!(!partner.addresses.contains(&pair.addresses[0]), "a server is not its own partner: {partner:#?}");
    let prove = |address: &str| {
        let body = PartnerDraft { family: Family::V4, name: "server2".into(), server: draft(&[address]) };
        perch.call::<ProvePartner>(&(first.clone(),), &body).unwrap()
    };
    let proof = prove(&pair.addresses[1]);
    assert!(proof.proved, "{proof:#?}");
    let wrong = prove(&pair.addresses[0]);
    assert!(!wrong.proved && wrong.detail.contains("server1"), "{wrong:#?}");

    let second = perch.add(&[&pair.addresses[1]]);
    let both = pair_in(&perch, PairState::Ok);
    let members: Vec<_> =
        both.members.iter().map(|member| (member.server.clone(), member.state.clone())).collect();
    let state = Some(mode.name().to_owned());
    assert_eq!(members, [(Some(first.clone()), state.clone()), (Some(second.clone()), state)]);
    let compared =
        wait::until("the comparison", || only_pair(&perch)?.drift.ok_or_else(|| "none yet".to_owned()));
    assert_eq!(compared, 0, "{:#?}", drift(&perch, [&first, &second]));
    Some((pair, perch, [first, second]))
}

fn drift(perch: &Perch, [left, right]: [&ServerId; 2]) -> perch_shared::status::Drift {
    perch.call::<GetDrift>(&(Family::V4, left.clone(), right.clone()), &()).unwrap()
}

#[test]
fn a_hot_standby_pair_is_discovered_behind_agents_and_drift_is_shown() {
    let Some((pair, perch, [first, second])) = discovered("2.6.3", Mode::HotStandby) else { return };
    let mut events = Events::listen(&perch, None);
    pair.members[1].change(Family::V4, |root| {
        root["subnet4"][0]["id"] = 77.into();
        root["decline-probation-period"] = 4321.into();
    });
    events.until(
        "about the change",
        |event| matches!(event, Event::Configuration { server, external: true, .. } if *server == second),
    );
    pair.wait_until_normal();
    // The partner gets ready again meanwhile.
    wait::until("nothing but the difference", || {
        let pair = only_pair(&perch)?;
        if codes(&pair) == [ReasonCode::OutOfStep] { Ok(()) } else { Err(format!("{pair:#?}")) }
    });
    pair_in(&perch, PairState::OutOfStep);
    let found = drift(&perch, [&first, &second]);
    let kinds: Vec<_> = found.objects.iter().map(|object| object.kind).collect();
    assert_eq!(kinds, [DriftKind::SubnetId, DriftKind::Property], "{found:#?}");
    assert_eq!(found.objects[0].right, Some(json!(77)));
}

#[test]
fn a_load_balancing_pair_is_discovered_behind_agents() {
    discovered("2.6.3", Mode::LoadBalancing);
}

#[test]
fn a_load_balancing_pair_is_discovered_directly() {
    discovered("3.0.4", Mode::LoadBalancing);
}

#[test]
fn a_killed_partner_is_shown_with_the_reason_and_comes_back() {
    let Some((mut pair, perch, [first, second])) = discovered("3.0.4", Mode::HotStandby) else { return };
    let mut events = Events::listen(&perch, None);
    pair.members[1].kill(Family::V4);
    // Its partner may notice before Perch does, or after.
    let (mut gone, mut impaired) = (false, false);
    events.until("that it is gone, and one about the pair", |event| {
        gone |=
            matches!(event, Event::Server { server, state: DaemonState::Unreachable } if *server == second);
        impaired |= matches!(event, Event::Pair { state: Some(PairState::Impaired), .. });
        gone && impaired
    });
    let shown = pair_in(&perch, PairState::Impaired);
    assert_eq!(shown.reasons[0].code, ReasonCode::Unreachable, "{shown:#?}");
    assert!(shown.reasons[0].text.contains("server2"), "{shown:#?}");
    let survivor = wait::until("the survivor to notice", || {
        let shown = only_pair(&perch)?;
        let state = shown.members[0].state.clone().unwrap_or_default();
        if state == "partner-down" { Ok(shown) } else { Err(state) }
    });
    assert!(codes(&survivor).contains(&ReasonCode::Ha), "{survivor:#?}");
    let alone = view(&perch).servers.into_iter().find(|status| status.server.id == first).unwrap();
    assert_eq!(alone.state, DaemonState::Impaired, "{alone:#?}");

    pair.members[1].restart(Family::V4);
    pair.wait_until_normal();
    pair_in(&perch, PairState::Ok);
}
