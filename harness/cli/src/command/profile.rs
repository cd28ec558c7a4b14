//! `profile`: the recipes of the cookbook.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::OpenOptions;
use std::io::Write;
use std::process::ExitCode;

use clap::Subcommand;
use suite::{Profile, Suite, nearest};

use crate::dialect::dialect;
use crate::failure::Failure;
use crate::output;
use crate::source::Source;

/// What tells profiles apart, in a working copy.
const APART: &str = "cookbook/apart.txt";

/// Lists, shows, compares and makes profiles.
///
/// A profile says, for one situation, which optional features a client needs, which answers to open questions are right,
/// and within which bounds the repository stays. `run --profile NAME` holds a client against one.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Lists the profiles.
    List,
    /// Shows a profile with everything that it builds on.
    Show {
        /// The profile.
        name: String,
    },
    /// Shows what differs between two profiles.
    Diff {
        /// One profile.
        a: String,
        /// The other one.
        b: String,
    },
    /// Finds, for each two profiles, a client that conforms to one and not to the other. Exit status 1 if there is a
    /// profile that nothing tells from any other.
    Apart {
        /// Write the text to cookbook/apart.txt in the working copy.
        #[arg(long)]
        write: bool,
    },
    /// Makes the file of a new profile, in a working copy.
    New {
        /// Its name: lower-case words joined by hyphens.
        name: String,
        /// The profile that it builds on.
        #[arg(long, value_name = "NAME", default_value = "core")]
        from: String,
    },
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let suite = source.load()?;
    let text = match &arguments.command {
        Command::List => {
            let width = suite.profiles.keys().map(String::len).max().unwrap_or_default();
            let line = |profile: &Profile| format!("{:width$}  {}\n", profile.id, profile.file.title);
            suite.profiles.values().map(line).collect()
        }
        Command::Show { name } => show(find(&suite, name)?),
        Command::Apart { write } => return apart(source, &suite, *write),
        Command::Diff { a, b } => diff(find(&suite, a)?, find(&suite, b)?),
        Command::New { name, from } => make(source, &suite, name, from)?,
    };
    output::write(&text, None)?;
    Ok(ExitCode::SUCCESS)
}

/// The profile of this name.
///
/// # Errors
/// If there is none.
pub fn find<'a>(suite: &'a Suite, name: &str) -> Result<&'a Profile, Failure> {
    suite.profiles.get(name).ok_or_else(|| {
        let help = match nearest(name, suite.profiles.keys().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`? `tuf-cookbook profile list` shows all"),
            None => "`tuf-cookbook profile list` shows all".to_owned(),
        };
        Failure::new(format!("there is no profile `{name}`"), help)
    })
}

fn show(profile: &Profile) -> String {
    let file = &profile.file;
    let mut text = format!("{}: {}\n\n{}\n", profile.id, file.title, file.situation.trim());
    if !file.extends.is_empty() {
        text += &format!("\nbuilds on  {}\n", file.extends.join(", "));
    }
    text += &format!("\nprotects against  {}\n", file.protects.join(", "));
    for line in &file.gives_up {
        text += &format!("gives up  {line}\n");
    }
    text.push('\n');
    for (name, value) in lines(profile) {
        text += &format!("{name}  {value}\n");
    }
    for source in &file.source {
        text += &format!("\nsource  {}: {}\n        {}\n", source.title, source.says, source.url);
    }
    text
}

/// What a profile asks for, a line each, by names that are the same in all profiles.
fn lines(profile: &Profile) -> BTreeMap<String, String> {
    let file = &profile.file;
    let mut lines = BTreeMap::new();
    let features = &file.features;
    for (word, list) in
        [("required", &features.required), ("allowed", &features.allowed), ("forbidden", &features.forbidden)]
    {
        lines.extend(list.iter().map(|id| (format!("feature {id}"), word.to_owned())));
    }
    let answers = |answers: &BTreeSet<String>| answers.iter().cloned().collect::<Vec<_>>().join(" or ");
    lines.extend(file.policies.iter().map(|(id, decision)| (format!("policy {id}"), answers(&decision.0))));
    lines.extend(
        report::checklist::rows(&file.bounds).into_iter().map(|(name, value)| (format!("bound: {name}"), value)),
    );
    lines
}

fn diff(a: &Profile, b: &Profile) -> String {
    let (left, right) = (lines(a), lines(b));
    let names: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
    let mut text = String::new();
    for name in names {
        let (left, right) = (left.get(name), right.get(name));
        if left != right {
            let shown = |side: Option<&String>| side.map_or("-", String::as_str).to_owned();
            text += &format!("{name}\n  {}: {}\n  {}: {}\n", a.id, shown(left), b.id, shown(right));
        }
    }
    if text.is_empty() { format!("{} and {} ask for the same\n", a.id, b.id) } else { text }
}

fn apart(source: &Source, suite: &Suite, write: bool) -> Result<ExitCode, Failure> {
    output::note("plays every scenario against clients with one fault after the other …");
    let apart = coverage::apart(suite, dialect(suite, "default")?);
    let path = write.then(|| source.working_copy().map(|folder| folder.join(APART))).transpose()?;
    output::write(&coverage::apart_table(&apart), path.as_deref())?;
    // Nothing can be told from the profile that all others build on.
    let untold = apart.untold().into_iter().filter(|profile| *profile != judge::CORE).count();
    Ok(if untold == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn make(source: &Source, suite: &Suite, name: &str, from: &str) -> Result<String, Failure> {
    let base = find(suite, from)?;
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    if !name.split('-').all(is_word) {
        return Err(Failure::new(
            format!("`{name}` cannot be the name of a profile"),
            "use lower-case words joined by hyphens",
        ));
    }
    let path = source.working_copy()?.join(format!("cookbook/profiles/{name}.toml"));
    if path.exists() {
        return Err(Failure::new(
            format!("there is a profile `{name}` already, in {}", path.display()),
            "choose another name for the new one, or edit that file",
        ));
    }
    let protects: Vec<String> = base.file.protects.iter().map(|attack| format!("\"{attack}\"")).collect();
    let text = format!(
        "#:schema ../../harness/schemas/profile.json\n\
         title = \"What it is for, in a few words\"\n\
         extends = [\"{from}\"]\n\
         situation = \"\"\"\n\
         Who is in this situation, what do they have, what do they fear? Two to five sentences.\n\
         \"\"\"\n\
         protects = [{}]\n\
         \n\
         [features]\n\
         required = []\n\
         allowed = []\n\
         forbidden = []\n\
         \n\
         [policies]\n\
         # The open questions that matter here, each with the answer that is right: see spec/policies.toml.\n\
         \n\
         [bounds]\n\
         # What the repository is held to, such as `root-threshold = 2` or `timestamp-expiry = \"7d\"`.\n",
        protects.join(", ")
    );
    let file = OpenOptions::new().write(true).create_new(true).open(&path);
    file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| Failure::file(&path, &error))?;
    Ok(format!("{}\n", path.display()))
}
