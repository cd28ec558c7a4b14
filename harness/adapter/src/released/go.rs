//! Sets up clients that are Go modules.

use std::path::Path;
use std::process::Command;

use super::InstallError;
use super::tool::{Tool, ask, run};

const GET_GO: &str = "install Go from your system's packages or from https://go.dev/dl/";

/// What an installation needs, as it answers.
pub(crate) fn tools() -> Vec<Tool> {
    vec![Tool { name: "go", answer: ask("go", &["version"], GET_GO) }]
}

/// Builds the module in a folder as `client` there.
///
/// # Errors
/// If there is no Go, or if it fails; what to do about it.
pub(crate) fn set_up(folder: &Path, progress: &mut dyn FnMut(&str)) -> Result<(), InstallError> {
    let version = ask("go", &["version"], GET_GO)?;
    progress(&format!("building with {version}"));
    let help = "check the network, or name another module proxy with GOPROXY, and install again";
    run(build(folder), "build it", help, progress)
}

/// The command that builds. What is not in `go.sum` is refused; nothing around the folder counts, be it a work space or
/// version control.
fn build(folder: &Path) -> Command {
    let mut command = Command::new("go");
    command.args(["build", "-trimpath", "-mod=readonly", "-buildvcs=false", "-o", "client", "."]);
    command.env("GOWORK", "off").env("CGO_ENABLED", "0").current_dir(folder);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_takes_only_what_is_pinned() {
        let command = build(Path::new("/folder"));
        assert!(command.get_args().any(|argument| argument == "-mod=readonly"));
        assert!(command.get_envs().any(|variable| variable == ("GOWORK".as_ref(), Some("off".as_ref()))));
        assert_eq!(command.get_current_dir(), Some(Path::new("/folder")));
    }
}
