//! Who is connected, and who has to leave when there is no room for others.
//!
//! A client that is used for one run after the other can keep the connections of the runs before. They are closed only
//! when there is need, because a client may also use such a connection again.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::Notify;

use crate::mount::Mounts;

/// All open connections.
#[derive(Debug, Default)]
pub(crate) struct Guests(Mutex<Vec<Weak<Guest>>>);

/// One connection.
#[derive(Debug, Default)]
pub(crate) struct Guest {
    /// The prefix of the site that was asked last.
    prefix: Mutex<Option<String>>,
    leave: Notify,
}

impl Guests {
    /// Notes a connection, which is open until what is returned is dropped.
    pub(crate) fn welcome(&self) -> Arc<Guest> {
        let guest = Arc::default();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|other| other.strong_count() > 0);
        all.push(Arc::downgrade(&guest));
        guest
    }

    /// Has those leave that came for a site which is no longer shown.
    pub(crate) fn thin_out(&self, mounts: &Mounts) {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for guest in all.iter().filter_map(Weak::upgrade) {
            let prefix = guest.prefix.lock().unwrap_or_else(PoisonError::into_inner);
            if prefix.as_ref().is_some_and(|prefix| mounts.find(prefix).is_none()) {
                guest.leave.notify_one();
            }
        }
    }
}

impl Guest {
    /// Notes which site it asks.
    pub(crate) fn asks(&self, prefix: &str) {
        *self.prefix.lock().unwrap_or_else(PoisonError::into_inner) = Some(prefix.to_owned());
    }

    /// Waits until it has to leave.
    pub(crate) async fn has_to_leave(&self) {
        self.leave.notified().await;
    }
}
