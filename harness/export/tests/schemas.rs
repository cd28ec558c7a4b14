//! The committed schemas of the exported files are those of the types.

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
    assert!(committed == schema, "{file} is out of date: UPDATE_SCHEMAS=1 cargo test -p tuf-cookbook-export");
}

#[test]
fn the_manifest_has_its_schema() {
    check::<export::Manifest>("corpus-manifest.json");
}

#[test]
fn a_scenario_has_its_schema() {
    check::<export::ScenarioFile>("corpus-scenario.json");
}
