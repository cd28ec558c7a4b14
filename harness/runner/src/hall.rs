//! Where jobs are played: what all of them share.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use adapter::Adapter;
use judge::Case;
use repository::{Calendar, ForgeError, Timeline};
use server::{Mount, Site};
use suite::RunKind;
use suite::observation::{Asked, Cause, Observation, Outcome, Run, Side};

use crate::clock::Clock;
use crate::gate::{Gate, Pass};
use crate::jobs::Job;
use crate::play::{NoRun, Stage, play};
use crate::referee;
use crate::{Options, Venue};

/// What came of a job.
#[derive(Debug, Clone)]
pub enum Played {
    /// It was played.
    Run(Run),
    /// It cannot be played with this client: it takes one whose clock can be set, that is faster, or that keeps a file
    /// which is to be damaged.
    Unplayable(String),
    /// The suite is at fault.
    SuiteError(String),
}

/// What came of one attempt at a job.
enum Attempt {
    Done(Played),
    /// Something expired that should not have; it has to be tried more slowly.
    Late,
}

/// Everything that jobs share.
pub struct Hall<'a> {
    adapter: &'a dyn Adapter,
    options: Options<'a>,
    clock: Clock,
    gate: Gate,
    /// In how many runs in a row the client hung.
    hung: AtomicUsize,
}

impl<'a> Hall<'a> {
    /// A hall for clients of one kind.
    pub fn new(adapter: &'a dyn Adapter, options: Options<'a>) -> Self {
        Self {
            adapter,
            options,
            clock: Clock::of(adapter),
            gate: Gate::new(options.jobs.max(1)),
            hung: AtomicUsize::new(0),
        }
    }

    /// Plays a job, with more and more time between settings of the clock until the client is in time.
    pub fn play(&self, job: Job<'_>, case: &Case<'_>) -> Played {
        let windows = self.clock.windows(job.variant);
        for window in &windows {
            // The dates are made with the pass in hand: from then on time counts.
            let pass = self.gate.enter();
            let hung = self.hung.load(Ordering::Relaxed);
            if self.options.give_up_after > 0 && hung >= self.options.give_up_after {
                return Played::Run(broken(job.run, Cause::GivenUp { runs: hung }));
            }
            match self.attempt(job, case, *window, pass) {
                Ok(Attempt::Done(played)) => return played,
                Ok(Attempt::Late) => {}
                Err((0, error)) => return Played::SuiteError(format!("before the first step: {error}")),
                Err((step, error)) => return Played::SuiteError(format!("step {step}: {error}")),
            }
        }
        let longest = windows.last().copied().unwrap_or_default();
        Played::Unplayable(format!("the client's clock cannot be set and it needs more than {longest} s for a step"))
    }

    fn attempt(
        &self,
        job: Job<'_>,
        case: &Case<'_>,
        window: i64,
        pass: Pass<'_>,
    ) -> Result<Attempt, (usize, ForgeError)> {
        let made = self.options.timelines;
        let calendar = match made {
            Some(_) if self.clock == Clock::Real => {
                let note = "its dates are fixed, and the client's clock cannot be set";
                return Ok(Attempt::Done(Played::Unplayable(note.to_owned())));
            }
            Some(made) => Calendar::Free { start: made.start() },
            None => self.clock.calendar(job.variant, window),
        };
        let timeline = match made.map(|made| made.timeline(&job.variant.id, job.run)) {
            Some(Ok(timeline)) => timeline,
            Some(Err(message)) => return Ok(Attempt::Done(Played::SuiteError(message))),
            None => match Timeline::build(job.variant, self.options.dialect, job.run, &calendar) {
                Ok(timeline) => timeline,
                Err((_, error @ ForgeError::NeedsClock { .. })) => {
                    return Ok(Attempt::Done(Played::Unplayable(error.to_string())));
                }
                Err(error) => return Err(error),
            },
        };
        let objection =
            self.options.referee.and_then(|referee| referee::objection(referee, &timeline, &calendar, case));
        if let Some(objection) = objection {
            return Ok(Attempt::Done(Played::SuiteError(objection)));
        }
        let site = Arc::new(Site::default());
        let mut client = match self.adapter.start_with(&case.needs()) {
            Ok(client) => client,
            Err(error) => {
                return Ok(Attempt::Done(Played::Run(broken(job.run, Cause::Start { message: error.to_string() }))));
            }
        };
        let mount = match self.options.venue {
            Venue::Http(server) => Some(server.mount(Arc::clone(&site))),
            Venue::InProcess => None,
        };
        let stage = Stage {
            site: &site,
            base_url: mount.as_ref().map(Mount::base_url).unwrap_or_default(),
            metadata_url: mount.as_ref().map(Mount::metadata_url).unwrap_or_default(),
            targets_url: mount.as_ref().map(Mount::targets_url).unwrap_or_default(),
            calendar: &calendar,
            clock: self.clock,
            gate: Some(&self.gate),
        };
        match play(&timeline, client.as_mut(), &stage, Some(pass)) {
            Ok(run) => {
                self.note_hanging(&run);
                Ok(Attempt::Done(fault_of_ours(&run).map_or(Played::Run(run), Played::SuiteError)))
            }
            Err(NoRun::Late) => Ok(Attempt::Late),
            Err(NoRun::Store(message)) => Ok(Attempt::Done(Played::Unplayable(message))),
            Err(NoRun::Date(error)) => Err((0, error)),
        }
    }

    fn note_hanging(&self, run: &Run) {
        let hangs =
            |observation: &Observation| matches!(observation.outcome, Outcome::Error { cause: Cause::Deadline { .. } });
        if run.observations.iter().any(hangs) {
            self.hung.fetch_add(1, Ordering::Relaxed);
        } else {
            self.hung.store(0, Ordering::Relaxed);
        }
    }
}

/// What the harness said that is not of the session protocol. The client is not to blame for what came of it.
fn fault_of_ours(run: &Run) -> Option<String> {
    run.observations.iter().find_map(|observation| match &observation.outcome {
        Outcome::Error { cause: cause @ Cause::Protocol { by: Side::Harness, .. } } => Some(cause.to_string()),
        _ => None,
    })
}

/// A run in which the client never came to do anything.
fn broken(kind: RunKind, cause: Cause) -> Run {
    let observation = Observation {
        step: 0,
        asked: Asked::Trust,
        outcome: Outcome::Error { cause },
        trusted: BTreeMap::new(),
        downloaded: BTreeMap::new(),
        requests: Vec::new(),
        output: String::new(),
    };
    Run { kind, observations: vec![observation] }
}
