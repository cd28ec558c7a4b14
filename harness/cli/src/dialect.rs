//! Which dialect is meant.

use suite::{Dialect, Suite};

use crate::failure::Failure;

/// The dialect with this name.
///
/// # Errors
/// If there is none.
pub fn dialect<'a>(suite: &'a Suite, id: &str) -> Result<&'a Dialect, Failure> {
    suite.dialect(id).ok_or_else(|| {
        let known: Vec<_> = suite.dialects.iter().map(|dialect| dialect.id.as_str()).collect();
        Failure::new(format!("there is no dialect `{id}`"), format!("choose one of {}", known.join(", ")))
    })
}
