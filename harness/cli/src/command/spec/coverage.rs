//! `spec coverage`: which requirements the scenarios cover.

use std::process::ExitCode;

use clap::ValueEnum;

use crate::dialect::dialect;
use crate::failure::Failure;
use crate::output;
use crate::source::Source;

/// The snapshot in a working copy.
const SNAPSHOT: &str = "spec/coverage.txt";

/// Tells which requirements the scenarios cover, and how that was proven.
///
/// A requirement is proven to be covered if a check fails for the reference client with a fault that breaks it. Exit
/// status 1 if a requirement on clients is neither proven nor excluded with a reason.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Print only what is neither proven nor excluded.
    #[arg(long)]
    gaps: bool,
    /// Write the text to spec/coverage.txt in the working copy.
    #[arg(long, conflicts_with_all = ["format", "gaps"])]
    write: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table.
    Text,
    /// For programs: every proof.
    Json,
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let suite = source.load()?;
    output::note("plays every scenario against the faults that break what it covers …");
    let coverage =
        coverage::measure(&suite, dialect(&suite, "default")?).map_err(|problem| Failure::Problems(vec![*problem]))?;
    let gaps = coverage.gaps();
    if arguments.write {
        let path = source.working_copy()?.join(SNAPSHOT);
        output::write(&coverage::table(&coverage), Some(&path))?;
    } else if arguments.gaps {
        let lines: Vec<String> = gaps.iter().map(|gap| format!("{gap}\n")).collect();
        output::write(&lines.concat(), None)?;
    } else if arguments.format == Format::Json {
        let json = serde_json::to_string_pretty(&coverage)
            .map_err(|error| Failure::plain(format!("the coverage cannot be written as JSON: {error}")))?;
        output::write(&(json + "\n"), None)?;
    } else {
        output::write(&coverage::table(&coverage), None)?;
    }
    output::note(&format!("{} gaps", gaps.len()));
    Ok(if gaps.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
