//! What one client is shown: the files of the moment, and a log of what it asked for.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use suite::Files;
use suite::observation::{Area, Request};

/// The requests that are kept in the log of one step. What comes after them is answered, not logged.
const LOG_LIMIT: usize = 5_000;

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Bytes,
}

/// The repository that one run of one scenario shows to a client.
#[derive(Debug, Default)]
pub struct Site {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    files: Arc<Files>,
    log: Vec<Request>,
}

impl Site {
    /// Shows these files from now on.
    pub fn show(&self, files: Arc<Files>) {
        self.state().files = files;
    }

    /// Answers a request for a path, percent-decoded and relative to the base URL of its area, and logs it.
    pub fn answer(&self, area: Area, path: &str) -> Answer {
        let answer = self.look_up(area, path);
        self.log(area, path, answer.status, answer.body.len() as u64);
        answer
    }

    /// As [`Site::answer`] for a request that wants to know about a file but not to have it: what is logged has no
    /// body.
    pub(crate) fn answer_head(&self, area: Area, path: &str) -> Answer {
        let answer = self.look_up(area, path);
        self.log(area, path, answer.status, 0);
        answer
    }

    fn look_up(&self, area: Area, path: &str) -> Answer {
        let state = self.state();
        let files = match area {
            Area::Metadata => &state.files.metadata,
            Area::Targets => &state.files.targets,
        };
        match files.get(path) {
            Some(body) => Answer { status: 200, body: body.clone() },
            None => Answer { status: 404, body: Bytes::new() },
        }
    }

    fn log(&self, area: Area, path: &str, status: u16, bytes: u64) {
        let mut state = self.state();
        if state.log.len() < LOG_LIMIT {
            state.log.push(Request { area, path: path.to_owned(), status, bytes });
        }
    }

    /// The requests since the last call, in order.
    pub fn take_log(&self) -> Vec<Request> {
        std::mem::take(&mut self.state().log)
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_request_is_answered_from_the_files_of_the_moment_and_logged_once() {
        let site = Site::default();
        assert_eq!(site.answer(Area::Metadata, "timestamp.json").status, 404);
        let files =
            Files { metadata: BTreeMap::from([("timestamp.json".into(), Bytes::from("{}"))]), ..Files::default() };
        site.show(Arc::new(files));
        assert_eq!(site.answer(Area::Metadata, "timestamp.json").body, "{}");
        assert_eq!(site.answer(Area::Targets, "timestamp.json").status, 404);
        let statuses: Vec<_> = site.take_log().iter().map(|request| request.status).collect();
        assert_eq!(statuses, [404, 200, 404]);
        assert_eq!(site.take_log(), []);
    }
}
