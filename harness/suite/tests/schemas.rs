//! The committed schemas are those of the types, and they say the same as the parser.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::path::{Path, PathBuf};
use std::{env, fs};

use jsonschema::Validator;
use serde_json::Value;
use suite::{Tree, read_tree, schema_text, schemas};

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn validator(name: &str) -> Validator {
    let (_, schema) = schemas().into_iter().find(|(file, _)| *file == name).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// The errors of a file according to the schema that its first line names.
fn errors(text: &str) -> Vec<String> {
    let first = text.lines().next().unwrap();
    let validator = validator(first.rsplit(['/', ' ']).next().unwrap());
    let value: Value = toml::from_str(text).unwrap();
    validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn assert_all_are_valid(tree: &Tree) {
    for (path, text) in tree {
        let errors = errors(text);
        assert!(errors.is_empty(), "{path}: {errors:#?}");
    }
}

#[test]
fn the_committed_schemas_are_those_of_the_types() {
    let folder = folder("../schemas");
    for (name, schema) in schemas() {
        let (path, text) = (folder.join(name), schema_text(&schema));
        if env::var_os("UPDATE_SCHEMAS").is_some() {
            fs::write(&path, &text).unwrap();
        }
        let is_current = fs::read_to_string(&path).is_ok_and(|committed| committed == text);
        assert!(is_current, "{name} is not up to date; write it anew with: cargo run -- schema --write");
    }
}

#[test]
fn every_data_file_is_valid() {
    assert_all_are_valid(&read_tree(&folder("../..")).unwrap());
}

#[test]
fn the_worked_examples_are_valid() {
    assert_all_are_valid(&read_tree(&folder("tests/suite")).unwrap());
}

#[test]
fn a_mistake_that_the_parser_refuses_is_refused_by_the_schema_too() {
    for name in
        ["unknown-key", "unknown-verb", "unknown-change", "wrong-type", "bad-refresh", "missing-field", "bad-time"]
    {
        let text = fs::read_to_string(folder(&format!("tests/mistakes/{name}.toml"))).unwrap();
        assert!(!errors(&text).is_empty(), "{name} is valid");
    }
}

#[test]
fn a_placeholder_can_stand_for_a_number_a_list_a_choice_and_a_verb() {
    let text = r#"#:schema scenario.json
title = "A"
covers = []
story = ""
[matrix.how]
a = { attack = { replay = { root = 1 } }, verb = "publish", roles = ["root"], version = 1, end = "reject", on = true }
[repository]
hashes = "${how.on}"
[[step]]
attack = "${how.attack}"
[[step]]
"${how.verb}" = "${how.roles}"
[[step]]
control."${how.verb}" = "${how.roles}"
[[step]]
refresh = "${how.end}"
trusted = { "${how}" = "${how.version}" }
"#;
    assert_eq!(errors(text), Vec::<String>::new());
    for (from, to) in [("\"${how.end}\"", "\"how\""), ("\"${how.version}\"", "\"1\""), ("\"${how.on}\"", "\"true\"")] {
        assert!(!errors(&text.replace(from, to)).is_empty(), "{to}");
    }
}
