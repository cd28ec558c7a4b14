//! What a client under test is told to do, on top of the public API of rust-tuf.

use std::io::ErrorKind::{InvalidData, Other, TimedOut};
use std::{fs, path::Path, path::PathBuf};

use chrono::{DateTime, Utc};
use serde::Deserialize;
use tuf::client::{Client, Config};
use tuf::metadata::{RawSignedMetadata, TargetPath};
use tuf::pouf::Pouf1;
use tuf::repository::{FileSystemRepositoryBuilder, HttpRepositoryBuilder};
use tuf::{Database, Error};
use url::Url;

/// Where the client works, and when; and what it downloads, if anything.
#[derive(Deserialize)]
pub struct Work {
    now: DateTime<Utc>,
    metadata_dir: PathBuf,
    targets_dir: PathBuf,
    metadata_url: Url,
    targets_url: Url,
    targets: Option<Vec<String>>,
}

/// Whether the client refused what the repository served. If not, something of its own is broken.
pub fn is_refusal(error: &Error) -> bool {
    match error {
        // A wrong hash or length is the first, trouble with the network one of the others. Files have other kinds.
        Error::Io(err) | Error::IoPath { err, .. } => matches!(err.kind(), InvalidData | Other | TimedOut),
        _ => !matches!(error, Error::IllegalArgument(_) | Error::Opaque(_) | Error::MissingPrivateKey { .. }),
    }
}

/// Trusts a root.
pub fn trust(metadata: &Path, root: &Path) -> Result<(), Error> {
    let bytes = fs::read(root)?;
    Database::<Pouf1>::from_trusted_root(&RawSignedMetadata::new(bytes.clone()))?;
    Ok(fs::write(metadata.join("root.json"), bytes)?)
}

/// Reads what is stored, for as long as it is good. `Client::with_trusted_root` does so by the time of the system.
fn stored(metadata: &Path, now: &DateTime<Utc>) -> Result<Database<Pouf1>, Error> {
    let read = |role| fs::read(metadata.join(format!("{role}.json")));
    let mut database = Database::from_trusted_root(&RawSignedMetadata::new(read("root")?))?;
    let mut read_all = || -> Result<(), Error> {
        database.update_timestamp(now, &RawSignedMetadata::new(read("timestamp")?))?;
        database.update_snapshot(now, &RawSignedMetadata::new(read("snapshot")?))?;
        database.update_targets(now, &RawSignedMetadata::new(read("targets")?)).map(drop)
    };
    read_all().unwrap_or_else(|error| eprintln!("stored metadata: {error}"));
    Ok(database)
}

/// Brings the top-level metadata up to date. Then downloads the target files, in order and with one client.
pub async fn update(work: Work) -> Result<(), Error> {
    let database = stored(&work.metadata_dir, &work.now)?;
    let local =
        FileSystemRepositoryBuilder::new("/").metadata_prefix(work.metadata_dir).targets_prefix(work.targets_dir);
    // The API has one URL, of the host of both, and their paths as prefixes.
    let mut host = work.metadata_url.clone();
    host.set_path("");
    let segments = |url: &Url| url.path_segments().into_iter().flatten().map(str::to_owned).collect();
    let remote = HttpRepositoryBuilder::new(host, hyper::Client::new());
    let remote =
        remote.metadata_prefix(segments(&work.metadata_url)).targets_prefix(segments(&work.targets_url)).build();
    let mut client = Client::from_database(Config::default(), database, local.build(), remote);
    client.update_with_start_time(&work.now).await?;
    for target in work.targets.into_iter().flatten() {
        client.fetch_target_to_local_with_start_time(&TargetPath::new(target)?, &work.now).await?;
    }
    Ok(())
}
