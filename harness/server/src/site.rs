//! What one client is shown: the files of the moment, and a log of what it asked for.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use suite::observation::{Area, Request};
use suite::{Files, Serving};

use crate::Answer;

/// The requests that are kept in the log of one step. What comes after them is answered, not logged.
const LOG_LIMIT: usize = 5_000;

/// The repository that one run of one scenario shows to a client.
#[derive(Debug, Default)]
pub struct Site {
    state: Mutex<State>,
    /// Told when an answer is held back, and when it is released.
    held: Condvar,
}

#[derive(Debug, Default)]
struct State {
    files: Arc<Files>,
    /// How often each file was asked for that is not just sent, since these files are shown.
    asked: BTreeMap<(Area, String), usize>,
    log: Vec<Logged>,
    halt: Halt,
    halted: Halted,
    hold: Hold,
    /// What is shown at later requests: how many come before it, and the files; in order.
    meanwhile: VecDeque<(usize, Arc<Files>)>,
}

/// What becomes of a request that is not answered.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Halted {
    /// It waits.
    Waits,
    /// Its connection is closed.
    #[default]
    Closes,
}

/// Whether requests are answered.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Halt {
    /// They are.
    #[default]
    No,
    /// This many more are.
    After(usize),
    /// They are not.
    Now,
}

/// Whether an answer is held back.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Hold {
    /// None is.
    #[default]
    No,
    /// It will be, after this many others.
    After(usize),
    /// It is.
    Now,
}

/// A request, whose answer may not be over yet.
#[derive(Debug)]
struct Logged {
    area: Area,
    path: String,
    status: u16,
    bytes: Arc<AtomicU64>,
}

impl Site {
    /// Shows these files from now on.
    pub fn show(&self, files: Arc<Files>) {
        self.state().show(files);
    }

    /// Shows these files just before the request with this number is answered, from 1, counted from now on. A later call
    /// is about the same or a later request.
    pub fn show_at(&self, request: usize, files: Arc<Files>) {
        self.state().meanwhile.push_back((request.saturating_sub(1), files));
    }

    /// Shows what waits for a request that has not come.
    pub fn catch_up(&self) {
        let mut state = self.state();
        while let Some((_, files)) = state.meanwhile.pop_front() {
            state.show(files);
        }
    }

    /// Answers a request for a path, percent-decoded and relative to the base URL of its area, and logs it. `None` if
    /// there is no answer: the connection is closed, or nothing happens while the site [is halted](Site::is_halted).
    pub fn answer(&self, area: Area, path: &str) -> Option<Answer> {
        self.answer_to(area, path, true)
    }

    /// As [`Site::answer`], for a client that may or may not understand gzip.
    pub(crate) fn answer_to(&self, area: Area, path: &str, takes_gzip: bool) -> Option<Answer> {
        let mut state = self.state();
        state.go_on();
        let mut answer = if state.halts() { None } else { state.look_up(area, path, takes_gzip) };
        if let Some(answer) = &mut answer {
            answer.is_held = state.holds();
            self.held.notify_all();
        }
        // An answer that never comes has no status.
        let (status, bytes) = answer.as_ref().map_or((0, Arc::default()), |a| (a.status, a.body.counter()));
        state.log(area, path, status, bytes);
        answer
    }

    /// As [`Site::answer`] for a request that wants to know about a file but not to have it: what is logged has no
    /// body.
    pub(crate) fn answer_head(&self, area: Area, path: &str) -> Option<Answer> {
        let mut state = self.state();
        state.go_on();
        let mut answer = if state.halts() { None } else { state.look_up(area, path, false) };
        if let Some(answer) = &mut answer {
            answer.is_held = state.holds();
            self.held.notify_all();
        }
        let status = answer.as_ref().map_or(0, |answer| answer.status);
        state.log(area, path, status, Arc::default());
        answer
    }

    /// Answers no request from the one with this number on, which is at least 1, until [`Site::resume`] is called.
    pub fn halt_at(&self, request: usize, halted: Halted) {
        let mut state = self.state();
        (state.halt, state.halted) = (Halt::After(request.saturating_sub(1)), halted);
    }

