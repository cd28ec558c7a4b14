//! A client as a child process: started in a group of its own, watched, and ended with all that belongs to it.

mod environment;
mod executable;
mod group;
pub(crate) mod live;
mod orphans;
mod running;
mod tail;

pub(crate) use environment::set_environment;
pub(crate) use executable::resolve;
pub(crate) use running::{Bounds, End, Running, Streams, cause_of_exit};
