//! A client that makes a folder in a folder in a folder.

use std::process::ExitCode;
use std::{env, fs};

use broken_clients::{Then, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|moment| {
        env::set_current_dir(&moment.metadata_dir).expect("it may go there");
        for _ in 0..3_000 {
            fs::create_dir("folder").and_then(|()| env::set_current_dir("folder")).expect("it may make a folder");
        }
        Then::Answer
    })
}
