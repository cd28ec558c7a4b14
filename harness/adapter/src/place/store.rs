//! Reads what a client keeps. The files are the client's: nothing about them is taken for granted.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Component, Path, PathBuf};

use rustix::fs::OFlags;

use suite::Left;

use super::role::{role, role_of_repository};
use crate::{Spoil, Store};

/// What is told of folders to which no path leads, because it would be too long.
const TOO_DEEP: &str = "folders are nested too deep";

/// How much a client may keep.
#[derive(Debug, Clone, Copy)]
pub struct StoreLimits {
    /// The bytes in one file.
    pub file: u64,
    /// The bytes in all files.
    pub total: u64,
    /// Files, folders and links.
    pub entries: usize,
}

impl Default for StoreLimits {
    /// 16 MiB in a file, 64 MiB in all, 10,000 entries.
    fn default() -> Self {
        Self { file: 16 << 20, total: 64 << 20, entries: 10_000 }
    }
}

/// Reads the metadata and the target files in these folders, whose paths have no links in them.
///
/// Metadata is a file at the top whose name ends in `.json` and does not start with a dot. Other files there, and what
/// lies in folders, is the client's own affair but counts against the limits. A client with a map of repositories keeps
/// that of each in a folder of its name (TAP 4).
///
/// # Errors
/// If there is too much, or something that is neither a file nor a folder nor a link to one within the store.
pub(super) fn read(metadata: &Path, targets: &Path, has_map: bool, limits: StoreLimits) -> Result<Store, String> {
    let (mut reader, mut store) = (Reader { limits, bytes: 0, entries: 0 }, Store::default());
    for file in reader.files(metadata)? {
        let found = if has_map { role_of_repository(&file.name) } else { role(&file.name) };
        if let Some(role) = found {
            let bytes = reader.read(&file)?;
            if store.metadata.insert(role.clone(), bytes).is_some() {
                return Err(format!("two files in the metadata folder are for the role {role:?}"));
            }
        }
    }
    for file in reader.files(targets)? {
        let bytes = reader.read(&file)?;
        store.targets.insert(file.name, bytes);
    }
    Ok(store)
}

/// Does something to the metadata file of a role: the file itself, where its name is a link to it. Tells whether there is
/// such a file.
///
/// # Errors
/// If the folder cannot be read, or the file not be written.
pub(super) fn spoil(metadata: &Path, role_name: &str, spoil: Spoil<'_>, limits: StoreLimits) -> Result<bool, String> {
    let mut reader = Reader { limits, bytes: 0, entries: 0 };
    let files = reader.files(metadata)?;
    let is_of_role = |name: &str| role(name).as_deref() == Some(role_name);
    if let Some(file) = files.iter().find(|file| is_of_role(&file.name)) {
        let name = metadata.join(&file.name);
        let spoiled = match spoil(&reader.read(file)?) {
            // It keeps its owner and its rights, and every name that it has.
            Left::File(bytes) => fs::write(&file.path, bytes),
            Left::Nothing => fs::remove_file(name),
            Left::Folder => fs::remove_file(&name).and_then(|()| fs::create_dir(name)),
        };
        return spoiled.map(|()| true).map_err(|error| format!("{:?} cannot be changed: {error}", file.name));
    }
    let folders = fs::read_dir(metadata).into_iter().flatten().flatten();
    let Some(folder) = folders
        .map(|entry| entry.path())
        .find(|path| path.is_dir() && path.file_name().is_some_and(|name| name.to_str().is_some_and(is_of_role)))
    else {
        return Ok(false);
    };
    let spoiled = match spoil(&[]) {
        Left::File(bytes) => fs::remove_dir_all(&folder).and_then(|()| fs::write(&folder, bytes)),
        Left::Nothing => fs::remove_dir_all(&folder),
        Left::Folder => Ok(()),
    };
    spoiled.map(|()| true).map_err(|error| format!("the folder of {role_name:?} cannot be changed: {error}"))
}

