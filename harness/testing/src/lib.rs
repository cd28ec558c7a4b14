//! Runs the suite inside the tests of a TUF client that is written in Rust.
//!
//! Implement [`TufClient`], and name the client in a test target that has no harness of its own:
//!
//! ```toml
//! [[test]]
//! name = "conformance"
//! harness = false
//! ```
//!
//! ```ignore
//! tuf_cookbook_testing::harness!(MyClient::new, baseline = "conformance.toml");
//! ```
//!
//! Each scenario is then a test of `cargo test` or cargo-nextest, named by its id.

mod bench;
mod client;
mod command;
mod entry;
mod known;
mod outcome;
mod setup_error;

pub use client::{introduction, stored_as};
pub use entry::Suite;
pub use jiff::Timestamp;
pub use protocol::{Answer, Introduction, KeyType, Place, Reason, TufClient, VERSION};

/// Makes the `main` of a test target: how to make a client, and then methods of [`Suite`] with their arguments.
///
/// `harness!(MyClient::new, baseline = "conformance.toml", dialect = "ecdsa");`
#[macro_export]
macro_rules! harness {
    ($make:expr $(, $option:ident = $value:expr)* $(,)?) => {
        fn main() -> ::std::process::ExitCode {
            $crate::Suite::new($make)$(.$option($value))*.main()
        }
    };
}
