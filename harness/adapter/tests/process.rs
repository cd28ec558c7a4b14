//! The process adapter against programs that behave well, badly and with malice.
//!
//! The programs are lines for `/bin/sh`, with the arguments of the protocol from `$1` on: `$2` is the metadata folder.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use adapter::{Adapter, Client, ClientInfo, Endpoint, ProcessAdapter, ProgramOptions, Reply, Transport};
use jiff::Timestamp;
use suite::observation::{Cause, Outcome};

const DEADLINE: Duration = Duration::from_millis(300);

/// A deadline that is not meant to be reached.
const PLENTY: Duration = Duration::from_secs(20);

fn info(name: &str) -> ClientInfo {
    ClientInfo::of_program(name, BTreeSet::new(), Transport::Process)
}

fn start(script: &str, change: impl FnOnce(&mut ProgramOptions)) -> Box<dyn Client> {
    let mut options = ProgramOptions::new("/bin/sh");
    options.arguments = vec!["-c".to_owned(), script.to_owned(), "client".to_owned()];
    options.deadline = PLENTY;
    change(&mut options);
    ProcessAdapter::new(options, info("sh")).unwrap().start().unwrap()
}

fn endpoint() -> Endpoint {
    Endpoint {
        metadata_url: "http://127.0.0.1:1/m".to_owned(),
        targets_url: "http://127.0.0.1:1/t".to_owned(),
        now: Timestamp::UNIX_EPOCH,
        targets_mapping: None,
        map: None,
        repository: None,
    }
}

fn refresh(script: &str) -> Reply {
    start(script, |_| ()).refresh(&endpoint())
}

fn hang(script: &str) -> (Outcome, Duration) {
    let started = Instant::now();
    let reply = start(script, |options| options.deadline = DEADLINE).refresh(&endpoint());
    (reply.outcome, started.elapsed())
}

fn text(reply: &Reply) -> String {
    String::from_utf8_lossy(&reply.output).into_owned()
}

const fn error(cause: Cause) -> Outcome {
    Outcome::Error { cause }
}

const LATE: Outcome = error(Cause::Deadline { milliseconds: 300 });

#[test]
fn exit_zero_accepts_and_exit_one_rejects() {
    assert_eq!(refresh("exit 0").outcome, Outcome::Accepted);
    assert_eq!(refresh("exit 1").outcome, Outcome::Rejected { reason: None });
}

#[test]
fn exit_three_is_how_a_client_says_that_something_is_broken() {
    let reported = Cause::Reported { message: "exit status 3".to_owned() };
    assert_eq!(refresh("exit 3").outcome, error(reported));
}

#[test]
fn any_other_end_is_an_error() {
    assert_eq!(refresh("exit 2").outcome, error(Cause::Exit { code: 2 }));
    assert_eq!(refresh("exit 255").outcome, error(Cause::Exit { code: 255 }));
    assert_eq!(refresh("kill -SEGV $$").outcome, error(Cause::Signal { signal: 11 }));
    assert_eq!(refresh("kill -KILL 0").outcome, error(Cause::Signal { signal: 9 }));
}

#[test]
fn the_trusted_root_is_handed_over_and_kept_by_the_client() {
    let mut client = start("[ $3 = init ] && cp \"$4\" \"$2/root.json\"", |_| ());
    assert_eq!(client.trust(&endpoint(), b"{\"signed\":{}}").outcome, Outcome::Accepted);
    let store = client.store().unwrap();
    assert_eq!(store.metadata.into_iter().collect::<Vec<_>>(), [("root".to_owned(), b"{\"signed\":{}}".to_vec())]);
    assert!(store.targets.is_empty());
}

#[test]
fn a_download_has_all_its_arguments_and_a_folder_for_its_files() {
    let mut client = start("echo \"$@\"; eval target_dir=\\${12}; echo x > \"$target_dir/a b\"", |_| ());
    let reply = client.download(&endpoint(), &["a b".to_owned(), "c".to_owned()]);
    assert_eq!(reply.outcome, Outcome::Accepted, "{}", text(&reply));
    assert!(text(&reply).ends_with("/targets download\n"), "{}", text(&reply));
    assert!(text(&reply).contains("--target-name a b --target-name c --target-base-url http://127.0.0.1:1/t"));
    assert_eq!(client.store().unwrap().targets["a b"], b"x\n");
}

#[test]
fn both_output_streams_are_kept_in_order() {
    assert_eq!(text(&refresh("echo one; echo two >&2; echo three; exit 1")), "one\ntwo\nthree\n");
}

#[test]
fn nothing_is_to_be_read_from_standard_input() {
    let reply = refresh("read line && exit 3; exit 0");
    assert_eq!(reply.outcome, Outcome::Accepted);
}

