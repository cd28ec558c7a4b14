//! `new`: the beginning of a scenario.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::process::ExitCode;

use suite::Suite;

use crate::failure::Failure;
use crate::output;
use crate::source::Source;

/// Writes the beginning of a new scenario into a working copy: it lints, and its comments tell what to change.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The attack class and the name of the scenario, such as `rollback/my-scenario`; `honest/…` for one without
    /// attack.
    #[arg(value_name = "CLASS/SLUG")]
    id: String,
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let dir = source.working_copy()?;
    let suite = Suite::from_dir(&dir)?;
    let Some((class, slug)) = arguments.id.split_once('/') else {
        return Err(Failure::new(
            format!("`{}` is not of the form CLASS/SLUG", arguments.id),
            "name the attack class and the scenario, such as `rollback/my-scenario`",
        ));
    };
    let text = suite::scaffold(class, slug, &suite.register).map_err(|error| Failure::plain(error.to_string()))?;
    let folder = dir.join("scenarios").join(class);
    std::fs::create_dir_all(&folder).map_err(|error| Failure::file(&folder, &error))?;
    let file = folder.join(format!("{slug}.toml"));
    let created = OpenOptions::new().write(true).create_new(true).open(&file);
    let written = created.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| Failure::file(&file, &error))?;
    output::write(
        &format!(
            "{0}\n\nEdit it, then:\n  tuf-cookbook lint --suite {1}\n  tuf-cookbook run --suite {1} {2}\n  \
             tuf-cookbook explain --suite {1} {2}\n",
            file.display(),
            dir.display(),
            arguments.id
        ),
        None,
    )?;
    Ok(ExitCode::SUCCESS)
}
