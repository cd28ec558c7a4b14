//! What a run cost, ours and that of the clients.

use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use report::Resources;

/// Measures from its creation on.
pub struct Meter {
    start: Instant,
    /// What the process had used before: whoever started us with `exec`, as `cargo run` does, left its account to us.
    harness_before: u64,
    clients_before: u64,
}

impl Meter {
    /// A meter that starts now.
    pub fn start() -> Self {
        Self {
            start: Instant::now(),
            harness_before: cpu_milliseconds(UsageWho::RUSAGE_SELF).unwrap_or_default(),
            clients_before: cpu_milliseconds(UsageWho::RUSAGE_CHILDREN).unwrap_or_default(),
        }
    }

    /// What was used so far. The clients' share counts the processes that have ended.
    pub fn read(&self) -> Option<Resources> {
        Some(Resources {
            wall_milliseconds: u64::try_from(self.start.elapsed().as_millis()).ok()?,
            harness_cpu_milliseconds: cpu_milliseconds(UsageWho::RUSAGE_SELF)?.saturating_sub(self.harness_before),
            client_cpu_milliseconds: cpu_milliseconds(UsageWho::RUSAGE_CHILDREN)?.saturating_sub(self.clients_before),
        })
    }
}

fn cpu_milliseconds(who: UsageWho) -> Option<u64> {
    let usage = getrusage(who).ok()?;
    let milliseconds = [usage.user_time(), usage.system_time()]
        .iter()
        .map(|time| time.tv_sec() * 1_000 + time.tv_usec() / 1_000)
        .sum::<i64>();
    u64::try_from(milliseconds).ok()
}
