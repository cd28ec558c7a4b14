//! Clients that are installed from other registries than Python's, and run. `cargo test -- --ignored` plays it.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;

use adapter::released::{self, Installed, Released};
use adapter::{Adapter, ProcessAdapter, ProcessOptions};
use suite::Suite;
use suite::observation::{Cause, Outcome};

/// Installs a client, which is complete and alone in its folder afterwards.
fn install(name: &str, cache: &Path) -> (Released, Installed) {
    let client = released::find(name).unwrap();
    let mut lines = Vec::new();
    let installed = client.install(cache, &mut |line| lines.push(line.to_owned())).unwrap();
    assert!(!lines.is_empty(), "the installation tells what it does");
    assert_eq!(client.installed(cache).as_ref(), Some(&installed));
    assert_eq!(std::fs::read_dir(installed.folder.parent().unwrap()).unwrap().count(), 2, "a lock and one version");
    (client, installed)
}

/// How the client answers when it is told to trust something that is no root.
fn answer((client, installed): &(Released, Installed), further: &[&str]) -> Outcome {
    let info = client.manifest.info(&Suite::embedded().unwrap().register).unwrap();
    let mut options = ProcessOptions::new(&installed.command, info);
    options.arguments.clone_from(&installed.arguments);
    options.arguments.extend(further.iter().map(|&argument| argument.to_owned()));
    ProcessAdapter::new(options).unwrap().start().unwrap().trust(b"not a root").outcome
}

const REFUSED: Outcome = Outcome::Rejected { reason: None };

const fn exit(code: i32) -> Outcome {
    Outcome::Error { cause: Cause::Exit { code } }
}

#[test]
#[ignore = "needs Node and an npm registry"]
fn tuf_js_is_installed_and_tells_a_refusal_from_a_crash() {
    let cache = tempfile::tempdir().unwrap();
    let client = install("tuf-js", cache.path());
    assert_eq!(answer(&client, &[]), REFUSED);
    assert_eq!(answer(&client, &["--unknown"]), exit(2));
    std::fs::remove_dir_all(client.1.folder.join("node_modules/tuf-js")).unwrap();
    assert_eq!(answer(&client, &[]), exit(3));
}

#[test]
#[ignore = "needs Go and a module proxy"]
fn go_tuf_is_installed_and_tells_a_refusal_from_wrong_usage() {
    let cache = tempfile::tempdir().unwrap();
    let client = install("go-tuf", cache.path());
    assert_eq!(answer(&client, &[]), REFUSED);
    assert_eq!(answer(&client, &["--unknown"]), exit(2));
}

#[test]
#[ignore = "needs Cargo, its registry, a C compiler, and minutes"]
fn tough_is_installed_and_tells_a_refusal_from_wrong_usage() {
    let cache = tempfile::tempdir().unwrap();
    let client = install("tough", cache.path());
    assert!(!client.1.folder.join("target").exists(), "what the build needed is removed");
    assert_eq!(answer(&client, &[]), REFUSED);
    assert_eq!(answer(&client, &["--unknown"]), exit(2));
}