    /// Whether a request that is not answered has to wait.
    pub(crate) fn has_to_wait(&self) -> bool {
        let state = self.state();
        state.halt == Halt::Now && state.halted == Halted::Waits
    }

    /// Whether a request came that is not answered.
    pub fn is_halted(&self) -> bool {
        self.state().halt == Halt::Now
    }

    /// Answers requests again. Returns whether there was one that was not answered.
    pub fn resume(&self) -> bool {
        std::mem::take(&mut self.state().halt) == Halt::Now
    }

    /// Holds the answer to the request with this number back, which is at least 1, until [`Site::release`] is called. Its
    /// content is that of the moment of the request; others are answered meanwhile.
    pub fn hold_at(&self, request: usize) {
        self.state().hold = Hold::After(request.saturating_sub(1));
    }

    /// Waits until an answer is held back. It returns as well when [`Site::release`] is called before.
    pub fn wait_until_held(&self) {
        let is_awaited = |state: &mut State| matches!(state.hold, Hold::After(_));
        drop(self.held.wait_while(self.state(), is_awaited).unwrap_or_else(PoisonError::into_inner));
    }

    /// Waits until no answer is held back.
    pub fn wait_for_release(&self) {
        let is_held = |state: &mut State| state.hold == Hold::Now;
        drop(self.held.wait_while(self.state(), is_held).unwrap_or_else(PoisonError::into_inner));
    }

    /// Whether an answer is held back.
    pub(crate) fn holds(&self) -> bool {
        self.state().hold == Hold::Now
    }

    /// Holds no answer back any more.
    pub fn release(&self) {
        self.state().hold = Hold::No;
        self.held.notify_all();
    }

