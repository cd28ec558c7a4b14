//! Plays one run against one client.

use std::sync::Arc;

use adapter::{Client, Endpoint, Reply, Store};
use jiff::Timestamp;
use repository::{Calendar, Event, ForgeError, Several, Timeline};
use serde_json::{Map, Value};
use server::{Halted, Site};
use sha2::{Digest as _, Sha256};
use suite::Offset;
use suite::observation::{Asked, Cause, Observation, Outcome, Run, StoredFile, Task};

use crate::clock::Clock;
use crate::gate::{Gate, Pass};
use crate::map_file::map_file;
use crate::second::{self, Pair};

/// The most requests that a client may make for one thing that it is told to do. A chain of 1024 roots is within it.
const REQUEST_LIMIT: usize = 4096;

/// Where and how a run is played.
pub struct Stage<'a> {
    /// What the client is shown.
    pub site: &'a Arc<Site>,
    /// The base URL of the repository, of which those of others are made.
    pub base_url: String,
    /// The base URL of metadata.
    pub metadata_url: String,
    /// The base URL of targets.
    pub targets_url: String,
    /// The dates of this run.
    pub calendar: &'a Calendar,
    /// How the client tells the time.
    pub clock: Clock,
    /// Lets only so many clients work at a time. `None` for a client that need not wait.
    pub gate: Option<&'a Gate>,
}

impl<'a> Stage<'a> {
    /// A stage for a client that asks the site directly, is told the time, and need not wait for others.
    pub const fn direct(site: &'a Arc<Site>, calendar: &'a Calendar) -> Self {
        Self {
            site,
            base_url: String::new(),
            metadata_url: String::new(),
            targets_url: String::new(),
            calendar,
            clock: Clock::Told,
            gate: None,
        }
    }
}

impl Stage<'_> {
    fn endpoint(&self, now: Timestamp, told: Told<'_>) -> Endpoint {
        Endpoint {
            metadata_url: self.metadata_url.clone(),
            targets_url: self.targets_url.clone(),
            now,
            targets_mapping: told.targets_role.cloned(),
            map: told.several.map(|several| map_file(several, &self.base_url)),
            repository: None,
        }
    }
}

/// What a client was told beside where the repository is.
#[derive(Clone, Copy)]
struct Told<'a> {
    /// The targets role to start from (TAP 13).
    targets_role: Option<&'a Map<String, Value>>,
    /// Several repositories (TAP 4).
    several: Option<&'a Several>,
}

/// Why a run has no result.
#[derive(Debug, thiserror::Error)]
pub enum NoRun {
    /// The client took so long that something expired that should not have.
    #[error("the client was too slow for the real clock")]
    Late,
    /// Nothing can be done to the client's store that the scenario wants.
    #[error("{0}")]
    Store(String),
    /// An instant is outside the calendar.
    #[error(transparent)]
    Date(ForgeError),
}

/// Plays a run. It ends early when the client breaks down, or when it does not even trust the first root.
///
/// `pass` is the pass that the caller holds already, if there is a gate.
///
/// # Errors
/// If the client was late; the run has to be played anew, more slowly.
pub fn play<'a>(
    timeline: &Timeline,
    client: &mut dyn Client,
    stage: &Stage<'a>,
    mut pass: Option<Pass<'a>>,
) -> Result<Run, NoRun> {
    let mut run = Run { kind: timeline.run, observations: Vec::new() };
    let mut clocks = timeline.events.iter().filter_map(|(_, event)| match event {
        Event::Clock { number, offset } => Some((*number, *offset)),
        _ => None,
    });
    let instant = |(number, offset)| stage.calendar.instant(number, offset).map_err(NoRun::Date);
    let mut now = instant((0, Offset::START))?;
    let mut next = clocks.next().map(instant).transpose()?;
    client.attach(stage.site);
    let mut told = Told { targets_role: None, several: timeline.several.as_ref() };
    if let Some(root) = &timeline.root {
        let reply = trust(client, &stage.endpoint(now, told), root, told.several);
        run.observations.push(observe(0, Asked::Trust, reply, client, stage.site));
    }
    for (step, event) in &timeline.events {
        if run.observations.last().is_some_and(|last| ends(*step, last)) {
            break;
        }
        match event {
            Event::Show(files) => stage.site.show(Arc::clone(files)),
            Event::Meanwhile { request, files } => stage.site.show_at(*request, Arc::clone(files)),
            Event::TargetsRole(mapping) => told.targets_role = Some(mapping),
            Event::Clock { number, offset } => {
                now = instant((*number, *offset))?;
                next = clocks.next().map(instant).transpose()?;
                pass = wait(stage, now, pass);
            }
            Event::Damage(files) => {
                for (role, spoiled) in files {
                    match client.spoil(role, &|bytes| spoiled.apply(bytes)) {
                        Ok(true) => {}
                        Ok(false) => return Err(NoRun::Store(format!("the client keeps no {role} to be damaged"))),
                        Err(message) => return Err(NoRun::Store(message)),
                    }
                }
            }
            Event::Trust { root, refreshes } => {
                let at = stage.endpoint(now, told);
                stage.site.take_log();
                let mut reply = trust(client, &at, root, told.several);
                if *refreshes && reply.outcome == Outcome::Accepted {
                    reply = client.refresh(&at);
                }
                run.observations.push(observe(*step, Asked::Trust, reply, client, stage.site));
            }
            Event::Kill { request, task } => {
                stage.site.halt_at(*request, if client.can_be_killed() { Halted::Waits } else { Halted::Closes });
                let mut reply = act(client, task, &stage.endpoint(now, told), stage.site);
                if stage.site.resume() {
                    reply.outcome = Outcome::Killed;
                }
                run.observations.push(observe(*step, task.clone().into(), reply, client, stage.site));
            }
            Event::SecondClient { request, task } => {
                let mut second = client.second().map_err(NoRun::Store)?;
                second.attach(stage.site);
                let pair = Pair { first: client, second: second.as_mut(), patience: second::PATIENCE };
                let reply = pair.act(*request, task, &stage.endpoint(now, told), stage.site);
                run.observations.push(observe(*step, task.clone().into(), reply, client, stage.site));
                if next.is_some_and(|next| stage.clock.is_past(next)) {
                    return Err(NoRun::Late);
                }
            }
            Event::Act(task) => {
                let reply = act(client, task, &stage.endpoint(now, told), stage.site);
                run.observations.push(observe(*step, task.clone().into(), reply, client, stage.site));
                if next.is_some_and(|next| stage.clock.is_past(next)) {
                    return Err(NoRun::Late);
                }
            }
        }
    }
    drop(pass);
    if let (Err(message), Some(last)) = (client.kept_to_its_store(), run.observations.last_mut())
        && !last.outcome.is_error()
    {
        last.outcome = Outcome::Error { cause: Cause::Store { message } };
    }
    Ok(run)
}

