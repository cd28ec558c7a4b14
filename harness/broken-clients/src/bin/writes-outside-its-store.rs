//! A client that writes a file beside its store.

use std::fs;
use std::process::ExitCode;

use broken_clients::{Then, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|moment| {
        fs::write(moment.metadata_dir.join("../../evil.json"), "{}").expect("nothing keeps it from that");
        Then::Answer
    })
}
