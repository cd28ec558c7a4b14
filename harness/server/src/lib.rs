//! Serves repository states on the loopback interface and records every request.
//!
//! A [`Site`] is the repository that one run of one scenario shows to a client: the files of the moment and a log.
//! It can be asked directly or over HTTP; the answers and the log are the same. An [`Answer`] may be a hostile one: its
//! [`Body`] is made while it is taken, and what was taken is counted.

mod answer;
mod body;
mod guests;
mod http;
mod mount;
mod sent;
mod site;

pub use answer::{Answer, Location};
pub use body::{Body, Piece};
pub use http::Server;
pub use mount::Mount;
pub use site::{Halted, Site};
