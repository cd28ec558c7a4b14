//! `survey`: who answers what to the open questions.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use report::{Report, Style, survey};

use crate::failure::Failure;
use crate::interrupt;
use crate::output;
use crate::play::{Play, PlayArguments, play_all, read_reports};
use crate::source::Source;
use crate::under_test::{ALL, ClientArguments};

/// Tells who answers what to the questions that the specification leaves open.
///
/// Plays the scenarios that turn on a question, or reads a report in which they were played. No answer is wrong.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    client: ClientArguments,
    #[command(flatten)]
    play: PlayArguments,
    /// Read this JSON report instead of playing.
    #[arg(long, value_name = "REPORT", conflicts_with = "client")]
    report: Option<PathBuf>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    /// The file that it goes to, instead of standard output.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person.
    Terminal,
    /// For programs.
    Json,
    /// For the book.
    Markdown,
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let suite = source.load()?;
    let reports = match &arguments.report {
        Some(path) => read_reports(path)?,
        None => played(source, &suite, arguments)?,
    };
    let found = survey::Survey::new(&suite.register, &reports);
    let text = match arguments.format {
        Format::Terminal => {
            let colour = arguments.output.is_none() && output::is_coloured();
            survey::terminal(&found, Style { colour, width: output::width(), verbose: false })
        }
        Format::Markdown => survey::markdown(&found),
        Format::Json => survey::json(&found)
            .map_err(|error| Failure::plain(format!("the survey cannot be written as JSON: {error}")))?,
    };
    output::write(&text, arguments.output.as_deref().map(Path::new))?;
    Ok(ExitCode::SUCCESS)
}

fn played(source: &Source, suite: &suite::Suite, arguments: &Arguments) -> Result<Vec<Report>, Failure> {
    let mut variants: Vec<_> = suite.variants().filter(|variant| variant.scenario.policy.is_some()).collect();
    variants.sort_by_key(|variant| &variant.id);
    let play = Play {
        source,
        suite,
        variants: &variants,
        selection: &[],
        arguments: &arguments.play,
        dared: &runner::NONE,
        timelines: None,
    };
    interrupt::handle()?;
    let named = &arguments.client;
    if named.client != ALL {
        return Ok(vec![play.report(named.resolve(&suite.register)?, named, false)?]);
    }
    let (reports, not_played) = play_all(&play, named)?;
    for missing in not_played {
        output::tell(&format!("not asked: {}: {}", missing.name, missing.message));
    }
    Ok(reports)
}
