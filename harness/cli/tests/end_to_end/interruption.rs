//! What is left when the program is told to end while a client works: nothing.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::program::command;
use crate::script::Script;

/// How long anything here may take.
const PATIENCE: Duration = Duration::from_secs(20);

fn wait_for(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < PATIENCE, "{what}: not within {PATIENCE:?}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Clients that cannot be asked to end, each with a child that shows that it lives.
fn interrupt(signal: &str) {
    let (folder, temporary) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let beat = folder.path().join("beat");
    let client = Script::new(&format!(
        "trap '' INT TERM HUP\n(while :; do touch \"$2/written\" '{}' 2>/dev/null; sleep 0.02; done) &\nsleep 600",
        beat.display()
    ));
    let arguments = [&["run", "rollback/timestamp-*", "--jobs", "2"], client.arguments().as_slice()].concat();
    let mut program = command(&arguments)
        .env("TMPDIR", temporary.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let folders = || fs::read_dir(temporary.path()).unwrap().count();
    wait_for("two clients at work", || folders() == 2 && beat.exists());

    let kill = format!("kill -s {signal} {}", program.id());
    assert!(Command::new("/bin/sh").args(["-c", &kill]).status().unwrap().success());
    wait_for("the end", || program.try_wait().unwrap().is_some());
    let output = program.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "a report on half a run");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "\ninterrupted\n");
    assert_eq!(folders(), 0, "folders of clients were left");
    assert_dead(&beat);
}

/// Asserts that nobody touches a file any more.
fn assert_dead(beat: &Path) {
    fs::remove_file(beat).unwrap();
    thread::sleep(Duration::from_millis(300));
    assert!(!beat.exists(), "a process of a client was left");
}

#[test]
fn ctrl_c_takes_clients_and_their_folders_along() {
    interrupt("INT");
}

#[test]
fn being_asked_to_end_takes_clients_and_their_folders_along() {
    interrupt("TERM");
}
