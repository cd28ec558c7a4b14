//! `run`: plays scenarios against a client and reports.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use report::matrix::{self, MatrixReport, MatrixSetting};
use report::{Report, Style, json, junit, terminal};
use runner::Timelines;
use suite::{Profile, Suite};

use crate::command::profile;
use crate::exported::Exported;
use crate::failure::Failure;
use crate::interrupt;
use crate::output;
use crate::play::{Play, PlayArguments, play_all, tool};
use crate::select::select;
use crate::source::Source;
use crate::under_test::{ALL, ClientArguments};

/// Plays scenarios against a client and reports what it did.
///
/// Exit status 0: every required scenario passes. 1: some do not. 2: wrong usage, or the suite itself is broken.
/// 130: it was told to end before it was done.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Scenarios to play: ids or globs, such as `rollback/*`. All of them if none is given.
    #[arg(value_name = "ID-GLOB")]
    ids: Vec<String>,
    /// Play the scenarios in this folder, which `tuf-cookbook export` wrote, byte for byte.
    #[arg(long, value_name = "DIR", conflicts_with = "dialect")]
    from: Option<PathBuf>,
    #[command(flatten)]
    client: ClientArguments,
    #[command(flatten)]
    play: PlayArguments,
    /// Hold the client against this profile of the cookbook too, or against `all`. May be repeated. With one client and a
    /// profile that is named, exit status 1 if the client does not conform to it.
    #[arg(long, value_name = "NAME", help_heading = "Report")]
    profile: Vec<String>,
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
    let mut suite = source.load()?;
    let exported = arguments.from.as_deref().map(|folder| Exported::open(folder, &mut suite)).transpose()?;
    let variants = select(&suite, &arguments.ids)?;
    let mut play = arguments.play.clone();
    if let Some(exported) = &exported {
        play.dialect = Some(exported.dialect().to_owned());
    }
    let (selection, play) = (&arguments.ids, &play);
    let timelines = exported.as_ref().map(|exported| exported as &dyn Timelines);
    // What a profile forbids has to be refused, whether a client claims it or not.
    let profiles = profiles(&suite, &arguments.profile)?;
    let dared: BTreeSet<String> = profiles.iter().flat_map(|profile| profile.file.features.forbidden.clone()).collect();
    let play =
        Play { source, suite: &suite, variants: &variants, selection, arguments: play, dared: &dared, timelines };
    if let Some(file) = &arguments.report.output {
        output::check(file)?;
    }
    if arguments.client.client == ALL { all(&play, arguments) } else { one(&play, arguments) }
}

fn one(play: &Play<'_>, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let (named, wanted) = (&arguments.client, &arguments.report);
    interrupt::handle()?;
    let client = named.resolve(&play.suite.register)?;
    let profiles = profiles(play.suite, &arguments.profile)?;
    let report = play.report(client, named, wanted.format == Format::Terminal)?;
    let report = held(report, &profiles, play.suite);
    let text = match wanted.format {
        Format::Terminal => terminal::render(&report, wanted.style()),
        Format::Json => json::render(&report).map_err(broken)?,
        Format::Junit => junit::render(&report).map_err(broken)?,
    };
    output::write(&text, wanted.output.as_deref())?;
    if !arguments.profile.iter().any(|name| name == ALL) && !report.conforms_to_profiles() {
        return Ok(report.verdict().code().max(1).into());
    }
    Ok(report.verdict().into())
}

/// The profiles that are named.
fn profiles<'a>(suite: &'a Suite, names: &[String]) -> Result<Vec<&'a Profile>, Failure> {
    if names.iter().any(|name| name == ALL) {
        return Ok(suite.profiles.values().collect());
    }
    names.iter().map(|name| profile::find(suite, name)).collect()
}

/// A report with what profiles say of the client.
fn held(report: Report, profiles: &[&Profile], suite: &Suite) -> Report {
    let claimed = &report.client.features;
    let verdicts = profiles.iter().map(|profile| judge::verdict(profile, suite, claimed, &report.results)).collect();
    report.held_against(verdicts)
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
    let (reports, not_played) = play_all(play, named)?;
    let profiles = profiles(play.suite, &arguments.profile)?;
    let reports: Vec<Report> = reports.into_iter().map(|report| held(report, &profiles, play.suite)).collect();
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
