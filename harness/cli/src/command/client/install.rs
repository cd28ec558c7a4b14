//! `client install`: puts released clients into a cache folder.

use std::process::ExitCode;

use adapter::released::{self, Released};
use report::escape::single_line;

use crate::failure::Failure;
use crate::output;
use crate::under_test::{ALL, no_cache};

/// The most characters of a line that an installation prints.
const LINE_LIMIT: usize = 500;

/// Installs released clients into a cache folder (`$TUF_COOKBOOK_CACHE`, or the user's), each from its registry.
///
/// Exit status 2 if one cannot be installed; the others are.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Their names, as in `client list`. `all`: every one but the older versions.
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let cache = released::cache_folder().ok_or_else(no_cache)?;
    let mut clients = Vec::new();
    for name in &arguments.names {
        if name == ALL {
            clients.extend(released::list()?.into_iter().filter(|client| client.variant_of.is_none()));
        } else {
            clients.push(released::find(name)?);
        }
    }
    let mut failed = None;
    for client in clients {
        if let Err(failure) = install(&client, &cache) {
            // The last one is told by whoever ends the program.
            if let Some(earlier) = failed.replace(failure) {
                Failure::print(&earlier);
            }
        }
    }
    failed.map_or(Ok(ExitCode::SUCCESS), Err)
}

fn install(client: &Released, cache: &std::path::Path) -> Result<(), Failure> {
    let manifest = &client.manifest;
    let installed = client.install(cache, &mut |line| output::tell(&single_line(line, LINE_LIMIT)))?;
    output::write(&format!("{} {} is in {}\n", manifest.name, manifest.version, installed.folder.display()), None)
}
