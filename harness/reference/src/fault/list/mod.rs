//! The list of faults, in the order of the workflow: one file for each area.
//!
//! Each file defines a macro that adds its faults to those before it and hands them on to the next.

use super::faults;

/// Calls the macros of all areas, one after the other, and defines what they gathered.
macro_rules! collect {
    ([] $($fault:tt)*) => { faults! { $($fault)* } };
    ([$area:ident $($rest:ident)*] $($fault:tt)*) => { $area! { [$($rest)*] $($fault)* } };
}

#[macro_use]
mod reading;
#[macro_use]
mod root;
#[macro_use]
mod timestamp;
#[macro_use]
mod snapshot;
#[macro_use]
mod targets;
#[macro_use]
mod delegations;
#[macro_use]
mod agreement;
#[macro_use]
mod rotation;
#[macro_use]
mod mapping;
#[macro_use]
mod repositories;
#[macro_use]
mod fetching;
#[macro_use]
mod network;
#[macro_use]
mod store;

collect! {
    [reading root timestamp snapshot targets delegations agreement rotation mapping repositories fetching network store]
}