#[test]
fn no_proxy_is_used_and_temporary_files_stay_in_the_clients_folder() {
    let reply = refresh("env | grep -i _proxy | sort; case $TMPDIR in \"${2%/metadata}/tmp\") echo inside;; esac");
    assert_eq!(text(&reply), "NO_PROXY=127.0.0.1\nno_proxy=127.0.0.1\ninside\n");
}

#[test]
fn a_client_that_never_answers_is_ended_at_its_deadline() {
    let (outcome, elapsed) = hang("sleep 60");
    assert_eq!(outcome, LATE);
    assert!(elapsed < Duration::from_secs(3), "{elapsed:?}");
}

#[test]
fn a_client_that_ignores_being_asked_to_end_is_killed() {
    let (outcome, elapsed) = hang("trap '' TERM; while :; do sleep 60; done");
    assert_eq!(outcome, LATE);
    assert!(elapsed < Duration::from_secs(3), "{elapsed:?}");
}

#[test]
fn a_client_that_answers_when_asked_to_end_is_still_late() {
    assert_eq!(hang("trap 'exit 1' TERM; while :; do sleep 0.05; done").0, LATE);
}

#[test]
fn a_client_that_stops_itself_is_ended_at_its_deadline() {
    assert_eq!(hang("kill -STOP $$").0, LATE);
}

#[test]
fn a_client_that_closes_its_output_is_still_waited_for() {
    assert_eq!(refresh("exec >&- 2>&-; sleep 0.2; exit 1").outcome, Outcome::Rejected { reason: None });
    assert_eq!(hang("exec >&- 2>&-; sleep 60").0, LATE);
}

#[test]
fn a_flood_of_output_ends_the_client_and_only_its_end_is_kept() {
    for stream in ["yes", "yes >&2", "yes & yes >&2"] {
        let started = Instant::now();
        let reply = start(stream, |options| options.output_limit = 1 << 20).refresh(&endpoint());
        assert_eq!(reply.outcome, error(Cause::OutputLimit { bytes: 1 << 20 }), "{stream}");
        assert_eq!(reply.output.len(), 16 << 10);
        assert!(started.elapsed() < Duration::from_secs(5));
    }
}

#[test]
fn a_child_that_holds_the_output_open_is_killed_with_the_client() {
    let folder = tempfile::tempdir().unwrap();
    let mark = folder.path().join("mark");
    let script = format!("(sleep 0.5; touch {}) & exit 1", mark.display());
    let started = Instant::now();
    assert_eq!(refresh(&script).outcome, Outcome::Rejected { reason: None });
    assert!(started.elapsed() < Duration::from_millis(400));
    thread::sleep(Duration::from_millis(700));
    assert!(!mark.exists());
}

#[test]
fn a_child_in_a_session_of_its_own_does_not_hold_up_the_answer() {
    if !Path::new("/usr/bin/setsid").exists() {
        return;
    }
    let started = Instant::now();
    let reply = refresh("setsid sleep 3 & sleep 0.1; exit 1");
    assert_eq!(reply.outcome, Outcome::Rejected { reason: None });
    assert!(started.elapsed() < Duration::from_secs(2));
}

#[test]
fn a_store_that_leads_elsewhere_or_is_too_full_is_told() {
    let mut client = start("ln -s /etc/passwd \"$2/root.json\"", |_| ());
    assert_eq!(client.refresh(&endpoint()).outcome, Outcome::Accepted);
    assert_eq!(client.store().unwrap_err(), r#""root.json" is a link out of the folder"#);
    let mut client = start("head -c 5000 /dev/zero > \"$2/root.json\"", |options| options.store_limits.file = 4096);
    assert_eq!(client.refresh(&endpoint()).outcome, Outcome::Accepted);
    assert_eq!(client.store().unwrap_err(), r#""root.json" has more than 4096 bytes"#);
}

#[test]
fn a_dropped_client_leaves_nothing_behind() {
    let mut client = start("echo \"$2\"; mkdir \"$2/deep\"; touch \"$2/deep/x\"; chmod 500 \"$2/deep\" \"$2\"", |_| ());
    let metadata = text(&client.refresh(&endpoint()));
    let place = Path::new(metadata.trim_end()).parent().unwrap().to_owned();
    assert!(place.join("metadata/deep/x").exists());
    drop(client);
    assert!(!place.exists());
}

#[test]
fn a_program_that_cannot_be_started_is_an_error_and_not_a_rejection() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("client");
    fs::copy("/bin/sh", &program).unwrap();
    let adapter = ProcessAdapter::new(ProgramOptions::new(&program), info("gone")).unwrap();
    fs::remove_file(&program).unwrap();
    let reply = adapter.start().unwrap().refresh(&endpoint());
    assert!(matches!(reply.outcome, Outcome::Error { cause: Cause::Start { .. } }), "{:?}", reply.outcome);
}
