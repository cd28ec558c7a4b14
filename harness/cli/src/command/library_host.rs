//! `library-host`: the program that a client which is a shared library lives in.

use std::path::PathBuf;

/// The name of the subcommand.
pub const NAME: &str = "library-host";

/// Loads a client that is a shared library, and speaks the session protocol for it on standard input and output.
///
/// `run --client LIBRARY` starts it. By hand it is of use for trying a library with single requests: see
/// harness/protocol/PROTOCOL.md.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The library. It has the C interface of `harness/library/tuf_client.h`.
    library: PathBuf,
}

/// Runs the host and gives the exit status.
pub fn run(arguments: &Arguments) -> u8 {
    library_host::run(&arguments.library)
}
