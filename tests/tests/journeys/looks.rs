//! Every page on both screens in both schemes: pictures to look at, nothing that axe-core calls serious, a silent
//! console, no request to another host.

use crate::walk::{PROVOKED, Walk};
use perch_shared::{
    Family,
    api::{DaemonState, GetServer, ListServers, ServerId},
};
use perch_tests::perch::Perch;

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_pages_of_the_demo() {
    let Some(walk) = Walk::begin(Perch::demo()).await else { return };
    let Walk { browser, perch } = &walk;
    browser.see("[data-testid=server-row]").await;
    browser.gone("[aria-busy=true]").await;
    browser.look_closely("servers").await;
    let pages = [
        ("/overview", "[data-testid=attention-line][data-kind=finding]", "overview"),
        ("/ha", "[data-testid=pair-row]", "pairs"),
        ("/servers?q=nothing-is-called-this", ".empty", "servers-none-found"),
        ("/servers/new", "[data-testid=address-0]", "add-server"),
    ];
    for (path, sign, name) in pages {
        browser.goto(&perch.url(path)).await;
        browser.see(sign).await;
        browser.look_closely(name).await;
    }
    browser.leave_clean(&[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_is_not_there_in_the_demo() {
    let Some(walk) = Walk::begin(Perch::demo()).await else { return };
    let Walk { browser, perch } = &walk;
    let pages = [
        ("/ha/nobody", "[data-testid=no-pair]", "no-pair"),
        ("/nowhere/at/all", "[data-testid=not-found]", "not-found"),
        ("/servers/nobody", "[data-testid=error-notice]", "unknown-server"),
    ];
    for (path, sign, name) in pages {
        browser.goto(&perch.url(path)).await;
        browser.see(sign).await;
        browser.look_closely(name).await;
    }
    browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_servers_of_the_demo() {
    let Some(walk) = Walk::begin(Perch::demo()).await else { return };
    let Walk { browser, perch } = &walk;
    for server in perch.call::<ListServers>(&(), &()).unwrap() {
        let status = perch.call::<GetServer>(&(server.id.clone(),), &()).unwrap();
        assert_eq!(status.state, DaemonState::Ok, "{status:#?}");
        browser.goto(&perch.url(&format!("/servers/{}", server.id))).await;
        browser.see("[data-testid=daemon]").await;
        browser.look_closely(&format!("server-{}", server.id)).await;
    }
    browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_option_pages_of_the_demo() {
    let Some(walk) = Walk::begin(Perch::demo()).await else { return };
    let Walk { browser, perch } = &walk;
    let servers = perch.call::<ListServers>(&(), &()).unwrap();
    for family in Family::ALL {
        let has = |id: &&ServerId| perch.options(id, family).is_ok();
        let ids: Vec<ServerId> = servers.iter().map(|server| server.id.clone()).collect();
        let id = ids.iter().find(has).unwrap_or_else(|| panic!("the demo has no {family}"));
        browser.goto(&perch.url(&format!("/servers/{id}/options/{family}"))).await;
        browser.see("[data-testid=option-picker]").await;
        browser.look_closely(&format!("options-{family}")).await;
        browser.fill("[data-testid=option-picker]", "server").await;
        browser.see("[data-testid=picker-item]").await;
        browser.look_closely(&format!("options-{family}-picker")).await;
        walk.pick("time", "time").await;
        browser.fill("[data-testid=value-field]", "not, this").await;
        browser.see("[data-testid=finding].bad").await;
        browser.look_closely(&format!("options-{family}-wrong")).await;
        browser.click("[data-testid=discard]").await;
    }
    browser.leave_clean(&[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_dialogs_of_the_demo() {
    let Some(walk) = Walk::begin(Perch::demo()).await else { return };
    let Walk { browser, perch } = &walk;
    let servers = perch.call::<ListServers>(&(), &()).unwrap();
    let id = &servers[0].id;
    browser.goto(&perch.url(&format!("/servers/{id}"))).await;
    browser.click("[data-testid=reload-dhcp4]").await;
    browser.see("[data-testid=reload-confirm]").await;
    browser.look_closely("reload-dialog").await;
    browser.goto(&perch.url(&format!("/servers/{id}/options/dhcp4"))).await;
    walk.pick("log-servers", "log-servers").await;
    walk.type_values(&[], "192.0.2.9", "c0 00 02 09").await;
    walk.review().await;
    browser.look_closely("save-dialog").await;
    browser.click("[data-testid=apply]").await;
    browser.see("[data-testid=result]").await;
    browser.look_closely("saved-dialog").await;
    browser.leave_clean(&[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_first_page_without_a_server() {
    let Some(walk) = Walk::land(Perch::serve()).await else { return };
    for (path, name) in [("/", "overview-empty"), ("/servers", "servers-empty"), ("/ha", "pairs-empty")] {
        walk.browser.goto(&walk.perch.url(path)).await;
        walk.browser.see(".empty").await;
        walk.browser.look_closely(name).await;
    }
    walk.browser.leave_clean(&[]).await;
}
