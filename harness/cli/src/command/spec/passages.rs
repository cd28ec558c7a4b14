//! `spec passages`: how a text is cut.

use std::path::PathBuf;
use std::process::ExitCode;

use super::texts::read;
use crate::failure::Failure;
use crate::output;

/// Lists the passages of a text: address, number, lines, keywords.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The Bikeshed source of the specification.
    #[arg(value_name = "TEXT")]
    text: PathBuf,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let mut list = String::new();
    for passage in &read(&arguments.text)?.passages {
        let (begin, end) = passage.lines();
        let keywords: Vec<String> = passage.entry().keywords.keys().map(ToString::to_string).collect();
        let number = passage.number.as_deref().unwrap_or_default();
        let line = format!("{number:<10} {:<60} {begin:>5}-{end:<5} {}", passage.address, keywords.join(", "));
        list += &report::escape::single_line(line.trim_end(), 1_000);
        list.push('\n');
    }
    output::write(&list, None)?;
    Ok(ExitCode::SUCCESS)
}
