//! Journeys through the list of subnets, with real Kea daemons: what the page says is done, Kea itself says too.

use crate::walk::PROVOKED;
use perch_shared::{Family, KeaVersion, api::ServerId};
use perch_tests::{
    browser::Browser,
    lab::{Access, Lab},
    perch::Perch,
};
use serde_json::{Value, json};

const ROWS: &str = "[data-testid=networks] [data-testid=table-row]";

/// A person at the page, with one server in the inventory.
struct Journey {
    lab: Lab,
    perch: Perch,
    browser: Browser,
    id: ServerId,
}

impl Journey {
    async fn begin(version: &str) -> Option<Self> {
        let mut lab = Lab::open(version)?;
        let perch = Perch::serve();
        let id = if lab.version() < KeaVersion::new(2, 7, 2) {
            perch.add(&[&lab.start_behind_agent(Access::Open)])
        } else {
            let addresses = Family::ALL.map(|family| lab.start_direct(family, Access::Password));
            perch.add_with_password(&addresses.each_ref().map(String::as_str))
        };
        let browser = Browser::open().await?;
        Some(Self { lab, perch, browser, id })
    }

    async fn open(&self, path: &str) {
        self.browser.goto(&self.perch.url(path)).await;
    }

    /// A subnet as Kea prints it, wherever it stands.
    fn subnet(&self, prefix: &str) -> Option<Value> {
        let mut running = self.lab.running(Family::V4);
        let inside = running["shared-networks"].as_array_mut().into_iter().flatten();
        let mut all: Vec<Value> = inside.map(|network| network["subnet4"].take()).collect();
        all.push(running["subnet4"].take());
        let mut subnets = all.iter_mut().filter_map(Value::as_array_mut).flatten();
        subnets.find(|subnet| subnet["subnet"] == prefix).map(Value::take)
    }

    /// Waits until the list shows just these subnets.
    async fn lists(&self, subnets: &[&str]) {
        let script = format!(
            "return JSON.stringify([...document.querySelectorAll(\"{ROWS} [data-column=subnet]\")].map(c => c.textContent)) === '{}'",
            json!(subnets)
        );
        self.browser.wait_for(&script).await;
    }

    /// Opens the menu of the only row that is shown.
    async fn choose(&self, words: &str) {
        self.browser.click(&format!("{ROWS} [data-testid=row-menu]")).await;
        self.browser.click_text("[role=menuitem]", words).await;
    }

    async fn apply(&self) {
        self.browser.see("[data-testid=save-dialog] [data-testid=preview]").await;
        self.browser.click("[data-testid=apply]").await;
    }

    async fn apply_and_close(&self) {
        self.apply().await;
        self.browser.see("[data-testid=result][data-written=true]").await;
        self.browser.click("[data-testid=close-result]").await;
        self.browser.gone("[data-testid=save-dialog]").await;
    }
}

