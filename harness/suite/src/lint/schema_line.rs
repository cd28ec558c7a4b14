//! The first line of each data file names its schema, so that editors complete and check it.

use super::{Check, Finding, Inspect};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::schema-line",
    summary: "The first line of a file names the schema of the file.",
    inspect: Inspect::Text(inspect),
};

fn inspect(path: &str, text: &str) -> Option<Finding> {
    let expected = schema_line(path)?;
    let first = text.lines().next().unwrap_or_default();
    let help = format!("write `{expected}` in the first line");
    (first != expected).then(|| Finding::bytes(0..first.len(), "the first line does not name the schema", help))
}

/// The line that names the schema of the file at this path, if it has one.
pub(crate) fn schema_line(path: &str) -> Option<String> {
    let schema = match path.split_once('/')? {
        ("scenarios", _) => "scenario",
        ("spec", rest) if rest.starts_with("requirements/") => "requirements",
        ("spec", rest) if rest.starts_with("editions/") && rest.matches('/').count() == 1 => "edition",
        ("cookbook", rest) if rest.starts_with("profiles/") => "profile",
        ("spec", rest) => rest.strip_suffix(".toml").filter(|name| !name.contains('/'))?,
        _ => return None,
    };
    let up = "../".repeat(path.matches('/').count());
    Some(format!("#:schema {up}harness/schemas/{schema}.json"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{REPLAY, REQUIREMENTS, caught, problems_of, tree};
    use super::*;

    #[test]
    fn a_file_whose_first_line_is_something_else_is_caught() {
        let found = caught(&CHECK, REPLAY, "#:schema ../../harness", "#:schema ../harness");
        let line = "#:schema ../harness/schemas/scenario.json";
        assert_eq!(found, [format!("1: {line}: the first line does not name the schema")]);
        assert_eq!(caught(&CHECK, REQUIREMENTS, "#:schema", "\n#:schema").len(), 1);
    }

    #[test]
    fn the_examples_name_their_schemas() {
        assert!(problems_of(&CHECK, &tree()).is_empty());
        assert_eq!(schema_line("spec/attacks.toml").unwrap(), "#:schema ../harness/schemas/attacks.json");
        assert_eq!(schema_line("spec/editions/1.0/a.toml"), None);
    }
}
