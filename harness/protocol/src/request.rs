//! The message in which the harness asks something.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::call::CallError;
use crate::{Call, JSON_RPC};

/// What the harness asks, with the number under which it expects the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The number. It grows with each request of a session.
    pub id: u64,
    /// What is asked.
    pub call: Call,
}

/// Why a line is no request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// It is not JSON.
    #[error("not JSON: {0}")]
    Json(String),
    /// It is JSON, but not a request of JSON-RPC 2.0 with a number.
    #[error("not a request: {0}")]
    Form(String),
    /// It is a request, but not one of the protocol.
    #[error("{error}")]
    Call {
        /// The number of the request.
        id: u64,
        /// What is wrong with it.
        error: CallError,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    jsonrpc: String,
    id: u64,
    method: String,
    params: Value,
}

impl Request {
    /// The line that it is, without the line break.
    ///
    /// # Errors
    /// If a path in it is not UTF-8.
    pub fn to_line(&self) -> serde_json::Result<String> {
        serde_json::to_string(&Envelope {
            jsonrpc: JSON_RPC.to_owned(),
            id: self.id,
            method: self.call.method().name().to_owned(),
            params: self.call.params()?,
        })
    }

    /// Reads a line.
    ///
    /// # Errors
    /// If it is no request.
    pub fn parse(line: &str) -> Result<Self, RequestError> {
        let value: Value = serde_json::from_str(line).map_err(|error| RequestError::Json(error.to_string()))?;
        let envelope: Envelope =
            serde_json::from_value(value).map_err(|error| RequestError::Form(error.to_string()))?;
        if envelope.jsonrpc != JSON_RPC {
            return Err(RequestError::Form(format!("`jsonrpc` is not {JSON_RPC:?}")));
        }
        let id = envelope.id;
        let call = Call::parse(&envelope.method, envelope.params);
        Ok(Self { id, call: call.map_err(|error| RequestError::Call { id, error })? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Harness, Initialize, Method, Place};

    pub(crate) fn one_of_each() -> Vec<Call> {
        let place = Place {
            now: "2030-03-17T17:46:40Z".parse().unwrap(),
            metadata_dir: "/m".into(),
            targets_dir: "/t".into(),
            metadata_url: "http://127.0.0.1/m".to_owned(),
            targets_url: "http://127.0.0.1/t".to_owned(),
            targets_mapping: None,
            map: None,
            repository: None,
        };
        let mapping = serde_json::json!({ "targets_rolename": "r", "threshold": 1, "keys": {} });
        let mapped = Place { targets_mapping: mapping.as_object().cloned(), ..place.clone() };
        let map = serde_json::json!({ "repositories": { "r": ["http://127.0.0.1/r"] }, "mapping": [] });
        let map = Place { map: map.as_object().cloned(), repository: Some("r".to_owned()), ..place.clone() };
        let harness = Harness { name: "h".to_owned(), version: "1".to_owned() };
        vec![
            Call::Initialize(Initialize { protocol: 1, harness }),
            Call::Trust { place: place.clone(), root: "/r.json".into() },
            Call::Trust { place: map, root: "/r.json".into() },
            Call::Refresh { place: place.clone() },
            Call::Refresh { place: mapped },
            Call::Download { place, targets: vec!["a/\u{e4} \n.txt".to_owned()] },
            Call::Shutdown,
        ]
    }

    #[test]
    fn every_request_is_one_line_that_reads_back_the_same() {
        for (id, call) in (1..).zip(one_of_each()) {
            let request = Request { id, call };
            let line = request.to_line().unwrap();
            assert!(!line.contains('\n'), "{line}");
            assert_eq!(Request::parse(&line).unwrap(), request);
        }
    }

    #[test]
    fn the_time_is_written_to_the_second() {
        let line = Request { id: 3, call: one_of_each().remove(3) }.to_line().unwrap();
        assert!(line.contains(r#""now":"2030-03-17T17:46:40Z""#), "{line}");
    }

    #[test]
    fn what_is_wrong_with_a_request_is_told_by_its_kind() {
        assert!(matches!(Request::parse("{"), Err(RequestError::Json(_))));
        assert!(matches!(Request::parse("[]"), Err(RequestError::Form(_))));
        let other = r#"{"jsonrpc":"1.0","id":1,"method":"shutdown","params":{}}"#;
        assert_eq!(Request::parse(other).unwrap_err().to_string(), "not a request: `jsonrpc` is not \"2.0\"");
        let unknown = r#"{"jsonrpc":"2.0","id":1,"method":"dance","params":{}}"#;
        assert_eq!(Request::parse(unknown).unwrap_err().to_string(), "there is no method `dance`");
        let wrong = r#"{"jsonrpc":"2.0","id":1,"method":"shutdown","params":{"a":1}}"#;
        let error = CallError::Params { method: Method::Shutdown, message: "expected none".to_owned() };
        assert_eq!(Request::parse(wrong).unwrap_err(), RequestError::Call { id: 1, error });
        let lacking = r#"{"jsonrpc":"2.0","id":1,"method":"download","params":{"targets":[]}}"#;
        let message = Request::parse(lacking).unwrap_err().to_string();
        assert_eq!(message, "the params of `download`: missing field `now`");
    }
}
