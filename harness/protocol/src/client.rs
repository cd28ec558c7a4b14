//! A client under test that is written in Rust.

use crate::{Answer, Introduction, Place};

/// A client under test. Its store is in the folders of each [`Place`]: nothing is kept from one call to the next.
pub trait TufClient {
    /// Who it is and what it can do.
    fn introduction(&self) -> Introduction;

    /// Starts from this root metadata file, with an empty store, and fetches nothing (sections 5.1 and 5.2).
    fn trust(&mut self, place: &Place, root: &[u8]) -> Answer;

    /// Brings its top-level metadata up to date (sections 5.3 to 5.6).
    fn refresh(&mut self, place: &Place) -> Answer;

    /// Refreshes, and downloads these target files in order; stops at the first that fails (section 5.7).
    fn download(&mut self, place: &Place, targets: &[String]) -> Answer;
}
