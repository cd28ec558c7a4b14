//! Clients that print and write without measure. What the harness keeps of that is little.
//!
//! There is one test, so that the memory that is used is used by what is looked at.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod stage;

use std::fs;
use std::time::Duration;

use adapter::{ProgramOptions, StoreLimits, Transport};
use judge::Status;
use suite::observation::{Cause, Outcome};

/// How much the memory of the harness may grow.
const GROWTH: u64 = 32 << 20;

/// How much a client may keep.
const STORE: u64 = 8 << 20;

/// How much it may have written when that is noticed. The harness looks a few times in a second.
const NOTICED: u64 = 512 << 20;

/// How long one client may take on a machine that has much else to do.
const BOUND: Duration = Duration::from_mins(1);

/// The most memory that this process used since the last call, in bytes. 0 where the system does not tell.
fn most_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    // Has the system count anew. If it does not, what was used before counts as well.
    let _ = fs::write("/proc/self/clear_refs", "5");
    kibibytes.unwrap_or_default() << 10
}

#[test]
fn a_flood_ends_the_client_and_is_not_kept() {
    let store = || Cause::Store { message: format!("more than {STORE} bytes in all") };
    let output = |bytes| Cause::OutputLimit { bytes };
    let rows = [
        ("prints-a-gigabyte", Transport::Session, output(1 << 20)),
        ("prints-a-gigabyte", Transport::Process, output(16 << 20)),
        ("logs-200-megabytes", Transport::Session, output(16 << 20)),
        ("logs-200-megabytes", Transport::Process, output(16 << 20)),
        ("floods-when-told-to-end", Transport::Session, Cause::Deadline { milliseconds: 2_000 }),
        ("floods-when-told-to-end", Transport::Process, Cause::Deadline { milliseconds: 2_000 }),
        ("fills-the-disk", Transport::Session, store()),
        ("fills-the-disk", Transport::Process, store()),
        ("fills-the-disk-beside-its-store", Transport::Session, store()),
        ("fills-the-disk-beside-its-store", Transport::Process, store()),
    ];
    let change = |cause: &Cause| {
        let is_late = matches!(cause, Cause::Deadline { .. });
        move |options: &mut ProgramOptions| {
            options.store_limits = StoreLimits { total: STORE, ..StoreLimits::default() };
            options.deadline = if is_late { Duration::from_secs(2) } else { options.deadline };
        }
    };
    stage::play("behaves-well", Transport::Session, change(&store()));
    most_memory();
    let before = most_memory();
    for (name, transport, cause) in rows {
        let played = stage::play(name, transport, change(&cause));
        let memory = most_memory();
        let [bad, good @ ..] = played.results.as_slice() else { panic!("{name}: nothing was played") };
        let last = bad.runs.iter().flat_map(|run| &run.observations).next_back().unwrap();
        assert_eq!(last.outcome, Outcome::Error { cause }, "{name} over {transport}");
        assert!(last.output.len() <= 20 << 10, "{name} over {transport}: {} bytes of output", last.output.len());
        assert!(good.iter().all(|result| result.status == Status::Pass), "{name} over {transport}");
        assert!(played.elapsed < BOUND, "{name} over {transport}: {:?}", played.elapsed);
        assert_eq!(played.written.is_some(), name.starts_with("fills"), "{name} over {transport}");
        assert!(played.written.is_none_or(|bytes| bytes < NOTICED), "{name} over {transport}: {:?}", played.written);
        assert!(memory < before + GROWTH, "{name} over {transport}: {before} bytes became {memory}");
    }
}
