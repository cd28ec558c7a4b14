//! What the judge says of made-up observations.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::collections::{BTreeMap, BTreeSet};

use judge::{Case, ScenarioResult, Status, Verdict, judge};
use proptest::prelude::*;
use suite::observation::{Area, Asked, Cause, Observation, Outcome, Reason, Request, Run, StoredFile};
use suite::{Register, RunKind, Variant, parse_scenario};

const REPLAY: &str = r#"
title = "A replayed timestamp is refused"
attack = "rollback"
covers = ["timestamp.rollback.lower-version"]
story = "s"
[[step]]
publish = ["timestamp"]
[[step]]
refresh = "accept"
trusted = { timestamp = 2 }
[[step]]
attack.replay = { timestamp = 1 }
[[step]]
refresh = "reject"
trusted = { timestamp = 2 }
not-trusted = ["project"]
requests = ["2.root.json", "timestamp.json"]
not-requested = ["1.snapshot.json"]
reason = "version"
"#;

const DOWNLOAD: &str = r#"
title = "A file with other content is refused"
attack = "arbitrary-installation"
covers = ["fetch.hash"]
story = "s"
[repository.targets]
"a" = "good"
[[step]]
attack.replace = { a = "evil" }
[[step]]
download.reject = ["a"]
not-downloaded = ["evil"]
"#;

const ENDLESS: &str = r#"
title = "Data without end is refused"
attack = "endless-data"
covers = ["timestamp.request.size-limit"]
story = "s"
[[step]]
attack.serve = { "timestamp.json" = ["endless"], "targets/a/b" = ["endless"] }
[[step]]
kill.refresh-at = 1
trusted = { timestamp = 1 }
[[step]]
refresh = "reject"
taken = { "timestamp.json" = 100, "2.snapshot.json" = 100, "targets/a/b" = 100 }
tries = { "timestamp.json" = 2 }
"#;

const MAY_REJECT: &str = r#"
title = "A file that cannot be written"
covers = ["timestamp.persist"]
story = "s"
[[step]]
trust = "accept"
[[step]]
damage.timestamp = "folder"
[[step]]
refresh = "may-reject"
trusted = { timestamp = 2 }
"#;

fn variant(text: &str) -> Variant {
    parse_scenario("scenarios/rollback/replay.toml", text).unwrap().variants.remove(0)
}

fn stored(content: &str, version: Option<u64>) -> StoredFile {
    use sha2::Digest as _;
    let sha256 = hex::encode(sha2::Sha256::digest(content));
    StoredFile { length: content.len() as u64, sha256, version }
}

fn seen(step: usize, outcome: Outcome, timestamp: u64, requests: &[&str]) -> Observation {
    let request = |path: &&str| Request { area: Area::Metadata, path: (*path).to_owned(), status: 200, bytes: 1 };
    Observation {
        step,
        asked: if step == 0 { Asked::Trust } else { Asked::Refresh },
        outcome,
        trusted: BTreeMap::from([("timestamp".to_owned(), stored("", Some(timestamp)))]),
        downloaded: BTreeMap::new(),
        requests: requests.iter().map(request).collect(),
        output: String::new(),
    }
}

const REJECTED: Outcome = Outcome::Rejected { reason: None };

fn attack(last: Observation) -> Run {
    let observations = vec![seen(0, Outcome::Accepted, 1, &[]), seen(2, Outcome::Accepted, 2, &[]), last];
    Run { kind: RunKind::Attack, observations }
}

fn control(last: Outcome) -> Run {
    Run { kind: RunKind::Control, ..attack(seen(4, last, 2, &[])) }
}

fn judged(attack: Run, control: Run) -> ScenarioResult {
    judged_in(attack, control, true, &[])
}

fn judged_in(attack: Run, control: Run, is_consistent: bool, claimed: &[&str]) -> ScenarioResult {
    let register = Register::default();
    let claimed = claimed.iter().map(|id| (*id).to_owned()).collect();
    let case = Case { variant: &variant(REPLAY), register: &register, is_consistent, claimed: &claimed };
    judge(&case, attack, Some(control))
}

fn refused() -> Observation {
    seen(4, REJECTED, 2, &["2.root.json", "timestamp.json"])
}

fn failed(result: &ScenarioResult) -> Vec<&str> {
    result.failed_checks().map(|check| check.id.as_str()).collect()
}

/// The checks that fail when the client made these requests in the last step.
fn failed_bounds(requests: &[(Area, &str, u64)], killed_at: u64) -> Vec<String> {
    let made = |(area, path, bytes): &(Area, &str, u64)| Request {
        area: *area,
        path: (*path).to_owned(),
        status: 200,
        bytes: *bytes,
    };
    let last = Observation { requests: requests.iter().map(made).collect(), ..seen(3, REJECTED, 1, &[]) };
    let observations = vec![seen(0, Outcome::Accepted, 1, &[]), seen(2, Outcome::Killed, killed_at, &[]), last];
    let accepted = [0, 3].map(|step| seen(step, Outcome::Accepted, 1, &[])).to_vec();
    let (register, claimed) = (Register::default(), BTreeSet::new());
    let case = Case { variant: &variant(ENDLESS), register: &register, is_consistent: false, claimed: &claimed };
    let attack = Run { kind: RunKind::Attack, observations };
    let result = judge(&case, attack, Some(Run { kind: RunKind::Control, observations: accepted }));
    assert_eq!(result.status, if result.failed_checks().next().is_some() { Status::Fail } else { Status::Pass });
    result.failed_checks().map(|check| check.id.clone()).collect()
}

