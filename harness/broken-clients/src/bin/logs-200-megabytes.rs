//! A client that logs without measure.

use std::io::{self, Write};
use std::process::ExitCode;

use broken_clients::{Then, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|_| {
        let chunk = "refreshing, as always\n".repeat(50_000);
        for _ in 0..200 {
            // Nobody may be reading any more.
            let _ = io::stderr().write_all(chunk.as_bytes());
        }
        Then::Answer
    })
}
