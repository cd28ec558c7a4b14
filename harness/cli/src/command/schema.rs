//! `schema`: the JSON Schemas of the data files.

use std::fs;
use std::process::ExitCode;

use crate::failure::Failure;
use crate::output;
use crate::source::Source;

/// Prints the JSON Schema of a kind of data file, or writes them all into a working copy.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The kind: `scenario`, `requirements`, `features`, and so on. All kinds are listed if none is given.
    kind: Option<String>,
    /// Write all schemas to harness/schemas in the working copy.
    #[arg(long, conflicts_with = "kind")]
    write: bool,
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let mut schemas = suite::schemas();
    schemas.extend(adapter::released::schemas());
    schemas.extend(protocol::schemas());
    schemas.push(("report.json", report::json::schema()));
    schemas.push(("report-matrix.json", report::matrix::json::schema()));
    if arguments.write {
        let dir = source.working_copy()?.join("harness/schemas");
        for (name, schema) in &schemas {
            let file = dir.join(name);
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
            }
            fs::write(&file, suite::schema_text(schema)).map_err(|error| Failure::file(&file, &error))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let names: Vec<&str> = schemas.iter().map(|(name, _)| name.trim_end_matches(".json")).collect();
    let text = match &arguments.kind {
        None => names.join("\n") + "\n",
        Some(kind) => match names.iter().position(|name| name == kind) {
            Some(place) => suite::schema_text(&schemas[place].1),
            None => {
                return Err(Failure::new(
                    format!("there is no schema `{kind}`"),
                    format!("choose one of {}", names.join(", ")),
                ));
            }
        },
    };
    output::write(&text, None)?;
    Ok(ExitCode::SUCCESS)
}