/// The list, its filter, completion, what is said about a wrong filter, and a filter that is kept.
async fn m09_m26_m27_a_list_with_filters(journey: &Journey) {
    let browser = &journey.browser;
    let version = journey.lab.version();
    journey.open("/networks?family=dhcp4").await;
    journey.lists(&["10.20.0.0/24", "10.20.1.0/24", "10.30.0.0/24", "10.30.1.0/24"]).await;
    browser.axe("networks").await;
    browser.click("[data-testid=sort-subnet]").await;
    journey.lists(&["10.30.1.0/24", "10.30.0.0/24", "10.20.1.0/24", "10.20.0.0/24"]).await;
    browser.click("[data-testid=sort-subnet]").await;

    browser.press(&["/"]).await;
    browser.type_text("class=ph").await;
    browser.see_text("[data-testid=query-offer]", "phones").await;
    browser.press(&["Down", "Enter"]).await;
    journey.lists(&["10.20.0.0/24"]).await;
    browser.wait_for("return location.search.includes('q=class%3Dphones')").await;
    browser.reload().await;
    journey.lists(&["10.20.0.0/24"]).await;

    browser.fill("[data-testid=query]", "network=hall and subnet in 10.30.1.0/24").await;
    journey.lists(&["10.30.1.0/24"]).await;
    browser.fill("[data-testid=query]", "10.20.1.77").await;
    journey.lists(&["10.20.1.0/24"]).await;
    browser.fill("[data-testid=query]", "sbnet=1 or office").await;
    browser.see_text("[data-testid=query-error]", "Did you mean").await;
    browser.screenshot(&format!("query-error-{version}")).await;
    browser.axe("query error").await;
    browser.press(&["Escape"]).await;
    journey.lists(&["10.20.0.0/24", "10.20.1.0/24", "10.30.0.0/24", "10.30.1.0/24"]).await;

    browser.fill("[data-testid=query]", "network=hall").await;
    browser.click("[data-testid=save-filter]").await;
    browser.fill("[data-testid=filter-name]", "Hall").await;
    browser.click("[data-testid=keep-filter]").await;
    browser.gone("[data-testid=save-filter-dialog]").await;
    journey.open("/networks?family=dhcp4").await;
    browser.click_text("[data-testid=saved-filter] button", "Hall").await;
    journey.lists(&["10.30.0.0/24", "10.30.1.0/24"]).await;
    browser.click("[data-testid=remove-filter]").await;
    browser.gone("[data-testid=saved-filter]").await;

    browser.click_text(".segment", "By shared network").await;
    browser.see_text(".group-head", "hall").await;
}

/// A subnet is created, gets another class, is duplicated, and is removed.
async fn m10_m12_m13_m25_a_subnet_comes_and_goes(journey: &Journey) {
    let Journey { browser, id, .. } = journey;
    let version = journey.lab.version();
    journey.open(&format!("/networks/new-subnet?server={id}&family=dhcp4")).await;
    browser.fill("[data-testid=prefix]", "10.20.0.128/25").await;
    browser.see_text("[data-testid=field-finding]", "lies in subnet").await;
    browser.screenshot(&format!("subnet-overlaps-{version}")).await;
    browser.axe("create subnet").await;
    browser.fill("[data-testid=prefix]", "10.20.0.0/24").await;
    browser.see("[data-testid=save]:disabled").await;
    browser.fill("[data-testid=prefix]", "10.40.0.7/24").await;
    browser.click("[data-testid=align]").await;
    browser.gone("[data-testid=field-finding]").await;
    assert_eq!(browser.value("[data-testid=pool]").await, "10.40.0.1 - 10.40.0.254");
    assert_eq!(browser.value("[data-testid='f-subnet4[2].id']").await, "12");
    browser.fill("[data-testid=pool]", "10.40.0.10 - 10.40.0.99").await;
    browser.click("[data-testid=class] option[value=phones]").await;
    browser.fill("[data-testid=comment]", "Zoe's desk").await;
    browser.click("[data-testid=save]").await;
    journey.apply().await;
    browser.wait_for("return location.pathname.endsWith('/subnets/dhcp4/12')").await;
    let made = journey.subnet("10.40.0.0/24").expect("Kea has it");
    let class = if journey.lab.version() < KeaVersion::new(2, 7, 5) {
        made["client-class"].clone()
    } else {
        made["client-classes"][0].clone()
    };
    let found = [&made["id"], &made["pools"][0]["pool"], &class, &made["user-context"]["comment"]];
    assert_eq!(json!(found), json!([12, "10.40.0.10-10.40.0.99", "phones", "Zoe's desk"]));

    journey.open("/networks?q=10.40.0.0/24").await;
    journey.lists(&["10.40.0.0/24"]).await;
    journey.choose("Assign client class").await;
    browser.axe("assign a class").await;
    if journey.lab.version() >= KeaVersion::new(2, 7, 5) {
        browser.click("[data-testid=class-phones]").await;
    }
    browser.click("[data-testid=class-guests]").await;
    browser.click("[data-testid=assign-review]").await;
    journey.apply_and_close().await;
    let now = journey.subnet("10.40.0.0/24").expect("Kea has it");
    assert!(now["client-class"] == "guests" || now["client-classes"] == json!(["guests"]), "{now}");
    browser.see_text(&format!("{ROWS} [data-column=class]"), "guests").await;

    journey.choose("Duplicate").await;
    browser.fill("[data-testid=prefix]", "10.41.0.0/24").await;
    browser.see("[data-testid=save]:enabled").await;
    browser.click("[data-testid=save]").await;
    journey.apply().await;
    browser.wait_for("return location.pathname.endsWith('/subnets/dhcp4/13')").await;
    let copy = journey.subnet("10.41.0.0/24").expect("Kea has it");
    assert!(copy["client-class"] == "guests" || copy["client-classes"] == json!(["guests"]), "{copy}");

    journey.open("/networks?q=10.40.0.0/24").await;
    journey.lists(&["10.40.0.0/24"]).await;
    journey.choose("Remove").await;
    browser.see_text("[data-testid=lost]", "1 pool").await;
    browser.axe("remove a subnet").await;
    browser.click("[data-testid=remove-review]").await;
    journey.apply_and_close().await;
    assert_eq!(journey.subnet("10.40.0.0/24"), None);
    browser.see("[data-testid=no-match]").await;
}

