//! Why the host ends before it should.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::session::LONGEST;

/// Why the host ends before it should, for a person.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    #[error("{}: {}", .0.display(), .1)]
    File(PathBuf, String),
    #[error("{}: cannot be loaded: {}", .0.display(), .1)]
    NoLibrary(PathBuf, String),
    #[error("{}: is for another processor: {}, but this program is for {}", .0.display(), .1, .2)]
    OtherMachine(PathBuf, String, String),
    #[error("{}: does not export the function {}: see tuf_client.h", .0.display(), .1)]
    NoFunction(PathBuf, &'static str),
    #[error("standard input and output: {0}")]
    Channel(#[source] io::Error),
    #[error("a request is {0}")]
    Request(Flaw),
    #[error("tuf_client_new returned NULL")]
    NoClient,
    #[error("tuf_client_call returned NULL to the request {0}")]
    NoAnswer(String),
    #[error("tuf_client_call returned an answer that is {0}")]
    Answer(Flaw),
}

/// What makes bytes unfit for a line of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum Flaw {
    #[error("longer than {LONGEST} bytes")]
    Long,
    #[error("not UTF-8")]
    NotUtf8,
    #[error("not one line: it has a line break")]
    LineBreak,
    #[error("not one text: it has a NUL")]
    Nul,
}

impl Failure {
    pub(crate) fn file(path: &Path, error: &io::Error) -> Self {
        Self::File(path.to_owned(), error.to_string())
    }

    /// The exit status: 2 if nothing was learned about the client, 3 if it broke the rules of the interface.
    pub(crate) const fn status(&self) -> u8 {
        match self {
            Self::File(..)
            | Self::NoLibrary(..)
            | Self::OtherMachine(..)
            | Self::NoFunction(..)
            | Self::Channel(_)
            | Self::Request(_) => 2,
            Self::NoClient | Self::NoAnswer(_) | Self::Answer(_) => 3,
        }
    }
}
