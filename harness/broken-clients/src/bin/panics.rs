//! A client that panics.

use std::process::ExitCode;

use broken_clients::misbehave_once;

#[expect(clippy::panic, reason = "that is what it is for")]
fn main() -> ExitCode {
    misbehave_once(|_| panic!("index out of bounds"))
}
