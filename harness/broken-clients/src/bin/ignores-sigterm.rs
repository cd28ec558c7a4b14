//! A client that hangs, and does not care when it is told to end.

use std::process::ExitCode;

use broken_clients::{hang, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|_| {
        ctrlc::set_handler(|| ()).expect("it has no handler yet");
        hang()
    })
}