/// A subnet comes with its gateway, which its pool leaves out, and with a class of its own: one change, undone as one.
async fn m10_m24_a_subnet_with_its_gateway_and_class(journey: &Journey) {
    let Journey { browser, id, perch, .. } = journey;
    let version = journey.lab.version();
    journey.open(&format!("/networks/new-subnet?server={id}&family=dhcp4")).await;
    browser.fill("[data-testid=prefix]", "10.50.0.0/24").await;
    browser.fill("[data-testid=gateway]", "10.60.0.1").await;
    browser.see("[data-testid=field-finding][data-code='subnet/router-outside']").await;
    browser.fill("[data-testid=gateway]", "").await;
    browser.click("[data-testid=usual-gateway]").await;
    browser.gone("[data-testid=field-finding]").await;
    assert_eq!(browser.value("[data-testid=gateway]").await, "10.50.0.1");
    assert_eq!(browser.value("[data-testid=pool]").await, "10.50.0.2 - 10.50.0.254");
    browser.click("[data-testid=new-class]").await;
    let field = |key: &str| format!("[data-testid^='f-client-classes['][data-testid$='].{key}']");
    browser.fill(&field("name"), "cameras").await;
    browser.fill(&field("test"), "option[60].text == 'cam").await;
    browser.see("[data-testid=field-finding]").await;
    browser.see("[data-testid=save]:disabled").await;
    browser.fill(&field("test"), "option[60].text == 'cam'").await;
    browser.look_closely(&format!("subnet-with-class-{version}")).await;
    browser.click("[data-testid=save]").await;
    journey.apply().await;
    browser.wait_for("return location.pathname.includes('/subnets/dhcp4/')").await;
    browser.see_text("[data-testid=of-class]", "cameras").await;
    let made = journey.subnet("10.50.0.0/24").expect("Kea has it");
    assert!(made["client-class"] == "cameras" || made["client-classes"] == json!(["cameras"]), "{made}");
    assert_eq!(
        json!([made["option-data"][0]["code"], made["option-data"][0]["data"]]),
        json!([3, "10.50.0.1"])
    );
    let has_class = || {
        let running = journey.lab.running(Family::V4);
        let classes = running["client-classes"].as_array().cloned().unwrap_or_default();
        classes.iter().any(|class| class["name"] == "cameras")
    };
    assert!(has_class());
    browser.click("[data-testid=of-class]").await;
    browser.click("[data-testid=class-uses]").await;
    browser.see_text("dialog[open]", "10.50.0.0/24").await;
    browser.goto(&perch.url("/history")).await;
    browser.click("[data-testid=history-entry] a.row-link").await;
    // A client got an address meanwhile: that is told, and its lease goes on naming the subnet's ID.
    let lease =
        json!({"ip-address": "10.50.0.9", "hw-address": "aa:bb:cc:dd:ee:01", "subnet-id": made["id"]});
    let added = journey.lab.ask(Family::V4, &json!({"command": "lease4-add", "arguments": lease}));
    assert_eq!(added["result"], 0, "{added}");
    browser.click("[data-testid=undo]").await;
    browser
        .see_text("[data-testid=save-dialog] [data-testid=notes]", "One lease is active in 10.50.0.0/24")
        .await;
    journey.apply_and_close().await;
    assert!(journey.subnet("10.50.0.0/24").is_none() && !has_class());
    let id_of_lease = made["id"].as_u64().expect("a number");
    journey.open(&format!("/networks/new-subnet?server={id}&family=dhcp4")).await;
    browser.fill("[data-testid=prefix]", "10.51.0.0/24").await;
    browser.see_text("[data-testid=earlier-leases]", &format!("{id_of_lease} (1 lease)")).await;
    let field = "[data-testid^='f-subnet4['][data-testid$='].id']";
    assert_eq!(browser.value(field).await, (id_of_lease + 1).to_string());
    browser.look_closely(&format!("subnet-id-passed-over-{version}")).await;
    browser.fill(field, &id_of_lease.to_string()).await;
    browser.see_text("[data-testid=earlier-leases]", "count as this subnet's").await;
    browser.fill("[data-testid=prefix]", "").await;
}

