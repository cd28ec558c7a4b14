//! The program as its users meet it: what it prints, what it leaves behind and how it ends.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

mod baseline;
mod exported;
mod faults;
mod hostile_client;
mod inspection;
mod interruption;
mod json;
mod junit;
mod matrix;
mod profiles;
mod program;
mod reference_client;
mod released;
mod script;
mod selection;
mod serving;
mod session;
mod smoke;
mod specification;
mod streams;
mod usage;
mod working_copy;
mod working_copy_commands;
