//! A client that ends instead of answering.

use std::process::{self, ExitCode};

use broken_clients::misbehave_once;

fn main() -> ExitCode {
    misbehave_once(|_| process::exit(7))
}
