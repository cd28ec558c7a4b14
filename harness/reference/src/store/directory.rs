//! A store in folders, as the process protocol wants it: `root.json` for the role `root`, without versions.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::file_name::file_name;
use super::{Store, StoreError};

/// More than that is not read from a file. What is cut off fails verification and is fetched anew.
const READ_LIMIT: u64 = 64 << 20;

/// Keeps metadata in one folder and target files in another. Every name is encoded, so that no role and no target
/// leaves its folder; every file appears at once or not at all.
#[derive(Debug, Clone)]
pub struct DirStore {
    metadata: PathBuf,
    targets: Option<PathBuf>,
}

impl DirStore {
    /// A store in these folders, which are made when they are needed.
    pub fn new(metadata_dir: impl Into<PathBuf>, targets_dir: Option<PathBuf>) -> Self {
        Self { metadata: metadata_dir.into(), targets: targets_dir }
    }

    fn metadata_file(&self, role: &str) -> PathBuf {
        self.metadata.join(format!("{}.json", file_name(role)))
    }
}

impl Store for DirStore {
    fn read(&self, role: &str) -> Result<Option<Vec<u8>>, StoreError> {
        read(&self.metadata_file(role))
    }

    fn write(&mut self, role: &str, bytes: &[u8]) -> Result<(), StoreError> {
        write(&self.metadata, &self.metadata_file(role), bytes)
    }

    fn delete(&mut self, role: &str) -> Result<(), StoreError> {
        let path = self.metadata_file(role);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(failed("delete", &path, &error)),
            _ => Ok(()),
        }
    }

    fn read_target(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match &self.targets {
            Some(folder) => read(&folder.join(file_name(path))),
            None => Ok(None),
        }
    }

    fn write_target(&mut self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        match &self.targets {
            Some(folder) => write(folder, &folder.join(file_name(path)), bytes),
            None => Err(StoreError("no folder for target files was given".to_owned())),
        }
    }
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    // Opening something else than a regular file, such as a pipe, could block for ever.
    match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed("read", path, &error)),
        Ok(found) if !found.is_file() => return Err(failed("read", path, &"not a regular file")),
        Ok(_) => {}
    }
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(READ_LIMIT).read_to_end(&mut bytes));
    read.map_err(|error| failed("read", path, &error))?;
    Ok(Some(bytes))
}

fn write(folder: &Path, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let written = fs::create_dir_all(folder)
        .and_then(|()| NamedTempFile::new_in(folder))
        .and_then(|mut file| file.write_all(bytes).and(Ok(file)))
        .and_then(|file| file.persist(path).map_err(|error| error.error));
    written.map(drop).map_err(|error| failed("write", path, &error))
}

fn failed(action: &str, path: &Path, cause: &dyn ToString) -> StoreError {
    StoreError(format!("cannot {action} {}: {}", path.display(), cause.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_is_found_again_under_the_name_that_the_protocol_wants() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = DirStore::new(folder.path().join("metadata"), None);
        assert_eq!(store.read("root"), Ok(None));
        store.write("root", b"1").unwrap();
        store.write("root", b"2").unwrap();
        assert_eq!(store.read("root"), Ok(Some(b"2".to_vec())));
        assert_eq!(names(&folder.path().join("metadata")), ["root.json"]);
        store.delete("root").unwrap();
        store.delete("root").unwrap();
        assert_eq!(store.read("root"), Ok(None));
    }

    #[test]
    fn neither_role_nor_target_leaves_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let targets = folder.path().join("targets");
        let mut store = DirStore::new(folder.path().join("metadata"), Some(targets.clone()));
        store.write("../role", b"1").unwrap();
        store.write_target("../../target", b"2").unwrap();
        store.write_target("..", b"3").unwrap();
        assert_eq!(names(&folder.path().join("metadata")), ["%2E.%2Frole.json"]);
        assert_eq!(names(&targets).len(), 2);
        assert_eq!(store.read_target("../../target"), Ok(Some(b"2".to_vec())));
        assert_eq!(names(folder.path()).len(), 2);
    }

    #[test]
    fn what_is_no_regular_file_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("root.json")).unwrap();
        let store = DirStore::new(folder.path(), None);
        assert!(store.read("root").unwrap_err().to_string().contains("not a regular file"));
    }
}
