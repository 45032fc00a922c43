//! What is measured: a real kea-dhcp4 with many subnets, its Control Agent, and Perch in front of it.

use std::{
    fmt::Write as _,
    fs,
    io::{BufRead as _, BufReader},
    net::{SocketAddr, TcpListener, TcpStream},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};

use super::client::Client;
use crate::{
    command::{self, clean},
    kea, paths,
};

/// How long a daemon may take to start.
const PATIENCE: Duration = Duration::from_secs(30);

/// The running daemons; dropping it ends them and removes their files.
pub struct Lab {
    /// Where the Control Agent listens.
    pub agent: SocketAddr,
    /// Where Perch listens.
    pub perch: SocketAddr,
    /// The server's id in Perch.
    pub server: String,
    folder: PathBuf,
    children: Vec<Child>,
}

impl Lab {
    /// Starts everything inside a Kea's root.
    ///
    /// # Errors
    /// When a daemon does not start.
    pub fn start(root: &Path, subnets: usize) -> Result<Self> {
        let inside = format!("/bench-{}", std::process::id());
        let folder = root.join(inside.trim_start_matches('/'));
        for name in ["run", "data", "etc", "perch"] {
            fs::create_dir_all(folder.join(name)).with_context(|| folder.display().to_string())?;
        }
        // Kea refuses a folder for its sockets that others may enter.
        fs::set_permissions(folder.join("run"), fs::Permissions::from_mode(0o750))?;
        let agent = SocketAddr::from(([127, 0, 0, 1], free_port()?));
        fs::write(folder.join("etc/dhcp4.json"), daemon(&inside, subnets)?)?;
        fs::write(folder.join("etc/agent.json"), control_agent(&inside, agent.port()))?;
        let nobody = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut lab = Self { agent, perch: nobody, server: String::new(), folder, children: Vec::new() };

        let dhcp = free_port()?.to_string();
        lab.kea(root, &inside, &["/usr/sbin/kea-dhcp4", "-c", "dhcp4.json", "-p", &dhcp])?;
        lab.wait("kea-dhcp4", |lab| lab.folder.join("run/kea4.sock").exists())?;
        lab.kea(root, &inside, &["/usr/sbin/kea-ctrl-agent", "-c", "agent.json"])?;
        lab.wait("kea-ctrl-agent", |lab| TcpStream::connect(lab.agent).is_ok())?;
        lab.perch = lab.start_perch()?;
        lab.server = server_id(&Client::connect(lab.perch)?.get("/api/v1/servers")?)?;
        Ok(lab)
    }

    /// Starts one of Kea's programs with its folders in ours.
    fn kea(&mut self, root: &Path, inside: &str, words: &[&str]) -> Result<()> {
        let mut command = kea::inside(root);
        for word in words {
            let word =
                if word.ends_with(".json") { format!("{inside}/etc/{word}") } else { (*word).to_owned() };
            command.arg(word);
        }
        for (name, place) in [
            ("KEA_PIDFILE_DIR", "run"),
            ("KEA_LOCKFILE_DIR", "run"),
            ("KEA_CONTROL_SOCKET_DIR", "run"),
            ("KEA_DHCP_DATA_DIR", "data"),
            ("KEA_LOG_FILE_DIR", "data"),
        ] {
            command.env(name, format!("{inside}/{place}"));
        }
        self.spawn(&mut command).map(drop)
    }

