//! Drives a client under test.
//!
//! An [`Adapter`] knows how to start clients of one kind; each [`Client`] that it starts plays one run of one
//! scenario and is then dropped, with everything that belongs to it. Three things are asked of a client: to trust
//! a root, to refresh, to download. Whatever it does, the answer is a [`Reply`]: a client that crashes, hangs or
//! floods its output is an observation, never our failure.

mod builtin;
mod client;
mod process;
pub mod released;

pub use builtin::{BuiltIn, NAME as BUILT_IN_NAME};
pub use client::{Adapter, Client, ClientInfo, Endpoint, Reply, StartError, Store};
pub use process::{ProcessAdapter, ProcessOptions, StoreLimits, end_all_and_exit};
