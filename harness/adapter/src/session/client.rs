//! One client: its folders, and a program that it has for the length of a run.

use std::sync::Arc;

use protocol::{Answer, Call};
use server::Site;
use suite::observation::{Cause, Outcome, Side};

use super::Pool;
use super::connection::{Connection, Failure};
use crate::place::Place;
use crate::{Client, Endpoint, Reply, Spoil, Store};

/// A client that speaks the session protocol.
pub(super) struct SessionClient {
    pool: Arc<Pool>,
    /// `None` once it has broken down.
    connection: Option<Connection>,
    place: Arc<Place>,
    /// What it is shown, which tells when it has to be killed.
    site: Option<Arc<Site>>,
    /// Whether its program was killed, so that the next thing is asked of a new one.
    was_killed: bool,
    /// Whether it was asked something in this run.
    has_begun: bool,
}

impl SessionClient {
    /// A client that works in this place and asks this program.
    pub(super) fn new(pool: Arc<Pool>, connection: Connection, place: Place) -> Self {
        let (connection, place) = (Some(connection), Arc::new(place));
        Self { pool, connection, place, site: None, was_killed: false, has_begun: false }
    }

    /// Asks a program that may have something left to say about the run before: a second answer that came late. That is
    /// not held against this run, which gets a new program.
    fn ask_first(&mut self, call: Call) -> Reply {
        match self.attempt(call.clone()) {
            Err(Failure { is_of_last_run: true, cause, .. }) => {
                self.pool.options.trace.tell(|| format!("(a new program, because the last run is not over: {cause})"));
                match self.pool.open() {
                    Ok(connection) => self.connection = Some(connection),
                    Err(error) => return broken(Cause::Start { message: error.message }, error.output),
                }
                if let Err(error) = self.place.clear() {
                    let message = format!("its store cannot be cleared: {error}");
                    return broken(Cause::Start { message }, Vec::new());
                }
                self.ask(call)
            }
            outcome => reply(outcome),
        }
    }

    fn ask(&mut self, call: Call) -> Reply {
        reply(self.attempt(call))
    }

    fn attempt(&mut self, call: Call) -> Result<Reply, Failure> {
        if std::mem::take(&mut self.was_killed) {
            let opened = self.pool.open().map_err(|error| Failure {
                cause: Cause::Start { message: error.message },
                output: error.output,
                is_of_last_run: false,
            });
            self.connection = Some(opened?);
        }
        let Some(connection) = &mut self.connection else {
            let cause = Cause::Start { message: "it has broken down before".to_owned() };
            return Err(Failure { cause, output: Vec::new(), is_of_last_run: false });
        };
        let is_killed = || self.site.as_ref().is_some_and(|site| site.is_halted());
        let guard = || {
            if is_killed() { Err("it is killed".to_owned()) } else { self.place.check(self.pool.options.store_limits) }
        };
        match connection.ask::<Answer>(call, &guard) {
            Ok(answer) => {
                let mut output = connection.take_log();
                if let Some(message) = answer.message() {
                    output.extend_from_slice(message.as_bytes());
                }
                Ok(Reply { outcome: outcome(answer), output })
            }
            Err(failure) => {
                self.was_killed = is_killed();
                self.connection = None;
                Err(failure)
            }
        }
    }
}

fn reply(outcome: Result<Reply, Failure>) -> Reply {
    outcome.unwrap_or_else(|Failure { cause, output, .. }| broken(cause, output))
}

/// An answer as it is observed.
pub(crate) fn outcome(answer: Answer) -> Outcome {
    match answer {
        Answer::Accepted { .. } => Outcome::Accepted,
        Answer::Rejected { reason, .. } => Outcome::Rejected { reason },
        Answer::Unsupported { feature, .. } => Outcome::Unsupported { feature },
        Answer::Error { message } => Outcome::Error { cause: Cause::Reported { message } },
    }
}

fn broken(cause: Cause, output: Vec<u8>) -> Reply {
    Reply { outcome: Outcome::Error { cause }, output }
}

impl Client for SessionClient {
    fn attach(&mut self, site: &Arc<Site>) {
        self.site = Some(Arc::clone(site));
    }

    fn can_be_killed(&self) -> bool {
        true
    }

    fn second(&self) -> Result<Box<dyn Client>, String> {
        let connection = Some(self.pool.open().map_err(|error| error.to_string())?);
        let (pool, place) = (Arc::clone(&self.pool), Arc::clone(&self.place));
        Ok(Box::new(Self { pool, connection, place, site: None, was_killed: false, has_begun: true }))
    }

    fn spoil(&mut self, role: &str, spoil: Spoil<'_>) -> Result<bool, String> {
        self.place.spoil(role, spoil, self.pool.options.store_limits)
    }

    fn trust(&mut self, at: &Endpoint, root: &[u8]) -> Reply {
        match self.place.write_trusted_root(root) {
            Ok(root) => {
                let call = Call::Trust { place: self.place.protocol(at), root };
                // With a map there is a root for each repository.
                if std::mem::replace(&mut self.has_begun, true) { self.ask(call) } else { self.ask_first(call) }
            }
            Err(error) => {
                let message = format!("its trusted root cannot be written: {error}");
                broken(Cause::Protocol { by: Side::Harness, message }, Vec::new())
            }
        }
    }

    fn refresh(&mut self, at: &Endpoint) -> Reply {
        self.ask(Call::Refresh { place: self.place.protocol(at) })
    }

    fn download(&mut self, at: &Endpoint, targets: &[String]) -> Reply {
        self.ask(Call::Download { place: self.place.protocol(at), targets: targets.to_vec() })
    }

    fn store(&self) -> Result<Store, String> {
        self.place.store(self.pool.options.store_limits)
    }

    fn kept_to_its_store(&self) -> Result<(), String> {
        self.place.kept_to()
    }
}

impl Drop for SessionClient {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.pool.give_back(connection);
        }
    }
}
