//! A client that fills its standard output without ever ending the line.

use std::process::ExitCode;

use broken_clients::{Then, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|moment| {
        for _ in 0..1 << 10 {
            moment.write(vec![b'x'; 1 << 20]);
        }
        Then::Answer
    })
}
