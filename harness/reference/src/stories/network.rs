//! Hostile servers, and a store that was damaged.

use std::time::Duration;

use jiff::ToSpan;
use serde_json::json;

use super::Story;
use super::format::start;
use crate::test_repository::{Odd, Play, sha256};

/// More than any client needs.
const LARGE: u64 = 100 << 20;

pub(super) const ALL: &[Story] = &[
    |play| next(play, "2.root.json", Odd { padding: LARGE, ..Odd::default() }),
    |play| next(play, "timestamp.json", Odd { padding: LARGE, ..Odd::default() }),
    |play| next(play, "2.snapshot.json", Odd { padding: LARGE, ..Odd::default() }),
    |play| next(play, "2.targets.json", Odd { padding: LARGE, ..Odd::default() }),
    a_long_delegated_file,
    a_file_that_goes_on_after_its_listed_length,
    |play| target(play, Odd { padding: LARGE, ..Odd::default() }),
    |play| next(play, "2.root.json", Odd { status: Some(404), padding: LARGE, ..Odd::default() }),
    |play| next(play, "2.root.json", Odd { is_compressed: true, padding: LARGE, ..Odd::default() }),
    |play| next(play, "timestamp.json", Odd { is_compressed: true, ..Odd::default() }),
    |play| next(play, "timestamp.json", Odd { takes: Duration::from_mins(1), ..Odd::default() }),
    |play| next(play, "timestamp.json", Odd { takes: Duration::from_secs(1), ..Odd::default() }),
    a_timestamp_that_expires_on_the_way,
    |play| next(play, "timestamp.json", Odd { status: Some(503), ..Odd::default() }),
    |play| next(play, "timestamp.json", to("timestamp.json")),
    a_space_in_a_target_path,
    a_redirect_to_a_long_file,
    |play| next(play, "2.root.json", Odd { status: Some(503), ..Odd::default() }),
    |play| next(play, "2.root.json", Odd { breaks_after: Some(9), ..Odd::default() }),
    |play| next(play, "2.root.json", Odd { status: Some(403), ..Odd::default() }),
    |play| next(play, "timestamp.json", Odd { status: Some(404), ..Odd::default() }),
    |play| next(play, "timestamp.json", Odd { breaks_after: Some(9), ..Odd::default() }),
    a_download_when_everything_has_expired,
    |play| target(play, Odd { breaks_after: Some(3), ..Odd::default() }),
    |play| damaged(play, "timestamp", b"{"),
    |play| damaged(play, "snapshot", b"{"),
    |play| damaged(play, "targets", b"{"),
    a_snapshot_that_is_gone,
    |play| altered(play, "timestamp"),
    |play| altered(play, "snapshot"),
    |play| damaged(play, "lock", b""),
    a_client_that_is_killed,
];

/// A redirect.
fn to(path: &str) -> Odd {
    Odd { redirect: Some(path.to_owned()), status: Some(302), ..Odd::default() }
}

/// A new version of everything, one file of which the server does not just send.
fn next(play: &mut Play, file: &str, odd: Odd) {
    start(play, |_| ());
    let _ = play.refresh();
    play.change(|repository| {
        repository.release("root");
        repository.release("targets");
        repository.odd.insert(file.to_owned(), odd);
    });
    let _ = play.refresh();
}

/// A target file that the server does not just send.
fn target(play: &mut Play, odd: Odd) {
    start(play, |repository| {
        repository.odd.insert(format!("{}.a.txt", sha256("content of a")), odd);
    });
    let _ = play.download(&["a.txt"]);
}

fn a_timestamp_that_expires_on_the_way(play: &mut Play) {
    start(play, |repository| {
        repository.body("timestamp")["expires"] = json!("2030-01-01T12:00:01Z");
        repository.publish("timestamp");
        let odd = Odd { takes: Duration::from_millis(1500), ..Odd::default() };
        repository.odd.insert("timestamp.json".to_owned(), odd);
    });
}

fn a_space_in_a_target_path(play: &mut Play) {
    start(play, |repository| {
        repository.add("targets", "a b.txt", "content of a b");
        repository.release("targets");
    });
    let _ = play.download(&["a b.txt"]);
}

fn a_download_when_everything_has_expired(play: &mut Play) {
    start(play, |_| ());
    play.wait(20_000.hours());
    let _ = play.download(&["a.txt"]);
}

fn a_long_delegated_file(play: &mut Play) {
    start(play, |repository| {
        repository.delegate("targets", "d", 5, json!({ "paths": ["*"] }));
        repository.release("d");
        repository.release("targets");
        repository.odd.insert("2.d.json".to_owned(), Odd { padding: LARGE, ..Odd::default() });
    });
    let _ = play.download(&["b.txt"]);
}

fn a_file_that_goes_on_after_its_listed_length(play: &mut Play) {
    start(play, |repository| {
        repository.hashes = true;
        repository.release("targets");
        repository.odd.insert("2.targets.json".to_owned(), Odd { padding: LARGE, ..Odd::default() });
    });
    let _ = play.refresh();
}

fn a_redirect_to_a_long_file(play: &mut Play) {
    start(play, |repository| {
        let timestamp = repository.metadata["timestamp.json"].clone();
        repository.metadata.insert("elsewhere".to_owned(), timestamp);
        repository.odd.insert("elsewhere".to_owned(), Odd { padding: LARGE, ..Odd::default() });
        repository.odd.insert("timestamp.json".to_owned(), to("elsewhere"));
    });
    let _ = play.refresh();
}

/// A file in the store is replaced while nothing new is published.
fn damaged(play: &mut Play, role: &str, bytes: &[u8]) {
    start(play, |_| ());
    let _ = play.refresh();
    play.client.store.lock().metadata.insert(role.to_owned(), bytes.to_vec());
    let _ = play.refresh();
}

fn a_snapshot_that_is_gone(play: &mut Play) {
    start(play, |_| ());
    let _ = play.refresh();
    play.client.store.lock().metadata.remove("snapshot");
    let _ = play.refresh();
}

/// A file in the store is altered, so that its signature is wrong.
fn altered(play: &mut Play, role: &str) {
    start(play, |_| ());
    let _ = play.refresh();
    if let Some(bytes) = play.client.store.lock().metadata.get_mut(role) {
        *bytes = String::from_utf8_lossy(bytes).replace("\"expires\":\"2031", "\"expires\":\"3031").into_bytes();
    }
    let _ = play.refresh();
}

fn a_client_that_is_killed(play: &mut Play) {
    start(play, |_| ());
    play.change(|repository| {
        repository.odd.insert("timestamp.json".to_owned(), Odd { kills: true, ..Odd::default() });
    });
    // The client has no occasion to put anything in order.
    let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| play.refresh()));
    play.change(|repository| {
        repository.odd.insert("timestamp.json".to_owned(), Odd { status: Some(503), ..Odd::default() });
    });
    let _ = play.refresh();
}
