//! `export`: the scenarios as plain files.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::dialect::dialect;
use crate::failure::Failure;
use crate::output;
use crate::select::select;
use crate::source::Source;

/// Writes scenarios as plain files: states as bytes, steps and expectations as JSON, and a manifest with digests.
///
/// The same suite gives the same bytes on every machine. The forms are those of harness/schemas/corpus-manifest.json and
/// corpus-scenario.json. `run --from DIR` plays them.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder to write to. It must not exist yet, or be empty.
    dir: PathBuf,
    /// Scenarios to write: ids or globs. All of them if none is given.
    #[arg(value_name = "ID-GLOB")]
    ids: Vec<String>,
    /// What an ordinary repository looks like.
    #[arg(long, value_name = "DIALECT", default_value = "default")]
    dialect: String,
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let suite = source.load()?;
    let variants = select(&suite, &arguments.ids)?;
    let dialect = dialect(&suite, &arguments.dialect)?;
    let dir = &arguments.dir;
    if fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Failure::new(format!("{} is not empty", dir.display()), "name a new folder"));
    }
    let manifest = export::write(&variants, dialect, (runner::START, report::EDITION), dir)
        .map_err(|error| Failure::plain(error.to_string()))?;
    output::write(&format!("{} scenarios written to {}\n", manifest.scenarios.len(), dir.display()), None)?;
    Ok(ExitCode::SUCCESS)
}
