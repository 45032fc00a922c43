//! What somebody does with a subnet in the page, on real Kea daemons: what is shown as done, Kea says too.

use crate::walk::{PROVOKED, Walk};
use perch_shared::Family;
use perch_tests::{
    browser::Browser,
    lab::{Lab, data},
    perch::Perch,
};
use serde_json::{Value, json};
use std::fs;

/// The path of the first reservation in the page's forms.
const FIRST: &str = "f-subnet4[0].reservations[0]";

/// A daemon with one subnet and one lease in it, and the page that shows the subnet.
async fn begin(version: &str) -> Option<(Lab, Walk)> {
    let mut lab = Lab::open(version)?;
    lab.start_with(Family::V4, |root| {
        root["subnet4"] = json!([{
            "id": 7, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10 - 192.0.2.99"}],
            "option-data": [{"name": "routers", "data": "192.0.2.1"}],
        }]);
    });
    let lease = json!({"ip-address": "192.0.2.50", "hw-address": "aa:bb:cc:dd:ee:ff", "subnet-id": 7, "hostname": "desk"});
    assert_eq!(lab.ask(Family::V4, &json!({"command": "lease4-add", "arguments": lease}))["result"], 0);
    let perch = Perch::serve();
    let id = perch.add(&[&lab.unix_address(Family::V4)]);
    let browser = Browser::open().await?;
    browser.goto(&perch.url(&format!("/servers/{id}/subnets/dhcp4/7"))).await;
    browser.see_text("[data-testid=subnet-prefix]", "192.0.2.0/24").await;
    Some((lab, Walk { browser, perch }))
}

fn subnet(lab: &Lab) -> Value {
    lab.running(Family::V4)["subnet4"][0].take()
}

/// The reservation of a client, as Kea prints it.
fn reservation(lab: &Lab, mac: &str) -> Option<Value> {
    let subnet = subnet(lab);
    let all = subnet["reservations"].as_array().cloned().unwrap_or_default();
    all.into_iter().find(|one| one["hw-address"] == mac)
}

/// The ranges of the subnet's pools, without blanks.
fn pools(subnet: &Value) -> Vec<String> {
    let pools = subnet["pools"].as_array().unwrap();
    pools.iter().map(|pool| pool["pool"].as_str().unwrap().replace(' ', "")).collect()
}

async fn save(walk: &Walk) {
    walk.browser.see("[data-testid=save]:enabled").await;
    walk.review().await;
    walk.apply().await;
}

/// A new pool begins where it is proposed, is seen to overlap while it is typed, is mended, and reaches Kea.
async fn m15_a_pool(lab: &Lab, walk: &Walk) {
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
    browser.screenshot(&format!("pool-overlap-{}", lab.version())).await;
    browser.axe("a pool that overlaps").await;
    browser.fill(field, "192.0.2.100-192.0.2.120").await;
    browser.gone("[data-testid=space-overlap]").await;
    browser.see_text("[data-testid=pending-count]", "1 change").await;
    assert_eq!(pools(&subnet(lab)).len(), 1, "it was only typed");
    save(walk).await;
    assert_eq!(pools(&subnet(lab)), ["192.0.2.10-192.0.2.99", "192.0.2.100-192.0.2.120"]);
    let written = lab.written(Family::V4);
    assert_eq!(pools(&written["subnet4"][0]).len(), 2, "{written}");
}

/// An option that the subnet inherits gets a value of its own; the server keeps its value.
async fn m17_an_option(lab: &Lab, walk: &Walk) {
    let browser = &walk.browser;
    let inherited = "[data-testid=inherited-option][data-name=ntp-servers]";
    browser.click("[data-testid=tab-options]").await;
    browser.see("[data-testid=option-picker]").await;
    if !browser.shows(inherited).await {
        browser.click("[data-testid=show-inherited]").await;
    }
    browser.see_text(inherited, "192.0.2.123").await;
    browser.click(&format!("{inherited} [data-testid=override-option]")).await;
    walk.type_values(&["192.0.2"], "192.0.2.4", "c0 00 02 04").await;
    save(walk).await;
    let subnet = subnet(lab);
    let options = subnet["option-data"].as_array().unwrap();
    assert!(options.iter().any(|option| option["data"] == "192.0.2.4"), "{subnet}");
    assert_eq!(data(&lab.running(Family::V4), "ntp-servers"), Some("192.0.2.123"));
}

