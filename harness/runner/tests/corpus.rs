//! The corpus as a whole: in order, playable in every dialect, able to fail, and made of the same bytes every time.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::collections::BTreeSet;
use std::iter;
use std::path::Path;
use std::thread;

use adapter::{Adapter, BuiltIn};
use jiff::Timestamp;
use judge::Status;
use reference::{Fault, FaultSet};
use repository::{Calendar, Event, Timeline};
use runner::{Corpus, Options, Venue};
use sha2::{Digest, Sha256};
use suite::{RunKind, Suite, Variant, lint};

fn working_copy() -> suite::Tree {
    suite::read_tree(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))).unwrap()
}

fn jobs() -> usize {
    thread::available_parallelism().map_or(1, Into::into)
}

#[test]
fn every_data_file_lints_and_is_laid_out() {
    let tree = working_copy();
    let problems = lint::lint(&tree);
    assert!(problems.is_empty(), "{:?}", problems.iter().map(ToString::to_string).collect::<Vec<_>>());
    let not_laid_out: Vec<_> =
        tree.iter().filter(|(path, text)| suite::format(path, text).unwrap() != **text).map(|(path, _)| path).collect();
    assert!(not_laid_out.is_empty(), "run `tuf-cookbook fmt`: {not_laid_out:?}");
}

#[test]
fn what_is_built_into_the_program_is_what_is_in_the_working_copy() {
    let ids = |suite: &Suite| suite.variants().map(|variant| variant.id.to_string()).collect::<Vec<_>>();
    let embedded = Suite::embedded().unwrap();
    assert_eq!(ids(&embedded), ids(&Suite::from_tree(&working_copy()).unwrap()));
    assert!(embedded.variants().count() >= 80);
}

#[test]
fn the_reference_client_passes_every_scenario_in_every_dialect_that_the_scenario_allows() {
    let suite = Suite::embedded().unwrap();
    let variants: Vec<&Variant> = suite.variants().collect();
    let client = BuiltIn::new(&suite.register, FaultSet::empty()).direct();
    for dialect in &suite.dialects {
        let options = Options {
            dialect,
            register: &suite.register,
            venue: Venue::InProcess,
            referee: None,
            jobs: jobs(),
            dared: &runner::NONE,
            timelines: None,
            give_up_after: 0,
            shuffle: None,
        };
        for result in runner::run(&variants, &client, options, &|_| {}) {
            let failed: Vec<_> = result.failed_checks().collect();
            assert_eq!(result.status, Status::Pass, "{} in {}: {:?} {failed:?}", result.id, dialect.id, result.note);
        }
    }
}

#[test]
fn every_fault_is_killed_and_every_scenario_kills_one() {
    let suite = Suite::embedded().unwrap();
    let variants: Vec<&Variant> = suite.variants().collect();
    let faultless = BuiltIn::new(&suite.register, FaultSet::empty()).direct();
    let faulty: Vec<BuiltIn> =
        Fault::ALL.iter().map(|fault| BuiltIn::new(&suite.register, FaultSet::of(*fault)).direct()).collect();
    let clients: Vec<&dyn Adapter> =
        iter::once(&faultless).chain(&faulty).map(|client| client as &dyn Adapter).collect();
    let dialect = suite.dialect("default").unwrap();
    let corpus = Corpus { variants: &variants, dialect, register: &suite.register };
    let rows = runner::matrix(corpus, &clients, jobs()).unwrap();

    // A client that crashes has not passed either.
    let fails = |status: &Status| matches!(status, Status::Fail | Status::Error);
    let is_killed = |place: usize| rows.iter().any(|row| fails(&row[place + 1]));
    let survivors: Vec<_> =
        Fault::ALL.iter().enumerate().filter(|(place, _)| !is_killed(*place)).map(|(_, fault)| fault.id()).collect();
    assert!(survivors.is_empty(), "no scenario notices {survivors:?}");
    let idle: Vec<_> = variants
        .iter()
        .zip(&rows)
        .filter(|(_, row)| !row[1..].iter().any(fails))
        .map(|(variant, _)| variant.id.as_str())
        .collect();
    assert!(idle.is_empty(), "these scenarios cannot fail: {idle:?}");
}

#[test]
fn an_attack_shows_or_tells_the_client_something_that_the_control_does_not() {
    let suite = Suite::embedded().unwrap();
    let dialect = suite.dialect("default").unwrap();
    let calendar = Calendar::Free { start: Timestamp::UNIX_EPOCH };
    let shown = |variant: &Variant, run| {
        let timeline = Timeline::build(variant, dialect, run, &calendar).unwrap();
        let (mut files, mut told) = (Vec::new(), Vec::new());
        for (_, event) in timeline.events {
            match event {
                Event::Show(shown) | Event::Meanwhile { files: shown, .. } => files.push(shown),
                Event::TargetsRole(mapping) => told.push(mapping),
                _ => {}
            }
        }
        (files, told)
    };
    for variant in suite.variants().filter(|variant| variant.plan.has_attack()) {
        let (attack, control) = (shown(variant, RunKind::Attack), shown(variant, RunKind::Control));
        assert_ne!(attack, control, "{}", variant.id);
    }
}

#[test]
fn every_attack_class_and_every_honest_case_that_the_suite_is_about_has_scenarios() {
    let suite = Suite::embedded().unwrap();
    let classes: BTreeSet<&str> = suite.variants().map(|variant| variant.id.class()).collect();
    let wanted = [
        "arbitrary-installation",
        "endless-data",
        "extraneous-dependencies",
        "fast-forward",
        "honest",
        "indefinite-freeze",
        "key-compromise",
        "malicious-mirrors",
        "mix-and-match",
        "rollback",
        "slow-retrieval",
        "wrong-software",
    ];
    assert_eq!(classes, BTreeSet::from(wanted));
}

/// Same scenario, same dialect, same start: the same bytes. If a scenario of this list or the way in which states are
/// made was changed on purpose, put the printed hash here.
#[test]
fn the_bytes_of_a_scenario_are_what_they_always_were() {
    let suite = Suite::embedded().unwrap();
    let calendar = Calendar::Free { start: Timestamp::constant(1_900_000_000, 0) };
    let mut hash = Sha256::new();
    for id in ["rollback/timestamp-replay", "fast-forward/timestamp-recovered", "honest/hash-bins"] {
        let variant = suite.variants().find(|variant| variant.id.as_str() == id).unwrap();
        for dialect in &suite.dialects {
            let timeline = Timeline::build(variant, dialect, RunKind::Attack, &calendar).unwrap();
            hash.update(timeline.root.unwrap());
            for (_, event) in timeline.events {
                if let Event::Show(files) = event {
                    for (name, bytes) in files.metadata.iter().chain(&files.targets) {
                        hash.update(name);
                        hash.update(bytes);
                    }
                }
            }
        }
    }
    assert_eq!(hex::encode(hash.finalize()), "1ee9c024b755149624f72e55a7853f3591c1d903612328a9ebbddf002efeb897");
}
