//! `fmt`: the layout of data files.

use std::fs;
use std::process::ExitCode;

use crate::failure::{Failure, print_problems};
use crate::output;
use crate::source::Source;

/// Lays out the data files of a working copy. Comments and the order of steps stay as they are.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Change nothing; print the files that would change. Exit status 1 if there are any.
    #[arg(long)]
    check: bool,
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let (dir, tree) = source.tree()?;
    let (mut changed, mut problems) = (0, Vec::new());
    for (path, text) in &tree {
        match suite::format(path, text) {
            Ok(formatted) if formatted == *text => {}
            Ok(formatted) => {
                changed += 1;
                output::write(&format!("{path}\n"), None)?;
                if !arguments.check {
                    let file = dir.join(path);
                    fs::write(&file, formatted).map_err(|error| Failure::file(&file, &error))?;
                }
            }
            Err(problem) => problems.push(*problem),
        }
    }
    print_problems(&problems);
    let is_good = problems.is_empty() && (changed == 0 || !arguments.check);
    Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
