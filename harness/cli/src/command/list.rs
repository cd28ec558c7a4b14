//! `list`: the ids of scenarios.

use std::process::ExitCode;

use suite::Variant;

use crate::failure::Failure;
use crate::output;
use crate::select::select;
use crate::source::Source;

/// The class of scenarios that are no attack.
const HONEST: &str = "honest";

/// Prints the ids of scenarios, one per line.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Which scenarios: ids or globs, such as `rollback/*`. All of them if none is given.
    #[arg(value_name = "ID-GLOB")]
    ids: Vec<String>,
    /// Only scenarios of this attack class; `honest` for those that are no attack.
    #[arg(long, value_name = "CLASS")]
    attack: Option<String>,
    /// Only scenarios that cover this requirement.
    #[arg(long, value_name = "ID")]
    requirement: Option<String>,
    /// Print the titles as well.
    #[arg(long)]
    titles: bool,
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let suite = source.load()?;
    if let Some(id) = &arguments.requirement
        && !suite.register.requirements.contains_key(id)
    {
        let known = suite.register.requirements.keys().map(String::as_str);
        let help = suite::nearest(id, known).map_or_else(
            || "the files in spec/requirements list all requirements".to_owned(),
            |id| format!("did you mean `{id}`?"),
        );
        return Err(Failure::new(format!("there is no requirement `{id}`"), help));
    }
    if let Some(class) = &arguments.attack
        && class != HONEST
        && !suite.register.attacks.contains_key(class)
    {
        let known: Vec<_> = suite.register.attacks.keys().map(String::as_str).chain([HONEST]).collect();
        return Err(Failure::new(
            format!("there is no attack class `{class}`"),
            format!("choose one of {}", known.join(", ")),
        ));
    }
    let is_wanted = |variant: &&Variant| {
        let attack = arguments.attack.as_ref().is_none_or(|attack| variant.id.class() == attack);
        let requirement = arguments.requirement.as_ref().is_none_or(|id| variant.scenario.covers.contains(id));
        attack && requirement
    };
    let mut text = String::new();
    for variant in select(&suite, &arguments.ids)?.into_iter().filter(is_wanted) {
        text += variant.id.as_str();
        if arguments.titles {
            text += &format!("  {}", variant.scenario.title);
        }
        text.push('\n');
    }
    output::write(&text, None)?;
    Ok(ExitCode::SUCCESS)
}
