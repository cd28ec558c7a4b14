//! The whole suite against the reference client, as a user of this crate has it against theirs.

use std::sync::LazyLock;

use reference::FaultSet;
use reference::session::SessionClient;
use suite::Suite;

/// What the client claims is read from the register, which need not be read for each client anew.
static CLIENT: LazyLock<SessionClient> =
    LazyLock::new(|| SessionClient::new(&Suite::embedded().unwrap_or_default().register, FaultSet::empty()));

tuf_cookbook_testing::harness!(|| CLIENT.clone());
