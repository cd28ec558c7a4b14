//! A scenario as a client meets it: what is shown, when the clock moves, what the client is told to do.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::{Map, Value};
use suite::observation::Task;
use suite::{Action, Change, Damage, Dialect, Download, Expected, Left, Offset, RoleName, RunKind, Variant};

use crate::worlds::{Worlds, first_root};
use crate::{Calendar, Files, ForgeError, Several, World};

/// Something that happens in a run.
#[derive(Debug, Clone)]
pub enum Event {
    /// These files are shown from now on.
    Show(Arc<Files>),
    /// The clock is set, for the `number`-th time, to an offset.
    Clock {
        /// Counts the settings, from 1.
        number: usize,
        /// Since the start of the scenario.
        offset: Offset,
    },
    /// These files are shown just before the request with this number is answered, from 1, of what the client is told to
    /// do next; or when that is done, if it asks for less.
    Meanwhile {
        /// The number of the request.
        request: usize,
        /// The files.
        files: Arc<Files>,
    },
    /// The client is given this root to start from. `refreshes`: it is told to refresh as well, if it takes it.
    Trust {
        /// The root.
        root: Bytes,
        /// Whether a client that takes it is told to refresh.
        refreshes: bool,
    },
    /// From now on the client is told this of the targets role to start from, in the form of TAP 13.
    TargetsRole(Map<String, Value>),
    /// The client is told to do something.
    Act(Task),
    /// The client is told to do something and is killed at the request with this number, from 1.
    Kill {
        /// The number of the request.
        request: usize,
        /// What it is told to do.
        task: Task,
    },
    /// The client is told to do something, and a second one with the same store is told the same while the first waits
    /// for the answer to the request with this number, from 1.
    SecondClient {
        /// The number of the request.
        request: usize,
        /// What both are told to do.
        task: Task,
    },
    /// Something happens to what the client keeps of these roles.
    Damage(BTreeMap<RoleName, Spoiled>),
}

/// What becomes of a file that the client keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spoiled {
    /// It is cut off after this many bytes.
    Truncated(usize),
    /// One character of its signed part is changed.
    Corrupted,
    /// It is replaced.
    Replaced(Bytes),
    /// It is removed.
    Removed,
    /// A folder stands in its place.
    Folder,
}

impl Spoiled {
    /// What is left of a file.
    pub fn apply(&self, bytes: &[u8]) -> Left {
        match self {
            Self::Truncated(length) => Left::File(bytes[..bytes.len().min(*length)].to_vec()),
            Self::Corrupted => Left::File(corrupt(bytes)),
            Self::Replaced(other) => Left::File(other.to_vec()),
            Self::Removed => Left::Nothing,
            Self::Folder => Left::Folder,
        }
    }
}

/// Changes the first digit of the date of expiry, so that the file says that it is valid for another thousand years. In
/// a file without one the character in the middle is changed.
fn corrupt(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let name = b"\"expires\"";
    let found = bytes.windows(name.len()).position(|window| window == name);
    let digit = found.and_then(|start| {
        let rest = start + name.len();
        bytes[rest..].iter().position(u8::is_ascii_digit).map(|place| rest + place)
    });
    let place = digit.unwrap_or(bytes.len() / 2);
    if let Some(byte) = bytes.get_mut(place) {
        *byte ^= 1;
    }
    bytes
}

/// A run, ready to be played. It does not depend on what the client does.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// Which run it is.
    pub run: RunKind,
    /// The root that the client is given to start from before the first step; `None` if a step says what it is given.
    pub root: Option<Bytes>,
    /// What a client with a map of repositories is told (TAP 4). It then starts from the root of each of them.
    pub several: Option<Several>,
    /// What happens, each with the number of its step; 0 comes before the first step.
    pub events: Vec<(usize, Event)>,
}

