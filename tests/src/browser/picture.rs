//! What the page looks like: the screen it is shown on, pictures, and the evidence of a failure.

use super::{Browser, pictures};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use fantoccini::Client;
use serde_json::json;
use std::{
    fs,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// A desk's: 1440 × 900.
    Wide,
    /// A telephone's: 390 × 844, two device pixels for each.
    Narrow,
}

impl Screen {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Wide, Self::Narrow];

    /// A name for files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
        }
    }
}

/// What the person prefers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Scheme {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// The media feature's value, and a name for files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Browser {
    /// Shows the page on this screen and in this scheme from now on.
    pub async fn look_at(&self, screen: Screen, scheme: Scheme) {
        let (width, height, ratio, mobile) = match screen {
            Screen::Wide => (1440, 900, 1, false),
            Screen::Narrow => (390, 844, 2, true),
        };
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": ratio, "mobile": mobile});
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
        let features = json!([{"name": "prefers-color-scheme", "value": scheme.name()}]);
        self.cdp("Emulation.setEmulatedMedia", json!({"features": features})).await;
        self.stand_still().await;
    }

    /// Waits until nothing moves that will ever stop: a picture of a transition shows colours that nobody sees.
    async fn stand_still(&self) {
        let script = "return document.getAnimations().every(
            a => a.playState !== 'running' || a.effect.getComputedTiming().endTime === Infinity)";
        self.until("the page to stand still", async |client: &Client| {
            let still = client.execute(script, Vec::new()).await? == true;
            Ok(still.then_some(()))
        })
        .await;
    }

    /// Takes a picture of the page from top to bottom, `target/screenshots/NAME.png`.
    ///
    /// # Panics
    /// When the browser gives none.
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        self.stand_still().await;
        self.capture(name).await
    }

    async fn capture(&self, name: &str) -> PathBuf {
        let answer =
            self.cdp("Page.captureScreenshot", json!({"format": "png", "captureBeyondViewport": true})).await;
        let bytes = BASE64_STANDARD.decode(answer["data"].as_str().unwrap_or_default()).expect("a picture");
        let path = pictures().join(format!("{name}.png"));
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder for the picture");
        fs::write(&path, bytes).expect("the picture");
        path
    }

    /// Takes pictures on both screens in both schemes, and leaves the page as it was first.
    pub async fn look(&self, name: &str) {
        self.look_in_all_ways(name, false).await;
    }

    /// Looks at the page as [`look`](Self::look) does, holding it to [`axe`](Self::axe) each time.
    pub async fn look_closely(&self, name: &str) {
        self.look_in_all_ways(name, true).await;
    }

    async fn look_in_all_ways(&self, name: &str, closely: bool) {
        for scheme in Scheme::ALL {
            for screen in Screen::ALL {
                self.look_at(screen, scheme).await;
                let name = format!("{name}-{}-{}", scheme.name(), screen.name());
                self.screenshot(&name).await;
                self.no_sideways_scrolling(&name).await;
                if closely {
                    self.axe(&name).await;
                }
            }
        }
        self.look_at(Screen::Wide, Scheme::Light).await;
    }

    /// Saves a picture and the page's source.
    pub(super) async fn evidence(&self) -> (PathBuf, PathBuf) {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let picture = self.capture(&format!("failures/{}-{number}", self.test)).await;
        let source = picture.with_extension("html");
        let text = self.client.source().await.unwrap_or_else(|error| error.to_string());
        fs::write(&source, text).expect("the source");
        (picture, source)
    }
}
