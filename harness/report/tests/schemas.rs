//! The committed schemas of what is printed for programs are those of the types.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::fs;

use schemars::{JsonSchema, schema_for};

fn check<T: JsonSchema>(file: &str) {
    let path = format!("{}/../schemas/{file}", env!("CARGO_MANIFEST_DIR"));
    let schema = serde_json::to_string_pretty(&schema_for!(T)).unwrap() + "\n";
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        fs::write(&path, &schema).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == schema, "{file} is out of date: UPDATE_SCHEMAS=1 cargo test -p tuf-cookbook-report");
}

#[test]
fn the_examination_of_a_change_has_its_schema() {
    check::<edition::Examination>("spec-check.json");
}

#[test]
fn the_impact_on_clients_has_its_schema() {
    check::<report::impact::Impact>("spec-impact.json");
}

#[test]
fn the_survey_has_its_schema() {
    check::<report::survey::Survey>("survey.json");
}
