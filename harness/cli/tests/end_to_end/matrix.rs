//! All released clients in one run. The cache is empty, or holds what only pretends to be a client.

use crate::program::{Ended, command};

fn all(cache: &std::path::Path, options: &[&str]) -> Ended {
    let arguments = [&["run", "rollback/timestamp-replay", "--client", "all"], options].concat();
    command(&arguments).env("TUF_COOKBOOK_CACHE", cache).output().unwrap().into()
}

#[test]
fn without_any_client_nothing_is_known_and_how_to_get_each_is_told() {
    let cache = tempfile::tempdir().unwrap();
    let ended = all(cache.path(), &[]);
    assert_eq!(ended.status, Some(2), "{ended:#?}");
    for name in ["go-tuf", "python-tuf", "tough", "tuf-js"] {
        assert!(ended.stdout.contains(&format!("tuf-cookbook client install {name}")), "{}", ended.stdout);
    }
    assert!(!ended.stdout.contains("tough-0.19.0"), "older versions are not played: {}", ended.stdout);
}

#[test]
fn the_report_for_programs_has_every_client_in_it() {
    let cache = tempfile::tempdir().unwrap();
    let ended = all(cache.path(), &["--format", "json"]);
    let matrix = report::matrix::json::read(&ended.stdout).unwrap();
    assert!(matrix.clients.is_empty());
    assert!(matrix.not_played.len() >= 7, "{:#?}", matrix.not_played);
    assert_eq!(matrix.selection, ["rollback/timestamp-replay"]);
    assert_eq!(matrix.reproduce, ["tuf-cookbook", "run", "--client", "all"]);
}

#[test]
fn a_list_of_deviations_is_of_one_client() {
    let cache = tempfile::tempdir().unwrap();
    all(cache.path(), &["--baseline", "x.toml"]).assert_refused(&["--baseline is for one client"]);
}
