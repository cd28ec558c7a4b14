//! The client as a process: the command-line protocol of the community's conformance suite.
//!
//! Exit status 0: done. 1: refused, with the reason on standard error. 2: wrong usage.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::Timestamp;
use suite::Suite;

use crate::session::SessionClient;
use crate::{DirStore, Fault, FaultSet, HttpTransport, Limits, Refusal, Tap, TapSet, Updater};

/// The arguments of the protocol. Options may stand before or after the command.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Where the client keeps the metadata that it trusts.
    #[arg(long, global = true, value_name = "DIR")]
    metadata_dir: Option<PathBuf>,
    /// The base URL of metadata files.
    #[arg(long, global = true, value_name = "URL")]
    metadata_url: Option<String>,
    /// A target to download, by its target path. May be repeated.
    #[arg(long, global = true, value_name = "PATH")]
    target_name: Vec<String>,
    /// The base URL of target files.
    #[arg(long, global = true, value_name = "URL")]
    target_base_url: Option<String>,
    /// Where the client keeps target files.
    #[arg(long, global = true, value_name = "DIR")]
    target_dir: Option<PathBuf>,
    /// A file with the targets role to start from instead of the one that root lists, in the form of TAP 13.
    #[arg(long, global = true, value_name = "FILE")]
    targets_mapping: Option<PathBuf>,
    /// A fault that the client has. May be repeated.
    #[arg(long = "fault", global = true, value_name = "ID", value_parser = parse_fault)]
    faults: Vec<Fault>,
    /// Takes key identifiers for names that whoever delegates has chosen, as TAP 12 says and section 4.3 does not.
    #[arg(long, global = true)]
    tap12: bool,
    #[command(subcommand)]
    command: Command,
}

/// Which protocol it speaks.
#[derive(Debug, Subcommand)]
enum Command {
    #[command(flatten)]
    Process(ProcessCommand),
    /// Speaks the session protocol on standard input and output instead.
    Session,
}

#[derive(Debug, Subcommand)]
enum ProcessCommand {
    /// Starts from a trusted root metadata file.
    Init {
        /// The file.
        trusted_root: PathBuf,
    },
    /// Brings the metadata of the top-level roles up to date.
    Refresh,
    /// Refreshes the metadata and downloads the targets, in order.
    Download,
}

fn parse_fault(id: &str) -> Result<Fault, String> {
    Fault::parse(id).ok_or_else(|| format!("there is no fault {id:?}"))
}

/// What went wrong.
enum Failure {
    Usage(String),
    Refused(Refusal),
}

/// Runs one command of the protocol and gives the exit status.
pub fn run(arguments: Arguments) -> u8 {
    let (status, message) = match execute(arguments) {
        Ok(()) => return 0,
        Err(Failure::Refused(refusal)) => (1, format!("refused: {refusal}")),
        Err(Failure::Usage(message)) => (2, format!("error: {message}")),
    };
    eprintln!("{}", printable(&message));
    status
}

