//! What the author of a new adapter is told.

use crate::program::{Ended, PROGRAM, tuf_cookbook};
use crate::script::Script;

fn smoke(arguments: &[&str]) -> Ended {
    tuf_cookbook(&[&["client", "smoke"], arguments].concat())
}

fn reference(transport: &[&str], faults: &[&str]) -> Ended {
    smoke(&[&[PROGRAM, "--client-arg=reference-client"], transport, faults].concat())
}

const SESSION: [&str; 2] = ["--client-arg=session", "--transport=session"];

#[test]
fn a_client_that_does_what_it_should_is_done_with_all_steps_over_either_transport() {
    for transport in [&SESSION[..], &["--transport=process"]] {
        let told = reference(transport, &[]).good();
        assert!(told.ends_with("all 12 steps done: `run` plays the suite\n"), "{told}");
        assert_eq!(told.lines().filter(|line| line.starts_with("ok ")).count(), 12, "{told}");
    }
}

#[test]
fn the_first_step_that_goes_wrong_is_told_with_a_hint_and_what_was_said() {
    let ended = reference(&SESSION, &["--client-arg=--fault=skip-timestamp-signatures"]);
    assert_eq!(ended.status, Some(1), "{ended:#?}");
    for said in [
        "WRONG  9  rejects a timestamp that nobody signed",
        "expected: rejected; observed: accepted",
        "answer `rejected` (exit with status 1) for what the client refuses on purpose",
        "| \u{2192} {\"jsonrpc\":\"2.0\",\"id\":",
        "| \u{2190} {\"jsonrpc\":\"2.0\",\"id\":",
        "8 of 12 steps done",
    ] {
        assert!(ended.stdout.contains(said), "not said: {said}\n{}", ended.stdout);
    }
    assert!(!ended.stdout.contains(" 10 "), "nothing comes after it:\n{}", ended.stdout);
}

#[test]
fn a_client_that_there_is_not_is_wrong_usage_and_no_step_that_goes_wrong() {
    smoke(&["pyton-tuf"]).assert_refused(&["there is no released client `pyton-tuf`", "help: see"]);
    smoke(&["./no-such-client", "--transport=session"])
        .assert_refused(&["no program `./no-such-client`", "help: check"]);
    smoke(&["./no-such-client.so"]).assert_refused(&["no shared library `./no-such-client.so`", "help: check"]);
    smoke(&["/"]).assert_refused(&["`/` is a folder"]);
    smoke(&[]).assert_refused(&["<NAME|PATH>"]);
}

#[test]
fn a_client_is_named_in_one_of_two_ways_and_not_in_both() {
    smoke(&["go-tuf", "--client", "tough"])
        .assert_refused(&["two clients are named: `go-tuf`, and `tough`", "help: try one after the other"]);
    let named = [&["--client", PROGRAM, "--client-arg=reference-client"], &SESSION[..]].concat();
    assert!(smoke(&named).good().ends_with("all 12 steps done: `run` plays the suite\n"));
}

#[test]
fn a_clock_that_is_not_looked_at_is_told() {
    let faults =
        ["skip-timestamp-expiry", "skip-expiry-of-equal-timestamp"].map(|id| format!("--client-arg=--fault={id}"));
    let ended = reference(&SESSION, &[&faults[0], &faults[1]]);
    assert!(ended.stdout.contains("WRONG 10  rejects a timestamp that has expired"), "{}", ended.stdout);
}

#[test]
fn each_kind_of_broken_adapter_stops_at_the_step_that_is_about_it() {
    for (lines, said) in [
        (
            "exit 4",
            "WRONG  2  trusts a root without asking the repository\n          expected: accepted; observed: error: exit status 4",
        ),
        ("exit 0", "WRONG  3  keeps it as root.json in its store\n          there is no root.json in metadata_dir"),
        ("cp \"$4\" \"$2/1.root.json\"", "there is no root.json in metadata_dir; there is 1.root.json"),
        (
            "case \" $* \" in *\" init \"*) cp \"$4\" \"$2/root.json\";; esac",
            "WRONG  4  refreshes its metadata from the repository\n          it accepted, but never asked for 2.root.json",
        ),
    ] {
        let script = Script::new(lines);
        let [_, shell, option, file] = script.arguments();
        let ended = smoke(&[shell, option, file]);
        assert_eq!(ended.status, Some(1), "{ended:#?}");
        assert!(ended.stdout.contains(said), "not said: {said}\n{}", ended.stdout);
    }
}
