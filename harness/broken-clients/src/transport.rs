//! A reference client that misbehaves once, over either protocol.

use std::env;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::{self, ExitCode};

use clap::Parser;
use protocol::{Call, LineHandler, Method, Request};
use reference::FaultSet;
use reference::session::SessionClient;
use suite::Suite;

use crate::record;
use crate::{Moment, Then};

/// The client over the command-line protocol.
#[derive(Debug, Parser)]
struct CommandLine {
    /// The mark.
    mark: PathBuf,
    #[command(flatten)]
    client: reference::process::Arguments,
}

/// Is a client that misbehaves the first time that it is to refresh.
pub fn misbehave_once(misbehave: impl Fn(&Moment) -> Then) -> ExitCode {
    misbehave_after(Method::Refresh, misbehave)
}

/// Is a client that misbehaves the first time that it is asked for this.
pub fn misbehave_after(method: Method, misbehave: impl Fn(&Moment) -> Then) -> ExitCode {
    let arguments: Vec<String> = env::args().collect();
    let Some(mark) = arguments.get(1).map(PathBuf::from) else {
        eprintln!("usage: PROGRAM MARK [ARGUMENT]...");
        return ExitCode::from(2);
    };
    record::note_process(&mark, process::id());
    if arguments.len() > 2 {
        return run_command(method, &misbehave, &mark, &arguments);
    }
    match converse(method, &misbehave, &mark) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn converse(method: Method, misbehave: &dyn Fn(&Moment) -> Then, mark: &Path) -> io::Result<()> {
    let suite = Suite::embedded().map_err(io::Error::other)?;
    let mut client = SessionClient::new(&suite.register, FaultSet::empty());
    let mut handler = LineHandler::new(&mut client);
    for line in io::stdin().lock().lines() {
        let line = line?;
        let answer = handler.answer(&line);
        let moment = Request::parse(&line).ok().filter(|request| request.call.method() == method).and_then(|request| {
            let (Call::Trust { place, .. } | Call::Refresh { place } | Call::Download { place, .. }) = request.call
            else {
                return None;
            };
            Some(Moment {
                metadata_dir: place.metadata_dir,
                metadata_url: place.metadata_url,
                id: request.id,
                answer: answer.clone(),
                mark: mark.to_owned(),
            })
        });
        let then = moment.filter(|_| record::is_first(mark)).map_or(Then::Answer, |moment| misbehave(&moment));
        if then == Then::Answer {
            let mut output = io::stdout().lock();
            writeln!(output, "{answer}")?;
            output.flush()?;
        }
        if handler.is_over() {
            break;
        }
    }
    Ok(())
}

fn run_command(method: Method, misbehave: &dyn Fn(&Moment) -> Then, mark: &Path, arguments: &[String]) -> ExitCode {
    let status = reference::process::run(CommandLine::parse_from(arguments).client);
    let command = match method {
        Method::Trust => "init",
        method => method.name(),
    };
    if arguments.iter().any(|argument| argument == command) && record::is_first(mark) {
        let value = |option: &str| {
            let place = arguments.iter().position(|argument| argument == option);
            place.and_then(|place| arguments.get(place + 1)).cloned().unwrap_or_default()
        };
        misbehave(&Moment {
            metadata_dir: value("--metadata-dir").into(),
            metadata_url: value("--metadata-url"),
            id: 0,
            answer: String::new(),
            mark: mark.to_owned(),
        });
    }
    ExitCode::from(status)
}
