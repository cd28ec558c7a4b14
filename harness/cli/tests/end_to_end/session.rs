//! The reference client as a program that speaks the session protocol.

use std::io::Write;
use std::process::Stdio;

use judge::Status;
use serde_json::Value;

use crate::program::{PROGRAM, command, play, statuses, tuf_cookbook};
use crate::script::REFERENCE;

/// The arguments that name it.
const SESSION: [&str; 6] =
    ["--client", PROGRAM, "--client-arg=reference-client", "--client-arg=session", "--transport", "session"];

#[test]
fn it_passes_everything_and_is_known_by_what_it_says() {
    let report = play(&SESSION);
    assert!(report.results.len() > 300);
    // TAP 12 contradicts the specification: a program follows the one or the other.
    let others = report.results.iter().filter(|result| result.status != Status::Pass);
    let not_claimed = Some("the client does not claim `tap12`");
    assert!(others.into_iter().all(|result| result.note.as_deref() == not_claimed), "{:#?}", report.summary);
    let client = &report.client;
    assert_eq!((client.name.as_str(), client.transport.as_str(), client.clock), ("reference", "session", true));
    assert_eq!(client.version.as_deref(), Some(env!("CARGO_PKG_VERSION")));
    assert!(report.reproduce.contains(&"--transport=session".to_owned()));
}

#[test]
fn it_follows_tap_12_if_it_is_told_to() {
    let ids = ["honest/opaque-*", "key-compromise/key-under-a-wrong-identifier"];
    let report = play(&[&SESSION[..], &["--client-arg=--tap12"], &ids].concat());
    assert!(report.results.len() > 6);
    for (id, status) in statuses(&report) {
        let expected = if id.starts_with("honest/") { Status::Pass } else { Status::Fail };
        assert_eq!(status, expected, "{id}");
    }
}

#[test]
fn it_has_the_same_verdicts_as_over_the_process_transport() {
    let fault = ["--client-arg=--fault=skip-timestamp-expiry", "rollback/*", "indefinite-freeze/*", "honest/o*"];
    let (session, process) = (play(&[&SESSION, &fault[..]].concat()), play(&[&REFERENCE, &fault[..]].concat()));
    let mut differ = Vec::new();
    for (over_session, over_process) in session.results.iter().zip(&process.results) {
        // Over the process transport nobody can tell the time to the second.
        if over_process.status != Status::Unsupported && over_session.status != over_process.status {
            differ.push(&over_session.id);
        }
    }
    assert_eq!(differ, Vec::<&suite::ScenarioId>::new());
    assert!(session.results.iter().any(|result| result.status == Status::Fail), "the fault is noticed");
}

#[test]
fn the_order_in_which_scenarios_are_played_changes_nothing() {
    let ids = ["rollback/*", "key-compromise/*", "fast-forward/*"];
    let shuffled = |seed| play(&[&SESSION[..], &ids, &["--jobs", "1", "--shuffle", seed]].concat()).results;
    let usual = play(&[&SESSION[..], &ids].concat()).results;
    let bare = |results: Vec<judge::ScenarioResult>| -> Vec<_> {
        results.into_iter().map(|result| (result.id, result.status, result.checks)).collect()
    };
    let usual = bare(usual);
    assert_eq!(bare(shuffled("1")), usual);
    assert_eq!(bare(shuffled("2")), usual);
}

#[test]
fn a_client_with_the_other_protocol_is_told_which_it_has() {
    let ended = tuf_cookbook(&["run", "--client", "/bin/false", "--transport", "session"]);
    ended.assert_refused(&["the client does not introduce itself: exit status 1", "--transport process"]);
    let ended = tuf_cookbook(&["run", "--client", "/bin/echo", "--transport", "session"]);
    ended.assert_refused(&["broke the protocol: its line is not JSON"]);
}

#[test]
fn a_file_that_is_no_library_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join(format!("client{}", std::env::consts::DLL_SUFFIX));
    std::fs::write(&library, "no library").unwrap();
    let ended = tuf_cookbook(&["run", "--client", library.to_str().unwrap()]);
    ended.assert_refused(&["the client does not introduce itself: exit status 2", library.to_str().unwrap()]);
}

#[test]
fn a_request_can_be_typed_by_hand() {
    let mut program = command(&["reference-client", "session"]);
    let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    writeln!(input, r#"{{"jsonrpc":"2.0","id":1,"method":"shutdown","params":{{}}}}"#).unwrap();
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success());
    let answer: Value = serde_json::from_slice(&ended.stdout).unwrap();
    assert_eq!((&answer["id"], &answer["result"]), (&1.into(), &serde_json::json!({})));
}
