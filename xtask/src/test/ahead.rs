//! The page, built while the steps before it run: the end of its compilation keeps one processor busy for minutes.

use std::{
    env,
    fs::{self, File},
    process::{Child, Stdio},
};

use anyhow::Result;

use crate::{command, paths, say};

/// The build of the page that was begun.
pub struct Ahead(Child);

impl Ahead {
    /// Begins it. What it says goes to a file: should it fail, the page's own step builds again and says why.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn begin() -> Result<Self> {
        fs::create_dir_all(paths::notes())?;
        let log = File::create(paths::notes().join("page-ahead.log"))?;
        let mut build = command::clean(env::current_exe()?);
        build.arg("page").stdin(Stdio::null()).stderr(log.try_clone()?).stdout(log);
        Ok(Self(build.spawn()?))
    }

    /// Waits for its end. Does `meanwhile` as long as there is something to wait for.
    ///
    /// # Errors
    /// When it cannot be waited for.
    pub fn end(mut self, meanwhile: impl FnOnce()) -> Result<()> {
        if self.0.try_wait()?.is_none() {
            meanwhile();
        }
        let status = self.0.wait()?;
        say::note(&format!("built beside the steps before: {status}"));
        Ok(())
    }
}
