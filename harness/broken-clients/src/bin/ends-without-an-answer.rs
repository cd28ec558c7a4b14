//! A client that ends as if all were well, but does not answer.

use std::process::{self, ExitCode};

use broken_clients::misbehave_once;

fn main() -> ExitCode {
    misbehave_once(|_| process::exit(0))
}
