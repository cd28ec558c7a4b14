//! Stories that show every fault: for each there is a repository that makes the client behave differently.
//! What is compared is what can be seen from outside: outcomes, requests, stored metadata, target files.

mod agreement;
mod delegations;
mod edges;
mod format;
mod mapping;
mod narrow;
mod network;
mod repositories;
mod root;
mod rotation;
mod taps;
mod targets;
mod timestamp_snapshot;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::test_repository::Play;
use crate::{Fault, FaultSet};

type Story = fn(&mut Play);

fn trace(story: Story, faults: FaultSet) -> Vec<String> {
    let mut play = Play::new(faults);
    match catch_unwind(AssertUnwindSafe(|| story(&mut play))) {
        Err(panic) if faults == FaultSet::empty() => resume_unwind(panic),
        Err(_) => play.trace.push("crashed".to_owned()),
        Ok(()) => {}
    }
    play.trace
}

#[test]
fn a_story_goes_the_same_way_each_time() {
    for story in timestamp_snapshot::ALL {
        assert_eq!(trace(*story, FaultSet::empty()), trace(*story, FaultSet::empty()));
    }
}

#[test]
fn every_fault_can_be_seen_from_outside() {
    let stories = [
        format::ALL,
        root::ALL,
        timestamp_snapshot::ALL,
        delegations::ALL,
        agreement::ALL,
        taps::ALL,
        rotation::ALL,
        mapping::ALL,
        repositories::ALL,
        targets::ALL,
        network::ALL,
        narrow::ALL,
        edges::ALL,
    ]
    .concat();
    let honest: Vec<_> = stories.iter().map(|story| trace(*story, FaultSet::empty())).collect();
    // Faults and stories are in the order of the workflow: what shows one fault stands near what shows the next.
    let (mut near, mut not_shown) = (0, Vec::new());
    for fault in Fault::ALL {
        let mut order = (0..stories.len()).map(|offset| (near + offset) % stories.len());
        match order.find(|story| trace(stories[*story], FaultSet::of(*fault)) != honest[*story]) {
            Some(story) => near = story,
            None => not_shown.push(fault.id()),
        }
    }
    assert!(not_shown.is_empty(), "no story shows {not_shown:?}");
}