    /// Starts Perch and waits for its address.
    fn start_perch(&mut self) -> Result<SocketAddr> {
        let mut command = clean(paths::binary());
        command.args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--kea",
            &format!("http://{}", self.agent),
            "--state",
        ]);
        command.arg(self.folder.join("perch")).stdout(Stdio::piped());
        let output = self.spawn(&mut command)?.context("Perch has no output")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let address = line.trim().strip_prefix("Perch is listening on http://");
        address.with_context(|| format!("Perch did not start: {line}"))?.parse().context("Perch's address")
    }

    /// Starts a child, whose errors go to a log.
    fn spawn(&mut self, command: &mut Command) -> Result<Option<ChildStdout>> {
        let log = self.folder.join(format!("{}.log", self.children.len()));
        let log = fs::File::create(&log).with_context(|| log.display().to_string())?;
        if command.get_program() != paths::binary() {
            command.stdout(log.try_clone()?);
        }
        command.stdin(Stdio::null()).stderr(log);
        let mut child =
            command.spawn().with_context(|| format!("starting {}", command::describe(command)))?;
        let output = child.stdout.take();
        self.children.push(child);
        Ok(output)
    }

    /// Waits until something is so, or the child that was started last has ended.
    fn wait(&mut self, what: &str, ready: impl Fn(&Self) -> bool) -> Result<()> {
        let started = Instant::now();
        while !ready(self) {
            let ended = self.children.last_mut().map(Child::try_wait).transpose()?.flatten();
            if ended.is_some() || started.elapsed() > PATIENCE {
                let log = self.folder.join(format!("{}.log", self.children.len().saturating_sub(1)));
                bail!("{what} did not start:\n{}", fs::read_to_string(log).unwrap_or_default());
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        for child in self.children.iter_mut().rev() {
            // One that has ended already cannot be ended.
            let _ = child.kill();
            let _ = child.wait();
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A port that is free now.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// The id of the only server in Perch's list.
fn server_id(list: &str) -> Result<String> {
    let id = list.split("\"id\":").nth(1).and_then(|rest| rest.split('"').nth(1));
    Ok(id.with_context(|| format!("Perch knows no server: {list}"))?.to_owned())
}

/// The daemon's configuration: no interface, a control socket, and many subnets with a pool each.
fn daemon(inside: &str, subnets: usize) -> Result<String> {
    ensure!(subnets <= 1 << 16, "10.0.0.0/8 has 65,536 subnets of 256 addresses");
    let mut text = format!(
        "{{\"Dhcp4\": {{\"interfaces-config\": {{\"interfaces\": []}}, \
         \"lease-database\": {{\"type\": \"memfile\", \"persist\": false}}, \
         \"control-socket\": {{\"socket-type\": \"unix\", \"socket-name\": \"{inside}/run/kea4.sock\"}}, \
         \"subnet4\": ["
    );
    for index in 0..subnets {
        let (comma, id, high, low) = (if index == 0 { "" } else { "," }, index + 1, index / 256, index % 256);
        let net = format!("10.{high}.{low}");
        write!(
            text,
            "{comma}{{\"id\": {id}, \"subnet\": \"{net}.0/24\", \
             \"pools\": [{{\"pool\": \"{net}.10 - {net}.200\"}}], \
             \"option-data\": [{{\"name\": \"routers\", \"data\": \"{net}.1\"}}]}}"
        )?;
    }
    text.push_str("]}}");
    Ok(text)
}

/// The Control Agent's configuration.
fn control_agent(inside: &str, port: u16) -> String {
    format!(
        "{{\"Control-agent\": {{\"http-host\": \"127.0.0.1\", \"http-port\": {port}, \"control-sockets\": \
         {{\"dhcp4\": {{\"socket-type\": \"unix\", \"socket-name\": \"{inside}/run/kea4.sock\"}}}}}}}}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subnet_is_another() {
        let text = daemon("/x", 300).unwrap();
        assert!(text.contains("\"id\": 300, \"subnet\": \"10.1.43.0/24\""));
        assert_eq!(text.matches("\"subnet\":").count(), 300);
        assert!(daemon("/x", 70_000).is_err());
    }

    #[test]
    fn the_server_is_found_in_the_list() {
        assert_eq!(server_id("[{\"id\":\"kea-1\",\"name\":\"x\"}]").unwrap(), "kea-1");
        assert!(server_id("[]").is_err());
    }
}