/// Looks whether what is in these folders by now is within the limits. They may change meanwhile: what is gone is passed
/// over.
///
/// # Errors
/// If there is too much, or a folder into which nobody can look.
pub(crate) fn measure(folders: &[PathBuf], limits: StoreLimits) -> Result<(), String> {
    let (mut bytes, mut entries, mut waiting) = (0_u64, 0, folders.to_vec());
    while let Some(folder) = waiting.pop() {
        let found = match fs::read_dir(&folder) {
            Err(error) if error.kind() == ErrorKind::InvalidFilename => {
                return Err(TOO_DEEP.to_owned());
            }
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                return Err("there is a folder that cannot be read".to_owned());
            }
            found => found,
        };
        for entry in found.into_iter().flatten().flatten() {
            let Ok(found) = entry.metadata() else { continue };
            entries += 1;
            if found.is_dir() {
                waiting.push(entry.path());
            } else {
                bytes = bytes.saturating_add(found.len());
            }
            if bytes > limits.total {
                return Err(format!("more than {} bytes in all", limits.total));
            }
            if entries > limits.entries {
                return Err(format!("more than {} files", limits.entries));
            }
        }
    }
    Ok(())
}

/// A regular file in a store.
struct Found {
    /// Its path below the folder.
    name: String,
    /// Where its content is. No part of it is a link.
    path: PathBuf,
    /// How many bytes it had when it was counted.
    length: u64,
}

struct Reader {
    limits: StoreLimits,
    bytes: u64,
    entries: usize,
}

impl Reader {
    /// All files in a folder and in the folders below it.
    fn files(&mut self, top: &Path) -> Result<Vec<Found>, String> {
        let shown = top.file_name().unwrap_or_default().to_string_lossy();
        if !fs::symlink_metadata(top).is_ok_and(|kind| kind.is_dir()) {
            return Err(format!("{shown:?} is no longer a folder"));
        }
        let unreadable = |error: io::Error| match error.kind() {
            ErrorKind::InvalidFilename => TOO_DEEP.to_owned(),
            _ => format!("{shown:?} cannot be read: {error}"),
        };
        let (mut files, mut waiting) = (Vec::new(), vec![top.to_owned()]);
        while let Some(folder) = waiting.pop() {
            for entry in fs::read_dir(&folder).map_err(unreadable)? {
                let entry = entry.map_err(unreadable)?;
                self.entries += 1;
                if self.entries > self.limits.entries {
                    return Err(format!("more than {} files", self.limits.entries));
                }
                let (path, kind) = (entry.path(), entry.file_type().map_err(unreadable)?);
                if kind.is_dir() {
                    waiting.push(path);
                    continue;
                }
                let name = path.strip_prefix(top).unwrap_or(&path);
                let not_utf8 = || format!("the name {:?} is not UTF-8", name.to_string_lossy());
                let name = name.to_str().ok_or_else(not_utf8)?.to_owned();
                if kind.is_file() {
                    let length = entry.metadata().map_or(0, |metadata| metadata.len());
                    files.push(Found { name, path, length });
                } else if kind.is_symlink() {
                    let path = within(top, &path).map_err(|what| format!("{name:?} {what}"))?;
                    let found = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file);
                    files.extend(found.map(|found| Found { name, path, length: found.len() }));
                } else {
                    return Err(format!("{name:?} is neither a file nor a folder"));
                }
            }
        }
        files.iter().try_for_each(|file| self.count(file))?;
        Ok(files)
    }

    /// Counts the bytes of a file, read or not.
    fn count(&mut self, file: &Found) -> Result<(), String> {
        let length = file.length;
        self.bytes = self.bytes.saturating_add(length);
        match () {
            () if length > self.limits.file => Err(format!("{:?} has more than {} bytes", file.name, self.limits.file)),
            () if self.bytes > self.limits.total => Err(format!("more than {} bytes in all", self.limits.total)),
            () => Ok(()),
        }
    }

    fn read(&self, file: &Found) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::with_capacity(usize::try_from(file.length.min(self.limits.file)).unwrap_or_default() + 1);
        open(&file.path)
            .and_then(|content| content.take(self.limits.file + 1).read_to_end(&mut bytes))
            .map_err(|error| format!("{:?} cannot be read: {error}", file.name))?;
        if bytes.len() as u64 > self.limits.file {
            return Err(format!("{:?} has more than {} bytes", file.name, self.limits.file));
        }
        Ok(bytes)
    }
}

