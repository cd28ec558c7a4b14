//! A client that closes its standard output and goes on.

use std::fs::OpenOptions;
use std::process::ExitCode;

use broken_clients::{Then, misbehave_once};
use rustix::stdio::dup2_stdout;

fn main() -> ExitCode {
    misbehave_once(|_| {
        let elsewhere = OpenOptions::new().write(true).open("/dev/null").expect("there is always a /dev/null");
        dup2_stdout(elsewhere).expect("a standard output can be replaced");
        Then::Answer
    })
}
