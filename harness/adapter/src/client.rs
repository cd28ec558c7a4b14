//! What the harness asks of a client, whatever drives it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value};
use server::Site;
use suite::Left;
use suite::observation::Outcome;

/// Who a client is and what it can do.
#[derive(Debug, Clone)]
pub struct ClientInfo {
    /// Its name, as reports show it.
    pub name: String,
    /// Its version, if known.
    pub version: Option<String>,
    /// The language that it is written in, if known.
    pub language: Option<String>,
    /// Where it is developed, if known.
    pub homepage: Option<String>,
    /// Where a bug is told to those who can mend it, if known.
    pub issue_tracker: Option<String>,
    /// The features that it claims, by their ids in the register. A feature outside this set is not tested.
    pub features: BTreeSet<String>,
    /// Whether the current time can be told to it. If not, dates are minted around the real time.
    pub clock: bool,
    /// How it is driven.
    pub transport: Transport,
}

impl ClientInfo {
    /// A client that says nothing about itself but a name. It is taken to have these features, and its clock cannot be set.
    pub fn of_program(name: impl Into<String>, features: BTreeSet<String>, transport: Transport) -> Self {
        let (version, language, homepage, issue_tracker) = (None, None, None, None);
        Self { name: name.into(), version, language, homepage, issue_tracker, features, clock: false, transport }
    }
}

/// How a client is driven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// It is the reference client, which is part of the harness.
    BuiltIn,
    /// It is part of the program that runs the harness.
    InProcess,
    /// A program that is started for each thing that it is asked to do.
    Process,
    /// A program that speaks the session protocol.
    Session,
    /// A shared library, in a program that speaks the session protocol for it.
    Library,
}

impl fmt::Display for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BuiltIn => "built-in",
            Self::InProcess => "in-process",
            Self::Process => "process",
            Self::Session => "session",
            Self::Library => "library",
        })
    }
}

/// Where a client finds the repository, and what time it is.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// The base URL of metadata files, without a slash at the end.
    pub metadata_url: String,
    /// The base URL of target files, without a slash at the end.
    pub targets_url: String,
    /// The current time. Only a client whose clock can be set takes notice.
    pub now: Timestamp,
    /// The targets role to start from instead of the one that root lists, in the form of TAP 13. Never set for a client
    /// that does not claim it.
    pub targets_mapping: Option<Map<String, Value>>,
    /// The map of repositories, in the form of the map file of TAP 4. Never set for a client that does not claim it.
    pub map: Option<Map<String, Value>>,
    /// With a map: the repository whose root the client is told to start from.
    pub repository: Option<String>,
}

/// How something ended, and what the client printed meanwhile.
#[derive(Debug, Clone)]
pub struct Reply {
    /// How it ended.
    pub outcome: Outcome,
    /// The end of what the client printed, as it came. Escaped before it is shown.
    pub output: Vec<u8>,
}

/// What a client keeps, as it is now.
#[derive(Debug, Clone, Default)]
pub struct Store {
    /// Its metadata, by role. The name of a file may be percent-encoded; the name of the role here is not. For a client
    /// with a map, what it keeps in the folder of a repository beside the main one has its name in front:
    /// `left/timestamp`.
    pub metadata: BTreeMap<String, Vec<u8>>,
    /// Its target files, by the name that the client chose.
    pub targets: BTreeMap<String, Vec<u8>>,
}

/// Why a client could not be started.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct StartError {
    /// What went wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The end of what the client printed, as it came. Escaped before it is shown.
    pub output: Vec<u8>,
}

impl StartError {
    /// An error of a client that printed nothing.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: Some(help.into()), output: Vec::new() }
    }
}

/// Hears what goes to a client and what comes from it, a line at a time.
#[derive(Clone, Default)]
pub struct Trace(Option<Hear>);

/// What is called with each line.
type Hear = Arc<dyn Fn(&str) + Send + Sync>;

impl Trace {
    /// Calls a function with each line.
    pub fn new(hear: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(hear)))
    }

    /// Passes a line on. `line` is called only if somebody listens.
    pub(crate) fn tell(&self, line: impl FnOnce() -> String) {
        if let Some(hear) = &self.0 {
            hear(&line());
        }
    }
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Trace" } else { "no Trace" })
    }
}

/// Starts clients of one kind.
pub trait Adapter: Send + Sync {
    /// Who the clients are.
    fn info(&self) -> &ClientInfo;

    /// Starts a client with an empty store, for one run.
    ///
    /// # Errors
    /// If there is no place for its store.
    fn start(&self) -> Result<Box<dyn Client>, StartError>;

    /// The same for a run in which these features are in use. Only a client that can be set up for a deployment does
    /// otherwise than usual.
    ///
    /// # Errors
    /// If there is no place for its store.
    fn start_with(&self, _features: &BTreeSet<String>) -> Result<Box<dyn Client>, StartError> {
        self.start()
    }
}

/// What is left of a file with this content. A folder in its place counts as an empty file.
pub type Spoil<'a> = &'a dyn Fn(&[u8]) -> Left;

/// One client, with a store of its own. Dropping it ends it and removes the store.
pub trait Client: Send {
    /// Offers the site that the endpoint leads to. A client inside this process may ask it directly.
    fn attach(&mut self, _site: &Arc<Site>) {}

    /// Tells it to start from this root metadata file.
    fn trust(&mut self, at: &Endpoint, root: &[u8]) -> Reply;

    /// Tells it to bring its top-level metadata up to date (sections 5.3 to 5.6).
    fn refresh(&mut self, at: &Endpoint) -> Reply;

    /// Tells it to download these target files, in order (section 5.7).
    fn download(&mut self, at: &Endpoint, targets: &[String]) -> Reply;

    /// Whether it can be killed while it does something. It then is as soon as the site [is
    /// halted](server::Site::is_halted), and what it is told next is told to a new client with the same store. Otherwise
    /// its connections are closed.
    fn can_be_killed(&self) -> bool {
        false
    }

    /// Another client of its kind with the same store, which trusts what this one trusts.
    ///
    /// # Errors
    /// If there can be none; why not.
    fn second(&self) -> Result<Box<dyn Client>, String> {
        Err("no second client can have its store".to_owned())
    }

    /// Does something to the file that it keeps of a role. Returns whether there is one.
    ///
    /// # Errors
    /// If that cannot be done; why not.
    fn spoil(&mut self, _role: &str, _spoil: Spoil<'_>) -> Result<bool, String> {
        Err("its store cannot be changed from outside".to_owned())
    }

    /// What it keeps.
    ///
    /// # Errors
    /// If the store holds more than is allowed or something that is not a regular file; what was found.
    fn store(&self) -> Result<Store, String>;

    /// Whether it kept to its store. Asked once, when the run is over: what it left beside its store is still there.
    ///
    /// # Errors
    /// If it did not; what was found.
    fn kept_to_its_store(&self) -> Result<(), String> {
        Ok(())
    }
}
