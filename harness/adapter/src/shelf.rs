//! Where the built-in client keeps what it has of one of several repositories (TAP 4).

use percent_encoding::percent_decode_str;
use reference::{SharedStore, Store, StoreError};
use suite::MAIN;

/// The place of one repository in a store. The target files are those of all, as in a folder.
#[derive(Debug)]
pub(crate) struct Shelf {
    store: SharedStore,
    /// What stands in front of the names of its roles.
    prefix: String,
}

impl Shelf {
    /// The place of the repository whose folder has this name, percent-encoded. The main one has the names of roles to
    /// itself. What a path of several names leads to is kept, but not found in the store.
    pub(crate) fn new(store: &SharedStore, folder: &str) -> Self {
        let name = percent_decode_str(folder).decode_utf8_lossy();
        let prefix = if name == MAIN { String::new() } else { format!("{name}/") };
        let store = if folder.contains('/') { SharedStore::default() } else { store.clone() };
        Self { store, prefix }
    }

    fn name(&self, role: &str) -> String {
        format!("{}{role}", self.prefix)
    }
}

impl Store for Shelf {
    fn read(&self, role: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.store.lock().read(&self.name(role))
    }

    fn write(&mut self, role: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.store.lock().write(&self.name(role), bytes)
    }

    fn delete(&mut self, role: &str) -> Result<(), StoreError> {
        self.store.lock().delete(&self.name(role))
    }

    fn read_target(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.store.lock().read_target(path)
    }

    fn write_target(&mut self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.store.lock().write_target(path, bytes)
    }
}
