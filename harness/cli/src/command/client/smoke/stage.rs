//! What the client is tried on: a repository in a few states, and a server that shows them.

use std::sync::Arc;

use adapter::{Adapter, Client, Endpoint, Store};
use jiff::{Timestamp, ToSpan};
use repository::{Calendar, Event, Timeline};
use server::{Mount, Server, Site};
use suite::observation::{Outcome, Request};
use suite::{Files, RunKind, Suite};

use crate::failure::Failure;
use crate::under_test::ClientArguments;

/// A state of the repository.
#[derive(Debug, Clone, Copy)]
pub enum State {
    /// Version 1 of everything.
    First,
    /// Version 2 of targets, snapshot and timestamp.
    Second,
    /// A timestamp without a signature.
    Unsigned,
    /// A timestamp that has expired, in real time and at [`Stage::now`].
    Expired,
}

/// Where a client is tried.
pub struct Stage<'a> {
    suite: &'a Suite,
    named: &'a ClientArguments,
    /// `None` until the client has introduced itself, and once it has been shut down.
    adapter: Option<Box<dyn Adapter>>,
    /// The client that works in the first store.
    client: Option<Box<dyn Client>>,
    root: Vec<u8>,
    states: Vec<Arc<Files>>,
    shown: Arc<Site>,
    mount: Mount,
    _server: Server,
    /// The time that the client is told.
    pub now: Timestamp,
}

impl<'a> Stage<'a> {
    /// A stage for a client that is not started yet.
    pub fn new(suite: &'a Suite, named: &'a ClientArguments) -> Result<Self, Failure> {
        let now = Timestamp::now();
        let text = include_str!("repository.toml");
        let file =
            suite::parse_scenario("honest/smoke.toml", text).map_err(|problem| Failure::Problems(vec![*problem]))?;
        let (Some(variant), Some(dialect)) = (file.variants.first(), suite.dialect("default")) else {
            return Err(Failure::plain("the repository for the trial is broken"));
        };
        let timeline = Timeline::build(variant, dialect, RunKind::Attack, &Calendar::Free { start: now })
            .map_err(|error| Failure::forge(&variant.id, &error))?;
        let states = timeline.events.into_iter().filter_map(|(_, event)| match event {
            Event::Show(files) => Some(files),
            _ => None,
        });
        let server = Server::start().map_err(|error| Failure::plain(format!("cannot listen: {error}")))?;
        let shown = Arc::new(Site::default());
        let mount = server.mount(Arc::clone(&shown));
        let (root, states) = (timeline.root.unwrap_or_default().to_vec(), states.collect());
        Ok(Self { suite, named, adapter: None, client: None, root, states, shown, mount, _server: server, now })
    }

    /// Starts the client and has it introduce itself.
    pub fn introduce(&mut self) -> Result<(), String> {
        let client = self.named.resolve(&self.suite.register).map_err(|failure| words(&failure))?;
        if let Some(dialect) = client.dialect.filter(|id| self.suite.dialect(id).is_none()) {
            return Err(format!("it needs the dialect `{dialect}`, which there is not"));
        }
        self.adapter = Some(client.adapter);
        Ok(())
    }

    /// A client with an empty store.
    pub fn start(&self) -> Result<Box<dyn Client>, String> {
        let adapter = self.adapter.as_ref().ok_or("it has not been started")?;
        adapter.start().map_err(|error| error.to_string())
    }

    /// The client in the first store.
    pub fn client(&mut self) -> Result<&mut dyn Client, String> {
        if self.client.is_none() {
            self.client = Some(self.start()?);
        }
        Ok(self.client.as_deref_mut().ok_or("it has not been started")?)
    }

    /// Whether the client takes the time that it is told.
    pub fn has_clock(&self) -> bool {
        self.adapter.as_ref().is_some_and(|adapter| adapter.info().clock)
    }

    /// Ends the client.
    pub fn end(&mut self) {
        self.client = None;
        self.adapter = None;
    }

    /// Shows a state from now on, and forgets what was asked for.
    pub fn show(&self, state: State) {
        // After `Unsigned` everything is put back, which is a state as well.
        let place = match state {
            State::First => 0,
            State::Second => 1,
            State::Unsigned => 2,
            State::Expired => 4,
        };
        if let Some(files) = self.states.get(place) {
            self.shown.show(Arc::clone(files));
        }
        self.shown.take_log();
    }

    /// What the client asked for since then.
    pub fn requests(&self) -> Vec<Request> {
        self.shown.take_log()
    }

    /// Where the repository is and what time it is.
    pub fn endpoint(&self) -> Endpoint {
        self.endpoint_at(self.now)
    }

    /// The same ten days later, when a timestamp has expired and nothing else.
    pub fn endpoint_later(&self) -> Result<Endpoint, String> {
        let later = self.now.checked_add((10 * 24).hours()).map_err(|error| error.to_string())?;
        Ok(self.endpoint_at(later))
    }

    fn endpoint_at(&self, now: Timestamp) -> Endpoint {
        let (metadata_url, targets_url) = (self.mount.metadata_url(), self.mount.targets_url());
        Endpoint { metadata_url, targets_url, now, targets_mapping: None, map: None, repository: None }
    }

    /// The root that the client is told to trust.
    pub fn root(&self) -> Vec<u8> {
        self.root.clone()
    }
}

fn words(failure: &Failure) -> String {
    match failure.help() {
        Some(help) => format!("{} ({help})", failure.message()),
        None => failure.message(),
    }
}

/// The version that a role has in a store.
pub fn version(store: &Store, role: &str) -> Result<u64, String> {
    let bytes = store.metadata.get(role).ok_or_else(|| {
        let names: Vec<_> = store.metadata.keys().map(|role| format!("{role}.json")).collect();
        format!("there is no {role}.json in metadata_dir; there is {}", names.join(", "))
    })?;
    let file = serde_json::from_slice::<serde_json::Value>(bytes).map_err(|error| format!("{role}.json: {error}"))?;
    file["signed"]["version"].as_u64().ok_or_else(|| format!("{role}.json has no version"))
}

/// Whether the outcome is acceptance.
pub fn accepted(outcome: &Outcome) -> Result<(), String> {
    match outcome {
        Outcome::Accepted => Ok(()),
        other => Err(format!("expected: accepted; observed: {other}")),
    }
}

/// Whether the outcome is a rejection.
pub fn rejected(outcome: &Outcome) -> Result<(), String> {
    match outcome {
        Outcome::Rejected { .. } => Ok(()),
        other => Err(format!("expected: rejected; observed: {other}")),
    }
}
