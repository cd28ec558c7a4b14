//! Runs the tools of a language that install a client.

use std::io::{self, BufRead, BufReader};
use std::process::{Command, Stdio};

use super::InstallError;

/// Something that an installation needs.
#[derive(Debug, Clone)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// What it says about itself, or why it cannot be used.
    pub answer: Result<String, InstallError>,
}

/// How many of the last lines of a failed command are told.
const TOLD: usize = 8;

/// Asks a tool that an installation needs, and returns the answer.
///
/// # Errors
/// If it is not there or does not answer; `help` is what to do about it.
pub(super) fn ask(program: &str, question: &[&str], help: &str) -> Result<String, InstallError> {
    let error = |message: String| InstallError { message, help: help.to_owned() };
    let output = Command::new(program).args(question).stdin(Stdio::null()).output();
    let output = output.map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => error(format!("there is no `{program}` in PATH")),
        _ => error(format!("cannot run `{program}`: {cause}")),
    })?;
    if !output.status.success() {
        let printed = String::from_utf8_lossy(&output.stderr);
        let first = printed.lines().find(|line| !line.trim().is_empty()).unwrap_or("it says nothing");
        return Err(error(format!("`{program}` does not work ({}): {first}", output.status)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a command to its end and passes on what it prints, line by line.
pub(super) fn run(
    mut command: Command,
    what: &str,
    help: &str,
    progress: &mut dyn FnMut(&str),
) -> Result<(), InstallError> {
    let error = |message: String| InstallError { message, help: help.to_owned() };
    let failed = |cause: io::Error| error(format!("cannot {what}: {cause}"));
    let (output, printed) = io::pipe().map_err(failed)?;
    command.stdin(Stdio::null()).stdout(printed.try_clone().map_err(failed)?).stderr(printed);
    let mut child = command.spawn().map_err(failed)?;
    // The command holds our copies of the pipe's other end.
    drop(command);
    let mut last = Vec::new();
    for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        progress(&line);
        last.push(line);
        if last.len() > TOLD {
            last.remove(0);
        }
    }
    let status = child.wait().map_err(failed)?;
    if status.success() {
        return Ok(());
    }
    Err(error(format!("cannot {what} ({status}):\n{}", last.join("\n"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_that_is_there_answers() {
        assert_eq!(ask("echo", &["1.2.3"], "get it").unwrap(), "1.2.3");
    }

    #[test]
    fn a_tool_that_is_missing_or_broken_is_told_with_the_remedy() {
        let error = ask("no-such-tool", &["--version"], "get it").unwrap_err();
        assert_eq!((error.message.as_str(), error.help.as_str()), ("there is no `no-such-tool` in PATH", "get it"));
        let error = ask("/bin/sh", &["-c", "echo; echo broken link >&2; exit 3"], "get it").unwrap_err();
        assert_eq!(error.message, "`/bin/sh` does not work (exit status: 3): broken link");
        let error = ask("/", &[], "get it").unwrap_err();
        assert!(error.message.starts_with("cannot run `/`: "), "{}", error.message);
    }

    #[test]
    fn a_command_that_fails_is_told_with_its_last_lines() {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", "for i in 1 2 3 4 5 6 7 8 9; do echo $i; done; echo bad >&2; exit 2"]);
        let mut lines = Vec::new();
        let error = run(command, "try", "give up", &mut |line| lines.push(line.to_owned())).unwrap_err();
        assert_eq!(lines.len(), 10);
        assert_eq!(error.message, "cannot try (exit status: 2):\n3\n4\n5\n6\n7\n8\n9\nbad");
        assert_eq!(error.help, "give up");
    }
}
