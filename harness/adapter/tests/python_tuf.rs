//! python-tuf, installed from a package index and run. `cargo test -- --ignored` plays it.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use adapter::{Adapter, ProcessAdapter, ProcessOptions, released};
use suite::Suite;
use suite::observation::{Cause, Outcome};

#[test]
#[ignore = "needs Python and a package index"]
fn python_tuf_is_installed_and_tells_a_refusal_from_a_crash() {
    let cache = tempfile::tempdir().unwrap();
    let client = released::find("python-tuf").unwrap();
    let mut lines = Vec::new();
    let installed = client.install(cache.path(), &mut |line| lines.push(line.to_owned())).unwrap();
    assert!(lines.iter().any(|line| line.starts_with("Successfully installed ")), "{lines:?}");
    assert_eq!(client.installed(cache.path()).as_ref(), Some(&installed));
    assert_eq!(std::fs::read_dir(installed.folder.parent().unwrap()).unwrap().count(), 2, "a lock and one version");

    let info = client.manifest.info(&Suite::embedded().unwrap().register).unwrap();
    let mut options = ProcessOptions::new(&installed.command, info);
    options.arguments.clone_from(&installed.arguments);
    let outcome = |options: &ProcessOptions| {
        ProcessAdapter::new(options.clone()).unwrap().start().unwrap().trust(b"not a root").outcome
    };
    assert_eq!(outcome(&options), Outcome::Rejected { reason: None });
    options.arguments.push("--unknown".to_owned());
    assert_eq!(outcome(&options), Outcome::Error { cause: Cause::Exit { code: 2 } });
    options.arguments.clone_from(&installed.arguments);
    std::fs::rename(installed.folder.join("venv/lib"), installed.folder.join("venv/gone")).unwrap();
    assert_eq!(outcome(&options), Outcome::Error { cause: Cause::Exit { code: 3 } });
}
