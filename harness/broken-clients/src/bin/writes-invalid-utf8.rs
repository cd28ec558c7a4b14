//! A client whose answer is not UTF-8.

use std::process::ExitCode;

use broken_clients::{Then, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|moment| {
        moment.write([moment.answer.as_bytes(), b"\xff\n"].concat());
        Then::Nothing
    })
}
