//! `client regressions`: whether the suite tells vulnerable releases from those that mend them.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::process::ExitCode;

use adapter::released::{self, Regression};
use judge::Status;
use report::escape::single_line;

use crate::failure::Failure;
use crate::interrupt;
use crate::output;
use crate::play::{Play, PlayArguments, jobs};
use crate::select::select;
use crate::source::Source;
use crate::under_test::ClientArguments;

/// Plays each scenario of harness/clients/regressions.toml against the vulnerable release, which has to fail it, and
/// against the one that mends it, which has to pass.
///
/// The clients have to be installed. Exit status 0: every pair is told apart. 1: some are not.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only the pairs in which one of these clients has a part, by the beginning of its name. All if none is given.
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Install what is not installed yet.
    #[arg(long)]
    install: bool,
    /// How many clients work at the same time. Default: one per core.
    #[arg(short, long, value_name = "N", value_parser = jobs)]
    jobs: Option<NonZeroUsize>,
}

/// The statuses of scenarios, for each client.
type Seen = BTreeMap<String, BTreeMap<String, Status>>;

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let regressions = released::regressions().map_err(|problem| Failure::Problems(vec![*problem]))?;
    let is_meant = |regression: &Regression| {
        let clients = [&regression.vulnerable, &regression.fixed];
        arguments.names.is_empty()
            || arguments.names.iter().any(|name| clients.iter().any(|client| client.starts_with(name)))
    };
    let meant: Vec<Regression> = regressions.into_iter().filter(is_meant).collect();
    if meant.is_empty() {
        return Err(Failure::new("no pair is meant", "see harness/clients/regressions.toml"));
    }
    if arguments.install {
        let cache = released::cache_folder().ok_or_else(crate::under_test::no_cache)?;
        for name in meant.iter().flat_map(|regression| [&regression.vulnerable, &regression.fixed]) {
            released::find(name)?.install(&cache, &mut |line| output::note(&single_line(line, 500)))?;
        }
    }
    interrupt::handle()?;
    let seen = play(source, &meant, arguments.jobs)?;
    let mut are_all_told = true;
    for regression in &meant {
        for id in &regression.scenarios {
            let status = |client: &String| seen.get(client).and_then(|statuses| statuses.get(id)).copied();
            let (vulnerable, fixed) = (status(&regression.vulnerable), status(&regression.fixed));
            let is_told = vulnerable == Some(Status::Fail) && fixed == Some(Status::Pass);
            are_all_told &= is_told;
            let mark = if is_told { "told apart    " } else { "NOT TOLD APART" };
            output::write(
                &format!(
                    "{mark}  {}: {id}: {} {}, {} {}\n",
                    regression.advisory,
                    regression.vulnerable,
                    word(vulnerable),
                    regression.fixed,
                    word(fixed)
                ),
                None,
            )?;
        }
    }
    Ok(if are_all_told { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn word(status: Option<Status>) -> &'static str {
    match status {
        Some(Status::Pass) => "passes",
        Some(Status::Fail) => "fails",
        Some(Status::Inconclusive) => "is inconclusive",
        Some(Status::Unsupported) => "does not support it",
        Some(Status::Error) => "breaks",
        None => "was not played",
    }
}

/// Plays every client once, against all scenarios that it has a part in.
fn play(source: &Source, regressions: &[Regression], jobs: Option<NonZeroUsize>) -> Result<Seen, Failure> {
    let suite = source.load()?;
    let mut wanted: BTreeMap<&String, Vec<String>> = BTreeMap::new();
    for regression in regressions {
        for client in [&regression.vulnerable, &regression.fixed] {
            wanted.entry(client).or_default().extend(regression.scenarios.iter().cloned());
        }
    }
    let mut seen = Seen::new();
    for (client, ids) in wanted {
        let variants = select(&suite, &ids)?;
        let named = ClientArguments::of(client);
        let arguments = PlayArguments { dialect: None, jobs, give_up_after: 8, shuffle: None, baseline: None };
        let play = Play {
            source,
            suite: &suite,
            variants: &variants,
            selection: &ids,
            arguments: &arguments,
            dared: &runner::NONE,
            timelines: None,
        };
        output::note(&format!("playing {client}"));
        let report = play.report(named.resolve(&suite.register)?, &named, false)?;
        let statuses = report.results.iter().map(|result| (result.id.to_string(), result.status)).collect();
        seen.insert(client.clone(), statuses);
    }
    Ok(seen)
}
