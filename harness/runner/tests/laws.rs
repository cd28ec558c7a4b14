//! What holds for every history of a repository, not only for those that somebody thought of.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::sync::Arc;

use adapter::BuiltIn;
use jiff::Timestamp;
use judge::Status;
use proptest::prelude::*;
use reference::FaultSet;
use repository::{Calendar, Event, Files, Timeline};
use runner::{Options, Venue};
use suite::{RunKind, Suite, Variant, parse_scenario};

const HEAD: &str = "title = \"t\"\nattack = \"rollback\"\ncovers = []\nstory = \"s\"\n";
const REPOSITORY: &str = "[repository.targets]\n\"app\" = \"1\"\n[[repository.delegations]]\nrole = \"project\"\n\
                          paths = [\"project-*\"]\ntargets = { \"project-a\" = \"a\" }\n";

fn scenario(steps: &[String]) -> Variant {
    let steps = steps.join("\n[[step]]\n");
    let text = format!("{HEAD}{REPOSITORY}[[step]]\n{steps}\n");
    parse_scenario("scenarios/rollback/law.toml", &text).unwrap().variants.remove(0)
}

/// Something that an honest repository does, published at once.
fn honest_change() -> impl Strategy<Value = Vec<String>> {
    let role = prop::sample::select(vec!["root", "timestamp", "snapshot", "targets", "project"]);
    let rotation = (prop::sample::select(vec!["root", "timestamp", "snapshot", "targets"]), 0..4u8, 1..3u8);
    prop_oneof![
        role.prop_map(|role| vec![format!("publish = [\"{role}\"]")]),
        rotation.prop_map(|(role, key, threshold)| vec![
            format!("rotate.{role} = {{ keys = [\"{role}-{key}\", \"{role}-x\"], threshold = {threshold} }}"),
            format!("publish = [\"root\", \"{role}\"]"),
        ]),
        (0..5u8).prop_map(|key| vec![
            format!("rotate.project = {{ keys = [\"project-{key}\"] }}"),
            "publish = [\"targets\", \"project\"]".to_owned(),
        ]),
        (0..9u8).prop_map(|content| vec![
            format!("add.targets = {{ \"app\" = \"{content}\" }}"),
            "publish = [\"targets\"]".to_owned(),
        ]),
        any::<bool>().prop_map(|is_on| vec![
            format!("consistent-snapshot = {is_on}"),
            "publish = [\"root\", \"targets\", \"project\"]".to_owned(),
        ]),
    ]
}

/// Histories, with the places at which the client refreshes.
fn history() -> impl Strategy<Value = Vec<(Vec<String>, bool)>> {
    prop::collection::vec((honest_change(), any::<bool>()), 1..8)
}

fn files(variant: &Variant, suite: &Suite) -> Vec<Arc<Files>> {
    let calendar = Calendar::Free { start: Timestamp::UNIX_EPOCH };
    let dialect = suite.dialect("default").unwrap();
    let timeline = Timeline::build(variant, dialect, RunKind::Attack, &calendar).unwrap();
    let shown = timeline.events.into_iter().filter_map(|(_, event)| match event {
        Event::Show(files) => Some(files),
        _ => None,
    });
    shown.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// The crate that signs and the client that verifies share no code, so that this says something about both.
    #[test]
    fn whatever_an_honest_repository_does_is_accepted(history in history()) {
        let suite = Suite::embedded().unwrap();
        let mut steps = Vec::new();
        for (changes, is_seen) in history {
            steps.extend(changes);
            if is_seen {
                steps.push("refresh = \"accept\"".to_owned());
            }
        }
        steps.push("download.accept = [\"app\", \"project-a\"]\ndownloaded = { \"project-a\" = \"a\" }".to_owned());
        let variant = scenario(&steps);
        let client = BuiltIn::new(&suite.register, FaultSet::empty()).direct();
        let options = Options {
            dialect: suite.dialect("default").unwrap(),
            register: &suite.register,
            venue: Venue::InProcess,
            referee: None,
            jobs: 1,
            dared: &runner::NONE,
            timelines: None,
            give_up_after: 0,
            shuffle: None,
        };
        let result = runner::run(&[&variant], &client, options, &|_| {}).remove(0);
        let failed: Vec<_> = result.failed_checks().collect();
        prop_assert_eq!(result.status, Status::Pass, "{:?} {:?}", steps, failed);
    }

    /// Whatever an attacker shows, the repository shows its own state again as soon as it publishes.
    #[test]
    fn an_attack_leaves_no_trace_in_what_the_repository_publishes(history in history(), version in 1..1000u64) {
        let suite = Suite::embedded().unwrap();
        let honest: Vec<String> = history.into_iter().flat_map(|(changes, _)| changes).collect();
        let mut attacked = vec![
            format!("attack.forge.timestamp = {{ version = {version} }}"),
            "attack.withhold = { metadata = [\"snapshot\"], targets = [\"app\"] }".to_owned(),
        ];
        attacked.extend(honest.iter().cloned());
        let last = |steps: &[String]| files(&scenario(steps), &suite).pop().unwrap();
        prop_assert_eq!(last(&attacked), last(&honest));
    }

    /// Replaying twice is the same as replaying once.
    #[test]
    fn a_replay_is_idempotent(versions in 2..6usize, replayed in 1..6u64) {
        prop_assume!(replayed <= versions as u64);
        let suite = Suite::embedded().unwrap();
        let mut steps = vec!["publish = [\"targets\"]".to_owned(); versions - 1];
        let replay = format!("attack.replay = {{ timestamp = {replayed}, snapshot = {replayed} }}");
        steps.extend([replay.clone(), replay]);
        let states = files(&scenario(&steps), &suite);
        prop_assert_eq!(&states[states.len() - 1], &states[states.len() - 2]);
    }
}
