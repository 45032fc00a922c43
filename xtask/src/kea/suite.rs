//! Which Kea is in which of Debian's suites, and where this machine gets its packages.

use crate::{
    command::{answer, clean},
    debian,
    get::{Get, Missing},
};

/// A suite of Debian and the Kea that it carries.
#[derive(Debug)]
pub struct Suite {
    /// The suite's name.
    pub name: &'static str,
    /// Kea's version there.
    pub version: &'static str,
}

/// The versions that Perch is held to.
pub const SUITES: [Suite; 3] = [
    Suite { name: "bookworm", version: "2.2.0" },
    Suite { name: "trixie", version: "2.6.3" },
    Suite { name: "forky", version: "3.0.4" },
];

/// The address of the archive from which this machine installs its own release.
///
/// # Errors
/// When this machine is no Debian, or its sources have another form.
pub fn archive() -> Get<String> {
    let remedy = "Run the tests on Debian, or in a container of it.";
    if !debian::is_debian() {
        return Err(Missing::new("The real Keas come from Debian's archive, and this is not Debian", remedy));
    }
    let codename = debian::release("VERSION_CODENAME").unwrap_or_default();
    let format = "$(CREATED_BY) $(RELEASE) $(COMPONENT) $(REPO_URI)";
    let targets = answer(clean("apt-get").args(["indextargets", "--format", format])).unwrap_or_default();
    choose(&targets, &codename).ok_or_else(|| {
        Missing::new(
            format!("apt's sources name no archive of {codename} main"),
            "Add one to /etc/apt/sources.list.",
        )
    })
}

/// The archive's address among apt's index targets: where the release's own packages are, not its updates'.
fn choose(targets: &str, codename: &str) -> Option<String> {
    targets.lines().find_map(|line| {
        let mut words = line.split_whitespace();
        let own = words.next()? == "Packages" && words.next()? == codename && words.next()? == "main";
        let address = words.next()?;
        own.then(|| address.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_release_itself_is_chosen() {
        let targets = "Packages bookworm-security main http://a/security/\n\
                       DEP-11 bookworm main http://b/\n\
                       Packages bookworm contrib http://c/\n\
                       Packages bookworm main http://d/debian/\n";
        assert_eq!(choose(targets, "bookworm").as_deref(), Some("http://d/debian/"));
        assert_eq!(choose(targets, "trixie"), None);
    }
}
