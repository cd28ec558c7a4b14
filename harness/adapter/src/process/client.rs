//! One client: a program that is run anew for each thing that it is asked to do, and the folders that it works in.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::process::Command;

use suite::observation::{Cause, Outcome};

use super::call::{Bounds, call};
use super::place::Place;
use super::{ProcessOptions, arguments, store};
use crate::{Client, Endpoint, Reply, Store};

/// The host that clients reach without a proxy.
const LOOPBACK: &str = "127.0.0.1";

/// A client that is a program.
#[derive(Debug)]
pub(crate) struct ProcessClient {
    options: ProcessOptions,
    place: Place,
}

impl ProcessClient {
    /// A client that works in this place.
    pub(crate) fn new(options: ProcessOptions, place: Place) -> Self {
        Self { options, place }
    }

    fn call(&self, protocol: Vec<OsString>) -> Reply {
        let mut command = Command::new(&self.options.command);
        command.args(&self.options.arguments).args(protocol);
        self.set_environment(&mut command);
        call(command, Bounds { deadline: self.options.deadline, output: self.options.output_limit })
    }

    /// The environment is ours, except that no proxy stands between the client and the server, and that the client's
    /// temporary files are removed with everything else.
    fn set_environment(&self, command: &mut Command) {
        for (name, _) in env::vars_os() {
            if name.to_ascii_lowercase().to_string_lossy().ends_with("_proxy") {
                command.env_remove(name);
            }
        }
        command.envs([("NO_PROXY", LOOPBACK), ("no_proxy", LOOPBACK)]);
        for name in ["TMPDIR", "TEMP", "TMP"] {
            command.env(name, self.place.temporary());
        }
    }
}

impl Client for ProcessClient {
    fn trust(&mut self, root: &[u8]) -> Reply {
        let path = self.place.trusted_root();
        if let Err(error) = fs::write(&path, root) {
            let cause = Cause::Start { message: format!("its trusted root cannot be written: {error}") };
            return Reply { outcome: Outcome::Error { cause }, output: Vec::new() };
        }
        self.call(arguments::init(&self.place.metadata(), &path))
    }

    fn refresh(&mut self, at: &Endpoint) -> Reply {
        self.call(arguments::refresh(&self.place.metadata(), at))
    }

    fn download(&mut self, at: &Endpoint, targets: &[String]) -> Reply {
        self.call(arguments::download(&self.place.metadata(), &self.place.targets(), at, targets))
    }

    fn store(&self) -> Result<Store, String> {
        store::read(&self.place.metadata(), &self.place.targets(), self.options.store_limits)
    }
}
