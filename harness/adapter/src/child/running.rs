//! A program that runs within bounds, and what goes into it and comes out of it.

use std::io::{self, ErrorKind, PipeReader, PipeWriter, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use suite::observation::Cause;

use super::group::Group;
use super::tail::Tail;

/// How long a program has between being asked to end and being killed.
const GRACE: Duration = Duration::from_millis(200);

/// How long a killed program may take to disappear.
const KILL_WAIT: Duration = Duration::from_secs(2);

/// How long output is awaited once everything is killed. Only a process that left the group can still hold the pipe.
const DRAIN_WAIT: Duration = Duration::from_millis(200);

/// How long a program runs between two looks at what it keeps.
const LOOK: Duration = Duration::from_millis(200);

/// How much of what it wrote and nobody has taken is kept in memory: a line, and enough to tell that it is too long.
const KEPT: usize = protocol::LINE_LIMIT;

/// How often the log is read once an answer is there. What a pipe holds is read by then.
const LOG_READS: usize = 8;

/// Which of a program's streams go where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Streams {
    /// There is nothing to read, and all that it prints is the log.
    Log,
    /// It reads lines and answers in lines; what it prints on standard error is the log.
    Lines,
}

/// How much a program may use.
pub(crate) struct Bounds<'a> {
    /// Until when.
    pub(crate) until: Instant,
    /// How many bytes it may print since [`Running::forget_output`].
    pub(crate) output: u64,
    /// How many bytes it may write into a line.
    pub(crate) line: usize,
    /// Tells what is wrong with what it keeps by now.
    pub(crate) guard: &'a dyn Fn() -> Result<(), String>,
}

/// Why a program is no longer watched.
#[derive(Debug)]
pub(crate) enum End {
    /// There is a line to read.
    Line,
    /// It has ended.
    Exited,
    /// Its time is over.
    Deadline,
    /// It printed more than this many bytes.
    OutputLimit(u64),
    /// It keeps what it may not.
    Store(String),
}

/// A program that runs. When it is dropped, nothing that stayed in its process group is left.
#[derive(Debug)]
pub(crate) struct Running {
    group: Group,
    exit_notice: PipeReader,
    /// `None` if it reads nothing, or has closed its standard input.
    input: Option<PipeWriter>,
    /// What it has still to read.
    outgoing: Vec<u8>,
    /// `None` if it does not answer in lines, or once every process has closed it.
    answers: Option<PipeReader>,
    /// What came from it and is not taken yet.
    incoming: Vec<u8>,
    /// `None` once every process has closed it.
    log: Option<PipeReader>,
    tail: Tail,
}

impl Running {
    /// Starts a program.
    ///
    /// # Errors
    /// If it cannot be started.
    pub(crate) fn start(mut command: Command, streams: Streams) -> io::Result<Self> {
        let (log, printed) = io::pipe()?;
        let (mut input, mut answers) = (None, None);
        match streams {
            Streams::Log => {
                command.stdin(Stdio::null()).stdout(printed.try_clone()?);
            }
            Streams::Lines => {
                let (read, ours) = io::pipe()?;
                rustix::io::ioctl_fionbio(&ours, true)?;
                let (theirs, written) = io::pipe()?;
                command.stdin(read).stdout(written);
                (input, answers) = (Some(ours), Some(theirs));
            }
        }
        command.stderr(printed);
        let group = Group::start(&mut command)?;
        // The command holds our copies of the other ends of the pipes.
        drop(command);
        let exit_notice = group.exit_notice()?;
        let (outgoing, incoming, tail) = (Vec::new(), Vec::new(), Tail::default());
        Ok(Self { group, exit_notice, input, outgoing, answers, incoming, log: Some(log), tail })
    }

    /// Has it read a line, as soon as it will.
    pub(crate) fn send(&mut self, line: &str) {
        self.outgoing.extend_from_slice(line.as_bytes());
        self.outgoing.push(b'\n');
    }

