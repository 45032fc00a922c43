//! The journey on the demo fleet: no Kea is needed, and what is changed stays changed.

use crate::walk::{PROVOKED, Walk, difference};
use perch_shared::{
    Family,
    api::{GetAbout, ListServers, ServerId},
};
use perch_tests::perch::Perch;

const SERVERS: &str = "domain-name-servers";

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m01_m06_the_demo_fleet_takes_a_new_server_and_options() {
    let Some(walk) = Walk::begin(Perch::demo()).await else { return };
    let browser = &walk.browser;
    browser.see("[data-testid=demo-banner]").await;
    browser.see("[data-testid=server-row]").await;
    let try_address = walk.perch.call::<GetAbout>(&(), &()).unwrap().try_address.expect("an address to try");
    let id = walk.add_server(&[&try_address], "", "").await;
    browser.see("[data-testid=demo-banner]").await;
    let id = ServerId::new(id).unwrap();
    set(&walk, &id, Family::V4, SERVERS, ["192.0.2.256", "192.0.2.61, 192.0.2.62", "c0 00 02 3d"]).await;

    let servers = walk.perch.call::<ListServers>(&(), &()).unwrap();
    let with_v6 =
        servers.iter().find(|server| server.channels.iter().any(|it| it.daemons.contains(&Family::V6)));
    let id = &with_v6.expect("the demo serves DHCPv6 somewhere").id;
    browser.goto(&walk.perch.url(&format!("/servers/{id}"))).await;
    set(&walk, id, Family::V6, "dns-servers", ["2001:db8:::1", "2001:db8::61", "20 01 0d b8"]).await;
    browser.leave_clean(&[PROVOKED]).await;
}

/// Sets an option in the page: a wrong value first, then a right one with its bytes; it is there after a reload.
async fn set(walk: &Walk, id: &ServerId, family: Family, name: &str, [wrong, right, bytes]: [&str; 3]) {
    let Walk { browser, perch } = walk;
    walk.open_options(family).await;
    // Picking an option that is set already opens it.
    walk.pick(name, name).await;
    walk.type_values(&[wrong], right, bytes).await;
    walk.review().await;
    browser.see(&difference(&format!("option-data[{name}]"))).await;
    walk.apply().await;
    walk.shows_option(name, right).await;
    browser.reload().await;
    walk.shows_option(name, right).await;
    let view = perch.options(id, family).unwrap();
    assert!(view.options.iter().any(|option| option.name == name && option.data == right), "{view:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m02_m03_a_server_is_renamed_found_and_removed() {
    let perch = Perch::demo();
    let try_address = perch.call::<GetAbout>(&(), &()).unwrap().try_address.expect("an address to try");
    let id = perch.add(&[&try_address]);
    let Some(walk) = Walk::begin(perch).await else { return };
    let browser = &walk.browser;
    let rows = "return document.querySelectorAll('[data-testid=server-row]').length";
    let row = format!("[data-testid=server-row][data-id='{id}']");
    browser.see(&row).await;
    let before = browser.run(rows, vec![]).await.as_u64().unwrap();
    browser.click(&format!("{row} [data-testid=row-menu]")).await;
    browser.click_text("[role=menuitem]", "Edit").await;
    // The name of another server is refused at its field; what is typed outlives a reload.
    let servers = walk.perch.call::<ListServers>(&(), &()).unwrap();
    let other = servers.iter().find(|server| server.id != id).expect("the demo has more");
    browser.fill("[data-testid=name]", &other.name).await;
    browser.click("[data-testid=add-server]").await;
    browser.see_text(".field-error", "already").await;
    browser.fill("[data-testid=name]", "Cellar zoë 中").await;
    browser.reload().await;
    browser.see("[data-testid=name]").await;
    assert_eq!(browser.value("[data-testid=name]").await, "Cellar zoë 中");
    browser.click("[data-testid=add-server]").await;
    browser.see_text("h1", "Cellar zoë 中").await;
    browser.goto(&walk.perch.url("/servers?q=zo%C3%AB")).await;
    browser.see_text(&row, "Cellar zoë 中").await;
    assert_eq!(browser.run(rows, vec![]).await, 1, "the filter in the URL");
    browser.click(&format!("{row} [data-testid=row-menu]")).await;
    browser.click_text("[role=menuitem]", "Remove").await;
    browser.click("[data-testid=remove-confirm]").await;
    browser.gone("[data-testid=remove-dialog]").await;
    browser.gone(&row).await;
    browser.goto(&walk.perch.url("/servers")).await;
    browser.see("[data-testid=server-row]").await;
    assert_eq!(browser.run(rows, vec![]).await, before - 1);
    browser.leave_clean(&[PROVOKED]).await;
}
