//! `book`: the pages of the book that are made from data.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::failure::Failure;
use crate::output;
use crate::play::read_reports;
use crate::source::Source;

/// The sources of the book in a working copy.
const SOURCES: &str = "cookbook/book/src";

/// Writes the pages of the book that are made from data: the recipes with the verdict of each client, and the survey.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The JSON report with the verdicts: `tuf-cookbook run --client all --format json`.
    #[arg(long, value_name = "REPORT")]
    report: PathBuf,
    /// Write nothing; exit status 1 if a page is not as it would be written.
    #[arg(long)]
    check: bool,
    /// The folder with the sources of the book [default: cookbook/book/src in the working copy].
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let suite = source.load()?;
    let reports = read_reports(&arguments.report)?;
    let folder = match &arguments.output {
        Some(folder) => folder.clone(),
        None => source.working_copy()?.join(SOURCES),
    };
    let mut stale = Vec::new();
    for (name, text) in report::book::pages(&suite, &reports) {
        let path = folder.join(&name);
        if arguments.check {
            if fs::read_to_string(&path).ok().as_ref() != Some(&text) {
                stale.push(name);
            }
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| Failure::file(parent, &error))?;
        }
        output::write(&text, Some(&path))?;
    }
    for name in &stale {
        output::tell(&format!("{SOURCES}/{name} is out of date: `tuf-cookbook book --report REPORT` writes it again"));
    }
    Ok(if stale.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
