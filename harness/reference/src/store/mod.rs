//! Where the client keeps its metadata and target files.

mod directory;
mod file_name;
mod memory;

pub use directory::DirStore;
pub(crate) use file_name::file_name;
pub use memory::{MemoryStore, SharedStore};

/// Non-volatile storage of one client.
pub trait Store {
    /// The metadata file of a role, if there is one.
    fn read(&self, role: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// Keeps the metadata file of a role, in place of an earlier one.
    fn write(&mut self, role: &str, bytes: &[u8]) -> Result<(), StoreError>;

    /// Removes the metadata file of a role, if there is one.
    fn delete(&mut self, role: &str) -> Result<(), StoreError>;

    /// The target file at a target path, if there is one.
    fn read_target(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// Keeps the target file at a target path, in place of an earlier one.
    fn write_target(&mut self, path: &str, bytes: &[u8]) -> Result<(), StoreError>;
}

/// The store cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct StoreError(pub String);
