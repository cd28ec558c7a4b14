//! A client that writes half of its answer and waits for the next request.

use std::process::ExitCode;

use broken_clients::{Then, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|moment| {
        moment.write(&moment.answer[..moment.answer.len() / 2]);
        Then::Nothing
    })
}
