//! Known deviations of a client, which have to be exact.

use std::fs;

use crate::program::{Ended, tuf_cookbook};
use crate::script::REFERENCE;

const BUG: [&str; 2] = ["--client-arg", "--fault=skip-timestamp-rollback"];

/// Plays two scenarios against the reference client with a baseline that lists these.
fn run(entries: &[(&str, &str)], fault: &[&str]) -> Ended {
    let file = tempfile::NamedTempFile::new().unwrap();
    let entries = entries.iter().map(|(scenario, status)| {
        format!(
            "[[deviation]]\nscenario = \"{scenario}\"\nstatus = \"{status}\"\nreason = \"It does not look.\"\n\
             link = \"https://example.org/1\"\n"
        )
    });
    fs::write(&file, entries.collect::<String>()).unwrap();
    let ids = ["run", "honest/first-refresh", "rollback/timestamp-replay"];
    let baseline = ["--baseline", file.path().to_str().unwrap()];
    tuf_cookbook(&[ids.as_slice(), &REFERENCE, fault, &baseline].concat())
}

#[test]
fn a_deviation_that_is_listed_and_occurs_does_not_fail_the_run() {
    let stdout = run(&[("rollback/timestamp-replay", "fail")], &BUG).good();
    assert!(stdout.contains("It does not look.") && stdout.contains("https://example.org/1"), "{stdout}");
    run(&[("rollback/*", "fail")], &BUG).good();
}

#[test]
fn a_deviation_that_is_not_listed_fails_the_run() {
    assert_eq!(run(&[], &BUG).status, Some(1));
    assert_eq!(run(&[("rollback/timestamp-one-less", "fail")], &BUG).status, Some(1));
}

#[test]
fn a_listed_deviation_that_is_gone_fails_the_run() {
    let ended = run(&[("rollback/timestamp-replay", "fail")], &[]);
    assert_eq!(ended.status, Some(1), "{ended:#?}");
    assert!(ended.stdout.contains("take the entry out"), "{}", ended.stdout);
}

#[test]
fn a_deviation_of_another_kind_fails_the_run() {
    let ended = run(&[("rollback/timestamp-replay", "error")], &BUG);
    assert_eq!(ended.status, Some(1), "{ended:#?}");
    assert!(ended.stdout.contains("listed as `error`, but the result is `fail`"), "{}", ended.stdout);
}

#[test]
fn an_entry_that_matches_nothing_fails_the_run() {
    let ended = run(&[("rollback/no-such-scenario", "fail")], &[]);
    assert_eq!(ended.status, Some(1), "{ended:#?}");
    assert!(ended.stdout.contains("no scenario is meant by this entry"), "{}", ended.stdout);
}

#[test]
fn a_baseline_that_is_broken_is_wrong_usage() {
    let ended = run(&[("rollback/timestamp-replay", "pass")], &[]);
    assert_eq!(ended.status, Some(2), "{ended:#?}");
    assert!(ended.stderr.contains("unknown variant `pass`"), "{}", ended.stderr);
    tuf_cookbook(&["run", "--baseline", "/no/such/file"]).assert_refused(&["/no/such/file: No such file"]);
}