/// An option that Kea does not know is asked for by its number, with an address: it is defined on the way, and all the
/// rest of the daemon can use it.
async fn m08_an_option_is_defined_where_it_is_needed(lab: &Lab, walk: &Walk) {
    let browser = &walk.browser;
    browser.fill("[data-testid=option-picker]", "150").await;
    browser.see_text("[role=option]", "150").await;
    browser.press(&["Enter"]).await;
    browser.see("[data-testid=option-editor] [data-testid=undefined-option]").await;
    browser.fill("[data-testid=option-editor] [data-testid=value-field]", "192.0.2.10").await;
    browser.see_text("[data-testid=option-editor] .finding-help", "`C000020A`".trim_matches('`')).await;
    browser.look_closely(&format!("undefined-option-{}", lab.version())).await;
    browser.click("[data-testid=define-typed]").await;
    browser.gone("[data-testid=undefined-option]").await;
    browser.see_text("[data-testid=option-editor] [data-testid=expects]", "IPv4 addresses").await;
    assert_eq!(browser.value("[data-testid=option-editor] [data-testid=value-field]").await, "192.0.2.10");
    save(walk).await;
    let running = lab.running(Family::V4);
    let defined = running["option-def"].as_array().cloned().unwrap();
    let defined = defined.iter().find(|one| one["code"] == 150).expect("it is defined");
    assert_eq!(json!([defined["type"], defined["array"]]), json!(["ipv4-address", true]));
    let options = subnet(lab)["option-data"].as_array().cloned().unwrap();
    assert!(
        options.iter().any(|option| option["code"] == 150 && option["data"] == "192.0.2.10"),
        "{options:?}"
    );
}

/// A reservation is typed in a spelling that Kea does not read, with an address that is free, and reaches Kea.
async fn m18_m19_a_reservation(lab: &Lab, walk: &Walk) {
    let browser = &walk.browser;
    browser.click("[data-testid=tab-reservations]").await;
    browser.see("[data-testid=no-reservations]").await;
    browser.click("[data-testid=add-reservation]").await;
    browser.fill("[data-testid=identifier]", "1A2B.3C4D.5E6F").await;
    browser.click("[data-testid=next-free]").await;
    assert_eq!(browser.value("[data-testid=identifier]").await, "1a:2b:3c:4d:5e:6f");
    let address = format!("[data-testid='{FIRST}.ip-address']");
    assert_eq!(browser.value(&address).await, "192.0.2.2", "outside the pool, and not the router");
    browser.see_text("[data-testid=free-words]", "outside all pools").await;
    browser.fill(&format!("[data-testid='{FIRST}.hostname']"), "printer-north").await;
    browser.see_text("[data-testid=pending-count]", "1 change").await;
    browser.axe("a reservation").await;
    browser.screenshot(&format!("reservation-{}", lab.version())).await;
    save(walk).await;
    let made = reservation(lab, "1a:2b:3c:4d:5e:6f").expect("Kea has it");
    assert_eq!((&made["ip-address"], &made["hostname"]), (&json!("192.0.2.2"), &json!("printer-north")));
}

/// A client's lease becomes a reservation by its row's menu: the form is filled in.
async fn m20_a_lease_becomes_a_reservation(lab: &Lab, walk: &Walk) {
    let browser = &walk.browser;
    browser.click("[data-testid=tab-leases]").await;
    browser.see_text("[data-testid=subnet-leases] [data-testid=table-row]", "192.0.2.50").await;
    browser.click("[data-testid=subnet-leases] [data-testid=row-menu]").await;
    browser.click_text("[role=menuitem]", "Reserve for this client").await;
    browser.see("[data-testid=reservation-fields]").await;
    assert_eq!(browser.value("[data-testid=identifier]").await, "aa:bb:cc:dd:ee:ff");
    save(walk).await;
    let made = reservation(lab, "aa:bb:cc:dd:ee:ff").expect("Kea has it");
    assert_eq!((&made["ip-address"], &made["hostname"]), (&json!("192.0.2.50"), &json!("desk")));
}

