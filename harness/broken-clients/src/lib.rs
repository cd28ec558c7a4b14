//! Clients that break every rule, to test the harness with.
//!
//! Each program in `src/bin` is the reference client, except that it misbehaves once. `PROGRAM MARK` speaks the session
//! protocol; with further arguments, a program has the command-line protocol. `MARK` is the path of a file: the first
//! process that creates it misbehaves, and all that come after it are well behaved. The ids of all processes are
//! added to a file beside it.

mod moment;
mod record;
mod repository;
mod transport;

pub use moment::{Moment, Then, hang};
pub use repository::connect;
pub use transport::{misbehave_after, misbehave_once};
