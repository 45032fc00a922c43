//! What somebody does with a subnet in the page, on real Kea daemons: what is shown as done, Kea says too.

use crate::walk::{PROVOKED, Walk};
use perch_shared::{Family, KeaVersion};
use perch_tests::{
    browser::Browser,
    lab::{Access, Lab},
    perch::Perch,
};
use serde_json::{Value, json};

/// A server with one subnet, and the page that shows it.
async fn begin(version: &str) -> Option<(Lab, Walk)> {
    let mut lab = Lab::open(version)?;
    let is_new = lab.version() >= KeaVersion::new(2, 7, 2);
    let (address, user, password) = if is_new {
        (lab.start_direct(Family::V4, Access::Password), Lab::USER, Lab::PASSWORD)
    } else {
        (lab.start_behind_agent(Access::Open), "", "")
    };
    lab.change(Family::V4, |root| {
        root["subnet4"] = json!([{
            "id": 7, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10 - 192.0.2.99"}],
            "option-data": [{"name": "routers", "data": "192.0.2.1"}],
        }]);
    });
    let perch = Perch::serve();
    let browser = Browser::open().await?;
    browser.goto(&perch.url("/servers")).await;
    let walk = Walk { browser, perch };
    let id = walk.add_server(&[&address], user, password).await;
    walk.browser.goto(&walk.perch.url(&format!("/servers/{id}/subnets/dhcp4/7"))).await;
    walk.browser.see_text("[data-testid=subnet-prefix]", "192.0.2.0/24").await;
    Some((lab, walk))
}

fn subnet(lab: &Lab) -> Value {
    lab.running(Family::V4)["subnet4"][0].take()
}

/// The ranges of the subnet's pools, without blanks.
fn pools(subnet: &Value) -> Vec<String> {
    let pools = subnet["pools"].as_array().unwrap();
    pools.iter().map(|pool| pool["pool"].as_str().unwrap().replace(' ', "")).collect()
}

async fn save(walk: &Walk) {
    let browser = &walk.browser;
    browser.see("[data-testid=save]:enabled").await;
    browser.click("[data-testid=save]").await;
    browser.see("[data-testid=save-dialog] [data-testid=preview]").await;
    browser.see("[data-testid=apply]:enabled").await;
    browser.click("[data-testid=apply]").await;
    browser.see("[data-testid=result][data-written=true]").await;
    browser.click("[data-testid=close-result]").await;
    browser.gone("[data-testid=save-dialog]").await;
}

/// A new pool begins where it is proposed, is seen to overlap while it is typed, is mended, and reaches Kea.
async fn add_a_pool(version: &str) {
    let Some((lab, walk)) = begin(version).await else { return };
    let browser = &walk.browser;
    let field = "[data-testid=pool][data-index='1'] [data-testid='f-subnet4[0].pools[1].pool']";
    browser.click("[data-testid=add-pool]").await;
    browser.see(field).await;
    assert_eq!(browser.value(field).await, "192.0.2.2 - 192.0.2.9", "behind the router, before the pool");
    browser.gone("[data-testid=space-overlap]").await;
    browser.fill(field, "192.0.2.90-192.0.2.120").await;
    browser.see("[data-testid=space-overlap]").await;
    browser.see_text("[data-testid=overlap]", "10").await;
    browser.see("[data-testid=pool] [data-testid=field-finding][data-code='pool/overlap']").await;
    browser.see("[data-testid=save]:disabled").await;
    browser.screenshot(&format!("pool-overlap-{version}")).await;
    browser.axe("a pool that overlaps").await;
    browser.fill(field, "192.0.2.100-192.0.2.120").await;
    browser.gone("[data-testid=space-overlap]").await;
    browser.see_text("[data-testid=pending-count]", "1 change").await;
    assert_eq!(pools(&subnet(&lab)).len(), 1, "it was only typed");
    save(&walk).await;
    assert_eq!(pools(&subnet(&lab)), ["192.0.2.10-192.0.2.99", "192.0.2.100-192.0.2.120"]);
    let written = lab.written(Family::V4);
    assert_eq!(pools(&written["subnet4"][0]).len(), 2, "{written}");
    browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_pool_reaches_kea_2_6_3() {
    add_a_pool("2.6.3").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_pool_reaches_kea_3_0_4() {
    add_a_pool("3.0.4").await;
}

/// A reservation is typed in a spelling that Kea does not read, with an address that is free, and reaches Kea.
async fn add_a_reservation(version: &str) {
    let Some((lab, walk)) = begin(version).await else { return };
    let browser = &walk.browser;
    browser.click("[data-testid=tab-reservations]").await;
    browser.see("[data-testid=no-reservations]").await;
    browser.click("[data-testid=add-reservation]").await;
    browser.fill("[data-testid=identifier]", "1A2B.3C4D.5E6F").await;
    browser.click("[data-testid=next-free]").await;
    assert_eq!(browser.value("[data-testid=identifier]").await, "1a:2b:3c:4d:5e:6f");
    let address = "[data-testid='f-subnet4[0].reservations[0].ip-address']";
    assert_eq!(browser.value(address).await, "192.0.2.2", "outside the pool, and not the router");
    browser.see_text("[data-testid=free-words]", "outside all pools").await;
    browser.fill("[data-testid='f-subnet4[0].reservations[0].hostname']", "printer-north").await;
    browser.see_text("[data-testid=pending-count]", "1 change").await;
    browser.axe("a reservation").await;
    browser.screenshot(&format!("reservation-{version}")).await;
    save(&walk).await;
    let subnet = subnet(&lab);
    let reservation = &subnet["reservations"][0];
    assert_eq!(reservation["hw-address"], "1a:2b:3c:4d:5e:6f");
    assert_eq!(reservation["ip-address"], "192.0.2.2");
    assert_eq!(reservation["hostname"], "printer-north");
    browser.goto(&walk.perch.url("/reservations?q=1A-2B-3C-4D-5E-6F")).await;
    browser.see_text("[data-testid=reservations] [data-testid=table-row]", "printer-north").await;
    browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_reservation_reaches_kea_2_6_3() {
    add_a_reservation("2.6.3").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_reservation_reaches_kea_3_0_4() {
    add_a_reservation("3.0.4").await;
}
