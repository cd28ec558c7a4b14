//! How scenarios are played: in what order, how many at a time, with which clock, and who is blamed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use adapter::{Adapter, BuiltIn, Client, ClientInfo, Endpoint, Reply, StartError, Store};
use jiff::Timestamp;
use judge::{ScenarioResult, Status};
use reference::FaultSet;
use runner::{Options, Venue};
use server::Server;
use suite::observation::{Cause, Outcome};
use suite::{Suite, Variant, parse_scenario};

/// The reference client, with something about it changed.
struct Changed {
    inner: BuiltIn,
    info: ClientInfo,
    /// Called before everything that the client does.
    before: fn(),
    started: AtomicUsize,
}

struct ChangedClient {
    inner: Box<dyn Client>,
    has_clock: bool,
    before: fn(),
}

impl Changed {
    fn new(suite: &Suite, has_clock: bool, before: fn()) -> Self {
        let inner = BuiltIn::new(&suite.register, FaultSet::empty());
        let info = ClientInfo { clock: has_clock, ..inner.info().clone() };
        Self { inner, info, before, started: AtomicUsize::new(0) }
    }
}

impl Adapter for Changed {
    fn info(&self) -> &ClientInfo {
        &self.info
    }

    fn start(&self) -> Result<Box<dyn Client>, StartError> {
        self.start_with(&BTreeSet::new())
    }

    fn start_with(&self, features: &BTreeSet<String>) -> Result<Box<dyn Client>, StartError> {
        self.started.fetch_add(1, Ordering::Relaxed);
        let inner = self.inner.start_with(features)?;
        Ok(Box::new(ChangedClient { inner, has_clock: self.info.clock, before: self.before }))
    }
}

impl ChangedClient {
    /// A client without a clock of ours looks at the real one.
    fn at(&self, at: &Endpoint) -> Endpoint {
        (self.before)();
        let now = if self.has_clock { at.now } else { Timestamp::now() };
        Endpoint { now, ..at.clone() }
    }
}

impl Client for ChangedClient {
    fn trust(&mut self, at: &Endpoint, root: &[u8]) -> Reply {
        self.inner.trust(at, root)
    }

    fn refresh(&mut self, at: &Endpoint) -> Reply {
        let at = self.at(at);
        self.inner.refresh(&at)
    }

    fn download(&mut self, at: &Endpoint, targets: &[String]) -> Reply {
        let at = self.at(at);
        self.inner.download(&at, targets)
    }

    fn store(&self) -> Result<Store, String> {
        self.inner.store()
    }
}

/// A client that hangs whatever it is told.
struct Hanging(ClientInfo);

impl Adapter for Hanging {
    fn info(&self) -> &ClientInfo {
        &self.0
    }

    fn start(&self) -> Result<Box<dyn Client>, StartError> {
        Ok(Box::new(HangingClient))
    }
}

struct HangingClient;

impl Client for HangingClient {
    fn trust(&mut self, _: &Endpoint, _: &[u8]) -> Reply {
        Reply { outcome: Outcome::Error { cause: Cause::Deadline { milliseconds: 1 } }, output: Vec::new() }
    }

    fn refresh(&mut self, at: &Endpoint) -> Reply {
        self.trust(at, &[])
    }

    fn download(&mut self, at: &Endpoint, _: &[String]) -> Reply {
        self.trust(at, &[])
    }

    fn store(&self) -> Result<Store, String> {
        Ok(Store::default())
    }
}

fn suite() -> Suite {
    Suite::embedded().unwrap()
}

