//! The process group of a client: everything that it starts, unless that leaves the group on purpose.

use std::io::{self, PipeReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus};
use std::thread;

use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use super::live;

/// A client's process and all that belongs to it. What still runs when it is dropped is killed.
#[derive(Debug)]
pub(crate) struct Group {
    leader: Child,
    id: Pid,
}

impl Group {
    /// Starts the process that leads a new group.
    ///
    /// # Errors
    /// If it cannot be started.
    pub(crate) fn start(command: &mut Command) -> io::Result<Self> {
        let leader = live::start(command.process_group(0))?;
        let id = Pid::from_child(&leader);
        Ok(Self { leader, id })
    }

    /// A pipe that closes when the leader has ended.
    ///
    /// The leader is not reaped by it. Until [`Group::reap`] is called its process id cannot be given to another
    /// process, so that a signal to the group never reaches a stranger.
    ///
    /// # Errors
    /// If there is no thread or no pipe left.
    pub(crate) fn exit_notice(&self) -> io::Result<PipeReader> {
        let (notice, held) = io::pipe()?;
        let id = self.id;
        thread::Builder::new().name("wait".to_owned()).spawn(move || {
            let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
            while matches!(waitid(WaitId::Pid(id), options), Err(Errno::INTR)) {}
            drop(held);
        })?;
        Ok(notice)
    }

    /// Asks all processes of the group to end.
    pub(crate) fn terminate(&self) {
        self.signal(Signal::TERM);
    }

    /// Ends all processes of the group.
    pub(crate) fn kill(&self) {
        self.signal(Signal::KILL);
    }

    /// How the leader ended, if it has.
    ///
    /// # Errors
    /// If the system does not tell.
    pub(crate) fn reap(&mut self) -> io::Result<Option<ExitStatus>> {
        let leader = &mut self.leader;
        live::end(self.id, || leader.try_wait())
    }

    fn signal(&self, signal: Signal) {
        // It can only fail because no process is left.
        let _ = kill_process_group(self.id, signal);
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // Once it is reaped, its id may belong to somebody else.
        live::end(self.id, || {
            if !matches!(self.leader.try_wait(), Ok(Some(_))) {
                let _ = kill_process_group(self.id, Signal::KILL);
            }
        });
    }
}
