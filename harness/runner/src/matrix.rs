//! Many clients, many scenarios, one status each: for finding out which faults a scenario notices.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use adapter::Adapter;
use judge::{Case, Status, Verdict};
use repository::{Calendar, ForgeError, Timeline};
use server::Site;
use suite::observation::Run;
use suite::{Dialect, Register, RunKind, ScenarioId, Variant};

use crate::clock::Clock;
use crate::play::{Stage, play};
use crate::schedule::{case, lacking};

/// What the clients are played against.
#[derive(Clone, Copy)]
pub struct Corpus<'a> {
    /// The scenarios.
    pub variants: &'a [&'a Variant],
    /// What an ordinary repository looks like.
    pub dialect: &'a Dialect,
    /// What scenarios refer to.
    pub register: &'a Register,
}

/// A state that could not be made, with its scenario and the number of its step.
pub type Unplayable = (ScenarioId, usize, ForgeError);

/// The status of every scenario for every client: one list for each scenario, with one status for each client.
///
/// Every state is made only once, and every client has to ask the site directly and to let its clock be set.
///
/// # Errors
/// If a state cannot be made.
pub fn matrix(corpus: Corpus<'_>, clients: &[&dyn Adapter], jobs: usize) -> Result<Vec<Vec<Status>>, Unplayable> {
    let next = AtomicUsize::new(0);
    let rows = Mutex::new(vec![Ok(Vec::new()); corpus.variants.len()]);
    thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, corpus.variants.len().max(1)) {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(variant) = corpus.variants.get(place) else { break };
                    let row = row(corpus, variant, clients);
                    rows.lock().unwrap_or_else(PoisonError::into_inner)[place] = row;
                }
            });
        }
    });
    rows.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().collect()
}

fn row(corpus: Corpus<'_>, variant: &Variant, clients: &[&dyn Adapter]) -> Result<Vec<Status>, Unplayable> {
    let calendar = Clock::Told.calendar(variant, 0);
    let build = |run| {
        Timeline::build(variant, corpus.dialect, run, &calendar)
            .map_err(|(step, error)| (variant.id.clone(), step, error))
    };
    let attack = build(RunKind::Attack)?;
    let control = variant.plan.has_attack().then(|| build(RunKind::Control)).transpose()?;
    let status = |client: &&dyn Adapter| {
        let case = case(variant, *client, corpus.register, corpus.dialect);
        if !lacking(&case, *client, corpus.dialect).is_empty() {
            return Status::Unsupported;
        }
        let needs = case.needs();
        let Some(run) = play_alone(&attack, *client, &needs, &calendar) else { return Status::Error };
        // Only where something is wrong does the control matter.
        if is_flawless(&case, &run) {
            return Status::Pass;
        }
        let control = control.as_ref().map(|timeline| play_alone(timeline, *client, &needs, &calendar));
        match control {
            Some(None) => Status::Error,
            control => judge::judge(&case, run, control.flatten()).status,
        }
    };
    Ok(clients.iter().map(status).collect())
}

fn is_flawless(case: &Case<'_>, run: &Run) -> bool {
    let checks = judge::checks(&case.variant.plan, run, case.is_consistent);
    checks.iter().all(|check| check.verdict != Verdict::Fail)
        && run.observations.iter().all(|observation| !observation.outcome.is_error())
}

fn play_alone(timeline: &Timeline, client: &dyn Adapter, needs: &BTreeSet<String>, calendar: &Calendar) -> Option<Run> {
    let site = Arc::new(Site::default());
    let stage = Stage::direct(&site, calendar);
    let mut client = client.start_with(needs).ok()?;
    play(timeline, client.as_mut(), &stage, None).ok()
}
