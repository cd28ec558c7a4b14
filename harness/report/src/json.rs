//! The report as JSON, for programs. The schema is `harness/schemas/report.json`.

use schemars::schema_for;

use crate::{Report, escape};

/// Why a JSON report could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is not JSON, or not of this format.
    #[error("line {}, column {}: {source}; expected a report as `tuf-cookbook run --format json` writes it", source.line(), source.column())]
    Format {
        /// What is wrong with it.
        #[from]
        source: serde_json::Error,
    },
    /// The counts were edited, or the results were.
    #[error("`summary` does not agree with `results`: write the report again instead of editing it")]
    Summary,
}

/// Writes a report, indented, with a line break at the end.
///
/// # Errors
/// None that is known: no map in a report has keys that are not text.
pub fn render(report: &Report) -> Result<String, serde_json::Error> {
    // A line break of the layout stays; one inside a text is escaped already.
    Ok(escape::json(&serde_json::to_string_pretty(report)?) + "\n")
}

/// Reads a report.
///
/// # Errors
/// If it is not a report, has a field that is unknown, or contradicts itself.
pub fn read(text: &str) -> Result<Report, ReadError> {
    let report: Report = serde_json::from_str(text)?;
    if !report.is_counted() {
        return Err(ReadError::Summary);
    }
    Ok(report)
}

/// The JSON Schema of a report.
pub fn schema() -> serde_json::Value {
    schema_for!(Report).to_value()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::example;

    const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/report.json");

    #[test]
    fn the_committed_schema_is_the_one_of_the_types() {
        let schema = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            fs::write(SCHEMA, &schema).unwrap();
        }
        let committed = fs::read_to_string(SCHEMA).unwrap_or_default();
        assert!(
            committed == schema,
            "harness/schemas/report.json is out of date: UPDATE_SCHEMAS=1 cargo test -p tuf-cookbook-report"
        );
    }

    #[test]
    fn a_report_validates_and_reads_back_the_same() {
        let validator = jsonschema::validator_for(&schema()).unwrap();
        for report in [example::report(vec![]), example::one_of_each()] {
            let text = render(&report).unwrap();
            let value = serde_json::from_str(&text).unwrap();
            assert_eq!(validator.iter_errors(&value).map(|error| error.to_string()).collect::<Vec<_>>(), [""; 0]);
            assert_eq!(read(&text).unwrap(), report);
        }
    }

    #[test]
    fn an_unknown_field_is_refused_wherever_it_stands() {
        let validator = jsonschema::validator_for(&schema()).unwrap();
        let text = render(&example::one_of_each()).unwrap();
        for place in ["", "/tool", "/client", "/summary", "/baseline/deviations/0", "/results/0/runs/0", "/resources"] {
            let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
            value.pointer_mut(place).unwrap()["surprise"] = true.into();
            assert!(!validator.is_valid(&value), "the schema allows an unknown field at `{place}`");
            let error = read(&value.to_string()).unwrap_err().to_string();
            assert!(error.contains("unknown field `surprise`"), "{place}: {error}");
        }
    }

    #[test]
    fn what_a_client_printed_cannot_reach_a_terminal_through_json() {
        let mut report = example::one_failure();
        report.results[1].runs[0].observations[2].output += "\u{1b}[2J\u{9b}2J\u{7f}\u{202e}\u{e0041}\n\"caf\u{e9}\"";
        let text = render(&report).unwrap();
        assert!(text.contains(r#"\u001b[2J\u009b2J\u007f\u202e\udb40\udc41\n\"café\""#));
        assert_eq!(read(&text).unwrap(), report);
    }

    #[test]
    fn another_version_of_the_format_is_refused() {
        let validator = jsonschema::validator_for(&schema()).unwrap();
        let mut value = serde_json::to_value(example::one_of_each()).unwrap();
        value["version"] = 2.into();
        assert!(!validator.is_valid(&value));
        assert!(read(&value.to_string()).unwrap_err().to_string().contains("version 2 of the format is unknown"));
    }

    #[test]
    fn a_report_whose_counts_were_edited_is_refused() {
        let mut report = example::one_of_each();
        report.summary.required_failures = 0;
        assert!(matches!(read(&render(&report).unwrap()), Err(ReadError::Summary)));
    }
}