#[test]
fn what_is_taken_and_how_often_it_is_asked_for_is_bounded_for_each_file() {
    use Area::{Metadata, Targets};
    let within = [(Metadata, "timestamp.json", 100), (Metadata, "timestamp.json", 100), (Metadata, "x.json", 999)];
    assert!(failed_bounds(&within, 1).is_empty());
    let beyond = [(Metadata, "timestamp.json", 1), (Metadata, "timestamp.json", 101), (Metadata, "timestamp.json", 1)];
    assert_eq!(failed_bounds(&beyond, 1), ["step-3.taken.timestamp.json", "step-3.tries.timestamp.json"]);
    assert_eq!(failed_bounds(&[(Metadata, "snapshot.json", 101)], 1), ["step-3.taken.2.snapshot.json"]);
    for path in ["a/b", "a/0123.b"] {
        assert_eq!(failed_bounds(&[(Targets, path, 101)], 1), ["step-3.taken.targets/a/b"]);
    }
    assert!(failed_bounds(&[(Targets, "a/xb", 101), (Targets, "b", 101), (Metadata, "a/b", 101)], 1).is_empty());
}

#[test]
fn what_a_client_keeps_when_it_is_killed_is_judged_and_that_it_was_killed_is_not() {
    assert_eq!(failed_bounds(&[], 2), ["step-2.trusted.timestamp"]);
}

#[test]
fn a_refused_attack_passes_if_the_control_is_accepted() {
    let result = judged(attack(refused()), control(Outcome::Accepted));
    assert_eq!((result.status, failed(&result)), (Status::Pass, vec![]));
}

#[test]
fn an_accepted_attack_fails_whatever_the_control_says() {
    for last in [Outcome::Accepted, REJECTED] {
        let accepted = seen(4, Outcome::Accepted, 2, &["2.root.json", "timestamp.json"]);
        let result = judged(attack(accepted), control(last));
        assert_eq!(result.status, Status::Fail);
        assert!(failed(&result).contains(&"step-4.outcome"));
    }
}

#[test]
fn a_refused_attack_proves_nothing_if_the_control_is_refused_too() {
    let result = judged(attack(refused()), control(REJECTED));
    assert_eq!(result.status, Status::Inconclusive);
    assert_eq!(result.note.unwrap(), "the client refuses the control too, at step 4");
}

#[test]
fn whatever_breaks_is_never_a_rejection() {
    let causes = [
        Cause::Exit { code: 2 },
        Cause::Signal { signal: 11 },
        Cause::Deadline { milliseconds: 30_000 },
        Cause::OutputLimit { bytes: 1 },
    ];
    for cause in causes {
        let words = cause.to_string();
        let broken = seen(4, Outcome::Error { cause }, 2, &["2.root.json", "timestamp.json"]);
        let result = judged(attack(broken), control(Outcome::Accepted));
        assert_eq!(result.status, Status::Error);
        assert_eq!(result.note.clone().unwrap(), format!("step 4: {words}"));
        assert!(failed(&result).contains(&"step-4.outcome"));
    }
}

#[test]
fn what_a_client_may_refuse_counts_only_if_it_accepts() {
    let status = |outcome: Outcome, timestamp: u64| {
        let observations = vec![seen(1, Outcome::Accepted, 1, &[]), seen(3, outcome, timestamp, &[])];
        let (register, claimed) = (Register::default(), BTreeSet::new());
        let variant = variant(MAY_REJECT);
        let case = Case { variant: &variant, register: &register, is_consistent: true, claimed: &claimed };
        judge(&case, Run { kind: RunKind::Attack, observations }, None).status
    };
    let error = |cause| Outcome::Error { cause };
    assert_eq!(status(Outcome::Accepted, 2), Status::Pass);
    assert_eq!(status(Outcome::Accepted, 1), Status::Fail);
    assert_eq!(status(REJECTED, 1), Status::Pass);
    assert_eq!(status(error(Cause::Reported { message: "no room".to_owned() }), 1), Status::Pass);
    assert_eq!(status(error(Cause::Signal { signal: 11 }), 1), Status::Error);
}

