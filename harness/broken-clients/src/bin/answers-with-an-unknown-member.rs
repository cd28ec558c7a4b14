//! A client whose answer has a member that the protocol does not know.

use std::process::ExitCode;

use broken_clients::{Then, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|moment| {
        moment.write(moment.answer_with("\"outcome\"", "\"mood\":\"good\",\"outcome\"") + "\n");
        Then::Nothing
    })
}
