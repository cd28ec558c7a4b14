//! A client under test: the command-line protocol on top of the public API of tough.
//!
//! Exit status: 0 if the client did what it was told; 1 if it refused; 2 for wrong arguments; 3 if a file or folder of
//! its own could not be read or written; 101, from Rust itself, for a panic. A crash must never look like a refusal.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{CommandFactory, Parser, Subcommand, error::ErrorKind};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tough::error::Error;
use tough::schema::{Root, Signed};
use tough::{DefaultTransport, HttpTransportBuilder, Prefix, Repository, RepositoryLoader, TargetName};
use url::Url;

const REFUSED: u8 = 1;
const BROKEN: u8 = 3;

/// What tough does not escape in the file name of a delegated role.
const ESCAPED: AsciiSet = NON_ALPHANUMERIC.remove(b'_').remove(b'.').remove(b'-').remove(b'~');

#[derive(Parser)]
struct Arguments {
    #[arg(long)]
    metadata_dir: PathBuf,
    #[arg(long)]
    metadata_url: Option<Url>,
    #[arg(long)]
    target_name: Vec<String>,
    #[arg(long)]
    target_base_url: Option<Url>,
    #[arg(long)]
    target_dir: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Init { trusted_root: PathBuf },
    Refresh,
    Download,
}

/// Why the client did not do what it was told.
enum Failure {
    Refused(String),
    Broken(String),
}

impl From<Error> for Failure {
    /// Every error of tough is a refusal, but for trouble with the client's own files.
    fn from(error: Error) -> Self {
        let text = error.to_string();
        match error {
            Error::AbsolutePath { .. }
            | Error::DatastoreCreate { .. }
            | Error::DatastoreInit { .. }
            | Error::DatastoreOpen { .. }
            | Error::DatastoreRemove { .. }
            | Error::DatastoreSerialize { .. }
            | Error::DirCreate { .. }
            | Error::FileWrite { .. }
            | Error::NamedTempFileCreate { .. }
            | Error::NamedTempFilePersist { .. }
            | Error::SaveTargetOutdir { .. }
            | Error::SaveTargetOutdirCanonicalize { .. } => Self::Broken(text),
            _ => Self::Refused(text),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

/// Trusts a root. tough checks one only while it updates, so that this uses its types instead.
fn init(metadata: &Path, trusted_root: &Path) -> Result<(), Failure> {
    let bytes = fs::read(trusted_root)?;
    let root: Signed<Root> = serde_json::from_slice(&bytes).map_err(|error| Failure::Refused(error.to_string()))?;
    root.signed.verify_role(&root).map_err(|error| Failure::Refused(error.to_string()))?;
    Ok(fs::write(metadata.join("root.json"), bytes)?)
}

/// Brings all metadata up to date, that of delegated roles included, from what `init` and later calls have stored.
async fn refresh(metadata: &Path, metadata_url: Url, targets_url: Url) -> Result<Repository, Failure> {
    let root = fs::read(metadata.join("root.json"))?;
    // tough waits for as long as this before every request, the first one included.
    let settings = HttpTransportBuilder::new().initial_backoff(Duration::from_millis(1));
    let transport = DefaultTransport::new_with_http_settings(settings);
    let loader = RepositoryLoader::new(&root, metadata_url, targets_url).datastore(metadata).transport(transport);
    let repository = loader.load().await?;
    show_delegated(&repository, metadata)?;
    Ok(repository)
}

/// Copies the metadata of delegated roles to names without a version, where it is looked for. tough never reads it again.
fn show_delegated(repository: &Repository, metadata: &Path) -> io::Result<()> {
    if !repository.root().signed.consistent_snapshot {
        return Ok(());
    }
    for (file, described) in &repository.snapshot().signed.meta {
        let name = utf8_percent_encode(file, &ESCAPED).to_string();
        let stored = metadata.join(format!("{}.{name}", described.version));
        if stored.is_file() {
            fs::copy(stored, metadata.join(name))?;
        }
    }
    Ok(())
}

/// Downloads target files, in order and from one repository.
async fn download(repository: &Repository, names: &[String], folder: &Path) -> Result<(), Failure> {
    for name in names {
        repository.save_target(&TargetName::new(name)?, folder, Prefix::None).await?;
    }
    Ok(())
}

async fn run(arguments: Arguments) -> Result<(), Failure> {
    let Arguments { metadata_dir: metadata, metadata_url, target_name: names, target_base_url, target_dir, .. } =
        arguments;
    match (arguments.command, metadata_url, target_base_url, target_dir) {
        (Command::Init { trusted_root }, ..) => init(&metadata, &trusted_root),
        (Command::Refresh, Some(url), ..) => refresh(&metadata, url.clone(), url).await.map(drop),
        (Command::Download, Some(url), Some(targets_url), Some(folder)) if !names.is_empty() => {
            download(&refresh(&metadata, url, targets_url).await?, &names, &folder).await
        }
        _ => Arguments::command().error(ErrorKind::MissingRequiredArgument, "the command needs more options").exit(),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let (text, status) = match run(Arguments::parse()).await {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Refused(text)) => (text, REFUSED),
        Err(Failure::Broken(text)) => (text, BROKEN),
    };
    eprintln!("{text}");
    ExitCode::from(status)
}
