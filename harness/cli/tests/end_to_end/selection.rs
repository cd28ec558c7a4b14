//! Which scenarios are listed and played.

use crate::program::{play, statuses, tuf_cookbook};

fn list(arguments: &[&str]) -> Vec<String> {
    tuf_cookbook(&[&["list"], arguments].concat()).good().lines().map(str::to_owned).collect()
}

#[test]
fn all_scenarios_are_listed_in_order_one_id_per_line() {
    let ids = list(&[]);
    assert!(ids.len() >= 80, "{}", ids.len());
    assert!(ids.is_sorted() && ids.iter().all(|id| id.contains('/') && !id.contains(char::is_whitespace)));
    for id in ["rollback/timestamp-replay", "honest/first-refresh", "arbitrary-installation/unsigned[role=snapshot]"] {
        assert!(ids.iter().any(|known| known == id), "{id} is missing");
    }
}

#[test]
fn filters_narrow_a_list_down() {
    let rollbacks = list(&["--attack", "rollback"]);
    assert!(rollbacks.len() > 2 && rollbacks.iter().all(|id| id.starts_with("rollback/")));
    assert_eq!(rollbacks, list(&["rollback/*"]));
    assert!(list(&["--attack", "honest"]).contains(&"honest/first-refresh".to_owned()));
    assert_eq!(list(&["--attack", "honest", "rollback/*"]), [""; 0]);
    let covering = list(&["--requirement", "timestamp.rollback.lower-version"]);
    assert!(covering.contains(&"rollback/timestamp-replay".to_owned()));
    assert!(!covering.contains(&"honest/first-refresh".to_owned()));
    assert_eq!(
        list(&["rollback/timestamp-replay", "--titles"]),
        ["rollback/timestamp-replay  A replayed timestamp is refused"]
    );
}

#[test]
fn a_filter_that_means_nothing_is_told() {
    tuf_cookbook(&["list", "--attack", "theft"]).assert_refused(&["there is no attack class `theft`", "rollback"]);
    tuf_cookbook(&["list", "--requirement", "timestamp.rollback.lower-versio"])
        .assert_refused(&["did you mean `timestamp.rollback.lower-version`?"]);
}

#[test]
fn an_id_is_played_alone_and_a_file_with_all_its_variants() {
    let report = play(&["arbitrary-installation/unsigned[role=snapshot]"]);
    assert_eq!(statuses(&report), [("arbitrary-installation/unsigned[role=snapshot]", judge::Status::Pass)]);
    let report = play(&["arbitrary-installation/unsigned"]);
    let played: Vec<_> = statuses(&report).into_iter().map(|(id, _)| id).collect();
    assert_eq!(played, list(&["arbitrary-installation/unsigned"]));
    assert!(played.len() > 1);
}

#[test]
fn ids_and_globs_are_played_together_sorted() {
    let report =
        play(&["rollback/timestamp-*", "*/unsigned[role=root]", "honest/first-refresh", "rollback/timestamp-replay"]);
    let ids: Vec<_> = statuses(&report).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids[..2], ["arbitrary-installation/unsigned[role=root]", "honest/first-refresh"]);
    assert!(ids.is_sorted() && ids[2..].iter().all(|id| id.starts_with("rollback/timestamp-")));
    assert_eq!(ids.iter().filter(|id| **id == "rollback/timestamp-replay").count(), 1);
}

#[test]
fn every_dialect_can_be_played() {
    for dialect in ["hashes", "plain", "ecdsa", "rsa", "old-keys", "first-version"] {
        let report = play(&["rollback/timestamp-replay", "--dialect", dialect]);
        assert_eq!(statuses(&report), [("rollback/timestamp-replay", judge::Status::Pass)], "{dialect}");
        assert_eq!(report.dialect, dialect);
    }
}
