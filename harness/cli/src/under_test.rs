//! The client under test: built in, released, or a program or a shared library of the user's.

use std::collections::BTreeSet;
use std::env;
use std::path::{Path, PathBuf};
use std::time::Duration;

use adapter::released::{self, Baseline, Installed, Program, Released};
use adapter::{
    Adapter, BUILT_IN_NAME, BuiltIn, ClientInfo, ProcessAdapter, ProgramOptions, SessionAdapter, Trace, Transport,
};
use clap::ValueEnum;
use reference::FaultSet;
use suite::{Register, nearest};

use crate::command::library_host;
use crate::failure::Failure;

/// What `--client` takes for every released client that is installed.
pub const ALL: &str = "all";

/// How long a client may take for one thing that it is asked to do, if nothing is said about that.
const USUAL_TIMEOUT: Duration = Duration::from_secs(30);

/// Which client to test, and how.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Client")]
pub struct ClientArguments {
    /// The client: `reference` (built in, the default), a released one from `client list`, the path of a program, or
    /// that of a shared library. `all`: each released client that is installed.
    #[arg(long, value_name = "NAME|PATH", default_value = BUILT_IN_NAME)]
    pub client: String,
    /// How the client is driven. Default: as its manifest says; a program, by `process`; a file whose name ends as that
    /// of a shared library, by `library`.
    #[arg(long, value_enum)]
    pub transport: Option<TransportName>,
    /// An argument for the program, before those of the protocol. May be repeated.
    #[arg(long = "client-arg", value_name = "ARG", allow_hyphen_values = true)]
    pub client_args: Vec<String>,
    /// How long the client may take for one thing that it is asked to do.
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub timeout: Duration,
    /// A feature that the client has beside the usual ones (see spec/features.toml). May be repeated.
    #[arg(long = "feature", value_name = "ID")]
    pub with: Vec<String>,
    /// A feature that the client lacks. May be repeated.
    #[arg(long = "without-feature", value_name = "ID")]
    pub without: Vec<String>,
    /// Who hears what is said to the client and what it answers.
    #[arg(skip)]
    pub trace: Trace,
}

/// How a client is driven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TransportName {
    /// The program speaks the session protocol of `harness/protocol/PROTOCOL.md`.
    Session,
    /// The program has the command-line protocol of tuf-conformance.
    Process,
    /// The shared library has the C interface of `harness/library/tuf_client.h`.
    Library,
}

impl From<TransportName> for Transport {
    fn from(name: TransportName) -> Self {
        match name {
            TransportName::Session => Self::Session,
            TransportName::Process => Self::Process,
            TransportName::Library => Self::Library,
        }
    }
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
    /// A client as it is driven if nothing is said about that.
    pub fn of(client: &str) -> Self {
        Self {
            client: client.to_owned(),
            transport: None,
            client_args: Vec::new(),
            timeout: USUAL_TIMEOUT,
            with: Vec::new(),
            without: Vec::new(),
            trace: Trace::default(),
        }
    }

    /// Finds the client, and starts it if it has to introduce itself.
    ///
    /// # Errors
    /// If there is no such client, it is not installed, or it cannot be run.
    pub fn resolve(&self, register: &Register) -> Result<UnderTest, Failure> {
        self.check_features(register)?;
        match self.client.as_str() {
            BUILT_IN_NAME => self.built_in(register),
            client if is_path(client) => self.own(register),
            client => self.released(installed(client)?, register),
        }
    }

    /// Makes sure that there is such a client, without starting it.
    ///
    /// # Errors
    /// If there is none, it is not installed, or it is nothing that can be run.
    pub fn find(&self, register: &Register) -> Result<(), Failure> {
        self.check_features(register)?;
        match self.client.as_str() {
            BUILT_IN_NAME => self.built_in(register).map(drop),
            client if is_path(client) => match self.transport_of_own() {
                Transport::Library if Path::new(client).is_file() => Ok(()),
                Transport::Library => Err(Failure::new(
                    format!("there is no shared library `{client}`"),
                    "check the path; a relative one starts from the current folder",
                )),
                transport => self.process(register, transport).map(drop),
            },
            client => {
                let (client, installed) = installed(client)?;
                self.program(&client, installed).map(drop)
            }
        }
    }

