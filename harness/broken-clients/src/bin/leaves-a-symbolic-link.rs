//! A client that keeps a link instead of a file.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::ExitCode;

use broken_clients::{Then, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|moment| {
        let file = moment.metadata_dir.join("snapshot.json");
        fs::remove_file(&file).and_then(|()| symlink("/etc/passwd", &file)).expect("it may change what is its own");
        Then::Answer
    })
}
