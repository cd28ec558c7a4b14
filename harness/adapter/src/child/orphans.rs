//! What outlives a client: its children, and daemons that it starts in process groups of their own.
//!
//! On Linux such a process becomes a child of ours as soon as its parent has ended. It is told from any other child by its
//! process group, or by a variable in its environment. One that left the group and empties its environment is not
//! found; on other systems, only the group is ended.

use std::process::Command;

use rustix::process::Pid;

/// The variable, with a value of its own for each client.
const MARK: &str = "TUF_COOKBOOK_CLIENT";

/// Marks what a command will start. `mark` is different for each client.
pub(super) fn mark(command: &mut Command, mark: &str) {
    system::become_parent_of_orphans();
    command.env(MARK, mark);
}

/// Ends the orphans of a group whose leader has ended and those that carry a mark.
pub(super) fn end(group: Pid, mark: &str) {
    system::end(group, &format!("{MARK}={mark}"));
}

#[cfg(target_os = "linux")]
mod system {
    use std::collections::BTreeSet;
    use std::fs;
    use std::sync::Once;
    use std::thread;
    use std::time::Duration;

    use rustix::io::Errno;
    use rustix::process::{Pid, Signal, WaitOptions, getpid, kill_process, set_child_subreaper, waitpid};

    /// How often orphans are looked for. One that is ended can leave orphans of its own; a client that makes them
    /// faster than that is left alone.
    const ROUNDS: usize = 100;

    /// The time between two looks.
    const PAUSE: Duration = Duration::from_millis(2);

    pub(super) fn become_parent_of_orphans() {
        static DONE: Once = Once::new();
        DONE.call_once(|| {
            // If the system does not do that, orphans are not found.
            let _ = set_child_subreaper(Some(getpid()));
        });
    }

    pub(super) fn end(group: Pid, mark: &str) {
        // Those that were killed and are not reaped yet. Nothing else tells any more whose they were.
        let mut dying = BTreeSet::new();
        for _ in 0..ROUNDS {
            let orphans: Vec<Pid> = children().filter(|child| is_of(*child, group, mark)).collect();
            let is_over = orphans.is_empty();
            for orphan in orphans {
                // It can only fail because the process has ended already.
                let _ = kill_process(orphan, Signal::KILL);
                dying.insert(orphan.as_raw_nonzero());
            }
            dying.retain(|id| {
                let status = waitpid(Pid::from_raw(id.get()), WaitOptions::NOHANG);
                matches!(status, Ok(None) | Err(Errno::INTR))
            });
            if is_over && dying.is_empty() {
                return;
            }
            thread::sleep(PAUSE);
        }
    }

    /// The processes whose parent we are.
    fn children() -> impl Iterator<Item = Pid> {
        let threads = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
        let lists = threads.filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
        let ids = lists.flat_map(|list| list.split_whitespace().map(str::parse).collect::<Vec<_>>());
        ids.filter_map(|id| Pid::from_raw(id.ok()?))
    }

    fn is_of(child: Pid, group: Pid, mark: &str) -> bool {
        if child == group {
            // The leader, whose status is still wanted.
            return false;
        }
        let folder = format!("/proc/{}", child.as_raw_nonzero());
        // What stands before the last bracket is the name of the program. After it: state, parent, group.
        let stat = fs::read_to_string(format!("{folder}/stat")).unwrap_or_default();
        let of_group = stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(2)?.parse::<i32>().ok());
        if of_group == Some(group.as_raw_nonzero().get()) {
            return true;
        }
        let environment = fs::read(format!("{folder}/environ")).unwrap_or_default();
        environment.split(|byte| *byte == 0).any(|variable| variable == mark.as_bytes())
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use rustix::process::Pid;

    pub(super) const fn become_parent_of_orphans() {}

    pub(super) const fn end(_: Pid, _: &str) {}
}
