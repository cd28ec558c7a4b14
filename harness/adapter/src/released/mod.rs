//! Released clients: what is known about them, and how they are installed.
//!
//! Their manifests, wrappers and baselines are part of the binary, so that an installed one can set them up anywhere.

mod baseline;
mod cache;
mod cargo;
mod go;
mod install;
mod manifest;
mod node;
mod python;
mod schemas;
mod tool;

use include_dir::{Dir, include_dir};
use suite::Problem;

pub use baseline::{Baseline, Deviation, DeviationStatus};
pub use cache::cache_folder;
pub use install::{InstallError, Installed};
pub use manifest::{ClaimedFeatures, Install, Manifest, PythonInstall, Run};
pub use schemas::schemas;

static CLIENTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../clients");

const MANIFEST: &str = "manifest.toml";
const BASELINE: &str = "baseline.toml";

/// A released client.
#[derive(Debug, Clone)]
pub struct Released {
    /// What it is and how it is set up and run.
    pub manifest: Manifest,
    /// Its known deviations.
    pub baseline: Baseline,
    files: &'static Dir<'static>,
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
        let mut known: Vec<_> = CLIENTS.dirs().map(|folder| format!("`{}`", folder_name(folder))).collect();
        known.sort();
        ReleasedError::Unknown { name: name.to_owned(), known }
    })?;
    Ok(load(folder)?)
}

fn load(files: &'static Dir<'static>) -> Result<Released, Box<Problem>> {
    let name = folder_name(files);
    let [manifest_file, baseline_file] = [MANIFEST, BASELINE].map(|file| format!("harness/clients/{name}/{file}"));
    let manifest_text = text(files, MANIFEST, &manifest_file)?;
    let manifest = Manifest::parse(&manifest_file, manifest_text)?;
    if manifest.name != name {
        let message = format!("the name is `{}`, but the folder is `{name}`", manifest.name);
        return Err(Box::new(Problem::new(&manifest_file, manifest_text, "client::name", message)));
    }
    let baseline = Baseline::parse(&baseline_file, text(files, BASELINE, &baseline_file)?)?;
    Ok(Released { manifest, baseline, files })
}

fn text(files: &'static Dir<'static>, name: &str, shown: &str) -> Result<&'static str, Box<Problem>> {
    let file = files.get_file(files.path().join(name)).and_then(include_dir::File::contents_utf8);
    file.ok_or_else(|| Box::new(Problem::new(shown, "", "client::missing", format!("there is no `{shown}`"))))
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
            let info = manifest.info(&suite.register).unwrap();
            assert_eq!(info.version.as_ref(), Some(&manifest.version));
            assert!(info.features.contains("delegations"));
            assert_eq!(find(&manifest.name).unwrap().manifest.name, manifest.name);
        }
    }

    /// The text of a file beside a client's manifest.
    fn beside(client: &Released, name: &str) -> &'static str {
        text(client.files, name, name).unwrap()
    }

    #[test]
    fn every_client_pins_what_it_is_made_of_by_version_and_hash() {
        for client in list().unwrap() {
            let (name, version) = (&client.manifest.name, &client.manifest.version);
            match &client.manifest.install {
                Install::Python(install) => {
                    let requirements = beside(&client, &install.requirements);
                    let mut packages = requirements.lines().filter(|line| line.starts_with(char::is_alphanumeric));
                    assert!(packages.all(|line| line.contains("==") && line.ends_with('\\')), "{name}");
                    assert!(requirements.contains(&format!("=={version} ")), "{name}");
                }
                Install::Node => {
                    let lock = beside(&client, "package-lock.json");
                    let count = |text: &str| lock.matches(text).count();
                    assert_eq!(count("\"integrity\": \"sha512-"), count("\"node_modules/"), "{name}");
                    assert!(lock.contains(&format!("\"{name}\": \"{version}\"")), "{name}");
                    assert!(!lock.contains("\"resolved\""), "{name}: the registry is that of the user");
                }
                Install::Go => {
                    let modules = beside(&client, "go.mod");
                    assert!(modules.contains(&format!("/{name}/v{} v{version}\n", &version[..1])), "{name}");
                    assert!(beside(&client, "go.sum").contains(&format!(" v{version} h1:")), "{name}");
                }
                Install::Cargo => {
                    let lock = beside(&client, "Cargo.lock");
                    let count = |text: &str| lock.matches(text).count();
                    assert_eq!(count("\nchecksum = ") + 1, count("[[package]]"), "{name}: all but the wrapper");
                    assert!(lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"\n")), "{name}");
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
