//! `client`: released clients.

use std::process::ExitCode;

use adapter::released;
use clap::Subcommand;
use report::escape::single_line;

use crate::failure::Failure;
use crate::output;
use crate::under_test::no_cache;

/// The most characters of a line that an installation prints.
const LINE_LIMIT: usize = 500;

/// Installs released clients from their registries, so that `run --client NAME` can test them.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Lists the released clients that are known, and which are installed.
    List,
    /// Installs a released client into a cache folder (`$TUF_COOKBOOK_CACHE`, or the user's).
    Install {
        /// Its name, as in `client list`.
        name: String,
    },
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let cache = released::cache_folder().ok_or_else(no_cache)?;
    match &arguments.command {
        Command::List => {
            for client in released::list()? {
                let manifest = &client.manifest;
                let state = if client.installed(&cache).is_some() { "installed" } else { "not installed" };
                let line = format!(
                    "{} {} ({}, {}): {state}\n",
                    manifest.name, manifest.version, manifest.language, manifest.homepage
                );
                output::write(&line, None)?;
            }
        }
        Command::Install { name } => {
            let client = released::find(name)?;
            let installed = client.install(&cache, &mut |line| output::tell(&single_line(line, LINE_LIMIT)))?;
            output::write(&format!("{name} {} is in {}\n", client.manifest.version, installed.folder.display()), None)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