impl Timeline {
    /// Makes all states of one run of a scenario.
    ///
    /// # Errors
    /// If a state cannot be made, with the number of the step; 0 stands for what comes before the first step.
    pub fn build(
        variant: &Variant,
        dialect: &Dialect,
        run: RunKind,
        calendar: &Calendar,
    ) -> Result<Self, (usize, ForgeError)> {
        let before = |error| (0, error);
        let scenario = &variant.scenario;
        let mut worlds = Worlds::new(scenario, dialect, calendar).map_err(before)?;
        let several = worlds.several(scenario).map_err(before)?;
        let is_given_later = variant.plan.steps.iter().any(|step| matches!(step.action, Action::Trust(_)));
        let first_root = || first_root(&worlds.main, &scenario.repository).map_err(before);
        let root = if is_given_later { None } else { Some(first_root()?) };
        let mut events = vec![(0, Event::Show(Arc::new(worlds.files())))];
        let mut clocks = 0;
        for step in &variant.plan.steps {
            if !step.action.happens_in(run) {
                continue;
            }
            let at = |error| (step.number, error);
            let event = match &step.action {
                Action::Repository(Change::TargetsRole(mapping))
                | Action::Attack(Change::TargetsRole(mapping))
                | Action::Control(Change::TargetsRole(mapping)) => {
                    Event::TargetsRole(worlds.main.targets_mapping(mapping).map_err(at)?)
                }
                Action::Repository(change) | Action::Control(change) => {
                    let world = worlds.one(step.repository.as_ref()).map_err(at)?;
                    world.repository(change).map_err(at)?;
                    show(&worlds, step.at_request)
                }
                Action::Attack(change) => {
                    let world = worlds.one(step.repository.as_ref()).map_err(at)?;
                    world.attacker(change).map_err(at)?;
                    show(&worlds, step.at_request)
                }
                Action::Trust(expected) => Event::Trust {
                    root: worlds.main.shown(&"root".to_owned()).map_err(at)?,
                    refreshes: *expected == Expected::Reject,
                },
                Action::Clock(offset) => {
                    clocks += 1;
                    worlds.set_clock(*offset);
                    Event::Clock { number: clocks, offset: *offset }
                }
                Action::Damage(files) => {
                    let spoiled =
                        |(role, damage): (&RoleName, &Damage)| Ok((role.clone(), spoil(&worlds.main, role, damage)?));
                    Event::Damage(files.iter().map(spoiled).collect::<Result<_, _>>().map_err(at)?)
                }
                Action::Kill(kill) => Event::Kill { request: kill.request(), task: kill.task() },
                Action::SecondClient(task) => Event::SecondClient { request: task.request(), task: task.task() },
                Action::Refresh(_) => Event::Act(Task::Refresh),
                Action::Download(Download::Accept(targets) | Download::Reject(targets)) => {
                    Event::Act(Task::Download(targets.clone()))
                }
            };
            events.push((step.number, event));
        }
        Ok(Self { run, root, several, events })
    }
}

fn show(worlds: &Worlds, at_request: Option<usize>) -> Event {
    let files = Arc::new(worlds.files());
    match at_request {
        None => Event::Show(files),
        Some(request) => Event::Meanwhile { request, files },
    }
}

fn spoil(world: &World, role: &RoleName, damage: &Damage) -> Result<Spoiled, ForgeError> {
    Ok(match damage {
        Damage::Truncate(length) => Spoiled::Truncated(*length),
        Damage::Corrupt => Spoiled::Corrupted,
        Damage::Version(version) => Spoiled::Replaced(world.version(role, *version)?),
        Damage::Content(content) => Spoiled::Replaced(Bytes::copy_from_slice(content.as_bytes())),
        Damage::Remove => Spoiled::Removed,
        Damage::Folder => Spoiled::Folder,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corrupted_file_differs_in_one_character_and_is_still_a_file_of_its_kind() {
        let file = br#"{"signed":{"a":1,"expires":"2030-01-01T00:00:00Z"}}"#;
        let corrupted = |file: &[u8]| match Spoiled::Corrupted.apply(file) {
            Left::File(bytes) => String::from_utf8(bytes).unwrap(),
            left => panic!("{left:?}"),
        };
        assert_eq!(corrupted(file), r#"{"signed":{"a":1,"expires":"3030-01-01T00:00:00Z"}}"#);
        assert_eq!((corrupted(b"abc").as_str(), corrupted(b"").as_str()), ("acc", ""));
    }
}
