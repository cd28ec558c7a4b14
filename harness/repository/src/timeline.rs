//! A scenario as a client meets it: what is shown, when the clock moves, what the client is told to do.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use suite::observation::Asked;
use suite::{Action, Damage, Dialect, Download, Kill, Offset, RoleName, RunKind, Variant};

use crate::{Calendar, Files, ForgeError, World};

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
    /// The client is told to do something.
    Act(Asked),
    /// The client is told to refresh and is killed at the request with this number, from 1.
    Kill(usize),
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
}

impl Spoiled {
    /// What is left of a file; `None` if it is gone.
    pub fn apply(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Truncated(length) => Some(bytes[..bytes.len().min(*length)].to_vec()),
            Self::Corrupted => Some(corrupt(bytes)),
            Self::Replaced(other) => Some(other.to_vec()),
            Self::Removed => None,
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
    /// The root that the client is given to start from.
    pub root: Bytes,
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
        let setup = &variant.scenario.repository;
        let mut world = World::new(setup, dialect, calendar.clone()).map_err(before)?;
        let first_root = setup.roles.get("root").and_then(|role| role.version).unwrap_or(1);
        let root = world.version(&"root".to_owned(), first_root).map_err(before)?;
        let mut events = vec![(0, Event::Show(Arc::new(world.files().clone())))];
        let mut clocks = 0;
        for step in &variant.plan.steps {
            if !step.action.happens_in(run) {
                continue;
            }
            let at = |error| (step.number, error);
            let event = match &step.action {
                Action::Repository(change) | Action::Control(change) => {
                    world.repository(change).map_err(at)?;
                    Event::Show(Arc::new(world.files().clone()))
                }
                Action::Attack(change) => {
                    world.attacker(change).map_err(at)?;
                    Event::Show(Arc::new(world.files().clone()))
                }
                Action::Clock(offset) => {
                    clocks += 1;
                    world.set_clock(*offset);
                    Event::Clock { number: clocks, offset: *offset }
                }
                Action::Damage(files) => {
                    let spoiled =
                        |(role, damage): (&RoleName, &Damage)| Ok((role.clone(), spoil(&world, role, damage)?));
                    Event::Damage(files.iter().map(spoiled).collect::<Result<_, _>>().map_err(at)?)
                }
                Action::Kill(Kill::RefreshAt(request)) => Event::Kill(*request),
                Action::Refresh(_) => Event::Act(Asked::Refresh),
                Action::Download(Download::Accept(targets) | Download::Reject(targets)) => {
                    Event::Act(Asked::Download(targets.clone()))
                }
            };
            events.push((step.number, event));
        }
        Ok(Self { run, root, events })
    }
}

fn spoil(world: &World, role: &RoleName, damage: &Damage) -> Result<Spoiled, ForgeError> {
    Ok(match damage {
        Damage::Truncate(length) => Spoiled::Truncated(*length),
        Damage::Corrupt => Spoiled::Corrupted,
        Damage::Version(version) => Spoiled::Replaced(world.version(role, *version)?),
        Damage::Content(content) => Spoiled::Replaced(Bytes::copy_from_slice(content.as_bytes())),
        Damage::Remove => Spoiled::Removed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corrupted_file_differs_in_one_character_and_is_still_a_file_of_its_kind() {
        let file = br#"{"signed":{"a":1,"expires":"2030-01-01T00:00:00Z"}}"#;
        let text = String::from_utf8(Spoiled::Corrupted.apply(file).unwrap()).unwrap();
        assert_eq!(text, r#"{"signed":{"a":1,"expires":"3030-01-01T00:00:00Z"}}"#);
        assert_eq!(Spoiled::Corrupted.apply(b"abc"), Some(b"acc".to_vec()));
        assert_eq!(Spoiled::Corrupted.apply(b""), Some(Vec::new()));
    }
}
