//! What a released client is, and how it is set up and run.

use std::collections::BTreeSet;

use protocol::Introduction;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use suite::{Problem, Register};

use crate::{ClientInfo, Transport};

/// The manifest of a released client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Manifest {
    /// Its name: that of the folder, and what `--client` takes.
    #[schemars(extend("pattern" = "^[A-Za-z0-9][A-Za-z0-9._-]*$"))]
    pub name: String,
    /// The name of its package in the registry that it is installed from.
    pub package: String,
    /// The language that it is written in.
    pub language: String,
    /// Where it is developed.
    pub homepage: String,
    /// Where a bug is told to those who can mend it.
    pub issue_tracker: String,
    /// The version that is installed.
    #[schemars(extend("pattern" = "^[A-Za-z0-9][A-Za-z0-9._-]*$"))]
    pub version: String,
    /// The dialect that it is tested in if none is asked for.
    pub dialect: String,
    /// Whether the current time can be told to it. The command-line protocol has no word for that: over it, no client
    /// can be told.
    pub clock: bool,
    /// The features that it claims.
    #[serde(default)]
    pub features: ClaimedFeatures,
    /// How it is installed.
    pub install: Install,
    /// How it is run.
    pub run: Run,
}

/// The features that a client claims: those that are on by default in the register, and these changes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ClaimedFeatures {
    /// Features that it has beside them.
    #[serde(default)]
    pub also: BTreeSet<String>,
    /// Features that it lacks.
    #[serde(default)]
    pub without: BTreeSet<String>,
}

/// How a client is installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Install {
    /// From a Python package index, into a virtual environment in the folder `venv`.
    Python(PythonInstall),
    /// From an npm registry, as `package-lock.json` says. A link `node` leads to the Node that was found.
    Node,
    /// From a Go module proxy, as `go.mod` and `go.sum` say, and built as `client`.
    Go,
    /// From a Cargo registry, as `Cargo.lock` says, and built into `bin`; a shared library, if it is one, into `lib`.
    Cargo,
    /// From a Maven repository, as `pom.xml` and `checksums.txt` say, and built into `classes`, with the jars in `lib`. A
    /// link `java` leads to the Java that was found.
    Maven,
}

/// How a client in Python is installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PythonInstall {
    /// The file that pins every package by version and hash.
    pub requirements: String,
}

/// How a client is run, by the transport. `{folder}` stands for the folder that it is installed in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Run {
    /// As a program that speaks the session protocol. The first choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Program>,
    /// As a program with the command-line protocol of tuf-conformance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process: Option<Program>,
    /// As a shared library with the C interface.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub library: Option<Library>,
}

/// A program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Program {
    /// Its path.
    pub command: String,
    /// The arguments that come before those of the protocol.
    #[serde(default)]
    pub arguments: Vec<String>,
}

/// A shared library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Library {
    /// Its path.
    pub path: String,
}

/// Another version of a released client. What it does not say is as in the manifest of that client, and so are the files
/// that it does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Variant {
    /// The client.
    pub variant_of: String,
    /// Its name: that of the folder, and what `--client` takes.
    #[schemars(extend("pattern" = "^[A-Za-z0-9][A-Za-z0-9._-]*$"))]
    pub name: String,
    /// The version that is installed.
    #[schemars(extend("pattern" = "^[A-Za-z0-9][A-Za-z0-9._-]*$"))]
    pub version: String,
    /// Whether the current time can be told to it.
    #[serde(default)]
    pub clock: Option<bool>,
    /// The features that it claims.
    #[serde(default)]
    pub features: Option<ClaimedFeatures>,
}