#[test]
fn an_attack_that_left_its_mark_in_the_store_fails_although_it_was_refused() {
    let rolled_back = seen(4, REJECTED, 1, &["2.root.json", "timestamp.json"]);
    let result = judged(attack(rolled_back), control(Outcome::Accepted));
    assert_eq!((result.status, failed(&result)), (Status::Fail, vec!["step-4.trusted.timestamp"]));
    let check = result.failed_checks().next().unwrap();
    assert_eq!((check.expected.as_str(), check.observed.as_str()), ("timestamp version 2", "timestamp version 1"));
}

#[test]
fn a_request_that_should_not_have_been_made_fails() {
    let curious = seen(4, REJECTED, 2, &["2.root.json", "timestamp.json", "1.snapshot.json"]);
    let result = judged(attack(curious), control(Outcome::Accepted));
    assert_eq!(failed(&result), ["step-4.requests", "step-4.not-requested.1.snapshot.json"]);
}

#[test]
fn a_role_that_should_not_be_there_fails() {
    let mut with_project = refused();
    with_project.trusted.insert("project".to_owned(), stored("", Some(1)));
    let result = judged(attack(with_project), control(Outcome::Accepted));
    assert_eq!(failed(&result), ["step-4.not-trusted.project"]);
}

#[test]
fn without_consistent_snapshots_the_version_in_a_name_does_not_count() {
    let plain = || attack(seen(4, REJECTED, 2, &["2.root.json", "timestamp.json", "snapshot.json"]));
    let failures = |is_consistent| {
        let result = judged_in(plain(), control(Outcome::Accepted), is_consistent, &[]);
        result.failed_checks().map(|check| check.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(failures(false), ["step-4.requests", "step-4.not-requested.1.snapshot.json"]);
    assert_eq!(failures(true), ["step-4.requests"]);
}

#[test]
fn a_reason_is_judged_only_if_the_client_gives_one() {
    let with_reason = |reason| {
        let observation = Observation { outcome: Outcome::Rejected { reason }, ..refused() };
        judged(attack(observation), control(Outcome::Accepted))
    };
    assert_eq!(with_reason(None).status, Status::Pass);
    assert_eq!(with_reason(Some(Reason::Version)).status, Status::Pass);
    assert_eq!(failed(&with_reason(Some(Reason::Expired))), ["step-4.reason"]);
}

#[test]
fn what_a_client_claims_it_may_not_skip() {
    let lacking = || Outcome::Unsupported { feature: "delegations".to_owned() };
    let result = |claimed: &[&str]| {
        judged_in(attack(seen(4, lacking(), 2, &[])), control(Outcome::Accepted), true, claimed).status
    };
    assert_eq!(result(&[]), Status::Unsupported);
    assert_eq!(result(&["delegations"]), Status::Fail);
}

#[test]
fn a_run_that_ended_early_leaves_the_rest_unjudged_and_does_not_pass() {
    let run = Run { kind: RunKind::Attack, observations: vec![seen(0, REJECTED, 1, &[])] };
    let result = judged(run, control(Outcome::Accepted));
    assert_eq!(result.status, Status::Fail);
    let unjudged = result.checks.iter().filter(|check| check.verdict == Verdict::NotJudged).count();
    assert!(unjudged >= 5, "{unjudged}");
}

#[test]
fn a_refused_file_must_not_turn_up_under_any_name() {
    let register = Register::default();
    let claimed = BTreeSet::new();
    let case = Case { variant: &variant(DOWNLOAD), register: &register, is_consistent: true, claimed: &claimed };
    let result = |name: &str, content: &str| {
        let mut last = seen(2, REJECTED, 1, &[]);
        if !name.is_empty() {
            last.downloaded.insert(name.to_owned(), stored(content, None));
        }
        let observations = vec![seen(0, Outcome::Accepted, 1, &[]), last];
        let accepted = Run {
            kind: RunKind::Control,
            observations: vec![seen(0, Outcome::Accepted, 1, &[]), seen(2, Outcome::Accepted, 1, &[])],
        };
        let result = judge(&case, Run { kind: RunKind::Attack, observations }, Some(accepted));
        result.failed_checks().map(|check| check.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(result("", ""), [] as [&str; 0]);
    assert_eq!(result("a", "evil"), ["step-2.not-downloaded.1", "step-2.withheld"]);
    assert_eq!(result("a.part", "ev"), ["step-2.withheld"]);
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        Just(Outcome::Accepted),
        Just(REJECTED),
        Just(Outcome::Error { cause: Cause::Signal { signal: 9 } }),
        Just(Outcome::Unsupported { feature: "f".to_owned() }),
    ]
}

proptest! {
    /// Monotone: from a run that passes, changing any outcome to another one never leaves a pass.
    #[test]
    fn a_worse_run_never_passes(first in outcome(), last in outcome(), controlled in outcome()) {
        let mut run = attack(Observation { outcome: last.clone(), ..refused() });
        run.observations[1].outcome = first.clone();
        let status = judged(run, control(controlled.clone())).status;
        let is_best = first == Outcome::Accepted && last == REJECTED && controlled == Outcome::Accepted;
        prop_assert_eq!(status == Status::Pass, is_best);
    }
}
