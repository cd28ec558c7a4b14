//! `lint`: whether data files are what they should be.

use std::process::ExitCode;

use adapter::BuiltIn;
use jiff::Timestamp;
use judge::{ScenarioResult, Status};
use reference::FaultSet;
use repository::{Calendar, Timeline};
use runner::{Options, Venue};
use suite::{Dialect, Part, Place, Problem, RunKind, ScenarioFile, Suite, Variant};

use crate::dialect::dialect;
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
    let mut problems = suite::lint::lint(&tree);
    if problems.is_empty() && !arguments.no_play {
        let suite = Suite::from_tree(&tree)?;
        let dialect = dialect(&suite, "default")?;
        problems = suite.files.iter().flat_map(|file| played(file, &suite, dialect)).collect();
    }
    print_problems(&problems);
    let (count, files) = (problems.len(), tree.len());
    let words = match count {
        0 => "no problem".to_owned(),
        1 => "1 problem".to_owned(),
        count => format!("{count} problems"),
    };
    output::write(&format!("{words} in {files} files\n"), None)?;
    Ok(if count == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// What goes wrong when a scenario is played with the reference client. One problem for each variant.
fn played(file: &ScenarioFile, suite: &Suite, dialect: &Dialect) -> Vec<Problem> {
    let makeable: Vec<(&Variant, Option<Problem>)> =
        file.variants.iter().map(|variant| (variant, unmakeable(file, variant, dialect))).collect();
    let variants: Vec<&Variant> =
        makeable.iter().filter(|(_, problem)| problem.is_none()).map(|(variant, _)| *variant).collect();
    let client = BuiltIn::new(&suite.register, FaultSet::empty()).direct();
    let options = Options {
        dialect,
        register: &suite.register,
        venue: Venue::InProcess,
        referee: None,
        jobs: 1,
        dared: &runner::NONE,
        timelines: None,
        give_up_after: 0,
        shuffle: None,
    };
    let results = runner::run(&variants, &client, options, &|_| {});
    let not_passed = results.iter().filter(|result| result.status != Status::Pass);
    makeable
        .into_iter()
        .filter_map(|(_, problem)| problem)
        .chain(not_passed.map(|result| missed(file, result)))
        .collect()
}

/// A step whose state cannot be made.
fn unmakeable(file: &ScenarioFile, variant: &Variant, dialect: &Dialect) -> Option<Problem> {
    let calendar = Calendar::Free { start: Timestamp::UNIX_EPOCH };
    let (step, error) = [RunKind::Attack, RunKind::Control]
        .into_iter()
        .find_map(|run| Timeline::build(variant, dialect, run, &calendar).err())?;
    let problem = Problem::new(&file.path, &file.text, "play::state", format!("{}: {error}", variant.id));
    Some(at_step(file, variant, step, problem).help("the state after this step cannot be made"))
}

/// A scenario that the reference client does not pass.
fn missed(file: &ScenarioFile, result: &ScenarioResult) -> Problem {
    let check = result.failed_checks().next();
    let message = check.map_or_else(
        || result.note.clone().unwrap_or_default(),
        |check| format!("`{}`: expected {}, observed {}", check.id, check.expected, check.observed),
    );
    let problem = Problem::new(&file.path, &file.text, "play::reference", format!("{}: {message}", result.id));
    let problem = problem.help(format!(
        "the reference client does not do what is expected here: see `tuf-cookbook run --suite . '{}'`",
        result.id
    ));
    let variant = file.variants.iter().find(|variant| variant.id == result.id);
    match (variant, check) {
        (Some(variant), Some(check)) => at_step(file, variant, check.step, problem),
        _ => problem,
    }
}

/// A problem at a step; 0 stands for what comes before the first one.
fn at_step(file: &ScenarioFile, variant: &Variant, step: usize, problem: Problem) -> Problem {
    let place = if step == 0 { Place::top("repository") } else { Place::step(step) };
    match file.locate(&variant.id, &place, Part::Value) {
        Some(span) => problem.at(span),
        None => problem,
    }
}
