//! `spec check`: whom a change of the text touches, and whether somebody has looked at it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use edition::examine;
use report::{Gate, Style, gate};

use super::texts::Texts;
use crate::failure::Failure;
use crate::output;
use crate::source::Source;

/// Tells which requirements, scenarios, open questions and profiles a change of the text touches.
///
/// The text is cut into passages, such as the steps of the workflow, and compared sentence by sentence. Other markup and
/// other line breaks are no change. Exit status 0 if nothing differs or every difference was acknowledged, 1 if one was
/// not or the version goes back, 2 if something is not the source of the specification.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    texts: Texts,
    /// Let changes pass that touch no requirement and no keyword, without an acknowledgement.
    #[arg(long)]
    allow_editorial: bool,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Print it into this file.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// With --format github: append the summary of the job to this file.
    #[arg(long, value_name = "FILE", env = "GITHUB_STEP_SUMMARY")]
    summary: Option<PathBuf>,
    /// Show everything: every id, however many there are.
    #[arg(long, short)]
    verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person: the old and the new passage side by side.
    Human,
    /// For programs; the schema is harness/schemas/spec-check.json.
    Json,
    /// Annotations on the lines of the text, and a summary of the job.
    Github,
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let suite = source.load()?;
    let sides = arguments.texts.read(&suite)?;
    let acknowledged = arguments.texts.acknowledged()?;
    let examination = examine((&sides.old, &sides.new), sides.texts(), &suite, &acknowledged);
    let file = arguments.texts.new.display().to_string();
    let gate = Gate {
        examination: &examination,
        old: sides.old_text.as_ref(),
        new: &sides.new_text,
        file: &file,
        allow_editorial: arguments.allow_editorial,
    };
    let text = match arguments.format {
        Format::Human => {
            let colour = arguments.output.is_none() && output::is_coloured();
            gate::terminal::render(&gate, Style { colour, width: output::width(), verbose: arguments.verbose })
        }
        Format::Json => gate::json(&examination)
            .map_err(|error| Failure::plain(format!("the result cannot be written as JSON: {error}")))?,
        Format::Github => {
            if let Some(path) = &arguments.summary {
                output::append(&gate::github::summary(&gate), path)?;
            }
            gate::github::annotations(&gate)
        }
    };
    output::write(&text, arguments.output.as_deref())?;
    Ok(if gate.passes() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
