//! A client that answers a request that was not made.

use std::process::ExitCode;

use broken_clients::{Then, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|moment| {
        let (id, other) = (format!("\"id\":{},", moment.id), format!("\"id\":{},", moment.id + 1));
        moment.write(moment.answer_with(&id, &other) + "\n");
        Then::Nothing
    })
}
