//! A client that answers twice.

use std::process::ExitCode;

use broken_clients::{Then, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|moment| {
        moment.write(format!("{0}\n{0}\n", moment.answer));
        Then::Nothing
    })
}
