//! The reference client as a program of its own, through the protocol that other clients speak.

use std::fs;
use std::time::{Duration, Instant};

use judge::Status;

use crate::program::{PROGRAM, play, result, statuses, tuf_cookbook};
use crate::script::{REFERENCE, write_program};
use crate::working_copy::WorkingCopy;

/// The repository stands still for longer than a timestamp lives.
const FREEZE: &str = r#"#:schema ../../harness/schemas/scenario.json
title = "A timestamp that ran out is refused"
attack = "indefinite-freeze"
attacker = ["network"]
covers = ["timestamp.expiry"]
story = """
A mirror hides all news. When the timestamp expires, the client has to notice.
"""

[[step]]
refresh = "accept"

[[step]]
clock = "+8d"

[[step]]
publish = ["timestamp"]

[[step]]
attack.withhold = { metadata = ["timestamp"] }

[[step]]
refresh = "reject"
trusted = { timestamp = 1 }
"#;

fn reference(ids: &[&str], options: &[&str]) -> report::Report {
    play(&[ids, &REFERENCE, options].concat())
}

#[test]
fn it_passes_from_outside_what_it_passes_inside() {
    let ids = [
        "honest/first-refresh",
        "rollback/timestamp-replay",
        "rollback/timestamp-one-less",
        "arbitrary-installation/unsigned",
        "indefinite-freeze/expired",
    ];
    let report = reference(&ids, &[]);
    assert!(report.results.len() > 8);
    for (id, status) in statuses(&report) {
        assert_eq!(status, Status::Pass, "{id}");
    }
    assert!(!report.client.clock);
}

#[test]
fn a_clock_that_cannot_be_set_is_waited_for() {
    let copy = WorkingCopy::new();
    copy.write("scenarios/indefinite-freeze/ran-out.toml", FREEZE);
    let started = Instant::now();
    let report = reference(&["indefinite-freeze/ran-out"], &["--suite", copy.path()]);
    assert_eq!(statuses(&report), [("indefinite-freeze/ran-out", Status::Pass)], "{:#?}", report.results);
    assert!(started.elapsed() > Duration::from_secs(2), "nobody waited: {:?}", started.elapsed());
}

#[test]
fn a_fault_that_it_is_told_to_have_is_found() {
    let ids = ["honest/first-refresh", "rollback/timestamp-replay"];
    let report = reference(&ids, &["--client-arg", "--fault=skip-timestamp-rollback"]);
    assert_eq!(result(&report, "honest/first-refresh").status, Status::Pass);
    let replay = result(&report, "rollback/timestamp-replay");
    assert_eq!(replay.status, Status::Fail);
    assert!(replay.failed_checks().any(|check| check.id == "step-4.outcome"), "{replay:#?}");
}

#[test]
fn a_client_may_be_named_by_a_relative_path() {
    let folder = tempfile::tempdir().unwrap();
    write_program(&folder.path().join("client"), &format!("exec '{PROGRAM}' reference-client \"$@\""));
    let mut command = crate::program::command(&["run", "rollback/timestamp-replay", "--client", "./client"]);
    let output = command.current_dir(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn wrong_usage_of_the_protocol_is_neither_acceptance_nor_rejection() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root.json");
    fs::write(&root, "{}").unwrap();
    let (metadata, root) = (folder.path().to_str().unwrap(), root.to_str().unwrap());
    tuf_cookbook(&["reference-client", "refresh"]).assert_refused(&["--metadata-dir"]);
    tuf_cookbook(&["reference-client", "--fault", "none-such", "refresh"]).assert_refused(&["none-such"]);
    let ended = tuf_cookbook(&["reference-client", "--metadata-dir", metadata, "init", root]);
    assert_eq!(ended.status, Some(1), "{ended:#?}");
    assert!(ended.stderr.starts_with("refused: "), "{}", ended.stderr);
}
