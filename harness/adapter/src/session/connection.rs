//! A program that speaks the session protocol, and the conversation with it.

use std::process::Command;
use std::time::{Duration, Instant};

use protocol::{
    Call, Harness, INTERNAL_ERROR, Initialize, Introduction, LINE_LIMIT, Method, Reply, Request, Response, VERSION,
};
use serde::de::DeserializeOwned;
use suite::observation::{Cause, Side};
use tempfile::TempDir;

use crate::child::{self, Bounds, End, Running, Streams, cause_of_exit, live};
use crate::place::{self, no_place};
use crate::remove::remove;
use crate::{ProgramOptions, StartError};

/// How long a client may take to end after `shutdown`.
const PATIENCE: Duration = Duration::from_secs(2);

/// A program that speaks the protocol. When it is dropped, the program is ended with all that belongs to it.
#[derive(Debug)]
pub(super) struct Connection {
    running: Running,
    options: ProgramOptions,
    /// For its temporary files.
    temporary: TempDir,
    /// The number of the last request.
    id: u64,
    /// The number of the last request of the run before. 0 in its first run.
    last_run: u64,
}

/// What kept a client from answering, and what it printed.
#[derive(Debug)]
pub(super) struct Failure {
    /// What happened.
    pub(super) cause: Cause,
    /// The end of what it printed.
    pub(super) output: Vec<u8>,
    /// Whether it is about the run before: what it said then came too late to be seen.
    pub(super) is_of_last_run: bool,
}

impl Connection {
    /// Starts the program and asks it who it is.
    ///
    /// # Errors
    /// If it cannot be started, or does not say who it is.
    pub(super) fn open(options: &ProgramOptions) -> Result<(Self, Introduction), StartError> {
        let temporary = live::make_folder("tuf-cookbook-session-").map_err(|error| no_place(&error))?;
        let mut command = Command::new(&options.command);
        command.args(&options.arguments);
        child::set_environment(&mut command, temporary.path());
        options.trace.tell(|| child::command_line(&command));
        let running = Running::start(command, Streams::Lines).map_err(|error| {
            StartError::new(format!("{}: {error}", options.command.display()), "see whether it runs by hand")
        })?;
        let mut connection = Self { running, options: options.clone(), temporary, id: 0, last_run: 0 };
        let harness = Harness { name: "tuf-cookbook".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() };
        let call = Call::Initialize(Initialize { protocol: VERSION, harness });
        let introduction = connection.ask::<Introduction>(call, &|| Ok(())).map_err(|Failure { cause, output, .. }| {
            let message = format!("the client does not introduce itself: {cause}");
            let help = "it should answer `initialize`: see harness/protocol/PROTOCOL.md. A client with the command-line \
                        protocol of tuf-conformance takes `--transport process`";
            StartError { message, help: Some(help.to_owned()), output }
        })?;
        if introduction.protocol != VERSION {
            let message = format!("the client speaks version {} of the protocol", introduction.protocol);
            return Err(StartError::new(message, format!("it should speak version {VERSION}")));
        }
        Ok((connection, introduction))
    }

    /// Begins another run, if it waits for a request. It does not if it has ended, or said something unasked.
    pub(super) fn begin_run(&mut self) -> bool {
        self.last_run = self.id;
        self.running.is_quiet()
    }

    /// The end of what it printed since the last request, beside its answers.
    pub(super) fn take_log(&mut self) -> Vec<u8> {
        self.running.take_log()
    }

    /// Asks something and awaits the answer.
    ///
    /// # Errors
    /// If it does not answer as it should. The program has been ended then.
    pub(super) fn ask<T: DeserializeOwned>(
        &mut self,
        call: Call,
        guard: &dyn Fn() -> Result<(), String>,
    ) -> Result<T, Failure> {
        self.running.forget_output();
        let mut is_of_last_run = false;
        self.converse(call, guard, &mut is_of_last_run).map_err(|cause| {
            if matches!(cause, Cause::Deadline { .. }) {
                self.running.ask_to_end();
            }
            let status = self.running.end();
            let cause = if matches!(cause, Cause::Exit { .. }) { cause_of_exit(status) } else { cause };
            let mut output = self.running.take_log();
            let unread = self.running.unread();
            if !unread.is_empty() {
                output.extend_from_slice(b"\n(unread on its standard output:) ");
                output.extend_from_slice(&unread[..unread.len().min(UNREAD_SHOWN)]);
            }
            self.options.trace.tell(|| String::from_utf8_lossy(&output).into_owned());
            Failure { cause, output, is_of_last_run }
        })
    }

