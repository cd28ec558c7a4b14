//! `spec edition`: the edition of a text.

use std::path::PathBuf;
use std::process::ExitCode;

use edition::{adopt, edition_file, link};
use suite::Edition;

use super::texts::{editions, named, nearest, read};
use crate::failure::Failure;
use crate::output;
use crate::source::Source;

/// Writes the edition of a text: its passages by fingerprints, with the requirements that they state.
///
/// Links are taken over from the edition before as far as the sentences are the same, or came in the place of one that
/// had some. What is left to do by hand is printed: sentences that have a keyword and no requirement.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The Bikeshed source of the specification.
    #[arg(value_name = "TEXT")]
    text: PathBuf,
    /// The edition to take links from [default: the last one that is not later].
    #[arg(long, value_name = "VERSION")]
    from: Option<String>,
    /// The file to write [default: spec/editions/VERSION.toml in the working copy].
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let suite = source.load()?;
    let text = read(&arguments.text)?;
    let known = editions(&suite)?;
    let from = match &arguments.from {
        Some(version) => Some(named(&known, version)?),
        None => nearest(&known, text.version),
    };
    let mut edition = match from {
        Some(from) => link(&text, from),
        None => link(&text, &Edition { version: text.version, date: None, passage: Vec::new() }),
    };
    known.iter().rev().for_each(|known| adopt(&mut edition, known));
    let path = match &arguments.output {
        Some(path) => path.clone(),
        None => source.working_copy()?.join(format!("spec/editions/{}.toml", edition.version)),
    };
    output::write(&edition_file(&edition), Some(&path))?;
    let mut report =
        format!("{} passages of {} written to {}\n", edition.passage.len(), edition.version, path.display());
    for entry in &edition.passage {
        for place in 1..=entry.sentences.len() {
            let keywords: Vec<String> = entry.keywords_of(place).map(|keyword| keyword.to_string()).collect();
            let is_linked = entry.requirements_of(place).next().is_some();
            let is_excused = entry.without.values().any(|places| places.contains(&place));
            if !keywords.is_empty() && !is_linked && !is_excused {
                report += &format!("{}, sentence {place}: {} and no requirement\n", entry.at, keywords.join(", "));
            }
        }
    }
    output::write(&report, None)?;
    Ok(ExitCode::SUCCESS)
}
