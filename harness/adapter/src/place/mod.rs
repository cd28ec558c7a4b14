//! The folder that one client works in.

mod pool;
mod role;
mod store;

use std::ffi::OsStr;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub(crate) use pool::{Places, no_place};
pub use store::StoreLimits;
pub(crate) use store::measure;

use pool::{AROUND, Folder};

use crate::remove::remove;
use crate::{Endpoint, Spoil, Store};

/// What is in a client's own folder.
const METADATA: &str = "metadata";
const TARGETS: &str = "targets";
const TEMPORARY: &str = "tmp";
const TRUSTED_ROOT: &str = "trusted_root.json";

/// The name of the file that tells the client which targets role to start from.
const TARGETS_MAPPING: &str = "targets_mapping.json";
/// A client's folders, empty at first.
#[derive(Debug)]
pub(crate) struct Place {
    /// `None` once it is dropped.
    folder: Option<Folder>,
    own: PathBuf,
    places: Arc<Places>,
    /// Whether the client was told a map of repositories.
    has_map: AtomicBool,
}

impl Place {
    /// The place as the session protocol tells it. What is told of a map is remembered: with one, the store has a folder
    /// for each repository.
    pub(crate) fn protocol(&self, at: &Endpoint) -> protocol::Place {
        self.has_map.store(at.map.is_some(), Ordering::Relaxed);
        protocol::Place {
            now: at.now,
            metadata_dir: self.metadata(),
            targets_dir: self.targets(),
            metadata_url: at.metadata_url.clone(),
            targets_url: at.targets_url.clone(),
            targets_mapping: at.targets_mapping.clone(),
            map: at.map.clone(),
            repository: at.repository.clone(),
        }
    }

    /// What the client keeps.
    ///
    /// # Errors
    /// If there is too much of it or something else than files; what was found.
    pub(crate) fn store(&self, limits: StoreLimits) -> Result<Store, String> {
        store::read(&self.metadata(), &self.targets(), self.has_map.load(Ordering::Relaxed), limits)
    }

    /// Does something to the file that the client keeps of a role. Returns whether there is one.
    ///
    /// # Errors
    /// If the store cannot be read or the file not be written.
    pub(crate) fn spoil(&self, role: &str, spoil: Spoil<'_>, limits: StoreLimits) -> Result<bool, String> {
        store::spoil(&self.metadata(), role, spoil, limits)
    }

    /// Whether the client wrote nothing beside its store.
    ///
    /// # Errors
    /// If it did; what was found.
    pub(crate) fn kept_to(&self) -> Result<(), String> {
        match self.stray() {
            Some(stray) => Err(format!("the client wrote outside of its store: {:?}", stray.to_string_lossy())),
            None => Ok(()),
        }
    }

    /// Whether what the client keeps is within the limits by now. Its temporary files and what it wrote beside its store
    /// count as well.
    ///
    /// # Errors
    /// If it is not; what was found.
    pub(crate) fn check(&self, limits: StoreLimits) -> Result<(), String> {
        let top = self.folder.as_ref().map_or(self.own.as_path(), |folder| folder.top.path());
        store::measure(&[top.to_owned()], limits)
    }

    /// Gives the client an empty store again.
    ///
    /// # Errors
    /// If it cannot be made.
    pub(crate) fn clear(&self) -> io::Result<()> {
        for folder in [self.metadata(), self.targets()] {
            remove(&folder);
            fs::create_dir(folder)?;
        }
        Ok(())
    }

    /// Something beside the client's folders, by its path from there.
    fn stray(&self) -> Option<PathBuf> {
        let own_name = self.own.file_name().unwrap_or_default();
        let mut expected = vec![METADATA.as_ref(), TARGETS.as_ref(), TEMPORARY.as_ref(), TRUSTED_ROOT.as_ref()];
        expected.push(TARGETS_MAPPING.as_ref());
        let (mut folder, mut up) = (self.own.clone(), PathBuf::from(".."));
        for around in [own_name].into_iter().chain(AROUND.iter().rev().map(OsStr::new)) {
            let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
            if let Some(stray) =
                entries.map(|entry| entry.file_name()).find(|name| !expected.contains(&name.as_os_str()))
            {
                return Some(up.join(stray));
            }
            expected = vec![around];
            folder.pop();
            up.push("..");
        }
        None
    }

    /// Where the client keeps metadata.
    pub(crate) fn metadata(&self) -> PathBuf {
        self.own.join(METADATA)
    }

    /// Where the client keeps target files.
    pub(crate) fn targets(&self) -> PathBuf {
        self.own.join(TARGETS)
    }

