//! Chromium, driven as a person would: look, click, type, and look again.

mod checks;
mod driver;
mod network;
mod picture;

pub use network::Network;
pub use picture::{Scheme, Screen};

use crate::{process::Process, skip};
use fantoccini::{
    Client, Locator,
    actions::{InputSource as _, KeyAction, KeyActions},
    elements::Element,
    error::CmdError,
    key::Key,
};
use serde_json::{Value, json};
use std::{
    path::PathBuf,
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::sync::{Semaphore, SemaphorePermit};

/// How long a page may take to show something.
const DEADLINE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(40);

/// One browser at a time: two on a small machine slow each other down until deadlines mean nothing.
static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);

/// A browser with a fresh profile. Dropping it ends it.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    test: String,
    _driver: Process,
    _profile: TempDir,
    _turn: SemaphorePermit<'static>,
}

impl Browser {
    /// Starts a browser. `None`, and said so, where Chromium or its driver is not installed.
    ///
    /// # Panics
    /// When they are there and do not work, or when `CI` is set and they are not there.
    pub async fn open() -> Option<Self> {
        let (chromedriver, chromium) = match driver::find() {
            Ok(found) => found,
            Err(reason) => {
                skip(&reason);
                return None;
            }
        };
        let turn = ONE_AT_A_TIME.acquire().await.expect("the semaphore is never closed");
        let profile = TempDir::new().expect("a profile");
        let (driver, port) = driver::start(&chromedriver, profile.path());
        let client = driver::session(port, &chromium, profile.path()).await;
        let test = std::thread::current().name().unwrap_or("journey").replace("::", "-");
        let browser = Self { client, test, _driver: driver, _profile: profile, _turn: turn };
        browser.look_at(Screen::Wide, Scheme::Light).await;
        Some(browser)
    }

    /// Opens a URL.
    pub async fn goto(&self, url: &str) {
        let opened = self.client.goto(url).await;
        self.must(&format!("open {url}"), opened).await;
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        let loaded = self.client.refresh().await;
        self.must("reload", loaded).await;
    }

    /// Where the browser is: the path and what follows it.
    pub async fn path(&self) -> String {
        let url = self.must("the URL", self.client.current_url().await).await;
        url[url::Position::BeforePath..].to_owned()
    }

