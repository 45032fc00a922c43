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
async fn filter(version: &str) {
    let Some(journey) = Journey::begin(version).await else { return };
    let browser = &journey.browser;
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
    assert!(browser.path().await.contains("q=class%3Dphones"), "{}", browser.path().await);
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
    browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn subnets_of_kea_2_6_3_are_filtered() {
    filter("2.6.3").await;
}

/// A subnet is created, gets another class, and is removed.
async fn come_and_go(version: &str) {
    let Some(journey) = Journey::begin(version).await else { return };
    let Journey { browser, id, .. } = &journey;
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

    journey.choose("Remove").await;
    browser.see_text("[data-testid=lost]", "1 pool").await;
    browser.axe("remove a subnet").await;
    browser.click("[data-testid=remove-review]").await;
    journey.apply_and_close().await;
    assert_eq!(journey.subnet("10.40.0.0/24"), None);
    browser.see("[data-testid=no-match]").await;
    browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_subnet_of_kea_2_6_3_comes_and_goes() {
    come_and_go("2.6.3").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_subnet_of_kea_3_0_4_comes_and_goes() {
    come_and_go("3.0.4").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn whatever_is_looked_for_is_found() {
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
