//! A client that does nothing wrong.

use std::process::ExitCode;

use broken_clients::{Then, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|_| Then::Answer)
}
