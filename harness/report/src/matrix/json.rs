//! The matrix as JSON, for programs. The schema is `harness/schemas/report-matrix.json`.

use schemars::schema_for;

use super::{MatrixReport, MatrixSummary};
use crate::{Report, escape};

/// The longest name of a client in a message.
const NAME_LIMIT: usize = 100;

/// Why a matrix could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is not JSON, or not of this format.
    #[error("line {}, column {}: {source}; expected a report as `tuf-cookbook run --client all --format json` writes it", source.line(), source.column())]
    Format {
        /// What is wrong with it.
        #[from]
        source: serde_json::Error,
    },
    /// The counts of one client were edited, or its results were.
    #[error("client {client}: `summary` does not agree with `results`: write the report again instead of editing it")]
    Client {
        /// The client.
        client: String,
    },
    /// The report of a client is of another run.
    #[error("client {client}: `tool`, `specification` or `selection` is not that of the matrix: run all clients again")]
    Setting {
        /// The client.
        client: String,
    },
    /// The counts of all clients were edited, or a client was taken out or added.
    #[error("`summary` does not agree with `clients` and `not-played`: write the report again instead of editing it")]
    Summary,
}

/// Writes a matrix, indented, with a line break at the end.
///
/// # Errors
/// None that is known: no map in a report has keys that are not text.
pub fn render(matrix: &MatrixReport) -> Result<String, serde_json::Error> {
    Ok(escape::json(&serde_json::to_string_pretty(matrix)?) + "\n")
}

/// Reads a matrix.
///
/// # Errors
/// If it is not a matrix, has a field that is unknown, or contradicts itself.
pub fn read(text: &str) -> Result<MatrixReport, ReadError> {
    let matrix: MatrixReport = serde_json::from_str(text)?;
    let name = |report: &Report| escape::single_line(&report.client.full_name(), NAME_LIMIT);
    for report in &matrix.clients {
        if !report.is_counted() {
            return Err(ReadError::Client { client: name(report) });
        }
        let of_client = (&report.tool, &report.specification, &report.selection);
        if of_client != (&matrix.tool, &matrix.specification, &matrix.selection) {
            return Err(ReadError::Setting { client: name(report) });
        }
    }
    if MatrixSummary::of(&matrix.clients, &matrix.not_played) != matrix.summary {
        return Err(ReadError::Summary);
    }
    Ok(matrix)
}

/// The JSON Schema of a matrix.
pub fn schema() -> serde_json::Value {
    schema_for!(MatrixReport).to_value()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::example;

    const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/report-matrix.json");

    fn read_edited(edit: impl FnOnce(&mut MatrixReport)) -> ReadError {
        let mut matrix = example::matrix();
        edit(&mut matrix);
        read(&render(&matrix).unwrap()).unwrap_err()
    }

    #[test]
    fn the_committed_schema_is_the_one_of_the_types() {
        let schema = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            fs::write(SCHEMA, &schema).unwrap();
        }
        let committed = fs::read_to_string(SCHEMA).unwrap_or_default();
        assert!(
            committed == schema,
            "harness/schemas/report-matrix.json is out of date: UPDATE_SCHEMAS=1 cargo test -p tuf-cookbook-report"
        );
    }

    #[test]
    fn a_matrix_validates_and_reads_back_the_same() {
        let validator = jsonschema::validator_for(&schema()).unwrap();
        for matrix in [example::matrix(), example::matrix_of(vec![], vec![])] {
            let text = render(&matrix).unwrap();
            let value = serde_json::from_str(&text).unwrap();
            assert_eq!(validator.iter_errors(&value).map(|error| error.to_string()).collect::<Vec<_>>(), [""; 0]);
            assert_eq!(read(&text).unwrap(), matrix);
        }
    }

    #[test]
    fn an_unknown_field_is_refused_wherever_it_stands() {
        let validator = jsonschema::validator_for(&schema()).unwrap();
        for place in ["", "/tool", "/summary", "/clients/0", "/clients/0/client", "/not-played/0"] {
            let mut value = serde_json::to_value(example::matrix()).unwrap();
            value.pointer_mut(place).unwrap()["surprise"] = true.into();
            assert!(!validator.is_valid(&value), "the schema allows an unknown field at `{place}`");
            let error = read(&value.to_string()).unwrap_err().to_string();
            assert!(error.contains("unknown field `surprise`"), "{place}: {error}");
        }
    }

    #[test]
    fn another_format_or_version_is_refused() {
        let validator = jsonschema::validator_for(&schema()).unwrap();
        let mut value = serde_json::to_value(example::matrix()).unwrap();
        value["version"] = 2.into();
        assert!(!validator.is_valid(&value));
        assert!(read(&value.to_string()).unwrap_err().to_string().contains("version 2 of the matrix is unknown"));
        let report = crate::json::render(&example::all_pass()).unwrap();
        assert!(matches!(read(&report), Err(ReadError::Format { .. })));
    }

    #[test]
    fn counts_that_were_edited_are_refused() {
        let error = read_edited(|matrix| matrix.summary.not_conformant = 0);
        assert!(matches!(error, ReadError::Summary));
        let error = read_edited(|matrix| matrix.clients[1].summary.pass += 1);
        assert!(error.to_string().starts_with("client careless 0.9.0-rc.1: `summary`"), "{error}");
    }

    #[test]
    fn a_client_that_was_taken_out_is_noticed() {
        assert!(matches!(read_edited(|matrix| drop(matrix.clients.pop())), ReadError::Summary));
        assert!(matches!(read_edited(|matrix| drop(matrix.not_played.pop())), ReadError::Summary));
    }

    #[test]
    fn a_report_of_another_run_is_refused() {
        for edit in [
            |report: &mut Report| report.selection.push("rollback/*".to_owned()),
            |report: &mut Report| report.specification = "1.0.33".to_owned(),
            |report: &mut Report| report.tool.version = "0.0.1".to_owned(),
        ] {
            assert!(matches!(read_edited(|matrix| edit(&mut matrix.clients[0])), ReadError::Setting { .. }));
        }
    }

    #[test]
    fn what_a_client_says_of_itself_cannot_reach_a_terminal_through_json() {
        let mut matrix = example::matrix();
        matrix.clients[0].client.homepage = Some("https://example.org/\u{1b}[2J\u{202e}".to_owned());
        let text = render(&matrix).unwrap();
        assert!(text.contains(r"https://example.org/\u001b[2J\u202e"));
        assert_eq!(read(&text).unwrap(), matrix);
    }
}