fn play(suite: &Suite, variants: &[&Variant], client: &dyn Adapter, jobs: usize) -> Vec<ScenarioResult> {
    let server = Server::start().unwrap();
    let referee = BuiltIn::new(&suite.register, FaultSet::empty()).direct();
    let options = Options {
        dialect: suite.dialect("default").unwrap(),
        register: &suite.register,
        venue: Venue::Http(&server),
        referee: Some(&referee),
        jobs,
        dared: &runner::NONE,
        timelines: None,
        give_up_after: 3,
        shuffle: None,
    };
    let heard = Mutex::new(Vec::new());
    let results = runner::run(variants, client, options, &|result| heard.lock().unwrap().push(result.id.clone()));
    let mut heard = heard.into_inner().unwrap();
    heard.sort();
    let mut ids: Vec<_> = results.iter().map(|result| result.id.clone()).collect();
    ids.sort();
    assert_eq!(heard, ids, "every result is told once");
    results
}

fn scenario(slug: &str, steps: &str) -> Variant {
    let head = "title = \"t\"\nattack = \"rollback\"\ncovers = []\nstory = \"s\"\n";
    let path = format!("scenarios/rollback/{slug}.toml");
    parse_scenario(&path, &(head.to_owned() + steps)).unwrap().variants.remove(0)
}

#[test]
fn results_come_in_the_order_of_the_scenarios_whatever_takes_longer() {
    let suite = suite();
    let mut variants: Vec<_> = suite.variants().filter(|variant| variant.id.class() == "rollback").collect();
    variants.reverse();
    let client = Changed::new(&suite, true, thread::yield_now);
    let results = play(&suite, &variants, &client, 4);
    let ids: Vec<_> = results.iter().map(|result| &result.id).collect();
    assert_eq!(ids, variants.iter().map(|variant| &variant.id).collect::<Vec<_>>());
    assert!(results.iter().all(|result| result.status == Status::Pass));
}

#[test]
fn scenarios_with_the_same_control_share_it() {
    let suite = suite();
    let start = "[[step]]\npublish = [\"timestamp\"]\n[[step]]\nrefresh = \"accept\"\n";
    let end = "[[step]]\nrefresh = \"reject\"\n";
    let replayed = scenario("replayed", &format!("{start}[[step]]\nattack.replay = {{ timestamp = 1 }}\n{end}"));
    let withheld =
        scenario("withheld", &format!("{start}[[step]]\nattack.withhold = {{ metadata = [\"timestamp\"] }}\n{end}"));
    let client = Changed::new(&suite, true, || ());
    let results = play(&suite, &[&replayed, &withheld], &client, 1);
    assert!(results.iter().all(|result| result.status == Status::Pass && result.runs.len() == 2));
    assert_eq!(client.started.load(Ordering::Relaxed), 3, "two attacks and one control");
}

#[test]
fn no_more_clients_work_at_a_time_than_were_allowed() {
    static WORKING: AtomicUsize = AtomicUsize::new(0);
    static MOST: AtomicUsize = AtomicUsize::new(0);
    fn work() {
        let working = WORKING.fetch_add(1, Ordering::SeqCst) + 1;
        MOST.fetch_max(working, Ordering::SeqCst);
        thread::sleep(Duration::from_millis(5));
        WORKING.fetch_sub(1, Ordering::SeqCst);
    }
    let suite = suite();
    let variants: Vec<_> = suite.variants().filter(|variant| variant.id.class() == "rollback").collect();
    play(&suite, &variants, &Changed::new(&suite, true, work), 2);
    assert_eq!(MOST.load(Ordering::SeqCst), 2);
}

