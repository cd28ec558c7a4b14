//! What a test target says of clients with bugs, and of wrong baselines. The program starts itself anew for each case:
//! with [`CLIENT`] in its environment it is the test target of that client.
#![expect(clippy::unwrap_used, clippy::panic, reason = "everything here is a test, though none is marked as one")]

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::thread;
use std::time::Duration;

use libtest_mimic::{Arguments, Trial};
use reference::session::SessionClient;
use reference::{Fault, FaultSet};
use tuf_cookbook_testing::{Answer, Introduction, Place, Suite, Timestamp, TufClient};

/// The name of a client below, or of a fault.
const CLIENT: &str = "TUF_COOKBOOK_TESTING_CLIENT";
/// Its baseline, if it has one.
const BASELINE: &str = "TUF_COOKBOOK_TESTING_BASELINE";

/// A scenario that a client with [`FAULT`] passes, and one that it fails.
const HONEST: &str = "honest/first-refresh";
const REPLAY: &str = "rollback/timestamp-replay";
const FAULT: &str = "skip-timestamp-rollback";

/// A client without anything wrong.
const SOUND: &str = "sound";

fn main() -> ExitCode {
    if let Ok(name) = env::var(CLIENT) {
        let register = suite::Suite::embedded().unwrap().register;
        let faults = Fault::parse(&name).map_or(FaultSet::empty(), FaultSet::of);
        let is_to_hang = name == "hangs";
        let client = move || {
            assert_ne!(name, "cannot-be-made");
            Misfit { name: name.clone(), client: SessionClient::new(&register, faults) }
        };
        let suite = Suite::new(client);
        // Short only where it is to be missed: the machine may be busy.
        let suite = if is_to_hang { suite.deadline(Duration::from_millis(500)) } else { suite };
        return match env::var_os(BASELINE) {
            Some(file) => suite.baseline(PathBuf::from(file)).main(),
            None => suite.main(),
        };
    }
    let trials = CASES.iter().map(|(name, case)| {
        Trial::test(*name, || {
            case();
            Ok(())
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

/// The reference client, with whatever the name says wrong with it.
struct Misfit {
    name: String,
    client: SessionClient,
}

impl TufClient for Misfit {
    fn introduction(&self) -> Introduction {
        let mut introduction = self.client.introduction();
        match self.name.as_str() {
            "claims-too-much" => {
                introduction.features.insert("delegation".to_owned());
            }
            "looks-at-the-clock" => introduction.clock = false,
            "claims-nothing" => introduction.key_types.clear(),
            "lacks-sha512" => {
                introduction.features.remove("hash:sha512");
            }
            _ => {}
        }
        introduction
    }

    fn trust(&mut self, place: &Place, root: &[u8]) -> Answer {
        self.client.trust(place, root)
    }

    fn refresh(&mut self, place: &Place) -> Answer {
        self.misbehave();
        self.client.refresh(&self.told(place))
    }

    fn download(&mut self, place: &Place, targets: &[String]) -> Answer {
        self.misbehave();
        self.client.download(&self.told(place), targets)
    }
}

impl Misfit {
    /// What the client takes from what it is told.
    fn told(&self, place: &Place) -> Place {
        let now = if self.name == "looks-at-the-clock" { Timestamp::now() } else { place.now };
        Place { now, ..place.clone() }
    }

    fn misbehave(&self) {
        match self.name.as_str() {
            "panics" => panic!("a table is missing"),
            "hangs" => thread::sleep(Duration::from_hours(1)),
            _ => {}
        }
    }
}

/// How a test target ended, and what it printed.
struct Ended {
    status: i32,
    output: String,
    errors: String,
}

impl Ended {
    #[track_caller]
    fn says(&self, parts: &[&str]) -> &Self {
        for part in parts {
            let Self { output, errors, .. } = self;
            assert!(output.contains(part) || errors.contains(part), "`{part}` is missing in\n{output}\n{errors}");
        }
        self
    }

    #[track_caller]
    fn with_status(&self, status: i32) -> &Self {
        assert_eq!(self.status, status, "{}\n{}", self.output, self.errors);
        self
    }
}

/// Starts the test target of a client.
fn target(client: &str, baseline: Option<&str>, arguments: &[&str]) -> Ended {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(arguments).env(CLIENT, client).env("RUST_BACKTRACE", "0").current_dir(folder.path());
    if let Some(text) = baseline {
        fs::write(folder.path().join("known.toml"), text).unwrap();
        command.env(BASELINE, "known.toml");
    }
    let ended = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ended { status: ended.status.code().unwrap(), output: text(ended.stdout), errors: text(ended.stderr) }
}

/// A baseline with one entry.
fn known(scenario: &str, status: &str) -> String {
    let why = "reason = \"It\\nnever looks.\"\nlink = \"https://example.org/1\"";
    format!("[[deviation]]\nscenario = \"{scenario}\"\nstatus = \"{status}\"\n{why}\n")
}

/// The cases, named after what they show.
const CASES: &[(&str, fn())] = &[
    ("a_failure_tells_what_was_served_expected_and_seen_and_how_to_repeat_it", || {
        target(FAULT, None, &["--exact", REPLAY]).with_status(101).says(&[
            "test rollback/timestamp-replay ... FAILED",
            "---- rollback/timestamp-replay ----\nreference ",
            "\nFAIL  ",
            "requires  timestamp.rollback.lower-version (MUST, section 5.4.3",
            "timeline",
            "expected: rejected",
            "observed: accepted",
            "repeat    cargo test rollback/timestamp-replay --test broken -- --exact\n",
            "0 passed; 1 failed; 0 ignored",
        ]);
    }),
    ("every_scenario_is_listed_and_no_client_is_made_for_that", || {
        let suite = suite::Suite::embedded().unwrap();
        let mut expected: Vec<_> = suite.variants().map(|variant| format!("{}: test", variant.id)).collect();
        expected.sort();
        let listed = target("cannot-be-made", None, &["--list", "--format", "terse"]);
        let mut lines: Vec<_> = listed.with_status(0).output.lines().collect();
        lines.sort_unstable();
        assert_eq!(lines, expected);
        let ignored = target("cannot-be-made", None, &["--list", "--format", "terse", "--ignored"]);
        assert_eq!(ignored.with_status(0).output, "");
    }),
    ("a_filter_is_a_part_of_an_id_and_an_exact_one_is_all_of_it", || {
        let variant = "wrong-software/literal-pattern[target=below]";
        target(SOUND, None, &["literal-pattern["]).with_status(0).says(&["running 4 tests", variant, "4 passed"]);
        let skipped = target(SOUND, None, &["literal-pattern[", "--skip", "=below]"]);
        assert!(!skipped.with_status(0).says(&["3 passed"]).output.contains(variant));
        target(SOUND, None, &["--exact", variant, "--nocapture"])
            .with_status(0)
            .says(&["running 1 test\n", "1 passed"]);
        target(SOUND, None, &["--exact", "literal-pattern["]).with_status(0).says(&["running 0 tests"]);
    }),
    ("what_the_client_does_not_claim_is_ignored_with_the_reason", || {
        target("lacks-sha512", None, &["--exact", "honest/download-sha512"])
            .with_status(0)
            .says(&["ignored (the client does not claim `hash:sha512`)", "0 passed; 0 failed; 1 ignored"]);
    }),
    ("another_answer_to_an_open_question_is_ignored", || {
        target("accept-duplicate-members", None, &["--exact", "arbitrary-installation/repeated-json-member"])
            .with_status(0)
            .says(&["ignored (open question: the text does not decide `repeated-json-members`", "1 ignored"]);
    }),
    ("a_known_deviation_that_occurs_is_ignored_with_its_reason", || {
        target(FAULT, Some(&known("rollback/timestamp-rep*", "fail")), &["--exact", REPLAY])
            .with_status(0)
            .says(&["ignored (known deviation: It never looks. https://example.org/1)", "0 failed; 1 ignored"]);
    }),
    ("a_known_deviation_that_is_gone_fails", || {
        target(SOUND, Some(&known(REPLAY, "fail")), &["--exact", REPLAY]).with_status(101).says(&[
            "known.toml: rollback/timestamp-replay: listed as `fail`, but the result is `pass`: take the entry out",
        ]);
    }),
    ("a_known_deviation_of_another_kind_excuses_nothing", || {
        target(FAULT, Some(&known(REPLAY, "error")), &["--exact", REPLAY])
            .with_status(101)
            .says(&["listed as `error`, but the result is `fail`", "observed: accepted"]);
    }),
    ("an_entry_that_means_no_scenario_fails_as_a_test_of_its_own", || {
        let baseline = known("rollback/timestamp-repaly", "fail");
        target(SOUND, Some(&baseline), &["rollback/timestamp-re"]).with_status(101).says(&[
            "test baseline/rollback/timestamp-repaly ... FAILED",
            "no scenario is meant by this entry; did you mean `rollback/timestamp-replay`?",
            "1 failed",
        ]);
        let listed = target(SOUND, Some(&baseline), &["--list"]);
        listed.with_status(0).says(&["baseline/rollback/timestamp-repaly: test\n"]);
        target(SOUND, Some(&baseline), &["--exact", HONEST]).with_status(0).says(&["1 passed"]);
    }),
    ("without_its_baseline_nothing_is_played", || {
        let broken = target(SOUND, Some("[[deviation]]\nscenario = 3\n"), &["--list"]);
        broken.with_status(2).says(&["error: known.toml:2:12: ", "expected a string"]);
        assert_eq!(broken.output, "");
        let unexplained = known(REPLAY, "fail").replace("https://example.org/1", "");
        target(SOUND, Some(&unexplained), &[]).with_status(2).says(&["has no link", "help: give the `https` address"]);
    }),
    ("a_panic_is_an_error_of_the_client_and_the_others_are_played", || {
        target("panics", None, &["honest/first-"]).with_status(101).says(&[
            "\nERROR  ",
            "a table is missing",
            "test honest/first-refresh ",
            "thread 'client'",
        ]);
    }),
    ("a_missed_deadline_is_an_error_of_the_client", || {
        target("hangs", None, &["--exact", HONEST]).with_status(101).says(&[
            "\nERROR  ",
            "no answer within 0.500 s",
            "1 failed",
        ]);
    }),
    ("scenarios_wait_for_a_client_that_looks_at_the_clock", || {
        target("looks-at-the-clock", None, &["indefinite-freeze/same-"]).with_status(0).says(&["5 passed"]);
    }),
    ("a_client_that_hangs_all_the_time_is_given_up", || {
        target("hangs", None, &["honest/", "--test-threads=8"])
            .with_status(101)
            .says(&["not played: the client hung in 8 scenarios in a row", " 0 passed; "]);
    }),
    ("claims_that_cannot_be_true_are_told_before_anything_is_played", || {
        target("claims-too-much", None, &[])
            .with_status(2)
            .says(&["error: the client claims the feature `delegation`", "help: did you mean `delegations`?"]);
        target("claims-nothing", None, &[]).with_status(2).says(&["the client does not claim `keytype:ed25519`"]);
    }),
];
