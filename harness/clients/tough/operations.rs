//! What a client under test is told to do, on top of the public API of tough.

use std::{fs, io, path::Path, time::Duration};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tough::error::Error::{self, NamedTempFilePersist, SaveTargetOutdir, SystemTimeSteppedBackward};
use tough::schema::{Root, Signed};
use tough::{DefaultTransport, HttpTransportBuilder, Prefix, Repository, RepositoryLoader, TargetName};
use url::Url;

/// What tough does not escape in the file name of a delegated role.
const ESCAPED: AsciiSet = NON_ALPHANUMERIC.remove(b'_').remove(b'.').remove(b'-').remove(b'~');

/// Why the client did not do what it was told.
pub type Failure = Box<dyn std::error::Error>;

/// Whether the client refused what the repository served. If not, something of its own is broken.
pub fn is_refusal(failure: &Failure) -> bool {
    match failure.downcast_ref::<Error>() {
        Some(NamedTempFilePersist { .. } | SaveTargetOutdir { .. } | SystemTimeSteppedBackward { .. }) => false,
        // Trouble with files has this cause. That with the network has a type of its own in between.
        Some(error) => !std::error::Error::source(error).is_some_and(|cause| cause.is::<io::Error>()),
        None => !failure.is::<io::Error>(),
    }
}

/// Trusts a root. tough checks one only while it updates, so that this uses its types instead.
pub fn trust(metadata: &Path, trusted_root: &Path) -> Result<(), Failure> {
    let bytes = fs::read(trusted_root)?;
    let root: Signed<Root> = serde_json::from_slice(&bytes)?;
    root.signed.verify_role(&root)?;
    Ok(fs::write(metadata.join("root.json"), bytes)?)
}

/// Brings all metadata up to date, that of delegated roles included, from what `trust` and later calls have stored.
pub async fn refresh(metadata: &Path, metadata_url: Url, targets_url: Url) -> Result<Repository, Failure> {
    let root = fs::read(metadata.join("root.json"))?;
    // tough waits for as long as this before every request, the first one included.
    let settings = HttpTransportBuilder::new().initial_backoff(Duration::from_millis(1));
    let transport = DefaultTransport::new_with_http_settings(settings);
    let loader = RepositoryLoader::new(&root, metadata_url, targets_url).datastore(metadata).transport(transport);
    let repository = loader.load().await?;
    // Delegated roles are looked for under names without a version. tough does not read these copies.
    for (file, described) in &repository.snapshot().signed.meta {
        let name = utf8_percent_encode(file, &ESCAPED).to_string();
        let stored = metadata.join(format!("{}.{name}", described.version));
        if repository.root().signed.consistent_snapshot && stored.is_file() {
            fs::copy(stored, metadata.join(name))?;
        }
    }
    Ok(repository)
}

/// Downloads target files, in order and from one repository.
pub async fn download(repository: &Repository, names: &[String], folder: &Path) -> Result<(), Failure> {
    for name in names {
        repository.save_target(&TargetName::new(name)?, folder, Prefix::None).await?;
    }
    Ok(())
}