/// Two subnets get the same lifetime and relay as one change, by the keyboard; what else they have stays.
async fn m11_several_subnets_are_edited_as_one(journey: &Journey) {
    let Journey { browser, lab, .. } = journey;
    journey.open("/networks?q=subnet%20in%2010.20.0.0/16").await;
    journey.lists(&["10.20.0.0/24", "10.20.1.0/24"]).await;
    browser.run(&format!("document.querySelector('{ROWS}').focus()"), vec![]).await;
    browser.press(&["Space", "Down"]).await;
    browser.wait_for("return document.activeElement.getAttribute('aria-rowindex') === '3'").await;
    browser.press(&["Shift+Space"]).await;
    browser.see_text("[data-testid=selected]", "2 subnets selected").await;
    browser.look_closely(&format!("networks-selected-{}", lab.version())).await;
    browser.click("[data-testid=edit-selected]").await;
    let lifetime = "[data-testid='f-valid-lifetime']";
    browser.see(lifetime).await;
    assert_eq!(browser.attribute(lifetime, "placeholder").await, "several values");
    browser.see_text("[data-testid=prop][data-path=valid-lifetime] [data-testid=values]", "600").await;
    browser.fill(lifetime, "soon").await;
    browser.see("[data-testid=prop][data-path=valid-lifetime] [data-testid=field-finding].bad").await;
    browser.see("[data-testid=save]:disabled").await;
    browser.look_closely(&format!("several-subnets-{}", lab.version())).await;
    browser.fill(lifetime, "900").await;
    browser.fill("[data-testid='f-renew-timer']", "300").await;
    browser.fill("[data-testid='f-rebind-timer']", "600").await;
    browser.fill("[data-testid='f-relay.ip-addresses']", "10.20.0.2, 10.20.0.3").await;
    browser.see("[data-testid=save]:enabled").await;
    let now = |key: &str| {
        ["10.20.0.0/24", "10.20.1.0/24"].map(|prefix| journey.subnet(prefix).unwrap()[key].clone())
    };
    assert_eq!(now("valid-lifetime"), [json!(4000), json!(600)], "it was only typed");
    browser.click("[data-testid=save]").await;
    journey.apply_and_close().await;
    assert_eq!(now("valid-lifetime"), [json!(900), json!(900)]);
    assert_eq!(now("renew-timer"), [json!(300), json!(300)]);
    let relay = json!({"ip-addresses": ["10.20.0.2", "10.20.0.3"]});
    assert_eq!(now("relay"), [relay.clone(), relay]);
    let [first, _] = now("reservations");
    assert_eq!(first[0]["hostname"], "printer");
    assert_eq!(journey.subnet("10.30.0.0/24").unwrap()["valid-lifetime"], 4000);

    // The one is taken back where it stands, the other is removed from all.
    browser.click("[data-testid=prop][data-path='relay.ip-addresses'] [data-testid=clear]").await;
    browser.fill("[data-testid='f-renew-timer']", "400").await;
    browser.click("[data-testid=prop][data-path='renew-timer'] [data-testid=put-back]").await;
    browser.click("[data-testid=save]").await;
    journey.apply_and_close().await;
    assert_eq!(now("renew-timer"), [json!(300), json!(300)]);
    assert!(now("relay").iter().all(|relay| relay["ip-addresses"].as_array().is_none_or(Vec::is_empty)));
}

