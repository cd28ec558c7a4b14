//! Sets up clients that are Rust crates.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::InstallError;
use super::tool::{ask, run};

const GET_CARGO: &str = "install Rust from https://rustup.rs/";

/// Builds the crate in a folder as `bin/client` there.
///
/// # Errors
/// If there is no Cargo, or if it fails; what to do about it.
pub(crate) fn set_up(folder: &Path, progress: &mut dyn FnMut(&str)) -> Result<(), InstallError> {
    let version = ask("cargo", &["--version"], GET_CARGO)?;
    progress(&format!("building with {version}"));
    let help = "check the network and the message above (a C compiler may be missing), and install again";
    run(build(folder), "build it", help, progress)?;
    fs::remove_dir_all(folder.join("target")).map_err(|error| InstallError {
        message: format!("cannot remove what the build left: {error}"),
        help: "remove the cache folder and install again".to_owned(),
    })
}

/// The command that builds: from the locked versions only, into the folder, whatever the user's settings are.
fn build(folder: &Path) -> Command {
    let mut command = Command::new("cargo");
    command.args(["install", "--path", ".", "--root", ".", "--locked", "--no-track", "--target-dir", "target"]);
    command.current_dir(folder);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_takes_only_what_is_locked_and_stays_in_its_folder() {
        let command = build(Path::new("/folder"));
        let arguments: Vec<_> = command.get_args().filter_map(|argument| argument.to_str()).collect();
        assert!(arguments.contains(&"--locked"));
        assert!(arguments.windows(2).any(|pair| pair == ["--target-dir", "target"]));
        assert_eq!(command.get_current_dir(), Some(Path::new("/folder")));
    }
}
