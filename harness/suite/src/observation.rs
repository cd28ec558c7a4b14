//! What a client was seen to do: plain data, gathered by the runner and read by the judge.

use std::collections::BTreeMap;
use std::fmt;

pub use protocol::Reason;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{RoleName, RunKind};

/// How something that a client was told to do ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Outcome {
    /// The client did it.
    Accepted,
    /// The client refused, and said so.
    Rejected {
        /// Why, if the client can tell.
        reason: Option<Reason>,
    },
    /// The client was killed meanwhile, as the scenario says.
    Killed,
    /// The client cannot do it.
    Unsupported {
        /// The feature that it lacks.
        feature: String,
    },
    /// The client did neither: it crashed, hung or broke the protocol. Never a rejection.
    Error {
        /// What happened.
        cause: Cause,
    },
}

impl Outcome {
    /// Whether the client neither accepted nor refused because something broke.
    pub const fn is_error(&self) -> bool {
        matches!(self, Self::Error { .. })
    }

    /// Whether the client says itself that something broke. It has not broken down, and can be told to do more.
    pub const fn is_reported(&self) -> bool {
        matches!(self, Self::Error { cause: Cause::Reported { .. } })
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accepted => write!(f, "accepted"),
            Self::Rejected { reason: None } => write!(f, "rejected"),
            Self::Rejected { reason: Some(reason) } => write!(f, "rejected ({reason})"),
            Self::Killed => write!(f, "killed"),
            Self::Unsupported { feature } => write!(f, "unsupported ({feature})"),
            Self::Error { cause } => write!(f, "error: {cause}"),
        }
    }
}

/// What broke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Cause {
    /// The client ended with a status that is neither acceptance nor rejection.
    Exit {
        /// The exit status.
        code: i32,
    },
    /// The client was ended by a signal.
    Signal {
        /// The number of the signal.
        signal: i32,
    },
    /// The client did not answer in time and was killed.
    Deadline {
        /// How long it was given, in milliseconds.
        milliseconds: u64,
    },
    /// The client wrote more output than is allowed and was killed.
    OutputLimit {
        /// The limit.
        bytes: u64,
    },
    /// The client's store holds more than is allowed, or something that is not a regular file.
    Store {
        /// What is wrong with it.
        message: String,
    },
    /// The client could not be started.
    Start {
        /// Why not.
        message: String,
    },
    /// The client, which is part of this program, panicked.
    Panic {
        /// The panic message.
        message: String,
    },
    /// What was said between the client and the harness is not of the session protocol.
    Protocol {
        /// Who said it.
        by: Side,
        /// What is wrong with it.
        message: String,
    },
    /// The client says itself that something broke.
    Reported {
        /// What it says.
        message: String,
    },
    /// The client asked the repository for more than is allowed.
    RequestLimit {
        /// The limit.
        requests: usize,
    },
    /// The client was not asked, because it had hung in too many runs in a row.
    GivenUp {
        /// In how many.
        runs: usize,
    },
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exit { code } => write!(f, "exit status {code}"),
            Self::Signal { signal } => write!(f, "killed by signal {signal}"),
            Self::Deadline { milliseconds } => {
                write!(f, "no answer within {}.{:03} s", milliseconds / 1000, milliseconds % 1000)
            }
            Self::OutputLimit { bytes } => write!(f, "more than {bytes} bytes of output"),
            Self::Store { message } => write!(f, "store: {message}"),
            Self::Start { message } => write!(f, "could not be started: {message}"),
            Self::Panic { message } => write!(f, "panicked: {message}"),
            Self::Protocol { by: Side::Client, message } => write!(f, "broke the protocol: {message}"),
            Self::Protocol { by: Side::Harness, message } => write!(f, "the harness broke the protocol: {message}"),
            Self::Reported { message } => write!(f, "reported an error: {message}"),
            Self::RequestLimit { requests } => write!(f, "more than {requests} requests to the repository"),
            Self::GivenUp { runs } => write!(f, "not asked: the client did not answer in {runs} runs in a row"),
        }
    }
}

/// A side of the session protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The client under test.
    Client,
    /// The harness.
    Harness,
}

/// Which base URL a request went to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// Metadata files.
    Metadata,
    /// Target files.
    Targets,
}

/// One request and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Request {
    /// Which base URL it went to.
    pub area: Area,
    /// The path below it, percent-decoded.
    pub path: String,
    /// The status of the answer.
    pub status: u16,
    /// The number of bytes in the body of the answer; of one that takes its time, those that the client took.
    pub bytes: u64,
}

/// A file that the client keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StoredFile {
    /// The length in bytes.
    pub length: u64,
    /// The hexadecimal SHA-256 of the content.
    pub sha256: String,
    /// For metadata: the version that it states, if it can be read.
    pub version: Option<u64>,
}

/// What the client was told to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Asked {
    /// To start from a trusted root.
    Trust,
    /// To refresh its top-level metadata.
    Refresh,
    /// To download these target files.
    Download(Vec<String>),
}

/// What a client that trusts a root is told to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Task {
    /// To refresh its top-level metadata.
    Refresh,
    /// To download these target files.
    Download(Vec<String>),
}

impl From<Task> for Asked {
    fn from(task: Task) -> Self {
        match task {
            Task::Refresh => Self::Refresh,
            Task::Download(targets) => Self::Download(targets),
        }
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Trust => f.write_str("trust"),
            Self::Refresh => f.write_str("refresh"),
            Self::Download(targets) => write!(f, "download {}", targets.join(" ")),
        }
    }
}

/// One thing that the client did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Observation {
    /// The number of the step, from 1; 0 for the trusted root that everything starts from.
    pub step: usize,
    /// What it was told to do.
    pub asked: Asked,
    /// How that ended.
    pub outcome: Outcome,
    /// Its own metadata afterwards, by role.
    pub trusted: BTreeMap<RoleName, StoredFile>,
    /// Its target files afterwards, by the name that it chose.
    pub downloaded: BTreeMap<String, StoredFile>,
    /// What it asked the server for, in order.
    pub requests: Vec<Request>,
    /// The end of what it printed, as it came: to be escaped before it is shown.
    pub output: String,
}

/// Everything that was seen in one run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Run {
    /// Which timeline was played.
    pub kind: RunKind,
    /// What the client did, in order. Ends early after an error.
    pub observations: Vec<Observation>,
}