    /// The next line that it wrote, without the line break.
    pub(crate) fn take_line(&mut self) -> Option<Vec<u8>> {
        let end = self.incoming.iter().position(|byte| *byte == b'\n')?;
        let mut line: Vec<u8> = self.incoming.drain(..=end).collect();
        line.pop();
        Some(line)
    }

    /// What it wrote after the last line that was taken.
    pub(crate) fn unread(&self) -> &[u8] {
        &self.incoming
    }

    /// Whether it still runs and has nothing to say: what it has written by now is read first.
    pub(crate) fn is_quiet(&mut self) -> bool {
        !self.wait(Instant::now()) && self.incoming.is_empty() && self.answers.is_some()
    }

    /// Whether it has closed its standard output and cannot answer any more.
    pub(crate) fn is_mute(&self) -> bool {
        self.answers.is_none()
    }

    /// Starts to count and to keep what it prints anew.
    pub(crate) fn forget_output(&mut self) {
        self.tail = Tail::default();
    }

    /// How many bytes it printed into the log.
    pub(crate) fn printed(&self) -> u64 {
        self.tail.total()
    }

    /// The end of the log, with what it printed by now.
    pub(crate) fn take_log(&mut self) -> Vec<u8> {
        for _ in 0..LOG_READS {
            if !self.log.as_ref().is_some_and(is_readable) {
                break;
            }
            self.read_log();
        }
        std::mem::take(&mut self.tail).into_bytes()
    }

    /// Has it work until there is a line, it ends, or it goes beyond its bounds.
    pub(crate) fn watch(&mut self, bounds: &Bounds<'_>) -> End {
        let mut next_look = Instant::now() + LOOK;
        loop {
            let exited = self.wait(bounds.until.min(next_look));
            if self.tail.total() > bounds.output {
                return End::OutputLimit(bounds.output);
            }
            match self.incoming.iter().position(|byte| *byte == b'\n') {
                Some(length) if length <= bounds.line => return End::Line,
                None if self.incoming.len() <= bounds.line => {}
                _ => return End::OutputLimit(bounds.line as u64),
            }
            if exited {
                return End::Exited;
            }
            let now = Instant::now();
            if now >= bounds.until {
                return End::Deadline;
            }
            if now >= next_look {
                if let Err(message) = (bounds.guard)() {
                    return End::Store(message);
                }
                next_look = now + LOOK;
            }
        }
    }

    /// Waits until something happens, moves what there is to move, and tells whether the program has ended.
    fn wait(&mut self, until: Instant) -> bool {
        let mut sources = vec![PollFd::new(&self.exit_notice, PollFlags::IN)];
        let mut streams = vec![Stream::Exit];
        if let Some(log) = &self.log {
            sources.push(PollFd::new(log, PollFlags::IN));
            streams.push(Stream::Log);
        }
        if let Some(answers) = &self.answers {
            sources.push(PollFd::new(answers, PollFlags::IN));
            streams.push(Stream::Answers);
        }
        if let (Some(input), false) = (&self.input, self.outgoing.is_empty()) {
            sources.push(PollFd::new(input, PollFlags::OUT));
            streams.push(Stream::Input);
        }
        let left = until.saturating_duration_since(Instant::now());
        let timeout = Timespec::try_from(left).ok();
        if poll(&mut sources, timeout.as_ref()).is_err() {
            // Interrupted: the caller looks at the time and comes back.
            return false;
        }
        let ready: Vec<bool> = sources.iter().map(|source| !source.revents().is_empty()).collect();
        let ready = streams.into_iter().zip(ready).filter_map(|(stream, is_ready)| is_ready.then_some(stream));
        let mut has_ended = false;
        for stream in ready {
            match stream {
                Stream::Exit => has_ended = true,
                Stream::Log => self.read_log(),
                Stream::Answers => self.read_answers(),
                Stream::Input => self.write(),
            }
        }
        if has_ended {
            // It may have answered before it ended.
            while self.answers.as_ref().is_some_and(is_readable) && self.incoming.len() <= KEPT {
                self.read_answers();
            }
        }
        has_ended
    }

