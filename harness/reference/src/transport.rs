//! How files are asked for.

use std::io::Read;
use std::time::Duration;

use suite::observation::Area;

use crate::fault::FaultSet;
use crate::reception;

/// Asks for files of a repository, and passes on what it is answered: what to make of that is decided elsewhere.
pub trait Transport {
    /// Asks once.
    ///
    /// # Errors
    /// If there is no answer; what is told of that.
    fn ask(&self, place: &Place<'_>) -> Result<Response, String>;

    /// Fetches the file at this path below the base URL of its area, with the usual care. The path is not encoded. No
    /// more than `limit` bytes are kept.
    ///
    /// # Errors
    /// If there is no such file, it is longer, or it does not come.
    fn fetch(&self, area: Area, path: &str, limit: u64) -> Result<Vec<u8>, FetchError>
    where
        Self: Sized,
    {
        reception::fetch(self, area, path, limit, FaultSet::empty())
    }
}

/// Where a file is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place<'a> {
    /// At a path below the base URL of an area.
    File(Area, &'a str),
    /// Where a redirect leads, as a transport has told it.
    Elsewhere(String),
}

/// An answer whose body is still to be read.
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Where it redirects to.
    pub redirect: Option<Redirect>,
    /// The length of the body that it states.
    pub length: Option<u64>,
    /// The encoding of the body, as it names it.
    pub encoding: Option<String>,
    /// The body, as it comes.
    pub body: Box<dyn Read>,
    /// How long it has taken so far.
    pub elapsed: Box<dyn Fn() -> Duration>,
}

/// Where an answer redirects to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The place, in the words of the transport.
    pub to: String,
    /// Whether that is another host than the one of the repository.
    pub is_away: bool,
}

/// Why a file could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The server says that there is no such file: status 404, or 403 as file servers answer that do not tell which
    /// files exist. For the next root this means that there is none (step 5.3.3). Nothing that may as well be a passing
    /// trouble is taken for it.
    #[error("there is no such file")]
    NotFound,
    /// It is longer than the limit.
    #[error("it is longer than expected")]
    TooLong,
    /// The server answers with another status.
    #[error("the server answers with status {0}")]
    Status(u16),
    /// It did not come to its end.
    #[error("{message}")]
    Broken {
        /// What happened.
        message: String,
        /// What came of it.
        received: Vec<u8>,
    },
    /// Anything else.
    #[error("{0}")]
    Failed(String),
}