    /// Waits until an element is visible.
    pub async fn see(&self, selector: &str) -> Element {
        self.until(&format!("{selector} to be visible"), async |client: &Client| {
            for element in client.find_all(Locator::Css(selector)).await? {
                if element.is_displayed().await? {
                    return Ok(Some(element));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Waits until an element with this text in it is visible.
    pub async fn see_text(&self, selector: &str, text: &str) -> Element {
        self.until(&format!("{selector} with the text {text:?}"), async |client: &Client| {
            for element in client.find_all(Locator::Css(selector)).await? {
                if element.is_displayed().await? && element.text().await?.contains(text) {
                    return Ok(Some(element));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Waits until a script returns `true`.
    pub async fn wait_for(&self, script: &str) {
        self.until(script, async |client: &Client| {
            let answer = client.execute(script, Vec::new()).await?;
            Ok((answer == true).then_some(()))
        })
        .await;
    }

    /// Waits until no such element is visible.
    pub async fn gone(&self, selector: &str) {
        self.until(&format!("{selector} to be gone"), async |client: &Client| {
            for element in client.find_all(Locator::Css(selector)).await? {
                if element.is_displayed().await? {
                    return Ok(None);
                }
            }
            Ok(Some(()))
        })
        .await;
    }

    /// Whether such an element is visible now.
    pub async fn shows(&self, selector: &str) -> bool {
        let found = self.client.find_all(Locator::Css(selector)).await.unwrap_or_default();
        for element in found {
            if element.is_displayed().await.unwrap_or(false) {
                return true;
            }
        }
        false
    }

    /// Waits until the element can be clicked, and clicks it.
    pub async fn click(&self, selector: &str) {
        self.until(&format!("a click on {selector}"), async |client: &Client| {
            for element in client.find_all(Locator::Css(selector)).await? {
                if element.is_displayed().await? && element.is_enabled().await? {
                    element.click().await?;
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await;
    }

    /// Waits until an element with this text can be clicked, and clicks it.
    pub async fn click_text(&self, selector: &str, text: &str) {
        self.until(&format!("a click on {selector} with the text {text:?}"), async |client: &Client| {
            for element in client.find_all(Locator::Css(selector)).await? {
                if element.is_displayed().await?
                    && element.is_enabled().await?
                    && element.text().await?.contains(text)
                {
                    element.click().await?;
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await;
    }

    /// Replaces what stands in a field by typing.
    pub async fn fill(&self, selector: &str, text: &str) {
        let field = self.see(selector).await;
        // Control+A, then typing over it: clearing by script would not tell the page.
        let typed = field.send_keys("\u{e009}a\u{e000}\u{e003}").await;
        self.must(&format!("empty {selector}"), typed).await;
        let typed = field.send_keys(text).await;
        self.must(&format!("type into {selector}"), typed).await;
    }

    /// Presses keys one after the other where the keyboard is: `a`, `Enter`, `Control+a`.
    pub async fn press(&self, chords: &[&str]) {
        for chord in chords {
            let keys: Vec<char> = chord.split('+').map(key).collect();
            let down = keys.iter().map(|&value| KeyAction::Down { value });
            let up = keys.iter().rev().map(|&value| KeyAction::Up { value });
            let actions = down.chain(up).fold(KeyActions::new("keyboard".into()), KeyActions::then);
            let pressed = self.client.perform_actions(actions).await;
            self.must(&format!("press {chord}"), pressed).await;
        }
    }

    /// Types where the keyboard is.
    pub async fn type_text(&self, text: &str) {
        let strokes = text
            .chars()
            .flat_map(|value| [KeyAction::Down { value }, KeyAction::Up { value }])
            .fold(KeyActions::new("keyboard".into()), KeyActions::then);
        let typed = self.client.perform_actions(strokes).await;
        self.must(&format!("type {text:?}"), typed).await;
    }

    /// Chooses a file in a field for files.
    pub async fn choose_file(&self, selector: &str, file: &std::path::Path) {
        let field = self.client.find(Locator::Css(selector)).await;
        let field = self.must(selector, field).await;
        let chosen = field.send_keys(&file.display().to_string()).await;
        self.must(&format!("choose {}", file.display()), chosen).await;
    }

    /// What stands in a field.
    pub async fn value(&self, selector: &str) -> String {
        let field = self.see(selector).await;
        let value = field.prop("value").await;
        self.must(&format!("the value of {selector}"), value).await.unwrap_or_default()
    }

    /// An attribute of an element; empty: it has none of that name.
    pub async fn attribute(&self, selector: &str, name: &str) -> String {
        let element = self.see(selector).await;
        let value = element.attr(name).await;
        self.must(&format!("{name} of {selector}"), value).await.unwrap_or_default()
    }

    /// The visible text of an element.
    pub async fn text(&self, selector: &str) -> String {
        let element = self.see(selector).await;
        let text = element.text().await;
        self.must(&format!("the text of {selector}"), text).await
    }

    /// Whether a button or field can be used.
    pub async fn enabled(&self, selector: &str) -> bool {
        let element = self.see(selector).await;
        let enabled = element.is_enabled().await;
        self.must(&format!("whether {selector} is enabled"), enabled).await
    }

    /// Runs a script in the page.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        let result = self.client.execute(script, arguments).await;
        self.must("a script", result).await
    }

    /// Ends the test with the reason, a picture and the page's source.
    pub async fn fail(&self, reason: &str) -> ! {
        let (picture, source) = self.evidence().await;
        let log = self.console().await.join("\n  ");
        panic!(
            "{reason}\n  picture: {}\n  source: {}\n  console:\n  {log}",
            picture.display(),
            source.display()
        )
    }

    async fn must<T>(&self, what: &str, result: Result<T, CmdError>) -> T {
        match result {
            Ok(value) => value,
            Err(error) => self.fail(&format!("{what}: {error}")).await,
        }
    }

    /// Asks `probe` until it gives a value; an element that the page replaced meanwhile is looked for again.
    async fn until<T>(&self, what: &str, probe: impl AsyncFn(&Client) -> Result<Option<T>, CmdError>) -> T {
        let start = Instant::now();
        let mut last = String::from("not there");
        while start.elapsed() < DEADLINE {
            match probe(&self.client).await {
                Ok(Some(value)) => return value,
                Ok(None) => {}
                Err(error) => last = error.to_string(),
            }
            tokio::time::sleep(PAUSE).await;
        }
        self.fail(&format!("waited {DEADLINE:?} for {what}: {last}")).await
    }

    async fn cdp(&self, method: &str, params: Value) -> Value {
        let answer =
            self.client.issue_cmd(driver::Chrome::Cdp(json!({"cmd": method, "params": params}))).await;
        answer.unwrap_or_else(|error| panic!("{method}: {error}"))
    }
}

/// Where pictures go.
fn pictures() -> PathBuf {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/screenshots"));
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    folder.canonicalize().expect("a folder for pictures")
}

/// The key of a name: a letter is itself.
fn key(name: &str) -> char {
    let key = match name {
        "Alt" => Key::Alt,
        "Backspace" => Key::Backspace,
        "Control" => Key::Control,
        "Down" => Key::Down,
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "F8" => Key::F8,
        "Home" => Key::Home,
        "Shift" => Key::Shift,
        "Space" => Key::Space,
        "Tab" => Key::Tab,
        letter => return letter.chars().next().expect("a key's name"),
    };
    key.into()
}
