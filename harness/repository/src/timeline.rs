//! A scenario as a client meets it: what is shown, when the clock moves, what the client is told to do.

use std::sync::Arc;

use bytes::Bytes;
use suite::observation::Asked;
use suite::{Action, Dialect, Download, Offset, RunKind, Variant};

use crate::{Calendar, Files, ForgeError, World};

/// Something that happens in a run.
#[derive(Debug, Clone)]
pub enum Event {
    /// These files are shown from now on.
    Show(Arc<Files>),
    /// The clock is set, for the `number`-th time, to an offset.
    Clock {
        /// Counts the settings, from 1.
        number: usize,
        /// Since the start of the scenario.
        offset: Offset,
    },
    /// The client is told to do something.
    Act(Asked),
}

/// A run, ready to be played. It does not depend on what the client does.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// Which run it is.
    pub run: RunKind,
    /// The root that the client is given to start from.
    pub root: Bytes,
    /// What happens, each with the number of its step; 0 comes before the first step.
    pub events: Vec<(usize, Event)>,
}

impl Timeline {
    /// Makes all states of one run of a scenario.
    ///
    /// # Errors
    /// If a state cannot be made, with the number of the step; 0 stands for what comes before the first step.
    pub fn build(
        variant: &Variant,
        dialect: &Dialect,
        run: RunKind,
        calendar: &Calendar,
    ) -> Result<Self, (usize, ForgeError)> {
        let before = |error| (0, error);
        let setup = &variant.scenario.repository;
        let mut world = World::new(setup, dialect, calendar.clone()).map_err(before)?;
        let first_root = setup.roles.get("root").and_then(|role| role.version).unwrap_or(1);
        let root = world.root(first_root).map_err(before)?;
        let mut events = vec![(0, Event::Show(Arc::new(world.files().clone())))];
        let mut clocks = 0;
        for step in &variant.plan.steps {
            if !step.action.happens_in(run) {
                continue;
            }
            let at = |error| (step.number, error);
            let event = match &step.action {
                Action::Repository(change) | Action::Control(change) => {
                    world.repository(change).map_err(at)?;
                    Event::Show(Arc::new(world.files().clone()))
                }
                Action::Attack(change) => {
                    world.attacker(change).map_err(at)?;
                    Event::Show(Arc::new(world.files().clone()))
                }
                Action::Clock(offset) => {
                    clocks += 1;
                    world.set_clock(*offset);
                    Event::Clock { number: clocks, offset: *offset }
                }
                Action::Refresh(_) => Event::Act(Asked::Refresh),
                Action::Download(Download::Accept(targets) | Download::Reject(targets)) => {
                    Event::Act(Asked::Download(targets.clone()))
                }
            };
            events.push((step.number, event));
        }
        Ok(Self { run, root, events })
    }
}
