//! What a client that behaves well can rely on: one program plays everything, in any order, alone or with others, and is
//! asked what the protocol says.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod stage;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use adapter::{Adapter, Client, Endpoint, SessionAdapter, Trace, Transport};
use jiff::Timestamp;
use jsonschema::Validator;
use judge::{ScenarioResult, Status};
use protocol::{Call, Method, Request};
use serde_json::Value;
use stage::SUITE;
use suite::observation::{Cause, Outcome};
use suite::{Action, Variant};

const HARNESS: &str = "\u{2192} ";
const CLIENT: &str = "\u{2190} ";

/// The whole suite, played against one adapter.
struct Whole {
    results: Vec<ScenarioResult>,
    trace: Vec<String>,
}

fn play_everything(jobs: usize, shuffle: Option<u64>) -> Whole {
    let folder = tempfile::tempdir().unwrap();
    let lines: Arc<Mutex<Vec<String>>> = Arc::default();
    let heard = Arc::clone(&lines);
    let trace = Trace::new(move |line| heard.lock().unwrap().push(line.to_owned()));
    let options = stage::program("behaves-well", folder.path(), trace);
    let variants: Vec<&Variant> = SUITE.variants().filter(|variant| !has_second(variant)).collect();
    let client = SessionAdapter::new(options, Transport::Session).unwrap();
    let results = stage::run(&client, &variants, jobs, shuffle);
    drop(client);
    let trace = std::mem::take(&mut *lines.lock().unwrap());
    stage::assert_nothing_is_left("behaves-well", folder.path(), &trace);
    Whole { results, trace }
}

/// How many programs were started.
fn programs(trace: &[String]) -> usize {
    trace.iter().filter(|line| line.starts_with("$ ")).count()
}

/// How many programs were killed because a scenario says so.
fn killed(results: &[ScenarioResult]) -> usize {
    let observations = results.iter().flat_map(|result| &result.runs).flat_map(|run| &run.observations);
    observations.filter(|observation| observation.outcome == Outcome::Killed).count()
}

/// Whether a second client comes, which has a program of its own: what both are asked is mixed then.
fn has_second(variant: &Variant) -> bool {
    variant.plan.steps.iter().any(|step| matches!(step.action, Action::SecondClient(_)))
}

/// What a result says, without where the repository and the folders happened to be.
fn gist(results: &[ScenarioResult]) -> Vec<Value> {
    let mut results: Vec<Value> = results.iter().map(|result| serde_json::to_value(result).unwrap()).collect();
    for run in results.iter_mut().flat_map(|result| result["runs"].as_array_mut().unwrap()) {
        for observation in run["observations"].as_array_mut().unwrap() {
            observation.as_object_mut().unwrap().remove("output");
            // How much of an endless answer is on the way when the client has enough differs.
            for request in observation["requests"].as_array_mut().unwrap() {
                request.as_object_mut().unwrap().remove("bytes");
            }
        }
    }
    results
}

/// That every scenario passes, but for those of TAP 12: it contradicts the specification, and a program follows the one
/// or the other.
fn assert_all_pass(results: &[ScenarioResult]) {
    let not_claimed = Some("the client does not claim `tap12`");
    for result in results.iter().filter(|result| result.note.as_deref() != not_claimed) {
        assert_eq!((result.status, &result.note), (Status::Pass, &None), "{}", result.id);
    }
}

#[test]
fn one_program_plays_the_suite_in_any_order_with_the_same_results() {
    let [first, second] = [1, 2].map(|seed| play_everything(1, Some(seed)));
    assert_all_pass(&first.results);
    // One, and another one after each that a scenario had killed.
    for whole in [&first, &second] {
        assert_eq!(programs(&whole.trace), 1 + killed(&whole.results));
    }
    let order = |whole: &Whole| -> Vec<String> {
        whole.trace.iter().filter(|line| line.starts_with(CLIENT)).cloned().collect()
    };
    assert_ne!(order(&first), order(&second), "the orders differ");
    for (one, other) in gist(&first.results).into_iter().zip(gist(&second.results)) {
        assert_eq!(one, other);
    }
    assert_messages_are_of_the_protocol(&first.trace);
}

#[test]
fn several_programs_play_at_the_same_time_with_the_same_results() {
    let whole = play_everything(4, None);
    assert_all_pass(&whole.results);
    let programs = programs(&whole.trace) - killed(&whole.results);
    assert!((2..=4).contains(&programs), "{programs}");
}

/// The committed schemas, by the name of the file.
fn validators() -> BTreeMap<String, Validator> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/session");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|path| {
            let schema: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            (path.file_name().unwrap().to_str().unwrap().to_owned(), jsonschema::validator_for(&schema).unwrap())
        })
        .collect()
}

