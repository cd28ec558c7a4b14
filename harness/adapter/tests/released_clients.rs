//! Clients that are installed from other registries than Python's, and run. `cargo test -- --ignored` plays it.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod installed;

use installed::{answer, exit, install, status};
use suite::observation::Outcome;

const REFUSED: Outcome = Outcome::Rejected { reason: None };

#[test]
#[ignore = "needs Node and an npm registry"]
fn tuf_js_is_installed_and_tells_a_refusal_from_a_crash() {
    let cache = tempfile::tempdir().unwrap();
    let (client, _) = install("tuf-js", cache.path());
    assert!(matches!(answer(&client), Outcome::Rejected { .. }), "{:?}", answer(&client));
    assert_eq!(status(&client, &[]), REFUSED);
    assert_eq!(status(&client, &["--unknown"]), exit(2));
    std::fs::remove_dir_all(client.1.folder.join("node_modules/tuf-js")).unwrap();
    assert!(status(&client, &[]).is_reported());
}

#[test]
#[ignore = "needs Go and a module proxy"]
fn go_tuf_is_installed_and_tells_a_refusal_from_wrong_usage() {
    let cache = tempfile::tempdir().unwrap();
    let (client, _) = install("go-tuf", cache.path());
    assert!(matches!(answer(&client), Outcome::Rejected { .. }), "{:?}", answer(&client));
    assert_eq!(status(&client, &[]), REFUSED);
    assert_eq!(status(&client, &["--unknown"]), exit(2));
}

#[test]
#[ignore = "needs Cargo, its registry, a C compiler, and minutes"]
fn tough_is_installed_and_tells_a_refusal_from_wrong_usage() {
    let cache = tempfile::tempdir().unwrap();
    let (client, _) = install("tough", cache.path());
    assert!(!client.1.folder.join("target").exists(), "what the build needed is removed");
    assert!(matches!(answer(&client), Outcome::Rejected { .. }), "{:?}", answer(&client));
    assert_eq!(status(&client, &[]), REFUSED);
    assert_eq!(status(&client, &["--unknown"]), exit(2));
}
