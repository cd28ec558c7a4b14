//! `client doctor`: what keeps a released client from being tested.

use std::process::ExitCode;

use adapter::released;
use anstream::adapter::strip_str;
use report::escape::single_line;

use crate::failure::Failure;
use crate::output;
use crate::source::Source;
use crate::under_test::{ClientArguments, TransportName, no_cache};

/// The most characters that are shown of what a tool says.
const LINE_LIMIT: usize = 300;

/// Tells what is missing for a released client to be tested, and how to get it.
///
/// Exit status 0: it can be tested. 1: something is missing.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Its name, as in `client list`.
    name: String,
}

/// What was found, and what to do if it is not good.
struct Finding {
    what: String,
    remedy: Option<String>,
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let client = released::find(&arguments.name)?;
    let cache = released::cache_folder().ok_or_else(no_cache)?;
    let mut findings: Vec<Finding> = client
        .tools()
        .into_iter()
        .map(|tool| match tool.answer {
            Ok(answer) => Finding { what: format!("{}: {}", tool.name, uncoloured(&answer)), remedy: None },
            Err(error) => Finding { what: uncoloured(&error.message), remedy: Some(error.help) },
        })
        .collect();
    match client.installed(&cache) {
        Some(installed) => {
            findings.push(Finding { what: format!("installed in {}", installed.folder.display()), remedy: None });
            let suite = source.load()?;
            for transport in [TransportName::Session, TransportName::Process, TransportName::Library] {
                if !client.manifest.transports().contains(&transport.into()) {
                    continue;
                }
                let transport_name = adapter::Transport::from(transport);
                let named = ClientArguments { transport: Some(transport), ..ClientArguments::of(&arguments.name) };
                findings.push(match named.resolve(&suite.register) {
                    Ok(_) => Finding { what: format!("starts over the {transport_name} transport"), remedy: None },
                    Err(failure) => Finding {
                        what: format!("over the {transport_name} transport: {}", failure.message()),
                        remedy: Some(failure.help().unwrap_or_else(|| again(&arguments.name))),
                    },
                });
            }
        }
        None => findings.push(Finding {
            what: format!("{} {} is not installed", arguments.name, client.manifest.version),
            remedy: Some(format!("run `tuf-cookbook client install {}`", arguments.name)),
        }),
    }
    let mut text = String::new();
    for Finding { what, remedy } in &findings {
        let mark = if remedy.is_some() { "missing" } else { "ok     " };
        text += &format!("{mark}  {}\n", single_line(what, LINE_LIMIT));
        if let Some(remedy) = remedy {
            text += &format!("         {}\n", single_line(remedy, LINE_LIMIT));
        }
    }
    output::write(&text, None)?;
    let is_well = findings.iter().all(|finding| finding.remedy.is_none());
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// What a tool says without the colours that some, such as Maven, also write where nobody sees them.
fn uncoloured(said: &str) -> String {
    strip_str(said).to_string()
}

fn again(name: &str) -> String {
    format!("remove its folder and run `tuf-cookbook client install {name}` again")
}
