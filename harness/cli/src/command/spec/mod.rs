//! `spec`: the text of the specification, and what hangs on it.

mod acknowledge;
mod check;
mod coverage;
mod edition;
mod impact;
mod passages;
mod render;
mod texts;

use std::process::ExitCode;

use clap::Subcommand;

use crate::failure::Failure;
use crate::source::Source;

/// Gates changes of the specification's text, and tells what of it the scenarios cover.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Arguments),
    Acknowledge(acknowledge::Arguments),
    Edition(edition::Arguments),
    Passages(passages::Arguments),
    Coverage(coverage::Arguments),
    Impact(impact::Arguments),
    Render(render::Arguments),
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    match &arguments.command {
        Command::Check(arguments) => check::run(source, arguments),
        Command::Acknowledge(arguments) => acknowledge::run(source, arguments),
        Command::Edition(arguments) => edition::run(source, arguments),
        Command::Passages(arguments) => passages::run(arguments),
        Command::Coverage(arguments) => coverage::run(source, arguments),
        Command::Impact(arguments) => impact::run(source, arguments),
        Command::Render(arguments) => render::run(source, arguments),
    }
}
