//! Sets up clients that are npm packages.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use super::InstallError;
use super::tool::{Tool, ask, run};

/// The oldest Node whose standard library the wrappers can use.
const OLDEST: u32 = 20;

/// What a Node is asked: its version, and where it really is, as what is in `PATH` can be a script.
const PROBE: &str = "process.versions.node + ' ' + process.execPath";

const GET_NODE: &str = "install Node.js with npm from your system's packages or from https://nodejs.org/en/download";

/// What an installation needs, as it answers.
pub(crate) fn tools() -> Vec<Tool> {
    let node = ask("node", &["-p", PROBE], GET_NODE).and_then(|answer| check(&answer).map(|_| answer.clone()));
    vec![Tool { name: "node", answer: node }, Tool { name: "npm", answer: ask("npm", &["--version"], GET_NODE) }]
}

/// Installs the packages of `package-lock.json` in a folder, and links the Node that is to run them.
///
/// # Errors
/// If there is no Node that can do it, or if it fails; what to do about it.
pub(crate) fn set_up(folder: &Path, progress: &mut dyn FnMut(&str)) -> Result<(), InstallError> {
    let answer = ask("node", &["-p", PROBE], GET_NODE)?;
    let node = check(&answer)?;
    ask("npm", &["--version"], GET_NODE)?;
    progress(&format!("installing packages for {node}"));
    let mut command = Command::new("npm");
    // No package may run code of its own while it is installed.
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]).current_dir(folder);
    let help = "check the network, or name another registry with NPM_CONFIG_REGISTRY, and install again";
    run(command, "install its packages", help, progress)?;
    symlink(node, folder.join("node")).map_err(|error| InstallError {
        message: format!("cannot make a link to {node}: {error}"),
        help: "is the disk full?".to_owned(),
    })
}

/// The path of a Node that is new enough, from what it says about itself.
fn check(answer: &str) -> Result<&str, InstallError> {
    let error = |message: String| InstallError { message, help: GET_NODE.to_owned() };
    let parsed = answer.split_once(' ').and_then(|(version, path)| {
        let major: u32 = version.split('.').next()?.parse().ok()?;
        Some((major, version, path))
    });
    match parsed {
        Some((major, _, path)) if major >= OLDEST => Ok(path),
        Some((_, version, _)) => Err(error(format!("Node {OLDEST} or newer is needed, and `node` is {version}"))),
        None => Err(error(format!("`node` is no Node: asked for its version, it says `{answer}`"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_that_is_new_enough_is_taken_from_where_it_is() {
        assert_eq!(check("20.0.0 /opt/my node/bin/node").unwrap(), "/opt/my node/bin/node");
    }

    #[test]
    fn a_node_that_is_old_or_none_is_told_with_a_remedy() {
        let error = check("18.20.4 /usr/bin/node").unwrap_err();
        assert_eq!(error.message, "Node 20 or newer is needed, and `node` is 18.20.4");
        assert!(error.help.contains("https://nodejs.org/"));
        let error = check("hello").unwrap_err();
        assert_eq!(error.message, "`node` is no Node: asked for its version, it says `hello`");
    }
}
