//! What has to go when the harness is told to end: the process groups that run, and the folders of clients.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tempfile::TempDir;

use crate::remove::remove;

static LIVE: Mutex<Live> = Mutex::new(Live { groups: Vec::new(), folders: Vec::new() });

/// How often a folder is removed in which a process that was killed may have been writing.
const ATTEMPTS: usize = 20;

/// The time between two attempts.
const PAUSE: Duration = Duration::from_millis(10);

#[derive(Debug)]
struct Live {
    groups: Vec<Pid>,
    folders: Vec<PathBuf>,
}

fn live() -> MutexGuard<'static, Live> {
    LIVE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts the leader of a process group.
///
/// # Errors
/// If it cannot be started.
pub(super) fn start(command: &mut Command) -> io::Result<Child> {
    let mut live = live();
    let leader = command.spawn()?;
    live.groups.push(Pid::from_child(&leader));
    Ok(leader)
}

/// Does what ends a group. Afterwards no signal is sent to it: its id may belong to somebody else.
pub(super) fn end<T>(group: Pid, how: impl FnOnce() -> T) -> T {
    let mut live = live();
    let result = how();
    live.groups.retain(|known| *known != group);
    result
}

/// Makes a temporary folder.
///
/// # Errors
/// If it cannot be made.
pub(crate) fn make_folder(prefix: &str) -> io::Result<TempDir> {
    let mut live = live();
    let folder = tempfile::Builder::new().prefix(prefix).tempdir()?;
    live.folders.push(folder.path().to_owned());
    Ok(folder)
}

/// Notes that a folder is no longer there.
pub(crate) fn removed(folder: &Path) {
    live().folders.retain(|known| known != folder);
}

/// Kills every client that is a program, removes the folders of all of them, and ends this process.
///
/// From the first moment on no client is started, and none that was killed here is taken for one that ended by itself:
/// whoever would do so waits until this process is gone.
pub fn end_all_and_exit(status: i32) -> ! {
    let live = live();
    for group in &live.groups {
        // It can only fail because no process is left.
        let _ = kill_process_group(*group, Signal::KILL);
    }
    for folder in &live.folders {
        for _ in 0..ATTEMPTS {
            remove(folder);
            if !fs::exists(folder).unwrap_or(true) {
                break;
            }
            thread::sleep(PAUSE);
        }
    }
    process::exit(status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_known_from_its_start_until_its_end() {
        let mut leader = start(&mut Command::new("/bin/cat")).unwrap();
        let id = Pid::from_child(&leader);
        assert!(live().groups.contains(&id));
        end(id, || leader.kill()).unwrap();
        assert!(!live().groups.contains(&id));
        leader.wait().unwrap();
    }

    #[test]
    fn a_folder_is_known_until_it_is_removed() {
        let folder = make_folder("tuf-cookbook-").unwrap();
        let path = folder.path().to_owned();
        assert!(live().folders.contains(&path));
        removed(&path);
        assert!(!live().folders.contains(&path));
    }
}
