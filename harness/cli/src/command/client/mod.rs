//! `client`: released clients, and adapters for others.

mod doctor;
mod install;
mod list;
mod regressions;
mod smoke;

use std::process::ExitCode;

use clap::Subcommand;

use crate::failure::Failure;
use crate::source::Source;

/// Installs and examines released clients, and tells what is wrong with an adapter for another one.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Lists the released clients that are known, and which are installed.
    List,
    Install(install::Arguments),
    Doctor(doctor::Arguments),
    Smoke(smoke::Arguments),
    Regressions(regressions::Arguments),
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    match &arguments.command {
        Command::List => list::run(),
        Command::Install(arguments) => install::run(arguments),
        Command::Doctor(arguments) => doctor::run(source, arguments),
        Command::Smoke(arguments) => smoke::run(source, arguments),
        Command::Regressions(arguments) => regressions::run(source, arguments),
    }
}
