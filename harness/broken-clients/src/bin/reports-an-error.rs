//! A client that says itself that something broke.

use std::process::ExitCode;

use broken_clients::{Then, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|moment| {
        moment.write(moment.answer_with("\"accepted\"", "\"error\",\"message\":\"TypeError\"") + "\n");
        Then::Nothing
    })
}
