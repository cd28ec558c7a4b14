//! Installs a released client and tells it to trust something that is no root.

use std::path::Path;

use adapter::released::{self, Installed, Program, Released};
use adapter::{Adapter, Endpoint, ProcessAdapter, ProgramOptions, SessionAdapter, Transport};
use jiff::Timestamp;
use suite::Suite;
use suite::observation::{Cause, Outcome};

const NO_ROOT: &[u8] = b"not a root";

/// Installs a client, which is complete and alone in its folder afterwards, and gives what was told meanwhile.
pub fn install(name: &str, cache: &Path) -> ((Released, Installed), Vec<String>) {
    let client = released::find(name).unwrap();
    let mut lines = Vec::new();
    let installed = client.install(cache, &mut |line| lines.push(line.to_owned())).unwrap();
    assert!(!lines.is_empty(), "the installation tells what it does");
    assert_eq!(client.installed(cache).as_ref(), Some(&installed));
    assert_eq!(std::fs::read_dir(installed.folder.parent().unwrap()).unwrap().count(), 2, "a lock and one version");
    ((client, installed), lines)
}

/// How it answers over the session protocol. It also says of itself what its manifest says.
pub fn answer((client, installed): &(Released, Installed)) -> Outcome {
    let adapter = SessionAdapter::new(options(installed.run.session.as_ref(), &[]), Transport::Session).unwrap();
    let info = client.manifest.info(&Suite::embedded().unwrap().register, Transport::Session).unwrap();
    assert_eq!(client.manifest.contradiction(&info, adapter.introduction()), None);
    adapter.start().unwrap().trust(&endpoint(), NO_ROOT).outcome
}

/// How it ends over the command-line protocol, with further arguments.
pub fn status((client, installed): &(Released, Installed), further: &[&str]) -> Outcome {
    let info = client.manifest.info(&Suite::embedded().unwrap().register, Transport::Process).unwrap();
    let adapter = ProcessAdapter::new(options(installed.run.process.as_ref(), further), info).unwrap();
    adapter.start().unwrap().trust(&endpoint(), NO_ROOT).outcome
}

/// The outcome of an exit status that is neither acceptance nor rejection.
pub const fn exit(code: i32) -> Outcome {
    Outcome::Error { cause: Cause::Exit { code } }
}

fn options(program: Option<&Program>, further: &[&str]) -> ProgramOptions {
    let program = program.unwrap();
    let mut options = ProgramOptions::new(&program.command);
    options.arguments.clone_from(&program.arguments);
    options.arguments.extend(further.iter().map(|&argument| argument.to_owned()));
    options
}

fn endpoint() -> Endpoint {
    // Nothing is fetched from there, and nobody would answer.
    Endpoint {
        metadata_url: "http://127.0.0.1:1/metadata".to_owned(),
        targets_url: "http://127.0.0.1:1/targets".to_owned(),
        now: Timestamp::UNIX_EPOCH,
        targets_mapping: None,
        map: None,
        repository: None,
    }
}
