//! Drives a client that is a program with the command-line protocol of the `tuf-conformance` suite.
//!
//! The program is started anew for each thing that it is asked to do, in a process group of its own, with a deadline
//! and with bounds on what it may print and keep. What it leaves behind is ended and removed.

mod arguments;
mod client;

use client::ProcessClient;

use crate::child;
use std::sync::Arc;

use crate::place::Places;
use crate::{Adapter, Client, ClientInfo, ProgramOptions, StartError};

/// Starts clients that are programs.
#[derive(Debug)]
pub struct ProcessAdapter {
    options: ProgramOptions,
    info: ClientInfo,
    places: Arc<Places>,
}

impl ProcessAdapter {
    /// An adapter for a program. `info` tells who the client is: the protocol has no word for that.
    ///
    /// # Errors
    /// If there is no such program, or it cannot be run.
    pub fn new(mut options: ProgramOptions, info: ClientInfo) -> Result<Self, StartError> {
        options.command = child::resolve(&options.command)?;
        Ok(Self { options, info, places: Arc::default() })
    }
}

impl Adapter for ProcessAdapter {
    fn info(&self) -> &ClientInfo {
        &self.info
    }

    fn start(&self) -> Result<Box<dyn Client>, StartError> {
        Ok(Box::new(ProcessClient::new(self.options.clone(), self.places.take()?)))
    }
}
