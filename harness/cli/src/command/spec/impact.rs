//! `spec impact`: which clients a change makes conformant, or no longer conformant.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use report::Style;
use report::impact::{Impact, impact};

use crate::failure::Failure;
use crate::output;
use crate::play::read_reports;
use crate::source::Source;

/// Compares two reports of the same clients, from before and after a change of the scenarios or of the register.
///
/// Exit status 1 if a client conforms to a profile, or as a whole, in one of them and not in the other.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The JSON report from before: `tuf-cookbook run --client all --format json`.
    #[arg(long, value_name = "REPORT")]
    before: PathBuf,
    /// The JSON report from after.
    #[arg(long, value_name = "REPORT")]
    after: PathBuf,
    /// The working copy with the register and the profiles from before [default: those that are used now].
    #[arg(long, value_name = "DIR")]
    before_suite: Option<PathBuf>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person.
    Human,
    /// For programs.
    Json,
    /// Markdown, for the summary of a job.
    Markdown,
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let suite = source.load()?;
    let before_suite = arguments.before_suite.as_deref().map(suite::Suite::from_dir).transpose()?;
    let (before, after) = (read_reports(&arguments.before)?, read_reports(&arguments.after)?);
    let found: Impact = impact((&before, before_suite.as_ref().unwrap_or(&suite)), (&after, &suite));
    let text = match arguments.format {
        Format::Human => report::impact::terminal(
            &found,
            Style { colour: output::is_coloured(), width: output::width(), verbose: false },
        ),
        Format::Markdown => report::impact::markdown(&found),
        Format::Json => report::impact::json(&found)
            .map_err(|error| Failure::plain(format!("the result cannot be written as JSON: {error}")))?,
    };
    output::write(&text, None)?;
    Ok(if found.is_none() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
