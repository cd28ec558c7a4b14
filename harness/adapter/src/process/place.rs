//! The folder that one client works in.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::live;

/// How many folders of a client are made writable at most, so that removing them ends.
const FOLDER_LIMIT: usize = 100_000;

/// A client's folders. They are removed with everything in them when this is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    folder: TempDir,
}

impl Place {
    /// New and empty folders.
    ///
    /// # Errors
    /// If they cannot be made.
    pub(crate) fn new() -> io::Result<Self> {
        let place = Self { folder: live::make_folder("tuf-cookbook-")? };
        for folder in [place.metadata(), place.targets(), place.temporary()] {
            fs::create_dir(folder)?;
        }
        Ok(place)
    }

    /// Where the client keeps metadata.
    pub(crate) fn metadata(&self) -> PathBuf {
        self.folder.path().join("metadata")
    }

    /// Where the client keeps target files.
    pub(crate) fn targets(&self) -> PathBuf {
        self.folder.path().join("targets")
    }

    /// Where the client may put what it needs for a while.
    pub(crate) fn temporary(&self) -> PathBuf {
        self.folder.path().join("tmp")
    }

    /// The file with the root metadata that the client is told to trust.
    pub(crate) fn trusted_root(&self) -> PathBuf {
        self.folder.path().join("trusted_root.json")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        remove(self.folder.path());
        live::removed(self.folder.path());
    }
}

/// Removes a folder with everything in it, even if the client took away its own right to write.
pub(super) fn remove(folder: &Path) {
    if fs::remove_dir_all(folder).is_err() {
        make_writable(folder);
        // What is left then cannot be removed: there is nobody to tell.
        let _ = fs::remove_dir_all(folder);
    }
}

/// Gives the owner all rights on a folder and on the folders below it. Links are not followed.
fn make_writable(top: &Path) {
    let mut waiting = vec![top.to_owned()];
    for _ in 0..FOLDER_LIMIT {
        let Some(folder) = waiting.pop() else { return };
        // What cannot be changed or read stays where it is: there is nobody to tell.
        let _ = fs::set_permissions(&folder, Permissions::from_mode(0o700));
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        waiting.extend(
            entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())).map(|entry| entry.path()),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folders_are_removed_with_all_that_is_in_them() {
        let place = Place::new().unwrap();
        let top = place.folder.path().to_owned();
        fs::create_dir(place.metadata().join("deep")).unwrap();
        fs::write(place.metadata().join("deep/file"), "x").unwrap();
        drop(place);
        assert!(!top.exists());
    }

    #[test]
    fn read_only_folders_become_writable_and_links_are_left_alone() {
        let place = Place::new().unwrap();
        let outside = tempfile::tempdir().unwrap();
        let (deep, mode) =
            (place.metadata().join("deep"), |path: &Path| fs::metadata(path).unwrap().permissions().mode());
        fs::create_dir(&deep).unwrap();
        std::os::unix::fs::symlink(outside.path(), deep.join("link")).unwrap();
        for folder in [&deep, &place.metadata(), outside.path()] {
            fs::set_permissions(folder, Permissions::from_mode(0o500)).unwrap();
        }
        make_writable(place.folder.path());
        assert_eq!(mode(&deep) & 0o777, 0o700);
        assert_eq!(mode(&place.metadata()) & 0o777, 0o700);
        assert_eq!(mode(outside.path()) & 0o777, 0o500);
    }
}
