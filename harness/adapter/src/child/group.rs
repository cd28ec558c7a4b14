//! The process group of a client: everything that it starts. What leaves the group on purpose is ended as an
//! orphan.

use std::io::{self, PipeReader};
use std::os::unix::process::CommandExt;
use std::process::{self, Child, Command, ExitStatus};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use super::{live, orphans};

/// A client's process and all that belongs to it. What still runs when it is dropped is killed.
#[derive(Debug)]
pub(crate) struct Group {
    leader: Child,
    /// How the leader ended, once it is reaped. From then on its id may belong to somebody else.
    status: Option<ExitStatus>,
    id: Pid,
    mark: String,
}

impl Group {
    /// Starts the process that leads a new group.
    ///
    /// # Errors
    /// If it cannot be started.
    pub(crate) fn start(command: &mut Command) -> io::Result<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let mark = format!("{}-{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        orphans::mark(command, &mark);
        let leader = live::start(command.process_group(0))?;
        let id = Pid::from_child(&leader);
        Ok(Self { leader, status: None, id, mark })
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

    /// Ends what is left once the leader has ended.
    pub(crate) fn end_orphans(&self) {
        orphans::end(self.id, &self.mark);
    }

    /// How the leader ended, if it is reaped.
    pub(crate) const fn status(&self) -> Option<ExitStatus> {
        self.status
    }

    /// How the leader ended, if it has. It is reaped by it.
    ///
    /// # Errors
    /// If the system does not tell.
    pub(crate) fn reap(&mut self) -> io::Result<Option<ExitStatus>> {
        if self.status.is_none() {
            self.status = live::end(self.id, || self.leader.try_wait())?;
        }
        Ok(self.status)
    }

    fn signal(&self, signal: Signal) {
        // It can only fail because no process is left.
        let _ = kill_process_group(self.id, signal);
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if self.status.is_some() {
            return;
        }
        live::end(self.id, || {
            if !matches!(self.leader.try_wait(), Ok(Some(_))) {
                let _ = kill_process_group(self.id, Signal::KILL);
            }
        });
    }
}