fn execute(arguments: Arguments) -> Result<(), Failure> {
    let needed = |option: &str| Failure::Usage(format!("this command needs the option {option}"));
    let faults: FaultSet = arguments.faults.into_iter().collect();
    let Command::Process(command) = arguments.command else { return session(faults, arguments.tap12) };
    let followed = |tap: &&Tap| !tap.contradicts_specification() || **tap == Tap::OpaqueKeyids && arguments.tap12;
    let taps = Tap::ALL.iter().filter(followed).fold(TapSet::empty(), |taps, tap| taps.with(*tap));
    let faults = faults.following(taps);
    let metadata_dir = arguments.metadata_dir.ok_or_else(|| needed("--metadata-dir"))?;
    let mapping = arguments.targets_mapping.map(|path| {
        let told = read_bounded(&path);
        told.map_err(|error| Failure::Usage(format!("cannot read the mapping {}: {error}", path.display())))
    });
    let mapping = mapping.transpose()?;
    let client = |metadata_url: String, targets_url: String, target_dir| {
        let store = DirStore::new(metadata_dir, target_dir);
        let mut client = Updater::new(HttpTransport::new(metadata_url, targets_url), store, faults);
        client.start_from(mapping);
        client
    };
    match command {
        ProcessCommand::Init { trusted_root } => {
            let root = read_bounded(&trusted_root).map_err(|error| {
                Failure::Usage(format!("cannot read the trusted root {}: {error}", trusted_root.display()))
            })?;
            client(String::new(), String::new(), None).trust(&root).map_err(Failure::Refused)
        }
        ProcessCommand::Refresh => {
            let metadata_url = arguments.metadata_url.ok_or_else(|| needed("--metadata-url"))?;
            client(metadata_url, String::new(), None).refresh(Timestamp::now()).map_err(Failure::Refused)
        }
        ProcessCommand::Download => {
            let metadata_url = arguments.metadata_url.ok_or_else(|| needed("--metadata-url"))?;
            let targets_url = arguments.target_base_url.ok_or_else(|| needed("--target-base-url"))?;
            let target_dir = arguments.target_dir.ok_or_else(|| needed("--target-dir"))?;
            if arguments.target_name.is_empty() {
                return Err(needed("--target-name"));
            }
            let mut client = client(metadata_url, targets_url, Some(target_dir));
            client.download(Timestamp::now(), &arguments.target_name).map_err(Failure::Refused)
        }
    }
}

/// Which features it claims is part of the register.
fn session(faults: FaultSet, tap12: bool) -> Result<(), Failure> {
    let suite = Suite::embedded().map_err(|error| Failure::Usage(error.to_string()))?;
    let client = SessionClient::new(&suite.register, faults);
    let client = if tap12 { client.following(Tap::OpaqueKeyids) } else { client };
    crate::session::run(client).map_err(|error| Failure::Usage(error.to_string()))
}

/// No more is read than a root may have. What is cut off is refused later.
fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(Limits::default().root + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Messages quote what came from a repository: nothing in them may act on a terminal.
fn printable(message: &str) -> String {
    message.chars().fold(String::new(), |mut text, c| {
        match c {
            '"' | '\'' | '\\' => text.push(c),
            // Writing to a string does not fail.
            _ => drop(write!(text, "{}", c.escape_debug())),
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    /// The client as one command of several.
    #[derive(Debug, Parser)]
    enum Cli {
        Client(Arguments),
    }

    fn parse(arguments: &[&str]) -> Result<Arguments, clap::Error> {
        let Cli::Client(arguments) = Cli::try_parse_from([&["program", "client"], arguments].concat())?;
        Ok(arguments)
    }

    fn status(arguments: &[&str]) -> u8 {
        run(parse(arguments).unwrap())
    }

    #[test]
    fn options_may_stand_before_and_after_the_command() {
        for arguments in [
            ["--target-name", "a", "--target-name", "b", "--metadata-dir", "m", "download"],
            ["download", "--target-name", "a", "--target-name", "b", "--metadata-dir", "m"],
        ] {
            let parsed = parse(&arguments).unwrap();
            assert_eq!(parsed.target_name, ["a", "b"]);
            assert_eq!(parsed.metadata_dir, Some(PathBuf::from("m")));
        }
    }

    #[test]
    fn wrong_usage_is_told_apart_from_a_refusal() {
        let folder = tempfile::tempdir().unwrap();
        let metadata = folder.path().join("metadata").into_os_string().into_string().unwrap();
        let root = folder.path().join("root.json");
        std::fs::write(&root, "{}").unwrap();
        assert_eq!(status(&["refresh"]), 2);
        assert_eq!(status(&["--metadata-dir", &metadata, "refresh"]), 2);
        assert_eq!(status(&["--metadata-dir", &metadata, "--metadata-url", "http://127.0.0.1:1", "refresh"]), 1);
        assert_eq!(status(&["--metadata-dir", &metadata, "init", root.to_str().unwrap()]), 1);
        assert!(parse(&["--fault", "no-such-fault", "refresh"]).is_err());
    }

    #[test]
    fn what_is_printed_cannot_act_on_a_terminal() {
        assert_eq!(printable("role \"a\u{1b}[2J\u{202e}é\""), "role \"a\\u{1b}[2J\\u{202e}é\"");
    }
}
