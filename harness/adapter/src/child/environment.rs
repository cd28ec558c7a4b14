//! The environment of a client.

use std::env;
use std::path::Path;
use std::process::Command;

/// A time zone far from UTC: what a client compares with its own time, it has to compare in UTC (section 4.2.3).
const TIME_ZONE: &str = "Pacific/Kiritimati";

/// The host that clients reach without a proxy.
const LOOPBACK: &str = "127.0.0.1";

/// The environment is ours, except that no proxy stands between the client and the server, that its time is not that of
/// UTC, and that the client's temporary files are removed with everything else.
pub(crate) fn set_environment(command: &mut Command, temporary: &Path) {
    for (name, _) in env::vars_os() {
        if name.to_ascii_lowercase().to_string_lossy().ends_with("_proxy") {
            command.env_remove(name);
        }
    }
    command.envs([("NO_PROXY", LOOPBACK), ("no_proxy", LOOPBACK), ("TZ", TIME_ZONE)]);
    for name in ["TMPDIR", "TEMP", "TMP"] {
        command.env(name, temporary);
    }
}
