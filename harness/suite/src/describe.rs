//! Steps in words, for reports.

use std::fmt;

use crate::{Action, Change, Delegation, Download, Expected, Forgery, PlannedStep, Tampering, TargetsMapping};

impl fmt::Display for PlannedStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(request) = self.at_request {
            write!(f, "at request {request} of what comes next, ")?;
        }
        if let Some(repository) = &self.repository {
            write!(f, "in {repository}, ")?;
        }
        write!(f, "{}", self.action)
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Accept => "should accept",
            Self::Reject => "should reject",
            Self::MayReject => "may reject",
        })
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Repository(change) => write!(f, "repository: {change}"),
            Self::Attack(change) => write!(f, "attack: {change}"),
            Self::Control(change) => write!(f, "in the control: {change}"),
            Self::Clock(offset) => write!(f, "clock: {offset}"),
            Self::Damage(files) => list(f, "the client's store:", files, ToString::to_string),
            Self::Kill(task) => write!(f, "client: {task}, killed at request {}", task.request()),
            Self::SecondClient(task) => {
                write!(f, "client: {task}, and at request {} a second one with the same store too", task.request())
            }
            Self::Trust(expected) => write!(f, "client: start from the root that is shown, {expected}"),
            Self::Refresh(expected) => write!(f, "client: refresh, {expected}"),
            Self::Download(Download::Accept(targets)) => {
                write!(f, "client: download {}, should accept", targets.join(", "))
            }
            Self::Download(Download::Reject(targets)) => {
                write!(f, "client: download {}, should reject", targets.join(", "))
            }
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Publish(roles) => write!(f, "publish {}", roles.join(", ")),
            Self::Rotate(roles) => list(f, "rotate", roles, |rotation| to_keys(&rotation.keys, rotation.threshold)),
            Self::RotateFile(roles) => list(f, "a rotate file of", roles, |rotation| {
                let to = to_keys(&rotation.keys, rotation.threshold);
                let hash = if rotation.hash { "" } else { ", listed without a hash" };
                match forgery(&rotation.forge) {
                    honest if honest == HONEST => format!("{to}{hash}"),
                    forged => format!("{to}{hash}; {forged}"),
                }
            }),
            Self::Add(roles) => {
                list(f, "add to", roles, |targets| targets.keys().cloned().collect::<Vec<_>>().join(", "))
            }
            Self::Remove(roles) => list(f, "remove from", roles, |targets| targets.join(", ")),
            Self::Delegate(Delegation { by, role, roles, .. }) if roles.is_empty() => {
                write!(f, "{by} delegates to {role}")
            }
            Self::Delegate(Delegation { by, role, roles, agreement, .. }) => {
                let names: Vec<_> = roles.iter().map(|role| role.role.as_str()).collect();
                let minimum = agreement.map_or_else(|| "all".to_owned(), |minimum| minimum.to_string());
                write!(f, "{by} delegates to {minimum} of {}, as {role}", names.join(", "))
            }
            Self::Revoke(revocation) => write!(f, "{} revokes the delegation to {}", revocation.by, revocation.role),
            Self::ConsistentSnapshot(true) => f.write_str("switch consistent snapshots on"),
            Self::ConsistentSnapshot(false) => f.write_str("switch consistent snapshots off"),
            Self::Forge(roles) => list(f, "forge", roles, forgery),
            Self::Tamper(roles) => list(f, "tamper with", roles, tampering),
            Self::Replay(roles) => list(f, "replay", roles, |version| format!("version {version}")),
            Self::Substitute(roles) => list(f, "instead of", roles, |other| format!("serve {other}")),
            Self::Withhold(withheld) => {
                let targets = withheld.targets.iter().map(|target| format!("target {target}"));
                let files: Vec<_> = withheld.metadata.iter().cloned().chain(targets).collect();
                write!(f, "withhold {}", files.join(", "))
            }
            Self::Replace(targets) => list(f, "replace the content of", targets, |content| format!("{content:?}")),
            Self::Serve(files) => list(f, "answer for", files, |answers| {
                answers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", then ")
            }),
            Self::TargetsRole(TargetsMapping { role, keys, threshold }) => {
                let role = role.as_deref().unwrap_or("a targets role without a name");
                let keys = keys.as_ref().map_or_else(|| "none".to_owned(), |keys| keys.join(", "));
                let threshold = threshold.unwrap_or(1);
                write!(f, "tell the client to start from {role}, threshold {threshold}, keys: {keys}")
            }
            Self::Restore(_) => f.write_str("show the honest state again"),
        }
    }
}

fn list<T>(
    f: &mut fmt::Formatter<'_>,
    verb: &str,
    entries: &std::collections::BTreeMap<String, T>,
    describe: impl Fn(&T) -> String,
) -> fmt::Result {
    let entries: Vec<_> = entries.iter().map(|(name, entry)| format!("{name} ({})", describe(entry))).collect();
    write!(f, "{verb} {}", entries.join(", "))
}

fn to_keys(keys: &[String], threshold: Option<u32>) -> String {
    let threshold = threshold.map(|threshold| format!(", threshold {threshold}")).unwrap_or_default();
    format!("to the keys {}{threshold}", keys.join(", "))
}

const HONEST: &str = "as an honest repository would";

fn forgery(forgery: &Forgery) -> String {
    let mut parts = Vec::new();
    parts.extend(forgery.version.map(|version| format!("version {version}")));
    parts.extend(forgery.named.map(|version| format!("named version {version}")));
    parts.extend(forgery.expires.map(|offset| format!("expires {offset}")));
    parts.extend(forgery.set.iter().map(|(pointer, value)| format!("{pointer} = {value}")));
    parts.extend(forgery.remove.iter().map(|pointer| format!("without {pointer}")));
    parts.extend(
        forgery
            .keys
            .as_ref()
            .map(|keys| if keys.is_empty() { "unsigned".to_owned() } else { format!("signed by {}", keys.join(", ")) }),
    );
    let after = tampering(&forgery.after);
    if after != NOTHING {
        parts.push(format!("then {after}"));
    }
    if parts.is_empty() { HONEST.to_owned() } else { parts.join("; ") }
}

const NOTHING: &str = "nothing";

fn tampering(tampering: &Tampering) -> String {
    let mut parts = Vec::new();
    parts.extend(tampering.set.iter().map(|(pointer, value)| format!("{pointer} = {value}")));
    parts.extend(tampering.remove.iter().map(|pointer| format!("without {pointer}")));
    parts.extend(tampering.signatures.iter().map(|edit| format!("signatures: {edit:?}")));
    parts.extend(tampering.bytes.iter().map(|edit| format!("bytes: {edit:?}")));
    if parts.is_empty() { NOTHING.to_owned() } else { parts.join("; ") }
}