/// Where a link leads to, if that is a file or a folder below `top`.
fn within(top: &Path, link: &Path) -> Result<PathBuf, &'static str> {
    if let Some(file) = plain_link(link) {
        return Ok(file);
    }
    let path = fs::canonicalize(link).map_err(|_| "is a link to nothing")?;
    match fs::symlink_metadata(&path) {
        _ if !path.starts_with(top) => Err("is a link out of the folder"),
        Ok(kind) if kind.is_file() || kind.is_dir() => Ok(path),
        _ => Err("is a link to something that is neither a file nor a folder"),
    }
}

/// The file that a link leads to, if that is in the same folder or in one of its folders, without a detour and without
/// another link. Most links are such, and looking at those takes less than resolving every part of a path.
fn plain_link(link: &Path) -> Option<PathBuf> {
    let (folder, to) = (link.parent()?, fs::read_link(link).ok()?);
    let mut path = folder.to_owned();
    for (index, part) in to.components().enumerate() {
        let is_folder_so_far = index == 0 || fs::symlink_metadata(&path).is_ok_and(|found| found.is_dir());
        match part {
            Component::Normal(name) if is_folder_so_far => path.push(name),
            _ => return None,
        }
    }
    fs::symlink_metadata(&path).is_ok_and(|found| found.is_file()).then_some(path)
}