    /// Where the client may put what it needs for a while.
    pub(crate) fn temporary(&self) -> PathBuf {
        self.own.join(TEMPORARY)
    }

    /// Writes the root metadata that the client is told to trust, and returns the file.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(crate) fn write_trusted_root(&self, root: &[u8]) -> io::Result<PathBuf> {
        let path = self.trusted_root();
        // Some file systems take long to give up what is in a file, and to find room for it again.
        let mut file = OpenOptions::new().write(true).create(true).truncate(false).open(&path)?;
        file.write_all(root)?;
        if file.metadata()?.len() != root.len() as u64 {
            file.set_len(root.len() as u64)?;
        }
        Ok(path)
    }

    /// Writes what the client is told of the targets role to start from, and returns the file.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(crate) fn write_targets_mapping(
        &self,
        mapping: &serde_json::Map<String, serde_json::Value>,
    ) -> io::Result<PathBuf> {
        let path = self.own.join(TARGETS_MAPPING);
        fs::write(&path, serde_json::to_vec(mapping)?)?;
        Ok(path)
    }

    /// The file with the root metadata that the client is told to trust.
    pub(crate) fn trusted_root(&self) -> PathBuf {
        self.own.join(TRUSTED_ROOT)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(folder) = self.folder.take() else { return };
        if self.stray().is_none() {
            self.places.give_back(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    use super::*;

    fn place() -> Place {
        Arc::new(Places::default()).take().unwrap()
    }

    fn top(place: &Place) -> PathBuf {
        place.folder.as_ref().unwrap().top.path().to_owned()
    }

    #[test]
    fn the_folders_are_removed_with_all_that_is_in_them() {
        let place = place();
        let top = top(&place);
        fs::create_dir(place.metadata().join("deep")).unwrap();
        fs::write(place.metadata().join("deep/file"), "x").unwrap();
        drop(place);
        assert!(!top.exists());
    }

    #[test]
    fn what_is_written_beside_the_store_is_told_with_its_way_up() {
        for (name, told) in [("../x", "../x"), ("../../x", "../../x"), ("../../../x", "../../../x")] {
            let place = place();
            assert_eq!(place.kept_to(), Ok(()));
            fs::write(place.metadata().join(name), "").unwrap();
            assert_eq!(place.kept_to(), Err(format!("the client wrote outside of its store: {told:?}")));
        }
    }

    #[test]
    fn temporary_files_count_while_the_client_runs() {
        let place = place();
        let limits = StoreLimits { total: 10, ..StoreLimits::default() };
        fs::write(place.temporary().join("x"), "1234567890").unwrap();
        assert_eq!(place.check(limits), Ok(()));
        fs::write(place.metadata().join("y"), "1").unwrap();
        assert_eq!(place.check(limits).unwrap_err(), "more than 10 bytes in all");
    }

    #[test]
    fn a_client_that_took_away_its_rights_is_removed_and_links_are_left_alone() {
        let place = place();
        let top = top(&place);
        let outside = tempfile::tempdir().unwrap();
        let (deep, mode) =
            (place.metadata().join("deep"), |path: &Path| fs::metadata(path).unwrap().permissions().mode());
        fs::create_dir(&deep).unwrap();
        std::os::unix::fs::symlink(outside.path(), deep.join("link")).unwrap();
        for folder in [&deep, &place.metadata(), outside.path()] {
            fs::set_permissions(folder, Permissions::from_mode(0o500)).unwrap();
        }
        drop(place);
        assert!(!top.exists());
        assert_eq!(mode(outside.path()) & 0o777, 0o500);
    }

    #[test]
    fn folders_that_are_nested_without_end_are_told_and_removed() {
        let place = place();
        let top = top(&place);
        // A path to the last of them would be too long, so that they are put around each other from within.
        for number in 0..3_000 {
            let (inner, outer) = (top.join("inner"), top.join("outer"));
            fs::create_dir(&outer).unwrap();
            if number > 0 {
                fs::rename(&inner, outer.join("inner")).unwrap();
            }
            fs::rename(&outer, &inner).unwrap();
        }
        fs::rename(top.join("inner"), place.metadata().join("inner")).unwrap();
        assert_eq!(place.check(StoreLimits::default()).unwrap_err(), "folders are nested too deep");
        drop(place);
        assert!(!top.exists());
    }

    #[test]
    fn a_store_that_is_cleared_is_as_at_the_start() {
        let place = place();
        fs::write(place.metadata().join("root.json"), "{}").unwrap();
        fs::remove_dir(place.targets()).unwrap();
        place.clear().unwrap();
        let store = place.store(StoreLimits::default()).unwrap();
        assert!(store.metadata.is_empty() && store.targets.is_empty());
    }
}
