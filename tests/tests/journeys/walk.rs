//! The steps that several journeys take, in the words of the page.

use perch_shared::Family;
use perch_tests::{browser::Browser, perch::Perch};

/// A line in the console for every request that Perch answered with a failure, which a journey provoked.
pub const PROVOKED: &str = "Failed to load resource: the server responded with a status of";

/// A person at the page.
pub struct Walk {
    pub browser: Browser,
    pub perch: Perch,
}

impl Walk {
    /// Opens the first page.
    pub async fn land(perch: Perch) -> Option<Self> {
        let browser = Browser::open().await?;
        browser.goto(&perch.url("/")).await;
        browser.see_text("h1", "Overview").await;
        Some(Self { browser, perch })
    }

    /// Opens the list of servers.
    pub async fn begin(perch: Perch) -> Option<Self> {
        let browser = Browser::open().await?;
        browser.goto(&perch.url("/servers")).await;
        browser.see_text("h1", "Servers").await;
        Some(Self { browser, perch })
    }

    /// Goes to the form that adds a server, types what is given, and sends it.
    pub async fn try_to_add(&self, addresses: &[&str], user: &str, password: &str) {
        let Self { browser, .. } = self;
        if !browser.shows("[data-testid=address-0]").await {
            browser.click("[data-testid=add-link]").await;
        }
        for (index, address) in addresses.iter().enumerate() {
            let field = format!("[data-testid=address-{index}]");
            if index > 0 && !browser.shows(&field).await {
                browser.click("[data-testid=more-addresses]").await;
            }
            browser.fill(&field, address).await;
        }
        browser.fill("[data-testid=user]", user).await;
        browser.fill("[data-testid=password]", password).await;
        browser.click("[data-testid=add-server]").await;
    }

    /// Adds a server with a wrong port first, reads the cause and the remedy, corrects it, and comes to the server's
    /// page. Gives the server's id.
    pub async fn add_server(&self, addresses: &[&str], user: &str, password: &str) -> String {
        let Self { browser, .. } = self;
        self.try_to_add(&["127.0.0.1:1"], user, password).await;
        let step = browser.see("[data-testid=probe-step][data-verdict=bad]").await;
        let said = step.text().await.unwrap();
        assert!(said.contains("refused"), "the cause is not named: {said}");
        browser.see("[data-testid=probe-step][data-verdict=bad] [data-testid=remedy]").await;
        assert!(
            self.perch
                .inventory()
                .is_none_or(|list| !String::from_utf8_lossy(&list).contains("127.0.0.1:1\""))
        );
        self.try_to_add(addresses, user, password).await;
        browser.see("[data-testid=daemon]").await;
        let path = browser.path().await;
        path.strip_prefix("/servers/").unwrap_or_else(|| panic!("at {path}")).to_owned()
    }

    /// Goes to a daemon's options by the tab of the server's page.
    pub async fn open_options(&self, family: Family) {
        self.browser.click(&format!("a[href$='/options/{family}']")).await;
        self.browser.see("[data-testid=option-picker]").await;
        self.browser.see("[data-testid=options]").await;
    }

    /// Finds an option by what is typed, and opens its editor.
    pub async fn pick(&self, typed: &str, name: &str) {
        let Self { browser, .. } = self;
        browser.fill("[data-testid=option-picker]", typed).await;
        browser.click_text("[data-testid=picker-item]", name).await;
        browser.see("[data-testid=value-field]").await;
    }

    /// Types values that Kea refuses, then one that it takes: each wrong one has its message, no bytes and no Save.
    pub async fn type_values(&self, wrong: &[&str], right: &str, bytes: &str) {
        let Self { browser, .. } = self;
        for wrong in wrong {
            browser.fill("[data-testid=value-field]", wrong).await;
            browser.see("[data-testid=field-message] [data-testid=finding].bad").await;
            browser.see_text("[data-testid=wire-bytes]", "Kea would refuse it").await;
            browser.see("[data-testid=save]:disabled").await;
        }
        browser.fill("[data-testid=value-field]", right).await;
        browser.gone("[data-testid=field-message] [data-testid=finding].bad").await;
        browser.see_text("[data-testid=wire-bytes]", bytes).await;
        browser.see("[data-testid=save]:enabled").await;
    }

    /// Opens the dialog that shows what saving would do.
    pub async fn review(&self) {
        self.browser.click("[data-testid=save]").await;
        self.browser.see("[data-testid=save-dialog] [data-testid=preview]").await;
    }

    /// Applies what is shown, and closes the dialog when it went well and is written.
    pub async fn apply(&self) {
        self.browser.click("[data-testid=apply]").await;
        self.browser.see("[data-testid=result][data-written=true]").await;
        self.browser.see("[data-testid=apply-step][data-phase=config-write][data-done=true]").await;
        self.browser.click("[data-testid=close-result]").await;
        self.browser.gone("[data-testid=save-dialog]").await;
        self.browser.gone("[data-testid=save]").await;
    }

    /// The value that a row of the options shows.
    pub async fn shows_option(&self, name: &str, value: &str) {
        self.browser
            .see_text(
                &format!("[data-testid=option-row][data-name='{name}'] [data-testid=option-value]"),
                value,
            )
            .await;
    }
}

/// The selector of a place in a list of differences.
pub fn difference(place: &str) -> String {
    format!("[data-testid=difference][data-path^='{place}']")
}
