//! A client under test: the command-line protocol on top of the public API of tough.
//!
//! Exit status: 0 if the client did what it was told; 1 if it refused; 2 for wrong arguments; 3 if a file or folder of
//! its own could not be read or written. A panic has 101, from Rust itself: a crash must never look like a refusal.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand, error::ErrorKind};
use client::operations::{Failure, download, is_refusal, refresh, trust};
use url::Url;

const REFUSED: u8 = 1;
const BROKEN: u8 = 3;

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

async fn run(arguments: Arguments) -> Result<(), Failure> {
    let Arguments { metadata_dir: metadata, metadata_url, target_name: names, target_base_url, target_dir, .. } =
        arguments;
    match (arguments.command, metadata_url, target_base_url, target_dir) {
        (Command::Init { trusted_root }, ..) => trust(&metadata, &trusted_root),
        (Command::Refresh, Some(url), ..) => refresh(&metadata, url.clone(), url).await.map(drop),
        (Command::Download, Some(url), Some(targets_url), Some(folder)) if !names.is_empty() => {
            download(&refresh(&metadata, url, targets_url).await?, &names, &folder).await
        }
        _ => Arguments::command().error(ErrorKind::MissingRequiredArgument, "the command needs more options").exit(),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Err(failure) = run(Arguments::parse()).await else { return ExitCode::SUCCESS };
    eprintln!("{failure}");
    ExitCode::from(if is_refusal(&failure) { REFUSED } else { BROKEN })
}