/// Gives the client the root to start from, or with a map that of each repository until it refuses one.
fn trust(client: &mut dyn Client, at: &Endpoint, root: &[u8], several: Option<&Several>) -> Reply {
    let Some(several) = several else { return client.trust(at, root) };
    let mut last = Reply { outcome: Outcome::Accepted, output: Vec::new() };
    for (repository, root) in &several.roots {
        last = client.trust(&Endpoint { repository: Some(repository.clone()), ..at.clone() }, root);
        if last.outcome != Outcome::Accepted {
            break;
        }
    }
    last
}

/// Tells the client to do something. What was to be shown meanwhile is shown afterwards, if not before.
fn act(client: &mut dyn Client, task: &Task, at: &Endpoint, site: &Site) -> Reply {
    site.take_log();
    let reply = tell(client, task, at);
    site.catch_up();
    reply
}

pub(crate) fn tell(client: &mut dyn Client, task: &Task, at: &Endpoint) -> Reply {
    match task {
        Task::Refresh => client.refresh(at),
        Task::Download(targets) => client.download(at, targets),
    }
}

/// Whether nothing that comes after an observation can tell anything.
fn ends(step: usize, last: &Observation) -> bool {
    let trusts_nothing = last.asked == Asked::Trust && last.outcome != Outcome::Accepted;
    let breaks_down = last.outcome.is_error() && !last.outcome.is_reported();
    step > last.step && (trusts_nothing || breaks_down || matches!(last.outcome, Outcome::Unsupported { .. }))
}

/// Waits for the clock, without keeping others from working meanwhile.
fn wait<'a>(stage: &Stage<'a>, until: Timestamp, pass: Option<Pass<'a>>) -> Option<Pass<'a>> {
    if stage.clock == Clock::Told {
        return pass;
    }
    drop(pass);
    stage.clock.wait_until(until);
    stage.gate.map(Gate::enter)
}

fn observe(step: usize, asked: Asked, reply: Reply, client: &dyn Client, site: &Site) -> Observation {
    let requests = site.take_log();
    let (store, outcome) = match client.store() {
        // What went wrong first is what counts.
        store if reply.outcome.is_error() => (store.unwrap_or_default(), reply.outcome),
        Err(message) => (Store::default(), Outcome::Error { cause: Cause::Store { message } }),
        Ok(store) if requests.len() > REQUEST_LIMIT => {
            (store, Outcome::Error { cause: Cause::RequestLimit { requests: REQUEST_LIMIT } })
        }
        Ok(store) => (store, reply.outcome),
    };
    let stored = |is_metadata: bool| move |(name, bytes): (String, Vec<u8>)| (name, stored_file(&bytes, is_metadata));
    Observation {
        step,
        asked,
        outcome,
        trusted: store.metadata.into_iter().map(stored(true)).collect(),
        downloaded: store.targets.into_iter().map(stored(false)).collect(),
        requests,
        output: String::from_utf8_lossy(&reply.output).into_owned(),
    }
}

fn stored_file(bytes: &[u8], is_metadata: bool) -> StoredFile {
    // What is not asked for is passed over, not read: this is done with each file after each thing that a client does.
    #[derive(serde::Deserialize)]
    struct Metadata {
        signed: Signed,
    }
    #[derive(serde::Deserialize)]
    struct Signed {
        version: u64,
    }
    let version = || serde_json::from_slice::<Metadata>(bytes).ok().map(|file| file.signed.version);
    StoredFile {
        length: bytes.len() as u64,
        sha256: hex::encode(Sha256::digest(bytes)),
        version: if is_metadata { version() } else { None },
    }
}