impl Variant {
    /// Reads the file of a variant.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(path: &str, text: &str) -> Result<Self, Box<Problem>> {
        let variant: Self = read(path, text)?;
        check_names(path, text, &variant.name, &variant.version)?;
        Ok(variant)
    }

    /// Its manifest, made from that of the client.
    pub fn manifest(self, of: Manifest) -> Manifest {
        Manifest {
            name: self.name,
            version: self.version,
            clock: self.clock.unwrap_or(of.clock),
            features: self.features.unwrap_or(of.features),
            ..of
        }
    }
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(path: &str, text: &str) -> Result<Self, Box<Problem>> {
        let manifest: Self = read(path, text)?;
        check_names(path, text, &manifest.name, &manifest.version)?;
        if manifest.run == Run::default() {
            let problem = Problem::new(path, text, "client::run", "there is no way to run the client");
            return Err(Box::new(problem.help("add `run.session`, `run.process` or `run.library`")));
        }
        Ok(manifest)
    }

    /// The transports over which it can be driven, the first choice first.
    pub fn transports(&self) -> Vec<Transport> {
        let Run { session, process, library } = &self.run;
        let all = [
            (session.is_some(), Transport::Session),
            (process.is_some(), Transport::Process),
            (library.is_some(), Transport::Library),
        ];
        all.into_iter().filter_map(|(is_there, transport)| is_there.then_some(transport)).collect()
    }

    /// Who the client is, with the features that it claims.
    ///
    /// # Errors
    /// If a feature is not in the register, or is claimed or given up for nothing.
    pub fn info(&self, register: &Register, transport: Transport) -> Result<ClientInfo, String> {
        let mut features = register.default_features();
        let claimed = self.features.also.iter().map(|id| (id, true));
        for (id, is_there) in claimed.chain(self.features.without.iter().map(|id| (id, false))) {
            if !register.features.contains_key(id) {
                return Err(format!("client `{}`: there is no feature `{id}`", self.name));
            }
            let changed = if is_there { features.insert(id.clone()) } else { features.remove(id) };
            if !changed {
                return Err(format!("client `{}`: feature `{id}` is listed, but that changes nothing", self.name));
            }
        }
        Ok(ClientInfo {
            name: self.name.clone(),
            version: Some(self.version.clone()),
            language: Some(self.language.clone()),
            homepage: Some(self.homepage.clone()),
            issue_tracker: Some(self.issue_tracker.clone()),
            features,
            clock: self.clock && transport != Transport::Process,
            transport,
        })
    }

    /// Where a client contradicts its manifest about itself.
    pub fn contradiction(&self, info: &ClientInfo, says: &Introduction) -> Option<String> {
        let wrong = |what: &str, here: &str, there: &str| {
            (here != there).then(|| format!("its {what} is {there:?}, but its manifest has {here:?}"))
        };
        let features = says.all_features();
        wrong("version", &self.version, &says.version)
            .or_else(|| wrong("language", &self.language, &says.language))
            .or_else(|| wrong("dialect", &self.dialect, &says.dialect))
            .or_else(|| wrong("clock", &info.clock.to_string(), &says.clock.to_string()))
            .or_else(|| {
                let odd = info.features.symmetric_difference(&features).next()?;
                let side = if features.contains(odd) { "it claims" } else { "it does not claim" };
                Some(format!("{side} the feature `{odd}`, which its manifest sees otherwise"))
            })
    }
}

/// Reads a file.
fn read<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, Box<Problem>> {
    toml::from_str(text).map_err(|error| {
        let problem = Problem::new(path, text, "client::syntax", error.message());
        Box::new(match error.span() {
            Some(span) => problem.at(span),
            None => problem,
        })
    })
}

/// Looks whether the name and the version can be names of folders.
fn check_names(path: &str, text: &str, name: &str, version: &str) -> Result<(), Box<Problem>> {
    for (key, value) in [("name", name), ("version", version)] {
        if !is_plain(value) {
            let message = format!("the {key} `{value}` cannot be the name of a folder");
            let problem = Problem::new(path, text, "client::name", message);
            return Err(Box::new(
                problem.help("use letters, digits, `.`, `_` and `-`, and begin with one of the first two"),
            ));
        }
    }
    Ok(())
}

/// Whether a text can be the name of a folder and means nothing else.
fn is_plain(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

#[cfg(test)]
mod tests {
    use suite::Suite;

    use super::*;

    const TEXT: &str = r#"
name = "example"
package = "example"
language = "Python"
homepage = "https://example.org"
issue-tracker = "https://example.org/issues"
version = "1.0"
dialect = "default"
clock = false
install.python.requirements = "requirements.txt"
run.session.command = "{folder}/client"
"#;

    fn with(features: &str) -> Result<ClientInfo, String> {
        let manifest = Manifest::parse("m.toml", &format!("{TEXT}[features]\n{features}")).unwrap();
        manifest.info(&Suite::embedded().unwrap().register, Transport::Session)
    }

    #[test]
    fn a_client_has_the_default_features_unless_it_says_otherwise() {
        let plain = with("").unwrap().features;
        assert!(plain.contains("keytype:rsa") && !plain.contains("tap15"));
        let changed = with("also = ['tap15']\nwithout = ['keytype:rsa']").unwrap().features;
        assert!(!changed.contains("keytype:rsa") && changed.contains("tap15"));
        assert_eq!(changed.len(), plain.len());
    }

    #[test]
    fn a_feature_that_does_not_exist_or_changes_nothing_is_refused() {
        assert_eq!(with("also = ['tap99']").unwrap_err(), "client `example`: there is no feature `tap99`");
        let nothing = |id: &str| format!("client `example`: feature `{id}` is listed, but that changes nothing");
        assert_eq!(with("also = ['delegations']").unwrap_err(), nothing("delegations"));
        assert_eq!(with("without = ['tap15']").unwrap_err(), nothing("tap15"));
    }

    #[test]
    fn an_unknown_key_is_refused_at_its_place() {
        let text = format!("{TEXT}colour = 1\n");
        let problem = Manifest::parse("m.toml", &text).unwrap_err();
        assert_eq!(&text[problem.span.clone().unwrap()], "colour");
        assert_eq!(problem.line(), 12);
    }

    #[test]
    fn a_version_that_leads_out_of_its_folder_is_refused() {
        let problem = Manifest::parse("m.toml", &TEXT.replace("1.0", "../1.0")).unwrap_err();
        assert_eq!(problem.message, "the version `../1.0` cannot be the name of a folder");
    }
}
