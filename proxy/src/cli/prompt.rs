//! A secret from the terminal, without showing it, or from standard input; never from the command line, which every
//! user of the machine can see.

use anyhow::{Context, bail};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use std::io::{BufRead, IsTerminal, Stdin, Write};

/// The longest line that is read, in bytes.
const LONGEST: usize = 4096;

/// Asks for a new password, twice in a terminal. A pipe is read to the end of its first line.
pub(super) fn new_password(user: &str) -> anyhow::Result<String> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        return line(&stdin);
    }
    let first = hidden(&stdin, &format!("New password for {user}: "))?;
    let second = hidden(&stdin, "The same again: ")?;
    if first != second {
        bail!("the two passwords differ\n  help: nothing was changed; try again");
    }
    Ok(first)
}

fn hidden(stdin: &Stdin, question: &str) -> anyhow::Result<String> {
    let mut screen = std::io::stderr();
    write!(screen, "{question}")?;
    screen.flush()?;
    let answer = {
        let _quiet = Quiet::new(stdin)?;
        line(stdin)
    };
    writeln!(screen)?;
    answer
}

/// The terminal does not show what is typed until this is dropped.
struct Quiet<'a> {
    stdin: &'a Stdin,
    before: Termios,
}

impl<'a> Quiet<'a> {
    fn new(stdin: &'a Stdin) -> anyhow::Result<Self> {
        let before = tcgetattr(stdin).context("cannot ask the terminal")?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO);
        tcsetattr(stdin, OptionalActions::Flush, &quiet).context("the terminal shows what is typed")?;
        Ok(Self { stdin, before })
    }
}

impl Drop for Quiet<'_> {
    fn drop(&mut self) {
        let _ = tcsetattr(self.stdin, OptionalActions::Flush, &self.before);
    }
}

fn line(stdin: &Stdin) -> anyhow::Result<String> {
    let mut line = Vec::new();
    let limit = u64::try_from(LONGEST + 1).unwrap_or(u64::MAX);
    std::io::Read::take(stdin.lock(), limit).read_until(b'\n', &mut line)?;
    if line.len() > LONGEST {
        bail!("the line is longer than {LONGEST} bytes");
    }
    let text = String::from_utf8(line).map_err(|_| anyhow::anyhow!("the password is not UTF-8"))?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    Ok(text.strip_suffix('\r').unwrap_or(text).to_owned())
}
