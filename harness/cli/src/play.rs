//! Plays scenarios against one client and reports.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;

use adapter::{BuiltIn, released};
use reference::FaultSet;
use report::matrix::{NotPlayed, NotPlayedReason};
use report::{Client, Progress, Report, Setting, Tool};
use runner::{Options, Timelines, Venue};
use server::Server;
use suite::{Suite, Variant};

use crate::dialect::dialect;
use crate::failure::Failure;
use crate::known;
use crate::output;
use crate::resources::Meter;
use crate::source::Source;
use crate::under_test::{ClientArguments, UnderTest, no_cache};

/// How scenarios are played.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Play")]
pub struct PlayArguments {
    /// What an ordinary repository looks like: see spec/dialects.toml. Default: what the client needs.
    #[arg(long, value_name = "DIALECT")]
    pub dialect: Option<String>,
    /// How many clients work at the same time. Default: one per core.
    #[arg(short, long, value_name = "N", value_parser = jobs)]
    pub jobs: Option<NonZeroUsize>,
    /// After how many runs in a row in which the client hung the rest is given up. 0: never.
    #[arg(long, value_name = "N", default_value_t = 8)]
    pub give_up_after: usize,
    /// Play the scenarios in an order that depends on this number only. The report has the usual order.
    #[arg(long, value_name = "NUMBER")]
    pub shuffle: Option<u64>,
    /// Known deviations of the client, which do not fail the run. Each that is listed has to occur.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
}

/// How many clients work at the same time, as it is written.
pub fn jobs(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "give a whole number, at least 1, or leave it out for one per core".to_owned())
}

/// What is played, and how.
pub struct Play<'a> {
    /// Where the scenarios come from.
    pub source: &'a Source,
    /// The suite.
    pub suite: &'a Suite,
    /// The scenarios.
    pub variants: &'a [&'a Variant],
    /// The patterns that chose them.
    pub selection: &'a [String],
    /// How they are played.
    pub arguments: &'a PlayArguments,
    /// Features whose honest scenarios are played even if the client does not claim them.
    pub dared: &'a BTreeSet<String>,
    /// Where runs come from that were made before.
    pub timelines: Option<&'a dyn Timelines>,
}

impl Play<'_> {
    /// Plays everything against a client. With `with_resources` the report says what that took.
    ///
    /// # Errors
    /// If there is no such dialect, the list of known deviations is broken, or there is no port to listen at.
    pub fn report(&self, client: UnderTest, named: &ClientArguments, with_resources: bool) -> Result<Report, Failure> {
        let chosen = self.arguments.dialect.as_deref().or(client.dialect.as_deref()).unwrap_or("default");
        let dialect = dialect(self.suite, chosen)?;
        let baseline = match &self.arguments.baseline {
            Some(file) => Some((file.display().to_string(), known::read(file)?)),
            None => client.baseline.clone(),
        };
        let server = Server::start()
            .map_err(|error| Failure::plain(format!("cannot listen on the loopback interface: {error}")))?;
        let referee = BuiltIn::new(&self.suite.register, FaultSet::empty()).direct();
        let jobs = self.arguments.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
        let options = Options {
            dialect,
            register: &self.suite.register,
            venue: Venue::Http(&server),
            referee: Some(&referee),
            jobs,
            dared: self.dared,
            timelines: self.timelines,
            give_up_after: self.arguments.give_up_after,
            shuffle: self.arguments.shuffle,
        };
        let setting = self.setting(&client, named, &dialect.id);
        let meter = Meter::start();
        let progress = Progress::new(self.variants.len());
        let results = runner::run(self.variants, client.adapter.as_ref(), options, &|result| {
            progress.finish(&result.id, result.status);
        });
        progress.done();
        // What a client used is known once it has ended.
        drop(client);
        let resources = with_resources.then(|| meter.read()).flatten();
        let baseline =
            baseline.map(|(file, baseline)| known::summarise(file, &baseline, self.suite, &results)).transpose()?;
        Ok(Report::new(setting, results, baseline, resources))
    }

    /// The command line that repeats the run, without the patterns of ids.
    pub fn reproduce(&self, named: &ClientArguments) -> Vec<String> {
        let mut reproduce = vec!["tuf-cookbook".to_owned(), "run".to_owned()];
        reproduce.extend(self.source.arguments());
        reproduce.extend(named.arguments());
        if let Some(dialect) = &self.arguments.dialect {
            reproduce.push(format!("--dialect={dialect}"));
        }
        if let Some(file) = &self.arguments.baseline {
            reproduce.push(format!("--baseline={}", file.display()));
        }
        if let Some(seed) = self.arguments.shuffle {
            reproduce.push(format!("--shuffle={seed}"));
        }
        reproduce
    }

    fn setting(&self, client: &UnderTest, named: &ClientArguments, dialect: &str) -> Setting {
        let info = client.adapter.info();
        Setting {
            tool: tool(),
            client: Client {
                name: info.name.clone(),
                version: info.version.clone(),
                features: info.features.clone(),
                clock: info.clock,
                language: info.language.clone(),
                homepage: info.homepage.clone(),
                issue_tracker: info.issue_tracker.clone(),
                transport: info.transport.to_string(),
            },
            dialect: dialect.to_owned(),
            selection: self.selection.to_vec(),
            reproduce: self.reproduce(named),
        }
    }
}

/// This program.
pub fn tool() -> Tool {
    Tool { name: "tuf-cookbook".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
}

/// Plays every released client that is installed, one after the other. What goes wrong with one of them does not keep the
/// others from being played.
///
/// # Errors
/// If there is no cache folder, a manifest is broken, or there are arguments for the program of one client.
pub fn play_all(play: &Play<'_>, named: &ClientArguments) -> Result<(Vec<Report>, Vec<NotPlayed>), Failure> {
    if !named.client_args.is_empty() {
        return Err(Failure::new(
            "--client-arg is for one client",
            "name one with --client: an argument that one program knows means nothing to the others",
        ));
    }
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
    Ok((reports, not_played))
}

/// The reports of all clients in a file: of a run with one client, or with many.
///
/// # Errors
/// If it is not a report.
pub fn read_reports(path: &Path) -> Result<Vec<Report>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
    let wrong = |error: &dyn std::fmt::Display| {
        let help = "write it with `tuf-cookbook run --client all --format json --output FILE`";
        Failure::new(format!("{}: {error}", path.display()), help)
    };
    let is_matrix = serde_json::from_str::<serde_json::Value>(&text).is_ok_and(|value| value.get("clients").is_some());
    if is_matrix {
        return Ok(report::matrix::json::read(&text).map_err(|error| wrong(&error))?.into_reports());
    }
    Ok(vec![report::json::read(&text).map_err(|error| wrong(&error))?])
}