#[test]
fn a_client_whose_clock_cannot_be_set_is_waited_for_and_others_play_meanwhile() {
    let suite = suite();
    let waits = "[[step]]\nrefresh = \"accept\"\n[[step]]\nclock = \"+8d\"\n[[step]]\npublish = [\"timestamp\"]\n\
                 [[step]]\nattack.replay = { timestamp = 1 }\n[[step]]\nrefresh = \"reject\"\nreason = \"expired\"\n";
    let variants: Vec<_> = (0..8).map(|number| scenario(&format!("waits-{number}"), waits)).collect();
    let start = Instant::now();
    let results = play(&suite, &variants.iter().collect::<Vec<_>>(), &Changed::new(&suite, false, || ()), 1);
    for result in &results {
        assert_eq!((result.status, &result.note), (Status::Pass, &None));
    }
    // One after the other, nine runs of four seconds each would take more than half a minute.
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn a_client_that_is_too_slow_for_the_real_clock_gets_more_time() {
    let suite = suite();
    let steps = "[[step]]\nrefresh = \"accept\"\ntrusted = { timestamp = 1 }\n[[step]]\nclock = \"+8d\"\n\
                 [[step]]\npublish = [\"timestamp\"]\n[[step]]\nrefresh = \"accept\"\n";
    let slow = scenario("slow", steps);
    let client = Changed::new(&suite, false, || thread::sleep(Duration::from_millis(3_100)));
    let results = play(&suite, &[&slow], &client, 1);
    assert_eq!((results[0].status, &results[0].note), (Status::Pass, &None));
    assert_eq!(client.started.load(Ordering::Relaxed), 2, "the first attempt was too late");
}

#[test]
fn a_date_that_only_a_set_clock_can_tell_is_not_held_against_a_client_without_one() {
    let suite = suite();
    let steps = "[[step]]\nforge.timestamp = { expires = \"+1s\" }\n[[step]]\nrefresh = \"accept\"\n";
    let results = play(&suite, &[&scenario("soon", steps)], &Changed::new(&suite, false, || ()), 1);
    assert_eq!(results[0].status, Status::Unsupported);
    assert!(results[0].note.as_ref().unwrap().contains("whose clock can be set"));
}

#[test]
fn a_scenario_that_is_wrong_about_the_text_is_not_held_against_the_client() {
    let suite = suite();
    let wrong = scenario("wrong", "[[step]]\nrefresh = \"reject\"\n");
    let results = play(&suite, &[&wrong], &Changed::new(&suite, true, || ()), 1);
    assert!(results[0].suite_fault);
    assert_eq!(results[0].status, Status::Error);
    assert!(results[0].note.as_ref().unwrap().contains("`step-1.outcome`: expected rejected, observed accepted"));
}

#[test]
fn a_state_that_cannot_be_made_is_not_held_against_the_client() {
    let suite = suite();
    let impossible =
        scenario("impossible", "[[step]]\nattack.replay = { timestamp = 7 }\n[[step]]\nrefresh = \"reject\"\n");
    let results = play(&suite, &[&impossible], &Changed::new(&suite, true, || ()), 1);
    assert!(results[0].suite_fault);
    let note = results[0].note.as_ref().unwrap();
    assert!(note.ends_with("step 1: the role `timestamp` was never published with version 7"), "{note}");
}

#[test]
fn a_client_that_always_hangs_is_given_up() {
    let suite = suite();
    let variants: Vec<_> = suite.variants().take(10).collect();
    let info = BuiltIn::new(&suite.register, FaultSet::empty()).info().clone();
    let results = play(&suite, &variants, &Hanging(info), 1);
    assert!(results.iter().all(|result| result.status == Status::Error && !result.suite_fault));
    let given_up = results.iter().filter(|result| result.note.as_ref().unwrap().contains("3 runs in a row")).count();
    assert!((1..10).contains(&given_up), "{given_up}");
}

#[test]
fn a_feature_that_is_not_claimed_is_not_tested() {
    let suite = suite();
    let variant = suite.variants().find(|variant| variant.id.as_str() == "honest/hash-bins").unwrap();
    let mut client = Changed::new(&suite, true, || ());
    client.info.features.remove("hashed-bins");
    let results = play(&suite, &[variant], &client, 1);
    assert_eq!(results[0].status, Status::Unsupported);
    assert_eq!(results[0].note.as_deref(), Some("the client does not claim `hashed-bins`"));
    assert_eq!(client.started.load(Ordering::Relaxed), 0);
}
