//! Lets only so many clients work at a time.

use std::sync::{Condvar, Mutex, PoisonError};

/// A counting semaphore. A client holds a pass while it works, and none while its scenario waits for the clock.
pub struct Gate {
    free: Mutex<usize>,
    freed: Condvar,
}

/// The right to work. Given back when dropped.
pub struct Pass<'a>(&'a Gate);

impl Gate {
    /// A gate with this many passes.
    pub const fn new(passes: usize) -> Self {
        Self { free: Mutex::new(passes), freed: Condvar::new() }
    }

    /// Waits for a pass.
    pub fn enter(&self) -> Pass<'_> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self.freed.wait_while(free, |free| *free == 0).unwrap_or_else(PoisonError::into_inner);
        *free -= 1;
        Pass(self)
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}
