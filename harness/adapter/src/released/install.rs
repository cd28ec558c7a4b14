//! Installs released clients.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::manifest::Install;
use super::{Library, Program, Released, Run, Tool, cargo, go, maven, node, python};

/// What the name of a folder begins with while a client is installed into it.
const UNFINISHED: &str = ".unfinished-";

/// The file that is locked while a client is installed.
const LOCK: &str = ".lock";

/// A released client that is ready to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// The folder that it is in.
    pub folder: PathBuf,
    /// How it is run, with the paths of this folder.
    pub run: Run,
}

/// Why a client could not be installed.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct InstallError {
    /// What went wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Released {
    /// The client in a cache folder, if this version of it and of its wrapper is there.
    pub fn installed(&self, cache: &Path) -> Option<Installed> {
        let folder = self.folder(cache).join(self.stamp());
        let run = fill(&self.manifest.run, folder.to_str()?);
        is_complete(&run).then_some(Installed { folder, run })
    }

    /// What has to be on the machine so that the client can be installed, as it answers.
    pub fn tools(&self) -> Vec<Tool> {
        match &self.manifest.install {
            Install::Python(_) => python::tools(),
            Install::Node => node::tools(),
            Install::Go => go::tools(),
            Install::Cargo => cargo::tools(),
            Install::Maven => maven::tools(),
        }
    }

    /// Installs the client into a cache folder, unless it is there, and tells what happens line by line.
    ///
    /// Everything is prepared in a folder of another name, so that an installation is either complete or not there.
    ///
    /// # Errors
    /// If it fails; what to do about it.
    pub fn install(&self, cache: &Path, progress: &mut dyn FnMut(&str)) -> Result<Installed, InstallError> {
        let parent = self.folder(cache);
        let error = |cause: io::Error| self.disk_error(&parent, &cause);
        if parent.to_str().is_none() {
            return Err(error(io::Error::other("its name is not UTF-8")));
        }
        fs::create_dir_all(&parent).map_err(error)?;
        let lock = File::create(parent.join(LOCK)).map_err(error)?;
        if let Err(TryLockError::WouldBlock) = lock.try_lock() {
            progress("waiting for another installation");
            lock.lock().map_err(error)?;
        }
        if let Some(installed) = self.installed(cache) {
            return Ok(installed);
        }
        let unfinished = tempfile::Builder::new().prefix(UNFINISHED).tempdir_in(&parent).map_err(error)?;
        self.write_files(unfinished.path()).map_err(error)?;
        let folder = unfinished.path();
        match &self.manifest.install {
            Install::Python(install) => {
                python::set_up(&folder.join("venv"), &folder.join(&install.requirements), progress)?;
            }
            Install::Node => node::set_up(folder, progress)?,
            Install::Go => go::set_up(folder, progress)?,
            Install::Cargo => cargo::set_up(folder, progress)?,
            Install::Maven => maven::set_up(folder, progress)?,
        }
        // What is left there of interrupted installations and of other versions.
        remove_others(&parent, unfinished.path()).map_err(error)?;
        fs::rename(unfinished.path(), parent.join(self.stamp())).map_err(error)?;
        self.installed(cache).ok_or_else(|| error(io::Error::other("the program is missing")))
    }

    fn folder(&self, cache: &Path) -> PathBuf {
        cache.join("clients").join(&self.manifest.name)
    }

    /// The name of the folder: the version, and a digest of everything that is installed.
    fn stamp(&self) -> String {
        let mut digest = Sha256::new();
        for (name, content) in &self.files {
            for part in [name.as_bytes(), content] {
                digest.update((part.len() as u64).to_be_bytes());
                digest.update(part);
            }
        }
        format!("{}-{}", self.manifest.version, hex::encode(&digest.finalize()[..6]))
    }

    fn write_files(&self, folder: &Path) -> io::Result<()> {
        self.files.iter().try_for_each(|(name, content)| fs::write(folder.join(name), content))
    }

    fn disk_error(&self, folder: &Path, cause: &io::Error) -> InstallError {
        InstallError {
            message: format!("cannot install `{}` into {}: {cause}", self.manifest.name, folder.display()),
            help: "free some space, or name another folder with TUF_COOKBOOK_CACHE".to_owned(),
        }
    }
}

/// Puts the folder into everything that is run.
fn fill(run: &Run, folder: &str) -> Run {
    let fill = |text: &String| text.replace("{folder}", folder);
    let program = |program: &Program| Program {
        command: fill(&program.command),
        arguments: program.arguments.iter().map(fill).collect(),
    };
    Run {
        session: run.session.as_ref().map(program),
        process: run.process.as_ref().map(program),
        library: run.library.as_ref().map(|library| Library { path: fill(&library.path) }),
    }
}

/// Whether everything that is run is there.
fn is_complete(run: &Run) -> bool {
    let programs = [&run.session, &run.process].into_iter().flatten().map(|program| &program.command);
    let mut paths = programs.chain(run.library.iter().map(|library| &library.path));
    paths.all(|path| Path::new(path).is_file())
}

/// Removes the folders beside one.
fn remove_others(parent: &Path, keep: &Path) -> io::Result<()> {
    for entry in fs::read_dir(parent)? {
        let path = entry?.path();
        if path != keep && path.is_dir() {
            fs::remove_dir_all(path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::released::find;

    #[test]
    fn what_is_not_there_or_lacks_its_program_is_not_installed() {
        let (client, cache) = (find("python-tuf").unwrap(), tempfile::tempdir().unwrap());
        assert_eq!(client.installed(cache.path()), None);
        let bin = client.folder(cache.path()).join(client.stamp()).join("venv/bin");
        fs::create_dir_all(&bin).unwrap();
        assert_eq!(client.installed(cache.path()), None);
        fs::write(bin.join("python"), "").unwrap();
        let installed = client.installed(cache.path()).unwrap();
        let session = installed.run.session.unwrap();
        assert_eq!(Path::new(&session.command), bin.join("python"));
        assert_eq!(session.arguments.last(), Some(&installed.folder.join("client.py").to_str().unwrap().to_owned()));
    }

    #[test]
    fn another_version_or_wrapper_is_not_taken_for_this_one() {
        let mut client = find("python-tuf").unwrap();
        let stamp = client.stamp();
        assert!(stamp.starts_with(&format!("{}-", client.manifest.version)));
        client.manifest.version = "0.1".to_owned();
        assert!(client.stamp().starts_with("0.1-") && client.stamp() != stamp);
    }

    #[test]
    fn a_cache_that_cannot_be_written_is_told_with_a_remedy() {
        let client = find("python-tuf").unwrap();
        let error = client.install(Path::new("/dev/null"), &mut |_| ()).unwrap_err();
        assert!(error.message.starts_with("cannot install `python-tuf` into /dev/null/clients/python-tuf: "));
        assert!(error.help.contains("TUF_COOKBOOK_CACHE"));
    }
}
