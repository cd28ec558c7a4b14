//! Clients that misbehave once. What came of it is found in the scenario in which they did, and nowhere else.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod stage;

use std::process::ExitCode;
use std::time::Duration;

use adapter::{ProgramOptions, Transport};
use judge::{ScenarioResult, Status};
use libtest_mimic::{Arguments, Failed, Trial};
use stage::Played;
use suite::observation::{Cause, Outcome, Side};

/// The deadline for clients that hang. Well-behaved ones have to keep it too.
const SHORT: Duration = Duration::from_secs(2);

/// How long the longest trial may take on a machine that has much else to do.
const BOUND: Duration = Duration::from_mins(1);

const SESSION: &[Transport] = &[Transport::Session];
const BOTH: &[Transport] = &[Transport::Session, Transport::Process];

/// A client, over which transports it can do that, and what the scenario says in which it did.
type Row = (&'static str, &'static [Transport], Found);

/// What is found.
#[derive(Debug, Clone)]
enum Found {
    /// It broke the protocol.
    Violation(&'static str),
    /// It was not in time.
    Late,
    /// What its store holds is not allowed.
    Store(&'static str),
    /// Something else.
    Other(Cause),
    /// Nothing: that is nobody's fault.
    Nothing,
}

fn rows() -> Vec<Row> {
    use Found::{Late, Nothing, Other, Store, Violation};
    vec![
        ("behaves-well", BOTH, Nothing),
        ("answers-twice", SESSION, Violation("it answered `refresh` and then wrote more")),
        // Nobody can tell whether a client has more to say.
        ("answers-again-later", SESSION, Nothing),
        ("answers-another-id", SESSION, Violation("it answered request 4 instead of 3")),
        (
            "answers-with-an-unknown-member",
            SESSION,
            Violation("its result of `refresh`: unknown field `mood`, expected `message`"),
        ),
        ("writes-a-log-to-its-output", SESSION, Violation("its line is not JSON: expected value at line 1 column 2")),
        ("writes-invalid-utf8", SESSION, Violation("its line is not UTF-8")),
        ("writes-half-a-line", SESSION, Late),
        (
            "writes-10000-messages",
            SESSION,
            Violation(
                "its line is not a response of JSON-RPC: unknown field `method`, expected one of `jsonrpc`, `id`, \
                 `result`, `error`",
            ),
        ),
        ("closes-its-output", SESSION, Violation("it closed its standard output")),
        (
            "takes-good-requests-for-bad",
            SESSION,
            Violation("it takes a `refresh` that is as it should be for wrong (-32602): `now` is in the future"),
        ),
        ("reports-an-error", SESSION, Other(Cause::Reported { message: "TypeError".to_owned() })),
        ("never-answers", BOTH, Late),
        ("never-reads-stdin", SESSION, Late),
        ("ignores-sigterm", BOTH, Late),
        ("stops-itself", BOTH, Late),
        ("opens-a-connection-and-never-reads", BOTH, Late),
        ("keeps-300-connections", BOTH, Nothing),
        ("sends-10000-requests", BOTH, Other(Cause::RequestLimit { requests: 4096 })),
        ("forks-children-that-outlive-it", BOTH, Other(Cause::Exit { code: 4 })),
        ("dies-in-a-request", BOTH, Other(Cause::Exit { code: 7 })),
        ("ends-without-an-answer", SESSION, Other(Cause::Exit { code: 0 })),
        ("crashes-in-a-request", BOTH, Other(Cause::Signal { signal: 6 })),
        ("panics", BOTH, Other(Cause::Exit { code: 101 })),
        ("nests-folders-without-end", BOTH, Store("folders are nested too deep")),
        ("writes-outside-its-store", BOTH, Store("the client wrote outside of its store: \"../../evil.json\"")),
        ("deletes-its-store", BOTH, Store("\"metadata\" is no longer a folder")),
        ("leaves-a-symbolic-link", BOTH, Store("\"snapshot.json\" is a link out of the folder")),
    ]
}

impl Found {
    fn cause(&self) -> Option<Cause> {
        match self {
            Self::Violation(message) => Some(Cause::Protocol { by: Side::Client, message: (*message).to_owned() }),
            Self::Late => Some(Cause::Deadline { milliseconds: 2_000 }),
            Self::Store(message) => Some(Cause::Store { message: (*message).to_owned() }),
            Self::Other(cause) => Some(cause.clone()),
            Self::Nothing => None,
        }
    }

    /// Clients that hang get little time, all others get plenty.
    fn deadline(&self) -> Duration {
        match self {
            Self::Late | Self::Violation("it closed its standard output") => SHORT,
            _ => stage::PLENTY,
        }
    }
}

/// What broke in a scenario.
fn causes(result: &ScenarioResult) -> Vec<&Cause> {
    let outcomes = result.runs.iter().flat_map(|run| &run.observations).map(|observation| &observation.outcome);
    outcomes.filter_map(|outcome| if let Outcome::Error { cause } = outcome { Some(cause) } else { None }).collect()
}

fn look((name, _, found): &Row, transport: Transport) -> Result<(), Failed> {
    let deadline = found.deadline();
    let Played { results, elapsed, trace, .. } =
        stage::play(name, transport, |options: &mut ProgramOptions| options.deadline = deadline);
    let told: Vec<_> = results.iter().map(|result| (result.id.as_str(), result.status, causes(result))).collect();
    let cause = found.cause();
    let mut expected: Vec<_> = stage::SCENARIOS.iter().map(|id| (*id, Status::Pass, Vec::new())).collect();
    if let Some(cause) = &cause {
        expected[0] = (stage::SCENARIOS[0], Status::Error, vec![cause]);
    }
    if told != expected {
        return Err(format!("expected {expected:#?}\nfound {told:#?}\n{trace:#?}").into());
    }
    if elapsed > BOUND {
        return Err(format!("it took {elapsed:?}").into());
    }
    Ok(())
}

fn main() -> ExitCode {
    let trials = rows().into_iter().flat_map(|row| {
        row.1.iter().map(move |transport| {
            let (row, transport) = (row.clone(), *transport);
            Trial::test(format!("{}::{}", transport, row.0.replace('-', "_")), move || look(&row, transport))
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}
