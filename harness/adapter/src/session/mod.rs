//! Drives a client that speaks the session protocol: a program that is started once and asked many things.
//!
//! One program plays one run at a time and is then used for the next; there are as many of them as runs are played at
//! the same time. After anything that it should not do it is ended, with all that belongs to it, and the next run gets a
//! new one.

mod client;
mod connection;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use client::SessionClient;
pub(crate) use client::outcome;
use connection::Connection;
use protocol::Introduction;

use crate::place::Places;
use crate::{Adapter, Client, ClientInfo, ProgramOptions, StartError, Transport, child};

/// Starts clients that speak the session protocol.
#[derive(Debug)]
pub struct SessionAdapter {
    pool: Arc<Pool>,
    info: ClientInfo,
    introduction: Introduction,
}

/// The programs of an adapter.
#[derive(Debug)]
struct Pool {
    options: ProgramOptions,
    /// Those that nobody uses at the moment.
    idle: Mutex<Vec<Connection>>,
    /// What the first one said about itself. Every other has to say the same.
    introduction: Introduction,
    /// Where they work.
    places: Arc<Places>,
}

impl SessionAdapter {
    /// An adapter for a program, which is started and asked who it is.
    ///
    /// # Errors
    /// If there is no such program, it cannot be run, or it does not introduce itself.
    pub fn new(mut options: ProgramOptions, transport: Transport) -> Result<Self, StartError> {
        options.command = child::resolve(&options.command)?;
        let (connection, introduction) = Connection::open(&options)?;
        let info = ClientInfo {
            name: introduction.name.clone(),
            version: Some(introduction.version.clone()),
            language: Some(introduction.language.clone()),
            homepage: Some(introduction.homepage.clone()),
            issue_tracker: Some(introduction.issue_tracker.clone()),
            features: introduction.all_features(),
            clock: introduction.clock,
            transport,
        };
        let idle = Mutex::new(vec![connection]);
        let pool = Arc::new(Pool { options, idle, introduction: introduction.clone(), places: Arc::default() });
        Ok(Self { pool, info, introduction })
    }

    /// What the client said about itself.
    pub const fn introduction(&self) -> &Introduction {
        &self.introduction
    }

    /// Corrects who the client is said to be, where that is known better.
    pub fn set_info(&mut self, info: ClientInfo) {
        self.info = info;
    }
}

impl Adapter for SessionAdapter {
    fn info(&self) -> &ClientInfo {
        &self.info
    }

    fn start(&self) -> Result<Box<dyn Client>, StartError> {
        let place = self.pool.places.take()?;
        let connection = self.pool.take()?;
        Ok(Box::new(SessionClient::new(Arc::clone(&self.pool), connection, place)))
    }
}

impl Pool {
    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A program that is ready for a run. One that ended meanwhile, or said something unasked, is passed over.
    fn take(&self) -> Result<Connection, StartError> {
        loop {
            let Some(mut connection) = self.idle().pop() else { return self.open() };
            if connection.begin_run() {
                return Ok(connection);
            }
        }
    }

    /// A new program.
    fn open(&self) -> Result<Connection, StartError> {
        let (connection, introduction) = Connection::open(&self.options)?;
        if introduction == self.introduction {
            return Ok(connection);
        }
        Err(StartError::new(
            "the client introduces itself otherwise than it did at first",
            "answer `initialize` the same each time",
        ))
    }

    /// Takes a program back after a run.
    fn give_back(&self, connection: Connection) {
        self.idle().push(connection);
    }
}

impl Drop for SessionAdapter {
    fn drop(&mut self) {
        for connection in self.pool.idle().drain(..) {
            connection.shut_down();
        }
    }
}
