//! Sets up clients that are Python packages.

use std::path::Path;
use std::process::{Command, Stdio};

use super::InstallError;
use super::tool::{Tool, run};

/// The oldest Python that is looked for.
const OLDEST: (u32, u32) = (3, 10);

/// Where a Python is looked for.
const CANDIDATES: [&str; 7] =
    ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "python"];

/// What a Python is asked: its version, and then whether it can make virtual environments.
const PROBE: &str = "import sys; print(*sys.version_info[:2], flush=True); import ensurepip, venv";

/// What an installation needs, as it answers.
pub(crate) fn tools() -> Vec<Tool> {
    let told = |python: &str| match ask(python) {
        Some(Answer { version: (major, minor), .. }) => format!("{python} {major}.{minor}"),
        None => python.to_owned(),
    };
    vec![Tool { name: "python", answer: find(&CANDIDATES, ask).map(told) }]
}

/// Makes a virtual environment in `venv` and installs pinned packages into it.
///
/// # Errors
/// If there is no Python that can do it, or if it fails; what to do about it.
pub(crate) fn set_up(venv: &Path, requirements: &Path, progress: &mut dyn FnMut(&str)) -> Result<(), InstallError> {
    let python = find(&CANDIDATES, ask)?;
    progress(&format!("making a virtual environment with {python}"));
    let mut command = Command::new(python);
    command.args(["-I", "-m", "venv"]).arg(venv);
    run(command, "make a virtual environment", "look at the message above; is the disk full?", progress)?;
    let mut command = Command::new(venv.join("bin/python"));
    command.args(["-I", "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--progress-bar=off"]);
    command.arg("--requirement").arg(requirements);
    let help = "check the network, or name another package index with PIP_INDEX_URL, and install again";
    run(command, "install its packages", help, progress)
}

/// What a Python says about itself.
struct Answer {
    version: (u32, u32),
    makes_environments: bool,
}

fn ask(program: &str) -> Option<Answer> {
    let output = Command::new(program).args(["-I", "-c", PROBE]).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let (major, minor) = text.lines().next()?.split_once(' ')?;
    let version = (major.parse().ok()?, minor.parse().ok()?);
    Some(Answer { version, makes_environments: output.status.success() })
}

/// The first of these programs that is a Python which can be used.
fn find<'a>(candidates: &[&'a str], ask: impl Fn(&str) -> Option<Answer>) -> Result<&'a str, InstallError> {
    let (mut incomplete, mut old) = (None, Vec::new());
    for candidate in candidates {
        match ask(candidate) {
            None => {}
            Some(Answer { version: (major, minor), .. }) if (major, minor) < OLDEST => {
                old.push(format!("{candidate} is {major}.{minor}"));
            }
            Some(Answer { makes_environments: true, .. }) => return Ok(candidate),
            Some(_) => incomplete = incomplete.or(Some(candidate)),
        }
    }
    if let Some(candidate) = incomplete {
        return Err(InstallError {
            message: format!("{candidate} cannot make virtual environments"),
            help: "install its `venv` module; on Debian and Ubuntu: apt install python3-venv".to_owned(),
        });
    }
    let old = if old.is_empty() { String::new() } else { format!(" ({})", old.join(", ")) };
    Err(InstallError {
        message: format!("there is no Python {}.{} or newer in PATH{old}", OLDEST.0, OLDEST.1),
        help: "install Python 3 from your system's packages or from https://www.python.org/downloads/".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks for a Python where `a` and `b` say this about themselves.
    fn found(a: Option<(u32, u32, bool)>, b: Option<(u32, u32, bool)>) -> Result<&'static str, String> {
        let answer = |(major, minor, makes_environments)| Answer { version: (major, minor), makes_environments };
        find(&["a", "b"], |name| if name == "a" { a } else { b }.map(answer)).map_err(|error| error.message)
    }

    #[test]
    fn the_first_python_that_is_new_enough_and_complete_is_taken() {
        assert_eq!(found(Some((3, 10, true)), Some((3, 14, true))), Ok("a"));
        assert_eq!(found(Some((3, 9, true)), Some((4, 0, true))), Ok("b"));
        assert_eq!(found(Some((3, 12, false)), Some((3, 11, true))), Ok("b"));
    }

    #[test]
    fn what_is_lacking_is_told() {
        let none = "there is no Python 3.10 or newer in PATH";
        assert_eq!(found(None, None), Err(none.to_owned()));
        assert_eq!(found(Some((2, 7, true)), Some((3, 9, false))), Err(format!("{none} (a is 2.7, b is 3.9)")));
        let incomplete = "b cannot make virtual environments".to_owned();
        assert_eq!(found(Some((3, 9, true)), Some((3, 12, false))), Err(incomplete));
    }

    #[test]
    fn a_program_that_is_no_python_is_passed_over() {
        assert!(ask("/bin/true").is_none() && ask("/nonexistent").is_none());
    }
}
