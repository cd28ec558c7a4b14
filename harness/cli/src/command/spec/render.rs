//! `spec render`: the specification for one situation.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use report::checklist;

use crate::command::profile::find;
use crate::failure::Failure;
use crate::output;
use crate::source::Source;

/// Writes the requirements that apply to a situation, with its decisions filled in, as checklists.
///
/// One list is for the implementer of a client, one for whoever runs the repository.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The profile: see `tuf-cookbook profile list`.
    #[arg(long, value_name = "NAME")]
    profile: String,
    /// The format.
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    format: Format,
    /// The file that it goes to, instead of standard output.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Markdown.
    Markdown,
    /// A page that stands alone.
    Html,
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let suite = source.load()?;
    let profile = find(&suite, &arguments.profile)?;
    let text = match arguments.format {
        Format::Markdown => checklist::markdown(profile, &suite),
        Format::Html => checklist::html(profile, &suite),
    };
    output::write(&text, arguments.output.as_deref())?;
    Ok(ExitCode::SUCCESS)
}
