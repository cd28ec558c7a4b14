//! The texts that are compared, and what is known of them.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use edition::{Acknowledged, Text, adopt, link};
use suite::{Edition, PassageKind, Suite, Version};

use crate::failure::Failure;

/// The most bytes of a file of acknowledged changes.
const ACKNOWLEDGED_LIMIT: u64 = 1 << 20;

/// What to do about a file that is no text of the specification.
const GIVE: &str = "give the file `tuf-spec.md` of https://github.com/theupdateframework/specification";

/// Which change of the text it is about.
#[derive(Debug, clap::Args)]
pub struct Texts {
    /// The text as it is now: the Bikeshed source of the specification.
    #[arg(value_name = "TEXT")]
    pub new: PathBuf,
    /// The text before. Without it, only the fingerprints of an edition are known.
    #[arg(long, value_name = "TEXT")]
    base: Option<PathBuf>,
    /// The edition to compare with [default: the newest one].
    #[arg(long, value_name = "VERSION", conflicts_with = "base")]
    edition: Option<String>,
    /// The file of acknowledged changes [default: TEXT with `.acknowledged.toml` instead of its ending].
    #[arg(long, value_name = "FILE")]
    acknowledged: Option<PathBuf>,
}

/// The two sides of a change, linked to requirements.
pub struct Sides {
    /// The text before, if it was given.
    pub old_text: Option<Text>,
    /// The text now.
    pub new_text: Text,
    /// The edition before.
    pub old: Edition,
    /// The edition now.
    pub new: Edition,
}

impl Sides {
    /// Both texts, if both are known.
    pub fn texts(&self) -> Option<(&Text, &Text)> {
        self.old_text.as_ref().map(|old| (old, &self.new_text))
    }
}

impl Texts {
    /// Reads both sides.
    ///
    /// # Errors
    /// If one of them is not the source of the specification, or there is no such edition.
    pub fn read(&self, suite: &Suite) -> Result<Sides, Failure> {
        let new_text = read(&self.new)?;
        let old_text = self.base.as_deref().map(read).transpose()?;
        let known = editions(suite)?;
        let linked = |text: &Text| {
            let nearest = nearest(&known, text.version).ok_or_else(no_edition)?;
            let mut edition = link(text, nearest);
            for known in known.iter().rev() {
                adopt(&mut edition, known);
            }
            Ok::<_, Failure>(edition)
        };
        let old = match (&old_text, &self.edition) {
            (Some(text), _) => linked(text)?,
            (None, Some(version)) => named(&known, version)?.clone(),
            (None, None) => known.last().cloned().ok_or_else(no_edition)?,
        };
        refuse_if_cut_off(&self.new, &new_text, &old)?;
        let mut new = link(&new_text, &old);
        for known in known.iter().rev() {
            adopt(&mut new, known);
        }
        Ok(Sides { old_text, new_text, old, new })
    }

    /// The file of acknowledged changes.
    pub fn acknowledged_file(&self) -> PathBuf {
        self.acknowledged.clone().unwrap_or_else(|| self.new.with_extension("acknowledged.toml"))
    }

    /// The changes that were acknowledged.
    ///
    /// # Errors
    /// If the file was named and is not there, or cannot be read.
    pub fn acknowledged(&self) -> Result<Acknowledged, Failure> {
        let path = self.acknowledged_file();
        if self.acknowledged.is_none() && !path.exists() {
            return Ok(Acknowledged::default());
        }
        let help = "it is written by `tuf-cookbook spec acknowledge`";
        let bytes = bounded(&path, ACKNOWLEDGED_LIMIT, help)?;
        let text =
            String::from_utf8(bytes).map_err(|_| Failure::new(format!("{}: it is not UTF-8", path.display()), help))?;
        toml::from_str(&text).map_err(|error| Failure::new(format!("{}: {error}", path.display()), help))
    }
}

/// A text that ends in the middle of a line and lacks the last section of the one before is not a change of it.
fn refuse_if_cut_off(path: &Path, new: &Text, old: &Edition) -> Result<(), Failure> {
    let last = old.passage.iter().rev().find(|entry| entry.kind == PassageKind::Heading);
    match last.filter(|last| new.ends_abruptly && new.at(&last.at).is_none()) {
        Some(last) => Err(Failure::new(
            format!(
                "{}: it ends in the middle of a line, and the last section of {} (`{}`) is missing: it is cut off",
                path.display(),
                old.version,
                last.at
            ),
            "get the whole file",
        )),
        None => Ok(()),
    }
}

/// Every edition, oldest first.
///
/// # Errors
/// If one of them is broken.
pub fn editions(suite: &Suite) -> Result<Vec<Edition>, Failure> {
    let editions = suite.editions().filter_map(|version| suite.edition(version));
    editions.map(|edition| edition.map_err(|problem| Failure::Problems(vec![*problem]))).collect()
}

/// The edition that a text of this version is most like: the last one that is not later, or the first.
pub fn nearest(known: &[Edition], version: Version) -> Option<&Edition> {
    known.iter().rev().find(|edition| edition.version <= version).or(known.first())
}

/// The edition of a version.
///
/// # Errors
/// If there is none: those that there are.
pub fn named<'a>(known: &'a [Edition], version: &str) -> Result<&'a Edition, Failure> {
    let found = known.iter().find(|edition| edition.version.to_string() == version);
    found.ok_or_else(|| {
        let versions: Vec<String> = known.iter().map(|edition| edition.version.to_string()).collect();
        Failure::new(format!("there is no edition `{version}`"), format!("there are {}", versions.join(", ")))
    })
}

/// There is nothing to compare with.
pub fn no_edition() -> Failure {
    Failure::new("there is no edition of the text", "write one with `tuf-cookbook spec edition TEXT`")
}

/// Reads a text.
///
/// # Errors
/// If it is not the source of the specification.
pub fn read(path: &Path) -> Result<Text, Failure> {
    let bytes = bounded(path, Text::SIZE_LIMIT as u64, GIVE)?;
    Text::read(&bytes).map_err(|error| Failure::new(format!("{}: {error}", path.display()), GIVE))
}

/// Reads a file, but no more than one byte beyond a limit. `help` says what to do if that is not possible.
fn bounded(path: &Path, limit: u64, help: &str) -> Result<Vec<u8>, Failure> {
    let error = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => Failure::new(format!("{}: there is no such file", path.display()), help),
        ErrorKind::PermissionDenied => Failure::new(
            format!("{}: it cannot be read: permission denied", path.display()),
            "allow to read it, or give another file",
        ),
        _ => Failure::file(path, &error),
    };
    let kind = std::fs::metadata(path).map_err(error)?;
    if !kind.is_file() {
        return Err(Failure::new(format!("{}: it is not a file", path.display()), help));
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes)).map_err(error)?;
    if bytes.len() as u64 > limit {
        let message = format!("{}: it has {} bytes, more than {limit}", path.display(), kind.len());
        return Err(Failure::new(message, help));
    }
    Ok(bytes)
}
