//! Serves repository states on the loopback interface and records every request.
//!
//! A [`Site`] is the repository that one run of one scenario shows to a client: the files of the moment and a log.
//! It can be asked directly or over HTTP; the answers and the log are the same.

mod guests;
mod http;
mod mount;
mod site;

pub use http::Server;
pub use mount::Mount;
pub use site::{Answer, Site};
