//! Loads a client that is a shared library, and speaks the session protocol for it.
//!
//! The library exports four functions, which `tuf_client.h` declares. It is loaded into a process of its own, so that
//! its crash is an observation about the client and nothing worse: the harness sees the host end by a signal.

mod architecture;
mod channel;
mod client;
mod failure;
mod interface;
mod session;

use std::io::BufReader;
use std::path::Path;

pub use interface::TufClient;

use client::Client;
use failure::Failure;

/// Loads the library in this file, and carries the session protocol between standard input and output and its client,
/// until `shutdown` was answered or the input ends. It may be called once, by a process that does nothing else: it takes
/// standard input and output away before the library is loaded.
///
/// Returns the status for the process to exit with, which has been explained on standard error:
///
/// | status | when |
/// |---|---|
/// | 0 | the session was ended |
/// | 2 | the library cannot be used, or a request cannot be passed on: nothing is known about the client |
/// | 3 | the client broke the rules of the interface: it gave no answer, or one that is no line of UTF-8 up to 1 MiB |
///
/// A crash of the library is one of this process, and `exit` in the library ends it too.
pub fn run(path: &Path) -> u8 {
    match speak(path) {
        Ok(()) => 0,
        Err(failure) => {
            eprintln!("library-host: {failure}");
            failure.status()
        }
    }
}

fn speak(path: &Path) -> Result<(), Failure> {
    let (requests, answers) = channel::take().map_err(Failure::Channel)?;
    let mut client = Client::load(path)?;
    session::serve(BufReader::new(requests), answers, |request| client.call(request))?;
    // Not after a failure: a client that broke one rule is not asked to follow another.
    client.free();
    Ok(())
}