    /// The requests since the last call, in order, with what was taken of the answers by now.
    pub fn take_log(&self) -> Vec<Request> {
        let log = std::mem::take(&mut self.state().log);
        let requests = log.into_iter().map(|Logged { area, path, status, bytes }| {
            let bytes = bytes.load(Ordering::Relaxed);
            Request { area, path, status, bytes }
        });
        requests.collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn show(&mut self, files: Arc<Files>) {
        self.files = files;
        self.asked.clear();
    }

    /// Another request has come: shows what waits for it.
    fn go_on(&mut self) {
        while let Some((0, files)) = self.meanwhile.front() {
            let files = Arc::clone(files);
            self.show(files);
            self.meanwhile.pop_front();
        }
        for (before, _) in &mut self.meanwhile {
            *before -= 1;
        }
    }

    /// Whether the request that just came is one that is not answered.
    fn halts(&mut self) -> bool {
        match self.halt {
            Halt::No => false,
            Halt::After(0) | Halt::Now => {
                self.halt = Halt::Now;
                true
            }
            Halt::After(left) => {
                self.halt = Halt::After(left - 1);
                false
            }
        }
    }

    /// Whether the answer to the request that just came is held back.
    fn holds(&mut self) -> bool {
        match self.hold {
            Hold::No | Hold::Now => false,
            Hold::After(0) => {
                self.hold = Hold::Now;
                true
            }
            Hold::After(left) => {
                self.hold = Hold::After(left - 1);
                false
            }
        }
    }

    fn look_up(&mut self, area: Area, path: &str, takes_gzip: bool) -> Option<Answer> {
        let files = match area {
            Area::Metadata => &self.files.metadata,
            Area::Targets => &self.files.targets,
        };
        let file = files.get(path).cloned();
        if self.files.answers.is_empty() {
            return Answer::make(&Serving::Ordinary, file, takes_gzip);
        }
        let address = (area, path.to_owned());
        let Some(answers) = self.files.answers.get(&address) else {
            return Answer::make(&Serving::Ordinary, file, takes_gzip);
        };
        let asked = self.asked.entry(address).or_default();
        let serving = answers.get(*asked).or(answers.last()).unwrap_or(&Serving::Ordinary);
        *asked += 1;
        Answer::make(serving, file, takes_gzip)
    }

    fn log(&mut self, area: Area, path: &str, status: u16, bytes: Arc<AtomicU64>) {
        if self.log.len() < LOG_LIMIT {
            self.log.push(Logged { area, path: path.to_owned(), status, bytes });
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn status(site: &Site, path: &str) -> Option<u16> {
        site.answer(Area::Metadata, path).map(|answer| answer.status)
    }

    #[test]
    fn a_request_is_answered_from_the_files_of_the_moment_and_logged_once() {
        let site = Site::default();
        assert_eq!(status(&site, "timestamp.json"), Some(404));
        let files =
            Files { metadata: BTreeMap::from([("timestamp.json".into(), Bytes::from("{}"))]), ..Files::default() };
        site.show(Arc::new(files));
        assert_eq!(site.answer(Area::Metadata, "timestamp.json").unwrap().into_bytes(), b"{}");
        assert_eq!(site.answer(Area::Targets, "timestamp.json").unwrap().status, 404);
        let statuses: Vec<_> = site.take_log().iter().map(|request| request.status).collect();
        assert_eq!(statuses, [404, 200, 404]);
        assert_eq!(site.take_log(), []);
    }

    #[test]
    fn requests_get_one_answer_after_the_other_and_then_the_last() {
        let site = Site::default();
        let answers = vec![Serving::Status(503), Serving::Cut(0), Serving::Ordinary];
        let address = (Area::Metadata, "timestamp.json".to_owned());
        let files = Files { answers: BTreeMap::from([(address, answers)]), ..Files::default() };
        site.show(Arc::new(files.clone()));
        let statuses: Vec<_> = (0..4).map(|_| status(&site, "timestamp.json")).collect();
        assert_eq!(statuses, [Some(503), None, Some(404), Some(404)]);
        site.show(Arc::new(files));
        assert_eq!(status(&site, "timestamp.json"), Some(503));
    }

    #[test]
    fn files_are_shown_from_a_later_request_on_or_when_no_more_come() {
        let site = Site::default();
        let with = |name: &str| {
            let metadata = BTreeMap::from([(name.to_owned(), Bytes::from("{}"))]);
            Arc::new(Files { metadata, ..Files::default() })
        };
        site.show(with("a"));
        site.show_at(2, with("b"));
        site.show_at(3, with("c"));
        site.show_at(9, with("d"));
        let statuses: Vec<_> = ["a", "b", "b", "c"].map(|path| status(&site, path).unwrap()).into();
        assert_eq!(statuses, [200, 200, 404, 200]);
        site.catch_up();
        assert_eq!((status(&site, "c"), status(&site, "d")), (Some(404), Some(200)));
    }

    #[test]
    fn one_answer_is_held_back_and_others_are_not() {
        let site = Site::default();
        let is_held = |path: &str| site.answer(Area::Metadata, path).map(|answer| answer.is_held);
        site.hold_at(2);
        assert_eq!((is_held("a"), site.holds()), (Some(false), false));
        assert_eq!((is_held("b"), site.holds(), is_held("c")), (Some(true), true, Some(false)));
        site.wait_until_held();
        site.release();
        site.wait_for_release();
        assert_eq!((site.holds(), is_held("d")), (false, Some(false)));
    }

    #[test]
    fn nobody_waits_for_a_request_that_will_not_come() {
        let site = Site::default();
        site.hold_at(2);
        std::thread::scope(|scope| {
            scope.spawn(|| site.release());
            site.wait_until_held();
        });
        assert!(!site.holds());
    }

    #[test]
    fn a_site_that_halts_answers_no_more_until_it_is_resumed() {
        let site = Site::default();
        site.halt_at(2, Halted::Waits);
        assert_eq!((status(&site, "a"), site.is_halted()), (Some(404), false));
        assert_eq!((status(&site, "b"), status(&site, "c"), site.is_halted()), (None, None, true));
        assert_eq!((site.resume(), site.resume(), status(&site, "d")), (true, false, Some(404)));
        assert_eq!(site.take_log().len(), 4);
    }
}
