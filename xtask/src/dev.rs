//! Rebuilding whatever a change concerns, with the demo running.

use std::{fs, path::PathBuf, process::Child, thread, time::Duration, time::SystemTime};

use anyhow::Result;

use crate::{
    binary,
    command::{self, cargo, clean},
    fingerprint,
    page::{self, Mode},
    paths, say,
};

/// How often the files are looked at.
const LOOK: Duration = Duration::from_millis(400);

/// Builds page and binary for development, starts the demo, and keeps all three current until somebody ends it.
///
/// # Errors
/// When the folders cannot be read.
pub fn watch(arguments: &[String]) -> Result<()> {
    let page = Watched::new(&["shared/src", "frontend", "public", "Cargo.toml"]);
    let proxy = Watched::new(&["shared/src", "proxy", "Cargo.toml"]);
    let mut seen = [None, None];
    let mut demo: Option<Child> = None;
    loop {
        // Times are read before building: what changes meanwhile is built the next time.
        let now = [page.newest()?, proxy.newest()?];
        let [page_seen, proxy_seen] = &mut seen;
        let [page_now, proxy_now] = now;
        if *page_seen != Some(page_now) {
            *page_seen = Some(page_now);
            say::heading("page", "for development");
            report(page::build(Mode::Dev).map(|_| "reload the browser to see it"));
        }
        if *proxy_seen != Some(proxy_now) {
            *proxy_seen = Some(proxy_now);
            say::heading("proxy", "for development");
            if report(command::must(cargo("build").args(["--package", "perch"])).map(|_| "built")) {
                stop(&mut demo)?;
                demo = Some(binary::demo(&mut clean(paths::target().join("debug/perch")), arguments)?);
            }
        }
        if let Some(child) = &mut demo
            && let Some(status) = child.try_wait()?
        {
            say::note(&format!("the demo ended: {status}; it starts again after the next change"));
            demo = None;
        }
        thread::sleep(LOOK);
    }
}

/// Says how a build went; whether it went well.
fn report(result: Result<&str>) -> bool {
    match &result {
        Ok(text) => say::note(text),
        Err(error) => say::note(&format!("{error:#}\nwaiting for the next change")),
    }
    result.is_ok()
}

/// Ends the demo. It keeps nothing, so nothing can be lost.
fn stop(demo: &mut Option<Child>) -> Result<()> {
    if let Some(mut child) = demo.take() {
        child.kill()?;
        child.wait()?;
    }
    Ok(())
}

/// Files whose changes matter to one build.
struct Watched(Vec<PathBuf>);

impl Watched {
    fn new(paths: &[&str]) -> Self {
        Self(paths.iter().map(|path| paths::root().join(path)).collect())
    }

    /// The newest change and the number of files, so that a removal is seen as well.
    fn newest(&self) -> Result<(SystemTime, usize)> {
        let (mut newest, mut count) = (SystemTime::UNIX_EPOCH, 0);
        for path in &self.0 {
            for file in fingerprint::files(path)? {
                // An editor's short-lived file may be gone already.
                let Ok(changed) = fs::metadata(&file).and_then(|data| data.modified()) else { continue };
                newest = newest.max(changed);
                count += 1;
            }
        }
        Ok((newest, count))
    }
}
