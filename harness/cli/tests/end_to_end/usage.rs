//! The exit status, which build servers rely on, and what wrong usage is answered with.

use crate::program::tuf_cookbook;
use crate::script::{REFUSES, Script};

#[test]
fn the_built_in_client_passes_everything() {
    let stdout = tuf_cookbook(&["run"]).good();
    assert!(stdout.contains(": conformant"), "{stdout}");
}

#[test]
fn a_client_that_fails_is_told_with_status_1_and_how_to_repeat_it() {
    let client = Script::new("exit 0");
    let ended = tuf_cookbook(
        &[&["run", "rollback/timestamp-replay", "rollback/timestamp-one-less"], client.arguments().as_slice()].concat(),
    );
    assert_eq!(ended.status, Some(1), "{ended:#?}");
    let repeat = "repeat    tuf-cookbook run rollback/timestamp-replay --client /bin/sh";
    assert!(ended.stdout.contains(repeat), "{}", ended.stdout);
    assert_eq!(ended.stderr, "");
}

#[test]
fn an_inconclusive_result_is_no_success() {
    let client = Script::new(REFUSES);
    let ended = tuf_cookbook(&[&["run", "rollback/timestamp-replay"], client.arguments().as_slice()].concat());
    assert_eq!(ended.status, Some(1), "{ended:#?}");
}

#[test]
fn a_command_that_does_not_exist_is_wrong_usage() {
    tuf_cookbook(&[]).assert_refused(&["Usage: tuf-cookbook"]);
    tuf_cookbook(&["play"]).assert_refused(&["unrecognized subcommand 'play'"]);
    tuf_cookbook(&["run", "--format", "html"]).assert_refused(&["[possible values: terminal, json, junit]"]);
}

#[test]
fn an_id_that_means_nothing_is_wrong_usage() {
    tuf_cookbook(&["run", "rollback/timestamp-repaly"]).assert_refused(&[
        "no scenario is meant by `rollback/timestamp-repaly`",
        "did you mean `rollback/timestamp-replay`?",
    ]);
    tuf_cookbook(&["run", "rollback/timestamp-replay", "theft/*"]).assert_refused(&["`theft/*`"]);
    tuf_cookbook(&["run", "{rollback"]).assert_refused(&["`{rollback` is not a pattern"]);
}

#[test]
fn a_dialect_a_feature_or_a_time_that_does_not_exist_is_wrong_usage() {
    tuf_cookbook(&["run", "--dialect", "klingon"])
        .assert_refused(&["there is no dialect `klingon`", "default, hashes"]);
    tuf_cookbook(&["run", "--client", "/bin/true", "--feature", "delegation"])
        .assert_refused(&["there is no feature `delegation`", "did you mean `delegations`?"]);
    tuf_cookbook(&["run", "--timeout", "soon"]).assert_refused(&["not a number of seconds"]);
    tuf_cookbook(&["run", "--timeout=-1"]).assert_refused(&["not a length of time"]);
    tuf_cookbook(&["run", "--jobs", "0"]).assert_refused(&["--jobs", "at least 1, or leave it out"]);
}

#[test]
fn a_client_that_cannot_be_run_is_wrong_usage() {
    tuf_cookbook(&["run", "--client", "pyton-tuf"])
        .assert_refused(&["there is no released client `pyton-tuf`", "tuf-cookbook client list"]);
    tuf_cookbook(&["run", "--client", "./no-such-client"])
        .assert_refused(&["there is no program `./no-such-client`", "check the path"]);
    tuf_cookbook(&["run", "--client", "/"]).assert_refused(&["`/` is a folder"]);
    let file = tempfile::NamedTempFile::new().unwrap();
    tuf_cookbook(&["run", "--client", file.path().to_str().unwrap()]).assert_refused(&["cannot be run", "chmod +x"]);
}

#[test]
fn what_the_built_in_client_cannot_be_told_is_wrong_usage() {
    tuf_cookbook(&["run", "--client-arg", "x"]).assert_refused(&["--client-arg is not for the built-in client"]);
    tuf_cookbook(&["run", "--without-feature", "delegations"]).assert_refused(&["name a client with --client"]);
}

#[test]
fn what_is_for_one_client_is_refused_for_all_of_them() {
    for command in ["run", "survey"] {
        tuf_cookbook(&[command, "--client", "all", "--client-arg", "x"])
            .assert_refused(&["--client-arg is for one client", "help: name one with --client"]);
    }
}

#[test]
fn a_file_that_cannot_be_read_is_told_with_what_it_is_for() {
    tuf_cookbook(&["run", "--baseline", "no-such-file"])
        .assert_refused(&["the known deviations (--baseline): no-such-file", "help: check the path"]);
}

#[test]
fn a_report_that_could_not_be_written_is_told_before_anything_is_played() {
    let folder = tempfile::tempdir().unwrap();
    let mark = folder.path().join("mark");
    let client = Script::new(&format!("touch {}", mark.display()));
    let output = folder.path().join("missing/report.json");
    let output = output.to_str().unwrap();
    let ended = tuf_cookbook(
        &[&["run", "rollback/timestamp-replay", "--output", output], client.arguments().as_slice()].concat(),
    );
    ended.assert_refused(&["cannot write", output, "No such file or directory", "help: there is no folder"]);
    assert!(!mark.exists());
}
