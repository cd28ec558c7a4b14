//! The client under test: built in, released, or a program of the user's.

use std::path::{Path, PathBuf};
use std::time::Duration;

use adapter::released::{self, Baseline};
use adapter::{Adapter, BUILT_IN_NAME, BuiltIn, ClientInfo, ProcessAdapter, ProcessOptions};
use reference::FaultSet;
use suite::{Register, nearest};

use crate::failure::Failure;

/// Which client to test, and how.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Client")]
pub struct ClientArguments {
    /// The client: `reference` (built in, the default), a released one from `client list`, or the path of a program
    /// that speaks the command-line protocol of tuf-conformance.
    #[arg(long, value_name = "NAME|PATH", default_value = BUILT_IN_NAME)]
    pub client: String,
    /// An argument for the program, before those of the protocol. May be repeated.
    #[arg(long = "client-arg", value_name = "ARG", allow_hyphen_values = true)]
    pub client_args: Vec<String>,
    /// How long the client may take for one call.
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub timeout: Duration,
    /// A feature that the client has beside the usual ones (see spec/features.toml). May be repeated.
    #[arg(long = "feature", value_name = "ID")]
    pub with: Vec<String>,
    /// A feature that the client lacks. May be repeated.
    #[arg(long = "without-feature", value_name = "ID")]
    pub without: Vec<String>,
}

/// A client that can be played against.
pub struct UnderTest {
    /// Starts it.
    pub adapter: Box<dyn Adapter>,
    /// The dialect that it needs, if it says so.
    pub dialect: Option<String>,
    /// Its known deviations, with the name of their file.
    pub baseline: Option<(String, Baseline)>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if !duration.is_zero() => Ok(duration),
        _ => Err("not a length of time".to_owned()),
    }
}

impl ClientArguments {
    /// Finds the client.
    ///
    /// # Errors
    /// If there is no such client, it is not installed, or it cannot be run.
    pub fn resolve(&self, register: &Register) -> Result<UnderTest, Failure> {
        if self.client == BUILT_IN_NAME {
            return self.built_in(register);
        }
        if is_path(&self.client) { self.program(register) } else { self.released(register) }
    }

    /// The arguments that name this client again.
    pub fn arguments(&self) -> Vec<String> {
        let mut arguments = Vec::new();
        if self.client != BUILT_IN_NAME {
            arguments.extend(["--client".to_owned(), self.client.clone()]);
        }
        // With `=`, so that an argument that begins with a hyphen stays an argument.
        arguments.extend(self.client_args.iter().map(|argument| format!("--client-arg={argument}")));
        arguments.extend(self.with.iter().map(|id| format!("--feature={id}")));
        arguments.extend(self.without.iter().map(|id| format!("--without-feature={id}")));
        if self.timeout != Duration::from_secs(30) {
            arguments.push(format!("--timeout={}", self.timeout.as_secs_f64()));
        }
        arguments
    }

    fn built_in(&self, register: &Register) -> Result<UnderTest, Failure> {
        if !self.client_args.is_empty() {
            return Err(Failure::new(
                "--client-arg is for a client that is a program",
                "name one with --client, or leave --client-arg out",
            ));
        }
        if !self.with.is_empty() || !self.without.is_empty() {
            return Err(Failure::new(
                "--feature and --without-feature are for a client that is a program or a released one",
                "name one with --client, or leave them out: what the built-in client can do is known",
            ));
        }
        let adapter = BuiltIn::new(register, FaultSet::empty());
        Ok(UnderTest { adapter: Box::new(adapter), dialect: None, baseline: None })
    }

    fn released(&self, register: &Register) -> Result<UnderTest, Failure> {
        let client = released::find(&self.client)?;
        let cache = released::cache_folder().ok_or_else(no_cache)?;
        let installed = client.installed(&cache).ok_or_else(|| {
            Failure::new(
                format!("`{}` is not installed", self.client),
                format!("run `tuf-cookbook client install {}` first", self.client),
            )
        })?;
        let info = client.manifest.info(register).map_err(Failure::plain)?;
        let mut options = ProcessOptions::new(installed.command, self.claim(info, register)?);
        options.arguments = installed.arguments;
        options.arguments.extend(self.client_args.iter().cloned());
        options.deadline = self.timeout;
        let baseline = (format!("harness/clients/{}/baseline.toml", self.client), client.baseline);
        Ok(UnderTest {
            adapter: Box::new(ProcessAdapter::new(options)?),
            dialect: Some(client.manifest.dialect),
            baseline: Some(baseline),
        })
    }

    fn program(&self, register: &Register) -> Result<UnderTest, Failure> {
        let defaults = register.features.values().filter(|feature| feature.default).map(|feature| feature.id.clone());
        let path = Path::new(&self.client);
        let name = path.file_name().map_or_else(|| self.client.clone(), |name| name.to_string_lossy().into_owned());
        let info = ClientInfo { name, version: None, features: defaults.collect(), clock: false };
        let mut options = ProcessOptions::new(PathBuf::from(&self.client), self.claim(info, register)?);
        options.arguments.clone_from(&self.client_args);
        options.deadline = self.timeout;
        Ok(UnderTest { adapter: Box::new(ProcessAdapter::new(options)?), dialect: None, baseline: None })
    }

    /// Adds and removes the features that the user knows better.
    fn claim(&self, mut info: ClientInfo, register: &Register) -> Result<ClientInfo, Failure> {
        for id in self.with.iter().chain(&self.without) {
            if !register.features.contains_key(id) {
                let known = register.features.keys().map(String::as_str);
                let help = nearest(id, known).map_or_else(
                    || "spec/features.toml lists all features".to_owned(),
                    |id| format!("did you mean `{id}`?"),
                );
                return Err(Failure::new(format!("there is no feature `{id}`"), help));
            }
        }
        info.features.extend(self.with.iter().cloned());
        info.features.retain(|id| !self.without.contains(id));
        Ok(info)
    }
}

/// There is nowhere to install clients.
pub fn no_cache() -> Failure {
    Failure::new("there is no cache folder: neither HOME nor XDG_CACHE_HOME is set", "name one with TUF_COOKBOOK_CACHE")
}

/// Whether a client is named by its path: if it looks like one, or if there is such a file and no released client.
fn is_path(client: &str) -> bool {
    client.contains(std::path::MAIN_SEPARATOR) || (released::find(client).is_err() && Path::new(client).is_file())
}