    /// The same arguments for another client.
    pub fn with_client(&self, client: &str) -> Self {
        Self { client: client.to_owned(), ..self.clone() }
    }

    /// The arguments that name this client again.
    pub fn arguments(&self) -> Vec<String> {
        let mut arguments = Vec::new();
        if self.client != BUILT_IN_NAME {
            arguments.extend(["--client".to_owned(), self.client.clone()]);
        }
        if let Some(transport) = self.transport {
            arguments.push(format!("--transport={}", Transport::from(transport)));
        }
        // With `=`, so that an argument that begins with a hyphen stays an argument.
        arguments.extend(self.client_args.iter().map(|argument| format!("--client-arg={argument}")));
        arguments.extend(self.with.iter().map(|id| format!("--feature={id}")));
        arguments.extend(self.without.iter().map(|id| format!("--without-feature={id}")));
        if self.timeout != USUAL_TIMEOUT {
            arguments.push(format!("--timeout={}", self.timeout.as_secs_f64()));
        }
        arguments
    }

    fn built_in(&self, register: &Register) -> Result<UnderTest, Failure> {
        let given = [
            (!self.client_args.is_empty(), "--client-arg"),
            (self.transport.is_some(), "--transport"),
            (!self.with.is_empty(), "--feature"),
            (!self.without.is_empty(), "--without-feature"),
        ];
        if let Some((_, option)) = given.into_iter().find(|(is_given, _)| *is_given) {
            return Err(Failure::new(
                format!("{option} is not for the built-in client"),
                "name a client with --client, or leave it out: what the built-in client can do is known",
            ));
        }
        let adapter = BuiltIn::new(register, FaultSet::empty());
        Ok(UnderTest { adapter: Box::new(adapter), dialect: None, baseline: None })
    }

    /// The program of a released client, and how it is driven.
    fn program(&self, client: &Released, installed: Installed) -> Result<(Program, Transport), Failure> {
        let manifest = &client.manifest;
        let transports = manifest.transports();
        let transport = self.transport.map_or(transports.first().copied(), |name| Some(name.into()));
        let program = match transport {
            Some(Transport::Session) => installed.run.session,
            Some(Transport::Process) => installed.run.process,
            Some(Transport::Library) => installed.run.library.map(|library| hosted(&library.path)).transpose()?,
            _ => None,
        };
        program.zip(transport).ok_or_else(|| {
            let there: Vec<_> = transports.iter().map(|transport| format!("--transport {transport}")).collect();
            Failure::new(
                format!("`{}` cannot be driven over that transport", manifest.name),
                format!("choose one of {}", there.join(", ")),
            )
        })
    }

    fn released(&self, (client, installed): (Released, Installed), register: &Register) -> Result<UnderTest, Failure> {
        let (Program { command, arguments }, transport) = self.program(&client, installed)?;
        let manifest = &client.manifest;
        let info = manifest.info(register, transport).map_err(Failure::plain)?;
        let options = self.options(command, arguments);
        let adapter = if transport == Transport::Process {
            Box::new(ProcessAdapter::new(options, self.claim(info))?) as Box<dyn Adapter>
        } else {
            let mut session = SessionAdapter::new(options, transport)?;
            // A variant is named after its version, and the client knows only that.
            if let Some(contradiction) = manifest.contradiction(&info, session.introduction()) {
                return Err(Failure::new(
                    format!("`{}` contradicts its manifest: {contradiction}", manifest.name),
                    "mend harness/clients: the manifest, or what the wrapper answers to `initialize`",
                ));
            }
            session.set_info(self.claim(info));
            Box::new(session)
        };
        // The deviations of a release are known; nobody keeps a list for each of its older versions.
        let baseline = client.variant_of.is_none().then(|| {
            let file = format!("harness/clients/{}/baseline.toml", manifest.name);
            (file, client.baseline)
        });
        Ok(UnderTest { adapter, dialect: Some(client.manifest.dialect), baseline })
    }

