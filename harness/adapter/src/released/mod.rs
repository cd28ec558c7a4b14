//! Released clients: what is known about them, and how they are installed.
//!
//! Their manifests, wrappers and baselines are part of the binary, so that an installed one can set them up anywhere.

mod baseline;
mod cache;
mod cargo;
mod go;
mod install;
mod manifest;
mod maven;
mod node;
mod python;
mod regression;
mod schemas;
mod tool;

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use suite::Problem;

pub use baseline::{Baseline, Deviation, DeviationStatus};
pub use cache::cache_folder;
pub use install::{InstallError, Installed};
pub use manifest::{ClaimedFeatures, Install, Library, Manifest, Program, PythonInstall, Run, Variant};
pub use regression::{Regression, regressions};
pub use schemas::schemas;
pub use tool::Tool;

static CLIENTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../clients");

const MANIFEST: &str = "manifest.toml";
const VARIANT: &str = "variant.toml";
const BASELINE: &str = "baseline.toml";

/// A released client.
#[derive(Debug, Clone)]
pub struct Released {
    /// What it is and how it is set up and run.
    pub manifest: Manifest,
    /// The client that it is another version of.
    pub variant_of: Option<String>,
    /// Its known deviations. A variant has none: it is there for what it does wrong.
    pub baseline: Baseline,
    /// The files that are installed, by name.
    files: BTreeMap<String, &'static [u8]>,
}

