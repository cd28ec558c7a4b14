//! A client that deletes its store.

use std::fs;
use std::process::ExitCode;

use broken_clients::{Then, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|moment| {
        fs::remove_dir_all(&moment.metadata_dir).expect("it may delete what is its own");
        Then::Answer
    })
}
