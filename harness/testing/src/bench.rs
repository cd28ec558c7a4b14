//! Where scenarios are played: what all tests of a target share.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use adapter::{Adapter, BuiltIn, InProcess};
use judge::ScenarioResult;
use libtest_mimic::{Completion, Failed};
use protocol::Introduction;
use reference::FaultSet;
use report::{Client, Report, Setting, Tool};
use runner::{Options, Venue};
use server::Server;
use suite::observation::{Cause, Outcome};
use suite::{Dialect, Suite, Variant, nearest};

use crate::entry::Make;
use crate::known::Known;
use crate::setup_error::SetupError;
use crate::{VERSION, command, outcome};

/// In how many scenarios in a row the client may hang before it is not asked any more.
const HANGING_LIMIT: usize = 8;

/// Everything that is needed to play scenarios.
pub struct Bench {
    suite: &'static Suite,
    dialect: &'static Dialect,
    adapter: InProcess,
    referee: BuiltIn,
    /// Started when the first scenario is played, and kept.
    server: OnceLock<Result<Server, String>>,
    known: Known,
    /// In how many scenarios in a row the client hung.
    hung: AtomicUsize,
}

impl Bench {
    /// Makes a first client, and asks it who it is.
    ///
    /// # Errors
    /// If it claims what there is not, or so little that nothing could be played.
    pub fn new(
        suite: &'static Suite,
        make: &Make,
        dialect: Option<&str>,
        deadline: Duration,
        known: Known,
    ) -> Result<Self, SetupError> {
        let introduction = make().introduction();
        let dialect = checked(&introduction, dialect, suite)?;
        let make = Make::clone(make);
        Ok(Self {
            suite,
            dialect,
            adapter: InProcess::new(move || make(), deadline),
            referee: BuiltIn::new(&suite.register, FaultSet::empty()).direct(),
            server: OnceLock::new(),
            known,
            hung: AtomicUsize::new(0),
        })
    }

    /// Whether the client is told the time. If not, scenarios wait for it.
    pub fn is_told_the_time(&self) -> bool {
        self.adapter.info().clock
    }

    /// Plays a scenario, attack and control, and tells how a test of it ends.
    ///
    /// # Errors
    /// If the client does not do what is asked, the baseline is wrong about it, or the scenario cannot be played.
    pub fn play(&self, variant: &Variant) -> Result<Completion, Failed> {
        let hung = self.hung.load(Ordering::Relaxed);
        if hung >= HANGING_LIMIT {
            return Err(format!("not played: the client hung in {hung} scenarios in a row").into());
        }
        let server = self.server.get_or_init(|| Server::start().map_err(|error| error.to_string()));
        let server = server.as_ref().map_err(|error| format!("cannot listen on the loopback interface: {error}"))?;
        let options = Options {
            dialect: self.dialect,
            register: &self.suite.register,
            venue: Venue::Http(server),
            referee: Some(&self.referee),
            jobs: 1,
            dared: &runner::NONE,
            timelines: None,
            give_up_after: 0,
            shuffle: None,
        };
        let results = runner::run(&[variant], &self.adapter, options, &|_| ());
        self.note_hanging(&results);
        let report = Report::new(self.setting(), results, self.known.of(&variant.id), None);
        outcome::of(&report)
    }

    fn note_hanging(&self, results: &[ScenarioResult]) {
        let mut observations = results.iter().flat_map(|result| &result.runs).flat_map(|run| &run.observations);
        let hangs = observations.any(|seen| matches!(seen.outcome, Outcome::Error { cause: Cause::Deadline { .. } }));
        if hangs {
            self.hung.fetch_add(1, Ordering::Relaxed);
        } else {
            self.hung.store(0, Ordering::Relaxed);
        }
    }

    fn setting(&self) -> Setting {
        let info = self.adapter.info();
        Setting {
            tool: Tool { name: "tuf-cookbook".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
            client: Client {
                name: info.name.clone(),
                version: info.version.clone(),
                features: info.features.clone(),
                clock: info.clock,
                // Who looks at the tests of a client knows that much about it.
                language: None,
                homepage: None,
                issue_tracker: None,
                transport: info.transport.to_string(),
            },
            dialect: self.dialect.id.clone(),
            selection: Vec::new(),
            reproduce: command::reproduce(),
        }
    }
}

/// The dialect to play in, if the client says of itself what can be true.
fn checked(
    client: &Introduction,
    dialect: Option<&str>,
    suite: &'static Suite,
) -> Result<&'static Dialect, SetupError> {
    if client.protocol != VERSION {
        let message = format!("the client speaks version {} of the protocol", client.protocol);
        return Err(SetupError::new(
            message,
            format!("say `protocol: tuf_cookbook_testing::VERSION`, which is {VERSION}"),
        ));
    }
    let claimed = client.all_features();
    if let Some(unknown) = claimed.iter().find(|id| !suite.register.features.contains_key(*id)) {
        let help = did_you_mean(unknown, suite.register.features.keys());
        return Err(SetupError::new(format!("the client claims the feature `{unknown}`, which there is not"), help));
    }
    let id = dialect.unwrap_or(&client.dialect);
    let Some(dialect) = suite.dialect(id) else {
        let help = did_you_mean(id, suite.dialects.iter().map(|dialect| &dialect.id));
        return Err(SetupError::new(format!("there is no dialect `{id}`"), help));
    };
    // Without these, almost every test would be ignored, and that looks like success.
    let consistent = if dialect.consistent_snapshot { "consistent-snapshots" } else { "consistent-snapshots:off" };
    match [dialect.key_type.feature(), consistent].into_iter().find(|id| !claimed.contains(*id)) {
        Some(lacking) => Err(SetupError::new(
            format!(
                "the client does not claim `{lacking}`, which every ordinary repository of the dialect `{id}` needs"
            ),
            "claim it, or choose another dialect",
        )),
        None => Ok(dialect),
    }
}

fn did_you_mean<'a>(wrong: &str, known: impl Iterator<Item = &'a String> + Clone) -> String {
    match nearest(wrong, known.clone().map(String::as_str)) {
        Some(id) => format!("did you mean `{id}`?"),
        None => format!("there are {}", known.map(String::as_str).collect::<Vec<_>>().join(", ")),
    }
}
