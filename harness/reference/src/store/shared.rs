//! A store in memory that several clients have.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{MemoryStore, Store, StoreError};

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
