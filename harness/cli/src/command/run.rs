//! `run`: plays scenarios against a client and reports.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

use adapter::BuiltIn;
use adapter::released::{Baseline, DeviationStatus};
use clap::ValueEnum;
use judge::{ScenarioResult, Status};
use reference::FaultSet;
use report::{BaselineSummary, Client, Deviation, Progress, Report, Setting, Style, Tool, json, junit, terminal};
use runner::{Options, Venue};
use server::Server;
use suite::{Dialect, Suite, Variant};

use crate::failure::Failure;
use crate::interrupt;
use crate::output;
use crate::resources::Meter;
use crate::select::{matcher, means, select};
use crate::source::Source;
use crate::under_test::{ClientArguments, UnderTest};

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
    /// What an ordinary repository looks like: see spec/dialects.toml. Default: what the client needs.
    #[arg(long, value_name = "DIALECT", help_heading = "Play")]
    dialect: Option<String>,
    /// How many clients work at the same time. Default: one per core.
    #[arg(short, long, value_name = "N", help_heading = "Play")]
    jobs: Option<NonZeroUsize>,
    /// After how many runs in a row in which the client hung the rest is given up. 0: never.
    #[arg(long, value_name = "N", default_value_t = 8, help_heading = "Play")]
    give_up_after: usize,
    /// Known deviations of the client, which do not fail the run. Each that is listed has to occur.
    #[arg(long, value_name = "FILE", help_heading = "Play")]
    baseline: Option<PathBuf>,
    /// The format of the report.
    #[arg(long, value_enum, default_value_t = Format::Terminal, help_heading = "Report")]
    format: Format,
    /// The file that the report goes to, instead of standard output.
    #[arg(long, value_name = "FILE", help_heading = "Report")]
    output: Option<PathBuf>,
    /// Show every problem in full, also where many have the same cause.
    #[arg(long, help_heading = "Report")]
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
    let client = arguments.client.resolve(&suite.register)?;
    let dialect = dialect(&suite, arguments.dialect.as_deref().or(client.dialect.as_deref()).unwrap_or("default"))?;
    let baseline = match &arguments.baseline {
        Some(file) => Some((file.display().to_string(), read_baseline(file)?)),
        None => client.baseline.clone(),
    };

    if let Some(file) = &arguments.output {
        output::check(file)?;
    }
    interrupt::handle()?;

    let meter = Meter::start();
    let results = play(&suite, &variants, &client, dialect, arguments)?;
    let resources = (arguments.format == Format::Terminal).then(|| meter.read()).flatten();
    let baseline = baseline.map(|(file, baseline)| summarise(file, &baseline, &suite, &results)).transpose()?;
    let report = Report::new(setting(source, arguments, &client, dialect), results, baseline, resources);

    let text = match arguments.format {
        Format::Terminal => {
            let colour = arguments.output.is_none() && output::is_coloured();
            terminal::render(&report, Style { colour, width: output::width(), verbose: arguments.verbose })
        }
        Format::Json => json::render(&report).map_err(|error| Failure::plain(error.to_string()))?,
        Format::Junit => junit::render(&report).map_err(|error| Failure::plain(error.to_string()))?,
    };
    output::write(&text, arguments.output.as_deref())?;
    Ok(report.verdict().into())
}

/// The dialect with this name.
///
/// # Errors
/// If there is none.
pub fn dialect<'a>(suite: &'a Suite, id: &str) -> Result<&'a Dialect, Failure> {
    suite.dialect(id).ok_or_else(|| {
        let known: Vec<_> = suite.dialects.iter().map(|dialect| dialect.id.as_str()).collect();
        Failure::new(format!("there is no dialect `{id}`"), format!("choose one of {}", known.join(", ")))
    })
}

fn play(
    suite: &Suite,
    variants: &[&Variant],
    client: &UnderTest,
    dialect: &Dialect,
    arguments: &Arguments,
) -> Result<Vec<ScenarioResult>, Failure> {
    let server =
        Server::start().map_err(|error| Failure::plain(format!("cannot listen on the loopback interface: {error}")))?;
    let referee = BuiltIn::new(&suite.register, FaultSet::empty()).direct();
    let jobs = arguments.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let options = Options {
        dialect,
        register: &suite.register,
        venue: Venue::Http(&server),
        referee: Some(&referee),
        jobs,
        give_up_after: arguments.give_up_after,
    };
    let progress = Progress::new(variants.len());
    let results = runner::run(variants, client.adapter.as_ref(), options, &|result| {
        progress.finish(&result.id, result.status);
    });
    progress.done();
    Ok(results)
}

fn setting(source: &Source, arguments: &Arguments, client: &UnderTest, dialect: &Dialect) -> Setting {
    let info = client.adapter.info();
    let mut reproduce = vec!["tuf-cookbook".to_owned(), "run".to_owned()];
    reproduce.extend(source.arguments());
    reproduce.extend(arguments.client.arguments());
    if dialect.id != client.dialect.as_deref().unwrap_or("default") {
        reproduce.push(format!("--dialect={}", dialect.id));
    }
    if let Some(file) = &arguments.baseline {
        reproduce.push(format!("--baseline={}", file.display()));
    }
    Setting {
        tool: Tool { name: "tuf-cookbook".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        client: Client {
            name: info.name.clone(),
            version: info.version.clone(),
            features: info.features.clone(),
            clock: info.clock,
        },
        dialect: dialect.id.clone(),
        selection: arguments.ids.clone(),
        reproduce,
    }
}

fn read_baseline(file: &PathBuf) -> Result<Baseline, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| Failure::file(file, &error))?;
    Baseline::parse(&file.display().to_string(), &text).map_err(|problem| Failure::Problems(vec![*problem]))
}

/// A baseline with its patterns resolved to the scenarios that were played. An entry that no scenario of the suite is
/// meant by is noted, and one that means only scenarios that were not played is passed over.
fn summarise(
    file: String,
    baseline: &Baseline,
    suite: &Suite,
    results: &[ScenarioResult],
) -> Result<BaselineSummary, Failure> {
    let mut summary = BaselineSummary { file, ..BaselineSummary::default() };
    for entry in &baseline.deviation {
        let matcher = matcher(&entry.scenario)?;
        if !suite.variants().any(|variant| means(&matcher, variant.id.as_str())) {
            summary.unmatched.push(format!("{}: no scenario is meant by this entry", entry.scenario));
        }
        summary.deviations.extend(results.iter().filter(|result| means(&matcher, result.id.as_str())).map(|result| {
            Deviation {
                scenario: result.id.clone(),
                status: match entry.status {
                    DeviationStatus::Fail => Status::Fail,
                    DeviationStatus::Inconclusive => Status::Inconclusive,
                    DeviationStatus::Error => Status::Error,
                },
                // Written over several lines, shown on one.
                reason: entry.reason.split_whitespace().collect::<Vec<_>>().join(" "),
                link: entry.link.clone(),
            }
        }));
    }
    Ok(summary)
}
