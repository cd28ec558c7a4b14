//! The session protocol: a request in, an answer out.

use std::path::PathBuf;

use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use crate::operations::{Failure, download, is_refusal, refresh, trust};

/// The methods with what they need. `now` is passed over: the API of tough takes the time from the system.
#[derive(Deserialize)]
#[serde(tag = "method", content = "params", rename_all = "lowercase")]
enum Call {
    Initialize { protocol: u32 },
    Trust { metadata_dir: PathBuf, root: PathBuf },
    Refresh { metadata_dir: PathBuf, metadata_url: Url, targets_url: Url },
    Download { metadata_dir: PathBuf, targets_dir: PathBuf, metadata_url: Url, targets_url: Url, targets: Vec<String> },
    Shutdown {},
}

/// Answers one request. Also tells whether it was the last, for which a program exits.
pub fn answer(request: &[u8]) -> (String, bool) {
    let message: Result<Value, _> = serde_json::from_slice(request);
    let id = message.as_ref().map_or(Value::Null, |message| message["id"].clone());
    let call = message.map_err(|error| (-32700, error.to_string())).and_then(call);
    let last = matches!(call, Ok(Call::Shutdown {}));
    let answer = match call {
        Ok(call) => json!({ "jsonrpc": "2.0", "id": id, "result": perform(call).unwrap_or_else(failed) }),
        Err((code, text)) => json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": text } }),
    };
    (answer.to_string(), last)
}

fn call(message: Value) -> Result<Call, (i32, String)> {
    match message["method"].as_str().filter(|_| message["jsonrpc"] == "2.0" && !message["id"].is_null()) {
        Some("initialize" | "trust" | "refresh" | "download" | "shutdown") => {
            serde_json::from_value(message).map_err(|error| (-32602, error.to_string()))
        }
        Some(other) => Err((-32601, format!("no method {other:?}"))),
        None => Err((-32600, "no request of JSON-RPC 2.0".to_owned())),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn perform(call: Call) -> Result<Value, Failure> {
    match call {
        Call::Initialize { protocol } => return Ok(introduction(protocol)),
        Call::Trust { metadata_dir, root } => trust(&metadata_dir, &root)?,
        Call::Refresh { metadata_dir, metadata_url, targets_url } => {
            refresh(&metadata_dir, metadata_url, targets_url).await?;
        }
        Call::Download { metadata_dir, targets_dir, metadata_url, targets_url, targets } => {
            download(&refresh(&metadata_dir, metadata_url, targets_url).await?, &targets, &targets_dir).await?;
        }
        Call::Shutdown {} => return Ok(json!({})),
    }
    Ok(json!({ "outcome": "accepted" }))
}

fn failed(failure: Failure) -> Value {
    json!({ "outcome": if is_refusal(&failure) { "rejected" } else { "error" }, "message": failure.to_string() })
}

fn introduction(protocol: u32) -> Value {
    // The version is that of the lock file, and the build is from the locked versions only.
    let rest = include_str!("Cargo.lock").split("name = \"tough\"\nversion = \"").nth(1).unwrap_or_default();
    json!({
        "protocol": protocol.min(1), "name": "tough", "version": rest.split('"').next(), "language": "Rust",
        "homepage": "https://github.com/awslabs/tough", "issue_tracker": "https://github.com/awslabs/tough/issues",
        "key_types": ["ecdsa", "ed25519", "rsa"], "clock": false, "dialect": "default", "features": ["delegations",
            "consistent-snapshots", "consistent-snapshots:off", "hashed-bins", "metapath-hashes", "threshold"],
    })
}
