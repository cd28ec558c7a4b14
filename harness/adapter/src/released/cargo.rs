//! Sets up clients that are Rust crates.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use super::InstallError;
use super::tool::{Tool, ask, run};

const GET_CARGO: &str = "install Rust from https://rustup.rs/";

/// What an installation needs, as it answers.
pub(crate) fn tools() -> Vec<Tool> {
    vec![Tool { name: "cargo", answer: ask("cargo", &["--version"], GET_CARGO) }]
}

/// Builds the crate in a folder as `bin/client` there.
///
/// # Errors
/// If there is no Cargo, or if it fails; what to do about it.
pub(crate) fn set_up(folder: &Path, progress: &mut dyn FnMut(&str)) -> Result<(), InstallError> {
    let version = ask("cargo", &["--version"], GET_CARGO)?;
    progress(&format!("building with {version}"));
    let help = "check the network and the message above (a C compiler may be missing), and install again";
    run(build(folder), "build it", help, progress)?;
    tidy(folder).map_err(|error| InstallError {
        message: format!("cannot sort out what the build left: {error}"),
        help: "remove the cache folder and install again".to_owned(),
    })
}

/// Keeps the shared library, if there is one, and removes what else the build left.
fn tidy(folder: &Path) -> io::Result<()> {
    let library = format!("{DLL_PREFIX}client{DLL_SUFFIX}");
    let built = folder.join("target/release").join(&library);
    if built.is_file() {
        fs::create_dir(folder.join("lib"))?;
        fs::rename(built, folder.join("lib").join(library))?;
    }
    fs::remove_dir_all(folder.join("target"))
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
