//! What a client under test is told to do, on top of the public API of sigstore-tuf.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Deserialize;
use sigstore_tuf::{Error, FileStore, HttpRepository, MetadataStore, TrustedMetadataSet, Updater};

/// Where the client works, and when; and what it downloads, if anything.
#[derive(Deserialize)]
pub struct Work {
    now: Timestamp,
    metadata_dir: PathBuf,
    targets_dir: PathBuf,
    metadata_url: String,
    targets_url: String,
    #[serde(default)]
    targets: Vec<String>,
}

/// Why the client did not do what it was told.
pub type Failure = Box<dyn std::error::Error>;

/// Whether the client refused what the repository served. If not, something of its own is broken.
pub fn is_refusal(failure: &Failure) -> bool {
    failure.downcast_ref().is_some_and(|error| !matches!(error, Error::Io { .. } | Error::NotRefreshed))
}

/// The file store of sigstore-tuf, but with the target files in a folder of their own.
struct Store {
    metadata: FileStore,
    targets: FileStore,
}

impl MetadataStore for Store {
    fn load(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        name.strip_prefix("targets/").map_or_else(|| self.metadata.load(name), |name| self.targets.load(name))
    }

    fn store(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let target = name.strip_prefix("targets/");
        target.map_or_else(|| self.metadata.store(name, bytes), |name| self.targets.store(name, bytes))
    }
}

/// Trusts a root.
pub fn trust(metadata: &Path, root: &Path) -> Result<(), Failure> {
    let bytes = fs::read(root)?;
    TrustedMetadataSet::from_root(&bytes)?;
    Ok(fs::write(metadata.join("root.json"), bytes)?)
}

/// Brings the top-level metadata up to date. Then downloads the target files, in order, unless they are there already.
pub async fn update(work: Work) -> Result<(), Failure> {
    let root = fs::read(work.metadata_dir.join("root.json"))?;
    let repository = HttpRepository::new(&work.metadata_url)?.with_targets_base(&work.targets_url)?;
    let store = Store { metadata: FileStore::new(work.metadata_dir), targets: FileStore::new(work.targets_dir) };
    let mut updater = Updater::new(repository, &root)?.with_store(store);
    updater.refresh(work.now).await?;
    for target in &work.targets {
        updater.get_target(target, work.now).await?;
    }
    Ok(())
}
