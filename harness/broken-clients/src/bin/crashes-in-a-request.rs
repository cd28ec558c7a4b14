//! A client that is killed by a signal.

use std::process::{self, ExitCode};

use broken_clients::misbehave_once;

fn main() -> ExitCode {
    misbehave_once(|_| process::abort())
}
