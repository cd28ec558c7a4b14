//! Where files come from.

use suite::observation::Area;

/// Fetches files of a repository.
pub trait Transport {
    /// Fetches the file at this path below the base URL of its area. The path is not encoded. No more than `limit`
    /// bytes are kept.
    fn fetch(&self, area: Area, path: &str, limit: u64) -> Result<Vec<u8>, FetchError>;
}

/// Why a file could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The server says that there is no such file: status 404, and no other. For the next root this means that
    /// there is none (step 5.3.3), so nothing that may as well be a passing trouble is taken for it; a status of 403
    /// speaks of permission and leaves open whether the file exists.
    #[error("there is no such file")]
    NotFound,
    /// It is longer than the limit.
    #[error("it is longer than expected")]
    TooLong,
    /// Anything else.
    #[error("{0}")]
    Failed(String),
}