/// A shared network is created with a subnet that was outside, and removed again without it.
async fn m21_a_shared_network(journey: &Journey) {
    let Journey { browser, lab, .. } = journey;
    journey.open("/networks/new-shared-network").await;
    browser.fill("[data-testid=network-name]", "wing").await;
    browser.fill("[data-testid=choose-filter]", "10.20.1").await;
    browser.click("[data-testid=choose-subnet][data-prefix='10.20.1.0/24']").await;
    browser.click("[data-testid=network-save]").await;
    journey.apply().await;
    browser.see_text("[data-testid=network-name]", "wing").await;
    browser.see("[data-testid=network-subnet][data-prefix='10.20.1.0/24']").await;
    let wing = || {
        let mut running = lab.running(Family::V4);
        let mut all = running["shared-networks"].as_array_mut().unwrap().iter_mut();
        all.find(|network| network["name"] == "wing").map(Value::take)
    };
    assert_eq!(wing().expect("Kea has it")["subnet4"][0]["subnet"], "10.20.1.0/24");
    browser.click("[data-testid=network-menu]").await;
    browser.click_text("[role=menuitem]", "Remove").await;
    browser.click("[data-testid=remove-confirm]").await;
    journey.apply().await;
    browser.see_text("h1", "Networks").await;
    assert_eq!(wing(), None);
    assert_eq!(journey.subnet("10.20.1.0/24").expect("Kea keeps it")["valid-lifetime"], 900);
}

/// Everything that is done with subnets in the list, one after the other.
async fn work_with_subnets(version: &str) {
    let Some(journey) = Journey::begin(version).await else { return };
    m09_m26_m27_a_list_with_filters(&journey).await;
    m10_m12_m13_m25_a_subnet_comes_and_goes(&journey).await;
    m10_m24_a_subnet_with_its_gateway_and_class(&journey).await;
    m11_several_subnets_are_edited_as_one(&journey).await;
    m21_a_shared_network(&journey).await;
    journey.browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m09_m10_m11_m12_m13_m21_m25_m26_m27_subnets_of_kea_2_6_3() {
    work_with_subnets("2.6.3").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m09_m10_m11_m12_m13_m21_m25_m26_m27_subnets_of_kea_3_0_4() {
    work_with_subnets("3.0.4").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m28_whatever_is_looked_for_is_found() {
    let Some(journey) = Journey::begin("3.0.4").await else { return };
    let browser = &journey.browser;
    journey.open("/find").await;
    browser.see("[data-testid=empty]").await;
    browser.axe("find").await;
    for (typed, group, expected) in [
        ("0200.0000.0011", "reservation", "10.20.0.200"),
        ("10.20.0.50", "subnet", "10.20.0.10"),
        ("hall", "network", "hall"),
        ("phones", "class", "phones"),
    ] {
        browser.fill("[data-testid=find]", typed).await;
        browser.see_text(&format!("[data-testid=hits-{group}] [data-testid=hit]"), expected).await;
    }
    browser.axe("found").await;
    browser.fill("[data-testid=find]", "nobody-is-called-that").await;
    browser.see("[data-testid=no-hit]").await;
    browser.leave_clean(&[PROVOKED]).await;
}