/// Why there is no such released client.
#[derive(Debug, thiserror::Error)]
pub enum ReleasedError {
    /// Its manifest or its baseline is broken.
    #[error(transparent)]
    Broken(#[from] Box<Problem>),
    /// None has this name.
    #[error("there is no released client `{name}`; there is {}", known.join(", "))]
    Unknown {
        /// The name.
        name: String,
        /// The names that there are.
        known: Vec<String>,
    },
}

/// All released clients, by name.
///
/// # Errors
/// If one of their files is broken.
pub fn list() -> Result<Vec<Released>, ReleasedError> {
    let mut clients = CLIENTS.dirs().map(load).collect::<Result<Vec<_>, _>>()?;
    clients.sort_by(|a, b| a.manifest.name.cmp(&b.manifest.name));
    Ok(clients)
}

/// The released client with this name.
///
/// # Errors
/// If there is none, or one of its files is broken.
pub fn find(name: &str) -> Result<Released, ReleasedError> {
    let folder = CLIENTS.dirs().find(|folder| folder_name(folder) == name).ok_or_else(|| {
        let mut known: Vec<_> = CLIENTS.dirs().map(folder_name).collect();
        known.sort_unstable();
        let known = known.into_iter().map(|name| format!("`{name}`")).collect();
        ReleasedError::Unknown { name: name.to_owned(), known }
    })?;
    Ok(load(folder)?)
}

fn load(folder: &'static Dir<'static>) -> Result<Released, Box<Problem>> {
    let released = match folder.get_file(folder.path().join(VARIANT)) {
        Some(_) => load_variant(folder)?,
        None => load_client(folder)?,
    };
    let (name, expected) = (&released.manifest.name, folder_name(folder));
    if name != expected {
        let file = format!("harness/clients/{expected}");
        let message = format!("the name is `{name}`, but the folder is `{expected}`");
        return Err(Box::new(Problem::new(&file, "", "client::name", message)));
    }
    Ok(released)
}

fn load_client(folder: &'static Dir<'static>) -> Result<Released, Box<Problem>> {
    let (file, manifest) = text(folder, MANIFEST)?;
    let manifest = Manifest::parse(&file, manifest)?;
    let (file, baseline) = text(folder, BASELINE)?;
    let baseline = Baseline::parse(&file, baseline)?;
    Ok(Released { manifest, variant_of: None, baseline, files: files(folder).collect() })
}

/// A variant can be one of another variant, from which it has the files that it lacks.
fn load_variant(folder: &'static Dir<'static>) -> Result<Released, Box<Problem>> {
    let (file, variant_text) = text(folder, VARIANT)?;
    let variant = Variant::parse(&file, variant_text)?;
    let of = CLIENTS.dirs().find(|other| folder_name(other) == variant.variant_of && *other != folder);
    let Some(of) = of else {
        let message = format!("there is no released client `{}`", variant.variant_of);
        return Err(Box::new(Problem::new(&file, variant_text, "client::variant", message)));
    };
    let of = load(of)?;
    let (variant_of, mut all) = (of.variant_of.unwrap_or(variant.variant_of.clone()), of.files);
    all.extend(files(folder));
    let manifest = variant.manifest(of.manifest);
    Ok(Released { manifest, variant_of: Some(variant_of), baseline: Baseline::default(), files: all })
}

/// The files that are installed. Manifests and baselines are read from the binary only.
fn files(folder: &'static Dir<'static>) -> impl Iterator<Item = (String, &'static [u8])> {
    let named =
        folder.files().filter_map(|file| Some((file.path().file_name()?.to_str()?.to_owned(), file.contents())));
    named.filter(|(name, _)| ![MANIFEST, VARIANT, BASELINE].contains(&name.as_str()))
}

/// The path of a file, as it is shown, and its text.
fn text(folder: &'static Dir<'static>, name: &str) -> Result<(String, &'static str), Box<Problem>> {
    let shown = format!("harness/clients/{}/{name}", folder_name(folder));
    let file = folder.get_file(folder.path().join(name)).and_then(include_dir::File::contents_utf8);
    match file {
        Some(text) => Ok((shown, text)),
        None => Err(Box::new(Problem::new(&shown, "", "client::missing", format!("there is no `{shown}`")))),
    }
}

fn folder_name<'a>(folder: &Dir<'a>) -> &'a str {
    folder.path().to_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use suite::Suite;

    use super::*;

    #[test]
    fn every_shipped_client_can_be_read_and_names_only_what_exists() {
        let suite = Suite::embedded().unwrap();
        let clients = list().unwrap();
        assert!(!clients.is_empty());
        for client in clients {
            let manifest = &client.manifest;
            assert!(suite.dialect(&manifest.dialect).is_some(), "{}", manifest.name);
            let transport = manifest.transports()[0];
            let info = manifest.info(&suite.register, transport).unwrap();
            assert_eq!(info.version.as_ref(), Some(&manifest.version));
            assert!(info.features.is_superset(&manifest.features.also), "{}", manifest.name);
            assert!(info.features.is_disjoint(&manifest.features.without), "{}", manifest.name);
            assert_eq!(find(&manifest.name).unwrap().manifest.name, manifest.name);
        }
    }

    /// The text of a file beside a client's manifest.
    fn beside(client: &Released, name: &str) -> &'static str {
        std::str::from_utf8(client.files[name]).unwrap()
    }

    #[test]
    fn every_client_pins_what_it_is_made_of_by_version_and_hash() {
        for client in list().unwrap() {
            let Manifest { name, package, version, install, .. } = &client.manifest;
            match install {
                Install::Python(install) => {
                    let requirements = beside(&client, &install.requirements);
                    let mut packages = requirements.lines().filter(|line| line.starts_with(char::is_alphanumeric));
                    assert!(packages.all(|line| line.contains("==") && line.ends_with('\\')), "{name}");
                    assert!(requirements.contains(&format!("{package}=={version} ")), "{name}");
                }
                Install::Node => {
                    let lock = beside(&client, "package-lock.json");
                    let count = |text: &str| lock.matches(text).count();
                    assert_eq!(count("\"integrity\": \"sha512-"), count("\"node_modules/"), "{name}");
                    assert!(lock.contains(&format!("\"{package}\": \"{version}\"")), "{name}");
                    assert!(!lock.contains("\"resolved\""), "{name}: the registry is that of the user");
                }
                Install::Go => {
                    assert!(beside(&client, "go.mod").contains(&format!("{package} v{version}\n")), "{name}");
                    assert!(beside(&client, "go.sum").contains(&format!("{package} v{version} h1:")), "{name}");
                }
                Install::Cargo => {
                    let lock = beside(&client, "Cargo.lock");
                    let count = |text: &str| lock.matches(text).count();
                    assert_eq!(count("\nchecksum = ") + 1, count("[[package]]"), "{name}: all but the wrapper");
                    assert!(lock.contains(&format!("name = \"{package}\"\nversion = \"{version}\"\n")), "{name}");
                }
                Install::Maven => {
                    let (_, artifact) = package.split_once(':').unwrap();
                    let jars = beside(&client, "checksums.txt");
                    assert!(jars.contains(&format!("  {artifact}-{version}.jar\n")), "{name}");
                    let mut lines = jars.lines().map(|line| line.split_once("  ").unwrap());
                    assert!(
                        lines.all(|(sum, _)| sum.len() == 64 && sum.chars().all(|c| c.is_ascii_hexdigit())),
                        "{name}"
                    );
                }
            }
        }
    }

    #[test]
    fn an_unknown_client_is_told_with_those_that_there_are() {
        let error = find("../python-tuf").unwrap_err().to_string();
        let known = list().unwrap().iter().map(|client| format!("`{}`", client.manifest.name)).collect::<Vec<_>>();
        assert_eq!(error, format!("there is no released client `../python-tuf`; there is {}", known.join(", ")));
    }
}
