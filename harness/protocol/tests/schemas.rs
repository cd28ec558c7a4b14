//! The committed schemas are those of the types, and they say the same as the parser.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use jsonschema::Validator;
use protocol::{Answer, Call, Introduction, Request, Response, schemas};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A well-formed id, title or path.
const TEXT: &str = "x";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas")
}

fn validator(name: &str) -> Validator {
    let (_, schema) = schemas().into_iter().find(|(file, _)| *file == name).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn the_committed_schemas_are_those_of_the_types() {
    for (name, schema) in schemas() {
        let (path, text) = (folder().join(name), format!("{schema:#}\n"));
        if env::var_os("UPDATE_SCHEMAS").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &text).unwrap();
        }
        let is_current = fs::read_to_string(&path).is_ok_and(|committed| committed == text);
        assert!(is_current, "{name} is not up to date; write it anew with: cargo run -- schema --write");
    }
}

#[test]
fn nothing_else_is_committed_beside_them() {
    let entries = fs::read_dir(folder().join("session")).unwrap();
    let found: BTreeSet<String> =
        entries.map(|entry| format!("session/{}", entry.unwrap().file_name().to_str().unwrap())).collect();
    assert_eq!(found, schemas().into_iter().map(|(name, _)| name.to_owned()).collect());
}

fn place() -> Value {
    json!({
        "now": "2030-03-17T17:46:40Z",
        "metadata_dir": TEXT,
        "targets_dir": TEXT,
        "metadata_url": TEXT,
        "targets_url": TEXT,
    })
}

/// An object with one member changed, or taken away.
fn changed(object: &Value, name: &str, value: Option<Value>) -> Value {
    let mut object = object.clone();
    match value {
        Some(value) => object[name] = value,
        None => drop(object.as_object_mut().unwrap().remove(name)),
    }
    object
}

/// What each method takes.
fn params() -> Vec<(&'static str, Value)> {
    vec![
        ("initialize", json!({"protocol": 1, "harness": {"name": TEXT, "version": TEXT}})),
        ("trust", changed(&place(), "root", Some(TEXT.into()))),
        ("refresh", place()),
        ("download", changed(&place(), "targets", Some(json!(["a/b", "c"])))),
        ("shutdown", json!({})),
    ]
}

/// Whether the schema and the parser take a request. They have to agree.
fn is_request(method: &str, request: &Value) -> bool {
    let is_valid = validator(&format!("session/{method}.request.json")).is_valid(request);
    let parsed = Request::parse(&request.to_string());
    assert_eq!(is_valid, parsed.is_ok(), "{request}: {parsed:?}");
    is_valid
}

#[test]
fn a_request_that_the_parser_refuses_is_refused_by_the_schema_too() {
    for (method, params) in params() {
        let request = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        assert!(is_request(method, &request));
        assert!(!is_request(method, &changed(&request, "more", Some(json!(1)))));
        for (name, wrong) in [("jsonrpc", json!("1.0")), ("id", json!(-1)), ("id", json!("1")), ("params", json!([]))] {
            assert!(!is_request(method, &changed(&request, name, Some(wrong))), "{method}: {name}");
        }
        for name in ["jsonrpc", "id", "method", "params"] {
            assert!(!is_request(method, &changed(&request, name, None)), "{method} without {name}");
        }
        let with = |params| changed(&request, "params", Some(params));
        assert!(!is_request(method, &with(changed(&params, "more", Some(json!(1))))));
        for name in params.as_object().unwrap().keys() {
            assert!(!is_request(method, &with(changed(&params, name, None))), "{method} without {name}");
            let is_text = params[name].is_string();
            let wrong = if is_text { json!(1) } else { json!(TEXT) };
            assert!(!is_request(method, &with(changed(&params, name, Some(wrong)))), "{method}: {name}");
        }
    }
}

/// Whether the schema and the parser take a result. They have to agree.
fn is_result<T: DeserializeOwned>(method: &str, result: &Value) -> bool {
    let response = json!({"jsonrpc": "2.0", "id": 1, "result": result});
    assert!(Response::parse(response.to_string().as_bytes()).is_ok());
    let is_valid = validator(&format!("session/{method}.response.json")).is_valid(&response);
    let parsed = serde_json::from_value::<T>(result.clone());
    assert_eq!(is_valid, parsed.is_ok(), "{result}: {:?}", parsed.err());
    is_valid
}

#[test]
fn a_result_that_the_parser_refuses_is_refused_by_the_schema_too() {
    for method in ["trust", "refresh", "download"] {
        for good in [
            json!({"outcome": "accepted"}),
            json!({"outcome": "accepted", "message": TEXT}),
            json!({"outcome": "rejected"}),
            json!({"outcome": "rejected", "reason": "unknown-target", "message": TEXT}),
            json!({"outcome": "unsupported", "feature": "tap15"}),
            json!({"outcome": "error", "message": TEXT}),
        ] {
            assert!(is_result::<Answer>(method, &good), "{good}");
            assert!(!is_result::<Answer>(method, &changed(&good, "more", Some(json!(1)))), "{good}");
        }
        for bad in [
            json!({}),
            json!([]),
            json!({"outcome": "passed"}),
            json!({"outcome": "accepted", "reason": "expired"}),
            json!({"outcome": "rejected", "reason": "because"}),
            json!({"outcome": "unsupported"}),
            json!({"outcome": "error"}),
        ] {
            assert!(!is_result::<Answer>(method, &bad), "{bad}");
        }
    }
}

#[test]
fn an_introduction_that_the_parser_refuses_is_refused_by_the_schema_too() {
    let good = json!({
        "protocol": 1, "name": TEXT, "version": TEXT, "language": TEXT, "homepage": TEXT, "issue_tracker": TEXT,
        "features": ["delegations"], "key_types": ["ecdsa", "ed25519", "rsa"], "clock": true, "dialect": "default",
    });
    assert!(is_result::<Introduction>("initialize", &good));
    for name in good.as_object().unwrap().keys() {
        assert!(!is_result::<Introduction>("initialize", &changed(&good, name, None)), "without {name}");
    }
    for (name, wrong) in
        [("more", json!(1)), ("protocol", json!("1")), ("key_types", json!(["dsa"])), ("clock", json!("yes"))]
    {
        assert!(!is_result::<Introduction>("initialize", &changed(&good, name, Some(wrong))), "{name}");
    }
}

#[test]
fn an_error_that_the_parser_refuses_is_refused_by_the_schema_too() {
    let validator = validator("session/error.response.json");
    let good = json!({"jsonrpc": "2.0", "id": 1, "error": {"code": -32602, "message": TEXT}});
    let of_no_request = changed(&good, "id", Some(Value::Null));
    let lacking = changed(&good, "error", Some(json!({"code": 1})));
    let further = changed(&good, "error", Some(json!({"code": 1, "message": TEXT, "data": [1], "more": 1})));
    for (response, is_good) in [(good, true), (of_no_request, true), (lacking, false), (further, false)] {
        assert_eq!(validator.is_valid(&response), is_good, "{response}");
        assert_eq!(Response::parse(response.to_string().as_bytes()).is_ok(), is_good, "{response}");
    }
}

#[test]
fn what_the_harness_writes_is_valid() {
    for (id, (method, params)) in (1..).zip(params()) {
        let call = Call::parse(method, params).unwrap();
        let line = Request { id, call }.to_line().unwrap();
        assert!(is_request(method, &serde_json::from_str(&line).unwrap()));
    }
}
