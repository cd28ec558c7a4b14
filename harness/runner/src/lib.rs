//! Plays scenarios against a client, in parallel, and gathers observations.
//!
//! [`run`] plays any number of scenarios against one kind of client and has the judge look at each. Attack and
//! control are two runs, each with a client and a site of its own; scenarios that differ only in the attack share
//! their control. Before a client is blamed, a *referee* plays the same states: if what the scenario says is not
//! what is served, that is an error of the suite.

mod clock;
mod gate;
mod hall;
mod jobs;
mod map_file;
mod matrix;
mod play;
mod referee;
mod schedule;
mod second;

use std::collections::BTreeSet;

use adapter::Adapter;
use jiff::Timestamp;
use repository::Timeline;
use server::Server;
use suite::{Dialect, Register, RunKind, ScenarioId};

pub use matrix::{Corpus, Unplayable, matrix};
pub use schedule::run;

/// No feature.
pub static NONE: BTreeSet<String> = BTreeSet::new();

/// How scenarios are played.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// What an ordinary repository looks like.
    pub dialect: &'a Dialect,
    /// What scenarios refer to.
    pub register: &'a Register,
    /// Where clients find what they are shown.
    pub venue: Venue<'a>,
    /// Who confirms that what is served is what a scenario says. `None` only if that is known already.
    pub referee: Option<&'a dyn Adapter>,
    /// Features whose honest scenarios are played even if the client does not claim them: it has to refuse them then,
    /// which does not count as a failure.
    pub dared: &'a BTreeSet<String>,
    /// Where runs come from that were made before. `None`: they are made now.
    pub timelines: Option<&'a dyn Timelines>,
    /// How many clients work at the same time; at least 1.
    pub jobs: usize,
    /// After how many runs in a row in which the client hung it is not asked any more. 0: never.
    pub give_up_after: usize,
    /// Play in an order that depends on this number only. `None`: those that have to wait for the clock come first.
    pub shuffle: Option<u64>,
}

/// Where clients find what they are shown.
#[derive(Clone, Copy)]
pub enum Venue<'a> {
    /// Over HTTP.
    Http(&'a Server),
    /// Nowhere but in this process: only for clients that ask the site directly.
    InProcess,
}

/// Runs that were made before, with fixed dates: only clients whose clock can be set can play them.
pub trait Timelines: Sync {
    /// When they start.
    fn start(&self) -> Timestamp;

    /// One run of a scenario.
    ///
    /// # Errors
    /// If it cannot be had; why.
    fn timeline(&self, id: &ScenarioId, run: RunKind) -> Result<Timeline, String>;
}

/// The date on which scenarios start, if the clock of the client can be set. Fixed, so that bytes repeat.
pub const START: Timestamp = clock::START;