    fn transport_of_own(&self) -> Transport {
        self.transport.map_or_else(|| usual_transport(&self.client), Transport::from)
    }

    /// The user's program, started anew for each action.
    fn process(&self, register: &Register, transport: Transport) -> Result<ProcessAdapter, Failure> {
        let name = Path::new(&self.client).file_name();
        let name = name.map_or_else(|| self.client.clone(), |name| name.to_string_lossy().into_owned());
        let info = ClientInfo::of_program(name, register.default_features(), transport);
        Ok(ProcessAdapter::new(self.options(&self.client, Vec::new()), self.claim(info))?)
    }

    fn own(&self, register: &Register) -> Result<UnderTest, Failure> {
        let transport = self.transport_of_own();
        if transport == Transport::Process {
            let adapter = self.process(register, transport)?;
            return Ok(UnderTest { adapter: Box::new(adapter), dialect: None, baseline: None });
        }
        let Program { command, arguments } = match transport {
            Transport::Library => hosted(&self.client)?,
            _ => Program { command: self.client.clone(), arguments: Vec::new() },
        };
        let mut session = SessionAdapter::new(self.options(command, arguments), transport)?;
        let unknown = session.info().features.iter().find(|id| !register.features.contains_key(*id));
        if let Some(id) = unknown {
            return Err(unknown_feature(
                &format!("the client claims the feature `{id}`, which there is not"),
                id,
                register,
            ));
        }
        let dialect = session.introduction().dialect.clone();
        let info = self.claim(session.info().clone());
        session.set_info(info);
        Ok(UnderTest { adapter: Box::new(session), dialect: Some(dialect), baseline: None })
    }

    fn options(&self, command: impl Into<PathBuf>, arguments: Vec<String>) -> ProgramOptions {
        let mut options = ProgramOptions::new(command);
        options.arguments = arguments;
        options.arguments.extend(self.client_args.iter().cloned());
        options.deadline = self.timeout;
        options.trace = self.trace.clone();
        options
    }

    fn check_features(&self, register: &Register) -> Result<(), Failure> {
        match self.with.iter().chain(&self.without).find(|id| !register.features.contains_key(*id)) {
            Some(id) => Err(unknown_feature(&format!("there is no feature `{id}`"), id, register)),
            None => Ok(()),
        }
    }

    /// Adds and removes the features that the user knows better.
    fn claim(&self, mut info: ClientInfo) -> ClientInfo {
        let with: BTreeSet<String> = self.with.iter().cloned().collect();
        info.features.extend(with);
        info.features.retain(|id| !self.without.contains(id));
        info
    }
}

fn unknown_feature(message: &str, id: &str, register: &Register) -> Failure {
    let known = register.features.keys().map(String::as_str);
    let help = nearest(id, known)
        .map_or_else(|| "spec/features.toml lists all features".to_owned(), |id| format!("did you mean `{id}`?"));
    Failure::new(message, help)
}

/// The program that loads a shared library and speaks the session protocol for it: this one.
fn hosted(library: &str) -> Result<Program, Failure> {
    let host = env::current_exe().map_err(|error| Failure::plain(format!("where is this program? {error}")))?;
    let command = host.to_str().ok_or_else(|| Failure::plain("the path of this program is not UTF-8"))?.to_owned();
    Ok(Program { command, arguments: vec![library_host::NAME.to_owned(), library.to_owned()] })
}

fn usual_transport(path: &str) -> Transport {
    if path.ends_with(env::consts::DLL_SUFFIX) { Transport::Library } else { Transport::Process }
}

/// A released client, and where it is installed.
fn installed(client: &str) -> Result<(Released, Installed), Failure> {
    let released = released::find(client)?;
    let cache = released::cache_folder().ok_or_else(no_cache)?;
    match released.installed(&cache) {
        Some(installed) => Ok((released, installed)),
        None => Err(Failure::new(
            format!("`{client}` is not installed"),
            format!("run `tuf-cookbook client install {client}` first"),
        )),
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