    fn converse<T: DeserializeOwned>(
        &mut self,
        call: Call,
        guard: &dyn Fn() -> Result<(), String>,
        is_of_last_run: &mut bool,
    ) -> Result<T, Cause> {
        let violation = |message: String| Cause::Protocol { by: Side::Client, message };
        self.id += 1;
        let request = Request { id: self.id, call };
        let method = request.call.method();
        let line = request.to_line().map_err(|error| Cause::Protocol {
            by: Side::Harness,
            message: format!("`{method}` cannot be written: {error}"),
        })?;
        // In its first run there is none before.
        let is_first = self.last_run > 0 && self.id == self.last_run + 1;
        // What it writes before the first request is read as the answer to it: it can come a moment later just as well.
        if self.id > 1 && !self.running.is_quiet() && !self.running.unread().is_empty() {
            *is_of_last_run = is_first;
            return Err(violation("it wrote something that nobody asked for".to_owned()));
        }
        self.options.trace.tell(|| format!("\u{2192} {line}"));
        self.running.send(&line);
        let answer = self.await_line(guard)?;
        self.options.trace.tell(|| format!("\u{2190} {}", String::from_utf8_lossy(&answer)));
        let Response { id, reply } =
            Response::parse(&answer).map_err(|error| violation(format!("its line is {error}")))?;
        if let Some(id) = id.filter(|id| *id != self.id) {
            *is_of_last_run = is_first && id <= self.last_run;
            return Err(violation(format!("it answered request {id} instead of {}", self.id)));
        }
        let result = match reply {
            Reply::Result(result) if id.is_some() => result,
            Reply::Result(_) => return Err(violation("its answer has no id".to_owned())),
            Reply::Error(error) => return Err(blame(&request, &line, error.code, &error.message)),
        };
        if !self.running.is_quiet() && !self.running.unread().is_empty() {
            return Err(violation(format!("it answered `{method}` and then wrote more")));
        }
        serde_json::from_value(result).map_err(|error| violation(format!("its result of `{method}`: {error}")))
    }

    fn await_line(&mut self, guard: &dyn Fn() -> Result<(), String>) -> Result<Vec<u8>, Cause> {
        let temporary = [self.temporary.path().to_owned()];
        let limits = self.options.store_limits;
        let guard = || guard().and_then(|()| place::measure(&temporary, limits));
        let until = Instant::now() + self.options.deadline();
        let bounds = Bounds { until, output: self.options.output_limit, line: LINE_LIMIT, guard: &guard };
        match self.running.watch(&bounds) {
            End::Line => self.running.take_line().ok_or_else(|| self.options.late()),
            // The status is read once it has been ended.
            End::Exited => Err(Cause::Exit { code: 0 }),
            End::Deadline if self.running.is_mute() => {
                let message = "it closed its standard output".to_owned();
                Err(Cause::Protocol { by: Side::Client, message })
            }
            End::Deadline => Err(self.options.late()),
            End::OutputLimit(bytes) => Err(Cause::OutputLimit { bytes }),
            End::Store(message) => Err(Cause::Store { message }),
        }
    }

    /// Has it end by itself.
    pub(super) fn shut_down(mut self) {
        self.id += 1;
        let Ok(line) = (Request { id: self.id, call: Call::Shutdown }).to_line() else { return };
        self.options.trace.tell(|| format!("\u{2192} {line}"));
        self.running.send(&line);
        self.running.await_exit(PATIENCE);
    }
}

/// How much is shown of what it wrote and was not taken for an answer.
const UNREAD_SHOWN: usize = 1 << 10;

/// Who is at fault when a client says that a request is wrong: the harness, if it is.
fn blame(request: &Request, line: &str, code: i64, message: &str) -> Cause {
    let method: Method = request.call.method();
    match Request::parse(line) {
        _ if code == INTERNAL_ERROR => Cause::Reported { message: message.to_owned() },
        Ok(same) if same == *request => Cause::Protocol {
            by: Side::Client,
            message: format!("it takes a `{method}` that is as it should be for wrong ({code}): {message}"),
        },
        _ => Cause::Protocol { by: Side::Harness, message: format!("`{method}` is wrong ({code}): {message}") },
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // How it ends now is of no interest.
        let _ = self.running.end();
        remove(self.temporary.path());
        live::removed(self.temporary.path());
    }
}
