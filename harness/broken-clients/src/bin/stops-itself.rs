//! A client that stops, as if by Ctrl-Z.

use std::process::ExitCode;

use broken_clients::{Then, misbehave_once};
use rustix::process::{Signal, getpid, kill_process};

fn main() -> ExitCode {
    misbehave_once(|_| {
        kill_process(getpid(), Signal::STOP).expect("it may stop itself");
        Then::Answer
    })
}
