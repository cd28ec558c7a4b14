//! A client that hangs, and fills its standard output when it is told to end.

use std::io::{self, Write};
use std::process::ExitCode;

use broken_clients::{hang, misbehave_once};

fn main() -> ExitCode {
    misbehave_once(|_| {
        let flood = || while io::stdout().write_all(&vec![b'x'; 64 << 10]).is_ok() {};
        ctrlc::set_handler(flood).expect("it has no handler yet");
        hang()
    })
}
