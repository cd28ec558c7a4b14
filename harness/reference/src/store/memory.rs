//! A store in memory, which several clients may have.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Store, StoreError};

/// Keeps everything in memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemoryStore {
    /// Metadata files by role.
    pub metadata: BTreeMap<String, Vec<u8>>,
    /// Target files by target path.
    pub targets: BTreeMap<String, Vec<u8>>,
    /// The roles whose metadata file has a folder in its place, which is neither read nor written to.
    pub folders: BTreeSet<String>,
}

impl MemoryStore {
    fn check(&self, role: &str) -> Result<(), StoreError> {
        if self.folders.contains(role) {
            return Err(StoreError(format!("the file of {role} is a folder")));
        }
        Ok(())
    }
}

impl Store for MemoryStore {
    fn read(&self, role: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.check(role)?;
        Ok(self.metadata.get(role).cloned())
    }

    fn write(&mut self, role: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.check(role)?;
        self.metadata.insert(role.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn delete(&mut self, role: &str) -> Result<(), StoreError> {
        self.check(role)?;
        self.metadata.remove(role);
        Ok(())
    }

    fn read_target(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.targets.get(path).cloned())
    }

    fn write_target(&mut self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.targets.insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }
}

/// Keeps everything in memory. A copy is the same store, for another client or for somebody who looks into it.
#[derive(Debug, Clone, Default)]
pub struct SharedStore(Arc<Mutex<MemoryStore>>);

impl SharedStore {
    /// What is in it, for this one alone as long as it is looked at.
    pub fn lock(&self) -> MutexGuard<'_, MemoryStore> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for SharedStore {
    fn read(&self, role: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.lock().read(role)
    }

    fn write(&mut self, role: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.lock().write(role, bytes)
    }

    fn delete(&mut self, role: &str) -> Result<(), StoreError> {
        self.lock().delete(role)
    }

    fn read_target(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.lock().read_target(path)
    }

    fn write_target(&mut self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.lock().write_target(path, bytes)
    }
}
