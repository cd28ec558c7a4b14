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
mod matrix;
mod play;
mod referee;
mod schedule;

use std::collections::BTreeSet;

use adapter::Adapter;
use server::Server;
use suite::{Dialect, Register};

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
