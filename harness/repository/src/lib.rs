//! Turns the steps of a scenario into signed repository states, honest or hostile.
//!
//! No I/O: a [`Timeline`] is all bytes that a client will meet in a run, made from the scenario, the dialect and the
//! calendar. The same scenario in the same dialect with the same start date gives the same bytes.
//!
//! - [`World`] holds two repositories: the honest one, and the one that is shown.
//! - `worlds` holds one for each repository of a client that has a map (TAP 4).
//! - `publish` signs new versions and puts them in place; `model` is what the repository knows; `document` writes
//!   the signed parts; `envelope` signs them and tampers with the result. `rotate_file` does the same for TAP 8.
//! - `keyring` and `key` make keys from their names, `rsa_pool` holds those that take too long to make.

mod canonical;
mod document;
mod envelope;
mod error;
mod key;
mod keyring;
mod model;
mod pointer;
mod publish;
mod rotate_file;
mod rsa_pool;
mod time;
mod timeline;
mod world;
mod worlds;

pub use error::ForgeError;
pub use suite::Files;
pub use time::Calendar;
pub use timeline::{Event, Spoiled, Timeline};
pub use world::World;
pub use worlds::Several;
