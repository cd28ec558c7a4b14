//! A client under test: the session protocol on top of the public API of rust-tuf.

use std::{io, io::BufRead, path::PathBuf};

use operations::{Work, is_refusal, trust, update};
use serde::Deserialize;
use serde_json::{Value, json};

mod operations;

/// The methods with what they need.
#[derive(Deserialize)]
#[serde(tag = "method", content = "params", rename_all = "lowercase")]
enum Call {
    Initialize { protocol: u32 },
    Trust { metadata_dir: PathBuf, root: PathBuf },
    Refresh(Work),
    Download(Work),
    Shutdown {},
}

/// Answers lines with lines until `shutdown` or the end of the input. A panic ends it with 101, from Rust itself.
fn main() -> io::Result<()> {
    for line in io::stdin().lock().split(b'\n') {
        let message: Result<Value, _> = serde_json::from_slice(&line?);
        let id = message.as_ref().map_or(Value::Null, |message| message["id"].clone());
        let call = message.map_err(|error| (-32700, error.to_string())).and_then(call);
        let last = matches!(call, Ok(Call::Shutdown {}));
        let answer = match call.map(perform) {
            Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
            Err((code, text)) => json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": text } }),
        };
        println!("{answer}");
        if last {
            break;
        }
    }
    Ok(())
}

fn call(message: Value) -> Result<Call, (i32, String)> {
    match message["method"].as_str().filter(|_| message["jsonrpc"] == "2.0" && !message["id"].is_null()) {
        Some("download") if message["params"]["targets"].is_null() => Err((-32602, "no targets".to_owned())),
        Some("initialize" | "trust" | "refresh" | "download" | "shutdown") => {
            serde_json::from_value(message).map_err(|error| (-32602, error.to_string()))
        }
        Some(other) => Err((-32601, format!("no method {other:?}"))),
        None => Err((-32600, "no request of JSON-RPC 2.0".to_owned())),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn perform(call: Call) -> Value {
    let done = match call {
        Call::Initialize { protocol } => return introduction(protocol),
        Call::Trust { metadata_dir, root } => trust(&metadata_dir, &root),
        Call::Refresh(work) | Call::Download(work) => update(work).await,
        Call::Shutdown {} => return json!({}),
    };
    match done {
        Ok(()) => json!({ "outcome": "accepted" }),
        Err(error) if is_refusal(&error) => json!({ "outcome": "rejected", "message": format!("{error:?}") }),
        Err(error) => json!({ "outcome": "error", "message": format!("{error:?}") }),
    }
}

fn introduction(protocol: u32) -> Value {
    // The version is that of the lock file, and the build is from the locked versions only.
    let rest = include_str!("Cargo.lock").split("name = \"tuf\"\nversion = \"").nth(1).unwrap_or_default();
    json!({
        "protocol": protocol.min(1), "name": "rust-tuf", "version": rest.split('"').next(), "language": "Rust",
        "homepage": "https://github.com/theupdateframework/rust-tuf", "clock": true, "dialect": "first-version",
        "issue_tracker": "https://github.com/theupdateframework/rust-tuf/issues", "key_types": ["ed25519"],
        "features": ["consistent-snapshots", "consistent-snapshots:off", "hash:sha512", "metapath-hashes", "threshold"],
    })
}
