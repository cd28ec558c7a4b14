//! The progress of a run, for a person who waits.

use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use judge::Status;
use suite::ScenarioId;

use crate::escape;
use crate::words;

/// A bar on standard error. Nothing is drawn unless that is a terminal. Can be shared between threads.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    running: Vec<ScenarioId>,
    not_passed: usize,
}

impl Progress {
    /// A bar for this many scenarios.
    pub fn new(total: usize) -> Self {
        Self::on(ProgressDrawTarget::stderr(), total)
    }

    fn on(target: ProgressDrawTarget, total: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total as u64), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len}{prefix}  {wide_msg}") {
            bar.set_style(style);
        }
        Self { bar, state: Mutex::default() }
    }

    /// A scenario begins.
    pub fn start(&self, id: &ScenarioId) {
        self.update(|state| state.running.push(id.clone()));
    }

    /// A scenario is judged.
    pub fn finish(&self, id: &ScenarioId, status: Status) {
        self.update(|state| {
            state.running.retain(|running| running != id);
            state.not_passed += usize::from(!matches!(status, Status::Pass | Status::Unsupported));
        });
        self.bar.inc(1);
    }

    /// The run is over: the bar goes away.
    pub fn done(&self) {
        self.bar.finish_and_clear();
    }

    fn update(&self, change: impl FnOnce(&mut State)) {
        // A thread that died while it held the lock cannot have left the counts half-made.
        let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        change(&mut state);
        if state.not_passed > 0 {
            self.bar.set_prefix(format!(", {}", words::count(state.not_passed, "problem", "problems")));
        }
        // The one that has been running longest is the one that a person waits for.
        self.bar
            .set_message(state.running.first().map_or_else(String::new, |id| escape::single_line(id.as_str(), 100)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example;

    #[test]
    fn the_bar_counts_and_names_what_is_waited_for() {
        let (slow, quick) = (example::id("rollback", "slow"), example::id("rollback", "quick"));
        let progress = Progress::on(ProgressDrawTarget::hidden(), 2);
        progress.start(&slow);
        progress.start(&quick);
        progress.finish(&quick, Status::Fail);
        assert_eq!((progress.bar.position(), progress.bar.message()), (1, "rollback/slow".to_owned()));
        assert_eq!(progress.bar.prefix(), ", 1 problem");
        progress.finish(&slow, Status::Pass);
        assert_eq!((progress.bar.position(), progress.bar.message()), (2, String::new()));
        progress.done();
        assert!(progress.bar.is_finished());
    }

    #[test]
    fn nothing_is_drawn_where_nobody_looks() {
        assert!(Progress::on(ProgressDrawTarget::hidden(), 1).bar.is_hidden());
    }
}
