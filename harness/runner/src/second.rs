//! Two clients with one store, of which the second comes while the first waits.

use std::panic::resume_unwind;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use adapter::{Client, Endpoint, Reply};
use server::Site;
use suite::observation::{Outcome, Task};

use crate::play::tell;

/// How long a first client waits for the second. A second one that takes longer may be waiting for the first, which
/// holds a lock.
pub(crate) const PATIENCE: Duration = Duration::from_secs(3);

/// Two clients with one store.
pub(crate) struct Pair<'a> {
    /// The one that begins.
    pub first: &'a mut dyn Client,
    /// The one that comes meanwhile.
    pub second: &'a mut dyn Client,
    /// How long the first waits for the second.
    pub patience: Duration,
}

impl Pair<'_> {
    /// Tells both to do the same. The answer to this request of the first, from 1, is held back until the second is
    /// done, or patience is over. If the first asks for less, the second comes after it.
    ///
    /// What came of both is told as one.
    pub(crate) fn act(self, request: usize, task: &Task, at: &Endpoint, site: &Site) -> Reply {
        let Self { first, second, patience } = self;
        site.take_log();
        site.hold_at(request);
        let (first, second) = thread::scope(|scope| {
            let first = scope.spawn(|| {
                let reply = tell(first, task, at);
                site.release();
                reply
            });
            site.wait_until_held();
            let (done, is_done) = channel();
            let second = scope.spawn(move || {
                let reply = tell(second, task, at);
                // Nobody listens any more once patience is over.
                let _ = done.send(());
                reply
            });
            let _ = is_done.recv_timeout(patience);
            site.release();
            (first.join(), second.join())
        });
        site.catch_up();
        let whole = |reply: thread::Result<Reply>| reply.unwrap_or_else(|panic| resume_unwind(panic));
        both(whole(first), whole(second))
    }
}

/// The worse of two outcomes, and what both printed.
fn both(first: Reply, second: Reply) -> Reply {
    let output = [first.output, second.output].concat();
    let outcome = if severity(&second.outcome) > severity(&first.outcome) { second.outcome } else { first.outcome };
    Reply { outcome, output }
}

const fn severity(outcome: &Outcome) -> u8 {
    match outcome {
        Outcome::Accepted => 0,
        Outcome::Rejected { .. } => 1,
        Outcome::Unsupported { .. } | Outcome::Killed => 2,
        Outcome::Error { .. } if outcome.is_reported() => 3,
        Outcome::Error { .. } => 4,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex, TryLockError};

    use adapter::Store;
    use suite::observation::Area;

    use super::*;

    /// A client that takes the lock of its store, and asks for two files.
    struct Locking {
        lock: Arc<Mutex<()>>,
        waits: bool,
        site: Arc<Site>,
    }

    impl Client for Locking {
        fn trust(&mut self, _: &Endpoint, _: &[u8]) -> Reply {
            Reply { outcome: Outcome::Accepted, output: Vec::new() }
        }

        fn refresh(&mut self, _: &Endpoint) -> Reply {
            let locked = if self.waits { Ok(self.lock.lock().unwrap()) } else { self.lock.try_lock() };
            let outcome = match locked {
                Ok(_guard) => {
                    for path in ["timestamp.json", "1.snapshot.json"] {
                        if self.site.answer(Area::Metadata, path).unwrap().is_held {
                            self.site.wait_for_release();
                        }
                    }
                    Outcome::Accepted
                }
                Err(TryLockError::WouldBlock) => Outcome::Rejected { reason: None },
                Err(TryLockError::Poisoned(_)) => unreachable!(),
            };
            Reply { outcome, output: b"done.".to_vec() }
        }

        fn download(&mut self, at: &Endpoint, _: &[String]) -> Reply {
            self.refresh(at)
        }

        fn store(&self) -> Result<Store, String> {
            Ok(Store::default())
        }
    }

    /// How two such clients end, and for how many files they ask.
    fn play(waits: bool, request: usize) -> (Outcome, usize) {
        let (lock, site) = (Arc::default(), Arc::new(Site::default()));
        let client = || Locking { lock: Arc::clone(&lock), waits, site: Arc::clone(&site) };
        let at = Endpoint {
            metadata_url: String::new(),
            targets_url: String::new(),
            now: jiff::Timestamp::UNIX_EPOCH,
            targets_mapping: None,
            map: None,
            repository: None,
        };
        let (mut first, mut second) = (client(), client());
        let pair = Pair { first: &mut first, second: &mut second, patience: Duration::from_millis(20) };
        let reply = pair.act(request, &Task::Refresh, &at, &site);
        assert_eq!(reply.output, b"done.done.");
        (reply.outcome, site.take_log().len())
    }

    #[test]
    fn a_second_client_that_waits_for_the_first_comes_after_it() {
        assert_eq!(play(true, 1), (Outcome::Accepted, 4));
    }

    #[test]
    fn a_second_client_that_gives_way_is_told() {
        assert_eq!(play(false, 2), (Outcome::Rejected { reason: None }, 2));
    }

    #[test]
    fn a_second_client_comes_afterwards_if_the_first_asks_for_less() {
        assert_eq!(play(false, 3), (Outcome::Accepted, 4));
    }
}
