//! One client: a program that is run anew for each thing that it is asked to do, and the folders that it works in.

use std::ffi::OsString;
use std::io;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use server::Site;
use suite::observation::{Cause, Outcome};

use super::arguments;
use crate::child::{self, Bounds, End, Running, Streams, cause_of_exit};
use crate::place::Place;
use crate::{Client, Endpoint, ProgramOptions, Reply, Spoil, Store};

/// The exit status of a client that refused.
const REFUSED: i32 = 1;

/// The exit status of a client that says that something of its own is broken, such as its store.
const BROKEN: i32 = 3;

/// A client that is a program.
#[derive(Debug)]
pub(crate) struct ProcessClient {
    options: ProgramOptions,
    place: Arc<Place>,
    /// What it is shown, which tells when it has to be killed.
    site: Option<Arc<Site>>,
}

impl ProcessClient {
    /// A client that works in this place.
    pub(crate) fn new(options: ProgramOptions, place: Place) -> Self {
        Self { options, place: Arc::new(place), site: None }
    }

    /// The same with what the client is told of the targets role to start from.
    fn call_with(&self, at: &Endpoint, protocol: Vec<OsString>) -> Reply {
        let Some(mapping) = &at.targets_mapping else { return self.call(protocol) };
        match self.place.write_targets_mapping(mapping) {
            Ok(path) => self.call([arguments::targets_mapping(&path), protocol].concat()),
            Err(error) => not_written("its targets mapping", &error),
        }
    }

    fn call(&self, protocol: Vec<OsString>) -> Reply {
        let mut command = Command::new(&self.options.command);
        command.args(&self.options.arguments).args(protocol);
        child::set_environment(&mut command, &self.place.temporary());
        self.options.trace.tell(|| child::command_line(&command));
        let reply = self.run(command);
        self.options.trace.tell(|| String::from_utf8_lossy(&reply.output).into_owned());
        self.options.trace.tell(|| reply.outcome.to_string());
        reply
    }

    /// Runs a program to its end. Whatever it does, this returns soon after the deadline, and nothing that it started
    /// outlives the call.
    fn run(&self, command: Command) -> Reply {
        let mut running = match Running::start(command, Streams::Log) {
            Ok(running) => running,
            Err(error) => {
                let cause = Cause::Start { message: error.to_string() };
                return Reply { outcome: Outcome::Error { cause }, output: Vec::new() };
            }
        };
        let guard = || match &self.site {
            Some(site) if site.is_halted() => Err("it is killed".to_owned()),
            _ => self.place.check(self.options.store_limits),
        };
        let until = Instant::now() + self.options.deadline();
        let end = running.watch(&Bounds { until, output: self.options.output_limit, line: usize::MAX, guard: &guard });
        if matches!(end, End::Deadline) {
            running.ask_to_end();
        }
        let status = running.end();
        let output = self.options.output_limit;
        let cause = match end {
            End::Deadline => self.options.late(),
            End::OutputLimit(bytes) => Cause::OutputLimit { bytes },
            End::Store(message) => Cause::Store { message },
            End::Line | End::Exited if running.printed() > output => Cause::OutputLimit { bytes: output },
            End::Line | End::Exited => cause_of_exit(status),
        };
        let outcome = match cause {
            Cause::Exit { code: 0 } => Outcome::Accepted,
            Cause::Exit { code: REFUSED } => Outcome::Rejected { reason: None },
            Cause::Exit { code: BROKEN } => {
                let message = "exit status 3".to_owned();
                Outcome::Error { cause: Cause::Reported { message } }
            }
            cause => Outcome::Error { cause },
        };
        Reply { outcome, output: running.take_log() }
    }
}

fn not_written(what: &str, error: &io::Error) -> Reply {
    let cause = Cause::Start { message: format!("{what} cannot be written: {error}") };
    Reply { outcome: Outcome::Error { cause }, output: Vec::new() }
}

impl Client for ProcessClient {
    fn attach(&mut self, site: &Arc<Site>) {
        self.site = Some(Arc::clone(site));
    }

    fn can_be_killed(&self) -> bool {
        true
    }

    fn second(&self) -> Result<Box<dyn Client>, String> {
        Ok(Box::new(Self { options: self.options.clone(), place: Arc::clone(&self.place), site: None }))
    }

    fn spoil(&mut self, role: &str, spoil: Spoil<'_>) -> Result<bool, String> {
        self.place.spoil(role, spoil, self.options.store_limits)
    }

    fn trust(&mut self, _: &Endpoint, root: &[u8]) -> Reply {
        match self.place.write_trusted_root(root) {
            Ok(path) => self.call(arguments::init(&self.place.metadata(), &path)),
            Err(error) => not_written("its trusted root", &error),
        }
    }

    fn refresh(&mut self, at: &Endpoint) -> Reply {
        self.call_with(at, arguments::refresh(&self.place.metadata(), at))
    }

    fn download(&mut self, at: &Endpoint, targets: &[String]) -> Reply {
        self.call_with(at, arguments::download(&self.place.metadata(), &self.place.targets(), at, targets))
    }

    fn store(&self) -> Result<Store, String> {
        self.place.store(self.options.store_limits)
    }

    fn kept_to_its_store(&self) -> Result<(), String> {
        self.place.kept_to()
    }
}
