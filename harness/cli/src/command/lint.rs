//! `lint`: whether data files are what they should be.

use std::process::ExitCode;

use adapter::BuiltIn;
use judge::ScenarioResult;
use reference::FaultSet;
use runner::{Options, Venue};
use suite::{Suite, Variant};

use crate::command::run::dialect;
use crate::failure::{Failure, print_problems};
use crate::output;
use crate::source::Source;

/// Checks the data files of a working copy: their form, their links, and that the reference client passes them.
///
/// Exit status 1 if something is wrong.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only the form and the links: play nothing.
    #[arg(long)]
    no_play: bool,
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let (_, tree) = source.tree()?;
    let problems = suite::lint::lint(&tree);
    if !problems.is_empty() {
        print_problems(&problems);
        output::write(&format!("{} problems in {} files\n", problems.len(), tree.len()), None)?;
        return Ok(ExitCode::from(1));
    }
    let suite = Suite::from_tree(&tree)?;
    let unplayable = if arguments.no_play { Vec::new() } else { unplayable(&suite)? };
    for result in &unplayable {
        let note = result.note.clone().unwrap_or_else(|| "the reference client does not pass it".to_owned());
        output::write(&format!("{}: {note}\n", result.id), None)?;
        for check in result.failed_checks() {
            output::write(
                &format!("  {}: expected {}, observed {}\n", check.id, check.expected, check.observed),
                None,
            )?;
        }
    }
    if unplayable.is_empty() {
        let scenarios = suite.variants().count();
        output::write(&format!("{} files with {scenarios} scenarios: no problem\n", tree.len()), None)?;
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::from(1))
}

/// The scenarios that the reference client does not pass.
fn unplayable(suite: &Suite) -> Result<Vec<ScenarioResult>, Failure> {
    let variants: Vec<&Variant> = suite.variants().collect();
    let client = BuiltIn::new(&suite.register, FaultSet::empty()).direct();
    let options = Options {
        dialect: dialect(suite, "default")?,
        register: &suite.register,
        venue: Venue::InProcess,
        referee: None,
        jobs: std::thread::available_parallelism().map_or(1, Into::into),
        give_up_after: 0,
    };
    let results = runner::run(&variants, &client, options, &|_| {});
    Ok(results.into_iter().filter(|result| result.status != judge::Status::Pass).collect())
}
