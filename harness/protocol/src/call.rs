//! What the harness asks of a client.

use std::fmt;
use std::path::PathBuf;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A method and its params.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// To say who it is. Always the first call.
    Initialize(Initialize),
    /// To start from a root metadata file, with an empty store (sections 5.1 and 5.2).
    Trust {
        /// Where and when.
        place: Place,
        /// The path of the file.
        root: PathBuf,
    },
    /// To bring its top-level metadata up to date (sections 5.3 to 5.6).
    Refresh {
        /// Where and when.
        place: Place,
    },
    /// To refresh, and then to download these target files in order (section 5.7).
    Download {
        /// Where and when.
        place: Place,
        /// The target paths.
        targets: Vec<String>,
    },
    /// To answer and then to end.
    Shutdown,
}

/// The name of a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// `initialize`
    Initialize,
    /// `trust`
    Trust,
    /// `refresh`
    Refresh,
    /// `download`
    Download,
    /// `shutdown`
    Shutdown,
}

/// The params of `initialize`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Initialize {
    /// The version of the protocol that the harness speaks.
    pub protocol: u32,
    /// Who asks.
    pub harness: Harness,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Harness {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// Where a client works, and what time it is there: a part of the params of `trust`, `refresh` and `download`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The current time, in UTC.
    #[serde(with = "seconds")]
    #[schemars(with = "String", regex(pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"))]
    pub now: Timestamp,
    /// The folder in which it keeps the metadata that it trusts.
    #[schemars(with = "String")]
    pub metadata_dir: PathBuf,
    /// The folder in which it keeps target files.
    #[schemars(with = "String")]
    pub targets_dir: PathBuf,
    /// The base URL of metadata files, without a slash at the end.
    pub metadata_url: String,
    /// The base URL of target files, without a slash at the end.
    pub targets_url: String,
    /// The targets role to start from instead of the one that root lists, in the form of TAP 13: `targets_rolename`,
    /// `threshold` and `keys`. One of them may be missing, which makes it invalid. Only told to a client that claims
    /// `tap13`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Map<String, Value>")]
    pub targets_mapping: Option<Map<String, Value>>,
    /// The map of repositories, in the form of the map file of TAP 4: `repositories`, each with one base URL below which
    /// metadata is in `metadata` and target files are in `targets`, and `mapping`. Only told to a client that claims
    /// `tap4`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Map<String, Value>")]
    pub map: Option<Map<String, Value>>,
    /// With a map, and only with `trust`: the repository that the root is of, by its name in the map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub repository: Option<String>,
}

/// Why something is not a call.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// There is no such method.
    #[error("there is no method `{0}`")]
    Method(String),
    /// The params are not those of the method.
    #[error("the params of `{method}`: {message}")]
    Params {
        /// The method.
        method: Method,
        /// What is wrong with them.
        message: String,
    },
}

impl Method {
    /// All methods.
    pub const ALL: [Self; 5] = [Self::Initialize, Self::Trust, Self::Refresh, Self::Download, Self::Shutdown];

    /// Its name in messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Initialize => "initialize",
            Self::Trust => "trust",
            Self::Refresh => "refresh",
            Self::Download => "download",
            Self::Shutdown => "shutdown",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Call {
    /// The method.
    pub const fn method(&self) -> Method {
        match self {
            Self::Initialize(_) => Method::Initialize,
            Self::Trust { .. } => Method::Trust,
            Self::Refresh { .. } => Method::Refresh,
            Self::Download { .. } => Method::Download,
            Self::Shutdown => Method::Shutdown,
        }
    }

    /// The params.
    ///
    /// # Errors
    /// If a path in them is not UTF-8, so that JSON cannot carry it.
    pub fn params(&self) -> serde_json::Result<Value> {
        match self {
            Self::Initialize(initialize) => serde_json::to_value(initialize),
            Self::Trust { place, root } => with(place, "root", serde_json::to_value(root)?),
            Self::Refresh { place } => serde_json::to_value(place),
            Self::Download { place, targets } => with(place, "targets", serde_json::to_value(targets)?),
            Self::Shutdown => Ok(Value::Object(Map::new())),
        }
    }

    /// Reads a call.
    ///
    /// # Errors
    /// If the method is unknown or the params are not of its form.
    pub fn parse(method: &str, params: Value) -> Result<Self, CallError> {
        let method = Method::ALL
            .into_iter()
            .find(|known| known.name() == method)
            .ok_or_else(|| CallError::Method(method.to_owned()))?;
        let error = |message: String| CallError::Params { method, message };
        let Value::Object(mut params) = params else { return Err(error("not an object".to_owned())) };
        match method {
            Method::Initialize => read(params).map(Self::Initialize),
            Method::Trust => take(&mut params, "root").and_then(|root| Ok(Self::Trust { root, place: read(params)? })),
            Method::Refresh => read(params).map(|place| Self::Refresh { place }),
            Method::Download => {
                take(&mut params, "targets").and_then(|targets| Ok(Self::Download { targets, place: read(params)? }))
            }
            Method::Shutdown if params.is_empty() => Ok(Self::Shutdown),
            Method::Shutdown => Err("expected none".to_owned()),
        }
        .map_err(error)
    }
}

fn with(place: &Place, name: &str, value: Value) -> serde_json::Result<Value> {
    let mut params = serde_json::to_value(place)?;
    params[name] = value;
    Ok(params)
}

fn take<T: DeserializeOwned>(params: &mut Map<String, Value>, name: &str) -> Result<T, String> {
    let value = params.remove(name).ok_or_else(|| format!("missing field `{name}`"))?;
    serde_json::from_value(value).map_err(|error| format!("`{name}`: {error}"))
}

fn read<T: DeserializeOwned>(params: Map<String, Value>) -> Result<T, String> {
    serde_json::from_value(Value::Object(params)).map_err(|error| error.to_string())
}

/// Instants as the specification writes them: in UTC, to the second (section 4.2.1).
mod seconds {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(instant: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{instant:.0}"))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
