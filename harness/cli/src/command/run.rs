//! `run`: plays scenarios against a client and reports.

use std::path::PathBuf;
use std::process::ExitCode;

use adapter::released;
use clap::ValueEnum;
use report::matrix::{self, MatrixReport, MatrixSetting, NotPlayed, NotPlayedReason};
use report::{Style, json, junit, terminal};

use crate::failure::Failure;
use crate::interrupt;
use crate::output;
use crate::play::{Play, PlayArguments, tool};
use crate::select::select;
use crate::source::Source;
use crate::under_test::{ALL, ClientArguments, no_cache};

/// Plays scenarios against a client and reports what it did.
///
/// Exit status 0: every required scenario passes. 1: some do not. 2: wrong usage, or the suite itself is broken.
/// 130: it was told to end before it was done.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Scenarios to play: ids or globs, such as `rollback/*`. All of them if none is given.
    #[arg(value_name = "ID-GLOB")]
    ids: Vec<String>,
    #[command(flatten)]
    client: ClientArguments,
    #[command(flatten)]
    play: PlayArguments,
    #[command(flatten)]
    report: ReportArguments,
}

/// What becomes of the results.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Report")]
struct ReportArguments {
    /// The format of the report.
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    /// The file that the report goes to, instead of standard output.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show every problem in full, also where many have the same cause.
    #[arg(long)]
    verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person.
    Terminal,
    /// Everything that was observed and judged, with a schema.
    Json,
    /// For CI systems.
    Junit,
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let suite = source.load()?;
    let variants = select(&suite, &arguments.ids)?;
    let (selection, play) = (&arguments.ids, &arguments.play);
    let play = Play { source, suite: &suite, variants: &variants, selection, arguments: play };
    if let Some(file) = &arguments.report.output {
        output::check(file)?;
    }
    if arguments.client.client == ALL { all(&play, arguments) } else { one(&play, arguments) }
}

fn one(play: &Play<'_>, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let (named, wanted) = (&arguments.client, &arguments.report);
    interrupt::handle()?;
    let client = named.resolve(&play.suite.register)?;
    let report = play.report(client, named, wanted.format == Format::Terminal)?;
    let text = match wanted.format {
        Format::Terminal => terminal::render(&report, wanted.style()),
        Format::Json => json::render(&report).map_err(broken)?,
        Format::Junit => junit::render(&report).map_err(broken)?,
    };
    output::write(&text, wanted.output.as_deref())?;
    Ok(report.verdict().into())
}

/// Plays every released client that is installed, one after the other.
fn all(play: &Play<'_>, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let (named, wanted) = (&arguments.client, &arguments.report);
    if arguments.play.baseline.is_some() {
        return Err(Failure::new(
            "--baseline is for one client",
            "name one with --client: each released client has a list of its own already",
        ));
    }
    interrupt::handle()?;
    let cache = released::cache_folder().ok_or_else(no_cache)?;
    let (mut reports, mut not_played) = (Vec::new(), Vec::new());
    for client in released::list()?.into_iter().filter(|client| client.variant_of.is_none()) {
        let name = client.manifest.name.clone();
        if client.installed(&cache).is_none() {
            not_played.push(NotPlayed {
                reason: NotPlayedReason::NotInstalled,
                message: format!("version {} is not in the cache folder", client.manifest.version),
                help: Some(format!("tuf-cookbook client install {name}")),
                name,
            });
            continue;
        }
        output::note(&format!("playing {name} {}", client.manifest.version));
        let named = named.with_client(&name);
        // What goes wrong with one client is told in the report, and the others are played.
        let report = named.resolve(&play.suite.register).and_then(|client| play.report(client, &named, false));
        match report {
            Ok(report) => reports.push(report),
            Err(failure) => not_played.push(NotPlayed {
                name,
                reason: NotPlayedReason::CouldNotStart,
                message: failure.message(),
                help: failure.help(),
            }),
        }
    }
    let selection = arguments.ids.clone();
    let setting = MatrixSetting { tool: tool(), selection, reproduce: play.reproduce(named) };
    let report = MatrixReport::new(setting, reports, not_played);
    let text = match wanted.format {
        Format::Terminal => matrix::terminal::render(&report, wanted.style()),
        Format::Json => matrix::json::render(&report).map_err(broken)?,
        Format::Junit => matrix::junit::render(&report).map_err(broken)?,
    };
    output::write(&text, wanted.output.as_deref())?;
    Ok(report.verdict().into())
}

impl ReportArguments {
    fn style(&self) -> Style {
        let colour = self.output.is_none() && output::is_coloured();
        Style { colour, width: output::width(), verbose: self.verbose }
    }
}

fn broken(error: impl std::fmt::Display) -> Failure {
    Failure::plain(error.to_string())
}
