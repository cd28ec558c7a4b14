//! Where the built-in client keeps what it has of one of several repositories (TAP 4).

use std::sync::MutexGuard;

use percent_encoding::percent_decode_str;
use reference::{MemoryStore, SharedStore, Store, StoreError};
use suite::MAIN;

/// One store with a shelf for each repository. They share the target files, as folders would.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shelves(SharedStore);

/// The place of one repository.
#[derive(Debug)]
pub(crate) struct Shelf {
    all: Shelves,
    /// What stands in front of the names of its roles.
    prefix: String,
}

impl Shelves {
    /// What is kept, with metadata as [`Store`](crate::Store) has it.
    pub(crate) fn content(&self) -> MutexGuard<'_, MemoryStore> {
        self.0.lock()
    }

    /// The shelf of the repository whose folder has this name, percent-encoded. What a path of several names leads to is
    /// kept, but not found here.
    pub(crate) fn shelf(&self, folder: &str) -> Shelf {
        let name = percent_decode_str(folder).decode_utf8_lossy();
        let prefix = if name == MAIN { String::new() } else { format!("{name}/") };
        let all = if folder.contains('/') { Self::default() } else { self.clone() };
        Shelf { all, prefix }
    }
}

impl Shelf {
    fn name(&self, role: &str) -> String {
        format!("{}{role}", self.prefix)
    }
}

impl Store for Shelf {
    fn read(&self, role: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.all.content().read(&self.name(role))
    }

    fn write(&mut self, role: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.all.content().write(&self.name(role), bytes)
    }

    fn delete(&mut self, role: &str) -> Result<(), StoreError> {
        self.all.content().delete(&self.name(role))
    }

    fn read_target(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.all.content().read_target(path)
    }

    fn write_target(&mut self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.all.content().write_target(path, bytes)
    }
}
