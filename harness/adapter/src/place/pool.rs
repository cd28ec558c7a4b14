//! The folders of clients, which are used again.

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tempfile::TempDir;

use super::{METADATA, Place, TARGETS, TEMPORARY, TRUSTED_ROOT};
use crate::StartError;
use crate::child::live;
use crate::remove::{OWNER, remove};

/// The folders around a client's own, each the only thing in the one above it, so that a client which writes beside
/// its store is seen: `../../x` as the name of a role or of a target leads here.
pub(super) const AROUND: [&str; 2] = ["a", "b"];

/// The folders in a client's own.
const FOLDERS: [&str; 3] = [METADATA, TARGETS, TEMPORARY];

/// The places of the clients of one adapter.
///
/// Making and removing folders costs more than what clients do in them, so that a place is used again. It gets another
/// path each time: nothing that a client remembers about a path is true of the next run.
#[derive(Debug, Default)]
pub(crate) struct Places {
    idle: Mutex<Vec<Folder>>,
    count: AtomicU64,
}

/// A temporary folder, with the client's own somewhere in it. It is removed with everything in it when this is dropped.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) top: TempDir,
    own: PathBuf,
}

impl Places {
    /// A place for a client.
    ///
    /// # Errors
    /// If there is no room for it.
    pub(crate) fn take(self: &Arc<Self>) -> Result<Place, StartError> {
        let folder = self.folder().map_err(|error| no_place(&error))?;
        Ok(Place {
            own: folder.own.clone(),
            folder: Some(folder),
            places: Arc::clone(self),
            has_map: AtomicBool::new(false),
        })
    }

    fn folder(&self) -> io::Result<Folder> {
        let name = format!("store-{}", self.count.fetch_add(1, Ordering::Relaxed));
        let used = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(mut folder) = used {
            let own = folder.own.with_file_name(name);
            fs::rename(&folder.own, &own)?;
            folder.own = own;
            return Ok(folder);
        }
        let top = live::make_folder("tuf-cookbook-")?;
        // What is found in it later is compared with its real path.
        let real = fs::canonicalize(top.path())?;
        let own = AROUND.iter().fold(real, |folder, name| folder.join(name)).join(name);
        fs::create_dir_all(&own)?;
        for name in FOLDERS {
            fs::create_dir(own.join(name))?;
        }
        Ok(Folder { top, own })
    }

    /// Takes the folder of a client that is gone, for the next one, unless it left something in it that cannot be removed.
    pub(super) fn give_back(&self, folder: Folder) {
        if empty(&folder.own).is_ok() {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(folder);
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        remove(self.top.path());
        live::removed(self.top.path());
    }
}

/// Empties a client's folders.
///
/// # Errors
/// If they are not what they were at first, or something in them cannot be removed.
fn empty(own: &Path) -> io::Result<()> {
    for name in FOLDERS {
        let folder = own.join(name);
        let found = fs::symlink_metadata(&folder)?;
        if !found.is_dir() || found.permissions().mode() & OWNER != OWNER {
            return Err(io::Error::other("the client changed the folder"));
        }
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() { remove(&entry.path()) } else { fs::remove_file(entry.path())? }
        }
        if fs::read_dir(&folder)?.next().is_some() {
            return Err(io::Error::other("something cannot be removed"));
        }
    }
    // It is written again: to make a file takes some file systems longer if one was removed shortly before.
    match fs::symlink_metadata(own.join(TRUSTED_ROOT)) {
        Ok(found) if !found.is_file() || found.nlink() != 1 => Err(io::Error::other("the client changed the file")),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// There is nowhere to put a client's folders.
pub(crate) fn no_place(error: &io::Error) -> StartError {
    StartError::new(
        format!("there is no place for the client's files: {error}"),
        "free some space, or set TMPDIR to a folder that can be written",
    )
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;

    use super::*;

    #[test]
    fn a_place_is_used_again_empty_and_under_another_path() {
        let places = Arc::new(Places::default());
        let first = places.take().unwrap();
        let (first_top, first_path) = (top_of(&first), first.metadata());
        for file in [first.metadata().join("x"), first.targets().join("deep/y"), first.trusted_root()] {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        drop(first);
        let second = places.take().unwrap();
        assert_eq!(top_of(&second), first_top);
        assert_ne!(second.metadata(), first_path);
        let left = FOLDERS.map(|name| fs::read_dir(second.own.join(name)).unwrap().count());
        assert_eq!(left, [0; 3]);
        second.write_trusted_root(b"{}").unwrap();
        assert_eq!(fs::read(second.trusted_root()).unwrap(), b"{}");
    }

    #[test]
    fn a_place_that_was_tampered_with_is_not_used_again() {
        let places = Arc::new(Places::default());
        let tamperings: [fn(&Place); 5] = [
            |place| std::os::unix::fs::symlink("/dev/null", place.trusted_root()).unwrap(),
            |place| fs::write(place.own.join("x"), "").unwrap(),
            |place| fs::remove_dir(place.metadata()).unwrap(),
            |place| fs::set_permissions(place.targets(), Permissions::from_mode(0o500)).unwrap(),
            |place| {
                fs::remove_dir(place.temporary()).unwrap();
                std::os::unix::fs::symlink("/", place.temporary()).unwrap();
            },
        ];
        for tamper in tamperings {
            let place = places.take().unwrap();
            let tampered = top_of(&place);
            tamper(&place);
            drop(place);
            assert!(!tampered.exists());
            assert_ne!(top_of(&places.take().unwrap()), tampered);
        }
    }

    fn top_of(place: &Place) -> PathBuf {
        place.folder.as_ref().unwrap().top.path().to_owned()
    }
}
