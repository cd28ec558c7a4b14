//! A client that answers, and answers the same again when the next run has begun.

use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use broken_clients::{Then, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|moment| {
        moment.write(format!("{}\n", moment.answer));
        thread::sleep(Duration::from_millis(500));
        moment.write(format!("{}\n", moment.answer));
        Then::Nothing
    })
}
