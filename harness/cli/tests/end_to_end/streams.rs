//! What goes to standard output and standard error when they are no terminal, or nobody reads them.

use std::fs::OpenOptions;
use std::process::Stdio;

use crate::program::{command, tuf_cookbook};
use crate::script::Script;

#[test]
fn nothing_but_text_is_printed_where_there_is_no_terminal() {
    let client = Script::new("printf '\\033[2J\\007'; exit 0");
    let run = [&["run", "rollback/timestamp-replay"], client.arguments().as_slice()].concat();
    for arguments in
        [run.as_slice(), &["run", "rollback/timestamp-replay"], &["run", "nope"], &["explode"], &["--help"]]
    {
        let ended = tuf_cookbook(arguments);
        let is_control = |c: char| c.is_control() && c != '\n';
        assert!(!ended.stdout.contains(is_control), "{arguments:?}: {:?}", ended.stdout);
        assert!(!ended.stderr.contains(is_control), "{arguments:?}: {:?}", ended.stderr);
    }
}

#[test]
fn a_report_that_nobody_reads_keeps_its_exit_status() {
    let client = Script::new("exit 0");
    let failing = [&["run", "rollback/timestamp-replay"], client.arguments().as_slice()].concat();
    for (arguments, status) in [(failing.as_slice(), 1), (&["run", "rollback/timestamp-replay"], 0), (&["list"], 0)] {
        let mut child = command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
}

#[test]
fn messages_that_cannot_be_written_do_not_change_the_exit_status() {
    let Ok(full) = OpenOptions::new().write(true).open("/dev/full") else { return };
    let status = command(&["run", "nope"]).stdout(Stdio::null()).stderr(full).status().unwrap();
    assert_eq!(status.code(), Some(2));
}

#[test]
fn a_report_that_cannot_be_written_is_no_success() {
    let Ok(full) = OpenOptions::new().write(true).open("/dev/full") else { return };
    let output = command(&["run", "rollback/timestamp-replay"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write the output"));
}
