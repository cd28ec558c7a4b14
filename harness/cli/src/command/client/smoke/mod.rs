//! `client smoke`: what is wrong with a new adapter, step by step.

mod stage;
mod steps;

use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use adapter::{BUILT_IN_NAME, Trace};
use report::escape::single_line;

use crate::failure::Failure;
use crate::interrupt;
use crate::output;
use crate::source::Source;
use crate::under_test::ClientArguments;
use stage::Stage;
use steps::STEPS;

/// The most characters of a line that was said.
const LINE_LIMIT: usize = 1500;

/// The most lines that are shown of what was said in one step.
const SHOWN: usize = 30;

/// Tries a client in twelve small steps, and shows what was said in the first that goes wrong.
///
/// For the author of an adapter: after it, `run` plays the suite. Exit status 0: all steps are done. 1: one goes wrong.
/// 2: there is no such client, so that nothing is known about it.
#[derive(Debug, clap::Args)]
#[command(mut_arg("client", |client| client.help(SAME).hide_default_value(true)))]
pub struct Arguments {
    /// The client: a released one from `client list`, the path of a program, or that of a shared library.
    #[arg(value_name = "NAME|PATH", required_unless_present = "client")]
    name: Option<String>,
    #[command(flatten)]
    client: ClientArguments,
    /// Show what is said in every step.
    #[arg(long)]
    verbose: bool,
}

/// What `--client` is here.
const SAME: &str = "The client, named as `run` has it named: instead of NAME|PATH";

/// What was said so far in a step.
type Said = Arc<Mutex<Vec<String>>>;

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let suite = source.load()?;
    let client = named(arguments)?;
    let said = Said::default();
    let hear = Arc::clone(&said);
    let trace = Trace::new(move |line| hear.lock().unwrap_or_else(PoisonError::into_inner).push(line.to_owned()));
    let named = ClientArguments { trace, ..arguments.client.with_client(client) };
    named.find(&suite.register)?;
    interrupt::handle()?;
    let mut stage = Stage::new(&suite, &named)?;
    for (number, step) in (1..).zip(STEPS) {
        let result = (step.run)(&mut stage);
        let (mark, wrong) = match &result {
            Ok(()) => ("ok   ", None),
            Err(wrong) => ("WRONG", Some(wrong)),
        };
        output::write(&format!("{mark} {number:2}  {}\n", step.title), None)?;
        let said = std::mem::take(&mut *said.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(wrong) = wrong {
            output::write(&format!("          {}\n          {}\n", single_line(wrong, LINE_LIMIT), step.hint), None)?;
        }
        if wrong.is_some() || arguments.verbose {
            output::write(&exchange(&said), None)?;
        }
        if wrong.is_some() {
            let left = STEPS.len() + 1 - number;
            output::write(&format!("\n{} of {} steps done\n", STEPS.len() - left, STEPS.len()), None)?;
            return Ok(ExitCode::from(1));
        }
    }
    output::write(&format!("\nall {} steps done: `run` plays the suite\n", STEPS.len()), None)?;
    Ok(ExitCode::SUCCESS)
}

/// The client, which is named in one of two ways.
fn named(arguments: &Arguments) -> Result<&str, Failure> {
    let option = arguments.client.client.as_str();
    match arguments.name.as_deref() {
        Some(name) if option != BUILT_IN_NAME => Err(Failure::new(
            format!("two clients are named: `{name}`, and `{option}` with --client"),
            format!("try one after the other: `tuf-cookbook client smoke {name}`"),
        )),
        name => Ok(name.unwrap_or(option)),
    }
}

/// What was said, as it was, a line each.
fn exchange(said: &[String]) -> String {
    let lines = said.iter().flat_map(|text| text.lines()).filter(|line| !line.trim().is_empty());
    let lines: Vec<_> = lines.map(|line| format!("          | {}\n", single_line(line, LINE_LIMIT))).collect();
    let hidden = lines.len().saturating_sub(SHOWN);
    let omitted = if hidden > 0 { format!("          | [{hidden} earlier lines left out]\n") } else { String::new() };
    omitted + &lines[hidden..].concat()
}
