//! `dump`: the states of a scenario as files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use repository::{Calendar, Event, Files, Timeline};
use suite::{RunKind, Variant};

use crate::dialect::dialect;
use crate::failure::Failure;
use crate::output;
use crate::select::select_one;
use crate::source::Source;

/// Everything but what is harmless in the name of a file. The dot is dealt with apart.
const UNSAFE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// The date on which a dumped scenario starts.
const START: Timestamp = Timestamp::constant(1_900_000_000, 0);

/// Writes every state of a scenario as files, with a text beside it that says what it is.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The scenario.
    id: String,
    /// The folder to write to. It must not exist yet, or be empty.
    dir: PathBuf,
    /// What an ordinary repository looks like.
    #[arg(long, value_name = "DIALECT", default_value = "default")]
    dialect: String,
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let suite = source.load()?;
    let variant = select_one(&suite, &arguments.id)?;
    let dialect = dialect(&suite, &arguments.dialect)?;
    let dir = &arguments.dir;
    if fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Failure::new(format!("{} is not empty", dir.display()), "name a new folder"));
    }
    let calendar = Calendar::Free { start: START };
    let mut runs = vec![(RunKind::Attack, "attack")];
    if variant.plan.has_attack() {
        runs.push((RunKind::Control, "control"));
    }
    let mut states = 0;
    for (kind, name) in runs {
        let timeline =
            Timeline::build(variant, dialect, kind, &calendar).map_err(|error| Failure::forge(&variant.id, &error))?;
        states += write_run(variant, &timeline, &dir.join(name))?;
    }
    output::write(&format!("{states} states of {} written to {}\n", variant.id, dir.display()), None)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the states of a run, and returns how many there are.
fn write_run(variant: &Variant, timeline: &Timeline, dir: &Path) -> Result<usize, Failure> {
    if let Some(root) = &timeline.root {
        write(&dir.join("trusted-root.json"), root)?;
    }
    let mut intents = format!("# {}\n\n{}\n", variant.scenario.title, variant.scenario.story.trim());
    let mut states = 0;
    for (step, event) in &timeline.events {
        let words = variant.plan.steps.iter().find(|planned| planned.number == *step);
        let words = words.map_or_else(|| "the repository before the first step".to_owned(), ToString::to_string);
        intents += &format!("\n{step}. {words}\n");
        let state = dir.join(format!("{step:02}"));
        match event {
            Event::Show(files) | Event::Meanwhile { files, .. } => {
                write_files(files, &state)?;
                write(&state.join("intent.txt"), format!("{words}\n").as_bytes())?;
                states += 1;
            }
            Event::Trust { root, .. } => write(&dir.join("trusted-root.json"), root)?,
            _ => {}
        }
        if let Event::TargetsRole(told) = event {
            let told = serde_json::to_vec_pretty(told).unwrap_or_default();
            write(&dir.join(format!("{step:02}")).join("targets_mapping.json"), &told)?;
        }
    }
    write(&dir.join("intent.md"), intents.as_bytes())?;
    Ok(states)
}

fn write_files(files: &Files, dir: &Path) -> Result<(), Failure> {
    for (name, bytes) in &files.metadata {
        // The folder of rotate files is one (TAP 8); a role name with a slash makes none.
        let (folder, name) = name.strip_prefix("rotate/").map_or(("", name.as_str()), |name| ("rotate", name));
        write(&dir.join("metadata").join(folder).join(safe_name(name)), bytes)?;
    }
    for (path, bytes) in &files.targets {
        let path: PathBuf = path.split('/').map(safe_name).collect();
        write(&dir.join("targets").join(path), bytes)?;
    }
    Ok(())
}

/// A name that stays a single name, whatever the scenario calls its roles and targets.
fn safe_name(name: &str) -> String {
    let encoded = utf8_percent_encode(name, UNSAFE).to_string();
    if encoded.trim_matches('.').is_empty() { encoded.replace('.', "%2E") + "%" } else { encoded }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir).map_err(|error| Failure::file(dir, &error))?;
    }
    fs::write(path, bytes).map_err(|error| Failure::file(path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leaves_the_folder() {
        for name in ["..", ".", "", "../x", "/etc/passwd", "a\\b", "a\0b"] {
            let safe = safe_name(name);
            assert!(!safe.contains(['/', '\\', '\0']) && !["", ".", ".."].contains(&safe.as_str()), "{name:?}: {safe}");
        }
        assert_eq!(safe_name("2.snapshot.json"), "2.snapshot.json");
    }
}
