//! Clients that do not do what they should: none of them passes, and each is told what is wrong with it.

use std::time::{Duration, Instant};

use judge::{CheckKind, ScenarioResult, Status};
use suite::RunKind;
use suite::observation::{Cause, Observation, Outcome, Run};

use crate::program::{play, result, tuf_cookbook};
use crate::script::{REFUSES, Script};

fn observations(result: &ScenarioResult) -> impl Iterator<Item = &Observation> {
    result.runs.iter().flat_map(|run| &run.observations)
}

/// Scenarios that do not wait for the clock, so that one client at a time plays them.
const PROMPT: [&str; 3] = ["honest/first-refresh", "rollback/timestamp-replay", "arbitrary-installation/unsigned"];

/// Plays scenarios, all of which have to be errors, and gives what went wrong in them.
fn causes(script: &str, options: &[&str]) -> Vec<Cause> {
    let client = Script::new(script);
    let report = play(&[&PROMPT, client.arguments().as_slice(), options].concat());
    assert!(!report.results.is_empty());
    for result in &report.results {
        assert_eq!(result.status, Status::Error, "{}", result.id);
        assert!(!result.suite_fault, "{}", result.id);
    }
    let outcomes = report.results.iter().flat_map(observations).map(|observation| &observation.outcome);
    outcomes
        .map(|outcome| match outcome {
            Outcome::Error { cause } => cause.clone(),
            other => panic!("{other} is no error"),
        })
        .collect()
}

#[test]
fn a_client_that_refuses_everything_passes_no_attack() {
    let client = Script::new(REFUSES);
    let report = play(&client.arguments());
    let attacks: Vec<_> = report.results.iter().filter(|result| result.attack != "honest").collect();
    assert!(attacks.len() > 100, "{}", attacks.len());
    let refuses = |run: &Run| run.observations.iter().any(|seen| matches!(seen.outcome, Outcome::Rejected { .. }));
    for result in attacks {
        assert_ne!(result.status, Status::Pass, "{}", result.id);
        if result.runs.iter().any(|run| run.kind == RunKind::Control && refuses(run)) {
            assert_eq!(result.status, Status::Inconclusive, "{}", result.id);
            assert!(result.note.as_ref().unwrap().starts_with("the client refuses the control too"), "{}", result.id);
        }
    }
    assert_eq!(result(&report, "rollback/timestamp-replay").status, Status::Inconclusive);
    assert_eq!(result(&report, "honest/first-refresh").status, Status::Fail);
}

#[test]
fn a_client_that_accepts_everything_passes_no_attack_and_nothing_that_looks_at_its_store() {
    let client = Script::new("exit 0");
    let report = play(&client.arguments());
    for result in &report.results {
        let looks_at_store = result.checks.iter().any(|check| check.kind == CheckKind::Trusted);
        if result.attack != "honest" || looks_at_store {
            assert_ne!(result.status, Status::Pass, "{}", result.id);
        }
    }
    assert_eq!(result(&report, "rollback/timestamp-replay").status, Status::Fail);
    assert_eq!(result(&report, "honest/first-refresh").status, Status::Fail);
}

#[test]
fn a_client_that_sleeps_for_ever_is_given_up() {
    let started = Instant::now();
    let causes = causes("sleep 600", &["--timeout", "0.3", "--give-up-after", "3", "--jobs", "1"]);
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    let (asked, given_up): (Vec<_>, Vec<_>) =
        causes.into_iter().partition(|cause| *cause == Cause::Deadline { milliseconds: 300 });
    assert_eq!(asked.len(), 3);
    assert!(given_up.len() > 3 && given_up.iter().all(|cause| *cause == Cause::GivenUp { runs: 3 }), "{given_up:?}");
}

#[test]
fn a_client_that_hangs_is_not_given_up_if_nobody_asks_for_it() {
    let ids = ["rollback/timestamp-replay", "rollback/timestamp-one-less"];
    let client = Script::new("sleep 600");
    let options = ["--timeout", "0.1", "--give-up-after", "0", "--jobs", "1"];
    let report = play(&[&ids, client.arguments().as_slice(), &options].concat());
    for observation in report.results.iter().flat_map(observations) {
        assert_eq!(observation.outcome, Outcome::Error { cause: Cause::Deadline { milliseconds: 100 } });
    }
}

#[test]
fn a_client_that_kills_itself_is_told_with_the_signal() {
    assert!(causes("kill -SEGV $$", &[]).iter().all(|cause| *cause == Cause::Signal { signal: 11 }));
    let client = Script::new("kill -KILL $$");
    let ended = tuf_cookbook(&[&["run", "rollback/timestamp-replay"], client.arguments().as_slice()].concat());
    assert_eq!(ended.status, Some(1));
    assert!(ended.stdout.contains("killed by signal 9"), "{}", ended.stdout);
}

#[test]
fn a_client_that_floods_its_output_is_told_with_the_limit() {
    let client = Script::new("yes");
    let report = play(&[&["rollback/timestamp-replay"], client.arguments().as_slice()].concat());
    let [result] = report.results.as_slice() else { panic!("one scenario") };
    for observation in observations(result) {
        assert_eq!(observation.outcome, Outcome::Error { cause: Cause::OutputLimit { bytes: 16 << 20 } });
        assert!(observation.output.len() <= 16 << 10, "{} bytes were kept", observation.output.len());
    }
    assert!(result.note.as_ref().unwrap().contains("more than 16777216 bytes of output"));
}

#[test]
fn an_exit_status_that_means_nothing_is_never_a_rejection() {
    assert!(causes("exit 4", &[]).iter().all(|cause| *cause == Cause::Exit { code: 4 }));
    assert!(causes("exit 3", &[]).iter().all(|cause| matches!(cause, Cause::Reported { .. })));
}

#[test]
fn a_client_that_fills_its_store_with_something_else_is_told() {
    let causes = causes(r#"cp "$4" "$2/root.json"; mkfifo "$2/pipe""#, &[]);
    let what = r#""pipe" is neither a file nor a folder"#;
    assert!(causes.iter().all(|cause| matches!(cause, Cause::Store { message } if message == what)), "{causes:?}");
}