/// A table whose wrong lines say why, the one because of what it says, the other because Kea would refuse it; without
/// them it is one change. A file with an action takes a line away again.
async fn m37_reservations_are_imported(lab: &Lab, walk: &Walk) {
    let browser = &walk.browser;
    browser.click("[data-testid=import]").await;
    let text = "Action;MAC;IP;Name\nadd;0000.0000.0021;192.0.2.121;one\nadd;xyz;192.0.2.122;two\n\
        update;aa:bb:cc:dd:ee:ff;;desk-2\nadd;000000000023;192.0.9.9;three";
    browser.fill("[data-testid=import-text]", text).await;
    let wrong = |line: u8| {
        format!("[data-testid=import-line][data-line='{line}'][data-state=wrong] [data-testid=import-why]")
    };
    browser.see_text(&wrong(3), "xyz").await;
    browser.see_text(&wrong(5), "192.0.9.9").await;
    browser.see("[data-testid=import-review]:disabled").await;
    browser.look_closely(&format!("import-{}", lab.version())).await;
    browser.click("[data-testid=leave-out]").await;
    browser.see_text("[data-testid=import-summary]", "adds 1, updates 1").await;
    browser.click("[data-testid=import-review]").await;
    browser.see("[data-testid=save-dialog] [data-testid=preview]").await;
    assert_eq!(reservation(lab, "00:00:00:00:00:21"), None, "it was only looked at");
    walk.apply().await;
    let made = reservation(lab, "00:00:00:00:00:21").expect("Kea has it");
    assert_eq!((&made["ip-address"], &made["hostname"]), (&json!("192.0.2.121"), &json!("one")));
    let changed = reservation(lab, "aa:bb:cc:dd:ee:ff").expect("Kea has it");
    assert_eq!((&changed["ip-address"], &changed["hostname"]), (&json!("192.0.2.50"), &json!("desk-2")));
    assert_eq!(reservation(lab, "00:00:00:00:00:23"), None);

    let file = walk.perch.state().join("reservations.csv");
    fs::write(&file, "Action,MAC address\r\ndelete,00-00-00-00-00-21\r\n").unwrap();
    browser.click("[data-testid=import]").await;
    browser.choose_file("[data-testid=import-file]", &file).await;
    browser.see_text("[data-testid=import-summary]", "deletes 1").await;
    browser.click("[data-testid=import-review]").await;
    browser.see("[data-testid=save-dialog] [data-testid=preview]").await;
    walk.apply().await;
    assert_eq!(reservation(lab, "00:00:00:00:00:21"), None);

    // Whoever closes the dialog leaves everything as it was.
    browser.click("[data-testid=import]").await;
    browser.fill("[data-testid=import-text]", "00:00:00:00:00:29,192.0.2.129").await;
    browser.see_text("[data-testid=import-summary]", "adds 1").await;
    browser.press(&["Escape"]).await;
    browser.gone("[data-testid=import-dialog]").await;
    browser.gone("[data-testid=save]").await;
}

/// Everything that is done in one subnet, one after the other.
async fn work_in_a_subnet(version: &str) {
    let Some((lab, walk)) = begin(version).await else { return };
    m15_a_pool(&lab, &walk).await;
    m17_an_option(&lab, &walk).await;
    m08_an_option_is_defined_where_it_is_needed(&lab, &walk).await;
    m18_m19_a_reservation(&lab, &walk).await;
    m20_a_lease_becomes_a_reservation(&lab, &walk).await;
    m37_reservations_are_imported(&lab, &walk).await;
    // The list of all reservations finds it in another spelling.
    walk.browser.goto(&walk.perch.url("/reservations?q=1A-2B-3C-4D-5E-6F")).await;
    walk.browser.see_text("[data-testid=reservations] [data-testid=table-row]", "printer-north").await;
    walk.browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m15_m17_m18_m19_m20_m37_a_subnet_of_kea_2_6_3() {
    work_in_a_subnet("2.6.3").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m15_m17_m18_m19_m20_m37_a_subnet_of_kea_3_0_4() {
    work_in_a_subnet("3.0.4").await;
}