    fn read_log(&mut self) {
        let mut buffer = [0; 16 << 10];
        match read(&mut self.log, &mut buffer) {
            0 => {}
            length => self.tail.push(&buffer[..length]),
        }
    }

    fn read_answers(&mut self) {
        let mut buffer = [0; 16 << 10];
        let length = read(&mut self.answers, &mut buffer);
        if self.incoming.len() <= KEPT {
            self.incoming.extend_from_slice(&buffer[..length]);
        }
    }

    fn write(&mut self) {
        let Some(input) = &mut self.input else { return };
        match input.write(&self.outgoing) {
            Ok(length) => drop(self.outgoing.drain(..length)),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {}
            // It reads no more. What it does instead is seen elsewhere.
            Err(_) => self.input = None,
        }
    }

    /// Lets it end by itself, for a while: once it has read everything, its standard input is closed. Tells whether it
    /// has ended.
    pub(crate) fn await_exit(&mut self, patience: Duration) -> bool {
        let until = Instant::now() + patience;
        loop {
            if self.outgoing.is_empty() {
                self.input = None;
            }
            if self.wait(until) {
                return true;
            }
            if Instant::now() >= until {
                return false;
            }
            self.incoming.clear();
        }
    }

    /// Asks it to end, and gives it a moment to do so.
    pub(crate) fn ask_to_end(&mut self) {
        self.group.terminate();
        let until = Instant::now() + GRACE;
        while !self.wait(until) && Instant::now() < until {}
    }

    /// Ends what is left of it, takes in the rest of its log, and tells how it ended, if it did.
    ///
    /// # Errors
    /// If the system does not tell.
    pub(crate) fn end(&mut self) -> io::Result<Option<ExitStatus>> {
        if let Some(status) = self.group.status() {
            return Ok(Some(status));
        }
        // After a normal end as well: children may have stayed.
        self.group.kill();
        let until = Instant::now() + KILL_WAIT;
        while !self.wait(until) && Instant::now() < until {}
        self.group.end_orphans();
        let until = Instant::now() + DRAIN_WAIT;
        while let (Some(log), true) = (&self.log, Instant::now() < until) {
            if is_readable_until(log, until) {
                self.read_log();
            }
        }
        self.group.reap()
    }
}

/// One of the streams that are waited for.
enum Stream {
    Exit,
    Log,
    Answers,
    Input,
}

/// Reads once. A stream that is at its end, or broken, is closed.
fn read(stream: &mut Option<PipeReader>, buffer: &mut [u8]) -> usize {
    match stream.as_mut().map(|open| open.read(buffer)) {
        Some(Ok(length)) if length > 0 => length,
        Some(Err(error)) if error.kind() == ErrorKind::Interrupted => 0,
        _ => {
            *stream = None;
            0
        }
    }
}

fn is_readable(stream: &PipeReader) -> bool {
    is_readable_until(stream, Instant::now())
}

fn is_readable_until(stream: &PipeReader, until: Instant) -> bool {
    let timeout = Timespec::try_from(until.saturating_duration_since(Instant::now())).ok();
    matches!(poll(&mut [PollFd::new(stream, PollFlags::IN)], timeout.as_ref()), Ok(1))
}

/// What an exit is that was not asked for.
pub(crate) fn cause_of_exit(status: io::Result<Option<ExitStatus>>) -> Cause {
    match status {
        Ok(Some(status)) => match (status.code(), status.signal()) {
            (Some(code), _) => Cause::Exit { code },
            (None, signal) => Cause::Signal { signal: signal.unwrap_or_default() },
        },
        Ok(None) => Cause::Start { message: "its exit status was lost".to_owned() },
        Err(error) => Cause::Start { message: format!("its exit status was lost: {error}") },
    }
}
