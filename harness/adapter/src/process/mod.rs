//! Drives a client that is a program with the command-line protocol of the `tuf-conformance` suite.
//!
//! The program is started anew for each thing that it is asked to do, in a process group of its own, with a deadline
//! and with bounds on what it may print and keep. What it leaves behind is ended and removed.

mod arguments;
mod call;
mod client;
mod executable;
mod group;
mod live;
mod place;
mod store;
mod tail;

use std::path::PathBuf;
use std::time::Duration;

use client::ProcessClient;
pub use live::end_all_and_exit;
use place::Place;
pub use store::StoreLimits;

use crate::{Adapter, Client, ClientInfo, StartError};

/// How to run a client and how much it may use.
#[derive(Debug, Clone)]
pub struct ProcessOptions {
    /// The program: a path, or a bare name that is looked up in `PATH`.
    pub command: PathBuf,
    /// Arguments that come before those of the protocol.
    pub arguments: Vec<String>,
    /// Who the client is.
    pub info: ClientInfo,
    /// How long one call may take; a day at most.
    pub deadline: Duration,
    /// How many bytes one call may print.
    pub output_limit: u64,
    /// How much the client may keep.
    pub store_limits: StoreLimits,
}

impl ProcessOptions {
    /// Options with the usual bounds: 30 seconds and 16 MiB of output for each call.
    pub fn new(command: impl Into<PathBuf>, info: ClientInfo) -> Self {
        Self {
            command: command.into(),
            arguments: Vec::new(),
            info,
            deadline: Duration::from_secs(30),
            output_limit: 16 << 20,
            store_limits: StoreLimits::default(),
        }
    }
}

/// Starts clients that are programs.
#[derive(Debug)]
pub struct ProcessAdapter {
    options: ProcessOptions,
}

impl ProcessAdapter {
    /// An adapter for a program.
    ///
    /// # Errors
    /// If there is no such program, or it cannot be run.
    pub fn new(mut options: ProcessOptions) -> Result<Self, StartError> {
        options.command = executable::resolve(&options.command)?;
        Ok(Self { options })
    }
}

impl Adapter for ProcessAdapter {
    fn info(&self) -> &ClientInfo {
        &self.options.info
    }

    fn start(&self) -> Result<Box<dyn Client>, StartError> {
        let place = Place::new().map_err(|error| StartError {
            message: format!("there is no place for the client's files: {error}"),
            help: Some("free some space, or set TMPDIR to a folder that can be written".to_owned()),
        })?;
        Ok(Box::new(ProcessClient::new(self.options.clone(), place)))
    }
}