/// Opens a regular file. A pipe that was put in its place meanwhile does not make it wait.
fn open(path: &Path) -> io::Result<File> {
    let flags = (OFlags::NONBLOCK | OFlags::NOFOLLOW).bits().cast_signed();
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use rustix::fs::{CWD, Mode, mkfifoat};

    use super::*;

    const LIMITS: StoreLimits = StoreLimits { file: 10, total: 25, entries: 8 };

    /// Reads a store with these files, after something was done to the folder.
    fn store(files: &[&str], prepare: impl FnOnce(&Path)) -> Result<Store, String> {
        let folder = tempfile::tempdir().unwrap();
        let top = fs::canonicalize(folder.path()).unwrap();
        let (metadata, targets) = (top.join("metadata"), top.join("targets"));
        for file in ["metadata/", "targets/"].iter().chain(files) {
            let path = folder.path().join(file);
            fs::create_dir_all(if file.ends_with('/') { &path } else { path.parent().unwrap() }).unwrap();
            if !file.ends_with('/') {
                fs::write(path, "12345").unwrap();
            }
        }
        prepare(folder.path());
        read(&metadata, &targets, false, LIMITS)
    }

    fn problem(files: &[&str], prepare: impl FnOnce(&Path)) -> String {
        store(files, prepare).unwrap_err()
    }

    #[test]
    fn metadata_is_found_by_role_and_the_rest_of_its_folder_is_left_alone() {
        let files = ["metadata/a%2Fb.json", "metadata/root_history/1.root.json", "metadata/.x.json", "metadata/note"];
        let store = store(&files, |folder| {
            symlink("root_history/1.root.json", folder.join("metadata/root.json")).unwrap();
            symlink("root_history", folder.join("metadata/history.json")).unwrap();
        });
        assert_eq!(store.unwrap().metadata.keys().collect::<Vec<_>>(), ["a/b", "root"]);
    }

    #[test]
    fn a_link_by_a_detour_or_to_another_link_leads_to_its_file() {
        let store = store(&["metadata/deep/1.json"], |folder| {
            symlink("deep/1.json", folder.join("metadata/plain.json")).unwrap();
            symlink("deep/../plain.json", folder.join("metadata/detour.json")).unwrap();
        });
        assert_eq!(store.unwrap().metadata.keys().collect::<Vec<_>>(), ["detour", "plain"]);
    }

    #[test]
    fn a_file_is_spoiled_where_it_lies_and_removed_where_it_is_named() {
        let spoiled = |left: Left, history: &str| {
            let files = ["metadata/a%2Fb.json", "metadata/root_history/1.root.json"];
            store(&files, |folder| {
                let metadata = fs::canonicalize(folder.join("metadata")).unwrap();
                symlink("root_history/1.root.json", metadata.join("root.json")).unwrap();
                let spoil = |role: &str| spoil(&metadata, role, &|_| left.clone(), LIMITS);
                assert_eq!((spoil("root"), spoil("a/b"), spoil("targets")), (Ok(true), Ok(true), Ok(false)));
                assert_eq!(fs::read_to_string(metadata.join("root_history/1.root.json")).unwrap(), history);
            })
        };
        assert_eq!(spoiled(Left::File(b"6".to_vec()), "6").unwrap().metadata["root"], b"6");
        assert!(spoiled(Left::Nothing, "12345").unwrap().metadata.is_empty());
        assert!(spoiled(Left::Folder, "12345").unwrap().metadata.is_empty());
    }

    #[test]
    fn a_file_takes_the_place_of_the_folder_that_took_its_own() {
        let store = store(&["metadata/root.json"], |folder| {
            let metadata = fs::canonicalize(folder.join("metadata")).unwrap();
            assert_eq!(spoil(&metadata, "root", &|_| Left::Folder, LIMITS), Ok(true));
            assert!(metadata.join("root.json").is_dir());
            assert_eq!(spoil(&metadata, "root", &|_| Left::File(b"6".to_vec()), LIMITS), Ok(true));
        });
        assert_eq!(store.unwrap().metadata["root"], b"6");
    }

    #[test]
    fn target_files_keep_the_names_that_the_client_chose() {
        let store = store(&["targets/a/b.txt", "targets/c%2Fd"], |_| ()).unwrap();
        assert_eq!(store.targets.keys().collect::<Vec<_>>(), ["a/b.txt", "c%2Fd"]);
        assert_eq!(store.targets["a/b.txt"], b"12345");
    }

    #[test]
    fn a_link_that_leaves_the_store_or_leads_nowhere_is_told() {
        let link = |target: &'static str, name: &'static str| {
            problem(&["metadata/root.json"], |folder| symlink(target, folder.join(name)).unwrap())
        };
        assert_eq!(link("/etc/passwd", "metadata/targets.json"), r#""targets.json" is a link out of the folder"#);
        assert_eq!(link("/etc", "targets/x"), r#""x" is a link out of the folder"#);
        assert_eq!(link("../metadata/root.json", "targets/x"), r#""x" is a link out of the folder"#);
        assert_eq!(link("nothing", "metadata/x"), r#""x" is a link to nothing"#);
    }

    #[test]
    fn a_folder_that_became_a_link_is_told() {
        let problem = problem(&[], |folder| {
            fs::remove_dir(folder.join("targets")).unwrap();
            symlink("/etc", folder.join("targets")).unwrap();
        });
        assert_eq!(problem, r#""targets" is no longer a folder"#);
    }

    #[test]
    fn pipes_and_sockets_are_told_and_do_not_block() {
        let expected = r#""x" is neither a file nor a folder"#;
        let fifo = |path: &Path| mkfifoat(CWD, path, Mode::RWXU).unwrap();
        assert_eq!(problem(&[], |folder| fifo(&folder.join("metadata/x"))), expected);
        assert_eq!(problem(&[], |folder| drop(UnixListener::bind(folder.join("targets/x")).unwrap())), expected);
        let folder = tempfile::tempdir().unwrap();
        fifo(&folder.path().join("pipe"));
        assert_eq!(open(&folder.path().join("pipe")).unwrap_err().to_string(), "not a regular file");
    }

    #[test]
    fn too_large_too_much_and_too_many_are_told() {
        let grow = |folder: &Path| fs::write(folder.join("targets/x"), "12345678901").unwrap();
        assert_eq!(problem(&[], grow), r#""x" has more than 10 bytes"#);
        let names: Vec<String> = (0..9).map(|number| format!("targets/{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(problem(&names[..6], |_| ()), "more than 25 bytes in all");
        assert_eq!(problem(&names, |_| ()), "more than 8 files");
        assert!(store(&names[..5], |_| ()).is_ok());
    }

    #[test]
    fn two_files_for_one_role_are_told() {
        let problem = problem(&["metadata/a.json", "metadata/%61.json"], |_| ());
        assert_eq!(problem, r#"two files in the metadata folder are for the role "a""#);
    }
}
