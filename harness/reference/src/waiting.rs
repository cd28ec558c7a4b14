//! How long a client has waited for answers, for the fault of letting its clock go on in the middle of an update.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::transport::{Place, Response, Transport};

/// The time that the answers of an update have taken together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Waiting(Arc<AtomicU64>);

impl Waiting {
    /// Begins anew.
    pub(crate) fn reset(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    /// The time so far.
    pub(crate) fn total(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::Relaxed))
    }

    /// Adds what an answer has taken.
    pub(crate) fn add(&self, took: Duration) {
        self.0.fetch_add(u64::try_from(took.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}

/// A transport that remembers how long the last answer has taken.
pub(crate) struct Timed<'a, T> {
    transport: &'a T,
    elapsed: RefCell<Option<Rc<dyn Fn() -> Duration>>>,
}

impl<'a, T> Timed<'a, T> {
    pub(crate) const fn new(transport: &'a T) -> Self {
        Self { transport, elapsed: RefCell::new(None) }
    }

    /// How long the last answer has taken until now.
    pub(crate) fn took(&self) -> Duration {
        self.elapsed.borrow().as_ref().map_or(Duration::ZERO, |elapsed| elapsed())
    }
}

impl<T: Transport> Transport for Timed<'_, T> {
    fn ask(&self, place: &Place<'_>) -> Result<Response, String> {
        let response = self.transport.ask(place)?;
        let elapsed: Rc<dyn Fn() -> Duration> = Rc::from(response.elapsed);
        self.elapsed.replace(Some(Rc::clone(&elapsed)));
        Ok(Response { elapsed: Box::new(move || elapsed()), ..response })
    }
}
