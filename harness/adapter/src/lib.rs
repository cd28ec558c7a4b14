//! Drives a client under test.
//!
//! An [`Adapter`] knows how to start clients of one kind; each [`Client`] that it starts plays one run of one
//! scenario and is then dropped, with everything that belongs to it. Three things are asked of a client: to trust
//! a root, to refresh, to download. Whatever it does, the answer is a [`Reply`]: a client that crashes, hangs or
//! floods its output is an observation, never our failure.
//!
//! There are four kinds: the reference client ([`BuiltIn`]), a client in the same program ([`InProcess`]), a program
//! that is started for each thing that it is asked to do ([`ProcessAdapter`]), and one that speaks the session protocol
//! ([`SessionAdapter`]), be it for itself or for a shared library.

mod builtin;
mod child;
mod client;
mod in_process;
mod options;
mod place;
mod process;
pub mod released;
mod remove;
mod session;
mod shelf;

pub use builtin::{BuiltIn, NAME as BUILT_IN_NAME};
pub use child::live::end_all_and_exit;
pub use client::{Adapter, Client, ClientInfo, Endpoint, Reply, Spoil, StartError, Store, Trace, Transport};
pub use in_process::InProcess;
pub use options::ProgramOptions;
pub use place::StoreLimits;
pub use process::ProcessAdapter;
pub use session::SessionAdapter;