/// Looks at everything that one program after the other was asked and answered.
fn assert_messages_are_of_the_protocol(trace: &[String]) {
    let validators = validators();
    let assert_valid = |name: &str, line: &str| {
        let value: Value = serde_json::from_str(line).unwrap();
        let errors: Vec<_> = validators[name].iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{line}: {errors:#?}");
    };
    let (mut last_id, mut methods, mut runs) = (0, Vec::new(), BTreeSet::new());
    let mut waiting = None;
    for line in trace {
        if line.starts_with("$ ") {
            // A new program. The one before may have been killed before it answered.
            (waiting, last_id) = (None, 0);
        }
        if let Some(line) = line.strip_prefix(HARNESS) {
            let Request { id, call } = Request::parse(line).unwrap();
            assert_eq!(waiting, None, "one request at a time");
            assert_valid(&format!("{}.request.json", call.method()), line);
            assert_eq!(id, last_id + 1, "the ids count up from 1");
            last_id = id;
            methods.push(call.method());
            // The answer to the last one is not traced.
            waiting = Some(call.method()).filter(|method| *method != Method::Shutdown);
            if let Call::Trust { place, .. } | Call::Refresh { place } | Call::Download { place, .. } = &call {
                assert_place(place);
                let is_new = runs.insert(place.metadata_dir.clone());
                assert_eq!(is_new, matches!(call, Call::Trust { .. }) && is_new, "a run begins with `trust`");
            }
        } else if let Some(line) = line.strip_prefix(CLIENT) {
            assert_valid(&format!("{}.response.json", waiting.take().unwrap()), line);
        }
    }
    assert_eq!((methods.first(), methods.last()), (Some(&Method::Initialize), Some(&Method::Shutdown)));
    let introductions = methods.iter().filter(|method| **method == Method::Initialize).count();
    assert_eq!(introductions, programs(trace), "each program introduces itself once");
    assert!(methods.contains(&Method::Download) && methods.contains(&Method::Refresh));
    assert!(runs.len() > SUITE.variants().count(), "attacks and controls have places of their own: {}", runs.len());
}

fn assert_place(place: &protocol::Place) {
    assert!(place.now >= Timestamp::constant(1_900_000_000, 0) - Duration::from_hours(24), "{}", place.now);
    for folder in [&place.metadata_dir, &place.targets_dir] {
        assert!(folder.is_absolute(), "{}", folder.display());
    }
    assert_ne!(place.metadata_dir, place.targets_dir);
    for url in [&place.metadata_url, &place.targets_url] {
        assert!(url.starts_with("http://127.0.0.1:") && !url.ends_with('/'), "{url}");
    }
}

fn session(name: &str, deadline: Duration) -> (tempfile::TempDir, Box<dyn Client>) {
    let folder = tempfile::tempdir().unwrap();
    let mut options = stage::program(name, folder.path(), Trace::default());
    options.deadline = deadline;
    let client = SessionAdapter::new(options, Transport::Session).unwrap().start().unwrap();
    (folder, client)
}

fn endpoint() -> Endpoint {
    Endpoint {
        metadata_url: String::new(),
        targets_url: String::new(),
        now: Timestamp::UNIX_EPOCH,
        targets_mapping: None,
        map: None,
        repository: None,
    }
}

#[test]
fn a_root_that_is_none_is_refused_with_a_reason_and_a_message() {
    let (_folder, mut client) = session("behaves-well", stage::PLENTY);
    let reply = client.trust(&endpoint(), b"not a root");
    assert!(matches!(reply.outcome, Outcome::Rejected { reason: Some(_) }), "{:?}", reply.outcome);
    assert!(!reply.output.is_empty());
}

#[test]
fn a_request_that_is_larger_than_a_pipe_arrives() {
    let (_folder, mut client) = session("behaves-well", stage::PLENTY);
    let targets: Vec<String> = (0..20_000).map(|number| format!("a-target-of-many-{number}")).collect();
    // It has no root. What counts is that it has read all and says so.
    let reply = client.download(&endpoint(), &targets);
    assert!(matches!(reply.outcome, Outcome::Rejected { .. }), "{:?}", reply.outcome);
}

#[test]
fn a_large_request_to_a_client_that_does_not_read_is_given_up_at_the_deadline() {
    let (_folder, mut client) = session("never-reads-stdin", Duration::from_secs(2));
    client.trust(&endpoint(), b"not a root");
    let targets: Vec<String> = (0..20_000).map(|number| format!("a-target-of-many-{number}")).collect();
    let started = Instant::now();
    let reply = client.download(&endpoint(), &targets);
    assert_eq!(reply.outcome, Outcome::Error { cause: Cause::Deadline { milliseconds: 2_000 } });
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
    let again = client.refresh(&endpoint()).outcome;
    assert!(matches!(again, Outcome::Error { cause: Cause::Start { .. } }), "{again:?}");
}

#[test]
fn a_client_that_says_nothing_of_itself_is_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = stage::program("behaves-well", folder.path(), Trace::default());
    options.command = PathBuf::from("/bin/cat");
    options.arguments = Vec::new();
    let error = SessionAdapter::new(options, Transport::Session).unwrap_err();
    assert!(error.message.starts_with("the client does not introduce itself: "), "{}", error.message);
    assert!(error.help.unwrap().contains("PROTOCOL.md"));
}

#[test]
fn a_client_that_introduces_itself_otherwise_later_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let line = r#"{"jsonrpc":"2.0","id":1,"result":{"protocol":1,"name":"NAME","version":"1","language":"sh","homepage":"","issue_tracker":"","features":[],"key_types":[],"clock":true,"dialect":"default"}}"#;
    let mark = folder.path().join("mark");
    let script = format!(
        "read line; if mkdir {0} 2>/dev/null; then name=a; else name=b; fi; echo '{line}' | sed s/NAME/$name/; exit",
        mark.display()
    );
    let mut options = stage::program("behaves-well", folder.path(), Trace::default());
    options.command = PathBuf::from("/bin/sh");
    options.arguments = vec!["-c".to_owned(), script];
    let client = SessionAdapter::new(options, Transport::Session).unwrap();
    let started = Instant::now();
    // The first program ends after its introduction, some time.
    let error = loop {
        match client.start() {
            Err(error) => break error,
            Ok(_) => assert!(started.elapsed() < Duration::from_secs(20)),
        }
    };
    assert_eq!(error.message, "the client introduces itself otherwise than it did at first");
}
