//! A client that never answers.

use std::process::ExitCode;

use broken_clients::{hang, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|_| hang())
}
