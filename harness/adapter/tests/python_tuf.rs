//! python-tuf, installed from a package index and run. `cargo test -- --ignored` plays it.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod installed;

use installed::{answer, exit, install, status};
use suite::observation::Outcome;

#[test]
#[ignore = "needs Python and a package index"]
fn python_tuf_is_installed_and_tells_a_refusal_from_a_crash() {
    let cache = tempfile::tempdir().unwrap();
    let (client, lines) = install("python-tuf", cache.path());
    assert!(lines.iter().any(|line| line.starts_with("Successfully installed ")), "{lines:?}");
    assert!(matches!(answer(&client), Outcome::Rejected { .. }), "{:?}", answer(&client));
    assert_eq!(status(&client, &[]), Outcome::Rejected { reason: None });
    assert_eq!(status(&client, &["--unknown"]), exit(2));
    std::fs::rename(client.1.folder.join("venv/lib"), client.1.folder.join("venv/gone")).unwrap();
    assert!(status(&client, &[]).is_reported());
}
