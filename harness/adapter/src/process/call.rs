//! One run of a program, within bounds.

use std::io::{self, PipeReader, Read};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use suite::observation::{Cause, Outcome};

use super::group::Group;
use super::tail::Tail;
use crate::Reply;

/// How long a program has between being asked to end and being killed.
const GRACE: Duration = Duration::from_millis(200);

/// How long a killed program may take to disappear.
const KILL_WAIT: Duration = Duration::from_secs(2);

/// How long output is awaited once everything is killed. Only a process that left the group can still hold the pipe.
const DRAIN_WAIT: Duration = Duration::from_millis(200);

/// The longest deadline. It keeps sums of times in range.
const LONGEST: Duration = Duration::from_hours(24);

/// How much one run may use.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// How long it may take.
    pub(crate) deadline: Duration,
    /// How many bytes it may print.
    pub(crate) output: u64,
}

/// Runs a program to its end. Whatever it does, this returns soon after the deadline, and nothing that stayed in the
/// program's process group outlives the call.
pub(crate) fn call(command: Command, bounds: Bounds) -> Reply {
    let started = Instant::now();
    let mut call = match Call::start(command, bounds) {
        Ok(call) => call,
        Err(error) => {
            let cause = Cause::Start { message: error.to_string() };
            return Reply { outcome: Outcome::Error { cause }, output: Vec::new() };
        }
    };
    let end = call.watch(started + bounds.deadline.min(LONGEST));
    if matches!(end, End::Deadline) {
        call.group.terminate();
        call.watch(Instant::now() + GRACE);
    }
    // After a normal end as well: children may have stayed.
    call.group.kill();
    let status = call.collect();
    let outcome = call.outcome(&end, status);
    Reply { outcome, output: call.tail.into_bytes() }
}

/// Why a program is no longer watched.
enum End {
    Exited,
    Deadline,
    OutputLimit,
}

struct Call {
    group: Group,
    exit_notice: PipeReader,
    /// `None` once every process has closed it.
    output: Option<PipeReader>,
    tail: Tail,
    bounds: Bounds,
}

impl Call {
    fn start(mut command: Command, bounds: Bounds) -> io::Result<Self> {
        let (output, printed) = io::pipe()?;
        command.stdin(Stdio::null()).stdout(printed.try_clone()?).stderr(printed);
        let group = Group::start(&mut command)?;
        // The command holds our copies of the pipe's other end.
        drop(command);
        let exit_notice = group.exit_notice()?;
        Ok(Self { group, exit_notice, output: Some(output), tail: Tail::default(), bounds })
    }

    /// Gathers output until the program ends, prints too much or runs out of time.
    fn watch(&mut self, until: Instant) -> End {
        loop {
            let exited = self.wait(until);
            if self.tail.total() > self.bounds.output {
                return End::OutputLimit;
            }
            if exited {
                return End::Exited;
            }
            if Instant::now() >= until {
                return End::Deadline;
            }
        }
    }

    /// Waits until something happens, reads what there is to read, and tells whether the program has ended.
    fn wait(&mut self, until: Instant) -> bool {
        let mut sources = vec![PollFd::new(&self.exit_notice, PollFlags::IN)];
        sources.extend(self.output.as_ref().map(|output| PollFd::new(output, PollFlags::IN)));
        let left = until.saturating_duration_since(Instant::now());
        let timeout = Timespec::try_from(left).ok();
        if poll(&mut sources, timeout.as_ref()).is_err() {
            // Interrupted: the caller looks at the time and comes back.
            return false;
        }
        let ready: Vec<bool> = sources.iter().map(|source| !source.revents().is_empty()).collect();
        if ready.get(1) == Some(&true) {
            self.read();
        }
        ready.first() == Some(&true)
    }

    fn read(&mut self) {
        let Some(output) = &mut self.output else { return };
        let mut buffer = [0; 16 << 10];
        match output.read(&mut buffer) {
            Ok(0) | Err(_) => self.output = None,
            Ok(length) => self.tail.push(&buffer[..length]),
        }
    }

    /// Takes in what is left of a killed program: its status, if it is gone, and the rest of its output.
    fn collect(&mut self) -> io::Result<Option<ExitStatus>> {
        let until = Instant::now() + KILL_WAIT;
        while !self.wait(until) && Instant::now() < until {}
        let until = Instant::now() + DRAIN_WAIT;
        while self.output.is_some() && Instant::now() < until {
            self.drain(until);
        }
        self.group.reap()
    }

    fn drain(&mut self, until: Instant) {
        let Some(output) = &self.output else { return };
        let left = until.saturating_duration_since(Instant::now());
        let timeout = Timespec::try_from(left).ok();
        if matches!(poll(&mut [PollFd::new(output, PollFlags::IN)], timeout.as_ref()), Ok(1)) {
            self.read();
        }
    }

    fn outcome(&self, end: &End, status: io::Result<Option<ExitStatus>>) -> Outcome {
        let bytes = self.bounds.output;
        let cause = match (end, status) {
            (End::Deadline, _) => Cause::Deadline { milliseconds: milliseconds(self.bounds.deadline) },
            (End::OutputLimit, _) => Cause::OutputLimit { bytes },
            (End::Exited, _) if self.tail.total() > bytes => Cause::OutputLimit { bytes },
            (End::Exited, Ok(Some(status))) => match (status.code(), status.signal()) {
                (Some(0), _) => return Outcome::Accepted,
                (Some(1), _) => return Outcome::Rejected { reason: None },
                (Some(code), _) => Cause::Exit { code },
                (None, signal) => Cause::Signal { signal: signal.unwrap_or_default() },
            },
            (End::Exited, Ok(None)) => Cause::Start { message: "its exit status was lost".to_owned() },
            (End::Exited, Err(error)) => Cause::Start { message: format!("its exit status was lost: {error}") },
        };
        Outcome::Error { cause }
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
