//! `spec acknowledge`: somebody has looked at a change.

use std::process::ExitCode;

use clap::ValueEnum;
use edition::{Acknowledgement, Effect, Finding, acknowledged_file, examine};
use suite::{Edition, Entry};

use super::texts::Texts;
use crate::failure::Failure;
use crate::output;
use crate::source::Source;

/// Records that a change of the text was looked at.
///
/// An acknowledgement holds for exactly the words that it was given for: once they change again, somebody has to look
/// again. Commit the file with the change.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    texts: Texts,
    /// The address of a passage, as `spec check` shows it; may be given several times.
    #[arg(long, value_name = "ADDRESS", required_unless_present_any = ["all", "editorial"])]
    at: Vec<String>,
    /// Every change that is not acknowledged.
    #[arg(long, conflicts_with_all = ["at", "editorial"])]
    all: bool,
    /// Every change that touches no requirement.
    #[arg(long, conflicts_with = "at")]
    editorial: bool,
    /// What the change means: nothing, or something for those who implement the specification.
    #[arg(long, value_enum)]
    effect: WhichEffect,
    /// Why, or what follows from it.
    #[arg(long, value_name = "TEXT")]
    note: String,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum WhichEffect {
    /// It asks for the same in other words.
    Editorial,
    /// Something is asked for that was not, or no longer, or in another way.
    Requirement,
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    if arguments.note.trim().is_empty() {
        return Err(Failure::new("the note is empty", "say why, in a sentence"));
    }
    let suite = source.load()?;
    let sides = arguments.texts.read(&suite)?;
    let mut acknowledged = arguments.texts.acknowledged()?;
    let examination = examine((&sides.old, &sides.new), sides.texts(), &suite, &acknowledged);
    let is_meant = |finding: &&Finding| {
        let addresses = [&finding.before, &finding.after];
        arguments.all
            || (arguments.editorial && finding.editorial)
            || addresses.into_iter().flatten().any(|address| arguments.at.contains(address))
    };
    for address in &arguments.at {
        if !examination
            .findings
            .iter()
            .any(|finding| [&finding.before, &finding.after].contains(&&Some(address.clone())))
        {
            let help = "`tuf-cookbook spec check` shows the addresses of the passages that differ";
            return Err(Failure::new(format!("nothing differs at `{address}`"), help));
        }
    }
    let effect = match arguments.effect {
        WhichEffect::Editorial => Effect::Editorial,
        WhichEffect::Requirement => Effect::Requirement,
    };
    let before = acknowledged.change.len();
    for finding in examination.open().filter(is_meant) {
        let (old, new) = (entry(&sides.old, finding.before.as_ref()), entry(&sides.new, finding.after.as_ref()));
        acknowledged.change.extend(Acknowledgement::new(old, new, effect, &arguments.note));
    }
    let path = arguments.texts.acknowledged_file();
    output::write(&acknowledged_file(&acknowledged), Some(&path))?;
    output::write(&format!("{} acknowledged in {}\n", acknowledged.change.len() - before, path.display()), None)?;
    Ok(ExitCode::SUCCESS)
}

fn entry<'a>(edition: &'a Edition, address: Option<&String>) -> Option<&'a Entry> {
    edition.passage.iter().find(|entry| Some(&entry.at) == address)
}
