//! A client that tells its progress in messages that nobody asked for.

use std::process::ExitCode;

use broken_clients::{Then, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|moment| {
        for percent in 0..10_000 {
            let progress =
                format!("{{\"jsonrpc\":\"2.0\",\"method\":\"progress\",\"params\":{{\"done\":{percent}}}}}\n");
            moment.write(progress);
        }
        Then::Answer
    })
}
