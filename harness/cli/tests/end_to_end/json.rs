//! The report for programs.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::program::{play, tuf_cookbook};
use crate::script::{REFUSES, Script};

const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/report.json");

fn assert_valid(text: &str) {
    let schema = serde_json::from_str(&fs::read_to_string(SCHEMA).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let value = serde_json::from_str(text).unwrap();
    let errors: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
    assert_eq!(errors, [""; 0]);
}

fn run(file: &Path, jobs: &str) -> Vec<u8> {
    let ended = tuf_cookbook(&[
        "run",
        "--format",
        "json",
        "--output",
        file.to_str().unwrap(),
        "--jobs",
        jobs,
        "honest/*",
        "rollback/*",
    ]);
    assert_eq!(ended.good(), "");
    fs::read(file).unwrap()
}

#[test]
fn two_runs_give_the_same_bytes_however_many_clients_work_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let (one, four) = (folder.path().join("1.json"), folder.path().join("4.json"));
    fs::write(&four, "what was there before, longer than nothing").unwrap();
    let first = run(&one, "1");
    assert!(first == run(&four, "4"), "the two reports differ");
    assert_valid(&String::from_utf8(first).unwrap());
}

#[test]
fn a_report_may_go_to_a_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = Command::new("/bin/cat").arg(&pipe).stdout(Stdio::piped()).spawn().unwrap();
    tuf_cookbook(&["run", "honest/first-refresh", "--format", "json", "--output", pipe.to_str().unwrap()]).good();
    assert_valid(&String::from_utf8(reader.wait_with_output().unwrap().stdout).unwrap());
}

#[test]
fn a_report_about_a_client_that_fails_is_valid_too() {
    for script in [REFUSES, "exit 0", "exit 3", "kill -KILL $$", "printf '\\033[2J\\377'; exit 1"] {
        let client = Script::new(script);
        let ended = tuf_cookbook(
            &[&["run", "rollback/timestamp-replay", "--format", "json"], client.arguments().as_slice()].concat(),
        );
        assert_eq!(ended.status, Some(1), "{script}");
        assert_valid(&ended.stdout);
    }
}

#[test]
fn a_report_names_who_was_tested_and_how_to_repeat_it() {
    let report = play(&["honest/first-refresh"]);
    assert_eq!((report.tool.name.as_str(), report.client.name.as_str()), ("tuf-cookbook", "reference"));
    assert_eq!((report.specification.as_str(), report.dialect.as_str()), ("1.0.34", "default"));
    assert_eq!((report.selection.as_slice(), report.resources), (["honest/first-refresh".to_owned()].as_slice(), None));
    let client = Script::new("exit 0");
    let options = ["--timeout", "2.5", "--dialect", "plain", "--without-feature", "tap15"];
    let report = play(&[&["honest/first-refresh"], client.arguments().as_slice(), &options].concat());
    let [_, _, _, script] = client.arguments();
    let repeated =
        ["--client", "/bin/sh", &format!("--client-arg={script}"), "--without-feature=tap15", "--timeout=2.5"];
    assert_eq!(report.reproduce, [&["tuf-cookbook", "run"], repeated.as_slice(), &["--dialect=plain"]].concat());
}
