//! A client that writes a line of its log where answers belong.

use std::process::ExitCode;

use broken_clients::{Then, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|moment| {
        moment.write("[info] refreshing\n");
        Then::Answer
    })
}
